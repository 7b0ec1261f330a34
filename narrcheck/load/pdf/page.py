"""Reads the pages of a PDF one by one, none without bound, and sets what they print upright."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTCurve, LTImage, LTLine, LTPage, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from narrcheck.document import Box, Turn, turned
from narrcheck.load.pdf.chars import Printed, printed_on
from narrcheck.load.pdf.lines import Char
from narrcheck.load.pdf.objects import BoundedPDF, TooMuch
from narrcheck.load.pdf.rules import edges_of

MOST_CHARS = 50_000  # on a page; the fullest tables have some 10,000
MOST_SHAPES = 50_000  # on a page; a map has some 10,000
MOST_CONTENT = 10_000_000  # bytes of operators on a page; a map has some millions
EACH = 500  # bytes that the call of a form counts as, beside its own
STAMP = 30  # characters: text in another direction that is more than a number or a stamp

# What it warns of (a font without its box) is of no use to who reads a disclosure; what could not
# be read is said by notices.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

KINDS = {LTChar: "char", LTLine: "line", LTRect: "rect", LTCurve: "curve", LTImage: "image"}

# A quarter turn (see pdf_chars.direction) of a page w wide and h high: there, and back.
TURNS = {
    1: ("0 -1 h 1 0 0", "0 1 0 -1 0 h"),
    2: ("-1 0 w 0 -1 h", "-1 0 w 0 -1 h"),
    3: ("0 1 0 -1 0 w", "0 -1 w 1 0 0"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed on a page in one direction, turned so that it runs from left to right.

    ``edges`` are lines across or down, boxes without breadth. All is in points from the top left
    of the turned page; ``back`` takes a box to the page as it is shown (see ``turned``), None
    where that is the same.
    """

    width: float
    height: float
    chars: tuple[Char, ...]
    edges: tuple[Box, ...]
    back: Turn | None = None


class _Device(PDFPageAggregator):
    """Gathers what a page prints, up to the limits."""

    chars = 0
    shapes = 0
    content = 0

    def render_char(self, *args: Any, **more: Any) -> float:
        """Adds a character; raises TooMuch where there are too many."""
        self.chars += 1
        if self.chars > MOST_CHARS:
            raise TooMuch
        return super().render_char(*args, **more)

    def paint_path(self, *args: Any, **more: Any) -> None:
        """Adds a shape; those beyond the limit are left out, they are drawings and no rules."""
        self.shapes += 1
        if self.shapes <= MOST_SHAPES:
            super().paint_path(*args, **more)

    def render_image(self, *args: Any, **more: Any) -> None:
        """Adds a picture, up to the same limit."""
        self.shapes += 1
        if self.shapes <= MOST_SHAPES:
            super().render_image(*args, **more)


class _Interpreter(PDFPageInterpreter):
    """Runs the operators of a page and of the forms it calls, up to the limit."""

    def execute(self, streams: Sequence[object]) -> None:
        """Runs them; raises TooMuch where there are too many, each call of a form counted."""
        device: Any = self.device
        sizes = (len(stream_value(each).get_data()) for each in streams)
        device.content += sum(sizes) + EACH
        if device.content > MOST_CONTENT:
            raise TooMuch
        super().execute(streams)


class BoundedPage(Page):
    """A page of pdfplumber that is read within the limits.

    ``work`` counts the characters and shapes that were read.
    """

    work = 0
    _read: LTPage | None = None

    @property
    def layout(self) -> LTPage:
        """What the page prints, in the order of printing."""
        if self._read is None:
            device = _Device(self.pdf.rsrcmgr)
            try:
                _Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            finally:
                self.work = device.chars + device.shapes
            self._read = device.get_result()
        return self._read

    def parse(self) -> None:
        """Reads it; raises TooMuch, and anything on damaged pages."""
        _ = self.objects

    def process_object(self, obj: Any) -> dict[str, Any]:
        """What is made use of: the place, the text and its matrix, the points of an outline.

        pdfplumber adds colours, fonts and paths, which takes longer than all the rest of it.
        """
        (left, top), height = self.mediabox[:2], self.height
        found = {
            "object_type": KINDS[obj.__class__],
            "x0": obj.x0 + left,
            "top": height - obj.y1 + top,
            "x1": obj.x1 + left,
            "bottom": height - obj.y0 + top,
            "width": obj.width,
            "height": obj.height,
        }
        if isinstance(obj, LTChar):
            found["text"] = obj.get_text()
            found["matrix"] = obj.matrix
        elif isinstance(obj, LTCurve):
            found["pts"] = [self.point2coord(point) for point in obj.pts]
        return found

    def close(self) -> None:
        """Forgets all that was read of the page."""
        super().close()
        self._read = None


