"""Figures of the “三公”经费 table, whose items and measures stand in rows or in columns."""

from __future__ import annotations

from dataclasses import replace

from narrcheck.tables.figures import Figures, Heading, Setting, read_heading
from narrcheck.tables.layout import Layout
from narrcheck.tables.rows import Labels, RowLabel

WHOLE = "三公经费"
FUNDS = ("三公", "全部")


def sangong_figures(layout: Layout, labels: Labels, setting: Setting) -> Figures:
    """The figure of each amount of a “三公”经费 table, by (row, column)."""
    figures: Figures = {}
    for number, block in enumerate(layout.blocks):
        columns = {
            column.index: heading
            for column in block.amounts
            if (heading := read_heading(block.path(column), setting, "三公"))
            and heading.fund in ("", *FUNDS)
        }
        in_columns = any(heading.item for heading in columns.values())
        if any(heading.item == WHOLE for heading in columns.values()):
            # Where 三公经费 has a column of its own, a bare 合计 adds 会议费 and 培训费 to it.
            columns = {index: each for index, each in columns.items() if each.item}
        rows = _rows(layout, number, labels, setting, in_columns=in_columns)
        for row, of_row in rows.items():
            for index, of_column in columns.items():
                heading = _both(of_row, of_column)
                figures[row, index] = setting.figure(heading.item, heading)
    return figures


def _both(row: Heading, column: Heading) -> Heading:
    item = column.item or row.item or WHOLE
    fund = (column.fund if column.item else row.fund) or "三公"
    return Heading(item, fund, column.measure or row.measure, column.year or row.year)


def _rows(
    layout: Layout, number: int, labels: Labels, setting: Setting, *, in_columns: bool
) -> dict[int, Heading]:
    """What each row adds to its columns: an item, a measure or year, or nothing."""
    named = {row: labels.get((number, row), RowLabel()) for row in layout.body}
    summed = any(read_heading((str(label),), setting, "三公") for label in named.values())
    found: dict[int, Heading] = {}
    for row, label in named.items():
        path = _row_path(layout, number, row, label)
        heading = read_heading(path, setting, "三公") if path else Heading()
        if heading is None and in_columns and not summed:
            heading = _of_unit(label, named, setting)
        if heading and heading.fund in ("", *FUNDS):
            found[row] = replace(heading, item="") if in_columns else heading
    return found


def _row_path(layout: Layout, number: int, row: int, label: RowLabel) -> tuple[str, ...]:
    """The labels of a row, without the unit it is of where other labels stand beside it."""
    columns = layout.blocks[number].labels
    texts = [layout.texts[row][column.index] for column in columns if column.kind != "unit"]
    path = tuple(dict.fromkeys(text for text in texts if text))
    return path or ((label.unit,) if label.unit else ())


def _of_unit(label: RowLabel, named: dict[int, RowLabel], setting: Setting) -> Heading | None:
    """A row of a budget unit counts where it is the document's own or the table's only one."""
    name = label.unit or label.name
    return Heading() if len(named) == 1 or (name and name == setting.unit) else None
