"""Reads what the rows of a table are about: subject code and name, joined where they are split."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from narrcheck.patterns.tables import bare_name
from narrcheck.tables.cells import CODE, is_blank, read_number, split_code
from narrcheck.tables.layout import Block, Column, Layout

PART = 2  # digits of a 款 and of a 项


@dataclass(frozen=True, slots=True)
class RowLabel:
    """What a row is about: subject code and name, or the budget unit it is of.

    ``path`` are all names of a row without a code, outermost first: 其他资金, 事业收入.
    """

    code: str = ""
    name: str = ""
    unit: str = ""
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip() or self.unit


@dataclass(slots=True)
class _Segment:
    """Code columns and a name that belong together, while a row is read."""

    parts: list[str] = field(default_factory=list)
    name: str = ""


Labels: TypeAlias = dict[tuple[int, int], RowLabel]


def read_labels(layout: Layout, first_digits: str) -> Labels:
    """The label of each (block, data row) that has one.

    Where a row carries two codes (two classifications), the one whose first digit stands in
    ``first_digits`` is taken. A total whose amount stands in the next block is that block's.
    """
    labels: Labels = {}
    for number, block in enumerate(layout.blocks):
        above: dict[int, list[str]] = {}
        for row in layout.body:
            if label := _read_label(layout, block, row, first_digits, above):
                labels[number, row] = label
    for row in layout.body:
        _hand_on(layout, row, labels)
    return labels


def _read_label(
    layout: Layout, block: Block, row: int, first_digits: str, above: dict[int, list[str]]
) -> RowLabel | None:
    segments, unit = _segments(layout, block.labels, row)
    found: list[RowLabel] = []
    for index, segment in enumerate(segments):
        code = _join(segment.parts, above.setdefault(index, []))
        name = segment.name or next(
            (part for part in segment.parts if part and not part.isdecimal()), ""
        )
        code_in_name, name = split_code(name)
        if code or code_in_name or name:
            path = () if code or code_in_name else _names(layout, block, row)
            found.append(RowLabel(code or code_in_name, name, unit, path))
    if not found:
        return RowLabel(unit=unit) if unit else None
    if len(found) == 2 and not found[0].code and not found[1].name:  # the name comes first
        return replace(found[1], name=found[0].name)
    return next((each for each in found if each.code[:1] in first_digits and each.code), found[0])


def _segments(layout: Layout, columns: tuple[Column, ...], row: int) -> tuple[list[_Segment], str]:
    """The codes and names of a row's label cells; and the budget unit's name."""
    segments = [_Segment()]
    unit = ""
    seen: set[tuple[int, str]] = set()
    for column in columns:
        text = layout.texts[row][column.index]
        place = (layout.cell(row, column.index).where.start, text)
        repeated = place in seen
        if column.kind != "code" and (is_blank(text) or repeated):
            continue
        seen.add(place)
        segment = segments[-1]
        if column.kind == "unit":
            unit = bare_name(text)
        elif column.kind == "code":
            if segment.name:
                segments.append(segment := _Segment())
            segment.parts.append("" if is_blank(text) or repeated else text)
        elif segment.name and split_code(text)[0]:
            segments.append(_Segment(name=text))
        elif not segment.name and (read_number(text) is None or CODE.fullmatch(text)):
            segment.name = text
    return segments, unit


def _names(layout: Layout, block: Block, row: int) -> tuple[str, ...]:
    texts = (layout.texts[row][column.index] for column in block.labels if column.kind != "unit")
    return tuple(dict.fromkeys(bare_name(text) for text in texts if not is_blank(text)))


def _join(parts: list[str], above: list[str]) -> str:
    """The whole code of 类 | 款 | 项 cells; what a row leaves out stands in the rows above it.

    ``above`` keeps the parts of the last row and is brought up to date.
    """
    digits = [part if part.isdecimal() else "" for part in parts]
    filled = [index for index, part in enumerate(digits) if part]
    if not filled:
        return split_code(parts[0])[0] if parts else ""
    first, last = filled[0], filled[-1]
    whole = digits[last]
    if len(whole) > PART + 1:
        return whole if CODE.fullmatch(whole) else ""
    digits = [*above[:first], *digits[first : last + 1]]
    above[:] = digits
    head, *rest = digits or [""]
    code = head + "".join(part.zfill(PART) for part in rest)
    return code if CODE.fullmatch(code) else ""


def _hand_on(layout: Layout, row: int, labels: Labels) -> None:
    """Moves a row's label to the next block where the amount that it names stands there."""
    for number in range(len(layout.blocks) - 1):
        here, there = (number, row), (number + 1, row)
        if here not in labels or there in labels:
            continue
        if not _has_amount(layout, number, row) and _has_amount(layout, number + 1, row):
            labels[there] = labels.pop(here)


def _has_amount(layout: Layout, block: int, row: int) -> bool:
    columns = layout.blocks[block].amounts
    return any(read_number(layout.texts[row][column.index]) for column in columns)
