"""The ledger of a document: its claims and table values, by figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from narrcheck.claims.claim import Claim, Flaw, Kind, Reading
from narrcheck.document import Document
from narrcheck.figure import Figure, TableValue
from narrcheck.ledger.copied import Copied
from narrcheck.ledger.derived import Derived, is_cause
from narrcheck.ledger.operand import Operand, of_claim, of_value
from narrcheck.patterns import Patterns
from narrcheck.patterns.words import Parts
from narrcheck.tables.proofs import Proofs

Each = TypeVar("Each")

# 财政拨款收入 of all funds is 本年收入合计 of the fund 财政拨款 (formulas B05, B06).
_SAME_FIGURE = {
    "财政拨款收入": "财政拨款",
    "一般公共预算财政拨款收入": "一般公共预算",
    "政府性基金预算财政拨款收入": "政府性基金",
    "国有资本经营预算财政拨款收入": "国有资本经营",
}
# What is carried over from the year before, whose absence makes 当年拨款 all there is.
_CARRIED, THIS_YEAR = "年初结转和结余", "当年拨款"
_LEFT = "年末结转和结余"


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """The observations of a document by figure; rules ask it, and it never changes.

    ``proofs`` are what each table says of its own numbers, by its place in the document;
    ``derived`` are the numbers that nothing prints and that follow from changes; ``misdated`` are
    the claims told of a wrong year, by id, with that year and what proves it: their figures here
    are of the right one. ``copied`` are entries with the name of another one: their claims here
    are of the subject that they are on.
    """

    document: Document
    patterns: Patterns
    reading: Reading
    table_values: tuple[TableValue, ...]
    by_figure: Mapping[Figure, tuple[TableValue, ...]]
    amounts: Mapping[Figure, tuple[Claim, ...]]
    by_id: Mapping[str, Claim]
    trims: bool
    proofs: tuple[Proofs, ...] = ()
    derived: Mapping[Figure, tuple[Derived, ...]] = field(default_factory=dict)
    by_paragraph: Mapping[int, tuple[Claim, ...]] = field(default_factory=dict)
    by_whole: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    misdated: Mapping[str, tuple[int, TableValue]] = field(default_factory=dict)
    copied: tuple[Copied, ...] = ()
    # What was looked for once, by what it was looked for with: several rules ask for the same.
    _kept: dict[object, tuple[Any, ...]] = field(default_factory=dict, init=False, repr=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims in text order."""
        return self.reading.claims

    def kept(self, what: object, find: Callable[[], Iterable[Each]]) -> tuple[Each, ...]:
        """What ``find`` finds, kept as ``what``: it is called once."""
        if what not in self._kept:
            self._kept[what] = tuple(find())
        return self._kept[what]

    def is_of_spending(self, claim: Claim) -> bool:
        """Whether 当年拨款 is told as a part of some spending: 项目支出中，当年拨款3.00万元."""
        whole = self.by_id.get(claim.whole or "")
        if whole is None or whole.figure is None or claim.figure is None:
            return False
        return claim.figure.item == THIS_YEAR and "支出" in whole.figure.item

    def of_kind(self, *kinds: Kind) -> tuple[Claim, ...]:
        """The claims of some kinds, in text order; not those whose number lacks its unit."""
        return self.kept(kinds, lambda: _of_kinds(self.claims, kinds))

    def around(self, claim: Claim, *kinds: Kind) -> tuple[Claim, ...]:
        """The claims of some kinds in the paragraph of a claim, as ``of_kind``."""
        return _of_kinds(self.by_paragraph.get(claim.paragraph, ()), kinds)

    def told_of(self, whole: str | None, *kinds: Kind) -> tuple[Claim, ...]:
        """The claims of some kinds that a 其中 takes the claim with an id apart into."""
        return _of_kinds(self.by_whole.get(whole or "", ()), kinds)

    def values(self, figure: Figure) -> tuple[TableValue, ...]:
        """The table values of a figure; for 收、支总计 those of both sides."""
        meant = self.meanings(figure)
        return tuple(value for each in meant for value in self.by_figure.get(each, ()))

    def whole_values(self, figure: Figure) -> tuple[TableValue, ...]:
        """The values of all of a subject where prose is about its 当年拨款 and no table has that.

        They are the same number where nothing was carried over.
        """
        if figure.part != THIS_YEAR or self.values(figure):
            return ()
        return self.values(replace(figure, part=""))

    def carried_over(self, fund: str) -> tuple[TableValue, ...]:
        """The amounts of a fund that tables say were carried over from the year before, but 0."""
        return tuple(
            value
            for figure, values in self.by_figure.items()
            if figure.item == _CARRIED and figure.fund in (fund, "财政拨款")
            for value in values
            if not value.quantity.is_zero
        )

    def meanings(self, figure: Figure) -> tuple[Figure, ...]:
        """The figures that a name stands for at once: 收、支总计 is 收入总计 and 支出总计."""
        item = self.patterns.words.item(figure.item)
        if item is None or not item.same_as or figure.code:
            return (canonical(figure),)
        return tuple(canonical(replace(figure, item=name)) for name in item.same_as)

    def stated(self, figure: Figure, near: Claim) -> Claim | None:
        """The amount that prose states for ``figure``, nearest to the claim ``near``.

        In its sentence first, before it, then after; elsewhere only where the figure is known.
        """
        meant = {canonical(figure), *self.meanings(figure)}  # 支出总计 is 收、支总计 too
        found = [c for each in meant for c in self.amounts.get(each, ()) if c is not near]
        if not figure.fund:
            found = [c for c in found if c.is_beside(near)]
        return min(found, key=lambda claim: _distance(claim, near), default=None)

    def operand(self, figure: Figure, near: Claim) -> Operand | None:
        """The best number there is for ``figure`` beside ``near``: prose close by, or a table."""
        claim = self.stated(figure, near)
        if claim is not None and (claim.paragraph == near.paragraph or not self.values(figure)):
            return self.of(claim)
        values = self.values(figure)
        return of_value(values[0]) if values else None

    def follows(self, figure: Figure, near: Claim) -> Operand | None:
        """The number of ``figure`` that follows from a change told in another sentence.

        Of several, from the one nearest to ``near``; none where that is named as a cause.
        """
        if is_cause(self.patterns, near):
            return None
        found = [
            each
            for each in self.derived.get(canonical(figure), ())
            if each.source.kind is Kind.CHANGE and not each.source.is_beside(near)
        ]
        best = min(found, key=lambda each: _distance(each.source, near), default=None)
        return best.operand if best is not None else None

    def opening(self, figure: Figure) -> Operand | None:
        """A year's closing balance as the opening one of the year after, which a table prints."""
        if figure.item != _LEFT or figure.year is None:
            return None
        values = self.values(replace(figure, item=_CARRIED, year=figure.year + 1))
        because = "上年的年末结转和结余，就是本年的年初结转和结余"
        return replace(of_value(values[0]), because=because) if values else None

    def of(self, claim: Claim) -> Operand:
        """A claim's number as an operand of rates and sums.

        That 12万元 is 12.00 is sure where a table prints it so, or where no table speaks of it and
        the document trims all its zeros.
        """
        if self.by_id.get(claim.id) is not claim:
            return self._operand_of(claim)
        return self.kept(("of", claim.id), lambda: (self._operand_of(claim),))[0]

    def _operand_of(self, claim: Claim) -> Operand:
        told = claim.figure is not None and bool(self.values(claim.figure))
        sure = self.borne_out(claim) is not None if told else self.trims
        return replace(of_claim(claim), sure=sure)

    def borne_out(self, claim: Claim) -> TableValue | None:
        """The table value that a claim's amount agrees with, one with a subject code first."""
        if claim.kind is not Kind.AMOUNT or claim.figure is None or claim.quantity is None:
            return None
        interval = claim.quantity.interval
        found = [v for v in self.values(claim.figure) if interval.agrees(v.quantity.interval)]
        return min(found, key=lambda value: not value.row_name[:1].isdigit(), default=None)

    def flaws(self, rule: str) -> Iterator[tuple[Flaw, ...]]:
        """The flaws of a rule, those of one kind in one sentence (or ``once``) together.

        One that spoils the number of a claim stands alone.
        """
        groups: dict[tuple[object, ...], list[Flaw]] = {}
        for flaw in self.reading.flaws:
            if flaw.rule == rule:
                alone = flaw.where.start if self.claim_in(flaw) else None
                place = flaw.text if flaw.once else (flaw.paragraph, flaw.sentence)
                groups.setdefault((flaw.kind, place, alone), []).append(flaw)
        return (tuple(group) for group in groups.values())

    def claim_in(self, flaw: Flaw) -> Claim | None:
        """The claim whose number a flaw spoils: the last in its words, which end with it."""
        found = None
        for claim in self.claims:
            if claim.paragraph == flaw.paragraph and claim.quantity is not None:
                here, there = claim.where, flaw.where
                if here.start < there.end and there.start < here.end:
                    rest = self.document.text[here.end : there.end]
                    found = None if any(mark in rest for mark in "，,）)】") else claim
        return found

    def parts_of(self, item: str) -> Iterator[Parts]:
        """What is known of the constitution of an item."""
        return (
            parts
            for parts in self.patterns.words.parts
            if parts.whole == item and (not parts.kinds or self.document.kind in parts.kinds)
        )


