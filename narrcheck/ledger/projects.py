"""The budget of a project, from what was planned to what is left of it, as reports tell it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure
from narrcheck.ledger.operand import Operand, negated

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_LEFT = "结余"
_LEFTOVERS = (
    *("年末结转和结余", "年末结转", "年末结余", "年末结转结余", "年终结转", "年终结余"),
    *("结余", "结转", "结转结余", "结余资金", "结转资金", "结转结余资金"),
)
_MEASURES = ("年初预算数", "预算调增数", "预算调减数", "全年预算数", "决算数")


def project_budgets(ledger: Ledger) -> Iterator[tuple[Operand, ...]]:
    """年初预算 + 调增 − 调减 = 全年预算 = 实际支出 + 结余, as reports tell it of a project (E09):
    each as a whole and its parts.

    Where the text gives no 全年预算, 实际支出 is what 年初预算 and its changes leave but 结余.
    """
    for told in _projects(ledger):
        changed = told.get("预算调增数", []) + told.get("预算调减数", [])
        budgets, spent, left = (told.get(key, []) for key in ("年初预算数", "决算数", _LEFT))
        if _is_spent_in_part(told):
            all_told = (told["全年预算数"][0], spent[0], left[0])
            yield tuple(map(ledger.of, all_told))
        if not changed or len(budgets) != 1:
            continue
        before = [
            *map(ledger.of, budgets),
            *map(ledger.of, told.get("预算调增数", [])),
            *(negated(ledger.of(claim)) for claim in told.get("预算调减数", [])),
        ]
        final = told.get("全年预算数", [])
        if len(final) == 1:
            yield ledger.of(final[0]), *before
        elif len(spent) == 1 and len(left) == 1 and not final:
            yield ledger.of(spent[0]), *before, negated(ledger.of(left[0]))


def _is_spent_in_part(told: dict[str, list[Claim]]) -> bool:
    """Whether one sentence gives 全年预算数, 执行数 and 结余 of a project, once each, no more."""
    claims = [claim for each in told.values() for claim in each]
    return (
        set(told) == {"全年预算数", "决算数", _LEFT}
        and len(claims) == len(told)
        and len({claim.sentence for claim in claims}) == 1
    )


def _projects(ledger: Ledger) -> Iterator[dict[str, list[Claim]]]:
    """The amounts of one project after the other, by measure; what is left over as ``_LEFT``.

    Each begins with its 年初预算, or 全年预算 where that is not said; anything else said in
    between ends it, and so does what is left.
    """
    told: dict[str, list[Claim]] = {}
    place: tuple[int, str] | None = None  # the paragraph of the project, and its name
    for claim in ledger.of_kind(Kind.AMOUNT):
        figure = claim.figure
        if figure is None:
            continue
        measure = _of_project(figure)
        here = claim.paragraph, (place[1] if place and measure == _LEFT else figure.item)
        begins = measure == "年初预算数" or (measure == "全年预算数" and here != place)
        if told and (begins or here != place or not measure):
            yield told
            told, place = {}, None
        if begins:
            place = here
        if place is not None:
            told.setdefault(measure, []).append(claim)
    if told:
        yield told


def _of_project(figure: Figure) -> str:
    """The measure of an amount of a project, ``""`` for one that has no place in its budget."""
    if figure.item in _LEFTOVERS and figure.measure in ("决算数", "执行数"):
        return _LEFT
    measure = "决算数" if figure.measure == "执行数" else figure.measure
    measure = "全年预算数" if measure == "调整预算数" else measure
    return measure if measure in _MEASURES else ""
