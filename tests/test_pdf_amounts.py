"""Amounts of real PDFs: each that another reader (pdfium) sees is in one cell of our tables.

What stands here of real documents was read by eye from pictures of their pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest
from made.real import real_document
from test_load_pdf_tables import grid

from narrcheck.document import Box, Cell, Document
from narrcheck.load.pdf.aligned import aligned_tables
from narrcheck.load.pdf.lines import Char, lines_of
from narrcheck.load.pdf.pieces import row_of
from narrcheck.load.pdf.rules import edges_of
from narrcheck.load.pdf.tables import tables_in
from narrcheck.load.writing import ShownCell, ShownTable

# An amount, and the cell where it stands in the ruled tables and in those without rules.
Placed = tuple[int, ShownCell]
Pair = tuple[str, Placed, Placed | None]

AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
SENTENCE = re.compile(r"[\u4e00-\u9fff，。；：]{2}")


@dataclass(frozen=True, slots=True)
class Seen:
    """An amount that pdfium sees: its characters, and its box in points from the top left."""

    text: str
    page: int
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        x0, top, x1, bottom = self.box
        return (x0 + x1) / 2, (top + bottom) / 2


def seen_amounts(path: Path) -> Iterator[Seen]:
    """The amounts on the pages of a PDF, as pdfium reads them."""
    pdf = pypdfium2.PdfDocument(path)
    for number in range(len(pdf)):
        page = pdf[number]
        width, height = page.get_size()
        left, bottom, right, top = page.get_mediabox()
        text = page.get_textpage()
        chars = [text.get_text_range(index, 1) or " " for index in range(text.count_chars())]
        shown = "".join(each[0] for each in chars)
        for match in AMOUNT.finditer(shown):
            boxes = [text.get_charbox(index) for index in range(match.start(), match.end())]
            x0, x1 = min(each[0] for each in boxes), max(each[2] for each in boxes)
            y0, y1 = min(each[1] for each in boxes), max(each[3] for each in boxes)
            if min(x1 - x0, y1 - y0) > 20:
                continue  # the end of one line and the beginning of the next
            box = {
                0: (x0 - left, top - y1, x1 - left, top - y0),
                90: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
                180: (right - x1, y0 - bottom, right - x0, y1 - bottom),
                270: (top - y1, right - x1, top - y0, right - x0),
            }[page.get_rotation()]
            if 0 < box[0] < width and 0 < box[1] < height:
                yield Seen(match.group(), number + 1, box)
    pdf.close()


def cells_by_page(document: Document) -> dict[int, list[tuple[Cell, Box, int, int]]]:
    """The cells on each page: with their box, the number of their table and of their row."""
    pages: dict[int, list[tuple[Cell, Box, int, int]]] = {}
    for number, table in enumerate(document.tables):
        done: set[int] = set()
        for row_number, row in enumerate(table.rows):
            for cell in row:
                if id(cell) in done or cell.where.page is None or not cell.where.boxes:
                    continue
                done.add(id(cell))
                entry = (cell, cell.where.boxes[0], number, row_number)
                pages.setdefault(cell.where.page, []).append(entry)
    return pages


def is_in(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def arrives(amount: Seen, document: Document, found: list[tuple[Cell, Box, int, int]]) -> bool:
    """Whether one cell alone stands where the amount does, prints it, and is level with its row."""
    if len(found) != 1:
        return False
    cell, box, table, row = found[0]
    level = [
        each.where.boxes[0]
        for each in document.tables[table].rows[row]
        if each.where.boxes and each.rows == 1 and each.where.page == amount.page
    ]
    overlaps = [min(box[3], other[3]) - max(box[1], other[1]) for other in level]
    even = cell.rows > 1 or all(each > 0.9 * (box[3] - box[1]) for each in overlaps)
    return even and amount.text in re.sub(r"\s", "", cell.text)


def is_repeated(amount: Seen, document: Document) -> bool:
    """Whether it stands in a row, mostly that of the total, that every page has with the header."""
    first_rows = [row for table in document.tables for row in table.rows[:6]]
    return any(
        cell.text == amount.text and box[0] <= amount.middle[0] <= box[2]
        for row in first_rows
        for cell in row
        for box in cell.where.boxes
    )


def test_every_amount_that_pdfium_sees_arrives_in_one_cell(shared: Path) -> None:
    for path in sorted((shared / "documents").glob("*.pdf")):
        document = real_document(path)
        pages = cells_by_page(document)
        prose = [each.text for each in document.paragraphs if SENTENCE.search(each.text)]
        count, missing, lost = 0, [], []
        for amount in seen_amounts(path):
            on_page = pages.get(amount.page, [])
            found = [entry for entry in on_page if is_in(amount.middle, entry[1])]
            if found:
                count += 1
                missing += [] if arrives(amount, document, found) else [amount]
            elif not (any(amount.text in text for text in prose) or is_repeated(amount, document)):
                lost += [amount] if on_page else []
        good = count - len(missing)
        print(
            f"{path.name}: {good} of {count} arrive, {len(lost)} lost", *missing, *lost, sep="\n  "
        )
        assert (len(missing) + len(lost)) * 1000 <= (count + len(lost)) * 5, path.name


# The number of tables, and of some the title, the rows and columns, and the totals below each
# other in their last row.
READ_BY_EYE = {
    "putuo-guihuaju-2024-juesuan": (10, "收入支出决算总表", (30, 4), ["总计", "9859.38"] * 2),
    "putuo-shegongbu-2024-juesuan": (10, "收入支出决算总表", (32, 4), ["总计", "307.82"] * 2),
    "putuo-wanli-2024-yusuan": (
        9,
        "2024年部门财务收支预算总表",
        (16, 4),
        ["收入总计", "156,211,123", "支出总计", "156,211,123"],
    ),
    "swu-2023-juesuan": (4, "高等学校收支决算总表", (35, 4), ["合计", "569,496.54"] * 2),
    "foshan-guidaoju-2019-juesuan": (
        9,
        "收入支出决算总表",
        (29, 6),
        ["总计", "26", "1668.14", "总计", "52", "1668.14"],
    ),
    "beijing-shenjiju-2026-yusuan-biao": (
        13,
        "收支总表",
        (31, 4),
        ["收入总计", "32,852.053832", "支出总计", "32,852.053832"],
    ),
    "beijing-shenjiju-2026-yusuan-shuoming": (0, "", (0, 0), []),
}


@pytest.mark.parametrize("name", READ_BY_EYE)
def test_tables_are_what_the_eye_sees(shared: Path, name: str) -> None:
    count, title, size, totals = READ_BY_EYE[name]
    tables = real_document(shared / "documents" / f"{name}.pdf").tables
    assert len(tables) == count
    for table in [table for table in tables if table.title == title][:1]:
        assert (len(table.rows), len(table.rows[0])) == size
        assert grid(table)[-1] == totals
    assert not title or title in {table.title for table in tables}


def place(tables: list[ShownTable], x: float, y: float) -> Placed | None:
    """The cell at a point, and the number of its table."""
    for number, table in enumerate(tables):
        for cell in table.cells:
            if cell.box and is_in((x, y), cell.box):
                return number, cell
    return None


def test_amounts_are_in_the_same_rows_and_columns_without_the_rules(shared: Path) -> None:
    total = right = 0
    for path in sorted((shared / "documents").glob("*.pdf")):
        count, good = compared(path)
        print(f"{path.name}: {good} of {count}")
        total, right = total + count, right + good
    print(f"all: {right} of {total}")
    assert right * 100 >= total * 98


def compared(path: Path) -> tuple[int, int]:
    """How many amounts the ruled tables of a PDF have, and how many of them the tables have that
    its characters alone make, together in one row and one column of these."""
    count = good = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            chars = [
                Char(each["text"], each["x0"], each["top"], each["x1"], each["bottom"])
                for each in page.chars
                if each["upright"] and each["text"].strip() and each["bottom"] > 0
            ]
            pairs = list(placed_twice(chars, edges_of(page)))
            count += len(pairs)
            good += in_order(pairs)
            page.close()
    return count, good


def placed_twice(chars: list[Char], edges: Sequence[Box]) -> Iterator[Pair]:
    """Each amount of the ruled tables, with its cell there and in the tables without rules."""
    ruled, _ = tables_in(chars, edges)
    plain, _ = aligned_tables(chars)
    for line in lines_of(chars):
        for piece in row_of(line).pieces:
            point = ((piece.x0 + piece.x1) / 2, (line.box[1] + line.box[3]) / 2)
            there = place(ruled, *point)
            if there and AMOUNT.fullmatch(piece.text.lstrip("-")):
                yield piece.text, there, place(plain, *point)


def in_order(pairs: Sequence[Pair]) -> int:
    """How many amounts stand in the row and column in which most of those beside and below do."""
    rows: defaultdict[tuple[int, int], Counter[tuple[int, int]]] = defaultdict(Counter)
    columns: defaultdict[tuple[int, int], Counter[tuple[int, int]]] = defaultdict(Counter)
    for _, (table, cell), here in pairs:
        if here:
            rows[here[0], here[1].row][table, cell.row] += 1
            columns[here[0], here[1].column][table, cell.column] += 1
    return sum(
        here is not None
        and text in here[1].shown.text.split()
        and rows[here[0], here[1].row].most_common(1)[0][0] == (table, cell.row)
        and columns[here[0], here[1].column].most_common(1)[0][0] == (table, cell.column)
        for text, (table, cell), here in pairs
    )
