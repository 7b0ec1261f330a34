"""What a clause leaves unsaid: the figure its words mean in their section and place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from narrcheck.claims.entries import find_entries, is_entry, is_path
from narrcheck.claims.lexicon import Lexicon
from narrcheck.claims.names import Subject
from narrcheck.document import Document, Paragraph
from narrcheck.figure import Figure
from narrcheck.patterns.words import SectionPattern

_NUMBERING = regex.compile(r"^[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[）)]?[、.．]?(?:关于)?")
_TAIL = regex.compile(r"(?:预算|决算)?(?:支出)?(?:情况)?(?:的)?(?:说明)?[。：:，]?$")
# A subject with its code: 小学教育（2050202）.
_CODE = regex.compile(r"[（(](\d{3}(?:\d\d){1,2})[）)]")
# 2050299其他普通教育支出, also after a list number
_FIRST_CODE = regex.compile(r"\s*(?:\d{1,2}[.．、]\s*)?(2\d\d(?:\d\d){1,2})(?=[^\d.年])")
_AROUND = '。：:，“”"'
_BRACKETS = str.maketrans("()", "（）")
BUDGET_MEASURES = frozenset({"年初预算数", "全年预算数", "调整预算数", "预算数"})
# What tables part the amount of each subject into.
PARTS = frozenset({"基本支出", "项目支出", "人员经费", "公用经费"})
_WITHIN = regex.compile(r"(.+?)中的?")  # 农林水支出中的项目支出
SPECIFIC_FUNDS = frozenset({"一般公共预算", "政府性基金", "国有资本经营"})


@dataclass(frozen=True, slots=True)
class Base:
    """What a change is held against: years back, and the measure (``""``: as the figure's own)."""

    back: int
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole paragraph.

    ``heading`` is the figure a heading …（项） names, ``section`` what the titles above say.
    """

    document: Document
    lexicon: Lexicon
    index: int
    paragraph: Paragraph
    path: tuple[str, ...]
    section: SectionPattern
    heading: Figure | None

    @property
    def measure(self) -> str:
        """The measure meant where none is named."""
        return "预算数" if self.document.kind == "预算" else "决算数"

    @property
    def fund(self) -> str:
        """The fund meant where none is named."""
        return "全部" if self.section.fund == "三公" else self.section.fund


@dataclass(frozen=True, slots=True)
class Scope:
    """What has been said so far: carried from clause to clause, and to the next paragraph.

    ``subject`` is the figure last stated, ``budget`` the budget last stated, ``whole`` and
    ``whole_claim`` what a 其中 takes apart, ``base`` the last basis of comparison. ``other`` is the
    figure of the last amount where that was of another year.
    """

    subject: Figure | None = None
    budget: Figure | None = None
    whole: Figure | None = None
    whole_claim: str | None = None
    subject_claim: str | None = None
    base: Base | None = None
    base_sentence: int = -1
    other: Figure | None = None


def make_context(document: Document, lexicon: Lexicon, index: int) -> Context:
    """The context of the paragraph at ``index``."""
    paragraph = document.paragraphs[index]
    path = document.section_path(paragraph.section)
    sections = lexicon.patterns.words.sections
    found = [
        next(each for each in sections if (each.all or each.none) and each.matches(title))
        for title in reversed(path)
        if any((each.all or each.none) and each.matches(title) for each in sections)
    ]
    section = found[0] if found else sections[-1]
    if section.fund == "财政拨款":  # the outer title says which fund it is
        outer = next((each for each in found if each.fund in SPECIFIC_FUNDS), section)
        part = section.part  # （三）当年拨款具体使用情况
        section = replace(outer, item=section.item, part=part) if part else outer
    context = Context(document, lexicon, index, paragraph, path, section, None)
    return replace(context, heading=_heading(path[-1], context) if path else None)


def _heading(title: str, context: Context) -> Figure | None:
    """The figure an entry names in a heading such as ``3、…（类）…（款）…（项）。``."""
    for start, end in find_entries(title):
        return entry_figure(title[start:end], context, context.measure)
    return topic_figure(title, context, context.measure, leads=True)


def topic_figure(
    text: str, context: Context, measure: str, *, leads: bool = False
) -> Figure | None:
    """The figure of words that name an item and nothing else: ``1.因公出国（境）费用。``.

    Words that lead what follows may end with the 支出 of a name: ``（一）基本支出：``.
    """
    name = plain_topic(text)
    path = context.lexicon.names.entry(name, context.fund) if is_path(name) else None
    if path is not None:
        return _of_subject(path, measure, context.fund, context)
    words = context.lexicon.patterns.words
    whole = _whole_topic(text)
    name = whole if leads and whole in words.items else name
    code = _CODE.search(text) or _FIRST_CODE.match(text)
    subject = context.lexicon.names.with_code(code[1]) if code else None
    if subject is not None:
        return _of_subject(subject, measure, context.fund, context)
    if name in words.items or context.lexicon.names.find(
        name, economic=context.section.economic, fund=context.fund
    ):
        return item_figure(name, "", measure, context)
    return None


@lru_cache(maxsize=10_000)
def plain_topic(text: str) -> str:
    """A heading or lead-in without its numbering, quotes, punctuation, and 情况说明 at its end."""
    return _TAIL.sub("", _unnumbered(text)).strip(_AROUND)


def _whole_topic(text: str) -> str:
    """The same with the 支出 at its end, which may belong to its name: （一）基本支出：."""
    return _unnumbered(text).strip(_AROUND)


def _unnumbered(text: str) -> str:
    return _NUMBERING.sub("", _CODE.sub("", "".join(text.split()))).translate(_BRACKETS)


def entry_figure(text: str, context: Context, measure: str) -> Figure:
    """The figure of an entry …（类）…（款）…（项）; without a code where no table knows it."""
    subject = context.lexicon.names.entry(text, context.fund)
    year = context.document.year
    if subject is None:
        return Figure("".join(text.split()), measure, year, context.fund)
    return _of_subject(subject, measure, context.fund, context)


def _of_subject(subject: Subject, measure: str, fund: str, context: Context) -> Figure:
    """The figure of a subject of the classification, or of the part that its section is about."""
    part = "" if subject.economic else context.section.part
    return Figure(subject.item, measure, context.document.year, fund, subject.code, part)


def item_figure(text: str, fund: str, measure: str, context: Context) -> Figure:
    """The figure that a name means in this paragraph; ``fund`` is ``""`` where none is said."""
    if is_entry(text):
        return entry_figure(text, context, measure)
    words = context.lexicon.patterns.words
    year = context.document.year
    fund = _said_fund(fund, context)
    subject = context.lexicon.names.find(
        text, economic=context.section.economic, fund=fund or context.fund
    )
    item = words.items.get(text)
    if item is not None and not (context.section.economic and subject is not None):
        return Figure(item.id, measure, year, item.fund or fund or context.fund)
    if subject is not None:
        fund = fund or ("一般公共预算" if subject.economic else context.fund)
        return _of_subject(subject, measure, fund, context)
    return Figure(text, measure, year, "")


def within_subject(phrase: str, part: str, measure: str, context: Context) -> Figure | None:
    """The ``part`` of a subject, as 农林水支出中的 before 项目支出 says; None where none does."""
    said = _WITHIN.fullmatch(phrase) if part in PARTS else None
    whole = topic_figure(said[1], context, measure) if said else None
    return replace(whole, part=part) if whole is not None and whole.code else None


def _said_fund(fund: str, context: Context) -> str:
    """财政拨款支出 in a section on 一般公共预算 means that fund (formula C05)."""
    name = context.lexicon.patterns.words.funds.get(fund, "")
    if name == "财政拨款" and context.fund in SPECIFIC_FUNDS:
        return context.fund
    return name


def default_figure(context: Context, measure: str, fund: str = "") -> Figure | None:
    """What a number is about where its clause names no item: the heading's, or the section's."""
    if context.heading is not None:
        return replace(context.heading, measure=measure)
    said = _said_fund(fund, context)
    if said:
        return Figure("支出合计", measure, context.document.year, said)
    if context.section.item:
        return item_figure(context.section.item, "", measure, context)
    return None


def base_figure(figure: Figure, base: Base, context: Context) -> Figure:
    """The figure a change of ``figure`` against ``base`` is held against."""
    year = figure.year - base.back if figure.year is not None else None
    measure = base.measure or (context.measure if base.back else figure.measure)
    return replace(figure, year=year, measure=measure)
