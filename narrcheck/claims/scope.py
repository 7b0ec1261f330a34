"""Walks through what was read in a paragraph and makes claims, each with the figure it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from narrcheck.claims.claim import Claim, Kind, NoClaim, Unread
from narrcheck.claims.context import (
    BUDGET_MEASURES,
    Base,
    Context,
    Scope,
    base_figure,
    default_figure,
    entry_figure,
    item_figure,
    topic_figure,
)
from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.names import ENTRY
from narrcheck.claims.quantities import Number
from narrcheck.document import Where
from narrcheck.figure import Figure
from narrcheck.quantity import Quantity

_SENTENCE_END = regex.compile(r"[。！？!?]+[”’）)]*")
_CLAUSE_END = regex.compile(r"[，。；：、！？,;:!?（）()]")
# What stands before the first full stop or colon of a paragraph, if it is short.
_LEAD = regex.compile(r"^[^。：:，；]{2,30}[。：:]")
_LIST_END = regex.compile(r"[。；;！!]")
_NAMES = regex.compile(r"[、，,]|及(?=[\u4e00-\u9fff]{2,}费)")


@dataclass(frozen=True, slots=True)
class Reader:
    """One paragraph being read: its text, what was matched in it, and where sentences begin."""

    context: Context
    text: str
    matches: tuple[Match, ...]
    numbers: tuple[Number, ...]
    starts: tuple[int, ...]
    first_id: int

    def sentence_of(self, position: int) -> int:
        """Which sentence (from 0) a character stands in."""
        return bisect_right(self.starts, position) - 1

    def sentence(self, position: int) -> str:
        """The whole sentence around a character, without white space at its ends."""
        number = self.sentence_of(position)
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].strip()

    def in_brackets(self, position: int) -> bool:
        """Whether a character stands inside （…） that opens and closes in its sentence."""
        first = self.starts[self.sentence_of(position)]
        before = self.text[first:position]
        opened = max(before.rfind("（"), before.rfind("("))
        return opened > max(before.rfind("）"), before.rfind(")"))

    def where(self, start: int, end: int) -> Where:
        """The place in the document of characters of this paragraph."""
        paragraph = self.context.paragraph
        document = self.context.document
        return document.where(paragraph.offset(start), paragraph.offset(end - 1) + 1)


def make_reader(
    context: Context, matches: tuple[Match, ...], numbers: tuple[Number, ...], first_id: int
) -> Reader:
    """A reader of the context's paragraph; claims are numbered from ``first_id``."""
    text = context.paragraph.text
    starts = [
        0,
        *(match.end() for match in _SENTENCE_END.finditer(text) if match.end() < len(text)),
    ]
    return Reader(context, text, matches, numbers, tuple(starts), first_id)


def read_scope(reader: Reader, scope: Scope) -> tuple[tuple[Claim, ...], Scope]:
    """The claims of a paragraph, in text order, and the scope left for the next one."""
    claims: list[Claim] = []
    for match in reader.matches:
        made, after = _read_match(match, reader, scope, reader.first_id + len(claims))
        claims.extend(made)
        if not reader.in_brackets(match.start):
            scope = after  # what stands in brackets is an aside: the clause goes on without it
    return tuple(claims), scope


def leftovers(
    reader: Reader, claims: Sequence[Claim]
) -> tuple[tuple[NoClaim, ...], tuple[Unread, ...]]:
    """The numbers that became no claim: those that state nothing, and those not understood."""
    claimed = {claim.where.start for claim in claims if claim.quantity is not None}
    silent: list[NoClaim] = []
    unread: list[Unread] = []
    for number in reader.numbers:
        where = reader.where(number.start, number.end)
        text = "".join(reader.text[number.start : number.end].split())
        if number.quantity is None:
            silent.append(NoClaim(text, where, number.why))
        elif where.start not in claimed:
            unread.append(Unread(text, reader.sentence(number.start), where))
    return tuple(silent), tuple(unread)


def _read_match(
    match: Match, reader: Reader, scope: Scope, next_id: int
) -> tuple[list[Claim], Scope]:
    """The claims of one match (often one, none for a basis) and the scope after it."""
    if match.pattern.kind == "base":
        return [], _set_base(match, reader, scope)
    if match.pattern.kind:
        return _read_statement(match, reader, scope, next_id)
    claims: list[Claim] = []
    for capture in match.captures:
        if capture.number is None or capture.number.quantity is None:
            continue
        identity = f"c{next_id + len(claims)}"
        claim, scope = _read_number(capture, match, reader, scope, identity)
        claims.append(claim)
    return claims, scope


