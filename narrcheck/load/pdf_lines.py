"""Puts the characters of a printed page together: to lines, and to the cells of ruled tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]

# What stays on one line: a number, a word, and the punctuation after it.
UNBROKEN = re.compile(r"(?:[\dA-Za-z.,:/%％]+|.)[，。；：、）)”》]*")
SAME_EDGE = 2.5  # points: rules nearer than this are one rule


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character and its box, in points from the page's top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it lies on the page; ``first`` is the width of its first unbreakable piece."""

    text: str
    box: Box
    size: float
    first: float


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a ruled table: its text, box, first row and column, and how many it covers."""

    text: str
    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A ruled table as it lies on one page."""

    box: Box
    cells: tuple[PrintedCell, ...]
    rows: int
    columns: int


def chars_of(page_chars: Iterable[dict[str, Any]]) -> list[Char]:
    """The visible upright characters; those printed twice for boldness once."""
    chars: list[Char] = []
    seen: set[tuple[str, int, int]] = set()
    for each in page_chars:
        text = str(each["text"])
        if not each.get("upright", True) or not text.strip():
            continue
        key = (text, round(each["x0"] / 1.5), round(each["top"] / 1.5))
        if key in seen:
            continue
        seen.add(key)
        chars.append(Char(text, each["x0"], each["top"], each["x1"], each["bottom"]))
    return chars


def lines_of(chars: Iterable[Char]) -> list[PrintedLine]:
    """The lines that characters form, top to bottom.

    Characters whose boxes overlap by half of the lower one's height stand on one line: digits
    often come in another font, a little higher or lower than the words around them.
    """
    rows: list[list[Char]] = []
    spans: list[tuple[float, float]] = []
    for char in sorted(chars, key=lambda each: (each.top + each.bottom, each.x0)):
        for index in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            top, bottom = spans[index]
            overlap = min(bottom, char.bottom) - max(top, char.top)
            if overlap * 2 > min(bottom - top, char.bottom - char.top):
                rows[index].append(char)
                break
        else:
            rows.append([char])
            spans.append((char.top, char.bottom))
    lines = [_line(sorted(row, key=lambda each: each.x0)) for row in rows]
    return sorted(lines, key=lambda line: line.box[1])


def _line(chars: Sequence[Char]) -> PrintedLine:
    text = ""
    places: list[int] = []
    last: Char | None = None
    size = sorted(char.bottom - char.top for char in chars)[len(chars) // 2]
    for char in chars:
        if last and _is_apart(last, char, size):
            text += " "
        places.append(len(text))
        text += char.text
        last = char
    match = UNBROKEN.match(text)
    count = bisect_right(places, (match.end() if match else 1) - 1)
    box = (
        chars[0].x0,
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
    )
    return PrintedLine(text, box, size, chars[max(count - 1, 0)].x1 - chars[0].x0)


def _is_apart(left: Char, right: Char, size: float) -> bool:
    """Whether a space shows between two characters; between Latin words a narrower one does."""
    latin = left.text[-1].isascii() and right.text[0].isascii()
    letters = latin and (left.text[-1].isalpha() or right.text[0].isalpha())
    return right.x0 - left.x1 > size * (0.15 if letters else 0.55)


def table_of(box: Box, cell_boxes: Sequence[Box], chars: Iterable[Char]) -> PrintedTable:
    """The table whose cells are ruled off at ``cell_boxes``, with the characters inside it."""
    xs = _edges(edge for cell in cell_boxes for edge in (cell[0], cell[2]))
    ys = _edges(edge for cell in cell_boxes for edge in (cell[1], cell[3]))
    spans = [
        (_nearest(xs, x0), _nearest(ys, top), _nearest(xs, x1), _nearest(ys, bottom))
        for x0, top, x1, bottom in cell_boxes
    ]
    owner = {
        (row, column): index
        for index, (left, first, right, last) in enumerate(spans)
        for row in range(first, last)
        for column in range(left, right)
    }
    inside: dict[int, list[Char]] = {}
    for char in chars:
        column = bisect_right(xs, (char.x0 + char.x1) / 2) - 1
        row = bisect_right(ys, (char.top + char.bottom) / 2) - 1
        if (row, column) in owner:
            inside.setdefault(owner[row, column], []).append(char)
    cells = tuple(
        PrintedCell(
            _cell_text(inside.get(index, ())), cell, first, left, last - first, right - left
        )
        for index, (cell, (left, first, right, last)) in enumerate(
            zip(cell_boxes, spans, strict=True)
        )
        if last > first and right > left
    )
    return PrintedTable(box, cells, len(ys) - 1, len(xs) - 1)


def _cell_text(chars: Iterable[Char]) -> str:
    return "".join(line.text for line in lines_of(chars)).strip()


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
