"""The pages of a PDF as pictures, with a box over each place that something is said of."""

from __future__ import annotations

from base64 import b64encode
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from narrcheck.document import Box, Document, Where
from narrcheck.load.ocr.read import listed
from narrcheck.load.pdf.pictures import page_pictures
from narrcheck.report.html.places import Place

MOST_PAGES = 40  # of a longer document only the pages that a finding speaks of are shown
LARGEST = 8_000_000  # bytes of all pictures; as text in the page they take a third more


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box over a place, in points from the top left of the page."""

    place: Place
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, from 1: its size in points, its picture as a data: address, its boxes."""

    number: int
    width: float
    height: float
    picture: str
    boxes: tuple[PlacedBox, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages that are shown, and which are not (``1、3～5``, ``""`` for none)."""

    shown: tuple[Sheet, ...] = ()
    left_out: str = ""


def sheets_of(document: Document, places: Sequence[Place], data: bytes) -> Sheets:
    """The pages of a document that is a PDF; of any other, none.

    Those with a finding or its evidence come first where there are too many.
    """
    if PurePath(document.path).suffix.lower() != ".pdf":
        return Sheets()
    boxes: defaultdict[int, list[PlacedBox]] = defaultdict(list)
    spoken_of: set[int] = set()
    for place in places:
        for page, box in _boxes(document, place.where):
            x0, top, x1, bottom = box
            boxes[page].append(PlacedBox(place, x0, top, x1 - x0, bottom - top))
            if place.findings or place.proves:
                spoken_of.add(page)
    everything = range(1, len(document.page_starts) + 1)
    wanted = [page for page in everything if page in spoken_of]
    if len(everything) <= MOST_PAGES:
        wanted += [page for page in everything if page not in spoken_of]
    shown = sorted(_drawn(data, wanted, boxes), key=lambda sheet: sheet.number)
    drawn = {sheet.number for sheet in shown}
    left_out = [page for page in everything if page not in drawn]
    return Sheets(tuple(shown), listed(left_out))


def _drawn(
    data: bytes, wanted: Sequence[int], boxes: dict[int, list[PlacedBox]]
) -> Iterator[Sheet]:
    size = 0
    for each in page_pictures(data, wanted):
        size += len(each.webp)
        if size > LARGEST:
            return
        picture = f"data:image/webp;base64,{b64encode(each.webp).decode('ascii')}"
        placed = tuple(boxes.get(each.number, ()))
        yield Sheet(each.number, each.width, each.height, picture, placed)


def _boxes(document: Document, where: Where) -> Iterator[tuple[int, Box]]:
    """The boxes of a place, each with its page; those of a second file are on none of these."""
    if where.file or where.page is None:
        return
    pages = list(_pages(document, where))
    if len(pages) != len(where.boxes):  # a cell: it has a box of its own, and stands on one page
        pages = [where.page] * len(where.boxes)
    yield from zip(pages, where.boxes, strict=True)


def _pages(document: Document, where: Where) -> Iterator[int]:
    """The page of each printed line that a place stands on."""
    lines = document.lines
    index = max(bisect_right(lines, where.start, key=lambda line: line.start) - 1, 0)
    while index < len(lines) and lines[index].start < where.end:
        if lines[index].box(where.start, where.end):
            yield lines[index].page
        index += 1
