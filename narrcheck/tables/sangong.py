"""Figures of the “三公”经费 table, whose items and measures stand in rows or in columns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from narrcheck.tables.cells import read_number
from narrcheck.tables.figures import Figures, Heading, Setting, read_heading, read_headings
from narrcheck.tables.layout import LISTED, Layout
from narrcheck.tables.rows import Labels, RowLabel

WHOLE = "三公经费"
FUNDS = ("三公", "全部")
ROLES = ("三公", "采购", "count")
_PART = re.compile(r"（[一二三四五六七八九十]+）")


def sangong_figures(layout: Layout, labels: Labels, setting: Setting) -> Figures:
    """The figure of each number of a “三公”经费 table, by (row, column).

    Some give what was counted too, and the 机关运行经费 and 政府采购 of the unit.
    """
    figures: Figures = {}
    for number, block in enumerate(layout.blocks):
        columns = _measured(read_headings(block, setting, ROLES))
        in_columns = any(heading.item for heading in columns.values())
        if any(heading.item == WHOLE for heading in columns.values()):
            # Where 三公经费 has a column of its own, a bare 合计 adds 会议费 and 培训费 to it.
            columns = {index: each for index, each in columns.items() if each.item}
        rows = _rows(layout, number, labels, setting, in_columns=in_columns)
        for row, of_row in rows.items():
            for index, of_column in _known(layout, row, columns).items():
                heading = _both(of_row, of_column)
                figures[row, index] = setting.figure(heading.item, heading)
    return figures


def _measured(columns: dict[int, Heading]) -> dict[int, Heading]:
    """The columns with 预算数合计 | 公务接待费 | 决算数合计 | 公务接待费 each said of what follows.

    Only where some column would be another one again without it.
    """
    if len(set(columns.values())) == len(columns):
        return columns
    found: dict[int, Heading] = {}
    measure = ""
    for index in sorted(columns):
        measure = columns[index].measure or measure
        found[index] = replace(columns[index], measure=measure)
    return found if len(set(found.values())) == len(found) else columns


def _known(layout: Layout, row: int, columns: Mapping[int, Heading]) -> dict[int, Heading]:
    """The columns that give all of an item in a row.

    Where an item is given by funds, that is the one fund that is not 0, if the others are.
    """
    known = {index: each for index, each in columns.items() if each.fund in ("", *FUNDS)}
    split: defaultdict[Heading, list[int]] = defaultdict(list)
    for index, each in columns.items():
        if index not in known:
            split[replace(each, fund="")].append(index)
    whole = {replace(each, fund="") for each in known.values()}
    for heading, of_funds in split.items():
        spent = [index for index in of_funds if _is_spent(layout.texts[row][index])]
        if len(spent) < 2 and heading not in whole:
            known[(spent or of_funds)[0]] = heading
    return known


def _is_spent(text: str) -> bool:
    number = read_number(text)
    return number is not None and number.value != 0


def _both(row: Heading, column: Heading) -> Heading:
    item = column.item or row.item or WHOLE
    fund = (column.fund if column.item else row.fund) or "三公"
    return Heading(item, fund, column.measure or row.measure, column.year or row.year)


def _rows(
    layout: Layout, number: int, labels: Labels, setting: Setting, *, in_columns: bool
) -> dict[int, Heading]:
    """What each row adds to its columns: an item, a measure or year, or nothing."""
    named = {row: labels.get((number, row), RowLabel()) for row in layout.body}
    summed = any(read_heading((str(label),), setting, ROLES) for label in named.values())
    found: dict[int, Heading] = {}
    for row, label in named.items():
        path = _row_path(layout, number, row, label)
        heading = read_heading(path, setting, ROLES) if path else Heading()
        if heading is None and in_columns and not summed:
            heading = _of_unit(label, named, setting)
        if heading and heading.fund in ("", *FUNDS):
            found[row] = replace(heading, item="") if in_columns else heading
    return found if in_columns else _without_titles(layout, number, found)


def _without_titles(layout: Layout, number: int, rows: dict[int, Heading]) -> dict[int, Heading]:
    """The rows without those that only name what the rows below them are about.

    一、“三公”经费支出 prints no number, where （一）支出合计 below it does. 机关运行经费 is
    not 0 where （一）行政单位 below it is not; it is that part, where only one is not 0.
    """
    again = Counter(rows.values())
    amounts = [column.index for column in layout.blocks[number].amounts]
    found: dict[int, Heading] = {}
    for row, heading in rows.items():
        if any(read_number(layout.texts[row][each]) for each in amounts):
            found[row] = heading
            continue
        parts = _parts_below(layout, number, row)
        spent = [part for part in parts if any(_is_spent(layout.texts[part][i]) for i in amounts)]
        if len(spent) == 1 and not any(part in rows for part in parts):
            found[spent[0]] = heading
        elif not spent and again[heading] < 2:
            found[row] = heading
    return found


def _parts_below(layout: Layout, number: int, title: int) -> list[int]:
    """The rows （一）, （二） … of a block under its row 一、; none under any other row."""
    columns = layout.blocks[number].labels
    names = {row: "".join(layout.texts[row][each.index] for each in columns) for row in layout.body}
    if not LISTED.fullmatch(names[title]):
        return []
    below = takewhile(
        lambda row: not LISTED.fullmatch(names[row]), (row for row in layout.body if row > title)
    )
    return [row for row in below if _PART.match(names[row])]


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
