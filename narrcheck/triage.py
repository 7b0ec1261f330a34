"""What is kept beside documents: findings of earlier checks, and what people let stand.

A baseline is a JSON file with the findings of some documents, named by their paths from its
folder. A sidecar (``草稿.narrcheck.toml`` beside ``草稿.docx``) lists the findings of a document
that a person looked at and lets stand, each by its fingerprint and with a reason.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from narrcheck.errors import DocumentError, TriageError
from narrcheck.findings import DocumentReport, Earlier, Severity, Standing, Suppression

SIDECAR = ".narrcheck.toml"
VERSION = 1  # of the form of a baseline
KEYS = ("fingerprint", "code", "severity", "text", "message")  # of a finding in it


@dataclass(frozen=True, slots=True)
class Kept:
    """Findings of earlier checks, as a file has them: those of each document by its path.

    ``is_baseline`` is false for a JSON report, whose paths are those that its caller gave.
    """

    file: Path
    is_baseline: bool
    documents: Mapping[str, tuple[Earlier, ...]]

    def of(self, path: Path) -> tuple[Earlier, ...] | None:
        """The findings kept of the document at ``path``; None where it was not checked then."""
        return self.documents.get(_from(self.file, path) if self.is_baseline else str(path))

    def of_draft(self, path: Path) -> tuple[Earlier, ...]:
        """The findings of the document that the one at ``path`` is a newer draft of.

        It is the one of the same path, or of the same name, or the only one there is. Raises
        TriageError where none of these is.
        """
        known = self.of(path)
        named = [found for old, found in self.documents.items() if PurePath(old).name == path.name]
        for fitting in ([known] if known is not None else [], named, [*self.documents.values()]):
            if len(fitting) == 1:
                return fitting[0]
        raise TriageError(f"{self.file}：里面没有 {path.name} 的检查结果。")


def earlier_of(report: DocumentReport) -> tuple[Earlier, ...]:
    """The findings of a report as they are kept; not those that a person lets stand."""
    return tuple(
        Earlier(each.fingerprint, each.code, each.severity, each.text, each.message)
        for each in report.findings
        if report.standing(each) is not Standing.SUPPRESSED
    )


def write_baseline(reports: Iterable[tuple[Path, DocumentReport]], file: Path) -> str:
    """The content of a baseline at ``file``: the same findings give the same text."""
    documents = {_from(file, path): earlier_of(report) for path, report in reports}
    content = {
        "baseline": VERSION,
        "documents": [
            {
                "path": path,
                "findings": [
                    {key: str(getattr(each, key)) for key in KEYS}
                    for each in sorted(found, key=lambda each: (each.code, each.fingerprint))
                ],
            }
            for path, found in sorted(documents.items())
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_kept(file: Path) -> Kept:
    """What a baseline or a JSON report holds; raises TriageError where it is neither."""
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        is_baseline = "schema" not in content
        if content["baseline" if is_baseline else "schema"] != VERSION:
            raise TriageError(f"{file}：是另一个版本的 narrcheck 写的，请重新生成。")
        documents = {_text(each, "path"): _findings(each) for each in content["documents"]}
    except FileNotFoundError:
        remedy = "narrcheck baseline 可以生成"
        raise TriageError(f"{file}：没有这个文件，请检查路径；{remedy}。") from None
    except OSError as error:
        raise TriageError(f"{file}：无法读取（{error.strerror}）。") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        what = "不是 narrcheck baseline 或 check --format json 写的文件，或已损坏"
        raise TriageError(f"{file}：{what}，请重新生成。") from None
    return Kept(file, is_baseline, documents)


def _findings(document: Mapping[str, Any]) -> tuple[Earlier, ...]:
    """The findings of a document as they were written.

    Raises ValueError, KeyError or TypeError where they were written otherwise.
    """
    kept = []
    for each in document["findings"]:
        fingerprint, code, severity, text, message = (_text(each, key) for key in KEYS)
        kept.append(Earlier(fingerprint, code, Severity(severity), text, message))
    return tuple(kept)


def _text(written: Mapping[str, Any], key: str) -> str:
    value = written[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _from(file: Path, path: Path) -> str:
    """The path of a document from the folder of ``file``; the whole one from another drive."""
    whole = path.resolve()
    try:
        return Path(os.path.relpath(whole, file.resolve().parent)).as_posix()
    except ValueError:
        return whole.as_posix()


def sidecar_of(path: Path) -> Path:
    """The sidecar of a document; 草稿.docx and 草稿.pdf have one together."""
    return path.with_name(f"{path.stem}{SIDECAR}")


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """What people let stand in the document at ``path``, as its sidecar says.

    An entry with ``file`` is of the file of that name only. Raises DocumentError, one line that
    names the sidecar, where it is malformed or a reason is missing.
    """
    sidecar = sidecar_of(path)
    try:
        content = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise DocumentError(f"{sidecar}：无法读取（{error.strerror}）。") from None
    except UnicodeDecodeError:
        raise DocumentError(f"{sidecar}：不是 UTF-8 编码，请另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(f"{sidecar}：不是合格的 TOML：{error}") from None
    entries = content.pop("suppress", [])
    if content or not isinstance(entries, list):
        raise DocumentError(f"{sidecar}：只能有 [[suppress]] 条目，用两层方括号。")
    for entry in entries:
        _refuse_malformed(entry, sidecar)
    return tuple(
        Suppression(*(entry.get(key, "") for key in ("fingerprint", "reason", "code", "text")))
        for entry in entries
        if entry.get("file", path.name) == path.name
    )


def _refuse_malformed(entry: object, sidecar: Path) -> None:
    if not isinstance(entry, dict):
        raise DocumentError(f"{sidecar}：只能有 [[suppress]] 条目，用两层方括号。")
    name = entry.get("fingerprint", "（无 fingerprint）")
    known = {"fingerprint", "reason", "code", "text", "file"}
    if unknown := sorted(set(entry) - known):
        raise DocumentError(f"{sidecar}：{name}：不认识的键 {'、'.join(unknown)}。")
    for key, value in entry.items():
        if not isinstance(value, str):
            raise DocumentError(f"{sidecar}：{name}：{key} 应当是一段文字。")
    for key, what in (("fingerprint", "是哪一条问题"), ("reason", "为什么不改")):
        if not entry.get(key, "").strip():
            raise DocumentError(f"{sidecar}：{name}：缺少 {key}，请写明{what}。")


def with_suppression(path: Path, suppression: Suppression) -> str:
    """The text of the sidecar of ``path`` with one more entry; what stands in it stays as it is.

    Where another document has the same sidecar, the entry says which of the two it is of. Raises
    DocumentError where the sidecar is malformed.
    """
    read_suppressions(path)
    sidecar = sidecar_of(path)
    before = sidecar.read_text(encoding="utf-8-sig") if sidecar.exists() else ""
    facts = {
        "fingerprint": suppression.fingerprint,
        "reason": suppression.reason,
        "code": suppression.code,
        "text": suppression.text,
        "file": path.name if _has_twin(path) else "",
    }
    # A JSON string is one of TOML too, but for the one control character that JSON lets stand.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")
        for key, value in facts.items()
        if value
    ]
    lead = before.rstrip("\n") + "\n\n" if before.strip() else ""
    return lead + "\n".join(["[[suppress]]", *lines]) + "\n"


def _has_twin(path: Path) -> bool:
    """Whether a second document shares the sidecar: 草稿.pdf beside 草稿.docx."""
    from narrcheck.load import LOADERS

    return any(
        each.stem == path.stem and each.suffix != path.suffix and each.suffix.lower() in LOADERS
        for each in path.resolve().parent.iterdir()
    )
