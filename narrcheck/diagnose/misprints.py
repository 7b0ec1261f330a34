"""What a printed number may have been before one slip of the hand: a digit, the point, the sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind
from narrcheck.quantity import Interval, Quantity, round_half_up
from narrcheck.relation import ORDERS, Form
from narrcheck.verdicts import Outcome, Repairs, Verdict, judge, solve_for

_AMOUNTS = frozenset({Kind.AMOUNT, Kind.CHANGE})
_FARTHEST = 2  # places that a decimal point slips
# How wide, as a part of the number, what a relation allows may be for a wrong digit to show: in
# a wider range some other digit fits by chance.
_SHARP = Fraction(1, 200)


def misprint_of(claim: Claim, failing: Iterable[Verdict], repairs: Repairs) -> Quantity | None:
    """The one number that a single slip turns into the claim's, and that its relations allow.

    Of several that they allow as well, one slip of another sort than a wrong digit is taken;
    None where that still leaves several, or none.
    """
    assert claim.quantity is not None
    asked = [
        (verdict, solve_for(verdict.relation, claim, repairs))
        for verdict in failing
        if verdict.relation.form not in ORDERS and verdict.relation.form is not Form.EQUAL
    ]
    counted = {
        each: sum(1 for verdict, value in asked if _allows(verdict, value, claim, each, repairs))
        for each in dict.fromkeys(misprints(claim))
    }
    most = max(counted.values(), default=0)
    best = [each for each, count in counted.items() if count == most] if most else []
    if len(best) > 1 or not any(_is_sharp(value) for _, value in asked):
        best = [e for e in best if wording.slip(claim.quantity, e) != wording.ONE_DIGIT]
    return best[0] if len(best) == 1 else None


def _is_sharp(value: Interval | None) -> bool:
    """Whether what a relation asks of a number leaves it little room."""
    return value is not None and value.width <= abs(value.middle) * _SHARP


def misprints(claim: Claim) -> Iterator[Quantity]:
    """What a claim's number may have been before one slip; below 0 where its direction was."""
    quantity = claim.quantity
    assert quantity is not None
    if claim.direction and quantity.value > 0:
        yield replace(quantity, value=-quantity.value)
    yield from (_spelt(quantity, number) for number in misspelt(quantity))


def misspelt(quantity: Quantity) -> Iterator[str]:
    """The digits that one slip may have turned into those of a number above 0; none of another."""
    if quantity.value > 0:
        number = f"{quantity.value:f}"
        yield from _moved(number)
        yield from _swapped(number)
        yield from _replaced(number)


def moved(quantity: Quantity) -> Iterator[Quantity]:
    """A number above 0 with its decimal point elsewhere."""
    if quantity.value > 0:
        yield from (_spelt(quantity, each) for each in _moved(f"{quantity.value:f}"))


def _spelt(quantity: Quantity, number: str) -> Quantity:
    places = len(number.partition(".")[2])
    text = f"{number}{quantity.unit_text}"
    return replace(quantity, value=Decimal(number), text=text, places=places)


def _replaced(number: str) -> Iterator[str]:
    """Each digit replaced by each other; none in front becomes 0."""
    for at, digit in enumerate(number):
        if digit != ".":
            first = "1" if at == 0 and number[1:2].isdigit() else "0"
            for other in range(int(first), 10):
                if str(other) != digit:
                    yield f"{number[:at]}{other}{number[at + 1 :]}"


def _swapped(number: str) -> Iterator[str]:
    """Two digits side by side in each other's place, over the point too."""
    digits = [at for at, digit in enumerate(number) if digit != "."]
    for one, two in pairwise(digits):
        if number[one] != number[two] and not (one == 0 and number[two] == "0"):
            left, between = number[:one], number[one + 1 : two]
            yield f"{left}{number[two]}{between}{number[one]}{number[two + 1 :]}"


def _moved(number: str) -> Iterator[str]:
    whole, _, decimals = number.partition(".")
    for by in range(-_FARTHEST, _FARTHEST + 1):
        at = len(whole) + by
        digits = f"{whole}{decimals}".rjust(len(whole) + len(decimals) + max(0, 1 - at), "0")
        at = max(at, 1)
        if by:
            digits = digits.ljust(at, "0")
            left, right = digits[:at].lstrip("0") or "0", digits[at:]
            yield f"{left}.{right}" if right else left


def _allows(
    verdict: Verdict, value: Interval | None, claim: Claim, tried: Quantity, repairs: Repairs
) -> bool:
    """Whether a relation that asks for ``value`` holds with a number; a rate must be just that."""
    if value is None or not tried.interval.agrees(value):
        return False  # soon told, for most numbers are far off
    if judge(verdict.relation, {**repairs, claim.id: tried}).outcome is not Outcome.HOLDS:
        return False
    if claim.kind in _AMOUNTS:
        return True
    return round_half_up(value.middle / tried.unit.scale, tried.places) == tried.value
