"""Where in its sentence the words at fault stand, and what of a long sentence to show."""

from __future__ import annotations

from narrcheck.findings import Finding
from narrcheck.report.lines import plain

CONTEXT = 200  # characters before a number that tell it from another equal one
EXCERPT = 110  # characters shown on either side of the words at fault


def occurrence(finding: Finding, source: str) -> tuple[int, int] | None:
    """Where in the sentence (as ``plain`` shows it) the words at fault stand; None where not.

    A sentence may hold the same number twice: the right one has in front of it what the
    document, whose text is ``source``, has in front of the finding's place.
    """
    sentence, words = plain(finding.sentence), plain(finding.text).strip()
    if not words:
        return None
    start = finding.where.start
    before = "".join(plain(source[max(0, start - 2 * CONTEXT) : start]).split())
    found: list[tuple[int, int]] = []
    position = sentence.find(words)
    while position >= 0:
        lead = "".join(sentence[max(0, position - CONTEXT) : position].split())
        found.append((_common_end(lead, before), -position))
        position = sentence.find(words, position + 1)
    if not found:
        return None
    position = -max(found)[1]
    return position, position + len(words)


def _common_end(one: str, other: str) -> int:
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def excerpt(sentence: str, at: tuple[int, int] | None) -> tuple[str, str, str]:
    """What to show before the words at ``at``, these, and after them; a long sentence cut down."""
    start, end = at or (0, 0)
    first, last = max(0, start - EXCERPT), min(len(sentence), end + EXCERPT)
    before = ("…" if first else "") + sentence[first:start]
    after = sentence[end:last] + ("…" if last < len(sentence) else "")
    return before, sentence[start:end], after
