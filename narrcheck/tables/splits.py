"""Subjects that a table splits over several rows: by its units, or by a second classification."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from narrcheck.figure import Figure, TableValue
from narrcheck.quantity import Quantity
from narrcheck.tables.sums import NAMES

Column: TypeAlias = Mapping[int, TableValue]  # by row


def without_ambiguous(values: Sequence[TableValue]) -> list[TableValue]:
    """The values, without the figures of subjects that stand in several rows that differ.

    A row that a page break repeats is the same in every column.
    """
    rows: defaultdict[tuple[int, str], set[tuple[int, Decimal]]] = defaultdict(set)
    for value in values:
        if value.figure:
            rows[value.row, value.row_name].add((value.column, value.quantity.value))
    printed: defaultdict[Figure, set[frozenset[tuple[int, Decimal]]]] = defaultdict(set)
    for value in values:
        if value.figure:
            printed[value.figure].add(frozenset(rows[value.row, value.row_name]))
    return [
        replace(value, figure=None) if value.figure and len(printed[value.figure]) > 1 else value
        for value in values
    ]


def with_sums(values: Sequence[TableValue]) -> list[TableValue]:
    """The values of a table, each split subject once more as the sum of its rows.

    Only where all rows together prove to be the table's total, column by column, and those of
    every subject the rows under it; then no single row of such a subject has a figure.
    """
    grid = _grid(values)
    if grid is None or not any(len(rows) > 1 for rows in grid.rows.values()):
        return without_ambiguous(values)
    if not all(_adds_up(grid, grid.columns[at], total) for at, total in grid.totals.items()):
        return without_ambiguous(values)
    split = {row for rows in grid.rows.values() if len(rows) > 1 for row in rows}
    single = [replace(each, figure=None) if each.row in split else each for each in values]
    found = [*without_ambiguous(single), *_sums(grid)]
    return sorted(found, key=lambda each: (each.row, bool(each.rows), each.column))


@dataclass(frozen=True, slots=True)
class _Grid:
    """The values of a table by subject: the rows of each code, and the total of each column.

    ``parts`` are the codes right under a code, ``""`` being the total.
    """

    rows: Mapping[str, tuple[int, ...]]
    columns: Mapping[int, Column]
    totals: Mapping[int, TableValue]
    parts: Mapping[str, tuple[str, ...]]


def _grid(values: Iterable[TableValue]) -> _Grid | None:
    """None where there is no one total; other rows without a code, those of units, do not count."""
    codes: dict[int, str] = {}
    whole: set[int] = set()
    columns: defaultdict[int, dict[int, TableValue]] = defaultdict(dict)
    for value in values:
        columns[value.column][value.row] = value
        code = value.figure.code if value.figure else None
        if code is not None and codes.setdefault(value.row, code) != code:
            return None
        if value.figure and not code and value.figure.item in NAMES:
            whole.add(value.row)
    if len(whole) != 1:
        return None
    total = min(whole)
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, code in codes.items():
        if code:
            rows[code].append(row)
    totals = {
        at: column[total]
        for at, column in columns.items()
        if total in column and column[total].figure is not None
    }
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for code in rows:
        above = (code[:digits] for digits in range(len(code) - 2, 2, -2))
        parts[next((each for each in above if each in rows), "")].append(code)
    return _Grid(
        {code: tuple(found) for code, found in rows.items()},
        columns,
        totals,
        {code: tuple(found) for code, found in parts.items()},
    )


def _adds_up(grid: _Grid, column: Column, total: TableValue) -> bool:
    """Whether the rows of a column add up to its total, and the rows under each subject to it."""
    for code, parts in grid.parts.items():
        whole = _of(column, grid.rows[code]) if code else [total]
        below = [value for part in parts for value in _of(column, grid.rows[part])]
        apart = sum((each.quantity.amount for each in whole), Fraction(0))
        apart -= sum((each.quantity.amount for each in below), Fraction(0))
        if abs(apart) > sum((each.quantity.step for each in (*whole, *below)), Fraction(0)):
            return False
    return True


def _of(column: Column, rows: Iterable[int]) -> list[TableValue]:
    return [column[row] for row in rows if row in column]


def _sums(grid: _Grid) -> Iterator[TableValue]:
    """The sum of each split subject in each column of which the total is known."""
    for rows in grid.rows.values():
        for at in grid.totals if len(rows) > 1 else ():
            found = _of(grid.columns[at], rows)
            figures = {each.figure for each in found}
            if len(found) == len(rows) and len(figures) == 1 and None not in figures:
                quantity = _sum([each.quantity for each in found])
                if quantity is not None:
                    name = f"{found[0].row_name}（{len(rows)}行之和）"
                    yield replace(found[0], row_name=name, quantity=quantity, rows=rows)


def _sum(quantities: Sequence[Quantity]) -> Quantity | None:
    """The sum of printed numbers; as many of its last places are open as their roundings reach.

    None where that is more than there are decimals, but for amounts in whole 元.
    """
    first = quantities[0]
    places = min(max(each.places, each.usual) for each in quantities)
    value = sum((each.value for each in quantities), Decimal(0))
    certain = places - len(str(len(quantities) - 1)) if value else places
    if certain < 0 and first.unit.scale > 1:
        return None
    certain = max(certain, 0)
    return Quantity(f"{value:f}{first.unit.text}", value, first.unit, certain, certain)