def _types(word: str, reader: Reader) -> frozenset[str]:
    return reader.context.lexicon.types.get(word, frozenset())


def _set_base(match: Match, reader: Reader, scope: Scope) -> Scope:
    base = Base(_years_back(match.get("year"), reader), _measure(match.get("measure"), reader))
    return replace(scope, base=base, base_sentence=reader.sentence_of(match.start))


def _years_back(capture: Capture | None, reader: Reader) -> int:
    """How many years before the reported one a word means: 1 for 上年, 0 without a word."""
    if capture is None:
        return 0
    if "last_year" in _types(capture.text, reader):
        return 1
    digits = regex.match(r"\s*(\d{4})", capture.text)
    year = reader.context.document.year
    return year - int(digits[1]) if digits and year is not None else 0


def _measure(capture: Capture | None, reader: Reader) -> str:
    words = reader.context.lexicon.patterns.words
    return words.measures.get(capture.text, "") if capture else ""


def _year_said(position: int, match: Match, reader: Reader) -> int | None:
    """The year a number stands under: its own, or the last one named before it in its sentence."""
    said = match.get("year")
    if said is not None and reader.context.document.year is not None:
        return reader.context.document.year - _years_back(said, reader)
    first = reader.starts[reader.sentence_of(position)]
    bases = [m for m in reader.matches if m.pattern.kind == "base" or m.get("prior")]
    year = reader.context.document.year
    for number in reader.numbers:
        inside = any(m.start <= number.start < m.end for m in bases)
        if first <= number.start < position and number.why == "日期" and not inside:
            text = reader.text[number.start : number.end].strip()
            if text.endswith(("年", "年度")) and text[:4].isdigit():
                year = int(text[:4])
    return year


def _read_number(
    capture: Capture, match: Match, reader: Reader, scope: Scope, identity: str
) -> tuple[Claim, Scope]:
    assert capture.number is not None
    assert capture.number.quantity is not None
    quantity = capture.number.quantity
    role = capture.role
    if role in ("amount", "count", "rate"):
        figure = _stated_figure(capture, match, reader, scope)
        claim = _claim(Kind(role), capture, reader, identity, quantity, figure=figure)
        if role != "amount":
            return claim, scope
        if figure is not None and scope.whole is not None and figure.item != scope.whole.item:
            claim = replace(claim, whole=scope.whole_claim)
        return claim, _after_amount(claim, scope)
    if role in ("prior", "budget_amount"):
        return _read_basis(capture, match, reader, scope, identity)
    if role == "share":
        figure, base = _share_figures(match, reader, scope)
        reason = None if base else "whole-unknown"
        claim = _claim(Kind.SHARE, capture, reader, identity, quantity, figure, base, reason=reason)
        if match.get("item") is not None and figure is not None:
            scope = replace(scope, subject=figure, subject_claim=None)
        return claim, scope
    if role == "completion":
        figure, base = _completion_figures(match, reader, scope)
        return _claim(Kind.COMPLETION, capture, reader, identity, quantity, figure, base), scope
    return _read_change(capture, match, reader, scope, identity)


def _claim(
    kind: Kind,
    capture: Capture,
    reader: Reader,
    identity: str,
    quantity: Quantity | None,
    figure: Figure | None = None,
    base: Figure | None = None,
    direction: int = 0,
    reason: str | None = None,
    names: tuple[str, ...] = (),
) -> Claim:
    if figure is None or (not figure.fund and kind not in (Kind.COUNT, Kind.RATE)):
        reason = reason or "item-unresolved"
    text = quantity.text if quantity else "".join(capture.text.split())
    return Claim(
        id=identity,
        kind=kind,
        text=text,
        sentence=reader.sentence(capture.start),
        where=reader.where(capture.start, capture.end),
        paragraph=reader.context.index,
        section=reader.context.path,
        quantity=quantity,
        figure=figure,
        base=base,
        direction=direction,
        names=names,
        reason=reason,
    )


def _stated_figure(capture: Capture, match: Match, reader: Reader, scope: Scope) -> Figure | None:
    """The figure an amount or a count states: by item, by measure, or by the words before it."""
    context = reader.context
    item, fund = match.get("item"), match.get("fund")
    measure = _measure(match.get("measure"), reader) or context.measure
    year = _year_said(capture.start, match, reader)
    figure: Figure | None
    if item is not None:
        figure = item_figure(item.text, fund.text if fund else "", measure, context)
    elif match.get("measure") is not None or match.get("year") is not None:
        figure = _of_measure(match, reader, scope, measure)
    else:
        name = _phrase_before(match.start, reader)
        figure = Figure(name, measure, year, "") if name else None
    return replace(figure, year=year) if figure else None


