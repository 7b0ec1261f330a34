"""Faults planted one at a time into faultless documents: each is found, alone, and mended.

What is a fault is worked out by ``made.allowing``, in fractions; ``benchmarks/mutations.py``
goes through all of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from made.allowing import fit, printed
from made.mutations import (
    DIGIT,
    KINDS,
    ORDER,
    POINT,
    SIGN,
    SWAP,
    UNIT,
    WAY,
    Faultless,
    Mutation,
    Outcome,
    faults,
    judged,
    mutations,
)

from narrcheck.claims.claim import Kind

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
DOCUMENTS = [CORPUS / form / "决算.txt" for form in ("hunan-2023", "shanghai-2024")]
SAMPLE = {DIGIT: 10, UNIT: 2, SIGN: 2, WAY: 2, ORDER: 2, SWAP: 2, POINT: 3}
CAUGHT, OTHERS, RESTORED = 0.95, 0.3, 0.75


@cache
def faultless(path: Path) -> Faultless:
    return Faultless(path.read_text(encoding="utf-8"))


@cache
def outcomes(path: Path) -> tuple[Outcome, ...]:
    """A sample of every kind, the same each time."""
    document = faultless(path)
    found = tuple(faults(document))
    chosen = random.Random(path.parent.name)
    sample: list[Mutation] = []
    for kind in KINDS:
        some = [each for each in found if each.kind == kind]
        sample += chosen.sample(some, min(SAMPLE[kind], len(some)))
    return tuple(judged(document, mutation) for mutation in sample)


def part(what: Callable[[Outcome], float]) -> float:
    """The mean over the samples of all documents."""
    every = [what(each) for path in DOCUMENTS for each in outcomes(path)]
    return sum(every) / len(every)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.parent.name)
def test_every_kind_of_fault_can_be_planted(path: Path) -> None:
    kinds = {each.kind for each in faults(faultless(path))}
    assert kinds == set(KINDS)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.parent.name)
def test_each_digit_is_replaced_by_each_other(path: Path) -> None:
    document = faultless(path)
    claim = next(c for c in document.judged if c.kind is Kind.AMOUNT and document.words(c)[0] > "1")
    digits = sum(letter.isdigit() for letter in document.words(claim))
    made = [m for m in mutations(document) if m.kind == DIGIT and m.claims == (claim,)]
    assert len(made) == len(set(made)) == 9 * digits - 1  # no number gets a 0 in front


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.parent.name)
def test_numbers_that_nothing_is_held_against_are_counted(path: Path) -> None:
    document = faultless(path)
    numbers = sum(1 for claim in document.checked.reading.claims if claim.quantity)
    stated = sum(1 for claim in document.judged if claim.quantity)
    assert stated + document.out_of_reach.total() == numbers
    assert stated >= 0.75 * numbers


def test_nearly_every_fault_is_found_in_its_sentence() -> None:
    missed = [(o.before, o.after) for path in DOCUMENTS for o in outcomes(path) if not o.caught]
    assert part(lambda outcome: outcome.caught) >= CAUGHT, missed


def test_a_fault_is_hardly_ever_told_twice() -> None:
    assert part(lambda outcome: outcome.others) <= OTHERS


def test_what_is_suggested_nearly_always_restores_the_sentence() -> None:
    wrong = [(o.before, o.after) for path in DOCUMENTS for o in outcomes(path) if not o.restored]
    assert part(lambda outcome: outcome.restored) >= RESTORED, wrong


@pytest.mark.parametrize(
    ("form", "numbers", "holds"),
    [
        ("equal", ("12.50万元", "12.51万元"), False),
        ("equal", ("12.5万元", "125000.00元"), True),
        ("sum", ("1.00万元", "0.33万元", "0.66万元"), True),
        ("sum", ("1.00万元", "0.33万元", "0.33万元"), False),
        ("ratio", ("33.3%", "10.00万元", "30.00万元"), True),
        ("ratio", ("33.5%", "10.00万元", "30.00万元"), False),
        ("growth", ("11.1%", "1.00万元", "10.00万元"), True),
        ("growth", ("10.0%", "1.00万元", "10.00万元"), False),
        ("rate", ("25.0%", "5.00万元", "4.00万元"), True),
        ("rate", ("20.0%", "5.00万元", "4.00万元"), False),
        ("difference", ("1.00万元", "5.00万元", "4.00万元"), True),
        ("difference", ("1.03万元", "5.00万元", "4.00万元"), False),
        ("ratio", ("50.0%", "1.00万元", "0.00万元"), True),  # nothing can be said over 0
        ("more", ("1.00万元", "1.01万元"), False),
        ("less", ("1.00万元", "1.00万元"), False),
        ("at-most", ("1.00万元", "0.98万元"), False),
    ],
)
def test_what_printed_digits_allow(form: str, numbers: tuple[str, ...], holds: bool) -> None:
    places = {"元": 2, "%": 1}
    ranges = [printed(number, places[number[-1]]) for number in numbers]
    assert fit(form, ranges) is holds


def test_the_range_of_a_printed_number() -> None:
    assert printed("1,234.5万元", 2) == (Fraction(12344950), Fraction(12345050))
    assert printed("8.3%", 1) == (Fraction(33, 400), Fraction(167, 2000))
