"""What several amounts are said to come to: 会议费3.00万元，培训费1.00万元，两项合计4.00万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.claims.numerals import read_numeral
from narrcheck.ledger.lists import PartList, adds_up, is_alike, name_of
from narrcheck.ledger.runs import runs

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_NUMBER = r"(?P<number>[两二三四五六七八九十]|\d)[项类者个]"
_STARTS = regex.compile(_NUMBER)
_IN_ALL = regex.compile(
    rf"(?:上述|以上)?{_NUMBER}(?:经费|支出|费用|资金)?(?:合计|共计|总计)[为共]?$"
)


def how_many(words: str) -> int:
    """How many things words begin with are said to be: 2 for 两项合计; 0 where none are."""
    said = _STARTS.match(words)
    return _number(said) if said is not None else 0


def sums_of_several(ledger: Ledger) -> Iterator[PartList]:
    """Amounts that 两项合计 stands before, with those that it adds up.

    They are the last ones of its sentence, but none that another was taken apart into; of more
    than it counts, soft. Where it has too few, they are those of its paragraph and year, if these
    are just so many and a 其中 takes none apart.
    """
    apart = {part.id for whole, parts in runs(ledger) if adds_up(whole, parts) for part in parts}
    for whole in ledger.of_kind(Kind.AMOUNT):
        said = _IN_ALL.search("".join(whole.lead.split()))
        count = _number(said) if said is not None else 0
        if count < 2:
            continue
        told = [
            each
            for each in ledger.around(whole, Kind.AMOUNT, Kind.PARTS)
            if each.where.start < whole.where.start
        ]
        beside = [
            each
            for each in told
            if each.kind is Kind.AMOUNT and each.is_beside(whole) and each.id not in apart
        ]
        if len(beside) >= count:
            parts = tuple(beside[-count:])
            yield PartList(whole, parts, complete=True, soft=len(beside) > count)
        elif parts := _of_paragraph(whole, told, count):
            yield PartList(whole, parts, complete=True)


def _of_paragraph(whole: Claim, told: Sequence[Claim], count: int) -> tuple[Claim, ...]:
    """The amounts told before in a paragraph, where they can only be those that are added up."""
    if whole.figure is None or any(each.kind is Kind.PARTS for each in told):
        return ()
    year = whole.figure.year
    parts = tuple(each for each in told if each.figure is not None and each.figure.year == year)
    names = {name_of(each) for each in parts}
    alike = all(is_alike(whole, each) for each in parts)
    return parts if alike and len(parts) == len(names) == count else ()


def _number(said: regex.Match[str]) -> int:
    return int(read_numeral(said["number"]) or said["number"])
