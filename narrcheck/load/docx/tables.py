"""Tables of Word files: merged cells, rows changed under review, frames that only lay out text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrcheck.load.caption import facts_of_row
from narrcheck.load.docx.names import MC, W, child_value, number_of
from narrcheck.load.docx.text import chosen, gap_in_cell, joined
from narrcheck.load.sheets.rows import MOST_CELLS, too_many_cells
from narrcheck.load.writing import Item, Shown, ShownCell, ShownLine, ShownTable

if TYPE_CHECKING:
    from lxml.etree import _Element

WRAPPERS = frozenset(W + name for name in ("sdtContent", "customXml", "ins", "moveTo"))
MOST_COLUMNS = 63  # in Word
CAPTION_ROWS = 3  # a table of no more rows, which say only 单位：万元 and the like, is a caption


@dataclass(slots=True)
class Cell:
    """A cell as it grows over merged rows and columns; ``items`` are what it holds."""

    items: Sequence[Item]
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def table_items(
    table: _Element, read: Callable[[_Element], Iterable[Item]], name: str
) -> Iterator[Item]:
    """What a w:tbl shows: a table, or the lines and tables that it only lays out.

    ``read`` gives the content of a cell. Raises DocumentError, which names the file ``name``,
    where the grid is too large.
    """
    rows = _rows(table, read)
    if not any(_holds_two(row) for row in rows):
        for row in rows:
            for cell in row:
                yield from cell.items
        return
    shown = [
        [
            ShownCell(_text(cell.items), cell.row, cell.column, cell.rows, cell.columns)
            for cell in row
        ]
        for row in rows
    ]
    caption = _caption(shown)
    if caption:
        yield from caption
        return
    cells = tuple(cell for row in shown for cell in row)
    columns = max(cell.column + cell.columns for cell in cells)
    if columns * len(rows) > MOST_CELLS:
        raise too_many_cells(name)
    yield ShownTable(cells, len(rows), columns)


def children(parent: _Element, name: str) -> Iterator[_Element]:
    """The rows of a table, or the cells of a row, also those in content controls and the like."""
    for child in parent:
        tag = child.tag
        if tag == name:
            yield child
        elif tag in WRAPPERS:
            yield from children(child, name)
        elif tag == W + "sdt":
            for content in child.iterfind(W + "sdtContent"):
                yield from children(content, name)
        elif tag == MC + "AlternateContent":
            yield from children(chosen(child), name)


def _rows(table: _Element, read: Callable[[_Element], Iterable[Item]]) -> list[list[Cell]]:
    """The rows that are shown; a cell merged over rows is in the first."""
    rows: list[list[Cell]] = []
    open_cells: dict[int, Cell] = {}
    for row in children(table, W + "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and (
            properties.find(W + "del") is not None or properties.find(W + "moveFrom") is not None
        ):
            continue
        before = (
            number_of(properties.find(W + "gridBefore"), "val") if properties is not None else 0
        )
        column = min(max(before or 0, 0), MOST_COLUMNS)
        cells: list[Cell] = []
        covered = False
        for node in children(row, W + "tc"):
            settings = node.find(W + "tcPr")
            span, down, right, deleted = _settings(settings)
            if deleted:
                continue
            above = open_cells.get(column)
            if down == "continue" and above and _reaches(above, len(rows), span):
                above.rows += 1
                covered = True
            elif right == "continue" and cells:
                cells[-1].columns += span
            else:
                cells.append(Cell(list(read(node)), len(rows), column, 1, span))
                open_cells[column] = cells[-1]
            column += span
        if cells or covered:
            rows.append(cells)
    return rows


def _settings(properties: _Element | None) -> tuple[int, str, str, bool]:
    """Of a cell: columns, whether it goes on downwards, to the right, and was deleted."""
    if properties is None:
        return 1, "", "", False
    span = number_of(properties.find(W + "gridSpan"), "val") or 1
    merged = [
        "" if properties.find(W + name) is None else child_value(properties, name) or "continue"
        for name in ("vMerge", "hMerge")
    ]
    deleted = properties.find(W + "cellDel") is not None
    return min(max(span, 1), MOST_COLUMNS), merged[0], merged[1], deleted


def _reaches(above: Cell, row: int, span: int) -> bool:
    """Whether a cell stands right above ``row`` and is as wide."""
    return above.row + above.rows == row and above.columns == span


def _holds_two(row: Sequence[Cell]) -> bool:
    """Whether two cells of the row hold something: a frame of one column lays out text."""
    return sum(any(_holds_something(item) for item in cell.items) for cell in row) > 1


def _holds_something(item: Item) -> bool:
    return isinstance(item, ShownTable) or bool(item.shown.text.strip())


def _text(items: Iterable[Item]) -> Shown:
    """All that a cell holds on one line, a table in it cell by cell."""
    parts: list[Shown] = []
    for item in items:
        if isinstance(item, ShownTable):
            parts.extend(cell.shown for cell in item.cells)
        else:
            parts.append(item.shown)
    return joined(parts, gap_in_cell)


def _caption(rows: Sequence[Sequence[ShownCell]]) -> list[ShownLine]:
    """The lines of a table that lays out the caption of another, none if it is no such table."""
    if len(rows) > CAPTION_ROWS:
        return []
    lines: list[ShownLine] = []
    told = False
    for row in rows:
        texts = [cell.shown.text for cell in row if cell.shown.text]
        if len(texts) > 1 and not facts_of_row(texts):
            return []
        told = told or bool(facts_of_row(texts))
        line = joined((cell.shown for cell in row), lambda before, after: " ")
        lines.extend([ShownLine(line, whole=True)] if line.text else [])
    return lines if told else []
