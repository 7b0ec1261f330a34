"""Walks through what was read in a paragraph and makes claims, each with the figure it is about."""

from __future__ import annotations

from dataclasses import replace

from narrcheck.claims.claim import Claim, Kind
from narrcheck.claims.context import (
    BUDGET_MEASURES,
    PARTS,
    SPECIFIC_FUNDS,
    Base,
    Scope,
    base_figure,
    default_figure,
    item_figure,
)
from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.phrases import after_cause, number_in_clause, phrase_before
from narrcheck.claims.reader import Reader, make_claim, measure_of, types_of, years_back
from narrcheck.claims.stated import completion_figures, share_figures, stated_figure
from narrcheck.claims.statements import read_statement
from narrcheck.claims.topics import find_topics
from narrcheck.claims.unsaid import bound_figure, budget_meant, measure_figure, subject_figure
from narrcheck.figure import TOTALS, Figure

_ALL = frozenset({"支出合计", "收入合计"})


def read_scope(reader: Reader, scope: Scope) -> tuple[tuple[Claim, ...], Scope]:
    """The claims of a paragraph, in text order, and the scope left for the next one."""
    claims: list[Claim] = []
    bracket, outside = -1, scope
    topics = find_topics(reader)
    for match in reader.matches:
        while topics and topics[0][0] <= match.start:
            scope = replace(scope, subject=topics.pop(0)[1], subject_claim=None, budget=None)
        inside = reader.bracket(match.start)
        if inside != bracket:
            # What stands in brackets is an aside: the clause goes on as if it were not there.
            scope = outside if bracket >= 0 else scope
            bracket, outside = inside, scope
        made, scope = _read_match(match, reader, scope, reader.first_id + len(claims))
        claims.extend(made)
    return tuple(claims), outside if bracket >= 0 else scope


def _read_match(
    match: Match, reader: Reader, scope: Scope, next_id: int
) -> tuple[list[Claim], Scope]:
    """The claims of one match (often one, none for a basis) and the scope after it."""
    about, fund = match.get("about"), match.get("about_fund")
    of_fund = _fund_figure(fund, reader.context.measure, reader, scope) if about is None else None
    if of_fund is not None:
        scope = replace(scope, subject=of_fund, subject_claim=None)
    elif about is not None:
        said = fund.text if fund is not None else ""
        subject = item_figure(about.text, said, reader.context.measure, reader.context)
        told = scope.subject_claim if scope.subject == subject else None
        scope = replace(scope, subject=subject, subject_claim=told)
    elif match.pattern.kind == "base" or match.get("prior") is not None:
        scope = _of_its_own(match, reader, scope)
    if match.pattern.kind == "base":
        return [], _set_base(match, reader, scope)
    if match.pattern.kind:
        return read_statement(match, reader, scope, next_id)
    claims: list[Claim] = []
    for capture in match.captures:
        if capture.number is None or capture.number.quantity is None:
            continue
        identity = f"c{next_id + len(claims)}"
        claim, scope = _read_number(capture, match, reader, scope, identity)
        word = _word_of(claim, match, reader)
        if word is not None:
            claims.append(word)
            claim = replace(claim, id=f"c{next_id + len(claims)}")
        claims.append(claim)
    return claims, scope


def _word_of(claim: Claim, match: Match, reader: Reader) -> Claim | None:
    """What 决算数大于预算数2.00万元 says without its number: a relation of its own."""
    left, right = match.get("left"), match.get("right")
    if left is None or right is None:
        return None
    said = reader.text[left.start : right.end]
    span = Capture("relation", left.start, right.end, said, None)
    figure, base, sign = claim.figure, claim.base, claim.direction
    return make_claim(Kind.RELATION, span, reader, claim.id, None, figure, base, sign)


def _of_its_own(match: Match, reader: Reader, scope: Scope) -> Scope:
    """The scope for a comparison among causes, which are of things that they name themselves.

    主要原因是某某项目资金较上年减少…: not of what the sentence began with.
    """
    numbered = number_in_clause(match.start, reader)
    name = phrase_before(match.start, reader) if after_cause(match.start, reader) else ""
    context = reader.context
    measured = name in context.lexicon.patterns.words.measures  # 决算数较上年减少…
    if len(name) < 2 or measured or not numbered:  # 任务与上年持平 gives no number
        return scope
    own = Figure(name, context.measure, context.document.year, "")
    return replace(scope, subject=own, subject_claim=None)


