"""The words of the patterns folder: units, items, measures, funds, cues, sections, parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from narrcheck.errors import PatternError
from narrcheck.patterns.files import entries
from narrcheck.patterns.lists import KnownList, load_lists
from narrcheck.quantity import Dimension, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of ``items.toml``: canonical name, fund it implies (``""``: context decides)."""

    id: str
    names: tuple[str, ...]
    fund: str
    same_as: tuple[str, ...] = ()
    count: bool = False
    meant: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class SectionPattern:
    """What the title of a section says of the numbers under it."""

    id: str
    all: tuple[str, ...]
    none: tuple[str, ...]
    fund: str
    item: str = ""
    economic: bool = False
    part: str = ""

    def matches(self, title: str) -> bool:
        """Whether a heading is one of this section."""
        return all(word in title for word in self.all) and not any(w in title for w in self.none)


@dataclass(frozen=True, slots=True)
class Parts:
    """That a whole consists of parts; see the comments of ``parts.toml``."""

    id: str
    whole: str
    parts: tuple[str, ...]
    required: tuple[str, ...]
    complete: bool
    formula: str
    within: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


_SHORT = 4  # characters: 其中, 包括 hold no word for a cause


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """All words with a meaning of their own, by their printed form."""

    units: Mapping[str, Unit]
    measures: Mapping[str, str]
    funds: Mapping[str, str]
    items: Mapping[str, Item]
    cues: Mapping[str, frozenset[str]]
    sections: tuple[SectionPattern, ...]
    parts: tuple[Parts, ...]
    lists: tuple[KnownList, ...]
    hedges: Mapping[str, tuple[str, ...]]
    causes: tuple[str, ...]  # of the cues, those that begin to tell causes
    leads: tuple[str, ...]  # and those that begin a list, with words for a cause in them

    def item(self, identity: str) -> Item | None:
        """The item with this canonical name."""
        item = self.items.get(identity)  # its canonical name is one of its names
        return item if item is not None and item.id == identity else None

    def give_cause(self, before: str) -> bool:
        """Whether words of a sentence begin to tell its causes, or uses: 主要原因是, 主要用于.

        Those that begin a list of parts (主要用于以下方面：) do not.
        """
        for word in self.leads:
            before = before.replace(word, "")
        return any(word in before for word in self.causes)


def load_words(folder: Path) -> Words:
    """Reads the word files of a patterns folder; raises PatternError naming file and entry."""
    cues = _cues(folder / "cues.toml")
    return Words(
        units=_by_name(folder / "units.toml", _units(folder / "units.toml")),
        measures=_by_name(folder / "measures.toml", _plain(folder / "measures.toml", "measure")),
        funds=_by_name(folder / "funds.toml", _plain(folder / "funds.toml", "fund")),
        items=_by_name(folder / "items.toml", _items(folder / "items.toml")),
        cues=cues,
        sections=_sections(folder / "sections.toml"),
        parts=_parts(folder / "parts.toml"),
        lists=load_lists(folder / "lists.toml"),
        hedges=_hedges(folder / "hedges.toml"),
        causes=tuple(word for word, kinds in cues.items() if "cause" in kinds),
        leads=tuple(w for w, kinds in cues.items() if "among" in kinds and len(w) > _SHORT),
    )


def _by_name(path: Path, pairs: Iterable[tuple[str, T]]) -> Mapping[str, T]:
    found: dict[str, T] = {}
    for name, meaning in pairs:
        if name in found and found[name] != meaning:
            raise PatternError(f"{path}：“{name}”有两种意思：{found[name]} 与 {meaning}。")
        found[name] = meaning
    return MappingProxyType(found)


def _plain(path: Path, kind: str) -> Iterable[tuple[str, str]]:
    for entry in entries(path, kind, required=("id", "names")):
        yield entry["id"], entry["id"]
        for name in entry["names"]:
            yield name, entry["id"]


def _units(path: Path) -> Iterable[tuple[str, Unit]]:
    for entry in entries(path, "unit", required=("id", "dimension", "scale", "names")):
        try:
            unit = Unit(entry["id"], Dimension(entry["dimension"]), Fraction(entry["scale"]))
        except (ValueError, ZeroDivisionError) as error:
            raise PatternError(f"{path}：{entry['id']}：{error}") from None
        for name in entry["names"]:
            yield name, unit


def _items(path: Path) -> Iterable[tuple[str, Item]]:
    optional = ("same_as", "count", "meant", "loose")
    for entry in entries(path, "item", required=("id", "names", "fund"), optional=optional):
        item = Item(
            entry["id"],
            tuple(entry["names"]),
            entry["fund"],
            tuple(entry.get("same_as", ())),
            entry.get("count", False),
            entry.get("meant", ""),
            entry.get("loose", False),
        )
        for name in {item.id, *item.names}:
            yield name, item


def _cues(path: Path) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in entries(path, "cue", required=("id", "title", "words")):
        for word in entry["words"]:
            found.setdefault(word, set()).add(entry["id"])
    return MappingProxyType({word: frozenset(kinds) for word, kinds in found.items()})


def _hedges(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The hedges by where they stand: before, inside or after a number; and what is no hedge."""
    places = ("before", "inside", "after", "never")
    found: dict[str, tuple[str, ...]] = dict.fromkeys(places, ())
    for entry in entries(path, "hedge", required=("id", "place", "words")):
        if entry["place"] not in places:
            raise PatternError(f"{path}：{entry['id']}：place 只能是 {'、'.join(places)}。")
        found[entry["place"]] += tuple(entry["words"])
    return MappingProxyType(found)


def _sections(path: Path) -> tuple[SectionPattern, ...]:
    found: list[SectionPattern] = []
    keys = ("id", "all", "not", "fund", "examples")
    for entry in entries(path, "section", required=keys, optional=("item", "economic", "part")):
        pattern = SectionPattern(
            entry["id"],
            tuple(entry["all"]),
            tuple(entry["not"]),
            entry["fund"],
            entry.get("item", ""),
            entry.get("economic", False),
            entry.get("part", ""),
        )
        for example in entry["examples"]:
            first = next((each for each in [*found, pattern] if each.matches(example)), None)
            if first is not pattern:
                raise PatternError(f"{path}：{pattern.id}：例子“{example}”认成了别的章节。")
        found.append(pattern)
    return tuple(found)


def _parts(path: Path) -> tuple[Parts, ...]:
    keys = ("id", "whole", "parts", "required", "complete", "formula")
    return tuple(
        Parts(
            entry["id"],
            entry["whole"],
            tuple(entry["parts"]),
            tuple(entry["required"]),
            entry["complete"],
            entry["formula"],
            tuple(entry.get("within", ())),
            tuple(entry.get("kinds", ())),
        )
        for entry in entries(path, "parts", required=keys, optional=("within", "kinds"))
    )
