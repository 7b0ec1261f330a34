"""What was read at one place, what it was held against, and why it ended so: for a person."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from narrcheck import wording
from narrcheck.claims.claim import Claim, NoClaim, Unread
from narrcheck.claims.draw import KINDS
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.findings import DocumentReport, Evidence, Finding, Status
from narrcheck.ledger import Operand
from narrcheck.relation import ORDERS, Form
from narrcheck.report.asking import Asked
from narrcheck.report.held import Explained, Held
from narrcheck.report.lines import hanging, head, place, plain
from narrcheck.report.listing import figure_facts
from narrcheck.report.reading import about_claim
from narrcheck.report.reasons import why_unchecked
from narrcheck.report.text import SEVERITIES, STATUSES, WIDEST, evidence_line
from narrcheck.verdicts import Outcome, Repairs
from narrcheck.wording import MANY

OUTCOMES = {
    Outcome.HOLDS: "相符",
    Outcome.WIDE: "四舍五入后相符",
    Outcome.NEAR: "末位相差一",
    Outcome.FAILS: "不符",
    Outcome.UNDEFINED: "无从算起",
}
STYLES = {
    Status.AGREES: "bold green",
    Status.DISAGREES: "bold red",
    Status.MALFORMED: "bold red",
    Status.UNCHECKED: "bold yellow",
}
LABEL = "      {}  "


def write_explanation(report: DocumentReport, asked: Asked, console: Console) -> None:
    """Print what there is to say of a place, sentence by sentence and number by number."""
    width = min(console.width, WIDEST)
    lines = [*head(report.document, width), Text(asked.words, style="bold"), Text()]
    sentence = ""
    for each in asked.numbers:
        said = _sentence(each, report.document)
        if said != sentence:
            label = f"  {place(each.where)}  "
            lines += hanging(label, Text(plain(said)), width, style="dim")
            sentence = said
        lines += [*_number(each, report, width), Text()]
    for finding in asked.findings:
        lines += [*_finding(finding, width), Text()]
    if asked.cells:
        said = f"这一页的表里另有 {asked.cells} 个数参与核对，没有列出。"
        lines += [Text(said, style="dim"), Text()]
    lines += _rules(asked, width)
    for line in lines:
        console.print(line, soft_wrap=True)


def _sentence(explained: Explained, document: Document) -> str:
    """The sentence a number stands in; of a table the row."""
    read = explained.read
    if isinstance(read, TableValue):
        return f"《{document.tables[read.table].title or '无题名的表'}》{read.row_name}"
    if isinstance(read, Claim | Unread):
        return read.sentence
    return _around(document, read)


def _around(document: Document, read: NoClaim) -> str:
    """The sentence around a number that states nothing."""
    from narrcheck.claims.flaws import sentence_around

    for paragraph in document.paragraphs:
        start, end = paragraph.offset(0), paragraph.offset(max(len(paragraph.text) - 1, 0))
        if start <= read.where.start <= end:
            nth = sum(paragraph.offset(at) < read.where.start for at in range(len(paragraph.text)))
            return sentence_around(paragraph.text, nth)
    return read.text


def _number(explained: Explained, report: DocumentReport, width: int) -> Iterator[Text]:
    for label, body in _facts(explained, report):
        yield from hanging(label, body, width, style="dim")


def _facts(explained: Explained, report: DocumentReport) -> Iterator[tuple[str, Text]]:
    """The lines on a number: what it is, and then each with what its label says."""
    read = explained.read
    if isinstance(read, NoClaim):
        yield "    ", Text.assemble((plain(read.text), "bold"), f"  不作陈述：{plain(read.why)}")
        return
    if isinstance(read, Unread):
        yield "    ", Text.assemble((plain(read.text), "bold"), ("  未读懂", "bold red"))
        yield _labelled("缘由"), Text("没有一条句式对得上；narrcheck read -o 可以画出读到哪一步。")
        return
    if isinstance(read, TableValue):
        yield "    ", Text.assemble((plain(read.quantity.text), "bold"), "  表中的数")
        facts = figure_facts(read.figure) if read.figure else "未能认定说的是什么"
        yield _labelled("读作"), Text(f"{plain(read.column_name)}：{facts}")
    else:
        assert explained.status is not None
        word, style = STATUSES[explained.status], STYLES[explained.status]
        yield (
            "    ",
            Text.assemble((plain(read.text), "bold"), f"  {read.id}  ", (word, style)),
        )
        claims = {claim.id: claim for claim in report.reading.claims}
        yield _labelled("读作"), Text.assemble(KINDS[read.kind], about_claim(read, claims))
        if explained.pattern is not None:
            pattern = explained.pattern
            yield _labelled("句式"), Text(f"{plain(pattern.title)}（claims.toml 的 {pattern.id}）")
    yield from _checks(explained, report.document, report.repairs)
    yield from _why(explained)


def _checks(
    explained: Explained, document: Document, repairs: Repairs
) -> Iterator[tuple[str, Text]]:
    """Each relation the number takes part in, its formula, how it ended, and its other numbers."""
    seen: set[tuple[str, ...]] = set()
    for held in explained.held:
        formula, ended = relation_line(held), outcome_words(held, repairs)
        code, lines = held.relation.code, tuple(_others(held, explained, document))
        if (code, formula, ended, *lines) in seen:
            continue
        seen.add((code, formula, ended, *lines))
        style = "green" if held.printed.holds else "yellow" if held.relation.soft else "red"
        yield _labelled("核对"), Text.assemble((code, "bold"), f"  {formula}  ", (ended, style))
        for line in lines:
            yield f"{' ' * 12}· ", Text(line)


def relation_line(held: Held) -> str:
    """A relation as numbers: what it comes to, and what is stated."""
    relation, printed = held.relation, held.printed
    first, other = relation.operands[:2]
    stated = wording.shown(first.quantity)
    if relation.form is Form.EQUAL:
        source = "表中的" if other.value is not None else "另一处的"
        return f"{stated} 与{source} {wording.shown(other.quantity)}"
    if relation.form in ORDERS:
        return wording.formula(printed, {}).removesuffix(" 不成立")
    come = wording.calculation if printed.should_be is None else wording.formula
    return f"{come(printed, {})}，写的是 {stated}"


def outcome_words(held: Held, repairs: Repairs) -> str:
    """How a relation ended, and what of it: 不符, 如把“102.6%”改为101.1%则相符."""
    printed, mended = held.printed, held.mended
    words = OUTCOMES[printed.outcome]
    if printed.outcome is Outcome.UNDEFINED:
        return f"{words}（基数为零）"
    if printed.holds:
        return words
    changed = [
        f"“{operand.claim.text}”改为{wording.expected_text(operand.claim, repairs[identity])}"
        for operand in held.relation.leaves
        if operand.claim is not None and (identity := operand.claim.id) in repairs
    ]
    if mended.holds and changed:
        return f"{words}；把{'、'.join(changed)}则相符"
    return f"{words}（只作旁证，不据此报错）" if held.relation.soft else words


def _others(held: Held, explained: Explained, document: Document) -> Iterator[str]:
    """The other numbers of a relation and where each stands; of a long sum, how many there are."""
    others = [
        operand
        for operand in held.relation.leaves
        if operand.claim is not explained.read and operand.value is not explained.read
    ]
    if len(others) > MANY:
        yield f"共 {len(others)} 个数，见算式"
        return
    for operand in others:
        yield from _operand(operand, document)


def _operand(operand: Operand, document: Document) -> Iterator[str]:
    if operand.value is not None:
        yield evidence_line(wording.table_evidence(document, operand.value))
    elif operand.claim is not None:
        claim = operand.claim
        yield evidence_line(Evidence("text", text=wording.quoted(claim), where=claim.where))
    if operand.because:
        yield plain(operand.because)


def _why(explained: Explained) -> Iterator[tuple[str, Text]]:
    """Why a number ended as it did: its findings, or why nothing could be held against it."""
    for finding in explained.findings:
        word, _, colour = SEVERITIES[finding.severity]
        body = Text.assemble((word, f"bold {colour}"), f" {finding.code}  ", plain(finding.message))
        if finding.diagnosis:
            body.append(f"（{plain(finding.diagnosis)}）")
        yield _labelled("问题"), body
    if isinstance(explained.read, Claim) and explained.reason and not explained.findings:
        yield _labelled("缘由"), Text(why_unchecked(explained.read, explained.reason))
    if explained.near:
        yield _labelled("表中"), Text("有同一项目的数，但口径、年份或资金不同：")
        for value in explained.near:
            figure = figure_facts(value.figure) if value.figure else ""
            yield f"{' ' * 12}· ", Text(f"{figure} = {plain(value.quantity.text)}")


def _finding(finding: Finding, width: int) -> Iterator[Text]:
    """A finding that is on no number: malformed words, a name."""
    word, _, colour = SEVERITIES[finding.severity]
    yield from hanging(f"  {place(finding.where)}  ", Text(plain(finding.sentence)), width)
    body = Text.assemble((plain(finding.text), "bold"), "  ", (word, f"bold {colour}"))
    yield from hanging("    ", body, width)
    yield from hanging(
        _labelled("问题"), Text(f"{finding.code}  {plain(finding.message)}"), width, style="dim"
    )
    for each in finding.evidence:
        yield from hanging(f"{' ' * 12}· ", Text(evidence_line(each)), width)


def _labelled(word: str) -> str:
    return LABEL.format(word)


def _rules(asked: Asked, width: int) -> Iterator[Text]:
    """The first line of the page of each rule that was named."""
    from narrcheck.rules import RULES

    numbers = asked.numbers
    codes = {each.relation.code for number in numbers for each in number.held}
    found = (*asked.findings, *(finding for number in numbers for finding in number.findings))
    codes.update(finding.code for finding in found)
    for rule in RULES:
        if rule.CODE in codes:
            title = (inspect.getdoc(rule) or "").partition("\n")[0]
            yield from hanging(f"  {rule.CODE}  ", Text(title), width, style="dim")
