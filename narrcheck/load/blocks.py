"""What a file's pages are made of before they are a document: lines and grids, in reading order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from narrcheck.document import Cell, Where

MARKUP = re.compile(r"#{1,6}[ \t]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a printed line stands, in points.

    ``left`` and ``right`` are the margins of the running text of its page, ``first`` the width of
    the first piece that cannot be broken over two lines, ``size`` the height of its characters.
    """

    x0: float
    x1: float
    left: float
    right: float
    size: float
    first: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line as on disk (line end taken off), the offset of its first character.

    ``gap``: an empty line stands before it. ``layout`` is None in a file without pages.
    ``whole``: the file itself marks it as a paragraph.
    """

    text: str
    start: int
    gap: bool = False
    layout: Layout | None = None
    whole: bool = False

    def trimmed(self) -> Line:
        """The line without white space around it and without Markdown's marks of a heading."""
        text = self.text.strip()
        start = self.start + len(self.text) - len(self.text.lstrip())
        mark = MARKUP.match(text)
        if mark:
            text, start = text[mark.end() :], start + mark.end()
        if (
            len(text) > 4
            and text.startswith("**")
            and text.endswith("**")
            and "**" not in text[2:-2]
        ):
            text, start = text[2:-2], start + 2
        return replace(self, text=text, start=start)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text fills its printed cell, in points.

    ``room`` is what its last line leaves of the cell's width, ``first`` the width of its first
    piece that cannot be broken over two lines, ``size`` the height of its characters.
    """

    room: float
    first: float
    size: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's full grid, before its caption is known.

    ``fits`` are those of its printed cells, by where their text starts.
    """

    rows: tuple[tuple[Cell, ...], ...]
    where: Where
    fits: Mapping[int, Fit] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0


def row_texts(row: tuple[Cell, ...]) -> list[str]:
    """The texts of a row's cells that are not empty, a merged cell once."""
    seen: set[Where] = set()
    texts: list[str] = []
    for cell in row:
        if cell.text and cell.where not in seen:
            seen.add(cell.where)
            texts.append(cell.text)
    return texts
