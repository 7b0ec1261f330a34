"""From files to their reports: checked by workers or taken from the cache, with what is settled.

``check``, ``annotate``, ``baseline`` and ``suppress`` all get their reports here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from narrcheck.cli.judging import Checked, Choices, Judge, judge_by
from narrcheck.cli.opening import INTERRUPTED, NOTHING, Left, tried
from narrcheck.document import Document
from narrcheck.errors import DocumentError, EmptyFileError, NarrcheckError, TriageError
from narrcheck.findings import DocumentReport, NoNarrativeError, Severity
from narrcheck.report.deliver import FAILED, complain

if TYPE_CHECKING:
    from narrcheck.cli.progress import Bar
    from narrcheck.cli.worker import Task
    from narrcheck.cli.workers import Found

EACH_JOB = 1 << 30  # bytes of memory that are reckoned for a file; scans take as much
Told = TypeVar("Told")

Select = Annotated[
    str | None,
    typer.Option(metavar="CODES", help="只列这些规则，写代码或其开头，逗号分隔：NC2,NC501。"),
]
Ignore = Annotated[str | None, typer.Option(metavar="CODES", help="不列这些规则，写法同上。")]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="用这个文件里的设置；不写时用离被核对文件最近的 narrcheck.toml 或 pyproject.toml。",
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="不用任何设置文件。")]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="重新核对，不用也不存以前核对同样内容的结果。")
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="narrcheck baseline 存下的问题标为“原有”，不计入退出码，并列出已解决的。",
    ),
]

__all__ = ["Checked", "Choices", "check_all", "check_one", "go_through"]


@dataclass(frozen=True, slots=True)
class Course:
    """How a call went: how many files were checked, could not be, were passed over; its exit code.

    The code says nothing of findings.
    """

    checked: int
    failed: int
    others: int
    code: int


def check_all(
    files: Sequence[Path], choices: Choices, *, found: Collection[Path] = ()
) -> tuple[list[Checked], int]:
    """The files that were checked, and the exit code: other than 0 where that is not all of them.

    Those ``found`` in folders may be no disclosures. What leaves no file to be checked (bad
    settings, patterns, a baseline) ends the call with a line.
    """
    checked: list[Checked] = []
    course = go_through(files, choices, lambda each: each, checked.append, found=found)
    return checked, course.code


def check_one(file: Path, choices: Choices) -> Checked:
    """The one file that a call is about; where it cannot be checked, that ends the call."""
    checked, code = check_all([file], choices)
    if not checked:
        raise typer.Exit(code)
    return checked[0]


def go_through(
    files: Sequence[Path],
    choices: Choices,
    take: Callable[[Checked], Told],
    tell: Callable[[Told], object],
    *,
    found: Collection[Path] = (),
    skip_others: bool = False,
) -> Course:
    """Checks files; ``take`` makes something of each as they are done, ``tell`` hears it in turn.

    So the order of the files is that of what is told, and nothing else is kept meanwhile. A line
    says of each file that was not checked why. One of those ``found`` in folders (with
    ``skip_others``: any) is passed over where it is no disclosure; found ones must not all be
    such. On Ctrl-C what is done is told, and how many that are.
    """
    from narrcheck.cli.progress import bar_over
    from narrcheck.cli.workers import Interrupted

    may_be_other = frozenset(files if skip_others else found)
    left: list[Left] = []
    checked, code = 0, NOTHING
    with bar_over(len(files)) as bar:
        try:
            with closing(_as_they_come(files, choices, may_be_other, bar)) as stream:
                for each in _in_turn((number, _taken(item, take)) for number, item in stream):
                    with bar.aside():
                        if isinstance(each, Left):
                            complain(each.said)
                            left.append(each)
                        else:
                            tell(each)
                            checked += 1
        except Interrupted:
            code = INTERRUPTED
        except NarrcheckError as error:
            with bar.aside():
                complain(str(error))
            raise typer.Exit(FAILED) from None
    failed = sum(each.fails for each in left)
    if code == INTERRUPTED:
        complain(f"已中断：{len(files)} 个文件中核对了 {checked} 个。")
    else:
        code = _code(checked, failed, skip_others=skip_others)
    return Course(checked, failed, len(left) - failed, code)


def _code(checked: int, failed: int, *, skip_others: bool) -> int:
    """The exit code of a call that went to its end; silence must not be taken for health."""
    if failed:
        return FAILED
    if checked or skip_others:
        return NOTHING
    complain("没有一个文件有情况说明，什么也没有核对。")
    return FAILED


def _as_they_come(
    files: Sequence[Path], choices: Choices, may_be_other: Collection[Path], bar: Bar
) -> Generator[tuple[int, Checked | Left], None, None]:
    """What becomes of each file, with its number, in the order in which they are done."""
    from narrcheck.cli.workers import work_off

    judge = judge_by(choices)
    judge.prepare(files)
    draft = choices.older if _is_document(choices.older) else None
    asked = [*files, *([draft] if draft is not None else [])]
    jobs = choices.jobs or _usual_jobs()
    # Either several documents at a time or several pages of one.
    tasks = (_asked(path, judge, files[0], jobs if len(asked) == 1 else 1) for path in asked)
    failed = errors = 0
    for number, found, older in _with_draft(work_off(tasks, jobs, bar.show), draft is not None):
        each = tried(files[number], partial(_judged, judge, files[number], found, older))
        if isinstance(each, Left):
            each = _passed_over(each, files[number], found, may_be_other)
            failed += each.fails
        else:
            errors += sum(one.severity is Severity.ERROR for one in each.report.findings)
        bar.move(failed=failed, errors=errors)
        yield number, each


def _is_document(older: Path | None) -> bool:
    """Whether an older draft must be checked, and is not what was kept of an earlier check."""
    return older is not None and older.suffix.lower() != ".json"


def _asked(path: Path, judge: Judge, first: Path, pages: int) -> Task | Found:
    """The task to check a document, or what is kept of it; a draft goes by the first file."""
    from narrcheck.cli.worker import Task

    choices = judge.choices
    settings = judge.settings(first if path == choices.older else path)
    if settings.cache:
        from narrcheck.cache import find_cached

        found = find_cached(path, tables=choices.tables, patterns=settings.patterns)
        if found is not None:
            return found
    bounds = settings.timeout, settings.memory, pages
    return Task(path, choices.tables, settings.patterns, settings.cache, *bounds)


def _usual_jobs() -> int:
    """How many documents can be checked at a time: one a processor, as far as memory goes."""
    usable = getattr(os, "sched_getaffinity", None)
    processors = len(usable(0)) if usable is not None else os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows has no such names
        return processors
    return max(1, min(processors, memory // EACH_JOB))


def _with_draft(
    stream: Iterator[tuple[int, Found]], has_draft: bool
) -> Iterator[tuple[int, Found, DocumentReport | None]]:
    """What is found; with a draft, that of the one file and what is found in the draft after it."""
    if not has_draft:
        yield from ((number, found, None) for number, found in stream)
        return
    both = dict(stream)
    found, older = both[0], both[1]
    if isinstance(older, DocumentReport):
        yield 0, found, older
    else:  # there is nothing to compare with: why, is to be told, unless the file itself is bad
        yield 0, older if isinstance(found, DocumentReport) else found, None


def _judged(judge: Judge, path: Path, found: Found, older: DocumentReport | None) -> Checked:
    if isinstance(found, NarrcheckError):
        raise found
    if isinstance(found, Document):
        raise NoNarrativeError(found)
    try:
        return judge.checked(path, found, older)
    except TriageError as error:  # what stands beside one document is no matter of the others
        raise DocumentError(str(error)) from None


def _passed_over(left: Left, path: Path, found: Found, may_be_other: Collection[Path]) -> Left:
    if path in may_be_other and _is_no_disclosure(found):
        return Left(f"{path}：没有情况说明，跳过。", fails=False)
    return left


def _taken(each: Checked | Left, take: Callable[[Checked], Told]) -> Told | Left:
    return each if isinstance(each, Left) else tried(each.path, partial(take, each))


def _in_turn(stream: Iterable[tuple[int, Told]]) -> Iterator[Told]:
    """In the order of their numbers; where a signal ends it, also what is out of turn."""
    from narrcheck.cli.workers import Interrupted

    waiting: dict[int, Told] = {}
    due = 0
    try:
        for number, each in stream:
            waiting[number] = each
            while due in waiting:
                yield waiting.pop(due)
                due += 1
    except Interrupted:
        yield from (waiting[number] for number in sorted(waiting))
        raise


def _is_no_disclosure(found: Found) -> bool:
    """Whether there is nothing to check, and not just nothing that could be read.

    A document that says it is a 决算 or 预算 may have its narrative where it was not read.
    """
    if isinstance(found, Document):
        return not (found.kind and found.notices)
    return isinstance(found, EmptyFileError)
