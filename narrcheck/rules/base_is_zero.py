"""基数为0时没有增长率、完成率。

上年数（或预算数）为0时，增长率、完成率没有意义，应写“不可比”或不写。增加额等于本年数，说明上年为0。
年初预算为0、而完成率是按全年预算算的，是写错了预算，应写“完成全年预算的x%”。预算、决算都是0的“完成0%”只作提示。

正例：收、支总计20.00万元，与上年相比，增加20.00万元，上年基数为0，不可比。
反例：收、支总计20.00万元，与上年相比，增加20.00万元，增长{100.00%}。

例文：
    2023年度部门决算

    一、收入支出决算总体情况说明

    2023年度收、支总计20.00万元，与上年相比，增加20.00万元，增长{100.00%→}。

    九、机关运行经费支出说明

    机关运行经费支出20.00万元，与上年相比，增加10.00万元，增长100.00%。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import BUDGETS
from narrcheck.findings import Evidence, Finding, Severity, on_claim
from narrcheck.ledger import Ledger, Operand, Relation, of_claim
from narrcheck.relation import Form
from narrcheck.rules.growth_matches_change import change_beside
from narrcheck.verdicts import Outcome, judge

CODE = "NC504"
SLUG = "base-is-zero"
# 上年无此项预算，同比增长; what there was none of is what grows, and no part or other item.
_NOTHING = regex.compile(
    r"(?<=^|[，。；,;（(])(?:上年度?|上一年度?|去年)(?:同期)?(?:预算|决算)?数?(?:(?:无|没有|未安排|未发生|未列)"
    r"(?:(?:此|该)(?:项|类))?(?:预算|支出|收入|经费|资金|安排)*|[为是](?:0(?:[.．]0+)?(?:万?元)?|零))"
    r"[，,](?:同比|[比较与](?:上年度?|去年)(?:预算|决算)?数?(?:相比)?)?[，,]?"
    r"(?:(?:增加|增长)[\d,.．]+万?元[，,])?(?:增长|增加|增幅|上升)[了为约]?$"
)


def check(ledger: Ledger) -> Iterator[Finding]:
    """Formulas D03, D07."""
    empty: list[Claim] = []
    for claim in ledger.of_kind(Kind.COMPLETION):
        if claim.figure is None or claim.base is None:
            continue
        budget = ledger.operand(claim.base, claim)
        actual = ledger.operand(claim.figure, claim)
        if budget is None or actual is None or not budget.quantity.is_zero:
            continue
        if _is_zero(claim) and (actual.quantity.is_zero or _has_none(ledger, claim)):
            empty.append(claim)
        else:
            yield _completed(ledger, claim, budget, actual)
    yield from _empty(empty)
    for claim in ledger.of_kind(Kind.GROWTH):
        if claim.figure is None:
            continue
        change = change_beside(ledger, claim)
        present = ledger.operand(claim.figure, claim)
        if _had_nothing(claim):
            yield _finding(claim, "前面说上年没有，没有增长率，应写“不可比”或不写。", ())
            continue
        if change is None or present is None or present.quantity.is_zero:
            continue
        if change.direction > 0 and of_claim(change).interval == present.interval:
            message = "增加额等于本年数，基期数为0，没有增长率，应写“不可比”或不写。"
            yield _finding(claim, message, (of_claim(change), present))


def _had_nothing(claim: Claim) -> bool:
    """Whether a rate of growth stands just behind the words that there was nothing before."""
    grows = claim.direction > 0 and not _is_zero(claim)
    return grows and _NOTHING.search(claim.lead) is not None


def _completed(ledger: Ledger, claim: Claim, budget: Operand, actual: Operand) -> Finding:
    """The finding on a completion of a budget of 0; it may be of another budget of the item."""
    assert claim.base is not None
    operands = budget, actual
    for measure, other in _budgets(ledger, claim):
        relation = Relation(CODE, Form.RATIO, (of_claim(claim), actual, other))
        if not other.quantity.is_zero and judge(relation).outcome is Outcome.HOLDS:
            said, meant = (each.removesuffix("数") for each in (claim.base.measure, measure))
            found = _finding(
                claim, wording.of_other_budget(claim, meant, other), (*operands, other)
            )
            return replace(
                found,
                severity=Severity.ERROR,
                expected=f"完成{meant}的{claim.text}",
                diagnosis=f"把{meant}写成了{said}",
                suggestion=None,
            )
    return _finding(claim, "预算数为0，没有完成率。", operands)


def _empty(claims: list[Claim]) -> Iterator[Finding]:
    """One info for all 0% of 0 of a document: many templates print it."""
    if claims:
        first, *others = claims
        more = f"（全文共{len(claims)}处）" if others else ""
        yield on_claim(
            first,
            CODE,
            SLUG,
            Severity.INFO,
            f"预算数、决算数都是0，没有完成率，可以不写{more}。",
            evidence=(Evidence("text", each.text, each.where) for each in others),
        )


def _is_zero(claim: Claim) -> bool:
    return claim.quantity is not None and claim.quantity.is_zero


def _budgets(ledger: Ledger, claim: Claim) -> Iterator[tuple[str, Operand]]:
    """The other budgets of what a completion is about, by measure."""
    assert claim.base is not None
    for measure in BUDGETS:
        other = ledger.operand(replace(claim.base, measure=measure), claim)
        if measure != claim.base.measure and other is not None:
            yield measure, other


def _has_none(ledger: Ledger, claim: Claim) -> bool:
    """Whether a table gives 0: a number beside the rate that differs is wrong itself."""
    figure = claim.figure
    return figure is not None and any(value.quantity.is_zero for value in ledger.values(figure))


def _finding(claim: Claim, message: str, operands: tuple[Operand, ...]) -> Finding:
    evidence = tuple(
        Evidence("text", text=operand.label, where=operand.claim.where)
        for operand in operands
        if operand.claim is not None
    )
    return on_claim(claim, CODE, SLUG, Severity.WARNING, message, evidence=evidence)
