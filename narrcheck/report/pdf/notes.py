"""What the notes on the pages say, in the words of the other reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from narrcheck.findings import DocumentReport, Finding, Standing
from narrcheck.report.lines import about, left_out, place, plain
from narrcheck.report.remarks import counted, gone, told
from narrcheck.report.standing import (
    STANDINGS,
    reason_of,
    short,
    standing_of,
)
from narrcheck.report.text import SEVERITIES, evidence_line

LONGEST = 30  # characters by which words are told in another note

Numbered = tuple[int, Finding]  # a finding and its number, from 1, among those of the report


def numbered(report: DocumentReport) -> tuple[Numbered, ...]:
    """The findings that are marked: all that nobody lets stand, each with its number."""
    return tuple(
        (number, finding)
        for number, finding in enumerate(report.findings, 1)
        if report.standing(finding) is not Standing.SUPPRESSED
    )


def subject(number: int, finding: Finding) -> str:
    """The title of a finding's note."""
    return f"问题{number}（{SEVERITIES[finding.severity][0]}）"


def note(report: DocumentReport, number: int, finding: Finding) -> str:
    """What a finding says, line by line: what is wrong, what it should be, how, and why."""
    standing = standing_of(report, finding)
    lines = [
        f"【{number}】【{SEVERITIES[finding.severity][0]}】{f'【{standing}】' if standing else ''}"
        f"{finding.code}  {short(finding.fingerprint)}".rstrip(),
        *told(finding),
    ]
    if finding.evidence:
        lines.append("依据：")
        lines.extend(f"· {evidence_line(each)}" for each in finding.evidence)
    return "\n".join(map(plain, lines))


def evidence_note(findings: Sequence[Numbered], line: str) -> str:
    """What the note on a piece of evidence says: which it is, and which findings rest on it."""
    return "\n".join([line, *(_told(number, finding) for number, finding in findings)])


def evidence_subject(findings: Sequence[Numbered]) -> str:
    """The title of that note."""
    return f"问题{'、'.join(str(number) for number, _ in findings)}的依据"


def _told(number: int, finding: Finding) -> str:
    words = excerpt(finding.text)
    return f"【{number}】{place(finding.where)}“{words}”：{plain(finding.message)}"


def excerpt(words: str) -> str:
    """Words on one line, long ones cut short."""
    said = plain(words).strip()
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def overview(report: DocumentReport, hidden: int = 0) -> list[str]:
    """What was checked and found, line by line, with what is not marked on the pages.

    ``hidden`` is how many findings the caller left out of ``report``.
    """
    return [plain(line) for line in _overview(report, hidden) if line]


def _overview(report: DocumentReport, hidden: int) -> Iterator[str]:
    yield about(report.document)
    yield from counted(report, "标注", (finding for _, finding in numbered(report)))
    yield left_out(hidden) if hidden else ""
    yield from _settled(report)
    yield from (f"注意：{notice}" for notice in report.document.notices)


def _settled(report: DocumentReport) -> Iterator[str]:
    """What has no mark of its own: what people let stand, and what was solved."""
    suppressed = [each for each in enumerate(report.findings, 1) if reason_of(report, each[1])]
    if suppressed:
        yield f"{STANDINGS[Standing.SUPPRESSED]}、未作标注 {len(suppressed)} 条："
    for number, finding in suppressed:
        at = f"【{number}】{place(finding.where)} {finding.code} “{excerpt(finding.text)}”"
        yield f"· {at}，理由：{reason_of(report, finding)}"
    yield from gone(report)
