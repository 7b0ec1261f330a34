"""同一个数在各张表里一致。

收入支出总表、收入表、支出表、财政拨款各表里同一项目、口径、年度、资金口径的数应当相同；一般公共预算
财政拨款的数不超过财政拨款的，财政拨款的不超过全部资金的。末位之差（尾差）不算。附表（基础数据表、绩效
自评表）的口径可能不同，与公开表、正文不一致的，只作提醒。

正例：收入支出决算总表“本年支出合计”100.00，支出决算表“合计”100.00。
反例：收入支出决算总表“本年支出合计”100.00，支出决算表“合计”{101.00}。（收支总表各类相加为100.00）

例文：
    2023年度部门决算

    收入支出决算总表

    金额单位：万元

    | 收入 | 收入 | 支出 | 支出 |
    | --- | --- | --- | --- |
    | 项目 | 决算数 | 项目 | 决算数 |
    | 一、一般公共预算财政拨款收入 | 100.00 | 一、教育支出 | 60.00 |
    |  |  | 二、农林水支出 | 40.00 |
    | 本年收入合计 | 100.00 | 本年支出合计 | 100.00 |
    | 总计 | 100.00 | 总计 | 100.00 |

    支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 |
    | --- | --- | --- |
    |  | 合计 | {101.00→100.00} |

    三、支出决算情况说明

    2023年度支出合计100.00万元。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure, TableValue
from narrcheck.ledger import Ledger, Operand, Relation, of_claim, of_value
from narrcheck.quantity import Dimension, Quantity
from narrcheck.relation import Form
from narrcheck.rules import table_adds_up
from narrcheck.tables.figures import OPENING
from narrcheck.tables.proofs import amount, last_place

CODE = "NC402"
SLUG = "tables-agree"
# What money is part of what; a table of one fund shows no more than one of all.
_WIDER = {
    "一般公共预算": ("财政拨款", "全部"),
    "政府性基金": ("财政拨款", "全部"),
    "国有资本经营": ("财政拨款", "全部"),
    "财政拨款": ("全部",),
}
# The subjects of 基本支出 that are part of an item of the “三公”经费 (formula B15).
_SANGONG = {
    "30212": "因公出国（境）费",
    "30217": "公务接待费",
    "30231": "公务用车运行维护费",
}
_BASIC = ("一般公共预算", "财政拨款")


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas B01–B15 and E07, where they fail, with the sums that tell which table is wrong."""
    found = [*_equal(ledger), *_within(ledger)]
    yield from found
    tables = {o.value.table for each in found for o in each.operands if o.value is not None}
    for table in sorted(tables):
        if not table_adds_up.has_fault(ledger.proofs[table]):
            yield from table_adds_up.relations_of(ledger, table)
    yield from _lists_of_annexes(ledger)
    yield from _in_service(ledger)


def _equal(ledger: Ledger) -> Iterator[Relation]:
    """The values of each figure that tables print differently, all of them in pairs."""
    for values in ledger.by_figure.values():
        if len(values) < 2:
            continue
        by_table = {value.table: value for value in reversed(values) if not value.rows}
        main = [value for value in by_table.values() if not value.annex]
        pairs = [(one, other) for at, one in enumerate(main) for other in main[at + 1 :]]
        pairs = [pair for pair in pairs if not _differ_by_carried(ledger, *pair)]
        if any(not _alike(*pair) for pair in pairs):
            yield from (Relation(CODE, Form.EQUAL, tuple(map(of_value, pair))) for pair in pairs)
        for value in by_table.values():
            if value.annex and main and not any(_alike(value, each) for each in main):
                yield Relation(CODE, Form.EQUAL, (of_value(value), of_value(main[-1])))


def _alike(one: TableValue, other: TableValue) -> bool:
    """Whether two numbers differ by no more than their last places."""
    if one.quantity.unit.dimension is not other.quantity.unit.dimension:
        return True  # nothing can be said
    apart = abs(amount(one.quantity) - amount(other.quantity))
    return apart <= last_place(one.quantity) + last_place(other.quantity)


