"""Counts that are told together: what a 共 comes to of the counts right before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim
from narrcheck.ledger.lists import PartList, excess, text_between
from narrcheck.patterns.lists import KnownList

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

# 18个、11个、4个，共33个
_IN_ALL = regex.compile(r"[，,]?(?:共计|总共|一共|合计|总计|共)")
_LED = regex.compile(r"[、，][^，,、。；;\d]{1,20}")


def totals(ledger: Ledger, counts: Sequence[Claim]) -> Iterator[PartList]:
    """A 共 that nothing but its parts goes before in its sentence: 18个、11个、4个，共33个.

    Side by side (、); with commas (，) only kinds of one list: 离休14人，退休397人，合计411人.
    """
    for at, count in enumerate(counts):
        listed = _before(ledger, counts[:at], count, "、")
        if len(listed) > 1:
            yield PartList(count, tuple(listed), complete=True)
        else:
            yield from _kinds_in_all(ledger, count, _before(ledger, counts[:at], count, "，"))


def _before(ledger: Ledger, counts: Sequence[Claim], whole: Claim, mark: str) -> list[Claim]:
    """The counts right before a 共, with one mark between them, in text order."""
    found: list[Claim] = []
    position = whole.where.start
    for part in reversed(counts):
        between = text_between(ledger, part.where.end, position)
        led = between.startswith(mark) and _LED.fullmatch(between)
        joined = led if found else _IN_ALL.fullmatch(between)
        if not joined or not part.is_beside(whole) or not alike(whole, part):
            break
        found.insert(0, part)
        position = part.where.start
    return found


def _kinds_in_all(ledger: Ledger, count: Claim, parts: Sequence[Claim]) -> Iterator[PartList]:
    """The last of some counts that are kinds of one list, of which a 共 can tell the sum."""
    for known in ledger.patterns.words.lists:
        for first in range(len(parts) - 1):
            row = parts[first:]
            kinds = [kind_of(known, each) for each in row]
            apart = len(set(kinds)) == len(kinds) and not {None, -1} & set(kinds)
            if apart and not excess(count, row):
                yield PartList(count, tuple(row), likely=True)
                return


def kind_of(known: KnownList, part: Claim) -> int | None:
    """Which kind of a list a count is of, as :meth:`KnownList.kind` tells it."""
    return known.kind(part.figure.item) if part.figure is not None else None


def alike(one: Claim, two: Claim) -> bool:
    """Whether two counts are in one unit: 个, 人次; of whatever year their words say."""
    assert one.quantity is not None
    assert two.quantity is not None
    years = {each.figure.year for each in (one, two) if each.figure is not None}
    return one.quantity.unit.text == two.quantity.unit.text and len(years) < 2
