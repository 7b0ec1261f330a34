"""占比等于部分除以所说的整体。

“占A的x%”以A为分母；没有写明时，以“其中”所分的合计为分母。整体全部授予了中小企业的，各类采购也
就全部授予了中小企业，各类的占比都应是100%；没有全部授予的，各类的金额乘以各类的占比，加起来等于授予的总额。人均、车均是金额除以同句的人数、车数。

正例：支出合计100.00万元，其中：基本支出60.00万元，占60.0%。
反例：支出合计100.00万元，其中：基本支出60.00万元，占{66.0%}。

例文：
    2023年度部门决算

    支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 | 100.00 | 60.00 | 40.00 |
    | 205 | 教育支出 | 100.00 | 60.00 | 40.00 |

    三、支出决算情况说明

    2023年度支出合计100.00万元，其中：基本支出60.00万元，占{66.0%→60.0%}；项目支出40.00万元，占40.0%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure
from narrcheck.ledger import Ledger, Operand, Relation, canonical, of_claim
from narrcheck.ledger.lists import name_of
from narrcheck.ledger.means import means
from narrcheck.ledger.operand import added, total
from narrcheck.ledger.rates import of_what_came
from narrcheck.ledger.ratios import of_counts
from narrcheck.ledger.several import how_many
from narrcheck.ledger.sums import sums_by_share
from narrcheck.relation import Form
from narrcheck.verdicts import Outcome, judge

CODE = "NC203"
SLUG = "share-matches-whole"
# 占80%: it does not say of what
_NOT_OF = re.compile("占(?:比|比例|比重)?(?:为|达)?[0-9０-９]")
_LOOSE = re.compile("总(?:支出|收入)|(?:支出|收入)总[额数]")


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas C05, C06, C11, C14, C16, C21–C23, D08."""
    for claim in ledger.of_kind(Kind.SHARE):
        if claim.figure is None or claim.base is None:
            continue
        part = _part(ledger, claim) or _whole_is_used_up(ledger, claim)
        whole = ledger.operand(claim.base, claim)
        if part is not None and whole is not None:
            meant = _loosely_named(ledger, claim, part) or _told_as_whole(
                ledger, claim, part, whole
            )
            whole = meant or whole
            soft = _is_of_another(ledger, claim, part)
            yield Relation(CODE, Form.RATIO, (of_claim(claim), part, whole), soft=soft)
    for summed in sums_by_share(ledger):
        yield Relation(CODE, Form.SUM, (summed.whole, *summed.parts))
    yield from _of_their_sum(ledger)
    yield from _of_several(ledger)
    for each in means(ledger):
        yield Relation(CODE, Form.RATIO, (each.stated, each.whole, each.count))
    for told in (*of_counts(ledger), *of_what_came(ledger)):
        operands = (of_claim(told.rate), of_claim(told.part), of_claim(told.whole))
        yield Relation(CODE, Form.RATIO, operands, soft=told.soft)
    yield from _debts(ledger)


def _part(ledger: Ledger, share: Claim) -> Operand | None:
    """What a share is of: the amount right before it, though that be told as a use."""
    assert share.figure is not None
    before = _shared(ledger, share)
    return ledger.of(before[0]) if before else ledger.operand(share.figure, share)


def _debts(ledger: Ledger) -> Iterator[Relation]:
    """资产负债率: 负债总额 over 资产总额, where the paragraph has one of each."""
    for claim in ledger.of_kind(Kind.RATE):
        if claim.figure is None or claim.figure.item != "资产负债率":
            continue
        owed, owned = (
            [
                each
                for each in ledger.around(claim, Kind.AMOUNT)
                if each.figure is not None and each.figure.item.endswith(names)
            ]
            for names in (("负债总额", "负债合计", "总负债"), ("资产总额", "资产合计", "总资产"))
        )
        if len(owed) == len(owned) == 1:
            operands = (of_claim(claim), ledger.of(owed[0]), ledger.of(owned[0]))
            yield Relation(CODE, Form.RATIO, operands)


def _of_their_sum(ledger: Ledger) -> Iterator[Relation]:
    """Shares of a whole that is not named, where those of a sentence come to 100%."""
    groups: dict[tuple[int, str], list[Claim]] = {}
    for claim in ledger.of_kind(Kind.SHARE):
        if claim.base is None:
            groups.setdefault((claim.paragraph, claim.sentence), []).append(claim)
    for shares in groups.values():
        parts = [part for share in shares for part in _shared(ledger, share)]
        together = added(of_claim(share).wide for share in shares)
        if len({part.id for part in parts}) != len(shares) or len(shares) < 2:
            continue
        if Fraction(1) in together:
            terms = tuple(map(ledger.of, parts))
            because = f"各项占比之和为100%，整体就是各项之和{total(terms, '').label}"
            whole = total(terms, because)
            for share, part in zip(shares, terms, strict=True):
                yield Relation(CODE, Form.RATIO, (of_claim(share), part, whole))


