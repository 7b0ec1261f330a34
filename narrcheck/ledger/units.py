"""How many units a document is of: 本级 and those below it, as it counts and as it lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.document import Table
from narrcheck.ledger.lists import text_between
from narrcheck.ledger.operand import Operand, exactly, of_claim, total

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

UNITS = frozenset({"个", "家"})
_JOIN = regex.compile(r"以及|和|及|与")
# 局本级, 部机关, 本级决算: the unit itself, the first of those that are listed
_ITSELF = r"(?:本级|本部|机关)(?:部门)?(?:预算|决算)?"
_OWN = regex.compile(rf"{_ITSELF}$")
# 局本级及所属3个单位, 局机关和下属单位3个
_NAMED = regex.compile(rf"{_ITSELF}(?:以及|和|及|与|外)[^。；;：:\d]*$")
_BELOW = r"(?:所属|下属|下辖|直属|二级|二层)*(?:预算|决算|事业|独立核算)*(?:单位|机构)"
_WHICH = regex.compile("(?:所属|下属|下辖|直属|局属|其他|其它|各)+")
_LED = regex.compile(
    r"[，,](?:具体)?(?:包括|即|分别[是为]|由)[：:]?(?P<names>[^。；;：:，,（(\d]+)"
)
_TELLS_OWN = regex.compile(r"(?:包括|由|即)[：:]?(?P<names>[^。；;：:，,（(\d]+)$")
_IN_ALL = regex.compile(rf"{_BELOW}(?:预算|决算)?(?:[（(][^（）()\d]*[）)])?[，,]共(?:计|有)?")
_EVERY_KIND = {"行政单位", "事业单位"}
_KINDS = regex.compile(rf"{_BELOW}(?:预算|决算)?(?:共同)?(?:组成|构成)。其中[，,：:]")
_ROW = regex.compile(
    r"[^\S\n]*(?P<number>\d{1,3})[^\S\n]*[.．、][^\S\n]*(?P<name>[^\d\s][^。；;\n]*)"
    r"[。；;]?[^\S\n]*(?:\n|$)"
)
_LAST = regex.compile(r"\s*?(?:\n|$|第?[一二三四五六七八九十]|[（(][一二三四五六七八九十])")
# Nothing but how they are listed: ，较上年无变化，详见下表：
_TABLE = regex.compile(
    r"(?:[，,](?:较|比|与)(?:上年|\d{4}年)[^，,。；;：:\n]*)?"
    r"[，,]?(?:具体|详细|单位|名单|名称|明细|情况|构成|组成|分别|包括|如|详|请|参?见|[是为]|下表?)*"
    r"(?:[：:]|(?<=下表)。?)\s*"
)
_COUNTED = regex.compile(r"单位(?:构成)?(?:为|有|共计|共有|合计|共)*\s*$")


@dataclass(frozen=True, slots=True)
class Composed:
    """A number of units, and what it is made up of: 本级, and those below it, or all kinds."""

    whole: Operand
    parts: tuple[Operand, ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A count of units, and the names of those that are listed below it, one in each line.

    ``table``: in a table that says so at its head.
    """

    count: Claim
    names: tuple[str, ...]
    table: bool


def composed(ledger: Ledger) -> Iterator[Composed]:
    """The numbers of units that are told with what they are made up of, in text order."""
    counts = [each for each in ledger.of_kind(Kind.COUNT) if _counts_units(each)]
    for one, two in pairwise(counts):
        if one.paragraph != two.paragraph:
            continue
        between = text_between(ledger, one.where.end, two.where.start)
        led = _LED.fullmatch(between)
        own = _own(led["names"], two) if led and one.is_beside(two) else None
        if own:  # 单位共4个，包括局本级和3个下属单位
            yield Composed(of_claim(one), (own, of_claim(two)))
        elif _IN_ALL.fullmatch(between):  # 包括局机关和2个事业单位，共3个
            yield from _in_all(one, two)
    yield from _by_kinds(ledger)


def _in_all(below: Claim, whole: Claim) -> Iterator[Composed]:
    led = _TELLS_OWN.search("".join(below.lead.split()))
    own = _own(led["names"], below) if led else None
    if own and below.is_beside(whole):
        yield Composed(of_claim(whole), (own, of_claim(below)))


