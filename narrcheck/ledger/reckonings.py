"""Sums that a text tells in its own words: 两项合计, 固定资产中, 按用途分, 原值 less 累计折旧."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.lists import PartList, is_closed, name_of, row_at, text_between
from narrcheck.ledger.ratios import are_joined, in_one_unit, threes
from narrcheck.ledger.several import sums_of_several
from narrcheck.ledger.tallies import tallies

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

# 行政编制30名，事业编制20名，编制合计50名: a total by the name that its parts end with
_TOTAL = regex.compile(r"[，,；;](?P<name>[^，,。；;：:、（()\d]{2,8})(?:合计|共计|总计)")
_BESIDE = regex.compile(r"[，,、；;][^，,。；;：:、（()\d]{2,20}")
_GROSS, _WORN, _NET = ("原值",), ("累计折旧", "累计摊销"), ("净值", "账面价值")
_NAMED = regex.compile(r"[，,、；;](?:固定资产|资产)?[^，,。；;：:、（()\d]{2,8}")
_OF_ONE = regex.compile(
    r"(?:^|[。；;])\s*(?P<name>[^，,。；;：:、（()\d\s]{2,12})中(?=[，,：:][^。；;\d]*$)"
)
_LEAD = 60  # characters, within which the name of a whole stands before its first part
_DIVIDED = regex.compile(r"[，,；;。]\s*按[^，,。；;：:、（()\d]{2,6}(?=[，,：:])")
_SHARED = regex.compile(r"[，,]占[^，,。；;（()]*[%％][（(]")


def reckonings(ledger: Ledger) -> Iterator[PartList]:
    """The wholes and parts that are told so, in the order of the ways to tell it."""
    yield from _totals(ledger)
    yield from sums_of_several(ledger)
    yield from _of_one(ledger)
    yield from _divided(ledger)
    yield from _in_brackets(ledger)


def net_values(ledger: Ledger) -> Iterator[tuple[Claim, Claim, Claim]]:
    """What assets are worth, what they cost, and what that has lost: 原值, 累计折旧, 净值."""
    for three in threes(ledger):
        gross, worn, net = three
        kinds = all(each.kind is Kind.AMOUNT for each in three)
        if not kinds or not in_one_unit(gross, worn) or not in_one_unit(worn, net):
            continue
        names = [each.figure.item if each.figure is not None else "" for each in three]
        told = all(map(str.endswith, names, (_GROSS, _WORN, _NET)))
        if told and are_joined(ledger, three, _NAMED, _NAMED):
            yield net, gross, worn


def _totals(ledger: Ledger) -> Iterator[PartList]:
    """A count of what the names of all counts right before it end with."""
    counts = list(ledger.of_kind(Kind.COUNT))
    for at, whole in enumerate(counts):
        parts: list[Claim] = []
        last = whole
        for part in reversed(counts[:at]):
            between = text_between(ledger, part.where.end, last.where.start)
            said = _TOTAL.fullmatch(between) if last is whole else _BESIDE.fullmatch(between)
            beside = said and part.is_beside(whole) and in_one_unit(part, whole)
            if not beside or not name_of(part).endswith(name_of(whole) or " "):
                break
            parts.insert(0, part)
            last = part
        if len(parts) > 1:
            yield PartList(whole, tuple(parts), complete=True)


def _of_one(ledger: Ledger) -> Iterator[PartList]:
    """固定资产中，房屋3.00万元，其他固定资产1.00万元: of what was stated before by that name."""
    text = ledger.document.text
    for first in ledger.of_kind(Kind.AMOUNT, Kind.COUNT):
        begin = max(first.where.start - _LEAD, 0)
        said = _OF_ONE.search(text, begin, first.where.start)
        named = (
            each
            for each in ledger.of_kind(first.kind)
            if each.paragraph == first.paragraph
            and each.where.start < first.where.start
            and said is not None
            and name_of(each).rpartition("有")[2] == said["name"]
        )
        whole = next(named, None)
        if whole is not None and said is not None:
            yield from _row(ledger, first, said.end(), whole)


def _divided(ledger: Ledger) -> Iterator[PartList]:
    """38辆，其中机关6辆、下属单位32辆；按用途分，…: of the same count once more."""
    wholes = {part.id: each.whole for each in tallies(ledger) for part in each.parts}
    counts = list(ledger.of_kind(Kind.COUNT))
    for last, first in pairwise(counts):
        said = _DIVIDED.match(ledger.document.text, last.where.end, first.where.start)
        whole = wholes.get(last.id, last)
        if said is not None and last.paragraph == first.paragraph and in_one_unit(whole, first):
            yield from _row(ledger, first, said.end(), whole)


def _row(ledger: Ledger, first: Claim, begin: int, whole: Claim) -> Iterator[PartList]:
    """The row from a place on, as all of a whole where it is closed."""
    parts = row_at(ledger, first, begin, whole)
    closed = is_closed(whole, parts)
    if len(parts) > 1:
        yield PartList(whole, parts, closed, soft=not closed)


def _in_brackets(ledger: Ledger) -> Iterator[PartList]:
    """基本支出9.00万元，占90%（人员经费8.00万元，公用经费1.00万元）: the known parts of it."""
    text = ledger.document.text
    for whole in ledger.of_kind(Kind.AMOUNT):
        opens = _SHARED.match(text, whole.where.end)
        if opens is None or whole.figure is None:
            continue
        parts = row_at(ledger, whole, opens.end(), whole)
        names = [name_of(each) for each in parts]
        for known in ledger.parts_of(whole.figure.item):
            if known.complete and sorted(names) == sorted(known.parts):
                yield PartList(whole, parts, complete=True)
