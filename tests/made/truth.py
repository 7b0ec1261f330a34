"""Draws what a made-up unit received and spent: whole 分, so that nothing was ever rounded."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

WAN = 1_000_000  # 分 in 万元
UNITS = ("云汀区文物保护所", "霁浦市青禾水利站", "沙堰县群众文化馆", "临溪区数据服务局")

# 项 with their 款 and 类, all with an amount in the general budget; the first is always there.
SUBJECTS = (
    ("2070101", "文化旅游体育与传媒支出", "文化和旅游", "行政运行"),
    ("2070104", "文化旅游体育与传媒支出", "文化和旅游", "图书馆"),
    ("2070109", "文化旅游体育与传媒支出", "文化和旅游", "群众文化"),
    ("2070204", "文化旅游体育与传媒支出", "文物", "文物保护"),
    ("2080501", "社会保障和就业支出", "行政事业单位养老支出", "行政单位离退休"),
    ("2080505", "社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"),
    ("2080506", "社会保障和就业支出", "行政事业单位养老支出", "机关事业单位职业年金缴费支出"),
    ("2101101", "卫生健康支出", "行政事业单位医疗", "行政单位医疗"),
    ("2101102", "卫生健康支出", "行政事业单位医疗", "事业单位医疗"),
    ("2130306", "农林水支出", "水利", "水利工程运行与维护"),
    ("2210201", "住房保障支出", "住房改革支出", "住房公积金"),
    ("2210203", "住房保障支出", "住房改革支出", "购房补贴"),
)
FUND_SUBJECT = (
    "2120899",
    "城乡社区支出",
    "国有土地使用权出让收入安排的支出",
    "其他国有土地使用权出让收入安排的支出",
)
PEOPLE = (
    ("30101", "基本工资"),
    ("30102", "津贴补贴"),
    ("30103", "奖金"),
    ("30107", "绩效工资"),
    ("30108", "机关事业单位基本养老保险缴费"),
    ("30113", "住房公积金"),
    ("30302", "退休费"),
    ("30305", "生活补助"),
)
PUBLIC = (
    ("30201", "办公费"),
    ("30205", "水费"),
    ("30211", "差旅费"),
    ("30213", "维修（护）费"),
    ("30217", "公务接待费"),
    ("30226", "劳务费"),
    ("30228", "工会经费"),
    ("30231", "公务用车运行维护费"),
    ("31002", "办公设备购置"),
)
SANGONG = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")


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


def amounts(most: int = 900 * WAN, least: int = 3 * WAN // 100) -> st.SearchStrategy[int]:
    """Amounts that are printed as more than 0.00, some of them round, some just at a half."""
    half = st.integers(6, most // 5_000).map(lambda each: each * 5_000)
    round_ = st.integers(1, most // WAN).map(lambda each: each * WAN)
    return st.one_of(st.integers(least, most), st.integers(least, most), half, round_)


def _maybe(some: st.SearchStrategy[int]) -> st.SearchStrategy[int]:
    return st.one_of(st.just(0), some)


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """A unit's year: with or without last year, other money, a fund, budgets of 0."""
    people = tuple((*row, draw(_maybe(amounts(400 * WAN)))) for row in PEOPLE[1:])
    people = ((*PEOPLE[0], draw(amounts(400 * WAN))), *people)
    new = draw(st.integers(0, 9)) == 0
    sangong = tuple(_spending(draw, name, new) for name in SANGONG)
    used = {each.name: each.spent for each in sangong}
    public = tuple(
        (code, name, used.get(name, -1) if name in used else draw(_maybe(amounts(40 * WAN))))
        for code, name in PUBLIC
    )
    if not sum(amount for *_, amount in public):
        public = ((*PUBLIC[0], draw(amounts(40 * WAN))), *public[1:])
    basic = sum(amount for *_, amount in (*people, *public))
    items = _items(draw, basic)
    truth = Truth(
        unit=draw(st.sampled_from(UNITS)),
        year=draw(st.integers(2019, 2031)),
        items=items,
        fund=_fund(draw),
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
        purchases=(draw(amounts(90 * WAN)), draw(_maybe(amounts())), draw(_maybe(amounts()))),
        small=0,
        micro=0,
        cars=(draw(st.integers(0, 5)), draw(st.integers(0, 5))),
    )
    return _with_money(draw, truth, new)


def _spending(draw: st.DrawFn, name: str, new: bool) -> Spending:
    spent = draw(_maybe(amounts(20 * WAN)))
    more = st.integers(0, 3 * WAN).map(lambda each: spent + each)
    budget = draw(st.one_of(st.just(spent), more, amounts(20 * WAN)))
    last = 0 if new else draw(st.one_of(st.just(spent), st.just(0), amounts(20 * WAN)))
    return Spending(name, budget, spent, last)


def _items(draw: st.DrawFn, basic: int) -> tuple[Item, ...]:
    """The 项, between which the money for 基本支出 is parted; the first takes what is left."""
    chosen = draw(st.sets(st.integers(1, len(SUBJECTS) - 1), min_size=2, max_size=8))
    left = basic
    items = []
    for index in sorted(chosen):
        part = draw(_maybe(st.integers(10, 80))) * basic // 1000
        project = draw(_maybe(amounts()))
        if not part and not project:
            project = draw(amounts())
        left -= part
        items.append(_item(draw, SUBJECTS[index], part, project))
    return (_item(draw, SUBJECTS[0], left, draw(_maybe(amounts()))), *items)


def _item(draw: st.DrawFn, subject: tuple[str, str, str, str], basic: int, project: int) -> Item:
    spent = basic + project
    near = st.integers(700, 1300).map(lambda part: spent * part // 1000)
    budget = draw(st.one_of(st.just(spent), st.just(0), near, near, amounts()))
    other = draw(_maybe(_maybe(amounts(90 * WAN))))
    return Item(*subject, basic, project, other, budget)


def _fund(draw: st.DrawFn) -> Item | None:
    spent = draw(_maybe(amounts()))
    return Item(*FUND_SUBJECT, 0, spent, 0, draw(st.sampled_from((spent, 0)))) if spent else None


def _with_money(draw: st.DrawFn, truth: Truth, new: bool) -> Truth:
    """The truth with where the money came from, what was left of it, and last year."""
    need = truth.other_spent
    other_out = draw(_maybe(amounts(30 * WAN)))
    other_in = 0 if new else draw(st.integers(0, 1000)) * need // 2000
    income = need + other_out - other_in
    business = draw(st.sampled_from((0, 0, 500, 1000))) * income // 1000
    general = truth.general
    fiscal_in = 0 if new else draw(_maybe(st.integers(1, 100))) * general // 1000
    money = replace(
        truth,
        business=business,
        other_income=income - business,
        other_in=other_in,
        other_out=other_out,
        fiscal_in=fiscal_in,
        fiscal_out=draw(_maybe(amounts(30 * WAN))),
        small=draw(st.integers(0, 1000)) * sum(truth.purchases) // 1000,
    )
    money = replace(money, micro=draw(st.integers(0, 1000)) * money.small // 1000)
    if new:
        return money
    now = (money.total, money.fiscal_total, money.general, money.running)
    return replace(money, last=Last(*(_before(draw, amount) for amount in now)))


def _before(draw: st.DrawFn, amount: int) -> int:
    """Last year's amount: the same, near, or another one."""
    near = st.integers(500, 1500).map(lambda part: amount * part // 1000)
    return draw(st.one_of(st.just(amount), near, near, amounts()))
