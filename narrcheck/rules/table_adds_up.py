"""表内各数加得起来。

合计等于各项之和（类等于各款之和，款等于各项之和，本年支出等于基本支出加项目支出，收入总计等于支出总计），
绩效自评表各指标的分值、得分加起来等于总分，得分不超过分值，执行率等于执行数除以全年预算数。每个数都
四舍五入过，所以允许相差各数末位之和。一张表多数的和都对，少数不对的才是表里的错；多数都不对，是没有读懂
这张表，不作结论。

正例：合计100.00，教育支出60.00，农林水支出40.00。
反例：合计100.00，教育支出{66.00}，农林水支出40.00。（基本支出与项目支出相加也是60.00）

例文：
    2023年度部门决算

    支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 | 100.00 | 60.00 | 40.00 |
    | 205 | 教育支出 | {66.00→60.00} | 40.00 | 20.00 |
    | 20502 | 普通教育 | 60.00 | 40.00 | 20.00 |
    | 2050202 | 小学教育 | 60.00 | 40.00 | 20.00 |
    | 213 | 农林水支出 | 40.00 | 20.00 | 20.00 |

    三、支出决算情况说明

    2023年度支出合计100.00万元，其中：基本支出60.00万元，占60.0%；项目支出40.00万元，占40.0%。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from narrcheck.ledger import Ledger, Relation, of_value
from narrcheck.relation import Form
from narrcheck.tables.proofs import Proofs, Sum, Way

CODE = "NC401"
SLUG = "table-adds-up"
_SHARE = 3  # of the sums that fail, there must be at least as many times more that hold
_FEW = 2  # as many may always fail, if as many hold
_MOST = 30  # more wrong cells than this no document has: its table is not read right


def check(ledger: Ledger) -> Iterator[Relation]:
    """Groups A, E01, E03, E07, E08 and F01–F06 of the formulas, where a table breaks one."""
    for table, proofs in enumerate(ledger.proofs):
        if has_fault(proofs):
            yield from relations_of(ledger, table)
        for rate in proofs.rates:
            operands = (of_value(rate.rate), of_value(rate.part), of_value(rate.whole))
            yield Relation(CODE, Form.RATIO, operands)


def has_fault(proofs: Proofs) -> bool:
    """Whether a sum or a bound of a table fails that may speak against the document."""
    failing = [each for each in proofs.sums if not each.fits]
    over = any(part.quantity.value > whole.quantity.value for part, whole in proofs.bounds)
    return over or (bool(failing) and (len(failing) <= _FEW or _is_proof(proofs.sums, failing)))


def relations_of(ledger: Ledger, table: int) -> Iterator[Relation]:
    """Every sum of a table, and the bounds that it breaks.

    Those of a table in doubt are soft where they are few: others may yet bear it out.
    """
    proofs = ledger.proofs[table]
    failing = [each for each in proofs.sums if not each.fits]
    proof = _is_proof(proofs.sums, failing)
    if proof or len(failing) <= _FEW:
        misread = _misread(proofs.sums, failing)
        for each in proofs.sums:
            if _shape(each) not in misread:
                yield from _relations(each, soft=not proof)
    for part, whole in proofs.bounds:
        if part.quantity.value > whole.quantity.value:
            yield Relation(CODE, Form.AT_MOST, (of_value(part), of_value(whole)))


def _is_proof(sums: tuple[Sum, ...], failing: list[Sum]) -> bool:
    """Whether so many of its sums hold that a table is read right; those of annexes prove so."""
    wrong = sum(not each.whole.annex for each in failing)
    holding = len(sums) - len(failing)
    return len(failing) <= _MOST and wrong * (1 if wrong <= _FEW else _SHARE) <= holding


def _misread(sums: tuple[Sum, ...], failing: list[Sum]) -> set[object]:
    """The columns whose sum along the rows fails again and again: they are not what they seem."""
    wrong = Counter(_shape(each) for each in failing if each.way is Way.ACROSS)
    every = Counter(_shape(each) for each in sums if each.way is Way.ACROSS)
    return {shape for shape, count in wrong.items() if count > 1 and count * 2 > every[shape]}


def _shape(each: Sum) -> object:
    """Which columns a sum along a row adds up; nothing to tell others apart."""
    if each.way is not Way.ACROSS:
        return None
    return each.whole.column, frozenset(part.column for part in each.parts)


def _relations(each: Sum, *, soft: bool) -> Iterator[Relation]:
    """That parts add up to their whole, or that none of them exceeds it."""
    whole, parts = of_value(each.whole), [of_value(part) for part in each.parts]
    if not each.at_most:
        yield Relation(CODE, Form.SUM, (whole, *parts), soft=soft)
    else:
        for part in parts:
            yield Relation(CODE, Form.AT_MOST, (part, whole), soft=soft)
