"""The part of NC103 that looks at what an item is used for: 住房公积金 is not for 医疗保险."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from narrcheck.claims.entries import Named, named_levels
from narrcheck.document import Paragraph
from narrcheck.findings import Evidence, Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.patterns.disclosures import Purpose
from narrcheck.patterns.subjects import plain

_ITEM = 7  # digits of the code of a 项
_USED_FOR = regex.compile(
    r"(?:主要)?(?:按(?:照)?规定)?(?:是)?用于\s*[:：]?|[）)]\s*[:：]\s*(?:是指|指|反映)"
)
_CLAUSE = regex.compile(r"[^。；;\n]+")


def misused(ledger: Ledger, code: str, slug: str) -> Iterator[Finding]:
    """Entries of well-known 项 whose purpose is another one's and not their own."""
    purposes = ledger.patterns.disclosures.purposes
    by_name = {plain(name): purpose for purpose in purposes for name in purpose.names}
    for paragraph in ledger.document.paragraphs:
        if paragraph.role != "body":
            continue
        entries = list(named_levels(paragraph.text))
        ends = [*(levels[0].start for levels in entries), len(paragraph.text)][1:]
        for levels, end in zip(entries, ends, strict=True):
            item = levels[-1]
            purpose = by_name.get(plain(item.name)) if item.digits == _ITEM else None
            span = _purpose(paragraph.text, item.end, end) if purpose else None
            if purpose is None or span is None:
                continue
            words = "".join(paragraph.text[slice(*span)].split())
            if purpose.own.search(words):
                continue
            meant = [each for each in purposes if each is not purpose and each.regex.search(words)]
            if len(meant) == 1:
                yield _finding(ledger, paragraph, item, span, meant[0], code, slug)


def _purpose(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where an entry says what it is used for, or is defined."""
    used = _USED_FOR.search(text, start, end)
    clause = _CLAUSE.match(text, used.end(), end) if used else None
    return clause.span() if clause else None


def _finding(
    ledger: Ledger,
    paragraph: Paragraph,
    item: Named,
    span: tuple[int, int],
    meant: Purpose,
    code: str,
    slug: str,
) -> Finding:
    document = ledger.document
    text = paragraph.text[slice(*span)]
    start = span[0] + len(text) - len(text.lstrip())
    words = text.strip()
    place = document.where_in(paragraph, item.start, item.end)
    return Finding(
        code,
        slug,
        Severity.WARNING,
        f"“{item.name}”（项）的用途写成了另一项（{'、'.join(meant.names)}）的，请核对是否抄错了行。",
        words,
        paragraph.text[item.start : span[1]],
        document.where_in(paragraph, start, span[1]),
        document.section_path(paragraph.section),
        claimed=words,
        evidence=(Evidence("text", text=f"{item.name}（项）", where=place),),
    )
