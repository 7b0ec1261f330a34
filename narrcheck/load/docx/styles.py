"""What a Word file's styles say of its paragraphs: their list, hidden text, lines of the 目录."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrcheck.load.docx.names import W, child_value, is_on, number_of
from narrcheck.load.docx.numbering import NumberedList

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
NO_LIST = ("", "0")  # w:numId of a paragraph that takes off the number of its style


@dataclass(frozen=True, slots=True)
class Style:
    """One style; ``""`` and None where it leaves a thing to the style that it is based on."""

    name: str
    base: str
    number_id: str
    depth: int | None
    hidden: bool | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id, and the id of the one for paragraphs that name none."""

    by_id: Mapping[str, Style]
    default: str = ""

    def chain(self, style: str) -> Iterator[tuple[str, Style]]:
        """A style and those that it is based on, each once."""
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield style, self.by_id[style]
            style = self.by_id[style].base

    def lists(self) -> dict[str, str]:
        """The w:numId of each style that names a list."""
        return {name: style.number_id for name, style in self.by_id.items() if style.number_id}

    def of(self, properties: _Element | None) -> str:
        """The id of a paragraph's style, from its w:pPr."""
        return child_value(properties, "pStyle") or self.default

    def is_contents(self, style: str) -> bool:
        """Whether a paragraph of that style is a line of the 目录."""
        found = self.by_id.get(style)
        return CONTENTS.match(found.name if found else style) is not None

    def is_hidden(self, style: str) -> bool | None:
        """Whether the style hides its text, None where it does not say."""
        said = (each.hidden for _, each in self.chain(style) if each.hidden is not None)
        return next(said, None)

    def place_in_list(
        self, properties: _Element | None, style: str, lists: Mapping[str, NumberedList]
    ) -> tuple[str, int] | None:
        """The w:numId and the level at which a paragraph is numbered, None where it is not."""
        numbering = properties.find(W + "numPr") if properties is not None else None
        number_id = child_value(numbering, "numId")
        depth = number_of(numbering.find(W + "ilvl"), "val") if numbering is not None else None
        for _, each in self.chain(style) if not number_id else ():
            depth = each.depth if depth is None else depth
            number_id = number_id or each.number_id
        if not (numbering is not None and depth is not None) and number_id in lists:
            tied = lists[number_id].level_of_style(style)
            depth = depth if tied is None else tied
        return None if number_id in NO_LIST else (number_id, depth or 0)


def read_styles(root: _Element | None) -> Styles:
    """The styles of styles.xml."""
    by_id: dict[str, Style] = {}
    default = ""
    for each in root.iter(W + "style") if root is not None else ():
        name = each.get(W + "styleId", "")
        numbering = each.find(f"{W}pPr/{W}numPr")
        by_id[name] = Style(
            child_value(each, "name"),
            child_value(each, "basedOn"),
            child_value(numbering, "numId"),
            number_of(numbering.find(W + "ilvl"), "val") if numbering is not None else None,
            is_on(each.find(W + "rPr"), "vanish"),
        )
        if each.get(W + "type") == "paragraph" and each.get(W + "default") in ("1", "true", "on"):
            default = name
    return Styles(by_id, default)
