"""A part of a whole, kept as two counts: exact until it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ratio:
    """``part`` of ``whole`` things."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """The part as a fraction of the whole; None of nothing."""
        return Fraction(self.part, self.whole) if self.whole else None

    def scaled(self, steps: int) -> int | None:
        """The value in ``steps``-ths, cut off and not rounded: 999 of 1000 are never 100 %."""
        return self.part * steps // self.whole if self.whole else None
