"""What printed digits allow, in exact fractions, and in code that owes nothing to narrcheck's.

A range is a pair of ends. Which numbers belong together is taken from the relations of a faultless
document; whether they still fit, once a number is changed, is worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

Range = tuple[Fraction, Fraction]
NUMBER = re.compile(r"-?\d[\d,]*(?:\.(\d+))?")
SCALES = {
    "亿元": Fraction(10**8),
    "万元": Fraction(10**4),
    "元": Fraction(1),
    "%": Fraction(1, 100),
}
ROUNDED = (*SCALES, "％", "倍", "个百分点", "百分点", "")  # all else is counted, and exact


def printed(text: str, places: int) -> Range:
    """The amounts that are printed so: ``12.5万元`` with two places is 12.495 to 12.505万元.

    ``places`` are those that the document prints usually: a missing zero was left out.
    """
    match = NUMBER.search(text)
    assert match is not None, text
    unit = text[match.end() :].strip()
    scale = SCALES.get(unit, Fraction(1))
    value = Fraction(match[0].replace(",", "")) * scale
    if unit not in ROUNDED:
        return value, value
    half = scale / (2 * 10 ** max(places, len(match[1] or "")))
    return value - half, value + half


def fit(form: str, ranges: Sequence[Range]) -> bool:
    """Whether some numbers in the ranges make the relation true; also where its base may be 0."""
    first, *rest = ranges
    if form in ("less", "more", "at-most"):
        return _in_order(form, first, rest[0])
    if form == "nil":
        return _may_be_none(first) == _may_be_none(rest[0])
    if form in ("equal", "same"):
        return _overlap(first, rest[0])
    if form == "sum":
        return _overlap(first, (_sum(each[0] for each in rest), _sum(each[1] for each in rest)))
    left, right = rest
    if form == "difference":
        return _overlap(first, (left[0] - right[1], left[1] - right[0]))
    if form == "growth":
        base = (right[0] - left[1], right[1] - left[0])
        corners = [(a, b - a) for a in left for b in right]
    else:
        base = right
        corners = [(a, b) for a in left for b in right]
    if base[0] <= 0 <= base[1]:
        return True
    ratios = [a / b - (1 if form == "rate" else 0) for a, b in corners if b]
    return _overlap(first, (min(ratios), max(ratios)))


def _in_order(form: str, left: Range, right: Range) -> bool:
    if form == "less":
        return left[0] < right[1] and left != right
    if form == "more":
        return left[1] > right[0] and left != right
    return left[0] < right[1] or _overlap(left, right)


def _may_be_none(number: Range) -> bool:
    return number[0] <= 0 <= number[1]


def _sum(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, start=Fraction(0))


def _overlap(one: Range, other: Range) -> bool:
    """Whether two ranges share more than an end; a count is but one number."""
    if one[0] == one[1] or other[0] == other[1]:
        return one[0] <= other[1] and other[0] <= one[1]
    return max(one[0], other[0]) < min(one[1], other[1])
