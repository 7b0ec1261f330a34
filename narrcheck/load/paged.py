"""Reads the lines of a plain text, and what is left in it of the pages it was printed on.

pdftotext and the like set a form feed where a page begins. What ran along on the pages (numbers,
titles) is no line; the margins tell, as on the page itself, where a paragraph goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from narrcheck.load.blocks import Layout, Line
from narrcheck.load.caption import is_facts
from narrcheck.load.joining import UNBROKEN, columns_of
from narrcheck.load.outline import TABLE_END

PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|(?<=\s{16})\d{1,3}"
    r"|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?)\s*"
)
BARE_NUMBER = re.compile(r"\s*\d{1,4}\s*")
PAGE_END = re.compile(r"\s{0,8}\f")
PAGE_TOP = re.compile(r"\f([^\n\f]{0,200})")
LEAST_RUNNING = 3  # pages that begin with a running title
# A line of running text as wide as a page is: no heading, no row.
FULL_LINE = re.compile(r"\S(?:\S| (?! )){19,69}")
LEAST_FULL = 3  # such lines, to tell from them how far apart the lines are and how wide the page
# A space that only parts Chinese from digits: it was put in, or is narrower than others.
NARROW = re.compile(r"(?<=[^\x00-\x7f]) (?=[!-~])|(?<=[!-~]) (?=[^\x00-\x7f])")
COLUMN = 5.0  # points; a line is as high as two columns are wide


def lines_of(text: str, ends: Sequence[re.Match[str]]) -> list[Line]:
    """The lines of a text that are not empty; ``ends`` are its line ends and form feeds.

    Each knows whether an empty one stands before it. A page number (- 21 -), copied from a
    printed page, is no line: the text goes on over it. A bare 21 is one at the end of a page, and
    in the middle of its line. Nor is a running title.
    """
    pages = list(_pages(text, ends))
    if len(pages) == 1:
        return pages[0]
    return [line for page in pages for line in _laid_out(page)]


def _laid_out(page: Sequence[Line]) -> list[Line]:
    """The lines of a printed page with their places between its margins.

    Those are told from the lines that are full; the longest and the leftmost tenth may hang out.
    """
    spans = [_span(line.text) for line in page]
    full = [
        span
        for line, span in zip(page, spans, strict=True)
        if FULL_LINE.fullmatch(line.text.strip())
    ]
    if len(full) < LEAST_FULL:
        return list(page)
    left = sorted(span[0] for span in full)[len(full) // 10]
    right = sorted((span[1] for span in full), reverse=True)[len(full) // 10]
    return [
        replace(line, layout=Layout(*span, left, right, 2 * COLUMN, _first(line.text)))
        for line, span in zip(page, spans, strict=True)
    ]


def _span(text: str) -> tuple[float, float]:
    """From where to where a line reaches."""
    bare = text.strip()
    start = columns_of(text[: len(text) - len(text.lstrip())])
    return start * COLUMN, (start + columns_of(NARROW.sub("", bare))) * COLUMN


def _first(text: str) -> float:
    """How wide the first piece of a line is that cannot be broken."""
    piece = UNBROKEN.match(text.strip())
    return columns_of(piece.group()) * COLUMN if piece else 2 * COLUMN


def _pages(text: str, ends: Sequence[re.Match[str]]) -> Iterator[list[Line]]:
    """The lines page by page; all are of one page where no form feed stands in the text."""
    running = _running_titles(text)
    page: list[Line] = []
    start, blank, after_number = 0, 0, False
    spaced = _is_double_spaced(text, 0)
    for stop, following in [*((end.start(), end.end()) for end in ends), (len(text), len(text))]:
        content = text[start:stop]
        ends_page = BARE_NUMBER.fullmatch(content) and PAGE_END.match(text, stop)
        tops = text[start - 1 : start] == "\f" and content.strip() in running
        if PAGE_NUMBER.fullmatch(content) or ends_page or tops:
            blank, after_number = 0, True
        elif not content.strip():
            blank += not after_number
        else:
            page.append(Line(content, start, blank > spaced))
            blank, after_number = 0, False
        if text[stop:following] == "\f":
            spaced = _is_double_spaced(text, following)
            yield page
            page = []
        start = following
    yield page


def _running_titles(text: str) -> frozenset[str]:
    """The lines with which three pages or more begin, and that are no captions of tables."""
    tops = Counter(top[1].strip() for top in PAGE_TOP.finditer(text))
    return frozenset(
        top
        for top, count in tops.items()
        if count >= LEAST_RUNNING and top and not is_facts(top) and not TABLE_END.search(top)
    )


def _is_double_spaced(text: str, start: int) -> bool:
    """Whether on the printed page that begins at ``start`` an empty line parts any two."""
    end = text.find("\f", start)
    if end < 0 and "\f" not in text:
        return False
    lines = text[start : end if end >= 0 else len(text)].splitlines()
    pairs = [
        not lower.strip() for upper, lower in pairwise(lines) if FULL_LINE.fullmatch(upper.strip())
    ]
    return len(pairs) >= LEAST_FULL and sum(pairs) * 5 > len(pairs) * 4
