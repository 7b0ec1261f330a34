"""What a clause means by the names it uses, with what it leaves unsaid filled in."""

from __future__ import annotations

from dataclasses import replace

from narrcheck.claims.context import (
    PARTS,
    SPECIFIC_FUNDS,
    Scope,
    default_figure,
    entry_figure,
    item_figure,
    within_subject,
)
from narrcheck.claims.entries import find_entries
from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.phrases import phrase_before
from narrcheck.claims.reader import Reader
from narrcheck.figure import Figure

_SPENT = frozenset({"支出", "本年支出", "当年支出"})


def named_figure(
    item: Capture, fund: Capture | None, reader: Reader, scope: Scope, measure: str
) -> Figure | None:
    """The figure of an item that a clause names: 支出 alone is that of what was said before."""
    if fund is None and (of_fund := _fund_received(item, reader, scope)):
        return item_figure("支出合计", of_fund, measure, reader.context)
    if fund is None and _says_only_spending(item, reader, scope):
        return _cost_of(subject_figure(reader, scope, measure), reader)
    before = phrase_before(item.start, reader) if item.text in PARTS else ""
    part = within_subject(before, item.text, measure, reader.context)
    return part or item_figure(item.text, fund.text if fund else "", measure, reader.context)


def _fund_received(item: Capture, reader: Reader, scope: Scope) -> str:
    """The fund whose income was just said: 政府性基金预算财政拨款收入5.00万元，支出5.00万元.

    本年支出 is of it beside its 本年收入 only, not beside 其中：政府性基金预算财政拨款收入.
    """
    subject = scope.subject
    if item.text not in _SPENT or subject is None:
        return ""
    if subject.item == "收入合计" and subject.fund in SPECIFIC_FUNDS:
        return subject.fund if _numbered_before(item, reader) else ""
    own = item.text == "支出" and subject.item.endswith("收入")
    named = (fund for fund in sorted(SPECIFIC_FUNDS) if own and subject.item.startswith(fund))
    return next(named, "")


def _says_only_spending(item: Capture, reader: Reader, scope: Scope) -> bool:
    """Whether 支出 stands for the spending on what its section is about, not for the total.

    Or on what its sentence has just counted: 公务接待13批次，支出0.74万元.
    """
    about = reader.context.section.item
    if item.text in ("支出", "收入") and about not in ("", "支出合计", "收入合计"):
        return True
    subject = scope.subject
    if item.text == "支出" and _is_of_entry(item, reader, scope):
        return True
    if item.text != "支出" or subject is None or subject.fund or not subject.item:
        return False
    return _numbered_before(item, reader)


def _numbered_before(item: Capture, reader: Reader) -> bool:
    """Whether a quantity stands before the item in its sentence."""
    here = reader.sentence_of(item.start)
    before = (each for each in reader.numbers if each.quantity and each.end <= item.start)
    return any(reader.sentence_of(each.start) == here for each in before)


def _is_of_entry(item: Capture, reader: Reader, scope: Scope) -> bool:
    """Whether an entry is what was last named: …（类）…（款）…（项）：支出5.00万元."""
    if scope.subject is None or not scope.subject.code:
        return False
    entries = (reader.text[start:end] for start, end in find_entries(reader.text, item.start))
    measure = scope.subject.measure
    named = [entry_figure(entry, reader.context, measure) for entry in entries]
    return bool(named) and named[-1].code == scope.subject.code


def _cost_of(figure: Figure | None, reader: Reader) -> Figure | None:
    """公务接待13批次，…支出…: of 公务接待费."""
    if figure is None or figure.fund:
        return figure
    name = f"{figure.item}费"
    if name not in reader.context.lexicon.patterns.words.items:
        return figure
    return item_figure(name, "", figure.measure, reader.context)


def measure_figure(match: Match, reader: Reader, scope: Scope, measure: str) -> Figure | None:
    """The figure of 年初预算为…: the subject's, or that of the 收入 or 支出 within the measure.

    收入预算 is always about 收入; 支出预算 is about 支出 where nothing else has been named.
    """
    fund = match.get("fund")
    said = fund.text if fund else ""
    words = match.get("measure")
    word = words.text if words is not None else ""
    if match.bound and not said:  # 某某项目全年预算数为…: a name that no list has
        name = phrase_before(match.start, reader)
        return Figure(name, measure, reader.context.document.year, "")
    subject = subject_figure(reader, scope, measure, said)
    if word.startswith("收入"):
        return item_figure("收入合计", said, measure, reader.context)
    unnamed = subject is None or not subject.item or subject.item.startswith("收入")
    if "支出" in word and unnamed:
        return item_figure("支出合计", said, measure, reader.context)
    return subject


def subject_figure(reader: Reader, scope: Scope, measure: str, fund: str = "") -> Figure | None:
    """What a clause is about where it names no item."""
    if scope.subject is not None and not fund:
        return replace(scope.subject, measure=measure)
    figure = default_figure(reader.context, measure, fund)
    # Unnamed, but the same within its sentence: 全年预算数…万元，执行数…万元，完成预算的….
    return figure or Figure("", measure, reader.context.document.year, "")


def bound_figure(match: Match, reader: Reader, measure: str) -> Figure | None:
    """What a clause is about by a name that no list has: 看护费减少…, 女职工占…."""
    name = phrase_before(match.start, reader) if match.bound else ""
    if name in reader.context.lexicon.patterns.words.measures:
        return None  # 决算数较上年减少: of what was said before
    return Figure(name, measure, reader.context.document.year, "") if name else None


def budget_meant(measure: str, figure: Figure, scope: Scope) -> str:
    """完成预算 means the budget just stated for the item, whatever it was called there."""
    budget = scope.budget
    if measure == "预算数" and budget and budget.item == figure.item:
        return budget.measure
    return measure
