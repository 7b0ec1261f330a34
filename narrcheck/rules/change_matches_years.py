"""增减额等于本年数减去上年（或预算）数。

两个年度的数都知道时，增加多少、减少多少就定了。说“没有上年数”的，上年数就是0，不会没有变化。

正例：收入合计110.00万元，上年为100.00万元，比上年增加10.00万元。
反例：收入合计110.00万元，比上年变化{0万元}，主要是新设单位，没有上年决算数。

例文：
    2023年度部门决算

    二、收入决算情况说明

    2023年度收入合计110.00万元，比上年变化{0万元→110.00万元}，主要是本单位新设，没有上年决算数。

    三、支出决算情况说明

    2023年度支出合计90.00万元，比上年增加90.00万元，主要是本单位新设，没有上年决算数。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger import Ledger, Operand, Relation, canonical, of_claim
from narrcheck.ledger.operand import negated
from narrcheck.ledger.ratios import of_moves
from narrcheck.quantity import Dimension, Quantity, Unit
from narrcheck.relation import Form
from narrcheck.verdicts import judge

CODE = "NC207"
SLUG = "change-matches-years"
_YUAN = Unit("元", Dimension.MONEY, Fraction(1))


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas D01, G05: the change is this year's less the base, where both are known.

    What was left last year is what this one began with, but for corrections: that is mild.
    """
    missing = {
        canonical(claim.figure): claim
        for claim in ledger.of_kind(Kind.ZERO)
        if claim.figure is not None and claim.figure.year != ledger.document.year
    }
    for change in ledger.of_kind(Kind.CHANGE):
        if change.figure is None or change.base is None or not change.direction:
            continue
        present = ledger.operand(change.figure, change)
        said = missing.get(canonical(change.base))
        base = _absent(said) or ledger.operand(change.base, change)
        opening = None if base is not None else ledger.opening(change.base)
        if opening is not None and _has_rate(ledger, change):
            yield from _from_opening(change, present, opening)
            opening = None
        base = base or opening or ledger.follows(change.base, change)
        if present is None or base is None:
            continue
        if _of_one_place(change, present, base) or _of_one_table(ledger, present, base):
            operands = (of_claim(change), present, base)
            relation = Relation(CODE, Form.DIFFERENCE, operands, mild=opening is not None)
            if _only_its_word_is_wrong(ledger, change, relation):
                continue
            relation = _of_whole(ledger, change, relation) or relation
            yield relation
            if said is not None and judge(relation).holds:
                yield replace(relation, claims=(said,), one_way=True)
    for points, after, before in of_moves(ledger):
        yield Relation(CODE, Form.DIFFERENCE, (of_claim(points), of_claim(after), of_claim(before)))


def _from_opening(change: Claim, present: Operand | None, opening: Operand) -> Iterator[Relation]:
    """What was left last year and the change, where a rate may tell of another base: one slip."""
    if present is not None:
        yield Relation(CODE, Form.SUM, (present, opening, of_claim(change)), soft=True, open=True)


def _only_its_word_is_wrong(ledger: Ledger, change: Claim, relation: Relation) -> bool:
    """Whether 决算数大于预算数2.00万元 would hold with 小于: NC205 tells of that word."""
    beside = ledger.around(change, Kind.RELATION)
    if judge(relation).holds or not any(each.where.end == change.where.start for each in beside):
        return False
    stated, *others = relation.operands
    return judge(replace(relation, operands=(negated(stated), *others))).holds


def _of_whole(ledger: Ledger, change: Claim, relation: Relation) -> Relation | None:
    """The same of what the last thing told is a part of, where only that fits.

    Where a sentence of its own names none: 公务用车运行维护费…。决算数较预算数减少….
    """
    assert change.figure is not None
    assert change.base is not None
    beside = any(each.is_beside(change) for each in ledger.around(change, Kind.AMOUNT))
    if beside or judge(relation).holds:
        return None
    for parts in ledger.patterns.words.parts:
        if change.figure.item not in parts.parts:
            continue
        names = (replace(each, item=parts.whole) for each in (change.figure, change.base))
        present, base = (ledger.operand(each, change) for each in names)
        if present is None or base is None or not _of_one_place(change, present, base):
            continue
        whole = replace(relation, operands=(of_claim(change), present, base))
        if judge(whole).holds:
            return whole
    return None


def _has_rate(ledger: Ledger, change: Claim) -> bool:
    """Whether a rate beside the change tells its base, which corrections may have made another."""
    return any(
        growth.figure == change.figure and growth.base == change.base
        for growth in ledger.around(change, Kind.GROWTH)
    )


def _of_one_place(change: Claim, present: Operand, base: Operand) -> bool:
    """Whether both are said beside the change, or printed by tables.

    What a change is about may be unsaid: a number of the text and one of a table, taken together,
    could be of two things.
    """
    beside = [
        each.claim is not None and each.claim.paragraph == change.paragraph
        for each in (present, base)
    ]
    if not base.claim and not base.value:  # 没有上年数, or one that follows from another change
        return beside[0]
    return all(beside) or (present.value is not None and base.value is not None)


def _of_one_table(ledger: Ledger, present: Operand, base: Operand) -> bool:
    """Whether the table that gives the base bears out the present, and so is of the same scope."""
    if present.claim is None or base.value is None:
        return False
    borne_out = ledger.borne_out(present.claim)
    return borne_out is not None and borne_out.table == base.value.table


def _absent(said: Claim | None) -> Operand | None:
    """The 0 that 没有上年决算数 says."""
    if said is None:
        return None
    nothing = Quantity(said.text, Decimal("0.00"), _YUAN, 2)
    return Operand(nothing, "0", because=f"“{said.text}”，即基期数为0")
