"""Finds the page numbers, running headers and running footers among the lines of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from narrcheck.load.caption import is_facts, is_note
from narrcheck.load.outline import TABLE_END
from narrcheck.load.pdf.lines import PageLine

HEAD, FOOT = 0.12, 0.88  # parts of a page's height where running headers and footers stand
OUTERMOST = 4  # lines at either end of a page among which they are
SAME_HEIGHT = 4.0  # points
PAGES = 3  # so many pages make a running line of what recurs, fewer where they are half of all
INTEGER = re.compile(r"\d{1,4}")
DECORATED = re.compile(
    r"[\-—–－―─·.•~～_|\[【(（<《]\s*+[\-—–－―─·.]*+\s*+(?:\d{1,4}|[ivxIVX]{1,6})"
    r"\s*[\-—–－―─·.•~～_|\]】)）>》]{1,3}"
    r"|第?\s*\d{1,4}\s*页(?:\s*[,，/|]?\s*[（(]?\s*共\s*\d{1,4}\s*页\s*[）)]?)?"
    r"|第\s*[一二三四五六七八九十百]{1,5}\s*页(?:\s*[,，/]?\s*共\s*[一二三四五六七八九十百]{1,5}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}(?:\s*页)?|(?:[Pp]age|PAGE|[Pp]\s*\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
# Where in a running line the number of the page stands.
AT_ENDS = re.compile(
    r"(?<![\d.,，])\d{1,4}(?=\s*[\-—–]*\s*$)|(?<![^\s\-—–])\d{1,4}(?=\s*[\s\-—–|/])"
    r"|(?<=第)\s*\d{1,4}(?=\s*页)"
)
ROMAN = re.compile(r"[ivx]{1,6}|[IVX]{1,6}|[Ⅰ-ⅿ]{1,4}")
OPEN_END = "。；，、："  # running lines hardly end so


@dataclass(frozen=True, slots=True)
class Edge:
    """A line near the upper or lower edge of a page.

    ``number`` is that of the page, from 1; ``distance`` that of the line from the edge, less than
    0 for the lower one; ``key`` its text without white space, digits masked.
    """

    line: PageLine
    number: int
    distance: float
    key: str

    @property
    def number_in_it(self) -> int | None:
        """The number in its text that may be that of the page."""
        found = AT_ENDS.search(self.line.text)
        return int(found.group()) if found else None


def running_lines(pages: Sequence[tuple[float, Sequence[PageLine]]]) -> list[set[int]]:
    """For each page, given by its height and its lines, which of these are running, by index."""
    edges: list[list[tuple[int, Edge]]] = [
        [
            (index, edge)
            for index, line in enumerate(lines)
            if not OUTERMOST <= index < len(lines) - OUTERMOST
            and (edge := _edge(line, number, height))
        ]
        for number, (height, lines) in enumerate(pages, 1)
    ]
    every = [edge for page in edges for _, edge in page]
    alike: dict[str, list[Edge]] = {}
    for edge in every:
        alike.setdefault(edge.key, []).append(edge)
    steps = Counter(
        int(edge.line.text) - edge.number for edge in every if INTEGER.fullmatch(edge.line.text)
    )
    return [
        {
            index
            for index, edge in page
            if _is_page_number(edge, alike[edge.key], steps)
            or _recurs(edge, alike[edge.key], len(pages))
        }
        for page in edges
    ]


def _edge(line: PageLine, number: int, height: float) -> Edge | None:
    """What is to be known of a line near the edge; None for lines elsewhere, and for captions."""
    _, top, _, bottom = line.box
    if not (bottom < height * HEAD or top > height * FOOT):
        return None
    text = re.sub(r"\s", "", line.text)
    if is_facts(line.text) or TABLE_END.search(text) or is_note(text):
        return None
    distance = top if bottom < height * HEAD else bottom - height
    key = "i" if ROMAN.fullmatch(text) else re.sub(r"\d+", "0", text)
    return Edge(line, number, distance, key)


def _is_page_number(edge: Edge, alike: Sequence[Edge], steps: Counter[int]) -> bool:
    """Whether a line is the number of its page.

    A bare number is it where it follows the pages, or stands where such numbers do: an amount
    may be cut off at the foot of a page as well.
    """
    text = edge.line.text
    if DECORATED.fullmatch(text):
        return True
    if ROMAN.fullmatch(text):
        return bool(_level_with(edge, alike))
    if not INTEGER.fullmatch(text):
        return False
    step = int(text) - edge.number
    if step == 0 or steps[step] >= 2:
        return True
    middle = edge.line.box[0] + edge.line.box[2]
    return any(
        steps[int(other.line.text) - other.number] >= 2
        and abs(other.line.box[0] + other.line.box[2] - middle) < 20
        for other in _level_with(edge, alike)
    )


def _recurs(edge: Edge, alike: Sequence[Edge], pages: int) -> bool:
    """Whether a line stands at its height on other pages too.

    Its numbers are the same there, or go up as the pages do.
    """
    others = [each for each in _level_with(edge, alike) if _is_same(edge, each)]
    count = len({each.number for each in (edge, *others)})
    half = count * 2 >= pages
    if edge.line.text[-1] in OPEN_END:
        return count >= PAGES and half
    return count >= PAGES or (count >= 2 and half)


def _level_with(edge: Edge, alike: Sequence[Edge]) -> list[Edge]:
    """Those of other pages that stand at the same height."""
    return [
        each
        for each in alike
        if each.number != edge.number and abs(each.distance - edge.distance) <= SAME_HEIGHT
    ]


def _is_same(edge: Edge, other: Edge) -> bool:
    """Whether two lines say the same, but for a number that goes up as the pages do."""
    before, after = edge.number_in_it, other.number_in_it
    if before is None or after is None or after - before != other.number - edge.number:
        return edge.line.text == other.line.text
    texts = (AT_ENDS.sub("", each.line.text, count=1) for each in (edge, other))
    return len(set(texts)) == 1
