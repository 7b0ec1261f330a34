"""Opens a Word file: its parts, its notes, and what must be known of it to read its paragraphs."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrcheck.errors import DocumentError
from narrcheck.load.docx.names import W, number_of
from narrcheck.load.docx.numbering import Counter, read_lists
from narrcheck.load.docx.styles import Styles, read_styles
from narrcheck.load.packages import damaged, parse_part, refuse_bomb

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "word/document.xml"
NODE = "node"  # the attribute that keeps the number of a w:t in its part
NOTES = ("footnote", "endnote")
PAGE_WIDTH = 11906  # twentieths of a point, A4


@dataclass(slots=True)
class Seen:
    """What came up in reading that is no text."""

    pictures: int = 0
    wide_pictures: int = 0
    workbooks: int = 0
    other_files: int = 0
    contents_title: bool = False


@dataclass(frozen=True, slots=True)
class WordFile:
    """An opened Word file.

    ``name`` is its path, for messages; ``body`` is the w:body of the part ``main``; ``notes`` are
    footnotes and endnotes by kind and w:id, each with the name of its part, taken out as they are
    read; ``page_width`` is in twentieths of a point.
    """

    name: str
    main: str
    body: _Element
    styles: Styles
    counter: Counter
    notes: dict[tuple[str, str], tuple[str, _Element]]
    page_width: int
    seen: Seen = field(default_factory=Seen)


def open_word(name: str, data: bytes) -> WordFile:
    """The Word file in ``data``; raises DocumentError where there is none, or a broken one."""
    refuse_bomb(name, data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())

        def part(part_name: str) -> _Element | None:
            if part_name not in names:
                return None
            try:
                return parse_part(name, package.read(part_name))
            except (zipfile.BadZipFile, EOFError):
                raise damaged(name) from None

        main = _relations(part("_rels/.rels"), "").get("officeDocument", MAIN)
        root = part(main)
        body = root.find(W + "body") if root is not None else None
        if root is None or body is None:
            raise DocumentError(f"{name}：没有 Word 正文（{MAIN}），请另存为 .docx 后再检查。")
        folder, file = posixpath.split(main)
        related = _relations(part(f"{folder}/_rels/{file}.rels"), folder)
        styles = read_styles(part(related.get("styles", "")))
        lists = read_lists(part(related.get("numbering", "")), styles.lists())
        notes: dict[tuple[str, str], tuple[str, _Element]] = {}
        for kind in NOTES:
            of_kind = part(related.get(f"{kind}s", ""))
            for note in numbered(of_kind).iterfind(W + kind) if of_kind is not None else ():
                notes[kind, note.get(W + "id", "")] = (related[f"{kind}s"], note)
    width = max((number_of(each, "w") or 0 for each in body.iter(W + "pgSz")), default=0)
    numbered(root)
    return WordFile(name, main, body, styles, Counter(lists), notes, width or PAGE_WIDTH)


def numbered(root: _Element) -> _Element:
    """The root of a part, each of its w:t marked with its number."""
    for number, node in enumerate(root.iter(W + "t")):
        node.set(NODE, str(number))
    return root


def _relations(root: _Element | None, folder: str) -> dict[str, str]:
    """The names of the parts that a part refers to, by kind; never those outside the package."""
    found: dict[str, str] = {}
    for each in root if root is not None else ():
        target = each.get("Target", "")
        if each.get("TargetMode") != "External" and target:
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.setdefault(each.get("Type", "").rsplit("/", 1)[-1], path)
    return found
