"""A text with marks in it, nested as HTML wants them: none reaches beyond the one it is in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from narrcheck.report.html.places import Place
from narrcheck.report.lines import plain

SENTENCE, DOUBTFUL = "sentence", "doubtful"


@dataclass(frozen=True, slots=True)
class Span:
    """That characters ``start`` to ``end`` of a text are marked: as a place, or as a sort.

    ``first`` says that this is where it begins: one that runs over paragraphs, or crosses another
    mark, is cut. Of those on the same characters the one with the lower ``rank`` is around the
    other.
    """

    start: int
    end: int
    what: Place | str
    rank: int = 1
    first: bool = True


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text with a mark, and what is in it."""

    what: Place | str
    first: bool
    inside: tuple[str | Marked, ...]


def marked(text: str, spans: Iterable[Span]) -> tuple[str | Marked, ...]:
    """``text`` cut up by marks; what a screen would obey or hide is left out of it."""
    whole = [each for each in spans if each.start < each.end]
    return tuple(_cut(text, 0, len(text), sorted(whole, key=_order)))


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, span.rank


def _cut(text: str, start: int, end: int, spans: list[Span]) -> list[str | Marked]:
    pieces: list[str | Marked] = []
    position, waiting = start, list(spans)
    while waiting:
        span = waiting.pop(0)
        if span.start > position:
            pieces.append(plain(text[position : span.start]))
        reached = [each for each in waiting if each.start < span.end]
        beyond = [Span(span.end, e.end, e.what, e.rank, False) for e in reached if e.end > span.end]
        inside = [
            Span(each.start, min(each.end, span.end), each.what, each.rank, each.first)
            for each in reached
        ]
        content = _cut(text, span.start, span.end, inside)
        pieces.append(Marked(span.what, span.first, tuple(content)))
        position = span.end
        waiting = sorted([*beyond, *waiting[len(reached) :]], key=_order)
    if position < end:
        pieces.append(plain(text[position:end]))
    return pieces
