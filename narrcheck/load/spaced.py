"""Finds tables in plain text whose columns stand below one another by spaces only."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from narrcheck.document import Cell, Source, Where
from narrcheck.load.askew import straightened
from narrcheck.load.blocks import Grid, Line
from narrcheck.load.pdf.aligned import tables_of
from narrcheck.load.pdf.pieces import Piece, Row
from narrcheck.load.wrapped import wrapped_rows
from narrcheck.load.writing import Shown, ShownTable

GAP = re.compile(r"(?:[ \xa0]|\u3000){2,}|\u3000")
NUMBER = r"-?\d[\d,]*\.\d+(?![^ \xa0\u3000])"
# Words that are often drawn out to the width of their column.
DRAWN = "|".join(
    rf"{first}[ \xa0\u3000]+{last}(?![^ \xa0\u3000])"
    for first, last in (("[合总小]", "计"), ("项", "目"), ("[行栏]", "次"), ("金", "额"))
)
PIECE = re.compile(rf"{DRAWN}|[^ \xa0\u3000]+(?:[ \xa0][^ \xa0\u3000]+)*")
# A piece, an amount being one of its own: in a narrow column one space parts it from a name.
NARROW = re.compile(rf"{DRAWN}|{NUMBER}|[^ \xa0\u3000]+(?:[ \xa0](?!{NUMBER})[^ \xa0\u3000]+)*")
MONEY = re.compile(r"-?\d[\d,]*\.\d+")
AMOUNT = re.compile(
    r"(?<=[ \xa0\u3000]{2})-?(?:\d[\d,]*\.\d+|\d[\d,]{3,})(?=[ \xa0\u3000]{2}|\s*$)"
)
WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
# A page of text as points: a column of half a character, a line of the height of one.
COLUMN, HEIGHT, STEP = 5.0, 10.0, 12.0
BLANK = 20 * COLUMN  # how much farther a column counts that is blank on the page before
MOST_PIECES = 60  # of a row: no table is so wide
LEAST = 3  # lines with an amount that stands apart: a text with fewer has no such table


@dataclass(frozen=True, slots=True)
class _Found:
    """A table, from where to where it stands, and how far right each of its columns is.

    That is told from the middle of the first with amounts; what is left of it may be a name,
    which on another page is longer. ``head`` are the characters of its header, sorted: the same
    header may stand askew on another page.
    """

    table: ShownTable
    whole: Where
    middles: tuple[float, ...]
    head: str


def with_spaced_tables(
    blocks: Sequence[Line | Grid], line_starts: Sequence[int], page_starts: Sequence[int]
) -> list[Line | Grid]:
    """The blocks, lines that are rows of tables aligned by spaces made grids.

    ``line_starts`` and ``page_starts`` are the offsets at which the lines of the text begin, and
    its pages from the second on: columns stand elsewhere on each.
    """
    lines = [block for block in blocks if isinstance(block, Line)]
    amounts = [line.text for line in lines if AMOUNT.search(line.text)]
    if len(amounts) < LEAST:
        return list(blocks)
    wide = _width_of_wide(amounts)
    found: list[Line | Grid | _Found] = []
    for run in _runs(blocks, page_starts):
        if isinstance(run, Grid):
            found.append(run)
            continue
        upper = found[-1] if found and isinstance(found[-1], _Found) else None
        page = _page(run, wide, line_starts, upper is not None)
        first = next((at for at, each in enumerate(page) if isinstance(each, _Found)), 0)
        lower = page[first]
        if upper and isinstance(lower, _Found) and (not first or lower.head == upper.head):
            found[-1], page[first] = _alike(upper, lower)
        found += page
    return [_grid(each, line_starts) if isinstance(each, _Found) else each for each in found]


def _runs(blocks: Sequence[Line | Grid], page_starts: Sequence[int]) -> Iterator[list[Line] | Grid]:
    """The grids, and the lines between them page by page."""
    run: list[Line] = []
    page = 0
    for block in blocks:
        if isinstance(block, Grid):
            if run:
                yield run
            run = []
            yield block
            continue
        of_block = bisect_right(page_starts, block.start)
        if run and of_block != page:
            yield run
            run = []
        run.append(block)
        page = of_block
    if run:
        yield run


def _width_of_wide(texts: Sequence[str]) -> int:
    """How many columns a Chinese character takes: that with which amounts stand straightest.

    Where a program printed the text for a screen it is 2; pdftotext counts characters.
    """
    straight = {}
    for wide in (1, 2):
        ends = Counter(
            _columns(text[: amount.end()], wide)
            for text in texts
            for amount in AMOUNT.finditer(text)
        )
        straight[wide] = len(ends)
    return min(straight, key=lambda wide: (straight[wide], -wide))


def _columns(text: str, wide: int) -> int:
    return len(text) + (wide - 1) * len(WIDE.findall(text))


def _page(
    lines: Sequence[Line], wide: int, line_starts: Sequence[int], goes_on: bool
) -> list[Line | _Found]:
    """The lines of a page and its tables; ``goes_on``: the page before ends with a table."""
    first = bisect_right(line_starts, lines[0].start)
    rows = [_row(line, bisect_right(line_starts, line.start) - first, wide) for line in lines]
    found: list[Line | _Found] = []
    at = 0
    for table in tables_of(rows, wrapped_rows, goes_on):
        if table.box is None:
            continue
        _, top, _, bottom = table.box
        while at < len(lines) and rows[at].middle < top:
            found.append(lines[at])
            at += 1
        start = at
        while at < len(lines) and rows[at].middle < bottom:
            at += 1
        end = lines[at - 1].start + len(lines[at - 1].text.rstrip())
        found.append(_Found(table, Where(lines[start].start, end), _middles(table), _head(table)))
    return [*found, *lines[at:]]


def _alike(upper: _Found, lower: _Found) -> tuple[_Found, _Found]:
    """A table and its rest on the next page with as many columns, where they can be told.

    A column that is blank on one of the pages is told from the other's; one that stands askew on
    one of them is one on the other.
    """
    if len(upper.middles) > len(lower.middles):
        return upper, _widened(lower, upper)
    if upper.head and not lower.head and (narrowed := _narrowed(lower, upper)):
        return upper, narrowed
    return _widened(upper, lower), lower


def _narrowed(found: _Found, narrower: _Found) -> _Found | None:
    """A table, its columns put where those of a narrower one stand; None where two would meet."""
    places = [
        min(range(len(narrower.middles)), key=lambda place: abs(narrower.middles[place] - middle))
        for middle in found.middles
    ]
    cells = [replace(each, column=places[each.column], columns=1) for each in found.table.cells]
    texts = [(each.row, each.column) for each in cells if each.shown.text]
    if len(set(texts)) < len(texts):
        return None
    filled = set(texts)
    kept = [each for each in cells if each.shown.text or (each.row, each.column) not in filled]
    table = replace(found.table, cells=tuple(kept), columns=len(narrower.middles))
    return replace(found, table=table, middles=narrower.middles)


def _widened(found: _Found, wider: _Found) -> _Found:
    """A table, its columns put where those of a wider one stand that are nearest to them."""
    amounts = _amounts(wider.table)
    blank = [
        BLANK * (column not in amounts and column > min(amounts, default=column))
        for column in range(len(wider.middles))
    ]
    places = _nearest(found.middles, wider.middles, blank if wider.head and not found.head else ())
    ends = [*places[1:], len(wider.middles)]
    cells = tuple(
        replace(
            each,
            column=places[each.column],
            columns=1
            if each.columns == 1
            else ends[each.column + each.columns - 1] - places[each.column],
        )
        for each in found.table.cells
    )
    table = replace(found.table, cells=cells, columns=len(wider.middles))
    return replace(found, table=table, middles=wider.middles)


def _middles(table: ShownTable) -> tuple[float, ...]:
    """The middle of each column, from that of the first with amounts."""
    edges: dict[int, float] = {}
    for each in table.cells:
        if each.box:
            edges.update({each.column: each.box[0], each.column + each.columns: each.box[2]})
    known = sorted(edges)
    middles = [
        (
            edges[max(at for at in known if at <= column)]
            + edges[min(at for at in known if at > column)]
        )
        / 2
        for column in range(table.columns)
    ]
    first = middles[min(_amounts(table), default=0)]
    return tuple(middle - first for middle in middles)


def _amounts(table: ShownTable) -> set[int]:
    """The columns with amounts."""
    return {each.column for each in table.cells if MONEY.fullmatch(each.shown.text)}


def _head(table: ShownTable) -> str:
    """The characters above the first row with an amount, sorted."""
    rows = [each.row for each in table.cells if MONEY.fullmatch(each.shown.text)]
    first = min(rows, default=0)
    texts = "".join(each.shown.text for each in table.cells if each.row < first)
    return "".join(sorted(re.sub(r"\s", "", texts)))


def _nearest(
    middles: Sequence[float], others: Sequence[float], more: Sequence[float] = ()
) -> list[int]:
    """One of ``others`` for each of fewer middles, in order, with the least way between them.

    ``more``: by how much farther each of the others counts.
    """
    further = more or [0.0] * len(others)
    spare = len(others) - len(middles)
    best: list[tuple[float, list[int]]] = [(0.0, [])] * (spare + 1)  # by how many are left out
    for nth, middle in enumerate(middles):
        ways: list[tuple[float, list[int]]] = []
        for left_out in range(spare + 1):
            way = min(best[: left_out + 1], key=lambda each: each[0])
            place = nth + left_out
            away = abs(others[place] - middle) + further[place]
            ways.append((way[0] + away, [*way[1], place]))
        best = ways
    return min(best, key=lambda each: each[0])[1]


def _row(line: Line, number: int, wide: int) -> Row:
    """A line in its pieces, as it would stand on a page."""
    pieces: list[Piece] = []
    apart = GAP.search(line.text.strip()) is not None
    for each in (NARROW if apart else PIECE).finditer(line.text):
        left = _columns(line.text[: each.start()], wide)
        right = left + _columns(each.group(), wide)
        source = Source(0, len(each.group()), "", 0, line.start + each.start())
        shown = Shown(each.group(), (), (source,))
        pieces.append(Piece(shown, left * COLUMN, right * COLUMN))
    if len(pieces) > MOST_PIECES:
        pieces = [Piece(Shown(line.text), 0.0, len(line.text) * COLUMN)]
    top = number * STEP
    return Row(tuple(pieces), top, top + HEIGHT, HEIGHT)


def _grid(found: _Found, line_starts: Sequence[int]) -> Grid:
    """A table as its cells stand in the text; one of several lines is where it begins."""
    table, whole = found.table, found.whole
    empty = Cell("", Where(whole.start, whole.start, line=bisect_right(line_starts, whole.start)))
    rows = [[empty] * table.columns for _ in range(table.rows)]
    for each in table.cells:
        if not each.shown.text:
            continue
        first = each.shown.sources[0]
        number = bisect_right(line_starts, first.offset)
        place = Where(first.offset, first.offset + first.end - first.start, line=number)
        cell = Cell(each.shown.text, place, each.rows, each.columns)
        for row in range(each.row, each.row + each.rows):
            rows[row][each.column : each.column + each.columns] = [cell] * each.columns
    where = Where(whole.start, whole.end, line=bisect_right(line_starts, whole.start))
    return Grid(tuple(tuple(_apart(row)) for row in straightened(rows)), where)


def _apart(row: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of a row, the empty ones where they would stand: apart from those before them."""
    end = next((cell.where.start for cell in row if cell.text), row[0].where.start)
    line = next((cell.where.line for cell in row if cell.text), row[0].where.line)
    for cell in row:
        if not cell.text:
            cell = replace(cell, where=Where(end + 1, end + 1, line=line))
        end = cell.where.end
        yield cell
