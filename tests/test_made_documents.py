"""Documents printed from drawn truth: what is rightly rounded is right, one off never is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made.prose import PROVINCES, Province, disclosure
from made.reading import checked
from made.truth import Truth, truths

from narrcheck.findings import Finding

DOCUMENTS = 17  # of each of the three forms; benchmarks/mutations.py goes through over a thousand


def by_name(province: Province) -> str:
    return province.name


def shown(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    """What to look at where there should be nothing."""
    return [(each.code, each.message, each.sentence) for each in findings]


@pytest.mark.parametrize("province", PROVINCES, ids=by_name)
def test_nothing_is_found_where_all_numbers_are_rounded_from_one_truth(province: Province) -> None:
    @settings(max_examples=DOCUMENTS)
    @given(truths())
    def check(truth: Truth) -> None:
        text, _ = disclosure(truth, province)
        assert shown(checked(text).loud) == []

    check()


@pytest.mark.parametrize("province", PROVINCES, ids=by_name)
def test_an_amount_that_is_one_off_in_its_last_place_is_found(province: Province) -> None:
    @settings(max_examples=DOCUMENTS)
    # A half may be rounded either way: what was rounded up may be printed one lower.
    @given(truths(), st.integers(0, 1000), st.sampled_from((1, -2)))
    def check(truth: Truth, chosen: int, by: int) -> None:
        text, spans = disclosure(truth, province)
        start, end = spans[chosen % len(spans)]
        wrong = one_off(text[start:end], by)
        changed = f"{text[:start]}{wrong}{text[end:]}"
        sentence = (text.rfind("。", 0, start), text.find("。", end) + 3)
        found = checked(changed).loud
        here = [each for each in found if sentence[0] <= each.where.start <= sentence[1]]
        assert here, changed[start - 60 : end + 60]

    check()


def one_off(amount: str, by: int) -> str:
    """An amount so many hundredths larger, printed as it was; none falls below 0."""
    value = Decimal(amount.replace(",", "")).quantize(Decimal("0.01"))
    value += Decimal(by if value * 100 >= -by else 1).scaleb(-2)
    return f"{value:,.2f}" if "," in amount else f"{value:.2f}"


def test_the_truth_is_drawn_with_all_that_makes_documents_hard() -> None:
    seen: set[str] = set()

    @settings(max_examples=60)
    @given(truths())
    def look(truth: Truth) -> None:
        seen.update(
            name
            for name, there in {
                "a new unit": truth.last is None,
                "a budget of 0": any(not item.budget for item in truth.items),
                "spent as planned": any(item.budget == item.spent for item in truth.items),
                "a government fund": truth.fund is not None,
                "other money": truth.other_spent > 0,
                "carried over": truth.fiscal_in > 0,
                "the same as last year": truth.last is not None
                and truth.general == truth.last.general,
                "a decrease": truth.last is not None and truth.general < truth.last.general,
                "last year nothing": any(e.spent and not e.last for e in truth.sangong),
            }.items()
            if there
        )

    look()
    assert len(seen) == 9


def test_rounding_a_truth_leaves_differences_in_the_last_place() -> None:
    # 尾差: the parts as printed do not add up to the whole as printed.
    found: list[bool] = []

    @settings(max_examples=30)
    @given(truths())
    def look(truth: Truth) -> None:
        parts = [(each.spent + 5_000) // 10_000 for each in truth.items]
        found.append(sum(parts) != (truth.general + 5_000) // 10_000)

    look()
    assert any(found)
