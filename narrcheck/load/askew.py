"""Puts the columns of a table together whose header stands beside their amounts, not over them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrcheck.document import Cell

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+")

Rows = Sequence[Sequence[Cell]]


def straightened(rows: Rows) -> list[list[Cell]]:
    """The rows, with one column for each two of which one only has the header of the other.

    Left-aligned headers over amounts at the right side are columns of their own where only spaces
    tell columns: no row has a text in both, and one of the two has no text in the header.
    """
    found = [list(row) for row in rows]
    body = next((at for at, row in enumerate(found) if _has_amount(row)), len(found))
    column = 1  # the first one has the names
    while 0 < body < len(found) and column + 1 < len(found[0]):
        if _are_one(found, body, column):
            for row in found:
                row[column : column + 2] = [row[column] if row[column].text else row[column + 1]]
        else:
            column += 1
    return found


def _has_amount(row: Sequence[Cell]) -> bool:
    return any(_AMOUNT.fullmatch(cell.text.strip()) for cell in row)


def _are_one(rows: Rows, body: int, left: int) -> bool:
    """Whether two columns are a header and its amounts."""
    pairs = [(bool(row[left].text), bool(row[left + 1].text)) for row in rows]
    if any(one and two for one, two in pairs):
        return False
    heads = tuple(any(side) for side in zip(*pairs[:body], strict=True))
    amounts = tuple(
        any(_AMOUNT.fullmatch(row[at].text.strip()) for row in rows) for at in (left, left + 1)
    )
    return (heads == (True, False) and amounts[1]) or (heads == (False, True) and amounts[0])
