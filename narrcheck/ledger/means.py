"""Means: an amount over what was counted (人均, 车均), scores over the projects that have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import BUDGETS, Figure
from narrcheck.ledger.operand import Operand, exactly, of_claim, total
from narrcheck.ledger.priced import reckoned
from narrcheck.quantity import Dimension

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_PEOPLE = frozenset({"人次", "人"})
_SCORE = "分"
_SCORED = regex.compile(r"(?:得分|评分|分数)[为是]?$")
_MEAN_SCORE = regex.compile(r"平均(?:得分|分数?)[为是]?$|得分平均[为是]?$|均分[为是]?$")


@dataclass(frozen=True, slots=True)
class _Sort:
    """A mean by what it is called: ``name``, or no more than ``short``.

    It is of an amount of one of ``items``, the first of which tables have, over a count in one of
    ``units``, which is called ``counted`` where a paragraph counts several things.
    """

    name: regex.Pattern[str]
    short: regex.Pattern[str]
    items: tuple[str, ...]
    units: frozenset[str]
    counted: regex.Pattern[str]


_PER_CAR = r"(?:平均)?每(?:辆|台)车?(?:公务用车|车辆|车)?(?:平均)?|车均|单车"
_SORTS = (
    _Sort(
        regex.compile(rf"(?:{_PER_CAR})(?:年均)?(?:运行维护费?|运行费|维护费|运维费)"),
        regex.compile(r"平均每辆|每辆|车均"),
        ("公务用车运行维护费",),
        frozenset({"辆", "台"}),
        regex.compile(r"保有量?|[现共实]有"),
    ),
    _Sort(
        regex.compile(rf"(?:{_PER_CAR})(?:购置费|购置价|价格)"),
        regex.compile(r"平均单价"),
        ("公务用车购置费",),
        frozenset({"辆", "台"}),
        regex.compile(r"购置|购买|更新|新购"),
    ),
    _Sort(
        regex.compile(r"(?:平均每人次?|人均)(?:公务)?接待(?:费用?|支出)?"),
        regex.compile(r"人均|平均每人次"),
        ("公务接待费", "国内公务接待支出", "国内公务接待费"),
        _PEOPLE,
        regex.compile(r"接待"),
    ),
    _Sort(
        regex.compile(r"(?:平均每批次?|每批次|批均)(?:公务)?接待(?:费用?|支出)?"),
        regex.compile(r"每批次|平均每批次|批均"),
        ("公务接待费", "国内公务接待支出", "国内公务接待费"),
        frozenset({"批次", "批"}),
        regex.compile(r"接待"),
    ),
)
# 比2024年车均2.25万元增加: the mean of another year.
_OF_ANOTHER = regex.compile(r"[比较与]|上年|去年|全[市省县区国]")
_TRIPS = ("因公出国（境）费",)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean as it is stated, and the two numbers whose quotient it is."""

    stated: Operand
    whole: Operand
    count: Operand


def means(ledger: Ledger) -> Iterator[Mean]:
    """The means of amounts and of scores, in text order (formula C16)."""
    for claim in ledger.of_kind(Kind.AMOUNT):
        name = claim.figure.item if claim.figure is not None else ""
        for sort in _SORTS:
            full = sort.name.fullmatch(name)
            if (full or sort.short.fullmatch(name)) and not _OF_ANOTHER.search(claim.clause):
                yield from _mean(ledger, claim, sort, named=full is not None)
    for price, whole, count in reckoned(ledger):
        yield Mean(_as_printed(price), of_claim(whole), of_claim(count))
    yield from _of_scores(ledger)


def _mean(ledger: Ledger, claim: Claim, sort: _Sort, *, named: bool) -> Iterator[Mean]:
    """The mean, where its paragraph leaves no doubt what it is of.

    That of 因公出国（境） goes by the name that guests have, in a paragraph of its own.
    """
    before = [
        each
        for each in ledger.around(claim, Kind.AMOUNT, Kind.COUNT)
        if each.where.start < claim.where.start
        if each.quantity is not None and not each.quantity.is_zero
    ]
    amounts = [each for each in before if _is_of(ledger, each, sort.items)]
    if not amounts and sort.units is _PEOPLE:
        amounts = [each for each in before if _is_of(ledger, each, _TRIPS)]
    whole = ledger.of(amounts[-1]) if amounts else None
    if whole is None and named:
        whole = _of_table(ledger, claim, sort)
    said = {each.quantity.amount for each in amounts if each.quantity is not None}
    count = _counted(claim, before, sort)
    if whole is not None and count is not None and len(said) < 2:
        yield Mean(_as_printed(claim), whole, of_claim(count))


def _is_of(ledger: Ledger, claim: Claim, items: Sequence[str]) -> bool:
    """Whether a claim says what was spent on one of some items; in a 预算, what is to be."""
    figure = claim.figure
    if figure is None or claim.kind is not Kind.AMOUNT or figure.item not in items:
        return False
    return figure.measure not in BUDGETS or ledger.document.kind == "预算"


def _of_table(ledger: Ledger, claim: Claim, sort: _Sort) -> Operand | None:
    """What a mean that names it is of, as the table of the “三公”经费 has it."""
    assert claim.figure is not None
    figure = Figure(sort.items[0], claim.figure.measure, claim.figure.year, "三公")
    return ledger.operand(figure, claim)


def _counted(claim: Claim, before: Sequence[Claim], sort: _Sort) -> Claim | None:
    """The one count of a sentence, or else the one of that name in the paragraph."""
    counts = [
        each
        for each in before
        if each.kind is Kind.COUNT
        if each.quantity is not None and each.quantity.unit.text in sort.units
    ]
    near = [each for each in counts if each.is_beside(claim)]
    if not near:
        near = [each for each in counts if sort.counted.search(each.clause)]
    return near[0] if len(near) == 1 else None


def _as_printed(claim: Claim) -> Operand:
    """A mean is rounded as one likes: 97元 beside amounts with two places."""
    assert claim.quantity is not None
    return replace(of_claim(claim), quantity=replace(claim.quantity, usual=claim.quantity.places))


def _of_scores(ledger: Ledger) -> Iterator[Mean]:
    """上述3个项目平均得分95.23分: where the section scores just so many before."""
    counts = [each for each in ledger.of_kind(Kind.COUNT) if each.quantity is not None]
    for at, mean in enumerate(counts):
        if not _is_score(mean) or not _MEAN_SCORE.search(mean.lead):
            continue
        number = counts[at - 1] if at else mean
        if not number.is_beside(mean):
            continue
        scores = [
            each
            for each in counts[: at - 1]
            if _is_score(each) and each.section == mean.section
            if _SCORED.search(each.lead)
        ]
        assert number.quantity is not None
        if 1 < len(scores) == number.quantity.value:
            terms = tuple(map(of_claim, scores))
            said = " + ".join(each.text for each in scores)
            summed = total(terms, "")
            whole = replace(summed, because=f"{said} = {summed.label}")
            yield Mean(_rounded(mean), whole, exactly(len(scores), number.quantity.unit))


def _is_score(claim: Claim) -> bool:
    return claim.quantity is not None and claim.quantity.unit.text == _SCORE


def _rounded(mean: Claim) -> Operand:
    """A mean score as any number that is printed so, though what is counted is exact."""
    assert mean.quantity is not None
    unit = replace(mean.quantity.unit, dimension=Dimension.TIMES)
    return replace(of_claim(mean), quantity=replace(mean.quantity, unit=unit))
