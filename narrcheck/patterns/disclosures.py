"""Loads what must be disclosed: how empty tables are accounted for, and what items are used for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import regex
from regex import Pattern

from narrcheck.errors import PatternError
from narrcheck.patterns.files import entries

KINDS = frozenset({"决算", "预算"})
MOVED = "变动"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EmptyTable:
    """How a text says that there is nothing of a fund, whose ``tables`` are then empty.

    The one without tables is how a note says so of the table it stands below. ``regex`` looks in
    text without white space.
    """

    id: str
    tables: tuple[str, ...]
    fund: str
    regex: Pattern[str]


@dataclass(frozen=True, slots=True)
class Required:
    """What must be told of ``item`` where its amount is not 0 and a section on it is there.

    ``section`` is a word of the heading, ``kinds`` and ``since`` (0: always) are the documents
    that must. ``moved`` says: only where the section tells of a change. ``regex`` finds, in text
    without white space, what must be there.
    """

    id: str
    section: str
    item: str
    kinds: tuple[str, ...]
    since: int
    moved: bool
    regex: Pattern[str]
    message: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the 项 of some ``names`` are used for: ``own`` words allow it, ``regex`` proves it."""

    id: str
    names: tuple[str, ...]
    own: Pattern[str]
    regex: Pattern[str]


@dataclass(frozen=True, slots=True)
class Disclosures:
    """The three files on what must be disclosed."""

    empty: tuple[EmptyTable, ...]
    required: tuple[Required, ...]
    purposes: tuple[Purpose, ...]


def load_disclosures(folder: Path) -> Disclosures:
    """The entries of ``empty_tables.toml``, ``required.toml`` and ``purposes.toml``.

    Raises PatternError, naming file and entry, for anything that is not understood.
    """
    shown = ("id", "regex", "examples", "others")
    return Disclosures(
        _load(folder / "empty_tables.toml", "empty", (*shown, "tables", "fund"), (), _empty),
        _load(
            folder / "required.toml",
            "required",
            (*shown, "section", "message"),
            ("item", "kinds", "since", "when"),
            _required,
        ),
        _load(folder / "purposes.toml", "purpose", (*shown, "names", "own"), (), _purpose),
    )


def _load(
    path: Path,
    name: str,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    make: Callable[[Mapping[str, Any], str], T],
) -> tuple[T, ...]:
    found = []
    for entry in entries(path, name, required=required, optional=optional):
        label = f"{path}：{entry['id']}"
        found.append(make(entry, label))
        _check(entry, label)
    return tuple(found)


def _empty(entry: Mapping[str, Any], label: str) -> EmptyTable:
    tables = tuple(entry["tables"])
    return EmptyTable(entry["id"], tables, entry["fund"], _compiled(entry, "regex", label))


def _required(entry: Mapping[str, Any], label: str) -> Required:
    kinds, since, when = entry.get("kinds", ()), entry.get("since", "0"), entry.get("when", MOVED)
    if strange := set(kinds) - KINDS:
        raise PatternError(f"{label}：kinds 不能是 {sorted(strange)}。")
    if not since.isdigit() or when != MOVED:
        raise PatternError(f"{label}：since 要写年份，when 只能写“{MOVED}”。")
    return Required(
        entry["id"],
        entry["section"],
        entry.get("item", ""),
        tuple(kinds),
        int(since),
        "when" in entry,
        _compiled(entry, "regex", label),
        entry["message"],
    )


def _purpose(entry: Mapping[str, Any], label: str) -> Purpose:
    own, words = _compiled(entry, "own", label), _compiled(entry, "regex", label)
    return Purpose(entry["id"], tuple(entry["names"]), own, words)


def _compiled(entry: Mapping[str, Any], key: str, label: str) -> Pattern[str]:
    try:
        return regex.compile(entry[key], regex.MULTILINE)
    except regex.error as error:
        raise PatternError(f"{label}：{key} 有误：{error}") from None


def _check(entry: Mapping[str, Any], label: str) -> None:
    pattern = regex.compile(entry["regex"], regex.MULTILINE)
    if not entry["examples"] or not entry["others"]:
        raise PatternError(f"{label}：examples 和 others 都要有。")
    for example in entry["examples"]:
        if not pattern.search("".join(example.split())):
            raise PatternError(f"{label}：没有认出例子“{example}”。")
    for example in entry["others"]:
        if pattern.search("".join(example.split())):
            raise PatternError(f"{label}：误认了“{example}”。")
