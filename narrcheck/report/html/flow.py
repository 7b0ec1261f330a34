"""The document as it is shown: headings, paragraphs and tables in order, their places marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from narrcheck.claims.reader import sentence_starts
from narrcheck.document import Document, Paragraph, Table, Where
from narrcheck.findings import DocumentReport
from narrcheck.report.grids import Placed, cells_once
from narrcheck.report.html.marks import DOUBTFUL, SENTENCE, Marked, Span, marked
from narrcheck.report.html.places import Place, Places
from narrcheck.report.lines import place, plain

NUMBER = re.compile(r"[-+−(（]?[\d０-９][\d０-９,，.．\s]*[)）%％]?|[-–—]+")
EMPTY = "（空）"  # what is shown of an empty cell that something is said of
CLOSE = 3  # paragraphs above a table, in which its title may stand
Pieces = tuple[str | Marked, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: its role (see ``Paragraph``), its level as a heading, and its words.

    ``page`` is the page that begins with it, None within a page. A ``stray`` is a sentence that
    a finding quotes and no paragraph or table shows.
    """

    role: str
    level: int
    pieces: Pieces
    page: int | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table; ``heads`` says that it stands above the numbers."""

    rows: int
    columns: int
    heads: bool
    numeric: bool
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``nth`` of the document from 1, its title and what else its caption says.

    ``titled`` says that a paragraph just above shows the title. ``file`` names the file of the
    first table that stands in another.
    """

    nth: int
    title: str
    titled: bool
    facts: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    page: int | None = None
    file: str = ""


Block = Text | Grid


@dataclass(frozen=True, slots=True)
class _Stretch:
    """That characters of a file are those of a paragraph from ``at`` on, or its ``at``-th cell."""

    start: int
    end: int
    item: int
    at: int


@dataclass(slots=True)
class _Ground:
    """What of the shown items the characters of each file are, and the marks found so far."""

    items: Sequence[Paragraph | Table]
    cells: dict[int, tuple[Placed, ...]] = field(default_factory=dict)
    stretches: dict[str, list[_Stretch]] = field(default_factory=lambda: defaultdict(list))
    exact: dict[tuple[str, int, int], _Stretch] = field(default_factory=dict)
    spans: dict[tuple[int, int], list[Span]] = field(default_factory=lambda: defaultdict(list))

    def mark(self, where: Where, what: Place | str, rank: int) -> bool:
        """Mark what stands at a place; whether anything shown does."""
        found = [(key, *ends) for key, ends in self._ends(where).items()]
        for nth, (key, start, end) in enumerate(found):
            self.spans[key].append(Span(start, end, what, rank, nth == 0))
        return bool(found)

    def _ends(self, where: Where) -> dict[tuple[int, int], tuple[int, int]]:
        """By paragraph (item, -1) or cell (item, nth): which of its characters are meant."""
        ends: dict[tuple[int, int], tuple[int, int]] = {}
        same = self.exact.get((where.file, where.start, where.end))
        for each in [same] if same else self._touched(where):
            if isinstance(item := self.items[each.item], Table):
                text = self.cells[each.item][each.at].cell.text or EMPTY
                ends[each.item, each.at] = (0, len(text))
                continue
            start = max(where.start - each.start, 0) + each.at
            end = min(where.end, each.end) - each.start + each.at
            first, _ = ends.get((each.item, -1), (start, end))
            ends[each.item, -1] = (first, min(end, len(item.text)))
        return ends

    def _touched(self, where: Where) -> Iterator[_Stretch]:
        stretches = self.stretches.get(where.file, [])
        index = max(bisect_right(stretches, where.start, key=lambda each: each.start) - 1, 0)
        for each in stretches[index:]:
            if each.start >= where.end:
                return
            if each.end > where.start:
                yield each


def flow_of(report: DocumentReport, places: Places) -> tuple[Block, ...]:
    """All that the document says, in order; tables of a second file come last."""
    document = report.document
    items = _items(document)
    ground = _ground(items)
    strays = [each for each in places.all if not ground.mark(each.where, each, 1)]
    for start, end in document.doubtful:
        ground.mark(Where(start, end), DOUBTFUL, 2)
    numbered = {id(table): nth for nth, table in enumerate(document.tables)}
    blocks: list[tuple[tuple[str, int], Block]] = []
    page, file = 0, ""
    for nth, item in enumerate(items):
        at = _start(item)
        now = bisect_right(document.page_starts, at[1]) if not at[0] else page
        turned, page = (now if now != page else None), now
        if isinstance(item, Table):
            other = PurePath(at[0]).name if at[0] != file else ""
            file = at[0]
            titled = _is_titled(items[max(nth - CLOSE, 0) : nth], item)
            index = numbered[id(item)]
            rows = tuple(_rows(ground, nth, _first_value(report, index)))
            facts = tuple(_facts(item))
            title = plain(item.title)
            block: Block = Grid(index + 1, title, titled, facts, rows, turned, plain(other))
        else:
            block = _text(document, item, ground.spans.get((nth, -1), []), turned)
        blocks.append((at, block))
    return tuple(_with_strays(blocks, strays, report))


