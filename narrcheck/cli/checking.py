"""The command that checks documents: ``narrcheck check``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from narrcheck.cli.gathering import Gathered, gathered
from narrcheck.cli.opening import FINDINGS, NOTHING, Apart, Jobs, Memory, Patterns, Timeout
from narrcheck.cli.reporting import (
    Baseline,
    Checked,
    Choices,
    Config,
    Course,
    Ignore,
    Isolated,
    NoCache,
    Select,
    go_through,
)
from narrcheck.findings import Report, Severity
from narrcheck.report.deliver import FAILED, complain, deliver, printed, refuse_overwriting

if TYPE_CHECKING:
    from rich.console import Console

    from narrcheck.report.overview import Tally


class Format(StrEnum):
    """The forms of a report: one for people, the others for programs."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


AT_THE_END = (Format.JSON, Format.SARIF, Format.GITHUB, Format.JUNIT)  # one whole, all in memory
# What writes each of them, as module and function; imported when asked for.
WRITERS = {form: (f"narrcheck.report.{form}", f"write_{form}") for form in AT_THE_END}


@dataclass(frozen=True, slots=True)
class Part:
    """What is told of one document, and what the end of the report and the call need of it."""

    text: str
    tally: Tally
    hidden: int
    fails: bool


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="要核对的文件或文件夹，可以有多个；文件夹查到最里层。"),
]
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
    jobs: Jobs = None,
    timeout: Timeout = None,
    memory: Memory = None,
) -> None:
    """核对文件中的数字，逐条列出问题和依据。"""
    all_files = gathered(files, output=output)
    if output is not None:
        others = [each for each in (apart, baseline, older) if each]
        refuse_overwriting(output, [*all_files.files, *others])
    _refuse_comparing_twice(all_files.files, baseline, older)
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
        jobs=jobs,
        timeout=timeout,
        memory=memory,
    )
    if form in AT_THE_END:
        fails, code = _tell_at_the_end(all_files, choices, form, output, skip_others=skip_others)
    else:
        fails, code = _tell_as_they_come(all_files, choices, form, output, skip_others=skip_others)
    raise typer.Exit(code or (FINDINGS if fails else NOTHING))


def _refuse_comparing_twice(
    files: Sequence[Path], baseline: Path | None, older: Path | None
) -> None:
    """End the call where it is not clear what to compare with."""
    if older is not None and (baseline is not None or len(files) > 1):
        complain("--diff 一次只比较一个文件，也不能与 --baseline 同用。")
        raise typer.Exit(FAILED)


def _tell_as_they_come(
    files: Gathered, choices: Choices, form: Format, output: Path | None, *, skip_others: bool
) -> tuple[bool, int]:
    """Tells each document as soon as it and those before it are done.

    Whether one has findings that fail the call, and the exit code but for these. Only a text that
    goes to a file is written as a whole.
    """
    parts: list[Part] = []  # their texts may be long, and are told
    texts: list[str] = []
    people = form is Format.TEXT

    def tell(part: Part) -> None:
        text = "\n" * (people and bool(parts)) + part.text
        if people and output is not None:
            texts.append(text)
        else:
            deliver(text, output, data=not people, append=bool(parts))
        parts.append(replace(part, text=""))

    take = partial(_part, form=form, output=output)
    course = go_through(
        files.files, choices, take, tell, found=files.found, skip_others=skip_others
    )
    hidden = sum(part.hidden for part in parts)
    if people and parts:
        end = printed(partial(_close, parts, course, hidden), to_file=output)
        deliver("".join((*texts, end)), output)
    elif not people:
        _tell_of_hidden(hidden)
        if not parts:
            deliver("", output, data=True)
    return any(part.fails for part in parts), course.code


def _part(checked: Checked, *, form: Format, output: Path | None) -> Part:
    if form is Format.TEXT:
        from narrcheck.report.text import write_document

        filtered = checked.hidden > 0
        text = printed(
            lambda console: write_document(checked.report, console, filtered=filtered),
            to_file=output,
        )
    else:
        from narrcheck.report.jsonl import write_jsonl

        text = write_jsonl(Report((checked.report,)))
    from narrcheck.report.overview import tally

    return Part(text, tally(checked.report), checked.hidden, checked.fails)


def _close(parts: list[Part], course: Course, hidden: int, console: Console) -> None:
    from narrcheck.report.text import write_closing

    tallies = [part.tally for part in parts]
    left = (course.failed, course.others)
    write_closing(tallies, console, hidden=hidden, left=left)


def _tell_of_hidden(hidden: int) -> None:
    if hidden:
        complain(f"按 --select/--ignore 或设置未列出 {hidden} 条。")


def _tell_at_the_end(
    files: Gathered, choices: Choices, form: Format, output: Path | None, *, skip_others: bool
) -> tuple[bool, int]:
    """Tells all documents in one; returns as ``_tell_as_they_come``."""
    checked: list[Checked] = []
    course = go_through(
        files.files,
        choices,
        lambda each: each,
        checked.append,
        found=files.found,
        skip_others=skip_others,
    )
    deliver(_for_programs(checked, form), output, data=True)
    return any(each.fails for each in checked), course.code


def _for_programs(checked: list[Checked], form: Format) -> str:
    """The report in a form for programs; that something was left out of it is said beside it."""
    _tell_of_hidden(sum(each.hidden for each in checked))
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
