"""Figures of tables by function: 收入, 支出, 一般公共预算, 基金, 国资."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from narrcheck.figure import Figure
from narrcheck.tables.figures import (
    CLOSING,
    FUND_INCOME,
    OPENING,
    THIS_YEAR,
    Figures,
    Heading,
    Setting,
    read_heading,
    read_headings,
)
from narrcheck.tables.layout import Layout
from narrcheck.tables.rows import Labels, RowLabel

SUMS = ("收入合计", "支出合计", "收入总计", "支出总计")
CARRIED = {"收入": (OPENING, "使用非财政拨款结余"), "支出": (CLOSING,)}
LEFT_OVER = "上年结转"  # what of a subject is paid with the money of the year before


def subject_figures(layout: Layout, labels: Labels, setting: Setting) -> Figures:
    """The figure of each amount of a table by function, by (row, column)."""
    figures: Figures = {}
    for number, block in enumerate(layout.blocks):
        headings = read_headings(block, setting, ("part", "item"))
        paths = {column.index: column.path for column in block.amounts}
        columns = _columns(headings, paths, setting)
        rows = {row: labels[number, row] for row in layout.body if (number, row) in labels}
        totals = total_rows(rows, setting)
        for row, label in rows.items():
            for column, heading in columns.items():
                if row in totals:
                    figure = _of_total(label, heading, headings[column], setting)
                else:
                    figure = _of_row(label, _narrowed(heading, headings), setting)
                if figure:
                    figures[row, column] = figure
        if not block.labels and len(layout.body) == 1:  # one line of totals, which has no name
            for column, heading in columns.items():
                figures[layout.body[0], column] = setting.figure(heading.item, heading)
    return figures


def _of_total(
    label: RowLabel, heading: Heading, printed: Heading, setting: Setting
) -> Figure | None:
    """The figure of a total; of all money, 当年拨款 may be but what the treasury gives."""
    item = heading.item
    if item == THIS_YEAR and setting.pattern.fund == "全部":
        return None
    if not printed.item and not printed.fund:
        item = _sum_named(label, setting) or item
    return setting.figure(item, heading)


def _narrowed(heading: Heading, headings: Mapping[int, Heading]) -> Heading:
    """The heading as subjects mean it: beside 当年拨款, what was carried over is a part of them."""
    beside = any(each.item == THIS_YEAR for each in headings.values())
    return replace(heading, item=LEFT_OVER) if beside and heading.item == OPENING else heading


def _of_row(label: RowLabel, heading: Heading, setting: Setting) -> Figure | None:
    """The figure of a row that is no total: a subject, or by its names an item (事业收入)."""
    if label.code and label.name:
        return _of_subject(label, heading, setting)
    if label.unit or not label.name:
        return None
    named = read_heading(label.path, setting)
    if named is None:
        return _of_subject(label, heading, setting) if len(label.path) == 1 else None
    if heading.item not in SUMS or (named.fund and setting.pattern.flow != "收入"):
        return None
    item = FUND_INCOME[named.fund] if named.fund and not named.item else named.item
    fund = named.fund if named.item else ""
    return setting.figure(item, heading, fund=fund) if item else None


def _columns(
    headings: dict[int, Heading], paths: dict[int, tuple[str, ...]], setting: Setting
) -> dict[int, Heading]:
    """The headings with the item that each column's total row is about."""
    flow = setting.pattern.flow
    items = {heading.item for heading in headings.values()}
    ended = any(item in items for item in CARRIED.get(flow, ()))
    columns: dict[int, Heading] = {}
    for index, heading in headings.items():
        item, fund = heading.item, heading.fund
        if fund and flow == "收入" and item not in CARRIED["收入"]:
            item, fund = FUND_INCOME[fund], ""
        if not item and flow == "收支":
            text = f"{setting.title} {' '.join(paths[index])}"
            item = "" if "收入" in text or "收支" in text else "支出合计"
        elif not item:
            item = f"{flow}总计" if ended else f"{flow}合计"
        if item:
            columns[index] = replace(heading, item=item, fund=fund)
    return columns


def total_rows(rows: dict[int, RowLabel], setting: Setting) -> set[int]:
    """The rows that hold the table's totals: 合计, or the unit's own row above its subjects."""
    found = {row for row, label in rows.items() if is_total(label.name, setting)}
    found |= {row for row, label in rows.items() if is_total(label.unit, setting)}
    if found:
        return found
    units = [row for row, label in rows.items() if label.unit and not label.code + label.name]
    return set(units) if len(units) == 1 else set()


def is_total(name: str, setting: Setting) -> bool:
    found = setting.patterns.label(name, ("total", "item"))
    return found is not None and (found.item in SUMS or (found.role == "total" and name != "小计"))


def _sum_named(label: RowLabel, setting: Setting) -> str:
    """The sum that a total row names itself (收入总计), ``""`` for a plain 合计."""
    found = setting.patterns.label(label.name, ("item",))
    return found.item if found and found.item in SUMS else ""


def _of_subject(label: RowLabel, heading: Heading, setting: Setting) -> Figure:
    """A subject's figure: all of it in a column of totals, else the part the column names."""
    income = setting.pattern.flow == "收入"
    whole = ("收入合计", "收入总计") if income else ("支出合计", "支出总计")
    code = label.code or setting.code_of(label.name)
    part = "" if heading.item in whole else heading.item
    figure = setting.figure(label.name, heading, code=code, part=part)
    return replace(figure, measure=f"收入{figure.measure}") if income else figure
