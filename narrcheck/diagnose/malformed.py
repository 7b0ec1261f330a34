"""One fault, one finding: a claim whose words are malformed and whose number may be wrong too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from narrcheck import wording
from narrcheck.claims.claim import Claim
from narrcheck.diagnose.tell import with_word
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger, Relation
from narrcheck.quantity import Dimension, Quantity
from narrcheck.relation import ORDERS
from narrcheck.verdicts import Repairs, judge, solve_for

# The rules on how a number is written; a relation may break for that very reason.
_WORDS = frozenset({"NC505", "NC506", "NC508", "NC509"})
# Of these, an error says that the number itself cannot be read, or cannot be.
_NUMBERS = frozenset({"NC508", "NC509"})
# What a relation asks for is printed with the sign of the wrong word.
_NO_REPAIR = frozenset({"NC505"})


def spoilt(said: Iterable[Finding]) -> frozenset[str]:
    """The claims whose numbers cannot be read: no other number is held against them."""
    return frozenset(
        each.claim
        for each in said
        if each.claim and each.code in _NUMBERS and each.severity is Severity.ERROR
    )


def turned(ledger: Ledger, said: Iterable[Finding]) -> Iterator[tuple[str, Quantity]]:
    """The claims of 增加（减少） that were read the wrong way round, each turned."""
    cues = ledger.patterns.words.cues
    for each in said:
        claim = ledger.by_id.get(each.claim or "")
        if each.code != "NC506" or claim is None or claim.quantity is None or not each.expected:
            continue
        against = "down" if claim.direction > 0 else "up"
        starts = (word for word, kinds in cues.items() if against in kinds)
        if any(each.expected.startswith(word) for word in starts):
            yield claim.id, replace(claim.quantity, value=-claim.quantity.value)


def told(
    ledger: Ledger,
    said: Iterable[Finding],
    faults: Iterable[Finding],
    relations: Iterable[Relation],
    repairs: Repairs,
) -> list[Finding]:
    """The findings on faults and those of rules; malformed words take in the fault of their claim.

    What a number that cannot be read should be is worked out from ``relations``.
    """
    by_claim = {each.claim: each for each in faults}
    said = [each for each in said if not any(_follows(each, fault) for fault in by_claim.values())]
    unreadable = spoilt(said)
    relations = tuple(relations)
    found: list[Finding] = []
    for each in said:
        on_words = each.code in _WORDS and each.severity is not Severity.INFO and each.claim
        fault = by_claim.pop(each.claim, None) if on_words else None
        if fault is not None:
            each = _with_fault(each, fault)
        elif each.claim in unreadable and each.code in _NUMBERS:
            each = _worked_out(ledger, each, relations, repairs)
        found.append(each)
    return [*by_claim.values(), *found]


def _follows(words: Finding, fault: Finding) -> bool:
    """Whether words clash with a direction before them in the sentence that is wrong itself.

    减少1.20万元，增长的主要原因是…: where the numbers say that it was an increase, that is all.
    """
    clash = words.code == "NC205" and words.claim is None and words.sentence == fault.sentence
    return clash and fault.diagnosis == wording.TURNED and fault.where.end <= words.where.start


def _with_fault(words: Finding, fault: Finding) -> Finding:
    evidence = (*words.evidence, *fault.evidence)
    severity = min(words.severity, fault.severity, key=lambda severity: severity.rank)
    expected, message = fault.expected, f"{words.message}{fault.message}"
    if words.code in _NO_REPAIR:
        expected, message = None, f"{words.message.removesuffix('。')}；与其他各数也不相符。"
    return replace(
        words,
        severity=severity,
        message=message,
        expected=expected,
        suggestion=expected,
        diagnosis=fault.diagnosis,
        evidence=evidence,
    )


def _worked_out(
    ledger: Ledger, finding: Finding, relations: tuple[Relation, ...], repairs: Repairs
) -> Finding:
    """The finding with what the first relation that can tell says should stand there."""
    claim = ledger.by_id[finding.claim or ""]
    for relation in relations:
        repair = None if relation.form in ORDERS else _solved(ledger, claim, relation, repairs)
        if repair is not None:
            expected = wording.expected_text(claim, repair)
            evidence = wording.evidence(ledger, [judge(relation, repairs)], claim.id, repairs)
            turned = repair.value < 0
            return replace(
                with_word(ledger, finding, claim) if turned else finding,
                message=f"{finding.message.removesuffix('。')}，按其他各数应为{expected}。",
                expected=expected,
                suggestion=expected,
                evidence=(*finding.evidence, *evidence),
            )
    return finding


def _solved(ledger: Ledger, claim: Claim, relation: Relation, repairs: Repairs) -> Quantity | None:
    """What a claim's number would be by a relation; a rate that was printed in 倍 in percent."""
    value, quantity = solve_for(relation, claim, repairs), claim.quantity
    if value is None or quantity is None:
        return None
    if quantity.value > 0 and value.agrees(quantity.interval):
        # its digits are right, only their marks are wrong: 24,00万元
        return quantity.like(quantity.interval.middle, quantity.places)
    if quantity.unit.dimension is Dimension.TIMES:
        percent = ledger.patterns.words.units["%"]
        return replace(quantity, unit=percent).like(value.middle, 1)
    others = [leaf.quantity for leaf in relation.leaves if leaf.claim is not claim]
    same = [each for each in others if each.unit == quantity.unit]
    places = max((max(each.places, each.usual) for each in same), default=None)
    return quantity.like(value.middle, places)
