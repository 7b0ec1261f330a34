"""What a number may have been meant to be, and what speaks for it as it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind
from narrcheck.diagnose.misprints import misprint_of, moved
from narrcheck.ledger import Relation
from narrcheck.quantity import Dimension, Quantity, Unit
from narrcheck.relation import Form
from narrcheck.verdicts import Repairs, Verdict, solve_for, states

_MONEY = tuple(
    Unit(text, Dimension.MONEY, Fraction(scale))
    for text, scale in (("元", 1), ("万元", 10**4), ("亿元", 10**8))
)
# What holds so of many numbers bears none of them out.
_WEAK = (Form.AT_MOST, Form.NIL, Form.LESS, Form.MORE)


def bears_out(verdict: Verdict, claim: Claim, repairs: Repairs) -> bool:
    """Whether a relation that holds speaks for a claim's number.

    A sum of millions holds whatever a few 元 in it are: what would hold as well were the number 0
    says nothing of it.
    """
    if not verdict.holds or verdict.relation.form in _WEAK:
        return False
    if verdict.relation.form is not Form.SUM or claim.quantity is None or claim.quantity.is_zero:
        return True
    asked = solve_for(verdict.relation, claim, repairs)
    return asked is None or Fraction(0) not in asked


def is_copied(verdict: Verdict, claim: Claim) -> bool:
    """Whether a claim's number is the very one it is a rate of, or that is a rate of it.

    预算数为45.80万元，执行数为45.80万元，执行率为85.8%: one of the two was copied from the other.
    """
    if verdict.relation.form is not Form.RATIO:
        return False
    _, part, whole = verdict.relation.operands
    same = part.claim is not None and whole.claim is not None and part.interval == whole.interval
    return same and claim in (part.claim, whole.claim)


def is_rounded_off(relation: Relation, claim: Claim) -> bool:
    """Whether a claim says an amount again, in a larger unit: 约1.8亿元（17963.52万元）."""
    one, two = relation.operands
    ours, other = (one, two) if one.claim is claim else (two, one)
    return other.claim is not None and ours.quantity.unit.scale > other.quantity.unit.scale


def is_unchanged_nothing(verdict: Verdict, claim: Claim) -> bool:
    """Whether a claim is the 持平 of what is 0: as a rule it was 0, and others are wrong."""
    return verdict.relation.form is Form.SUM and any(
        leaf.quantity.is_zero and leaf.claim is not None and leaf.claim.figure == claim.figure
        for leaf in verdict.relation.leaves
        if claim in verdict.relation.claims
    )


def is_of_changed_whole(verdict: Verdict, claim: Claim) -> bool:
    """Whether a claim is the change of a whole that those of its parts do not make up.

    Where all words in the relation are a 持平 of nothing, no change is likelier wrong than another:
    the whole's follows from the others'.
    """
    words = [each for each in verdict.relation.claims if each.kind is not Kind.PARTS]
    of_whole = any(leaf.claim is claim for leaf in verdict.relation.operands[0].leaves)
    return (
        bool(words)
        and of_whole
        and claim.kind is Kind.CHANGE
        and all(is_unchanged_nothing(verdict, each) for each in words)
    )


def is_too_small(verdict: Verdict, claim: Claim) -> bool:
    """Whether a claim is a part that is smaller than what its list is more than the whole.

    Were it 0, the list would still be more: another of its numbers is wrong.
    """
    if verdict.relation.form is not Form.AT_MOST or claim.quantity is None:
        return False
    summed, whole = verdict.relation.operands
    more = summed.interval - whole.interval
    part = any(leaf.claim is claim for leaf in summed.leaves)
    return bool(summed.terms) and part and claim.quantity.interval.high <= more.low


def mended_by(claim: Claim, bad: list[Verdict], repairs: Repairs) -> Iterator[Quantity]:
    """How a claim's number could be mended: another unit first, then what a slip of the hand
    made of it, then what a relation asks for."""
    assert claim.quantity is not None
    for verdict in bad:
        for operand in verdict.relation.leaves:
            unit: Unit = operand.quantity.unit
            if unit.dimension is claim.quantity.unit.dimension and unit != claim.quantity.unit:
                yield claim.quantity.in_unit(unit)
    yield from _in_meant_unit(claim, bad, repairs)
    misprint = misprint_of(claim, bad, repairs)
    if misprint is not None:
        yield misprint
    for verdict in bad:
        value = solve_for(verdict.relation, claim, repairs)
        if value is not None:
            if _of_two_units(verdict.relation):
                yield from (each for each in moved(claim.quantity) if each.wide.agrees(value))
            yield claim.quantity.like(value.middle, _places(verdict.relation, claim))
        elif verdict.relation.form in (Form.SAME, Form.AT_MOST):
            yield from _made_equal(verdict.relation, claim, repairs)


def _in_meant_unit(claim: Claim, bad: list[Verdict], repairs: Repairs) -> Iterator[Quantity]:
    """The number in the unit in which it says another again: 约合14.44万元 for 亿元."""
    assert claim.quantity is not None
    if claim.quantity.unit not in _MONEY:
        return
    others = [unit for unit in _MONEY if unit != claim.quantity.unit]
    said_again = (v for v in bad if v.relation.form is Form.EQUAL)
    for value in (solve_for(verdict.relation, claim, repairs) for verdict in said_again):
        meant = (claim.quantity.in_unit(unit) for unit in others)
        yield from (each for each in meant if value and value.low > 0 and each.wide.agrees(value))


def _of_two_units(relation: Relation) -> bool:
    units = {operand.quantity.unit for operand in relation.operands}
    return relation.form is Form.EQUAL and len(units) > 1


def _made_equal(relation: Relation, claim: Claim, repairs: Repairs) -> Iterator[Quantity]:
    """The number that makes both sides of an order equal, where a slip of the hand spoilt it.

    What a list comes to may be anything below its whole: there a wrong digit is not enough.
    """
    equal = replace(relation, form=Form.EQUAL)
    value = solve_for(equal, claim, repairs)
    if value is None or (relation.form is Form.AT_MOST and not relation.operands[0].terms):
        return
    assert claim.quantity is not None
    meant = claim.quantity.like(value.middle, claim.quantity.places)
    slip = wording.slip(claim.quantity, meant)
    if slip is not None and (relation.form is Form.SAME or slip != wording.ONE_DIGIT):
        yield meant


def _places(relation: Relation, claim: Claim) -> int | None:
    """The places to print a repair with: those of the number it must equal, in the same unit.

    Not more than the prose prints: a table in full digits is rounded there.
    """
    if relation.form is not Form.EQUAL:
        return None
    first, second = relation.operands
    ours, other = first.quantity, second.quantity
    if not states(first, claim):
        ours, other = other, ours
    if other.unit != ours.unit:
        return None
    # The sum of some rows is known to fewer places than it is printed with.
    printed = -int(other.value.as_tuple().exponent)
    return min(max(other.places, other.usual, printed), max(ours.places, ours.usual))
