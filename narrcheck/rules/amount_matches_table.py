"""文字里的金额与表中同一项目的数一致。

正文中写明项目、口径、年度和资金口径的金额，应当与公开表中同一项目的数相同；小数位数不同时，
四舍五入后应当相同。文字与表不一致，读者无法知道以哪个为准。

正例：项目支出40.00万元。（支出决算表“合计”行“项目支出”栏：40.00）
反例：项目支出{40.40万元}。（同上）

例文：
    2023年度部门决算

    支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 | 100.00 | 60.00 | 40.00 |
    | 204 | 公共安全支出 | 40.40 | 20.40 | 20.00 |
    | 205 | 教育支出 | 59.60 | 39.60 | 20.00 |

    三、支出决算情况说明

    2023年度支出合计100.00万元，其中：基本支出60.00万元；项目支出{40.40万元→40.00万元}。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import TableValue
from narrcheck.ledger import Ledger, Relation, of_claim, of_value
from narrcheck.ledger.book import THIS_YEAR
from narrcheck.ledger.derived import is_cause
from narrcheck.ledger.granted import granted, may_be_carried
from narrcheck.ledger.lists import text_between
from narrcheck.ledger.sangong import counted
from narrcheck.relation import Form
from narrcheck.verdicts import Outcome, judge

CODE = "NC101"
SLUG = "amount-matches-table"
_SHARE = regex.compile(r"[，,（(]?占[^，,。；\d]{0,20}")
_DIVIDED = frozenset({"人员经费", "公用经费"})  # what each （项） has of its own
_LEFTOVERS = frozenset({"年初结转和结余", "年末结转和结余"})


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas C01–C08, C11, C13, C17, C18: prose equals the table's cell of the same figure."""
    for claim in ledger.of_kind(Kind.AMOUNT):
        if claim.figure is None or not claim.figure.fund:
            continue
        yield from _against_tables(ledger, claim)
    yield from _counts(ledger)


def _counts(ledger: Ledger) -> Iterator[Relation]:
    """团组, 批次, 人次, 保有量 against the table that counts them (formula C15)."""
    for each in counted(ledger):
        values = ledger.values(each.figure) if each.figure is not None else ()
        said = of_claim(each.claim)
        relations = [Relation(CODE, Form.EQUAL, (said, of_value(value))) for value in values]
        fitting = [relation for relation in relations if judge(relation).holds]
        yield from fitting or relations


def _against_tables(ledger: Ledger, claim: Claim) -> Iterator[Relation]:
    """The claim against each table that has its figure; soft where another table bears it out.

    Where two tables differ, prose that follows one of them is not at fault.
    """
    assert claim.figure is not None
    whole = ledger.whole_values(claim.figure)
    printed = partial(granted, ledger) if whole else of_value
    unsure = (
        is_cause(ledger.patterns, claim)
        or ledger.is_of_spending(claim)
        or _is_of_all_funds(ledger, claim)
    )
    for figure in ledger.meanings(claim.figure):
        values = ledger.by_figure.get(figure, ()) or whole
        first_of_table = {value.table: value for value in reversed(values)}
        relations = [
            Relation(CODE, Form.EQUAL, (of_claim(claim), printed(value)))
            for value in first_of_table.values()
        ]
        held = any(judge(relation).holds for relation in relations)
        for relation, value in zip(relations, first_of_table.values(), strict=True):
            verdict = judge(relation)
            fails = verdict.outcome is Outcome.FAILS and not _has_share_of(ledger, claim, value)
            other = fails and (
                unsure
                or (bool(whole) and may_be_carried(ledger, value))
                or _is_of_less(ledger, claim, value)
                or _is_of_its_parts(ledger, claim, value)
                or _was_carried(ledger, claim, value)
            )
            yield replace(relation, soft=other or (held and not verdict.holds))


def _has_share_of(ledger: Ledger, claim: Claim, value: TableValue) -> bool:
    """Whether the share right behind an amount is that of the table's number: so is the amount."""
    behind = (
        each
        for each in ledger.of_kind(Kind.SHARE)
        if each.paragraph == claim.paragraph and each.where.start >= claim.where.end
    )
    share = next(behind, None)
    if share is None or share.figure != claim.figure or share.base is None:
        return False
    if not _SHARE.fullmatch(text_between(ledger, claim.where.end, share.where.start)):
        return False
    said = of_claim(share), of_value(value)
    wholes = map(of_value, ledger.values(share.base))
    return any(judge(Relation(CODE, Form.RATIO, (*said, whole))).holds for whole in wholes)


def _is_of_all_funds(ledger: Ledger, claim: Claim) -> bool:
    """Whether the claim is a part of a whole of all funds, which is more than that of its own.

    人员经费 is taken for that of 一般公共预算, where most documents have all of it.
    """
    whole = ledger.by_id.get(claim.whole or "")
    if whole is None or whole.figure is None or claim.figure is None or claim.figure.code:
        return False
    if whole.figure.fund != "全部" or claim.figure.fund == "全部":
        return False
    if ledger.borne_out(replace(claim, figure=replace(claim.figure, fund="全部"))) is not None:
        return True
    totals = [
        ledger.values(replace(whole.figure, item="支出合计", fund=fund))
        for fund in ("全部", claim.figure.fund)
    ]
    if not all(totals):
        return False
    of_all, of_fund = (each[0].quantity.interval for each in totals)
    return not of_all.agrees(of_fund)


def _is_of_its_parts(ledger: Ledger, claim: Claim, value: TableValue) -> bool:
    """Whether the claim is the sum of parts listed after it that tables bear out, each of them.

    It is then of another scope than the table's number: 财政拨款收入 with 上年结转, say. Parts
    that add up to the table's number as well leave nothing for another scope.
    """
    parts = ledger.told_of(claim.id, Kind.AMOUNT)
    if len(parts) < 2 or not all(ledger.borne_out(part) for part in parts):
        return False
    listed = [ledger.of(part) for part in parts]
    said, printed = (
        judge(Relation(CODE, Form.SUM, (whole, *listed))).outcome
        for whole in (ledger.of(claim), of_value(value))
    )
    return said is Outcome.HOLDS and printed is not Outcome.HOLDS


def _is_of_less(ledger: Ledger, claim: Claim, value: TableValue) -> bool:
    """Whether the claim is a part of something that is less than the table's number, or unknown.

    人员经费 of one （项）, or of a project, is not the 人员经费 of the whole unit.
    """
    whole = ledger.by_id.get(claim.whole or "")
    if whole is None or whole.quantity is None or whole.figure is None:
        return False
    assert claim.figure is not None
    if claim.figure.code and whole.figure.item in _LEFTOVERS:
        return False  # what was spent is no part of what was left
    unknown = not whole.figure.fund and not whole.figure.code
    of_one_subject = len(whole.figure.code) == 7 and claim.figure.item in _DIVIDED
    # A budget is no part of what was spent.
    same = claim.figure.measure == whole.figure.measure
    less = same and whole.quantity.interval.high < value.quantity.interval.low
    return unknown or of_one_subject or less


def _was_carried(ledger: Ledger, claim: Claim, value: TableValue) -> bool:
    """Whether all that parts the two is what was carried over from the year before.

    Some tables of a fund have it, some are of the year's own money alone; prose on 当年拨款 is.
    """
    assert claim.figure is not None
    assert claim.quantity is not None
    if claim.figure.part == THIS_YEAR:
        return False
    apart = claim.quantity.interval - value.quantity.interval
    carried = (each.quantity.interval for each in ledger.carried_over(claim.figure.fund))
    return any(apart.agrees(each) or apart.agrees(-each) for each in carried)
