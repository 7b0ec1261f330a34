"""Cars that are said to be bought where a cost is explained: 原因是本年更新执法车1辆."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.once import once
from narrcheck.ledger.operand import Operand, of_claim, of_value
from narrcheck.ledger.sangong import BOUGHT, counted

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_CARS = frozenset({"辆", "台", "台（套）"})
_COST = "公务用车购置费"
_BUYING = r"(?:更新|购置|新购|购买|购入)+了?"
# The kinds of 公务用车; 环卫作业车辆, 消防车 and 公交客车 are none of them.
_CAR = (
    r"(?:新能源|纯?电动|[大中小]型)*"
    r"(?:(?:一般|公务|机要|通信|应急|保障|执法|执勤|特种|专业|技术|离退休干部|服务|调研|业务)*(?:用车|车辆?)"
    r"|公车|警车|小?轿车|越野车|商务车)"
)
# Who buys is the unit itself, and it is told of all that it buys: 主要原因是本年按规定报废更新
_LED_BY = (
    r"(?:(?:主要)?(?:原因)?[是为系]|主要|用于|因|由于|本年度?|当年|今年|年内|全年|\d{4}年度?|我?本?(?:单位|部门(?:预算)?)"
    r"|按照?(?:有关|相关)?规定|经批准|报废|财政拨款|使用|计划|拟|预计|安排|共|的)*+"
)
_LED = regex.compile(rf"(?:.*原因)?{_LED_BY}{_BUYING}(?P<car>{_CAR})?")
_BEHIND = regex.compile(rf"\s*(?P<car>{_CAR})?\s*(?:[，,、。；;（(）)]|$)")
_BOUGHT = regex.compile(_BUYING)
_YEAR = regex.compile(r"\d{4}(?=年)")
_PLANNED = regex.compile("计划|拟|预计|安排")


def bought_again(ledger: Ledger) -> Iterator[tuple[Claim, Operand]]:
    """The cars a cause says were bought this year, and as how many they are counted elsewhere.

    Only where all that count them agree; where several purchases are told, each may be of some.
    """
    told = _told_once(ledger)
    for count in told:
        known = _known(ledger, count)
        if not known or len({each.quantity.amount for each in known}) > 1:
            continue
        several = any(each is not count for each in _perhaps(ledger))
        if not several or of_claim(count).quantity.amount == known[0].quantity.amount:
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


@once
def _perhaps(ledger: Ledger) -> Iterator[Claim]:
    """The counts of cars behind words of buying that ``counted`` leaves out."""
    every = {each.claim.id for each in counted(ledger)}
    for count in ledger.of_kind(Kind.COUNT):
        if count.id not in every and _is_of_cars(count) and _BOUGHT.search(count.clause):
            yield count


@once
def _told_once(ledger: Ledger) -> Iterator[Claim]:
    """Those of them that are surely of the unit's own purchases in its year."""
    return (count for count in _perhaps(ledger) if _is_purchase(ledger, count))


def _known(ledger: Ledger, count: Claim) -> list[Operand]:
    """The number of cars bought, as tables have it and as prose counts them."""
    every = (each.claim for each in counted(ledger) if each.item == BOUGHT)
    return [*_of_tables(ledger, count), *map(of_claim, every)]


def _is_of_cars(claim: Claim) -> bool:
    unit = claim.quantity.unit.text if claim.quantity is not None else ""
    return unit in _CARS and "设备" not in claim.clause


def _is_purchase(ledger: Ledger, count: Claim) -> bool:
    """Whether a count is of all cars bought in the document's year, as its sentence tells it."""
    year, clause = ledger.document.year, "".join(count.clause.split())
    if count.figure is None or count.figure.year not in (None, year):
        return False
    led = _LED.fullmatch(clause)
    behind = _BEHIND.match(ledger.document.text, count.where.end)
    planned = ledger.document.kind != "预算" and _PLANNED.search(clause)
    if not led or not behind or planned or set(_YEAR.findall(clause)) - {str(year)}:
        return False
    return not _goes_on(ledger, count) and bool(led["car"] or behind["car"])


def _goes_on(ledger: Ledger, count: Claim) -> bool:
    """Whether its sentence tells of more cars, behind it or as bought: each count is of some."""
    return any(
        each.is_beside(count)
        and _is_of_cars(each)
        and (each.where.start > count.where.start or _BOUGHT.search(each.clause))
        for each in ledger.around(count, Kind.COUNT)
        if each is not count
    )


def _of_tables(ledger: Ledger, count: Claim) -> Iterator[Operand]:
    """The number of cars bought, as tables have it."""
    assert count.figure is not None
    figure = replace(count.figure, item=BOUGHT, fund="全部", year=ledger.document.year)
    return map(of_value, ledger.values(figure))
