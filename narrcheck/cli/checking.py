"""The command that checks documents: ``narrcheck check``."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from narrcheck.cli.opening import FINDINGS, NOTHING, Apart, Patterns, attempted
from narrcheck.errors import NarrcheckError
from narrcheck.findings import DocumentReport, Finding, Report, Severity
from narrcheck.report.deliver import FAILED, complain, deliver, printed, refuse_overwriting


class Format(StrEnum):
    """The forms of a report."""

    TEXT = "text"
    JSON = "json"


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="要核对的文件，可以有多个。")],
    form: Annotated[Format, typer.Option("--format", help="报告的形式。")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="报告写入这个文件（UTF-8）。"),
    ] = None,
    apart: Apart = None,
    select: Annotated[
        str,
        typer.Option(metavar="CODES", help="只列这些规则，写代码或其开头，逗号分隔：NC2,NC501。"),
    ] = "",
    ignore: Annotated[str, typer.Option(metavar="CODES", help="不列这些规则，写法同上。")] = "",
    fail_on: Annotated[
        Severity, typer.Option(help="有这一级或更严重的问题时，退出码为 1。")
    ] = Severity.ERROR,
    patterns: Patterns = None,
) -> None:
    """核对文件中的数字，逐条列出问题和依据。"""
    if output is not None:
        refuse_overwriting(output, [*files, *([apart] if apart else [])])
    selected, ignored = _codes(select), _codes(ignore)
    checked, unreadable = _check_all(files, apart=apart, patterns=patterns)
    report = Report(tuple(_filtered(each, selected, ignored) for each in checked))
    hidden = sum(len(each.findings) for each in checked) - sum(
        len(each.findings) for each in report.documents
    )
    if report.documents or form is Format.JSON:
        deliver(_rendered(report, form, output, hidden=hidden), output, data=form is Format.JSON)
    raise typer.Exit(FAILED if unreadable else _exit_code(report, fail_on))


def _check_all(
    files: list[Path], *, apart: Path | None, patterns: Path | None
) -> tuple[list[DocumentReport], bool]:
    """The reports of the files that could be read, and whether one could not."""
    from narrcheck.check import check as check_document

    check_one = partial(check_document, tables=apart, patterns=patterns)
    try:
        tried = [attempted(path, partial(check_one, path)) for path in files]
    except NarrcheckError as error:  # bad patterns: no file can be checked with them
        complain(str(error))
        raise typer.Exit(FAILED) from None
    checked = [each for each in tried if each is not None]
    return checked, len(checked) < len(files)


def _codes(option: str) -> tuple[str, ...]:
    """The prefixes of ``NC2,NC501``; one that fits no rule ends the call, lest it hides a typo."""
    from narrcheck.rules import RULES

    prefixes = tuple(part.strip().upper() for part in option.split(",") if part.strip())
    for prefix in prefixes:
        if not any(rule.CODE.startswith(prefix) for rule in RULES):
            complain(f"没有代码以 {prefix} 开头的规则；narrcheck rules 列出全部规则。")
            raise typer.Exit(FAILED)
    return prefixes


def _filtered(
    report: DocumentReport, selected: tuple[str, ...], ignored: tuple[str, ...]
) -> DocumentReport:
    def wanted(finding: Finding) -> bool:
        chosen = not selected or finding.code.startswith(selected)
        return chosen and not finding.code.startswith(ignored)

    return replace(report, findings=tuple(filter(wanted, report.findings)))


def _exit_code(report: Report, fail_on: Severity) -> int:
    worst = report.worst()
    return FINDINGS if worst is not None and worst.rank <= fail_on.rank else NOTHING


def _rendered(report: Report, form: Format, output: Path | None, *, hidden: int) -> str:
    if form is Format.JSON:
        from narrcheck.report.json import write_json

        return write_json(report)
    from narrcheck.report.text import write_text

    return printed(lambda console: write_text(report, console, hidden=hidden), to_file=output)
