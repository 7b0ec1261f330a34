"""Makes full grids of tables whose merged cells became single ones when exported to text.

Word's plain text, Markdown and what is copied from a page keep neither how far a cell reaches nor
always the empty cells: 收入 | 支出 stand over the first two columns of six.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

from narrcheck.document import Cell, Table
from narrcheck.patterns.tables import TablePatterns
from narrcheck.tables.cells import is_blank
from narrcheck.tables.headers import MOST, Header, Paths
from narrcheck.tables.layout import COLUMN_ROLES, Layout, lay_out, with_kinds
from narrcheck.tables.placing import Places, fits, is_usual, place_row

WIDER = 8  # columns that may be missing from every row: they are empty, or no row is whole


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A table as it may have been, and the rows whose cells could not be given their columns.

    ``doubtful``: labels of its header stand over others that they never stand over, so that it
    is to be believed only where its sums prove it.
    """

    layout: Layout
    unplaced: frozenset[int] = frozenset()
    doubtful: bool = False


def rebuild(layout: Layout, patterns: TablePatterns, *, cut: bool) -> tuple[Rebuilt, ...]:
    """The ways to read a table: one where its grid is whole, none where no header fits it.

    ``layout`` is the table as the file has it. ``cut``: the file leaves out empty cells at the ends
    of rows, and only there.
    """
    if not _is_plain(layout.table) or not layout.body or not layout.header:
        return (Rebuilt(layout),)
    width = _width(layout)
    layout = with_kinds(layout, patterns, shown=_sample(layout, width))
    first = layout.texts[_labelled(layout)[0]]
    repeated = any(left == right for left, right in pairwise(first) if left)
    if all(first[1 : _filled(first)]) and not repeated:
        # Between labels, empty cells or the same label again would show what is merged.
        if found := _with_headers(layout, width, patterns):
            return tuple(
                _with_rows(each, layout, len(each.columns), patterns, cut=cut) for each in found
            )
        if _filled(first) < width:
            return _as_written(layout, width, patterns, cut=cut)
    whole = _with_rows(layout, layout, width, patterns, cut=cut)
    return (replace(whole, doubtful=_is_wrong(layout, patterns)),)


def _as_written(
    layout: Layout, width: int, patterns: TablePatterns, *, cut: bool
) -> tuple[Rebuilt, ...]:
    """The table with its cells where they stand, if its header seems to have them all.

    Then all its rows are equally wide, and a lower one has empty cells before its labels; that
    the upper ones have them all is to be believed only where sums prove it.
    """
    rows = [layout.texts[row] for row in layout.header]
    wide = all(written(layout.table.rows[row]) == width for row in layout.header)
    gaps = any("" in texts[: _filled(texts)] for texts in rows[1:])
    if not (wide and gaps and _suits(layout, _whole_rows(layout, width), patterns)):
        return ()
    return (replace(_with_rows(layout, layout, width, patterns, cut=cut), doubtful=True),)


def cuts_ends(tables: Iterable[Table]) -> bool:
    """Whether a text leaves out empty cells at the ends of rows, and keeps them elsewhere."""
    rows = [row for table in tables if _is_plain(table) for row in table.rows]
    texts = [[cell.text for cell in row] for row in rows]
    if any(written(row) > _filled(each) for row, each in zip(rows, texts, strict=True)):
        return False
    return any(not all(each[: _filled(each)]) for each in texts)


def _is_wrong(layout: Layout, patterns: TablePatterns) -> bool:
    """Whether a label that is known stands over another that it never stands over."""
    for column in layout.columns:
        for upper, lower in pairwise(column.path):
            names = {label.id for label in patterns.meanings(upper)}
            others = {label.id for label in patterns.meanings(lower)}
            known = names and others and not names & others
            if known and not patterns.may_stand_over(upper, lower):
                return True
    return False


def _is_plain(table: Table) -> bool:
    """Whether the file says nothing of how cells are merged: it is text, or nothing is merged."""
    cells = [cell for row in table.rows for cell in row]
    return not any(cell.where.boxes or cell.rows > 1 or cell.columns > 1 for cell in cells)


def written(row: Sequence[Cell]) -> int:
    """How many cells the file has in a row; those that only make up the grid begin at its end."""
    count = len(row)
    while count > 1 and not row[count - 1].text:
        if row[count - 1].where.start != row[count - 2].where.end:
            break
        count -= 1
    return count


def _is_ragged(layout: Layout) -> bool:
    """Whether rows are of different lengths; where Markdown makes them equal, these say nothing."""
    return len({written(row) for row in layout.table.rows}) > 1


def _whole_rows(layout: Layout, width: int) -> frozenset[int]:
    """The data rows that surely have a cell for each column."""
    rows, texts = layout.table.rows, layout.texts
    if _is_ragged(layout):
        return frozenset(row for row in layout.body if written(rows[row]) == width)
    return frozenset(row for row in layout.body if _filled(texts[row]) == width)


def _sample(layout: Layout, width: int) -> frozenset[int]:
    """The data rows that tell what a column holds, none where all do."""
    return _whole_rows(layout, width) if _is_ragged(layout) else frozenset()


def _filled(texts: Sequence[str]) -> int:
    """How many cells a row has up to its last that is not empty."""
    return max((place for place, text in enumerate(texts, start=1) if text), default=0)


