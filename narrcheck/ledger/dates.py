"""Amounts that are told of another year, and that a table has for the document's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from narrcheck.claims.claim import Claim
from narrcheck.document import Document
from narrcheck.figure import Figure, TableValue

_SAME = regex.compile(r"持平|一致|相同|不变|无变化|没有变化")
_DIGITS = 4  # digits of an amount that are the same in two years by no accident


def misdated(
    document: Document,
    amounts: Mapping[Figure, Sequence[Claim]],
    values: Mapping[Figure, Sequence[TableValue]],
) -> Mapping[str, tuple[int, TableValue]]:
    """The claims, by id, whose year is wrong: that year, and the table value that proves it.

    ``amounts`` and ``values`` are those of the narrative and of the tables by canonical figure.
    """
    found: dict[str, tuple[int, TableValue]] = {}
    for figure, claims in amounts.items():
        if figure.year is None or figure.year == document.year or values.get(figure):
            continue
        present = replace(figure, year=document.year)
        for claim in claims:
            proof = _proof(document, claim, values.get(present, ()))
            # Where what it is now is told apart, the two may have changed places.
            apart = any(each.is_beside(claim) for each in amounts.get(present, ()))
            if proof is not None and not apart:
                found[claim.id] = figure.year, proof
    return found


def _proof(document: Document, claim: Claim, values: Sequence[TableValue]) -> TableValue | None:
    """The value of the document's year that a claim repeats, digit by digit."""
    quantity = claim.quantity
    if quantity is None or len(quantity.value.as_tuple().digits) < _DIGITS:
        return None
    if _SAME.search(document.paragraphs[claim.paragraph].text):
        return None
    return next((v for v in values if v.quantity.interval.agrees(quantity.interval)), None)
