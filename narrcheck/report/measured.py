"""How right narrcheck is, for a person: a row a document and a rule, then what was not right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from rich.console import Console
from rich.text import Text

from narrcheck.findings import Severity
from narrcheck.measuring import Coverage, Measurement, Outcome, Ratio, Said, Tally, Weight, tally
from narrcheck.measuring.floor import DECIMALS, MOST, figures
from narrcheck.report.lines import columns, hanging, plain, wrap
from narrcheck.report.rule_pages import rule_name
from narrcheck.report.text import SEVERITIES, WIDEST

WEIGHTS = {Weight.HARD: "错误", Weight.MINOR: "轻微", Weight.TEXT: "文字"}
NONE = "—"
QUOTED = 40  # characters of a sentence beside a mistake
UNKEYED_SHOWN = 20
# What a figure of the floor is called.
FIGURES = {
    "precision": "查准率",
    "recall": "查全率",
    "suggestions": "改正值",
    "judged": "核对率",
    "within_reach": "有据核对率",
    "false_alarms": "误报数",
}

FAULT_HEADS = ("有误", "查出", "查全率", "改对")
FINDING_HEADS = ("报出", "误报", "查准率")
DOCUMENT_HEADS = (
    *("有误", "查出", "误报", "重复", "陷阱"),
    *("数字", "未读懂", "陈述", "核对率", "有据"),
    "文件",
)
RULE_HEADS = (*FAULT_HEADS, *FINDING_HEADS, "重复", "提示", "规则")

Row = tuple[str, ...]


def write_measurement(measurement: Measurement, console: Console) -> None:
    """Print the figures of each document, rule and severity, the totals, and all mistakes."""
    width = min(console.width, WIDEST)
    for line in _lines(measurement, width):
        console.print(line, soft_wrap=True)


def _lines(measurement: Measurement, width: int) -> Iterator[Text]:
    outcomes, said = measurement.outcomes, measurement.said
    yield from _table(DOCUMENT_HEADS, _documents(measurement))
    yield Text()
    rules = measurement.by_rule()
    yield from _table(RULE_HEADS, (_rule(code, each) for code, each in rules.items()))
    yield Text()
    yield from _table((*FAULT_HEADS, "应查出的"), _weights(outcomes))
    yield Text()
    yield from _table((*FINDING_HEADS, "报出的"), _severities(said))
    yield Text()
    yield from _totals(measurement, width)
    yield from _mistakes("漏报", (_missed(each) for each in outcomes if not each.finding), width)
    yield from _mistakes("误报", (_alarm(each) for each in said if each.false), width)
    yield from _mistakes("重复", (_alarm(each) for each in said if each.again), width)
    if unkeyed := measurement.unkeyed:
        listed = "、".join(map(plain, unkeyed[:UNKEYED_SHOWN]))
        more = "等" if len(unkeyed) > UNKEYED_SHOWN else ""
        yield Text()
        yield from wrap(Text(f"{len(unkeyed)} 份文件没有答案，未计入：{listed}{more}"), width)


def _documents(measurement: Measurement) -> Iterator[Row]:
    for each in measurement.documents:
        yield _document(each.tally, each.traps, each.coverage, plain(each.path))
    if (count := len(measurement.documents)) > 1:
        whole = measurement.tally, measurement.traps, measurement.coverage
        yield _document(*whole, f"合计 {count} 份")


def _document(counts: Tally, traps: int, coverage: Coverage, name: str) -> Row:
    return (
        *map(str, (counts.faults, counts.found, counts.false_alarms, counts.told_twice)),
        f"{counts.traps_hit}/{traps}" if traps else NONE,
        *map(str, (coverage.numbers, coverage.unread, coverage.claims)),
        percent(coverage.judged),
        percent(coverage.within_reach),
        name,
    )


def _rule(code: str, counts: Tally) -> Row:
    infos = f"{counts.right_infos}/{counts.infos}" if counts.infos else NONE
    name = rule_name(code) if code else "（答案未注明规则）"
    return (*_of_faults(counts), *_of_findings(counts), str(counts.told_twice), infos, name)


def _weights(outcomes: Sequence[Outcome]) -> Iterator[Row]:
    for weight, name in WEIGHTS.items():
        counts = tally((each for each in outcomes if each.fault.weight is weight), ())
        yield (*_of_faults(counts), f"{name}（{weight}）")


def _severities(said: Sequence[Said]) -> Iterator[Row]:
    for severity, (name, *_) in SEVERITIES.items():
        some = [each for each in said if each.finding.severity is severity]
        right = sum(each.right for each in some)
        wrong = NONE if severity is Severity.INFO else str(len(some) - right)
        yield (str(len(some)), wrong, percent(Ratio(right, len(some))), f"{name}（{severity}）")


def _of_faults(counts: Tally) -> Row:
    fixed = f"{counts.suggested}/{counts.valued}" if counts.valued else NONE
    return (str(counts.faults), str(counts.found), percent(counts.recall), fixed)


def _of_findings(counts: Tally) -> Row:
    return (str(counts.loud), str(counts.false_alarms), percent(counts.precision))


def _totals(measurement: Measurement, width: int) -> Iterator[Text]:
    counts, coverage = measurement.tally, measurement.coverage
    reach = _share(coverage.within_reach, "条文中有据可核的陈述，核对", "条")
    rows = [
        ("查准率  ", _share(counts.precision, "条报出的错误、警告，属实", "条")),
        ("查全率  ", _share(counts.recall, "处错误，查出", "处")),
        ("改正值  ", _share(counts.suggestions, "处查出的错误有正确值，改对", "处")),
        ("核对率  ", _share(coverage.judged, "条陈述，核对", "条")),
        ("有据核对率  ", reach if coverage.reachable else "没有标注哪些陈述无据可核"),
        ("其他  ", _others(counts, coverage, measurement.traps)),
    ]
    for label, body in rows:
        yield from hanging(label, Text(body), width, style="bold")


def _share(ratio: Ratio, whole: str, unit: str) -> str:
    return f"{percent(ratio)}（{ratio.whole} {whole} {ratio.part} {unit}）"


def _others(counts: Tally, coverage: Coverage, traps: int) -> str:
    facts = [
        f"误报 {counts.false_alarms} 条",
        f"同一错误重复报 {counts.told_twice} 条",
        f"陷阱 {traps} 处踩中 {counts.traps_hit} 处",
        f"提示 {counts.infos} 条，其中属实 {counts.right_infos} 条",
        f"由别的规则查出 {counts.by_others} 处",
        f"数字 {coverage.numbers} 个，未读懂 {coverage.unread} 个",
    ]
    return " · ".join(facts)


def percent(ratio: Ratio) -> str:
    """``98.7%``, cut off after one decimal: only what is whole is 100.0%; a dash of nothing."""
    permille = ratio.scaled(1000)
    return NONE if permille is None else f"{permille // 10}.{permille % 10}%"


def shortfall(name: str, measurement: Measurement, least: Decimal) -> str:
    """What is said of a figure that does not reach the floor, with the four decimals of a floor."""
    if name == MOST:
        alarms = measurement.tally.false_alarms
        return f"{FIGURES[name]} {alarms}，没有达到底线（最多 {least:f}）。"
    steps = figures(measurement)[name].scaled(10**DECIMALS)
    shown = "测不出" if steps is None else f"{Decimal(steps).scaleb(-DECIMALS):f}"
    return f"{FIGURES[name]}（{name}）{shown}，没有达到底线（至少 {least:f}）。"


def _mistakes(title: str, rows: Iterable[tuple[str, str]], width: int) -> Iterator[Text]:
    listed = list(rows)
    if not listed:
        return
    yield Text()
    yield Text(f"{title} {len(listed)}", style="bold")
    for at, words in listed:
        yield from hanging("  ", Text.assemble((plain(at), "dim"), f"  {plain(words)}"), width)


def _missed(outcome: Outcome) -> tuple[str, str]:
    fault = outcome.fault
    right = f" → {fault.expected}" if fault.expected else ""
    sentence = fault.sentence[:QUOTED]
    facts = f"{fault.id} {outcome.code} {fault.kind}（{fault.weight}）"
    return at(outcome.path, fault.line, fault.page), f"{facts}：{fault.claimed}{right}｜{sentence}"


def _alarm(said: Said) -> tuple[str, str]:
    finding = said.finding
    word = SEVERITIES[finding.severity][0]
    trap = "（陷阱）" if said.trap is not None else ""
    words = f"{finding.code} {word}{trap}：{finding.message}｜{finding.sentence[:QUOTED]}"
    return at(said.path, finding.where.line, finding.where.page), words


def at(path: str, line: int | None, page: int | None) -> str:
    """``决算.txt:367``, or ``决算.pdf:p21``; the path alone where neither is known."""
    if page is not None:
        return f"{path}:p{page}"
    return f"{path}:{line}" if line is not None else path


def _table(heads: Row, rows: Iterable[Row]) -> Iterator[Text]:
    """Rows with figures to the right of their columns, and a name at the end."""
    table = [heads, *rows]
    widths = [max(map(columns, column)) for column in zip(*table, strict=True)][:-1]
    for nth, row in enumerate(table):
        cells = [" " * (w - columns(cell)) + cell for cell, w in zip(row, widths, strict=False)]
        yield Text("  ".join([*cells, row[-1]]), style="" if nth else "bold")
