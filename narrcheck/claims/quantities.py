"""Finds printed numbers with their units, and the numbers that state nothing, on characters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from narrcheck.claims.numerals import NUMERALS, read_numeral
from narrcheck.patterns.claims import NoClaimPattern
from narrcheck.patterns.words import Words
from narrcheck.quantity import Dimension, Quantity, Unit

# A whole number, perhaps in groups of three, perhaps with decimals; a space or a line break may
# have torn it at the point ("878. 81"). Full-width commas group only where decimals follow.
_DIGITS = r"[0-9０-９]"
_NUMBER = (
    # 1,23.40, 12,34万元 and 12.3.4 are numbers written wrong, one each.
    rf"(?:(?<=[\u4e00-\u9fff])(?<!分别为|依次为|[第各]){_DIGITS}{{1,3}}(?:,{_DIGITS}{{3}})*,{_DIGITS}{{2}}"
    rf"(?=[万亿]元(?![及以（(]))|{_DIGITS}+[,，]{_DIGITS}{{1,2}}[.．]{_DIGITS}+|{_DIGITS}+(?:[.．]{_DIGITS}+){{2,}}"
    rf"|{_DIGITS}{{1,3}}(?:[,，]{_DIGITS}{{3}})+(?=\s?[.．]{_DIGITS})\s?[.．]{_DIGITS}+"
    rf"|{_DIGITS}{{1,3}}(?:,{_DIGITS}{{3}})+(?!{_DIGITS})(?:\s?[.．]\s?{_DIGITS}+)?"
    rf"|{_DIGITS}+(?:\s?[.．]\s?{_DIGITS}+)?)"
)
_SIGN = r"(?:(?<![0-9０-９%％年月日元])[-−－])?"
_CHINESE = rf"[{NUMERALS}]+(?:点[{NUMERALS}]+)?"
BARE = Unit("", Dimension.COUNT)
# Between two numbers of one unit that is printed once: 8.5-9.2万元, 4125.49、4143.91万元.
_RANGE = regex.compile(r"\s?[-—–~～至到]\s?")
_PAIR = regex.compile(r"\s?[、,，和与及]\s?")


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
    text: str, words: Words, no_claims: Iterable[NoClaimPattern]
) -> tuple[Number, ...]:
    """Every number of ``text``, in order, none twice; one without a unit has the unit ``""``.

    Numbers in Chinese numerals count where a unit of money or 百分之 makes them numbers.
    """
    found: list[Number] = []
    taken = bytearray(len(text))
    for pattern in no_claims:
        for match in pattern.regex.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(Number(match.start(), match.end(), why=pattern.id))
    known = _pattern(words)
    # What states nothing may end within what looks like one number: 1. 12345万元 as a list number.
    for first, last in _free(taken):
        for match in known.finditer(text, first, last):
            quantity = _quantity(match, words.units)
            if quantity is not None:
                found.append(Number(match.start(), match.end(), _hedged(quantity, match, words)))
    return _share_units(text, tuple(sorted(found, key=lambda number: number.start)))


def _free(taken: bytearray) -> Iterator[tuple[int, int]]:
    """The stretches, half-open, that are not taken."""
    start = taken.find(0)
    while start >= 0:
        end = taken.find(1, start)
        yield start, end if end >= 0 else len(taken)
        start = taken.find(0, end) if end >= 0 else -1


@cache
def _pattern(words: Words) -> regex.Pattern[str]:
    units = sorted(words.units, key=len, reverse=True)
    # 数十万毕业生 is no money: numerals need the whole word.
    money = [name for name in units if "元" in name]
    names, amounts = ("|".join(map(regex.escape, each)) for each in (units, money))
    inside = "|".join(map(regex.escape, words.hedges["inside"]))
    return regex.compile(
        rf"百分之(?P<rate>{_CHINESE})"
        rf"|(?P<number>{_SIGN}{_NUMBER})(?:\s?(?P<inside>{inside})?\s?(?P<unit>{names}))?"
        rf"|(?P<chinese>{_CHINESE})(?P<unit>{amounts}|辆|批次|人次|倍)"
    )


def _quantity(match: regex.Match[str], units: Mapping[str, Unit]) -> Quantity | None:
    text = "".join(match.group().split())
    if match["number"] is None:
        value = read_numeral(match["rate"] or match["chinese"])
        if value is None:
            return None
        unit = units["%"] if match["rate"] else units[match["unit"]]
        larger = units.get(f"{match['chinese'][-1]}{unit.text}") if match["chinese"] else None
        if larger is not None:  # 一百二十万元 is 120万元
            value, unit = value / int(larger.scale / unit.scale), larger
        return Quantity(text, value, unit, max(0, -int(value.as_tuple().exponent)))
    digits = unicodedata.normalize("NFKC", match["number"]).replace("−", "-").replace(",", "")
    whole, point, decimals = "".join(digits.split()).rpartition(".")
    value = Decimal(f"{whole.replace('.', '')}{point}{decimals}")
    unit = units[match["unit"]] if match["unit"] else BARE
    return Quantity(text, value, unit, max(0, -int(value.as_tuple().exponent)))


def _hedged(quantity: Quantity, match: regex.Match[str], words: Words) -> Quantity:
    """The quantity with the word before, inside or after it that makes it a rough one."""
    inside = match["inside"] or next(
        (h for h in words.hedges["inside"] if h in (match["unit"] or "")), ""
    )
    if inside:
        return replace(quantity, hedge=inside)
    before = match.string[: match.start()].rstrip()
    after = match.string[match.end() :].lstrip()
    hedges = words.hedges
    if before.endswith(hedges["before"]) and not before.endswith(hedges["never"]):
        return replace(quantity, hedge=next(filter(before.endswith, hedges["before"])))
    if after.startswith(hedges["after"]):
        return replace(quantity, hedge=next(filter(after.startswith, hedges["after"])))
    return quantity


def _share_units(text: str, numbers: tuple[Number, ...]) -> tuple[Number, ...]:
    """The numbers, those whose unit stands only after the next one given that unit."""
    shared = list(numbers)
    for at in range(len(shared) - 2, -1, -1):
        number, following = shared[at], shared[at + 1]
        ours, theirs = number.quantity, following.quantity
        if ours is None or theirs is None or ours.unit.text or not theirs.unit.text:
            continue
        between = text[number.end : following.start]
        if _RANGE.fullmatch(between):
            shared[at] = replace(number, quantity=replace(ours, unit=theirs.unit, hedge="至"))
            shared[at + 1] = replace(following, quantity=replace(theirs, hedge="至"))
        elif _PAIR.fullmatch(between) and ours.places:
            shared[at] = replace(number, quantity=replace(ours, unit=theirs.unit))
    return tuple(shared)


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
    places = usual.get(dimension, quantity.places)
    return quantity if places == quantity.usual else replace(quantity, usual=places)
