"""Printed numbers as exact intervals: a value, a unit, and the step of the last printed place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

_OTHER_DIGIT = re.compile("[^\\D0-9]")


class Dimension(StrEnum):
    """What a unit measures; only numbers of one dimension can be compared."""

    MONEY = "money"  # base unit 元
    PERCENT = "percent"  # base unit 1
    POINTS = "points"  # 个百分点, base unit 1 (a difference of two percentages)
    TIMES = "times"  # 倍, base unit 1
    COUNT = "count"  # base unit: one of the measure word


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed (``text``), its dimension, and its size in the dimension's base unit."""

    text: str
    dimension: Dimension
    scale: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``; a point where both are equal.

    Units are those of the caller: 元 for money, 1 for rates.
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"empty interval: {self.low} > {self.high}")

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """The interval that holds just ``value``."""
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def hull(cls, *values: Fraction) -> Interval:
        """The smallest interval that holds all ``values`` (at least one)."""
        return cls(min(values), max(values))

    @property
    def middle(self) -> Fraction:
        """The number halfway between the ends."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> Fraction:
        """The distance between the ends."""
        return self.high - self.low

    def agrees(self, other: Interval) -> bool:
        """Whether the two overlap in more than an end point.

        A point agrees with an interval that holds it, at an end too: a half may be rounded either
        way.
        """
        if self.low < other.high and other.low < self.high:
            return True
        touching = self.low <= other.high and other.low <= self.high
        return touching and (self.low == self.high or other.low == other.high)

    def distance(self, other: Interval) -> Fraction:
        """How far apart the two are; 0 where they touch or overlap."""
        return max(Fraction(0), self.low - other.high, other.low - self.high)

    def __contains__(self, value: Fraction) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __mul__(self, other: Interval) -> Interval:
        return Interval.hull(
            *(a * b for a in (self.low, self.high) for b in (other.low, other.high))
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where ``other`` holds 0."""
        if Fraction(0) in other:
            raise ZeroDivisionError("the divisor may be 0")
        return Interval.hull(
            *(a / b for a in (self.low, self.high) for b in (other.low, other.high))
        )


# A sign, digits and marks of a number in a text, which its unit follows.
_FIGURES = re.compile(r"[-−－]?[\d.．,，]+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed: ``12.50万元`` is value 12.50, unit 万元, 2 places.

    ``usual`` is how many places the document usually prints for such numbers; an amount with
    fewer (11.9万元 for 11.90) is read as one whose zeros were trimmed: see ``interval``.
    ``text`` is the printed text, number and unit, as it stands in the document. ``hedge`` is the
    word that makes it a rough number (约, 余), ``""`` where there is none.
    """

    text: str
    value: Decimal
    unit: Unit
    places: int
    usual: int = 0
    hedge: str = ""
    # Worked out once: every relation that a number stands in asks for them.
    _amount: Fraction | None = field(default=None, init=False, repr=False, compare=False)
    _interval: Interval | None = field(default=None, init=False, repr=False, compare=False)
    _wide: Interval | None = field(default=None, init=False, repr=False, compare=False)

    def __reduce__(self) -> tuple[object, ...]:
        """Only what it was made of is written down."""
        return (
            Quantity,
            (self.text, self.value, self.unit, self.places, self.usual, self.hedge),
        )

    @property
    def amount(self) -> Fraction:
        """The value in the base unit of its dimension (元 for money, 1 for rates)."""
        if self._amount is None:
            (number, parts), scale = self.value.as_integer_ratio(), self.unit.scale
            amount = Fraction(number * scale.numerator, parts * scale.denominator)
            object.__setattr__(self, "_amount", amount)
        assert self._amount is not None
        return self._amount

    @property
    def step(self) -> Fraction:
        """One unit of the last place, zeros that were trimmed counted as printed, in base units."""
        return _tenths(self.unit.scale, max(self.places, self.usual))

    @property
    def last_place(self) -> Fraction:
        """One unit of the last place that is printed, in base units."""
        return _tenths(self.unit.scale, self.places)

    @property
    def interval(self) -> Interval:
        """Every number that would be printed so, trimmed zeros restored, in base units.

        A rough number stands for all within a twentieth, or one of its last digit that is not 0.
        """
        if self._interval is None:
            object.__setattr__(self, "_interval", self._worked_out())
        assert self._interval is not None
        return self._interval

    def _worked_out(self) -> Interval:
        if self.hedge:
            slack = max(abs(self.amount) / 20, self._last_digit)
            return Interval(self.amount - slack, self.amount + slack)
        if self.unit.dimension is Dimension.COUNT:
            return Interval.point(self.amount)
        return self._printed_with(max(self.places, self.usual))

    @property
    def wide(self) -> Interval:
        """Every number that the printed digits alone allow, in base units.

        0 stays what it is: nobody prints 0万元 for 0.30.
        """
        if self._wide is None:
            exact = self.unit.dimension is Dimension.COUNT or self.is_zero or self.hedge
            told = exact or self.places >= self.usual
            wide = self.interval if told else self._printed_with(self.places)
            object.__setattr__(self, "_wide", wide)
        assert self._wide is not None
        return self._wide

    def _printed_with(self, places: int) -> Interval:
        """What is printed so with that many places: half a step to either side, in base units.

        In whole numbers, for this is asked of every number again and again.
        """
        number, parts = self.value.as_integer_ratio()
        scale, steps = self.unit.scale, 2 * 10**places
        middle, half = number * steps * scale.numerator, parts * scale.numerator
        whole = parts * steps * scale.denominator
        return Interval(Fraction(middle - half, whole), Fraction(middle + half, whole))

    @property
    def _last_digit(self) -> Fraction:
        """One unit of the last place that is not 0, in base units."""
        exponent = self.value.normalize().as_tuple().exponent
        return self.unit.scale * Fraction(10) ** int(exponent)

    @property
    def is_zero(self) -> bool:
        """Whether the printed value is 0, in whatever unit."""
        return self.value == 0

    @property
    def unit_text(self) -> str:
        """The unit as messages name it: of a count its own measure word, 幅 that counts as 份."""
        number = _FIGURES.match(self.text)
        if self.unit.dimension is not Dimension.COUNT or number is None:
            return self.unit.text
        return self.text[number.end() :].replace(self.hedge, "", 1) or self.unit.text

    def in_unit(self, unit: Unit) -> Quantity:
        """The same printed digits read in another unit: 44.95元 as 44.95万元."""
        number = self.text.removesuffix(self.unit.text)
        return replace(self, unit=unit, text=f"{number}{unit.text}")

    def like(self, amount: Fraction, places: int | None = None) -> Quantity:
        """``amount`` (base units) printed as this quantity is: same unit, same places, half up."""
        places = max(self.places, self.usual) if places is None else places
        shown = round_half_up(amount / self.unit.scale, places)
        return replace(self, value=shown, text=f"{shown:f}{self.unit_text}", places=places)


def _tenths(scale: Fraction, places: int) -> Fraction:
    """One unit of a decimal place of numbers in a unit of that scale."""
    return Fraction(scale.numerator, scale.denominator * 10**places)


def half_width(text: str) -> str:
    """A text of the same length whose digits are half-width: ２０２２年 is 2022年."""
    return _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text)


def round_half_up(value: Fraction, places: int) -> Decimal:
    """``value`` rounded to ``places`` decimals, halves away from zero, exactly."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((1 if value < 0 and whole else 0, digits, -places))
