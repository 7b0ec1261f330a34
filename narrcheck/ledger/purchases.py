"""Cars that are said to be bought where a cost is explained: 原因是本年更新执法车1辆."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.operand import Operand, of_claim, of_value
from narrcheck.ledger.sangong import BOUGHT, counted

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_CARS = frozenset({"辆", "台", "台（套）"})
_COST = "公务用车购置费"
_BUYING = r"(?:更新|购置|新购|购买|购入)了?"
_CAR = r"[\p{Han}（）“”]{0,10}(?:车辆|用车|警车|执法车|轿车|客车|货车|公车)"
_LED = regex.compile(rf"{_BUYING}(?P<car>{_CAR})?\s*$")
_BEHIND = regex.compile(rf"\s*{_CAR}")
_OTHERWISE = regex.compile(r"上年|去年|以前年度|20\d\d年|未|减少|[比较]|平均|每|其中|部分")
_PLANNED = regex.compile("计划|拟|预计|安排")


def bought_again(ledger: Ledger) -> Iterator[tuple[Claim, Operand]]:
    """The cars a cause says were bought this year, and as how many they are counted elsewhere.

    Only where a sentence tells of one purchase, and all that count them agree.
    """
    for count in _told_once(ledger):
        known = _known(ledger, count)
        if known and len({each.quantity.amount for each in known}) == 1:
            yield count, known[0]


def paid_for(ledger: Ledger) -> Iterator[tuple[Claim, Operand]]:
    """The cars said to be bought that are counted nowhere else, and what 财政拨款 paid for such.

    Cars may be bought with other money: those that cost nothing of it are left out.
    """
    for count in _told_once(ledger):
        assert count.figure is not None
        cost = ledger.operand(replace(count.figure, item=_COST, fund="三公"), count)
        assert count.quantity is not None
        told = cost is not None and (count.quantity.is_zero or not cost.quantity.is_zero)
        if cost is not None and told and not _known(ledger, count):
            yield count, cost


def _told_once(ledger: Ledger) -> Iterator[Claim]:
    """The counts of cars bought that ``counted`` leaves out."""
    every = {each.claim.id for each in counted(ledger)}
    for count in ledger.of_kind(Kind.COUNT):
        if count.id not in every and _is_purchase(ledger, count):
            yield count


def _known(ledger: Ledger, count: Claim) -> list[Operand]:
    """The number of cars bought, as tables have it and as prose counts them."""
    every = (each.claim for each in counted(ledger) if each.item == BOUGHT)
    return [*_of_tables(ledger, count), *map(of_claim, every)]


def _is_purchase(ledger: Ledger, count: Claim) -> bool:
    """Whether a count is of cars bought in the document's year, told once in its sentence."""
    if count.quantity is None or count.quantity.unit.text not in _CARS or count.figure is None:
        return False
    if count.figure.year not in (None, ledger.document.year):
        return False
    clause = count.clause
    led = _LED.search("".join(clause.split()))
    planned = ledger.document.kind != "预算" and _PLANNED.search(clause)
    if led is None or planned or _OTHERWISE.search(clause.replace(f"{ledger.document.year}年", "")):
        return False
    behind = ledger.document.text[count.where.end : count.where.end + 24]
    beside = [
        each
        for each in ledger.around(count, Kind.COUNT)
        if each.is_beside(count) and each.quantity and each.quantity.unit.text in _CARS
        if _LED.search("".join(each.lead.split()))
    ]
    return len(beside) == 1 and bool(led["car"] or _BEHIND.match(behind))


def _of_tables(ledger: Ledger, count: Claim) -> Iterator[Operand]:
    """The number of cars bought, as tables have it."""
    assert count.figure is not None
    figure = replace(count.figure, item=BOUGHT, fund="全部", year=ledger.document.year)
    return map(of_value, ledger.values(figure))
