"""Percentages of what was counted just before: 完成计划5,000人的102.4%, “优”的7个，占77.8%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.lists import part_lists, text_between
from narrcheck.ledger.once import once
from narrcheck.ledger.operand import fits
from narrcheck.ledger.tallies import tallies
from narrcheck.quantity import Dimension
from narrcheck.relation import Form

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_PERCENTS = (Kind.RATE, Kind.SHARE, Kind.COMPLETION, Kind.GROWTH)
_AIM = regex.compile(r"(?:计划|目标|任务|指标)[^，。；：、]{0,6}$")
_WHOLE = regex.compile(r"(?:^|[，,（(])占[^，。；：、]{1,15}$")
_OVER = regex.compile(r"[，,]?(?:超出|超额|超过|多出|增长|增加)了?")
_COMPLETED = regex.compile(r"[，,]?完成(?:年度|全年|了)?(?:计划|目标|任务|指标)[数值]?的?")
_MORE = regex.compile(r"超额完成[^，。；：、]{0,12}$")
_MOVED = regex.compile(r"比|较|增加|减少|其中|下降")
_CLAUSE = regex.compile(r"[，,（(][^，,。；;\d]{1,15}")
_SHARE = regex.compile(r"[，,（(]?占(?:比|比例)?(?:为|达)?|[，,（(]占[^，,。；\d]{1,12}的")
# 预算资金63.59万元，当年执行48.74万元，执行率76.65%
_BUDGET = regex.compile(r"预算(?:资金|数|金额|总额)?[为共计]?$")
_SPENT = regex.compile(
    r"[，,](?:当年|本年|全年|年末|已|累计)?(?:实际)?(?:执行|支出)(?:数|资金|金额)?[为了]?"
)
_AT_RATE = regex.compile(r"[，,](?:预算|资金)?执行率[为达是]?")
# 由上年的83.5%提高到91.2%，提高7.7个百分点
_FROM = regex.compile(r"[由从][^，,。；;：:、由从]{0,10}$")
_TO = regex.compile(r"(?:提高|提升|上升|增长|增加|升|下降|降低|减少|降)[到至]")
_BY = regex.compile(r"[，,](?:同比|比上年|较上年)?(?:提高|提升|上升|增长|增加|下降|降低|减少)了?")
_POINTS = "百分点"
_TOTAL = regex.compile(r"^全部|(?:总人?数|人数|总量|总额|数量)$")
_EACH = regex.compile(r"[，,]?分别占(?:比|[^，,。；\d]{0,12}的)?")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage, what it is of, and the form: part over whole, or what is more than it.

    ``soft`` says that the whole is only the one that fits.
    """

    rate: Claim
    part: Claim
    whole: Claim
    form: Form = Form.RATIO
    soft: bool = False


def of_aims(ledger: Ledger) -> Iterator[Ratio]:
    """What was done, over the aim that stands between it and the percentage.

    招生5,120人，完成计划5,000人的102.4%, or 计划5,000人，完成计划的102.4%;
    测图1,280幅，较目标值1,200幅超出6.7%.
    """
    for part, aim, rate in threes(ledger):
        if rate.kind not in _PERCENTS or not in_one_unit(part, aim):
            continue
        if not _states(ledger, part, aim):
            continue
        lead = aim.lead
        between = text_between(ledger, aim.where.end, rate.where.start)
        if between == "的" and _MORE.search(lead):
            yield Ratio(rate, part, aim, Form.RATE)
        elif (between == "的" and _is_aim(aim)) or (
            _AIM.search(lead) and _COMPLETED.fullmatch(between)
        ):
            yield Ratio(rate, part, aim)
        elif _AIM.search(lead) and _OVER.fullmatch(between):
            yield Ratio(rate, part, aim, Form.RATE)


def _is_aim(claim: Claim) -> bool:
    """Whether a number is what was planned, or all that there is: 占全部项目22个."""
    lead = claim.lead
    return bool(_AIM.search(lead) or (claim.kind is Kind.COUNT and _WHOLE.search(lead)))


def _states(ledger: Ledger, part: Claim, aim: Claim) -> bool:
    """Whether a number says how much was done, right before the clause of the aim."""
    moved = part.kind not in (Kind.AMOUNT, Kind.COUNT) or _MOVED.search(part.clause)
    between = text_between(ledger, part.where.end, aim.where.start)
    return not moved and bool(_CLAUSE.fullmatch(between))


def of_budgets(ledger: Ledger) -> Iterator[Ratio]:
    """What was spent of a budget right after it, and the 执行率 right after that."""
    for budget, spent, rate in threes(ledger):
        if rate.kind is not Kind.COMPLETION or not in_one_unit(budget, spent):
            continue
        kinds = budget.kind is Kind.AMOUNT and spent.kind is Kind.AMOUNT
        told = kinds and _BUDGET.search(budget.lead)
        if told and are_joined(ledger, (budget, spent, rate), _SPENT, _AT_RATE):
            yield Ratio(rate, spent, budget)


