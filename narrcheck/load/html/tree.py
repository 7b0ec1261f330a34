"""The parts of a web page that are shown: what is hidden, and what is only the site's furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSHOWN = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head title meta link base select option datalist button"
        " textarea input param applet svg math audio video canvas map object embed iframe frame"
        " noframes",
    )
)
FRAMES = frozenset(("iframe", "frame", "embed", "object"))
# Parts of a page that hold its navigation, unless someone put the disclosure there.
FURNITURE = frozenset(("nav", "header", "footer", "aside"))
BLOCKS = FURNITURE | frozenset(
    re.findall(
        r"\w+",
        "html body frameset main article section div center form fieldset legend p pre hr address"
        " h1 h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd menu dir figure figcaption details summary"
        " table caption thead tbody tfoot tr td th",
    )
)
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
SUBSTANCE = re.compile(r"\d\.\d|[万亿]元|\d\s*[元%％]")


def tag_of(element: HtmlElement) -> str:
    """The name of an element in small letters, "" for a comment."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_shown(element: HtmlElement) -> bool:
    """Whether a browser shows the element, as far as its own attributes say."""
    tag = tag_of(element)
    if not tag or tag in UNSHOWN or element.get("hidden") is not None:
        return False
    style = element.get("style")
    return not (style and HIDDEN.search(style)) or _is_cut_off(element)


def _is_cut_off(element: HtmlElement) -> bool:
    """Whether it is the end of a cell's text, for which Excel found its column too narrow."""
    cell = element.getparent()
    return (
        tag_of(element) == "span"
        and cell is not None
        and tag_of(cell) in ("td", "th")
        and (cell.get("class") or "").startswith("xl")
    )


def walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """``start`` and ``end`` of every element, however deep it lies."""
    stack = [(root, iter(root))]
    yield "start", root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        else:
            yield "start", child
            stack.append((child, iter(child)))


def surveyed(root: HtmlElement) -> tuple[set[HtmlElement], set[HtmlElement]]:
    """The tables that hold another table, and the furniture without a table, title or amount."""
    outer: set[HtmlElement] = set()
    furniture: set[HtmlElement] = set()
    substantial: set[HtmlElement] = set()
    tables: list[HtmlElement] = []
    around: list[HtmlElement] = []
    for event, element in walk(root):
        tag = tag_of(element)
        if event == "start":
            if tag in FURNITURE:
                around.append(element)
            if tag == "table":
                outer.update(tables[-1:])
                tables.append(element)
            if around and (tag in ("table", "h1", "h2") or SUBSTANCE.search(element.text or "")):
                substantial.add(around[-1])
            continue
        if tag == "table":
            tables.pop()
        elif tag in FURNITURE:
            around.pop()
            if element not in substantial:
                furniture.add(element)
            elif around:
                substantial.add(around[-1])
        if around and SUBSTANCE.search(element.tail or ""):
            substantial.add(around[-1])
    return outer, furniture
