"""Entries that bear the name of another entry, and state the amounts of a third subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from narrcheck.claims.claim import Claim, Kind
from narrcheck.claims.entries import Named, named_levels
from narrcheck.document import Document, Paragraph
from narrcheck.figure import Figure, TableValue

_ITEM = 7  # digits of the code of a 项
_DIGITS = 3  # digits of an amount that are a subject's by no accident


@dataclass(frozen=True, slots=True)
class Copied:
    """An entry …（类）…（款）…（项）, from where to where its claims stand in the document's text.

    It was copied from that on the subject ``code``; ``value`` is that of the subject it is on,
    which its amount repeats.
    """

    paragraph: Paragraph
    levels: tuple[Named, ...]
    start: int
    end: int
    code: str
    value: TableValue

    def has(self, claim: Claim) -> bool:
        """Whether a claim is one of the entry's on what its name says."""
        inside = self.start <= claim.where.start < self.end
        return inside and claim.figure is not None and claim.figure.code == self.code

    def of_right(self, claim: Claim) -> Claim:
        """One of its claims, as one on the subject that it is on."""
        figure, base = (self._right(each) for each in (claim.figure, claim.base))
        return replace(claim, figure=figure, base=base)

    def _right(self, figure: Figure | None) -> Figure | None:
        right = self.value.figure
        if figure is None or right is None or figure.code != self.code:
            return figure
        return replace(figure, item=right.item, code=right.code)


def copied_entries(
    document: Document,
    claims: Sequence[Claim],
    values: Mapping[Figure, Sequence[TableValue]],
) -> tuple[Copied, ...]:
    """The entries whose name was copied from another one, which states its subject's own amount.

    What they state is printed for exactly one other 项, on which there is no entry.
    ``values`` are those of the tables by canonical figure.
    """
    amounts = [each for each in claims if each.kind is Kind.AMOUNT and _is_of_item(each)]
    by_code: dict[str, list[Copied | None]] = {}  # None: an entry that is rightly called so
    told = {each.figure.code for each in amounts if each.figure}
    printed = [each for each in amounts if each.figure and values.get(each.figure)]
    for paragraph, levels, start, end in _entries(document):
        first = next((each for each in printed if start <= each.where.start < end), None)
        if first is None or first.figure is None:
            continue
        code = first.figure.code
        others = [] if _agrees(first, values[first.figure]) else _having(first, values, told)
        if not others:
            by_code.setdefault(code, []).append(None)
        elif len({value.figure.code for value in others if value.figure}) == 1:
            copied = Copied(paragraph, levels, start, end, code, others[0])
            by_code.setdefault(code, []).append(copied)
    return tuple(
        each for found in by_code.values() if None in found for each in found if each is not None
    )


def _is_of_item(claim: Claim) -> bool:
    return claim.figure is not None and len(claim.figure.code) == _ITEM


def _entries(
    document: Document,
) -> Iterator[tuple[Paragraph, tuple[Named, ...], int, int]]:
    """The entries with the names of their levels, and where they begin and end in the text."""
    found = [
        (paragraph, levels, paragraph.offset(levels[0].start))
        for paragraph in document.paragraphs
        if paragraph.role in ("body", "heading")
        for levels in named_levels(paragraph.text)
    ]
    ends = [*(start for _, _, start in found), len(document.text)][1:]
    for (paragraph, levels, start), end in zip(found, ends, strict=True):
        if levels[-1].digits == _ITEM:
            yield paragraph, levels, start, end


def _having(
    claim: Claim, values: Mapping[Figure, Sequence[TableValue]], told: Iterable[str]
) -> list[TableValue]:
    """The values of other 项, on which nothing is told, that an amount repeats."""
    figure, quantity = claim.figure, claim.quantity
    if figure is None or quantity is None or len(quantity.value.as_tuple().digits) < _DIGITS:
        return []
    known = set(told)
    return [
        value
        for other, those in values.items()
        if len(other.code) == _ITEM and other.code not in known
        if replace(other, item=figure.item, code=figure.code) == figure
        for value in those
        if value.quantity.interval.agrees(quantity.interval)
    ]


def _agrees(claim: Claim, values: Iterable[TableValue]) -> bool:
    quantity = claim.quantity
    return quantity is not None and any(
        value.quantity.interval.agrees(quantity.interval) for value in values
    )
