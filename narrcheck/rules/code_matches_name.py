"""The part of NC103 that looks at codes before names: 2080502行政单位离退休 is 2080501."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from narrcheck.document import Paragraph
from narrcheck.figure import TableValue
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.patterns.subjects import plain
from narrcheck.wording import table_evidence

_CODE = regex.compile(r"(?<![\d.])2\d{2}(?:\d{2}){0,2}(?![\d.])")
_LONGEST = 40  # characters of a subject's name
_GROUP = 5  # digits of the code of a 款
# What may follow a name without making it another one.
_ENDS = regex.compile(r"\s*(?:[^\p{Han}\w（(]|[（(][类款项]|支出|经费|\d|年|预算|决算|$)")

Rows = Mapping[str, tuple[TableValue, ...]]


def miscoded(ledger: Ledger, rows: Rows, code: str, slug: str) -> Iterator[Finding]:
    """Codes in the narrative that are not those which the tables give the names behind them.

    ``rows`` are the table values of every subject by its code. A code in
    brackets behind a name is no matter of this: there NC103 speaks of the name.
    """
    names = {number: plain(_name(values)) for number, values in rows.items()}
    for paragraph in ledger.document.paragraphs:
        if paragraph.role not in ("body", "heading"):
            continue
        for found in _CODE.finditer(paragraph.text):
            name = _behind(paragraph.text, found.end(), set(names.values()))
            own = [n for n in names if name and names[n] == name and len(n) == len(found[0])]
            if own and found[0] not in own and _is_surely_wrong(found[0], own, names):
                row = rows[own[0]][0] if len(own) == 1 else None
                yield _finding(ledger, paragraph, found, row, code, slug)


def _behind(text: str, end: int, names: set[str]) -> str:
    """The longest of the names that stands behind a code, "" where none does."""
    behind = text[end : end + _LONGEST].lstrip('“" 　')
    cuts = (n for n in range(len(behind), 0, -1) if _ENDS.match(behind[n:]))
    return next((said for n in cuts if (said := plain(behind[:n])) in names), "")


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
    found: regex.Match[str],
    row: TableValue | None,
    code: str,
    slug: str,
) -> Finding:
    document = ledger.document
    right = row.figure.code if row is not None and row.figure is not None else None
    remedy = f"应为 {right}" if right else "请核对"
    return Finding(
        code,
        slug,
        Severity.WARNING,
        f"科目编码 {found[0]} 与科目名称不符，按公开表{remedy}。",
        found[0],
        paragraph.text[paragraph.text.rfind("。", 0, found.start()) + 1 :].split("。")[0],
        document.where(paragraph.offset(found.start()), paragraph.offset(found.end() - 1) + 1),
        document.section_path(paragraph.section),
        claimed=found[0],
        expected=right,
        suggestion=right,
        evidence=(table_evidence(document, row),) if row is not None else (),
    )
