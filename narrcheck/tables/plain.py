"""Reads tables without a fixed layout: annexes, and all tables that are not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from narrcheck.figure import Figure, TableValue
from narrcheck.patterns.tables import TablePatterns
from narrcheck.quantity import Dimension, Unit
from narrcheck.tables.amounts import read_amount, said_by, usual_places
from narrcheck.tables.cells import bracketed_unit, money_unit, read_number
from narrcheck.tables.figures import Heading, Setting, read_heading, unbracketed
from narrcheck.tables.layout import Layout, header_paths

# What a form asks above its amounts; what stands beside it is the answer and no column's header.
ASKED = re.compile(
    r"(预算|实施|主管|填报|项目)?(单位|部门)(及代码|（单位）)?(名称|代码|及代码)?|项目(支出)?名称(及编码)?"
    r"|项目(负责人|编码|类别|属性|期限|周期)|联系(人|电话)|填报(人|日期|时间)|(评价|自评)(年度|时间)|年度"
)
ITEMS = frozenset({"基本支出", "项目支出", "人员经费", "公用经费"})
NO_AMOUNTS = ("remark", "number", "code")

Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A number's cell: the names of its row, outermost first, and the headers over its column.

    ``corner`` stands at the left of these headers, where a unit goes for all of them.
    """

    row: int
    column: int
    names: Path
    path: Path
    corner: str


def plain_values(
    index: int, layout: Layout, patterns: TablePatterns, setting: Setting | None = None
) -> list[TableValue]:
    """The numbers of a table of which caption, row or column name the unit.

    With the ``setting`` of an annex, those whose row and column are known have a figure.
    """
    of_table = money_unit(layout.table.money_unit)
    project = _project(layout) if setting else ""
    values: list[TableValue] = []
    for place in _places(layout, patterns):
        name = " ".join(dict.fromkeys(place.names))
        heading = " / ".join(place.path)
        of_row = said_by(patterns, *place.names[-1:], name)
        of_column = said_by(patterns, *place.path[-1:], heading)
        of_corner = money_unit(bracketed_unit(place.corner))
        unit = of_row.unit_or(of_column, of_corner or of_table)
        cell = layout.cell(place.row, place.column)
        quantity = read_amount(cell.text, unit, 0)
        if quantity:
            figure = _figure(place, quantity.unit, project, setting) if setting else None
            at = (place.row, place.column)
            value = TableValue(index, *at, name, heading, quantity, cell.where, figure)
            values.append(replace(value, annex=True) if setting else value)
    money = [each for each in values if each.quantity.unit.dimension is Dimension.MONEY]
    usual = usual_places(each.quantity.places for each in money)
    return [_with_usual(each, usual) for each in values]


def _places(layout: Layout, patterns: TablePatterns) -> Iterator[_Place]:
    """The cells that print an amount or a count, with the names of their row and column.

    A row of texts over numbers is a header for the rows below it, if it does more than begin
    lists (按收入性质分：); a unit in its first cell (经费情况（万元）) goes for them all. A label
    in the middle of a row begins another half, over which headers of amounts need not reach.
    """
    header = tuple(row for row in layout.header if not _is_answer(layout.texts[row], patterns))
    paths = header_paths(layout.table, layout.texts, header)
    corner = " ".join(paths[0]) if paths else ""
    counted = {each.index for each in layout.columns if each.kind in NO_AMOUNTS}
    for row in layout.body:
        texts = layout.texts[row]
        numbers = _number_columns(layout, row)
        filled = set(texts) - {""}
        if not numbers and len(filled) > 1 and not all(text.endswith("：") for text in filled):
            paths = [(text,) if text else path for text, path in zip(texts, paths, strict=True)]
            corner = texts[0]
        names: Path = ()
        end = 0
        for column in numbers:
            names, halves = _names(texts[end:column], names, patterns)
            end = column + 1
            path = paths[column]
            none = column in counted or _is_no_amount(path, patterns)
            if halves or not none:
                yield _Place(row, column, names, (corner,) if none else path, corner)


