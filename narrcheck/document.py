"""A loaded document: its text as on disk, paragraphs, tables and the tree of its sections."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

Box = tuple[float, float, float, float]
Turn = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document.

    ``start`` and ``end`` are characters of ``Document.text``, from 0, half-open. ``line`` (text
    files) and ``page`` (paged files) are 1-based and those of the first character. ``boxes`` are
    (x0, top, x1, bottom) in PDF points, on that page but for those of a place that runs over
    pages. ``file`` names the file of a table that was published apart, ``""`` is the document's.
    """

    start: int
    end: int
    line: int | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page as it was printed: where each of its characters stands.

    ``start`` is the offset of the first in ``Document.text``; ``edges`` are their left edges and
    the right edge of the last, in points from the left; ``top`` and ``bottom`` from the top.
    Where the page was scanned askew, these are the places on the page set upright, which
    ``turn`` takes back (see ``turned``).
    """

    start: int
    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    turn: Turn | None = None

    def box(self, start: int, end: int) -> Box | None:
        """The box around those characters of ``Document.text[start:end]`` that are on this line."""
        first, last = max(start - self.start, 0), min(end - self.start, len(self.edges) - 1)
        if first >= last:
            return None
        box = (self.edges[first], self.top, self.edges[last], self.bottom)
        return turned(box, self.turn) if self.turn else box


def turned(box: Box, turn: Turn) -> Box:
    """The box around ``box`` when each of its points (x, y) is at (ax + by + c, dx + ey + f)."""
    x0, top, x1, bottom = box
    a, b, c, d, e, f = turn
    xs = [a * x + b * y + c for x in (x0, x1) for y in (top, bottom)]
    ys = [d * x + e * y + f for x in (x0, x1) for y in (top, bottom)]
    return (min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Source:
    """Where ``Document.text[start:end]`` stands in the markup of a file that is a package.

    ``part`` is a name in the package (``word/document.xml``); ``node`` counts, from 0 and in the
    order of the part, its elements ``w:t``; ``offset`` is the place of the first character in it.
    """

    start: int
    end: int
    part: str
    node: int
    offset: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it: ``五、…`` at level 2, ``（三）…`` at level 3.

    Level 1 is 第N部分, 2 一、, 3 （一）, 4 1、, 5 （1）. ``parent`` is an index into
    ``Document.sections``; ``title`` is the whole heading line, numbering included.
    """

    title: str
    level: int
    parent: int | None
    where: Where


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, joined over line and page breaks.

    ``runs`` maps its characters to the document's: pairs (offset in ``text``, offset in
    ``Document.text``), each valid up to the next pair. ``section`` is an index into
    ``Document.sections``. ``role`` is ``body``, ``heading``, ``note`` (under a table), ``title``
    (of a table), or ``contents`` (a line of the 目录).
    """

    text: str
    runs: tuple[tuple[int, int], ...]
    section: int | None = None
    role: str = "body"

    def offset(self, position: int) -> int:
        """The offset in ``Document.text`` of the character at ``position`` of this paragraph."""
        index = 0
        if len(self.runs) > 1:  # most paragraphs are one run
            index = bisect_right(self.runs, position, key=lambda run: run[0]) - 1
        at, source = self.runs[max(index, 0)]
        return source + position - at


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text (stripped), where it stands, and how far it is merged."""

    text: str
    where: Where
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a full grid: ``rows[r][c]``; a merged cell stands at each place it covers.

    Every row has the same number of cells; a place without a cell is an empty one.
    ``title``, ``number`` (公开05表) and ``money_unit`` (万元) come from its caption, ``""`` where
    it has none. ``notes`` are the paragraphs below it (注：…).
    """

    title: str
    number: str
    money_unit: str
    rows: tuple[tuple[Cell, ...], ...]
    where: Where
    section: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole disclosure.

    ``text`` is the decoded file as it is on disk, line ends included. ``line_starts`` and
    ``page_starts`` are offsets in it (``page_starts`` is empty in a file without pages).
    ``kind`` is 决算 or 预算, ``unit`` the unit's own name, ``year`` the year reported on; ``""``
    or None where the document does not say. ``contents`` are the lines of its 目录.

    ``notices`` say, in Chinese, what of the file could not be read, or only in another way.
    ``doubtful`` are stretches of ``text``, (start, end) in order, that were recognised in a
    picture with little confidence; ``doubtful_apart`` are those of the file whose tables were
    published apart. ``lines`` are the printed lines of a paged file, ``sources``
    the places in the markup of a Word file; both by ``start``, both empty in other files.
    """

    path: str
    sha256: str
    kind: str
    unit: str
    year: int | None
    text: str
    line_starts: tuple[int, ...]
    page_starts: tuple[int, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    contents: tuple[Paragraph, ...] = ()
    notices: tuple[str, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()
    lines: tuple[PrintedLine, ...] = ()
    sources: tuple[Source, ...] = ()
    doubtful_apart: tuple[tuple[int, int], ...] = ()

    def where(self, start: int, end: int) -> Where:
        """The place of ``text[start:end]``; its line, or page, is that of its first character."""
        if self.page_starts:
            page = bisect_right(self.page_starts, start)
            return Where(start, end, page=page, boxes=self._boxes(start, end))
        return Where(start, end, line=bisect_right(self.line_starts, start))

    def where_in(self, paragraph: Paragraph, start: int, end: int) -> Where:
        """The place of ``text[start:end]`` of a paragraph, which may run over several lines."""
        return self.where(paragraph.offset(start), paragraph.offset(end - 1) + 1)

    def _boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes of ``text[start:end]``, one for each line that it stands on."""
        index = max(bisect_right(self.lines, start, key=lambda line: line.start) - 1, 0)
        boxes: list[Box] = []
        while index < len(self.lines) and self.lines[index].start < end:
            box = self.lines[index].box(start, end)
            boxes.extend([box] if box else [])
            index += 1
        return tuple(boxes)

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a character of ``text[start:end]`` was recognised with little confidence."""
        return _touches(self.doubtful, start, end)

    def is_doubtful_at(self, where: Where) -> bool:
        """The same of a place, which may be in the file of tables that were published apart."""
        spans = self.doubtful_apart if where.file else self.doubtful
        return _touches(spans, where.start, where.end)

    def section_path(self, section: int | None) -> tuple[str, ...]:
        """The titles from the outermost section down to ``section``."""
        titles: list[str] = []
        while section is not None:
            titles.append(self.sections[section].title)
            section = self.sections[section].parent
        return tuple(reversed(titles))


def _touches(spans: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether a stretch overlaps one of ``spans``, which are in order."""
    index = bisect_right(spans, start, key=lambda span: span[1])
    return index < len(spans) and spans[index][0] < end
