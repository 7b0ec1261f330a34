"""What a 其中 lists: the parts of one whole, side by side, and whether nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import TOTALS
from narrcheck.ledger.once import once
from narrcheck.ledger.operand import Operand, added, of_claim, total
from narrcheck.patterns.lists import KnownList
from narrcheck.quantity import Quantity

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

# A bracket that holds no number is part of a name: 旅行车（含商务车）.
_ASIDE = r"[（(][^（）()0-9]*[）)]"
_NAME = rf"(?:[^，,、；;。：:（）()0-9％%]|{_ASIDE}){{1,30}}"
_FIRST = regex.compile(rf"[：:，,（(]?(?P<name>{_NAME})[：:]?")
_NEXT = regex.compile(
    rf"(?:{_ASIDE})?(?:[，,]占[^，,、；;。（）()]*[%％])?"
    rf"(?P<mark>[，,、；;]|和|及|以及)(?P<name>{_NAME})[：:]?"
)
_MARKS = {",": "，", ";": "；", "和": "、", "及": "、", "以及": "、"}
_WITHIN = regex.compile(r"[（(]含[^，,。；;（）()]{1,20}")
_CLOSES = regex.compile(r"\s*[）)]")
_SIDE = regex.compile(r"(?:^|[。；;，])(?:收入|支出)(?:按[^，。；：]{2,10})?$")
_ALL = regex.compile(r"\s*+(?:[（(]含[^（）()。]{1,30}[）)]\s*+)?[。；;]")
_BETWEEN = regex.compile(r"[，,。；;（(]?")
_BRACKETS = regex.compile(_ASIDE)
# A name with one of these words is of no part beside the others: a sum, a mean, a part of a part.
_NO_PART = regex.compile(
    r"其中|含|另|此外|人均|平均|单价|每|比|较|占|增加|减少|增长|下降|合计|共计|小计|总计|累计|完成"
    r"|授予|涉及|剩余|新增|新购|以上|以下|同比|预留|均为|均"
)

_REST = ("其他", "其它")
_MEAN = regex.compile(r"人均|平均|单价|每|均$")


@dataclass(frozen=True, slots=True)
class PartList:
    """A whole and the parts that are listed of it.

    ``complete`` says that nothing is left out, ``likely`` that hardly anything is; ``soft`` that
    the parts are not known to lie apart, and only bear each other out since they add up.
    ``among`` is the 其中 between them, where it is not told by the whole itself.
    """

    whole: Claim
    parts: tuple[Claim, ...]
    complete: bool = False
    likely: bool = False
    soft: bool = False
    among: Claim | None = None


@once
def part_lists(ledger: Ledger) -> Iterator[PartList]:
    """The lists of amounts whose parts do not overlap, in text order."""
    for among in ledger.of_kind(Kind.PARTS):
        whole = _taken_apart(ledger, among)
        parts = row_of(ledger, among, whole) if whole is not None else ()
        if whole is not None and len(parts) > 1 and not _overlap(ledger, whole, parts):
            yield PartList(whole, parts, is_closed(whole, parts))
    yield from _known_amounts(ledger)
    yield from _sides(ledger)


def _sides(ledger: Ledger) -> Iterator[PartList]:
    """收入包括：…；支出包括：…: each list is all of the total that was stated before."""
    for among in ledger.of_kind(Kind.PARTS):
        whole = ledger.by_id.get(among.whole or "")
        if whole is None or whole.figure is None or whole.figure.item not in TOTALS:
            continue
        parts = row_of(ledger, among, whole)
        lead = among.lead.rstrip()
        if (
            len(parts) > 1
            and _SIDE.search(lead)
            and _ALL.match(ledger.document.text, parts[-1].where.end)
        ):
            yield PartList(whole, parts, likely=True)


def excess(whole: Claim, parts: Sequence[Claim]) -> Operand | None:
    """The sum of parts that is more than their whole, whatever was rounded; else None."""
    assert whole.quantity is not None
    terms = [of_claim(part) for part in parts]
    slack = [_step(each) for each in (whole, *parts)]
    more = sum((term.quantity.amount for term in terms), Fraction(0)) - whole.quantity.amount
    if whole.quantity.hedge or any(term.quantity.hedge for term in terms) or more <= sum(slack):
        return None
    if len(terms) == 1:
        return terms[0]
    summed = total(terms, "")
    said = " + ".join(term.label for term in terms)
    return replace(summed, because=f"{said} = {summed.label}")


def _step(claim: Claim) -> Fraction:
    """How much rounding may hide: one of the last place that is printed; nothing in a count."""
    assert claim.quantity is not None
    return claim.quantity.wide.width


def _taken_apart(ledger: Ledger, among: Claim) -> Claim | None:
    """The number right before a 其中, where that is what it takes apart."""
    whole = ledger.by_id.get(among.whole or "")
    if whole is None or whole.quantity is None or whole.figure is None:
        return None
    if whole.kind is not Kind.AMOUNT or whole.paragraph != among.paragraph:
        return None
    between = text_between(ledger, whole.where.end, among.where.start)
    item = ledger.patterns.words.item(whole.figure.item)
    both_sides = item is not None and item.same_as
    return whole if _BETWEEN.fullmatch(between) and not both_sides else None


def text_between(ledger: Ledger, start: int, end: int) -> str:
    """The text between two places of the document, without white space."""
    return "".join(ledger.document.text[start:end].split())


def row_of(
    ledger: Ledger, among: Claim, whole: Claim, lists: Sequence[KnownList] = ()
) -> tuple[Claim, ...]:
    """The numbers that follow a 其中 and one another as parts of the whole, up to anything else."""
    return row_at(ledger, among, among.where.end, whole, lists)


def row_at(
    ledger: Ledger, beside: Claim, position: int, whole: Claim, lists: Sequence[KnownList] = ()
) -> tuple[Claim, ...]:
    """The row of numbers that begins at a place of the sentence of ``beside``.

    A kind of ``lists`` is a part whatever its name: 副部（省）级及以上领导用车.
    """
    found: list[Claim] = []
    marks = ""
    for claim in ledger.by_paragraph.get(beside.paragraph, ()):
        if not claim.is_beside(beside) or claim.where.start < position or claim.kind is Kind.SHARE:
            continue
        between = text_between(ledger, position, claim.where.start)
        aside = _CLOSES.match(ledger.document.text, claim.where.end)
        if found and aside is not None and _WITHIN.fullmatch(between):
            position = aside.end()  # 8.00万元（含上年结转2.00万元）、
            continue
        match = (_NEXT if found else _FIRST).fullmatch(between)
        if match is None or not is_alike(whole, claim):
            break
        mark = match["mark"] if found else ""
        mark = _MARKS.get(mark, mark)
        item = claim.figure.item if claim.figure is not None else ""
        known = any(each.kind(item) not in (None, -1) for each in lists)
        if not known and _NO_PART.search(_BRACKETS.sub("", match["name"])):
            break
        if marks and mark != marks:
            break
        found.append(claim)
        position, marks = claim.where.end, mark
    return tuple(found)


def is_alike(whole: Claim, part: Claim) -> bool:
    """Whether a number can be part of another: of its sort, its unit, its measure and year."""
    if part.kind is not whole.kind or part.quantity is None or part.figure is None:
        return False
    assert whole.quantity is not None
    if whole.figure is None:
        return part.quantity.unit == whole.quantity.unit
    same = part.figure.measure == whole.figure.measure and part.figure.year == whole.figure.year
    return same and part.quantity.unit == whole.quantity.unit and part.quantity.value >= 0


def _is_alike_but_for_unit(whole: Claim, part: Claim) -> bool:
    """Whether an amount is like another but in 元 for 万元: that may be a slip."""
    if whole.quantity is None or part.quantity is None:
        return False
    if part.quantity.unit.dimension is not whole.quantity.unit.dimension:
        return False
    return is_alike(whole, replace(part, quantity=part.quantity.in_unit(whole.quantity.unit)))


def known_list(known: KnownList, whole: Claim, parts: tuple[Claim, ...]) -> PartList:
    """A list of kinds that lie apart, with whether they are all kinds that there are."""
    names = {part.figure.item for part in parts if part.figure is not None}
    kinds = {known.kind(name) for name in names}
    complete = not known.closes.isdisjoint(names) or kinds >= set(range(len(known.parts)))
    likely = bool(known.required) and kinds >= known.required
    likely |= known.least > 0 and len(kinds - {None, -1}) >= known.least
    return PartList(whole, parts, complete, likely and not complete)


def _known_amounts(ledger: Ledger) -> Iterator[PartList]:
    """The amounts that are known to be kinds of one whole, wherever its text goes on about it."""
    by_whole: dict[str, list[Claim]] = {}
    for claim in ledger.of_kind(Kind.AMOUNT):
        if claim.whole is not None:
            by_whole.setdefault(claim.whole, []).append(claim)
    for identity, parts in by_whole.items():
        whole = ledger.by_id[identity]
        if whole.kind is not Kind.AMOUNT or whole.figure is None:
            continue
        for known in ledger.patterns.words.lists:
            if whole.figure.item in known.wholes:
                found = _of_kinds(ledger, known, whole, parts)
                if found is not None:
                    yield found


def _of_kinds(
    ledger: Ledger, known: KnownList, whole: Claim, parts: list[Claim]
) -> PartList | None:
    """The first amount of each kind; None where another thing is taken apart in their sentence."""
    found: dict[int, Claim] = {}
    for part in parts:
        kind = known.kind(part.figure.item) if part.figure is not None else None
        if kind is None or part.section != whole.section:
            continue
        if is_alike(whole, part) or _is_alike_but_for_unit(whole, part):
            found.setdefault(kind, part)
    if not found or _is_told_of_parts(ledger, whole, [found[kind] for kind in found]):
        return None
    beside = [
        part.figure.item
        for part in parts
        for each in found.values()
        if part.figure is not None and part.is_beside(each)
        if not _MEAN.search(part.figure.item) and not part.figure.item.startswith("含")
    ]
    lists = [each for each in ledger.patterns.words.lists if each.wholes == known.wholes]
    if any(all(each.kind(name) is None for each in lists) for name in beside):
        return None
    ordered = sorted(found.values(), key=lambda claim: claim.where.start)
    return known_list(known, whole, tuple(ordered))


def _is_told_of_parts(ledger: Ledger, whole: Claim, parts: list[Claim]) -> bool:
    """Whether ``parts.toml`` has just these parts of the whole: they are added up as such."""
    assert whole.figure is not None
    names = {part.figure.item for part in parts if part.figure is not None}
    return any(
        each.complete and names >= set(each.parts) for each in ledger.parts_of(whole.figure.item)
    )


def _overlap(ledger: Ledger, whole: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether a list tells the same money twice: by two divisions, or parts of parts.

    Some numbers in a row are all there is of the whole, or of the part before them; or tables have
    every number as it is.
    """
    quantities = [part.quantity for part in parts if part.quantity is not None]
    assert whole.quantity is not None
    for first in range(len(quantities)):
        for end in range(first + 1, len(quantities) + 1):
            row = quantities[first:end]
            if _make_up(whole.quantity, row) and len(row) < len(quantities):
                return True
            if first and _make_up(quantities[first - 1], row):
                return True
    items = {part.figure.item for part in parts if part.figure is not None}
    codes = [part.figure.code for part in parts if part.figure is not None and part.figure.code]
    nested = any(items & set(each.parts) for item in items for each in ledger.parts_of(item))
    nested = nested or any(a != b and b.startswith(a) for a in codes for b in codes)
    return nested or all(ledger.borne_out(claim) for claim in (whole, *parts))


def is_closed(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the last part is all the rest: 其他, or 其他 with the name that others end with."""
    name = name_of(parts[-1]) if parts else ""
    other = next((word for word in _REST if name.startswith(word)), "")
    rest = name.removeprefix(other)
    if not other or len(parts) < 2:
        return False
    if parts[-1].kind is Kind.AMOUNT:  # 其他支出 is a subject as well
        return not rest or (len(rest) > len("支出") and name_of(whole).endswith(rest))
    return not rest or any(name_of(each).endswith(rest) for each in (whole, *parts[:-1]))


def name_of(claim: Claim) -> str:
    """What a number is of, ``""`` where that is not known."""
    return claim.figure.item if claim.figure is not None else ""


def adds_up(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether counts are just what is counted in all."""
    quantities = [each.quantity for each in parts if each.quantity is not None]
    return whole.quantity is not None and _make_up(whole.quantity, quantities)


def _make_up(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    return not whole.is_zero and added(part.wide for part in parts).agrees(whole.wide)
