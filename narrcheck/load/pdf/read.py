"""Reads PDF files: the lines and tables of their pages, without what only runs along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from pdfminer.pdfdocument import PDFPasswordIncorrect

from narrcheck.document import Document, Turn, turned
from narrcheck.errors import DocumentError
from narrcheck.load.blocks import Layout
from narrcheck.load.ocr.read import INSTALL, listed, missing, notices_of
from narrcheck.load.pdf.bounds import refuse_unbounded
from narrcheck.load.pdf.lines import PageLine
from narrcheck.load.pdf.page import count_pages, open_pdf
from narrcheck.load.pdf.printed import Page
from narrcheck.load.pdf.running import running_lines
from narrcheck.load.pdf.sharing import read_pages
from narrcheck.load.writing import Item, ShownLine, ShownTable, document_of

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

MOST_PAGES = 1000
MOST_WORK = 5_000_000  # characters and shapes of all pages; 1000 full pages have 3,000,000
LONG = 20  # characters: a line from which the margins can be told
# What is said of the pages that were not read, or only in part.
FAULTS = {
    "damaged": "第{}页已损坏，没有读取。",
    "crowded": "第{}页的文字或图形多得异常，没有读取。",
    "uncoded": "第{}页的文字没有字符编码，无法读取；"
    f"运行 {INSTALL} 安装文字识别（OCR）后可以读取。",
    "unseen": "第{}页的文字没有字符编码，文字识别（OCR）也没有读出文字。",
    "seen": "第{}页的文字没有字符编码，经文字识别（OCR）读取，数字请核对原件。",
    "ruled": "第{}页的线条过多，较短的没有作为表格线，请核对其中的表格。",
    "turned": "第{}页有一部分文字转了方向，没有读取。",
    "ours": "第{}页是 narrcheck 附上的问题清单，没有核对。",
}

Margins = dict[int, tuple[float, float]]  # left and right, by the width of a page


def load_pdf(name: str, sha256: str, data: bytes) -> Document:
    """The document in a PDF's bytes; ``name`` is its path, for messages too.

    ``Document.text`` are its lines, a table's row as its cells parted by tabs. Raises
    DocumentError where the file is damaged, encrypted, or has no text.
    """
    pages = list(_pages(name, data))
    if not any(page.items for page in pages):
        raise _without_text(name, pages)
    return document_of_pages(name, sha256, pages)


def document_of_pages(name: str, sha256: str, pages: Sequence[Page]) -> Document:
    """The document that pages make; what of them was not simply read is said in its notices."""
    pages = _without_running_lines(pages)
    margins = _margins(pages)
    shown = ([_shown(item, page, margins) for item in page.items] for page in pages)
    return document_of(name, sha256, shown, paged=True, notices=_notices(pages))


def _notices(pages: Sequence[Page]) -> Iterator[str]:
    read, unread = (
        [number for number, page in enumerate(pages, 1) if page.picture == kind]
        for kind in ("read", "unread")
    )
    yield from notices_of(read, unread)
    for fault, sentence in FAULTS.items():
        numbers = [number for number, page in enumerate(pages, 1) if page.fault == fault]
        if numbers:
            yield sentence.format(listed(numbers))


def _without_text(name: str, pages: Sequence[Page]) -> DocumentError:
    """The error for a file of whose pages nothing could be read."""
    if any(page.picture == "unread" for page in pages):
        return missing(name)
    faults = {page.fault for page in pages}
    if "uncoded" in faults:
        what = "文字没有字符编码，需要文字识别（OCR）"
        return DocumentError(f"{name}：{what}。请运行 {INSTALL} 安装后再检查。")
    if "unseen" in faults:
        what = "文字没有字符编码，文字识别（OCR）也没有读出"
        return DocumentError(f"{name}：{what}，请重新导出后再检查。")
    if "crowded" in faults:
        return DocumentError(f"{name}：页面的文字或图形多得异常，请重新导出后再检查。")
    if "damaged" in faults:
        return _damaged(name)
    return DocumentError(f"{name}：没有可读的文字（可能是扫描件），请先做文字识别（OCR）。")


def _damaged(name: str) -> DocumentError:
    return DocumentError(f"{name}：PDF 已损坏或格式不对，请重新导出后再检查。")


def _pages(name: str, data: bytes) -> Iterator[Page]:
    """The pages, of which only those that are being read are in memory."""
    refuse_unbounded(name, data)
    pdf, count = _opened(name, data)
    done = 0
    with closing(read_pages(pdf, data, count)) as pages:
        for page, work in pages:
            yield page
            done += work
            if done > MOST_WORK:
                raise DocumentError(f"{name}：文字或图形多得异常，请拆分后再检查。")


def _opened(name: str, data: bytes) -> tuple[PDF, int]:
    """The file and how many pages it has; raises DocumentError where it cannot be read."""
    try:
        pdf = open_pdf(data)
        pages = count_pages(pdf, MOST_PAGES)
    except Exception as error:  # the parser raises anything on damaged files
        causes = (error, error.__cause__, error.__context__, *error.args)
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
            raise DocumentError(f"{name}：PDF 已加密，请先解除密码。") from None
        raise _damaged(name) from error
    if pages > MOST_PAGES:
        raise DocumentError(f"{name}：超过 {MOST_PAGES} 页，请拆分后再检查。")
    if not pages:
        raise _damaged(name)
    return pdf, pages


def _without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers, running headers and running footers."""
    lines = [[item for item in page.items if isinstance(item, PageLine)] for page in pages]
    heights = [page.height for page in pages]
    left: list[Page] = []
    for page, own, running in zip(
        pages, lines, running_lines(list(zip(heights, lines, strict=True))), strict=True
    ):
        out = {id(own[index]) for index in running}
        left.append(replace(page, items=tuple(i for i in page.items if id(i) not in out)))
    return left


def _margins(pages: Sequence[Page]) -> Margins:
    """The left and right margin of the running text, by the width of the page.

    The right one is where the longest tenth of the lines ends, the left one where the leftmost
    tenth begins: single lines may hang out. Where no line is long, they are guessed.
    """
    lines: dict[int, list[PageLine]] = {}
    for page in pages:
        of_width = lines.setdefault(round(page.width), [])
        of_width.extend(item for item in page.items if isinstance(item, PageLine))
    margins: Margins = {}
    for width, found in lines.items():
        long = [line.box for line in found if len(line.text) >= LONG]
        lefts = sorted(box[0] for box in long) or [width * 0.15]
        rights = sorted((box[2] for box in long), reverse=True) or [width * 0.85]
        margins[width] = (lefts[len(lefts) // 10], rights[len(rights) // 10])
    return margins


def _shown(item: PageLine | ShownTable, page: Page, margins: Margins) -> Item:
    """The item with its place between the margins of its page."""
    if isinstance(item, ShownTable):
        return _table_turned(item, page.turn) if page.turn else item
    x0, top, x1, bottom = item.box
    layout = Layout(x0, x1, *margins[round(page.width)], item.size, item.first)
    return ShownLine(
        item.shown, layout=layout, top=top, bottom=bottom, edges=item.edges, turn=page.turn
    )


def _table_turned(table: ShownTable, turn: Turn) -> ShownTable:
    """The table with its boxes where they are on the page as it is shown."""
    cells = tuple(
        replace(cell, box=turned(cell.box, turn) if cell.box else None) for cell in table.cells
    )
    return replace(table, cells=cells, box=turned(table.box, turn) if table.box else None)
