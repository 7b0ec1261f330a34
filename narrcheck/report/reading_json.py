"""What was read of narratives, for programs: JSON, its claims as in the report of ``check``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from narrcheck import __version__
from narrcheck.claims.claim import Claim, Reading
from narrcheck.document import Document
from narrcheck.report.json import claim_facts, document_facts, other_numbers
from narrcheck.report.sentences import Counts, count

READING = 1  # the version of this form


def write_reading_json(readings: Sequence[tuple[Document, Reading]]) -> str:
    """The readings as JSON text, ending in a line break.

    Claims have no status here: nothing has been checked.
    """
    return _written(
        {
            "documents": [
                {
                    **document_facts(document),
                    "claims": [_claim(claim) for claim in reading.claims],
                    **other_numbers(reading),
                    "summary": asdict(count(reading)),
                }
                for document, reading in readings
            ]
        }
    )


def write_counts_json(counts: Sequence[tuple[str, Counts]]) -> str:
    """The counts of each document (its path, its counts) and their totals, as JSON text."""
    total = sum((each for _, each in counts), Counts())
    documents = [{"path": path, "summary": asdict(each)} for path, each in counts]
    return _written({"documents": documents, "total": asdict(total)})


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        **claim_facts(claim),
        "at": claim.at,
        "direction": claim.direction,
        "whole": claim.whole,
        "names": list(claim.names),
        "reason": claim.reason,
    }


def _written(content: dict[str, Any]) -> str:
    content = {"reading": READING, "narrcheck": __version__, **content}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
