"""基数为0时没有增长率、完成率。

上年数（或预算数）为0时，增长率、完成率没有意义，应写“不可比”或不写。增加额等于本年数，说明上年为0。

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

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure
from narrcheck.findings import Evidence, Finding, Severity, on_claim
from narrcheck.ledger import Ledger, Operand, of_claim
from narrcheck.rules.growth_matches_change import change_beside

CODE = "NC504"
SLUG = "base-is-zero"


def check(ledger: Ledger) -> Iterator[Finding]:
    """Formulas D03, D07. 0% of 0 is left alone: many templates print 完成预算的0%."""
    for claim in ledger.of_kind(Kind.COMPLETION):
        if claim.figure is None or claim.base is None:
            continue
        budget = ledger.operand(claim.base, claim)
        actual = ledger.operand(claim.figure, claim)
        if budget is None or actual is None or not budget.quantity.is_zero:
            continue
        nothing = actual.quantity.is_zero or _has_none(ledger, claim.figure)
        if not (nothing and _is_zero(claim)):
            yield _finding(claim, "预算数为0，没有完成率。", (budget, actual))
    for claim in ledger.of_kind(Kind.GROWTH):
        if claim.figure is None:
            continue
        change = change_beside(ledger, claim)
        present = ledger.operand(claim.figure, claim)
        if change is None or present is None or present.quantity.is_zero:
            continue
        if change.direction > 0 and of_claim(change).interval == present.interval:
            message = "增加额等于本年数，基期数为0，没有增长率，应写“不可比”或不写。"
            yield _finding(claim, message, (of_claim(change), present))


def _has_none(ledger: Ledger, figure: Figure) -> bool:
    """Whether a table gives 0: a number beside the rate that differs is wrong itself."""
    return any(value.quantity.is_zero for value in ledger.values(figure))


def _is_zero(claim: Claim) -> bool:
    return claim.quantity is not None and claim.quantity.is_zero


def _finding(claim: Claim, message: str, operands: tuple[Operand, ...]) -> Finding:
    evidence = tuple(
        Evidence("text", text=operand.label, where=operand.claim.where)
        for operand in operands
        if operand.claim is not None
    )
    return on_claim(claim, CODE, SLUG, Severity.WARNING, message, evidence=evidence)
