"""The text of a Word paragraph as it is shown, each stretch with its place in the markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrcheck.document import Source
from narrcheck.load.caption import is_facts
from narrcheck.load.docx.names import MC, M, W, child_value, is_on
from narrcheck.load.docx.parts import NODE, WordFile
from narrcheck.load.docx.pictures import look_at
from narrcheck.load.spacing import CONTROL
from narrcheck.load.writing import Shown

if TYPE_CHECKING:
    from lxml.etree import _Element

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LINE_END = "\n"
# What a w:t may hold that would end a line of the document, part cells, or cannot be seen.
BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
UNSHOWN = re.compile(rf"[{BREAKS}]|{CONTROL.pattern}")
PAGE = re.compile(r"\s\d{1,3}\s*$")  # the number of a page at the end of a line of a 目录
LATIN = re.compile(r"[\w.,%+\-]", re.ASCII)
WRAPPERS = frozenset(
    W + name
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "fldSimple", "customXml")
) | {W + "dir", W + "bdo", W + "rubyBase"}
ENTERED = {W + "sdt": W + "sdtContent", W + "ruby": W + "rubyBase"}
# Symbols that are drawn by a font of signs, under any code of its own.
SYMBOLS = {
    **{("symbol", code): sign for code, sign in ((0xB4, "×"), (0xB8, "÷"), (0xB1, "±"))},
    **{("symbol", code): sign for code, sign in ((0xA3, "≤"), (0xB3, "≥"), (0x2D, "-"))},
    **{("wingdings", code): sign for code, sign in ((0xFE, "☑"), (0xA8, "□"), (0x6F, "□"))},
    **{("wingdings", code): sign for code, sign in ((0xFC, "√"), (0xFD, "☒"))},
    **{("wingdings 2", code): sign for code, sign in ((0x52, "☑"), (0xA3, "□"), (0x50, "√"))},
}
SIGN_FONTS = ("symbol", "wingdings", "webdings")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``node`` and ``offset`` say where it stands, None if in no w:t."""

    text: str
    node: int | None = None
    offset: int = 0


@dataclass(slots=True)
class Story:
    """One part of a Word file as it is read.

    ``fields`` are the fields that are open, True where the result is being read and not the
    instruction. ``waiting`` are notes referred to inside a table, ``tables`` how many are open.
    """

    file: WordFile
    part: str
    fields: list[bool] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    tables: int = 0


