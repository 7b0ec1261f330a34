"""Makes a grid of a web page's table: rows in the order shown, spans as far as they reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from narrcheck.load.html.tree import is_shown, tag_of
from narrcheck.load.sheets.rows import MOST_CELLS, MOST_STORED, SheetCell, too_many_cells

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WIDEST = 1000  # columns that a cell may cover, as in browsers
SHORT = 100  # characters: a cell of a table, not a column of a page
PARTS = frozenset(("tr", "td", "th", "thead", "tbody", "tfoot"))
IN_ROW = frozenset(("td", "th"))


def refuse_wide(name: str, page: HtmlElement) -> None:
    """Raises DocumentError where the cells of a page are said to cover far too much."""
    if sum(_span(cell, "colspan") for cell in page.iter("td", "th")) > MOST_STORED:
        raise too_many_cells(name)


def cells_of_table(
    name: str, table: HtmlElement, text_of: Callable[[HtmlElement], str]
) -> list[SheetCell]:
    """The cells of a table that are shown; ``text_of`` gives what stands in one.

    Raises DocumentError where the table is far too large.
    """
    cells: list[SheetCell] = []
    top = steps = 0
    for group in _groups(table):
        until: dict[int, int] = {}
        for nth, row in enumerate(group):
            column = 0
            for each in _parts(row, IN_ROW):
                while until.get(column, 0) > nth:
                    column += 1
                    steps += 1
                wide, high = _span(each, "colspan"), _span(each, "rowspan")
                high = min(high or len(group), len(group) - nth)
                cells.append(SheetCell(text_of(each), top + nth, column, high, wide))
                if high > 1:
                    until.update(dict.fromkeys(range(column, column + wide), nth + high))
                column += wide
                steps += 1
            if steps > MOST_CELLS:
                raise too_many_cells(name)
        top += len(group)
    return cells


def is_table(cells: Iterable[SheetCell]) -> bool:
    """Whether cells are those of a table, not the columns of a page's layout.

    Some row then has two short texts side by side.
    """
    seen: set[int] = set()
    for cell in cells:
        if 0 < len(cell.text.strip()) <= SHORT:
            if cell.row in seen:
                return True
            seen.add(cell.row)
    return False


def strays(table: HtmlElement) -> Iterator[HtmlElement]:
    """What stands in a table outside of its cells, its caption too: shown above it."""
    for part in (table, *_parts(table, frozenset(("tr",)))):
        for child in part:
            if is_shown(child) and tag_of(child) not in PARTS and not _has_cells(child):
                yield child


def _has_cells(element: HtmlElement) -> bool:
    return next(element.iter("tr", "td", "th"), None) is not None


def _groups(table: HtmlElement) -> list[list[HtmlElement]]:
    """The rows of a table that are shown: those of the head first, those of the foot last."""
    groups: list[tuple[int, list[HtmlElement]]] = []
    loose: list[HtmlElement] = []
    for part in _parts(table, frozenset(("tr", "thead", "tbody", "tfoot"))):
        tag = tag_of(part)
        if tag == "tr":
            if not loose:
                groups.append((1, loose))
            loose.append(part)
            continue
        loose = []
        rows = list(_parts(part, frozenset(("tr",))))
        groups.append(({"thead": 0, "tfoot": 2}.get(tag, 1), rows or [part]))
    if not groups:  # cells without any row
        groups.append((1, [table]))
    return [rows for _, rows in sorted(groups, key=lambda group: group[0])]


def _parts(element: HtmlElement, tags: frozenset[str]) -> Iterator[HtmlElement]:
    """The nearest shown descendants with one of ``tags``; forms may stand between."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif not is_shown(child):
            continue
        elif tag_of(child) in tags:
            yield child
        elif tag_of(child) not in PARTS | {"table", "caption"}:
            stack.append(iter(child))


def _span(cell: HtmlElement, attribute: str) -> int:
    """How many columns or rows a cell covers; 0 rows are all that are left."""
    digits = re.match(r"\s*\+?(\d{1,6})", cell.get(attribute) or "1")
    number = int(digits[1]) if digits else 1
    return min(number, MOST_CELLS) if attribute == "rowspan" else max(1, min(number, WIDEST))
