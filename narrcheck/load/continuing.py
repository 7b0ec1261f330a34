"""Joins the rest of a table on the next page to what stands of it on the page before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from narrcheck.document import Cell
from narrcheck.load.columns import Rows, alike, same_columns

HEADER_ROWS = 6  # no header is deeper than this
CODE = re.compile(r"\d{3,}")
DIGIT = re.compile(r"\d")
AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+")
# What a row of its own begins with, though it has no amount: a number, 其中, a total.
OF_ITS_OWN = re.compile(
    r"(?:其\s*中|[（(]?[一二三四五六七八九十\d]+[）)、.．]|合\s*计|总\s*计|小\s*计|本年|年[初末]|上年|备\s*注|注)"
)
# What a name that goes on ends with.
OPEN = re.compile(r"[、，,和与及的（(]$|[（(][^）)]*$")
# What the form of one project, of which there are many of the same shape, begins with.
FORM_LABEL = re.compile(
    r"(?:项目|单位|部门|政策|专项|资金)[^\d，。]{0,8}名\s*称|(?:主管|实施|预算|申报|填报)(?:部门|单位)"
    r"|项目(?:编码|类别|属性|期限?|周期|负责人)"
)


def rest_joined(upper: Rows, lower: Rows) -> Rows:
    """Both as the rows of one table; empty where ``lower`` does not go on with ``upper``.

    Header rows that are repeated are dropped, a row that the page break cut is one again.
    """
    first, second = same_columns(upper, lower)
    if not first or _is_another_form(first, second):
        return ()
    repeated = _repeated(first, second)
    if not (repeated or alike(first, second)):
        return ()
    second = second[repeated:]
    if second and _is_cut(first, second[0]):
        return (*first[:-1], _mended(first[-1], second[0]), *second[1:])
    return (*first, *second)


def _repeated(upper: Rows, lower: Rows) -> int:
    """How many rows ``lower`` begins with are header rows of ``upper``: all, or the last ones."""
    for start in range(min(HEADER_ROWS, len(upper))):
        count = 0
        for row, old in zip(lower, upper[start:HEADER_ROWS], strict=False):
            if _texts(row) != _texts(old):
                break
            count += 1
        header = all(not DIGIT.search("".join(_texts(row))) for row in lower[:1])
        if count and (start == 0 or header):
            return count
    return 0


def _texts(row: Sequence[Cell]) -> list[str]:
    """The texts of a row without white space: it may be broken over lines in another way."""
    return [_bare(cell.text) for cell in row]


def _is_another_form(upper: Rows, lower: Rows) -> bool:
    """Whether both begin with what names a project or a unit, each with another one."""
    before = [_texts(row) for row in upper[:HEADER_ROWS]]
    labels = {texts[0] for texts in before if FORM_LABEL.match(texts[0])}
    after = [_texts(row) for row in lower[:HEADER_ROWS]]
    return any(texts[0] in labels and texts not in before for texts in after)


def _is_cut(upper: Rows, row: Sequence[Cell]) -> bool:
    """Whether the first row of a page is the rest of the last one of the page before.

    It holds nothing but the last places of numbers, and words below words; or it has no number,
    stands below words only, and goes on with a name that is not ended, or lacks what all rows
    before have (a code, 行次).
    """
    last = upper[-1]
    filled = [column for column, cell in enumerate(row) if cell.text]
    texts = [row[column].text for column in filled]
    if _ends_numbers(upper, row, filled):
        return True
    if not filled or any(DIGIT.search(text) or OF_ITS_OWN.match(text) for text in texts):
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


def _ends_numbers(upper: Rows, row: Sequence[Cell], filled: Sequence[int]) -> bool:
    """Whether a row has the last places of amounts that narrow cells broke: 21.1, 1,234,5.

    With them they have as many places as all above; a name may be broken there too.
    """
    ends = 0
    for column in filled:
        text, rest = (_bare(each[column].text) for each in (upper[-1], row))
        if re.fullmatch(r"[\d,]*\.?\d+", rest) and re.fullmatch(r"-?[\d,]+\.?\d*", text):
            above = (_bare(each[column].text) for each in upper[:-1])
            places = {_places(each) for each in above if AMOUNT.fullmatch(each)} or {2}
            whole = AMOUNT.fullmatch(text + rest) and {_places(text + rest)} == places
            if not whole or (AMOUNT.fullmatch(text) and _places(text) in places):
                return False
            ends += 1
        elif not text or DIGIT.search(rest):
            return False
    return ends > 0


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _places(amount: str) -> int:
    """How many digits stand behind the point."""
    return len(amount.partition(".")[2])


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-−－]?[\d,.，]+[%％]?|[-—－]+", text) is not None


def _mended(row: Sequence[Cell], rest: Sequence[Cell]) -> tuple[Cell, ...]:
    """A row with what the next page has of it; its cells still stand where they begin."""
    return tuple(
        replace(
            cell,
            text=cell.text + after.text,
            where=replace(cell.where, boxes=cell.where.boxes + after.where.boxes),
        )
        if after.text
        else cell
        for cell, after in zip(row, rest, strict=True)
    )
