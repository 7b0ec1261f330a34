"""Makes the header of a table without rules: which of its pieces stand over several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narrcheck.load.pdf.columns import Column
from narrcheck.load.pdf.pieces import Piece, Row, joined
from narrcheck.load.writing import Shown, ShownCell

NEARLY = 3.0  # points: what is as near to the middle of fewer columns is over the more
OFF = 0.12  # of the width of columns: what is farther from their middle is not centred over them


@dataclass(frozen=True, slots=True)
class Head:
    """A piece of a header, the number of its line, and the columns it is over, from and to."""

    piece: Piece
    line: int
    left: int
    right: int


def header_cells(
    head: Sequence[Row], columns: Sequence[Column]
) -> tuple[tuple[ShownCell, ...], int]:
    """The cells of a header, without boxes, and how many rows it has.

    A name that is broken over lines is one cell; over it stand the names of groups.
    """
    heads = _with_groups(
        [
            Head(piece, line, column, column + 1)
            for line, row in enumerate(head)
            for piece, column in zip(row.pieces, _places(row, columns, len(head) == 1), strict=True)
        ],
        columns,
    )
    groups: dict[tuple[int, int], Shown] = {}
    names: dict[int, Shown] = {}
    for each in heads:
        span = (each.left, each.right)
        if each.right - each.left > 1:
            groups[span] = joined(groups.get(span, Shown("")), each.piece.shown)
        else:
            names[each.left] = joined(names.get(each.left, Shown("")), each.piece.shown)
    depths = {span: sum(_holds(other, span) for other in groups) for span in groups}
    rows = max((depth + 2 for depth in depths.values()), default=1) if heads else 0
    cells = [
        ShownCell(shown, depths[left, right], left, 1, right - left)
        for (left, right), shown in groups.items()
    ]
    for column in range(len(columns) if heads else 0):
        above = [depths[span] + 1 for span in groups if span[0] <= column < span[1]]
        first = max(above, default=0)
        cells.append(ShownCell(names.get(column, Shown("")), first, column, rows - first))
    return tuple(cells), rows


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _places(row: Row, columns: Sequence[Column], only: bool) -> list[int]:
    """The column of each piece of a header line, ``only``: of a header of one line.

    It is the nearest; no two are in one if the second is right of it.
    """
    if only and len(row.pieces) == len(columns):
        return list(range(len(columns)))
    places = [_nearest(piece, columns) for piece in row.pieces]
    for at in range(1, len(places)):
        after, free = row.pieces[at], places[at] + 1
        beside = free < len(columns) and free not in places
        if places[at] == places[at - 1] and beside and after.x0 >= columns[places[at]].x1:
            places[at] = free
    return places


def _nearest(piece: Piece, columns: Sequence[Column]) -> int:
    """The column at the middle of a piece, or the one nearest to it."""
    middle = (piece.x0 + piece.x1) / 2
    return min(
        range(len(columns)),
        key=lambda index: (
            max(columns[index].x0 - middle, middle - columns[index].x1, 0.0),
            abs(columns[index].x0 + columns[index].x1 - 2 * middle),
        ),
    )


def _with_groups(heads: Sequence[Head], columns: Sequence[Column]) -> list[Head]:
    """The heads, those that are centred over columns with heads of their own made groups."""
    found: list[Head] = []
    taken: list[tuple[int, int]] = []
    for each in heads:
        wider = {
            (left, right): off
            for left in range(each.left + 1)
            for right in range(each.right, len(columns) + 1)
            if right - left > 1 and not any(_cross((left, right), other) for other in taken)
            for off in [_off(each, left, right, heads)]
            if off is not None
        }
        nearest = min(wider.values(), default=0.0) + NEARLY
        spans = [span for span, off in wider.items() if off <= nearest]
        best = max(spans, key=lambda span: span[1] - span[0], default=(each.left, each.right))
        if best[1] - best[0] > 1:
            taken.append(best)
        found.append(Head(each.piece, each.line, *best))
    return found


def _off(head: Head, left: int, right: int, heads: Sequence[Head]) -> float | None:
    """How far a head is from the middle of these columns, in points.

    None where it is no group of theirs: all of them must have heads below it, one of them on
    the line of that which is right below it; else it is a name broken over lines.
    """
    below = [each for each in heads if left <= each.left < right and each.line > head.line]
    beside = [each for each in heads if left <= each.left < right and each.line == head.line]
    if len(beside) > 1 or not {each.left for each in below}.issuperset(range(left, right)):
        return None
    under = min((each.line for each in below if each.left == head.left), default=None)
    firsts = [
        min((e for e in below if e.left == at), key=lambda e: e.line) for at in range(left, right)
    ]
    if sum(each.line == under for each in firsts) < 2:
        return None
    ends = (firsts[0].piece, firsts[-1].piece)
    if not (ends[0].x0 <= head.piece.x0 and head.piece.x1 <= ends[1].x1):
        return None
    middle = (ends[0].x0 + ends[0].x1 + ends[1].x0 + ends[1].x1) / 4
    off = abs((head.piece.x0 + head.piece.x1) / 2 - middle)
    return off if off <= (ends[1].x1 - ends[0].x0) * OFF else None


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches overlap and neither holds the other."""
    apart = one[1] <= other[0] or other[1] <= one[0]
    return not (apart or one == other or _holds(one, other) or _holds(other, one))
