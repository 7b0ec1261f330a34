"""The tables of a document as an Excel workbook, a sheet each."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from narrcheck.document import Document, Table, Where
from narrcheck.figure import TableValue
from narrcheck.patterns.tables import TablePatterns
from narrcheck.report.characters import for_xml
from narrcheck.report.grids import VALUE_HEADS, Placed, cells_once, value_rows
from narrcheck.report.lines import columns, place, plain
from narrcheck.report.workbooks import (
    BOLD,
    FRAME,
    MOST_DIGITS,
    content_of,
    fit_on_paper,
    write_text,
)
from narrcheck.tables.cells import PrintedNumber, read_number
from narrcheck.tables.layout import lay_out

LONGEST_NAME = 31  # characters of a sheet's name
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
VALUES_NAME = "读到的值"
NARROWEST, WIDEST = 6, 40  # columns of characters
LINE_HEIGHT, MOST_HEIGHT = 15, 400  # points
MOST_FROZEN = 15  # rows; more would leave no room to scroll


def write_tables_xlsx(
    document: Document,
    table_values: Sequence[TableValue],
    patterns: TablePatterns,
    *,
    values: bool = False,
) -> bytes:
    """The workbook's bytes; with ``values`` a last sheet lists what was read from the cells.

    Cells of amounts, and others with decimals, are numbers shown as they are printed; all else
    is text, nothing a formula.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    amounts = {value.where for value in table_values}
    names: set[str] = {VALUES_NAME.casefold()}
    for nth, table in enumerate(document.tables, 1):
        sheet = workbook.create_sheet(sheet_name(table.title or f"表 {nth}", names))
        top = _write_heads(sheet, table)
        _write_grid(sheet, table, top, amounts)
        _write_notes(sheet, table, top + len(table.rows))
        _freeze(sheet, table, top, patterns)
        fit_on_paper(sheet, wide=sheet.max_column > 6)
    if values:
        _write_values(workbook.create_sheet(VALUES_NAME), document, table_values)
    return content_of(workbook)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, unlike those ``taken`` (in small letters); adds it."""
    title = for_xml(plain(title))
    bare = FORBIDDEN.sub(" ", title).strip(" '") or "表"
    name, nth = bare[:LONGEST_NAME].strip(" '"), 1
    while name.casefold() in taken:
        nth += 1
        end = f" ({nth})"
        name = f"{bare[: LONGEST_NAME - len(end)].strip()}{end}"
    taken.add(name.casefold())
    return name


def _write_heads(sheet: Worksheet, table: Table) -> int:
    """Writes the caption, as tables have it; the row, from 1, on which the grid begins."""
    unit = f"单位：{table.money_unit}" if table.money_unit else ""
    write_text(sheet.cell(1, 1), plain(table.title) or "（无题名）").font = BOLD
    write_text(sheet.cell(2, 1), plain("  ".join(filter(None, (table.number, unit)))))
    return 3


def _write_grid(sheet: Worksheet, table: Table, top: int, amounts: Container[Where]) -> None:
    once = tuple(cells_once(table))
    for placed in once:
        row, column = top + placed.row, 1 + placed.column
        for down in range(placed.rows):
            for across in range(placed.columns):
                sheet.cell(row + down, column + across).border = FRAME
        _write_cell(sheet.cell(row, column), placed, amounts)
        if placed.rows > 1 or placed.columns > 1:
            last = (row + placed.rows - 1, column + placed.columns - 1)
            sheet.merge_cells(None, row, column, *last)
    _give_room(sheet, once, top)


def _give_room(sheet: Worksheet, once: Iterable[Placed], top: int) -> None:
    """Makes columns as wide, and then rows as high, as their cells need that are not merged."""
    needed: dict[int, int] = {}
    single = [placed for placed in once if placed.columns == 1]
    for placed in single:
        need = columns(placed.cell.text) + 2
        needed[placed.column] = max(needed.get(placed.column, NARROWEST), need)
    lines: dict[int, int] = {}
    for placed in single:
        width = min(needed[placed.column], WIDEST)
        if placed.rows == 1:
            need = -(-(columns(placed.cell.text) + 2) // width)
            lines[placed.row] = max(lines.get(placed.row, 1), need)
    for column, need in needed.items():
        letter = get_column_letter(column + 1)
        sheet.column_dimensions[letter].width = min(need, WIDEST)
    for row, count in lines.items():
        if count > 1:
            sheet.row_dimensions[top + row].height = min(count * LINE_HEIGHT, MOST_HEIGHT)


def _write_cell(cell: Cell | MergedCell, placed: Placed, amounts: Container[Where]) -> None:
    text = plain(placed.cell.text).strip()
    number = _number(text, is_amount=placed.cell.where in amounts)
    if number is None:
        middle = placed.columns > 1
        write_text(cell, text).alignment = Alignment(
            horizontal="center" if middle else None, vertical="center", wrap_text=True
        )
        return
    whole = "#,##0" if "," in number.digits else "0"
    decimals = f".{'0' * number.places}" if number.places else ""
    cell.value = number.value / 100 if number.unit else number.value
    cell.number_format = f"{whole}{decimals}{number.unit}"
    cell.alignment = Alignment(horizontal="right", vertical="center")


def _number(text: str, *, is_amount: bool) -> PrintedNumber | None:
    """The number that a cell shows; None for codes and ordinals, and what Excel cannot hold."""
    number = read_number(text) if text else None
    if number is None or number.unit not in ("", "%"):
        return None
    if not (is_amount or number.places or "," in number.digits):
        return None
    return number if len(number.value.as_tuple().digits) <= MOST_DIGITS else None


def _write_notes(sheet: Worksheet, table: Table, row: int) -> None:
    """Writes what stands below the table, and where it was taken from."""
    at = place(table.where)
    for nth, note in enumerate((*table.notes, *([f"注：取自{at}。"] if at else ()))):
        write_text(sheet.cell(row + nth, 1), plain(note))


def _freeze(sheet: Worksheet, table: Table, top: int, patterns: TablePatterns) -> None:
    """Keeps the header in sight, where it is known and there is something below it."""
    layout = lay_out(table, patterns)
    if layout.header and layout.body and layout.body[0] <= MOST_FROZEN:
        sheet.freeze_panes = sheet.cell(top + layout.body[0], 1).coordinate


def _write_values(sheet: Worksheet, document: Document, values: Iterable[TableValue]) -> None:
    for column, head in enumerate(VALUE_HEADS, 1):
        write_text(sheet.cell(1, column), head).font = BOLD
        sheet.column_dimensions[get_column_letter(column)].width = 18
    sheet.freeze_panes = "A2"
    for row, words in enumerate(value_rows(document, values), 2):
        for column, word in enumerate(words, 1):
            cell = sheet.cell(row, column)
            amount = _number(word, is_amount=True) if VALUE_HEADS[column - 1] == "值" else None
            if amount is None:
                write_text(cell, word)
            else:
                cell.value = amount.value
                cell.number_format = f"0.{'0' * amount.places}" if amount.places else "0"
