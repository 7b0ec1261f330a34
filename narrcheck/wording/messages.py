"""What findings say of a claim or a cell, in plain Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import TableValue
from narrcheck.ledger import Operand, Relation
from narrcheck.quantity import Dimension, Quantity
from narrcheck.relation import ORDERS, Form
from narrcheck.verdicts import Repairs, Verdict, repaired
from narrcheck.wording.numbers import calculation, plain_numbers, shown

_BESIDE = frozenset({Kind.COMPLETION, Kind.CHANGE, Kind.GROWTH})


def expected_text(claim: Claim, quantity: Quantity) -> str:
    """What should stand in the claim's place: ``101.1%``; ``下降3.2%`` where the word is wrong."""
    if quantity.value < 0 and claim.direction:
        up, down = ("增长", "下降") if claim.kind is Kind.GROWTH else ("增加", "减少")
        return f"{down if claim.direction > 0 else up}{quantity.text.removeprefix('-')}"
    return quantity.text


def message(claim: Claim, verdict: Verdict, repairs: Repairs, expected: str) -> str:
    """The sentence for the proofreader about a claim that a relation shows to be wrong."""
    relation = verdict.relation
    name = _name(claim)
    if relation.form is Form.AT_MOST:
        return f"{at_most_message(relation)}，{name}{claim.text}应为{expected}，加起来正好相符"
    if relation.form in ORDERS:
        words = "、".join(each.text for each in relation.claims)
        left, right = (shown(operand.quantity) for operand in relation.operands)
        against = f"“{words}”" if words else f"所说的增减（由{right}到{left}）"
        return f"{_said(claim)}{claim.text}与{against}不相符，应为{expected}"
    formula = calculation(verdict, repairs)
    first = relation.operands[0]
    if relation.form is Form.EQUAL:
        derived = [each for each in relation.operands if each.claim is None and not each.value]
        if derived:
            return f"{name}{claim.text}与所列的{derived[0].label}不一致，应为{expected}"
        other = next(o for o in relation.operands if o.claim is None or o.claim.id != claim.id)
        if other.value is not None:
            return f"{name}{claim.text}与表中的{shown(other.quantity)}不一致，应为{expected}"
        if other.claim is not None and other.claim.kind is Kind.CHANGE:
            said = f"{_said(other.claim)}{other.label}"
            return f"{_said(claim)}{claim.text}与另一处的“{said}”方向相反"
        told = other.claim
        place = "后文" if told is not None and told.where.start > claim.where.start else "前文"
        return f"{name}{claim.text}与{place}的{shown(other.quantity)}不一致"
    if first.claim is not None and first.claim.id == claim.id and relation.form is not Form.SUM:
        return f"{_said(claim)}{claim.text}，按{formula}应为{expected}"
    if relation.form is Form.SUM:
        whole = shown(repaired(first, repairs).quantity)
        return f"各项相加（{formula}）与合计{whole}不符，{name}{claim.text}应为{expected}"
    stated = f"{_said(first.claim)}{first.label}" if first.claim is not None else first.label
    return f"{name}{claim.text}与“{stated}”不相符（{formula}），应为{expected}"


def order_message(claim: Claim, relation: Relation, expected: str) -> str:
    """The sentence about a word such as 大于 that the two amounts refute, or a rate beside it."""
    first = relation.operands[0].claim
    if first is not None and first.kind in _BESIDE:
        said = f"{_said(first)}{first.text}"
        return f"文字说“{claim.text}”，而同处说“{said}”，应为“{expected}”；或者“{said}”有误"
    left, right = (shown(operand.quantity) for operand in relation.operands)
    return f"文字说“{claim.text}”，而前者为{left}，后者为{right}，应为“{expected}”"


def turned_message(change: Claim, growth: Claim, expected: str) -> str:
    """The sentence about a change and a growth that fit one another the other way round."""
    said = f"{_said(change)}{change.text}，{_said(growth)}{growth.text}"
    return f"“{said}”与本年数不相符，方向反过来正好相符，应为“{expected}”"


def unchanged_message(claim: Claim, relation: Relation) -> str:
    """The sentence about a 持平 of a part that cannot be, by what is said of the others."""
    whole, *parts = relation.operands
    apart = " + ".join(plain_numbers(list(parts)))
    said = f"{_said(claim) if claim.quantity else ''}{claim.text}"
    return (
        f"文字说“{said}”，而由合计的增减推得的基期数为{shown(whole.quantity)}，"
        f"各项的基期数之和为{apart}，各项的增减至少有一处有误"
    )


