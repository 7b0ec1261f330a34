"""Reads every number of a document's tables, with the figure it is about where that is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from narrcheck.document import Document, Table
from narrcheck.figure import Figure, TableValue
from narrcheck.patterns.tables import TablePattern, TablePatterns, bare_name, compact
from narrcheck.quantity import Unit
from narrcheck.tables.amounts import plain_values, read_amount, unit_for, usual_places
from narrcheck.tables.cells import PrintedNumber, money_unit, read_number
from narrcheck.tables.figures import Figures, Setting
from narrcheck.tables.layout import Layout, lay_out
from narrcheck.tables.rows import Labels, read_labels
from narrcheck.tables.sangong import sangong_figures
from narrcheck.tables.subjects import economic_figures, subject_figures, whole_figures
from narrcheck.tables.totals import total_figures

READERS: Mapping[str, Callable[[Layout, Labels, Setting], Figures]] = {
    "总表": total_figures,
    "科目": subject_figures,
    "经济分类": economic_figures,
    "三公": sangong_figures,
    "合计": whole_figures,
}
FUNCTIONAL, ECONOMIC = "2", "3"  # the first digits of their codes


def read_tables(document: Document, patterns: TablePatterns) -> tuple[TableValue, ...]:
    """All amounts of money in the document's tables, table by table, row by row.

    Blank cells of known rows and columns are values of 0. A number that is known to be no money
    (a count, a rate, a code, a 行次) is left out, as is one of which no unit is known.
    """
    layouts = [lay_out(table, patterns) for table in document.tables]
    known = [_recognise(layout, patterns) for layout in layouts]
    labels = [
        read_labels(layout, ECONOMIC if pattern and pattern.layout == "经济分类" else FUNCTIONAL)
        for layout, pattern in zip(layouts, known, strict=True)
    ]
    codes = _codes(labels, known)
    usual_unit = _usual_unit(document)
    values: list[TableValue] = []
    for index, (layout, pattern) in enumerate(zip(layouts, known, strict=True)):
        if pattern:
            setting = _setting(document, layout.table, pattern, patterns, codes)
            figures = READERS[pattern.layout](layout, labels[index], setting)
            unit = money_unit(layout.table.money_unit) or usual_unit
            values.extend(_values(index, layout, labels[index], figures, unit))
        else:
            values.extend(plain_values(index, layout))
    return tuple(values)


def _recognise(layout: Layout, patterns: TablePatterns) -> TablePattern | None:
    words = " ".join(text for row in layout.texts for text in row)
    return patterns.recognise(layout.table.title, words)


def _codes(labels: list[Labels], known: list[TablePattern | None]) -> Mapping[str, frozenset[str]]:
    """The functional codes that the tables by function give each name."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for of_table, pattern in zip(labels, known, strict=True):
        if pattern and pattern.layout == "科目":
            for label in of_table.values():
                if label.code and label.name:
                    codes[label.name].add(label.code)
    return {name: frozenset(found) for name, found in codes.items()}


def _setting(
    document: Document,
    table: Table,
    pattern: TablePattern,
    patterns: TablePatterns,
    codes: Mapping[str, frozenset[str]],
) -> Setting:
    title = compact(table.title)
    kind = pattern.kind or ("决算" if "决算" in title else document.kind)
    kind = kind or ("预算" if "预算" in title else "决算")
    return Setting(
        pattern=pattern,
        patterns=patterns,
        title=title,
        measure=f"{kind}数",
        year=document.year,
        unit=bare_name(document.unit),
        codes=codes,
    )


def _usual_unit(document: Document) -> Unit | None:
    """The unit of money most tables of the document name, None where none does."""
    units = Counter(table.money_unit for table in document.tables if table.money_unit)
    return money_unit(units.most_common(1)[0][0]) if units else None


def _values(
    index: int, layout: Layout, labels: Labels, figures: Figures, unit: Unit | None
) -> list[TableValue]:
    """The values of a known table; those whose row or column is not known have no figure."""
    printed = {row: _printed(layout, row) for row in layout.body}
    usual = usual_places(number.places for numbers in printed.values() for number in numbers)
    found: list[TableValue] = []
    for row in layout.body:
        for number, block in enumerate(layout.blocks):
            label = labels.get((number, row))
            for column in block.amounts:
                place = (row, column.index)
                names = (str(label or ""), " / ".join(column.path))
                figure = figures.get(place) if label or printed[row] else None
                cell = layout.cell(*place)
                quantity = read_amount(cell.text, unit_for(names, unit), usual, zero=bool(figure))
                if quantity:
                    value = TableValue(index, *place, *names, quantity, cell.where, figure)
                    found.append(value)
    return without_ambiguous(found)


def _printed(layout: Layout, row: int) -> list[PrintedNumber]:
    """The numbers in the amount columns of a row."""
    columns = [column.index for block in layout.blocks for column in block.amounts]
    read = (read_number(layout.cell(row, column).text) for column in columns)
    return [number for number in read if number]


def without_ambiguous(values: list[TableValue]) -> list[TableValue]:
    """The values, without the figures of subjects that stand in several rows that differ.

    So it is where a second classification, or the units of a department, split a subject; a row
    that a page break repeats is the same in every column.
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
