"""The kinds of faults there are, and where in a document each can be planted.

Every fault is certainly wrong: the digits that stand for it and those of what bears the number
out have no amount in common, however both were rounded. Only ``truncated`` is one off in the last
place, where rounding would have given the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from corpus.making import numbers, wordings
from corpus.making.ground import Fault, Ground
from corpus.making.marks import Said

Plant = Callable[[Ground, Said, Random], Fault | None]


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of fault: its name, what is done, in which marks, and how."""

    name: str
    title: str
    marks: tuple[str, ...]
    plant: Plant


NUMBERS = ("amount", "ratio", "growth", "change", "count")
RATES = ("ratio", "growth")
MONEY = ("amount", "change")
SORTS = (
    Sort("digit", "一个数字写错", NUMBERS, numbers.one_digit),
    Sort("transposed", "两个数字写颠倒", NUMBERS, numbers.transposed),
    Sort("point", "小数点错一位", (*MONEY, *RATES), numbers.point),
    Sort("unit", "万元写成元", MONEY, numbers.smaller_unit),
    Sort("percent", "漏写百分号", RATES, numbers.without_percent),
    Sort("no-unit", "漏写单位", MONEY, numbers.without_unit),
    Sort("way", "增减写反", ("way",), wordings.way),
    Sort("order", "大于小于写反", ("order",), wordings.order),
    Sort("level", "有增减却写持平", ("order", "level"), wordings.level),
    Sort("swapped", "两个金额互换", ("amount",), numbers.swapped),
    Sort("last-year", "写成上年数", ("amount",), numbers.last_year),
    Sort("other-fund", "写成另一口径的数", ("amount",), numbers.other_fund),
    Sort("denominator", "增减率除以本年数", ("growth",), numbers.denominator),
    Sort("truncated", "末位截断，没有四舍五入", (*MONEY, *RATES), numbers.truncated),
    Sort("year", "年份没有改", ("year",), wordings.year),
    Sort("template", "增加（减少）没有选", ("way",), wordings.template),
    Sort("blank", "空着没有填", ("change", *RATES), wordings.blank),
    Sort("listed", "多列一个没有金额的科目", ("names",), wordings.listed),
    Sort("item", "科目名称写错", ("item",), wordings.item),
    Sort("table", "目录所列的表没有附", ("listed",), wordings.table),
    Sort("cell", "表中一个数写错", ("cell",), numbers.cell),
    Sort("mention", "前后两处不一致", ("amount",), numbers.mention),
)
NAMES = tuple(sort.name for sort in SORTS)


def sort_named(name: str) -> Sort:
    """The kind of fault of that name; raises KeyError."""
    return {sort.name: sort for sort in SORTS}[name]


def plant(ground: Ground, sort: Sort, random: Random) -> tuple[Ground, Fault] | None:
    """One fault of a kind at a place drawn from those there are, None where there is none."""
    places = [said for said in ground.printed.said if said.kind in sort.marks]
    random.shuffle(places)
    for said in places:
        fault = sort.plant(ground, said, random) if ground.is_free(said) else None
        if fault is not None and ground.takes(fault):
            return ground.with_fault(fault), fault
    return None


def planted(ground: Ground, names: tuple[str, ...], count: int, random: Random) -> Iterator[Fault]:
    """Up to ``count`` faults, of the kinds by turns; fewer where no place is left."""
    left = list(names)
    found = 0
    while left and found < count:
        name = left.pop(0)
        done = plant(ground, sort_named(name), random)
        if done is not None:
            ground, fault = done
            found += 1
            left.append(name)
            yield fault
