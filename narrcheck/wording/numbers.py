"""Numbers and formulas as findings show them."""

from __future__ import annotations

from fractions import Fraction

from narrcheck.ledger import Operand, Relation
from narrcheck.quantity import Dimension, Quantity, round_half_up
from narrcheck.relation import Form
from narrcheck.verdicts import Repairs, Verdict, repaired

_ORDER_WORDS = {
    Form.MORE: "大于",
    Form.LESS: "小于",
    Form.SAME: "等于",
    Form.AT_MOST: "不超过",
    Form.NIL: "对应",
}


_EXACT = 6  # decimals at most of a number that no rounding is in


def order_words(relation: Relation) -> str:
    """The word that is true of the two amounts: 大于, 小于 or 等于."""
    left, right = (operand.interval for operand in relation.operands)
    if left.agrees(right):
        return "等于"
    return "大于" if left.middle > right.middle else "小于"


def calculation(verdict: Verdict, repairs: Repairs) -> str:
    """The left side of a formula, in the unit its numbers share: ``42.06 ÷ 41.6``."""
    operands = [repaired(operand, repairs) for operand in verdict.relation.operands]
    form = verdict.relation.form
    plain = plain_numbers(operands)
    if form is Form.SUM:
        signs = ["−" if operand.negative else "" for operand in operands]
        return " + ".join(map("".join, zip(signs[1:], plain[1:], strict=True))).replace("+ −", "− ")
    if form is Form.RATIO:
        return f"{plain[1]} ÷ {plain[2]}"
    if form is Form.RATE:
        return f"{plain[1]} ÷ {plain[2]} − 1"
    if form is Form.GROWTH:
        sign = "+" if operands[1].negative else "−"
        return f"{plain[1]} ÷（{plain[2]} {sign} {plain[1]}）"
    if form is Form.DIFFERENCE:
        less = operands[0].negative  # 减少8.06万元 is 32.50 − 26.42
        return f"{plain[2]} − {plain[1]}" if less else f"{plain[1]} − {plain[2]}"
    return " = ".join(plain)


def formula(verdict: Verdict, repairs: Repairs) -> str:
    """A formula with its outcome and the interval the printed digits allow; exact for counts."""
    interval = verdict.should_be
    if interval is None:
        left, right = plain_numbers([repaired(o, repairs) for o in verdict.relation.operands])[:2]
        word = _ORDER_WORDS.get(verdict.relation.form, "与")
        return f"{left} {word} {right}" + ("" if verdict.holds else " 不成立")
    first = repaired(verdict.relation.operands[0], repairs)
    if first.negative:
        interval = -interval
    if interval.low == interval.high:
        return f"{calculation(verdict, repairs)} = {_at(interval.low, first, _EXACT)}"
    places = max(first.quantity.places, first.quantity.usual, 1) + 1
    while _at(interval.low, first, places) == _at(interval.high, first, places) and places < 6:
        places += 1
    low, middle, high = (
        _at(each, first, places) for each in (interval.low, interval.middle, interval.high)
    )
    return f"{calculation(verdict, repairs)} = {middle}（{low}～{high}）"


def _at(amount: Fraction, like: Operand, places: int) -> str:
    """An amount in the unit of an operand, rounded to some places; money without its unit."""
    unit = like.quantity.unit
    number = round_half_up(amount / unit.scale, places)
    if places == _EXACT:
        number = number.normalize()
    return f"{number:f}{'' if unit.dimension is Dimension.MONEY else like.quantity.unit_text}"


def plain_numbers(operands: list[Operand]) -> list[str]:
    """The numbers of operands, without unit where all money is in one."""
    units = {o.quantity.unit.text for o in operands if o.quantity.unit.dimension is Dimension.MONEY}
    return [
        f"{operand.quantity.value:f}"
        if operand.quantity.unit.dimension is Dimension.MONEY and len(units) == 1
        else shown(operand.quantity)
        for operand in operands
    ]


def shown(quantity: Quantity) -> str:
    """A quantity as ``42.06万元``."""
    return f"{quantity.value:f}{quantity.unit_text}"
