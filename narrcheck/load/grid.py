"""Makes full grids of cells, reads their captions, and joins those that a page break cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from narrcheck.document import Cell, Paragraph, Table, Where
from narrcheck.load.blocks import Grid, row_texts
from narrcheck.load.caption import (
    LONGEST_TITLE,
    Facts,
    facts_of_row,
    is_note,
    is_title_like,
    read_facts,
    read_title,
)
from narrcheck.load.columns import same_columns
from narrcheck.load.outline import TABLE_END, begins_entry, level, without_number

CONTINUED = re.compile(r"[（(]?续\s*表?\s*\d*[）)]?")
HEADER_ROWS = 6  # no header is deeper than this


def pad(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows made equally long with empty cells at their ends."""
    width = max((len(row) for row in rows), default=0)
    padded: list[tuple[Cell, ...]] = []
    for row in rows:
        last = row[-1].where
        empty = Cell("", replace(last, start=last.end, boxes=()))
        padded.append((*row, *[empty] * (width - len(row))))
    return tuple(padded)


def split_caption_rows(grid: Grid) -> tuple[Grid, str, Facts]:
    """The grid without its first rows that are caption, the title in them, and their facts."""
    title, facts = "", Facts()
    taken = 0
    for row in grid.rows[:HEADER_ROWS]:
        texts = row_texts(row)
        found = facts_of_row(texts)
        if found:
            facts = facts | found
        elif len(texts) == 1 and not title and _is_row_title(texts[0]):
            title, of_title = read_title(texts[0])
            facts = facts | of_title
        elif texts:
            break
        taken += 1
    if taken == len(grid.rows) or not (title or facts != Facts()):
        return grid, "", Facts()
    return replace(grid, rows=grid.rows[taken:]), title, facts


def _is_row_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and TABLE_END.search(text) is not None


def read_captions(
    blocks: Sequence[Paragraph | Grid], where: Callable[[int, int], Where]
) -> tuple[list[Paragraph | Table], list[str]]:
    """The blocks with every grid made a table; and the unit names that captions gave.

    Paragraphs that belong to a caption get the role ``title`` or ``note``.
    """
    owners: list[str] = []
    done: list[Paragraph | Table] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        if isinstance(block, Paragraph):
            done.append(block)
            continue
        grid, title, facts = split_caption_rows(block)
        title, facts, first = _caption_before(done, title, facts)
        owners.extend([facts.owner] if facts.owner else [])
        previous = _table_before(done, first)
        whole = _whole(done[previous], grid, title, facts) if previous is not None else None
        if whole and previous is not None:
            first = previous + 1
            table = replace(whole, where=_span(whole.where, grid.where, where))
        else:
            place = replace(where(grid.where.start, grid.where.end), boxes=grid.where.boxes)
            table = Table(title, facts.number, facts.money_unit, grid.rows, place)
            first = len(done) + 1
            done.append(table)
        notes = _notes(blocks, index)
        done[first - 1] = replace(table, notes=tuple(note.text for note in notes))
        done.extend(notes)
        index += len(notes)
    return done, owners


def _caption_before(
    done: list[Paragraph | Table], title: str, facts: Facts
) -> tuple[str, Facts, int]:
    """Title and facts, completed from the paragraphs before the table, and where these begin.

    Marks the paragraphs as ``title``.
    """
    index = len(done) - 1
    subtitle = ""
    while index >= 0:
        item = done[index]
        if not isinstance(item, Paragraph) or item.role != "body":
            break
        found = read_facts(item.text)
        if found:
            facts = facts | found
        elif title or not is_title_like(item.text):
            break
        elif not subtitle and item.text[0] in "（(" and item.text[-1] in "）)":
            subtitle = item.text
        else:
            title, of_title = read_title(item.text)
            facts = facts | of_title
            numbered = begins_entry(title)
            title = without_number(title) if level(title) else title
            if numbered and not TABLE_END.search(title):
                break  # a heading of the narrative, which the table illustrates
        done[index] = replace(item, role="title")
        index -= 1
    return title, facts, index + 1


def _notes(blocks: Sequence[Paragraph | Grid], start: int) -> list[Paragraph]:
    """The paragraphs from ``start`` on that are notes of the table before them.

    After 注：1. … the next numbers of the same list belong to it too.
    """
    notes: list[Paragraph] = []
    for block in blocks[start:]:
        if not isinstance(block, Paragraph):
            break
        listed = bool(notes) and level(block.text) in (4, 5) and block.text[-1] in "。；;"
        if not (is_note(block.text) or listed):
            break
        notes.append(replace(block, role="note"))
    return notes


def _table_before(done: Sequence[Paragraph | Table], index: int) -> int | None:
    """Where the table stands that ends before ``done[index]``, captions of a next page left out."""
    while index > 0:
        index -= 1
        item = done[index]
        if isinstance(item, Table):
            return index
        if item.role != "title":
            break
    return None


def _whole(item: Paragraph | Table, grid: Grid, title: str, facts: Facts) -> Table | None:
    """The table ``item`` with the rows of ``grid``, if that is its rest on the next page.

    Header rows that are repeated there are dropped.
    """
    if not isinstance(item, Table) or item.notes or not grid.rows:
        return None
    if facts.number and facts.number != item.number:
        return None
    if title not in ("", item.title) and CONTINUED.sub("", title).strip() != item.title:
        return None
    upper, lower = same_columns(item.rows, grid.rows)
    if not upper:
        return None
    repeated = 0
    for row, old in zip(lower, upper[:HEADER_ROWS], strict=False):
        if [cell.text for cell in row] != [cell.text for cell in old]:
            break
        repeated += 1
    return replace(item, rows=upper + lower[repeated:])


def _span(first: Where, second: Where, where: Callable[[int, int], Where]) -> Where:
    return replace(where(first.start, second.end), boxes=first.boxes + second.boxes)
