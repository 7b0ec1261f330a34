"""Relations on intervals: what is computed or solved for always holds the true number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from narrcheck.quantity import Interval
from narrcheck.relation import ORDERS, Form, computed, holds_order, solved

steady = settings(derandomize=True, deadline=None, max_examples=80)

# The arithmetic of each form, written down once more from the definitions of the field.
ORACLE: dict[Form, Callable[[Sequence[Fraction]], Fraction]] = {
    Form.EQUAL: lambda others: others[0],
    Form.SUM: lambda others: sum(others, start=Fraction(0)),
    Form.DIFFERENCE: lambda others: others[0] - others[1],
    Form.RATIO: lambda others: others[0] / others[1],
    Form.GROWTH: lambda others: others[0] / (others[1] - others[0]),
    Form.RATE: lambda others: (others[0] - others[1]) / others[1],
}
ARITHMETIC = list(ORACLE)
DIVIDING = (Form.RATIO, Form.GROWTH, Form.RATE)

hundredths = st.integers(-(10**7), 10**7).map(lambda number: Fraction(number, 100))
margins = st.integers(0, 100).map(lambda number: Fraction(number, 20000))


@st.composite
def truths(draw: st.DrawFn, form: Form) -> list[Fraction]:
    """True numbers that a form holds of, the stated one first."""
    count = {Form.EQUAL: 1, Form.SUM: draw(st.integers(1, 6))}.get(form, 2)
    others = [draw(hundredths) for _ in range(count)]
    if form in DIVIDING:
        base = others[1] - others[0] if form is Form.GROWTH else others[1]
        assume(base != 0)
    return [ORACLE[form](others), *others]


def around(draw: st.DrawFn, truth: Fraction) -> Interval:
    return Interval(truth - draw(margins), truth + draw(margins))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Form, list[Fraction], list[Interval]]:
    """A form, true numbers it holds of, and intervals around them."""
    form = draw(st.sampled_from(ARITHMETIC))
    true = draw(truths(form))
    return form, true, [around(draw, truth) for truth in true]


def span(low: str, high: str) -> Interval:
    return Interval(Fraction(low), Fraction(high))


@steady
@given(cases())
def test_what_is_computed_holds_the_true_number(
    case: tuple[Form, list[Fraction], list[Interval]],
) -> None:
    form, true, operands = case
    found = computed(form, operands[1:])
    if found is not None:
        assert found.low <= true[0] <= found.high
    else:
        assert form in DIVIDING


@steady
@given(cases())
def test_what_is_computed_from_points_is_the_true_number(
    case: tuple[Form, list[Fraction], list[Interval]],
) -> None:
    form, true, _ = case
    points = [Interval.point(truth) for truth in true]
    assert computed(form, points[1:]) == Interval(true[0], true[0])


@steady
@given(cases())
def test_what_is_computed_ends_at_corners_and_holds_them_all(
    case: tuple[Form, list[Fraction], list[Interval]],
) -> None:
    form, _, operands = case
    found = computed(form, operands[1:])
    assume(found is not None)
    ends = [(operand.low, operand.high) for operand in operands[1:]]
    corners = [ORACLE[form](corner) for corner in product(*ends)]
    assert found == Interval(min(corners), max(corners))


@steady
@given(cases(), st.lists(st.fractions(0, 1, max_denominator=50), min_size=6, max_size=6))
def test_what_is_computed_holds_the_outcome_of_any_members(
    case: tuple[Form, list[Fraction], list[Interval]], shares: list[Fraction]
) -> None:
    form, _, operands = case
    found = computed(form, operands[1:])
    assume(found is not None)
    members = [
        operand.low + share * (operand.high - operand.low)
        for operand, share in zip(operands[1:], shares, strict=False)
    ]
    assert found is not None
    assert found.low <= ORACLE[form](members) <= found.high


@steady
@given(cases())
def test_what_is_solved_for_holds_the_true_number(
    case: tuple[Form, list[Fraction], list[Interval]],
) -> None:
    form, true, operands = case
    for index, truth in enumerate(true):
        # What stands at the place that is solved for must not matter.
        asked = [*operands[:index], span("-7", "-7"), *operands[index + 1 :]]
        found = solved(form, asked, index)
        if found is not None:
            assert found.low <= truth <= found.high
        else:
            assert form in DIVIDING


@steady
@given(cases())
def test_points_are_solved_exactly_or_not_at_all(
    case: tuple[Form, list[Fraction], list[Interval]],
) -> None:
    form, true, _ = case
    points = [Interval.point(truth) for truth in true]
    for index, truth in enumerate(true):
        found = solved(form, points, index)
        if found is not None:
            assert found == Interval(truth, truth)
        else:
            # A growth of 0 says nothing of its present, a fall to nothing nothing of its base.
            assert form in DIVIDING
            assert true[0] in (0, -1)


@pytest.mark.parametrize(
    ("form", "others"),
    [
        (Form.RATIO, [span("3", "4"), span("0", "0")]),
        (Form.RATIO, [span("3", "4"), span("-1", "1")]),
        (Form.RATIO, [span("0", "0"), span("0", "0")]),
        (Form.RATE, [span("3", "4"), span("0", "1")]),
        (Form.RATE, [span("0", "0"), span("-1", "0")]),
        (Form.GROWTH, [span("8", "8"), span("8", "8")]),
        (Form.GROWTH, [span("7.9", "8.1"), span("7.95", "8.05")]),
        (Form.GROWTH, [span("0", "0"), span("0", "0")]),
    ],
)
def test_a_base_that_may_be_zero_computes_nothing(form: Form, others: list[Interval]) -> None:
    assert computed(form, others) is None
    assert solved(form, [span("0.1", "0.2"), *others], 0) is None


@pytest.mark.parametrize(
    ("form", "operands", "index"),
    [
        (Form.RATIO, [span("0", "0"), span("3", "4"), span("9", "9")], 2),
        (Form.RATIO, [span("-0.1", "0.1"), span("3", "4"), span("9", "9")], 2),
        (Form.RATE, [span("-1", "-1"), span("0", "0"), span("9", "9")], 2),
        (Form.GROWTH, [span("-1", "-1"), span("9", "9"), span("0", "0")], 1),
        (Form.GROWTH, [span("0", "0"), span("0", "0"), span("9", "9")], 2),
    ],
)
def test_what_does_not_follow_is_not_solved_for(
    form: Form, operands: list[Interval], index: int
) -> None:
    assert solved(form, operands, index) is None


@pytest.mark.parametrize(
    ("form", "others", "low", "high"),
    [
        (Form.EQUAL, [span("4", "5")], "4", "5"),
        (Form.SUM, [span("4", "5"), span("1", "2"), span("-1", "0")], "4", "7"),
        (Form.DIFFERENCE, [span("4", "5"), span("1", "2")], "2", "4"),
        (Form.RATIO, [span("4", "5"), span("2", "4")], "1", "5/2"),
        (Form.RATIO, [span("-4", "5"), span("2", "4")], "-2", "5/2"),
        (Form.RATE, [span("6", "9"), span("3", "4")], "1/2", "2"),
        # 90 less than last year, 60 are left: last year's were 150.
        (Form.GROWTH, [span("-90", "-90"), span("60", "60")], "-3/5", "-3/5"),
        # As much less as is left: last year's were twice as much.
        (Form.GROWTH, [span("-60", "-60"), span("60", "60")], "-1/2", "-1/2"),
        # Nothing is left.
        (Form.GROWTH, [span("-60", "-60"), span("0", "0")], "-1", "-1"),
        # Last year's was nearly nothing, or below nothing.
        (Form.GROWTH, [span("60", "60"), span("61", "62")], "30", "60"),
        (Form.GROWTH, [span("60", "60"), span("57", "58")], "-30", "-20"),
        (Form.GROWTH, [span("-60", "-50"), span("-10", "10")], "-5/4", "-5/6"),
        (Form.GROWTH, [span("0", "0"), span("4", "9")], "0", "0"),
    ],
)
def test_what_is_computed_is_what_a_person_computes(
    form: Form, others: list[Interval], low: str, high: str
) -> None:
    assert computed(form, others) == span(low, high)


@pytest.mark.parametrize(
    ("form", "operands", "answers"),
    [
        (Form.EQUAL, ["4", "4"], ["4", "4"]),
        (Form.SUM, ["9", "4", "3", "2"], ["9", "4", "3", "2"]),
        (Form.DIFFERENCE, ["4", "9", "5"], ["4", "9", "5"]),
        (Form.RATIO, ["3/4", "60", "80"], ["3/4", "60", "80"]),
        (Form.RATE, ["1/4", "100", "80"], ["1/4", "100", "80"]),
        (Form.RATE, ["-1/4", "60", "80"], ["-1/4", "60", "80"]),
        (Form.GROWTH, ["1/4", "20", "100"], ["1/4", "20", "100"]),
        (Form.GROWTH, ["-1/4", "-20", "60"], ["-1/4", "-20", "60"]),
    ],
)
def test_each_operand_is_solved_from_the_others(
    form: Form, operands: list[str], answers: list[str]
) -> None:
    points = [span(each, each) for each in operands]
    found = [solved(form, points, index) for index in range(len(points))]
    assert found == [span(answer, answer) for answer in answers]


@pytest.mark.parametrize("form", sorted(ORDERS))
def test_orders_compute_nothing(form: Form) -> None:
    operands = [span("1", "2"), span("3", "4")]
    with pytest.raises(ValueError, match="computes nothing"):
        computed(form, operands[1:])
    assert [solved(form, operands, index) for index in (0, 1)] == [None, None]


# Clearly below, touching, overlapping, and the reverse; points that are counts.
ORDER_CASES = [
    (span("1", "2"), span("4", "5"), {Form.AT_MOST, Form.LESS}),
    (span("1", "2"), span("2", "3"), {Form.AT_MOST, Form.LESS}),
    (span("1", "3"), span("2", "4"), {Form.AT_MOST, Form.LESS, Form.MORE, Form.SAME}),
    (span("2", "4"), span("1", "3"), {Form.AT_MOST, Form.LESS, Form.MORE, Form.SAME}),
    (span("2", "3"), span("1", "2"), {Form.MORE}),
    (span("4", "5"), span("1", "2"), {Form.MORE}),
    (span("3", "3"), span("3", "3"), {Form.AT_MOST, Form.SAME}),
    (span("3", "3"), span("4", "4"), {Form.AT_MOST, Form.LESS}),
]


@pytest.mark.parametrize(("left", "right", "holding"), ORDER_CASES)
def test_an_order_holds_where_the_printed_digits_allow_it(
    left: Interval, right: Interval, holding: set[Form]
) -> None:
    compared = ORDERS - {Form.NIL}
    assert {form for form in compared if holds_order(form, left, right)} == holding


@pytest.mark.parametrize(
    ("left", "right", "holds"),
    [
        (span("0", "0"), span("0", "0"), True),
        (span("0", "0"), span("-0.5", "0.5"), True),
        (span("2", "2"), span("4", "5"), True),
        (span("2", "2"), span("0", "0"), False),
        (span("0", "0"), span("4", "5"), False),
    ],
)
def test_nothing_goes_with_nothing(left: Interval, right: Interval, holds: bool) -> None:
    assert holds_order(Form.NIL, left, right) is holds


@steady
@given(hundredths, hundredths, st.lists(margins, min_size=4, max_size=4))
def test_an_order_that_is_true_holds_of_every_print(
    one: Fraction, other: Fraction, margin: list[Fraction]
) -> None:
    left, right = sorted((one, other))
    prints = (
        Interval(left - margin[0], left + margin[1]),
        Interval(right - margin[2], right + margin[3]),
    )
    assert holds_order(Form.AT_MOST, prints[0], prints[1])
    if left < right and prints[0] != prints[1]:
        assert holds_order(Form.LESS, prints[0], prints[1])
        assert holds_order(Form.MORE, prints[1], prints[0])


def test_every_form_is_arithmetic_or_an_order() -> None:
    assert set(ARITHMETIC) | ORDERS == set(Form)
    assert not set(ARITHMETIC) & ORDERS


def test_growth_rises_with_the_change_and_falls_with_the_present() -> None:
    # Of what is there now, both signs of the change.
    for present in (40, 90):
        rates = [
            computed(Form.GROWTH, [Interval.point(change), Interval.point(present)])
            for change in (-30, -10, 0, 10, 30)
        ]
        middles = [rate.middle for rate in rates if rate is not None]
        assert len(middles) == 5
        assert all(lower < higher for lower, higher in pairwise(middles))
