"""Puts the characters of a printed page together to the cells of its tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from narrcheck.document import Box
from narrcheck.load.pdf_lines import Char, lines_of
from narrcheck.load.writing import Shown, ShownCell, ShownTable

SAME_EDGE = 2.5  # points: rules nearer than this are one rule


def tables_of(page: Any, chars: list[Char]) -> tuple[list[ShownTable], list[Char]]:
    """The tables of a page of pdfplumber, and the characters that stand in none of them."""
    tables: list[ShownTable] = []
    for found in page.find_tables() if chars else ():
        x0, top, x1, bottom = found.bbox
        inside = [
            char
            for char in chars
            if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
        ]
        table = table_of(found.bbox, found.cells, inside)
        if table.columns < 2 or not any(cell.shown.text for cell in table.cells):
            continue  # a frame around text
        tables.append(table)
        taken = set(inside)
        chars = [char for char in chars if char not in taken]
    return tables, chars


def table_of(box: Box, cell_boxes: Sequence[Box], chars: Iterable[Char]) -> ShownTable:
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
        ShownCell(_cell_text(inside.get(index, ())), first, left, last - first, right - left, cell)
        for index, (cell, (left, first, right, last)) in enumerate(
            zip(cell_boxes, spans, strict=True)
        )
        if last > first and right > left
    )
    return ShownTable(cells, len(ys) - 1, len(xs) - 1, box)


def _cell_text(chars: Iterable[Char]) -> Shown:
    return Shown("".join(line.text for line in lines_of(chars)).strip())


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
