"""Reads what stands on one page: its lines, outside its tables, and its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrcheck.document import Turn
from narrcheck.load.ocr.read import UndrawnError, is_picture, read_page_of
from narrcheck.load.pdf.chars import is_unreadable
from narrcheck.load.pdf.lines import Char, PageLine, lines_of
from narrcheck.load.pdf.objects import TooMuch
from narrcheck.load.pdf.page import BoundedPage, sheet_of
from narrcheck.load.pdf.rules import has_too_many
from narrcheck.load.pdf.tables import tables_in
from narrcheck.load.writing import ShownTable

if TYPE_CHECKING:
    from narrcheck.load.ocr.page import ReadPage

SUMMARY = "NarrcheckSummary"  # the entry of a page that narrcheck.report.pdf added


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page, top to bottom.

    ``picture`` says that it is one: ``read`` by OCR, or ``unread`` where that is not installed;
    ``turn`` takes its places to those of the page as it is shown, which may lie askew. ``fault``
    is one of those that ``narrcheck.load.pdf.read`` speaks of, or "".
    """

    width: float
    height: float
    items: tuple[PageLine | ShownTable, ...]
    picture: str = ""
    turn: Turn | None = None
    fault: str = ""


def page_of(page: BoundedPage) -> Page:
    """What stands on a page; one that is damaged is empty, and one that narrcheck added."""
    return page_without_ocr(page) or _page_by_ocr(page)


def page_without_ocr(page: BoundedPage) -> Page | None:
    """The same; None where that can only be read from the page's picture."""
    if page.page_obj.attrs.get(SUMMARY):
        return Page(0.0, 0.0, (), fault="ours")
    try:
        page.parse()
    except TooMuch:
        return Page(0.0, 0.0, (), fault="crowded")
    except Exception:  # the parser raises anything on damaged pages; a notice says so
        return Page(0.0, 0.0, (), fault="damaged")
    if is_picture(page):
        return None
    sheet, others = sheet_of(page)
    if is_unreadable(sheet.chars):
        return None
    tables, chars = tables_in(list(sheet.chars), sheet.edges)
    fault = "turned" if others else "ruled" if has_too_many(sheet.edges) else ""
    return Page(sheet.width, sheet.height, _items(chars, tables), "", sheet.back, fault)


def _page_by_ocr(page: BoundedPage) -> Page:
    """The page that is a picture, or whose characters have no code."""
    if is_picture(page):
        return _seen(page, "read", Page(page.width, page.height, (), "unread"))
    sheet, _ = sheet_of(page)
    unread = Page(sheet.width, sheet.height, (), fault="uncoded")
    seen = _seen(page, "", unread)
    if seen is unread:
        return unread
    return replace(seen, fault=seen.fault or ("seen" if seen.items else "unseen"))


def _seen(page: BoundedPage, picture: str, unread: Page) -> Page:
    """The page read by OCR, ``unread`` where that is not installed; empty where damaged."""
    try:
        read = read_page_of(page)
    except UndrawnError:
        return Page(0.0, 0.0, (), fault="damaged")
    return replace(page_of_picture(read), picture=picture) if read else unread


def page_of_picture(read: ReadPage) -> Page:
    """The page whose picture was read by OCR."""
    tables, chars = tables_in(list(read.chars), read.rules)
    return Page(read.width, read.height, _items(chars, tables), "read", read.back)


def _items(
    chars: Sequence[Char], tables: Sequence[ShownTable]
) -> tuple[PageLine | ShownTable, ...]:
    items: list[PageLine | ShownTable] = [*lines_of(chars), *tables]
    return tuple(sorted(items, key=_top))


def _top(item: PageLine | ShownTable) -> float:
    return item.box[1] if item.box else 0.0
