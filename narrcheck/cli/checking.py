"""The command that checks documents: ``narrcheck check``."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from narrcheck.cli.opening import FINDINGS, NOTHING, Apart, Patterns
from narrcheck.cli.reporting import (
    Baseline,
    Checked,
    Choices,
    Config,
    Ignore,
    Isolated,
    NoCache,
    Select,
    check_all,
)
from narrcheck.findings import Report, Severity
from narrcheck.report.deliver import FAILED, complain, deliver, printed, refuse_overwriting


class Format(StrEnum):
    """The forms of a report: one for people, the others for programs."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


# What writes each form for programs, as module and function; imported when asked for.
WRITERS = {form: (f"narrcheck.report.{form}", f"write_{form}") for form in list(Format)[1:]}


Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="要核对的文件，可以有多个。")]
Form = Annotated[Format, typer.Option("--format", help="报告的形式：text 给人看，其余给程序读。")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="报告写入这个文件（UTF-8）。"),
]
FailOn = Annotated[
    Severity | None,
    typer.Option(help="有这一级或更严重的新增问题时，退出码为 1；不写时看设置，没有就是 error。"),
]
Older = Annotated[
    Path | None,
    typer.Option(
        "--diff",
        metavar="OLD",
        help="与旧稿（或它的 JSON 报告）比较：哪些问题已解决，哪些仍在，哪些是新增的。",
    ),
]
SkipOthers = Annotated[
    bool,
    typer.Option("--skip-others", help="没有情况说明的文件跳过，不算未能检查；用于钩子。"),
]


def check(
    files: Files,
    form: Form = Format.TEXT,
    output: Output = None,
    apart: Apart = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = None,
    baseline: Baseline = None,
    older: Older = None,
    skip_others: SkipOthers = False,
    config: Config = None,
    isolated: Isolated = False,
    no_cache: NoCache = False,
    patterns: Patterns = None,
) -> None:
    """核对文件中的数字，逐条列出问题和依据。"""
    if output is not None:
        refuse_overwriting(output, [*files, *(each for each in (apart, baseline, older) if each)])
    _refuse_comparing_twice(files, baseline, older)
    choices = Choices(
        tables=apart,
        patterns=patterns,
        select=select,
        ignore=ignore,
        fail_on=fail_on,
        config=config,
        isolated=isolated,
        cache=not no_cache,
        baseline=baseline,
        older=older,
    )
    checked, failed = check_all(files, choices, skip_others=skip_others)
    if form is not Format.TEXT:
        deliver(_for_programs(checked, form), output, data=True)
    elif checked:
        deliver(_for_people(checked, output), output)
    found = FINDINGS if any(each.fails for each in checked) else NOTHING
    raise typer.Exit(FAILED if failed else found)


def _refuse_comparing_twice(files: list[Path], baseline: Path | None, older: Path | None) -> None:
    """End the call where it is not clear what to compare with."""
    if older is not None and (baseline is not None or len(files) > 1):
        complain("--diff 一次只比较一个文件，也不能与 --baseline 同用。")
        raise typer.Exit(FAILED)


def _for_people(checked: list[Checked], output: Path | None) -> str:
    from narrcheck.report.text import write_text

    report = Report(tuple(each.report for each in checked))
    hidden = sum(each.hidden for each in checked)
    return printed(lambda console: write_text(report, console, hidden=hidden), to_file=output)


def _for_programs(checked: list[Checked], form: Format) -> str:
    """The report in a form for programs; that something was left out of it is said beside it."""
    if hidden := sum(each.hidden for each in checked):
        complain(f"按 --select/--ignore 或设置未列出 {hidden} 条。")
    module, function = WRITERS[form]
    write = getattr(import_module(module), function)
    settled = _outcomes(checked) if form is Format.JUNIT else {}
    written: str = write(Report(tuple(each.report for each in checked)), **settled)
    return written


def _outcomes(checked: list[Checked]) -> dict[str, Any]:
    """What makes a rule pass or fail; of several settings, whatever one of them asks for."""
    from narrcheck.rules import RULES

    bars = (each.settings.fail_on for each in checked)
    return {
        "fail_on": max(bars, key=lambda each: each.rank, default=Severity.ERROR),
        "codes": {
            rule.CODE
            for rule in RULES
            if any(each.settings.wants(rule.CODE, each.path) for each in checked)
        },
    }
