"""A paragraph being read: its sentences, its numbers, and how claims of it are made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from narrcheck.claims.claim import Claim, Kind, NoClaim, Unread
from narrcheck.claims.context import Context
from narrcheck.claims.entries import find_entries
from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.quantities import Number
from narrcheck.document import Where
from narrcheck.figure import Figure
from narrcheck.patterns.subjects import plain
from narrcheck.quantity import Quantity

# Numbers with nothing but white space between them: a row of a table that was torn out of it.
_TABLE_ROW = regex.compile(r"\d\.\d+\s+-?\d[\d,]*\.\d")
_SENTENCE_END = regex.compile(r"[。！？!?]+[”’）)]*")


@dataclass(frozen=True, slots=True)
class Reader:
    """One paragraph being read: its text, what was matched in it, and where sentences begin."""

    context: Context
    text: str
    matches: tuple[Match, ...]
    numbers: tuple[Number, ...]
    starts: tuple[int, ...]
    first_id: int

    def sentence_of(self, position: int) -> int:
        """Which sentence (from 0) a character stands in."""
        return bisect_right(self.starts, position) - 1

    def sentence(self, position: int) -> str:
        """The whole sentence around a character, without white space at its ends."""
        number = self.sentence_of(position)
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].strip()

    def place_in_sentence(self, position: int) -> int:
        """Where in its sentence (as ``sentence`` gives it) a character stands."""
        start = self.starts[self.sentence_of(position)]
        lead = self.text[start:position]
        return len(lead) - (len(lead) - len(lead.lstrip()))

    def bracket(self, position: int) -> int:
        """Where the （ opens that a character of its sentence stands in, -1 where in none."""
        first = self.starts[self.sentence_of(position)]
        if self.text.find("（", first, position) < 0 and self.text.find("(", first, position) < 0:
            return -1
        depth = 0
        for at in range(position - 1, first - 1, -1):
            if self.text[at] in "）)":
                depth += 1
            elif self.text[at] in "（(":
                if depth == 0:
                    return at
                depth -= 1
        return -1

    def where(self, start: int, end: int) -> Where:
        """The place in the document of characters of this paragraph."""
        paragraph = self.context.paragraph
        document = self.context.document
        return document.where_in(paragraph, start, end)


def make_reader(
    context: Context, matches: tuple[Match, ...], numbers: tuple[Number, ...], first_id: int
) -> Reader:
    """A reader of the context's paragraph; claims are numbered from ``first_id``."""
    text = context.paragraph.text
    return Reader(context, text, matches, numbers, sentence_starts(text), first_id)


def sentence_starts(text: str) -> tuple[int, ...]:
    """Where the sentences of a paragraph begin; the first begins with it."""
    last = len(text.rstrip())
    return (0, *(match.end() for match in _SENTENCE_END.finditer(text) if match.end() < last))


def leftovers(
    reader: Reader, claims: Sequence[Claim]
) -> tuple[tuple[NoClaim, ...], tuple[Unread, ...]]:
    """The numbers that became no claim: those that state nothing, and those not understood."""
    claimed = {claim.where.start for claim in claims if claim.quantity is not None}
    silent: list[NoClaim] = []
    unread: list[Unread] = []
    for number in reader.numbers:
        where = reader.where(number.start, number.end)
        text = "".join(reader.text[number.start : number.end].split())
        if number.quantity is None:
            silent.append(NoClaim(text, where, number.why))
        elif not number.quantity.unit.text and _alone_on_its_line(reader, where):
            silent.append(NoClaim(text, where, "页码"))
        elif not number.quantity.unit.text and _TABLE_ROW.search(reader.text):
            silent.append(NoClaim(text, where, "表内数字"))
        elif where.start not in claimed:
            unread.append(Unread(text, reader.sentence(number.start), where))
    return tuple(silent), tuple(unread)


def _alone_on_its_line(reader: Reader, where: Where) -> bool:
    """Whether a number fills its line: a page number that a paragraph was joined over."""
    text = reader.context.document.text
    before, after = text[: where.start], text[where.end :]
    line = before.rpartition("\n")[2] + after.partition("\n")[0]
    return not line.strip()


def types_of(word: str, reader: Reader) -> frozenset[str]:
    return reader.context.lexicon.types.get(word, frozenset())


def years_back(capture: Capture | None, reader: Reader) -> int:
    """How many years before the reported one a word means: 1 for 上年, 0 without a word."""
    if capture is None:
        return 0
    if "last_year" in types_of(capture.text, reader):
        return 1
    digits = regex.match(r"\s*(\d{4})", capture.text)
    year = reader.context.document.year
    return year - int(digits[1]) if digits and year is not None else 0


def measure_of(capture: Capture | None, reader: Reader) -> str:
    words = reader.context.lexicon.patterns.words
    return words.measures.get(capture.text, "") if capture else ""


def _is_resolved(figure: Figure | None, reader: Reader) -> bool:
    """Whether it is known what a claim is about: an item, or what its own words call it.

    Not a name that two subjects of the tables share, nor an entry …（项） that neither the tables
    nor the classification have.
    """
    if figure is None or not figure.item:
        return False
    if figure.code or any(find_entries(figure.item)):
        return bool(figure.code)
    shared = reader.context.lexicon.names.subjects.get(plain(figure.item), ())
    return bool(figure.fund) or not shared


def make_claim(
    kind: Kind,
    capture: Capture,
    reader: Reader,
    identity: str,
    quantity: Quantity | None,
    figure: Figure | None = None,
    base: Figure | None = None,
    direction: int = 0,
    reason: str | None = None,
    names: tuple[str, ...] = (),
) -> Claim:
    if quantity is not None and not quantity.unit.text:
        reason = reason or "unit-missing"
    if reason is None and not _is_resolved(figure, reader):
        reason = "item-unresolved"
    text = quantity.text if quantity else "".join(capture.text.split())
    return Claim(
        id=identity,
        kind=kind,
        text=text,
        sentence=reader.sentence(capture.start),
        at=reader.place_in_sentence(capture.start),
        where=reader.where(capture.start, capture.end),
        paragraph=reader.context.index,
        section=reader.context.path,
        quantity=quantity,
        figure=figure,
        base=base,
        direction=direction,
        names=names,
        reason=reason,
    )
