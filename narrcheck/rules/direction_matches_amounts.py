"""大于、小于、等于与两边的数一致。

“决算数大于预算数”要求决算数确实大于预算数；“等于”“持平”要求两数相同。

正例：年初预算为50.00万元，支出决算为40.00万元，决算数小于年初预算数的主要原因是项目结余。
反例：年初预算为50.00万元，支出决算为40.00万元，{决算数大于年初预算数}的主要原因是项目结余。

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

    年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.0%，{决算数大于年初预算数→决算数小于年初预算数}的主要原因是项目结余。

    2、教育支出（类）普通教育（款）初中教育（项）。

    年初预算为30.00万元，支出决算为30.00万元，完成年初预算的100.0%。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.claim import Kind
from narrcheck.ledger import Ledger, Relation
from narrcheck.relation import Form

CODE = "NC205"
SLUG = "direction-matches-amounts"
_FORMS = {1: Form.MORE, -1: Form.LESS, 0: Form.SAME}


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas C09, D05."""
    cues = ledger.patterns.words.cues
    for claim in ledger.of_kind(Kind.RELATION):
        if claim.figure is None or claim.base is None or "基本" in claim.text:
            continue
        left = ledger.operand(claim.figure, claim)
        right = ledger.operand(claim.base, claim) or ledger.follows(claim.base, claim)
        if left is not None and right is not None and left != right:
            said = {kind for word, kinds in cues.items() if word in claim.text for kind in kinds}
            if "at_most" in said:
                yield Relation(CODE, Form.AT_MOST, (left, right), claims=(claim,))
            elif "at_least" in said:
                yield Relation(CODE, Form.AT_MOST, (right, left), claims=(claim,))
            else:
                yield Relation(CODE, _FORMS[claim.direction], (left, right), claims=(claim,))
