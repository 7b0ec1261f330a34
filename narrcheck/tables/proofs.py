"""What the numbers of one table say of each other: sums, rates and bounds that it prints."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from narrcheck.figure import TableValue
from narrcheck.quantity import Dimension, Quantity


class Way(StrEnum):
    """In which direction a sum runs: one along a row proves the headers, one down the rows."""

    ACROSS = "across"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and the parts printed beside it, all of them or (``at_most``) some."""

    way: Way
    whole: TableValue
    parts: tuple[TableValue, ...]
    at_most: bool = False

    @property
    def says_something(self) -> bool:
        """Whether it is more than 0 = 0."""
        return not all(value.quantity.is_zero for value in (self.whole, *self.parts))

    @property
    def holds(self) -> bool:
        """Whether the printed digits allow it; each number may be off by its last place."""
        return self._within(zeros=True)

    @property
    def fits(self) -> bool:
        """The same, but that what is 0 is nothing: the last places of the others alone count."""
        return self._within(zeros=False)

    def _within(self, *, zeros: bool) -> bool:
        excess, slack = -amount(self.whole.quantity), Decimal(0)
        for part in self.parts:
            excess += amount(part.quantity)
        for value in (self.whole, *self.parts):
            if zeros or value.quantity.value:
                slack += last_place(value.quantity)
        return excess <= slack and (self.at_most or -excess <= slack)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that a table prints (执行率), and the two numbers that it is worked out of."""

    rate: TableValue
    part: TableValue
    whole: TableValue


@dataclass(frozen=True, slots=True)
class Proofs:
    """All that a table, known and read for sure, says of its own numbers.

    ``bounds`` are pairs of which the first is no more than the second: 得分 and 分值.
    """

    sums: tuple[Sum, ...] = ()
    rates: tuple[Rate, ...] = ()
    bounds: tuple[tuple[TableValue, TableValue], ...] = ()


NOTHING = Proofs()


def amount(quantity: Quantity) -> Decimal:
    """The value in the base unit of its dimension; the scale of money and counts is whole."""
    return quantity.value * quantity.unit.scale.numerator


def last_place(quantity: Quantity) -> Decimal:
    """What a printed number may be off by, in base units; a count without decimals is exact."""
    if quantity.unit.dimension is Dimension.COUNT and not quantity.places:
        return Decimal(0)
    places = max(quantity.places, quantity.usual)
    return Decimal(quantity.unit.scale.numerator).scaleb(-places)
