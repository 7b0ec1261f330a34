"""Makes lines and tables of a sheet's cells: captions, notes and prose stand in its rows too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from narrcheck.errors import DocumentError
from narrcheck.load.blocks import MARKUP
from narrcheck.load.caption import Facts, facts_of_row, is_note, is_title_like
from narrcheck.load.contents import TITLE as CONTENTS
from narrcheck.load.outline import TABLE_END, begins_entry
from narrcheck.load.spacing import lines_of_text, on_one_line
from narrcheck.load.writing import Item, Shown, ShownCell, ShownLine, ShownTable

MOST_CELLS = 300_000  # of one table, empty ones included
MOST_STORED = 2_000_000  # in a workbook or a page: programs leave behind many empty ones
LONG = 60  # characters: no title, and no name of a row
UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What one cell shows, lines parted by ``\\n``; its place, and how many it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in one row and show something, left to right; never none.

    ``gap``: nothing shows in the row before. ``covered``: a cell from above reaches into it.
    """

    cells: tuple[SheetCell, ...]
    gap: bool
    covered: bool

    @property
    def number(self) -> int:
        """Which row of the sheet it is."""
        return self.cells[0].row

    @property
    def left(self) -> int:
        """The column in which the first of its cells begins."""
        return self.cells[0].column

    @property
    def texts(self) -> list[str]:
        """What its cells show, each on one line."""
        return [on_one_line(cell.text) for cell in self.cells]

    @property
    def single(self) -> str:
        """What its only cell shows, "" where there are more, or it is part of a higher row."""
        return on_one_line(self.cells[0].text) if len(self.cells) == 1 and not self.covered else ""


def too_many_cells(name: str) -> DocumentError:
    """What is said of a file with more cells than anyone would publish."""
    return DocumentError(f"{name}：单元格过多，请删去表格以外多余的行列，或拆分后再检查。")


def with_sheet_name(items: Sequence[Item], sheet: str, *, alone: bool) -> list[Item]:
    """The items of a sheet with its name before them, which may be the title of its table.

    A sheet of text has no need of it, nor has one that is alone and was never named.
    """
    has_table = any(isinstance(item, ShownTable) for item in items)
    named = has_table and not (alone and UNNAMED.fullmatch(sheet.strip()))
    title = on_one_line(sheet)
    return [*([ShownLine(Shown(title), whole=True)] if named and title else []), *items]


def items_of_cells(name: str, cells: Iterable[SheetCell], *, titled: bool = False) -> list[Item]:
    """What a sheet shows, top to bottom: its tables, and as lines all that is beside them.

    ``titled``: its first row is no title, for that stands before it. ``name`` is the file's, for
    the message of the DocumentError where it is far too large.
    """
    rows = _rows(cells)
    if not rows:
        return []
    if CONTENTS.fullmatch(rows[0].single):
        return [line for row in rows for line in _lines_of(row)]
    width = _width(rows)
    items: list[Item] = []
    table: list[Row] = []
    index = 0
    while index < len(rows):
        end = index
        if not table or _begins_caption(rows, index, width):
            end = _end_of_lines(rows, index, titled=titled or index > 0)
        elif is_prose(rows[index].single) and rows[index].left <= min(row.left for row in table):
            end = index + 1
        if end == index:
            table.append(rows[index])
            index += 1
            continue
        items.extend(_tables_of(name, table))
        table = []
        items.extend(line for row in rows[index:end] for line in _lines_of(row))
        index = end
    items.extend(_tables_of(name, table))
    return items


def is_prose(text: str) -> bool:
    """Whether a row's only text is a note or a paragraph, not the name of a row or a header."""
    return is_note(text) or len(text) > LONG or text.endswith(("。", "；"))


def _rows(cells: Iterable[SheetCell]) -> list[Row]:
    """The rows that show something."""
    by_row: dict[int, list[SheetCell]] = {}
    for cell in cells:
        if cell.text.strip():
            by_row.setdefault(cell.row, []).append(cell)
    rows: list[Row] = []
    reach = last = -1
    for number in sorted(by_row):
        mine = tuple(sorted(by_row[number], key=lambda cell: cell.column))
        rows.append(Row(mine, number > max(last + 1, reach), number < reach))
        reach = max(reach, *(cell.row + cell.rows for cell in mine))
        last = number
    return rows


def _width(rows: Sequence[Row]) -> int:
    """How many columns lie between the first and the last in which a cell begins."""
    columns = [cell.column for row in rows for cell in row.cells]
    return max(columns) - min(columns) + 1