@dataclass(slots=True)
class Inline:
    """What a paragraph holds: its text, text boxes anchored in it, notes it refers to."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_inline(parent: _Element, story: Story, inline: Inline, hidden: bool) -> None:
    """Adds to ``inline`` what the paragraph, or a part of it, shows.

    Text deleted or moved away, hidden text, instructions of fields are not shown. ``hidden``:
    the paragraph's style hides text.
    """
    for child in parent:
        tag = child.tag
        if tag == W + "r":
            _read_run(child, story, inline, hidden)
        elif tag in WRAPPERS:
            read_inline(child, story, inline, hidden)
        elif tag in ENTERED:
            for inner in child.iterfind(ENTERED[tag]):
                read_inline(inner, story, inline, hidden)
        elif tag == MC + "AlternateContent":
            read_inline(chosen(child), story, inline, hidden)
        elif tag in (M + "oMath", M + "oMathPara"):
            inline.pieces.extend(_formula(child))


def chosen(alternatives: _Element) -> _Element:
    """The one of the alternatives in a mc:AlternateContent that is shown."""
    choice = alternatives.find(MC + "Choice")
    if choice is None:
        choice = alternatives.find(MC + "Fallback")
    return alternatives if choice is None else choice


def _formula(node: _Element) -> Iterator[Piece]:
    """The text of a formula on one line, a fraction with its stroke."""
    for child in node:
        if child.tag == M + "t" and child.text:
            yield Piece(UNSHOWN.sub(" ", child.text))
        elif child.tag == M + "den":
            yield Piece("/")
            yield from _formula(child)
        else:
            yield from _formula(child)


def _read_run(run: _Element, story: Story, inline: Inline, hidden: bool) -> None:
    properties = run.find(W + "rPr")
    if properties is not None:
        said = is_on(properties, "vanish")
        if said is None and (style := child_value(properties, "rStyle")):
            said = story.file.styles.is_hidden(style)
        hidden = hidden if said is None else said
    _read_run_content(run, story, inline, hidden)


def _read_run_content(run: _Element, story: Story, inline: Inline, hidden: bool) -> None:
    marked = False  # a mark of a note follows as text, which is none of the sentence
    for child in run:
        tag = child.tag
        if tag == W + "fldChar":
            _follow_field(child.get(W + "fldCharType", ""), story.fields)
        elif hidden or not all(story.fields):
            continue
        elif tag == W + "t":
            if not marked:
                inline.pieces.extend(_text(child))
        elif tag in SIGNS:
            inline.pieces.append(SIGNS[tag])
        elif tag == W + "sym" and not marked:
            inline.pieces.append(Piece(_symbol(child)))
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            inline.notes.append((tag[len(W) : -len("Reference")], child.get(W + "id", "")))
            marked = child.get(W + "customMarkFollows", "0") not in ("0", "false", "off")
        elif tag == W + "ruby":
            for base in child.iterfind(W + "rubyBase"):
                read_inline(base, story, inline, hidden)
        elif tag == MC + "AlternateContent":
            _read_run_content(chosen(child), story, inline, hidden)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            inline.boxes.extend(look_at(child, story.file))


SIGNS = {
    **dict.fromkeys((W + "tab", W + "ptab"), Piece("\t")),
    **dict.fromkeys((W + "br", W + "cr"), Piece(LINE_END)),
    W + "noBreakHyphen": Piece("-"),
}


def _follow_field(kind: str, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(False)
    elif kind == "separate" and fields:
        fields[-1] = True
    elif kind == "end" and fields:
        fields.pop()


def end_instructions(story: Story) -> None:
    """At the end of a paragraph: where the end of an instruction was lost, text begins again."""
    story.fields = [field for field in story.fields if field]


def _text(node: _Element) -> Iterator[Piece]:
    """The text of a w:t; what would end a line is a space there, which stands in no node."""
    text, offset = node.text or "", 0
    if node.get(SPACE) != "preserve":
        offset = len(text) - len(text.lstrip(" \t\r\n"))
        text = text.strip(" \t\r\n")
    number = int(node.get(NODE, "0"))
    if text.isprintable():
        if text:
            yield Piece(text, number, offset)
        return
    at = 0
    for control in UNSHOWN.finditer(text):
        if control.start() > at:
            yield Piece(text[at : control.start()], number, offset + at)
        if control.group() in BREAKS:
            yield Piece(" ")
        at = control.end()
    if at < len(text):
        yield Piece(text[at:], number, offset + at)


def _symbol(node: _Element) -> str:
    """A sign of a font: as the letter it is, or as what it looks like; ``""`` if not known."""
    try:
        code = int(node.get(W + "char", ""), 16)
    except ValueError:
        return ""
    font = node.get(W + "font", "").lower()
    if font.startswith(SIGN_FONTS):
        return SYMBOLS.get((font, code & 0xFF), "")
    shown = chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code <= 0xFFFD else ""
    return UNSHOWN.sub("", shown)


def lines_of(pieces: Sequence[Piece], part: str) -> list[Shown]:
    """The lines that a paragraph is broken into, one without a break."""
    lines: list[Shown] = []
    first = 0
    for index, piece in enumerate(pieces):
        if piece.text == LINE_END:
            lines.append(_shown(pieces[first:index], part))
            first = index + 1
    lines.append(_shown(pieces[first:], part))
    return lines


def _shown(pieces: Iterable[Piece], part: str) -> Shown:
    texts: list[str] = []
    sources: list[Source] = []
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        texts.append(piece.text)
        if piece.node is not None:
            sources.append(Source(at, end, part, piece.node, piece.offset))
        at = end
    text = "".join(texts)
    if "\t" in text:  # each as one character, so that the places stay right
        text = _led(text).replace("\t", " ")
    return Shown(text, sources=tuple(sources))


def _led(text: str) -> str:
    """``text`` with dots for the tabs before the number of a page."""
    page = PAGE.search(text)
    if page is None:
        return text
    start, end = len(text[: page.start() + 1].rstrip()), page.start() + 1
    return text[:start] + text[start:end].replace("\t", "…") + text[end:]


def joined(parts: Iterable[Shown], between: Callable[[str, str], str]) -> Shown:
    """The texts one after another, each stripped, with what ``between`` says they need."""
    text = ""
    texts: list[str] = []
    sources: list[Source] = []
    at = 0
    for part in map(stripped, parts):
        if not part.text:
            continue
        gap = between(text, part.text) if texts else ""
        at += len(gap)
        sources.extend(
            replace(each, start=at + each.start, end=at + each.end) if at else each
            for each in part.sources
        )
        texts += [gap, part.text]
        at += len(part.text)
        text = part.text
    return Shown("".join(texts), sources=tuple(sources))


def gap_in_cell(before: str, after: str) -> str:
    """What stands between two paragraphs of a cell: a space, but nothing inside Chinese words."""
    if LATIN.match(before[-1]) and LATIN.match(after):
        return " "
    return " " if is_facts(before) or is_facts(after) else ""


def stripped(shown: Shown) -> Shown:
    """A text without the white space around it."""
    text = shown.text.strip()
    if len(text) == len(shown.text):
        return shown
    before = len(shown.text) - len(shown.text.lstrip())
    return Shown(text, sources=tuple(cut(shown.sources, before, before + len(text))))


def cut(sources: Iterable[Source], start: int, end: int) -> Iterator[Source]:
    """The sources of the characters from ``start`` to ``end``, counted from there."""
    for each in sources:
        first, last = max(each.start, start), min(each.end, end)
        if first < last:
            offset = each.offset + first - each.start
            yield Source(first - start, last - start, each.part, each.node, offset)
