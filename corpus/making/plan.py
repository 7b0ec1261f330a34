"""Draws what a made-up unit plans to receive and spend (预算): whole 分, and its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from corpus.making.figures import (
    SANGONG_NAMES,
    Figures,
    by_level,
    by_subject,
    economic_sums,
    total_of,
)
from corpus.making.ranges import Relation
from corpus.making.subjects import FUND_SUBJECT, PEOPLE, PUBLIC, SANGONG, SUBJECTS, UNITS, WAN
from corpus.making.truth import Item, draw_amount, draw_rows, last_of, maybe_amount


@dataclass(frozen=True, slots=True)
class Trip:
    """An item of the “三公”经费: this year's and last year's budget."""

    name: str
    amount: int
    last: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A budget; all amounts in 分.

    An item's ``budget`` is its amount of last year, its ``other`` is what was carried over. Other
    money (``business``, ``other_income``) is spent on projects of ``other_item``.
    """

    unit: str
    year: int
    items: tuple[Item, ...]
    fund: int
    people: tuple[tuple[str, str, int], ...]
    public: tuple[tuple[str, str, int], ...]
    sangong: tuple[Trip, ...]
    business: int
    other_income: int
    total_last: int
    fiscal_last: int
    basic_last: int
    running_last: int
    purchases: tuple[int, int, int]
    cars: tuple[int, int]

    @property
    def other_item(self) -> Item:
        """The 项 that other money is spent on."""
        return self.items[0]


def draw_plan(random: Random) -> Plan:
    """A unit's budget, with or without other money, a fund, and money carried over."""
    people = draw_rows(random, PEOPLE, 400 * WAN)
    sangong = tuple(_trip(random, name) for name in SANGONG)
    used = {each.name: each.amount for each in sangong}
    rows = draw_rows(random, PUBLIC, 40 * WAN)
    public = tuple((code, name, used.get(name, amount)) for code, name, amount in rows)
    basic = sum(amount for *_, amount in (*people, *public))
    total = basic + draw_amount(random)
    return Plan(
        unit=random.choice(UNITS),
        year=random.randint(2020, 2032),
        items=_items(random, basic),
        fund=maybe_amount(random),
        people=people,
        public=public,
        sangong=sangong,
        business=maybe_amount(random, 200 * WAN),
        other_income=maybe_amount(random, 50 * WAN),
        total_last=total,
        fiscal_last=draw_amount(random, total),
        basic_last=basic * random.randint(600, 1000) // 1000,
        running_last=last_of(random, sum(amount for *_, amount in public)),
        purchases=(draw_amount(random, 90 * WAN), maybe_amount(random), maybe_amount(random)),
        cars=(random.randrange(6), random.randrange(6)),
    )


def _trip(random: Random, name: str) -> Trip:
    amount = maybe_amount(random, 20 * WAN)
    return Trip(name, amount, random.choice((amount, 0, draw_amount(random, 20 * WAN))))


def _items(random: Random, basic: int) -> tuple[Item, ...]:
    """The 项, between which the money for 基本支出 is parted; the first takes what is left."""
    chosen = random.sample(range(1, len(SUBJECTS)), random.randint(2, 8))
    left = basic
    items = []
    for index in sorted(chosen):
        part = random.choice((0, random.randint(10, 80))) * basic // 1000
        project = draw_amount(random) if not part else maybe_amount(random)
        left -= part
        items.append(_item(random, index, part, project))
    return (_item(random, 0, left, maybe_amount(random)), *items)


def _item(random: Random, index: int, basic: int, project: int) -> Item:
    carried = random.choice((0, 0, random.randint(1, 999))) * project // 1000
    now = basic + project
    last = 0 if random.randrange(6) == 0 else last_of(random, now)
    return Item(*SUBJECTS[index], basic, project, carried, last)


