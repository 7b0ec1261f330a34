"""大于、小于、等于与两边的数一致。

“决算数大于预算数”要求决算数确实大于预算数；“等于”“持平”要求两数相同。没有印出预算数的，这些词也
要与同一处的完成率、增减一致：完成预算的93.0%，决算数就不会大于预算数。说了增加，后面就不会是减少的原因。

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

    九、机关运行经费支出情况

    机关运行经费支出9.00万元，完成预算的93.0%，{决算数大于预算数→决算数小于预算数}的主要原因是压减办公费。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import BUDGETS, Figure
from narrcheck.findings import Finding, on_flaws
from narrcheck.ledger import Ledger, Relation, of_claim
from narrcheck.ledger.derived import is_cause
from narrcheck.ledger.lists import text_between
from narrcheck.ledger.operand import exactly
from narrcheck.relation import Form
from narrcheck.verdicts import judge

CODE = "NC205"
SLUG = "direction-matches-amounts"
_FORMS = {1: Form.MORE, -1: Form.LESS, 0: Form.SAME}


def check(ledger: Ledger) -> Iterator[Relation | Finding]:
    """Formulas C09, D05."""
    for claim in ledger.of_kind(Kind.RELATION):
        if claim.figure is None or claim.base is None or "基本" in claim.text:
            continue
        told = tuple(_amounts(ledger, claim, claim.figure, claim.base))
        yield from told or _rates(ledger, claim)
    yield from _moves(ledger)
    for _, finding in on_flaws(ledger, CODE, SLUG):
        yield finding


def _amounts(ledger: Ledger, claim: Claim, figure: Figure, base: Figure) -> Iterator[Relation]:
    """The word against the two amounts."""
    left = ledger.operand(figure, claim)
    right = ledger.operand(base, claim) or ledger.follows(base, claim)
    if left is None or right is None or left == right:
        return
    said = _said(ledger, claim)
    if "at_most" in said:
        yield Relation(CODE, Form.AT_MOST, (left, right), claims=(claim,))
    elif "at_least" in said:
        yield Relation(CODE, Form.AT_MOST, (right, left), claims=(claim,))
    else:
        yield Relation(CODE, _FORMS[claim.direction], (left, right), claims=(claim,))


def _moves(ledger: Ledger) -> Iterator[Relation]:
    """The way that an amount went: 由50.00万元下降到40.00万元."""
    cues = ledger.patterns.words.cues
    for base, present in pairwise(ledger.of_kind(Kind.AMOUNT)):
        if not base.is_beside(present):
            continue
        word = text_between(ledger, base.where.end, present.where.start)
        kinds = cues.get(word[:-1], ()) if word.endswith(("到", "至", "为")) else ()
        for kind, form in (("up", Form.MORE), ("down", Form.LESS)):
            if kind in kinds:
                yield Relation(CODE, form, (of_claim(present), of_claim(base)))


def _said(ledger: Ledger, claim: Claim) -> set[str]:
    cues = ledger.patterns.words.cues
    return {kind for word, kinds in cues.items() if word in claim.text for kind in kinds}


def _rates(ledger: Ledger, claim: Claim) -> Iterator[Relation]:
    """The word against the completion, or the change, that is said beside it.

    The word follows from the number; that they fit one another does not bear the number out.
    """
    if is_cause(ledger.patterns, claim) or not _said(ledger, claim).isdisjoint(
        {"at_most", "at_least"}
    ):
        return
    for other in _beside(ledger, claim):
        assert other.quantity is not None  # see _beside
        whole = 100 if other.kind is Kind.COMPLETION else 0
        operands = (of_claim(other), exactly(whole, other.quantity.unit))
        relation = Relation(CODE, _FORMS[claim.direction], operands, claims=(claim,))
        yield replace(relation, one_way=judge(relation).holds)


def _beside(ledger: Ledger, claim: Claim) -> list[Claim]:
    """The last completion or change of the same figure by the same base in the paragraph.

    Not 0%: that is said of a budget of 0 too.
    """
    found = [
        other
        for other in ledger.around(claim, Kind.COMPLETION, Kind.CHANGE, Kind.GROWTH)
        if other.quantity is not None
        and not other.quantity.is_zero
        and other.figure == claim.figure
        and _same_base(ledger, other, claim)
        and not is_cause(ledger.patterns, other)
        and (other.kind is Kind.COMPLETION or (other.direction and claim.direction))
    ]
    return found[-1:]


def _same_base(ledger: Ledger, other: Claim, claim: Claim) -> bool:
    """Whether both are held against one base: 预算数 is the one budget that the paragraph names."""
    if other.base is None or claim.base is None or other.base == claim.base:
        return other.base == claim.base
    measures = {other.base.measure, claim.base.measure}
    if "预算数" not in measures or replace(other.base, measure=claim.base.measure) != claim.base:
        return False
    named = {
        figure.measure
        for each in ledger.claims
        if each.paragraph == claim.paragraph
        for figure in (each.figure, each.base)
        if figure is not None
    }
    return named & set(BUDGETS) <= measures
