"""Loads ``flaws.toml``: faults of wording that are seen without any arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import regex
from regex import Pattern

from narrcheck.errors import PatternError
from narrcheck.patterns.files import entries

# The rules that take their flaws from the file, and how bad one may be.
RULES = frozenset(
    {
        "template-residue",
        "blank-left-open",
        "number-written-wrong",
        "percent-or-points",
        "punctuation-around-number",
        "direction-matches-amounts",
    }
)
SEVERITIES = frozenset({"error", "warning", "info"})
# Where flaws are looked for: the names that the file uses for the roles of paragraphs.
ROLES = MappingProxyType({"正文": "body", "表注": "note", "标题": "heading", "表题": "title"})
_USUAL = ("正文", "表注")
_MARK = regex.compile(r"\{([^{}→]+)(?:→([^{}]*))?\}")


@dataclass(frozen=True, slots=True)
class FlawPattern:
    """One sort of flaw.

    ``regex`` finds it in text without white space, one paragraph a line; ``beside`` must be found
    in its sentence as well. ``message`` holds ``{text}`` for the words found; ``mended`` is what
    should stand there, as a template of ``regex``'s groups, ``""`` where that is not fixed.
    ``once`` says that the same words in several sentences are one flaw.
    """

    id: str
    rule: str
    severity: str
    message: str
    regex: Pattern[str]
    beside: Pattern[str] | None
    roles: frozenset[str]
    mended: str
    once: bool = False


def load_flaws(path: Path) -> tuple[FlawPattern, ...]:
    """The flaws of a file; each is checked on its examples.

    Raises PatternError, naming file and entry, for anything that is not understood.
    """
    found = []
    required = ("id", "rule", "severity", "message", "regex", "examples")
    optional = ("beside", "roles", "mended", "once")
    for entry in entries(path, "flaw", required=required, optional=optional):
        label = f"{path}：{entry['id']}"
        pattern = _pattern(entry, label)
        _check(pattern, entry["examples"], label)
        found.append(pattern)
    return tuple(found)


def _pattern(entry: Mapping[str, Any], label: str) -> FlawPattern:
    roles = entry.get("roles", _USUAL)
    known = {"rule": ({entry["rule"]}, RULES), "roles": (set(roles), set(ROLES))}
    known["severity"] = ({entry["severity"]}, SEVERITIES)
    for key, (values, allowed) in known.items():
        if strange := values - allowed:
            said = "、".join(sorted(strange))
            raise PatternError(
                f"{label}：{key} 不能是 {said}，只能是 {'、'.join(sorted(allowed))}。"
            )
    try:
        beside = entry.get("beside")
        return FlawPattern(
            entry["id"],
            entry["rule"],
            entry["severity"],
            entry["message"],
            regex.compile(entry["regex"], regex.MULTILINE),
            regex.compile(beside) if beside else None,
            frozenset(ROLES[role] for role in roles),
            entry.get("mended", ""),
            entry.get("once", False),
        )
    except regex.error as error:
        raise PatternError(f"{label}：regex 或 beside 有误：{error}") from None


def _check(pattern: FlawPattern, examples: list[str], label: str) -> None:
    marked = [example for example in examples if _MARK.search(example)]
    if not marked or len(marked) == len(examples):
        raise PatternError(f"{label}：正例（用花括号标出）和反例都至少要有一个。")
    for example in examples:
        expected = [("".join(m[1].split()), m[2] or "") for m in _MARK.finditer(example)]
        try:
            got = _read(pattern, _MARK.sub(r"\1", example))
        except (IndexError, regex.error) as error:
            raise PatternError(f"{label}：mended 有误：{error}") from None
        if got != expected:
            raise PatternError(f"{label}：例子“{example}”认成了 {got}。")


def _read(pattern: FlawPattern, sentence: str) -> list[tuple[str, str]]:
    """What a pattern alone finds in a sentence, and what should stand there."""
    text = "".join(sentence.split())
    if pattern.beside is not None and not pattern.beside.search(text):
        return []
    return [(match[0], match.expand(pattern.mended)) for match in pattern.regex.finditer(text)]
