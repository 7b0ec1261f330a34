"""The text of real PDFs, held against what another reader, pdfium, finds on the same pages.

Nothing here is compared with what narrcheck itself would extract: pdfium parses the file, orders
the characters and makes the lines on its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from made.real import real_document

from narrcheck.claims import read_claims
from narrcheck.document import Box, Document, Paragraph, Where
from narrcheck.patterns import load_patterns
from narrcheck.tables import read_tables

AMOUNT = re.compile(r"\d[\d,.，．]*(?:亿元|万元|元|个百分点|[%％])")
SPACED = re.compile(r"\d[\d,.，．\s]*(?:亿\s*元|万\s*元|元|个\s*百\s*分\s*点|[%％])")
SENTENCE = re.compile(r"[^。；]+[。；]?")
NUMBER_LINE = re.compile(r"[\s\-—–]*\d{1,3}[\s\-—–]*")
BLANK = re.compile(r"[\s\ufffe\u200b\xad]+")


def squeezed(text: str) -> str:
    """The text without white space and pdfium's marks of hyphens; radicals as characters."""
    return unicodedata.normalize("NFKC", BLANK.sub("", text))


class Witness:
    """A PDF as pdfium reads it."""

    def __init__(self, path: Path) -> None:
        self.pdf = pypdfium2.PdfDocument(path)
        self.texts = [page.get_textpage() for page in self.pdf]
        self.lines = [text.get_text_bounded().splitlines() for text in self.texts]
        self.pages = [squeezed("".join(lines)) for lines in self.lines]
        masked = Counter(mask for lines in self.lines for mask in {self.mask(x) for x in lines})
        self.inner = [
            squeezed("".join(line for line in lines if not self._runs(line, masked)))
            for lines in self.lines
        ]

    @staticmethod
    def mask(line: str) -> str:
        return re.sub(r"\d+", "0", squeezed(line))

    def _runs(self, line: str, masked: Counter[str]) -> bool:
        """Whether a line is a page number, or stands on most pages."""
        return NUMBER_LINE.fullmatch(line) is not None or masked[self.mask(line)] * 2 > len(
            self.lines
        )

    def within(self, number: int, box: Box) -> str:
        """The text in a box of a page (from 1), which is in points from its top left."""
        x0, top, x1, bottom = box
        page = self.pdf[number - 1]
        left, lowest, right, highest = page.get_cropbox()
        inset = min(x1 - x0, bottom - top) * 0.1
        x0, top, x1, bottom = x0 + inset, top + inset, x1 - inset, bottom - inset
        placed = {
            0: (left + x0, highest - bottom, left + x1, highest - top),
            90: (left + top, lowest + x0, left + bottom, lowest + x1),
            180: (right - x1, lowest + top, right - x0, lowest + bottom),
            270: (right - bottom, highest - x1, right - top, highest - x0),
        }[page.get_rotation()]
        return squeezed(self.texts[number - 1].get_text_bounded(*placed))

    def amounts_outside(self, number: int, boxes: Sequence[Box]) -> Iterator[str]:
        """The amounts of an upright page (from 1) whose first digit stands in none of ``boxes``."""
        text = self.texts[number - 1]
        _, _, _, highest = self.pdf[number - 1].get_cropbox()
        shown: list[str] = []
        places: list[int] = []
        for index in range(text.count_chars()):
            for each in squeezed(text.get_text_range(index, 1)):
                shown.append(each)
                places.append(index)
        for found in AMOUNT.finditer("".join(shown)):
            x0, y0, x1, y1 = text.get_charbox(places[found.start()])
            x, y = (x0 + x1) / 2, highest - (y0 + y1) / 2
            if not any(a <= x <= c and b <= y <= d for a, b, c, d in boxes):
                yield found.group()


@cache
def seen(path: Path) -> Witness:
    return Witness(path)


@pytest.fixture(scope="module")
def papers(shared: Path) -> list[Path]:
    return sorted((shared / "documents").glob("*.pdf"))


def sentences(document: Document) -> Iterator[tuple[Paragraph, str, Where]]:
    """The sentences of the narrative that hold an amount, with their places."""
    for paragraph in document.paragraphs:
        for found in SENTENCE.finditer(paragraph.text):
            if paragraph.role in ("body", "note") and AMOUNT.search(squeezed(found.group())):
                start, last = (paragraph.offset(at) for at in (found.start(), found.end() - 1))
                yield paragraph, found.group(), document.where(start, last + 1)


def test_every_sentence_with_an_amount_stands_so_on_its_pages(papers: list[Path]) -> None:
    whole, over_pages, missed = 0, 0, []
    for path in papers:
        document, witness = real_document(path), seen(path)
        for _, sentence, where in sentences(document):
            first = where.page or 0
            last = document.where(where.end - 1, where.end).page or 0
            wanted = squeezed(sentence)
            if any(wanted in witness.pages[page - 1] for page in (first, last)):
                whole += 1
            elif last > first and wanted in "".join(witness.inner[first - 1 : last]):
                over_pages += 1
            else:
                missed.append((path.name, first, sentence))
    print(f"{whole} sentences on one page, {over_pages} over two, {len(missed)} not found")
    assert not missed
    assert whole > 500
    assert over_pages > 3


def amounts_on_one_page(document: Document) -> Iterator[str]:
    """The amounts of the narrative; those that a page break cuts pdfium cannot see."""
    for paragraph in (*document.paragraphs, *document.contents):
        for found in SPACED.finditer(paragraph.text):
            pages = {
                document.where(at, at + 1).page
                for at in map(paragraph.offset, (found.start(), found.end() - 1))
            }
            if len(pages) == 1:
                yield squeezed(found.group())


def test_every_amount_outside_of_tables_is_in_a_paragraph(papers: list[Path]) -> None:
    compared = 0
    wrong = {}
    for path in papers:
        document, witness = real_document(path), seen(path)
        tables: dict[int, list[Box]] = {}
        for table in document.tables:
            for cell in {id(cell): cell for row in table.rows for cell in row}.values():
                tables.setdefault(cell.where.page or 0, []).extend(cell.where.boxes)
            # The rest of a row that a page break cut is in its cells: on each page one box.
            for number, box in enumerate(table.where.boxes, table.where.page or 0):
                tables.setdefault(number, []).append(box)
        theirs = Counter(
            amount
            for number, page in enumerate(witness.pdf, 1)
            if page.get_rotation() == 0
            for amount in witness.amounts_outside(number, tables.get(number, ()))
        )
        ours = Counter(amounts_on_one_page(document))
        compared += theirs.total()
        if theirs - ours or ours - theirs:
            wrong[path.name] = (theirs - ours, ours - theirs)
    print(f"{compared} amounts outside of tables")
    assert not wrong
    assert compared > 1000


def test_the_boxes_of_a_claim_hold_its_words_and_nothing_else(papers: list[Path]) -> None:
    patterns = load_patterns()
    right, wrong = 0, []
    for path in papers:
        document, witness = real_document(path), seen(path)
        for claim in read_claims(document, patterns, read_tables(document, patterns.tables)).claims:
            where = claim.where
            page = where.page or 0
            stated = squeezed(document.text[where.start : where.end])
            last = document.where(where.end - 1, where.end).page
            if last != page:
                continue  # over two pages
            there = "".join(witness.within(page, box) for box in where.boxes)
            if there == stated:
                right += 1
            else:
                wrong.append((path.name, page, stated, there))
    print(f"{right} claims in their boxes, {len(wrong)} not")
    assert right * 100 >= (right + len(wrong)) * 99, wrong
    assert right > 1000
