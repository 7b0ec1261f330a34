"""增减额、增减幅度与本年数互相吻合。

增长率 = 增加额 ÷ 上年数，上年数 = 本年数 − 增加额（减少时加）。句中或表中给出上年数（或预算数）
时，直接用它计算。允许的误差只来自印出的位数。

正例：收、支总计110.00万元，与上年相比，增加10.00万元，增长10.0%。
反例：收、支总计110.00万元，与上年相比，增加10.00万元，增长{11.1%}。

例文：
    2023年度部门决算

    支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 | 110.00 | 60.00 | 50.00 |
    | 205 | 教育支出 | 110.00 | 60.00 | 50.00 |

    三、支出决算情况说明

    2023年度支出合计110.00万元，与上年相比，增加10.00万元，增长{11.1%→10.0%}。

    九、机关运行经费支出情况

    机关运行经费支出54.00万元，比上年决算数减少6.00万元，下降10.0%。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger import Ledger, Relation, of_claim
from narrcheck.ledger.rates import of_gaps, of_last_year
from narrcheck.quantity import Dimension
from narrcheck.relation import Form
from narrcheck.verdicts import Outcome, judge

CODE = "NC201"
SLUG = "growth-matches-change"


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas D01, D02: growth against change and present, and against a base that is given."""
    for growth in ledger.of_kind(Kind.GROWTH):
        if growth.figure is None or growth.base is None or not _is_rate(growth):
            continue
        present = ledger.operand(growth.figure, growth)
        if present is None:
            continue
        change = change_beside(ledger, growth)
        if change is not None:
            relation = Relation(CODE, Form.GROWTH, (of_claim(growth), ledger.of(change), present))
            yield _loosely_named(ledger, relation) or relation
            continue
        base = ledger.operand(growth.base, growth) or ledger.follows(growth.base, growth)
        if base is not None:
            yield Relation(CODE, Form.RATE, (of_claim(growth), present, base))
    for told in (*of_last_year(ledger), *of_gaps(ledger)):
        operands = (of_claim(told.rate), of_claim(told.part), of_claim(told.whole))
        yield Relation(CODE, told.form, operands, soft=told.soft)


def _loosely_named(ledger: Ledger, relation: Relation) -> Relation | None:
    """The same of 收入总计, where 收入 was said and the change and its rate fit that alone."""
    growth, change, _ = relation.operands
    claim = growth.claim
    assert claim is not None
    item = ledger.patterns.words.item(claim.figure.item) if claim.figure is not None else None
    if item is None or not item.meant or claim.figure is None or judge(relation).holds:
        return None
    present = ledger.operand(replace(claim.figure, item=item.meant), claim)
    if present is None:
        return None
    meant = replace(relation, operands=(growth, change, present))
    return meant if judge(meant).outcome is Outcome.HOLDS else None


def _is_rate(growth: Claim) -> bool:
    assert growth.quantity is not None
    return growth.quantity.unit.dimension is not Dimension.POINTS


def change_beside(ledger: Ledger, growth: Claim) -> Claim | None:
    """The change of the same figure against the same base, the last before in its paragraph."""
    found = None
    for claim in ledger.around(growth, Kind.CHANGE):
        if claim.where.start >= growth.where.start:
            break
        if claim.figure == growth.figure and claim.base == growth.base and claim.direction:
            found = claim
    return found
