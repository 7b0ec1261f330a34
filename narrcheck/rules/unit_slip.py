"""金额单位没有写错。

全文以万元为单位时，“44.95元”多半是“44.95万元”之误。有第二个证据（完成率、各项之和、表中的数）
只在换成万元后成立的，是错误；金额为0、换单位不改变数值的，是提示改正的警告。

正例：年初预算为44.00万元，支出决算为22.00万元，完成年初预算的50.0%。
反例：年初预算为{44.00元}，支出决算为22.00万元，完成年初预算的50.0%。

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

    年初预算为{50.00元→50.00万元}，支出决算为40.00万元，完成年初预算的80.0%。

    2、教育支出（类）普通教育（款）初中教育（项）。

    年初预算为30.00万元，支出决算为30.00万元，完成年初预算的100.0%。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger import Ledger, Suspect
from narrcheck.quantity import Dimension, Quantity, Unit

CODE = "NC501"
SLUG = "unit-slip"
_KINDS = (Kind.AMOUNT, Kind.CHANGE)


def check(ledger: Ledger) -> Iterator[Suspect]:
    """Formulas C31, D12: the amounts in another unit than the narrative's, beside one in its unit.

    Whether a suspect is a slip is proved by relations, in ``diagnose``.
    """
    unit = narrative_unit(ledger)
    if unit is None:
        return
    for claim in ledger.of_kind(*_KINDS):
        assert claim.quantity is not None
        if claim.quantity.unit == unit or claim.figure is None or not claim.figure.fund:
            continue
        around = ledger.around(claim, *_KINDS)
        beside = [other.quantity for other in around if _beside(claim, other, unit)]
        if beside:
            yield Suspect(claim, unit, _fits(claim.quantity, unit, beside))


def narrative_unit(ledger: Ledger) -> Unit | None:
    """The money unit of two thirds of the narrative's amounts, None where there is none."""
    units = Counter(
        claim.quantity.unit
        for claim in ledger.of_kind(*_KINDS)
        if claim.quantity is not None and claim.quantity.unit.dimension is Dimension.MONEY
    )
    if not units:
        return None
    unit, count = units.most_common(1)[0]
    return unit if count * 3 >= units.total() * 2 else None


def _fits(printed: Quantity, unit: Unit, beside: Sequence[Quantity | None]) -> bool:
    """Whether an amount is nearer to all beside it as it is printed than in their unit.

    Nearer by how many times larger or smaller it is; what is 0 tells nothing.
    """
    meant = printed.in_unit(unit)
    told = [abs(other.amount) for other in beside if other is not None and not other.is_zero]
    between = abs(printed.amount * meant.amount)
    smaller = printed.unit.scale < unit.scale
    return bool(told) and all((each**2 < between) == smaller for each in told)


def _beside(claim: Claim, other: Claim, unit: Unit) -> bool:
    """Whether ``other`` states the same item in the same sentence in the usual unit."""
    assert other.quantity is not None
    assert claim.figure is not None
    same = other.figure is not None and other.figure.item == claim.figure.item
    return same and other.quantity.unit == unit and other.is_beside(claim)
