"""Amounts that may be all of what they are told of: of a 其中, a sentence, a bracket, a level."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.book import Ledger
from narrcheck.ledger.lists import is_alike, row_of
from narrcheck.ledger.once import once

_OPENS = regex.compile(r"\s*[（(]")
_NUMBERING = regex.compile(r"\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]")
_USED_FOR = regex.compile(r"主要用于[^。]*$")
_DIGITS = regex.compile(r"[\d一二三四五六七八九十]+")


@once
def runs(ledger: Ledger) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """Each number that is taken apart, with two amounts or more that may be all of it.

    Whether they are, their sum says: no other has to be.
    """
    found = (*_told_of(ledger), *_side_by_side(ledger), *_used_for(ledger), *_counted(ledger))
    known = {(whole.id, *(part.id for part in parts)): (whole, parts) for whole, parts in found}
    yield from (each for each in known.values() if len(each[1]) > 1)


def _told_of(ledger: Ledger) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """What is told of a whole: all of it, that of one 其中, of one sentence, of one level."""
    groups: dict[tuple[str, object], list[Claim]] = {}
    begun: set[int] = set()  # paragraphs that an amount before stands in
    for claim in ledger.of_kind(Kind.AMOUNT):
        whole = ledger.by_id.get(claim.whole or "")
        first = claim.paragraph not in begun
        begun.add(claim.paragraph)
        if whole is None or whole.kind is not Kind.AMOUNT or whole.section != claim.section:
            continue
        keys: list[object] = [_last_among(ledger, claim), (claim.paragraph, claim.sentence)]
        if whole.paragraph == claim.paragraph:
            keys.append(None)
        level = _level(ledger, claim)
        if level and first:
            keys.append(level)
        for key in keys:
            groups.setdefault((whole.id, key), []).append(claim)
    for (identity, _), parts in groups.items():
        yield ledger.by_id[identity], tuple(parts)


def _last_among(ledger: Ledger, part: Claim) -> int:
    """Where the 其中 stands that a part follows, -1 where there is none."""
    amongs = ledger.told_of(part.whole, Kind.PARTS)
    places = (each.where.start for each in amongs if each.where.start < part.where.start)
    return max(places, default=-1)


def _level(ledger: Ledger, part: Claim) -> str:
    """How the paragraph of a part is numbered: （1）, 1. for any number; ``""`` where it is not."""
    numbering = _NUMBERING.match(ledger.document.paragraphs[part.paragraph].text)
    return _DIGITS.sub("1", numbering[0].strip()) if numbering else ""


def _side_by_side(ledger: Ledger) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """The amounts right after a 其中, or in the bracket right after the whole."""
    text = ledger.document.text
    for claim in ledger.of_kind(Kind.PARTS, Kind.AMOUNT):
        whole = ledger.by_id.get(claim.whole or "") if claim.kind is Kind.PARTS else claim
        opens = claim.kind is Kind.PARTS or _OPENS.match(text, claim.where.end)
        if opens and whole is not None and whole.kind is Kind.AMOUNT and whole.figure is not None:
            yield whole, row_of(ledger, claim, whole)


def _used_for(ledger: Ledger) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """What the first amount of a paragraph was used for: all amounts that a sentence then has."""
    firsts: dict[int, Claim] = {}
    groups: dict[tuple[int, str], list[Claim]] = {}
    for claim in ledger.of_kind(Kind.AMOUNT):
        first = firsts.setdefault(claim.paragraph, claim)
        if claim is not first and _USED_FOR.search(claim.lead):
            groups.setdefault((claim.paragraph, claim.sentence), []).append(claim)
    for (paragraph, _), parts in groups.items():
        if firsts[paragraph].figure is not None:
            yield firsts[paragraph], tuple(parts)


def _counted(ledger: Ledger) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """The counts and areas that a 其中 lists, of whatever kinds."""
    for among in ledger.of_kind(Kind.PARTS):
        told = within(ledger, among)
        if told is not None and told[0].kind is Kind.COUNT:
            yield told


def within(ledger: Ledger, among: Claim) -> tuple[Claim, tuple[Claim, ...]] | None:
    """The number that a 其中 takes apart, and those that it lists of it; None where it has none."""
    whole = ledger.by_id.get(among.whole or "")
    if whole is None or whole.quantity is None or whole.figure is None:
        return None
    parts = row_of(ledger, among, whole) or tuple(
        claim
        for claim in ledger.told_of(whole.id, whole.kind)
        if claim.where.start > among.where.start
        and claim.section == among.section
        and is_alike(whole, claim)
    )
    return (whole, parts) if parts else None
