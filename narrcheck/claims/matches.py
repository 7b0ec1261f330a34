"""Where a claim pattern fits in a paragraph, and what its roles took."""

from __future__ import annotations

from dataclasses import dataclass

from narrcheck.claims.quantities import Number
from narrcheck.patterns.claims import ClaimPattern


@dataclass(frozen=True, slots=True)
class Capture:
    """What a role of a pattern took: characters of the paragraph, half-open, and tokens."""

    role: str
    start: int
    end: int
    text: str
    number: Number | None


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a claim pattern fits; ``start`` and ``end`` are characters.

    ``bound`` says that a word of no list stands just before: what follows is part of its name."""

    pattern: ClaimPattern
    start: int
    end: int
    captures: tuple[Capture, ...]
    bound: bool = False

    def get(self, role: str) -> Capture | None:
        """What stands in ``role``, None where the pattern did not use it."""
        for capture in self.captures:  # asked very often: no generator
            if capture.role == role:
                return capture
        return None
