"""Numbers that were recognised in a picture with little confidence accuse nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from narrcheck import wording
from narrcheck.document import Where
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger, Relation
from narrcheck.verdicts import Outcome, judge


def held_back(
    ledger: Ledger, findings: list[Finding], relations: Iterable[Relation]
) -> tuple[list[Finding], frozenset[str]]:
    """The findings, of which those that rest on a doubtful number only ask to look at the paper;
    and the ids of the claims that are no longer accused."""
    document = ledger.document
    if not (document.doubtful or document.doubtful_apart):
        return findings, frozenset()
    failing = [
        relation
        for relation in relations
        if judge(relation).outcome in (Outcome.NEAR, Outcome.FAILS)
    ]
    held: list[Finding] = []
    doubted: set[str] = set()
    for finding in findings:
        doubtful = any(document.is_doubtful_at(where) for where in _places(finding, failing))
        if doubtful and finding.claim is not None and finding.severity is not Severity.INFO:
            doubted.add(finding.claim)
        held.append(as_question(finding) if doubtful else finding)
    return held, frozenset(doubted)


def as_question(finding: Finding) -> Finding:
    """The finding as one that only asks to look at the paper."""
    return replace(
        finding,
        severity=Severity.INFO,
        message=wording.look_at_paper(finding.message),
        suggestion=None,
    )


def _places(finding: Finding, failing: Iterable[Relation]) -> Iterator[Where]:
    """The places of all numbers that a finding rests on, also of those of a long sum, of which
    its evidence shows the formula alone."""
    yield finding.where
    yield from (each.where for each in finding.evidence if each.where is not None)
    for relation in failing:
        if finding.claim is not None and finding.claim in relation.claim_ids():
            for operand in relation.leaves:
                source = operand.claim or operand.value
                if source is not None:
                    yield source.where
