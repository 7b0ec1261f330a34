"""Prints amounts and rates as disclosures do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from made.truth import WAN

_TOLD = re.compile("⟦(.*?)⟧")


@dataclass(frozen=True, slots=True)
class Form:
    """How a province prints: decimals of rates, whether zeros are trimmed, thousands grouped.

    ``lines`` are 行次 and 公开01表, ``empty`` is what a cell without an amount shows, ``yuan`` says
    that tables are in 元, ``interleaved`` that 预算数 and 决算数 stand side by side.
    """

    places: int
    trims: bool = False
    grouped: bool = False
    lines: bool = True
    empty: str = "0.00"
    yuan: bool = False
    interleaved: bool = False

    def amount(self, fen: int) -> str:
        """An amount of the prose, without its unit."""
        text = rounded(Fraction(fen, WAN), 2, grouped=self.grouped)
        return text.rstrip("0").rstrip(".") if self.trims else text

    def told(self, fen: int) -> str:
        """An amount of the prose that a table has too, marked, with its unit."""
        return f"⟦{self.amount(fen)}⟧万元"

    def plain(self, fen: int) -> str:
        """An amount of the prose that no table has, with its unit."""
        return f"{self.amount(fen)}万元"

    def percent(self, part: int, whole: int) -> str:
        """A rate; 0 of anything is 0."""
        if not part and self.trims:
            return "0%"
        return f"{rounded(Fraction(part * 100, whole), self.places, grouped=self.grouped)}%"

    def cell(self, fen: int) -> str:
        """An amount of a table."""
        if not fen:
            return self.empty
        size = 100 if self.yuan else WAN
        return rounded(Fraction(fen, size), 2, grouped=self.grouped)


def rounded(value: Fraction, places: int, *, grouped: bool = False) -> str:
    """``value`` with some decimals, halves away from zero."""
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    number = Decimal(whole).scaleb(-places) * (-1 if value < 0 and whole else 1)
    return f"{number:,.{places}f}" if grouped else f"{number:.{places}f}"


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and where the amounts stand that a table has too."""
    spans = []
    clean = ""
    last = 0
    for match in _TOLD.finditer(text):
        clean += text[last : match.start()]
        spans.append((len(clean), len(clean) + len(match[1])))
        clean += match[1]
        last = match.end()
    return clean + text[last:], spans
