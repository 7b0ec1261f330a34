"""Loads ``lists.toml``: what a 其中 lists, kinds that do not overlap."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from narrcheck.errors import PatternError
from narrcheck.patterns.files import entries

_KEYS = ("id", "wholes", "parts", "ends", "closes", "required", "formula")
_ANY = "…"


@dataclass(frozen=True, slots=True)
class KnownList:
    """Kinds of one whole that do not overlap; see the comments of ``lists.toml``.

    Each kind of ``parts`` is the tuple of its names; ``required`` are indexes into ``parts``,
    ``least`` is how many kinds show that the list is complete (0: no number does).
    """

    id: str
    wholes: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    ends: tuple[str, ...]
    closes: frozenset[str]
    required: frozenset[int]
    formula: str
    least: int = 0

    def kind(self, name: str) -> int | None:
        """Which kind a name is; -1 for one that is known by its ending, None for none."""
        found = next((at for at, names in enumerate(self.parts) if name in names), None)
        if found is None:
            kinds = enumerate(self.parts)
            fits = [(len(each), at) for at, names in kinds for each in names if _fits(name, each)]
            found = max(fits)[1] if fits else None
        if found is None and self.ends and name.endswith(self.ends):
            return -1
        return found


def load_lists(path: Path) -> tuple[KnownList, ...]:
    """Reads the file; raises PatternError naming file and entry."""
    return tuple(
        KnownList(
            entry["id"],
            tuple(entry["wholes"]),
            parts := tuple(tuple(each.split("/")) for each in entry["parts"]),
            tuple(entry["ends"]),
            frozenset(name for each in entry["closes"] for name in each.split("/")),
            frozenset(_index(path, entry["id"], name, parts) for name in entry["required"]),
            entry["formula"],
            _number(path, entry["id"], entry.get("least", "0")),
        )
        for entry in entries(path, "list", required=_KEYS, optional=("least",))
    )


def _number(path: Path, identity: str, text: str) -> int:
    if not text.isdecimal():
        raise PatternError(f"{path}：{identity}：least 应当是一个数，不是“{text}”。")
    return int(text)


def _fits(name: str, pattern: str) -> bool:
    """Whether a name ends with the words after …, or holds them, where … stands on both sides."""
    if not pattern.startswith(_ANY):
        return False
    words = pattern.strip(_ANY)
    return words in name if pattern.endswith(_ANY) else name.endswith(words)


def _index(path: Path, identity: str, name: str, parts: tuple[tuple[str, ...], ...]) -> int:
    for at, names in enumerate(parts):
        if name in names:
            return at
    raise PatternError(f"{path}：{identity}：required 里的“{name}”不在 parts 里。")
