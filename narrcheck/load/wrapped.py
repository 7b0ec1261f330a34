"""Tells to which row the lines of a wrapped name belong, where all lines are equally far apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from narrcheck.load.pdf.aligned import OF_ITS_OWN
from narrcheck.load.pdf.columns import Column, placed
from narrcheck.load.pdf.pieces import Row

CODE = re.compile(r"\d{3,7}")
TOTAL = re.compile(r"[合总小]\s*计|[行栏]\s*次")
LOST = 3.0  # what it costs to leave a row without a name that others have
OFF = 1.5  # and to end a line of a name before its column is full, or to go over an empty line
FULL = 0.3  # and that a name ends where its column is full, which may be
THREE = 0.2  # and that it has three lines, which is rarer than two
LEFT = 2  # characters that a full line may leave: the next word did not fit
MOST_LINES = 12  # of a name between two rows: what is longer is a text of its own

Cost = Callable[[int, int, bool], float]


@dataclass(frozen=True, slots=True)
class Name:
    """What a line has of a name: nothing, a part of it, or one that fills its column."""

    there: bool
    full: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How lines were given to rows: what it costs, how many to the last row, and before it."""

    cost: float
    down: int
    before: Way | None


def wrapped_rows(body: Sequence[Row], columns: Sequence[Column]) -> list[list[Row]]:
    """The lines of each row, from the first that has a number on.

    A name of several lines begins above its number and ends below it, as far on both sides, in
    tables whose cells are centred; in others it begins beside its number. The way is taken in
    which fewer rows stay without a name, and fewer names are broken before their column is full.
    """
    lines = _halves_joined(body)
    firsts = [line[0] for line in lines]
    # The lines by which rows are told.
    kept = [index for index, row in enumerate(firsts) if row.has_numbers or _is_own(row)]
    loose = sorted(set(range(len(lines))) - set(kept))
    if not loose or not kept:
        return lines
    names = _names(firsts, columns, loose)
    splits = min(
        (_way(firsts, kept, names, cost) for cost in (_centred, _below)), key=lambda way: way[0]
    )[1]
    starts = [0, *(at + down + 1 for at, down in zip(kept[:-1], splits[:-1], strict=True))]
    ends = [*starts[1:], len(lines)]
    return [
        [row for line in lines[start:end] for row in line]
        for start, end in zip(starts, ends, strict=True)
    ]


def _halves_joined(body: Sequence[Row]) -> list[list[Row]]:
    """The lines, each with the one below it that is its right half."""
    lines: list[list[Row]] = []
    for row in body:
        if lines and len(lines[-1]) == 1 and _is_half(lines[-1][0], row):
            lines[-1].append(row)
        else:
            lines.append([row])
    return lines


def _is_half(upper: Row, lower: Row) -> bool:
    """Whether a row was cut behind a code, what is right of it stands a little lower."""
    last = upper.pieces[-1]
    near = lower.top - upper.bottom < upper.size
    left = lower.pieces[0]
    return (
        near
        and CODE.fullmatch(last.text) is not None
        and left.x0 > last.x0
        and (not left.is_number and not OF_ITS_OWN.match(left.text))
    )


def _is_own(row: Row) -> bool:
    """Whether a line without a number is a row: what it begins with is numbered, or it has two."""
    text = row.pieces[0].text
    return len(row.pieces) > 1 or bool(OF_ITS_OWN.match(text) or TOTAL.fullmatch(text))


def _names(body: Sequence[Row], columns: Sequence[Column], loose: Sequence[int]) -> list[Name]:
    """What each line has of the names in the column in which most loose lines stand."""
    found = Counter(place for at in loose for _, place in placed(body[at], columns))
    column = found.most_common(1)[0][0]
    texts = [[piece for piece, place in placed(row, columns) if place == column] for row in body]
    ends = [max((piece.x1 for piece in pieces), default=None) for pieces in texts]
    wide = [pieces[0] for pieces in texts if pieces and not pieces[0].is_number]
    if not wide:
        return [Name(bool(pieces), False) for pieces in texts]
    char = max((piece.x1 - piece.x0) / len(piece.text) for piece in wide)
    right = max(end for end, pieces in zip(ends, texts, strict=True) if end and pieces)
    full = right - (LEFT + 0.5) * char
    return [Name(end is not None, end is not None and end >= full) for end in ends]


def _centred(above: int, below: int, named: bool) -> float:
    """What it costs that so many lines of a name are above and below the line of the number."""
    if not named and not (above and below):
        return LOST
    # A name of two lines has its number in the middle, which is beside one of them.
    off = abs(above - below)
    return max(off - 1, 0) + THREE * bool(above) if named else float(off)


def _below(above: int, below: int, named: bool) -> float:
    """The same, where the number is beside the first line."""
    return above * LOST + (0.0 if named else LOST)


def _way(
    body: Sequence[Row], kept: Sequence[int], names: Sequence[Name], cost: Cost
) -> tuple[float, list[int]]:
    """What it costs to give all lines to rows, and how many below each row are its own."""
    best: dict[int, Way] = {kept[0]: Way(0.0, 0, None)}  # by how many are above the next row
    for nth, at in enumerate(kept):
        last = nth + 1 == len(kept)
        after = (len(body) if last else kept[nth + 1]) - at - 1
        chosen: dict[int, Way] = {}
        for above, way in best.items():
            for down in [after] if last else range(min(after, MOST_LINES) + 1):
                total = way.cost + cost(above, down, names[at].there)
                total += _broken(body, names, at, down, after)
                left = after - down
                if left not in chosen or total < chosen[left].cost:
                    chosen[left] = Way(total, down, way)
        best = chosen
    end = min(best.values(), key=lambda way: way.cost)
    splits: list[int] = []
    step = end
    while step.before:
        splits.append(step.down)
        step = step.before
    return end.cost, splits[::-1]


def _broken(body: Sequence[Row], names: Sequence[Name], at: int, down: int, after: int) -> float:
    """What the breaks cost between a row's line and the next row's, ``down`` of them its own."""
    if not after:
        return 0.0
    total = 0.0
    lines = range(at, min(at + after + 1, len(body) - 1))
    gaps = [body[line + 1].top - body[line].bottom > body[line].size for line in lines]
    for nth, line in enumerate(lines):
        if nth == down:
            total += FULL if names[line].full else 0.0
            continue
        if names[line].there and names[line + 1].there and not names[line].full:
            total += OFF
        if gaps[nth] and not all(gaps):
            total += OFF
    return total
