"""Finds the columns of a row from which a text export left out what its merged cells cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TypeAlias

from narrcheck.tables.cells import CODE, is_blank, read_number, split_code
from narrcheck.tables.layout import LABEL_KINDS, Column, Layout

Places: TypeAlias = tuple[int | None, ...]  # of each column, which cell of the row covers it

MOST = 500  # ways that are looked at; a row of so many is not known
CODE_PART = 3  # digits of a 类; of 款 and 项 codes print two where each has its own column


def place_row(texts: Sequence[str], layout: Layout, width: int, *, open_end: bool) -> Places | None:
    """Which cell covers each of the first ``width`` columns, None where that is not certain.

    A name may cover the label columns beside it, and all up to the amounts of a later block;
    every other cell covers one column. The first label columns may be covered from above.
    ``open_end``: at the end of the row empty cells are missing, or there are too many.
    """
    cells = list(texts)
    while open_end and cells and is_blank(cells[-1]):
        cells.pop()
    columns = layout.columns[:width]
    labels = next((at for at, each in enumerate(columns) if each.kind not in LABEL_KINDS), 0)
    ways = [
        (*[None] * above, *(at for at, span in enumerate(spans) for _ in range(span)))
        for above in range(max(labels, 1))
        for spans in islice(_covers(cells, columns[above:]), MOST)
    ]
    if len(ways) >= MOST:
        return None
    found: dict[tuple[int | None, ...], list[Places]] = {}
    for way in ways:
        places = (*way, *[None] * (width - len(way)))
        if (open_end or len(way) == width) and _belong(cells, way, layout):
            amounts = tuple(places[at] for at, each in enumerate(columns) if _is_amount(each))
            found.setdefault(amounts, []).append(places)
    if len(found) != 1:
        return None
    return min(*found.values(), key=lambda places: _strangeness(cells, places, columns))


def _is_amount(column: Column) -> bool:
    return column.kind not in LABEL_KINDS


def _strangeness(cells: Sequence[str], places: Places, columns: Sequence[Column]) -> int:
    """How many names and codes begin at a column of another kind."""
    return sum(
        not (is_blank(text) or is_usual(columns[places.index(at)], text))
        for at, text in enumerate(cells)
        if not _is_amount(columns[places.index(at)])
    )


def fits(texts: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether numbers stand only under amounts, and texts only under names."""
    return all(_may_hold(column, text) for column, text in zip(columns, texts, strict=False))


def is_usual(column: Column, text: str) -> bool:
    """Whether ``text`` is what most cells of a column of this kind hold."""
    number = read_number(text)
    if column.kind == "code":
        return bool(split_code(text)[0]) or _is_code_part(text)
    if column.kind == "name":
        return number is None
    if column.kind == "unit":
        return CODE.fullmatch(text) is None
    return number is not None or column.kind not in ("amount", "number")


def _may_hold(column: Column, text: str) -> bool:
    if is_blank(text):
        return True
    number = read_number(text)
    if column.kind == "code":
        return number is None or CODE.fullmatch(text) is not None or _is_code_part(text)
    if column.kind in ("name", "unit"):
        return number is None or text.isdecimal()
    return number is not None or column.kind not in ("amount", "number")


def _is_code_part(text: str) -> bool:
    return text.isdecimal() and len(text) <= CODE_PART


def _covers(cells: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[int, ...]]:
    """How many columns each cell covers, in every way to lay ``cells`` on ``columns``."""

    @cache
    def spans(cell: int, column: int) -> tuple[int, ...]:
        found = _spans(cells[cell], columns[column:])
        return tuple(span for span in found if works(cell + 1, column + span))

    @cache
    def works(cell: int, column: int) -> bool:
        return cell == len(cells) or bool(spans(cell, column))

    def covers(cell: int, column: int) -> Iterator[tuple[int, ...]]:
        if cell == len(cells):
            yield ()
            return
        for span in spans(cell, column):
            for rest in covers(cell + 1, column + span):
                yield (span, *rest)

    return covers(0, 0)


def _spans(text: str, columns: Sequence[Column]) -> Iterator[int]:
    """How many of the first ``columns`` a cell may cover, the most beside it first.

    Only a total may reach over amounts that it adds up elsewhere.
    """
    if not columns or not _may_hold(columns[0], text):
        return
    kinds = [column.kind for column in columns]
    if is_blank(text) or kinds[0] not in LABEL_KINDS:
        yield 1
        return
    own = ("code",) if CODE.fullmatch(text) and kinds[0] == "code" else LABEL_KINDS
    beside = next((place for place, kind in enumerate(kinds) if kind not in own), len(kinds))
    yield from range(beside, 0, -1)
    for end in range(beside + 1, len(kinds)) if text.endswith("计") else ():
        if kinds[end - 1] in LABEL_KINDS and kinds[end] not in LABEL_KINDS:
            yield end


def _belong(cells: Sequence[str], places: Places, layout: Layout) -> bool:
    """Whether no number stands in another half than the one that its row's name tells of."""
    titles = {
        column.index: "".join(block.title) for block in layout.blocks for column in block.amounts
    }
    name = ""
    for column, at in enumerate(places):
        if at is None or is_blank(cells[at]):
            continue
        if read_number(cells[at]) is None:
            name = cells[at]
        told = {title for title in titles.values() if title and title in name}
        if read_number(cells[at]) and told and titles.get(column, "") not in {*told, ""}:
            return False
    return True