def figures_of_plan(plan: Plan) -> Figures:
    """All figures of a budget."""
    amounts: dict[str, int] = {}
    for code, _, below in by_level(plan.items):
        amounts[code] = sum(each.spent for each in below)
        amounts[f"{code}.basic"] = sum(each.basic for each in below)
        amounts[f"{code}.project"] = sum(each.project for each in below)
        amounts[f"{code}.carried"] = sum(each.other for each in below)
        amounts[f"{code}.current"] = amounts[code] - amounts[f"{code}.carried"]
        extra = plan.business + plan.other_income if plan.other_item in below else 0
        amounts[f"{code}.extra"] = amounts[f"{code}.project"] + extra
        amounts[f"{code}.all"] = amounts[code] + extra
        amounts[f"{code}@last"] = sum(each.budget for each in below)
    amounts |= _totals(plan)
    for code, _, amount in (*plan.people, *plan.public):
        amounts[f"e{code}"] = amount
        amounts[f"e{code[:3]}"] = amounts.get(f"e{code[:3]}", 0) + amount
    for suffix, which in (("", "amount"), ("@last", "last")):
        single = [int(getattr(each, which)) for each in plan.sangong]
        amounts |= {f"{n}{suffix}": a for n, a in zip(SANGONG_NAMES, single, strict=True)}
        amounts[f"vehicles{suffix}"] = single[1] + single[2]
        amounts[f"sangong{suffix}"] = sum(single)
    others = {"general": ("total",), "current": ("fiscal_total",), "total": ("fiscal_total",)}
    others["fiscal_total"] = ("total",)
    others |= {code: (f"{code}.all",) for code, *_ in by_level(plan.items)}
    return Figures(amounts, tuple(_sums(plan)), others)


def _totals(plan: Plan) -> dict[str, int]:
    basic, project = sum(e.basic for e in plan.items), sum(e.project for e in plan.items)
    carried = sum(each.other for each in plan.items)
    general, extra = basic + project, plan.business + plan.other_income
    amounts = {"basic": basic, "project": project, "carried": carried, "general": general}
    amounts |= {"current": general - carried, "fund": plan.fund, "business": plan.business}
    amounts |= {"other_income": plan.other_income, "total": general + plan.fund + extra}
    amounts |= {"income": amounts["total"] - carried, "fiscal_total": general + plan.fund}
    amounts |= {"fiscal_income": amounts["fiscal_total"] - carried}
    amounts |= {"all_project": amounts["total"] - basic}
    amounts |= {"wages": sum(row[2] for row in plan.people)}
    amounts |= {"running": sum(row[2] for row in plan.public)}
    last = sum(each.budget for each in plan.items)
    amounts |= {"general@last": last, "current@last": last, "total@last": plan.total_last}
    amounts |= {"fiscal_total@last": plan.fiscal_last, "basic@last": plan.basic_last}
    amounts |= {"all_project@last": plan.total_last - plan.basic_last}
    amounts |= {"office": amounts["running"], "office@last": plan.running_last}
    amounts |= dict(zip(("goods", "works", "services"), plan.purchases, strict=True))
    own, special = plan.cars
    amounts |= {"purchases": sum(plan.purchases), "cars": own + special}
    return amounts | {"own_cars": own, "special_cars": special, "kept_cars": own}


def fund_rows() -> tuple[tuple[str, str], ...]:
    """The 类, 款 and 项 of the fund."""
    code, *names = FUND_SUBJECT
    return tuple(zip((code[:3], code[:5], code), names, strict=True))


def _sums(plan: Plan) -> Iterator[Relation]:
    for whole, parts in (
        ("income", ("current", "fund", "business", "other_income")),
        ("income", ("fiscal_income", "business", "other_income")),
        ("fiscal_income", ("current", "fund")),
        ("total", ("income", "carried")),
        ("total", ("current", "fund", "business", "other_income", "carried")),
        ("total", ("basic", "all_project")),
        ("total", ("fiscal_total", "business", "other_income")),
        ("fiscal_total", ("fiscal_income", "carried")),
        ("fiscal_total", ("general", "fund")),
        ("general", ("current", "carried")),
        ("general", ("basic", "project")),
        ("total@last", ("basic@last", "all_project@last")),
        ("basic", ("wages", "running")),
        ("purchases", ("goods", "works", "services")),
        ("cars", ("own_cars", "special_cars")),
    ):
        yield total_of(whole, parts)
    measures = {"": "general", ".basic": "basic", ".project": "project", "@last": "general@last"}
    measures |= {".carried": "carried", ".current": "current"}
    yield from by_subject(plan.items, measures)
    for code, *_ in by_level(plan.items):
        yield total_of(code, (f"{code}.basic", f"{code}.project"))
        yield total_of(code, (f"{code}.current", f"{code}.carried"))
        yield total_of(f"{code}.all", (f"{code}.basic", f"{code}.extra"))
    kinds = [code for code, *_ in by_level(plan.items) if len(code) == 3]
    yield total_of("total", (*(f"{kind}.all" for kind in kinds), "fund"))
    yield from economic_sums("wages", plan.people)
    yield from economic_sums("running", plan.public)
    for suffix in ("", "@last"):
        yield total_of(f"vehicles{suffix}", (f"bought{suffix}", f"run{suffix}"))
        names = ("abroad", "vehicles", "received")
        yield total_of(f"sangong{suffix}", (f"{name}{suffix}" for name in names))
