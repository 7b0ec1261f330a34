"""Finds the columns in which the pieces of lines stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from narrcheck.load.pdf.pieces import Piece, Row

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
    columns = _clusters((each.x0, each.x1) for each in pieces if each.is_number)
    names = [_cut(each, columns) for each in pieces if not each.is_number]
    columns = sorted(
        [*columns, *_clusters(name for name in names if name)], key=lambda column: column.x0
    )
    for row in counted:
        columns = _with_counted(row, columns)
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
