"""What in a document bears a printed number out: the same figure elsewhere, sums, rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.making.figures import Figures
from corpus.making.marks import Said
from corpus.making.ranges import Range, Relation, apart, broken, common, printed

SAME, ORDER = "same", "order"


@dataclass(frozen=True, slots=True)
class Witnesses:
    """All that is printed, by figure, and the relations whose figures are all printed."""

    said: Mapping[str, tuple[Said, ...]]
    relations: tuple[Relation, ...]
    amounts: Mapping[str, int]

    def ranges(self, figure: str, but: Said) -> list[Range]:
        """What the other places that print a figure allow."""
        return [range_of(each) for each in self.said.get(figure, ()) if each != but]

    def against(self, said: Said, text: str, spent: frozenset[str]) -> Iterator[Relation]:
        """The relations that ``text`` in the place of ``said`` breaks, whatever was rounded.

        Those that touch one of the figures in ``spent`` do not count.
        """
        now = printed(text, said.alternatives[0] if said.kind == "cell" else "")
        if now is None:
            return
        twins = sorted(self.said.get(said.figure, ()), key=lambda each: each.kind != "cell")
        for each in twins:
            if each != said and said.figure not in spent and apart(now, range_of(each)):
                yield Relation(SAME, (said.figure, each.kind))
        for relation in self.relations:
            figures = relation.figures
            if said.figure not in figures or spent & set(figures):
                continue
            others = [name for name in figures if name != said.figure]
            ranges = {name: common(self.ranges(name, said)) for name in others}
            if broken(relation, {**ranges, said.figure: now}):
                yield relation

    def alone(self, said: Said) -> bool:
        """Whether nothing else bears on a number."""
        twins = len(self.said[said.figure]) > 1
        return not twins and not any(said.figure in each.figures for each in self.relations)


def range_of(said: Said) -> Range:
    """What the printed digits of a number allow."""
    range_ = printed(said.text, said.alternatives[0] if said.kind == "cell" else "")
    if range_ is None:
        raise ValueError(f"{said.text} is no number")
    return range_


def witnesses(every: Sequence[Said], figures: Figures) -> Witnesses:
    """What bears on what in a document."""
    said: dict[str, list[Said]] = defaultdict(list)
    for each in every:
        if each.is_number:
            said[each.figure].append(each)
    there = {figure: tuple(some) for figure, some in said.items()}
    relations = [_without_zeros(each, figures.amounts) for each in figures.sums]
    relations += _rates(said, figures.amounts)
    known = tuple(r for r in relations if len(r.figures) > 1 and all(f in there for f in r.figures))
    return Witnesses(there, known, figures.amounts)


def _without_zeros(relation: Relation, amounts: Mapping[str, int]) -> Relation:
    """A sum without the parts that are 0: they are often not printed."""
    whole, *parts = relation.figures
    return Relation(relation.form, (whole, *(part for part in parts if amounts.get(part))))


def _rates(said: Mapping[str, Sequence[Said]], amounts: Mapping[str, int]) -> Iterator[Relation]:
    """What rates and changes have to do with amounts, by their names."""
    for figure in said:
        sign, of = figure[0], figure[1:]
        if "÷" in figure:
            yield Relation("ratio", (figure, *figure.split("÷")))
        elif sign in "Δ%":
            last = f"{of}@last"
            up = amounts[of] > amounts[last]
            if sign == "Δ":
                yield Relation("difference", (figure, of, last), up)
            else:
                yield Relation("growth", (figure, f"Δ{of}", of), up)
                yield Relation("ratio", (figure, f"Δ{of}", last))
                yield Relation("growth-of-years", (figure, of, last))
