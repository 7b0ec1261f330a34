"""Joins the rest of a table on the next page to what stands of it on the page before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from narrcheck.document import Cell
from narrcheck.load.blocks import Fit
from narrcheck.load.columns import Rows, alike, same_columns
from narrcheck.load.cutting import bare, is_cut

HEADER_ROWS = 6  # no header is deeper than this
DIGIT = re.compile(r"\d")
# What the form of one project, of which there are many of the same shape, begins with.
FORM_LABEL = re.compile(
    r"(?:项目|单位|部门|政策|专项|资金)[^\d，。]{0,8}名\s*称|(?:主管|实施|预算|申报|填报)(?:部门|单位)"
    r"|项目(?:编码|类别|属性|期限?|周期|负责人)"
)


def rest_joined(upper: Rows, lower: Rows, fits: Mapping[int, Fit]) -> Rows:
    """Both as the rows of one table; empty where ``lower`` does not go on with ``upper``.

    Header rows that are repeated are dropped, a row that the page break cut is one again.
    ``fits``: how the texts of printed cells fill these, by where they start.
    """
    first, second = same_columns(upper, lower)
    if not first or _is_another_form(first, second):
        return ()
    repeated = _repeated(first, second)
    if not (repeated or alike(first, second)):
        return ()
    second = second[repeated:]
    if second and is_cut(first, second, fits):
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
    """The texts of a row without white space."""
    return [bare(cell.text) for cell in row]


def _is_another_form(upper: Rows, lower: Rows) -> bool:
    """Whether both begin with what names a project or a unit, each with another one."""
    before = [_texts(row) for row in upper[:HEADER_ROWS]]
    labels = {texts[0] for texts in before if FORM_LABEL.match(texts[0])}
    after = [_texts(row) for row in lower[:HEADER_ROWS]]
    return any(texts[0] in labels and texts not in before for texts in after)


def _mended(row: Sequence[Cell], rest: Sequence[Cell]) -> tuple[Cell, ...]:
    """A row with what the next page has of it; its cells still stand where they begin."""
    return tuple(
        replace(
            cell,
            text=cell.text + after.text,
        )
        if after.text
        else cell
        for cell, after in zip(row, rest, strict=True)
    )
