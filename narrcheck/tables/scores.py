"""The scores of a 绩效自评表: the points of every indicator, what was scored, and their totals.

The form is the same all over the country: 年度资金总额 with its points and score, under headers of
its own the indicators, 总分 at the end. The money counts for some of the points, mostly 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from narrcheck.figure import TableValue
from narrcheck.quantity import Dimension, Quantity, Unit
from narrcheck.tables.cells import PrintedNumber, is_blank, read_number
from narrcheck.tables.layout import Layout
from narrcheck.tables.proofs import Proofs, Sum, Way

POINTS = re.compile(r"(指标)?(分值|权重|标准分)(（.*）)?")
SCORE = re.compile(r"(自评)?(得分|自评分)(（.*）)?")
END = re.compile(r"总分|(总分)?合计|总计|自评(总分|得分)")
INDICATOR = "指标"  # stands in the header over the indicators, 一级指标, and not over the money
# A list of projects with a score a column: 产出得分（50分）, and at the end 总分.
PART = re.compile(r"(?!总|综合|自评得分|合计).{1,12}得分(?:（(?:满分)?(\d{1,3})分?）)?")
WHOLE = re.compile(r"(?:自评|综合)?总分|总得分|综合得分|合计得分|得分合计|自评得分")
FULL, LEAST, SHARE = 100, 3, 3
UNIT = Unit("分", Dimension.COUNT)

Pair: TypeAlias = tuple[TableValue, TableValue]


@dataclass(frozen=True, slots=True)
class _Form:
    """The pairs (points, score) of a form; ``certain``: each row with words had both."""

    money: tuple[Pair, ...]
    indicators: tuple[Pair, ...]
    total: Pair
    certain: bool


def score_proofs(index: int, layout: Layout) -> Proofs:
    """The sums and bounds of each form that was read without doubt (formula E01)."""
    sums: list[Sum] = []
    bounds: list[Pair] = []
    for form in _forms(index, layout):
        if form.certain and len(form.indicators) > 1:
            sums += _totals(form)
            bounds += [(score, points) for points, score in (*form.indicators, *form.money)]
    return Proofs(tuple(sums), bounds=tuple(bounds))


def score_rows(index: int, layout: Layout) -> tuple[Sum, ...]:
    """总分 of each project in a list, and the scores of its columns.

    That these are all there are is proven by their points, which make 100, or by most rows.
    """
    heads = {each.index: each.path[-1] if each.path else "" for each in layout.columns}
    points = {at: match[1] for at, text in heads.items() if (match := PART.fullmatch(text))}
    wholes = [at for at, text in heads.items() if WHOLE.fullmatch(text.partition("（")[0])]
    if len(points) < 2 or len(wholes) != 1:
        return ()
    columns = (*wholes, *points)
    found: list[Sum] = []
    for row in layout.body:
        numbers = [read_number(layout.texts[row][at]) for at in columns]
        scores = [
            _value(index, layout, row, at, heads[at], number)
            for at, number in zip(columns, numbers, strict=True)
            if number and number.unit in ("", "分")
        ]
        if len(scores) == len(columns):
            found.append(Sum(Way.ACROSS, scores[0], tuple(scores[1:])))
    holding = sum(each.fits for each in found)
    full = all(points.values()) and sum(map(int, points.values())) == FULL
    proven = holding >= LEAST and (len(found) - holding) * SHARE <= holding
    return tuple(found) if full or proven else ()


def _totals(form: _Form) -> Iterator[Sum]:
    """总分 against all pairs; without the money where both columns prove that it stands apart."""
    apart = [_sum(form.total[at], form.indicators, at) for at in (0, 1)]
    whole = [_sum(form.total[at], (*form.money, *form.indicators), at) for at in (0, 1)]
    yield from apart if all(each.fits for each in apart) else whole


def _sum(total: TableValue, pairs: Sequence[Pair], at: int) -> Sum:
    return Sum(Way.DOWN, total, tuple(pair[at] for pair in pairs))


def _forms(index: int, layout: Layout) -> Iterator[_Form]:
    """Every stretch of rows from a header with 分值 and 得分 down to its 总分."""
    columns: tuple[int, int] | None = None
    money: list[Pair] = []
    indicators: list[Pair] = []
    listing, certain = False, True
    seen: set[int] = set()
    for row, texts in enumerate(layout.texts):
        if found := _header(texts):
            columns, listing = found, any(INDICATOR in text for text in texts)
            continue
        if columns is None:
            continue
        pair = _pair(index, layout, row, columns)
        if pair and any(END.fullmatch(text) for text in texts):
            yield _Form(tuple(money), tuple(indicators), pair, certain)
            columns, money, indicators, listing, certain = None, [], [], False, True
        elif pair:
            (indicators if listing else money).append(pair)
            again = {each.where.start for each in pair}
            certain = certain and seen.isdisjoint(again)  # one score for several rows
            seen |= again
        elif listing and not all(is_blank(text) for text in texts):
            certain = False


def _header(texts: Sequence[str]) -> tuple[int, int] | None:
    """The columns of 分值 and 得分; the last of each where several stand side by side."""
    points = [at for at, text in enumerate(texts) if POINTS.fullmatch(text)]
    scores = [at for at, text in enumerate(texts) if SCORE.fullmatch(text)]
    before = [at for at in points if scores and at < scores[-1]]
    return (before[-1], scores[-1]) if before else None


def _pair(index: int, layout: Layout, row: int, columns: tuple[int, int]) -> Pair | None:
    """Points and score of a row, which in a text may stand one column further on."""
    for shift in (0, 1, -1):
        places = [at + shift for at in columns]
        if min(places) < 0 or max(places) >= len(layout.columns):
            continue
        numbers = [read_number(layout.texts[row][at]) for at in places]
        if all(number and number.unit in ("", "分") for number in numbers):
            points, score = (
                _value(index, layout, row, at, name, number)
                for at, name, number in zip(places, ("分值", "得分"), numbers, strict=True)
                if number
            )
            return points, score
    return None


def _value(
    index: int, layout: Layout, row: int, column: int, name: str, number: PrintedNumber
) -> TableValue:
    words = (text for text in layout.texts[row][:column] if text and read_number(text) is None)
    quantity = Quantity(f"{number.digits}分", number.value, UNIT, number.places, number.places)
    row_name = " ".join(dict.fromkeys(words))
    return TableValue(
        index, row, column, row_name, name, quantity, layout.cell(row, column).where, annex=True
    )
