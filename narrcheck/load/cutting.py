"""Tells whether the first row of a page is the rest of the last one on the page before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from narrcheck.load.blocks import Fit
from narrcheck.load.columns import Rows
from narrcheck.load.joining import NOUN_END

DIGIT = re.compile(r"\d")
AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+")
FIGURES = re.compile(r"-?[\d,]*\.?\d*[%％]?")
# What a number cannot end with: a comma, a point, a group of less than three digits.
BROKEN_OFF = re.compile(r"-?(?:[\d,]*,\d{0,2}|\d[\d,]*\.|-)")
LEAST_CODE = 3  # digits
MOST_PLACES = 6  # behind the point: 万元 to the hundredth of a 元
NARROWEST = 0.6  # of the height of a digit: it is no wider
WHOLE_NAME = 4  # characters; less is hardly ever the name of a row
# A row of its own, and what the first part of its number may be.
ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]|其\s*中|备?\s*注\s*[：:]")
NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十\d]*")
TOTAL = re.compile(r"[合总小]计")
# What a row of its own begins with, though it has no amount: a number, 其中, a total.
OF_ITS_OWN = re.compile(
    r"(?:其\s*中|[（(]?[一二三四五六七八九十\d]+[）)、.．]|合\s*计|总\s*计|小\s*计|本年|年[初末]|上年|备\s*注|注)"
)
# What a name that goes on ends with.
OPEN = re.compile(r"[、，,和与及的（(]$|[（(][^）)]*$")


def is_cut(upper: Rows, lower: Rows, fits: Mapping[int, Fit]) -> bool:
    """Whether the first row of ``lower`` is the rest of the last one of ``upper``.

    ``fits`` are known of printed cells, by where their text starts. A row with no text at all is
    the rest of one of which nothing was left to print.
    """
    last, row = upper[-1], lower[0]
    filled = [column for column, cell in enumerate(row) if cell.text]
    if not filled or _overflows(upper, lower, filled, fits):
        return True
    if _ends_numbers(upper, lower, filled, fits):
        return True
    texts = [row[column].text for column in filled]
    if any(DIGIT.search(text) or OF_ITS_OWN.match(text) for text in texts):
        return False
    if not all(last[column].text and not _is_number(last[column].text) for column in filled):
        return False
    if all(OPEN.search(last[column].text) for column in filled):
        return True
    above = upper[-4:]
    always = any(
        all(each[column].text for each in above)
        for column in range(len(last))
        if column not in filled
    )
    return always and len(upper) > 4 and any(_is_number(cell.text) for cell in last)


def _overflows(upper: Rows, lower: Rows, filled: Sequence[int], fits: Mapping[int, Fit]) -> bool:
    """Whether all texts of the row go on with such as fill their cells to the end.

    What begins the one would have found no room at the end of the other.
    """
    goes_on = False
    for column in filled:
        before, after = upper[-1][column], lower[0][column]
        left, right = (fits.get(cell.where.start) for cell in (before, after))
        text, rest = bare(before.text), bare(after.text)
        if not (left and right and text) or (ORDINAL.match(rest) and not NUMERAL.fullmatch(text)):
            return False
        if FIGURES.fullmatch(rest):
            if not (_is_filled(left) and _is_one_number(upper, lower, column)):
                return False
        elif left.room >= right.first or _stands_whole(rest, upper, column):
            return False
        goes_on |= not (_is_name(text) and _is_name(rest))
    total = any(TOTAL.fullmatch(bare(lower[0][column].text)) for column in filled)
    return goes_on and not (total and not any(_is_number(cell.text) for cell in upper[-1]))


def _stands_whole(rest: str, upper: Rows, column: int) -> bool:
    """Whether a column has the same text before: it is a row's own, and no rest."""
    return len(rest) >= WHOLE_NAME and any(bare(row[column].text) == rest for row in upper)


def _is_name(text: str) -> bool:
    """Whether a text looks like a whole name."""
    return len(text) >= WHOLE_NAME and NOUN_END.search(text) is not None


def _is_filled(fit: Fit) -> bool:
    """Whether there is no room for one digit more."""
    return fit.room < fit.size * NARROWEST


def _is_one_number(upper: Rows, lower: Rows, column: int) -> bool:
    """Whether both cells are one code or amount, like the others of the column or table."""
    text, rest = bare(upper[-1][column].text), bare(lower[0][column].text)
    rows = (*upper[:-1], *lower[1:])
    others = [bare(row[column].text) for row in rows]
    whole = (text + rest).rstrip("%％")
    if whole.isdigit():
        codes = {len(each) for each in others if each.isdigit() and len(each) >= LEAST_CODE}
        return len(whole) in codes and not codes.issuperset((len(text), len(rest)))
    amounts = [bare(cell.text) for row in rows for cell in row]
    most = max((_places(each) for each in amounts if AMOUNT.fullmatch(each)), default=MOST_PLACES)
    return AMOUNT.fullmatch(whole) is not None and _places(whole) <= most


def _ends_numbers(upper: Rows, lower: Rows, filled: Sequence[int], fits: Mapping[int, Fit]) -> bool:
    """Whether a row has the last places of amounts that narrow cells broke: 21.1, 1,234,5.

    With them they have as many places as all above; a name may be broken there too.
    """
    ends = 0
    for column in filled:
        text, rest = (bare(each[column].text) for each in (upper[-1], lower[0]))
        if re.fullmatch(r"[\d,]*\.?\d+", rest) and re.fullmatch(r"-?[\d,]+\.?\d*", text):
            fit = fits.get(upper[-1][column].where.start)
            if fit and not (_is_filled(fit) or BROKEN_OFF.fullmatch(text)):
                return False
            above = (bare(each[column].text) for each in upper[:-1])
            places = {_places(each) for each in above if AMOUNT.fullmatch(each)} or {2}
            whole = AMOUNT.fullmatch(text + rest) and {_places(text + rest)} == places
            if not whole or (AMOUNT.fullmatch(text) and _places(text) in places):
                return False
            ends += 1
        elif not text or DIGIT.search(rest):
            return False
    return ends > 0


def bare(text: str) -> str:
    """The text without white space: it may be broken over lines in another way."""
    return re.sub(r"\s", "", text)


def _places(amount: str) -> int:
    """How many digits stand behind the point."""
    return len(amount.partition(".")[2])


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-−－]?[\d,.，]+[%％]?|[-—－]+", text) is not None
