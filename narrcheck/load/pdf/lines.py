"""Puts the characters of a printed page together to lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress, groupby, pairwise

from narrcheck.document import Box
from narrcheck.load.joining import UNBROKEN
from narrcheck.load.writing import Shown

GUEST = re.compile(r"[\d.,:%％+\-−－]+")
SEATED = 0.25  # of their height: digits that overlap a line less are none of its own
LONGEST = 500  # characters: what is longer is no line
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character and its box, in points from the page's top left.

    ``doubt``: it was recognised in a picture, with little confidence.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line as it lies on the page.

    ``size`` is the height of its characters, ``first`` the width of its first unbreakable piece,
    ``edges`` the left edges of the characters of ``shown`` and the right edge of the last.
    """

    shown: Shown
    box: Box
    size: float
    first: float
    edges: tuple[float, ...]

    @property
    def text(self) -> str:
        """Its characters."""
        return self.shown.text


def lines_of(chars: Iterable[Char]) -> list[PageLine]:
    """The lines that characters form, top to bottom; ``chars`` are in the order of printing."""
    layers = [layer for row in _guests_seated(_rows(list(chars))) for layer in _layers(row)]
    lines = [_line(sorted(layer, key=lambda char: char.x0)) for layer in layers]
    return sorted(lines, key=lambda line: line.box[1])


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """The characters by line, each line in the order of printing.

    Those whose boxes overlap by half of the lower one's height stand on one line: digits often
    come in another font, a little higher or lower than the words around them.
    """
    rows: list[list[int]] = []
    spans: list[tuple[float, float]] = []
    order = sorted(
        range(len(chars)), key=lambda at: (chars[at].top + chars[at].bottom, chars[at].x0)
    )
    for at in order:
        char = chars[at]
        for index in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            top, bottom = spans[index]
            overlap = min(bottom, char.bottom) - max(top, char.top)
            if overlap * 2 > min(bottom - top, char.bottom - char.top):
                rows[index].append(at)
                break
        else:
            rows.append([at])
            spans.append((char.top, char.bottom))
    return [[chars[at] for at in sorted(row)] for row in rows]


def _guests_seated(rows: list[list[Char]]) -> list[list[Char]]:
    """The lines, digits that stand far off put where the line beside them has a hole for them."""
    seated: list[list[Char]] = []
    for row in rows:
        host = seated[-1] if seated else []
        if host and _sits(row, host):
            host.extend(row)
        elif host and _sits(host, row):
            seated[-1] = [*row, *host]
        else:
            seated.append(row)
    return seated


def _sits(guest: Sequence[Char], host: Sequence[Char]) -> bool:
    """Whether ``guest`` are digits in holes of ``host``, overlapping it by a quarter in height."""
    if not len(guest) < len(host) < LONGEST or not all(GUEST.fullmatch(c.text) for c in guest):
        return False
    _, top, _, bottom = _around(guest)
    _, upper, _, lower = _around(host)
    high = bottom - top
    if min(bottom, lower) - max(top, upper) < high * SEATED:
        return False
    if any(_overlap(char, other) > high * 0.2 for char in guest for other in host):
        return False
    return all(any(-_overlap(char, other) < high for other in host) for char in _ends(guest))


def _ends(chars: Sequence[Char]) -> tuple[Char, Char]:
    return min(chars, key=lambda char: char.x0), max(chars, key=lambda char: char.x1)


def _around(chars: Sequence[Char]) -> Box:
    """The box around characters."""
    return (
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
    )


def _collide(one: Char, other: Char) -> bool:
    """Whether two characters stand on the same place of a line."""
    apart = abs(one.x0 + one.x1 - other.x0 - other.x1) / 2
    return apart < min(one.x1 - one.x0, other.x1 - other.x0) * 0.3