def open_pdf(data: bytes) -> PDF:
    """The PDF of pdfplumber in ``data``; raises what pdfminer raises on damaged files."""
    return BoundedPDF(data)


def count_pages(pdf: PDF, most: int) -> int:
    """How many pages it has, at most ``most`` + 1: the rest is not counted."""
    return sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), most + 1))


def pages_of(pdf: PDF) -> Iterator[BoundedPage]:
    """The pages; each is to be closed by the caller before the next."""
    for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
        # pdfminer mends missing and senseless boxes, pdfplumber takes them as they are.
        page.mediabox, page.cropbox = _ordered(page.mediabox), _ordered(page.cropbox)
        page.attrs.update(MediaBox=list(page.mediabox), CropBox=list(page.cropbox))
        page.attrs["Rotate"] = page.rotate
        for other in ("TrimBox", "BleedBox", "ArtBox"):
            page.attrs.pop(other, None)
        yield BoundedPage(pdf, page, page_number=number)


def _ordered(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def sheet_of(page: BoundedPage) -> tuple[Sheet, int]:
    """What is printed on a page in the direction of most of its characters.

    And how many characters are left out, because they run in another direction; a page number
    beside a turned table does not count. Slanting text (watermarks) and what lies outside the
    part of the page that is shown are no text.
    """
    x0, top, x1, bottom = shown_part(page)
    width, height = x1 - x0, bottom - top
    printed = [
        each
        for each in printed_on(page.chars, (-x0, -top))
        if 0 <= each.middle[0] <= width and 0 <= each.middle[1] <= height
    ]
    edges = [(a - x0, b - top, c - x0, d - top) for a, b, c, d in edges_of(page)]
    ((quarters, _), *others) = Counter(each.quarters for each in printed).most_common() or [(0, 0)]
    left_out = sum(count for _, count in others)
    own = [each for each in printed if each.quarters == quarters]
    return _sheet(own, quarters, edges, (width, height)), left_out if left_out >= STAMP else 0


def shown_part(page: BoundedPage) -> Box:
    """The box of what is shown of a page: that of its crop box, in pdfplumber's points."""
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    cut = [
        max(crop[0] - media[0], 0.0),
        max(media[3] - crop[3], 0.0),
        max(media[2] - crop[2], 0.0),
        max(crop[1] - media[1], 0.0),
    ]  # from the left, the top, the right and the bottom
    turns = page.rotation // 90
    left, top, right, bottom = cut[-turns % 4 :] + cut[: -turns % 4]
    x0, y0, x1, y1 = (float(each) for each in page.mediabox)
    if left + right >= x1 - x0 or top + bottom >= y1 - y0:
        return (x0, y0, x1, y1)
    return (x0 + left, y0 + top, x1 - right, y1 - bottom)


def _sheet(
    printed: Sequence[Printed], quarters: int, edges: Sequence[Box], size: tuple[float, float]
) -> Sheet:
    width, height = size
    if not quarters:
        return Sheet(width, height, tuple(each.char(None) for each in printed), tuple(edges))
    there, back = (_turn(text, size) for text in TURNS[quarters])
    chars = tuple(each.char(there) for each in printed)
    if quarters % 2:
        width, height = height, width
    return Sheet(width, height, chars, tuple(turned(edge, there) for edge in edges), back)


def _turn(text: str, size: tuple[float, float]) -> Turn:
    values = {"w": size[0], "h": size[1], "0": 0.0, "1": 1.0, "-1": -1.0}
    a, b, c, d, e, f = (values[each] for each in text.split())
    return (a, b, c, d, e, f)
