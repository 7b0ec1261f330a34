"""What printed digits allow, in exact fractions: ranges, and the relations between them.

Every range is as wide as its printed digits permit, ends included, so that what does not fit here
is wrong however the amounts were rounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Range = tuple[Fraction, Fraction]
NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
SCALES = {"亿元": Fraction(10**8), "万元": Fraction(10**4), "元": Fraction(1)}
SCALES |= {"%": Fraction(1, 100), "％": Fraction(1, 100)}


@dataclass(frozen=True, slots=True)
class Relation:
    """What must hold between figures, by their names.

    ``sum``: the first is the sum of the others; ``ratio``: the first is the second by the third;
    ``difference``: the second less the third, ``up`` where the second is the greater one;
    ``growth``: the change (second) by this year's amount (third) before it changed;
    ``growth-of-years``: as a growth, of this year's (second) and last year's (third) amount.
    """

    form: str
    figures: tuple[str, ...]
    up: bool = True


def printed(text: str, unit: str = "") -> Range | None:
    """The amounts (元) or rates that are printed so, None where ``text`` has no number."""
    match = NUMBER.search(text)
    if match is None:
        return None
    scale = SCALES.get(unit or text[match.end() :].strip(), Fraction(1))
    value = Fraction(match[0].replace(",", "")) * scale
    half = scale / (2 * 10 ** len(match[1] or ""))
    return value - half, value + half


def apart(one: Range, other: Range) -> bool:
    """Whether two ranges share nothing, not even an end."""
    return max(one[0], other[0]) > min(one[1], other[1])


def common(ranges: Sequence[Range]) -> Range:
    """What all ranges share."""
    return max(each[0] for each in ranges), min(each[1] for each in ranges)


def expected(relation: Relation, ranges: Mapping[str, Range]) -> Range | None:
    """The range of the first figure by the others, None where it might be anything."""
    rest = [ranges[figure] for figure in relation.figures[1:]]
    if relation.form == "sum":
        return sum((e[0] for e in rest), Fraction(0)), sum((e[1] for e in rest), Fraction(0))
    return _of_two(relation, rest[0], rest[1])


def _of_two(relation: Relation, first: Range, second: Range) -> Range | None:
    if relation.form == "difference":
        high, low = (first, second) if relation.up else (second, first)
        return high[0] - low[1], high[1] - low[0]
    values = []
    if relation.form == "growth-of-years" and not apart(first, second):
        values.append(Fraction(0))
    for one, two in product(first, second):
        base = two
        if relation.form == "growth":
            base = two - one if relation.up else two + one
        change = abs(one - two) if relation.form == "growth-of-years" else one
        if base <= 0:
            return None
        values.append(change / base)
    return min(values), max(values)


def broken(relation: Relation, ranges: Mapping[str, Range]) -> bool:
    """Whether no amounts in the ranges make the relation true."""
    range_ = expected(relation, ranges)
    return range_ is not None and apart(ranges[relation.figures[0]], range_)
