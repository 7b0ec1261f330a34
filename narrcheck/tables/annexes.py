"""What the forms of annexes say of their own numbers: lists with a total, sources of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from narrcheck.figure import TableValue
from narrcheck.patterns.tables import compact
from narrcheck.quantity import Dimension, Quantity, Unit
from narrcheck.tables.cells import is_blank, read_number
from narrcheck.tables.layout import Layout
from narrcheck.tables.proofs import Proofs, Rate, Sum, Way
from narrcheck.tables.scores import score_proofs

NUMBERED = re.compile(r"(\d)[、.．](?!\d)|[（(](\d)[）)]")
TOTAL = re.compile(r"年度(预算)?资金总额：?|资金总额：?")
# The sources of a project's money; one that is split once more is another form.
SOURCES = re.compile(
    r"(其中：)?((当年|本年)财政拨款|上年结转(资金|金额|结余)?|其[他它]资金)(（万元）)?：?"
)
OWN = re.compile(r"(其中：)?(当年|本年)财政拨款.*")
RATE, SPENT, BUDGET = "执行率", re.compile(r"执行数"), re.compile(r"全年预算")
PERCENT = Unit("%", Dimension.PERCENT, Fraction(1, 100))

ByPlace: TypeAlias = Mapping[tuple[int, int], TableValue]


def annex_proofs(index: int, layout: Layout, values: Sequence[TableValue]) -> Proofs:
    """Formulas E01, E03, E07, E08: what an annex says of its own numbers."""
    money = {
        (value.row, value.column): value
        for value in values
        if value.quantity.unit.dimension is Dimension.MONEY
    }
    scored = score_proofs(index, layout)
    sums = (*_lists(layout, money), *_sources(layout, money), *scored.sums)
    return Proofs(sums, tuple(_rates(index, layout, money)), scored.bounds)


def _lists(layout: Layout, money: ByPlace) -> Iterator[Sum]:
    """三公经费 and below it 1、… 2、… 3、…: such a list, if one of its columns proves it one."""
    for whole, parts in _numbered(layout):
        found = list(_down(layout, money, whole, parts))
        if any(each.says_something and each.fits for each in found):
            yield from (each for each in found if each.says_something)


def _numbered(layout: Layout) -> Iterator[tuple[int, list[int]]]:
    """The rows that begin a list with a name of their own, and those that it numbers."""
    above, parts = -1, list[int]()
    last = -1
    for row in layout.body:
        match = NUMBERED.match(_name(layout, row))
        number = int(match[1] or match[2]) if match else 0
        if number == 1 or (number and number != len(parts) + 1):
            if above >= 0 and len(parts) > 1:
                yield above, parts
            above, parts = (last, [row]) if number == 1 and last == row - 1 else (-1, [])
        elif number and above >= 0:
            parts.append(row)
        last = row if not number else -1
    if above >= 0 and len(parts) > 1:
        yield above, parts


def _name(layout: Layout, row: int) -> str:
    return next((text for text in layout.texts[row] if text), "")


def _down(layout: Layout, money: ByPlace, whole: int, parts: Sequence[int]) -> Iterator[Sum]:
    """The sum of some rows in each column where all of them print an amount, or nothing."""
    for (row, column), value in money.items():
        if row != whole:
            continue
        found = [money.get((part, column)) for part in parts]
        missing = [part for part, each in zip(parts, found, strict=True) if each is None]
        if all(is_blank(layout.texts[part][column]) for part in missing):
            yield Sum(Way.DOWN, value, tuple(each for each in found if each is not None))


def _sources(layout: Layout, money: ByPlace) -> Iterator[Sum]:
    """年度资金总额 and the sources right above or below it (formula E03)."""
    rows = list(layout.body)
    names = {row: _label(layout, row, money) for row in rows}
    for at, row in enumerate(rows):
        if not TOTAL.fullmatch(names[row]):
            continue
        for run in (rows[at + 1 :], rows[:at][::-1]):
            parts = list(_while_sources(run, names))
            if any(OWN.fullmatch(names[part]) for part in parts):
                yield from (e for e in _down(layout, money, row, parts) if e.says_something)
                break


def _while_sources(rows: Iterable[int], names: Mapping[int, str]) -> Iterator[int]:
    for row in rows:
        if not SOURCES.fullmatch(names[row]):
            return
        yield row


def _label(layout: Layout, row: int, money: ByPlace) -> str:
    """The name that stands before the first amount of a row."""
    columns = [column for each, column in money if each == row]
    before = layout.texts[row][: min(columns, default=0)]
    return next((text for text in reversed(before) if text), "")


def _rates(index: int, layout: Layout, money: ByPlace) -> Iterator[Rate]:
    """执行率 beside 全年预算数 and 全年执行数 (formulas E01, E03)."""
    columns: set[int] = set()
    for row, texts in enumerate(layout.texts):
        header = {at for at, text in enumerate(texts) if compact(text).startswith(RATE)}
        columns = header or columns
        if header or len(columns) != 1:
            continue
        beside = [value for (each, _), value in money.items() if each == row]
        spent = [value for value in beside if SPENT.search(value.column_name)]
        budget = [value for value in beside if BUDGET.search(value.column_name)]
        rate = _rate(index, layout, row, *columns)
        if rate and len(spent) == 1 and len(budget) == 1 and not budget[0].quantity.is_zero:
            yield Rate(replace(rate, row_name=spent[0].row_name), spent[0], budget[0])


def _rate(index: int, layout: Layout, row: int, column: int) -> TableValue | None:
    cell = layout.cell(row, column)
    number = read_number(cell.text)
    if number is None or number.unit != "%":
        return None
    quantity = Quantity(f"{number.digits}%", number.value, PERCENT, number.places, number.places)
    return TableValue(index, row, column, "", RATE, quantity, cell.where, annex=True)
