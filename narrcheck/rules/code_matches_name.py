"""The part of NC103 that looks at codes beside names: 2080502行政单位离退休 is 2080501."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

import regex

from narrcheck.claims.entries import named_levels
from narrcheck.document import Paragraph
from narrcheck.figure import TableValue
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.patterns.subjects import plain
from narrcheck.quantity import half_width
from narrcheck.tables.cells import split_code
from narrcheck.wording import table_evidence

_CODE = regex.compile(r"(?<![\d.])2\d{2}(?:\d{2}){0,2}(?![\d.])")
# 用于体育事业的彩票公益金支出（229类60款03项）: the code of the name before, level by level.
_LEVELS = regex.compile(
    r"[（(]\s*(?P<said>(?P<a>2\d{2})\s*类\s*(?P<b>\d{2})\s*款(?:\s*(?P<c>\d{2})\s*项)?)\s*[）)]"
)
# 行政单位离退休（2080501）（项）: what may stand behind a name.
_BRACKETED = regex.compile(r"[”\"]?\s*[（(]\s*(?P<said>2\d{2}(?:\d{2}){0,2})\s*[）)]")
_BEFORE = regex.compile(r"^(?:.*(?:[、，；：）)元]|年度?)(?=\S))?(?:主要|全部)?(?:用于)?")
# 支出全部为城乡社区支出（类）: the words of the sentence end with a verb, the name's may have one.
_VERB = regex.compile(r"[为是系]|用于|列[入支]|安排|包括")
_LONGEST = 40  # characters of a subject's name
_SHORTEST = 4  # characters of a name that ends where a bracket begins
_GROUP = 5  # digits of the code of a 款
# What may follow a name without making it another one.
_ENDS = regex.compile(r"\s*(?:[^\p{Han}\w（(]|[（(][类款项]|支出|经费|\d|年|预算|决算|$)")

Rows = Mapping[str, tuple[TableValue, ...]]


def miscoded(
    ledger: Ledger, rows: Rows, code: str, slug: str, misnamed: Set[tuple[Paragraph, int]]
) -> Iterator[Finding]:
    """Codes in the narrative that are not those which the tables give the names beside them.

    ``rows`` are the table values of every subject by its code, ``misnamed`` where names end that
    are wrong themselves.
    """
    names = {number: plain(name_of(values)) for number, values in rows.items()}
    for paragraph in ledger.document.paragraphs:
        if paragraph.role not in ("body", "heading"):
            continue
        text = half_width(paragraph.text)
        for found in _CODE.finditer(text):
            name = _behind(text, found.end(), set(names.values()))
            own = _own(names, name, len(found[0]))
            if _is_surely_wrong(found[0], own, names):
                yield _finding(ledger, paragraph, found.span(), own, rows, code, slug)
        for place, own in _bracketed(paragraph, rows, names, misnamed):
            yield _finding(ledger, paragraph, place, own, rows, code, slug)
        for found in _LEVELS.finditer(text):
            said = f"{found['a']}{found['b']}{found['c'] or ''}"
            own = _own(names, _before(text, found.start(), set(names.values())), len(said))
            if _is_surely_wrong(said, own, names):
                finding = _finding(ledger, paragraph, found.span("said"), own, rows, code, slug)
                right = _by_level(finding.expected)
                told = finding.message.replace(f"应为 {finding.expected}", f"应为 {right}")
                yield replace(finding, expected=right, suggestion=right, message=told)


def _bracketed(
    paragraph: Paragraph,
    rows: Rows,
    names: Mapping[str, str],
    misnamed: Set[tuple[Paragraph, int]],
) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Where a wrong code stands in brackets behind a right name, and the codes of that name."""
    text = half_width(paragraph.text)
    for level in (level for levels in named_levels(paragraph.text) for level in levels):
        found = _BRACKETED.match(text, level.end)
        if found is None or (paragraph, level.end) in misnamed:
            continue
        digits = len(found["said"])
        own = [n for n in rows if len(n) == digits and is_named(level.name, name_of(rows[n]))]
        if _is_surely_wrong(found["said"], own, names):
            yield found.span("said"), own


# What an entry may follow upon in its sentence without a mark between.
_SPENT = regex.compile(
    r".{0,12}?(?:支出|资金|经费|收入)?(?:全部|均|都|主要|仅)(?:为|是|系|属于|列)?"
)


def is_named(said: str, name: str) -> bool:
    """Whether words before （项） name a row: all of them, or what follows the last mark.

    用于 may belong to the name (用于社会福利的彩票公益金支出) or to the sentence.
    """
    words = {plain(said), plain(_BEFORE.sub("", said)), plain(f"用于{said}")}
    if said.endswith(name) and _SPENT.fullmatch(said.removesuffix(name)):
        return True  # 支出全部用于教育事业的彩票公益金支出（项）
    words.update(plain(said[verb.end() :]) for verb in _VERB.finditer(said))
    return plain(name) in words


def name_of(values: tuple[TableValue, ...]) -> str:
    """The name of a subject, by the values of its rows."""
    figure = values[0].figure
    return figure.item if figure else split_code(values[0].row_name)[1]


def _own(names: Mapping[str, str], name: str, digits: int) -> list[str]:
    """The codes of some length that the tables give a name."""
    return [n for n in names if name and names[n] == name and len(n) == digits]


def _behind(text: str, end: int, names: set[str]) -> str:
    """The longest of the names that stands behind a code, "" where none does."""
    behind = text[end : end + _LONGEST].lstrip('“" 　')
    cuts = (n for n in range(len(behind), 0, -1) if _ENDS.match(behind[n:]))
    return next((said for n in cuts if (said := plain(behind[:n])) in names), "")


def _before(text: str, start: int, names: set[str]) -> str:
    """The longest of the names that ends where a bracket begins, "" where none does."""
    before = text[max(start - _LONGEST, 0) : start].rstrip('”" 　')
    cuts = range(len(before) - _SHORTEST + 1)
    return next((said for n in cuts if (said := plain(before[n:])) in names), "")


def _by_level(code: str | None) -> str | None:
    """A code as 229类60款03项."""
    if code is None:
        return None
    parts = zip((code[:3], code[3:5], code[5:]), "类款项", strict=True)
    return "".join(f"{digits}{level}" for digits, level in parts if digits)


def _is_surely_wrong(code: str, own: list[str], names: Mapping[str, str]) -> bool:
    """Whether a name has codes of its ``own``, and no row that was not read can have this one.

    The code is another subject's, or the name has another code under the same 款.
    """
    if not own or code in own:
        return False
    return code in names or any(
        len(each) > _GROUP and each[:_GROUP] == code[:_GROUP] for each in own
    )


def _finding(
    ledger: Ledger,
    paragraph: Paragraph,
    place: tuple[int, int],
    own: list[str],
    rows: Rows,
    code: str,
    slug: str,
) -> Finding:
    document, (start, end) = ledger.document, place
    said = half_width(paragraph.text[start:end])
    right = own[0] if len(own) == 1 else None
    remedy = f"应为 {right}" if right else "请核对"
    return Finding(
        code,
        slug,
        Severity.WARNING,
        f"科目编码 {said} 与科目名称不符，按公开表{remedy}。",
        paragraph.text[start:end],
        paragraph.text[paragraph.text.rfind("。", 0, start) + 1 :].split("。")[0],
        document.where_in(paragraph, start, end),
        document.section_path(paragraph.section),
        claimed=said,
        expected=right,
        suggestion=right,
        evidence=(table_evidence(document, rows[right][0]),) if right else (),
    )