def _of_several(ledger: Ledger) -> Iterator[Relation]:
    """四项合计占…: the share of all amounts before it, where its sentence has just so many."""
    for share in ledger.of_kind(Kind.SHARE):
        count = how_many(share.figure.item) if share.figure is not None else 0
        if count < 2 or share.base is None:
            continue
        amounts = [
            claim
            for claim in ledger.around(share, Kind.AMOUNT)
            if claim.is_beside(share)
            and claim.where.start < share.where.start
            and claim.figure is not None
            and claim.figure.item != share.base.item
        ]
        whole = ledger.operand(share.base, share)
        alike = len({(a.figure.measure, a.figure.year) for a in amounts if a.figure}) == 1
        if whole is not None and alike and len(amounts) == count:
            terms = tuple(map(ledger.of, amounts))
            because = f"{share.figure.item}{total(terms, '').label}" if share.figure else ""
            yield Relation(CODE, Form.RATIO, (of_claim(share), total(terms, because), whole))


def _shared(ledger: Ledger, share: Claim) -> list[Claim]:
    """The amount right before a share, of the same figure in its sentence."""
    found = [
        claim
        for claim in ledger.around(share, Kind.AMOUNT)
        if claim.is_beside(share) and claim.where.start < share.where.start
    ]
    return [claim for claim in found[-1:] if claim.figure == share.figure]


def _loosely_named(ledger: Ledger, share: Claim, part: Operand) -> Operand | None:
    """本年支出合计 for 总支出, which says so as often as 支出总计, where that is what fits."""
    assert share.base is not None
    item = ledger.patterns.words.item(share.base.item)
    if item is None or not item.meant or not _LOOSE.search(share.sentence, 0, share.at):
        return None
    whole = ledger.operand(replace(share.base, item=item.meant), share)
    if whole is None:
        return None
    fits = judge(Relation(CODE, Form.RATIO, (of_claim(share), part, whole))).outcome
    return whole if fits is Outcome.HOLDS else None


def _told_as_whole(ledger: Ledger, share: Claim, part: Operand, whole: Operand) -> Operand | None:
    """基本支出5.00万元：人员经费4.00万元，占80%: the amount before, where only it fits.

    Where the share does not say of what it is, and parts of that amount are what is told.
    """
    assert share.figure is not None
    operands = of_claim(share), part
    said = _NOT_OF.search("".join(f"{share.clause}{share.text}".split()))
    if said is None or judge(Relation(CODE, Form.RATIO, (*operands, whole))).holds:
        return None
    for claim in ledger.around(share, Kind.AMOUNT):
        item = name_of(claim)
        known = any(share.figure.item in each.parts for each in ledger.parts_of(item))
        before = claim.is_beside(share) and claim.where.start < share.where.start
        told = Relation(CODE, Form.RATIO, (*operands, ledger.of(claim)))
        if known and before and judge(told).holds:
            return ledger.of(claim)
    return None


def _is_of_another(ledger: Ledger, share: Claim, part: Operand) -> bool:
    """Whether the part may be another undertaking's: 涉及资金, unless its sentence says but one."""
    assert share.figure is not None
    item = ledger.patterns.words.item(share.figure.item)
    if item is None or not item.loose:
        return False
    beside = [
        claim for claim in ledger.amounts.get(canonical(share.figure), ()) if claim.is_beside(share)
    ]
    return part.claim is None or beside != [part.claim]


def _whole_is_used_up(ledger: Ledger, share: Claim) -> Operand | None:
    """The part, where it follows: what is all of a total is all of each of its parts (C21, C23).

    If 授予中小企业合同金额 equals 政府采购支出总额, each kind of purchase went there in full.
    """
    assert share.figure is not None
    assert share.base is not None
    for parts in ledger.patterns.words.parts:
        if share.figure.item not in parts.parts or not parts.within:
            continue
        if parts.within[parts.parts.index(share.figure.item)] != share.base.item:
            continue
        used = ledger.operand(_named(share, parts.whole), share)
        for outer in ledger.patterns.words.parts:
            if share.base.item in outer.parts and outer.complete and used is not None:
                total = ledger.operand(_named(share, outer.whole), share)
                if total is not None and used.interval == total.interval:
                    part = ledger.operand(share.base, share)
                    because = (
                        f"{parts.whole}{used.label}等于{outer.whole}{total.label}，"
                        f"所以{share.figure.item}就是全部的{share.base.item}"
                    )
                    return replace(part, because=because) if part is not None else None
    return None


def _named(share: Claim, item: str) -> Figure:
    assert share.figure is not None
    return replace(share.figure, item=item)
