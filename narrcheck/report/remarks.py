"""What remarks in a document itself say, whether they are Word's comments or notes in a PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from narrcheck.findings import DocumentReport, Finding, Severity, Status
from narrcheck.report.sentences import count
from narrcheck.report.standing import SOLVED, STALE, earlier_line, stale_line, standing_counts
from narrcheck.report.text import SEVERITIES, STATUSES


def told(finding: Finding) -> Iterator[str]:
    """What is wrong, what it should be, and how it came about, a line each."""
    yield finding.message
    if finding.expected is not None:
        yield f"应为：{finding.expected}"
    if finding.suggestion is not None and finding.suggestion != finding.expected:
        yield f"改为：{finding.suggestion}"
    if finding.diagnosis:
        yield f"成因：{finding.diagnosis}"


def counted(report: DocumentReport, name: str, marked: Iterable[Finding]) -> Iterator[str]:
    """How many findings are marked in the document, and how much of it was read and checked.

    ``name`` is what the marks are called: 批注, 标注.
    """
    severities = Counter(finding.severity for finding in marked)
    counts = count(report.reading)
    numeric = counts.numbers - counts.no_claims - counts.unread
    yield f"{name} {severities.total()} 条：" + " · ".join(
        f"{SEVERITIES[each][0]} {severities[each]}" for each in Severity
    )
    if standings := standing_counts(report):
        yield f"其中 {standings}"
    yield (
        f"数字 {counts.numbers} 个：陈述中 {numeric} · 非陈述（日期、序号等） {counts.no_claims}"
        f" · 未读懂 {counts.unread}"
    )
    yield f"陈述 {counts.claims} 条：" + " · ".join(
        f"{word} {report.count(status)}" for status, word in STATUSES.items()
    )
    if not report.count(Status.AGREES):
        yield "没有一条陈述得到核对：这不说明文中数字无误。"


def gone(report: DocumentReport) -> Iterator[str]:
    """What was solved since the earlier check, and the suppressions that fit nothing any more."""
    if solved := report.solved():
        yield f"{SOLVED} {len(solved)} 条："
        yield from (f"· {earlier_line(each)}" for each in solved)
    if stale := report.stale():
        yield f"{STALE} {len(stale)} 条："
        yield from (f"· {stale_line(each)}" for each in stale)
