"""What a printed word or number is about: marks in the text of a form, and how they are read.

A mark is ``⟦kind¦figure¦alternatives¦shown⟧``; what is shown may hold marks. Kinds:

amount, cell   an amount of the prose (with its unit), of a table (its unit is the alternative)
ratio, growth  a rate of two figures, ``PART÷WHOLE``, and that of a change, ``%FIGURE``
change         what a figure changed by, ``Δ`` before its name
way            增加, 下降 and so on, before the amount or rate; alternatives: the opposite, and both
order          a figure held against another, ``A?B``; alternatives: the opposite, the same
level          a clause on a change; the alternative says that nothing changed
year           the year; the alternative is the last one
names          names in a list; alternatives: every list with one name too many, and that name
item           the name of a 项; alternatives: names that do not stand in the document
listed, table  a table's line in the 目录, and the table
count          a number of things
bare           a number that no other has to do with
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

OPEN, CLOSE, BAR, OR = "⟦⟧¦‖"
NUMBERS = ("amount", "cell", "ratio", "growth", "change", "count")


@dataclass(frozen=True, slots=True)
class Said:
    """Characters ``start`` to ``end`` of a text, and the figure that they are about."""

    kind: str
    figure: str
    start: int
    end: int
    text: str
    alternatives: tuple[str, ...]

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    def holds(self, other: Said) -> bool:
        """Whether ``other`` lies within this, or is this."""
        return self.start <= other.start and other.end <= self.end


def mark(kind: str, figure: str, shown: str, alternatives: Sequence[str] = ()) -> str:
    """``shown``, marked."""
    return f"{OPEN}{kind}{BAR}{figure}{BAR}{OR.join(alternatives)}{BAR}{shown}{CLOSE}"


def read_marks(text: str) -> tuple[str, tuple[Said, ...]]:
    """The text without its marks, and what was marked, in the order of their beginnings."""
    clean: list[str] = []
    length = 0
    opened: list[tuple[list[str], int]] = []
    found: list[Said] = []
    at = 0
    while at < len(text):
        if text[at] == OPEN:
            kind, figure, others, _ = text[at + 1 :].split(BAR, 3)
            opened.append(([kind, figure, others], length))
            at += 1 + len(kind) + len(figure) + len(others) + 3
        elif text[at] == CLOSE:
            (kind, figure, others), start = opened.pop()
            shown = "".join(clean[start:])
            alternatives = tuple(others.split(OR)) if others else ()
            found.append(Said(kind, figure, start, length, shown, alternatives))
            at += 1
        else:
            clean.append(text[at])
            length += 1
            at += 1
    return "".join(clean), tuple(sorted(found, key=lambda each: (each.start, -each.end)))
