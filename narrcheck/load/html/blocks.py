"""Makes lines and tables of a web page's elements, as a browser lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrcheck.load.html.tables import cells_of_table, is_table, refuse_wide, strays
from narrcheck.load.html.tree import BLOCKS, FRAMES, SUBSTANCE, is_shown, surveyed, tag_of
from narrcheck.load.sheets.rows import items_of_cells
from narrcheck.load.spacing import WIDE, on_one_line
from narrcheck.load.writing import Item, Shown, ShownLine

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SPACE = re.compile(r"[ \t\r\n\f]+")
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
INDENT = re.compile(r"\s*[\u00a0\u2002\u2003\u3000][ \u00a0\u2002\u2003\u3000]+\S")
ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|7z)(?:[?#].*)?$", re.IGNORECASE)
SHORTEST_LINK = 30  # characters: a longer line that is a link is more than navigation
# Lines that a site puts around every page.
SITE = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|^[您现在的当前所]{0,5}位置是?\s*[：:]|分享到|扫一扫"
    r"|打印本页|关闭窗口|【?(?:字体|字号)\s*[：:]|(?:浏览|点击|访问|阅读)(?:次数|量|数)\s*[：:]"
    r"|上一篇\s*[：:]|下一篇\s*[：:]|^(?:发布|更新|公开)(?:时间|日期)\s*[：:]|^(?:信息)?来源\s*[：:]|^索引号"
)
LONGEST_SITE = 120
SMALL = 60  # pixels: no picture of a table is so small


@dataclass(slots=True)
class Found:
    """What of a page is not read: links to attachments, frames, pictures."""

    attachments: list[str] = field(default_factory=list)
    frames: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two breaks; ``fresh``: more than a ``<br>`` parts it from what is before.

    ``linked`` is how many of its characters lead to other pages.
    """

    text: str
    fresh: bool
    linked: int = 0


def items_of_page(name: str, page: HtmlElement, found: Found) -> list[Item]:
    """The lines and tables of a page, in order; what is not read is added to ``found``."""
    refuse_wide(name, page)
    outer, furniture = surveyed(page)
    reading = _Reading(name, found, outer, furniture)
    items: list[Item] = []
    pieces: list[Piece] = []
    for part in _parts(page, reading):
        if isinstance(part, Piece):
            pieces.append(part)
            continue
        items.extend(_lines(pieces))
        pieces = []
        items.extend(part)
    items.extend(_lines(pieces))
    return items


@dataclass(frozen=True, slots=True)
class _Reading:
    """What stays the same while a page is read."""

    name: str
    found: Found
    outer: set[HtmlElement]
    furniture: set[HtmlElement]


def _lines(pieces: Sequence[Piece]) -> Iterator[ShownLine]:
    """The pieces that are no furniture of the site, as lines.

    One is a paragraph where more than a ``<br>`` parts it from both neighbours.
    """
    for nth, piece in enumerate(pieces):
        if _is_site(piece):
            continue
        ended = nth + 1 == len(pieces) or pieces[nth + 1].fresh
        text = _shown(piece.text)
        yield ShownLine(Shown(text), whole=piece.fresh and ended, gap=piece.fresh)


def _is_site(piece: Piece) -> bool:
    """Whether a piece is navigation or imprint; what holds an amount never is."""
    text = _shown(piece.text)
    if SUBSTANCE.search(text) or "。" in text:
        return False
    links = piece.linked * 10 >= len(text) * 9 and len(text) <= SHORTEST_LINK
    return links or (len(text) <= LONGEST_SITE and SITE.search(text) is not None)


def _shown(text: str) -> str:
    return SPACES.sub(" ", on_one_line(text))


def _parts(root: HtmlElement, reading: _Reading) -> Iterator[Piece | list[Item]]:
    """The pieces of text and the tables under an element, in the order shown."""
    gathered = _Gathered(reading.found)
    stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = []
    entering: HtmlElement | None = root
    while stack or entering is not None:
        if entering is not None:
            element, entering = entering, None
            table = _table(element, reading)
            if table is not None:
                yield from gathered.broken(fresh=True)
                yield from table
            elif not is_shown(element) or element in reading.furniture:
                gathered.unshown(element)
            else:
                yield from gathered.opened(element)
                stack.append((element, iter(element)))
                continue
        else:
            element, children = stack[-1]
            entering = next(children, None)
            if entering is not None:
                continue
            stack.pop()
            yield from gathered.closed(element)
        if stack:
            yield from gathered.added(element.tail or "")
    yield from gathered.broken(fresh=True)


