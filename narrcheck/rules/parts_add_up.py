"""其中各项加起来等于合计。

列全了的各项相加，应当等于它们的合计；每个数都四舍五入过，所以允许相差各数末位之半的总和。
分项说明里各项的年初预算、决算相加，也应当等于总的年初预算、决算。项目的年初预算加调增、减调减，应当
等于全年预算，也就是实际支出加结余。单位、科室的个数，应当等于列出的名称数，也等于本级与下属单位之和。各部分的增减额相加，
等于总的增减额的，互相印证；只差一处笔误的，指出来。

正例：政府采购支出总额9.00万元，其中：政府采购货物支出4.00万元、政府采购工程支出2.00万元、政府采购服务支出3.00万元。
反例：政府采购支出总额9.00万元，其中：政府采购货物支出4.00万元、政府采购工程支出{2.50万元}、政府采购服务支出3.00万元。

例文：
    2023年度部门决算

    十一、政府采购支出说明

    本部门2023年度政府采购支出总额9.00万元，其中：政府采购货物支出4.00万元、政府采购工程支出{2.50万元→2.00万元}、政府采购服务支出3.00万元。货物采购金额4.00万元，占政府采购支出总额的44.4%；服务采购金额3.00万元，占政府采购支出总额的33.3%。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from narrcheck.claims.claim import Claim, Kind
from narrcheck.claims.entries import find_entries
from narrcheck.figure import BUDGETS
from narrcheck.ledger import Ledger, Relation, canonical, of_claim
from narrcheck.ledger.enumerations import enumerations
from narrcheck.ledger.lists import excess, part_lists
from narrcheck.ledger.operand import negated
from narrcheck.ledger.projects import project_budgets
from narrcheck.ledger.reckonings import net_values, reckonings
from narrcheck.ledger.runs import runs
from narrcheck.ledger.sums import inferred_sums
from narrcheck.ledger.tallies import net_counts, tallies
from narrcheck.ledger.units import composed
from narrcheck.ledger.yearly import changes_together
from narrcheck.patterns.words import Parts
from narrcheck.relation import Form
from narrcheck.verdicts import judge

CODE = "NC204"
SLUG = "parts-add-up"


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas A20, A51, A60, A61, C08, C11, C20, C23 as prose states them."""
    for whole in ledger.of_kind(Kind.AMOUNT):
        if whole.figure is not None:
            for parts in ledger.parts_of(whole.figure.item):
                found = _known_parts(ledger, whole, parts) or []
                told = _sum(ledger, whole, found, soft=not parts.complete) if found else None
                if told and (parts.complete or (len(found) > 1 and judge(told).holds)):
                    yield told
                elif parts.complete:
                    yield from _but_nothing(ledger, whole, parts)
    yield from _listed_parts(ledger)
    yield from _known_lists(ledger)
    yield from _named(ledger)
    for net, came, went in net_counts(ledger):
        yield Relation(CODE, Form.SUM, (of_claim(net), of_claim(came), negated(of_claim(went))))
    for net, gross, worn in net_values(ledger):
        yield Relation(CODE, Form.SUM, tuple(map(of_claim, (gross, net, worn))))
    yield from _entries(ledger)
    for each in inferred_sums(ledger):
        operands = (each.whole, *each.parts)
        yield Relation(CODE, Form.SUM, operands, claims=each.claims, soft=each.soft)
    for operands in project_budgets(ledger):
        yield Relation(CODE, Form.SUM, operands)
    for units in composed(ledger):
        operands = (units.whole, *units.parts)
        yield Relation(CODE, Form.SUM, operands, claims=units.claims, mild=True)
    for yearly in changes_together(ledger):
        operands = (yearly.whole, *yearly.parts)
        still_open = not yearly.adds_up
        yield Relation(CODE, Form.SUM, operands, claims=yearly.claims, soft=True, open=still_open)


def _sum(ledger: Ledger, whole: Claim, parts: list[Claim], *, soft: bool = False) -> Relation:
    operands = (ledger.of(whole), *(ledger.of(part) for part in parts))
    among = tuple(each for each in ledger.of_kind(Kind.PARTS) if _takes_apart(each, whole))
    return Relation(CODE, Form.SUM, operands, claims=among, soft=soft)


def _takes_apart(among: Claim, whole: Claim) -> bool:
    """Whether a 其中 is about a whole: by what it follows, or by what its section is about."""
    if among.whole is not None or among.figure is None or whole.figure is None:
        return among.whole == whole.id
    same = canonical(among.figure) == canonical(whole.figure)
    near = among.section[:2] == whole.section[:2]
    return same and near and among.where.start > whole.where.start


def _known_parts(ledger: Ledger, whole: Claim, parts: Parts) -> list[Claim] | None:
    """The parts stated beside a whole, where all that count are stated; None otherwise."""
    assert whole.figure is not None
    found = []
    for item in parts.parts:
        figure = canonical(replace(whole.figure, item=item))
        near = [
            claim
            for claim in ledger.amounts.get(figure, ())
            if claim.where.start > whole.where.start and claim.section == whole.section
        ]
        if near:
            found.append(near[0])
        elif item in parts.required or any(v.quantity.amount for v in ledger.values(figure)):
            return None
    if not found:
        return None
    # An amount that is told as a cause is none of its figure: it is not taken apart either.
    stated = ledger.amounts.get(canonical(whole.figure), ())
    nearer = (c for c in stated if c.section == whole.section)
    before = (c for c in nearer if c.where.start < found[0].where.start)
    return found if max(before, key=_start, default=None) is whole else None


