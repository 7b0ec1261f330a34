"""Finds the columns in which the pieces of lines stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrcheck.load.pdf.pieces import Piece, Row

CODE = re.compile(r"[235]\d\d(?:\d\d){0,2}")  # of a subject
TOTAL = re.compile(r"[合总]\s*计")
GAP = 1.0  # points: pieces of two columns are farther apart


@dataclass(frozen=True, slots=True)
class Column:
    """From where to where the pieces of a column are printed."""

    x0: float
    x1: float


def columns_of(head: Sequence[Row], rows: Sequence[Row]) -> list[Column]:
    """The columns of rows, left to right; those with numbers in them are told first.

    A name may reach into the column beside it in a row where that is blank. A header that stands
    over no column has one of its own, which is blank, unless it is one over several.
    """
    counted = [row for row in rows if is_count(row)]
    pieces = [piece for row in rows if not is_count(row) for piece in row.pieces]
    columns = _parted(
        _clusters((each.x0, each.x1) for each in pieces if each.is_number), rows, numbers=True
    )
    names = [_cut(each, columns) for each in pieces if not each.is_number]
    columns = sorted(
        [
            *columns,
            *_parted(_clusters(name for name in names if name), rows, numbers=False, most=0.1),
        ],
        key=lambda column: column.x0,
    )
    columns = _sorts_joined(columns, rows)
    for row in counted:
        columns = _with_counted(row, columns)
    if len(head) == 1 and len(head[0].pieces) == len(columns):
        return columns  # one for each, though a short one in the middle may be over none
    for number, row in enumerate(head):
        for piece in row.pieces:
            if not _overlaps(piece, columns) and _is_beside(piece, number, head, columns):
                columns = sorted([*columns, Column(piece.x0, piece.x1)], key=lambda each: each.x0)
    return columns


def is_count(row: Row) -> bool:
    """Whether a row counts the columns: 栏次 1 2 3."""
    numbers = [piece.text for piece in row.pieces if piece.is_number]
    if len(numbers) < 2 or not all(re.fullmatch(r"\d{1,2}", each) for each in numbers):
        return False
    counts = [int(each) for each in numbers]
    return counts == list(range(counts[0], counts[0] + len(counts)))


def _with_counted(row: Row, columns: list[Column]) -> list[Column]:
    """The columns and those that only the row that counts them knows.

    A count is centred in its column, the amounts below it stand at the right: where it is over
    none, it belongs to the one at its right, unless that has a count of its own.
    """
    own = {index for piece in row.pieces for index in _over(piece, columns)}
    found = list(columns)
    for piece in row.pieces:
        if _over(piece, columns):
            continue
        after = [index for index, each in enumerate(columns) if each.x0 > piece.x1]
        if after and after[0] not in own and columns[after[0]].x0 - piece.x1 < 60:
            own.add(after[0])
            found[after[0]] = Column(piece.x0, columns[after[0]].x1)
        else:
            found.append(Column(piece.x0, piece.x1))
    return sorted(found, key=lambda column: column.x0)


def _over(piece: Piece, columns: Sequence[Column]) -> list[int]:
    return [index for index, column in enumerate(columns) if overlap(piece, column) > 0]


def _overlaps(piece: Piece, columns: Sequence[Column]) -> bool:
    return bool(_over(piece, columns))


def _is_beside(piece: Piece, number: int, head: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether a header stands beside those of both its neighbours, and not above them."""
    beside = [
        *[column for column in columns if column.x1 <= piece.x0][-1:],
        *[column for column in columns if column.x0 >= piece.x1][:1],
    ]
    for column in beside:
        lines = [
            line
            for line, row in enumerate(head)
            if any(overlap(other, column) > 0 for other in row.pieces)
        ]
        if not lines or not (number in lines or lines[0] < number < lines[-1]):
            return False
    return True


def _clusters(stretches: Iterable[tuple[float, float]]) -> list[Column]:
    """The stretches that overlap, as one."""
    columns: list[Column] = []
    for x0, x1 in sorted(stretches):
        if columns and x0 < columns[-1].x1 + GAP:
            columns[-1] = Column(columns[-1].x0, max(columns[-1].x1, x1))
        else:
            columns.append(Column(x0, x1))
    return columns


