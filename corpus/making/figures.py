"""The figures of a drawn year by name, and the sums they make up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.making.ranges import Relation
from corpus.making.truth import Item, Truth

TOTALS = (
    "total",
    "fiscal_total",
    "general",
    "general_income",
    "fiscal_income",
    "income",
    "business",
    "other_income",
    "fiscal_in",
    "fiscal_out",
    "spent",
    "basic",
    "project",
    "wages",
    "running",
)
SANGONG_NAMES = ("abroad", "bought", "run", "received")


@dataclass(frozen=True, slots=True)
class Figures:
    """Amounts in 分 by name (counts as they are), sums, and figures that are easily mistaken.

    ``others`` names to a figure the same of another fund.
    """

    amounts: Mapping[str, int]
    sums: tuple[Relation, ...]
    others: Mapping[str, tuple[str, ...]]


def by_level(items: Iterable[Item]) -> Iterator[tuple[str, str, list[Item]]]:
    """类, 款 and 项 in the order of a table: code, name, and the items below."""
    items = sorted(items, key=lambda item: item.code)
    seen: set[str] = set()
    for item in items:
        for size, name in ((3, item.kind), (5, item.group), (7, item.name)):
            code = item.code[:size]
            if code not in seen:
                seen.add(code)
                yield code, name, [each for each in items if each.code.startswith(code)]


def figures_of(truth: Truth) -> Figures:
    """All figures of a year that was settled (决算)."""
    amounts = {**_totals(truth), **_subjects(truth), **_economic(truth), **_sangong(truth)}
    amounts |= _purchases(truth)
    if truth.last is not None:
        for name in ("total", "fiscal_total", "general"):
            amounts[f"{name}@last"] = getattr(truth.last, name)
        amounts["office@last"] = truth.last.running
    others = {"general": ("spent",), "fiscal_income": ("income",), "fiscal_total": ("total",)}
    others |= {"spent": ("general",), "total": ("fiscal_total",)}
    for code, *_ in by_level(truth.items):
        others[code] = (f"{code}.all",)
    return Figures(amounts, tuple(_sums(truth)), others)


def _totals(truth: Truth) -> dict[str, int]:
    amounts = {name: int(getattr(truth, name)) for name in TOTALS}
    amounts["fund"] = amounts["fund_income"] = truth.fund_spent
    # 机关运行经费: drawn as 公用经费, but no rule says that the two are one.
    amounts["office"] = truth.running
    amounts["carried"] = truth.fiscal_in + truth.other_in
    amounts["kept"] = truth.fiscal_out + truth.other_out
    amounts["all_project"] = truth.spent - truth.basic
    amounts["fiscal_spent"] = truth.general + truth.fund_spent
    amounts["general_total"] = truth.general + truth.fiscal_out
    return amounts


def _subjects(truth: Truth) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for code, _, below in by_level(truth.items):
        amounts[code] = sum(each.spent for each in below)
        amounts[f"{code}.basic"] = sum(each.basic for each in below)
        amounts[f"{code}.project"] = sum(each.project for each in below)
        amounts[f"{code}.other"] = sum(each.project + each.other for each in below)
        amounts[f"{code}.all"] = sum(each.spent + each.other for each in below)
        amounts[f"{code}.budget"] = sum(each.budget for each in below)
    amounts["budget"] = sum(each.budget for each in truth.items)
    if truth.fund:
        for size in (3, 5, 7):
            amounts[f"fund.{truth.fund.code[:size]}"] = truth.fund.spent
        amounts["fund.budget"] = truth.fund.budget
    return amounts


def _economic(truth: Truth) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for code, _, amount in (*truth.people, *truth.public):
        amounts[code] = amount
        amounts[code[:3]] = amounts.get(code[:3], 0) + amount
    # The same numbers are codes of 类 (3), 款 (5) and 项 (7) elsewhere: an e tells these apart.
    return {f"e{code}": amount for code, amount in amounts.items()}


def _sangong(truth: Truth) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for suffix, which in (("", "spent"), (".budget", "budget"), ("@last", "last")):
        if suffix == "@last" and truth.last is None:
            continue
        single = [int(getattr(each, which)) for each in truth.sangong]
        for name, amount in zip(SANGONG_NAMES, single, strict=True):
            amounts[f"{name}{suffix}"] = amount
        amounts[f"vehicles{suffix}"] = single[1] + single[2]
        amounts[f"sangong{suffix}"] = sum(single)
    return amounts


def _purchases(truth: Truth) -> dict[str, int]:
    amounts = dict(zip(("goods", "works", "services"), truth.purchases, strict=True))
    amounts |= {"purchases": sum(truth.purchases), "small": truth.small, "micro": truth.micro}
    own, special = truth.cars
    return amounts | {
        "cars": own + special,
        "own_cars": own,
        "special_cars": special,
        "kept_cars": own,
    }


def total_of(whole: str, parts: Iterable[str]) -> Relation:
    """That a figure is the sum of others."""
    return Relation("sum", (whole, *parts))


def by_subject(items: Sequence[Item], whole: Mapping[str, str]) -> Iterator[Relation]:
    """类 = Σ款 = Σ项, for each measure; ``whole`` names the sum of all 类, by the measure."""
    levels = [(code, len(code)) for code, *_ in by_level(items)]
    for suffix, name in whole.items():
        yield total_of(name, (f"{code}{suffix}" for code, size in levels if size == 3))
        yield total_of(name, (f"{code}{suffix}" for code, size in levels if size == 7))
        for above, size in levels:
            below = [c for c, s in levels if c.startswith(above) and s == size + 2]
            if below:
                yield total_of(f"{above}{suffix}", (f"{code}{suffix}" for code in below))


def _sums(truth: Truth) -> Iterator[Relation]:
    yield total_of("income", ("fiscal_income", "business", "other_income"))
    yield total_of("fiscal_income", ("general_income", "fund_income"))
    yield total_of("total", ("income", "carried"))
    yield total_of("total", ("spent", "kept"))
    yield total_of("fiscal_total", ("fiscal_income", "fiscal_in"))
    yield total_of("fiscal_total", ("fiscal_spent", "fiscal_out"))
    yield total_of("general_total", ("general", "fiscal_out"))
    yield total_of("fiscal_spent", ("general", "fund"))
    yield total_of("fund_income", ("fund",))
    yield total_of("spent", ("basic", "all_project"))
    yield total_of("general", ("basic", "project"))
    whole = {"": "general", ".basic": "basic", ".project": "project", ".budget": "budget"}
    yield from by_subject(truth.items, whole)
    kinds = [code for code, *_ in by_level(truth.items) if len(code) == 3]
    fund = [f"fund.{truth.fund.code[:3]}"] if truth.fund else []
    yield total_of("spent", (*(f"{kind}.all" for kind in kinds), *fund))
    for code, *_ in by_level(truth.items):
        yield total_of(code, (f"{code}.basic", f"{code}.project"))
        yield total_of(f"{code}.all", (f"{code}.basic", f"{code}.other"))
    yield total_of("basic", ("wages", "running"))
    yield from economic_sums("wages", truth.people)
    yield from economic_sums("running", truth.public)
    for suffix in ("", ".budget", "@last"):
        yield total_of(f"vehicles{suffix}", (f"bought{suffix}", f"run{suffix}"))
        parts = ("abroad", "vehicles", "received")
        yield total_of(f"sangong{suffix}", (f"{name}{suffix}" for name in parts))
    yield total_of("purchases", ("goods", "works", "services"))
    yield total_of("cars", ("own_cars", "special_cars"))


def economic_sums(whole: str, rows: Sequence[tuple[str, str, int]]) -> Iterator[Relation]:
    """The sums of a table by economic subject."""
    classes = dict.fromkeys(row[0][:3] for row in rows)
    yield total_of(whole, (f"e{code}" for code in classes))
    for code in classes:
        yield total_of(f"e{code}", (f"e{row[0]}" for row in rows if row[0].startswith(code)))
