"""Parts the rows of a table that has rules between its columns only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from narrcheck.document import Box
from narrcheck.load.pdf.lines import Char, PageLine, lines_of
from narrcheck.load.pdf.numbers import NUMBER

LOWEST = 6.0  # points: no line is lower
LEAST = 3  # numbers below one another; two may stand in one cell


def rows_parted(cells: Sequence[Box], chars: Iterable[Char]) -> Sequence[Box]:
    """The cells of a table; those beside one another in which lines are rows, cut into these.

    Such cells have three numbers or more below one another, and as many lines of names.
    """
    bands: dict[tuple[float, float], list[Box]] = {}
    for cell in cells:
        bands.setdefault((cell[1], cell[3]), []).append(cell)
    parted: list[Box] = []
    inside: list[Char] | None = None
    for (top, bottom), band in bands.items():
        inside = list(chars) if inside is None else inside
        edges = _edges(band, inside) if len(band) > 1 else []
        ys = [top, *edges, bottom]
        parted.extend(
            (x0, upper, x1, lower) for x0, _, x1, _ in band for upper, lower in pairwise(ys)
        )
    return parted


def _edges(band: Sequence[Box], chars: Sequence[Char]) -> list[float]:
    """Where rows end in a band of cells, all but the last; empty where it is one row."""
    top, bottom = band[0][1], band[0][3]
    if bottom - top < LEAST * LOWEST:
        return []
    within = [char for char in chars if top <= (char.top + char.bottom) / 2 <= bottom]
    heights = {round(char.bottom / LOWEST) for char in within if char.text.isdigit()}
    if len(heights) < LEAST:
        return []
    columns = [
        lines_of(char for char in within if x0 <= (char.x0 + char.x1) / 2 <= x1)
        for x0, _, x1, _ in band
    ]
    numbers = [lines for lines in columns if len(lines) >= LEAST and all(map(_is_number, lines))]
    if not numbers:
        return []
    most = max(numbers, key=len)
    names = [lines for lines in columns if lines and not any(map(_is_number, lines))]
    if not any(len(lines) >= len(most) for lines in names):
        return []
    middles = sorted((line.box[1] + line.box[3]) / 2 for line in most)
    return [(upper + lower) / 2 for upper, lower in pairwise(middles)]


def _is_number(line: PageLine) -> bool:
    return NUMBER.fullmatch(line.text) is not None