def _parted(
    columns: Sequence[Column], rows: Sequence[Row], numbers: bool, most: float = 1.0
) -> list[Column]:
    """The columns of numbers, or of names, those parted in which two of a row stand.

    Text that only spaces align does not stand straight: what stands in a column reaches into the
    next one, a few rows below. A column is parted where the fewest pieces are cut, and not where
    more than ``most`` of them would be.
    """
    found: list[Column] = []
    rest = list(reversed(columns))
    while rest:
        column = rest.pop()
        inside = [
            [
                piece
                for piece in row.pieces
                if piece.is_number == numbers and _is_inside(piece, column)
            ]
            for row in rows
        ]
        gaps = [(one.x1, two.x0) for pieces in inside for one, two in pairwise(pieces)]
        pieces = [piece for pieces in inside for piece in pieces]
        lefts, rights = sorted(each.x0 for each in pieces), sorted(each.x1 for each in pieces)
        froms, tos = sorted(left for left, _ in gaps), sorted(right for _, right in gaps)
        cuts = [
            (
                bisect_left(lefts, x) - bisect_right(rights, x),  # pieces that are cut
                bisect_left(tos, x) - bisect_right(froms, x),  # less: gaps that it is in
                x,
            )
            for x in {*froms, *tos}
        ]
        if not cuts or min(cuts)[0] > most * len(pieces):
            found.append(column)
            continue
        at = min(cuts)[2]
        rest += [Column(at, column.x1), Column(column.x0, at)]
    return found


def _sorts_joined(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns, neighbours made one that hold codes, or names and 合计, never in one row."""
    if not columns:
        return []
    sorts: list[set[str]] = [set() for _ in columns]
    filled: list[set[int]] = [set() for _ in columns]
    for number, row in enumerate(rows):
        for piece, place in placed(row, columns):
            sorts[place].add(_sort(piece))
            filled[place].add(number)
    found: list[Column] = []
    of_last: set[str] = set()
    rows_of_last: set[int] = set()
    for column, sort, here in zip(columns, sorts, filled, strict=True):
        one = of_last | sort in ({"code"}, {"name", "total"})
        if found and one and len(of_last) == len(sort) == 1 and not rows_of_last & here:
            found[-1] = Column(found[-1].x0, column.x1)
            of_last, rows_of_last = of_last | sort, rows_of_last | here
        else:
            found.append(column)
            of_last, rows_of_last = sort, here
    return found


def _sort(piece: Piece) -> str:
    """Of which sort a piece is: a code, a number, 合计, or a name."""
    if CODE.fullmatch(piece.text):
        return "code"
    if piece.is_number:
        return "number"
    return "total" if TOTAL.fullmatch(piece.text) else "name"


def _is_inside(piece: Piece, column: Column) -> bool:
    return column.x0 <= (piece.x0 + piece.x1) / 2 <= column.x1


def _cut(piece: Piece, columns: Sequence[Column]) -> tuple[float, float] | None:
    """Where a name stands, without what reaches into a column of numbers; None if in one."""
    x0, x1 = piece.x0, piece.x1
    middle = (piece.x0 + piece.x1) / 2
    for column in columns:
        if column.x0 <= middle <= column.x1:
            return None
        if middle < column.x0 < x1:
            x1 = column.x0 - GAP
        elif x0 < column.x1 < middle:
            x0 = column.x1 + GAP
    return (x0, x1) if x0 < x1 else None


def overlap(piece: Piece, column: Column) -> float:
    """How much of a piece stands over a column, in points; less than 0: how far it is away."""
    return min(piece.x1, column.x1) - max(piece.x0, column.x0)


def placed(row: Row, columns: Sequence[Column]) -> list[tuple[Piece, int]]:
    """Each piece with the column in which most of it stands, else with the nearest."""
    return [
        (piece, max(range(len(columns)), key=lambda index: overlap(piece, columns[index])))
        for piece in row.pieces
    ]
