"""What all workbooks share: text that stays text, how sheets are printed, and the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Color, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from narrcheck.report.characters import for_xml

THIN = Side(style="thin", color="B0B0B0")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
BOLD = Font(bold=True)
TYPEFACE, POINTS = "宋体", 10  # of lists
MARKED = InlineFont(rFont=TYPEFACE, sz=POINTS, b=True, color=Color("FFC00000"))  # dark red
LONGEST = 32_767  # characters of a cell
LONGEST_TEXT = 255  # some programs show a longer one in a cell of the format "text" as ####
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what begins with one, Excel would work out
MOST_DIGITS = 15  # what Excel keeps of a number; a longer one stays text
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # _x000D_ stands for a character
DATES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
PROPERTIES = "docProps/core.xml"
SHEETS = "xl/worksheets/"
FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a package can name
A4 = 9  # as Excel numbers papers


def write_text(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Writes text that stays text, also where it begins as a formula does, also once edited."""
    return _write(cell, _fit(text))


def write_marked(cell: Cell | MergedCell, before: str, words: str, after: str) -> None:
    """Writes a sentence with some of its words in bold and red."""
    lead, marked, rest = _fit(before), _fit(words), _fit(after)
    if not marked or len(lead + marked + rest) > LONGEST:
        write_text(cell, f"{before}{words}{after}")
        return
    content = CellRichText(TextBlock(MARKED, marked))
    if lead:
        content.insert(0, lead)
    if rest:
        content.append(rest)
    _write(cell, content)


def _fit(text: str) -> str:
    """``text`` as a cell can hold it."""
    return ESCAPE.sub("_x005F_", for_xml(text))[:LONGEST]


def _write(cell: Cell | MergedCell, content: str | CellRichText) -> Cell | MergedCell:
    cell.value = content
    text = str(content)
    if text:
        cell.data_type = "s"
        cell.number_format = "@" if len(text) <= LONGEST_TEXT else "General"
    if text.startswith(FORMULAS):
        cell.quotePrefix = True
    return cell


def fit_on_paper(sheet: Worksheet, *, wide: bool) -> None:
    """All columns on one page, on its side where they are ``wide``; as many pages as rows need."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.orientation = "landscape" if wide else "portrait"


def content_of(workbook: Workbook) -> bytes:
    """The workbook's bytes: those of the same content are the same, whenever they are written.

    Heights that were given to rows are what programs begin with; they grow with what is typed in.
    """
    workbook.properties.creator = "narrcheck"
    saved, settled = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as package, zipfile.ZipFile(settled, "w") as copy:
        for name in package.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it would tell the system it was written on
            copy.writestr(entry, _settled(name, package.read(name)))
    return settled.getvalue()


def _settled(name: str, part: bytes) -> bytes:
    """A part of the package without what openpyxl always writes: the time, and fixed heights."""
    if name == PROPERTIES:
        return DATES.sub(b"", part)
    return FIXED_HEIGHT.sub(rb"\1", part) if name.startswith(SHEETS) else part
