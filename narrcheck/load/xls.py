"""Reads .xls, .et and .ods spreadsheets: the values of the visible sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.kinds import kind_of_content
from narrcheck.load.number_format import EXACT, FIFTEEN, SHORT_DATE, shown_date
from narrcheck.load.packages import refuse_bomb
from narrcheck.load.sheet_parts import refuse_far_cells
from narrcheck.load.sheets import (
    MOST_STORED,
    SheetCell,
    items_of_cells,
    too_many_cells,
    with_sheet_name,
)
from narrcheck.load.writing import Item
from narrcheck.load.xlsx import document_of_sheets, hidden_sheets, load_xlsx

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

STEP = Decimal("0.000001")  # what is less in a sum of amounts is noise of the floats
UNFORMATTED = (
    "表格中的数字按保存的数值读取，小数位数、百分号可能与显示的不同；"
    "另存为 .xlsx 后检查，可与显示的完全一致。"
)
Value = int | float | str | bool | time | date | datetime | timedelta


def load_xls(name: str, sha256: str, data: bytes) -> Document:
    """The document in the bytes of a spreadsheet; ``name`` is its path, for messages too.

    Systems export workbooks, web pages and tabbed text under .xls too; these are read as what
    they are. Raises DocumentError where the file is damaged, encrypted, or shows nothing.
    """
    kind = kind_of_content(data)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"schemas-microsoft-com:office:spreadsheet" in head and head.startswith(b"<?xml"):
        raise DocumentError(f"{name}：是 XML 表格，请用 Excel 或 WPS 另存为 .xlsx 后再检查。")
    if kind == "Excel 工作簿":
        return load_xlsx(name, sha256, data)
    if kind == "网页" or head.startswith(b"<"):
        from narrcheck.load.html import load_html

        return load_html(name, sha256, data)
    if not kind and not data.startswith((b"PK", b"\x09")):  # a package, the oldest .xls
        from narrcheck.load.text import load_text

        return load_text(name, sha256, data)
    if data.startswith(b"PK"):
        refuse_bomb(name, data)
        refuse_far_cells(name, data)
    pages, notices = plain_sheets(name, data)
    return document_of_sheets(name, sha256, pages, notices)


def plain_sheets(name: str, data: bytes) -> tuple[list[list[Item]], list[str]]:
    """What the visible sheets show, but for the formats of their numbers; and the notices."""
    from python_calamine import PasswordError

    try:
        return _sheets(name, data)
    except (DocumentError, KeyboardInterrupt, SystemExit):
        raise
    except PasswordError:
        raise DocumentError(f"{name}：表格已加密，请先解除密码。") from None
    except BaseException:  # a panic of the parser, which is written in Rust, is no Exception
        raise DocumentError(
            f"{name}：表格已损坏或格式不对，请用 Excel 或 WPS 另存为 .xlsx 后再检查。"
        ) from None


def _sheets(name: str, data: bytes) -> tuple[list[list[Item]], list[str]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    workbook: CalamineWorkbook = load_workbook(io.BytesIO(data))
    shown: list[str] = []
    hidden: list[str] = []
    for each in workbook.sheets_metadata:
        if each.typ == SheetTypeEnum.WorkSheet:
            (shown if each.visible == SheetVisibleEnum.Visible else hidden).append(each.name)
    pages: list[list[Item]] = []
    left = MOST_STORED
    for title in shown:
        sheet = workbook.get_sheet_by_name(title)
        left -= sheet.height * sheet.width
        if left < 0:
            raise too_many_cells(name)
        items = items_of_cells(name, _cells(sheet))
        pages.append(with_sheet_name(items, title, alone=len(shown) == 1))
    return pages, [*hidden_sheets(hidden), *([UNFORMATTED] if any(pages) else [])]


def _cells(sheet: CalamineSheet) -> Iterator[SheetCell]:
    """The cells that hold something, each as far as it is merged."""
    spans = {
        first: (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    }
    top, left = sheet.start or (0, 0)
    rows: Sequence[Sequence[Value]] = sheet.to_python()
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, left):
            if text := _text(value):
                yield SheetCell(text, row, column, *spans.get((row, column), (1, 1)))


def _text(value: Value) -> str:
    """What a value is printed as without a format."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)))
    if isinstance(value, str):
        return value.strip()
    clock = value if isinstance(value, time) else getattr(value, "time", time)()
    timed = "h:mm" if isinstance(value, time) else f"{SHORT_DATE} h:mm"
    return shown_date(value, timed if clock != time() else SHORT_DATE)


def _number(value: Decimal) -> str:
    """A number in as few digits as it needs."""
    if not value.is_finite():
        return ""
    text = f"{FIFTEEN.plus(value).quantize(STEP, context=EXACT):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
