"""Reads PDF files: lines by the overlap of characters, tables by their ruling lines."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.blocks import Layout
from narrcheck.load.caption import is_facts
from narrcheck.load.outline import TABLE_END
from narrcheck.load.pdf_lines import PageLine, chars_of, lines_of
from narrcheck.load.pdf_tables import tables_of
from narrcheck.load.writing import Item, ShownLine, ShownTable, document_of

MOST_PAGES = 1000
PAGE_NUMBER = re.compile(
    r"[\s\-—–－·.~第]*\d{1,4}[\s\-—–－·.~]*(?:页|/\s*\d{1,4})?(?:[\s,，/]*共\s*\d{1,4}\s*页)?"
)
HEAD, FOOT = 0.12, 0.88  # parts of a page's height where running headers and footers stand
LONG = 20  # characters: a line from which the margins can be told


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page, top to bottom."""

    width: float
    height: float
    items: tuple[PageLine | ShownTable, ...]


def load_pdf(name: str, sha256: str, data: bytes) -> Document:
    """The document in a PDF's bytes; ``name`` is its path, for messages too.

    ``Document.text`` are its lines, a table's row as its cells parted by tabs. Raises
    DocumentError where the file is damaged, encrypted, or has no text.
    """
    pages = _without_running_lines(list(_pages(name, data)))
    if not any(page.items for page in pages):
        raise DocumentError(f"{name}：没有可读的文字（可能是扫描件），请先做文字识别（OCR）。")
    margins = _margins(pages)
    shown = ([_shown(item, margins[round(page.width)]) for item in page.items] for page in pages)
    return document_of(name, sha256, shown, paged=True)


def _pages(name: str, data: bytes) -> Iterator[Page]:
    """The pages, read one at a time so that only one is in memory."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise DocumentError(f"{name}：超过 {MOST_PAGES} 页，请拆分后再检查。")
            for page in pdf.pages:
                yield _page(page)
                page.close()
    except DocumentError:
        raise
    except Exception as error:  # the parser raises anything on damaged files
        causes = (error, error.__cause__, error.__context__, *error.args)
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
            raise DocumentError(f"{name}：PDF 已加密，请先解除密码。") from None
        raise DocumentError(f"{name}：PDF 已损坏或格式不对，请重新导出后再检查。") from error


def _page(page: Any) -> Page:
    chars = chars_of(page.chars)
    tables, chars = tables_of(page, chars)
    items: list[PageLine | ShownTable] = [*lines_of(chars), *tables]
    items.sort(key=_top)
    return Page(float(page.width), float(page.height), tuple(items))


def _top(item: PageLine | ShownTable) -> float:
    return item.box[1] if item.box else 0.0


def _without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers, and without lines that stand at one height on three pages."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        lines = [item for item in page.items if isinstance(item, PageLine)]
        counts.update({_running(line) for line in lines if _is_at_edge(page, line)})
    left: list[Page] = []
    for page in pages:
        items = tuple(
            item
            for item in page.items
            if not (
                isinstance(item, PageLine)
                and _is_at_edge(page, item)
                and (PAGE_NUMBER.fullmatch(item.text) or counts[_running(item)] >= 3)
                and not is_facts(item.text)
                and not TABLE_END.search(item.text)
            )
        )
        left.append(replace(page, items=items))
    return left


def _is_at_edge(page: Page, line: PageLine) -> bool:
    _, top, _, bottom = line.box
    return bottom < page.height * HEAD or top > page.height * FOOT


def _running(line: PageLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.box[1] / 6)


def _margins(pages: Sequence[Page]) -> dict[int, tuple[float, float]]:
    """The left and right margin of the running text, by the width of the page.

    The right one is where the longest tenth of the lines ends, the left one where the leftmost
    tenth begins: single lines may hang out. Where no line is long, they are guessed.
    """
    lines: dict[int, list[PageLine]] = {}
    for page in pages:
        of_width = lines.setdefault(round(page.width), [])
        of_width.extend(item for item in page.items if isinstance(item, PageLine))
    margins: dict[int, tuple[float, float]] = {}
    for width, found in lines.items():
        long = [line.box for line in found if len(line.text) >= LONG]
        lefts = sorted(box[0] for box in long) or [width * 0.15]
        rights = sorted((box[2] for box in long), reverse=True) or [width * 0.85]
        margins[width] = (lefts[len(lefts) // 10], rights[len(rights) // 10])
    return margins


def _shown(item: PageLine | ShownTable, margins: tuple[float, float]) -> Item:
    """The item with its place between the margins of the page."""
    if isinstance(item, ShownTable):
        return item
    x0, top, x1, bottom = item.box
    layout = Layout(x0, x1, *margins, item.size, item.first)
    return ShownLine(item.shown, layout=layout, top=top, bottom=bottom, edges=item.edges)
