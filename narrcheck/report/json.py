"""The report for programs: JSON of schema version 1 (``docs/schema/narrcheck-1.json``)."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from narrcheck import __version__
from narrcheck.claims.claim import Claim, Reading
from narrcheck.document import Document, Table, Where
from narrcheck.figure import Figure, TableValue
from narrcheck.findings import DocumentReport, Evidence, Finding, Report, Severity, Status

SCHEMA = 1


def write_json(report: Report) -> str:
    """``report`` as JSON text, ending in a line break; the same report gives the same text."""
    content = {
        "schema": SCHEMA,
        "narrcheck": __version__,
        "documents": [_document(each) for each in report.documents],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _document(report: DocumentReport) -> dict[str, Any]:
    document, reading = report.document, report.reading
    return {
        **document_facts(document),
        "tables": _tables(document, report.table_values),
        "claims": [_claim(claim, report) for claim in reading.claims],
        "findings": [standing_facts(report, finding) for finding in report.findings],
        **other_numbers(reading),
        **triage_facts(report),
        "summary": summary(report),
    }


def document_facts(document: Document) -> dict[str, Any]:
    """Which document it is, and what it says of itself."""
    return {
        "path": document.path,
        "sha256": document.sha256,
        "kind": document.kind,
        "unit": document.unit,
        "year": document.year,
        "notices": list(document.notices),
    }


def other_numbers(reading: Reading) -> dict[str, Any]:
    """The numbers that became no claim."""
    return {
        "no_claims": [
            {"text": each.text, "why": each.why, "location": location(each.where)}
            for each in reading.no_claims
        ],
        "unread": [
            {"text": each.text, "sentence": each.sentence, "location": location(each.where)}
            for each in reading.unread
        ],
    }


def _tables(document: Document, values: tuple[TableValue, ...]) -> list[dict[str, Any]]:
    counts = Counter(value.table for value in values)
    known = Counter(value.table for value in values if value.figure is not None)
    return [
        _table(table, values=counts[index], known=known[index])
        for index, table in enumerate(document.tables)
    ]


def _table(table: Table, *, values: int, known: int) -> dict[str, Any]:
    return {
        "title": table.title,
        "number": table.number,
        "money_unit": table.money_unit,
        "file": table.where.file or None,
        "page": table.where.page,
        "line": table.where.line,
        "values": values,
        "known": known,
    }


def _claim(claim: Claim, report: DocumentReport) -> dict[str, Any]:
    status = report.statuses[claim.id]
    return {
        **claim_facts(claim),
        "status": status.value,
        "reason": report.reasons.get(claim.id) if status is Status.UNCHECKED else None,
    }


def claim_facts(claim: Claim) -> dict[str, Any]:
    """What a claim says, and of what; not how it ended."""
    quantity = claim.quantity
    return {
        "id": claim.id,
        "kind": claim.kind.value,
        "text": claim.text,
        "sentence": claim.sentence,
        "location": location(claim.where, claim.section),
        **figure_fields(claim.figure),
        "base": figure_fields(claim.base) if claim.base else None,
        # digits as printed: a float would lose their last place
        "value": f"{quantity.value:f}" if quantity else None,
        "unit": quantity.unit.text if quantity else None,
    }


def figure_fields(figure: Figure | None) -> dict[str, Any]:
    """What a number is about; nulls where that is not known."""
    return {
        "item": figure.item if figure else None,
        "code": (figure.code or None) if figure else None,
        "part": (figure.part or None) if figure else None,
        "measure": figure.measure if figure else None,
        "year": figure.year if figure else None,
        "fund": figure.fund if figure else None,
    }


def finding_facts(finding: Finding) -> dict[str, Any]:
    """A finding with all that it rests on."""
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "claim": finding.claim,
        "text": finding.text,
        "sentence": finding.sentence,
        "location": location(finding.where, finding.section),
        "claimed": finding.claimed,
        "expected": finding.expected,
        "diagnosis": finding.diagnosis,
        "suggestion": finding.suggestion,
        "fingerprint": finding.fingerprint,
        "evidence": [evidence_facts(each) for each in finding.evidence],
    }


def standing_facts(report: DocumentReport, finding: Finding) -> dict[str, Any]:
    """A finding with how it stands to what was known before; ``suppressed`` says why it stays."""
    suppression = report.suppression(finding)
    return {
        **finding_facts(finding),
        "standing": report.standing(finding).value,
        "suppressed": suppression.reason if suppression is not None else None,
    }


def triage_facts(report: DocumentReport) -> dict[str, Any]:
    """What was found before and is no more, and what was let stand and is no more.

    ``compared`` says whether there was an earlier check; without one ``solved`` is empty.
    """
    return {
        "compared": report.triage.earlier is not None,
        "solved": [
            {
                "fingerprint": each.fingerprint,
                "code": each.code,
                "severity": each.severity.value,
                "text": each.text,
                "message": each.message,
            }
            for each in report.solved()
        ],
        "stale": [
            {
                "fingerprint": each.fingerprint,
                "code": each.code,
                "text": each.text,
                "reason": each.reason,
            }
            for each in report.stale()
        ],
    }


def evidence_facts(evidence: Evidence) -> dict[str, Any]:
    """What a finding rests on: a cell, words of the text, or a formula."""
    where = location(evidence.where) if evidence.where else None
    if evidence.kind == "table":
        return {
            "kind": "table",
            "table": evidence.table,
            "number": evidence.number,
            "row": evidence.row,
            "column": evidence.column,
            "value": evidence.value,
            "unit": evidence.unit,
            "location": where,
        }
    if evidence.kind == "text":
        return {"kind": "text", "text": evidence.text, "location": where}
    return {"kind": "formula", "text": evidence.text}


def location(where: Where, section: tuple[str, ...] = ()) -> dict[str, Any]:
    """A place, with the path of its section joined by ``/``; ``file`` is null for the document."""
    return {
        "file": where.file or None,
        "page": where.page,
        "line": where.line,
        "start": where.start,
        "end": where.end,
        "section": "/".join(section) or None,
        "boxes": [[round(edge, 2) for edge in box] for box in where.boxes],
    }


def summary(report: DocumentReport) -> dict[str, Any]:
    """How many there are of each thing, whatever the findings' standing; and the time it took."""
    reading = report.reading
    numeric = sum(claim.quantity is not None for claim in reading.claims)
    severities = Counter(finding.severity for finding in report.findings)
    return {
        "numbers": numeric + len(reading.no_claims) + len(reading.unread),
        "claims": len(reading.claims),
        **{status.value: report.count(status) for status in Status},
        "no_claims": len(reading.no_claims),
        "unread": len(reading.unread),
        "tables": len(report.document.tables),
        "values": len(report.table_values),
        **{f"{severity.value}s": severities[severity] for severity in Severity},
        "seconds": round(report.seconds, 3),
    }
