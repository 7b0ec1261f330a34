"""The report for a person: findings by section with their evidence, then what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from narrcheck.findings import DocumentReport, Evidence, Finding, Report, Severity, Status
from narrcheck.report.lines import hanging, head, left_out, place, plain, wrap
from narrcheck.report.marking import excerpt, occurrence
from narrcheck.report.overview import WORDS, Tally, counted, overview, tally
from narrcheck.report.standing import (
    reason_of,
    short,
    standing_counts,
    standing_of,
    triage_lines,
)

# Severity: word, sign (tells them apart without colour, and is in GBK), colour.
SEVERITIES = {
    Severity.ERROR: (WORDS[Severity.ERROR], "×", "red"),
    Severity.WARNING: (WORDS[Severity.WARNING], "！", "yellow"),
    Severity.INFO: (WORDS[Severity.INFO], "○", "cyan"),
}
STATUSES = {
    Status.AGREES: "相符",
    Status.DISAGREES: "不符",
    Status.MALFORMED: "书写有误",
    Status.UNCHECKED: "未核对",
}
REASONS = {
    "no-evidence": "文中没有可对照的数据",
    "zero-base": "基数为零，比率无从算起",
    "item-unresolved": "未能认定说的是哪个项目",
    "table-missing": "缺少对应的表",
    "unit-missing": "数后面没有单位或百分号",
    "whole-unknown": "未能认定占的是哪个整体",
    "doubtful-reading": "文字识别不够可靠",
}
WIDEST = 120  # lines wider than this are hard to read
UNREAD_SHOWN = 20


def write_text(report: Report, console: Console, *, hidden: int = 0) -> None:
    """Print ``report`` on ``console``, wrapped to its width.

    ``hidden`` is how many findings the caller left out of ``report`` (--select, --ignore, or the
    settings): said, so that a filtered report is not taken for a clean one.
    """
    for index, each in enumerate(report.documents):
        if index:
            console.print()
        write_document(each, console, filtered=hidden > 0)
    write_closing([tally(each) for each in report.documents], console, hidden=hidden)


def write_document(report: DocumentReport, console: Console, *, filtered: bool) -> None:
    """Print the part of one document; ``filtered``: findings were left out of ``report``."""
    width = min(console.width, WIDEST)
    colour = console.color_system is not None and not console.no_color
    for line in _document(report, width, brackets=not colour, filtered=filtered):
        console.print(line, soft_wrap=True)


def write_closing(
    tallies: Sequence[Tally], console: Console, *, hidden: int, left: tuple[int, int] = (0, 0)
) -> None:
    """Print what stands below the last document: an overview of several, and what was left out.

    ``left``: how many files could not be checked, and how many are no disclosures.
    """
    width = min(console.width, WIDEST)
    closing = list(overview(tallies, width, left=left))
    if hidden:
        closing += wrap(Text(left_out(hidden)), width)
    if closing:
        console.print()
    for line in closing:
        console.print(line, soft_wrap=True)


def _document(
    report: DocumentReport, width: int, *, brackets: bool, filtered: bool
) -> Iterator[Text]:
    document = report.document
    yield from head(document, width)
    yield Text()
    for section, findings in _by_section(report.findings):
        heading = " / ".join(map(plain, section)) or "（不在标题之下）"
        yield from wrap(Text(heading, style="bold"), width)
        for finding in findings:
            yield from _finding(finding, report, width, brackets=brackets)
            yield Text()
    if not report.findings:
        yield from wrap(_nothing_found(report, filtered=filtered), width)
        yield Text()
    yield from triage_lines(report, width)
    yield from _counts(report, width)
    yield from _unread(report, width, brackets=brackets)


def _by_section(findings: Iterable[Finding]) -> list[tuple[tuple[str, ...], list[Finding]]]:
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in sorted(findings, key=_order):
        groups.setdefault(finding.section, []).append(finding)
    return list(groups.items())


def _order(finding: Finding) -> tuple[str, int]:
    return finding.where.file, finding.where.start  # those in a second file come last


def _finding(
    finding: Finding, report: DocumentReport, width: int, *, brackets: bool
) -> Iterator[Text]:
    word, sign, colour = SEVERITIES[finding.severity]
    standing = standing_of(report, finding)
    heading = Text.assemble(
        (f"{sign} {word}", f"bold {colour}"),
        (f"  {standing}" if standing else "", "bold"),
        (f"  {finding.code} {finding.rule}", "bold"),
        (f"  {place(finding.where)}  {short(finding.fingerprint)}".rstrip(), "dim"),
    )
    yield from hanging("  ", heading, width)
    if reason := reason_of(report, finding):
        yield from hanging("    理由  ", Text(reason), width, style="dim")
    at = occurrence(finding, "" if finding.where.file else report.document.text)
    if sentence := plain(finding.sentence):
        marked = _marked(sentence, at, f"bold underline {colour}", brackets=brackets)
        yield from hanging("    ", marked, width)
    for label, body in _statements(finding, colour):
        yield from hanging(f"    {label}  ", body, width, style="dim")
    for index, evidence in enumerate(finding.evidence):
        label = "依据" if index == 0 else "    "
        yield from hanging(f"    {label}  ", Text(evidence_line(evidence)), width, style="dim")


def _statements(finding: Finding, colour: str) -> Iterator[tuple[str, Text]]:
    claimed = plain(finding.claimed or finding.text)
    if finding.expected is not None:
        expected = (plain(finding.expected), "bold green")
        yield "原文", Text.assemble((claimed, f"bold {colour}"), "  →  应为 ", expected)
    if finding.suggestion is not None and finding.suggestion != finding.expected:
        yield "改为", Text(plain(finding.suggestion))
    yield "说明", Text(plain(finding.message))
    if finding.diagnosis:
        yield "成因", Text(plain(finding.diagnosis))


def evidence_line(evidence: Evidence) -> str:
    """What a finding rests on, on one line: a cell, words of the text, or a formula."""
    at = place(evidence.where)
    if evidence.kind == "table":
        number = f"（{evidence.number}）" if evidence.number else ""
        cell = " · ".join(each for each in (evidence.row, evidence.column) if each)
        value = f"{evidence.value}{evidence.unit}"
        said = f"《{evidence.table or '无题名的表'}》{number}{cell} = {value}"
    elif evidence.kind == "text":
        said = f"“{evidence.text}”"
    else:
        said = evidence.text
    return plain(f"{said}，{at}" if at else said)


def _marked(sentence: str, at: tuple[int, int] | None, style: str, *, brackets: bool) -> Text:
    """The sentence with the words at ``at`` marked; a very long one cut down to what is around."""
    before, words, after = excerpt(sentence, at)
    shown = f"【{words}】" if brackets and words else words
    return Text.assemble(before, (shown, style), after)


def _nothing_found(report: DocumentReport, *, filtered: bool) -> Text:
    agrees, unchecked = report.count(Status.AGREES), report.count(Status.UNCHECKED)
    lead = "所选规则未发现问题" if filtered else "未发现问题"
    if agrees == 0:
        return Text(f"{lead}，但没有一条陈述得到核对：这不说明文中数字无误。", style="bold yellow")
    rest = [f"{unchecked} 条未核对"] if unchecked else []
    if unread := len(report.reading.unread):
        rest.append(f"{unread} 个数字未读懂")
    left = f"；{'，'.join(rest)}" if rest else ""
    said = f"{lead}：{len(report.statuses)} 条陈述中 {agrees} 条核对相符{left}。"
    return Text(said, style="bold green")


def _counts(report: DocumentReport, width: int) -> Iterator[Text]:
    reading = report.reading
    numeric = sum(claim.quantity is not None for claim in reading.claims)
    total = numeric + len(reading.no_claims) + len(reading.unread)
    statuses = " · ".join(f"{word} {report.count(status)}" for status, word in STATUSES.items())
    numbers = (
        f"{total} 个：陈述中 {numeric} · 非陈述（日期、序号等） {len(reading.no_claims)}"
        f" · 未读懂 {len(reading.unread)}"
    )
    rows = [
        ("数字", numbers),
        ("陈述", f"{len(reading.claims)} 条：{statuses}"),
        ("表格", f"{len(report.document.tables)} 张，值 {len(report.table_values)} 个"),
        ("发现", f"{len(report.findings)} 条：{_severities(report.findings)}"),
    ]
    if standings := standing_counts(report):
        rows.append(("其中", standings))
    reasons = Counter(report.reasons.values())
    said = " · ".join(f"{REASONS.get(why, plain(why))} {n}" for why, n in reasons.most_common())
    if said:
        rows.append(("未核对的缘由", said))
    for label, body in rows:
        yield from hanging(f"{label}  ", Text(body), width, style="bold")


def _severities(findings: Iterable[Finding]) -> str:
    return counted(Counter(finding.severity for finding in findings))


def _unread(report: DocumentReport, width: int, *, brackets: bool) -> Iterator[Text]:
    unread = report.reading.unread
    if not unread:
        return
    yield Text("未读懂的数字", style="bold")
    for each in unread[:UNREAD_SHOWN]:
        sentence = plain(each.sentence)
        start = sentence.find(plain(each.text))
        at = (start, start + len(plain(each.text))) if start >= 0 else None
        body = _marked(sentence, at, "bold underline", brackets=brackets)
        label = f"  {place(each.where)}  "
        yield from hanging(label, body, width, style="dim")
    if len(unread) > UNREAD_SHOWN:
        yield Text(f"  另有 {len(unread) - UNREAD_SHOWN} 个。")
