"""What is said of a finding, line by line, in reports that show no colours."""

from __future__ import annotations

from narrcheck.findings import Finding
from narrcheck.report.lines import plain
from narrcheck.report.text import evidence_line


def account(finding: Finding) -> tuple[str, ...]:
    """The message, what to write instead, how the fault came about, and all it rests on."""
    said = [plain(finding.message)]
    if finding.suggestion is not None and finding.suggestion != finding.expected:
        said.append(f"改为：{plain(finding.suggestion)}")
    if finding.diagnosis:
        said.append(f"成因：{plain(finding.diagnosis)}")
    return (*said, *(f"依据：{evidence_line(each)}" for each in finding.evidence))
