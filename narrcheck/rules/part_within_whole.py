"""部分不超过整体。

授予中小企业的合同金额不超过政府采购支出总额，授予小微企业的不超过授予中小企业的；基本支出表里的
会议费、培训费不超过全部的会议费、培训费。财政拨款开支的公务用车不多于全部车辆。“其中：”后面并列的各项加起来，不超过前面的合计。

正例：授予中小企业合同金额8.00万元，占政府采购支出总额的80.0%。（政府采购支出总额10.00万元）
反例：授予中小企业合同金额{12.00万元}，占政府采购支出总额的120.0%。（政府采购支出总额10.00万元）

例文：
    2023年度部门决算

    十一、政府采购支出说明

    本部门2023年度政府采购支出总额10.00万元。其中，政府采购货物支出4.00万元、政府采购工程支出1.00万元、政府采购服务支出5.00万元。授予中小企业合同金额{12.00万元→}。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import TableValue
from narrcheck.ledger import Ledger, Operand, Relation, canonical, of_claim, of_value
from narrcheck.ledger.lists import excess, part_lists
from narrcheck.ledger.once import once
from narrcheck.ledger.operand import negated, total
from narrcheck.ledger.runs import within
from narrcheck.ledger.sangong import KEPT, counted
from narrcheck.ledger.tallies import tallies
from narrcheck.patterns.words import Parts
from narrcheck.relation import Form
from narrcheck.verdicts import judge

CODE = "NC206"
SLUG = "part-within-whole"
_ALL_CARS = regex.compile(r"截[至止].*共有车辆\s*$")


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas B16, C21, C26: what may differ, may differ; only a part above its whole is said."""
    yield from _lists(ledger)
    yield from _among(ledger)
    yield from _cars(ledger)
    for claim in ledger.of_kind(Kind.AMOUNT):
        if claim.figure is None or not claim.figure.fund:
            continue
        for parts in ledger.patterns.words.parts:
            if claim.figure.item in parts.parts and not parts.complete:
                whole = ledger.operand(replace(claim.figure, item=parts.whole), claim)
                if whole is not None:
                    yield Relation(CODE, Form.AT_MOST, (of_claim(claim), whole))
                    yield from _beside(ledger, claim, parts, whole)
        yield from _basic_part(ledger, claim)


def _cars(ledger: Ledger) -> Iterator[Relation]:
    """The cars that 财政拨款 keeps, against all that there are: 共有车辆9辆 (formula C24).

    Mild: the two may be counted on another day, or of other units.
    """
    every = [
        claim
        for claim in ledger.of_kind(Kind.COUNT)
        if _ALL_CARS.search(claim.lead) and claim.quantity is not None
    ]
    kept = [each.claim for each in counted(ledger) if each.item == KEPT]
    if len(every) == 1:
        for claim in kept:
            yield Relation(CODE, Form.AT_MOST, (of_claim(claim), of_claim(every[0])), mild=True)


def _lists(ledger: Ledger) -> Iterator[Relation]:
    """The lists of a 其中 whose parts are together more than their whole; others say nothing.

    Counts are exact: those that are not more are within their whole.
    """
    for each in (*part_lists(ledger), *tallies(ledger)):
        if each.complete or each.soft:
            continue
        more = excess(each.whole, each.parts)
        if more is None and each.whole.kind is Kind.COUNT:
            summed = total([of_claim(part) for part in each.parts], "")
            among = (each.among,) if each.among else ()
            yield Relation(CODE, Form.AT_MOST, (summed, of_claim(each.whole)), claims=among)
        if more is not None:
            yield Relation(CODE, Form.AT_MOST, (more, of_claim(each.whole)))


def _among(ledger: Ledger) -> Iterator[Relation]:
    """Each 其中 whose numbers are together not more than what it takes apart: it is borne out."""
    for among in ledger.of_kind(Kind.PARTS):
        told = within(ledger, among)
        if told is None:
            continue
        whole, parts = told
        terms = tuple(map(of_claim, parts))
        summed = terms[0] if len(terms) == 1 else total(terms, "")
        relation = Relation(
            CODE, Form.AT_MOST, (summed, of_claim(whole)), claims=(among,), one_way=True
        )
        if judge(relation).holds:
            yield relation


def _beside(ledger: Ledger, claim: Claim, parts: Parts, whole: Operand) -> Iterator[Relation]:
    """The last part of several against what the others, in its section, leave of the whole.

    Parts that a complete list has too are proved there, by their sum.
    """
    assert claim.figure is not None
    groups = ledger.patterns.words.parts
    if any(each.complete and set(parts.parts) <= set(each.parts) for each in groups):
        return
    others = [
        other
        for item in parts.parts
        if item != claim.figure.item
        for other in ledger.amounts.get(canonical(replace(claim.figure, item=item)), ())
        if other.section == claim.section
    ]
    if not others or any(other.where.start > claim.where.start for other in others):
        return
    less = (negated(of_claim(other)) for other in others)
    rest = total((whole, *less), "")
    texts = " − ".join((whole.label, *(other.text for other in others)))
    yield Relation(
        CODE, Form.AT_MOST, (of_claim(claim), replace(rest, because=f"{texts} = {rest.label}"))
    )


def _basic_part(ledger: Ledger, claim: Claim) -> Iterator[Relation]:
    """会议费 of all spending against the row 会议费 of the table on 基本支出 alone."""
    assert claim.figure is not None
    if claim.figure.code or claim.figure.fund != "全部":
        return
    for value in _economic(ledger):
        figure = value.figure
        if figure is not None and figure.item == claim.figure.item:
            same = figure.measure == claim.figure.measure and figure.year == claim.figure.year
            if same and not figure.part:
                yield Relation(CODE, Form.AT_MOST, (of_value(value), of_claim(claim)))


@once
def _economic(ledger: Ledger) -> Iterator[TableValue]:
    """The values of the rows 30… of tables."""
    for value in ledger.table_values:
        if value.figure is not None and value.figure.code.startswith("30"):
            yield value