def _layers(row: Sequence[Char]) -> list[list[Char]]:
    """The lines that were printed over each other on one place, in the order of printing.

    What is printed twice for boldness is one. Text that was painted over stays in a file. The
    blanks of a form (____) under what was filled in are left out.
    """
    twins = _twins(row)
    single = [char for char, twin in zip(row, twins, strict=True) if not twin]
    if len(row) > LONGEST or _overprinted(single) < 2:
        return [single]
    filled = _without_filled(single)
    if _overprinted(filled) < 2:
        return [filled]
    runs: list[list[Char]] = []
    new: list[bool] = []  # whether a run has a character that was not printed there before
    for char, twin in zip(row, twins, strict=True):
        if runs and char.x0 >= runs[-1][-1].x0:
            runs[-1].append(char)
            new[-1] |= not twin
        else:
            runs.append([char])
            new.append(not twin)
    layers: list[list[Char]] = []
    for run in compress(runs, new):
        for layer in layers:
            if not any(_collide(char, other) for char in run for other in layer):
                layer.extend(run)
                break
        else:
            layers.append(run)
    return layers


def _twins(chars: Sequence[Char]) -> list[bool]:
    """For each character, whether it is printed again at its place, for boldness."""
    seen: dict[tuple[str, int, int], list[Char]] = {}
    twins: list[bool] = []
    for char in chars:
        near = min(1.5, (char.x1 - char.x0) * 0.35)
        column, row = round(char.x0 / 2), round(char.top / 2)
        twin = any(
            abs(other.x0 - char.x0) <= near and abs(other.top - char.top) <= near
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((char.text, column + dx, row + dy), ())
        )
        twins.append(twin)
        if not twin:
            seen.setdefault((char.text, column, row), []).append(char)
    return twins


def _without_filled(row: Sequence[Char]) -> list[Char]:
    """The characters without the blanks on which others stand."""
    blanks: list[list[Char]] = []
    for char in sorted((each for each in row if each.text == "_"), key=lambda each: each.x0):
        if blanks and char.x0 - blanks[-1][-1].x1 <= 1:
            blanks[-1].append(char)
        else:
            blanks.append([char])
    others = [char for char in row if char.text != "_"]
    filled = {
        id(char)
        for blank in blanks
        if any(min(o.x1, blank[-1].x1) - max(o.x0, blank[0].x0) > 1 for o in others)
        for char in blank
    }
    return [char for char in row if id(char) not in filled]


def _overprinted(row: Sequence[Char]) -> int:
    """How many characters stand on the place of another."""
    placed = sorted(row, key=lambda char: char.x0 + char.x1)
    return sum(_collide(left, right) for left, right in pairwise(placed))


def _overlap(one: Char, other: Char) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _line(chars: Sequence[Char]) -> PageLine:
    text = ""
    edges: list[float] = []
    doubts: list[tuple[int, int]] = []
    size = sorted(char.bottom - char.top for char in chars)[len(chars) // 2]
    base = sorted(char.bottom for char in chars)[len(chars) // 2]
    last: Char | None = None
    for char in _raised(chars, size, base):
        if last and _is_apart(last, char, size):
            text += " "
            edges.append(last.x1)
        if char.doubt:
            doubts.append((len(text), len(text) + len(char.text)))
        text += char.text
        width = (char.x1 - char.x0) / len(char.text)
        edges.extend(char.x0 + width * nth for nth in range(len(char.text)))
        last = char
    edges.append(chars[-1].x1)
    match = UNBROKEN.match(text)
    first = edges[match.end() if match else 1] - edges[0]
    box = _around(chars)
    return PageLine(Shown(text, tuple(doubts)), box, size, first, tuple(edges))


def _raised(chars: Sequence[Char], size: float, base: float) -> list[Char]:
    """The characters, small raised digits (the mark of a footnote) as such: they are no number's.

    Three and more are a number in another font.
    """
    shown: list[Char] = []
    for small, run in groupby(
        chars, lambda c: c.bottom - c.top < size * 0.75 and c.bottom < base - size * 0.25
    ):
        mark = list(run)
        if small and len(mark) < 3:
            mark = [replace(char, text=char.text.translate(RAISED)) for char in mark]
        shown.extend(mark)
    return shown


def _is_apart(left: Char, right: Char, size: float) -> bool:
    """Whether a space shows between two characters; between Latin words a narrower one does."""
    latin = left.text[-1].isascii() and right.text[0].isascii()
    letters = latin and (left.text[-1].isalpha() or right.text[0].isalpha())
    return right.x0 - left.x1 > size * (0.15 if letters else 0.55)
