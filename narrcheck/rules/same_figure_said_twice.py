"""同一个数前后说法一致。

同一项目、口径、年度、资金口径的金额，在文中各处应当相同。（表里有的，按 NC101 与表核对。）
同一项目与同一基期相比的增减额，也不会一处增加、一处减少。
原因里说本年购置了几辆公务用车，应当与购置数相同；只提醒核对。

正例：机关运行经费支出9.00万元。……2023年机关运行经费支出9.00万元。
反例：机关运行经费支出9.00万元。……2023年机关运行经费支出{9.90万元}。

例文：
    2023年度部门决算

    九、机关运行经费支出说明

    本部门2023年度机关运行经费支出9.00万元，比上年决算数减少1.00万元，下降10.0%。

    十、其他说明

    2023年度机关运行经费支出{9.90万元→9.00万元}。
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure
from narrcheck.ledger import Ledger, Relation, canonical, of_claim
from narrcheck.ledger.derived import is_cause
from narrcheck.ledger.purchases import bought_again
from narrcheck.ledger.sangong import KEPT, counted
from narrcheck.ledger.tallies import name_of
from narrcheck.quantity import Quantity
from narrcheck.relation import Form

CODE = "NC301"
SLUG = "same-figure-said-twice"
_TOTALS = frozenset({"收入合计", "支出合计"})
_WHOLES = frozenset({*_TOTALS, "收支总计", "收入总计", "支出总计"})
_SAID_AGAIN = regex.compile(r"[（(](?:约?合|约|折合|即|合计)?(?:人民币)?")
_ABOUT = regex.compile(r"[（(](?:约合|折合|约)")
_CARS = ("车辆", "公务用车")
_WAYS = frozenset({"up", "down"})
_OF_OTHERS = regex.compile(r"上年|去年|同期|比|较|增加|减少|计划|目标|拟")
_NAMED = 6  # characters that say what is counted
_TELLING = 100  # from three digits on, two equal changes are hardly so by chance


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formula C30, for figures that no table gives; counts too, of things that are counted once."""
    for figure, claims in {**ledger.amounts, **_counts(ledger)}.items():
        if not figure.fund or not figure.item or ledger.values(figure):
            continue
        item = ledger.patterns.words.item(figure.item)
        if item is not None and item.loose:
            continue  # 涉及资金 is of another undertaking each time
        claims = tuple(claim for claim in claims if not _is_of_a_part(ledger, claim))
        for claim in claims[1:]:
            if _is_alike(claim, claims[0]):
                yield Relation(CODE, Form.EQUAL, (of_claim(claim), of_claim(claims[0])))
    yield from _opposite(ledger)
    yield from _cars(ledger)
    yield from _restated(ledger)
    yield from _counted_again(ledger)
    for again, known in bought_again(ledger):
        yield Relation(CODE, Form.EQUAL, (of_claim(again), known), mild=True)


def _counted_again(ledger: Ledger) -> Iterator[Relation]:
    """Two counts of one thing in two sections, alike but for two digits in each other's place.

    成效是办理法律援助案件1650件 … 全年办理法律援助案件1560件: the words before both say what is
    counted; of another year, or as a change, it may be any other number. The one that is told in
    passing, late in its sentence, is likelier wrong.
    """
    counts = [
        claim
        for claim in ledger.of_kind(Kind.COUNT)
        if claim.quantity is not None and claim.figure is not None and not claim.figure.fund
        if _is_telling(claim.quantity) and not _OF_OTHERS.search(claim.figure.item)
    ]
    for at, first in enumerate(counts):
        for again in counts[at + 1 :]:
            if first.section != again.section and _are_swapped(first, again):
                passing = sorted((again, first), key=lambda claim: -claim.at)
                yield Relation(CODE, Form.EQUAL, tuple(map(of_claim, passing)), mild=True)


def _are_swapped(one: Claim, two: Claim) -> bool:
    """Whether two counts are of one thing and year, and of the same digits but for two of them."""
    assert one.quantity is not None
    assert one.figure is not None
    assert two.quantity is not None
    assert two.figure is not None
    if one.quantity.unit != two.quantity.unit or one.figure.year != two.figure.year:
        return False
    name = one.figure.item[-_NAMED:]
    alike = len(name) == _NAMED and two.figure.item.endswith(name)
    ours, theirs = str(one.quantity.value), str(two.quantity.value)
    differ = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]]
    same = len(ours) == len(theirs) and sorted(ours) == sorted(theirs)
    return alike and same and len(differ) == 2


def _is_alike(one: Claim, other: Claim) -> bool:
    """Whether two numbers are of one sort: a count of pieces says nothing of one of square metres.

    Amounts may be in any unit of money.
    """
    if one.quantity is None or other.quantity is None or one.kind is not Kind.COUNT:
        return True
    return one.quantity.unit == other.quantity.unit


