"""Documents printed from drawn truth: what is rightly rounded is right, one off never is."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from made.reading import checked

from corpus.making.forms import MANNERS, Manner, Printed, disclosure, draw
from corpus.making.marks import Said
from corpus.making.truth import draw_truth
from narrcheck.findings import Finding

DOCUMENTS = 5  # of each form; benchmarks/made_documents.py goes through hundreds
RANDOMS = st.randoms(use_true_random=False)
# A document is hardly ever found smaller that fails alike: looking for one takes minutes.
documents = settings(max_examples=DOCUMENTS, phases=[Phase.generate])


# In the others there are amounts that narrcheck does not hold against their tables.
READ = [manner for manner in MANNERS if manner.name in ("湖南", "上海", "浙江", "山东", "四川")]


def in_a_table(printed: Printed) -> list[Said]:
    """The amounts of the narrative that a table has too."""
    cells = {said.figure for said in printed.said if said.kind == "cell"}
    return [said for said in printed.said if said.kind == "amount" and said.figure in cells]


def shown(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    """What to look at where there should be nothing."""
    return [(each.code, each.message, each.sentence) for each in findings]


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_nothing_is_found_where_all_numbers_are_rounded_from_one_truth(manner: Manner) -> None:
    @documents
    @given(RANDOMS)
    def check(random: Random) -> None:
        text = disclosure(draw(manner, random), manner).text
        assert shown(checked(text).loud) == []

    check()


@pytest.mark.parametrize("manner", READ, ids=lambda manner: manner.name)
def test_an_amount_that_is_one_off_in_its_last_place_is_found(manner: Manner) -> None:
    @documents
    # A half may be rounded either way: what was rounded up may be printed one lower.
    @given(RANDOMS, st.integers(0, 1000), st.sampled_from((1, -2)))
    def check(random: Random, chosen: int, by: int) -> None:
        printed = disclosure(draw(manner, random), manner)
        text, amounts = printed.text, in_a_table(printed)
        said = amounts[chosen % len(amounts)]
        start, end = said.start, said.end - len("万元")
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
    @given(RANDOMS)
    def look(random: Random) -> None:
        truth = draw_truth(random)
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
    @given(RANDOMS)
    def look(random: Random) -> None:
        truth = draw_truth(random)
        parts = [(each.spent + 5_000) // 10_000 for each in truth.items]
        found.append(sum(parts) != (truth.general + 5_000) // 10_000)

    look()
    assert any(found)
