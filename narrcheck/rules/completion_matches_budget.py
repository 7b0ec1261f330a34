"""完成率等于决算数除以所说的预算数。

“完成年初预算的x%”以年初预算数为分母，“完成全年预算的x%”以全年预算数为分母。
“完成计划500人的x%”以计划数为分母，“超出目标”的是超出的部分。没有写明预算数、同一句又写了比预算增减多少的，
决算数减去增减额就是预算数。

正例：年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.0%。
反例：年初预算为50.00万元，支出决算为40.00万元，完成年初预算的{82.0%}。

例文：
    2023年度部门决算

    一般公共预算财政拨款支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 小计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 | 70.00 | 30.00 | 40.00 |
    | 205 | 教育支出 | 70.00 | 30.00 | 40.00 |
    | 20502 | 普通教育 | 70.00 | 30.00 | 40.00 |
    | 2050202 | 小学教育 | 40.00 | 20.00 | 20.00 |
    | 2050203 | 初中教育 | 30.00 | 10.00 | 20.00 |

    五、一般公共预算财政拨款支出决算情况说明

    （三）一般公共预算财政拨款支出决算具体情况

    财政拨款支出年初预算数为80.00万元，支出决算数为70.00万元，完成年初预算的87.5%，其中：

    1、教育支出（类）普通教育（款）小学教育（项）。

    年初预算为50.00万元，支出决算为40.00万元，完成年初预算的{82.0%→80.0%}。

    2、教育支出（类）普通教育（款）初中教育（项）。

    年初预算为30.00万元，支出决算为30.00万元，完成年初预算的100.0%。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger import Ledger, Operand, Relation, canonical, of_claim
from narrcheck.ledger.ratios import of_aims, of_budgets
from narrcheck.relation import Form

CODE = "NC202"
SLUG = "completion-matches-budget"


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas C07, C13, D06."""
    for claim in ledger.of_kind(Kind.COMPLETION):
        if claim.figure is None or claim.base is None:
            continue
        actual = ledger.operand(claim.figure, claim)
        budget = ledger.operand(claim.base, claim) or _less_what_changed(ledger, claim)
        if actual is not None and budget is not None:
            yield Relation(CODE, Form.RATIO, (of_claim(claim), actual, budget))
    for each in (*of_aims(ledger), *of_budgets(ledger)):
        operands = (of_claim(each.rate), of_claim(each.part), of_claim(each.whole))
        yield Relation(CODE, each.form, operands)


def _less_what_changed(ledger: Ledger, completion: Claim) -> Operand | None:
    """The budget that nothing prints, from the change against it told beside the completion."""
    assert completion.base is not None
    for each in ledger.derived.get(canonical(completion.base), ()):
        source = each.source
        alike = source.kind is Kind.CHANGE and source.figure == completion.figure
        if alike and source.is_beside(completion):
            return each.operand
    return None