def _facts(row: Row) -> Facts | None:
    """What a row says that only holds facts of a caption; None for others, and for mere years."""
    facts = None if row.covered else facts_of_row(row.texts)
    return facts if facts != Facts() else None


def _is_title(row: Row) -> bool:
    """Whether the row's only text is named like a table."""
    text = row.single
    return 0 < len(text) <= LONG and TABLE_END.search(text) is not None


def _is_wide(row: Row, width: int) -> bool:
    """Whether the row's only text is set over most of the sheet."""
    return bool(row.single) and width > 1 and row.cells[0].columns * 2 > width


def _begins_caption(rows: Sequence[Row], index: int, width: int) -> bool:
    """Whether another table's caption begins here, below the rows of a table.

    Without an empty row before it, it must say more: a title over the whole table with the
    table's number or unit below it.
    """
    row = rows[index]
    facts = _facts(row)
    if facts and (facts.number or facts.money_unit):
        return True
    if row.gap:
        return _is_title(row) or is_prose(row.single) or _has_facts(rows, index + 1)
    return _is_title(row) and _is_wide(row, width) and _has_facts(rows, index + 1)


def _has_facts(rows: Sequence[Row], index: int) -> bool:
    """Whether the row at ``index`` says a table's number, unit of money or owner."""
    return index < len(rows) and _facts(rows[index]) is not None


def _end_of_lines(rows: Sequence[Row], start: int, *, titled: bool) -> int:
    """Where the rows end, from ``start`` on, that are lines; ``start`` where a table begins there.

    They are those up to the last caption row; after it titles and prose. The first row is one too
    where it is not ``titled`` yet. Where no row of several cells follows, all are.
    """
    stop = start
    end = start
    while stop < len(rows) and (rows[stop].single or _facts(rows[stop])):
        if _facts(rows[stop]):
            end = stop + 1
        stop += 1
    if stop == len(rows):
        return stop
    while end < stop:
        row = rows[end]
        head = end == start and not titled and is_title_like(row.single)
        listed = end > 0 and begins_entry(row.single) and is_prose(rows[end - 1].single)
        if not (head or _is_title(row) or is_prose(row.single) or listed):
            break
        end += 1
    return end


def _lines_of(row: Row) -> Iterator[ShownLine]:
    """A row as lines: that of one cell as the paragraphs in it, else its cells side by side."""
    texts = lines_of_text(row.cells[0].text) if row.single else [" ".join(row.texts)]
    for nth, text in enumerate(texts):
        yield ShownLine(Shown(MARKUP.sub("", text)), whole=True, gap=row.gap and not nth)


def _tables_of(name: str, rows: Sequence[Row]) -> list[Item]:
    """The rows as a table without the empty rows between them; as lines where it is one column."""
    if not rows:
        return []
    if _width(rows) == 1:
        return [line for row in rows for line in _lines_of(row)]
    first = min(cell.column for row in rows for cell in row.cells)
    width = _width(rows)
    covered = sum(cell.rows * min(cell.columns, width) for row in rows for cell in row.cells)
    if max(len(rows) * width, covered) > MOST_CELLS:
        raise too_many_cells(name)
    numbers = [row.number for row in rows]
    cells: list[ShownCell] = []
    taken: set[tuple[int, int]] = set()
    for nth, row in enumerate(rows):
        for cell in row.cells:
            last = cell.row + cell.rows
            height = sum(number < last for number in numbers[nth : nth + cell.rows])
            placed = _fitted(cell, nth, cell.column - first, height, width, taken)
            cells.append(placed)
    empty = Shown("")
    cells.extend(
        ShownCell(empty, row, column)
        for row in range(len(rows))
        for column in range(width)
        if (row, column) not in taken
    )
    return [ShownTable(tuple(cells), len(rows), width)]


def _fitted(
    cell: SheetCell, row: int, column: int, height: int, width: int, taken: set[tuple[int, int]]
) -> ShownCell:
    """A cell at its place in the table, cut off at the table's edge and at other cells.

    Adds the places that it covers to ``taken``.
    """
    columns = min(cell.columns, width - column)
    places = [(r, c) for r in range(row, row + height) for c in range(column, column + columns)]
    if not taken.isdisjoint(places):
        places, height, columns = [(row, column)], 1, 1
    taken.update(places)
    shown = Shown(on_one_line(cell.text))
    return replace(ShownCell(shown, row, column), rows=height, columns=columns)