def _differ_by_carried(ledger: Ledger, one: TableValue, other: TableValue) -> bool:
    """Whether one of two tables leaves out what is paid with the money of the year before.

    Their totals differ by just that, and no subject by more.
    """
    if _alike(one, other):
        return False
    more, less = sorted((one, other), key=lambda value: amount(value.quantity), reverse=True)
    assert one.figure is not None
    fund, total = one.figure.fund, replace(one.figure, item="支出合计", code="", part="")
    wider = [fund, *_WIDER.get(fund, ())]
    carried = [
        value
        for each in wider
        for value in ledger.values(replace(total, item=OPENING, fund=each))
        if not (value.quantity.is_zero or value.annex)
    ]
    ends = [replace(total, item="支出总计"), total]  # a table may print but its very last line
    sums = {value.table: value for end in ends for value in ledger.values(end) if not value.annex}
    if not carried or not {more.table, less.table} <= set(sums):
        return False
    slack = sum((last_place(each.quantity) for each in (more, less, carried[0])), Decimal(0))
    left = amount(carried[0].quantity)
    apart = amount(sums[more.table].quantity) - amount(sums[less.table].quantity)
    own = amount(more.quantity) - amount(less.quantity)
    return abs(apart - left) <= slack and own <= left + slack


def _within(ledger: Ledger) -> Iterator[Relation]:
    """The values of a fund that are more than those of the funds that hold it (B07–B10, B15)."""
    firsts: dict[tuple[object, ...], dict[str, TableValue]] = {}
    for figure, values in ledger.by_figure.items():
        value = next((each for each in values if not (each.rows or each.annex)), None)
        if value is not None:
            firsts.setdefault(_but_fund(figure), {})[figure.fund] = value
    for key, by_fund in firsts.items():
        for fund, value in by_fund.items():
            wider = [by_fund[each] for each in _WIDER.get(fund, ()) if each in by_fund]
            if value.figure and value.figure.code in _SANGONG and fund in _BASIC:
                wider += _of_sangong(value.figure, key, firsts)
            for whole in wider:
                apart = amount(value.quantity) - amount(whole.quantity)
                if apart > last_place(value.quantity) + last_place(whole.quantity):
                    yield Relation(CODE, Form.AT_MOST, (of_value(value), of_value(whole)))


def _but_fund(figure: Figure) -> tuple[object, ...]:
    return figure.item, figure.code, figure.part, figure.measure, figure.year


def _of_sangong(
    figure: Figure,
    key: tuple[object, ...],
    firsts: Mapping[tuple[object, ...], dict[str, TableValue]],
) -> list[TableValue]:
    """The item of the “三公”经费 that a subject of 基本支出 is part of."""
    if figure.part:
        return []
    found = firsts.get((_SANGONG[figure.code], "", *key[2:]), {})
    return [found["三公"]] if "三公" in found else []


def _lists_of_annexes(ledger: Ledger) -> Iterator[Relation]:
    """会议费、培训费 in one row of an annex, no more than what is said of each elsewhere."""
    for figure, values in ledger.by_figure.items():
        value = next((each for each in values if each.annex and not each.rows), None)
        if value is None or "、" not in figure.item:
            continue
        each = [_told(ledger, replace(figure, item=item)) for item in figure.item.split("、")]
        known = [told for told in each if told is not None]
        if len(known) == len(each):
            yield Relation(CODE, Form.AT_MOST, (of_value(value), _together(known)))


def _told(ledger: Ledger, figure: Figure) -> Operand | None:
    """What prose, or a table that is no annex, says of a figure."""
    for claim in ledger.amounts.get(figure, ()):
        return replace(of_claim(claim), label=f"{figure.item}{claim.text}")
    for value in ledger.values(figure):
        if not value.annex:
            operand = of_value(value)
            return replace(operand, label=f"{figure.item}{operand.label}")
    return None


def _together(operands: Iterable[Operand]) -> Operand:
    operands = tuple(operands)
    unit = operands[0].quantity.unit
    value = sum((amount(each.quantity) for each in operands), Decimal(0)) / unit.scale.numerator
    places = max(max(each.quantity.places, each.quantity.usual) for each in operands)
    whole = Quantity(f"{value}{unit.text}", value, unit, places, places)
    texts = " + ".join(each.label for each in operands)
    return Operand(whole, texts, because=f"{texts} = {whole.text}")


def _in_service(ledger: Ledger) -> Iterator[Relation]:
    """在职人数 of a table is 实有人数 less the retired that prose counts in (formula E06)."""
    values = [
        value
        for value in ledger.table_values
        if value.figure is not None and value.figure.item == "在职人数"
    ]
    counts = list(ledger.of_kind(Kind.COUNT)) if values else []
    for one, other in pairwise(counts):
        if not (_counts(one, "实有人数") and _counts(other, "退休人数")):
            continue
        if one.is_beside(other):
            for value in values:
                if value.figure and one.figure and value.figure.year == one.figure.year:
                    operands = (of_value(value), of_claim(one), of_claim(other))
                    yield Relation(CODE, Form.DIFFERENCE, operands)


def _counts(claim: Claim, item: str) -> bool:
    assert claim.quantity is not None
    counted = claim.quantity.unit.dimension is Dimension.COUNT
    return counted and claim.figure is not None and claim.figure.item == item
