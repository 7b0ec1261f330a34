"""Sums of numbers that nobody prints: bases that follow from changes, parts from their shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import BUDGETS, Figure
from narrcheck.ledger.book import Ledger, canonical
from narrcheck.ledger.derived import Derived, is_same
from narrcheck.ledger.lists import adds_up
from narrcheck.ledger.operand import Operand, of_claim, product
from narrcheck.ledger.runs import runs
from narrcheck.patterns.words import Parts

_NET = regex.compile(r"[，,](?:两项|二者|两者)?(?:增减)?相抵[后，,]{0,2}净?(?:增加|减少|增|减)了?$")
_SUBJECT = 7  # digits of the code of a 项


@dataclass(frozen=True, slots=True)
class Sum:
    """What numbers come to together; ``soft`` and ``claims`` are those of the relation."""

    whole: Operand
    parts: tuple[Operand, ...]
    claims: tuple[Claim, ...] = ()
    soft: bool = False


def inferred_sums(ledger: Ledger) -> Iterator[Sum]:
    """The sums of changes, and of the bases that follow from them (formulas C08, D01)."""
    yield from _bases(ledger)
    yield from _bases_of_entries(ledger)
    yield from _changes(ledger)
    yield from _set_off(ledger)
    yield from _named_alike(ledger)


def _named_alike(ledger: Ledger) -> Iterator[Sum]:
    """Parts that have the names of others in their paragraph, which add up: so must they.

    Not where tables have every number as it is: then something is left out.
    """
    listed = tuple(runs(ledger))
    for whole, parts in listed:
        names = _names(whole, parts)
        alike = any(
            other is not whole
            and other.paragraph == whole.paragraph
            and _names(other, others) == names
            and adds_up(other, others)
            for other, others in listed
        )
        if len(set(names)) == len(parts) and alike:
            borne_out = all(ledger.borne_out(each) for each in (whole, *parts))
            if not borne_out and not adds_up(whole, parts):
                yield Sum(ledger.of(whole), tuple(map(ledger.of, parts)))


def _names(whole: Claim, parts: Sequence[Claim]) -> list[str]:
    """What parts are called: by their funds, where they are of what the whole is."""
    figures = [each.figure for each in parts if each.figure is not None]
    own = whole.figure.item if whole.figure is not None else ""
    return [name for f in figures if (name := f.fund if f.item == own else f.item)]


def _bases(ledger: Ledger) -> Iterator[Sum]:
    """The bases that changes, rates and 持平 imply, of a whole against those of all its parts."""
    for figure, (whole, *_) in ledger.derived.items():
        for parts in ledger.parts_of(figure.item):
            if not parts.complete or set(parts.required) != set(parts.parts):
                continue
            figures = [canonical(replace(figure, item=item)) for item in parts.parts]
            found = [ledger.derived[each][0] for each in figures if each in ledger.derived]
            if len(found) == len(figures):
                same = tuple(each.source for each in found if is_same(each.source))
                yield Sum(whole.operand, tuple(each.operand for each in found), same)


def _bases_of_entries(ledger: Ledger) -> Iterator[Sum]:
    """The bases of all entries …（项） of a fund, and that of its total.

    Soft: one that has a budget, or had an amount last year, and none now is no entry.
    """
    for figure, (whole, *_) in ledger.derived.items():
        if figure.item != "支出合计" or figure.code:
            continue
        found: dict[str, Derived] = {}
        for each, (first, *_) in ledger.derived.items():
            if _scope(each) == _scope(figure) and len(each.code) == _SUBJECT and not each.part:
                found.setdefault(each.code, first)
        if found:
            parts = tuple(each.operand for each in found.values())
            same = tuple(each.source for each in (whole, *found.values()) if is_same(each.source))
            yield Sum(whole.operand, parts, same, soft=True)


def sums_by_share(ledger: Ledger) -> Iterator[Sum]:
    """A whole whose parts are told as shares, each of something else (formula C23).

    货物采购授予中小企业合同金额占货物支出金额的80%, and so on: they make up 授予中小企业合同金额.
    """
    for whole in ledger.of_kind(Kind.AMOUNT):
        if whole.figure is None or whole.figure.measure in BUDGETS:
            continue
        for parts in ledger.parts_of(whole.figure.item):
            if parts.within and parts.complete:
                found = _by_share(ledger, whole, parts)
                if found:
                    yield Sum(ledger.of(whole), found)


def _by_share(ledger: Ledger, whole: Claim, parts: Parts) -> tuple[Operand, ...]:
    """The parts of a whole, each worked out from its share; () where one is not known."""
    assert whole.figure is not None
    found: list[Operand] = []
    for item, of_item in zip(parts.parts, parts.within, strict=True):
        of_kind = ledger.operand(replace(whole.figure, item=of_item), whole)
        share = _share(ledger, whole, item, of_item)
        if of_kind is None or ledger.amounts.get(replace(whole.figure, item=item)):
            return ()  # a part that is printed is added up as it is
        if of_kind.quantity.is_zero:
            continue
        if share is None:
            return ()
        found.append(product(of_claim(share), of_kind))
    return tuple(found)


def _share(ledger: Ledger, whole: Claim, item: str, of_item: str) -> Claim | None:
    """The one share of an item in another that is said in the section of a whole."""
    found = [
        claim
        for claim in ledger.of_kind(Kind.SHARE)
        if claim.figure is not None
        and claim.base is not None
        and (claim.figure.item, claim.base.item) == (item, of_item)
        and claim.section == whole.section
    ]
    return found[0] if len(found) == 1 else None


def _changes(ledger: Ledger) -> Iterator[Sum]:
    """The changes of the parts that a 其中 lists, and that of what it takes apart.

    Soft: what changed little may not be listed.
    """
    for among in ledger.of_kind(Kind.PARTS):
        beside = [
            claim
            for claim in ledger.around(among, Kind.CHANGE)
            if claim.direction and claim.figure and claim.base
        ]
        before = [claim for claim in beside if claim.where.start < among.where.start]
        if not before:
            continue
        whole = before[-1]
        parts = [
            claim
            for claim in beside
            if claim.where.start > among.where.start
            and claim.is_beside(among)
            and _is_alike(claim, whole)
        ]
        if len(parts) > 1:
            operands = tuple(of_claim(part) for part in parts)
            yield Sum(of_claim(whole), operands, (among,), soft=True)


def _set_off(ledger: Ledger) -> Iterator[Sum]:
    """一方面…增加3.00万元，另一方面…减少5.00万元，两项相抵后净减少2.00万元: with their signs."""
    changes = ledger.of_kind(Kind.CHANGE)
    for *parts, net in zip(changes, changes[1:], changes[2:], strict=False):
        lead = net.lead
        beside = all(each.is_beside(net) for each in parts)
        directed = all(each.direction for each in (*parts, net))
        two = lead.count("方面") == len(parts) and "方面" in lead[: parts[0].at]
        if beside and directed and two and _NET.search(lead):
            yield Sum(of_claim(net), tuple(map(of_claim, parts)))


def _is_alike(part: Claim, whole: Claim) -> bool:
    """Whether a change is of another thing than the whole, against the same base."""
    one, two = part.base, whole.base
    assert one is not None
    assert two is not None
    return (one.year, one.measure) == (two.year, two.measure) and _name(one) != _name(two)


def _scope(figure: Figure) -> tuple[str, int | None, str]:
    return figure.measure, figure.year, figure.fund


def _name(figure: Figure) -> tuple[str, str, str]:
    return figure.item, figure.code, figure.fund
