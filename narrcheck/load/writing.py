"""Writes what a file shows, item by item, into one text, and makes the document of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from narrcheck.document import Box, Cell, Document, PrintedLine, Source, Turn, Where
from narrcheck.load.assemble import assemble
from narrcheck.load.blocks import Fit, Grid, Layout, Line
from narrcheck.load.bounds import refuse_long
from narrcheck.load.contents import split_contents


@dataclass(frozen=True, slots=True)
class Shown:
    """Text as a file shows it, on one line, and what is known of its characters.

    ``doubts`` are stretches (start, end) of ``text`` recognised with little confidence;
    ``sources`` say where in the file's markup stretches of it stand, by their start in ``text``.
    """

    text: str
    doubts: tuple[tuple[int, int], ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line. ``whole``: the file marks it as a paragraph of its own.

    On a page it has a ``layout``, a ``top`` and ``bottom``, the ``edges`` of its characters, and
    maybe a ``turn`` (see ``PrintedLine``). ``gap``: an empty line stands before it.
    """

    shown: Shown
    whole: bool = False
    gap: bool = False
    layout: Layout | None = None
    top: float = 0.0
    bottom: float = 0.0
    edges: tuple[float, ...] = ()
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell: its first row and column, from 0, how many it covers.

    On a page it has a box, and its text fits into it somehow.
    """

    shown: Shown
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    box: Box | None = None
    fit: Fit | None = None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table: its cells, in any order, none over another; its size; its box on a page."""

    cells: tuple[ShownCell, ...]
    rows: int
    columns: int
    box: Box | None = None


Item = ShownLine | ShownTable


def document_of(
    name: str,
    sha256: str,
    pages: Iterable[Sequence[Item]],
    *,
    paged: bool,
    notices: Iterable[str] = (),
) -> Document:
    """The document of what a file shows, in reading order.

    Its text are the lines, a row of a table as its cells parted by tabs. ``paged`` says whether
    ``pages`` are those of paper; else there is one. Raises DocumentError where it is far too long.
    """
    written = _Written()
    for number, page in enumerate(pages, 1):
        if paged:
            written.page_starts.append(written.size)
        for item in page:
            if isinstance(item, ShownTable):
                _write_table(written, item, number if paged else None)
            else:
                _write_line(written, item, number if paged else None)
            refuse_long(name, written.size)
    shell = replace(
        Document(name, sha256, "", "", None, "".join(written.text), (), (), (), (), ()),
        line_starts=tuple(written.line_starts) or (0,),
        page_starts=tuple(written.page_starts),
        notices=tuple(notices),
        doubtful=tuple(written.doubtful),
        lines=tuple(written.lines),
        sources=tuple(written.sources),
    )
    contents, rest = split_contents(written.blocks)
    return assemble(shell, contents, rest, contents[0].offset(0) if contents else 0)


@dataclass(slots=True)
class _Written:
    """The document's text as it grows, and the blocks that it is made of."""

    text: list[str] = field(default_factory=list)
    size: int = 0
    line_starts: list[int] = field(default_factory=list)
    page_starts: list[int] = field(default_factory=list)
    doubtful: list[tuple[int, int]] = field(default_factory=list)
    lines: list[PrintedLine] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    blocks: list[Line | Grid] = field(default_factory=list)

    def add(self, shown: Shown, end: str) -> int:
        """Adds a text and what ends it; the offset of its first character."""
        start = self.size
        self.text.append(shown.text + end)
        self.size += len(shown.text) + len(end)
        self.doubtful.extend((start + first, start + last) for first, last in shown.doubts)
        self.sources.extend(
            replace(each, start=start + each.start, end=start + each.end) for each in shown.sources
        )
        return start


def _write_line(written: _Written, line: ShownLine, page: int | None) -> None:
    start = written.add(line.shown, "\n")
    written.line_starts.append(start)
    written.blocks.append(Line(line.shown.text, start, line.gap, line.layout, line.whole))
    if page is not None and line.edges:
        place = PrintedLine(start, page, line.top, line.bottom, line.edges, line.turn)
        written.lines.append(place)


def _write_table(written: _Written, table: ShownTable, page: int | None) -> None:
    """Adds a table, each of its rows a line."""
    start = written.size
    first_line = len(written.line_starts) + 1
    places: dict[tuple[int, int], Cell] = {}
    fits: dict[int, Fit] = {}
    by_row: dict[int, list[ShownCell]] = {}
    for each in table.cells:
        by_row.setdefault(each.row, []).append(each)
    for number in range(table.rows):
        written.line_starts.append(written.size)
        line = None if page else len(written.line_starts)
        mine = sorted(by_row.get(number, ()), key=lambda cell: cell.column)
        for nth, each in enumerate(mine, 1):
            at = written.add(each.shown, "\n" if nth == len(mine) else "\t")
            boxes = (each.box,) if each.box else ()
            place = Where(at, at + len(each.shown.text), line=line, page=page, boxes=boxes)
            cell = Cell(each.shown.text, place, each.rows, each.columns)
            if each.fit:
                fits[at] = each.fit
            for row in range(each.row, each.row + each.rows):
                for column in range(each.column, each.column + each.columns):
                    places[row, column] = cell
        if not mine:
            written.add(Shown(""), "\n")
    empty = Cell("", Where(start, start, line=None if page else first_line, page=page))
    rows = tuple(
        tuple(places.get((row, column), empty) for column in range(table.columns))
        for row in range(table.rows)
    )
    whole = Where(
        start,
        written.size - 1,
        line=None if page else first_line,
        page=page,
        boxes=(table.box,) if table.box else (),
    )
    written.blocks.append(Grid(rows, whole, fits))
