"""Keeps the numbers of a table whole that are broken over lines or overflow their cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from narrcheck.document import Box
from narrcheck.load.blocks import Fit
from narrcheck.load.pdf.lines import Char, PageLine
from narrcheck.load.writing import Shown

DIGITS = re.compile(r"[\d.,%％-]")
# One number and no more: 1,234.56, 1234.5, -12, 12.5%.
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%％]?")
# What a number cannot end with: a comma, a point, groups of three with the last one short.
BROKEN_OFF = re.compile(r"-?(?:[\d,]*,\d{0,2}|\d[\d,]*\.|-)")
# One that goes on by what stands on the next line: .56, ,567, %.
REST = re.compile(r"[.,]\d[\d,.]*[%％]?|[%％]")
TOUCHING = 0.2  # of the height of characters: those of one number are no farther apart
PADDING = 6.0  # points: mostly the text of a cell is no farther from its rule


def text_of_cell(lines: Sequence[PageLine], width: float) -> Shown:
    """The lines of a cell as one text; ``width`` is that of the cell, in points.

    A number that was too long for the cell is one again, two numbers stay apart.
    """
    text, doubts = "", list[tuple[int, int]]()
    last: PageLine | None = None
    for line in lines:
        if last and NUMBER.match(line.text) and _end(last) and not _goes_on(last, line, width):
            text += " "
        doubts.extend((len(text) + start, len(text) + end) for start, end in line.shown.doubts)
        text += line.text
        last = line
    return Shown(text, tuple(doubts))


def fit_of(lines: Sequence[PageLine], width: float) -> Fit | None:
    """How the lines of a cell fill its ``width``, in points; None where there are none."""
    if not lines:
        return None
    last = lines[-1]
    room = width - (last.box[2] - last.box[0]) - 2 * PADDING
    return Fit(room, lines[0].first, last.size)


def _end(line: PageLine) -> bool:
    """Whether a line is a number, or the part of one."""
    return all(DIGITS.match(each) for each in line.text)


def _goes_on(last: PageLine, line: PageLine, width: float) -> bool:
    """Whether two lines of a cell are one number."""
    if not (_end(line) and NUMBER.fullmatch(last.text + line.text)):
        return False
    if BROKEN_OFF.fullmatch(last.text) or REST.fullmatch(line.text):
        return True
    full = width - (last.box[2] - last.box[0]) < 2 * PADDING + last.size * 0.6
    before, _, after = last.text.partition(".")
    if "." in last.text:
        return full and len(after) < 2 and len(line.text) <= 2 - len(after)
    return full and len(before) >= 4


def numbers_in_cells(cells: dict[int, list[Char]], boxes: Sequence[Box]) -> None:
    """Puts each number that overflows its cell wholly into it; ``cells`` are changed.

    Numbers stand at the right of their cells, so that they overflow to the left, unless one
    begins at the left rule and ends far from the right one.
    """
    owners: dict[int, int] = {}
    digits: list[Char] = []
    for index, chars in cells.items():
        for char in chars:
            if DIGITS.match(char.text):
                owners[id(char)] = index
                digits.append(char)
    for run in _runs(digits):
        touched = list(dict.fromkeys(owners[id(char)] for char in run))
        if len(touched) < 2 or not NUMBER.fullmatch("".join(char.text for char in run)):
            continue
        owner = _owner(run, touched, boxes)
        for char in run:
            if owners[id(char)] != owner:
                cells[owners[id(char)]].remove(char)
                cells[owner].append(char)


def _runs(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters of one line that touch, left to right."""
    runs: list[list[Char]] = []
    for char in sorted(chars, key=lambda each: (round(each.bottom * 2), each.x0)):
        last = runs[-1][-1] if runs else None
        size = char.bottom - char.top
        if (
            last
            and abs(last.bottom - char.bottom) <= 1
            and -0.5 * size < char.x0 - last.x1 <= TOUCHING * size
        ):
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _owner(run: Sequence[Char], touched: Sequence[int], boxes: Sequence[Box]) -> int:
    """The cell of a number that stands in several."""
    first, last = boxes[touched[0]], boxes[touched[-1]]
    at_left = 0 <= run[0].x0 - first[0] <= PADDING
    at_right = 0 <= last[2] - run[-1].x1 <= PADDING
    return touched[0] if at_left and not at_right else touched[-1]
