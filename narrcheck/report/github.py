"""The report as annotations that GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.findings import DocumentReport, Finding, Report, Severity, Standing
from narrcheck.report.account import account
from narrcheck.report.lines import place, plain
from narrcheck.report.paths import has_lines, relative
from narrcheck.report.rule_pages import rule_name
from narrcheck.report.standing import STALE, STANDINGS, stale_line

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write_github(report: Report) -> str:
    """A workflow command a line, the worst first, for GitHub shows but the first ten of a sort.

    A finding known before is a notice, one that a person lets stand is not shown.
    """
    shown = [
        (_sort(document.standing(each), each.severity), document, each)
        for document in report.documents
        for each in document.findings
        if document.standing(each) is not Standing.SUPPRESSED
    ]
    shown.sort(key=lambda line: list(COMMANDS.values()).index(line[0]))
    commands = [_finding(sort, document, each) for sort, document, each in shown]
    stale = [line for document in report.documents for line in _stale(document)]
    return "".join(f"{line}\n" for line in (*commands, *stale))


def _sort(standing: Standing, severity: Severity) -> str:
    return "notice" if standing is Standing.KNOWN else COMMANDS[severity]


def _finding(command: str, report: DocumentReport, finding: Finding) -> str:
    known = report.standing(finding) is Standing.KNOWN
    path = finding.where.file or report.document.path
    properties = {"file": relative(path)}
    if has_lines(path) and finding.where.line is not None:
        properties |= _span(report, finding)
        lead = ""
    else:
        within = [place(finding.where)] if finding.where.page else list(finding.section[-1:])
        lead = "，".join([*map(plain, within), f"“{plain(finding.text)}”"]) + "："
    mark = f"（{STANDINGS[Standing.KNOWN]}）" if known else ""
    properties["title"] = f"{rule_name(finding.code)}{mark}"
    return _command(command, properties, lead + "\n".join(account(finding)))


def _span(report: DocumentReport, finding: Finding) -> dict[str, str]:
    """The lines of the words at fault; the columns too where these are known and in one line."""
    where = finding.where
    if where.file:
        return {"line": str(where.line)}
    document = report.document
    last = document.where(max(where.end - 1, where.start), where.end)
    lines = {"line": str(where.line), "endLine": str(last.line)}
    if where.line is None or last.line != where.line:
        return lines
    begin = document.line_starts[where.line - 1]
    return lines | {
        "col": str(where.start - begin + 1),
        "endColumn": str(where.end - begin + 1),
    }


def _stale(report: DocumentReport) -> Iterator[str]:
    """Suppressions that fit nothing any more."""
    properties = {"file": relative(report.document.path), "title": STALE}
    for each in report.stale():
        yield _command("notice", properties, stale_line(each))


def _command(name: str, properties: dict[str, str], message: str) -> str:
    said = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{name} {said}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    """``text`` with what would end a command or one of its properties written as %XX."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
