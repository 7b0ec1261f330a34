"""Puts the characters of a printed page together to the cells of its tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from narrcheck.document import Box
from narrcheck.load.caption import is_facts, is_note
from narrcheck.load.pdf.aligned import aligned_table, aligned_tables
from narrcheck.load.pdf.cells import Frame, area, around, frames_of, nearest
from narrcheck.load.pdf.lines import Char, lines_of
from narrcheck.load.pdf.numbers import fit_of, numbers_in_cells, text_of_cell
from narrcheck.load.pdf.pieces import row_of
from narrcheck.load.pdf.row_lines import rows_parted
from narrcheck.load.pdf.rules import rules_of
from narrcheck.load.writing import ShownCell, ShownTable

MOST_SHADED = 40  # cells; tables have more, shaded words hardly
SAME_EDGE = 2.5  # points: rules nearer than this are one rule


def tables_in(chars: list[Char], edges: Iterable[Box]) -> tuple[list[ShownTable], list[Char]]:
    """The tables among characters, and the characters that stand in none of them.

    ``edges`` are lines across or down, boxes without breadth, in points from the top left.
    Tables that no rules part are found by their columns.
    """
    tables: list[ShownTable] = []
    middles = [((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) for char in chars]
    for frame in frames_of(rules_of(edges), middles):
        inside = _inside(frame.box, chars)
        table = _table_in(frame, inside) if inside else None
        if table:
            tables.append(table)
            taken = {id(char) for char in _in_cells(table, inside)}
            chars = [char for char in chars if id(char) not in taken]
    aligned, chars = aligned_tables(chars)
    return [*tables, *aligned], chars


def _table_in(frame: Frame, inside: Sequence[Char]) -> ShownTable | None:
    """The table in a frame; None where it is a frame around text."""
    cells = _without_margins(frame, inside)
    if _is_read_through(cells, inside):
        return None
    if not all(cell[0] == frame.box[0] and cell[2] == frame.box[2] for cell in cells):
        cells = rows_parted(cells, inside)
        table = table_of(around(cells), cells, inside)
        if table.columns > 1:
            return table if any(cell.shown.text for cell in table.cells) else None
    rows = [row_of(line) for line in lines_of(_inside(around(cells), inside))]
    between = [cell[1] for cell in cells[1:]]
    return aligned_table(rows, 1, between) if len(cells) > 1 else None


def _without_margins(frame: Frame, inside: Sequence[Char]) -> Sequence[Box]:
    """The cells of a frame without those above and below a table, where it frames the page."""
    cells = frame.cells
    for index, most in ((0, 1), (-1, 3)):
        x0, _, x1, _ = cells[index]
        if len(cells) < 3 or (x0, x1) != (frame.box[0], frame.box[2]):
            continue
        lines = lines_of(_inside(cells[index], inside))
        captioned = any(is_facts(line.text) or is_note(line.text) for line in lines)
        if len(lines) > 3 or (len(lines) > most and captioned):
            cells = cells[1:] if index == 0 else cells[:-1]
    return cells


def _is_read_through(cells: Sequence[Box], inside: Sequence[Char]) -> bool:
    """Whether lines of text go on from cell to cell: words that are shaded, and no cells."""
    if len(cells) > MOST_SHADED:
        return False
    through = met = 0
    for line in lines_of(inside):
        middle = (line.box[1] + line.box[3]) / 2
        for x0, top, _, bottom in cells:
            if not (top <= middle <= bottom and line.edges[0] + 1 < x0 < line.edges[-1] - 1):
                continue
            met += 1
            after = bisect_right(line.edges, x0)
            through += " " not in line.text[max(after - 2, 0) : after + 1]
    return met >= 2 and through * 2 > met


def _in_cells(table: ShownTable, chars: Sequence[Char]) -> list[Char]:
    """The characters that stand in a cell; those in a gap between cells are text of the page."""
    boxes = [cell.box for cell in table.cells if cell.box]
    if table.box is None:
        return []
    whole = _inside(table.box, chars)
    if sum(map(area, boxes)) >= area(table.box) * 0.99:
        return whole
    return [char for char in whole if any(_inside(box, (char,)) for box in boxes)]


def _inside(box: Box, chars: Iterable[Char]) -> list[Char]:
    x0, top, x1, bottom = box
    return [
        char
        for char in chars
        if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
    ]


def table_of(box: Box, cell_boxes: Sequence[Box], chars: Iterable[Char]) -> ShownTable:
    """The table whose cells are ruled off at ``cell_boxes``, with the characters inside it."""
    xs = _edges(edge for cell in cell_boxes for edge in (cell[0], cell[2]))
    ys = _edges(edge for cell in cell_boxes for edge in (cell[1], cell[3]))
    spans = [
        (nearest(xs, x0), nearest(ys, top), nearest(xs, x1), nearest(ys, bottom))
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
    numbers_in_cells(inside, cell_boxes)
    cells: list[ShownCell] = []
    for index, (cell, (left, first, right, last)) in enumerate(zip(cell_boxes, spans, strict=True)):
        if last > first and right > left:
            lines = lines_of(inside[index]) if index in inside else []
            width = cell[2] - cell[0]
            shown, fit = text_of_cell(lines, width), fit_of(lines, width)
            cells.append(ShownCell(shown, first, left, last - first, right - left, cell, fit))
    return ShownTable(tuple(cells), len(ys) - 1, len(xs) - 1, box)


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges
