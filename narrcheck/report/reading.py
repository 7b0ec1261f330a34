"""What was read of a narrative, listed for a person: sentence by sentence, or as counts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.text import Text

from narrcheck.claims import read_claims
from narrcheck.claims.claim import Claim, Kind, NoClaim, Reading, Unread
from narrcheck.claims.draw import KINDS
from narrcheck.document import Document
from narrcheck.figure import Figure, TableValue
from narrcheck.patterns import Patterns
from narrcheck.quantity import round_half_up
from narrcheck.report.deliver import printed
from narrcheck.report.lines import columns, hanging, head, place, plain, wrap
from narrcheck.report.listing import figure_facts
from narrcheck.report.reading_json import write_counts_json, write_reading_json
from narrcheck.report.sentences import Counts, Said, Sentence, count, sentences
from narrcheck.report.text import REASONS, WIDEST

LABEL = max(map(columns, KINDS.values()))
DIRECTIONS = {
    Kind.CHANGE: {1: "增", -1: "减"},
    Kind.GROWTH: {1: "增", -1: "减"},
    Kind.RELATION: {1: "大于", -1: "小于", 0: "等于"},
}
HEADS = ("数字", "陈述", "非陈述", "未读懂", "", "项目不明", "")


def listed(
    opened: Iterable[tuple[Document, Iterable[TableValue]]],
    patterns: Patterns,
    *,
    json: bool,
    stats: bool,
    to_file: Path | None,
) -> str:
    """Documents (with the values of their tables) read, and what was read as text or JSON.

    With ``stats`` only the counts; text that goes to a file has no colours.
    """
    readings = [(each, read_claims(each, patterns, values)) for each, values in opened]
    if stats:
        counts = [(document.path, count(reading)) for document, reading in readings]
        if json:
            return write_counts_json(counts)
        return printed(lambda console: write_counts(counts, console), to_file=to_file)
    if json:
        return write_reading_json(readings)
    return printed(lambda console: write_reading(readings, console), to_file=to_file)


def write_reading(readings: Sequence[tuple[Document, Reading]], console: Console) -> None:
    """Print each document's sentences with what was read in them, then the counts."""
    width = min(console.width, WIDEST)
    marks = console.color_system is None or console.no_color
    for index, (document, reading) in enumerate(readings):
        if index:
            console.print()
        for line in _document(document, reading, width, brackets=marks):
            console.print(line, soft_wrap=True)


def write_counts(counts: Sequence[tuple[str, Counts]], console: Console) -> None:
    """Print a row of counts for each document (its path, its counts), and their totals."""
    rows = [(*_cells(each), plain(path)) for path, each in counts]
    if len(counts) > 1:
        total = sum((each for _, each in counts), Counts())
        rows.append((*_cells(total), f"合计 {len(counts)} 份"))
    table = [(*HEADS, "文件"), *rows]
    widths = [max(map(columns, column)) for column in zip(*table, strict=True)][:-1]
    for row in table:
        cells = [" " * (w - columns(cell)) + cell for cell, w in zip(row, widths, strict=False)]
        console.print(Text("  ".join([*cells, row[-1]])), soft_wrap=True)


def _cells(counts: Counts) -> tuple[str, ...]:
    return (
        str(counts.numbers),
        str(counts.claims),
        str(counts.no_claims),
        str(counts.unread),
        _percent(counts.unread, counts.numbers),
        str(counts.unresolved),
        _percent(counts.unresolved, counts.claims),
    )


def _percent(part: int, whole: int) -> str:
    return f"{round_half_up(Fraction(100 * part, whole), 1)}%" if whole else "—"


def _document(
    document: Document, reading: Reading, width: int, *, brackets: bool
) -> Iterator[Text]:
    yield from head(document, width)
    yield Text()
    claims = {claim.id: claim for claim in reading.claims}
    found = sentences(document, reading)
    for section, inside in groupby(found, key=lambda sentence: sentence.section):
        heading = " / ".join(map(plain, section)) or "（不在标题之下）"
        yield from wrap(Text(heading, style="bold"), width)
        for sentence in inside:
            yield from _sentence(sentence, claims, width, brackets=brackets)
        yield Text()
    if not found:
        yield from wrap(Text("没有读到情况说明中的数字。", style="bold yellow"), width)
    yield from _closing(count(reading), width)


