"""Brings the two parts of a table that a page break cut to the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from narrcheck.document import Cell

Rows = tuple[tuple[Cell, ...], ...]

ALIKE = 0.03  # of a table's width: columns of one table on two pages differ by less
NEAR = 4.0  # points: rules of two pages nearer than this are the same column's


def same_columns(upper: Rows, lower: Rows) -> tuple[Rows, Rows]:
    """Both with the columns of the finer one; two empty grids where they do not fit.

    On a page where no cell parts it, a column is not ruled: it is told from the other page's.
    """
    if len(upper[0]) == len(lower[0]):
        return upper, lower
    edges, others = _edges(upper), _edges(lower)
    if not (edges and others):
        return (), ()
    if len(edges) < len(others):
        found = _spread(upper, edges, others)
        return (found, lower) if found else ((), ())
    found = _spread(lower, others, edges)
    return (upper, found) if found else ((), ())


def alike(upper: Rows, lower: Rows) -> bool:
    """Whether two grids of as many columns part the same width alike; True where not known."""
    edges, others = _edges(upper), _edges(lower)
    if not (edges and others) or len(edges) < 3:
        return True
    parts = [
        [(edge - some[0]) / (some[-1] - some[0] or 1) for edge in some] for some in (edges, others)
    ]
    return all(abs(one - other) <= ALIKE for one, other in zip(*parts, strict=True))


def _edges(rows: Rows) -> list[float]:
    """The left edge of every column and the right one of the last; empty where not known."""
    edges: dict[int, float] = {}
    for row in rows:
        for column, cell in enumerate(row):
            if not cell.where.boxes:
                continue
            x0, _, x1, _ = cell.where.boxes[0]
            if column == 0 or row[column - 1] != cell:
                edges.setdefault(column, x0)
            if column + 1 == len(row) or row[column + 1] != cell:
                edges.setdefault(column + 1, x1)
    return [edges[key] for key in sorted(edges)] if len(edges) == len(rows[0]) + 1 else []


def _spread(rows: Rows, edges: Sequence[float], finer: Sequence[float]) -> Rows:
    """The rows with a cell at each of the finer columns that it covers; empty if edges differ."""
    places = [finer.index(min(finer, key=partial(_distance, edge))) for edge in edges]
    if any(abs(finer[place] - edge) > NEAR for place, edge in zip(places, edges, strict=True)):
        return ()
    if places[0] != 0 or places[-1] != len(finer) - 1:
        return ()
    widths = [after - before for before, after in pairwise(places)]
    return tuple(
        tuple(cell for cell, width in zip(row, widths, strict=True) for _ in range(width))
        for row in rows
    )


def _distance(one: float, other: float) -> float:
    return abs(one - other)
