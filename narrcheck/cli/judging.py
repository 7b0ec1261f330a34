"""What people have settled of a document: settings, baselines, suppressions, and its report so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from narrcheck.errors import SettingsError
from narrcheck.findings import DocumentReport, Earlier, Report, Severity, Triage
from narrcheck.settings import Settings, codes_of, find_settings, judged, read_settings
from narrcheck.triage import Kept, earlier_of, read_kept, read_suppressions


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
    jobs: int | None = None
    timeout: int | None = None
    memory: int | None = None


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


@dataclass(frozen=True, slots=True)
class Judge:
    """Makes of what is found in a document what its settings want to know of it.

    Settings and baselines are read once for all documents.
    """

    choices: Choices
    settings_in: Callable[[Path], Settings]
    kept_in: Callable[[Path], Kept]

    def settings(self, path: Path) -> Settings:
        """The settings of the document at ``path``; raises SettingsError."""
        return self.settings_in(path.parent)

    def prepare(self, paths: Iterable[Path]) -> None:
        """Reads settings and baselines of all documents; raises NarrcheckError for a bad one."""
        for folder in dict.fromkeys(path.parent for path in paths):
            baseline = self.settings_in(folder).baseline
            if baseline is not None and self.choices.compares and self.choices.older is None:
                self.kept_in(baseline)

    def checked(self, path: Path, whole: DocumentReport, older: DocumentReport | None) -> Checked:
        """A document of which all findings are known, and those of its older draft, if any."""
        settings = self.settings(path)
        report = judged(whole, settings, path)
        earlier = self._earlier(path, judged(older, settings, path) if older else None)
        triage = _triage(path, settings, whole, report, earlier)
        hidden = len(whole.findings) - len(report.findings)
        return Checked(path, replace(report, triage=triage), settings, hidden)

    def _earlier(self, path: Path, older: DocumentReport | None) -> tuple[Earlier, ...] | None:
        """What was found before in a document; None where nobody asks."""
        baseline = self.settings(path).baseline
        if not self.choices.compares:
            return None
        if older is not None:
            return earlier_of(older)
        if self.choices.older is not None:
            return self.kept_in(self.choices.older).of_draft(path)
        return self.kept_in(baseline).of(path) or () if baseline is not None else None


def judge_by(choices: Choices) -> Judge:
    """Who judges by what was chosen on the command line."""
    return Judge(choices, cache(partial(_settings, choices)), cache(read_kept))


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
        "timeout": choices.timeout,
        "memory": choices.memory,
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
