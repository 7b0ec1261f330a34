"""Amounts reckoned aloud: 312公里，每公里4000元，计124.80万元; 按53人计算，人均2.57万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.lists import text_between
from narrcheck.ledger.operand import fits
from narrcheck.relation import Form

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

# Between a count and the price of one: 7辆，每辆; 12人（人均
_EACH = regex.compile(
    r"(?:的?标准)?[，,、（(]?(?:按(?:照)?)?(?:平均)?(?:每[^，。；\d]{1,4}|人均|车均)(?:标准|补助|补贴)?[为是约]?"
)
# Between the price and what it comes to: ，计; /人，共计
_COMES_TO = regex.compile(
    r"(?:的?标准|[/／][^，。；\d]{1,4})?[）)]?[，,]?(?:共需|需|[共合总小]计|计)(?:资金|经费|支出)?[为是]?"
)
# Before the count, and between it and the mean: 按编制53人计算，人均
_BY = regex.compile(r"(?:按|以)(?:照)?[^，。；\d]{0,12}$")
_RECKONED = regex.compile(
    r"(?:进行)?(?:计算|测算|折算|算)[，,]?(?:平均)?(?:每[^，。；\d]{1,3}|人均|车均)[^，。；\d]{0,8}"
)

Reckoned = tuple[Claim, Claim, Claim]


def reckoned(ledger: Ledger) -> Iterator[Reckoned]:
    """The price of one, what it comes to, and the count, wherever a sentence says all three."""
    numbers = [
        each
        for each in ledger.of_kind(Kind.AMOUNT, Kind.COUNT)
        if each.quantity is not None and not each.quantity.is_zero
    ]
    for at, (count, price) in enumerate(pairwise(numbers)):
        if (count.kind, price.kind) != (Kind.COUNT, Kind.AMOUNT) or not count.is_beside(price):
            continue
        between = text_between(ledger, count.where.end, price.where.start)
        if _EACH.fullmatch(between):
            yield from _coming_to(ledger, count, price, numbers[at + 2 : at + 3])
        elif _RECKONED.fullmatch(between) and _BY.search(count.lead):
            yield from _out_of(ledger, count, price)


def _coming_to(
    ledger: Ledger, count: Claim, price: Claim, after: Sequence[Claim]
) -> Iterator[Reckoned]:
    for whole in after:
        between = text_between(ledger, price.where.end, whole.where.start)
        if whole.kind is Kind.AMOUNT and whole.is_beside(price) and _COMES_TO.fullmatch(between):
            yield price, whole, count


def _out_of(ledger: Ledger, count: Claim, price: Claim) -> Iterator[Reckoned]:
    """A mean of what was told last; of another amount before, where that fits."""
    before = [
        each
        for each in ledger.around(price, Kind.AMOUNT)
        if each.where.end <= count.where.start
        if each.quantity is not None and not each.quantity.is_zero
    ]
    fitting = [each for each in before if fits(Form.RATIO, price, each, count)]
    for whole in (fitting or before)[-1:]:
        yield price, whole, count
