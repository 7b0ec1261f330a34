"""Finds what is what in a table's grid: header rows, the path of each column, halves, data rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from narrcheck.document import Cell, Table
from narrcheck.patterns.tables import TablePatterns, compact
from narrcheck.tables.cells import CODE, is_blank, read_number

COLUMN_ROLES = ("code", "name", "unit", "number", "remark")
LABEL_KINDS = ("code", "name", "unit")
INDEX_LABELS = frozenset({"栏次", "行次", "序号", "列次", "**", "*", "甲", "乙", "丙", "丁"})
CODE_LABELS = frozenset({"类", "款", "项", "目"})
INDEX_NUMBER = re.compile(r"(\d{1,2})(?:[=＝][\d+＋\-－—…~～.（）]+)?")
CAPTION = re.compile(
    r"(编制|预算|填报|公开)?(部门|单位)(名称|（单位）)?：.*|金额单位：.*|(财决)?公开\d+表|(附)?表\d+"
)
NOTE = re.compile(r"(注|说明|备注|填表说明)\d*：.*|注\d*[.、．].+")
LISTED = re.compile(r"[一二三四五六七八九十]+、.+")
YEAR = re.compile(r"(19|20)\d\d(年度?)?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header path (outermost first) and its kind.

    ``kind`` is code, name, unit (of a budget unit), number (行次), remark, amount, or ``""``.
    """

    index: int
    path: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that are read together: the labels of its rows and the amounts they name.

    ``title`` are the header labels that stand over both (收入, 支出, 人员经费).
    """

    labels: tuple[Column, ...]
    amounts: tuple[Column, ...]
    title: tuple[str, ...]

    def path(self, column: Column) -> tuple[str, ...]:
        """The path of an amount column without what stands over the whole block."""
        return column.path[len(self.title) :]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table whose rows and columns are told apart.

    ``texts`` is the grid, compacted; of a row that both heads columns and numbers them (类 款 项
    栏次 1 2) it has the heads alone. ``body`` are the indices of its data rows. ``blocks`` are its
    halves, from left to right.
    """

    table: Table
    texts: tuple[tuple[str, ...], ...]
    header: tuple[int, ...]
    body: tuple[int, ...]
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place of the grid."""
        return self.table.rows[row][column]


def lay_out(
    table: Table, patterns: TablePatterns, *, shown: frozenset[int] = frozenset()
) -> Layout:
    """Tells header, columns, blocks and data rows of ``table`` apart.

    ``shown`` are the data rows that tell what a column holds, all of them where it is empty.
    """
    texts = texts_of(table)
    header = header_rows(table, texts)
    body = tuple(_body_rows(texts, header))
    paths = enumerate(header_paths(table, texts, header))
    columns = tuple(Column(index, path, "") for index, path in paths)
    return with_kinds(Layout(table, texts, header, body, columns, ()), patterns, shown=shown)


def texts_of(table: Table) -> tuple[tuple[str, ...], ...]:
    """The grid of a table as ``Layout.texts`` has it."""
    return tuple(_labels_alone([compact(cell.text) for cell in row]) for row in table.rows)


def with_kinds(layout: Layout, patterns: TablePatterns, *, shown: frozenset[int]) -> Layout:
    """The layout with what its columns hold told by the data rows ``shown``, as in ``lay_out``."""
    rows = [layout.texts[row] for row in layout.body if row in shown or not shown]
    columns = tuple(
        Column(each.index, each.path, _kind(each.path, patterns, [row[each.index] for row in rows]))
        for each in layout.columns
    )
    return replace(layout, columns=columns, blocks=split_blocks(columns))


def header_rows(table: Table, texts: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """The rows above the first data row that hold labels (caption and 栏次 rows left out)."""
    found: list[int] = []
    for index, row in enumerate(texts):
        if _is_caption(row) or is_index_row(row) or not any(row):
            continue
        if _is_data_row(table.rows[index], row, begun=bool(found)):
            break
        found.append(index)
    return tuple(found)


def is_index_row(row: tuple[str, ...]) -> bool:
    """Whether a row numbers the columns: 栏次 1 2 3, 甲 1 2, 1 2 3 4=2+3."""
    filled = [text for text in row if text]
    numbers = [INDEX_NUMBER.fullmatch(text) for text in filled if text not in INDEX_LABELS]
    if not filled or not all(numbers):
        return False
    values = [int(match[1]) for match in numbers if match]
    counted = values == list(range(1, len(values) + 1))
    return len(values) < len(filled) or (len(values) > 1 and counted)


def _labels_alone(row: list[str]) -> tuple[str, ...]:
    """The row, without 栏次 and the numbers of columns where these stand beside 类, 款 and 项."""
    rest = tuple("" if text in CODE_LABELS else text for text in row)
    if not CODE_LABELS.intersection(row) or not is_index_row(rest):
        return tuple(row)
    if "栏次" not in row and not any(map(_is_number, rest)):
        return tuple(row)
    return tuple(text if text in CODE_LABELS else "" for text in row)


def _is_caption(row: tuple[str, ...]) -> bool:
    filled = [text for text in row if text]
    return bool(filled) and all(CAPTION.fullmatch(text) for text in filled)


def _is_note(row: tuple[str, ...]) -> bool:
    first = next((text for text in row if text), "")
    return NOTE.fullmatch(first) is not None


def _is_number(text: str) -> bool:
    """Whether a compacted cell is a number; a year in a header is none."""
    return YEAR.fullmatch(text) is None and read_number(text) is not None


def _is_data_row(cells: tuple[Cell, ...], row: tuple[str, ...], *, begun: bool) -> bool:
    if any(_is_number(text) for text in row):
        return True
    places = {(cell.where.start, text) for cell, text in zip(cells, row, strict=True) if text}
    filled = [text for _, text in sorted(places)]
    if not begun or not filled:
        return False
    return LISTED.fullmatch(filled[0]) is not None or filled in (["合计"], ["总计"])


def _body_rows(texts: tuple[tuple[str, ...], ...], header: tuple[int, ...]) -> list[int]:
    """The rows under the header without those that repeat it, number columns, or are notes."""
    last = header[-1] if header else -1
    repeated = {texts[index] for index in header}
    return [
        index
        for index, row in enumerate(texts)
        if index > last
        and any(row)
        and row not in repeated
        and not (is_index_row(row) or _is_caption(row) or _is_note(row))
    ]


def header_paths(
    table: Table, texts: tuple[tuple[str, ...], ...], header: tuple[int, ...]
) -> list[tuple[str, ...]]:
    """The labels over each column, outermost first, merged headers spread over their columns.

    Where the file does not say how cells are merged, an empty header cell belongs to the label on
    its left if a label stands below it, and otherwise to the label above.
    """
    width = len(texts[0]) if texts else 0
    merged = any(cell.columns > 1 for row in header for cell in table.rows[row])
    paths: list[list[str]] = [[] for _ in range(width)]
    for place, row in enumerate(header):
        below = header[place + 1 :]
        left = ""
        left_parents: tuple[str, ...] = ()
        for index in range(width):
            label, parents = texts[row][index], tuple(paths[index])
            spread = not merged and not label and any(texts[each][index] for each in below)
            if spread and left and parents == left_parents:
                label = left
            left, left_parents = label, parents
            if label and parents[-1:] != (label,):  # merged downwards, it is repeated
                paths[index].append(label)
    return [tuple(path) for path in paths]


def _kind(path: tuple[str, ...], patterns: TablePatterns, texts: list[str]) -> str:
    filled = [text for text in texts if not is_blank(text)]
    numbers = [text for text in filled if _is_number(text)]
    names = path[-1:]
    if not filled and names and patterns.label(names[0], ("total",)):
        names = path[-2:]  # the 合计 of an empty table may be printed into its header
    for name in reversed(names):
        if label := patterns.label(name, COLUMN_ROLES):
            return "code" if label.role == "name" and _are_codes(filled) else label.role
    few = len(filled) * 3 < len(texts) and any(map(patterns.meanings, names))
    if filled and len(numbers) * 2 < len(filled) and not few:
        return "name"
    if _runs(numbers) and not path:
        return "number"
    return "amount" if path or numbers else ""


def _are_codes(texts: list[str]) -> bool:
    """Whether under 功能科目, which may head names too, most cells are codes and no more."""
    return sum(CODE.fullmatch(text) is not None for text in texts) * 2 > len(texts)


def _runs(numbers: list[str]) -> bool:
    """Whether the cells count on: 32, 33, 34."""
    if len(numbers) < 3 or not all(text.isdecimal() for text in numbers):
        return False
    values = [int(text) for text in numbers]
    return all(later == earlier + 1 for earlier, later in pairwise(values))


def split_blocks(columns: tuple[Column, ...]) -> tuple[Block, ...]:
    """The halves of a table: each begins with label columns and goes on to its amounts."""
    groups: list[tuple[list[Column], list[Column]]] = [([], [])]
    for column in columns:
        labels, amounts = groups[-1]
        if column.kind in LABEL_KINDS and amounts:
            groups.append(([column], []))
        elif column.kind in LABEL_KINDS:
            labels.append(column)
        elif column.kind == "amount":
            amounts.append(column)
    return tuple(
        Block(tuple(labels), tuple(amounts), _shared(labels, amounts))
        for labels, amounts in groups
        if amounts
    )


def _shared(labels: list[Column], amounts: list[Column]) -> tuple[str, ...]:
    """The header labels over every column of a block, down to where the first differs."""
    paths = [column.path for column in (*labels, *amounts)] if labels else [()]
    shared: list[str] = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(shared)
