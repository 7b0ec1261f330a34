"""Draws what a made-up unit received and spent: whole 分, so that nothing was ever rounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from corpus.making.subjects import FUND_SUBJECT, PEOPLE, PUBLIC, SANGONG, SUBJECTS, UNITS, WAN


@dataclass(frozen=True, slots=True)
class Item:
    """An 项: what was spent of the fiscal money, and of other money (``other``), and its budget."""

    code: str
    kind: str
    group: str
    name: str
    basic: int
    project: int
    other: int
    budget: int

    @property
    def spent(self) -> int:
        """What was spent of the fiscal money."""
        return self.basic + self.project


@dataclass(frozen=True, slots=True)
class Spending:
    """An item of the “三公”经费: its budget, what was spent, and what was last year."""

    name: str
    budget: int
    spent: int
    last: int


@dataclass(frozen=True, slots=True)
class Last:
    """Last year's amounts."""

    total: int
    fiscal_total: int
    general: int
    running: int


@dataclass(frozen=True, slots=True)
class Truth:
    """A year of a unit; all amounts in 分. ``last`` is None for a unit that is new.

    ``fiscal_in``, ``other_in`` were carried over from last year, ``…_out`` to the next one.
    """

    unit: str
    year: int
    items: tuple[Item, ...]
    fund: Item | None
    people: tuple[tuple[str, str, int], ...]
    public: tuple[tuple[str, str, int], ...]
    sangong: tuple[Spending, ...]
    business: int
    other_income: int
    fiscal_in: int
    fiscal_out: int
    other_in: int
    other_out: int
    last: Last | None
    purchases: tuple[int, int, int]
    small: int
    micro: int
    cars: tuple[int, int]

    @property
    def basic(self) -> int:
        return sum(item.basic for item in self.items)

    @property
    def project(self) -> int:
        return sum(item.project for item in self.items)

    @property
    def general(self) -> int:
        """What was spent of the general budget."""
        return self.basic + self.project

    @property
    def fund_spent(self) -> int:
        return self.fund.spent if self.fund else 0

    @property
    def general_income(self) -> int:
        return self.general + self.fiscal_out - self.fiscal_in

    @property
    def fiscal_income(self) -> int:
        return self.general_income + self.fund_spent

    @property
    def income(self) -> int:
        return self.fiscal_income + self.business + self.other_income

    @property
    def other_spent(self) -> int:
        return sum(item.other for item in self.items)

    @property
    def spent(self) -> int:
        return self.general + self.fund_spent + self.other_spent

    @property
    def total(self) -> int:
        """收、支总计."""
        return self.income + self.fiscal_in + self.other_in

    @property
    def fiscal_total(self) -> int:
        """财政拨款收、支总计."""
        return self.fiscal_income + self.fiscal_in

    @property
    def running(self) -> int:
        """机关运行经费."""
        return sum(amount for *_, amount in self.public)

    @property
    def wages(self) -> int:
        """人员经费."""
        return sum(amount for *_, amount in self.people)


