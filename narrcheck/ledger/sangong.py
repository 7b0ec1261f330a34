"""The counts of the “三公”经费: groups, visits, people, cars; each under its name in tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import BUDGETS, Figure
from narrcheck.ledger.derived import is_cause
from narrcheck.ledger.lists import text_between
from narrcheck.ledger.once import once

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

GROUPS, PEOPLE = "因公出国（境）团组", "因公出国（境）人次"
BOUGHT, KEPT = "公务用车购置数", "公务用车保有量"
# What may stand before a name without changing it: 全年使用财政拨款安排, 本单位共
_LED = (
    r"(?:全年|本年度?|当年|\d{4}年度?|我?本?(?:单位|部门)|使用|财政拨款|一般公共预算|开支|安排|组织"
    r"|参加|列明|发生|支出|涉及|共计?|累计|合计|按规定|的|其中|其他)*"
)
_TRAVEL = regex.compile(_LED + r"因?公?出国（境）(?:团组)?数?")
_GUESTS = regex.compile(
    _LED + r"(?:国（境）外|国内|国外)?(?:公务|外事|外宾)?接待"
    r"(?:共|国内|国外|国（境）外|外宾|来访|团组|公务|批次)*数?"
)
_CARS = regex.compile(_LED + r"(?:更新|购置|新购|购买|购入)+(?:公务用车|车辆|公车)数?量?")
_OF_PEOPLE = regex.compile(
    r"(?:接待|来访)?(?:人数|人员|人次|来宾|外宾|来访外宾|来访人员|国内来宾)?|因?公?出国(?:（境）)?(?:人数)?"
)
# 召开会议11个、参加会议643人次; 组织培训9期，培训782人次
_GATHERED = regex.compile(
    _LED + r"(?:召开|组织|举办|开展|参加|参与)*(?:会议|培训班?)(?:人数|人次|人员)?"
)
_WHERE = regex.compile(r"(?P<abroad>外宾|外事|国（境）外|国\(境\)外|国外)|(?P<inland>国内)")
_ASIDE = regex.compile(r"[（(][^（）()]*\d[^（）()]*[）)]")  # （含外宾接待支出0.00万元）
_ELSE = regex.compile(r"上年|去年|年初|计划|拟|比|较|增加|减少|预算")
_BESIDE = regex.compile(r"(?:[（(][^（）()]*[）)])?[，,、]?(?:[^，,、；;。（）()\d]|（境）){0,12}")
_UNITS = frozenset({"个", "次", "批", "批次"})
_TIMES = _UNITS | frozenset({"场", "场次", "期", "期次"})
_PERSONS = frozenset({"人", "人次"})
_INLAND, _ABROAD, _ALL = "国内公务接待", "国（境）外公务接待", "公务接待"
# The items of what was paid for each; a cost of all guests is one of theirs where it is 0.
_COSTS = MappingProxyType(
    {
        GROUPS: frozenset({"因公出国（境）费"}),
        PEOPLE: frozenset({"因公出国（境）费"}),
        BOUGHT: frozenset({"公务用车购置费"}),
        KEPT: frozenset({"公务用车运行维护费"}),
        _INLAND: frozenset({"国内公务接待", "国内公务接待费", "国内公务接待支出", "国内接待费"}),
        _ABROAD: frozenset({"外宾接待支出", "外事接待支出", "外宾接待费", "国（境）外公务接待"}),
        _ALL: frozenset({"公务接待费"}),
    }
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of the “三公”经费: ``item`` as tables call it, ``cost`` what was paid for it.

    ``part`` says that the cost is for more than what was counted.
    """

    claim: Claim
    item: str
    cost: Claim | None = None
    part: bool = False

    @property
    def figure(self) -> Figure | None:
        """What it is about, as the table of the “三公”经费 has it."""
        own = self.claim.figure
        return replace(own, item=self.item, fund="全部") if own is not None else None


@once
def counted(ledger: Ledger) -> Iterator[Counted]:
    """The counts of a document that are surely of this year's “三公”经费, in text order."""
    groups: list[Counted] = []
    for count in ledger.of_kind(Kind.COUNT):
        item = _item(ledger, count)
        if item is not None:
            groups.append(_with_cost(ledger, count, item))
            yield groups[-1]
            continue
        told = (_people(ledger, group, count) for group in groups[:-3:-1])
        people = next((each for each in told if each is not None), None)
        if people is not None:
            yield people


