"""Whether a relation holds: exactly, by trimmed digits, off by one in the last place, or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from narrcheck.claims.claim import Claim
from narrcheck.ledger import Operand, Relation
from narrcheck.ledger.operand import added, with_terms
from narrcheck.quantity import Interval, Quantity
from narrcheck.relation import ORDERS, Form, computed, holds_order, solved

# Repairs by claim id: numbers read otherwise than printed.
Repairs = Mapping[str, Quantity]


class Outcome(StrEnum):
    """How a relation ended."""

    HOLDS = "holds"
    WIDE = "wide"  # only if a number with fewer places than usual is taken at its printed digits
    NEAR = "near"  # off by one in the last place beyond rounding
    FAILS = "fails"
    UNDEFINED = "undefined"  # on a base that is or may be 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation, its outcome, and what the stated number should have been (None: an order)."""

    relation: Relation
    outcome: Outcome
    should_be: Interval | None = None

    @property
    def holds(self) -> bool:
        """Whether the printed digits allow the relation."""
        return self.outcome in (Outcome.HOLDS, Outcome.WIDE)


def repaired(operand: Operand, repairs: Repairs) -> Operand:
    """The operand as it would be with the repairs made."""
    if operand.terms:
        terms = tuple(repaired(term, repairs) for term in operand.terms)
        if terms == operand.terms:
            return operand
        return with_terms(operand, terms)
    if operand.claim is not None and operand.claim.id in repairs:
        return replace(operand, quantity=_taken_as(operand.quantity, repairs[operand.claim.id]))
    return operand


def _taken_as(quantity: Quantity, repair: Quantity) -> Quantity:
    """A repair as exact as the number is taken to be that it stands for: a mean of scores is not,
    though scores are."""
    same = repair.unit.text == quantity.unit.text
    return replace(repair, unit=quantity.unit) if same else repair


def judge(relation: Relation, repairs: Repairs | None = None) -> Verdict:
    """The verdict on a relation, with some claims read as repaired."""
    if repairs and not repairs.keys().isdisjoint(relation.claim_ids()):
        return _judged(relation, [repaired(operand, repairs) for operand in relation.operands])
    if relation.as_printed is None:
        verdict = _judged(relation, list(relation.operands))
        object.__setattr__(relation, "as_printed", (verdict.outcome, verdict.should_be))
    return Verdict(relation, *relation.as_printed)


def _judged(relation: Relation, operands: list[Operand]) -> Verdict:
    """The verdict on a relation with these numbers for its operands."""
    if not all(operand.defined for operand in operands):
        return Verdict(relation, Outcome.UNDEFINED)
    stated, others = operands[0].interval, [operand.interval for operand in operands[1:]]
    if relation.form in ORDERS:
        if not holds_order(relation.form, stated, others[0]):
            return Verdict(relation, Outcome.FAILS)
        alike = relation.form in (Form.LESS, Form.MORE) and stated == others[0]
        return Verdict(relation, Outcome.NEAR if alike else Outcome.HOLDS)
    should_be = computed(relation.form, others)
    if should_be is None:
        nothing = operands[0].quantity.is_zero and operands[1].quantity.is_zero
        return Verdict(relation, Outcome.HOLDS if nothing else Outcome.UNDEFINED)
    if stated.agrees(should_be):
        return Verdict(relation, Outcome.HOLDS, should_be)
    wide = computed(relation.form, [operand.wide for operand in operands[1:]])
    if wide is None:  # what was rounded may be all there is, its base 0
        return Verdict(relation, Outcome.UNDEFINED, should_be)
    if operands[0].wide.agrees(wide):
        return Verdict(relation, Outcome.WIDE, should_be)
    step = last_place(operands, relation.form)
    near = stated.distance(should_be) < step or stated.distance(should_be) == 0
    return Verdict(relation, Outcome.NEAR if near else Outcome.FAILS, should_be)


def last_place(operands: list[Operand], form: Form) -> Fraction:
    """One unit of the last place a relation can be held to: the stated number's, or the coarsest
    where amounts are compared with each other."""
    if form in (Form.EQUAL, Form.SUM, Form.DIFFERENCE):
        return max(operand.quantity.step for operand in operands)
    return operands[0].quantity.step


def solve_for(relation: Relation, claim: Claim, repairs: Repairs) -> Interval | None:
    """What a claim's number would have to be, its sign taken off.

    None where that is undefined, or where the claim states none of the relation's numbers.
    """
    operands = [repaired(operand, repairs) for operand in relation.operands]
    if not all(operand.defined for operand in operands):
        return None
    for index, operand in enumerate(operands):
        if states(operand, claim):
            value = solved(relation.form, [each.interval for each in operands], index)
            return None if value is None else _of_term(operand, claim, value)
    return None


def states(operand: Operand, claim: Claim) -> bool:
    """Whether a claim states the operand, or one of the numbers that it was derived from."""
    return any(leaf.claim is not None and leaf.claim.id == claim.id for leaf in operand.leaves)


def _of_term(operand: Operand, claim: Claim, value: Interval) -> Interval | None:
    """What the claim in an operand must be for the operand to be ``value``; None: undefined."""
    own = -value if operand.negative else value
    if not operand.terms:
        return own
    index = next(at for at, term in enumerate(operand.terms) if states(term, claim))
    term, others = operand.terms[index], operand.terms[:index] + operand.terms[index + 1 :]
    if operand.by == "+":
        return _of_term(term, claim, own - added(each.interval for each in others))
    (other,) = (each.interval for each in others)
    if operand.by == "÷" and index == 0:
        return _of_term(term, claim, own * other)
    over, divisor = (own, other) if operand.by == "×" else (other, own)
    return None if Fraction(0) in divisor else _of_term(term, claim, over / divisor)
