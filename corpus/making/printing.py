"""Prints amounts and rates as disclosures do, each marked with its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from corpus.making.marks import mark
from corpus.making.subjects import WAN

MORE, GROWTH = ("增加", "减少"), ("增长", "下降")


@dataclass(frozen=True, slots=True)
class Form:
    """How a form writes numbers and heads its tables.

    ``places`` are the decimals of rates; ``trims``: no zeros end a number; ``grouped``: thousands
    are parted; ``wide``: ％ for %. ``label`` stands over a table, with ``{number}`` and ``{unit}``;
    ``row_numbers``: the sums have 行次; ``empty`` is what a cell without an amount shows; ``yuan``:
    tables are in 元; ``prose_yuan``: so is the prose; ``interleaved``: 预算数 and 决算数 stand side
    by side; ``plain_tables``: tables do not group thousands though the prose does.
    """

    places: int
    trims: bool = False
    grouped: bool = False
    wide: bool = False
    label: str = "公开{number}表 金额单位：{unit}"
    row_numbers: bool = True
    empty: str = "0.00"
    yuan: bool = False
    prose_yuan: bool = False
    interleaved: bool = False
    plain_tables: bool = False

    @property
    def table_unit(self) -> str:
        return "元" if self.yuan else "万元"

    @property
    def unit(self) -> str:
        """The unit of the prose."""
        return "元" if self.prose_yuan else "万元"

    def trimmed(self, text: str) -> str:
        """A number without zeros at its end, where the form leaves them out."""
        return text.rstrip("0").rstrip(".") if self.trims and "." in text else text

    def amount(self, fen: int) -> str:
        """An amount of the prose, without its unit."""
        size = 100 if self.prose_yuan else WAN
        return self.trimmed(rounded(Fraction(fen, size), 2, grouped=self.grouped))

    def percent(self, part: int, whole: int) -> str:
        """A rate; 0 of anything is 0. The zeros of other rates stay."""
        sign = "％" if self.wide else "%"
        if not part and self.trims:
            return f"0{sign}"
        return f"{rounded(Fraction(part * 100, whole), self.places, grouped=self.grouped)}{sign}"

    def cell(self, fen: int) -> str:
        """An amount of a table."""
        if not fen:
            return self.empty
        size = 100 if self.yuan else WAN
        return rounded(Fraction(fen, size), 2, grouped=self.grouped and not self.plain_tables)


@dataclass(frozen=True, slots=True)
class Pen:
    """Prints the figures of one year in a form: ``amounts`` are in 分, by the figure's name.

    Last year's amount of a figure is that named ``FIGURE@last``; a unit that is new has none.
    """

    form: Form
    amounts: Mapping[str, int]
    year: int

    def told(self, figure: str) -> str:
        """An amount of the prose with its unit."""
        shown = f"{self.form.amount(self.amounts[figure])}{self.form.unit}"
        return mark("amount", figure, shown)

    def cell(self, figure: str) -> str:
        """An amount of a table; a figure that the year has not is none."""
        shown = self.form.cell(self.amounts.get(figure, 0))
        unit = self.form.table_unit
        return mark("cell", figure, shown, (unit,)) if shown and figure in self.amounts else shown

    def rate(self, part: str, whole: str) -> str:
        """What ``part`` is of ``whole``."""
        shown = self.form.percent(self.amounts[part], self.amounts[whole])
        return mark("ratio", f"{part}÷{whole}", shown)

    def count(self, figure: str) -> str:
        """A number of things."""
        return mark("count", figure, str(self.amounts[figure]))

    def has(self, figure: str) -> bool:
        """Whether the figure is there and not 0."""
        return bool(self.amounts.get(figure))

    def knows_last(self, figure: str) -> bool:
        """Whether there was such a figure last year, be it 0."""
        return f"{figure}@last" in self.amounts

    def step(self, figure: str) -> int:
        """What the figure changed by since last year, in 分."""
        return self.amounts[figure] - self.amounts[f"{figure}@last"]

    def seems_level(self, figure: str) -> bool:
        """Whether the change is printed as 0."""
        return not float(self.form.amount(abs(self.step(figure))).replace(",", ""))

    def way(self, figure: str, words: Sequence[str] = MORE) -> str:
        """Which way the figure went; ``words`` are those for more and for less."""
        up = self.step(figure) > 0
        right, wrong = words if up else words[::-1]
        return mark("way", f"Δ{figure}", right, (wrong, f"{words[0]}（{words[1]}）"))

    def change(self, figure: str) -> str:
        """What the figure changed by, without a word for the way."""
        shown = f"{self.form.amount(abs(self.step(figure)))}{self.form.unit}"
        return mark("change", f"Δ{figure}", shown)

    def growth(self, figure: str) -> str:
        """The rate of the change, of last year's amount."""
        last = self.amounts[f"{figure}@last"]
        return mark("growth", f"%{figure}", self.form.percent(abs(self.step(figure)), last))

    def moved(self, figure: str, more: Sequence[str] = MORE, grew: Sequence[str] = GROWTH) -> str:
        """``增加1.2万元，增长3.4%``; only for a figure whose last amount is not 0."""
        change = f"{self.way(figure, more)}{self.change(figure)}"
        return f"{change}，{self.way(figure, grew)}{self.growth(figure)}"

    def order(self, one: str, other: str, more: str, less: str, same: str) -> str:
        """One figure held against another, as printed, in one of three wordings."""
        if self.seem_same(one, other):
            return mark("order", f"{one}?{other}", same, (same,))
        up = self.amounts[one] > self.amounts[other]
        shown, wrong = (more, less) if up else (less, more)
        return mark("order", f"{one}?{other}", shown, (wrong, same))

    def seem_same(self, one: str, other: str) -> bool:
        """Whether two figures are printed alike."""
        return self.form.amount(self.amounts[one]) == self.form.amount(self.amounts[other])

    def date(self, words: str = "{year}年度") -> str:
        """The year in words that end or begin with it."""
        return words.format(year=mark("year", "year", str(self.year), (str(self.year - 1),)))

    def level(self, figure: str, clause: str, same: str) -> str:
        """A clause on a change; ``same`` is what it would be without one."""
        return mark("level", f"Δ{figure}", clause, (same,))

    def names(self, rows: Sequence[tuple[str, str, int]], stop: str = "、") -> str:
        """The names of the rows with an amount; a name too many is one of those without."""
        shown = [row[1] for row in rows if row[2]]
        wrong = []
        for extra in rows:
            if not extra[2]:
                some = stop.join(row[1] for row in rows if row[2] or row is extra)
                wrong += [some, extra[1]]
        return mark("names", rows[0][0][:3], stop.join(shown), wrong)

    def item(self, name: str, others: Sequence[str]) -> str:
        """The name of a 项; ``others`` are such that the document does not have."""
        return mark("item", "", name, tuple(other for other in others if other != name))

    def bare(self, shown: str) -> str:
        """A number that nothing in any form bears on."""
        return mark("bare", "", shown)


def rounded(value: Fraction, places: int, *, grouped: bool = False) -> str:
    """``value`` with some decimals, halves away from zero."""
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    number = Decimal(whole).scaleb(-places) * (-1 if value < 0 and whole else 1)
    return f"{number:,.{places}f}" if grouped else f"{number:.{places}f}"