def draw_amount(random: Random, most: int = 900 * WAN, least: int = 3 * WAN // 100) -> int:
    """An amount that is printed as more than 0.00, some round, some just at a half."""
    sort = random.randrange(4)
    if sort == 0:
        return random.randint(6, most // 5_000) * 5_000
    if sort == 1:
        return random.randint(1, most // WAN) * WAN
    return random.randint(least, most)


def maybe_amount(random: Random, most: int = 900 * WAN) -> int:
    """An amount, or as often 0."""
    return draw_amount(random, most) if random.randrange(2) else 0


def draw_rows(
    random: Random, subjects: tuple[tuple[str, str], ...], most: int
) -> tuple[tuple[str, str, int], ...]:
    """Amounts of economic subjects, of which the first is never 0."""
    first = draw_amount(random, most)
    return tuple(
        (*row, maybe_amount(random, most) if index else first) for index, row in enumerate(subjects)
    )


def draw_truth(random: Random) -> Truth:
    """A unit's year: with or without last year, other money, a fund, budgets of 0."""
    people = draw_rows(random, PEOPLE, 400 * WAN)
    new = random.randrange(10) == 0
    sangong = tuple(_spending(random, name, new=new) for name in SANGONG)
    used = {each.name: each.spent for each in sangong}
    rows = draw_rows(random, PUBLIC, 40 * WAN)
    public = tuple((code, name, used.get(name, amount)) for code, name, amount in rows)
    basic = sum(amount for *_, amount in (*people, *public))
    items = _items(random, basic)
    purchases = (
        draw_amount(random, 90 * WAN),
        maybe_amount(random),
        maybe_amount(random),
    )
    truth = Truth(
        unit=random.choice(UNITS),
        year=random.randint(2019, 2031),
        items=items,
        fund=_fund(random),
        people=people,
        public=public,
        sangong=sangong,
        business=0,
        other_income=0,
        fiscal_in=0,
        fiscal_out=0,
        other_in=0,
        other_out=0,
        last=None,
        purchases=purchases,
        small=0,
        micro=0,
        cars=(random.randrange(6), random.randrange(6)),
    )
    return _with_money(random, truth, new=new)


def _one(random: Random, *ways: Callable[[], int]) -> int:
    """What one of some ways of drawing gives."""
    return random.choice(ways)()


def _spending(random: Random, name: str, *, new: bool) -> Spending:
    def other() -> int:
        return draw_amount(random, 20 * WAN)

    spent = maybe_amount(random, 20 * WAN)
    budget = _one(random, lambda: spent, lambda: spent + random.randrange(3 * WAN), other)
    last = 0 if new else _one(random, lambda: spent, lambda: 0, other)
    return Spending(name, budget, spent, last)


def _items(random: Random, basic: int) -> tuple[Item, ...]:
    """The 项, between which the money for 基本支出 is parted; the first takes what is left."""
    chosen = random.sample(range(1, len(SUBJECTS)), random.randint(2, 8))
    left = basic
    items = []
    for index in sorted(chosen):
        part = random.choice((0, random.randint(10, 80))) * basic // 1000
        project = maybe_amount(random)
        if not part and not project:
            project = draw_amount(random)
        left -= part
        items.append(_item(random, SUBJECTS[index], part, project))
    return (_item(random, SUBJECTS[0], left, maybe_amount(random)), *items)


def _item(random: Random, subject: tuple[str, str, str, str], basic: int, project: int) -> Item:
    spent = basic + project

    def near() -> int:
        return spent * random.randint(700, 1300) // 1000

    budget = _one(random, lambda: spent, lambda: 0, near, near, lambda: draw_amount(random))
    other = maybe_amount(random, 90 * WAN) if random.randrange(2) else 0
    return Item(*subject, basic, project, other, budget)


def _fund(random: Random) -> Item | None:
    spent = maybe_amount(random)
    return Item(*FUND_SUBJECT, 0, spent, 0, random.choice((spent, 0))) if spent else None


def _with_money(random: Random, truth: Truth, *, new: bool) -> Truth:
    """The truth with where the money came from, what was left of it, and last year."""
    need = truth.other_spent
    other_out = maybe_amount(random, 30 * WAN)
    other_in = 0 if new else random.randint(0, 1000) * need // 2000
    income = need + other_out - other_in
    business = random.choice((0, 0, 500, 1000)) * income // 1000
    carried = 0 if new else random.choice((0, random.randint(1, 100))) * truth.general // 1000
    money = replace(
        truth,
        business=business,
        other_income=income - business,
        other_in=other_in,
        other_out=other_out,
        fiscal_in=carried,
        fiscal_out=maybe_amount(random, 30 * WAN),
        small=random.randint(0, 1000) * sum(truth.purchases) // 1000,
    )
    money = replace(money, micro=random.randint(0, 1000) * money.small // 1000)
    if new:
        return money
    now = (money.total, money.fiscal_total, money.general, money.running)
    return replace(money, last=Last(*(last_of(random, amount) for amount in now)))


def last_of(random: Random, amount: int) -> int:
    """Last year's amount: the same, near, or another one."""
    near = random.randint(500, 1500)
    return random.choice((amount, amount * near // 1000, amount * near // 1000, 0)) or draw_amount(
        random
    )
