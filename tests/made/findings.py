"""Makes reports of findings on chosen words of a PDF, without checking it."""

from __future__ import annotations

import hashlib

from narrcheck.claims.claim import Reading
from narrcheck.document import Document, Where
from narrcheck.findings import DocumentReport, Evidence, Finding, Severity, Triage
from narrcheck.load.pdf.read import load_pdf

PATH = "档案馆决算.pdf"


def loaded(data: bytes) -> Document:
    """The document in a PDF."""
    return load_pdf(PATH, hashlib.sha256(data).hexdigest(), data)


def at(document: Document, words: str, *, nth: int = 1) -> Where:
    """Where words stand in a document, a cell's with the box of the cell."""
    start = -1
    for _ in range(nth):
        start = document.text.index(words, start + 1)
    cells = (cell.where for table in document.tables for row in table.rows for cell in row)
    found = [where for where in cells if (where.start, where.end) == (start, start + len(words))]
    return found[0] if found else document.where(start, start + len(words))


def fault(
    where: Where,
    words: str,
    *,
    severity: Severity = Severity.ERROR,
    expected: str | None = "8.3%",
    evidence: tuple[Evidence, ...] = (),
    fingerprint: str = "",
) -> Finding:
    """A finding on those words."""
    return Finding(
        code="NC201",
        rule="growth-matches-change",
        severity=severity,
        message=f"增长{words}，按68.11÷817.39应为8.3%。",
        text=words,
        sentence=f"增加68.11万元，增长{words}。",
        where=where,
        claimed=words,
        expected=expected,
        diagnosis="误以本年数为分母。",
        suggestion=expected,
        evidence=evidence,
        fingerprint=fingerprint or hashlib.sha256(repr(where).encode()).hexdigest()[:16],
    )


def cell_evidence(where: Where, value: str) -> Evidence:
    """That a finding rests on a cell."""
    return Evidence(
        "table",
        where=where,
        table="支出决算表",
        number="公开03表",
        row="合计",
        column="决算数",
        value=value,
        unit="万元",
    )


def report_of(
    document: Document, *findings: Finding, triage: Triage | None = None
) -> DocumentReport:
    """The report of a document in which just these findings were made."""
    reading = Reading((), (), ())
    made = DocumentReport(document, (), reading, {}, {}, findings, 0.0)
    if triage is None:
        return made
    return DocumentReport(document, (), reading, {}, {}, findings, 0.0, triage=triage)