def _by_kinds(ledger: Ledger) -> Iterator[Composed]:
    """由本级和2个下属单位组成。其中：行政单位1个，事业单位2个: those of all kinds are as many.

    公益一类事业单位2个, or the kinds of those below alone, need not be all: they only bear it out.
    """
    for among in ledger.of_kind(Kind.PARTS):
        counts = [each for each in ledger.around(among, Kind.COUNT) if _counts_units(each)]
        before = [each for each in counts if each.where.end <= among.where.start]
        parts = [each for each in counts if each.is_beside(among) and each not in before]
        if not before or len(parts) < 2:
            continue
        below = before[-1]
        led = _TELLS_OWN.search("".join(below.lead.split()))
        own = _own(led["names"], below) if led else None
        between = text_between(ledger, below.where.end, parts[0].where.start)
        kinds = [each.figure.item for each in parts if each.figure is not None]
        units = len(kinds) == len(parts) and all(each.endswith("单位") for each in kinds)
        if own and _KINDS.match(between) and units:
            whole = total((own, of_claim(below)), f"{own.label}与{below.text}")
            told = tuple(map(of_claim, parts))
            amount = sum(each.quantity.amount for each in told)
            sure = set(kinds) == _EVERY_KIND and amount != of_claim(below).quantity.amount
            if sure or amount == whole.quantity.amount:
                yield Composed(whole, told, (among,))


def _own(names: str, below: Claim) -> Operand | None:
    """How many units are named beside those that a count is of: mostly but 本级.

    None where it is not clear which names are of those that are counted.
    """
    joins = list(_JOIN.finditer(names))
    if not joins:
        return None
    first = names[: joins[-1].start()].split("、")
    rest = [each for each in names[joins[-1].end() :].split("、") if each]
    assert below.quantity is not None
    # 和2个下属单位, or 和甲、乙2个单位
    counted = all(map(_WHICH.fullmatch, rest)) or 1 < len(rest) == below.quantity.value
    if not any(_OWN.search(each) for each in first) or any(_JOIN.search(each) for each in first):
        return None
    return exactly(len(first), below.quantity.unit) if counted else None


def _counts_units(claim: Claim) -> bool:
    return claim.quantity is not None and claim.quantity.unit.text in UNITS


def names_itself(count: Claim) -> bool:
    """Whether 本级 is named before a count of units, which is of the others: 本级及所属3个单位."""
    return _counts_units(count) and bool(_NAMED.search("".join(count.lead.split())))


def listed_below(ledger: Ledger) -> Iterator[Listed]:
    """The counts of units behind which each of them has a row of a table or a numbered line."""
    text = ledger.document.text
    for count in ledger.of_kind(Kind.COUNT):
        if not _counts_units(count) or "其中" in count.lead or not _COUNTED.search(count.lead):
            continue
        led = _TABLE.match(text, count.where.end)
        if led is None:
            continue
        rows = _rows(ledger, led.end())
        names = rows or _lines(text, led.end())
        if len(names) > 1:
            yield Listed(count, names, table=bool(rows))


def _rows(ledger: Ledger, start: int) -> tuple[str, ...]:
    """The names in the table that begins right there, whose rows are numbered from 1 on."""
    below = (each for each in ledger.document.tables if each.where.start >= start)
    table = next(below, None)
    between = ledger.document.text[start : table.where.start] if table is not None else ""
    return _numbered(table) if table is not None and not between.strip("| \t\r\n") else ()


def _numbered(table: Table) -> tuple[str, ...]:
    head, *rows = ([each.text.strip() for each in row] for row in table.rows)
    if len(head) < 2 or head[0] != "序号" or "单位" not in head[1]:
        return ()
    in_order = [row[0] for row in rows] == [str(at) for at in range(1, len(rows) + 1)]
    return tuple(row[1] for row in rows) if in_order and all(row[1] for row in rows) else ()


def _lines(text: str, start: int) -> tuple[str, ...]:
    """The names of the lines right there that are numbered from 1 on; none where they go on."""
    names: list[str] = []
    while row := _ROW.match(text, start):
        if int(row["number"]) != len(names) + 1:
            return ()
        names.append(row["name"].strip())
        start = row.end()
    return tuple(names) if _LAST.match(text, start) else ()
