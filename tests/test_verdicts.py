"""How a relation of printed numbers ends, with the truth worked out by hand or by Fraction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from narrcheck.claims.claim import Claim, Kind
from narrcheck.document import Where
from narrcheck.ledger import Operand, Relation, of_claim
from narrcheck.ledger.operand import total
from narrcheck.quantity import Dimension, Interval, Quantity, Unit
from narrcheck.relation import Form
from narrcheck.verdicts import Outcome, Verdict, judge, last_place, solve_for

steady = settings(derandomize=True, deadline=None, max_examples=80)

UNITS = {
    unit.text: unit
    for unit in (
        Unit("元", Dimension.MONEY),
        Unit("万元", Dimension.MONEY, Fraction(10**4)),
        Unit("亿元", Dimension.MONEY, Fraction(10**8)),
        Unit("%", Dimension.PERCENT, Fraction(1, 100)),
        Unit("人次", Dimension.COUNT),
    )
}
USUAL = {"元": 2, "万元": 2, "亿元": 0, "%": 1, "人次": 0}
NEAR, FAILS, HOLDS, WIDE, UNDEFINED = (
    Outcome.NEAR,
    Outcome.FAILS,
    Outcome.HOLDS,
    Outcome.WIDE,
    Outcome.UNDEFINED,
)


def quantity(text: str) -> Quantity:
    """``12.50万元`` as it is read in a document that prints 2 places of money, 1 of rates."""
    digits = text.rstrip("".join(UNITS))
    unit = text.removeprefix(digits)
    places = len(digits.partition(".")[2])
    return Quantity(text, Decimal(digits), UNITS[unit], places, USUAL[unit])


def operand(text: str) -> Operand:
    """A printed number; one that begins with 减 is a decrease."""
    return Operand(quantity(text.removeprefix("减")), text, negative=text.startswith("减"))


def relation(form: Form, *texts: str) -> Relation:
    return Relation("NC204", form, tuple(operand(text) for text in texts))


def claimed(form: Form, *texts: str) -> Relation:
    """The same of claims: c1 and so on."""
    operands = (
        replace(operand(text), claim=claim(f"c{at}", text.removeprefix("减")))
        for at, text in enumerate(texts, start=1)
    )
    return Relation("NC204", form, tuple(operands))


def first(relation: Relation) -> Claim:
    """The claim that states the first number."""
    claim = relation.operands[0].claim
    assert claim is not None
    return claim


def outcome(form: Form, *texts: str) -> Outcome:
    return judge(relation(form, *texts)).outcome


def claim(identity: str, text: str, kind: Kind = Kind.AMOUNT, direction: int = 0) -> Claim:
    where = Where(0, len(text), line=1)
    return Claim(identity, kind, text, text, where, 0, quantity=quantity(text), direction=direction)


EQUAL_CASES = [
    ("63.07万元", "63.07万元", HOLDS),
    ("630700.00元", "63.07万元", HOLDS),
    ("630712.34元", "63.07万元", HOLDS),
    ("0.63亿元", "6307.00万元", HOLDS),  # 0.63亿 is 6250万 to 6350万
    ("0.64亿元", "6307.00万元", NEAR),
    ("0.65亿元", "6307.00万元", FAILS),
    ("63.08万元", "63.07万元", NEAR),
    ("63.06万元", "63.07万元", NEAR),
    ("63.09万元", "63.07万元", FAILS),
    ("630749.99元", "63.07万元", HOLDS),
    ("630750.00元", "63.07万元", HOLDS),  # 630749.995 is still printed so
    ("630750.01元", "63.07万元", NEAR),
    ("63.7万元", "63.07万元", FAILS),
    ("63万元", "63.00万元", HOLDS),
    ("63万元", "63.07万元", WIDE),
    ("63.1万元", "63.07万元", WIDE),
    ("63.0万元", "63.07万元", FAILS),
    ("64万元", "63.07万元", FAILS),
    ("0万元", "0.00万元", HOLDS),
    ("0万元", "0.30万元", FAILS),
    ("63.07元", "63.07万元", FAILS),
    ("18人次", "18人次", HOLDS),
    ("18人次", "19人次", FAILS),
]


@pytest.mark.parametrize(("stated", "other", "expected"), EQUAL_CASES)
def test_two_prints_of_one_amount(stated: str, other: str, expected: Outcome) -> None:
    assert outcome(Form.EQUAL, stated, other) is expected
    assert outcome(Form.EQUAL, other, stated) is expected


SUM_CASES = [
    ("573.95万元", ["412.37万元", "161.58万元"], HOLDS),
    ("573.96万元", ["412.37万元", "161.58万元"], HOLDS),  # 412.374 + 161.584 = 573.958
    ("573.94万元", ["412.37万元", "161.58万元"], HOLDS),
    ("573.97万元", ["412.37万元", "161.58万元"], NEAR),
    ("573.98万元", ["412.37万元", "161.58万元"], FAILS),
    ("573.95万元", ["412.73万元", "161.58万元"], FAILS),
    ("574万元", ["412.37万元", "161.58万元"], WIDE),
    ("573.95万元", ["412.37万元", "161.6万元"], WIDE),
    ("573.95万元", ["412.37万元", "1615800.00元"], HOLDS),
    ("573.95万元", ["412.37万元", "161.58元"], FAILS),
    ("0万元", ["0万元", "0.00万元", "0.0万元"], HOLDS),
    ("10.00万元", ["10万元", "0万元"], HOLDS),
    ("30人次", ["12人次", "18人次"], HOLDS),
    ("30人次", ["12人次", "19人次"], FAILS),
]


@pytest.mark.parametrize(("whole", "parts", "expected"), SUM_CASES)
def test_parts_and_their_whole(whole: str, parts: list[str], expected: Outcome) -> None:
    assert outcome(Form.SUM, whole, *parts) is expected


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        # Twelve parts are 31.80 in print; what rounding took of each is 0.005 at most: ± 0.06.
        ("31.80万元", HOLDS),
        ("31.86万元", HOLDS),
        ("31.74万元", HOLDS),
        ("31.87万元", NEAR),
        ("31.73万元", NEAR),
        ("31.88万元", FAILS),
        ("31.72万元", FAILS),
    ],
)
def test_twelve_parts_may_differ_by_what_twelve_roundings_take(
    whole: str, expected: Outcome
) -> None:
    parts = [f"2.{hundredths}万元" for hundredths in range(59, 71)]
    assert sum(Decimal(part.removesuffix("万元")) for part in parts) == Decimal("31.74")
    parts[0] = "2.65万元"
    assert outcome(Form.SUM, whole, *parts) is expected


RATIO_CASES = [
    # 47.31 / 46.80 = 1.010897, and 1.01068 to 1.01111 for what is printed so.
    ("101.1%", "47.31万元", "46.80万元", HOLDS),
    ("101.0%", "47.31万元", "46.80万元", NEAR),
    ("101.2%", "47.31万元", "46.80万元", NEAR),
    ("100.9%", "47.31万元", "46.80万元", FAILS),
    ("101.3%", "47.31万元", "46.80万元", FAILS),
    ("102.1%", "47.31万元", "46.80万元", FAILS),
    ("101%", "47.31万元", "46.80万元", WIDE),
    ("102%", "47.31万元", "46.80万元", FAILS),
    ("101.1%", "47.31万元", "46.8万元", HOLDS),
    ("101.0%", "47.31万元", "46.8万元", WIDE),  # if 46.8 stands for up to 46.85
    ("100.9%", "47.31万元", "46.8万元", FAILS),
    # 7490.10 / 7500.00 = 0.99868 just so: 99.86 was cut off, not rounded.
    ("99.87%", "7490.10万元", "7500.00万元", HOLDS),
    ("99.86%", "7490.10万元", "7500.00万元", NEAR),
    ("99.88%", "7490.10万元", "7500.00万元", NEAR),
    ("99.85%", "7490.10万元", "7500.00万元", FAILS),
    ("99.9%", "7490.10万元", "7500.00万元", HOLDS),
    ("100%", "7490.10万元", "7500.00万元", WIDE),
    ("98.7%", "7490.10万元", "7500.00万元", FAILS),
    # 8 / 0.15: the digits of 0.15 allow 0.145 to 0.155, so 5161% to 5517%.
    ("5333.3%", "8.00万元", "0.15万元", HOLDS),
    ("5500.0%", "8.00万元", "0.15万元", HOLDS),
    ("5600.0%", "8.00万元", "0.15万元", FAILS),
    # 11.90 / 16.00 = 74.4%; 12万元 is 75.0% where its zeros were trimmed, and may be rounded.
    ("74.4%", "12万元", "16.00万元", WIDE),
    ("75.0%", "12万元", "16.00万元", HOLDS),
    ("80.0%", "12万元", "16.00万元", FAILS),
    ("50.0%", "44.00万元", "880000.00元", HOLDS),
    ("50.0%", "44.00万元", "88.00元", FAILS),
    ("25.0%", "4人次", "16人次", HOLDS),
    ("0%", "0万元", "37.20万元", HOLDS),
    ("100%", "0万元", "37.20万元", FAILS),
    ("0%", "37.20万元", "37.20万元", FAILS),
    # Nothing of nothing is 0%, as templates print it; any other rate on 0 says nothing.
    ("0%", "0万元", "0万元", HOLDS),
    ("0.0%", "0.00万元", "0元", HOLDS),
    ("100%", "0万元", "0万元", UNDEFINED),
    ("100%", "5.00万元", "0万元", UNDEFINED),
    ("0%", "5.00万元", "0.00万元", UNDEFINED),
]


@pytest.mark.parametrize(("rate", "part", "whole", "expected"), RATIO_CASES)
def test_a_share_or_completion(rate: str, part: str, whole: str, expected: Outcome) -> None:
    assert outcome(Form.RATIO, rate, part, whole) is expected


GROWTH_CASES = [
    # 20 more are 120: from 100, by 20%. Over the present it would be 16.7%.
    ("20.0%", "20.00万元", "120.00万元", HOLDS),
    ("20%", "20万元", "120万元", HOLDS),
    ("16.7%", "20.00万元", "120.00万元", FAILS),
    ("20.1%", "20.00万元", "120.00万元", NEAR),
    ("减20.0%", "20.00万元", "120.00万元", FAILS),
    # 20 less are 80: from 100, by 20%. Over the present it would be 25%.
    ("减20.0%", "减20.00万元", "80.00万元", HOLDS),
    ("减25.0%", "减20.00万元", "80.00万元", FAILS),
    ("减19.9%", "减20.00万元", "80.00万元", NEAR),
    ("20.0%", "减20.00万元", "80.00万元", FAILS),
    ("减100.0%", "减20.00万元", "0万元", HOLDS),
    ("减50.0%", "减20.00万元", "20.00万元", HOLDS),
    ("100.0%", "10.00万元", "20.00万元", HOLDS),
    ("0%", "0万元", "20.00万元", HOLDS),
    ("减0%", "减0万元", "20.00万元", HOLDS),
    ("5.0%", "0万元", "20.00万元", FAILS),
    # All of it is new: there is nothing to have grown from.
    ("100.0%", "20.00万元", "20.00万元", UNDEFINED),
    ("0%", "20.00万元", "20.00万元", UNDEFINED),
    ("0%", "0万元", "0万元", HOLDS),
    ("3.0%", "0万元", "0万元", UNDEFINED),
    ("20.0%", "200000.00元", "120.00万元", HOLDS),
    ("20.0%", "20.00元", "120.00万元", FAILS),
]


@pytest.mark.parametrize(("rate", "change", "present", "expected"), GROWTH_CASES)
def test_a_growth_and_its_change(rate: str, change: str, present: str, expected: Outcome) -> None:
    assert outcome(Form.GROWTH, rate, change, present) is expected


@pytest.mark.parametrize(
    ("rate", "present", "base", "expected"),
    [
        ("25.0%", "130.00万元", "104.00万元", HOLDS),
        ("减25.0%", "78.00万元", "104.00万元", HOLDS),
        ("25.0%", "78.00万元", "104.00万元", FAILS),
        ("20.0%", "130.00万元", "104.00万元", FAILS),
        ("125.0%", "130.00万元", "104.00万元", FAILS),
        ("25.1%", "130.00万元", "104.00万元", NEAR),
        ("减100%", "0万元", "104.00万元", HOLDS),
        ("0%", "104.00万元", "104.00万元", HOLDS),
        ("0%", "0万元", "0万元", HOLDS),
        ("100%", "104.00万元", "0万元", UNDEFINED),
    ],
)
def test_a_growth_and_the_amounts_of_both_years(
    rate: str, present: str, base: str, expected: Outcome
) -> None:
    assert outcome(Form.RATE, rate, present, base) is expected


@pytest.mark.parametrize(
    ("change", "present", "base", "expected"),
    [
        ("26.00万元", "130.00万元", "104.00万元", HOLDS),
        ("26.01万元", "130.00万元", "104.00万元", HOLDS),
        ("26.02万元", "130.00万元", "104.00万元", NEAR),
        ("62.00万元", "130.00万元", "104.00万元", FAILS),
        ("减26.00万元", "78.00万元", "104.00万元", HOLDS),
        ("26.00万元", "78.00万元", "104.00万元", FAILS),
        ("0万元", "0万元", "0万元", HOLDS),
    ],
)
def test_a_change_and_the_amounts_of_both_years(
    change: str, present: str, base: str, expected: Outcome
) -> None:
    assert outcome(Form.DIFFERENCE, change, present, base) is expected


@pytest.mark.parametrize(
    ("left", "form", "right", "holds"),
    [
        ("7.31万元", Form.MORE, "7.30万元", True),
        ("7.30万元", Form.MORE, "7.31万元", False),
        ("7.30万元", Form.LESS, "7.31万元", True),
        ("7.31万元", Form.LESS, "7.30万元", False),
        ("7.3万元", Form.SAME, "7.30万元", True),
        ("73000.00元", Form.SAME, "7.30万元", True),
        ("7.31万元", Form.SAME, "7.30万元", False),
        ("0万元", Form.SAME, "0.00万元", True),
        ("0万元", Form.LESS, "7.30万元", True),
        ("0万元", Form.MORE, "7.30万元", False),
        ("7.30万元", Form.AT_MOST, "7.30万元", True),
        ("7.29万元", Form.AT_MOST, "7.30万元", True),
        ("7.32万元", Form.AT_MOST, "7.30万元", False),
        ("7.30万元", Form.AT_MOST, "7.30元", False),
        ("9人次", Form.AT_MOST, "9人次", True),
        ("10人次", Form.AT_MOST, "9人次", False),
    ],
)
def test_an_order_holds_or_fails_and_asks_for_no_number(
    left: str, form: Form, right: str, *, holds: bool
) -> None:
    expected = Outcome.HOLDS if holds else Outcome.FAILS
    assert judge(relation(form, left, right)) == Verdict(relation(form, left, right), expected)


def test_a_part_one_last_place_above_its_whole_is_above_it() -> None:
    # 7.31 stands for 7.305 and more, 7.30 for less than 7.305.
    assert outcome(Form.AT_MOST, "7.31万元", "7.30万元") is FAILS


def test_a_rounded_change_that_may_be_all_there_is_accuses_nobody() -> None:
    # 11.62 more are 12.30: from 0.68, by 1708.8%. Printed 12万元 it may as well be from nothing.
    assert outcome(Form.GROWTH, "1708.8%", "11.62万元", "12.30万元") is HOLDS
    assert outcome(Form.GROWTH, "1708.8%", "12万元", "12.30万元") not in (NEAR, FAILS)


def test_a_verdict_says_what_the_stated_number_should_have_been() -> None:
    verdict = judge(relation(Form.RATIO, "60.0%", "40.00万元", "50.00万元"))
    low, high = Fraction("39.995") / Fraction("50.005"), Fraction("40.005") / Fraction("49.995")
    assert verdict.should_be == Interval(low, high)
    assert judge(relation(Form.RATIO, "0%", "0万元", "0万元")).should_be is None


@pytest.mark.parametrize(
    ("outcome", "holds"),
    [(HOLDS, True), (WIDE, True), (NEAR, False), (FAILS, False), (UNDEFINED, False)],
)
def test_a_verdict_holds_where_the_digits_allow_it(outcome: Outcome, *, holds: bool) -> None:
    assert Verdict(relation(Form.EQUAL, "1万元", "1万元"), outcome).holds is holds


def test_a_repair_stands_for_the_number_of_its_claim_alone() -> None:
    slipped = claim("c1", "88.00元")
    rate, other = claim("c2", "50.0%", Kind.COMPLETION), claim("c3", "44.00万元")
    judged = Relation("NC202", Form.RATIO, (of_claim(rate), of_claim(other), of_claim(slipped)))
    assert judge(judged).outcome is FAILS
    assert judge(judged, {"c1": quantity("88.00万元")}).outcome is HOLDS
    assert judge(judged, {"c9": quantity("88.00万元")}).outcome is FAILS
    assert judge(judged, {"c2": quantity("500000.0%")}).outcome is HOLDS
    assert judge(judged, {"c1": quantity("88.00万元")}).relation is judged


def test_a_repaired_decrease_stays_a_decrease() -> None:
    rate = claim("c1", "25.0%", Kind.GROWTH, -1)
    change = claim("c2", "20.00万元", Kind.CHANGE, -1)
    operands = (of_claim(rate), of_claim(change), operand("80.00万元"))
    judged = Relation("NC201", Form.GROWTH, operands)
    assert judge(judged).outcome is FAILS
    assert judge(judged, {"c1": quantity("20.0%")}).outcome is HOLDS


@pytest.mark.parametrize(
    ("form", "texts", "truths"),
    [
        (Form.EQUAL, ["5.00万元", "7.00万元"], ["70000", "50000"]),
        (Form.SUM, ["9.00万元", "4.00万元", "3.00万元"], ["70000", "60000", "50000"]),
        (Form.RATIO, ["80.0%", "45.00万元", "50.00万元"], ["9/10", "400000", "562500"]),
        (Form.GROWTH, ["25.0%", "20.00万元", "120.00万元"], ["1/5", "240000", "1000000"]),
        (Form.GROWTH, ["减25.0%", "减20.00万元", "80.00万元"], ["1/5", "800000/3", "600000"]),
        (Form.RATE, ["减25.0%", "80.00万元", "100.00万元"], ["1/5", "750000", "3200000/3"]),
    ],
)
def test_each_number_is_solved_for_without_its_sign(
    form: Form, texts: list[str], truths: list[str]
) -> None:
    asked = claimed(form, *texts)
    for operand, truth in zip(asked.operands, truths, strict=True):
        assert operand.claim is not None
        found = solve_for(asked, operand.claim, {})
        assert found is not None
        assert found.low < Fraction(truth) < found.high


def test_what_is_solved_for_uses_the_repairs_of_the_others() -> None:
    asked = claimed(Form.RATIO, "80.0%", "40.00万元", "50.00元")
    found = solve_for(asked, first(asked), {"c3": quantity("50.00万元")})
    assert found is not None
    assert found.low < Fraction(4, 5) < found.high


@pytest.mark.parametrize(
    ("form", "texts"),
    [(Form.RATIO, ("0%", "5.00万元", "0万元")), (Form.MORE, ("4.00万元", "5.00万元"))],
)
def test_what_has_no_solution_has_none(form: Form, texts: tuple[str, ...]) -> None:
    asked = claimed(form, *texts)
    assert solve_for(asked, first(asked), {}) is None


def test_a_number_in_one_that_was_derived_is_solved_for() -> None:
    """30 is 20 and what 15 less 2 are: the 2 should be 5."""
    whole, part, present, change = claimed(
        Form.SUM, "30.00万元", "20.00万元", "15.00万元", "减2.00万元"
    ).operands
    before = total((present, change), "")
    asked = Relation("NC204", Form.SUM, (whole, part, before))
    assert (
        judge(asked).should_be
        == judge(Relation("", Form.SUM, (whole, part, present, change))).should_be
    )
    assert change.claim is not None
    found = solve_for(asked, change.claim, {})
    assert found is not None
    assert found.low < 50_000 < found.high
    mended = judge(asked, {change.claim.id: quantity("5.00万元")})
    assert mended.outcome is HOLDS
    assert set(asked.claim_ids()) == {"c1", "c2", "c3", "c4"}


@pytest.mark.parametrize(
    ("form", "texts", "step"),
    [
        (Form.EQUAL, ["5.00万元", "500.00元"], "100"),
        (Form.EQUAL, ["500.00元", "5.00万元"], "100"),
        (Form.SUM, ["5.00万元", "1.0亿元", "2.00元"], "10000000"),
        (Form.DIFFERENCE, ["5.00元", "7.00元", "2.00万元"], "100"),
        (Form.RATIO, ["80.0%", "4.00万元", "5.00万元"], "1/1000"),
        (Form.RATE, ["80.25%", "4.00万元", "5.00万元"], "1/10000"),
        (Form.GROWTH, ["8%", "4.00万元", "5.00万元"], "1/1000"),
    ],
)
def test_a_relation_is_held_to_the_coarsest_amount_or_to_its_rate(
    form: Form, texts: Sequence[str], step: str
) -> None:
    assert last_place([operand(text) for text in texts], form) == Fraction(step)


# Documents made of drawn truth: true amounts in units of 0.0001万元, which is 元.

amounts = st.integers(1, 10**9)


def rounded(value: Fraction, places: int) -> Decimal:
    """``value`` to ``places``, halves away from zero, by whole numbers alone."""
    whole, rest = divmod(abs(value) * 10**places, 1)
    return Decimal(int(whole) + (rest >= Fraction(1, 2))).scaleb(-places)


def stated(value: Fraction, unit: str, places: int, *, off: int = 0, usual: int = 0) -> Operand:
    """A true value (元, or 1 for rates) as a person prints it, ``off`` by so many last places."""
    shown = rounded(value / UNITS[unit].scale, places) + Decimal(off).scaleb(-places)
    text = f"{shown:f}{unit}"
    said = Quantity(text, Decimal(f"{shown:f}"), UNITS[unit], places, usual)
    return Operand(said, text, negative=value < 0)


@steady
@given(amounts, st.integers(0, 4), st.integers(0, 4), st.sampled_from(["元", "万元", "亿元"]))
def test_an_amount_rightly_rounded_twice_is_the_same(
    amount: int, places: int, others: int, unit: str
) -> None:
    operands = stated(Fraction(amount), "万元", places), stated(Fraction(amount), unit, others)
    assert judge(Relation("NC101", Form.EQUAL, operands)).outcome is HOLDS


@steady
@given(amounts, st.integers(0, 1))
def test_an_amount_rightly_rounded_to_fewer_places_than_usual_is_no_fault(
    amount: int, places: int
) -> None:
    coarse = stated(Fraction(amount), "万元", places, usual=2)
    assume(not coarse.quantity.is_zero)
    fine = stated(Fraction(amount), "万元", 2)
    expected = HOLDS if coarse.quantity.value == fine.quantity.value else WIDE
    found = judge(Relation("NC101", Form.EQUAL, (coarse, fine))).outcome
    assert found in (HOLDS, WIDE)
    if abs(coarse.quantity.value - fine.quantity.value) != Decimal("0.01"):
        assert found is expected


@steady
@given(amounts, st.integers(0, 4), st.sampled_from([-1, 1]), st.integers(1, 9))
def test_an_amount_off_in_the_last_place_is_near_and_more_fails(
    amount: int, places: int, sign: int, off: int
) -> None:
    right = stated(Fraction(amount), "万元", places)
    wrong = stated(Fraction(amount), "万元", places, off=sign * off)
    for operands in ((wrong, right), (right, wrong)):
        found = judge(Relation("NC101", Form.EQUAL, operands)).outcome
        assert found is (NEAR if off == 1 else FAILS)


@steady
@given(st.lists(amounts, min_size=2, max_size=14), st.integers(0, 3))
def test_parts_rightly_rounded_add_up(parts: list[int], places: int) -> None:
    operands = [stated(Fraction(part), "万元", places) for part in (sum(parts), *parts)]
    assert judge(Relation("NC204", Form.SUM, tuple(operands))).outcome is HOLDS


@steady
@given(st.lists(amounts, min_size=2, max_size=14), st.data())
def test_parts_further_off_than_rounding_takes_do_not_add_up(
    parts: list[int], data: st.DataObject
) -> None:
    operands = [stated(Fraction(part), "万元", 2) for part in (sum(parts), *parts)]
    in_print = sum((operand.quantity.value for operand in operands[1:]), start=Decimal(0))
    # Half a step of each of the numbers, and of the whole: so far 0 to n + 1 halves are allowed.
    over = len(parts) + 2 + data.draw(st.integers(0, 50))
    wrong = in_print + Decimal(over).scaleb(-2)
    operands[0] = Operand(Quantity("", wrong, UNITS["万元"], 2), "")
    found = judge(Relation("NC204", Form.SUM, tuple(operands))).outcome
    assert found is not HOLDS
    # n halves by the parts, one by the whole, and a whole step on top.
    halves_apart = 2 * over - (len(parts) + 1)
    assert found is (NEAR if halves_apart < 2 else FAILS)


ORACLE: dict[Form, Callable[[Fraction, Fraction], Fraction]] = {
    Form.RATIO: lambda one, other: one / other,
    Form.GROWTH: lambda change, present: change / (present - change),
    Form.RATE: lambda present, base: present / base - 1,
}


@st.composite
def rates(draw: st.DrawFn) -> tuple[Form, Fraction, Fraction, Fraction]:
    """A form with a true rate and what it is worked out from; growths go up and down."""
    form = draw(st.sampled_from(list(ORACLE)))
    one, other = Fraction(draw(amounts)), Fraction(draw(amounts))
    if form is Form.GROWTH:
        one, other = other - one, other
    truth = ORACLE[form](one, other)
    assume(abs(truth) < 10**4)
    return form, truth, one, other


@steady
@given(rates(), st.integers(0, 3), st.integers(0, 3))
def test_a_rate_rightly_rounded_holds(
    drawn: tuple[Form, Fraction, Fraction, Fraction], places: int, of_amounts: int
) -> None:
    form, truth, one, other = drawn
    amounts_printed = [stated(each, "万元", of_amounts) for each in (one, other)]
    operands = (stated(truth, "%", places), *amounts_printed)
    found = judge(Relation("NC202", form, operands)).outcome
    if found is UNDEFINED:
        assert min(_base(form, *corner) for corner in _corners(amounts_printed)) <= 0
    else:
        assert found is HOLDS


@steady
@given(rates(), st.integers(0, 1), st.integers(0, 1))
def test_a_rate_of_rightly_rounded_amounts_with_fewer_places_is_no_fault(
    drawn: tuple[Form, Fraction, Fraction, Fraction], first: int, second: int
) -> None:
    form, truth, one, other = drawn
    coarse = (stated(one, "万元", first, usual=2), stated(other, "万元", second, usual=2))
    assume(not any(each.quantity.is_zero for each in coarse))
    assume(min(_base(form, *corner) for corner in _corners(coarse, wide=True)) > 0)
    operands = (stated(truth, "%", 2), *coarse)
    assert judge(Relation("NC202", form, operands)).outcome in (HOLDS, WIDE)


@steady
@given(rates(), st.integers(0, 3), st.sampled_from([-2, -1, 1, 2]))
def test_a_rate_off_in_the_last_place_is_found_where_the_amounts_tell(
    drawn: tuple[Form, Fraction, Fraction, Fraction], places: int, off: int
) -> None:
    form, truth, one, other = drawn
    amounts_printed = [stated(each, "万元", 2) for each in (one, other)]
    corners = _corners(amounts_printed)
    assume(min(_base(form, *corner) for corner in corners) > 0)
    possible = [ORACLE[form](*corner) for corner in corners]
    right = rounded(truth * 100, places) * (-1 if truth < 0 else 1)
    half = Fraction(1, 2 * 10**places)
    # The amounts tell where all that they allow is printed as the true rate is.
    assume((Fraction(right) - half) / 100 <= min(possible))
    assume(max(possible) <= (Fraction(right) + half) / 100)
    wrong = stated(truth, "%", places, off=off)
    found = judge(Relation("NC202", form, (wrong, *amounts_printed))).outcome
    assert found is (NEAR if abs(off) == 1 else FAILS)


def _base(form: Form, one: Fraction, other: Fraction) -> Fraction:
    return other - one if form is Form.GROWTH else other


def _corners(operands: Sequence[Operand], *, wide: bool = False) -> list[tuple[Fraction, Fraction]]:
    """The ends of what two printed amounts may be, worked out from their digits."""
    ends = []
    for operand in operands:
        said = operand.quantity
        places = said.places if wide else max(said.places, said.usual)
        value = Fraction(-said.value if operand.negative else said.value)
        half = Fraction(1, 2 * 10**places)
        ends.append([(value + shift) * said.unit.scale for shift in (-half, half)])
    return [(one, other) for one, other in product(*ends)]
