"""By how much the parts of something changed since last year, against the change of all of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure
from narrcheck.ledger.book import canonical
from narrcheck.ledger.derived import is_cause, is_same
from narrcheck.ledger.once import once
from narrcheck.ledger.operand import Operand, added, of_claim

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_MOST = 60  # parts of one whole that are looked at
_FAR = 600  # statements behind it that are looked at
_FEWEST = 2  # parts that are too few to tell a slip by
_TELLING = frozenset({Kind.AMOUNT, Kind.CHANGE, Kind.RELATION, Kind.ZERO})
_NONE_BEFORE = regex.compile(r"\s*[，,（(]\s*(?:上年|去年)度?(?:无|没有|未安排|未发生)[此该这]?项")
_NUMBERED = regex.compile(
    r"\s*(?:[（(][\d一二三四五六七八九十]+[）)]|[\d一二三四五六七八九十]+[、.．])"
)


@dataclass(frozen=True, slots=True)
class Together:
    """The change of a whole and those of parts; ``claims`` say of others that nothing changed."""

    whole: Operand
    parts: tuple[Operand, ...]
    claims: tuple[Claim, ...]
    adds_up: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """How one part changed: by ``operand``, or not at all, as ``told`` says."""

    told: Claim
    operand: Operand | None


def changes_together(ledger: Ledger) -> Iterator[Together]:
    """The changes that are told after the change of a whole, in its section, and add up to it.

    What was 持平 changed by nothing, what there was not last year by all there is now. Those that
    do not add up may lack a part that is gone: only the list of all subjects is given for them.
    """
    for whole in ledger.of_kind(Kind.CHANGE):
        if whole.figure is None or whole.base is None or not whole.direction:
            continue
        if whole.figure.code or is_cause(ledger.patterns, whole):
            continue
        changes = tuple(islice(_after(ledger, whole), _MOST))
        for group in _groups(ledger, changes):
            found = _together(whole, group)
            if found.adds_up or len(found.parts) > _FEWEST:
                yield found


def _after(ledger: Ledger, whole: Claim) -> Iterator[_Change]:
    """The changes of other figures since the same base, told in the section of a whole."""
    seen: set[Figure] = set()
    told = _told(ledger)
    first = bisect_left(told, whole.where.end, key=lambda claim: claim.where.start)
    for claim in told[first : first + _FAR]:
        if claim.section[: len(whole.section)] != whole.section:
            break
        change = _change(ledger, claim, whole)
        figure = canonical(claim.figure) if claim.figure is not None else None
        if change is None or figure is None or figure in seen:
            continue
        seen.add(figure)
        yield change


@once
def _told(ledger: Ledger) -> Iterator[Claim]:
    """The statements that may tell how something changed, in text order: causes do not."""
    for claim in ledger.claims:
        told = claim.kind in _TELLING and claim.figure is not None
        if told and not is_cause(ledger.patterns, claim):
            yield claim


def _change(ledger: Ledger, claim: Claim, whole: Claim) -> _Change | None:
    """What a claim says of a part's change since the base of the whole; None where nothing."""
    assert whole.base is not None
    assert claim.figure is not None
    if claim.kind in (Kind.ZERO, Kind.AMOUNT):
        return _new(ledger, claim, whole) or _from_nothing(ledger, claim, whole)
    since = claim.base
    if since is None or (since.year, since.measure) != (whole.base.year, whole.base.measure):
        return None
    if claim.kind is Kind.CHANGE and claim.direction and claim.figure != whole.figure:
        return _Change(claim, of_claim(claim)) if _of_one_sort(claim, whole) else None
    return _Change(claim, None) if is_same(claim) and since.year != claim.figure.year else None


def _new(ledger: Ledger, claim: Claim, whole: Claim) -> _Change | None:
    """5.00万元，上年无此项支出: an amount with the words that there was none of it."""
    assert whole.figure is not None
    this_year = claim.figure is not None and claim.figure.year == whole.figure.year
    behind = ledger.document.text[claim.where.end : claim.where.end + 30]
    new = claim.kind is Kind.AMOUNT and this_year and _of_one_sort(claim, whole)
    return _Change(claim, of_claim(claim)) if new and _NONE_BEFORE.match(behind) else None


def _from_nothing(ledger: Ledger, claim: Claim, whole: Claim) -> _Change | None:
    """上年无此项支出, 上年预算数为0: all that there is now has come since."""
    assert whole.base is not None
    assert whole.figure is not None
    figure = claim.figure
    nothing = claim.kind is Kind.ZERO or (claim.quantity is not None and claim.quantity.is_zero)
    if figure is None or not nothing or figure.year != whole.base.year:
        return None
    if figure.year == whole.figure.year:
        return None
    now = [
        each
        for each in ledger.around(claim, Kind.AMOUNT)
        if each.is_beside(claim)
        and each.where.end <= claim.where.start
        and each.figure is not None
        and each.figure.year == whole.figure.year
        and _of_one_sort(each, whole)
    ]
    return _Change(claim, of_claim(now[-1])) if now else None


def _of_one_sort(claim: Claim, whole: Claim) -> bool:
    """Whether a number is of the sort of the whole: money where that is money."""
    assert whole.quantity is not None
    same = claim.quantity is not None and claim.quantity.unit.dimension
    return same == whole.quantity.unit.dimension


def _groups(ledger: Ledger, changes: Sequence[_Change]) -> Iterator[tuple[_Change, ...]]:
    """The changes that may be of all parts: every one, those of a paragraph, of a level."""
    groups: dict[object, list[_Change]] = {}
    for change in changes:
        assert change.told.figure is not None
        text = ledger.document.paragraphs[change.told.paragraph].text
        numbered = _NUMBERED.match(text)
        level = regex.sub(r"[\d一二三四五六七八九十]+", "1", numbered[0]) if numbered else None
        keys: list[object] = ["", change.told.paragraph, len(change.told.figure.code)]
        for key in (*keys, level) if level else keys:
            groups.setdefault(key, []).append(change)
    known = {tuple(id(each) for each in group): tuple(group) for group in groups.values()}
    yield from (group for group in known.values() if len(group) > 1)


def _together(whole: Claim, group: Sequence[_Change]) -> Together:
    """The changes of a group beside that of the whole.

    To the last printed place: what may have been rounded to 48万元 would fit by chance.
    """
    total = of_claim(whole)
    parts = tuple(each.operand for each in group if each.operand is not None)
    fits = bool(parts) and added(each.interval for each in parts).agrees(total.interval)
    kept = tuple(each.told for each in group if each.told.kind is not Kind.CHANGE)
    return Together(total, parts, kept if fits else (), fits)
