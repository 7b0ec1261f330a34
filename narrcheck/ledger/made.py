"""The ledger of what was read in a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

import regex

from narrcheck.claims.claim import Claim, Kind, Reading
from narrcheck.document import Document
from narrcheck.figure import Figure, TableValue
from narrcheck.ledger.book import Ledger, canonical
from narrcheck.ledger.copied import Copied, copied_entries
from narrcheck.ledger.dates import misdated
from narrcheck.ledger.derived import derive, is_cause
from narrcheck.patterns import Patterns
from narrcheck.quantity import Dimension, Quantity
from narrcheck.tables.proofs import Proofs

Key = TypeVar("Key")
Each = TypeVar("Each")

_MEASURE = regex.compile("(?:预算|决算)数?[是为]?$")  # right before a number that tells a change


def make_ledger(
    document: Document,
    patterns: Patterns,
    reading: Reading,
    table_values: Iterable[TableValue],
    proofs: Iterable[Proofs] = (),
) -> Ledger:
    """The ledger of everything that was read in a document.

    In a 预算 the 年初预算 of prose is what its tables call 预算数.
    """
    if document.kind == "预算":
        reading = replace(reading, claims=tuple(map(_budgeted, reading.claims)))
    values = tuple(table_values)
    by_figure = _by(values, lambda value: canonical(value.figure) if value.figure else None)
    amounts = _amounts(patterns, reading)
    restated = tuple(_as_base(claim, amounts, by_figure) for claim in reading.claims)
    if restated != reading.claims:
        reading = replace(reading, claims=restated)
        amounts = _amounts(patterns, reading)
    wrong = misdated(document, amounts, by_figure)
    if wrong:
        told = [(each, wrong[each.id][0]) for each in reading.claims if each.id in wrong]
        reading = replace(reading, claims=tuple(_dated(c, told, document) for c in reading.claims))
        amounts = _amounts(patterns, reading)
    copied = copied_entries(document, reading.claims, by_figure)
    if copied:
        reading = replace(reading, claims=tuple(_named(c, copied) for c in reading.claims))
        amounts = _amounts(patterns, reading)
    ledger = Ledger(
        document,
        patterns,
        reading,
        values,
        by_figure,
        _frozen(amounts),
        MappingProxyType({claim.id: claim for claim in reading.claims}),
        _trims_zeros(reading),
        tuple(proofs),
        by_paragraph=_by(reading.claims, lambda claim: claim.paragraph),
        by_whole=_by(reading.claims, lambda claim: claim.whole),
        misdated=MappingProxyType(dict(wrong)),
        copied=copied,
    )
    return replace(ledger, derived=_by(derive(ledger), lambda each: canonical(each.figure)))


def _amounts(patterns: Patterns, reading: Reading) -> dict[Figure, list[Claim]]:
    """The amounts that are told of a figure, and not as a cause."""
    found: dict[Figure, list[Claim]] = {}
    for claim in reading.claims:
        told = claim.kind is Kind.AMOUNT and _has_unit(claim) and not is_cause(patterns, claim)
        if told and claim.figure is not None:
            found.setdefault(canonical(claim.figure), []).append(claim)
    return found


def _as_base(
    claim: Claim,
    amounts: Mapping[Figure, Iterable[Claim]],
    values: Mapping[Figure, Iterable[TableValue]],
) -> Claim:
    """低于年初预算数18.00万元 where the budget is 18.00万元: that amount, and no change by it."""
    if claim.kind is not Kind.CHANGE or claim.base is None or claim.quantity is None:
        return claim
    if not claim.direction or not _MEASURE.search("".join(claim.lead.split())):
        return claim
    base = canonical(claim.base)
    told = [each.quantity for each in amounts.get(base, ()) if each.quantity is not None]
    known = [*told, *(value.quantity for value in values.get(base, ()))]
    if not any(each.interval.agrees(claim.quantity.interval) for each in known):
        return claim
    return replace(claim, kind=Kind.AMOUNT, figure=claim.base, base=None, direction=0)


def _dated(claim: Claim, wrong: Collection[tuple[Claim, int]], document: Document) -> Claim:
    """The claim as one of the document's year, where that of its sentence is wrong."""
    said = next((year for each, year in wrong if each.is_beside(claim)), None)
    if said is None or document.year is None:
        return claim
    figure, base = claim.figure, claim.base
    if figure is None or figure.year != said:
        return claim
    if base is not None and base.year == said:  # a budget of that year; 上年 is told rightly
        base = replace(base, year=document.year)
    return replace(claim, figure=replace(figure, year=document.year), base=base)


def _named(claim: Claim, copied: Iterable[Copied]) -> Claim:
    """The claim as one on the subject of its entry, where that has the name of another's."""
    entry = next((each for each in copied if each.has(claim)), None)
    return entry.of_right(claim) if entry else claim


def _frozen(found: Mapping[Key, Iterable[Each]]) -> Mapping[Key, tuple[Each, ...]]:
    return MappingProxyType({key: tuple(each) for key, each in found.items()})


def _by(every: Iterable[Each], key: Callable[[Each], Key | None]) -> Mapping[Key, tuple[Each, ...]]:
    """Things by what ``key`` says of each, in their order; those of which it says None left out."""
    found: dict[Key, list[Each]] = {}
    for each in every:
        told = key(each)
        if told is not None:
            found.setdefault(told, []).append(each)
    return _frozen(found)


def _budgeted(claim: Claim) -> Claim:
    figure, base = (_of_budget(each) for each in (claim.figure, claim.base))
    if (figure, base) == (claim.figure, claim.base):
        return claim
    return replace(claim, figure=figure, base=base)


def _of_budget(figure: Figure | None) -> Figure | None:
    if figure is None or figure.measure != "年初预算数":
        return figure
    return replace(figure, measure="预算数")


def _has_unit(claim: Claim) -> bool:
    """Whether a claim's number has its unit; 0 needs none."""
    quantity = claim.quantity
    return quantity is not None and (bool(quantity.unit.text) or quantity.is_zero)


def _trims_zeros(reading: Reading) -> bool:
    """Whether the narrative prints no zero at the end of decimals, and lacks several."""
    amounts = [
        claim.quantity
        for claim in reading.claims
        if claim.quantity is not None
        and claim.quantity.unit.dimension is Dimension.MONEY
        and not claim.quantity.is_zero
    ]
    lacking = [quantity for quantity in amounts if quantity.places < quantity.usual]
    ending = [quantity for quantity in amounts if quantity.places and _ends_in_zero(quantity)]
    return len(lacking) >= 3 and not ending


def _ends_in_zero(quantity: Quantity) -> bool:
    return quantity.value.as_tuple().digits[-1] == 0