def _width(layout: Layout) -> int:
    """How many columns the table has: as many as most of its rows, and as its header needs."""
    last = layout.header[-1]
    blank = [row for row, texts in enumerate(layout.texts) if row > last and not any(texts)]
    counted = Counter(written(layout.table.rows[row]) for row in (*layout.body, *blank))
    usual = max(counted, key=lambda count: (counted[count], count))
    return max(usual, *(written(layout.table.rows[row]) for row in layout.header))


def _keeps_ends(layout: Layout) -> bool:
    """Whether the file has empty cells at the ends of rows, and not just to make them equal."""
    rows = zip(layout.table.rows, layout.texts, strict=True)
    return _is_ragged(layout) and any(written(row) > _filled(texts) for row, texts in rows)


def _labelled(layout: Layout) -> tuple[int, ...]:
    """The header rows but for those above with a single label, which stands over all columns."""
    single = [sum(map(bool, layout.texts[row])) == 1 for row in layout.header]
    begin = single.index(False) if False in single else 0
    return layout.header[begin:]


def _with_headers(layout: Layout, width: int, patterns: TablePatterns) -> list[Layout]:
    """The layouts with each header that suits the columns of the data.

    There may be more columns than in any row, where they are empty or every name is merged.
    """
    rows = tuple(layout.texts[row][: _filled(layout.texts[row])] for row in _labelled(layout))
    more = 0 if _whole_rows(layout, width) and _keeps_ends(layout) else WIDER
    for header in (Header(rows, patterns), Header(rows, patterns, strangers=True)):
        for columns in range(width, width + more + 1):
            whole, shown = _whole_rows(layout, columns), _sample(layout, columns)
            ways = islice(header.columns(columns, wide_names=bool(whole)), MOST)
            tables = [_spread(layout, paths, patterns) for paths in dict.fromkeys(ways)]
            wide = [lay_out(each, patterns, shown=shown) for each in tables]
            if found := [each for each in wide if _suits(each, whole, patterns)]:
                return found
    return []


def _spread(layout: Layout, paths: Paths, patterns: TablePatterns) -> Table:
    """The table with its header cells at every column and row they cover.

    A single label above them covers all, unless it is but another title.
    """
    rows = list(layout.table.rows)
    header = _labelled(layout)
    spread: dict[tuple[str, ...], tuple[Cell, ...]] = {}
    for row in layout.header:
        cell = next(cell for cell in rows[row] if cell.text)
        text = cell.text if patterns.meanings(cell.text) else ""
        spread[layout.texts[row]] = (replace(cell, text=text, columns=len(paths)),) * len(paths)
    for level, row in enumerate(header):
        cells: list[Cell] = []
        lowest = (next(ref for ref in reversed(path) if ref[0] <= level) for path in paths)
        for (above, at), run in groupby(lowest):
            cell = rows[header[above]][at]
            across = len(list(run))
            cells.extend([replace(cell, rows=level - above + 1, columns=across)] * across)
        spread[layout.texts[row]] = tuple(cells)
    for row, texts in enumerate(layout.texts):
        rows[row] = spread.get(texts) or _cut(rows[row], len(paths))
    return replace(layout.table, rows=tuple(rows))


def _cut(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    end = row[-1].where.end
    empty = Cell("", replace(row[-1].where, start=end, end=end))
    return (*row[:width], *[empty] * (width - len(row)))


def _suits(layout: Layout, rows: frozenset[int], patterns: TablePatterns) -> bool:
    """Whether most cells of each column are what its header says: codes, names or amounts.

    ``rows`` are those that have a cell for each column.
    """
    for column in layout.columns:
        label = next(iter(patterns.meanings(column.path[-1])), None) if column.path else None
        if label and column.kind == "name" and label.role not in COLUMN_ROLES:
            return False
        texts = [layout.texts[row][column.index] for row in rows]
        filled = [text for text in texts if not is_blank(text)]
        usual = sum(column.kind == "unit" or is_usual(column, text) for text in filled)
        if usual * 2 < len(filled):
            return False
    return True


def _with_rows(
    layout: Layout, whole: Layout, width: int, patterns: TablePatterns, *, cut: bool
) -> Rebuilt:
    """The layout with the cells of each row at their columns; ``whole`` is as the file has it."""
    rows = list(layout.table.rows)
    ragged = _is_ragged(whole)
    unplaced: set[int] = set()
    for row in layout.body:
        texts, count = layout.texts[row], written(rows[row])
        full = count >= width
        if _filled(whole.texts[row]) > len(layout.columns):
            unplaced.add(row)
        elif (full and ragged) or ((full or cut) and fits(texts, layout.columns)):
            continue
        elif places := place_row(texts[:count], layout, width, open_end=full or cut):
            rows[row] = _placed(rows[row], places)
        else:
            unplaced.add(row)
    shown = _sample(whole, width)
    if tuple(rows) == layout.table.rows:
        return Rebuilt(with_kinds(layout, patterns, shown=shown), frozenset(unplaced))
    table = replace(layout.table, rows=tuple(rows))
    return Rebuilt(lay_out(table, patterns, shown=shown), frozenset(unplaced))


def _placed(row: tuple[Cell, ...], places: Places) -> tuple[Cell, ...]:
    """The row with each cell at all the columns it covers."""
    across = Counter(places)
    end = row[-1].where.end
    empty = Cell("", replace(row[-1].where, start=end, end=end))
    cells = (empty if at is None else replace(row[at], columns=across[at]) for at in places)
    return _cut((*cells, *row[len(places) :]), len(row))
