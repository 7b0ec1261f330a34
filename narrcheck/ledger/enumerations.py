"""Names that are listed and counted: 内设机构包括甲股、乙股、丙股，共3个."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.operand import Operand, of_claim
from narrcheck.ledger.units import UNITS, Listed, listed_below

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_BEFORE = regex.compile(
    r"(?:包括|分别[为是]|具体为|即|设有|[：:])[：:]?(?P<names>[^。；;：:]+?)[，,]"
    r"(?:共计|总共|一共|合计|共)(?:有|设)?$"
)
_AFTER = regex.compile(
    r"^[^，,。；;：:、（）()\d]{0,16}[，,（(：:]?(?:具体)?(?:包括|分别[为是]|分别包括|为|即)[：:]?"
    r"(?P<names>[^。；;：:\d]+)[。；;]"
)
_ASIDE = regex.compile(r"[（(][^（）()]*[）)]")
_OPEN = regex.compile(r"\d|等|其中|以及|不含|不包括|除|均|[“”]")
_JOINED = regex.compile(r"和|与|及")
# What a unit or an office is called at its end; 文化、体育科 is one name with a 、 in it.
_OFFICE = regex.compile(
    r"(?:[室科股处部局所站院队办组委馆校园厅会社司署团厂场段级关库]|中心|公司|基地|单位|纪检监察"
    r"|政府|中学|小学|大学)$"
)
_COLON = regex.compile(r"^[：:](?P<names>[^。；;：:\d]+)[。；;]")
# 内设甲科、乙科、丙科3个科室
_RIGHT_BEFORE = regex.compile(
    r"(?:内设机构|内设|设有|下设|包括|即)[：:]?(?P<names>[^。；;：:，,]+、[^。；;：:，,]+?)(?P<etc>等)?$"
)
_OFFICES = regex.compile(
    r"^(?:(?:职能|内设|业务|二级|下属|所属|直属|预算|事业|内部)*(?:机构|科室|股室|处室|部门|单位|科|股|处)"
    r"|\p{Han}{0,6}中心)(?=[，,、。；;（()）和及与]|组成|构成|$)"
)
# 办公室、水政股2个股室: those of one sort; 办公室、水文站2个单位 may be the last ones alone
_ROOMS = regex.compile(r"(?:职能|内设|业务)*(?:科室|股室|处室)")
_ROOM = regex.compile("[室科股处办]$")
# 2个事业单位（甲中心、乙中心）
_IN_BRACKET = regex.compile(
    r"^(?:\p{Han}{0,6}(?:单位|机构|科室)(?:预算|决算)?)?[（(](?P<names>[^（）()\d]+)[）)]"
)
# （含甲中心、乙中心）, （正科级、副科级）, （全额拨款单位）: not all of them, or no names at all
_NO_NAME = regex.compile(
    r"^(?:含|包含|包括|其中)|[为是]|(?<!本)级(?:单位|机构)?$|(?:拨款|供给|一类|二类)(?:事业)?单位$"
)
_ITSELF = regex.compile(r"^.*(?:本级|机关)(?:和|及|与|以及)")
_BELOW = regex.compile(r"下属|所属|直属|下辖|下设|二级|二层")
_FEWEST = 3  # names of which to say that there are too many or too few


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A count and the names it counts; ``sure`` where they cannot be told apart otherwise."""

    count: Claim
    names: tuple[str, ...]
    sure: bool

    @property
    def operand(self) -> Operand:
        """How many names there are."""
        made = of_claim(self.count).quantity.like(Fraction(len(self.names)), 0)
        return Operand(made, f"{made.text}名称", because=f"列出的是：{'、'.join(self.names)}")


def enumerations(ledger: Ledger) -> Iterator[Enumeration]:
    """The counts whose things are named beside them, in text order."""
    for count in ledger.of_kind(Kind.COUNT):
        if count.quantity is None or count.quantity.unit.text not in UNITS:
            continue
        sentence = "".join(count.sentence.split())
        at = len("".join(count.lead.split()))
        rest = sentence[at + len("".join(count.text.split())) :]
        lead = _ASIDE.sub("", sentence[:at])
        before = _BEFORE.search(lead)
        behind = _ASIDE.sub("", rest)
        after = _AFTER.search(behind) or _COLON.search(behind)
        led = before or after
        listed = led["names"] if led is not None else ""
        if listed and not _OPEN.search(listed):
            yield _enumeration(count, listed)
        elif found := _right_before(count, lead, rest) or _in_bracket(count, rest):
            yield found
    for below in listed_below(ledger):
        sure = below.table or all(_OFFICE.search(_ASIDE.sub("", each)) for each in below.names)
        sure = sure and not _may_name_itself(below)
        yield Enumeration(below.count, below.names, sure)


def _right_before(count: Claim, lead: str, rest: str) -> Enumeration | None:
    """内设甲科、乙科、丙科3个科室; a 等 behind them may leave some out."""
    led = _RIGHT_BEFORE.search(lead)
    if led is None or not _OFFICES.search(rest):
        return None
    names = _ITSELF.sub("", led["names"])  # 包括局本级和甲中心、乙中心2个单位
    if "、" not in names or _OPEN.search(names):
        return None
    found = _enumeration(count, names)
    assert count.quantity is not None
    doubtful = any(_JOINED.search(each) or each.endswith("本级") for each in found.names)
    of_a_sort = _ROOMS.match(rest) and all(_ROOM.search(each) for each in found.names)
    may_be_of_last = len(found.names) > count.quantity.value and not of_a_sort
    sure = found.sure and not (led["etc"] or doubtful or may_be_of_last)
    return replace(found, sure=sure)


def _may_name_itself(below: Listed) -> bool:
    """2个下属单位 above three names, of which the first may be the unit itself."""
    assert below.count.quantity is not None
    one_more = len(below.names) - 1 == below.count.quantity.value
    return one_more and bool(_BELOW.search(below.count.clause))


def _in_bracket(count: Claim, rest: str) -> Enumeration | None:
    led = _IN_BRACKET.search(rest)
    if led is None or _OPEN.search(led["names"]):
        return None
    found = _enumeration(count, led["names"])
    clear = all(_OFFICE.search(each) and not _NO_NAME.search(each) for each in found.names)
    return replace(found, sure=clear and len(found.names) > 1)


def _enumeration(count: Claim, listed: str) -> Enumeration:
    """The names of a list; a 和 in the last joins two that are offices, or where that fits."""
    names = [each for each in regex.split("、" if "、" in listed else "[，,]", listed) if each]
    *others, last = names
    parted = [each for each in _JOINED.split(last, maxsplit=1) if each]
    assert count.quantity is not None
    apart = len(parted) > 1 and all(_OFFICE.search(each) for each in parted)
    if apart or len(others) + len(parted) == count.quantity.value:
        names = [*others, *parted]
    clear = all(_OFFICE.search(each) and len(each) < 30 for each in names)
    even = "、" not in listed or not regex.search("[，,]", listed)
    return Enumeration(count, tuple(names), clear and even and len(names) >= _FEWEST)
