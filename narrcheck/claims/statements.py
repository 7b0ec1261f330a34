"""Claims that hold no number of their own: 大于预算数, 与上年持平, 主要包括, 没有…."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.claims.context import Base, Scope, base_figure, default_figure, item_figure
from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.reader import Reader, make_claim, measure_of, types_of, years_back
from narrcheck.claims.unsaid import budget_meant, subject_figure
from narrcheck.figure import TOTALS, Figure
from narrcheck.patterns.subjects import plain

_LIST_END = regex.compile(r"[。；;！!]")


# 收入包括：…；支出包括：…: each is all of the total that was stated before
_SIDE = regex.compile(r"(?:^|[。；;，])\s*(?:收入|支出)(?:按[^，。；：]{2,10})?\s*$")


# 其中，办公费、水费等均在 (公用经费5.00万元中列支)
_PAID_FROM = regex.compile(
    r"[：:，,\s]*+(?P<names>[^。；：:，,\s0-9][^。；：:，,0-9]{0,400}?)等?(?:均|都|全部)[在从由]\s*+"
)
_NAMES = regex.compile(r"[、，,]|及(?=[\u4e00-\u9fff（）()]{2,}费)")


_SIGNS = {
    "at_most": -1,
    "at_least": 1,
    "greater": 1,
    "less": -1,
    "equal": 0,
    "flat": 0,
    "nearly": 0,
}


def read_statement(
    match: Match, reader: Reader, scope: Scope, next_id: int
) -> tuple[list[Claim], Scope]:
    """A match that holds no number: 其中, 主要包括, 大于预算数, 与上年持平, 没有…."""
    kind = match.pattern.kind
    span = Capture(kind, match.start, match.end, reader.text[match.start : match.end], None)
    identity = f"c{next_id}"
    if kind == "parts":
        listed = _paid_from(match, span, reader, identity) or _only_names(
            match, span, reader, scope, identity
        )
        if listed is not None:
            return [listed], scope
        if not _gives_numbers(match, reader) or reader.text[: match.start].endswith("不"):
            return [], scope
        scope = _taken_apart(match, reader, scope)
        return _of_parts(span, reader, scope, identity)
    if kind == "list":
        return _read_list(match, span, reader, scope, identity)
    if kind == "zero":
        return _read_zero(match, span, reader, scope, identity)
    relation = match.get("relation")
    assert relation is not None
    return _read_relation(match, span, relation, reader, scope, identity)


def _of_parts(
    span: Capture, reader: Reader, scope: Scope, identity: str
) -> tuple[list[Claim], Scope]:
    """A 其中, which takes apart what was said last."""
    if scope.subject is None or not (scope.subject.item or scope.subject_claim):
        return [], scope
    claim = make_claim(Kind.PARTS, span, reader, identity, None, scope.subject)
    claim = replace(claim, whole=scope.subject_claim)
    return [claim], replace(scope, whole=scope.subject, whole_claim=scope.subject_claim)


def _read_list(
    match: Match, span: Capture, reader: Reader, scope: Scope, identity: str
) -> tuple[list[Claim], Scope]:
    """主要包括: of subjects, or, with amounts of other things, a 其中."""
    names = tuple(_listed_names(match.end, reader))
    if not names or scope.subject is None:
        return [], scope
    known = reader.context.lexicon.patterns.subjects
    if _gives_numbers(match, reader) and not any(plain(name) in known for name in names):
        return _of_parts(span, reader, scope, identity)
    claim = make_claim(Kind.LIST, span, reader, identity, None, scope.subject, names=names)
    return [claim], scope


def _only_names(
    match: Match, span: Capture, reader: Reader, scope: Scope, identity: str
) -> Claim | None:
    """A 其中 that gives no number and names only subjects: 公用经费…，其中：办公费、水费等."""
    if scope.subject is None or _gives_numbers(match, reader):
        return None
    names = tuple(_listed_names(match.end, reader))
    known = reader.context.lexicon.patterns.subjects
    if len(names) < 2 or not all(plain(name) in known for name in names):
        return None
    return make_claim(Kind.LIST, span, reader, identity, None, scope.subject, names=names)


def _paid_from(match: Match, span: Capture, reader: Reader, identity: str) -> Claim | None:
    """What is told to be paid from something named after it: 其中，办公费等均在公用经费…中列支."""
    paid = _PAID_FROM.match(reader.text, match.end)
    source = next(
        (
            each.get("item")
            for each in reader.matches
            if paid and each.start == paid.end() and each.get("item")
        ),
        None,
    )
    if paid is None or source is None:
        return None
    names = tuple(name for each in _NAMES.split(paid["names"]) if (name := "".join(each.split())))
    context = reader.context
    figure = item_figure(source.text, "", context.measure, context)
    return make_claim(Kind.LIST, span, reader, identity, None, figure, names=names)


def _read_zero(
    match: Match, span: Capture, reader: Reader, scope: Scope, identity: str
) -> tuple[list[Claim], Scope]:
    """本单位没有政府性基金收入; or 无上年决算数, said of what the sentence is about."""
    context = reader.context
    item, fund, year = match.get("item"), match.get("fund"), match.get("year")
    measure = measure_of(match.get("measure"), reader) or context.measure
    if item is not None:
        figure: Figure | None = item_figure(item.text, fund.text if fund else "", measure, context)
    else:
        figure = subject_figure(reader, scope, measure)
    if figure is None:
        return [], scope
    if year is None:
        claim = make_claim(Kind.ZERO, span, reader, identity, None, figure)
        return [claim], replace(scope, subject=figure, subject_claim=None)
    back = years_back(year, reader)
    figure = replace(figure, year=figure.year - back if figure.year else None)
    return [make_claim(Kind.ZERO, span, reader, identity, None, figure)], scope


def _gives_numbers(match: Match, reader: Reader) -> bool:
    """Whether a 其中 or 包括 is followed by numbers: in its sentence, or in the next paragraphs."""
    if not reader.text[match.end :].strip("：: "):
        return True
    sentence = reader.sentence_of(match.start)
    return any(
        number.quantity is not None
        and number.start >= match.end
        and reader.sentence_of(number.start) == sentence
        for number in reader.numbers
    )


def _taken_apart(match: Match, reader: Reader, scope: Scope) -> Scope:
    """The scope with what a 其中 takes apart as its subject.

    Where nothing was stated before, or where a list of parts ends in a 其中 that more paragraphs
    follow, that is what the section is about.
    """
    context = reader.context
    if _SIDE.search(reader.text, endpos=match.start):
        for known, claim in (
            (scope.whole, scope.whole_claim),
            (scope.subject, scope.subject_claim),
        ):
            if known is not None and known.item in TOTALS:
                return replace(scope, subject=known, subject_claim=claim)
    default = default_figure(context, context.measure)
    if default is None or reader.bracket(match.start) >= 0:
        return scope
    subject = scope.subject
    last = not reader.text[match.end :].strip("：: ")
    if subject is None or (last and _parts_named(default.item, match, reader) > 1):
        return replace(scope, subject=default, subject_claim=None)
    before = reader.text[: match.start].rstrip()
    own = scope.whole_claim is not None and int(scope.whole_claim[1:]) >= reader.first_id
    sentence = reader.sentence(len(before) - 1) if before else ""
    # 其中货物、服务…，分别占…。其中： is of none of those that 分别 told together
    again = last or "分别" in sentence
    if again and own and scope.whole is not None and before.endswith("。"):
        # 收入总计…，包括本年收入…、上年结转…。其中： is about what was taken apart already
        return replace(scope, subject=scope.whole, subject_claim=scope.whole_claim)
    return scope


def _parts_named(whole: str, match: Match, reader: Reader) -> int:
    """How many of the known parts of an item are named before a 其中 in its paragraph."""
    words = reader.context.lexicon.patterns.words
    parts = {part for each in words.parts if each.whole == whole for part in each.parts}
    named = (m.get("item") for m in reader.matches if m.end <= match.start)
    items = (words.items.get(name.text) for name in named if name is not None)
    return len({item.id for item in items if item is not None and item.id in parts})


def _read_relation(
    match: Match, span: Capture, relation: Capture, reader: Reader, scope: Scope, identity: str
) -> tuple[list[Claim], Scope]:
    context = reader.context
    left = measure_of(match.get("left"), reader) or context.measure
    figure = subject_figure(reader, scope, left)
    types = types_of(relation.text, reader)
    right = measure_of(match.get("right"), reader)
    base: Figure | None = None
    if right and figure is not None:
        back = years_back(match.get("year_of_right"), reader)
        measure = budget_meant(right, figure, scope)
        base = replace(figure, measure=measure, year=figure.year - back if figure.year else None)
    elif "last_year" in types:  # 同比持平
        base = base_figure(figure, Base(1), context) if figure else None
    elif scope.base is not None and scope.base_sentence == reader.sentence_of(match.start):
        base = base_figure(figure, scope.base, context) if figure else None
    else:
        return [], scope  # 保持一致 and the like, without anything to be the same as
    sign = next(_SIGNS[kind] for kind in _SIGNS if kind in types)
    return [make_claim(Kind.RELATION, span, reader, identity, None, figure, base, sign)], scope


def _listed_names(position: int, reader: Reader) -> Iterator[str]:
    """The names after 主要包括, up to the end of the sentence or the next semicolon."""
    stop = _LIST_END.search(reader.text, position)
    end = stop.start() if stop else len(reader.text)
    listed = reader.text[position:end]
    for number in reversed(reader.numbers):  # 办公费1.00万元 names 办公费
        if position <= number.start and number.end <= end and number.quantity is not None:
            listed = listed[: number.start - position] + listed[number.end - position :]
    for name in _NAMES.split(listed.lstrip("：: ")):
        name = "".join(name.split()).removesuffix("等").strip()
        if name:
            yield name