def as_percent(ledger: Ledger) -> Iterator[tuple[Claim, Claim, Claim]]:
    """By how much a rate went up or down, told in % though it is 百分点, what it was then, before.

    由91.4%提高到93.2%，提高1.8%: that is what one is more than the other, not over the other.
    """
    for before, after, moved in threes(ledger):
        units = [each.quantity.unit.dimension for each in (before, after, moved) if each.quantity]
        if any(each is not Dimension.PERCENT for each in units) or not moved.direction:
            continue
        told = _FROM.search(before.lead)
        if told and are_joined(ledger, (before, after, moved), _TO, _BY):
            in_points = fits(Form.DIFFERENCE, moved, after, before)
            if in_points and not fits(Form.RATE, moved, after, before):
                yield moved, after, before


def of_moves(ledger: Ledger) -> Iterator[tuple[Claim, Claim, Claim]]:
    """By how many points a rate went up or down, what it then was, and what it was before."""
    for before, after, points in threes(ledger):
        if {before.kind, after.kind} - {*_PERCENTS} or not in_one_unit(before, after):
            continue
        assert points.quantity is not None
        in_points = points.direction and points.quantity.unit.text.endswith(_POINTS)
        told = in_points and _FROM.search(before.lead)
        if told and are_joined(ledger, (before, after, points), _TO, _BY):
            yield points, after, before


@once
def threes(ledger: Ledger) -> Iterator[tuple[Claim, Claim, Claim]]:
    """Each three numbers of one sentence that follow one another."""
    numbers = [each for each in ledger.claims if each.quantity is not None]
    for one, two, three in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if one.is_beside(two) and two.is_beside(three):
            yield one, two, three


def are_joined(
    ledger: Ledger,
    three: tuple[Claim, Claim, Claim],
    first: regex.Pattern[str],
    second: regex.Pattern[str],
) -> bool:
    """Whether nothing but these words stands between three numbers."""
    one, two, last = three
    return bool(
        first.fullmatch(text_between(ledger, one.where.end, two.where.start))
        and second.fullmatch(text_between(ledger, two.where.end, last.where.start))
    )


def of_counts(ledger: Ledger) -> Iterator[Ratio]:
    """The share of a count in the one that a list takes apart, or else in one that it fits.

    And of amounts whose shares follow all of them: 分别占62.00%和38.00%.
    """
    lists = (*part_lists(ledger), *tallies(ledger))
    wholes = {part.id: each.whole for each in lists for part in each.parts}
    numbers = [each for each in ledger.claims if each.quantity is not None]
    for at, rate in enumerate(numbers):
        if rate.kind not in _PERCENTS or at == 0:
            continue
        last = numbers[at - 1]
        between = text_between(ledger, last.where.end, rate.where.start)
        if last.kind is Kind.COUNT and last.is_beside(rate) and _SHARE.fullmatch(between):
            whole = wholes.get(last.id) or _named_whole(numbers[:at], last, between)
            yield from _share(numbers[:at], rate, last, whole)
        elif last.kind in (Kind.COUNT, Kind.AMOUNT) and _EACH.fullmatch(between):
            yield from _shares(ledger, numbers, at, wholes)


def _named_whole(before: Sequence[Claim], part: Claim, said: str) -> Claim | None:
    """教职工511人，其中专任教师372人，占教职工总数的72.8%: the one count that has the name said."""
    name = _TOTAL.sub("", said.partition("占")[2].removesuffix("的"))
    found = [
        each
        for each in before
        if each is not part and each.kind is Kind.COUNT and each.paragraph == part.paragraph
        if in_one_unit(each, part) and each.figure is not None
        if name and each.figure.item.endswith(name)
    ]
    return found[0] if len(found) == 1 else None


def _shares(
    ledger: Ledger, numbers: Sequence[Claim], at: int, wholes: dict[str, Claim]
) -> Iterator[Ratio]:
    """“优”的5个，“良”的1个，分别占83.3%、16.7%: as many counts as there are percentages."""
    end = at + 1
    while end < len(numbers) and in_one_unit(numbers[end], numbers[at]):
        between = text_between(ledger, numbers[end - 1].where.end, numbers[end].where.start)
        if between not in ("、", "和", "，"):
            break
        end += 1
    rates = numbers[at:end]
    parts = numbers[max(0, at - len(rates)) : at]
    alike = all(in_one_unit(each, parts[0]) and each.is_beside(rates[0]) for each in parts)
    if alike and len(parts) == len(rates) > 1:
        for part, rate in zip(parts, rates, strict=True):
            yield from _share(numbers[: at - len(rates)], rate, part, wholes.get(part.id))


def _share(
    before: Sequence[Claim], rate: Claim, part: Claim, whole: Claim | None
) -> Iterator[Ratio]:
    if whole is not None:
        yield Ratio(rate, part, whole)
        return
    counts = (each for each in before[::-1] if each is not part and in_one_unit(each, part))
    near = (each for each in counts if each.paragraph == part.paragraph)
    found = next((each for each in near if fits(Form.RATIO, rate, part, each)), None)
    if found is not None:
        yield Ratio(rate, part, found, soft=True)


def in_one_unit(one: Claim, two: Claim) -> bool:
    assert one.quantity is not None
    assert two.quantity is not None
    return bool(one.quantity.unit.text) and one.quantity.unit == two.quantity.unit