@dataclass(slots=True)
class _Gathered:
    """The text since the last break."""

    found: Found
    text: list[str] = field(default_factory=list)
    fresh: bool = True
    linked: int = 0
    pictures: int = 0
    links: int = 0
    exact: int = 0  # elements around that keep their line ends

    def opened(self, element: HtmlElement) -> Iterator[Piece]:
        """Takes up an element's beginning."""
        tag = tag_of(element)
        if tag == "br" or tag in BLOCKS:
            yield from self.broken(fresh=tag != "br" or not "".join(self.text).strip())
        if tag == "a" and _leads_away(element, self.found):
            self.links += 1
        elif tag == "img" and not self.links and not _is_small(element):
            self.pictures += 1
        self.exact += tag == "pre"
        yield from self.added(element.text or "")

    def closed(self, element: HtmlElement) -> Iterator[Piece]:
        """Takes up an element's end."""
        tag = tag_of(element)
        if tag in BLOCKS:
            yield from self.broken(fresh=True)
        self.exact -= tag == "pre"
        if tag == "a" and self.links and _leads_away(element, None):
            self.links -= 1

    def unshown(self, element: HtmlElement) -> None:
        """Counts what is left out and might hold something."""
        self.found.frames += tag_of(element) in FRAMES and bool(
            element.get("src") or element.get("data")
        )

    def added(self, text: str) -> Iterator[Piece]:
        """Takes up text; white space in it is as a browser shows it."""
        if self.exact and "\n" in text:
            for line in text.split("\n"):
                self.text.append(line)
                yield from self.broken(fresh=not line.strip())
            return
        text = SPACE.sub(lambda match: _space(match, text), text)
        self.text.append(text)
        self.linked += len(text.strip()) if self.links else 0

    def broken(self, *, fresh: bool) -> Iterator[Piece]:
        """Ends a piece; ``fresh`` is what the next one will be, if it is not so already."""
        text = "".join(self.text)
        if text.strip():
            yield Piece(text, self.fresh or INDENT.match(text) is not None, self.linked)
            self.fresh = fresh
        else:
            self.found.pictures += self.pictures
            self.fresh = self.fresh or fresh
        self.text.clear()
        self.linked = self.pictures = 0


def _space(match: re.Match[str], text: str) -> str:
    """What white space in the source shows as: nothing where a line ends beside Chinese."""
    if "\n" not in match.group():
        return " "
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return "" if before and after and (WIDE.match(before) or WIDE.match(after)) else " "


def _leads_away(link: HtmlElement, found: Found | None) -> bool:
    """Whether a link leads to another page; one to an attachment is added to ``found``."""
    target = (link.get("href") or "").strip()
    if ATTACHMENT.search(target):
        if found is not None:
            name = _shown("".join(link.itertext())) or target.rpartition("/")[2]
            found.attachments.extend([name] if name not in found.attachments else [])
        return False
    return bool(target) and not target.startswith("#")


def _is_small(image: HtmlElement) -> bool:
    """Whether a picture is said to be too small for a text."""
    sizes = [re.match(r"\s*(\d{1,6})", image.get(side) or "") for side in ("width", "height")]
    return any(size is not None and int(size[1]) < SMALL for size in sizes)


def _table(element: HtmlElement, reading: _Reading) -> list[list[Item]] | None:
    """What a table shows, its caption first; None for what only lays out the page."""
    if tag_of(element) != "table" or element in reading.outer or not is_shown(element):
        return None
    cells = cells_of_table(reading.name, element, lambda cell: _text(cell, reading))
    if not is_table(cells):
        return None
    above = [
        line
        for stray in strays(element)
        for line in _lines([part for part in _parts(stray, reading) if isinstance(part, Piece)])
    ]
    return [[*above], items_of_cells(reading.name, cells, titled=True)]


def _text(cell: HtmlElement, reading: _Reading) -> str:
    """What a cell shows, its paragraphs parted by ``\\n``."""
    parts: Iterable[Piece | list[Item]] = _parts(cell, reading)
    return "\n".join(_shown(part.text) for part in parts if isinstance(part, Piece))
