"""Puts the characters of a printed page together to lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from narrcheck.document import Box
from narrcheck.load.writing import Shown

# What stays on one line: a number, a word, and the punctuation after it.
UNBROKEN = re.compile(r"(?:[\dA-Za-z.,:/%％]+|.)[，。；：、）)”》]*")


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character and its box, in points from the page's top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


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


def chars_of(page_chars: Iterable[dict[str, Any]]) -> list[Char]:
    """The visible upright characters; those printed twice for boldness once."""
    chars: list[Char] = []
    seen: set[tuple[str, int, int]] = set()
    for each in page_chars:
        text = str(each["text"])
        if not each.get("upright", True) or not text.strip():
            continue
        key = (text, round(each["x0"] / 1.5), round(each["top"] / 1.5))
        if key in seen:
            continue
        seen.add(key)
        chars.append(Char(text, each["x0"], each["top"], each["x1"], each["bottom"]))
    return chars


def lines_of(chars: Iterable[Char]) -> list[PageLine]:
    """The lines that characters form, top to bottom.

    Characters whose boxes overlap by half of the lower one's height stand on one line: digits
    often come in another font, a little higher or lower than the words around them.
    """
    rows: list[list[Char]] = []
    spans: list[tuple[float, float]] = []
    for char in sorted(chars, key=lambda each: (each.top + each.bottom, each.x0)):
        for index in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            top, bottom = spans[index]
            overlap = min(bottom, char.bottom) - max(top, char.top)
            if overlap * 2 > min(bottom - top, char.bottom - char.top):
                rows[index].append(char)
                break
        else:
            rows.append([char])
            spans.append((char.top, char.bottom))
    lines = [_line(sorted(row, key=lambda each: each.x0)) for row in rows]
    return sorted(lines, key=lambda line: line.box[1])


def _line(chars: Sequence[Char]) -> PageLine:
    text = ""
    edges: list[float] = []
    size = sorted(char.bottom - char.top for char in chars)[len(chars) // 2]
    last: Char | None = None
    for char in chars:
        if last and _is_apart(last, char, size):
            text += " "
            edges.append(last.x1)
        text += char.text
        width = (char.x1 - char.x0) / len(char.text)
        edges.extend(char.x0 + width * nth for nth in range(len(char.text)))
        last = char
    edges.append(chars[-1].x1)
    match = UNBROKEN.match(text)
    first = edges[match.end() if match else 1] - edges[0]
    box = (
        chars[0].x0,
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
    )
    return PageLine(Shown(text), box, size, first, tuple(edges))


def _is_apart(left: Char, right: Char, size: float) -> bool:
    """Whether a space shows between two characters; between Latin words a narrower one does."""
    latin = left.text[-1].isascii() and right.text[0].isascii()
    letters = latin and (left.text[-1].isalpha() or right.text[0].isalpha())
    return right.x0 - left.x1 > size * (0.15 if letters else 0.55)