def _but_nothing(ledger: Ledger, whole: Claim, parts: Parts) -> Iterator[Relation]:
    """Of two parts the one that is stated, where the text says that there is none of the other.

    未安排公务用车购置费: then 公务用车运行维护费 is all there is (formula A61).
    """
    assert whole.figure is not None
    figures = [canonical(replace(whole.figure, item=item)) for item in parts.parts]
    nil = {canonical(c.figure): c for c in ledger.of_kind(Kind.ZERO) if c.figure is not None}
    none = [nil[figure] for figure in figures if figure in nil]
    stated = [c for figure in figures for c in ledger.amounts.get(figure, ())]
    if len(figures) != 2 or len(none) != 1 or len({c.figure for c in stated}) != 1:
        return
    if canonical(none[0].figure or whole.figure) in ledger.amounts:
        return  # said twice, once with an amount
    part = min(stated, key=_start)
    alone = whole == ledger.amounts[canonical(whole.figure)][0]
    if alone and part.section[:2] == whole.section[:2] == none[0].section[:2]:
        because = f"文中说“{none[0].text}”"
        operand = replace(ledger.of(part), because=because)
        yield Relation(CODE, Form.SUM, (ledger.of(whole), operand))


def _start(claim: Claim) -> int:
    return claim.where.start


def _listed_parts(ledger: Ledger) -> Iterator[Relation]:
    """The lists of a 其中 whose parts do add up: that supports each of their numbers.

    A list that does not add up may be rightly incomplete: it is left open.
    """
    for whole, parts in runs(ledger):
        relation = _sum(ledger, whole, list(parts), soft=True)
        yield replace(relation, open=not judge(relation).holds)


def _known_lists(ledger: Ledger) -> Iterator[Relation]:
    """The lists that leave nothing out, or hardly anything (formulas C20, C24, E06)."""
    for each in (*part_lists(ledger), *tallies(ledger), *reckonings(ledger)):
        if each.soft or each.complete or (each.likely and not excess(each.whole, each.parts)):
            relation = _sum(ledger, each.whole, list(each.parts), soft=each.soft)
            among = (*relation.claims, each.among) if each.among else relation.claims
            yield replace(relation, claims=among, mild=each.likely)
        elif len(each.parts) > 1:
            yield replace(_sum(ledger, each.whole, list(each.parts), soft=True), open=True)


def _named(ledger: Ledger) -> Iterator[Relation]:
    """The units and offices that are named, against how many there are said to be."""
    for each in enumerations(ledger):
        operands = (of_claim(each.count), each.operand)
        relation = Relation(CODE, Form.EQUAL, operands, soft=not each.sure, mild=True)
        if each.sure or judge(relation).holds:
            yield relation


def _entries(ledger: Ledger) -> Iterator[Relation]:
    """The entries …（项） of a section against its total, measure by measure (formula C08)."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in ledger.of_kind(Kind.AMOUNT):
        if claim.figure is not None and len(claim.figure.code) == 7 and claim.section:
            groups.setdefault(_above(ledger, claim), []).append(claim)
    for section, claims in groups.items():
        for measure in dict.fromkeys(c.figure.measure for c in claims if c.figure is not None):
            entries: dict[str, Claim] = {}
            for claim in claims:
                if claim.figure is not None and claim.figure.measure == measure:
                    entries.setdefault(claim.figure.code, claim)
            total = _total(ledger, section, measure, claims)
            codes = {claim.figure.code for claim in claims if claim.figure is not None}
            # What had no budget may be told without one: 年初未安排预算.
            lacking = codes != set(entries) and measure not in BUDGETS
            if total is None or lacking or len(entries) < 2:
                continue
            known = _table_codes(ledger, claims[0])
            if known <= codes:  # where no table has any, there may be more of them
                unsure = measure != "决算数" or not known
                yield _sum(ledger, total, list(entries.values()), soft=unsure)


def _above(ledger: Ledger, claim: Claim) -> tuple[str, ...]:
    """The section that holds the entries: without their own headings, and those of 类 and 款."""
    section = claim.section
    while section and any(find_entries(section[-1])):
        section = section[:-1]
    return section


def _total(
    ledger: Ledger, section: tuple[str, ...], measure: str, entries: list[Claim]
) -> Claim | None:
    fund = entries[0].figure.fund if entries[0].figure else ""
    for claim in ledger.of_kind(Kind.AMOUNT):
        figure = claim.figure
        if figure is None or claim.where.start > entries[0].where.start:
            continue
        same = figure.item == "支出合计" and figure.fund == fund and figure.measure == measure
        if same and claim.section == section:
            return claim
    return None


def _table_codes(ledger: Ledger, entry: Claim) -> set[str]:
    """The codes of the 项 that have an amount in the tables of the entry's fund."""
    assert entry.figure is not None
    return {
        figure.code
        for figure, values in ledger.by_figure.items()
        if figure.fund == entry.figure.fund
        and len(figure.code) == 7
        and figure.code.startswith("2")
        and not figure.part
        and any(value.quantity.amount != Fraction(0) for value in values)
    }
