"""The part of NC302 that knows old text by its place: a year that nobody changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from narrcheck.claims.claim import Kind
from narrcheck.document import Paragraph
from narrcheck.ledger import Ledger
from narrcheck.quantity import half_width

# A paragraph, where the year stands in it, what should be said there, and the year that should.
Found = tuple[Paragraph, tuple[int, int], str, int]

_YEAR = r"(?P<year>20\d\d)\s?年度?"
_BEGINS = r"(?:^|(?<=[。；]))\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?"
# 2020年期末，我部门共有车辆…: what there is at the end of a year, and nothing that was done then.
_STATE = regex.compile(
    rf"{_BEGINS}(?:截[至止]到?\s?)?{_YEAR}(?:\s?12\s?月\s?31\s?日|期末|年末|年底|[末底])"
    r"(?:(?!全[国省市区县州旗]|辖区)[^。；\d]){0,40}?(?:保有量|编制|资产总额|固定资产"
    r"|[共现实]有(?:在职|公务|在编)?(?:车辆|用车|人员|职工|干部|资产|房屋|设备))"
)
# 2021年度机关运行经费支出…万元，比上年…: a year's amount, held against the year before it.
_AMOUNT = regex.compile(
    rf"{_BEGINS}{_YEAR}(?![末底初起以至当、和与及—–~-]|\s?\d|期末)"
    r"[^，。；：\d]{2,40}\d[\d,.．]*\s?[万亿]?元\s?[，,；;]\s?(?:[比较与]\s?(?P<than>上年|去年|上一年|20\d\d年)|同比)"
)
# 2023年未安排公务用车购置经费。: a paragraph of its own.
_NOTHING = regex.compile(
    rf"^\s*{_YEAR}[^，。；：\d]{{0,20}}?(?:未安排|没有安排|不安排|未发生|没有发生)"
    r"(?P<item>[^，。；：\d]{4,24}?)(?:经费|预算|支出|费用?)+[。；]?\s*$"
)
# 较2021年决算数增加5.00万元, 与2021年度相比，减少…
_COMPARED = regex.compile(
    r"[较比与同]\s?[（(]?(?P<year>20\d\d)\s?年度?[）)]?"
    r"(?=[^，。；\d]{0,12}(?:\d[\d,.]*\s?[万亿]?元?[^，。；\d]{0,12})?[，,]?\s?"
    r"(?:增|减|下降|上升|持平|相比|相同|一致|提高|降低|对比))"
)
_COMPARED_WITH_LAST = regex.compile(r"[较比与同]\s?(?:上年|去年|上一年)度?")
_ANY_YEAR = regex.compile(r"(?P<year>20\d\d)\s?年")
# 某某（项）：2023年预算数为5.00万元
_STATED = regex.compile(
    r"(?:^|[。；：:）)])\s*(?P<year>20\d\d)\s?年度?(?:年初|当年)?(?:预算|决算|支出)(?:数|安排|额)?[为是]?"
    r"\s?\d[\d,.]*\s?[万亿]?元"
)
_LEAST_ALIKE = 3  # places with one year for each with another
_LAST = ("上年", "去年", "上一年")
_SAME_ITEM = 4  # characters by which two paragraphs name one item


def left_over(ledger: Ledger) -> Iterator[Found]:
    """The years that stand where the document's own must, or the one before it."""
    for paragraph in ledger.document.paragraphs:
        if paragraph.role == "body":
            text = half_width(paragraph.text)
            yield from _states(ledger, paragraph, text)
            yield from _amounts(ledger, paragraph, text)
            yield from _nothing(ledger, paragraph, text)
    if ledger.document.year is not None:
        yield from _odd_ones(ledger, _COMPARED, ledger.document.year - 1, "与上年比")
        yield from _odd_ones(ledger, _STATED, ledger.document.year, "本年的数")


