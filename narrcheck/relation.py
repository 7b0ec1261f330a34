"""Relations between numbers that must hold, judged on intervals and solved for any operand.

The first operand is the number stated; the others are what it follows from:

    EQUAL      x0 = x1                    SUM         x0 = x1 + … + xn
    RATIO      x0 = x1 / x2               DIFFERENCE  x0 = x1 − x2
    GROWTH     x0 = x1 / (x2 − x1)        a change x1 that led to the present x2 (formula D02)
    RATE       x0 = x1 / x2 − 1           the present x1 over its base x2 (formula D02)
    AT_MOST    x0 ≤ x1                    LESS, MORE, SAME  x0 < x1, x0 > x1, x0 = x1
    NIL        x0 = 0 just where x1 = 0

Amounts are in 元, rates in 1 (100% is 1); changes and growths carry their sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from narrcheck.quantity import Interval


class Form(StrEnum):
    """The arithmetic of a relation; see the module's text."""

    EQUAL = "equal"
    SUM = "sum"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    GROWTH = "growth"
    RATE = "rate"
    AT_MOST = "at-most"
    LESS = "less"
    MORE = "more"
    SAME = "same"
    NIL = "nil"


AMOUNTS = frozenset({Form.EQUAL, Form.SUM, Form.DIFFERENCE})
ORDERS = frozenset({Form.AT_MOST, Form.LESS, Form.MORE, Form.SAME, Form.NIL})
ONE = Interval.point(1)


def computed(form: Form, others: Sequence[Interval]) -> Interval | None:
    """What the first operand must be, given the others; None where that is undefined (base of 0).

    Raises ValueError for orders, which compute nothing.
    """
    if form is Form.EQUAL:
        return others[0]
    if form is Form.SUM:
        return sum(others[1:], start=others[0])
    if form is Form.DIFFERENCE:
        return others[0] - others[1]
    if form is Form.RATIO:
        return _divided(others[0], others[1])
    if form is Form.RATE:
        ratio = _divided(others[0], others[1])
        return ratio - ONE if ratio else None
    if form is Form.GROWTH:
        # Rises with the change and falls with the present: the ends lie at the corners.
        change, present = others
        if Fraction(0) in present - change:
            return None
        corners = [
            c / (p - c)
            for c in (change.low, change.high)
            for p in (present.low, present.high)
            if p != c
        ]
        return Interval.hull(*corners)
    raise ValueError(f"{form} computes nothing")


def solved(form: Form, operands: Sequence[Interval], index: int) -> Interval | None:
    """What operand ``index`` would have to be, given all others; None where that is undefined."""
    if form in ORDERS:
        return None
    if index == 0:
        return computed(form, operands[1:])
    first, others = operands[0], operands[1:]
    if form is Form.EQUAL:
        return first
    if form is Form.SUM:
        rest = [each for at, each in enumerate(others, start=1) if at != index]
        return first - sum(rest, start=Interval.point(0))
    if form is Form.DIFFERENCE:
        return first + others[1] if index == 1 else others[0] - first
    if form is Form.RATIO:
        return first * others[1] if index == 1 else _divided(others[0], first)
    if form is Form.RATE:
        grown = first + ONE
        return grown * others[1] if index == 1 else _divided(others[0], grown)
    change, present = others
    if index == 1:
        return _divided(first * present, first + ONE)
    return _divided(change * (first + ONE), first)


def holds_order(form: Form, left: Interval, right: Interval) -> bool:
    """Whether printed numbers allow the order: 大于 needs more than what rounding may hide."""
    if form is Form.LESS:
        return left.low < right.high
    if form is Form.MORE:
        return left.high > right.low
    if form is Form.AT_MOST:
        return left.low < right.high or left.agrees(right)
    if form is Form.NIL:
        return (Fraction(0) in left) == (Fraction(0) in right)
    return left.agrees(right)


def _divided(numerator: Interval, divisor: Interval) -> Interval | None:
    return None if Fraction(0) in divisor else numerator / divisor
