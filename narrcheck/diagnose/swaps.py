"""Two numbers that are wrong together: amounts in each other's place, changes turned round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger import Relation
from narrcheck.quantity import Dimension, Quantity

_TELLING = 3  # characters, the point counted
Pair = tuple[Claim, Claim]


def neighbours(relations: Iterable[Relation]) -> Iterator[Pair]:
    """The amounts of a sentence that have no other amount between them, in one unit."""
    claims = {
        operand.claim.id: operand.claim
        for relation in relations
        for operand in relation.leaves
        if operand.claim is not None and operand.claim.kind in (Kind.AMOUNT, Kind.CHANGE)
    }
    in_order = sorted(claims.values(), key=lambda claim: (claim.where.file, claim.where.start))
    for one, two in pairwise(in_order):
        if one.is_beside(two) and _in_one_unit(one.quantity, two.quantity):
            yield one, two


def exchanged(one: Claim, two: Claim) -> dict[str, Quantity]:
    """The numbers of two claims, each the other's."""
    assert one.quantity is not None
    assert two.quantity is not None
    return {one.id: two.quantity, two.id: one.quantity}


def negated(claim: Claim) -> Quantity:
    """A claim's number with the other direction."""
    assert claim.quantity is not None
    return replace(claim.quantity, value=-claim.quantity.value)


def is_telling(claim: Claim) -> bool:
    """Whether a number is too long to fit by chance once its direction is turned."""
    return claim.quantity is not None and len(str(claim.quantity.value).strip("0.-")) >= _TELLING


def _in_one_unit(one: Quantity | None, two: Quantity | None) -> bool:
    return (
        one is not None
        and two is not None
        and one.unit == two.unit
        and one.unit.dimension is Dimension.MONEY
        and one.value != two.value
    )
