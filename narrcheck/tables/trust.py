"""Whether a table was read right: its own sums and the sorts of its cells prove or refute it.

A table of which the header stands over the wrong columns is nothing but false alarms; so its
numbers keep their names but are of no figure. A document's own errors are no reason for that: a
wrong cell breaks one sum of its row, and in its column that of which it is a part and that which
is its own. Of two wrong cells this makes two rows, and four sums down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from narrcheck.figure import TableValue
from narrcheck.patterns.tables import TablePattern, TablePatterns
from narrcheck.tables.cells import read_number
from narrcheck.tables.layout import COLUMN_ROLES, Column, Layout
from narrcheck.tables.placing import fits
from narrcheck.tables.proofs import Sum, Way
from narrcheck.tables.sums import sums

WRONG_ROWS, WRONG_DOWN = 2, 4  # what two wrong cells can do
SHARE = 3  # more than one in three is no document's own error


def is_misread(
    layout: Layout,
    said: Sequence[Sum],
    values: Sequence[TableValue],
    patterns: TablePatterns,
) -> bool:
    """Whether the table says by itself that its figures were given to the wrong cells.

    ``said`` are those of its sums that say something.
    """
    columns = [_as_labelled(column, patterns) for column in layout.columns]
    if _has_strange_cells(layout, columns, {value.row for value in values}):
        return True
    rows = {each.whole.row for each in said if each.way is Way.ACROSS}
    failing = {each.whole.row for each in _failing(said, Way.ACROSS)}
    if len(failing) > WRONG_ROWS and len(failing) * SHARE > len(rows):
        return True
    down = [each for each in said if each.way is Way.DOWN]
    wrong = len(list(_failing(said, Way.DOWN)))
    return wrong > WRONG_DOWN and wrong * SHARE > len(down)


def is_proven(layout: Layout, pattern: TablePattern, values: Sequence[TableValue]) -> bool:
    """Whether there are sums along the rows that show a whole, and most hold."""
    across = _across(layout, pattern, values)
    wrong = sum(not each.holds for each in across)
    return not all(each.at_most for each in across) and wrong * SHARE <= len(across)


def doubts(layout: Layout, pattern: TablePattern, values: Sequence[TableValue]) -> tuple[int, bool]:
    """How many sums along the rows fail, and whether there is none that shows a whole.

    Only a right header lets them hold, so that the least of these tells one from another.
    """
    across = _across(layout, pattern, values)
    return sum(not each.holds for each in across), all(each.at_most for each in across)


def told_sums(
    layout: Layout, pattern: TablePattern, values: Sequence[TableValue]
) -> tuple[Sum, ...]:
    """The sums of a table but for those of nothing but zeros."""
    return tuple(each for each in sums(layout, pattern, values) if each.says_something)


def _across(layout: Layout, pattern: TablePattern, values: Sequence[TableValue]) -> list[Sum]:
    found = told_sums(layout, pattern, values)
    return [each for each in found if each.way is Way.ACROSS]


def _failing(said: Iterable[Sum], way: Way) -> Iterable[Sum]:
    return (each for each in said if each.way is way and not each.holds)


def _as_labelled(column: Column, patterns: TablePatterns) -> Column:
    """The column as its header has it: of amounts, though it may hold words.

    收入 and 支出 may head what is named as well as what it amounts to.
    """
    labels = patterns.meanings(column.path[-1]) if column.path else ()
    words = any(label.role in COLUMN_ROLES for label in labels)
    either = all(label.role == "group" for label in labels)
    return column if words or either else replace(column, kind="amount")


def _has_strange_cells(layout: Layout, columns: Sequence[Column], rows: set[int]) -> bool:
    """Whether many rows have a number for a name, words for an amount, or one under no header."""
    strange = sum(_is_strange(layout, columns, row) for row in rows)
    return strange > WRONG_ROWS and strange * SHARE > len(rows)


def _is_strange(layout: Layout, columns: Sequence[Column], row: int) -> bool:
    single = [column for column in columns if layout.cell(row, column.index).columns == 1]
    texts = [layout.texts[row][column.index] for column in single]
    beyond = any(
        read_number(text) and not column.path and column.kind == "amount"
        for column, text in zip(single, texts, strict=True)
    )
    return beyond or not fits(texts, single)