def _of_measure(match: Match, reader: Reader, scope: Scope, measure: str) -> Figure | None:
    """The figure of 年初预算为…: the subject's, or that of the 收入 or 支出 within the measure.

    收入预算 is always about 收入; 支出预算 is about 支出 where nothing else has been named.
    """
    fund = match.get("fund")
    said = fund.text if fund else ""
    words = match.get("measure")
    word = words.text if words is not None else ""
    subject = _subject(match.start, reader, scope, measure, said)
    if word.startswith("收入"):
        return item_figure("收入合计", said, measure, reader.context)
    unnamed = subject is None or not subject.item or subject.item.startswith("收入")
    if "支出" in word and unnamed:
        return item_figure("支出合计", said, measure, reader.context)
    return subject


def _subject(
    position: int, reader: Reader, scope: Scope, measure: str, fund: str = ""
) -> Figure | None:
    """What the clause at ``position`` is about where it names no item."""
    entry = _entry_before(position, reader, measure)
    if entry is not None:
        return entry
    if scope.subject is not None and not fund:
        return replace(scope.subject, measure=measure)
    figure = default_figure(reader.context, measure, fund)
    # Unnamed, but the same within its sentence: 全年预算数…万元，执行数…万元，完成预算的….
    return figure or Figure("", measure, reader.context.document.year, "")


def _entry_before(position: int, reader: Reader, measure: str) -> Figure | None:
    """The entry …（项）。, or the lead-in 1.公务接待费：, that a paragraph is about."""
    last = None
    for match in ENTRY.finditer(reader.text, 0, position):
        if match.group().strip():
            last = match.group()
    if last:
        return entry_figure(last, reader.context, measure)
    lead = _LEAD.match(reader.text)
    if lead and lead.end() <= position:
        return topic_figure(lead.group(), reader.context, measure)
    return None


def _phrase_before(position: int, reader: Reader) -> str:
    """The words just before a number, back to the last punctuation or number."""
    ends = [match.end() for match in _CLAUSE_END.finditer(reader.text, 0, position)]
    ends += [number.end for number in reader.numbers if number.end <= position]
    phrase = "".join(reader.text[max(ends, default=0) : position].split())
    for word in ("共计", "合计", "为", "共", "约", "是"):
        phrase = phrase.removesuffix(word)
    return phrase.strip("“”\"' ")


def _after_amount(claim: Claim, scope: Scope) -> Scope:
    figure = claim.figure
    if figure is None or not figure.item:
        return scope
    budget = figure if figure.measure in BUDGET_MEASURES else scope.budget
    return replace(scope, subject=figure, subject_claim=claim.id, budget=budget)


def _read_basis(
    capture: Capture, match: Match, reader: Reader, scope: Scope, identity: str
) -> tuple[Claim, Scope]:
    """An amount given inside a comparison: last year's, or the budget that was completed."""
    assert capture.number is not None
    context = reader.context
    if capture.role == "prior":
        scope = _set_base(match, reader, scope)
        assert scope.base is not None
        subject = _subject(match.start, reader, scope, context.measure)
        figure = base_figure(subject, scope.base, context) if subject else None
    else:
        measure = _measure(match.get("budget"), reader)
        figure = _subject(match.start, reader, scope, measure)
        scope = replace(scope, budget=figure)
    return _claim(Kind.AMOUNT, capture, reader, identity, capture.number.quantity, figure), scope


def _share_figures(
    match: Match, reader: Reader, scope: Scope
) -> tuple[Figure | None, Figure | None]:
    context = reader.context
    item, whole = match.get("item"), match.get("whole")
    fund, whole_fund = match.get("fund"), match.get("whole_fund")
    measure = scope.subject.measure if scope.subject else context.measure
    if item is not None:
        figure: Figure | None = item_figure(item.text, fund.text if fund else "", measure, context)
    else:
        figure = scope.subject
    if whole is not None:
        base = item_figure(whole.text, whole_fund.text if whole_fund else "", measure, context)
        if whole_fund is None and figure is not None and base.item == figure.item:
            base = replace(
                base, fund="全部"
            )  # 一般公共预算财政拨款支出 占 本年支出合计: of all funds
        return figure, base
    if match.get("whole_phrase") is not None:
        return figure, None
    default = default_figure(context, measure)
    for unsaid in (scope.whole, default):
        if unsaid is not None and figure is not None and unsaid.item != figure.item:
            return figure, unsaid
    return figure, None