def parties(ledger: Ledger) -> Iterator[tuple[Counted, Counted]]:
    """The groups and the people in them, as they are told side by side."""
    groups: list[Counted] = []
    for each in counted(ledger):
        if not each.item.endswith("人次"):
            groups.append(each)
            continue
        mine = (one for one in groups[:-3:-1] if _follows(ledger, one.claim, each.claim))
        group = next(mine, None)
        if group is not None:
            yield group, each


def _item(ledger: Ledger, count: Claim) -> str | None:
    """What a count of groups, visits or cars is called; None for any other."""
    if count.figure is None or count.quantity is None:
        return None
    if count.figure.year not in (None, ledger.document.year):
        return None
    clause = count.clause
    name, unit = count.figure.item, count.quantity.unit.text
    if _ELSE.search(clause):
        return None
    if name == KEPT and unit in ("辆", "台"):
        return KEPT
    if is_cause(ledger.patterns, count):
        return None
    if unit in ("辆", "台"):
        return BOUGHT if _CARS.fullmatch(name) else None
    if _GATHERED.fullmatch(name):
        return _gathered(ledger, count, "会议" if "会议" in name else "培训")
    if unit in _UNITS and _TRAVEL.fullmatch(name):
        return GROUPS
    return f"{_of_guests(count)}批次" if unit in _UNITS and _GUESTS.fullmatch(name) else None


def _gathered(ledger: Ledger, count: Claim, what: str) -> str | None:
    """What a count of meetings or courses is called, where their cost is told before it."""
    assert count.quantity is not None
    unit = count.quantity.unit.text
    if _cost(ledger, count, frozenset({f"{what}费"})) is None:
        return None
    held = "召开" if what == "会议" else "组织"
    names = {f"{held}{what}次数": _TIMES, f"参加{what}人次": _PERSONS}
    return next((name for name, units in names.items() if unit in units), None)


def _of_guests(count: Claim) -> str:
    """From where the guests were, as the count's own words or those before it say."""
    assert count.figure is not None
    before = _ASIDE.sub("", count.lead)
    said = list(_WHERE.finditer(f"{before}{count.figure.item}"))
    if not said:
        return _ALL
    return _ABROAD if said[-1]["abroad"] else _INLAND


def _people(ledger: Ledger, group: Counted, count: Claim) -> Counted | None:
    """The people beside their groups: 团组1个、4人次."""
    if count.quantity is None or count.quantity.unit.text not in _PERSONS:
        return None
    assert group.claim.figure is not None
    name = count.figure.item if count.figure is not None else ""
    own = name == group.claim.figure.item or _OF_PEOPLE.fullmatch(name) or _is_led(name)
    if group.item in (KEPT, BOUGHT) or not own or not _follows(ledger, group.claim, count):
        return None
    item = PEOPLE if group.item == GROUPS else group.item.replace("批次", "人次")
    named = replace(count, figure=replace(group.claim.figure, item=item))
    found = _with_cost(ledger, named, item)
    return replace(found, claim=named)


def _is_led(name: str) -> bool:
    return bool(_TRAVEL.fullmatch(name) or _GUESTS.fullmatch(name))


def _follows(ledger: Ledger, one: Claim, two: Claim) -> bool:
    between = text_between(ledger, one.where.end, two.where.start)
    return one.is_beside(two) and bool(_BESIDE.fullmatch(between))


def _with_cost(ledger: Ledger, count: Claim, item: str) -> Counted:
    """The count with the last amount before it in its paragraph that was paid for it."""
    kind = item.removesuffix("批次") if item in _COSTS else item[: -len("批次")]
    kinds = (kind, _ALL) if kind in (_INLAND, _ABROAD) else (kind,)
    for each in kinds:
        cost = _cost(ledger, count, _COSTS.get(each, frozenset()))
        if cost is not None:
            return Counted(count, item, cost, part=each != kind)
    return Counted(count, item)


def _cost(ledger: Ledger, count: Claim, items: frozenset[str]) -> Claim | None:
    assert count.figure is not None
    found = [
        claim
        for claim in ledger.around(count, Kind.AMOUNT)
        if claim.where.start < count.where.start
        and claim.figure is not None
        and claim.figure.item in items
        and claim.figure.year == count.figure.year
        and (claim.figure.measure not in BUDGETS or ledger.document.kind == "预算")
        and not is_cause(ledger.patterns, claim)
    ]
    return found[-1] if found else None