def _of_kinds(claims: Iterable[Claim], kinds: tuple[Kind, ...]) -> tuple[Claim, ...]:
    return tuple(
        claim
        for claim in claims
        if claim.kind in kinds and (claim.quantity is None or claim.quantity.unit.text)
    )


def _distance(claim: Claim, near: Claim) -> tuple[int, int, int]:
    if claim.paragraph == near.paragraph:
        place = 0 if claim.is_beside(near) else 1
    else:
        place = 2 if claim.section == near.section else 3
    after = claim.where.start > near.where.start
    return place, int(after), abs(claim.where.start - near.where.start)


def canonical(figure: Figure) -> Figure:
    """The one name for figures that are the same by definition.

    The 预算数 of the table on the “三公”经费 is the year's budget, as its own note says.
    """
    if figure.fund == "三公" and figure.measure == "全年预算数":
        figure = replace(figure, measure="预算数")
    if figure.item in (THIS_YEAR, f"一般公共预算{THIS_YEAR}"):
        fund = "财政拨款" if figure.fund == "全部" else figure.fund  # 拨款 is never all there is
        return replace(figure, item="收入合计", fund=fund)
    own = _SAME_FIGURE.get(figure.item)
    if own is not None and figure.fund == "全部" and not figure.code and not figure.part:
        return replace(figure, item="收入合计", fund=own)
    return figure
