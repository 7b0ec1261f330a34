"""Figures of tables that list what one item is spent on: only their totals are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from narrcheck.tables.cells import read_number
from narrcheck.tables.figures import Figures, Heading, Setting, read_headings
from narrcheck.tables.layout import Block, Layout
from narrcheck.tables.rows import Labels, RowLabel
from narrcheck.tables.subjects import SUMS, total_rows

CARRIED = "年初结转和结余"


def whole_figures(layout: Layout, labels: Labels, setting: Setting) -> Figures:
    """The figure of the total of a table that lists what one item is spent on, by (row, column).

    Of 政府采购 also those of 货物, 工程 and 服务, where each is a row of its own.
    """
    figures: Figures = {}
    for number, block in enumerate(layout.blocks):
        rows = {row: labels[number, row] for row in layout.body if (number, row) in labels}
        columns = by_source(block, setting)
        totals = (
            total_rows(rows, setting)
            or unit_row(layout, block, rows, setting)
            or {row for row, label in rows.items() if _is_whole(label, setting)}
        )
        for row, label in rows.items():
            item = setting.pattern.item if row in totals else _listed(label, setting)
            for column, heading in of_row(layout, row, columns).items() if item else ():
                if row in totals or not heading.fund:
                    figures[row, column] = setting.figure(item, heading)
    return figures


def _is_whole(label: RowLabel, setting: Setting) -> bool:
    """Whether a row is named as what the table is about: 机关运行经费."""
    found = setting.patterns.label(label.name, ("item", "三公"))
    return found is not None and found.item == setting.pattern.item


def _listed(label: RowLabel, setting: Setting) -> str:
    """货物, 工程 or 服务 where a row is named so and nothing else."""
    if setting.pattern.item != "政府采购支出总额" or len(label.path) != 1:
        return ""
    found = setting.patterns.label(label.name, ("采购",))
    return found.item if found else ""


def by_source(block: Block, setting: Setting) -> dict[int, Heading]:
    """The columns of a table that is split by where the money comes from: the whole, and funds.

    What was carried over has ``CARRIED`` for its item; other sources are left out.
    """
    columns = {
        column.index: Heading(CARRIED)
        for column in block.amounts
        if any("结转" in label for label in column.path)
    }
    for column, heading in read_headings(block, setting).items():
        if heading.item == "财政拨款收入":
            heading = replace(heading, item="", fund=heading.fund or "财政拨款")
        elif heading.item in SUMS:
            heading = replace(heading, item="")
        if heading.item in ("", CARRIED):
            columns[column] = heading
    return columns


def of_row(layout: Layout, row: int, columns: Mapping[int, Heading]) -> dict[int, Heading]:
    """The columns of which a row's figures are known.

    Where money was carried over, it is not said of which fund: these give but this year's part.
    """
    carried = {column for column, heading in columns.items() if heading.item == CARRIED}
    blurred = any(_amount(layout, row, column) for column in carried)
    return {
        column: heading
        for column, heading in columns.items()
        if column not in carried and not (blurred and heading.fund)
    }


def unit_row(
    layout: Layout, block: Block, rows: Mapping[int, RowLabel], setting: Setting
) -> set[int]:
    """The first row where it is the document's unit and the rest adds up to it, once or twice.

    Twice where the rest are subjects and what these are made up of.
    """
    columns = [column.index for column in block.amounts]
    first = min(rows, default=None)
    if first is None or not columns or rows[first].code or rows[first].name != setting.unit:
        return set()
    whole = _amount(layout, first, columns[0])
    rest = sum((_amount(layout, row, columns[0]) for row in rows if row != first), Decimal(0))
    slack = len(rows) * Decimal(1).scaleb(int(whole.as_tuple().exponent))
    adds_up = any(abs(rest - times * whole) < slack for times in range(3))
    return {first} if whole and adds_up else set()


def _amount(layout: Layout, row: int, column: int) -> Decimal:
    number = read_number(layout.texts[row][column])
    return number.value if number else Decimal(0)
