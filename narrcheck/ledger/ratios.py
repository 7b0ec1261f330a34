"""Percentages of what was counted just before: 完成计划5,000人的102.4%, “优”的7个，占77.8%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.lists import text_between
from narrcheck.ledger.operand import of_claim
from narrcheck.ledger.tallies import tallies
from narrcheck.relation import Form, computed

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_PERCENTS = (Kind.RATE, Kind.SHARE, Kind.COMPLETION, Kind.GROWTH)
_AIM = regex.compile(r"(?:计划|目标|任务|指标)[^，。；：、]{0,6}$")
_WHOLE = regex.compile(r"(?:^|[，,（(])占[^，。；：、]{1,15}$")
_OVER = regex.compile(r"[，,]?(?:超出|超额|超过|多出|增长|增加)了?")
_MORE = regex.compile(r"超额完成[^，。；：、]{0,12}$")
_MOVED = regex.compile(r"比|较|增加|减少|其中|下降")
_CLAUSE = regex.compile(r"[，,（(][^，,。；;\d]{1,15}")
_SHARE = regex.compile(r"[，,（(]?占(?:比|比例)?(?:为|达)?|[，,（(]占[^，,。；\d]{1,12}的")
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

    招生5,120人，完成计划5,000人的102.4%; 测图1,280幅，较目标值1,200幅超出6.7%.
    """
    numbers = [each for each in ledger.claims if each.quantity is not None]
    for part, aim, rate in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if rate.kind not in _PERCENTS or not _in_one_unit(part, aim):
            continue
        if not _beside(part, aim) or not _beside(aim, rate) or not _states(ledger, part, aim):
            continue
        lead = aim.sentence[: aim.at]
        between = text_between(ledger, aim.where.end, rate.where.start)
        if between == "的" and _MORE.search(lead):
            yield Ratio(rate, part, aim, Form.RATE)
        elif between == "的" and _is_aim(aim):
            yield Ratio(rate, part, aim)
        elif _AIM.search(lead) and _OVER.fullmatch(between):
            yield Ratio(rate, part, aim, Form.RATE)


def _is_aim(claim: Claim) -> bool:
    """Whether a number is what was planned, or all that there is: 占全部项目22个."""
    lead = claim.sentence[: claim.at]
    return bool(_AIM.search(lead) or (claim.kind is Kind.COUNT and _WHOLE.search(lead)))


def _states(ledger: Ledger, part: Claim, aim: Claim) -> bool:
    """Whether a number says how much was done, right before the clause of the aim."""
    clause = regex.split("[，,。；：、]", part.sentence[: part.at])[-1]
    moved = part.kind not in (Kind.AMOUNT, Kind.COUNT) or _MOVED.search(clause)
    between = text_between(ledger, part.where.end, aim.where.start)
    return not moved and bool(_CLAUSE.fullmatch(between))


def of_counts(ledger: Ledger) -> Iterator[Ratio]:
    """The share of a count in the one that a list takes apart, or else in one that it fits."""
    wholes = {part.id: each.whole for each in tallies(ledger) for part in each.parts}
    numbers = [each for each in ledger.claims if each.quantity is not None]
    for at, rate in enumerate(numbers):
        if rate.kind not in _PERCENTS or at == 0:
            continue
        last = numbers[at - 1]
        between = text_between(ledger, last.where.end, rate.where.start)
        if last.kind is Kind.COUNT and _beside(last, rate) and _SHARE.fullmatch(between):
            yield from _share(numbers[:at], rate, last, wholes.get(last.id))
        elif last.kind is Kind.COUNT and _EACH.fullmatch(between):
            yield from _shares(ledger, numbers, at, wholes)


def _shares(
    ledger: Ledger, numbers: Sequence[Claim], at: int, wholes: dict[str, Claim]
) -> Iterator[Ratio]:
    """“优”的5个，“良”的1个，分别占83.3%、16.7%: as many counts as there are percentages."""
    end = at + 1
    while end < len(numbers) and _in_one_unit(numbers[end], numbers[at]):
        between = text_between(ledger, numbers[end - 1].where.end, numbers[end].where.start)
        if between not in ("、", "和", "，"):
            break
        end += 1
    rates = numbers[at:end]
    parts = numbers[max(0, at - len(rates)) : at]
    alike = all(_in_one_unit(each, parts[0]) and _beside(each, rates[0]) for each in parts)
    if alike and len(parts) == len(rates) > 1:
        for part, rate in zip(parts, rates, strict=True):
            yield from _share(numbers[: at - len(rates)], rate, part, wholes.get(part.id))


def _share(
    before: Sequence[Claim], rate: Claim, part: Claim, whole: Claim | None
) -> Iterator[Ratio]:
    if whole is not None:
        yield Ratio(rate, part, whole)
        return
    counts = (each for each in before[::-1] if each is not part and _in_one_unit(each, part))
    near = (each for each in counts if each.paragraph == part.paragraph)
    found = next((each for each in near if _fits(rate, part, each)), None)
    if found is not None:
        yield Ratio(rate, part, found, soft=True)


def _fits(rate: Claim, part: Claim, whole: Claim) -> bool:
    share = computed(Form.RATIO, (of_claim(part).interval, of_claim(whole).interval))
    return share is not None and of_claim(rate).interval.agrees(share)


def _beside(one: Claim, two: Claim) -> bool:
    return one.paragraph == two.paragraph and one.sentence == two.sentence


def _in_one_unit(one: Claim, two: Claim) -> bool:
    assert one.quantity is not None
    assert two.quantity is not None
    return bool(one.quantity.unit.text) and one.quantity.unit == two.quantity.unit
