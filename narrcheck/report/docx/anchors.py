"""Where in a Word file a comment can stand: on the words at fault, or as near as Word allows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrcheck.document import Document, Source, Where
from narrcheck.errors import DocumentError
from narrcheck.load.docx.names import MC, W
from narrcheck.report.docx.markup import Part
from narrcheck.report.docx.package import WordPackage, main_name
from narrcheck.report.lines import place

if TYPE_CHECKING:
    from lxml.etree import _Element

NOTES = {W + "footnote": "脚注", W + "endnote": "尾注"}
BOX = W + "txbxContent"
START = "批注加在文首"

Nodes = Mapping[tuple[str, int], "_Element"]


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a comment begins or ends: at a character of a w:t, or (None) around an element."""

    element: _Element
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a comment stands on; ``remark`` says in Chinese why it is not the words themselves."""

    first: Edge
    last: Edge
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The first and last stretch of markup of a place, cut to it, with what is to be said."""

    sources: tuple[Source, ...]
    remark: str = ""


def anchors_of(
    package: WordPackage, main: Part, document: Document, wheres: Sequence[Where]
) -> list[Anchor]:
    """For each place of the document the stretch of ``main`` that a comment on it covers.

    Raises DocumentError where the file is not the one that ``document`` was loaded from.
    """
    stretches = [_stretch(document, where) for where in wheres]
    nodes = _nodes(package, main, stretches)
    for stretch in stretches:
        for source in stretch.sources:
            _refuse_another(document, source, nodes)
    return [_anchor(main, stretch, nodes) for stretch in stretches]


def title_of(document: Document) -> Where:
    """The first line of the document that stands in its markup: where all comments on it go."""
    for start in document.line_starts:
        end = document.text.find("\n", start)
        if next(_cut(document, start, end), None) is not None:
            return Where(start, end)
    raise DocumentError(f"{document.path}：文字在文件中的位置不明，加不了批注。")


def _stretch(document: Document, where: Where) -> _Stretch:
    """The markup of a place; where it has none, that of what stands beside it, or of the title."""
    title = title_of(document)
    if where.file:
        remark = f"（所指之处在 {place(where)}，{START}。）"
        return _Stretch(tuple(_cut(document, title.start, title.end)), remark)
    if inside := _one_part(_cut(document, where.start, where.end)):
        return _Stretch(inside)
    start = document.text.rfind("\n", 0, where.start) + 1
    end = document.text.find("\n", where.start)
    line = list(_cut(document, start, end if end >= 0 else len(document.text)))
    if not line:
        remark = f"（所指之处没有文字，{START}。）"
        return _Stretch(tuple(_cut(document, title.start, title.end)), remark)
    nearest = min(line, key=lambda each: _distance(each, where))
    return _Stretch((nearest,), "（所指之处是空白，批注加在旁边。）")


def _cut(document: Document, start: int, end: int) -> Iterator[Source]:
    """The sources of ``text[start:end]``, cut to it."""
    sources = document.sources
    index = bisect_left(sources, start, key=lambda each: each.end)
    while index < len(sources) and sources[index].start < end:
        each = sources[index]
        first, last = max(each.start, start), min(each.end, end)
        if first < last:
            yield replace(each, start=first, end=last, offset=each.offset + first - each.start)
        index += 1


def _one_part(sources: Iterator[Source]) -> tuple[Source, ...]:
    """Those that are in the part of the first."""
    found = tuple(sources)
    return tuple(each for each in found if each.part == found[0].part)


def _distance(source: Source, where: Where) -> tuple[int, int]:
    """How far a stretch is from a place; of two as near the one before it."""
    before, after = where.start - source.end, source.start - where.end
    return max(before, after), source.start


def _nodes(package: WordPackage, main: Part, stretches: Sequence[_Stretch]) -> Nodes:
    """The w:t that the stretches stand in, by part and number."""
    wanted: dict[str, set[int]] = {}
    for stretch in stretches:
        for source in stretch.sources:
            wanted.setdefault(source.part, set()).add(source.node)
    nodes: dict[tuple[str, int], _Element] = {}
    for name, numbers in wanted.items():
        part = main if name == main_name(package) else package.part(name)
        for number, node in _numbered(part, numbers):
            nodes[name, number] = node
    return nodes


def _numbered(part: Part | None, numbers: Collection[int]) -> Iterator[tuple[int, _Element]]:
    if part is not None:
        for number, node in enumerate(part.root.iter(W + "t")):
            if number in numbers:
                yield number, node


def _refuse_another(document: Document, source: Source, nodes: Nodes) -> None:
    """Raises DocumentError where the markup does not say what the document does."""
    node = nodes.get((source.part, source.node))
    text = (node.text or "") if node is not None else ""
    end = source.offset + source.end - source.start
    if text[source.offset : end] != document.text[source.start : source.end]:
        raise DocumentError(f"{document.path}：文件在核对之后有改动，请重新核对。")


def _anchor(main: Part, stretch: _Stretch, nodes: Nodes) -> Anchor:
    first, last = stretch.sources[0], stretch.sources[-1]
    node = nodes[first.part, first.node]
    note = next((each for each in node.iterancestors() if each.tag in NOTES), None)
    if note is not None:
        reference = _reference(main, note)
        kind = NOTES[str(note.tag)]
        remark = f"（所指的文字在{kind}中，批注加在{kind}的引用处。）"
        return Anchor(Edge(reference), Edge(reference), remark)
    in_box = any(each.tag == BOX for each in node.iterancestors())
    remark = "（所指的文字在文本框中，批注加在文本框所在的段落。）" if in_box else ""
    return Anchor(
        _edge(node, first.offset),
        _edge(nodes[last.part, last.node], last.offset + last.end - last.start),
        stretch.remark or remark,
    )


def _reference(main: Part, note: _Element) -> _Element:
    """What a comment on a note goes around: the run that refers to it, else the first run."""
    identity = note.get(W + "id")
    for reference in main.root.iter(f"{note.tag!s}Reference"):
        if reference.get(W + "id") == identity:
            return _atom(reference)
    return _atom(next(main.root.iter(W + "t")))


def _edge(node: _Element, offset: int) -> Edge:
    atom = _atom(node)
    return Edge(node, offset) if atom is node.getparent() else Edge(atom)


def _atom(node: _Element) -> _Element:
    """What must stay whole around an element: inside of it no comment may begin or end.

    It is the outermost run in the outermost paragraph, for a text box is anchored in a run, and
    so is a ruby text; or what stands in its place. Of a control that is filled from elsewhere
    the text is replaced, and all in it.
    """
    path = [*reversed(list(node.iterancestors())), node]
    paragraph = next(n for n, each in enumerate(path) if each.tag == W + "p")
    return next(
        each
        for each in path[paragraph:]
        if each.tag in (W + "r", MC + "AlternateContent")
        or each.find(f"{W}sdtPr/{W}dataBinding") is not None
    )
