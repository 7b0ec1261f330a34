"""Counts that are taken apart: the kinds that follow a 其中, and the 共 that follows its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger.in_all import alike, kind_of, totals
from narrcheck.ledger.lists import (
    PartList,
    adds_up,
    excess,
    is_closed,
    known_list,
    row_of,
    text_between,
)
from narrcheck.ledger.once import once
from narrcheck.ledger.operand import added, fits, of_claim
from narrcheck.ledger.units import names_itself
from narrcheck.patterns.lists import KnownList
from narrcheck.quantity import Dimension
from narrcheck.relation import Form

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

# Between a count and its 其中 may stand how it is beside last year's: 5辆，与上年持平，其中：
_BETWEEN = regex.compile(r"[，,。；;（(]?(?:[^\d。；;，,]{1,12}[，,])?")
# 比上年减少2辆
_CHANGE = regex.compile(r"[比较][^，。；\d]{1,12}(?:增加|减少)了?$")
_SHARE_BEHIND = regex.compile(r"[，,（(]?占(?:比|比例)?(?:为|达)?")
_NET = ("净增", "净增加")
_CAME, _WENT = ("新购", "购置", "新增", "更新", "购入"), ("报废", "处置", "减少", "调出")
_CLAUSE = regex.compile(r"[，,、。；;：:（）()\d]")


@once
def tallies(ledger: Ledger) -> Iterator[PartList]:
    """The lists of counts of a document, in text order; each 其中 gives one at most."""
    counts = [claim for claim in ledger.of_kind(Kind.COUNT) if claim.quantity is not None]
    found = (_after(ledger, among) for among in ledger.of_kind(Kind.PARTS))
    led = [each for each in found if each is not None]
    yield from led
    listed = {part.id for each in led for part in each.parts}
    yield from _shared_out(ledger, counts)
    yield from _unled(ledger, [count for count in counts if count.id not in listed], led)
    yield from totals(ledger, counts)
    yield from _mostly(ledger, counts)


def net_counts(ledger: Ledger) -> Iterator[tuple[Claim, Claim, Claim]]:
    """What came in all, what came and what went: 比上年净增1辆（新购2辆，报废1辆）."""
    counts = list(ledger.of_kind(Kind.COUNT))
    for net, came, went in zip(counts, counts[1:], counts[2:], strict=False):
        told = [each.figure.item if each.figure is not None else "" for each in (net, came, went)]
        beside = net.is_beside(came) and net.is_beside(went)
        same = alike(net, came) and alike(net, went)
        if beside and same and all(map(str.endswith, told, (_NET, _CAME, _WENT))):
            yield net, came, went


def name_of(ledger: Ledger, count: Claim) -> tuple[str, str]:
    """What a count is of: the words before it, and those after it: 共对6个项目."""
    before = count.figure.item if count.figure is not None else _last_name(ledger, count)
    text = "".join(ledger.document.text[count.where.end : count.where.end + 30].split())
    return before, _CLAUSE.split(text, maxsplit=1)[0]


def _last_name(ledger: Ledger, count: Claim) -> str:
    """The name of the count before one that has none: 国内公务接待62批次，513人次."""
    named = [
        each.figure.item
        for each in ledger.around(count, Kind.COUNT)
        if each.is_beside(count) and each.where.end <= count.where.start
        if each.figure is not None and "其中" not in each.sentence[each.at - 10 : each.at]
    ]
    return named[-1] if named else ""


def _after(ledger: Ledger, among: Claim) -> PartList | None:
    """The list that a 其中 gives of the count before it."""
    counts = [each for each in ledger.around(among, Kind.COUNT) if each.quantity is not None]
    before = [each for each in counts if each.where.end <= among.where.start]
    follows = next((each for each in counts if _follows(each, among)), None)
    if follows is None or not before:
        return None
    whole = before[-1]
    beside = _BETWEEN.fullmatch(text_between(ledger, whole.where.end, among.where.start))
    if not beside:
        whole = _told_before(ledger, before, follows) or whole
    if not (beside or whole is not before[-1]) or not alike(whole, follows):
        return None
    told = _told(ledger, among, whole, counts)
    whole = _that_fits(whole, before, told)
    kinds = [each for each in ledger.patterns.words.lists if _is_whole(ledger, whole, each)]
    row = row_of(ledger, among, whole, kinds)
    if names_itself(whole) and not adds_up(whole, row):
        return None  # 由局本级及所属3个单位组成，其中：行政单位1个，事业单位3个
    lists = [_of_kinds(known, whole, row) for known in kinds]
    lists.append(PartList(whole, row, complete=True) if is_closed(whole, row) else None)
    lists.append(_adding_up(whole, row))
    # 项目10个，其中一般公共预算项目8个，涉及资金…；政府性基金预算项目2个: no row, but all there is
    every = [each for known in kinds if (each := _of_kinds(known, whole, told)) is not None]
    closed = (each for each in every if each.complete or _may_be_all(each))
    lists = [*closed, *lists]
    for known in kinds:
        some = [each for each in told if kind_of(known, each) is not None]
        lists.append(_of_kinds(known, whole, some))
    found = next((each for each in lists if each is not None), None)
    return replace(found, among=among) if found is not None else None


def _that_fits(whole: Claim, before: Sequence[Claim], parts: Sequence[Claim]) -> Claim:
    """The count that the parts add up to: that before them, or one before it in their sentence.

    共6家，包括本级1家和下属单位5家；其中行政单位1家、事业单位5家.
    """
    if len(parts) < 2 or adds_up(whole, parts):
        return whole
    beside = [each for each in before[:-1] if each.is_beside(whole) and alike(each, whole)]
    return next((each for each in reversed(beside) if adds_up(each, parts)), whole)


def _told_before(ledger: Ledger, before: Sequence[Claim], part: Claim) -> Claim | None:
    """共有车辆31辆，比上年减少2辆，主要是报废旧车。其中，应急保障用车6辆: what a known kind is of.

    Only where nothing but a change of that count stands between.
    """
    if len(before) < 2 or not _CHANGE.search(before[-1].lead):
        return None
    whole = before[-2]
    known = [each for each in ledger.patterns.words.lists if _is_whole(ledger, whole, each)]
    return whole if any(kind_of(each, part) not in (None, -1) for each in known) else None


def _told(ledger: Ledger, among: Claim, whole: Claim, counts: Sequence[Claim]) -> list[Claim]:
    """The counts in the unit of the whole that a 其中 leads, up to the next 其中."""
    parts = ledger.around(among, Kind.PARTS)
    stops = (each.where.start for each in parts if _follows(each, among))
    stop = min(stops, default=None)
    return [
        each
        for each in counts
        if _follows(each, among) and alike(whole, each) and (stop is None or each.where.end <= stop)
    ]


def _may_be_all(found: PartList) -> bool:
    """Whether a list leaves hardly anything out, and tells of nothing beside its whole.

    在职人员149人，其中行政人员58人、事业人员91人；退休人员96人.
    """
    return found.likely and not excess(found.whole, found.parts)


def _of_kinds(known: KnownList, whole: Claim, parts: Sequence[Claim]) -> PartList | None:
    """The list of kinds that do not overlap; None where a part is of none, or of one again."""
    kinds = [kind_of(known, part) for part in parts]
    named = [kind for kind in kinds if kind != -1]
    if not parts or None in kinds or len(set(named)) != len(named):
        return None
    return known_list(known, whole, tuple(parts))


def _is_whole(ledger: Ledger, whole: Claim, known: KnownList) -> bool:
    before, after = name_of(ledger, whole)
    return before.endswith(known.wholes) or after.startswith(known.wholes)


def _adding_up(whole: Claim, row: Sequence[Claim]) -> PartList | None:
    """The first parts of a row, of whatever kinds, that are all there is of the whole."""
    for end in range(2, len(row) + 1):
        if adds_up(whole, row[:end]):
            return PartList(whole, tuple(row[:end]), soft=True)
    return None


def _unled(ledger: Ledger, counts: Sequence[Claim], led: Sequence[PartList]) -> Iterator[PartList]:
    """Kinds in one sentence, without a 其中, that add up to a count before in their paragraph.

    共对6个项目…。自评结果为“优”的项目5个，“良”的项目1个. They may be of other ones: then this
    says nothing; but not where what a 其中 lists (``led``) comes to as many: then the 6 is wrong.
    """
    for known in ledger.patterns.words.lists:
        groups: dict[tuple[int, str], list[Claim]] = {}
        for count in counts:
            if kind_of(known, count) not in (None, -1):
                groups.setdefault((count.paragraph, count.sentence), []).append(count)
        for (paragraph, _), parts in groups.items():
            wholes = [
                each
                for each in counts
                if each.paragraph == paragraph
                and each.where.end <= parts[0].where.start
                and each not in parts
                and alike(each, parts[0])
                and _is_whole(ledger, each, known)
            ]
            others = {each.whole.id: each.parts for each in led if each.among}
            fitting = [
                each
                for each in wholes
                if adds_up(each, parts) or _as_many(others.get(each.id, ()), parts)
            ]
            named = {kind_of(known, part) for part in parts}
            if fitting and len(parts) > 1:
                yield PartList(fitting[-1], tuple(parts), soft=True)
            elif len(wholes) == 1 and len(named) == len(parts) == len(known.parts):
                yield PartList(wholes[0], tuple(parts), complete=True)


def _shared_out(ledger: Ledger, counts: Sequence[Claim]) -> Iterator[PartList]:
    """“优”的13个，占76.47%，“良”的4个，占23.53%: all there are, for their shares come to 100%.

    They are of the last count before of which one of them has just the share it says.
    """
    groups: dict[tuple[int, str, str], list[tuple[Claim, Claim]]] = {}
    for part, share in _with_shares(ledger):
        assert part.quantity is not None
        key = (part.paragraph, part.sentence, part.quantity.unit.text)
        groups.setdefault(key, []).append((part, share))
    for pairs in groups.values():
        first = pairs[0][0]
        together = added(of_claim(share).wide for _, share in pairs)
        wholes = [
            each
            for each in counts
            if each.paragraph == first.paragraph
            and each.where.end <= first.where.start
            and alike(each, first)
            and any(fits(Form.RATIO, share, part, each) for part, share in pairs)
        ]
        if wholes and len(pairs) > 1 and Fraction(1) in together:
            yield PartList(wholes[-1], tuple(part for part, _ in pairs), complete=True)


def _with_shares(ledger: Ledger) -> Iterator[tuple[Claim, Claim]]:
    """The counts that a percentage follows right behind, with it."""
    numbers = [each for each in ledger.claims if each.quantity is not None]
    for part, share in pairwise(numbers):
        assert share.quantity is not None
        percent = share.quantity.unit.dimension is Dimension.PERCENT
        if part.kind is Kind.COUNT and percent and part.is_beside(share):
            between = text_between(ledger, part.where.end, share.where.start)
            if _SHARE_BEHIND.fullmatch(between):
                yield part, share


def _as_many(some: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Whether two lists of several counts come to the same number."""
    one, two = (
        [each.quantity for each in row if each.quantity is not None] for row in (some, others)
    )
    return len(one) > 1 and sum(each.amount for each in one) == sum(each.amount for each in two)


def _mostly(ledger: Ledger, counts: Sequence[Claim]) -> Iterator[PartList]:
    """其他用车4辆，其他用车主要为流动图书车2辆、巡查车1辆: not more than there are."""
    for at, whole in enumerate(counts[:-1]):
        item = whole.figure.item if whole.figure is not None else ""
        first = counts[at + 1].figure
        led = first is not None and item and first.item.startswith(f"{item}主要")
        if not led or not whole.is_beside(counts[at + 1]):
            continue
        parts = [counts[at + 1]]
        for part in counts[at + 2 :]:
            between = text_between(ledger, parts[-1].where.end, part.where.start)
            if not regex.fullmatch(r"[、和][^，,、。；;\d]{1,20}", between):
                break
            parts.append(part)
        if all(alike(whole, part) for part in parts):
            yield PartList(whole, tuple(parts))


def _follows(claim: Claim, among: Claim) -> bool:
    return claim.is_beside(among) and claim.where.start >= among.where.end
