"""The part of NC103 that looks at codes beside names: 2080502行政单位离退休 is 2080501."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import regex

from narrcheck.document import Paragraph
from narrcheck.figure import TableValue
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.patterns.subjects import plain
from narrcheck.quantity import half_width
from narrcheck.wording import table_evidence

_CODE = regex.compile(r"(?<![\d.])2\d{2}(?:\d{2}){0,2}(?![\d.])")
# 用于体育事业的彩票公益金支出（229类60款03项）: the code of the name before, level by level.
_LEVELS = regex.compile(
    r"[（(]\s*(?P<said>(?P<a>2\d{2})\s*类\s*(?P<b>\d{2})\s*款(?:\s*(?P<c>\d{2})\s*项)?)\s*[）)]"
)
_LONGEST = 40  # characters of a subject's name
_SHORTEST = 4  # characters of a name that ends where a bracket begins
_GROUP = 5  # digits of the code of a 款
# What may follow a name without making it another one.
_ENDS = regex.compile(r"\s*(?:[^\p{Han}\w（(]|[（(][类款项]|支出|经费|\d|年|预算|决算|$)")

Rows = Mapping[str, tuple[TableValue, ...]]


def miscoded(ledger: Ledger, rows: Rows, code: str, slug: str) -> Iterator[Finding]:
    """Codes in the narrative that are not those which the tables give the names beside them.

    ``rows`` are the table values of every subject by its code. Of a whole code in
    brackets behind a name NC103 says that the name is wrong.
    """
    names = {number: plain(_name(values)) for number, values in rows.items()}
    for paragraph in ledger.document.paragraphs:
        if paragraph.role not in ("body", "heading"):
            continue
        text = half_width(paragraph.text)
        for found in _CODE.finditer(text):
            name = _behind(text, found.end(), set(names.values()))
            own = _own(names, name, len(found[0]))
            if own and found[0] not in own and _is_surely_wrong(found[0], own, names):
                row = rows[own[0]][0] if len(own) == 1 else None
                yield _finding(ledger, paragraph, found.span(), row, code, slug)
        for found in _LEVELS.finditer(text):
            said = f"{found['a']}{found['b']}{found['c'] or ''}"
            own = _own(names, _before(text, found.start(), set(names.values())), len(said))
            if own and said not in own and _is_surely_wrong(said, own, names):
                row = rows[own[0]][0] if len(own) == 1 else None
                finding = _finding(ledger, paragraph, found.span("said"), row, code, slug)
                right = _by_level(finding.expected)
                yield replace(finding, expected=right, suggestion=right)


def wrong_code(
    ledger: Ledger, paragraph: Paragraph, said: str, row: TableValue, code: str, slug: str
) -> Finding:
    """The finding on a code in brackets, ``said``, behind the name of another row's subject."""
    start = half_width(paragraph.text).index(said)
    return _finding(ledger, paragraph, (start, start + len(said)), row, code, slug)


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
    """Whether no row that was not read can have the code and the name.

    The code is another subject's, or the name has another code under the same 款.
    """
    return code in names or any(
        len(each) > _GROUP and each[:_GROUP] == code[:_GROUP] for each in own
    )


def _name(values: tuple[TableValue, ...]) -> str:
    figure = values[0].figure
    return figure.item if figure else ""


def _finding(
    ledger: Ledger,
    paragraph: Paragraph,
    place: tuple[int, int],
    row: TableValue | None,
    code: str,
    slug: str,
) -> Finding:
    document, (start, end) = ledger.document, place
    said = half_width(paragraph.text[start:end])
    right = row.figure.code if row is not None and row.figure is not None else None
    remedy = f"应为 {right}" if right else "请核对"
    return Finding(
        code,
        slug,
        Severity.WARNING,
        f"科目编码 {said} 与科目名称不符，按公开表{remedy}。",
        paragraph.text[start:end],
        paragraph.text[paragraph.text.rfind("。", 0, start) + 1 :].split("。")[0],
        document.where(paragraph.offset(start), paragraph.offset(end - 1) + 1),
        document.section_path(paragraph.section),
        claimed=said,
        expected=right,
        suggestion=right,
        evidence=(table_evidence(document, row),) if row is not None else (),
    )
