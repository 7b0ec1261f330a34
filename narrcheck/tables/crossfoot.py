"""Sums of tables whose rows have no codes: units or projects under 合计, and what has changed.

Headers and names of such tables are of every kind. That its columns or rows add up is known only
where they do: most prove it, and the few that do not are what is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import TypeAlias

from narrcheck.figure import TableValue
from narrcheck.patterns.tables import TablePatterns
from narrcheck.quantity import Dimension
from narrcheck.tables.amounts import read_amount
from narrcheck.tables.layout import Layout
from narrcheck.tables.proofs import Sum, Way

# 增减额, 比上年增减（万元）; not 增减%, 增长率.
CHANGE = re.compile(
    r"(?:.*[比较与])?(?:.*年)?.{0,4}(?:增[（/]?减|增长|变动|差异|增加)[）]?(?:变化)?(?:[额数]|金额|情况)?"
    r"(?:（(?!.*[%％]).*）|[±+]-?)?"
)
ENDS = ("收入合计", "收入总计", "支出合计", "支出总计")
LEAST = 3  # sums that hold, to prove that rows add up, or have changed so
SHARE = 3  # of them at most one in three as many more may fail
MOST = 12  # amount columns of a table that is looked into

Rows: TypeAlias = dict[int, dict[int, TableValue]]


def footed(layout: Layout, values: Iterable[TableValue], patterns: TablePatterns) -> Iterator[Sum]:
    """合计 and the rows it adds up, and in each row the column of totals and the others.

    Nothing of a table of subjects, whose codes say what is part of what.
    """
    values = list(values)
    if len(layout.blocks) != 1 or any(each.figure and each.figure.code for each in values):
        return
    rows = _by_row(values)
    wholes = [row for row in rows if _is_total(_name(rows[row]), patterns)]
    if wholes in (list(rows)[:1], list(rows)[-1:]) and len(rows) > 2:
        yield from _down(rows, wholes[0])
        yield from _across(layout, rows, patterns)


def changes(index: int, layout: Layout, values: Iterable[TableValue]) -> Iterator[Sum]:
    """This year's amount of each row, last year's, and what a column gives as the change."""
    rows = _by_row(values)
    for column in layout.columns:
        if column.path and CHANGE.fullmatch(column.path[-1]):
            yield from _changed(_with_changes(index, layout, rows, column.index), column.index)


def _by_row(values: Iterable[TableValue]) -> Rows:
    rows: defaultdict[int, dict[int, TableValue]] = defaultdict(dict)
    for value in values:
        if value.quantity.unit.dimension is Dimension.MONEY and not value.rows:
            rows[value.row][value.column] = value
    return dict(sorted(rows.items()))


def _name(row: dict[int, TableValue]) -> str:
    return next(iter(row.values())).row_name


def _is_total(name: str, patterns: TablePatterns) -> bool:
    return patterns.label(name, ("total",)) is not None


def _down(rows: Rows, whole: int) -> Iterator[Sum]:
    """The sum of each column, if most of them hold."""
    parts = [row for row in rows if row != whole]
    found = [
        Sum(Way.DOWN, value, tuple(rows[part][at] for part in parts if at in rows[part]))
        for at, value in rows[whole].items()
    ]
    told = [each for each in found if each.says_something and each.parts]
    holding = sum(each.fits for each in told)
    if holding > 1 and holding * 2 > len(told):
        yield from told


def _across(layout: Layout, rows: Rows, patterns: TablePatterns) -> Iterator[Sum]:
    """The sum of each row, if there is one column of totals and most rows prove it one."""
    columns = layout.blocks[0].amounts
    labels = {each.index: patterns.meanings(each.path[-1]) for each in columns if each.path}
    totals = [
        at
        for at, found in labels.items()
        if any(label.role == "total" or label.item in ENDS for label in found)
    ]
    if len(totals) != 1 or any(each.path[-1:] and "其中" in each.path[-1] for each in columns):
        return
    found = [
        Sum(Way.ACROSS, row[totals[0]], tuple(row[at] for at in row if at != totals[0]))
        for row in rows.values()
        if totals[0] in row and len(row) > 1
    ]
    yield from _proven(found)


def _proven(sums: Sequence[Sum]) -> list[Sum]:
    """The sums that say something, if enough of them hold; none where they do not."""
    told = [each for each in sums if each.says_something]
    holding = sum(each.fits for each in told)
    whole = any(sum(not part.quantity.is_zero for part in each.parts) > 1 for each in told)
    proven = whole and holding >= LEAST and (len(told) - holding) * SHARE <= holding
    return told if proven else []


def _with_changes(index: int, layout: Layout, rows: Rows, column: int) -> Rows:
    """The rows with what a column of changes prints, in the unit of the amounts beside it."""
    found: Rows = {}
    for row, beside in rows.items():
        cell, first = layout.cell(row, column), next(iter(beside.values()))
        quantity = read_amount(cell.text, first.quantity.unit, first.quantity.usual)
        if quantity and quantity.unit.dimension is Dimension.MONEY:
            heading = " / ".join(layout.columns[column].path)
            value = TableValue(
                index, row, column, first.row_name, heading, quantity, cell.where, None
            )
            found[row] = {**beside, column: value}
    return found


def _changed(rows: Rows, change: int) -> list[Sum]:
    """This year's amount as last year's and the change, in the columns that most rows prove."""
    columns = sorted({at for row in rows.values() for at in row} - {change})
    ways = [
        _proven(
            [
                Sum(Way.ACROSS, row[this], (row[last], row[change]))
                for row in rows.values()
                if this in row and last in row
            ]
        )
        for this, last in permutations(columns[:MOST], 2)
    ]
    return max(ways, key=lambda sums: sum(each.fits for each in sums), default=[])


def without_known(sums: Iterable[Sum], known: Iterable[Sum]) -> tuple[Sum, ...]:
    """The sums that are not among the ``known``, each once."""
    seen = {_key(each) for each in known}
    found: list[Sum] = []
    for each in sums:
        if _key(each) not in seen:
            seen.add(_key(each))
            found.append(each)
    return tuple(found)


def _key(each: Sum) -> object:
    return each.whole.where, frozenset(part.where for part in each.parts if part.quantity.value)