def _items(document: Document) -> list[Paragraph | Table]:
    return sorted((*document.contents, *document.paragraphs, *document.tables), key=_start)


def _start(item: Paragraph | Table) -> tuple[str, int]:
    if isinstance(item, Table):
        return item.where.file, item.where.start
    return "", item.offset(0)


def _ground(items: Sequence[Paragraph | Table]) -> _Ground:
    ground = _Ground(items)
    for nth, item in enumerate(items):
        if isinstance(item, Table):
            ground.cells[nth] = cells = tuple(cells_once(item))
            for at, each in enumerate(cells):
                where = each.cell.where
                stretch = _Stretch(where.start, where.end, nth, at)
                ground.stretches[where.file].append(stretch)
                ground.exact.setdefault((where.file, where.start, where.end), stretch)
            continue
        ends = [at for at, _ in item.runs[1:]] + [len(item.text)]
        for (at, source), end in zip(item.runs, ends, strict=True):
            ground.stretches[""].append(_Stretch(source, source + end - at, nth, at))
    for stretches in ground.stretches.values():
        stretches.sort(key=lambda each: each.start)
    return ground


def _text(document: Document, item: Paragraph, spans: list[Span], page: int | None) -> Text:
    level = 0
    if item.role == "heading" and item.section is not None:
        level = document.sections[item.section].level
    return Text(item.role, level, marked(item.text, [*spans, *_sentences(item.text, spans)]), page)


def _sentences(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The sentences in which something is marked."""
    starts = sentence_starts(text)
    for nth in sorted({bisect_right(starts, each.start) - 1 for each in spans}):
        end = starts[nth + 1] if nth + 1 < len(starts) else len(text)
        yield Span(starts[nth], end, SENTENCE, 0)


def _rows(ground: _Ground, item: int, first_value: int) -> Iterator[tuple[GridCell, ...]]:
    """The rows of a table; a merged cell stands where it begins."""
    table = ground.items[item]
    rows: list[list[GridCell]] = [[] for _ in table.rows] if isinstance(table, Table) else []
    for at, each in enumerate(ground.cells[item]):
        spans = ground.spans.get((item, at), [])
        text = each.cell.text or (EMPTY if spans else "")
        numeric = NUMBER.fullmatch(text.strip()) is not None
        heads = each.row < first_value
        pieces = marked(text, spans)
        rows[each.row].append(GridCell(each.rows, each.columns, heads, numeric, pieces))
    return map(tuple, rows)


def _first_value(report: DocumentReport, table: int) -> int:
    """The first row of a table with a number that was read; what is above it are heads."""
    return min((each.row for each in report.table_values if each.table == table), default=1)


def _is_titled(above: Sequence[Paragraph | Table], table: Table) -> bool:
    """Whether one of the paragraphs above is the title of the table."""
    title = "".join(table.title.split())
    texts = ["".join(each.text.split()) for each in above if isinstance(each, Paragraph)]
    return bool(title) and title in texts


def _facts(table: Table) -> Iterator[str]:
    """What is said of a table beside its title: its number, its unit, where it stands."""
    unit = f"单位：{table.money_unit}" if table.money_unit else ""
    for fact in (table.number, unit, place(table.where)):
        if fact:
            yield plain(fact)


def _with_strays(
    blocks: list[tuple[tuple[str, int], Block]], strays: Iterable[Place], report: DocumentReport
) -> Iterator[Block]:
    """The blocks, and behind the last one before it each faulty place that none of them shows."""
    waiting = sorted(
        (each for each in strays if each.findings),
        key=lambda each: (each.where.file, each.where.start),
    )
    for nth, (_, block) in enumerate(blocks):
        yield block
        following = blocks[nth + 1][0] if nth + 1 < len(blocks) else None
        while waiting and (
            following is None or (waiting[0].where.file, waiting[0].where.start) < following
        ):
            stray = waiting.pop(0)
            sentence = report.findings[stray.findings[0]].sentence
            spans = [Span(0, len(sentence), stray, 1), Span(0, len(sentence), SENTENCE, 0)]
            yield Text("stray", 0, marked(sentence, spans))
