"""What is told of a number when it is clicked: what it was read as, held against, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind, NoClaim, Unread
from narrcheck.claims.draw import KINDS
from narrcheck.figure import Figure, TableValue
from narrcheck.findings import DocumentReport, Evidence
from narrcheck.ledger import Operand
from narrcheck.report.explaining import outcome_words, relation_line
from narrcheck.report.held import Explained, Held
from narrcheck.report.html.places import Place, Places
from narrcheck.report.lines import plain
from narrcheck.report.listing import figure_facts
from narrcheck.report.reading import DIRECTIONS
from narrcheck.report.reasons import why_unchecked
from narrcheck.report.text import STATUSES, evidence_line
from narrcheck.wording import MANY

WORDS = {
    **{status.value: words for status, words in STATUSES.items()},
    "unread": "未读懂",
    "silent": "不作陈述",
    "held": "表中的数",
    "words": "文字",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words, and the place that it speaks of (None: none that is shown)."""

    text: str
    place: Place | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A relation that a number takes part in: its formula, how it ended (``holds``, ``soft`` or
    ``fails``, and in words), and its other numbers."""

    code: str
    formula: str
    outcome: str
    ended: str
    others: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """All that is told of the number at a place.

    ``facts`` are labels with their words, ``findings`` index ``DocumentReport.findings``.
    """

    place: Place
    words: str
    facts: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...] = ()
    why: str = ""
    near: tuple[Line, ...] = ()
    findings: tuple[int, ...] = ()


def cards_of(report: DocumentReport, places: Places) -> Iterator[Card]:
    """A card for each number of the narrative, and for each cell that was held against one."""
    claims = {claim.id: claim for claim in report.reading.claims}
    numbered = {id(finding): nth for nth, finding in enumerate(report.findings)}
    for each in places.all:
        if each.number is not None:
            findings = [numbered[id(finding)] for finding in each.number.findings]
            card = _card(each, each.number, report, places, claims)
            yield replace(card, findings=tuple(dict.fromkeys((*each.findings, *findings))))


def _card(
    place: Place,
    number: Explained,
    report: DocumentReport,
    places: Places,
    claims: Mapping[str, Claim],
) -> Card:
    read = number.read
    if isinstance(read, NoClaim):
        return Card(place, plain(read.text), (), why=f"不作陈述：{plain(read.why)}")
    if isinstance(read, Unread):
        return Card(place, plain(read.text), (), why="没有一条句式对得上，这个数没有核对。")
    checks = tuple(_checks(number, report, places))
    if isinstance(read, TableValue):
        facts = (("表中", f"{plain(read.row_name)} · {plain(read.column_name)}"),)
        told = tuple(_figure(read.figure)) or (("读作", "未能认定说的是什么"),)
        return Card(place, plain(read.quantity.text), (*facts, *told), checks)
    unchecked = number.reason and not number.findings
    return Card(
        place,
        plain(read.text),
        tuple(_claim(read, claims)),
        checks,
        why_unchecked(read, number.reason) if unchecked and number.reason else "",
        tuple(_near(number, report, places)),
    )


def _claim(claim: Claim, claims: Mapping[str, Claim]) -> Iterator[tuple[str, str]]:
    """What a claim was read as."""
    direction = DIRECTIONS.get(claim.kind, {}).get(claim.direction, "")
    yield "读作", "，".join(each for each in (KINDS[claim.kind], direction) if each)
    if claim.figure is not None:
        yield from _figure(claim.figure)
    elif claim.kind is not Kind.LIST:
        yield "项目", "未能认定"
    if claim.base is not None:
        yield "对照", figure_facts(claim.base)
    if claim.whole is not None and (whole := claims.get(claim.whole)) is not None:
        yield ("拆开的是" if claim.kind is Kind.PARTS else "属于"), plain(f"“{whole.text}”")
    if claim.names:
        yield "列举", plain("、".join(claim.names))


def _figure(figure: Figure | None) -> Iterator[tuple[str, str]]:
    """What a number is about; what is not known is left out."""
    if figure is None:
        return
    year = f"{figure.year}年" if figure.year else ""
    pairs = (
        ("项目", str(figure)),
        ("口径", figure.measure),
        ("年度", year),
        ("资金", figure.fund),
    )
    yield from ((label, plain(words)) for label, words in pairs if words)


def _checks(number: Explained, report: DocumentReport, places: Places) -> Iterator[Check]:
    """The relations of a number, those that fail first; what reads the same is told once."""
    found: dict[Check, None] = {}
    for held in number.held:
        outcome = "holds" if held.printed.holds else "soft" if held.relation.soft else "fails"
        check = Check(
            held.relation.code,
            plain(relation_line(held)),
            outcome,
            plain(outcome_words(held, report.repairs)),
            tuple(_others(held, number, report, places)),
        )
        found.setdefault(check)
    yield from sorted(found, key=lambda check: ("fails", "soft", "holds").index(check.outcome))


def _others(
    held: Held, number: Explained, report: DocumentReport, places: Places
) -> Iterator[Line]:
    """The other numbers of a relation; of a long sum, how many there are."""
    others = [
        leaf
        for leaf in held.relation.leaves
        if leaf.claim is not number.read and leaf.value is not number.read
    ]
    if len(others) > MANY:
        yield Line(f"共 {len(others)} 个数，见算式")
        return
    for each in others:
        evidence = _evidence(each, report)
        if evidence is not None:
            yield Line(evidence_line(evidence), places.at(evidence.where), evidence.kind)
        if each.because:
            yield Line(plain(each.because))


def _evidence(operand: Operand, report: DocumentReport) -> Evidence | None:
    """Where a number of a relation is printed; None for one that was worked out."""
    if operand.value is not None:
        return wording.table_evidence(report.document, operand.value)
    if operand.claim is not None:
        return Evidence("text", text=wording.quoted(operand.claim), where=operand.claim.where)
    return None


def _near(number: Explained, report: DocumentReport, places: Places) -> Iterator[Line]:
    """Cells of the same item that differ in measure, year or fund."""
    for value in number.near:
        figure = figure_facts(value.figure) if value.figure else ""
        words = f"{figure} = {plain(value.quantity.text)}"
        yield Line(words, places.at(value.where), "table")
