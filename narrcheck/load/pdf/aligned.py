"""Finds tables that no rules part: lines whose pieces stand in columns, with numbers in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from narrcheck.document import Box
from narrcheck.load.caption import is_facts, is_note, is_title_like
from narrcheck.load.outline import TABLE_END
from narrcheck.load.pdf.columns import Column, columns_of, placed
from narrcheck.load.pdf.lines import Char, lines_of
from narrcheck.load.pdf.pieces import Piece, Row, joined, row_of
from narrcheck.load.pdf.spans import header_cells
from narrcheck.load.writing import Shown, ShownCell, ShownTable

LEADERS = re.compile(r"[.．。·…‥─—_]{4,}|(?:[.．·…]\s?){4,}")
LABELLED = re.compile(r"[^\d]*[：:]")
OF_ITS_OWN = re.compile(
    r"[一二三四五六七八九十\d]+[、.．]|其中|[（(][一二三四五六七八九十\d]+[)）]|\d"
)
# What follows upon an amount in a sentence whose words stand wide apart.
GOES_ON = re.compile(r"(?:[万亿千]?元|[%％])[，,。；;、：:（(占]")
APART = 2.6  # heights of a line: what is farther below belongs to something else
LEAST_ROWS = 3
LONGEST = 30  # characters of a piece; in prose they are longer
MOST_HEADER = 6  # lines

# The lines of each row of a table's body, by its columns.
Group = Callable[[Sequence[Row], Sequence[Column]], list[list[Row]]]


def aligned_tables(chars: list[Char]) -> tuple[list[ShownTable], list[Char]]:
    """The tables among characters that stand in none with rules, and the characters in neither.

    A table has two columns or more, and three rows or more with a number; right below a caption
    one will do.
    """
    tables = tables_of(row_of(line) for line in lines_of(chars))
    taken = [table.box for table in tables if table.box]
    if not taken:
        return [], chars
    return tables, [char for char in chars if not any(_is_in(char, box) for box in taken)]


def tables_of(
    rows: Iterable[Row], group: Group | None = None, goes_on: bool = False
) -> list[ShownTable]:
    """The tables among the lines of a page; ``group`` tells the lines of each row.

    ``goes_on``: the page before ends with a table, which may go on here.
    """
    tables = (
        aligned_table(run, 1 if captioned else LEAST_ROWS, group=group)
        for run, captioned in _runs(rows, goes_on)
    )
    return [table for table in tables if table]


def _is_in(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _runs(rows: Iterable[Row], captioned: bool = False) -> list[tuple[list[Row], bool]]:
    """The rows in runs without anything between them that cannot be in a table.

    And whether a caption stands above each; ``captioned``: above the first.
    """
    runs: list[tuple[list[Row], bool]] = [([], captioned)]
    for row in rows:
        run = runs[-1][0]
        if _is_outside(row):
            text = " ".join(piece.text for piece in row.pieces)
            runs.append(([], is_facts(text) or _is_title(text)))
            continue
        if run and row.top - run[-1].bottom > APART * max(row.size, run[-1].size):
            runs.append(([], False))
        runs[-1][0].append(row)
    return runs


def _is_outside(row: Row) -> bool:
    """Whether a line is no row: a caption, a note, a sentence, a line of the 目录, signatures."""
    text = " ".join(piece.text for piece in row.pieces)
    if LEADERS.search(text) or is_note(text) or is_facts(text):
        return True
    if len(row.pieces) == 1:
        return len(text) > LONGEST or text[-1] in "。；" or _is_title(text)
    if any(GOES_ON.match(piece.text) for piece in row.pieces[1:]):
        return True
    labels = sum(LABELLED.match(piece.text) is not None for piece in row.pieces)
    return labels >= 2 or any(len(piece.text) > LONGEST * 2 for piece in row.pieces)


def _is_title(text: str) -> bool:
    return is_title_like(text) and TABLE_END.search(text) is not None


def aligned_table(
    rows: Sequence[Row],
    least: int = LEAST_ROWS,
    between: Sequence[float] = (),
    group: Group | None = None,
) -> ShownTable | None:
    """The table that rows form, None where they form none.

    ``least`` is how many must have a number; ``between`` are the rules between its rows; ``group``
    tells the lines of each row, else their distances do.
    """
    numbered = [index for index, row in enumerate(rows) if row.has_numbers]
    if len(numbered) < least:
        return None
    first = numbered[0]
    head = _head(rows[:first])
    body = list(rows[first:])
    while body and not body[-1].has_numbers and _is_below(body):
        body.pop()
    columns = columns_of(head, [row for row in body if row.has_numbers])
    if len(columns) < 2 or not _is_table(body, columns, least):
        return None
    ruled = _by_rules(body, between) if between else []
    groups = ruled or (group or _by_distance)(body, columns)
    return _table(head, groups, columns)


def _is_below(body: Sequence[Row]) -> bool:
    """Whether the last row stands too far below the others to be the rest of a name."""
    return len(body) < 2 or body[-1].top - body[-2].bottom > body[-1].size * 0.6


def _head(rows: Sequence[Row]) -> list[Row]:
    """The header among the lines above the first row: from the first line with two pieces on.

    A line right above it with the name of a group belongs to it.
    """
    head = list(rows[-MOST_HEADER:])
    while head and len(head[0].pieces) < 2 and not _is_group_name(head):
        head.pop(0)
    return head


def _is_group_name(head: Sequence[Row]) -> bool:
    """Whether the first line is close to one with more pieces, and right of the first of them."""
    if len(head) < 2 or len(head[1].pieces) < 2:
        return False
    near = head[1].middle - head[0].middle < head[0].size * 1.6
    return near and head[0].pieces[0].x0 > head[1].pieces[0].x1


def _is_table(body: Sequence[Row], columns: Sequence[Column], least: int) -> bool:
    """Whether most rows have a number in one column, and it is not the 目录 with its pages."""
    numbered = [row for row in body if row.has_numbers]
    full = [row for row in numbered if len(row.pieces) >= 2]
    counts = [0] * len(columns)
    for row in full:
        for place in {place for piece, place in placed(row, columns) if piece.is_number}:
            counts[place] += 1
    if len(full) < least or max(counts) * 2 < len(full) or _is_contents(numbered):
        return False
    wide = (columns[-1].x1 - columns[0].x0) * 0.6
    lone = [row.pieces[0] for row in body if len(row.pieces) == 1]
    long = sum(any(len(piece.text) > LONGEST for piece in row.pieces) for row in body)
    return long * 3 <= len(body) and sum(each.x1 - each.x0 > wide for each in lone) * 5 <= len(body)


def _is_contents(rows: Sequence[Row]) -> bool:
    """Whether the only numbers are pages: whole, small, never less than the one before."""
    pages: list[int] = []
    for row in rows:
        numbers = [piece.text for piece in row.pieces if piece.is_number]
        if len(numbers) != 1 or len(row.pieces) > 3 or not re.fullmatch(r"\d{1,3}", numbers[0]):
            return False
        pages.append(int(numbers[0]))
    return pages == sorted(pages) and (len(rows) < 3 or pages[-1] > 0)


def _by_rules(body: Sequence[Row], between: Sequence[float]) -> list[list[Row]]:
    """The lines of each row, where rules part the rows; empty where they do not part them all."""
    edges = sorted(between)
    groups: dict[int, list[Row]] = {}
    for row in body:
        groups.setdefault(sum(edge < row.middle for edge in edges), []).append(row)
    if any(sum(row.has_numbers for row in group) > 1 for group in groups.values()):
        return []
    return [groups[key] for key in sorted(groups)]


def _by_distance(body: Sequence[Row], columns: Sequence[Column]) -> list[list[Row]]:
    """The lines of each row: a line without a number belongs to the nearest, if it is near.

    A number may stand at the middle of a name of two lines, so that one of them is above it.
    """
    pitch = _pitch(body)
    groups: list[list[Row]] = []
    rising: list[Row] = []  # lines that belong to the next row
    for index, row in enumerate(body):
        above = row.middle - body[index - 1].middle if index else None
        below = body[index + 1].middle - row.middle if index + 1 < len(body) else None
        if row.has_numbers:
            groups.append([*rising, row])
            rising = []
        elif above is not None and (below is None or above <= below * 1.05) and not rising:
            if above < pitch or _goes_on(body[index - 1], row, columns):
                groups[-1].append(row)
            else:
                groups.append([row])
        elif below is not None and below < pitch:
            rising.append(row)
        else:
            groups.append([*rising, row])
            rising = []
    return groups


def _pitch(body: Sequence[Row]) -> float:
    """What is nearer to a row than this is the rest of it."""
    steps = [
        lower.middle - upper.middle
        for upper, lower in pairwise(body)
        if upper.has_numbers and lower.has_numbers
    ]
    size = median(row.size for row in body)
    return median(steps) * 0.8 if steps else size * 1.7


def _goes_on(upper: Row, lower: Row, columns: Sequence[Column]) -> bool:
    """Whether a name that fills its column goes on in the line below."""
    if len(lower.pieces) != 1 or OF_ITS_OWN.match(lower.pieces[0].text):
        return False
    ((piece, place),) = placed(lower, columns)
    fills = [other for other, there in placed(upper, columns) if there == place]
    return any(
        other.x1 > columns[place].x1 - upper.size * 1.2
        and abs(other.x0 - piece.x0) < upper.size * 2
        for other in fills
    )


def _table(
    head: Sequence[Row], groups: Sequence[Sequence[Row]], columns: Sequence[Column]
) -> ShownTable:
    """The table of header lines and of the lines of each row."""
    heads, deep = header_cells(head, columns)
    lines = [*head, *(line for group in groups for line in group)]
    xs = _bounds(columns, [piece for line in lines for piece in line.pieces])
    ys = _heights(head, deep, groups)
    cells = [*heads]
    for number, group in enumerate(groups, deep):
        texts = _texts(group, columns)
        cells.extend(ShownCell(texts[place], number, place) for place in range(len(columns)))
    boxed = tuple(
        replace(
            each,
            box=(
                xs[each.column],
                ys[each.row],
                xs[each.column + each.columns],
                ys[each.row + each.rows],
            ),
        )
        for each in cells
    )
    return ShownTable(boxed, deep + len(groups), len(columns), (xs[0], ys[0], xs[-1], ys[-1]))


def _texts(lines: Iterable[Row], columns: Sequence[Column]) -> list[Shown]:
    """The text of each cell of a row: pieces on one line stay apart, those below go on."""
    texts = [Shown("")] * len(columns)
    for line in lines:
        of_line: dict[int, Shown] = {}
        for piece, place in placed(line, columns):
            before = of_line.get(place)
            of_line[place] = joined(before, piece.shown, " ") if before else piece.shown
        for place, shown in of_line.items():
            texts[place] = joined(texts[place], shown)
    return texts


def _bounds(columns: Sequence[Column], pieces: Sequence[Piece]) -> list[float]:
    """The left edge of each column, half way from the one before, and the right of the last."""
    inner = [(left.x1 + right.x0) / 2 for left, right in pairwise(columns)]
    return [min(each.x0 for each in pieces), *inner, max(each.x1 for each in pieces)]


def _heights(head: Sequence[Row], deep: int, groups: Sequence[Sequence[Row]]) -> list[float]:
    """The top of each row, half way from the one before, and the bottom of the last.

    The ``deep`` rows of the header are equally high: their names are broken over its lines.
    """
    tops = [min(line.top for line in lines) for lines in groups]
    bottoms = [max(line.bottom for line in lines) for lines in groups]
    inner = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    if not deep:
        return [tops[0], *inner, bottoms[-1]]
    first, end = head[0].top, (head[-1].bottom + tops[0]) / 2
    heads = [first + (end - first) * number / deep for number in range(deep)]
    return [*heads, end, *inner, bottoms[-1]]
