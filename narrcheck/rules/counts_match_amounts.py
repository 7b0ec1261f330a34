"""件数与金额、人数相符。

没有花钱的，团组、批次、购置数也是0；花了钱的，批次、购置数就不是0（出国费可能是上年团组的，不算）。
来了几批，至少就有几人。两处口径可以不同，所以只提醒核对。

正例：公务用车购置费支出0万元，购置公务用车0辆。
反例：公务用车购置费支出0万元，购置公务用车{1辆}。

例文：
    2023年度部门决算

    七、“三公”经费支出决算情况说明

    因公出国（境）费支出0万元，全年因公出国（境）团组0个，累计0人次。

    公务用车购置费支出0万元，购置公务用车{1辆→}。公务用车运行维护费支出4.00万元。

    公务接待费支出0.60万元，全年国内公务接待41批次，{14人次→}。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.claim import Claim
from narrcheck.ledger import Ledger, Relation, of_claim
from narrcheck.ledger.purchases import paid_for
from narrcheck.ledger.sangong import GROUPS, KEPT, PEOPLE, Counted, counted, parties
from narrcheck.relation import Form

CODE = "NC208"
SLUG = "counts-match-amounts"


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formula C15; it warns, since a cost may be another year's."""
    odd: set[str] = set()  # people of no group: NC603 tells of them
    for group, people in parties(ledger):
        if _is_none(group.claim) and not _is_none(people.claim):
            odd.add(people.claim.id)
            continue
        operands = (of_claim(group.claim), of_claim(people.claim))
        yield Relation(CODE, Form.AT_MOST, operands, mild=True)
    for each in counted(ledger):
        if each.cost is not None and each.claim.id not in odd and not _may_be_none(each):
            operands = (of_claim(each.claim), of_claim(each.cost))
            yield Relation(CODE, Form.NIL, operands, mild=True)
    for count, cost in paid_for(ledger):
        yield Relation(CODE, Form.NIL, (of_claim(count), cost), mild=True)


def _is_none(claim: Claim) -> bool:
    return claim.quantity is not None and claim.quantity.is_zero


def _may_be_none(each: Counted) -> bool:
    """Whether one may be 0 where the other is not: the cost is for other guests, or trips, too."""
    assert each.cost is not None
    costs = not _is_none(each.cost)
    if each.item == KEPT:  # what was sold in the year has cost something, and a new car nothing
        return costs or not _is_none(each.claim)
    paid_later = each.item in (GROUPS, PEOPLE)  # travels of last year
    return (each.part or paid_later) and _is_none(each.claim) and costs
