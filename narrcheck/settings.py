"""Settings: which rules count and how much, from ``narrcheck.toml`` or ``pyproject.toml``.

The settings of a document are those of the nearest folder upward from it that has any: its
``narrcheck.toml``, or else its ``pyproject.toml`` with a table ``[tool.narrcheck]``. They are not
joined with those of folders further up. Paths in them go out from the folder of the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from narrcheck.errors import SettingsError
from narrcheck.findings import DocumentReport, Severity

OWN, SHARED = "narrcheck.toml", "pyproject.toml"
TABLE = "tool.narrcheck"
SECONDS = 600  # for one document; a scan takes 3 to 5 of them a page, LibreOffice at most 120
MEGABYTES = 4096  # for one document; text takes some 150 of them, a scan 700

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has settled for the documents of a folder.

    ``select`` and ``ignore`` are beginnings of codes; nothing selected is all. ``severity`` goes
    by code, ``per_file_ignores`` by a glob of paths, from the folder of ``file``, where the
    settings stand (None: nowhere). ``timeout`` is seconds, ``memory`` MB that the check of one
    document may take; 0 is without end.
    """

    select: Codes = ()
    ignore: Codes = ()
    fail_on: Severity = Severity.ERROR
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, Codes] = field(default_factory=dict)
    patterns: Path | None = None
    baseline: Path | None = None
    cache: bool = True
    timeout: int = SECONDS
    memory: int = MEGABYTES
    file: Path | None = None

    def wants(self, code: str, path: Path) -> bool:
        """Whether findings of a code are to be told of the document at ``path``."""
        ignored = (*self.ignore, *self._ignored_in(path))
        return code.startswith(self.select or "") and not code.startswith(ignored)

    def _ignored_in(self, path: Path) -> Codes:
        if self.file is None or not self.per_file_ignores:
            return ()
        whole, folder = path.resolve(), self.file.resolve().parent
        inside = whole.relative_to(folder) if whole.is_relative_to(folder) else whole
        return tuple(
            code
            for glob, codes in self.per_file_ignores.items()
            if fnmatchcase(inside.as_posix(), glob) or fnmatchcase(whole.name, glob)
            for code in codes
        )


def find_settings(folder: Path) -> Settings:
    """The settings of the nearest folder from ``folder`` upward that has any, else the usual ones.

    Raises SettingsError, one line that names file and key, for what is not understood.
    """
    whole = folder.resolve()
    for each in (whole, *whole.parents):
        for file in (each / OWN, each / SHARED):
            if os.path.isfile(file) and (found := _read(file)) is not None:
                return _settings(found, file)
    return Settings()


def read_settings(file: Path) -> Settings:
    """The settings of one file; raises SettingsError where it has none."""
    found = _read(file)
    if found is None:
        raise SettingsError(f"{file}：里面没有 [{TABLE}]。")
    return _settings(found, file)


def judged(report: DocumentReport, settings: Settings, path: Path) -> DocumentReport:
    """The report with only the findings that the settings want, each as bad as they say."""
    return replace(
        report,
        findings=tuple(
            replace(finding, severity=settings.severity.get(finding.code, finding.severity))
            for finding in report.findings
            if settings.wants(finding.code, path)
        ),
    )


def codes_of(written: str) -> Codes:
    """The beginnings of codes in ``NC2,NC501``; ValueError names one that no rule begins with.

    An unknown one is a slip of the pen, and might hide what should be seen.
    """
    codes = tuple(part.strip().upper() for part in written.split(",") if part.strip())
    for code in codes:
        if not any(known.startswith(code) for known in _rules()):
            raise ValueError(f"没有代码以 {code} 开头的规则；narrcheck rules 列出全部规则。")
    return codes


def _rules() -> Mapping[str, str]:
    """The slugs of all rules, by code."""
    from narrcheck.rules import RULES  # only those who name a rule need them

    return {rule.CODE: rule.SLUG for rule in RULES}


def _read(file: Path) -> Mapping[str, Any] | None:
    """The settings in a file as they are written; None for a pyproject.toml without any."""
    try:
        # Notepad puts a mark in front.
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{file}：无法读取设置（{error.strerror}）。") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file}：设置文件不是 UTF-8 编码，请另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}：不是合格的 TOML：{error}") from None
    if file.name != SHARED:
        return content
    tool = content.get("tool", {})
    found = tool.get("narrcheck") if isinstance(tool, dict) else None
    if found is not None and not isinstance(found, dict):
        raise SettingsError(f"{file}：[{TABLE}] 应当是一组设置。")
    return found


def _settings(written: Mapping[str, Any], file: Path) -> Settings:
    settled: dict[str, Any] = {}
    for key, value in written.items():
        if key not in _READERS:
            raise SettingsError(f"{file}：不认识的设置 {key}，可用的有 {'、'.join(_READERS)}。")
        try:
            settled[key.replace("-", "_")] = _READERS[key](value, file)
        except ValueError as error:
            raise SettingsError(f"{file}：{key} {error}") from None
    return Settings(**settled, file=file)


def _codes(value: object, file: Path) -> Codes:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError('应当是一列规则代码，如 ["NC2", "NC501"]。')
    return tuple(code for each in value for code in codes_of(each))


def _one_severity(value: object, file: Path) -> Severity:
    if value not in list(Severity):
        raise ValueError("只能是 " + "、".join(f'"{each}"' for each in Severity) + "。")
    return Severity(str(value))


def _severities(value: object, file: Path) -> Mapping[str, Severity]:
    if not isinstance(value, dict):
        raise ValueError('应当写成 { NC206 = "info" }。')
    codes = {name: code for code, slug in _rules().items() for name in (code, slug)}
    settled = {}
    for name, each in value.items():
        code = codes.get(name, codes.get(name.upper()))
        if code is None:
            raise ValueError(f"中没有规则 {name}；narrcheck rules 列出全部规则。")
        if code in settled:
            raise ValueError(f"中 {code} 写了两次。")
        try:
            settled[code] = _one_severity(each, file)
        except ValueError as error:
            raise ValueError(f"中 {name} {error}") from None
    return settled


def _ignores(value: object, file: Path) -> Mapping[str, Codes]:
    if not isinstance(value, dict):
        raise ValueError('应当写成 { "旧稿/*" = ["NC3"] }。')
    settled = {}
    for glob, codes in value.items():
        try:
            settled[glob] = _codes(codes, file)
        except ValueError as error:
            raise ValueError(f"中 {glob} {error}") from None
    return settled


def _path(value: object, file: Path) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("应当是一个路径。")
    return file.parent / value


def _switch(value: object, file: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError("只能是 true 或 false。")
    return value


def _bound(value: object, file: Path) -> int:
    # In TOML and Python true is no number, though Python takes it for one.
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("应当是不小于 0 的整数，0 表示不限。")
    return value


_READERS: Mapping[str, Callable[[Any, Path], object]] = {
    "select": _codes,
    "ignore": _codes,
    "fail-on": _one_severity,
    "severity": _severities,
    "per-file-ignores": _ignores,
    "patterns": _path,
    "baseline": _path,
    "cache": _switch,
    "timeout": _bound,
    "memory": _bound,
}
