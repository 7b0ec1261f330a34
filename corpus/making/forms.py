"""Documents in the forms there are: a province's manner of words, tables and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from corpus.making import (
    beijing_plan,
    guangdong_plan,
    hunan,
    neimenggu,
    plan_tables,
    shandong,
    shanghai,
    sichuan,
    sichuan_plan,
    year_tables,
    zhejiang,
)
from corpus.making.figures import Figures, figures_of
from corpus.making.marks import Said, read_marks
from corpus.making.plan import Plan, draw_plan, figures_of_plan
from corpus.making.printing import Form, Pen
from corpus.making.truth import Truth, draw_truth

PLAN = "预算"


@dataclass(frozen=True, slots=True)
class Manner:
    """A form by its name, its numbers, the words of its narrative, and where its tables stand.

    ``narrative`` takes a Truth (决算) or, where ``layout`` is not empty, a Plan (预算).
    """

    name: str
    form: Form
    narrative: Callable[..., Iterator[str]]
    tables_last: bool = False
    layout: str = ""

    @property
    def kind(self) -> str:
        return PLAN if self.layout else "决算"


@dataclass(frozen=True, slots=True)
class Printed:
    """A document without faults: its text, what is said in it, and the figures."""

    text: str
    said: tuple[Said, ...]
    figures: Figures
    year: int


MANNERS = (
    Manner("湖南", Form(places=1, trims=True), hunan.narrative),
    Manner(
        "上海",
        Form(places=2, label="单位：{unit}", row_numbers=False, empty="", interleaved=True),
        shanghai.narrative,
    ),
    Manner("浙江", Form(places=2, grouped=True, yuan=True), zhejiang.narrative),
    Manner(
        "山东",
        Form(
            places=2,
            grouped=True,
            label="公开{number}表 单位：{unit}",
            plain_tables=True,
            empty="",
        ),
        shandong.narrative,
    ),
    Manner(
        "内蒙古",
        Form(places=2, wide=True, yuan=True, label="财决公开{number}表 金额单位：{unit}"),
        neimenggu.narrative,
    ),
    Manner(
        "四川",
        Form(places=2, label="附表{plain} 单位：{unit}", row_numbers=False, empty="", trims=True),
        sichuan.narrative,
        tables_last=True,
    ),
    Manner(
        "四川预算",
        Form(places=2, label="表{plain} 金额单位：{unit}", grouped=False, empty="", trims=True),
        sichuan_plan.narrative,
        tables_last=True,
        layout="sources",
    ),
    Manner(
        "北京预算",
        Form(places=2, label="单位：{unit}", empty=""),
        beijing_plan.narrative,
        layout="compared",
    ),
    Manner(
        "广东预算",
        Form(places=1, grouped=True, label="预算{number}表 单位：{unit}"),
        guangdong_plan.narrative,
        layout="parts",
    ),
)


def manner_named(name: str) -> Manner:
    """The form of that name; raises KeyError."""
    return {manner.name: manner for manner in MANNERS}[name]


def draw(manner: Manner, random: Random) -> Truth | Plan:
    """A year of a unit, as the form needs it."""
    return draw_plan(random) if manner.layout else draw_truth(random)


def disclosure(drawn: Truth | Plan, manner: Manner) -> Printed:
    """The document of a drawn year in a form."""
    if isinstance(drawn, Plan):
        figures = figures_of_plan(drawn)
        pen = Pen(manner.form, figures.amounts, drawn.year)
        parts = _plan(drawn, pen, manner)
    else:
        figures = figures_of(drawn)
        pen = Pen(manner.form, figures.amounts, drawn.year)
        parts = _settled(drawn, pen, manner)
    text, said = read_marks("\n\n".join(parts) + "\n")
    return Printed(text, said, figures, drawn.year)


def _settled(truth: Truth, pen: Pen, manner: Manner) -> list[str]:
    head = [f"{truth.year}年度", f"{truth.unit}\n部门决算", "目录"]
    titles = year_tables.contents(year_tables.TITLES)
    tables = ("部门决算表", [year_tables.tables(truth, pen)])
    story = ("部门决算情况说明", list(manner.narrative(truth, pen)))
    words = ("名词解释", ["一、基本支出：指为保障机构运转发生的支出。"])
    about = ("部门概况", ["本部门负责本地区的相关工作。"])
    order = [about, story, words, tables] if manner.tables_last else [about, tables, story, words]
    return [*head, *_contents(order, titles), *_parts(order)]


def _plan(plan: Plan, pen: Pen, manner: Manner) -> list[str]:
    head = [f"{plan.unit}\n{plan.year}年部门预算", "目录"]
    titles = year_tables.contents(plan_tables.TITLES)
    tables = (f"{plan.year}年部门预算表", [plan_tables.tables(plan, pen, manner.layout)])
    story = (f"{plan.year}年部门预算情况说明", list(manner.narrative(plan, pen)))
    words = ("名词解释", ["1.基本支出：指为保障机构正常运转、完成日常工作任务而发生的支出。"])
    about = ("部门概况", ["本部门承担本行政区域内的有关管理职责。"])
    order = [about, story, words, tables] if manner.tables_last else [about, tables, story, words]
    return [*head, *_contents(order, titles), *_parts(order)]


def _contents(order: list[tuple[str, list[str]]], titles: str) -> list[str]:
    """The 目录: the parts, and the tables below theirs."""
    lines = []
    for numeral, (name, _) in zip("一二三四", order, strict=True):
        lines.append(f"第{numeral}部分 {name}")
        if name.endswith("表"):
            lines.append(titles)
    return ["\n".join(lines)]


def _parts(order: list[tuple[str, list[str]]]) -> Iterator[str]:
    for numeral, (name, paragraphs) in zip("一二三四", order, strict=True):
        yield f"第{numeral}部分 {name}"
        yield from paragraphs
