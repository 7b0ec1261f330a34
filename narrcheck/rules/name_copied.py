"""The part of NC103 that knows an entry whose name was copied from another entry."""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.entries import Named
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.ledger.copied import Copied
from narrcheck.rules.code_matches_name import is_named
from narrcheck.wording import table_evidence

_LEVEL_NAMES = {3: "类", 5: "款", 7: "项"}


def copied(ledger: Ledger, code: str, slug: str) -> Iterator[Finding]:
    """The first level of each such entry that is not called as in the table."""
    names = {
        value.figure.code: value.figure.item
        for value in ledger.table_values
        if value.figure is not None and value.figure.code[:1] == "2"
    }
    for entry in ledger.copied:
        right = entry.value.figure.code if entry.value.figure else ""
        for level in entry.levels:
            name = names.get(right[: level.digits], "")
            if name and not is_named(level.name, name):
                yield _finding(ledger, entry, level, name, code, slug)
                break


def _finding(
    ledger: Ledger, entry: Copied, wrong: Named, name: str, code: str, slug: str
) -> Finding:
    document, paragraph = ledger.document, entry.paragraph
    label = _LEVEL_NAMES[wrong.digits]
    return Finding(
        code,
        slug,
        Severity.WARNING,
        f"这个科目在别处已经说明，这里的金额是另一个科目的：“{wrong.name}”（{label}）应为“{name}”。",
        wrong.name,
        paragraph.text[entry.levels[0].start :].split("。")[0],
        document.where(paragraph.offset(wrong.start), paragraph.offset(wrong.end - 1) + 1),
        document.section_path(paragraph.section),
        claimed=wrong.name,
        expected=name,
        suggestion=name,
        evidence=(table_evidence(document, entry.value),),
    )
