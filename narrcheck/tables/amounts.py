"""Makes amounts of money, and counts, of the cells of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from narrcheck.patterns.tables import TablePatterns
from narrcheck.quantity import Dimension, Quantity, Unit
from narrcheck.tables.cells import (
    MONEY_UNITS,
    bracketed_unit,
    count_unit,
    is_blank,
    money_unit,
    read_number,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the name of a row or column says of its numbers.

    ``unit`` is None where they are rates, ``named`` whether it says anything of their unit;
    ``counted``: they are known to be counts.
    """

    unit: Unit | None = None
    named: bool = False
    counted: bool = False

    def unit_or(self, other: Said, unit: Unit | None) -> Unit | None:
        """Its unit, or that of the ``other`` name, or ``unit``."""
        return self.unit if self.named else other.unit if other.named else unit


@lru_cache(maxsize=4096)  # a name goes for many cells
def said_by(patterns: TablePatterns, *names: str) -> Said:
    """What a row or column says by its ``names``, the one that counts most first.

    A unit in brackets goes before that of what is known to be counted.
    """
    labels = (patterns.label(name, ("count",)) for name in names)
    count = next((label for label in labels if label), None)
    said = next((unit for name in names if (unit := bracketed_unit(name))), "")
    if said:
        return Said(money_unit(said) or count_unit(said), named=True, counted=count is not None)
    if count:
        return Said(count_unit(count.unit), named=True, counted=True)
    return Said()


def read_amount(text: str, unit: Unit | None, usual: int, *, zero: bool = False) -> Quantity | None:
    """The number that a cell prints in ``unit``, or in the unit it prints itself.

    A blank cell is 0 where ``zero`` says that its row and column are known, and amounts of money.
    None for a text or a rate, and where no unit is known.
    """
    number = read_number(text)
    if number and number.unit:
        unit = MONEY_UNITS.get(number.unit) or count_unit(number.unit)
    if unit is None:
        return None
    if number:
        shown = f"{number.digits}{unit.text}"
        usual = usual if unit.dimension is Dimension.MONEY else 0
        return Quantity(shown, number.value, unit, number.places, max(usual, number.places))
    if zero and is_blank(text) and unit.dimension is Dimension.MONEY:
        return Quantity(f"0{unit.text}", Decimal(0), unit, usual, usual)
    return None


def usual_places(places: Iterable[int]) -> int:
    """The number of decimals that occurs most often, 0 where there is none."""
    counted = Counter(places).most_common(1)
    return counted[0][0] if counted else 0
