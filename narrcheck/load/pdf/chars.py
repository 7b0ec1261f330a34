"""The characters that a page prints: which are text, in which direction, and what they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from narrcheck.document import Box, Turn, turned
from narrcheck.load.pdf.lines import Char

UNKNOWN = "\ufffd"  # a character whose font does not say which it is
SLANT = 0.1  # text that rises by more of its length is a watermark
# Radicals that fonts give in place of the character; for those of other blocks Unicode knows it.
RADICALS = str.maketrans(
    "⺝⺟⺠⺫⺬⺮⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "月母民目示竹虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A character as it is printed on the page, in points from the top left.

    ``quarters`` is its direction: 0 to the right, 1 upwards, 2 to the left, 3 downwards.
    """

    text: str
    box: Box
    quarters: int

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return ((self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2)

    def char(self, turn: Turn | None) -> Char:
        """The character where ``turn`` takes it."""
        return Char(self.text, *(turned(self.box, turn) if turn else self.box))


def printed_on(chars: Iterable[dict[str, Any]], move: tuple[float, float]) -> list[Printed]:
    """The visible characters of a page of pdfplumber, moved; slanting ones are left out."""
    printed: list[Printed] = []
    for each in chars:
        text, quarters = text_of(str(each["text"])), direction(each["matrix"])
        if text and quarters is not None:
            x, y = move
            box = (each["x0"] + x, each["top"] + y, each["x1"] + x, each["bottom"] + y)
            printed.append(Printed(text, box, quarters))
    if any(each.quarters == 2 for each in printed) and not _runs_left(printed):
        return [replace(each, quarters=0) if each.quarters == 2 else each for each in printed]
    return printed


def direction(matrix: Sequence[float]) -> int | None:
    """In which direction a text of that matrix runs (see ``Printed``); None for slanting text."""
    a, b = matrix[:2]
    if abs(b) <= SLANT * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= SLANT * abs(b):
        return 1 if b > 0 else 3
    return None


def _runs_left(printed: Sequence[Printed]) -> bool:
    """Whether text of direction 2 stands on its head: its size may be negative as well."""
    steps = [
        after.box[0] - before.box[0]
        for before, after in pairwise(each for each in printed if each.quarters == 2)
        if abs(after.box[1] - before.box[1]) < 1
    ]
    return sum(step < 0 for step in steps) * 2 > len(steps)


def text_of(text: str) -> str:
    """What a character of a PDF stands for; "" for white space and for what has no shape.

    A radical is the character that looks like it.
    """
    if text.startswith("(cid:"):
        return UNKNOWN
    if text.isascii():
        return "".join(text.split()) if text.isprintable() else ""
    shown = "".join(each for each in text if unicodedata.category(each) not in ("Cf", "Cc"))
    if any("\u2e80" <= each <= "\u2fdf" for each in shown):
        shown = "".join(
            unicodedata.normalize("NFKC", each) if each >= "\u2f00" else each
            for each in shown.translate(RADICALS)
        )
    return "".join(shown.split())


def is_unreadable(chars: Sequence[Char]) -> bool:
    """Whether the fonts of a page do not say what its characters, or its digits, are.

    Bullets often have a code of their maker's own; a page of such is unreadable too.
    """
    unknown = sum(each.text == UNKNOWN for each in chars)
    private = sum(unicodedata.category(each.text[0]) == "Co" for each in chars)
    return (unknown >= 10 and unknown * 20 > len(chars)) or (
        private >= 20 and (private + unknown) * 3 > len(chars)
    )
