"""The figures that the statements of a clause are about: of an amount, a share, a completion."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from narrcheck.claims.context import (
    BUDGET_MEASURES,
    PARTS,
    Scope,
    default_figure,
    item_figure,
    topic_figure,
    within_subject,
)
from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.numerals import read_numeral
from narrcheck.claims.phrases import bare, costs_before, moved_before, phrase_around
from narrcheck.claims.reader import Reader, measure_of, years_back
from narrcheck.claims.unsaid import (
    bound_figure,
    budget_meant,
    measure_figure,
    named_figure,
    subject_figure,
)
from narrcheck.figure import Figure

_UNTIL = regex.compile(r"截[至止]\s*$")
# 四项合计占…: what was just said, taken together
_TOGETHER = regex.compile(
    r"(?:[二两三四五六七八九十]|\d{1,2})[项类者个]\w{0,4}(?:[合共总]计|共)\s*$"
)
_ORDERS = regex.compile(r"(?:超出|超过|大于|高于|多于|低于|小于|少于|突破)\s*$")
_LEFTOVERS = frozenset({"年初结转和结余", "年末结转和结余"})
_LEFT = regex.compile("(?:结转(?:和?结余)?|结余)$")  # 财政拨款结转
_AS_OF = regex.compile(r"截[至止](?:\s?\d{4}\s?年)?\s?(\d{1,2})\s?月")


def stated_figure(capture: Capture, match: Match, reader: Reader, scope: Scope) -> Figure | None:
    """The figure an amount or a count states: by item, by measure, or by the words before it."""
    context = reader.context
    item, fund = match.get("item"), match.get("fund")
    measure = measure_of(match.get("measure"), reader) or context.measure
    year = _year_said(capture.start, match, reader)
    figure: Figure | None
    project = match.get("project")
    if project is not None:
        figure = Figure(bare("".join(project.text.split())), measure, year, "")
    elif item is not None and match.get("count") is not None and not _is_count(item.text, reader):
        figure = Figure("".join(item.text.split()), measure, year, "")  # 公务用车购置1辆: no cost
    elif item is not None and match.get("count") is None and _within_year(capture, reader):
        figure = Figure(item.text, measure, year, "")  # 截至6月30日支出5.00万元
    elif item is not None and (moved := moved_before(match, reader)):
        figure = Figure(f"{moved}{item.text}", measure, year, "")
    elif item is not None and fund is None and (costs := costs_before(item, reader)):
        figure = topic_figure(costs, context, measure) or Figure(costs, measure, year, "")
    elif item is not None:
        figure = named_figure(item, fund, reader, scope, measure)
    elif more := _more_than(match, reader):
        figure = Figure(more, measure, year, "")
    elif match.get("measure") is not None or match.get("year") is not None:
        figure = measure_figure(match, reader, scope, measure)
    else:
        name = phrase_around(capture, match, reader)
        known = topic_figure(name.removeprefix("含"), context, measure) if name else None
        known = known or _left_of_fund(name, capture, reader, scope)
        figure = known or (Figure(name, measure, year, "") if name else None)
    return replace(figure, year=year) if figure else None


def _more_than(match: Match, reader: Reader) -> str:
    """超出预算 in 超出预算5.00万元: by how much it is more is no budget; ``""`` where it is one."""
    measure = match.get("measure")
    if measure is None:
        return ""
    said = _ORDERS.search(reader.text[: measure.start])
    return f"{said[0].strip()}{measure.text}" if said else ""


def _left_of_fund(name: str, capture: Capture, reader: Reader, scope: Scope) -> Figure | None:
    """What is left of one fund, where a 其中 or a bracket takes apart what is left of all.

    年末结转和结余5.00万元，其中财政拨款结转3.00万元. A fund in a bracket after it is told so, too.
    """
    inside = reader.bracket(capture.start) >= 0
    whole = scope.subject if inside else scope.whole
    if whole is None or whole.item not in _LEFTOVERS or whole.code:
        return None
    said = _LEFT.sub("", name)
    fund = reader.context.lexicon.patterns.words.funds.get(said)
    return replace(whole, fund=fund) if fund else None


def _year_said(position: int, match: Match, reader: Reader) -> int | None:
    """The year a number stands under: its own, or the last one named before it in its sentence."""
    said = match.get("year")
    if said is not None and reader.context.document.year is not None:
        return reader.context.document.year - years_back(said, reader)
    first = reader.starts[reader.sentence_of(position)]
    # The years of comparisons, and of 无上年决算数, are those of other numbers.
    bases = [m for m in reader.matches if m.pattern.kind in ("base", "zero") or m.get("prior")]
    year = reader.context.document.year
    spans = {number.end for number in reader.numbers if number.why == "年份区间"}
    dates = (number for number in reader.numbers if number.why == "日期")
    for number in (date for date in dates if first <= date.start < position):
        inside = any(m.start <= number.start < m.end for m in bases) or number.start in spans
        counted = match.get("count") is not None and _UNTIL.search(reader.text, 0, number.start)
        text = reader.text[number.start : number.end].strip()
        # 截至2030年8月31日共有车辆 is of that year; elsewhere only a whole year says one.
        if counted or (not inside and text.endswith(("年", "年度"))):
            said_year = read_numeral(text[:4]) if not text[:4].isdecimal() else Decimal(text[:4])
            year = int(said_year) if said_year is not None else year
    return year


def _within_year(capture: Capture, reader: Reader) -> bool:
    """Whether an amount is that of a day within the year: 截至2022年6月30日."""
    start = reader.starts[reader.sentence_of(capture.start)]
    days = list(_AS_OF.finditer(reader.text, start, capture.start))
    return bool(days) and int(days[-1][1]) != 12


def _is_count(name: str, reader: Reader) -> bool:
    item = reader.context.lexicon.patterns.words.items.get(name)
    return item is not None and item.count


def share_figures(
    match: Match, reader: Reader, scope: Scope
) -> tuple[Figure | None, Figure | None]:
    context = reader.context
    item, whole = match.get("item"), match.get("whole")
    fund, whole_fund = match.get("fund"), match.get("whole_fund")
    measure = scope.subject.measure if scope.subject else context.measure
    if item is not None:
        figure: Figure | None = item_figure(item.text, fund.text if fund else "", measure, context)
    else:
        several = _TOGETHER.search(reader.text, endpos=match.start)
        name = "".join(several.group().split()) if several else ""
        together = Figure(name, measure, context.document.year, "") if name else None
        figure = together or bound_figure(match, reader, measure) or scope.subject
    if whole is not None:
        named = measure_of(match.get("whole_measure"), reader) or measure
        base = item_figure(whole.text, whole_fund.text if whole_fund else "", named, context)
        if whole_fund is None and figure is not None and base.item == figure.item:
            base = replace(
                base, fund="全部"
            )  # 一般公共预算财政拨款支出 占 本年支出合计: of all funds
        return figure, base
    phrase = match.get("whole_phrase")
    if phrase is not None:
        name = "".join(phrase.text.split()).removesuffix("的")
        said = next((part for part in sorted(PARTS) if name.endswith(part)), "")
        return figure, within_subject(name.removesuffix(said), said, measure, context)
    default = default_figure(context, measure)
    for unsaid in (scope.whole, default):
        if unsaid is not None and figure is not None and unsaid.item != figure.item:
            beside = unsaid.code and not figure.code.startswith(unsaid.code)
            if not (beside and figure.code):
                return figure, _whole_of_both(figure, unsaid, reader)
    return figure, None


def _whole_of_both(figure: Figure, other: Figure, reader: Reader) -> Figure:
    """What another figure is a part of beside this one, if it is; else the other itself.

    公务用车购置及运行维护费…，其中：…；公务接待费0.88万元，占1.59%: of “三公”经费.
    """
    for parts in reader.context.lexicon.patterns.words.parts:
        if {figure.item, other.item} <= set(parts.parts) and not other.code:
            return replace(other, item=parts.whole)
    return other


def completion_figures(
    match: Match, reader: Reader, scope: Scope
) -> tuple[Figure | None, Figure | None]:
    said = scope.subject.measure if scope.subject is not None else ""
    actual = said if said and said not in BUDGET_MEASURES else reader.context.measure
    item = match.get("item")
    figure: Figure | None
    if item is not None:
        figure = named_figure(item, match.get("fund"), reader, scope, actual)
    elif scope.other is not None and scope.other.measure not in BUDGET_MEASURES:
        figure = scope.other  # 2022年执行数2.10万元，执行率52.5%
    else:
        figure = subject_figure(reader, scope, actual)
    if figure is None:
        return None, None
    measure = measure_of(match.get("budget"), reader) or "预算数"
    return figure, replace(figure, measure=budget_meant(measure, figure, scope))