def _closing(counts: Counts, width: int) -> Iterator[Text]:
    said = counts.numbers - counts.no_claims - counts.unread
    numbers = (
        f"{counts.numbers} 个：陈述中 {said} · 非陈述（日期、序号等） {counts.no_claims}"
        f" · 未读懂 {counts.unread}（{_percent(counts.unread, counts.numbers)}）"
    )
    claims = (
        f"{counts.claims} 条，其中{REASONS['item-unresolved']}的 {counts.unresolved} 条"
        f"（{_percent(counts.unresolved, counts.claims)}）"
    )
    yield from hanging("数字  ", Text(numbers), width, style="bold")
    yield from hanging("陈述  ", Text(claims), width, style="bold")


def _sentence(
    sentence: Sentence, claims: dict[str, Claim], width: int, *, brackets: bool
) -> Iterator[Text]:
    label = f"  {place(sentence.where)}  "
    yield from hanging(label, _marked(sentence, brackets=brackets), width, style="dim")
    for each in sentence.said:
        if isinstance(each.read, Claim):
            yield from hanging(_label(KINDS[each.read.kind]), said_by(each.read, claims), width)
    silent = [each.read for each in sentence.said if isinstance(each.read, NoClaim)]
    if silent:
        listed = "、".join(plain(f"{each.text}（{each.why}）") for each in silent)
        yield from hanging(_label("非陈述"), Text(listed), width, style="dim")
    unread = [each.read.text for each in sentence.said if isinstance(each.read, Unread)]
    if unread:
        body = Text("、".join(map(plain, unread)), style="bold red")
        yield from hanging(_label("未读懂"), body, width, style="red")


def _label(word: str) -> str:
    return f"    {word}{' ' * (LABEL - columns(word))}  "


def _marked(sentence: Sentence, *, brackets: bool) -> Text:
    """The sentence, its numbers by colour; those not understood in 【】 where there is none."""
    marked = Text()
    position = 0
    for said in sentence.said:
        if said.start < position:  # a claim that stands within another's words
            continue
        words = plain(sentence.text[said.start : said.end])
        shown = f"【{words}】" if brackets and isinstance(said.read, Unread) else words
        marked.append(plain(sentence.text[position : said.start]))
        marked.append(shown, style=_style(said))
        position = said.end
    marked.append(plain(sentence.text[position:]))
    return marked


def _style(said: Said) -> str:
    if isinstance(said.read, Unread):
        return "bold underline red"
    if isinstance(said.read, NoClaim):
        return "dim"
    return "bold yellow" if said.read.reason else "bold green"


def said_by(claim: Claim, claims: Mapping[str, Claim]) -> Text:
    """What a claim says, of what, and against what: ``6.00万元  增  支出合计 · …，对照 2022年``."""
    return Text.assemble((plain(claim.text), "bold"), about_claim(claim, claims))


def about_claim(claim: Claim, claims: Mapping[str, Claim]) -> Text:
    """The same without the claim's own words, parted from what stands before it."""
    direction = DIRECTIONS.get(claim.kind, {}).get(claim.direction, "")
    facts = [figure_facts(claim.figure) if claim.figure else ""]
    if claim.base is not None:
        facts.append(f"对照 {plain(_against(claim.base, claim.figure))}")
    if claim.whole is not None and (whole := claims.get(claim.whole)) is not None:
        relation = "拆开的是" if claim.kind is Kind.PARTS else "属于"
        facts.append(f"{relation}“{plain(whole.text)}”")
    if claim.names:
        facts.append(plain("、".join(claim.names)))
    text = Text()
    for body in (direction, "，".join(filter(None, facts))):
        text.append(f"  {body}" if body else "")
    if claim.reason:
        text.append(f"  （{REASONS.get(claim.reason, plain(claim.reason))}）", style="yellow")
    return text


def _against(base: Figure, figure: Figure | None) -> str:
    """What of ``base`` is not as in ``figure``: the year for a change, the item for a share."""
    if figure is None or base == figure:
        return figure_facts(base)
    pairs: Iterable[tuple[object, object, str]] = (
        ((str(base), base.fund), (str(figure), figure.fund), str(base)),
        (base.measure, figure.measure, base.measure),
        (base.year, figure.year, f"{base.year}年" if base.year else "年份不明"),
        (base.fund, figure.fund, base.fund or "资金不明"),
    )
    return " · ".join(words for one, other, words in pairs if one != other)