def at_most_message(relation: Relation) -> str:
    """The sentence about a part that is larger than its whole, or about what cannot be nothing."""
    part, whole = (operand for operand in relation.operands)
    if relation.form is Form.NIL:
        named = (f"{_said(each.claim)}{shown(each.quantity)}" for each in (whole, part))
        return f"{'，却有'.join(named) if whole.quantity.is_zero else '，却写'.join(named)}"
    counted = part.quantity.unit.dimension is Dimension.COUNT and not part.terms
    if counted and part.quantity.unit != whole.quantity.unit:
        return f"{shown(part.quantity)}多于{shown(whole.quantity)}，一批至少有一人"
    if part.terms:
        return f"各项之和（{part.because}）超过了合计{shown(whole.quantity)}"
    return f"部分{shown(part.quantity)}超过了整体{shown(whole.quantity)}"


def slip_message(claim: Claim, unit: str, proved: bool) -> str:
    """The sentence about 元 printed for 万元."""
    assert claim.quantity is not None
    if claim.quantity.is_zero:
        return f"“{claim.text}”的单位与全文的{unit}不一致（数值为0，不影响结果）"
    if proved:
        return f"“{claim.text}”的单位有误，换成{unit}后与其他各数相符"
    return f"“{claim.text}”的单位与同句其他金额的{unit}不一致，请核对"


def look_at_paper(message: str) -> str:
    """What a finding says where a number that it rests on may have been misread in a picture."""
    return f"请核对原件：{message.removesuffix('。')}（文字识别不够可靠）。"


def cell_message(value: TableValue, relation: Relation, expected: Quantity | None) -> str:
    """The sentence about a wrong cell; of a sum it may be the whole or one of the parts."""
    first, *others = relation.operands
    said = f"{cell_name(value)}{shown(value.quantity)}"
    should = f"，应为{shown(expected)}" if expected else ""
    if relation.form is Form.AT_MOST:
        return f"{at_most_message(relation)}，请核对{cell_name(first.value or value)}"
    if relation.form is Form.EQUAL:
        other = first if first.value != value else others[0]
        return f"{said}与另一表的{shown(other.quantity)}不一致{should}"
    if relation.form is Form.SUM and first.value != value and first.value is not None:
        whole = f"{cell_name(first.value)}{shown(first.quantity)}"
        return f"各项之和与{whole}不符，{said}有误{should}"
    return f"{said}与{'各项之和' if relation.form is Form.SUM else '所列各数'}不符{should}"


def rivals(cells: Sequence[tuple[TableValue, Quantity]]) -> str:
    """What else may be wrong in place of a cell: the one other, or any of several."""
    if len(cells) > 1:
        return "也可能是相加的某一项有误"
    return "或者" + "".join(f"{cell_name(cell)}应为{shown(each)}" for cell, each in cells)


def cell_name(value: TableValue) -> str:
    """What a person would call a cell: “2010301 行政运行”的“小计”."""
    return "的".join(f"“{name}”" for name in (value.row_name, value.column_name) if name)


def _name(claim: Claim) -> str:
    figure = claim.figure
    if claim.kind is Kind.CHANGE and claim.direction:
        return "增加额" if claim.direction > 0 else "减少额"
    if figure is None or not figure.item:
        return ""
    measure = figure.measure if claim.kind is Kind.AMOUNT else ""
    return f"{figure.item}{measure}" if measure not in ("", "决算数") else figure.item


def _said(claim: Claim | None) -> str:
    if claim is None:
        return ""
    if claim.kind is Kind.COMPLETION:
        measure = claim.base.measure.removesuffix("数") if claim.base else "预算"
        return f"完成{measure}的"
    if claim.kind is Kind.SHARE:
        return f"占{claim.base.item}的" if claim.base else "占"
    if claim.kind is Kind.GROWTH:
        return "增长" if claim.direction > 0 else "下降"
    if claim.kind is Kind.CHANGE:
        return "增加" if claim.direction > 0 else "减少"
    return _name(claim)


def of_other_budget(claim: Claim, budget: str, number: Operand) -> str:
    """What to say of a completion of a budget of 0 that is in truth one of another budget."""
    return (
        f"{_said(claim).removeprefix('完成').removesuffix('的')}为0，没有完成率；"
        f"{claim.text}是按{budget}{shown(number.quantity)}算的，应写“完成{budget}的{claim.text}”。"
    )
