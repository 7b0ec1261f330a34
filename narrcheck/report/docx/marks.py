"""Marks in a text where comments begin and end, splitting the runs there; all else stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrcheck.load.docx.names import W
from narrcheck.report.docx.anchors import Anchor, Edge
from narrcheck.report.docx.markup import Part, Span, inserted

if TYPE_CHECKING:
    from lxml.etree import _Element

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PRESERVE = ' xml:space="preserve"'
SPACES = " \t\r\n"  # not shown around a text, unless its w:t preserves them
# A run that is copied takes its tracked change of format along, under a number of its own.
CHANGE = re.compile(r"(rPrChange\b[^>]*?\bid\s*=\s*[\"'])-?\d+")
REFERENCE = (
    '<w:r{0}><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
    '<w:commentReference w:id="{1}"/></w:r>'
)


@dataclass(frozen=True, slots=True)
class _Break:
    """A byte at which a comment begins or ends, with what ends the run there and begins it anew."""

    byte: int
    closing: str = ""
    opening: str = ""


@dataclass(slots=True)
class _Marks:
    """What is put in at one place; ends before starts, so that comments do not overlap there."""

    place: _Break
    ends: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)

    def written(self, opening: str) -> bytes:
        marks = "".join((*self.ends, *self.starts))
        return f"{self.place.closing}{marks}{opening}".encode()


def marked(main: Part, anchors: Sequence[tuple[int, Anchor]], free: Iterator[int]) -> bytes:
    """The bytes of ``main`` with the marks of comments, given by their numbers, put in.

    ``free`` are numbers that no w:id of it has.
    """
    edges = [edge for _, anchor in anchors for edge in (anchor.first, anchor.last)]
    spans = main.spans([each for edge in edges for each in _needed(edge)])
    declared = main.declaration()
    marks: dict[int, _Marks] = {}
    for number, anchor in anchors:
        start = _break(main, spans, anchor.first, at_end=False)
        end = _break(main, spans, anchor.last, at_end=True)
        mark = f'{declared} w:id="{number}"/>'
        marks.setdefault(start.byte, _Marks(start)).starts.append(f"<w:commentRangeStart{mark}")
        marks.setdefault(end.byte, _Marks(end)).ends.append(
            f"<w:commentRangeEnd{mark}{REFERENCE.format(declared, number)}"
        )
    additions = [
        (byte, each.written(_renumbered(each.place.opening, free))) for byte, each in marks.items()
    ]
    inner = {edge.element for edge in edges if _is_inner(edge)}
    kept = [each for node in inner for each in _keeping_spaces(main, spans[node], node)]
    return inserted(main.xml, [*kept, *additions])


def _needed(edge: Edge) -> Iterator[_Element]:
    """The elements whose places have to be known: that of the edge, its run and properties."""
    yield edge.element
    run = edge.element.getparent()
    if edge.offset is not None and run is not None:
        yield run
        yield from run.iterfind(W + "rPr")


def _shown(node: _Element) -> tuple[int, int]:
    """The first and last of the characters of a w:t that are shown, half-open."""
    text = node.text or ""
    if node.get(SPACE) == "preserve":
        return 0, len(text)
    return len(text) - len(text.lstrip(SPACES)), len(text.rstrip(SPACES))


def _is_inner(edge: Edge) -> bool:
    """Whether it is between two characters of a text, not before or behind them all."""
    if edge.offset is None:
        return False
    first, last = _shown(edge.element)
    return first < edge.offset < last


def _break(main: Part, spans: dict[_Element, Span], edge: Edge, *, at_end: bool) -> _Break:
    """The place of an edge, between two runs where it is at the bounds of one."""
    span, run = spans[edge.element], edge.element.getparent()
    if edge.offset is None or run is None:
        return _Break(span.end if at_end else span.start)
    around = spans[run]
    closing = f"</{around.tag}>"
    opening = main.xml[around.start : around.inside].decode()
    for properties in run.iterfind(W + "rPr"):
        opening += main.xml[spans[properties].start : spans[properties].end].decode()
    if _is_inner(edge):
        text = f"<{span.tag}{PRESERVE}>"
        return _Break(main.byte(span, edge.offset), f"</{span.tag}>{closing}", opening + text)
    content = [each for each in run if each.tag != W + "rPr"]
    if edge.offset <= _shown(edge.element)[0]:
        alone = content[0] is edge.element
        return _Break(around.start) if alone else _Break(span.start, closing, opening)
    alone = content[-1] is edge.element
    return _Break(around.end) if alone else _Break(span.end, closing, opening)


def _renumbered(opening: str, free: Iterator[int]) -> str:
    return CHANGE.sub(lambda found: f"{found[1]}{next(free)}", opening)


def _keeping_spaces(main: Part, span: Span, node: _Element) -> Iterator[tuple[int, bytes]]:
    """What makes a text that is split show the spaces at the split, and still none around it."""
    said = node.get(SPACE)
    if said == "preserve":
        return
    first, last = _shown(node)
    if said is None and not first:
        yield span.start + len(f"<{span.tag}".encode()), PRESERVE.encode()
    else:
        yield main.byte(span, first), f"</{span.tag}><{span.tag}{PRESERVE}>".encode()
    if last < len(node.text or ""):
        yield main.byte(span, last), f"</{span.tag}><{span.tag}>".encode()
