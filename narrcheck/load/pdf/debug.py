"""Draws what was found on the pages of a PDF over their pictures, for a look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from narrcheck.document import Box, Document
from narrcheck.errors import DocumentError
from narrcheck.load import load
from narrcheck.load.pdf.rules import edges_of, rules_of

RESOLUTION = 100  # pixels to the inch
# What is drawn, the lower first: its colour, its filling (with how much of it) and its breadth.
STYLES = {
    "rules": ("#00b7ff", None, 3),
    "cells": ("#2ca02c", (44, 160, 44, 30), 1),
    "lines": ("#ff7f0e", (255, 127, 14, 30), 1),
    "words": ("#9467bd", None, 1),
    "tables": ("#d62728", None, 3),
}


@dataclass(slots=True)
class _Found:
    """The boxes of what was found on one page."""

    cells: list[Box] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    words: list[Box] = field(default_factory=list)
    tables: list[Box] = field(default_factory=list)


def draw_pages(path: Path, folder: Path) -> list[Path]:
    """Writes a picture of each page of the PDF at ``path`` into ``folder``; their paths.

    On it are the rules (blue), the cells (green), the tables (red), the lines outside tables
    (orange) and their words (violet) as the document has them: a line without a colour is a
    running header. Raises DocumentError where the PDF cannot be read or a picture not written.
    """
    import pdfplumber

    found = _found_by_page(load(path))
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with pdfplumber.open(path) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                target = folder / f"{path.stem}-{number:03}.png"
                _draw(page, found[number], target)
                written.append(target)
                page.close()
    except OSError as error:
        raise DocumentError(f"{folder}：无法写入（{error.strerror}），请检查文件夹。") from None
    return written


def _found_by_page(document: Document) -> defaultdict[int, _Found]:
    pages: defaultdict[int, _Found] = defaultdict(_Found)
    for line in document.lines:
        found = pages[line.page]
        found.lines.append((line.edges[0], line.top, line.edges[-1], line.bottom))
        end = line.start + len(line.edges) - 1
        found.words.extend(
            box
            for start, stop in _words(document.text[line.start : end])
            if (box := line.box(line.start + start, line.start + stop))
        )
    for table in document.tables:
        cells = {id(cell): cell.where for row in table.rows for cell in row}
        by_page: defaultdict[int, list[Box]] = defaultdict(list)
        for where in cells.values():
            by_page[where.page or 0].extend(where.boxes[:1])
        for page, boxes in by_page.items():
            pages[page].cells.extend(boxes)
            pages[page].tables.extend([_around(boxes)] if boxes else [])
    return pages


def _words(text: str) -> Iterator[tuple[int, int]]:
    """From where to where the words of a line go, as white space parts them."""
    start = 0
    for word in text.split(" "):
        if word:
            yield start, start + len(word)
        start += len(word) + 1


def _around(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _draw(page: Any, found: _Found, target: Path) -> None:
    """Draws what was found on a page of pdfplumber into a picture of it."""
    rules = rules_of(edges_of(page))
    ruled = [
        *((each.start, each.at, each.end, each.at) for each in rules.across),
        *((each.at, each.start, each.at, each.end) for each in rules.down),
    ]
    picture = page.to_image(resolution=RESOLUTION)
    for name, (colour, fill, breadth) in STYLES.items():
        if name == "rules":
            lines = [((x0, top), (x1, bottom)) for x0, top, x1, bottom in ruled]
            picture.draw_lines(lines, stroke=colour, stroke_width=breadth)
        else:
            boxes = [_within(box, page) for box in getattr(found, name)]
            picture.draw_rects(boxes, fill=fill, stroke=colour, stroke_width=breadth)
    picture.save(str(target))


def _within(box: Box, page: Any) -> Box:
    """The box, no part of which is beyond the edge of the page."""
    x0, top, x1, bottom = (float(each) for each in page.bbox)
    left, right = sorted((min(max(box[0], x0), x1), min(max(box[2], x0), x1)))
    upper, lower = sorted((min(max(box[1], top), bottom), min(max(box[3], top), bottom)))
    return (left, upper, right, lower)