def _completion_figures(
    match: Match, reader: Reader, scope: Scope
) -> tuple[Figure | None, Figure | None]:
    figure = _subject(match.start, reader, scope, reader.context.measure)
    if figure is None:
        return None, None
    measure = _measure(match.get("budget"), reader) or "预算数"
    return figure, replace(figure, measure=_budget_meant(measure, figure, scope))


def _budget_meant(measure: str, figure: Figure, scope: Scope) -> str:
    """完成预算 means the budget just stated for the item, whatever it was called there."""
    budget = scope.budget
    if measure == "预算数" and budget and budget.item == figure.item:
        return budget.measure
    return measure


def _read_change(
    capture: Capture, match: Match, reader: Reader, scope: Scope, identity: str
) -> tuple[Claim, Scope]:
    assert capture.number is not None
    context = reader.context
    item, fund = match.get("item"), match.get("fund")
    direction = match.get("direction")
    measure = _measure(match.get("measure"), reader) or context.measure
    figure: Figure | None
    if item is not None:
        figure = item_figure(item.text, fund.text if fund else "", measure, context)
        scope = replace(scope, subject=figure)
    else:
        figure = _subject(match.start, reader, scope, measure)
    if direction and "last_year" in _types(direction.text, reader):
        scope = replace(scope, base=Base(1), base_sentence=reader.sentence_of(match.start))
    base = base_figure(figure, scope.base or Base(1), context) if figure else None
    sign = -1 if direction and "down" in _types(direction.text, reader) else 1
    kind = Kind.CHANGE if capture.role == "change" else Kind.GROWTH
    quantity = capture.number.quantity
    claim = _claim(kind, capture, reader, identity, quantity, figure, base, direction=sign)
    return claim, scope


_SIGNS = {"greater": 1, "less": -1, "equal": 0, "flat": 0, "nearly": 0}


def _read_statement(
    match: Match, reader: Reader, scope: Scope, next_id: int
) -> tuple[list[Claim], Scope]:
    """A match that holds no number: 其中, 主要包括, 大于预算数, 与上年持平, 没有…."""
    context = reader.context
    kind = match.pattern.kind
    if kind == "parts":
        if scope.subject is not None and scope.subject_claim is not None:
            scope = replace(scope, whole=scope.subject, whole_claim=scope.subject_claim)
        return [], scope
    span = Capture(kind, match.start, match.end, reader.text[match.start : match.end], None)
    identity = f"c{next_id}"
    if kind == "list":
        names = tuple(_listed_names(match.end, reader))
        if not names:
            return [], scope
        claim = _claim(Kind.LIST, span, reader, identity, None, scope.subject, names=names)
        return [claim], scope
    if kind == "zero":
        item, fund = match.get("item"), match.get("fund")
        assert item is not None
        figure = item_figure(item.text, fund.text if fund else "", context.measure, context)
        return [_claim(Kind.ZERO, span, reader, identity, None, figure)], scope
    relation = match.get("relation")
    assert relation is not None
    return _read_relation(match, span, relation, reader, scope, identity)


def _read_relation(
    match: Match, span: Capture, relation: Capture, reader: Reader, scope: Scope, identity: str
) -> tuple[list[Claim], Scope]:
    context = reader.context
    left = _measure(match.get("left"), reader) or context.measure
    figure = _subject(match.start, reader, scope, left)
    right = _measure(match.get("right"), reader)
    base: Figure | None = None
    if right and figure is not None:
        back = _years_back(match.get("year_of_right"), reader)
        measure = _budget_meant(right, figure, scope)
        base = replace(figure, measure=measure, year=figure.year - back if figure.year else None)
    elif scope.base is not None and scope.base_sentence == reader.sentence_of(match.start):
        base = base_figure(figure, scope.base, context) if figure else None
    else:
        return [], scope  # 保持一致 and the like, without anything to be the same as
    types = _types(relation.text, reader)
    sign = next(_SIGNS[kind] for kind in _SIGNS if kind in types)
    return [_claim(Kind.RELATION, span, reader, identity, None, figure, base, sign)], scope


def _listed_names(position: int, reader: Reader) -> Iterator[str]:
    """The names after 主要包括, up to the end of the sentence or the next semicolon."""
    stop = _LIST_END.search(reader.text, position)
    listed = reader.text[position : stop.start() if stop else len(reader.text)]
    for name in _NAMES.split(listed.lstrip("：: ")):
        name = "".join(name.split()).removesuffix("等").strip()
        if name:
            yield name
