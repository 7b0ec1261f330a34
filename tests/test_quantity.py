"""Printed numbers as intervals: the laws they keep, held against Fraction and Decimal."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from narrcheck.quantity import Dimension, Interval, Quantity, Unit, round_half_up

YUAN = Unit("元", Dimension.MONEY)
WAN = Unit("万元", Dimension.MONEY, Fraction(10**4))
YI = Unit("亿元", Dimension.MONEY, Fraction(10**8))
PERCENT = Unit("%", Dimension.PERCENT, Fraction(1, 100))
POINTS = Unit("个百分点", Dimension.POINTS, Fraction(1, 100))
TIMES = Unit("倍", Dimension.TIMES)
CARS = Unit("辆", Dimension.COUNT)
MEASURED = (YUAN, WAN, YI, PERCENT, POINTS, TIMES)

steady = settings(derandomize=True, deadline=None, max_examples=80)
fractions = st.fractions(-(10**9), 10**9, max_denominator=10**6)
places_printed = st.integers(0, 4)
measured_units = st.sampled_from(MEASURED)
# 0 to 1: how far a member lies from the low end to the high end of its interval.
shares = st.fractions(0, 1, max_denominator=97)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    return Interval(*sorted((draw(fractions), draw(fractions))))


def member(interval: Interval, share: Fraction) -> Fraction:
    return interval.low + share * (interval.high - interval.low)


def printed(digits: str, unit: Unit, *, usual: int = 0) -> Quantity:
    """The quantity a person reads in ``digits``; places are counted in the text."""
    places = len(digits.partition(".")[2])
    return Quantity(f"{digits}{unit.text}", Decimal(digits), unit, places, usual)


def rounded(amount: Fraction, places: int) -> str:
    """``amount`` to ``places``, halves away from zero, by whole numbers alone."""
    whole, rest = divmod(abs(amount) * 10**places, 1)
    digits = str(int(whole) + (rest >= Fraction(1, 2))).rjust(places + 1, "0")
    sign = "-" if amount < 0 and int(digits) else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


@pytest.mark.parametrize(
    ("digits", "unit", "low", "high"),
    [
        ("306.25", WAN, "3062450", "3062550"),
        ("306", WAN, "3055000", "3065000"),
        ("1.7", YI, "165000000", "175000000"),
        ("45.50", YUAN, "45.495", "45.505"),
        ("37.4", PERCENT, "0.3735", "0.3745"),
        ("2.0", POINTS, "0.0195", "0.0205"),
        ("3", TIMES, "2.5", "3.5"),
        ("-12.50", WAN, "-125050", "-124950"),
        ("0.00", WAN, "-50", "50"),
    ],
)
def test_a_printed_number_reaches_half_a_step_to_both_sides(
    digits: str, unit: Unit, low: str, high: str
) -> None:
    quantity = printed(digits, unit)
    assert quantity.interval == Interval(Fraction(low), Fraction(high))
    assert quantity.step == Fraction(high) - Fraction(low)
    assert quantity.text == digits + unit.text


def test_a_count_is_a_point() -> None:
    cars = printed("14", CARS, usual=2)
    assert cars.interval == cars.wide == Interval(Fraction(14), Fraction(14))
    assert not cars.interval.agrees(printed("15", CARS).interval)


@steady
@given(fractions, places_printed, measured_units)
@example(Fraction(5, 2), 0, YUAN)
@example(Fraction(-5, 2), 0, YUAN)
def test_what_is_rightly_rounded_agrees_with_what_was_rounded(
    shown: Fraction, places: int, unit: Unit
) -> None:
    amount = shown * unit.scale
    quantity = printed(rounded(shown, places), unit)
    assert quantity.interval.low <= amount <= quantity.interval.high
    assert quantity.interval.agrees(Interval.point(amount))


@steady
@given(fractions, places_printed, st.integers(1, 4), measured_units)
def test_one_amount_rounded_to_more_and_to_fewer_places_agrees(
    shown: Fraction, places: int, more: int, unit: Unit
) -> None:
    coarse = printed(rounded(shown, places), unit)
    fine = printed(rounded(shown, places + more), unit)
    assert coarse.interval.agrees(fine.interval)


@steady
@given(st.integers(-(10**8), 10**8), places_printed, st.integers(1, 20), measured_units)
def test_what_is_off_in_the_last_place_never_agrees(
    last_places: int, places: int, off: int, unit: Unit
) -> None:
    step = unit.scale / 10**places
    one = printed(f"{Decimal(last_places).scaleb(-places):f}", unit)
    other = printed(f"{Decimal(last_places + off).scaleb(-places):f}", unit)
    assert not one.interval.agrees(other.interval)
    assert one.interval.distance(other.interval) == (off - 1) * step


def test_neighbours_touch_in_an_end_point_and_do_not_agree() -> None:
    one, other = printed("52.10", WAN), printed("52.11", WAN)
    assert one.interval.high == other.interval.low == Fraction(521050)
    assert one.interval.distance(other.interval) == 0
    assert not one.interval.agrees(other.interval)
    assert not other.interval.agrees(one.interval)


@steady
@given(intervals(), intervals(), shares, shares)
def test_every_combination_of_members_is_in_the_sum_difference_and_product(
    left: Interval, right: Interval, share: Fraction, other_share: Fraction
) -> None:
    a, b = member(left, share), member(right, other_share)
    assert (left + right).low <= a + b <= (left + right).high
    assert (left - right).low <= a - b <= (left - right).high
    assert (left * right).low <= a * b <= (left * right).high
    assert (-left).low <= -a <= (-left).high


@steady
@given(intervals(), intervals(), shares, shares)
def test_every_combination_of_members_is_in_the_quotient_where_there_is_one(
    left: Interval, right: Interval, share: Fraction, other_share: Fraction
) -> None:
    if right.low <= 0 <= right.high:
        with pytest.raises(ZeroDivisionError):
            left / right
        return
    quotient = left / right
    ratio = member(left, share) / member(right, other_share)
    assert quotient.low <= ratio <= quotient.high


@steady
@given(intervals(), intervals())
def test_sums_and_differences_are_no_wider_than_their_operands_together(
    left: Interval, right: Interval
) -> None:
    width = (left.high - left.low) + (right.high - right.low)
    for outcome in (left + right, left - right):
        assert outcome.width == outcome.high - outcome.low == width


@steady
@given(intervals(), intervals())
def test_the_ends_of_products_and_quotients_are_reached_at_corners(
    left: Interval, right: Interval
) -> None:
    corners = [(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    products = sorted(a * b for a, b in corners)
    assert left * right == Interval(products[0], products[-1])
    if not right.low <= 0 <= right.high:
        quotients = sorted(a / b for a, b in corners)
        assert left / right == Interval(quotients[0], quotients[-1])


@pytest.mark.parametrize(("low", "high"), [("0", "0"), ("-1", "1"), ("0", "3"), ("-3", "0")])
def test_division_by_what_may_be_zero_is_refused(low: str, high: str) -> None:
    with pytest.raises(ZeroDivisionError):
        Interval.point(1) / Interval(Fraction(low), Fraction(high))


def test_an_empty_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="empty interval"):
        Interval(Fraction(2), Fraction(1))


@steady
@given(intervals(), intervals())
def test_agreeing_is_mutual_and_needs_more_than_an_end_point(
    left: Interval, right: Interval
) -> None:
    assume(left.low < left.high and right.low < right.high)
    overlap = min(left.high, right.high) - max(left.low, right.low)
    assert left.agrees(right) is right.agrees(left) is (overlap > 0)
    assert left.agrees(left)


@steady
@given(intervals(), intervals())
def test_intervals_are_apart_by_the_gap_between_them(left: Interval, right: Interval) -> None:
    gap = max(left.low, right.low) - min(left.high, right.high)
    assert left.distance(right) == right.distance(left) == max(0, gap)


@pytest.mark.parametrize(
    ("value", "agrees"),
    [("1.99", False), ("2", True), ("2.5", True), ("2.99", True), ("3", True), ("3.01", False)],
)
def test_a_point_agrees_with_what_holds_it_at_an_end_too(value: str, *, agrees: bool) -> None:
    # -2.5 is printed -3, and 2.5 is printed 3: a half may stand at either end.
    point, interval = Interval.point(Fraction(value)), Interval(Fraction(2), Fraction(3))
    assert point.agrees(interval) is agrees
    assert interval.agrees(point) is agrees


def test_a_point_agrees_with_an_equal_point_alone() -> None:
    assert Interval.point(0).agrees(Interval.point(Fraction(0)))
    assert not Interval.point(4).agrees(Interval.point(5))


@steady
@given(st.lists(fractions, min_size=1, max_size=6))
def test_a_hull_holds_all_values_and_ends_at_two_of_them(values: list[Fraction]) -> None:
    hull = Interval.hull(*values)
    assert {hull.low, hull.high} <= set(values)
    assert all(hull.low <= value <= hull.high and value in hull for value in values)
    assert hull.middle - hull.low == hull.high - hull.middle
    assert hull.low - 1 not in hull
    assert hull.high + 1 not in hull


def test_an_amount_with_fewer_places_than_usual_is_read_with_its_zeros() -> None:
    trimmed, whole = printed("17.6", WAN, usual=2), printed("17.60", WAN, usual=2)
    assert trimmed.interval == whole.interval == Interval(Fraction(175950), Fraction(176050))
    assert trimmed.wide == Interval(Fraction(175500), Fraction(176500))
    assert whole.wide == whole.interval
    assert trimmed.step == Fraction(100)
    assert trimmed.text == "17.6万元"


def test_an_amount_with_fewer_places_than_usual_agrees_as_rounded_only_by_its_digits() -> None:
    coarse, exact = printed("18", WAN, usual=2), printed("17.60", WAN, usual=2)
    assert not coarse.interval.agrees(exact.interval)
    assert coarse.wide.agrees(exact.wide)
    assert not printed("18", WAN, usual=2).wide.agrees(printed("17.40", WAN, usual=2).wide)


def test_more_places_than_usual_keep_their_own_step() -> None:
    assert printed("17.625", WAN, usual=2).step == Fraction(10)


@pytest.mark.parametrize("digits", ["0", "0.0", "0.00"])
def test_zero_never_stands_for_what_would_only_round_to_it(digits: str) -> None:
    zero = printed(digits, WAN, usual=2)
    assert zero.is_zero
    assert zero.wide == zero.interval == Interval(Fraction(-50), Fraction(50))
    assert not zero.wide.agrees(printed("0.30", WAN).interval)


@pytest.mark.parametrize(
    ("digits", "unit", "amount"),
    [
        ("83.07", YUAN, "83.07"),
        ("83.07", WAN, "830700"),
        ("8.307", YI, "830700000"),
        ("83.07", PERCENT, "0.8307"),
        ("1.5", POINTS, "0.015"),
        ("1.5", TIMES, "1.5"),
        ("6", CARS, "6"),
        ("-83.07", WAN, "-830700"),
    ],
)
def test_an_amount_is_in_the_base_unit_of_its_dimension(
    digits: str, unit: Unit, amount: str
) -> None:
    assert printed(digits, unit).amount == Fraction(amount)


def test_one_amount_agrees_across_units_of_money() -> None:
    assert printed("2.4", YI).interval.agrees(printed("24000.00", WAN).interval)
    assert printed("240.50", WAN).interval.agrees(printed("2405000", YUAN).interval)
    assert not printed("240.50", WAN).interval.agrees(printed("240.50", YUAN).interval)


def test_the_same_digits_in_another_unit_keep_their_places() -> None:
    slipped = printed("63.50", YUAN, usual=2)
    mended = slipped.in_unit(WAN)
    assert (mended.text, mended.value, mended.unit) == ("63.50万元", Decimal("63.50"), WAN)
    assert (mended.places, mended.usual) == (2, 2)
    assert mended.amount == 10**4 * slipped.amount
    assert mended.in_unit(YUAN) == slipped


@pytest.mark.parametrize(
    ("text", "unit", "hedge", "shown"),
    [
        ("1,280幅", "份", "", "幅"),
        ("１２８０幅", "份", "", "幅"),
        ("1280份", "份", "", "份"),
        ("1280余幅", "份", "余", "幅"),
        ("12万余亩", "万亩", "余", "万亩"),
        ("十二辆", "辆", "", "辆"),
        ("12", "辆", "至", "辆"),  # the unit stands behind the next number
    ],
)
def test_a_count_keeps_the_measure_word_it_is_printed_with(
    text: str, unit: str, hedge: str, shown: str
) -> None:
    counted = Quantity(text, Decimal(12), Unit(unit, Dimension.COUNT), 0, hedge=hedge)
    assert counted.unit_text == shown
    assert counted.like(Fraction(7)).text == f"7{shown}"


@pytest.mark.parametrize(("text", "unit"), [("12％", PERCENT), ("12万", WAN), ("12万余元", WAN)])
def test_other_numbers_are_shown_in_the_unit_they_are_read_in(text: str, unit: Unit) -> None:
    assert Quantity(text, Decimal(12), unit, 0).unit_text == unit.text


@pytest.mark.parametrize(
    ("pattern", "usual", "amount", "text"),
    [
        ("63.50", 0, "401250", "40.13万元"),
        ("63.5", 2, "400000", "40.00万元"),
        ("63.5", 0, "404999", "40.5万元"),
        ("63", 0, "5000", "1万元"),
        ("63.50", 0, "-401250", "-40.13万元"),
        ("63.50", 0, "-49", "0.00万元"),
        ("63.50", 0, "0", "0.00万元"),
    ],
)
def test_an_amount_is_printed_like_another(
    pattern: str, usual: int, amount: str, text: str
) -> None:
    like = printed(pattern, WAN, usual=usual).like(Fraction(amount))
    assert like.text == text
    assert f"{like.value:f}万元" == text
    assert like.places == max(usual, len(pattern.partition(".")[2]))


@steady
@given(fractions, places_printed, measured_units)
def test_an_amount_printed_like_another_is_rounded_by_hand(
    shown: Fraction, places: int, unit: Unit
) -> None:
    like = printed(rounded(Fraction(1), places), unit).like(shown * unit.scale)
    assert like.text == rounded(shown, places) + unit.text


@steady
@given(fractions, st.integers(0, 6))
def test_rounding_is_half_up_to_the_last_digit(value: Fraction, places: int) -> None:
    assert f"{round_half_up(value, places):f}" == rounded(value, places)


@steady
@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 6))
def test_rounding_is_that_of_decimal(value: Decimal, places: int) -> None:
    with decimal.localcontext(decimal.Context(prec=60)):
        expected = value.quantize(Decimal(1).scaleb(-places), rounding=decimal.ROUND_HALF_UP)
    assert round_half_up(Fraction(value), places) == expected


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-0.5", 0, "-1"),
        ("-0.4", 0, "0"),
        ("1.005", 2, "1.01"),
        ("-1.005", 2, "-1.01"),
        ("1/3", 4, "0.3333"),
        ("99.95", 1, "100.0"),
        ("0", 2, "0.00"),
    ],
)
def test_halves_go_away_from_zero_and_no_zero_has_a_sign(
    value: str, places: int, shown: str
) -> None:
    assert f"{round_half_up(Fraction(value), places):f}" == shown


COMPUTATIONS: tuple[Callable[[Quantity], object], ...] = (
    lambda quantity: quantity.amount,
    lambda quantity: quantity.step,
    lambda quantity: (quantity.interval.low, quantity.interval.high),
    lambda quantity: (quantity.wide.low, quantity.wide.high),
    lambda quantity: quantity.interval * quantity.interval / quantity.interval,
    lambda quantity: quantity.like(Fraction(123456789123, 7)).text,
    lambda quantity: quantity.in_unit(YUAN).text,
    lambda quantity: str(round_half_up(Fraction(987654321, 7), 6)),
)


def test_the_decimal_context_is_neither_used_nor_changed() -> None:
    quantity = printed("123456789012345.6789", WAN, usual=2)
    usual = [compute(quantity) for compute in COMPUTATIONS]
    tiny = decimal.Context(prec=1, rounding=decimal.ROUND_DOWN)
    tiny.traps[decimal.Inexact] = True
    with decimal.localcontext(tiny) as context:
        before = repr(context)
        assert [compute(quantity) for compute in COMPUTATIONS] == usual
        assert repr(context) == before
        assert repr(decimal.getcontext()) == before
    assert quantity.amount == Fraction(1234567890123456789)