def _names(texts: tuple[str, ...], before: Path, patterns: TablePatterns) -> tuple[Path, bool]:
    """The names of a number after ``texts``, and whether these begin another half of the table.

    ``before`` are those of the number before it, empty for the first of the row.
    """
    filled = tuple(dict.fromkeys(text for text in texts if text))
    if not before:
        return filled, False
    labels = [text for text in filled if text.endswith("：") or patterns.meanings(text)]
    return ((labels[-1],), True) if labels else (before, False)


def _is_no_amount(path: Path, patterns: TablePatterns) -> bool:
    """Whether a header says that its column holds rates, scores or numbers of rows."""
    return any(patterns.label(each, NO_AMOUNTS) for each in path[-1:])


def _is_answer(texts: tuple[str, ...], patterns: TablePatterns) -> bool:
    """Whether a row is a question of a form with its answer: 项目名称 | 防汛."""
    filled = list(dict.fromkeys(text for text in texts if text))
    if not filled or not ASKED.fullmatch(filled[0]):
        return False
    return len(filled) > 1 and not patterns.meanings(filled[1])


def _project(layout: Layout) -> str:
    """The project that an annex is about, ``""`` where it names none."""
    for texts in layout.texts:
        filled = list(dict.fromkeys(text for text in texts if text))
        if len(filled) > 1 and re.fullmatch(r"项目(支出)?名称", filled[0]):
            return filled[1]
    return ""


def _figure(place: _Place, unit: Unit, project: str, setting: Setting) -> Figure | None:
    """The figure of a number whose column names the measure and whose row names the item."""
    name = place.names[-1].rstrip("：") if place.names else ""
    count = setting.patterns.label(place.path[-1] if place.path else "", ("count",))
    if unit.dimension is Dimension.COUNT:
        found = setting.patterns.label(name, ("count",)) or count
        heading = read_heading(place.path, setting)
        year = heading.year if heading else None
        return _counted(found.item or unbracketed(name), year, setting) if found else None
    heading = read_heading(place.path[-1:], setting)
    if heading is None or not heading.measure or heading.item:
        return None
    label = setting.patterns.label(name, ("annex", "三公", "采购", "item"))
    if label is None and "、" in name:
        return _of_several(name.split("、"), heading, setting)
    if label is None or (label.role == "item" and label.item not in ITEMS):
        return None
    if label.role != "annex":
        return setting.figure(label.item, heading, fund=label.fund)
    if label.fund and not project:
        return None  # only the money of a project is known to be all of one year
    return setting.figure(project or label.item, heading, fund=label.fund)


def _of_several(names: list[str], heading: Heading, setting: Setting) -> Figure | None:
    """The figure of several items together, where each is known: 会议费、培训费."""
    labels = [setting.patterns.label(name, ("三公",)) for name in names]
    known = [label for label in labels if label is not None]
    funds = {label.fund for label in known}
    if len(known) < len(labels) or len(funds) > 1:
        return None
    return setting.figure("、".join(label.item for label in known), heading, fund=funds.pop())


def _counted(item: str, year: int | None, setting: Setting) -> Figure:
    return Figure(item, setting.measure, year or setting.year, "全部")


def _number_columns(layout: Layout, row: int) -> list[int]:
    """The columns of a row that print a number, a merged cell once."""
    numbers: list[int] = []
    for column in range(len(layout.columns)):
        cell = layout.cell(row, column)
        repeated = cell.columns > 1 and column > 0 and layout.cell(row, column - 1) == cell
        if read_number(cell.text) and not repeated:
            numbers.append(column)
    return numbers


def _with_usual(value: TableValue, usual: int) -> TableValue:
    quantity = value.quantity
    if quantity.unit.dimension is not Dimension.MONEY:
        return value
    return replace(value, quantity=replace(quantity, usual=max(usual, quantity.places)))
