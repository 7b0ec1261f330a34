"""What the comments in a Word file say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from narrcheck import __version__
from narrcheck.document import Document, Where
from narrcheck.findings import DocumentReport, Evidence, Finding, Standing
from narrcheck.report.lines import left_out, plain
from narrcheck.report.remarks import counted, gone, told
from narrcheck.report.standing import (
    STANDINGS,
    reason_of,
    short,
    standing_of,
)
from narrcheck.report.text import SEVERITIES, evidence_line

CLAUSE = re.compile(r"[。；\n\t]")  # what a sentence begins after
LEAD = 40  # characters before some words that tell them from the same words elsewhere


def on_finding(report: DocumentReport, finding: Finding, remark: str) -> list[str]:
    """The lines of the comment on a finding; ``remark`` says where it stands, if not on it."""
    standing = standing_of(report, finding)
    lines = [
        f"【{SEVERITIES[finding.severity][0]}】{f'【{standing}】' if standing else ''}"
        f"{finding.code}",
        *told(finding),
    ]
    if finding.evidence:
        lines.append("依据：")
        lines += [f"· {_evidence(report.document, each, finding)}" for each in finding.evidence]
    lines.append(remark)
    if number := short(finding.fingerprint):
        lines.append(f"编号 {number}")  # by which it is told to ``narrcheck suppress``
    return [plain(line) for line in lines if line]


def _evidence(document: Document, evidence: Evidence, finding: Finding) -> str:
    """What a finding rests on, findable by its words: Word counts no lines."""
    where = evidence.where
    if where is None or where.file:
        return evidence_line(evidence)
    evidence = replace(evidence, where=None)
    if evidence.kind != "text" or finding.where.file:
        return evidence_line(evidence)
    said = evidence_line(replace(evidence, text=_with_lead(document, evidence.text, where)))
    section = _section(document, where.start)
    here = _section(document, finding.where.start)
    return f"{said}，见“{section}”" if section and section != here else said


def _with_lead(document: Document, text: str, where: Where) -> str:
    """Words of the document with what the sentence has before them, if they stand in it twice."""
    start = document.text.rfind(text, 0, where.end)
    if start + len(text) < where.start or document.text.count(text) < 2:
        return text
    before = CLAUSE.split(document.text[max(0, start - LEAD) : start])[-1]
    return f"{before}{text}"


def _section(document: Document, offset: int) -> str:
    """The title of the section that a character of the document stands in."""
    starts = [each.where.start for each in document.sections]
    index = bisect_right(starts, offset)
    return document.sections[index - 1].title if index else ""


def on_document(report: DocumentReport, commented: Sequence[Finding], hidden: int) -> list[str]:
    """The lines of the comment on the whole document: what was read, and what was found."""
    return [plain(line) for line in _on_document(report, commented, hidden)]


def _on_document(
    report: DocumentReport, commented: Sequence[Finding], hidden: int
) -> Iterator[str]:
    yield f"narrcheck {__version__} 核对结果"
    yield from counted(report, "批注", commented)
    yield from _settled(report)
    if hidden:
        yield left_out(hidden)
    yield from (f"注意：{notice}" for notice in report.document.notices)


def _settled(report: DocumentReport) -> Iterator[str]:
    """What has no comment of its own: what people let stand, and what was solved."""
    suppressed = [each for each in report.findings if reason_of(report, each)]
    if suppressed:
        yield f"{STANDINGS[Standing.SUPPRESSED]}、未加批注 {len(suppressed)} 条："
        for each in suppressed:
            yield f"· {each.code} “{each.text}”，理由：{reason_of(report, each)}"
    yield from gone(report)
