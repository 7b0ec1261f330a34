"""Reads Excel workbooks: what each visible sheet shows, numbers as their formats print them."""

from __future__ import annotations

import io
import warnings
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.packages import damaged, refuse_bomb
from narrcheck.load.sheets.number_format import shown_date, shown_number, shown_text
from narrcheck.load.sheets.parts import survey
from narrcheck.load.sheets.rows import SheetCell, items_of_cells, too_many_cells, with_sheet_name
from narrcheck.load.writing import Item, document_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LAST_COLUMN = 16_384  # that a workbook can have
MOST_NAMED = 5  # cells with an error value that a notice names


def load_xlsx(name: str, sha256: str, data: bytes) -> Document:
    """The document in a workbook's bytes; ``name`` is its path, for messages too.

    Hidden sheets, rows and columns are left out, as in print, and a notice says so. Of formulas
    the values are read that were saved with them; nothing is computed, no link is followed.
    Raises DocumentError where the file is damaged, far too large, or shows nothing.
    """
    refuse_bomb(name, data)
    known = survey(name, data)
    try:
        workbook = _opened(data)
    except Exception:  # the library raises anything on what other programs wrote
        if known.wide:  # the other one makes a full grid of it
            raise too_many_cells(name) from None
        return _read_plainly(name, sha256, data)
    pages: list[Sequence[Item]] = []
    notices = list(hidden_sheets(s.title for s in workbook if s.sheet_state != "visible"))
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    for sheet in visible:
        items = items_of_cells(name, _cells(sheet))
        pages.append(with_sheet_name(items, sheet.title, alone=len(visible) == 1))
        notices.extend(_notices(sheet, known.uncounted.get(sheet.title, 0)))
    return document_of_sheets(name, sha256, pages, notices)


def document_of_sheets(
    name: str, sha256: str, pages: Sequence[Sequence[Item]], notices: Iterable[str]
) -> Document:
    """The document of sheets; raises DocumentError where they show nothing."""
    if not any(pages):
        why = "".join(notices) or "工作簿里没有文字和数字。"
        raise DocumentError(f"{name}：没有可读的内容：{why}请换成有内容的文件。")
    return document_of(name, sha256, pages, paged=False, notices=notices)


def hidden_sheets(names: Iterable[str]) -> Iterator[str]:
    """The notice that names the sheets that are hidden, if any."""
    if quoted := "、".join(f"“{name}”" for name in names):
        yield f"工作表{quoted}是隐藏的，没有检查。"


def _opened(data: bytes) -> Workbook:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out, none of which is shown text
        return load_workbook(io.BytesIO(data), data_only=True, keep_links=False)


def _read_plainly(name: str, sha256: str, data: bytes) -> Document:
    """The document as it is read without number formats."""
    from narrcheck.load.sheets.xls import plain_sheets

    try:
        pages, notices = plain_sheets(name, data)
    except DocumentError:
        raise damaged(name) from None
    return document_of_sheets(name, sha256, pages, notices)


def _cells(sheet: Worksheet) -> Iterator[SheetCell]:
    """What the cells show that are not hidden, at their places among those that are not."""
    spans = {
        (each.min_row, each.min_col): (
            each.max_row - each.min_row + 1,
            each.max_col - each.min_col + 1,
        )
        for each in sheet.merged_cells.ranges
    }
    rows, columns = _hidden_rows(sheet), _hidden_columns(sheet)
    zeros = sheet.sheet_view.showZeros is not False
    # Only the cells that are there: a format set on whole columns gives a sheet a million rows.
    for (row, column), cell in sheet._cells.items():
        text = _text(cell, zeros=zeros)
        if not text:
            continue
        height, width = spans.get((row, column), (1, 1))
        first, left = row - bisect_left(rows, row), column - bisect_left(columns, column)
        last = row + height - bisect_left(rows, row + height)
        right = column + width - bisect_left(columns, column + width)
        if last > first and right > left:
            yield SheetCell(text, first, left, last - first, right - left)


def _text(cell: Cell | MergedCell, *, zeros: bool) -> str:
    """What a cell shows, lines parted by ``\\n``."""
    value = cell.value
    code = cell.number_format or "General"
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (datetime, date, time, timedelta)):
        return shown_date(value, code)
    if isinstance(value, (int, float)):
        return "" if value == 0 and not zeros else shown_number(Decimal(repr(value)), code)
    from openpyxl.utils.escape import unescape

    text = unescape(str(value))
    return text.strip() if cell.data_type == "e" else shown_text(text, code).strip()


def _hidden_rows(sheet: Worksheet) -> list[int]:
    """The numbers of the rows that are hidden, in order."""
    dimensions = sheet.row_dimensions.items()
    return sorted(number for number, row in dimensions if row.hidden or row.height == 0)


def _hidden_columns(sheet: Worksheet) -> list[int]:
    """The numbers of the columns that are hidden, in order."""
    return sorted(
        number
        for column in sheet.column_dimensions.values()
        if (column.hidden or column.width == 0) and column.min and column.max
        for number in range(column.min, min(column.max, LAST_COLUMN) + 1)
    )


def _notices(sheet: Worksheet, uncounted: int) -> Iterator[str]:
    """What to say of a sheet: what is hidden in it, not computed, wrong, or a picture."""
    rows, columns = set(_hidden_rows(sheet)), set(_hidden_columns(sheet))
    filled = [place for place, cell in sheet._cells.items() if cell.value is not None]
    hidden = [
        f"{len(found)} {what}"
        for found, what in (
            ({row for row, _ in filled} & rows, "行"),
            ({column for _, column in filled} & columns, "列"),
        )
        if found
    ]
    if hidden:
        yield f"工作表“{sheet.title}”有 {'、'.join(hidden)}是隐藏的，没有检查；需要检查请取消隐藏。"
    if uncounted:
        yield (
            f"工作表“{sheet.title}”有 {uncounted} 个公式没有保存计算结果，按空白读取；"
            "请在 Excel 或 WPS 中打开并保存后再检查。"
        )
    wrong = [cell for cell in sheet._cells.values() if cell.data_type == "e"]
    if wrong:
        places = "、".join(f"{cell.coordinate}（{cell.value}）" for cell in wrong[:MOST_NAMED])
        more = f"等 {len(wrong)} 个" if len(wrong) > MOST_NAMED else ""
        yield f"工作表“{sheet.title}”的单元格 {places}{more}是错误值。"
    if not filled and getattr(sheet, "_images", None):
        yield f"工作表“{sheet.title}”只有图片，图片里的文字没有读取。"
