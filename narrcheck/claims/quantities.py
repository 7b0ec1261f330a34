"""Finds printed numbers with their units, and the numbers that state nothing, on characters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from narrcheck.patterns.claims import NoClaimPattern
from narrcheck.quantity import Dimension, Quantity, Unit

# A whole number, perhaps in groups of three, perhaps with decimals; a space or a line break may
# have torn it at the point ("878. 81"). Full-width commas group only where decimals follow.
_DIGITS = r"[0-9０-９]"
_NUMBER = (
    rf"(?:{_DIGITS}{{1,3}}(?:[,，]{_DIGITS}{{3}})+(?=\s?[.．]{_DIGITS})\s?[.．]{_DIGITS}+"
    rf"|{_DIGITS}{{1,3}}(?:,{_DIGITS}{{3}})+(?!{_DIGITS})(?:\s?[.．]\s?{_DIGITS}+)?"
    rf"|{_DIGITS}+(?:\s?[.．]\s?{_DIGITS}+)?)"
)
_SIGN = r"(?:(?<![0-9０-９%％年月日元])[-−－])?"
# Dashes stand where a rate on a base of 0 is not given: 增长--%
BARE = Unit("", Dimension.COUNT)


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a text: its characters (half-open), and its quantity.

    ``why`` is set instead for a number that states nothing (a date, a list number, …).
    """

    start: int
    end: int
    quantity: Quantity | None = None
    why: str = ""


def find_numbers(
    text: str, units: Mapping[str, Unit], no_claims: Iterable[NoClaimPattern]
) -> tuple[Number, ...]:
    """Every number of ``text``, in order, none twice; one without a unit has the unit ``""``."""
    found: list[Number] = []
    taken = bytearray(len(text))
    for pattern in no_claims:
        for match in pattern.regex.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(Number(match.start(), match.end(), why=pattern.id))
    for match in _pattern(tuple(sorted(units, key=len, reverse=True))).finditer(text):
        start, end = match.span()
        if not any(taken[start:end]):
            found.append(Number(start, end, _quantity(match, units)))
    return tuple(sorted(found, key=lambda number: number.start))


@cache
def _pattern(units: tuple[str, ...]) -> regex.Pattern[str]:
    names = "|".join(regex.escape(unit) for unit in units)
    return regex.compile(rf"(?P<number>{_SIGN}{_NUMBER})(?:\s?(?P<unit>{names}))?")


def _quantity(match: regex.Match[str], units: Mapping[str, Unit]) -> Quantity:
    digits = unicodedata.normalize("NFKC", match["number"])
    digits = digits.replace("−", "-").replace(",", "").replace(" ", "")
    value = Decimal("".join(digits.split()))
    _, _, decimals = digits.partition(".")
    unit = units[match["unit"]] if match["unit"] else BARE
    text = "".join(match.group().split())
    return Quantity(text, value, unit, len(decimals.strip()))


def usual_places(quantities: Iterable[Quantity]) -> Mapping[Dimension, int]:
    """How many decimals a document usually prints for money and for percentages.

    The most common number of places of the amounts that are not 0 (a bare 0 says nothing of it),
    more places where two are equally common.
    """
    counts: dict[Dimension, Counter[int]] = {}
    for quantity in quantities:
        if quantity.unit.dimension is not Dimension.COUNT and not quantity.is_zero:
            counts.setdefault(quantity.unit.dimension, Counter())[quantity.places] += 1
    return {
        dimension: max(counter, key=lambda places: (counter[places], places))
        for dimension, counter in counts.items()
    }


def with_usual_places(quantity: Quantity, usual: Mapping[Dimension, int]) -> Quantity:
    """The quantity, told how many places its document usually prints.

    元 has never more than two decimals and 亿元 is printed coarsely, so only 万元 and rates, the
    units of the narrative, are read with their trimmed zeros; zero is zero in any unit.
    """
    dimension = quantity.unit.dimension
    if dimension is Dimension.MONEY and quantity.unit.text == "亿元":
        return quantity
    return replace(quantity, usual=usual.get(dimension, quantity.places))
