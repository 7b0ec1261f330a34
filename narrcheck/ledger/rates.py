"""Rates of two numbers that stand right before them: 受理480件，办结468件，办结率97.5%."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import BUDGETS
from narrcheck.ledger.lists import text_between
from narrcheck.ledger.operand import fits
from narrcheck.ledger.ratios import Ratio, are_joined, in_one_unit, threes
from narrcheck.ledger.tallies import tallies
from narrcheck.quantity import Dimension
from narrcheck.relation import Form

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

# 办结率, and the 办结 that is the end of what was counted: its last two characters.
_RATE = regex.compile(
    r"[，,、（(](?:[^，,。；：、（()\d]{0,6})(?P<done>[\u4e00-\u9fff]{2})率[为达是]?到?"
)
_DONE = regex.compile(r"[，,、；;（(](?:其中)?[：:]?[^，,。；;：:、（()\d]{0,8}")
# 比上年的33.0万人次增长15.0%
_BASE = regex.compile(r"[比较](?:上年|去年|上一年|20\d\d年)度?(?:同期)?的?$")
_GREW = regex.compile(r"(?:相比[，,])?(?:同比)?(?:增长|增加|上升|提高|减少|下降|降低)了?")
_MOVED = regex.compile(r"比|较|增加|减少|其中|下降|平均|人均|每")
_SPENT = regex.compile(r"[，,；;](?:收入|支出)?决算数?[为是]?")
_GAP = regex.compile(r"[，,](?:预决算|预算|决算)?差异率[为达是]?")
_CLAUSE = regex.compile("[，,。；：、（(]")
_PERCENTS = frozenset({Kind.RATE, Kind.SHARE, Kind.COMPLETION})


def of_what_came(ledger: Ledger) -> Iterator[Ratio]:
    """What was done of what came in, where the rate has the name of what was done.

    受理480件，办结468件，办结率97.5%; 抽检200批次，其中合格190批次，合格率95%.
    """
    for came, done, rate in threes(ledger):
        if came.kind is not Kind.COUNT or done.kind is not Kind.COUNT or not _is_percent(rate):
            continue
        named = _RATE.fullmatch(text_between(ledger, done.where.end, rate.where.start))
        told = text_between(ledger, came.where.end, done.where.start)
        alike = in_one_unit(came, done) and not _MOVED.search(came.clause)
        if (
            named
            and alike
            and _DONE.fullmatch(told)
            and told.removesuffix("了").endswith(named["done"])
        ):
            yield Ratio(rate, done, came)


def of_last_year(ledger: Ledger) -> Iterator[Ratio]:
    """By what part a count grew over last year's, which stands beside it.

    诊疗38.0万人次，比上年33.0万人次增长15.2%. What ends a list is held to the whole of it, or left.
    """
    wholes = {part.id: each.whole for each in tallies(ledger) for part in each.parts}
    for count, base, rate in threes(ledger):
        if rate.kind is not Kind.GROWTH or not rate.direction or not _is_of_counts(count, base):
            continue
        between = text_between(ledger, count.where.end, base.where.start)
        grew = _GREW.fullmatch(text_between(ledger, base.where.end, rate.where.start))
        if not grew or not _BASE.search(base.lead) or not _CLAUSE.match(between):
            continue
        if len(_CLAUSE.findall(between)) > 1 or _MOVED.search(count.clause):
            continue
        present = wholes.get(count.id)
        ratio = Ratio(rate, present or count, base, Form.RATE, soft=present is not None)
        if not _ends_a_list(count) or fits(ratio.form, rate, ratio.part, base):
            yield ratio


def of_gaps(ledger: Ledger) -> Iterator[Ratio]:
    """预决算差异率: by what part 决算 is more than the 预算 right before it."""
    for budget, spent, rate in threes(ledger):
        if not in_one_unit(budget, spent) or rate.kind not in _PERCENTS:
            continue
        told = budget.figure is not None and budget.figure.measure in BUDGETS
        kinds = budget.kind is Kind.AMOUNT and spent.kind is Kind.AMOUNT
        if told and kinds and are_joined(ledger, (budget, spent, rate), _SPENT, _GAP):
            yield Ratio(rate, spent, budget, Form.RATE)


def _is_of_counts(count: Claim, base: Claim) -> bool:
    return count.kind is Kind.COUNT and base.kind is Kind.COUNT and in_one_unit(count, base)


def _is_percent(rate: Claim) -> bool:
    percent = rate.quantity is not None and rate.quantity.unit.dimension is Dimension.PERCENT
    return percent and rate.kind in _PERCENTS


def _ends_a_list(claim: Claim) -> bool:
    """Whether 其中 or 、 stands before a count in its sentence: 150名，其中甲100名、乙50名."""
    lead = regex.split("[。；;]", claim.lead)[-1]
    return bool(regex.search(r"其中|\d[^，,\d]{0,4}、[^，,\d]*$", lead))
