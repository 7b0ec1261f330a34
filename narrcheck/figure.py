"""What a number is about: item · measure · year · fund, and the value a table gives for it."""

from __future__ import annotations

from dataclasses import dataclass

from narrcheck.document import Where
from narrcheck.quantity import Quantity

# The measures of a budget; which of them a completion is of, its sentence says.
BUDGETS = ("年初预算数", "全年预算数", "调整预算数", "预算数")
# The totals of both sides, which are of nothing else a part.
TOTALS = frozenset({"收支总计", "收入总计", "支出总计"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of the world: 行政运行(2010301) · 决算数 · 2023 · 一般公共预算.

    ``item`` is the canonical name, ``code`` the subject code (``""`` for totals and counts).
    ``part`` narrows a subject to its 基本支出 or 项目支出, or to what is paid with the money of one
    year, 当年拨款 or 上年结转 (``""``: all of it). ``measure`` is
    决算数, 年初预算数, 全年预算数, 预算数 or 执行数; ``fund`` is 全部, 财政拨款, 一般公共预算,
    政府性基金 or 国有资本经营, and 三公 for the items of the “三公”经费.
    """

    item: str
    measure: str
    year: int | None
    fund: str
    code: str = ""
    part: str = ""

    def __str__(self) -> str:
        name = f"{self.code} {self.item}" if self.code else self.item
        return f"{name}（{self.part}）" if self.part else name


@dataclass(frozen=True, slots=True)
class TableValue:
    """One number of a table that is known, with the figure it is about.

    ``table`` indexes ``Document.tables``; ``row`` and ``column`` index its grid; ``row_name`` and
    ``column_name`` are what a person would call them: ``2010301 行政运行``, ``本年支出 / 小计``.
    ``figure`` is None for a value of a table (row, column) whose meaning is not known. ``rows`` are
    those whose sum it is, where a table splits a subject over several; it stands in the first.
    ``annex`` says that it stands in an annex (绩效自评表), whose scope may be another.
    """

    table: int
    row: int
    column: int
    row_name: str
    column_name: str
    quantity: Quantity
    where: Where
    figure: Figure | None = None
    rows: tuple[int, ...] = ()
    annex: bool = False