def _set_base(match: Match, reader: Reader, scope: Scope) -> Scope:
    base = Base(years_back(match.get("year"), reader), measure_of(match.get("measure"), reader))
    return replace(scope, base=base, base_sentence=reader.sentence_of(match.start))


def _read_number(
    capture: Capture, match: Match, reader: Reader, scope: Scope, identity: str
) -> tuple[Claim, Scope]:
    assert capture.number is not None
    assert capture.number.quantity is not None
    quantity = capture.number.quantity
    role = capture.role
    if role in ("amount", "count", "rate"):
        figure = stated_figure(capture, match, reader, scope)
        claim = make_claim(Kind(role), capture, reader, identity, quantity, figure=figure)
        if role == "count" and figure is None:
            return claim, scope  # 累计0人次: the clause goes on about what it was about
        if role == "count" and after_cause(match.start, reader):
            return claim, scope  # 主要是新增人员2名: the paragraph goes on about its own
        if role == "count":
            return claim, replace(scope, subject=figure, subject_claim=claim.id)
        if role != "amount":
            return claim, scope
        if scope.whole is not None and figure is not None and _may_be_part(figure, scope.whole):
            claim = replace(claim, figure=_of_subject(figure, scope.whole), whole=scope.whole_claim)
        named = match.get("item") is not None
        return claim, _after_amount(claim, scope, reader.context.document.year, named=named)
    if role == "difference":
        figure = subject_figure(reader, scope, reader.context.measure)
        base = scope.budget
        said = scope.base_sentence == reader.sentence_of(match.start)
        if said and scope.base is not None and figure is not None:
            base = base_figure(figure, scope.base, reader.context)
        return make_claim(Kind.CHANGE, capture, reader, identity, quantity, figure, base), scope
    if role in ("prior", "budget_amount"):
        return _read_basis(capture, match, reader, scope, identity)
    if role == "share":
        figure, base = share_figures(match, reader, scope)
        reason = None if base else "whole-unknown"
        claim = make_claim(
            Kind.SHARE, capture, reader, identity, quantity, figure, base, reason=reason
        )
        if match.get("item") is not None and figure is not None:
            scope = replace(scope, subject=figure, subject_claim=None)
        return claim, scope
    if role == "completion":
        figure, base = completion_figures(match, reader, scope)
        if match.get("item") is not None:
            scope = replace(scope, subject=figure, subject_claim=None)
        kind = Kind.COMPLETION
        if figure is not None and base == figure:  # no number is completed by itself
            kind, base = Kind.SHARE, _budget_shared(match, figure, reader, scope)
        reason = None if base else "whole-unknown"
        return make_claim(
            kind, capture, reader, identity, quantity, figure, base, reason=reason
        ), scope
    return _read_change(capture, match, reader, scope, identity)


def _budget_shared(match: Match, figure: Figure, reader: Reader, scope: Scope) -> Figure | None:
    """The whole of a share of a budget: 占支出预算的36.6%, said of a part of the 支出.

    The 收入 or 支出 that the word names, else what was taken apart or what the section is about.
    """
    budget = match.get("budget")
    side = next((s for s in ("收入", "支出") if budget and budget.text.startswith(s)), "")
    if side:
        return item_figure(f"{side}合计", "", figure.measure, reader.context)
    for unsaid in (scope.whole, default_figure(reader.context, figure.measure)):
        if unsaid is not None and unsaid.item != figure.item:
            return unsaid
    return None


def _of_subject(part: Figure, whole: Figure) -> Figure:
    """综合医院（2100201）…，其中基本支出…: the 基本支出 of that subject, not all there is.

    公务接待费…（其中：一般公共预算支出…）: what that fund paid of it, as no table tells it.
    """
    if part.item in _ALL and part.fund in SPECIFIC_FUNDS and whole.item.endswith("费"):
        return replace(whole, item=f"{part.fund}支出", measure=part.measure, fund="", code="")
    if part.item not in PARTS or part.code or part.part or not whole.code or whole.part:
        return part
    return replace(whole, measure=part.measure, year=part.year, part=part.item)


def _may_be_part(figure: Figure, whole: Figure) -> bool:
    """Whether an amount can be of a part of a whole: not a total, nor a subject beside it."""
    if figure.item in TOTALS or figure.item == whole.item:
        return False
    beside = figure.code and whole.code and not figure.code.startswith(whole.code)
    return not beside or figure.code[0] != whole.code[0]


