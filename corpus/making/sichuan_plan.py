"""A budget's narrative in Sichuan's manner: 收支预算总数, 当年拨款, changes without totals."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.plan import Plan
from corpus.making.printing import Pen
from corpus.making.sections import in_order, kinds, listed, other_names

MONEY = (
    ("上年结转", "carried"),
    ("一般公共预算拨款收入", "current"),
    ("政府性基金预算拨款收入", "fund"),
    ("事业收入", "business"),
    ("其他收入", "other_income"),
)
TRIPS = (
    ("因公出国（境）经费", "abroad"),
    ("公务接待费", "received"),
    ("公务用车购置及运行维护费", "vehicles"),
)


def narrative(plan: Plan, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, unit = pen.told, f"{plan.unit}{pen.date('{year}年')}"
    yield "一、收支预算情况说明"
    names = "、".join(name for name, figure in MONEY if pen.has(figure))
    yield (
        f"{plan.unit}的全部收支按综合预算编制。收入包括：{names}；支出包括：基本支出、项目支出。"
        f"{unit}收支预算总数{told('total')}，{_compared(pen, 'total', '收支预算总数')}。"
    )
    yield "（一）收入预算情况"
    share = "占{rate}"
    yield f"{unit}收入预算{told('total')}，其中：{listed(MONEY, 'total', pen, share)}。"
    yield "（二）支出预算情况"
    rows = (("基本支出", "basic"), ("项目支出", "all_project"))
    yield f"{unit}支出预算{told('total')}，其中：{listed(rows, 'total', pen, share)}。"
    yield "二、财政拨款收支预算情况说明"
    change = _compared(pen, "fiscal_total", "财政拨款收支预算总数")
    income = "、".join(f"{n}{told(f)}" for n, f in (MONEY[1:3] + MONEY[:1]) if pen.has(f))
    spent = [f"{name}{told(code)}" for code, name in kinds(plan.items)]
    spent += [f"城乡社区支出{told('fund')}"] * bool(plan.fund)
    yield f"{unit}财政拨款收支预算总数{told('fiscal_total')}，{change}。"
    yield f"收入包括：{income}；支出包括：{'、'.join(spent)}。"
    yield from _current(plan, pen)
    yield "四、一般公共预算基本支出情况说明"
    yield f"{unit}一般公共预算基本支出{told('basic')}，其中："
    yield f"人员经费{told('wages')}，主要包括：{pen.names(plan.people)}。"
    yield f"公用经费{told('running')}，主要包括：{pen.names(plan.public)}。"
    yield from _sangong(plan, pen)
    yield from _others(plan, pen)


def _compared(pen: Pen, figure: str, name: str, base: str = "") -> str:
    last = f"{pen.year - 1}年{base or name}"
    if pen.seems_level(figure):
        return f"与{last}{'基本' if pen.step(figure) else ''}持平"
    said = f"比{last}{pen.way(figure)}{pen.change(figure)}"
    if not pen.amounts[f"{figure}@last"]:
        return said
    grew = f"，{pen.way(figure, ('增长', '下降'))}{pen.growth(figure)}"
    return pen.level(figure, f"{said}{grew}", f"与{last}持平")


def _current(plan: Plan, pen: Pen) -> Iterator[str]:
    told, unit = pen.told, f"{plan.unit}{pen.date('{year}年')}"
    yield "三、一般公共预算当年拨款情况说明"
    yield "（一）一般公共预算当年拨款规模变化情况"
    change = _compared(pen, "current", "", "预算数")
    yield f"{unit}一般公共预算当年拨款{told('current')}，{change}。"
    yield "（二）一般公共预算当年拨款结构情况"
    rows = [(name, f"{code}.current") for code, name in kinds(plan.items)]
    yield f"{listed(rows, 'current', pen, '占{rate}')}。"
    yield "（三）一般公共预算当年拨款具体使用情况"
    for number, item in enumerate(in_order(plan.items), start=1):
        name = pen.item(item.name, other_names(plan.items))
        yield (
            f"{number}.{item.kind}（类）{item.group}（款）{name}（项）"
            f"{pen.date('{year}年')}预算数为{told(f'{item.code}.current')}，"
            f"主要用于：本项工作的日常开支。"
        )


def _sangong(plan: Plan, pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "五、“三公”经费财政拨款预算安排情况说明"
    parts = "，".join(f"{name}{told(figure)}" for name, figure in TRIPS)
    unit = f"{plan.unit}{pen.date('{year}年')}"
    yield f"{unit}“三公”经费财政拨款预算数{told('sangong')}，其中：{parts}。"
    for numeral, (name, figure) in zip("一二三", TRIPS, strict=True):
        yield f"（{numeral}）{name}{_compared(pen, figure, '预算')}。"
        if figure == "vehicles":
            yield (
                f"{pen.date('{year}年')}安排公务用车购置费{told('bought')}，"
                f"公务用车运行维护费{told('run')}，用于{pen.count('kept_cars')}辆公务用车的使用。"
            )


def _others(plan: Plan, pen: Pen) -> Iterator[str]:
    told, unit = pen.told, f"{pen.date('{year}年')}，{plan.unit}"
    yield "六、政府性基金预算支出情况说明"
    if plan.fund:
        yield f"{unit}政府性基金预算拨款安排的支出{told('fund')}。"
    else:
        yield f"{unit}没有使用政府性基金预算拨款安排的支出。"
    yield "七、国有资本经营预算支出情况说明"
    yield f"{unit}没有使用国有资本经营预算拨款安排的支出。"
    yield "八、其他重要事项的情况说明"
    yield "（一）机关运行经费"
    change = _compared(pen, "office", "预算")
    yield f"{unit}的机关运行经费财政拨款预算为{told('office')}，{change}。"
    yield "（二）政府采购情况"
    yield (
        f"{unit}安排政府采购预算{told('purchases')}，其中：货物类{told('goods')}、"
        f"工程类{told('works')}、服务类{told('services')}。"
    )
    yield "（三）国有资产占有使用情况"
    yield (
        f"截至{plan.year - 1}年底，{plan.unit}共有车辆{pen.count('cars')}辆，其中，"
        f"执法执勤用车{pen.count('own_cars')}辆、其他用车{pen.count('special_cars')}辆。"
    )
    yield "（四）绩效目标设置情况"
    yield f"政府采购预算{told('purchases')}均编制了绩效目标。"