def _states(ledger: Ledger, paragraph: Paragraph, text: str) -> Iterator[Found]:
    """What there was at the end of a year, in a 决算; two years beside each other are compared.

    A 预算 may speak of any day before it, which settles nothing.
    """
    year = ledger.document.year
    if ledger.document.kind != "决算" or year is None:
        return
    for match in _STATE.finditer(text):
        if int(match["year"]) != year and not _names(_sentence(text, match.start("year")), year):
            others = {int(each["year"]) for each in _STATE.finditer(text)}
            if year not in others:
                yield paragraph, match.span("year"), "本年年末的数", year


def _amounts(ledger: Ledger, paragraph: Paragraph, text: str) -> Iterator[Found]:
    """A year's amount against 上年, where the document has no such amount of its own year."""
    year = ledger.document.year
    for match in _AMOUNT.finditer(text):
        before = int(match["year"])
        than = (match["than"] or "上年")[:4]
        if year is None or before != year - 1 or than not in (*_LAST, str(before)):
            continue
        itself = than == str(before)  # 2022年会议费1.28万元，比2022年…
        if _names(_sentence(text, match.start("year")), year):
            continue
        if itself or (
            not _names(text, year) and _is_alone(ledger, paragraph, match.span(), before)
        ):
            yield paragraph, match.span("year"), "本年的数", year


def _is_alone(ledger: Ledger, paragraph: Paragraph, place: tuple[int, int], before: int) -> bool:
    """Whether an amount is of the year ``before``, and nothing states it for the document's."""
    first, last = (paragraph.offset(at) for at in (place[0], place[1] - 1))
    document = ledger.document
    for claim in ledger.of_kind(Kind.AMOUNT):
        if first <= claim.where.start <= last and claim.figure is not None:
            own = replace(claim.figure, year=document.year)
            said = ledger.amounts.get(own, ())
            return claim.figure.year == before and not said and not ledger.values(own)
    return False


def _nothing(ledger: Ledger, paragraph: Paragraph, text: str) -> Iterator[Found]:
    """A paragraph that only says that there was nothing, among others on the document's year."""
    year, document = ledger.document.year, ledger.document
    match = _NOTHING.match(text)
    if match is None or year is None or int(match["year"]) != year - 1:
        return
    beside = [
        half_width(each.text)
        for each in document.paragraphs
        if each.section == paragraph.section and each is not paragraph
    ]
    own = [each for each in beside if each.lstrip().startswith(str(year))]
    item = match["item"][-_SAME_ITEM - 2 :]
    if own and not any(item in each for each in own):
        yield paragraph, match.span("year"), "本年的情况", year


def _odd_ones(ledger: Ledger, form: regex.Pattern[str], usual: int, what: str) -> Iterator[Found]:
    """The one place where a form has another year than everywhere else.

    In a paragraph on the document's own year: what it compares with aside, it names no other.
    Where all the others say 上年, only the year before that one is odd: it was left from last time.
    """
    year = ledger.document.year
    odd: list[Found] = []
    often = last = 0
    for paragraph in ledger.document.paragraphs:
        if paragraph.role != "body":
            continue
        text = half_width(paragraph.text)
        found = list(form.finditer(text))
        last += len(_COMPARED_WITH_LAST.findall(text)) if form is _COMPARED else 0
        compared = {match.start("year") for match in (*found, *_COMPARED.finditer(text))}
        others = {int(m["year"]) for m in _ANY_YEAR.finditer(text) if m.start() not in compared}
        for match in found:
            if int(match["year"]) == usual:
                often += 1
            elif others <= {year}:
                odd.append((paragraph, match.span("year"), what, usual))
    if not often and last >= _LEAST_ALIKE * len(odd):
        odd = [each for each in odd if _year_of(each) == usual - 1]
    elif often < _LEAST_ALIKE * len(odd):
        odd = []
    yield from odd


def _year_of(found: Found) -> int:
    paragraph, (start, end), *_ = found
    return int(half_width(paragraph.text[start:end]))


def _sentence(text: str, at: int) -> str:
    return text[at:].split("。")[0]


def _names(text: str, year: int | None) -> bool:
    return f"{year}年" in "".join(text.split())
