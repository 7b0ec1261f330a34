"""The narrative sentence by sentence, with what was read in each; and the counts of a reading."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby

from narrcheck.claims.claim import Claim, NoClaim, Reading, Unread
from narrcheck.claims.reader import sentence_starts
from narrcheck.document import Document, Where


@dataclass(frozen=True, slots=True)
class Said:
    """What became of some characters (half-open) of a sentence's text."""

    start: int
    end: int
    read: Claim | NoClaim | Unread


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in which something was read, with that in text order."""

    section: tuple[str, ...]
    text: str
    where: Where
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was read; ``unresolved`` are the claims whose item is not known."""

    numbers: int = 0
    claims: int = 0
    no_claims: int = 0
    unread: int = 0
    unresolved: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.numbers + other.numbers,
            self.claims + other.claims,
            self.no_claims + other.no_claims,
            self.unread + other.unread,
            self.unresolved + other.unresolved,
        )


def count(reading: Reading) -> Counts:
    """The counts of one document; a claim without a number (大于预算数) is a claim all the same."""
    numeric = sum(claim.quantity is not None for claim in reading.claims)
    return Counts(
        numbers=numeric + len(reading.no_claims) + len(reading.unread),
        claims=len(reading.claims),
        no_claims=len(reading.no_claims),
        unread=len(reading.unread),
        unresolved=sum(claim.reason == "item-unresolved" for claim in reading.claims),
    )


def sentences(document: Document, reading: Reading) -> tuple[Sentence, ...]:
    """Every sentence with a claim or a number, in document order; each of them is in just one."""
    find = _Places.of(document).find
    everything: tuple[Claim | NoClaim | Unread, ...]
    everything = (*reading.claims, *reading.no_claims, *reading.unread)
    located: dict[int, list[Said]] = {}
    for each in everything:
        index, start = find(each.where.start)
        said = Said(start, find(each.where.end - 1)[1] + 1, each)
        located.setdefault(index, []).append(said)
    found: list[Sentence] = []
    for index, inside in sorted(located.items()):
        inside.sort(key=lambda said: (said.start, said.end))
        text = document.paragraphs[index].text
        starts = sentence_starts(text)
        for nth, group in groupby(inside, key=lambda each: bisect_right(starts, each.start) - 1):
            end = starts[nth + 1] if nth + 1 < len(starts) else len(text)
            found.append(_sentence(document, index, (starts[nth], end), tuple(group)))
    return tuple(found)


def _sentence(
    document: Document, index: int, span: tuple[int, int], said: tuple[Said, ...]
) -> Sentence:
    paragraph = document.paragraphs[index]
    text = paragraph.text[slice(*span)]
    start = span[0] + len(text) - len(text.lstrip())
    text = text.strip()
    return Sentence(
        document.section_path(paragraph.section),
        text,
        document.where_in(paragraph, start, start + len(text)),
        tuple(
            Said(max(each.start - start, 0), min(each.end - start, len(text)), each.read)
            for each in said
        ),
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """The runs of the body paragraphs: (offset in the document, paragraph, position there)."""

    runs: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, document: Document) -> _Places:
        return cls(
            tuple(
                sorted(
                    (source, index, position)
                    for index, paragraph in enumerate(document.paragraphs)
                    if paragraph.role == "body"
                    for position, source in paragraph.runs
                )
            )
        )

    def find(self, offset: int) -> tuple[int, int]:
        """The paragraph that a character of the document stands in, and its position there."""
        source, index, position = self.runs[bisect_right(self.runs, offset, key=_source) - 1]
        return index, position + offset - source


def _source(run: tuple[int, int, int]) -> int:
    return run[0]