def _after_amount(claim: Claim, scope: Scope, year: int | None, *, named: bool) -> Scope:
    """The scope after an amount, ``named`` where its clause says of what it is."""
    figure = claim.figure
    if figure is None:  # what follows is not about what was said before
        return replace(scope, subject=Figure("", "", year, ""), subject_claim=claim.id)
    if figure.year != year:
        # an amount of another year stands beside: the clause goes on about this one
        if named and (scope.subject is None or scope.subject.item != figure.item):
            scope = replace(scope, subject=replace(figure, year=year), subject_claim=None)
        return replace(scope, other=figure)
    budget = figure if figure.measure in BUDGET_MEASURES else scope.budget
    return replace(scope, subject=figure, subject_claim=claim.id, budget=budget, other=None)


def _read_basis(
    capture: Capture, match: Match, reader: Reader, scope: Scope, identity: str
) -> tuple[Claim, Scope]:
    """An amount given inside a comparison: last year's, or the budget that was completed."""
    assert capture.number is not None
    context = reader.context
    if capture.role == "prior":
        scope = _set_base(match, reader, scope)
        if match.get("year") is None and match.get("measure") is None:
            scope = replace(scope, base=Base(1))  # 由…增加到…
        assert scope.base is not None
        item = match.get("item") if match.get("amount") is not None else None
        if item is not None:
            subject: Figure | None = item_figure(item.text, "", context.measure, context)
        else:
            subject = subject_figure(reader, scope, context.measure)
        figure = base_figure(subject, scope.base, context) if subject else None
    else:
        measure = measure_of(match.get("budget"), reader)
        figure = subject_figure(reader, scope, measure)
        scope = replace(scope, budget=figure)
    return make_claim(
        Kind.AMOUNT, capture, reader, identity, capture.number.quantity, figure
    ), scope


def _fund_figure(fund: Capture | None, measure: str, reader: Reader, scope: Scope) -> Figure | None:
    """一般公共预算拨款减少… is about the 收入 of that fund, where the text is about 收入."""
    context = reader.context
    told = scope.subject.item if scope.subject is not None else ""
    if fund is None or not (
        context.section.item.startswith("收入") or told.endswith("收入") or told == "收入合计"
    ):
        return None
    name = f"{fund.text}收入"
    known = name in context.lexicon.patterns.words.items
    return item_figure(name, "", measure, context) if known else None


def _read_change(
    capture: Capture, match: Match, reader: Reader, scope: Scope, identity: str
) -> tuple[Claim, Scope]:
    assert capture.number is not None
    context = reader.context
    item, fund = match.get("item"), match.get("fund")
    direction = match.get("direction")
    measure = measure_of(match.get("measure"), reader) or context.measure
    figure: Figure | None
    if item is not None:
        figure = item_figure(item.text, fund.text if fund else "", measure, context)
        scope = replace(scope, subject=figure)
    else:
        of_fund = _fund_figure(fund, measure, reader, scope)
        if of_fund is not None:
            scope = replace(scope, subject=of_fund, subject_claim=None)
        figure = bound_figure(match, reader, measure) or of_fund
        if figure is None and match.get("measure") is not None:
            figure = measure_figure(match, reader, scope, measure)
        figure = figure or subject_figure(reader, scope, measure)
        if scope.subject is None and figure is not None and figure.item:
            scope = replace(scope, subject=figure, subject_claim=None)
    right = match.get("right")
    if right is not None:  # 大于年初预算数2.00万元
        back = years_back(match.get("year_of_right"), reader)
        scope = replace(scope, base=Base(back, measure_of(right, reader)))
    if direction and "last_year" in types_of(direction.text, reader):
        scope = replace(scope, base=Base(1), base_sentence=reader.sentence_of(match.start))
    base = base_figure(figure, scope.base or Base(1), context) if figure else None
    if figure and base and scope.base and not scope.base.back:  # 较预算数增加
        base = replace(base, measure=budget_meant(base.measure, figure, scope))
    less = {"down", "less"}
    sign = -1 if direction and less & types_of(direction.text, reader) else 1
    kind = Kind.CHANGE if capture.role == "change" else Kind.GROWTH
    quantity = capture.number.quantity
    if direction is None and kind is Kind.CHANGE and quantity and not quantity.is_zero:
        sign = 0  # 变化3.00万元 says neither up nor down
    claim = make_claim(kind, capture, reader, identity, quantity, figure, base, direction=sign)
    return claim, scope
