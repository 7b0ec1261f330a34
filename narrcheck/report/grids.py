"""The cells of a table's grid, a merged one once; and its values as rows of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from narrcheck.document import Cell, Document, Table
from narrcheck.figure import TableValue
from narrcheck.report.lines import place, plain

VALUE_HEADS = (
    *("表", "行", "列", "值", "单位"),
    *("项目", "科目编码", "口径", "年度", "资金", "位置"),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its first place in the grid, from 0, and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int
    cell: Cell


def cells_once(table: Table) -> Iterator[Placed]:
    """The cells of a grid, row by row, each at the first place it covers.

    How far a merged one goes is what the grid shows of it: rows of a caption are cut away.
    """
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if (row, column) in taken:
                continue
            columns = _across(table, row, column, taken)
            rows = _down(table, row, column, columns)
            taken.update(
                (row + down, column + across) for down in range(rows) for across in range(columns)
            )
            yield Placed(row, column, rows, columns, cell)


def _across(table: Table, row: int, column: int, taken: set[tuple[int, int]]) -> int:
    cells, cell = table.rows[row], table.rows[row][column]
    columns = 1
    while columns < cell.columns and column + columns < len(cells):
        if cells[column + columns] != cell or (row, column + columns) in taken:
            break
        columns += 1
    return columns


def _down(table: Table, row: int, column: int, columns: int) -> int:
    cell = table.rows[row][column]
    rows = 1
    while rows < cell.rows and row + rows < len(table.rows):
        if any(each != cell for each in table.rows[row + rows][column : column + columns]):
            break
        rows += 1
    return rows


def table_heads(nth: int, table: Table) -> list[tuple[str, str]]:
    """What is said of a table above its grid, as label and words; ``nth`` counts from 1."""
    heads = [
        (f"表 {nth}", table.title or "（无题名）"),
        ("表号", table.number),
        ("单位", table.money_unit),
        ("位置", place(table.where)),
    ]
    return [(label, plain(words)) for label, words in heads if words]


def value_rows(document: Document, values: Iterable[TableValue]) -> Iterator[tuple[str, ...]]:
    """What was read from the cells, a row a value, under ``VALUE_HEADS``."""
    for value in values:
        figure = value.figure
        about = (
            (figure.item, figure.code, figure.measure, figure.year, figure.fund) if figure else ()
        )
        words = (
            document.tables[value.table].title,
            value.row_name,
            value.column_name,
            f"{value.quantity.value:f}",
            value.quantity.unit.text,
            *(about or ("",) * 5),
        )
        shown = (plain("" if each is None else str(each)) for each in words)
        yield (*shown, place(value.where))
