"""From files to their reports: checked or taken from the cache, with settings and triage.

``check``, ``annotate``, ``baseline`` and ``suppress`` all get their reports here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any

import typer

from narrcheck.cli.opening import attempted
from narrcheck.errors import DocumentError, EmptyFileError, NarrcheckError, SettingsError
from narrcheck.findings import (
    DocumentReport,
    Earlier,
    NoNarrativeError,
    Report,
    Severity,
    Triage,
)
from narrcheck.report.deliver import FAILED, complain
from narrcheck.settings import Settings, codes_of, find_settings, judged, read_settings
from narrcheck.triage import Kept, earlier_of, read_kept, read_suppressions

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


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen on the command line; None where it is left to the settings.

    ``older`` is an older draft to compare with, or a file of what was found in it. ``compares`` is
    false where findings of earlier checks do not matter, whatever the settings name.
    """

    tables: Path | None = None
    patterns: Path | None = None
    select: str | None = None
    ignore: str | None = None
    fail_on: Severity | None = None
    config: Path | None = None
    isolated: bool = False
    cache: bool = True
    baseline: Path | None = None
    older: Path | None = None
    compares: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that was checked: its report as its settings want it, and how much they hide."""

    path: Path
    report: DocumentReport
    settings: Settings
    hidden: int

    @property
    def fails(self) -> bool:
        """Whether a new finding is worse than its settings bear."""
        worst = Report((self.report,)).worst()
        return worst is not None and worst.rank <= self.settings.fail_on.rank


def check_all(
    files: list[Path], choices: Choices, *, skip_others: bool = False
) -> tuple[list[Checked], bool]:
    """The files that were checked, and whether one of them could not be.

    With ``skip_others`` a file that is no disclosure is passed over, and a line says so. What
    leaves no file to be checked (bad settings, patterns, a baseline) ends the call with a line.
    """
    check_one = checker(choices)

    def found_in(path: Path) -> tuple[Checked, ...]:
        try:
            return (check_one(path),)
        except DocumentError as error:
            if not (skip_others and _is_no_disclosure(error)):
                raise
            complain(f"{path}：没有情况说明，跳过。")
            return ()

    try:
        with _progress(files) as paths:
            tried = [attempted(path, partial(found_in, path)) for path in paths]
    except NarrcheckError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None
    return [each for found in tried for each in found or ()], None in tried


def check_one(file: Path, choices: Choices) -> Checked:
    """The one file that a call is about; where it cannot be checked, that ends the call."""
    checked, _ = check_all([file], choices)
    if not checked:
        raise typer.Exit(FAILED)
    return checked[0]


def checker(choices: Choices) -> Callable[[Path], Checked]:
    """What checks one file after the other; settings and baselines are read once.

    It raises NarrcheckError: DocumentError for one file, the others for all.
    """
    settings_in = cache(partial(_settings, choices))
    kept_in = cache(read_kept)

    def check_one(path: Path) -> Checked:
        settings = settings_in(path.parent)
        run = partial(_report, choices=choices, settings=settings)
        whole = run(path)
        report = judged(whole, settings, path)
        earlier = _earlier(path, choices, settings, kept_in, run)
        triage = _triage(path, settings, whole, report, earlier)
        hidden = len(whole.findings) - len(report.findings)
        return Checked(path, replace(report, triage=triage), settings, hidden)

    return check_one


def _settings(choices: Choices, folder: Path) -> Settings:
    """The settings for documents of a folder: what the command line says counts for more.

    Who selects rules there gets them, whatever the settings ignore.
    """
    if choices.isolated and choices.config is not None:
        raise SettingsError("--isolated 与 --config 不能同用。")
    if choices.config is not None:
        settings = read_settings(choices.config)
    else:
        settings = Settings() if choices.isolated else find_settings(folder)
    chosen: dict[str, Any] = {
        "fail_on": choices.fail_on,
        "patterns": choices.patterns,
        "baseline": choices.baseline,
    }
    try:
        if choices.select is not None:
            chosen |= {"select": codes_of(choices.select), "ignore": ()}
        if choices.ignore is not None:
            chosen["ignore"] = codes_of(choices.ignore)
    except ValueError as error:
        raise SettingsError(str(error)) from None
    settings = replace(settings, cache=settings.cache and choices.cache)
    return replace(settings, **{key: each for key, each in chosen.items() if each is not None})


def _report(path: Path, *, choices: Choices, settings: Settings) -> DocumentReport:
    """All that is found in a document."""
    if settings.cache:
        from narrcheck.cache import check_cached as check
    else:
        from narrcheck.check import check
    return check(path, tables=choices.tables, patterns=settings.patterns)


def _earlier(
    path: Path,
    choices: Choices,
    settings: Settings,
    kept_in: Callable[[Path], Kept],
    run: Callable[[Path], DocumentReport],
) -> tuple[Earlier, ...] | None:
    """What was found in the document, or an older draft of it; None where nobody asks.

    An older draft is taken with the same settings, and the same tables where they are apart.
    """
    if not choices.compares:
        return None
    if choices.older is not None:
        if choices.older.suffix.lower() == ".json":
            return kept_in(choices.older).of_draft(path)
        return earlier_of(judged(run(choices.older), settings, path))
    return kept_in(settings.baseline).of(path) or () if settings.baseline is not None else None


def _triage(
    path: Path,
    settings: Settings,
    whole: DocumentReport,
    report: DocumentReport,
    earlier: Iterable[Earlier] | None,
) -> Triage:
    """What is known of a document's findings, but for the findings that its settings hide.

    Those are neither solved, nor are their suppressions stale.
    """
    shown = {finding.fingerprint for finding in report.findings}
    hidden = {finding.fingerprint for finding in whole.findings} - shown
    suppressions = (
        each
        for each in read_suppressions(path)
        if each.fingerprint not in hidden and (not each.code or settings.wants(each.code, path))
    )
    if earlier is not None:
        earlier = tuple(each for each in earlier if settings.wants(each.code, path))
    return Triage(earlier, tuple(suppressions))


def _is_no_disclosure(error: DocumentError) -> bool:
    """Whether there is nothing to check, and not just nothing that could be read.

    A document that says it is a 决算 or 预算 may have its narrative where it was not read.
    """
    if isinstance(error, NoNarrativeError):
        return not (error.document.kind and error.document.notices)
    return isinstance(error, EmptyFileError)


@contextmanager
def _progress(files: list[Path]) -> Iterator[Iterable[Path]]:
    """The files, with a bar on the terminal that moves on as they are taken; elsewhere without."""
    if len(files) < 2 or not sys.stderr.isatty():
        yield files
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("核对"), BarColumn(), MofNCompleteColumn())
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, redirect_stdout=False) as bar:
        yield bar.track(files)
