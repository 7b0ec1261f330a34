"""Figures of tables by 经济分类."""

from __future__ import annotations

from dataclasses import replace

from narrcheck.figure import Figure
from narrcheck.patterns.tables import compact
from narrcheck.tables.figures import FUNCTIONAL, Figures, Heading, Setting, read_headings
from narrcheck.tables.layout import Block, Layout
from narrcheck.tables.rows import Labels, RowLabel
from narrcheck.tables.subjects import SUMS, is_total
from narrcheck.tables.sums import PARTS
from narrcheck.tables.wholes import by_source, of_row, unit_row

ALL = "全部"


def economic_figures(layout: Layout, labels: Labels, setting: Setting) -> Figures:
    """The figure of each amount of a table by 经济分类, by (row, column).

    The subjects' own amounts are those of the 基本支出; a table of all expenditure gives these in
    its column 基本支出, and the whole as the part 支出合计. Where the rows are subjects by function
    all the same, 基本支出 is a part of these.
    """
    figures: Figures = {}
    own = "基本支出" if "基本支出" in compact(setting.title) else "支出合计"
    for number, block in enumerate(layout.blocks):
        rows = {row: labels[number, row] for row in layout.body if (number, row) in labels}
        units = unit_row(layout, block, rows, setting)
        columns = _columns(block, setting)
        for row, label in rows.items():
            for column, heading in of_row(layout, row, columns).items():
                item = heading.item if heading.item not in ("", *SUMS) else own
                heading = replace(heading, item=item)
                whole = row in units
                figure = setting.figure(item, heading) if whole else None
                figure = figure or _of_economic(label, heading, setting)
                if figure:
                    figures[row, column] = figure
    return figures


def _columns(block: Block, setting: Setting) -> dict[int, Heading]:
    """The meaning of each column; in a table of all money its columns may be funds."""
    columns = read_headings(block, setting)
    if setting.pattern.fund != ALL:
        return columns
    spent = {index: each for index, each in columns.items() if each.item in PARTS["基本支出"][0]}
    return spent | by_source(block, setting)


def _of_economic(label: RowLabel, heading: Heading, setting: Setting) -> Figure | None:
    found = setting.patterns.label(label.name, ("total", "item")) if not label.code else None
    if is_total(label.name, setting) or (not label.code + label.name and label.unit):
        return setting.figure(heading.item, heading)
    if found and found.item:  # 人员经费合计, which only the total's column can be about
        return setting.figure(found.item, heading) if heading.item == "基本支出" else None
    code = label.code or setting.economic_code_of(label.name)
    if not label.name or (setting.pattern.fund == ALL and not code):
        return None
    own = heading.item == "基本支出" and not code.startswith(FUNCTIONAL)
    part = "" if own else heading.item
    return setting.figure(label.name, heading, code=code, part=part)
