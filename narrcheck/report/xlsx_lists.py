"""Lists in a workbook: a head that stays in sight, a filter, and pages that can be signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from narrcheck.report.lines import columns as columns_of
from narrcheck.report.workbooks import (
    A4,
    FRAME,
    MOST_DIGITS,
    POINTS,
    TYPEFACE,
    fit_on_paper,
    write_marked,
    write_text,
)

MOST_ROWS = 1_000_000  # of a sheet; Excel takes some more
PLAIN = Font(name=TYPEFACE, size=POINTS)
PALE = Font(name=TYPEFACE, size=POINTS, color="FF7F7F7F")  # of what people let stand
HEAD = Font(name=TYPEFACE, size=POINTS, bold=True)
HEAD_FILL = PatternFill("solid", fgColor="FFD9E1F2")
LEFT = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(horizontal="center", vertical="top", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="top")
SIDE, ENDS = 0.4, 0.6  # margins of a page in inches
LINE_HEIGHT, MOST_HEIGHT = 13.5, 409  # points

Marked = tuple[str, str, str]  # words to be marked, with what stands before and after them
Content = str | int | Decimal | Marked | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its head, its width in characters, and where its words stand.

    ``colours`` are those of cells with certain words.
    """

    head: str
    width: float
    align: Alignment = LEFT
    colours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its cells from the left; ``pale`` where nothing is left to do."""

    cells: tuple[Content, ...]
    pale: bool = False


def write_list(
    workbook: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Row], *, none: str
) -> None:
    """Writes a list on a sheet, or on as many as it needs; ``none`` says that it is empty."""
    left = iter(rows)
    nth = 0
    while (part := list(islice(left, MOST_ROWS))) or not nth:
        nth += 1
        sheet = workbook.create_sheet(f"{title} ({nth})" if nth > 1 else title)
        _set_up(sheet, title, columns, len(part) + 1)
        for number, row in enumerate(part, 2):
            for at, (column, content) in enumerate(zip(columns, row.cells, strict=True), 1):
                _write_cell(sheet.cell(number, at), content, column, row)
            sheet.row_dimensions[number].height = _height(columns, row)
        if not part:
            write_text(sheet.cell(2, 2), none).font = PLAIN


def _write_cell(cell: Cell | MergedCell, content: Content, column: Column, row: Row) -> None:
    _write_content(cell, content)
    cell.font, cell.alignment = PALE if row.pale else PLAIN, column.align
    cell.border = FRAME
    colour = column.colours.get(content) if isinstance(content, str) else None
    if colour is not None and not row.pale:
        cell.fill = PatternFill("solid", fgColor=colour)


def _set_up(sheet: Worksheet, title: str, columns: Sequence[Column], rows: int) -> None:
    """The head, which stays in sight and is on each page, the filter, and the paper."""
    for number, column in enumerate(columns, 1):
        cell = write_text(sheet.cell(1, number), column.head)
        cell.font, cell.fill, cell.border = HEAD, HEAD_FILL, FRAME
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{rows}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = A4
    fit_on_paper(sheet, wide=True)
    margins = sheet.page_margins
    margins.left = margins.right = SIDE
    margins.top = margins.bottom = ENDS
    margins.header = margins.footer = SIDE / 2
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.center.text, footer.center.text = title, "第 &P 页，共 &N 页"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = header, footer


def _height(columns: Sequence[Column], row: Row) -> float:
    """The points that a row needs, for not every program works that out when it opens a file."""
    filled = zip(columns, row.cells, strict=True)
    lines = max(_lines(content, column.width) for column, content in filled)
    return min((lines + 0.6) * LINE_HEIGHT, MOST_HEIGHT)


def _lines(content: Content, width: float) -> int:
    """How many lines a text takes in a column; one character less fits where a word wraps."""
    text = "".join(content) if isinstance(content, tuple) else str(content or "")
    return sum(max(-(-columns_of(line) // int(width - 1)), 1) for line in text.split("\n"))


def _write_content(cell: Cell | MergedCell, content: Content) -> None:
    if isinstance(content, tuple):
        write_marked(cell, *content)
    elif isinstance(content, str):
        write_text(cell, content)
    elif isinstance(content, Decimal) and len(content.as_tuple().digits) > MOST_DIGITS:
        write_text(cell, f"{content:f}")
    elif content is not None:
        cell.value = content
        if isinstance(content, Decimal):
            exponent = content.as_tuple().exponent
            places = max(-exponent, 0) if isinstance(exponent, int) else 0
            cell.number_format = f"0.{'0' * places}" if places else "0"
