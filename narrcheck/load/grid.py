"""Makes full grids of cells, reads their captions, and joins those that a page break cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from narrcheck.document import Cell, Paragraph, Table, Where
from narrcheck.load.blocks import Fit, Grid, row_texts
from narrcheck.load.caption import (
    LONGEST_TITLE,
    Facts,
    facts_of_row,
    is_note,
    is_title_like,
    read_facts,
    read_title,
)
from narrcheck.load.continuing import HEADER_ROWS, rest_joined
from narrcheck.load.outline import TABLE_END, begins_entry, level, without_number

OPEN_FACTS = re.compile(r"\s(?:金额|计量|货币)$")
CONTINUED = re.compile(r"[（(]?续\s*表?\s*\d*[）)]?")


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


def split_stacked(grid: Grid) -> list[Grid]:
    """The tables of a grid whose frames touch: a row that is a title begins the next one."""
    starts = [0]
    for number, row in enumerate(grid.rows):
        texts = row_texts(row)
        whole = len(texts) == 1 and all(cell == row[0] for cell in row)
        if number >= 2 and whole and len(row) > 1 and _is_row_title(texts[0]):
            starts.append(number)
    if len(starts) == 1 or len(grid.rows) - starts[-1] < 3:
        return [grid]
    ends = [*starts[1:], len(grid.rows)]
    return [_part(grid, first, last) for first, last in zip(starts, ends, strict=True)]


def _part(grid: Grid, first: int, last: int) -> Grid:
    """Some rows of a grid, without the columns that only others part."""
    rows = grid.rows[first:last]
    kept = [
        column
        for column in range(grid.width)
        if column == 0 or any(row[column] != row[column - 1] for row in rows)
    ]
    places = [cell.where for row in rows for cell in row]
    start, end = min(each.start for each in places), max(each.end for each in places)
    boxes = [box for each in places for box in each.boxes]
    around = (
        min((box[0] for box in boxes), default=0.0),
        min((box[1] for box in boxes), default=0.0),
        max((box[2] for box in boxes), default=0.0),
        max((box[3] for box in boxes), default=0.0),
    )
    where = replace(grid.where, start=start, end=end, boxes=(around,) if boxes else ())
    return Grid(tuple(tuple(row[column] for column in kept) for row in rows), where, grid.fits)


def _is_row_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and TABLE_END.search(text) is not None


def read_captions(
    blocks: Sequence[Paragraph | Grid], where: Callable[[int, int], Where]
) -> tuple[list[Paragraph | Table], list[str]]:
    """The blocks with every grid made a table; and the unit names that captions gave.

    Paragraphs that belong to a caption get the role ``title`` or ``note``.
    """
    owners: list[str] = []
    fits: dict[int, Fit] = {}
    done: list[Paragraph | Table] = []
    blocks = [
        part
        for block in blocks
        for part in (split_stacked(block) if isinstance(block, Grid) else (block,))
    ]
    index = 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        if isinstance(block, Paragraph):
            done.append(block)
            continue
        fits.update(block.fits)
        grid, title, facts = split_caption_rows(block)
        title, facts, first = _caption_before(done, title, facts)
        owners.extend([facts.owner] if facts.owner else [])
        previous = _table_before(done, first)
        whole = _whole(done[previous], grid, title, facts, fits) if previous is not None else None
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
        above = done[index - 1] if index else None
        broken = _broken(above, item, found)
        if broken and isinstance(above, Paragraph):
            facts = facts | broken
            done[index] = replace(item, role="title")
            item, index = above, index - 1
        elif found:
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


def _broken(above: Paragraph | Table | None, line: Paragraph, found: Facts | None) -> Facts | None:
    """The facts of a caption line that was too long, so that its last words stand in a next one.

    部门：某局 2023年 | 度 金额单位：万元. ``found`` is what the next one says alone.
    """
    if not isinstance(above, Paragraph) or above.role != "body":
        return None
    if found and not OPEN_FACTS.search(above.text):
        return None
    both = read_facts(f"{above.text}{line.text}")
    return both if both and both.money_unit and both.owner else None


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


def _whole(
    item: Paragraph | Table, grid: Grid, title: str, facts: Facts, fits: Mapping[int, Fit]
) -> Table | None:
    """The table ``item`` with the rows of ``grid``, if that is its rest on the next page.

    Header rows that are repeated there are dropped.
    """
    if not isinstance(item, Table) or item.notes or not grid.rows:
        return None
    if facts.number and facts.number != item.number:
        return None
    if title and CONTINUED.sub("", title).strip() not in ("", CONTINUED.sub("", item.title)):
        return None
    if _is_beside(item, grid):
        return None
    rows = rest_joined(item.rows, grid.rows, fits)
    return replace(item, rows=rows) if rows else None


def _is_beside(table: Table, grid: Grid) -> bool:
    """Whether a grid stands beside the end of a table on the same page, not below it."""
    if not (table.where.boxes and grid.where.boxes):
        return False
    same_page = table.rows[-1][0].where.page == grid.where.page
    return same_page and grid.where.boxes[0][1] < table.where.boxes[-1][3] - 1


def _span(first: Where, second: Where, where: Callable[[int, int], Where]) -> Where:
    return replace(where(first.start, second.end), boxes=first.boxes + second.boxes)
