"""Says what the headers over a column mean, and what is common to all layouts of tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from narrcheck.figure import Figure
from narrcheck.patterns.tables import YEAR, Label, TablePattern, TablePatterns, bare_name, compact
from narrcheck.tables.layout import Block

BESIDE_MEASURE = re.compile(r"[上本当去全]年度?|（[^（）]*元）|数(?=（|$)")
UNIT = re.compile(r"（[^（）]{1,3}(（[^（）]{1,2}）)?）$")
LAST_YEAR = re.compile(r"(上年|上年度|去年)(?=.*(预算|决算|执行))")
FUND_INCOME = {
    "一般公共预算": "一般公共预算财政拨款收入",
    "政府性基金": "政府性基金预算财政拨款收入",
    "国有资本经营": "国有资本经营预算财政拨款收入",
}
OPENING, CLOSING, THIS_YEAR = "年初结转和结余", "年末结转和结余", "当年拨款"
FUNCTIONAL, ECONOMIC = "2", "3"  # the first digits of their codes

Figures: TypeAlias = dict[tuple[int, int], Figure]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the headers over a column say.

    ``item`` is canonical, ``""`` for the table's own total; ``fund`` and ``measure`` are ``""``
    where the headers name none; ``year`` is the one they name, None for the document's own.
    """

    item: str = ""
    fund: str = ""
    measure: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table's figures have in common.

    ``codes`` are the codes that the document's tables give each subject's name, by function and
    by 经济分类; ``year`` is that of the document, ``unit`` its unit's name, ``measure`` what an
    amount is if no header says.
    """

    pattern: TablePattern
    patterns: TablePatterns
    title: str
    measure: str
    year: int | None
    unit: str
    codes: Mapping[str, frozenset[str]]

    def code_of(self, name: str) -> str:
        """The functional code of a subject that is given by name alone, ``""`` if not certain."""
        return self._code_of(name, FUNCTIONAL)

    def economic_code_of(self, name: str) -> str:
        """The economic code of a subject that is given by name alone, ``""`` if not certain."""
        return self._code_of(name, ECONOMIC)

    def _code_of(self, name: str, first: str) -> str:
        codes = [code for code in self.codes.get(name, ()) if code.startswith(first)]
        classes = [code for code in codes if len(code) == 3]
        certain = classes if len(classes) == 1 else codes
        return certain[0] if len(certain) == 1 else ""

    def figure(
        self, item: str, heading: Heading, *, fund: str = "", code: str = "", part: str = ""
    ) -> Figure:
        """The figure of ``item`` in the column under ``heading``; ``fund`` goes before its own."""
        return Figure(
            item=item,
            measure=heading.measure or self.measure,
            year=heading.year or self.year,
            fund=fund or heading.fund or self.pattern.fund,
            code=code,
            part=part,
        )


def read_headings(
    block: Block, setting: Setting, roles: tuple[str, ...] = ("item",)
) -> dict[int, Heading]:
    """What the headers over each amount column of a block mean, by its index, where all is known.

    With ``part`` among ``roles`` (those of ``read_heading``), 当年拨款 is a column of its own where
    one of what was carried over stands beside it; over all columns it says nothing.
    """
    paths = {column.index: block.path(column) for column in block.amounts}
    over = [frozenset(path[:-1]) for path in paths.values()]
    shared = over[0].intersection(*over)
    ends = [setting.patterns.label(label, ("item",)) for path in paths.values() for label in path]
    if setting.pattern.flow == "收入" or not any(end and end.item == OPENING for end in ends):
        roles = tuple(role for role in roles if role != "part")
    headings = {
        index: read_heading(path, setting, roles, neutral=shared) for index, path in paths.items()
    }
    found = {index: heading for index, heading in headings.items() if heading}
    return found if "part" in roles else {**found, **_alone(paths, found, setting)}


def _alone(
    paths: Mapping[int, tuple[str, ...]], headings: Mapping[int, Heading], setting: Setting
) -> dict[int, Heading]:
    """当年拨款合计 where no other column has a total, and none what was carried over: it is one."""
    found: dict[int, Heading] = {}
    for index, path in paths.items():
        if index not in headings and path and setting.patterns.label(path[-1], ("part",)):
            heading = read_heading(path, setting, neutral=frozenset(path[-1:]))
            if heading and heading not in headings.values():
                found[index] = heading
    return found if len(found) == 1 else {}


def read_heading(
    path: tuple[str, ...],
    setting: Setting,
    roles: tuple[str, ...] = ("item",),
    *,
    neutral: frozenset[str] = frozenset(),
) -> Heading | None:
    """What a path of headers means, None where one of its words is not known.

    The last label that names something counts; 合计, 金额 and the like leave it to the one above.
    ``roles`` say which items there are: ``item``, or ``三公``, ``采购``, ``count``. Labels that say
    which year's money it is do not matter where they are ``neutral``.
    """
    measure, year, item, fund = "", None, "", ""
    for label in reversed(path):
        year = year or year_of(label, setting.year)
        found_measure = setting.patterns.label(label, ("measure",))
        measure = measure or (found_measure.measure if found_measure else "")
        if label in neutral and setting.patterns.label(label, ("part",)):
            continue
        if item and _is_narrower(label, setting, roles):
            return None
        if item or not YEAR.sub("", compact(label)):
            continue
        part = setting.patterns.label(label, ("part",)) if "part" in roles else None
        others = ("remark", "total", "group", "fund", *roles)
        found = part or setting.patterns.label(label, others)
        if found is None and not (found_measure and _only_measure(label, found_measure, setting)):
            return None
        if found and found.role == "remark":
            return None
        if found and found.role == "fund":
            fund = fund or found.fund
        elif found and found.role in roles:
            item = found.item or unbracketed(label)
            fund = fund or found.fund
    return Heading(item, fund, measure, year)


def _is_narrower(label: str, setting: Setting, roles: tuple[str, ...]) -> bool:
    """Whether what stands under a label is but of the money of one year: 上年结转 / 基本支出."""
    found = setting.patterns.label(label, roles)
    return found is not None and found.item in (OPENING, CLOSING, THIS_YEAR)


def unbracketed(name: str) -> str:
    """The name alone, without the unit that it carries: 其他用车（辆） is 其他用车."""
    return UNIT.sub("", bare_name(name))


def _only_measure(label: str, measure: Label, setting: Setting) -> bool:
    """Whether a header is a measure alone: 上年决算数, 支出预算数; not 扣除…后预算数."""
    rest = BESIDE_MEASURE.sub("", measure.pattern.sub("", YEAR.sub("", bare_name(label))))
    return not rest or setting.patterns.label(rest, ("total", "group")) is not None


def year_of(label: str, year: int | None) -> int | None:
    """The year a header names: 2025年预算数, 上年决算数; None where it names none."""
    if match := YEAR.search(compact(label)):
        digits = re.search(r"\d{4}", match.group())
        return int(digits.group()) if digits else None
    if year is not None and LAST_YEAR.search(compact(label)):
        return year - 1
    return None
