"""Reads PDF files: lines by the overlap of characters, tables by their ruling lines."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from narrcheck.document import Cell, Document, Where
from narrcheck.errors import DocumentError
from narrcheck.load.assemble import assemble
from narrcheck.load.blocks import Grid, Layout, Line
from narrcheck.load.caption import is_facts
from narrcheck.load.contents import split_contents
from narrcheck.load.outline import TABLE_END
from narrcheck.load.pdf_lines import PrintedLine, PrintedTable, chars_of, lines_of, table_of

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
    items: tuple[PrintedLine | PrintedTable, ...]


def load_pdf(name: str, sha256: str, data: bytes) -> Document:
    """The document in a PDF's bytes; ``name`` is its path, for messages too.

    ``Document.text`` are its lines, a table's row as its cells parted by tabs. Raises
    DocumentError where the file is damaged, encrypted, or has no text.
    """
    pages = _without_running_lines(list(_pages(name, data)))
    if not any(page.items for page in pages):
        raise DocumentError(f"{name}：没有可读的文字（可能是扫描件），请先做文字识别（OCR）。")
    printed = _Printed([], [], [], [])
    margins = _margins(pages)
    size = 0
    for number, page in enumerate(pages, 1):
        printed.page_starts.append(size)
        for item in page.items:
            size = (
                _print_table(printed, item, size, number)
                if isinstance(item, PrintedTable)
                else _print_line(printed, item, size, margins[round(page.width)])
            )
    text = "".join(printed.text)
    starts = (tuple(printed.line_starts), tuple(printed.page_starts))
    shell = Document(name, sha256, "", "", None, text, *starts, (), (), ())
    contents, rest = split_contents(printed.blocks)
    return assemble(shell, contents, rest, contents[0].offset(0) if contents else 0)


@dataclass(frozen=True, slots=True)
class _Printed:
    """The document's text as it grows, and the blocks that it is made of."""

    text: list[str]
    line_starts: list[int]
    page_starts: list[int]
    blocks: list[Line | Grid]


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
    tables: list[PrintedTable] = []
    for found in page.find_tables() if chars else ():
        x0, top, x1, bottom = found.bbox
        inside = [
            char
            for char in chars
            if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
        ]
        table = table_of(found.bbox, found.cells, inside)
        if table.columns < 2 or not any(cell.text for cell in table.cells):
            continue  # a frame around text
        tables.append(table)
        taken = set(inside)
        chars = [char for char in chars if char not in taken]
    items: list[PrintedLine | PrintedTable] = [*lines_of(chars), *tables]
    items.sort(key=lambda item: item.box[1])
    return Page(float(page.width), float(page.height), tuple(items))


def _without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers, and without lines that stand at one height on three pages."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({_running(line) for line in page.items if _is_at_edge(page, line)})
    left: list[Page] = []
    for page in pages:
        items = tuple(
            item
            for item in page.items
            if not (
                isinstance(item, PrintedLine)
                and _is_at_edge(page, item)
                and (PAGE_NUMBER.fullmatch(item.text) or counts[_running(item)] >= 3)
                and not is_facts(item.text)
                and not TABLE_END.search(item.text)
            )
        )
        left.append(replace(page, items=items))
    return left


def _is_at_edge(page: Page, item: PrintedLine | PrintedTable) -> bool:
    _, top, _, bottom = item.box
    return isinstance(item, PrintedLine) and (
        bottom < page.height * HEAD or top > page.height * FOOT
    )


def _running(item: PrintedLine | PrintedTable) -> tuple[str, int]:
    text = item.text if isinstance(item, PrintedLine) else ""
    return re.sub(r"\d+", "0", text), round(item.box[1] / 6)


def _margins(pages: Sequence[Page]) -> dict[int, tuple[float, float]]:
    """The left and right margin of the running text, by the width of the page.

    The right one is where the longest tenth of the lines ends, the left one where the leftmost
    tenth begins: single lines may hang out. Where no line is long, they are guessed.
    """
    lines: dict[int, list[PrintedLine]] = {}
    for page in pages:
        of_width = lines.setdefault(round(page.width), [])
        of_width.extend(item for item in page.items if isinstance(item, PrintedLine))
    margins: dict[int, tuple[float, float]] = {}
    for width, found in lines.items():
        long = [line.box for line in found if len(line.text) >= LONG]
        lefts = sorted(box[0] for box in long) or [width * 0.15]
        rights = sorted((box[2] for box in long), reverse=True) or [width * 0.85]
        margins[width] = (lefts[len(lefts) // 10], rights[len(rights) // 10])
    return margins


def _print_line(
    printed: _Printed, line: PrintedLine, start: int, margins: tuple[float, float]
) -> int:
    """Adds a line; the offset after it."""
    left, right = margins
    layout = Layout(line.box[0], line.box[2], left, right, line.size, line.first)
    printed.blocks.append(Line(line.text, start, layout=layout))
    printed.line_starts.append(start)
    printed.text.append(f"{line.text}\n")
    return start + len(line.text) + 1


def _print_table(printed: _Printed, table: PrintedTable, start: int, page: int) -> int:
    """Adds a table, each of its rows a line; the offset after it."""
    places: dict[tuple[int, int], Cell] = {}
    offset = start
    for number in range(table.rows):
        printed.line_starts.append(offset)
        mine = sorted((c for c in table.cells if c.row == number), key=lambda cell: cell.column)
        for each in mine:
            place = Where(offset, offset + len(each.text), page=page, boxes=(each.box,))
            cell = Cell(each.text, place, each.rows, each.columns)
            for row in range(each.row, each.row + each.rows):
                for column in range(each.column, each.column + each.columns):
                    places[row, column] = cell
            offset += len(each.text) + 1
        printed.text.append("\t".join(each.text for each in mine) + "\n")
        offset += 0 if mine else 1
    empty = Cell("", Where(start, start, page=page))
    rows = tuple(
        tuple(places.get((row, column), empty) for column in range(table.columns))
        for row in range(table.rows)
    )
    printed.blocks.append(Grid(rows, Where(start, offset - 1, page=page, boxes=(table.box,))))
    return offset
