"""The automatic numbers of a Word file's paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrcheck.load.docx.counting import written
from narrcheck.load.docx.names import W, child_value, is_on, number_of

if TYPE_CHECKING:
    from lxml.etree import _Element

PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered.

    ``restart`` is the level (from 1) whose numbers start it anew, 0 none, None any higher one.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A w:num: its levels, the w:abstractNum it counts on with, and where it counts anew."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]

    def level_of_style(self, style: str) -> int | None:
        """The level that a paragraph style is tied to, None where none is."""
        return next((n for n, level in self.levels.items() if level.style == style), None)


@dataclass(slots=True)
class Counter:
    """Counts the paragraphs of each list; asked for each in the order of the document."""

    lists: Mapping[str, NumberedList]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number_id: str, depth: int) -> str:
        """The number of the next paragraph of a list, with what parts it from the text.

        ``""`` for a bullet and for a list that the file does not define.
        """
        found = self.lists.get(number_id)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counts = self.counts.setdefault(found.abstract, {})
        if depth in found.starts and (number_id, depth) not in self.begun:
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.begun.add((number_id, depth))
        for lower in [each for each in counts if each > depth]:
            restart = found.levels.get(lower, Level()).restart
            if restart is None or depth < restart:
                del counts[lower]
        if level.form == "bullet":
            return ""
        text = PLACE.sub(lambda place: _count(found, counts, int(place[1]) - 1, level), level.text)
        return text + _gap(text, level.suffix)


def _count(found: NumberedList, counts: dict[int, int], depth: int, shown: Level) -> str:
    """The number at one level; a level that no paragraph had so far counts as begun."""
    level = found.levels.get(depth, Level())
    number = counts.setdefault(depth, level.start)
    if level.form == "none":
        return ""
    legal = shown.legal and level.form != "decimalZero"
    return written(number, "decimal" if legal else level.form)


def _gap(text: str, suffix: str) -> str:
    """What parts a number from its text: nothing where its own sign does so (一、 （二）)."""
    apart = suffix != "nothing" and text and text[-1] not in "、，：．。）】》 \u3000"
    return " " if apart else ""


def read_lists(root: _Element | None, style_lists: Mapping[str, str]) -> dict[str, NumberedList]:
    """The lists of numbering.xml by w:numId; ``style_lists`` are those of numbering styles."""
    if root is None:
        return {}
    abstracts = {each.get(W + "abstractNumId", ""): each for each in root.iter(W + "abstractNum")}
    bases = {
        num.get(W + "numId", ""): child_value(num, "abstractNumId") for num in root.iter(W + "num")
    }
    levels = {key: _levels(abstract) for key, abstract in abstracts.items()}
    lists: dict[str, NumberedList] = {}
    for num in root.iter(W + "num"):
        base = child_value(num, "abstractNumId")
        link = child_value(abstracts[base], "numStyleLink") if base in abstracts else ""
        base = bases.get(style_lists.get(link, ""), base) if link else base
        lists[num.get(W + "numId", "")] = _overridden(num, base, levels.get(base, {}))
    return lists


def _levels(parent: _Element) -> dict[int, Level]:
    return {number_of(lvl, "ilvl") or 0: _level(lvl) for lvl in parent.findall(W + "lvl")}


def _level(lvl: _Element) -> Level:
    form = lvl.find(f".//{W}numFmt")  # a newer format stands in mc:AlternateContent
    return Level(
        start=number_of(lvl.find(W + "start"), "val") or 0,
        form=form.get(W + "val", "decimal") if form is not None else "decimal",
        text=child_value(lvl, "lvlText"),
        suffix=child_value(lvl, "suff") or "tab",
        restart=number_of(lvl.find(W + "lvlRestart"), "val"),
        legal=is_on(lvl, "isLgl") or False,
        style=child_value(lvl, "pStyle"),
    )


def _overridden(num: _Element, base: str, levels: Mapping[int, Level]) -> NumberedList:
    """The list of a w:num, with what it defines otherwise than its w:abstractNum."""
    own = dict(levels)
    starts: dict[int, int] = {}
    for override in num.findall(W + "lvlOverride"):
        depth = number_of(override, "ilvl") or 0
        lvl = override.find(W + "lvl")
        if lvl is not None:
            own[depth] = _level(lvl)
        start = number_of(override.find(W + "startOverride"), "val")
        if start is not None:
            starts[depth] = start
            own[depth] = replace(own.get(depth, Level()), start=start)
    return NumberedList(base, own, starts)
