"""What was read at one place and what it was held against, for programs: JSON.

The form is ``docs/schema/narrcheck-explain-1.json``.
"""

from __future__ import annotations

import json
from typing import Any

from narrcheck import __version__, wording
from narrcheck.claims.claim import Claim, NoClaim
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.findings import DocumentReport, Evidence
from narrcheck.ledger import Operand
from narrcheck.report.asking import Asked
from narrcheck.report.explaining import relation_line
from narrcheck.report.held import Explained, Held
from narrcheck.report.json import (
    claim_facts,
    document_facts,
    evidence_facts,
    figure_fields,
    finding_facts,
    location,
)

EXPLANATION = 1  # the version of this form


def write_explanation_json(report: DocumentReport, asked: Asked) -> str:
    """What there is to say of a place, as JSON text, ending in a line break."""
    document = report.document
    content = {
        "explanation": EXPLANATION,
        "narrcheck": __version__,
        **document_facts(document),
        "asked": asked.words,
        "numbers": [_number(each, document) for each in asked.numbers],
        "findings": [finding_facts(each) for each in asked.findings],
        "cells": asked.cells,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _number(explained: Explained, document: Document) -> dict[str, Any]:
    pattern = explained.pattern
    return {
        **_read(explained, document),
        "pattern": {"id": pattern.id, "title": pattern.title} if pattern else None,
        "status": explained.status.value if explained.status else None,
        "reason": explained.reason,
        "held_against": [_held(each, document) for each in explained.held],
        "near": [evidence_facts(wording.table_evidence(document, v)) for v in explained.near],
        "findings": [finding_facts(each) for each in explained.findings],
    }


def _read(explained: Explained, document: Document) -> dict[str, Any]:
    """What a number was read as; ``read_as`` says which of the four it is."""
    read = explained.read
    if isinstance(read, Claim):
        return {"read_as": "claim", **claim_facts(read), "direction": read.direction}
    if isinstance(read, NoClaim):
        said = {"read_as": "no_claim", "text": read.text, "why": read.why}
    elif isinstance(read, TableValue):
        cell = evidence_facts(wording.table_evidence(document, read))
        return {"read_as": "table_value", **cell, **figure_fields(read.figure)}
    else:
        said = {"read_as": "unread", "text": read.text, "sentence": read.sentence}
    return {**said, "location": location(read.where)}


def _held(held: Held, document: Document) -> dict[str, Any]:
    relation = held.relation
    return {
        "code": relation.code,
        "form": relation.form.value,
        "formula": relation_line(held),
        "outcome": held.printed.outcome.value,
        "outcome_mended": held.mended.outcome.value,
        "soft": relation.soft,
        "numbers": [_operand(each, document) for each in relation.leaves],
        "claims": [each.id for each in relation.claims],
    }


def _operand(operand: Operand, document: Document) -> dict[str, Any]:
    """A number of a relation: its claim or cell, and why one stands for it that is not printed."""
    claim = operand.claim
    evidence = None
    if operand.value is not None:
        evidence = wording.table_evidence(document, operand.value)
    elif claim is not None:
        evidence = Evidence("text", text=wording.quoted(claim), where=claim.where)
    return {
        "value": wording.shown(operand.quantity),
        "claim": claim.id if claim else None,
        "evidence": evidence_facts(evidence) if evidence else None,
        "because": operand.because or None,
    }
