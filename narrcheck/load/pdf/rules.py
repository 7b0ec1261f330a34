"""Finds the ruling lines of a page among its strokes, rectangles and curves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from narrcheck.document import Box

THIN = 3.0  # points: what is thinner is a rule, however it was drawn
SNAP = 3.0  # rules nearer than this are one rule, drawn twice or in pieces
JOIN = 3.0  # pieces of a rule that end short of one another by no more are one
DASH, DASH_GAP = 12.0, 6.0  # the longest dash, and the longest gap between dashes
SHORTEST = 5.0  # the shortest side of a cell
LARGEST_SHAPE = 40  # points of an outline; letters and maps have more, cells have fewer
MOST_SEGMENTS = 40_000
MOST_RULES = 4000  # on a page; a table of 200 rows and 20 columns has fewer


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its place across its direction, and where it starts and ends along it."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """How long it is, in points."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page, each kind by place. ``cut``: it has so many that the shorter are out."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    cut: bool = False


def edges_of(page: Any) -> list[Box]:
    """The edges that a page of pdfplumber shows, each a box without width or without height.

    Lines, thin rectangles by their middle, the sides of others (of shaded cells too), and the
    straight parts of simple outlines. A dot, of which dotted lines are made, is both.
    """
    edges: list[Box] = []
    for each in (*page.lines, *page.rects):
        edges.extend(_sides((each["x0"], each["top"], each["x1"], each["bottom"]), each))
    for each in page.curves:
        edges.extend(_straight_parts(each["pts"]))
    return edges


def _sides(box: Box, drawn: dict[str, Any]) -> Iterator[Box]:
    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    if drawn["object_type"] == "line" and min(wide, high) > 1:
        return  # slanting
    middle, centre = (top + bottom) / 2, (x0 + x1) / 2
    if high <= THIN:
        yield (x0, middle, x1, middle)
    if wide <= THIN:
        yield (centre, top, centre, bottom)
    if min(wide, high) > THIN:
        yield from ((x0, top, x1, top), (x0, bottom, x1, bottom))
        yield from ((x0, top, x0, bottom), (x1, top, x1, bottom))


def _straight_parts(points: Sequence[tuple[float, float]]) -> Iterator[Box]:
    if len(points) > LARGEST_SHAPE:
        return
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) <= 0.5 or abs(y1 - y0) <= 0.5:
            yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def rules_of(edges: Iterable[Box]) -> Rules:
    """The rules that edges form: those of nearly one place and their pieces joined."""
    across: list[Rule] = []
    down: list[Rule] = []
    for x0, top, x1, bottom in edges:
        if bottom - top <= x1 - x0:
            across.append(Rule((top + bottom) / 2, x0, x1))
        else:
            down.append(Rule((x0 + x1) / 2, top, bottom))
    cut = len(across) + len(down) > MOST_SEGMENTS
    if cut:
        across, down = ([each for each in some if each.length >= 30] for some in (across, down))
    joined = (_joined(across[:MOST_SEGMENTS]), _joined(down[:MOST_SEGMENTS]))
    if len(joined[0]) + len(joined[1]) > MOST_RULES:
        cut = True
        joined = (_longest(joined[0]), _longest(joined[1]))
    return Rules(tuple(joined[0]), tuple(joined[1]), cut)


def has_too_many(edges: Sequence[Box]) -> bool:
    """Whether a page has so many edges that the shorter ones are left out."""
    return len(edges) > MOST_RULES and rules_of(edges).cut


def _longest(rules: list[Rule]) -> list[Rule]:
    kept = sorted(rules, key=lambda each: each.length, reverse=True)[: MOST_RULES // 2]
    return sorted(kept, key=lambda each: (each.at, each.start))


def _joined(pieces: list[Rule]) -> list[Rule]:
    """The rules that pieces form, by place; what is too short for a cell's side is left out."""
    rules: list[Rule] = []
    group: list[Rule] = []
    for each in sorted(pieces, key=lambda piece: piece.at):
        if group and (each.at - group[-1].at > SNAP or each.at - group[0].at > SNAP * 1.5):
            rules.extend(_ends_joined(group))
            group = []
        group.append(each)
    rules.extend(_ends_joined(group))
    return rules


def _ends_joined(group: list[Rule]) -> list[Rule]:
    """The rules of pieces that stand at one place; it is the mean of theirs, by their length."""
    total = sum(each.length for each in group)
    at = sum(each.at * each.length for each in group) / total if total else 0.0
    rules: list[Rule] = []
    last = 0.0  # the length of the piece before
    for each in sorted(group, key=lambda piece: piece.start):
        gap = each.start - rules[-1].end if rules else None
        if gap is not None and (
            gap <= JOIN or (gap <= DASH_GAP and max(last, each.length) <= DASH)
        ):
            rules[-1] = Rule(at, rules[-1].start, max(rules[-1].end, each.end))
        else:
            rules.append(Rule(at, each.start, each.end))
        last = each.length
    return [each for each in rules if each.length >= SHORTEST]