def _cars(ledger: Ledger) -> Iterator[Relation]:
    """All cars, and those that 财政拨款 keeps, where they are as many; they need not (C24).

    用于16辆公务用车 is of the cars that the section counts before: others may be kept otherwise.
    """
    counts = [claim for claim in ledger.of_kind(Kind.COUNT) if claim.figure is not None]
    cars = [claim for claim in counts if claim.figure and claim.figure.item.endswith(_CARS)]
    for claim in counts:
        if claim.figure is None or claim.quantity is None:
            continue
        if claim.figure.item == KEPT:
            same = (each for each in cars if each.quantity == claim.quantity)
            yield from (_alike(claim, each, soft=True) for each in same)
        elif claim.figure.item == "用于" and name_of(ledger, claim)[1].startswith(_CARS):
            before = [each for each in cars if each.where.start < claim.where.start]
            if before and before[-1].section == claim.section:
                yield _alike(claim, before[-1], soft=False)


def _alike(claim: Claim, other: Claim, *, soft: bool) -> Relation:
    operands = (of_claim(claim), of_claim(other))
    return Relation(CODE, Form.EQUAL, operands, soft=soft, mild=True)


def _restated(ledger: Ledger) -> Iterator[Relation]:
    """An amount said again in brackets, mostly in another unit: 144422.90万元（约合14.44亿元）."""
    text = ledger.document.text
    amounts = list(ledger.of_kind(Kind.AMOUNT))
    for first, again in pairwise(amounts):
        if first.quantity is None or again.quantity is None:
            continue
        between = "".join(text[first.where.end : again.where.start].split())
        closed = text[again.where.end :].lstrip()[:1] in ("）", ")")
        other = first.quantity.unit != again.quantity.unit
        words = _SAID_AGAIN if other else _ABOUT  # 合计 in the same unit is of more than one
        if closed and words.fullmatch(between):
            yield Relation(CODE, Form.EQUAL, (of_claim(again), of_claim(first)))


def _is_of_a_part(ledger: Ledger, claim: Claim) -> bool:
    """Whether 支出 is said of a part of something: 其中，国内接待5批次，共计支出1.20万元.

    So is the 当年拨款 that is a part of some spending: 项目支出中，当年拨款3.00万元.
    """
    whole = ledger.by_id.get(claim.whole or "")
    if whole is None or whole.figure is None or claim.figure is None:
        return False
    if ledger.is_of_spending(claim):
        return True
    return claim.figure.item in _TOTALS and whole.figure.item not in _WHOLES


def _opposite(ledger: Ledger) -> Iterator[Relation]:
    """Two changes of one figure by one base that are the same number and go opposite ways."""
    seen: dict[tuple[Figure, Figure, Fraction], Claim] = {}
    for claim in ledger.of_kind(Kind.CHANGE):
        if claim.figure is None or claim.base is None or claim.quantity is None:
            continue
        if not claim.direction or not claim.figure.fund or not _is_telling(claim.quantity):
            continue
        if is_cause(ledger.patterns, claim) and not _names_itself(ledger, claim):
            continue  # a cause may be one of something else
        key = canonical(claim.figure), canonical(claim.base), abs(claim.quantity.amount)
        first = seen.setdefault(key, claim)
        if first.direction != claim.direction and not first.is_beside(claim):
            yield Relation(CODE, Form.EQUAL, (of_claim(claim), of_claim(first)))


def _is_telling(quantity: Quantity) -> bool:
    """Whether a number has three digits or more, its zeros at the end not counted."""
    digits = f"{quantity.value:f}".replace(".", "").strip("-0")
    return int(digits or "0") >= _TELLING


def _names_itself(ledger: Ledger, claim: Claim) -> bool:
    """Whether the words right before a change are its item, with its fund, and nothing else."""
    assert claim.figure is not None
    lead = regex.split(r"[，。；：、]|[一二三四五六七八九]是", claim.lead)[-1]
    words = ledger.patterns.words
    for name in sorted((n for n, kinds in words.cues.items() if kinds & _WAYS), key=len)[::-1]:
        lead = lead.removesuffix(name)
    funds = [name for name, fund in words.funds.items() if fund == claim.figure.fund]
    for fund in sorted(funds, key=len, reverse=True):
        if lead.startswith(fund):
            item = words.items.get(lead.removeprefix(fund))
            return item is not None and item.id == claim.figure.item
    item = words.items.get(lead)
    return item is not None and item.id == claim.figure.item and bool(item.fund)


def _counts(ledger: Ledger) -> dict[Figure, tuple[Claim, ...]]:
    """The counts by figure: 公务用车保有量, 下属单位数."""
    found: dict[Figure, list[Claim]] = {}
    named = {each.claim.id: each for each in counted(ledger)}
    for claim in ledger.of_kind(Kind.COUNT):
        own = named.get(claim.id)
        if own is not None and own.figure is not None:
            found.setdefault(own.figure, []).append(claim)
        elif claim.figure is not None and claim.quantity is not None:
            found.setdefault(claim.figure, []).append(claim)
    return {figure: tuple(claims) for figure, claims in found.items()}
