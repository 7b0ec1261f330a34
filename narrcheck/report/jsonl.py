"""The report for programs that read line by line: JSON Lines.

The form of a line is ``docs/schema/narrcheck-jsonl-1.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from narrcheck import __version__
from narrcheck.findings import DocumentReport, Report
from narrcheck.report.json import document_facts, standing_facts, summary, triage_facts

LINES = 1  # the version of this form
# JSON lets them stand in a string, yet some programs take them for the end of a line.
BREAKS = {ord(each): f"\\u{ord(each):04x}" for each in "\x85\u2028\u2029"}


def write_jsonl(report: Report) -> str:
    """``report`` as lines of JSON: one of each document, after it one of each of its findings."""
    return "".join(
        f"{json.dumps(line, ensure_ascii=False).translate(BREAKS)}\n"
        for each in report.documents
        for line in _lines(each)
    )


def _lines(report: DocumentReport) -> Iterator[dict[str, Any]]:
    yield {
        "type": "document",
        "schema": LINES,
        "narrcheck": __version__,
        **document_facts(report.document),
        **triage_facts(report),
        "summary": summary(report),
    }
    for finding in report.findings:
        facts = standing_facts(report, finding)
        yield {"type": "finding", "path": report.document.path, **facts}
