"""Makes the workbook that the tables of a document were printed from."""

from __future__ import annotations

import io
import re
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from narrcheck.document import Cell, Document, Table

AMOUNT = re.compile(r"-?[\d,]*\d\.(\d+)")
COUNT = re.compile(r"[1-9]\d{0,10}")


def workbook(document: Document) -> bytes:
    """A sheet for each table; amounts are numbers, their decimals come from the format."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for index, table in enumerate(document.tables, 1):
        name = re.sub(r"[\[\]:*?/\\]", "", table.title)[:24]
        _fill(book.create_sheet(f"{index:02}{name}"), table, document.unit)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _fill(sheet: Worksheet, table: Table, owner: str) -> None:
    """Writes number, title, owner and unit in the rows over the table, and its notes below."""
    width = len(table.rows[0])
    sheet.cell(1, width, table.number or None)
    sheet.cell(2, 1, table.title).alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=width)
    sheet.cell(3, 1, f"部门：{owner}")
    if table.money_unit:
        sheet.cell(3, width, f"金额单位：{table.money_unit}")
    seen: set[Cell] = set()
    for number, row in enumerate(table.rows, 4):
        for column, cell in enumerate(row, 1):
            merged = cell.rows > 1 or cell.columns > 1
            if not cell.text or (merged and cell in seen):
                continue
            seen.add(cell)
            _write(sheet, number, column, cell.text)
            if merged:
                last, right = number + cell.rows - 1, column + cell.columns - 1
                sheet.merge_cells(None, number, column, last, right)
    below = 4 + len(table.rows)
    for number, note in enumerate(table.notes, below):
        sheet.cell(number, 1, note)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Writes a cell: an amount as a float with a format, a code as a number, else the text."""
    if amount := AMOUNT.fullmatch(text):
        cell = sheet.cell(row, column, float(Decimal(text.replace(",", ""))))
        cell.number_format = f"#,##0.{'0' * len(amount[1])}"
    elif COUNT.fullmatch(text):
        sheet.cell(row, column, int(text))
    else:
        sheet.cell(row, column, text)
