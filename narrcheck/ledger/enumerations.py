"""Names that are listed and counted: 内设机构包括甲股、乙股、丙股，共3个."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.operand import Operand, of_claim

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
    r"(?:[室科股处部局所站院队办组委馆校园厅会社司署团厂场段级关库]|中心|公司|基地|单位|纪检监察)$"
)
_UNITS = frozenset({"个", "家"})
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
        if count.quantity is None or count.quantity.unit.text not in _UNITS:
            continue
        sentence = "".join(count.sentence.split())
        at = len("".join(count.lead.split()))
        before = _BEFORE.search(_ASIDE.sub("", sentence[:at]))
        rest = sentence[at + len("".join(count.text.split())) :]
        after = _AFTER.search(_ASIDE.sub("", rest))
        led = before or after
        listed = led["names"] if led is not None else ""
        if listed and not _OPEN.search(listed):
            yield _enumeration(count, listed)


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
