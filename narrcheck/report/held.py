"""What a number of a document was held against, gathered for the one place that is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narrcheck.claims.claim import Claim, Kind, NoClaim, Unread
from narrcheck.document import Where
from narrcheck.figure import Figure, TableValue
from narrcheck.findings import DocumentReport, Finding, Status
from narrcheck.ledger import Relation
from narrcheck.patterns.claims import ClaimPattern
from narrcheck.verdicts import Verdict, judge

Number = Claim | NoClaim | Unread | TableValue
NEIGHBOURS = 3  # cells of the same item that are shown where none is of the same figure


@dataclass(frozen=True, slots=True)
class Held:
    """A relation that a number takes part in, judged as printed and with the faults mended."""

    printed: Verdict
    mended: Verdict

    @property
    def relation(self) -> Relation:
        return self.printed.relation


@dataclass(frozen=True, slots=True)
class Explained:
    """All that is known of one number (or of a statement without a number, 大于预算数).

    ``near`` are table values of the same item that are of another measure, year or fund; they are
    looked for where nothing was held against the number.
    """

    read: Number
    pattern: ClaimPattern | None = None
    held: tuple[Held, ...] = ()
    status: Status | None = None
    reason: str | None = None
    findings: tuple[Finding, ...] = ()
    near: tuple[TableValue, ...] = ()

    @property
    def where(self) -> Where:
        return self.read.where


def explain(report: DocumentReport, patterns: Mapping[str, ClaimPattern]) -> tuple[Explained, ...]:
    """Every number of the narrative and every table value that something was held against.

    In document order; those of a second file last. ``patterns`` are the claims' by their ids.
    """
    held = [Held(judge(relation), judge(relation, report.repairs)) for relation in report.relations]
    by_claim: dict[str, list[Held]] = {}
    by_value: dict[int, list[Held]] = {}
    for each in held:
        for identity in dict.fromkeys(each.relation.claim_ids()):
            by_claim.setdefault(identity, []).append(each)
        for operand in each.relation.leaves:
            if operand.value is not None:
                by_value.setdefault(id(operand.value), []).append(each)
    others: tuple[NoClaim | Unread, ...] = (*report.reading.no_claims, *report.reading.unread)
    explained = [
        *(
            _claim(claim, report, by_claim.get(claim.id, []), patterns)
            for claim in report.reading.claims
        ),
        *(Explained(each) for each in others),
        *(
            Explained(value, held=tuple(by_value[id(value)]), findings=_on(value, report))
            for value in report.table_values
            if id(value) in by_value
        ),
    ]
    return tuple(sorted(explained, key=lambda each: (each.where.file, each.where.start)))


def _claim(
    claim: Claim,
    report: DocumentReport,
    held: list[Held],
    patterns: Mapping[str, ClaimPattern],
) -> Explained:
    return Explained(
        claim,
        patterns.get(claim.id),
        tuple(held),
        report.statuses[claim.id],
        report.reasons.get(claim.id),
        tuple(each for each in report.findings if each.claim == claim.id),
        () if held else tuple(_near(claim, report))[:NEIGHBOURS],
    )


def _on(value: TableValue, report: DocumentReport) -> tuple[Finding, ...]:
    """The findings on the cell of a table."""
    return tuple(each for each in report.findings if each.where == value.where)


def _near(claim: Claim, report: DocumentReport) -> Iterator[TableValue]:
    """Table values of the claim's item: what differs is why none of them was held against it."""
    figure = claim.figure
    if figure is None or claim.kind not in (Kind.AMOUNT, Kind.COUNT):
        return
    seen: set[Figure] = set()
    for value in report.table_values:
        other = value.figure
        if other is not None and other not in seen and _same_item(figure, other):
            seen.add(other)
            yield value


def _same_item(figure: Figure, other: Figure) -> bool:
    return figure.item == other.item and figure.code == other.code
