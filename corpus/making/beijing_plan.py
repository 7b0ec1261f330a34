"""A budget's narrative in Beijing's manner: held against 年初预算数, which are said."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.plan import Plan
from corpus.making.printing import Pen
from corpus.making.sections import in_order, kinds, other_names

MONEY = (
    ("本年财政拨款收入", "fiscal_income"),
    ("事业收入", "business"),
    ("其他收入", "other_income"),
    ("上年结转", "carried"),
)
TRIPS = (
    ("因公出国（境）费用", "abroad"),
    ("公务接待费", "received"),
    ("公务用车购置和运行维护费", "vehicles"),
)


def narrative(plan: Plan, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, date = pen.told, pen.date
    yield "一、收入预算情况说明"
    parts = "；".join(f"{name}{told(figure)}" for name, figure in MONEY if pen.has(figure))
    yield (
        f"{date('{year}年度')}收入预算{told('total')}，{_against(pen, 'total')}。"
        f"收入预算包括：{parts}。"
    )
    yield "二、支出预算情况说明"
    yield f"{date('{year}年度')}支出预算{told('total')}，{_against(pen, 'total')}。其中："
    for figure, name in (("basic", "基本支出"), ("all_project", "项目支出")):
        yield (
            f"{name}预算{told(figure)}，占总支出预算{pen.rate(figure, 'total')}，"
            f"{_against(pen, figure)}。"
        )
    yield "三、一般公共预算财政拨款支出情况说明"
    yield from _general(plan, pen)
    yield "四、“三公”经费财政拨款预算情况说明"
    yield from _sangong(pen)
    yield "五、其他情况说明"
    yield from _others(plan, pen)


def _against(pen: Pen, figure: str, name: str = "年初预算数") -> str:
    """Against last year's amount, which is said, but for a level one."""
    last = f"{pen.year - 1}年{name}"
    if pen.seems_level(figure):
        return f"与{last}{'基本' if pen.step(figure) else ''}持平"
    base = f"{last}{pen.told(f'{figure}@last')}"
    said = f"比{base}{pen.way(figure)}{pen.change(figure)}"
    if not pen.amounts[f"{figure}@last"]:
        return said
    grew = pen.way(figure, ("增长", "降低"))
    clause = f"{pen.way(figure)}{pen.change(figure)}，{grew}{pen.growth(figure)}"
    return f"比{base}{pen.level(figure, clause, '持平')}"


def _general(plan: Plan, pen: Pen) -> Iterator[str]:
    told, year = pen.told, pen.date("{year}年")
    yield (
        f"{year}一般公共预算财政拨款支出{told('general')}，{_against(pen, 'general')}。"
        f"按功能分类科目列示如下："
    )
    for number, (code, kind) in enumerate(kinds(plan.items), start=1):
        yield (f"{number}.“{kind}”（类）{year}年初预算{told(code)}，{_against(pen, code)}。其中：")
        for item in in_order(plan.items):
            if item.code.startswith(code):
                name = pen.item(item.name, other_names(plan.items))
                yield (
                    f"“{item.group}”（款）“{name}”（项）{year}年初预算{told(item.code)}，"
                    f"{_against(pen, item.code)}。"
                )
    if plan.fund:
        yield f"{year}政府性基金预算财政拨款支出{told('fund')}。"
    else:
        yield f"{year}本部门无政府性基金预算财政拨款安排的支出。"


def _sangong(pen: Pen) -> Iterator[str]:
    told, year = pen.told, pen.date("{year}年")
    yield (
        f"{year}“三公”经费财政拨款预算{told('sangong')}，"
        f"{_against(pen, 'sangong', '“三公”经费财政拨款预算')}。其中："
    )
    for number, (name, figure) in enumerate(TRIPS, start=1):
        detail = ""
        if figure == "vehicles":
            detail = (
                f"其中，公务用车购置费{told('bought')}，公务用车运行维护费{told('run')}，"
                f"用于{pen.count('kept_cars')}辆公务用车的维护。"
            )
        yield f"{number}.{name}。{year}预算数{told(figure)}，{_against(pen, figure)}。{detail}"


def _others(plan: Plan, pen: Pen) -> Iterator[str]:
    told, year = pen.told, pen.date("{year}年")
    yield "（一）机关运行经费说明"
    yield f"{year}本部门机关运行经费财政拨款预算{told('office')}。"
    yield f"其中，{pen.names(plan.public)}等均在公用经费{told('running')}中列支。"
    yield "（二）政府采购预算说明"
    yield (
        f"{year}本部门政府采购预算总额{told('purchases')}，其中：政府采购货物预算"
        f"{told('goods')}，政府采购工程预算{told('works')}，政府采购服务预算{told('services')}。"
    )
    yield "（三）国有资本经营预算财政拨款情况说明"
    yield "本部门无国有资本经营预算财政拨款安排的预算。"
    yield "（四）国有资产占用情况说明"
    yield (
        f"截至{plan.year - 1}年12月31日，本部门共有车辆{pen.count('cars')}台，其中："
        f"执法执勤用车{pen.count('own_cars')}台，其他用车{pen.count('special_cars')}台。"
    )
    yield "（五）绩效目标情况"
    yield f"政府采购预算总额{told('purchases')}均填报了绩效目标。"
