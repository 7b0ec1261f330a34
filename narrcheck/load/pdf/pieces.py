"""Parts a printed line at its wide gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from narrcheck.load.pdf.lines import PageLine
from narrcheck.load.writing import Shown

NUMBER = re.compile(r"[(（]?[-－−+]?\d[\d,，]*(?:[.．]\d+)?[%％]?[)）]?")
DASH = re.compile(r"[-－−—–]{1,3}")
WIDE = 0.9  # of the height of a line: a gap between two columns is wider


@dataclass(frozen=True, slots=True)
class Piece:
    """Text without a wide gap, and from where to where it is printed."""

    shown: Shown
    x0: float
    x1: float

    @property
    def text(self) -> str:
        """Its characters."""
        return self.shown.text

    @property
    def is_number(self) -> bool:
        """Whether it is an amount, a rate or a code, or the dash that stands for none."""
        return bool(NUMBER.fullmatch(self.text) or DASH.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class Row:
    """A line and its pieces, left to right."""

    pieces: tuple[Piece, ...]
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def has_numbers(self) -> bool:
        """Whether it has two pieces or more, and one is a number."""
        return len(self.pieces) > 1 and any(NUMBER.fullmatch(each.text) for each in self.pieces)


def row_of(line: PageLine) -> Row:
    """The line in its pieces."""
    pieces: list[Piece] = []
    start = 0
    for index, char in enumerate(line.text):
        if char == " " and line.edges[index + 1] - line.edges[index] > WIDE * line.size:
            pieces.append(_piece(line, start, index))
            start = index + 1
    pieces.append(_piece(line, start, len(line.text)))
    return Row(tuple(pieces), line.box[1], line.box[3], line.size)


def _piece(line: PageLine, start: int, end: int) -> Piece:
    doubts = tuple(
        (first - start, last - start) for first, last in line.shown.doubts if start <= first < end
    )
    # ``edges[end]`` is the left edge of what follows, so of a gap: the right edge of this.
    return Piece(Shown(line.text[start:end], doubts), line.edges[start], line.edges[end])


def joined(before: Shown, after: Shown, gap: str = "") -> Shown:
    """Two texts as one."""
    start = len(before.text) + len(gap)
    moved = tuple((first + start, last + start) for first, last in after.doubts)
    sources = (
        replace(each, start=each.start + start, end=each.end + start) for each in after.sources
    )
    text = f"{before.text}{gap}{after.text}"
    return Shown(text, (*before.doubts, *moved), (*before.sources, *sources))
