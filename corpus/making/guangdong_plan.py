"""A budget's narrative in Guangdong's manner: grouped thousands, one decimal of rates, 比上年."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.plan import Plan
from corpus.making.printing import Pen
from corpus.making.sections import in_order, kinds, listed, other_names

TRIPS = (
    ("因公出国（境）费", "abroad"),
    ("公务用车购置及运行维护费", "vehicles"),
    ("公务接待费", "received"),
)


def narrative(plan: Plan, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, date = pen.told, pen.date
    year = "{year}年"
    yield "一、部门预算收支增减变化情况"
    yield (
        f"{date(year)}本部门收入预算{told('total')}，{_compared(pen, 'total')}，"
        f"主要是项目安排有所调整；支出预算{told('total')}，{_compared(pen, 'total')}。"
    )
    rows = (
        ("一般公共预算拨款", "current"),
        ("政府性基金预算拨款", "fund"),
        ("事业收入", "business"),
        ("其他收入", "other_income"),
        ("上年结转", "carried"),
    )
    yield f"收入预算中，{listed(rows, 'total', pen, '占收入预算的{rate}')}。"
    spent = (("基本支出", "basic"), ("项目支出", "all_project"))
    yield f"支出预算中，{listed(spent, 'total', pen, '占支出预算的{rate}')}。"
    yield "二、一般公共预算支出情况"
    yield f"{date(year)}一般公共预算支出{told('general')}，{_compared(pen, 'general')}。其中："
    for numeral, (code, kind) in zip("一二三四五六", kinds(plan.items), strict=False):
        share = pen.rate(code, "general")
        yield f"（{numeral}）{kind}{told(code)}，占一般公共预算支出的{share}，具体包括："
        for number, item in enumerate(in_order(plan.items), start=1):
            if item.code.startswith(code):
                name = pen.item(item.name, other_names(plan.items))
                label = f"{number}. {item.group}（款）{name}（项）"
                yield f"{label}{told(item.code)}，{_kept(pen, item.code)}。"
    yield "三、一般公共预算基本支出情况"
    yield (
        f"{date(year)}一般公共预算基本支出{told('basic')}，其中：人员经费{told('wages')}，"
        f"占{pen.rate('wages', 'basic')}；公用经费{told('running')}，"
        f"占{pen.rate('running', 'basic')}。"
    )
    yield f"人员经费主要包括：{pen.names(plan.people)}。"
    yield from _sangong(pen)
    yield from _others(plan, pen)


def _compared(pen: Pen, figure: str) -> str:
    if pen.seems_level(figure):
        return "与上年基本持平" if pen.step(figure) else "与上年持平"
    if not pen.amounts[f"{figure}@last"]:
        return f"比上年{pen.way(figure)}{pen.change(figure)}，增长--（基数为0，不可比）"
    return pen.level(figure, f"比上年{pen.moved(figure)}", "与上年持平")


def _kept(pen: Pen, figure: str) -> str:
    """Against 执行数; only the change, no rate."""
    if pen.seems_level(figure):
        return "与上年执行数基本持平" if pen.step(figure) else "与上年执行数持平"
    change = f"比上年执行数{pen.way(figure)}{pen.change(figure)}"
    return pen.level(figure, change, "与上年执行数持平")


def _sangong(pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "四、“三公”经费安排情况"
    yield (
        f"{pen.date('{year}年')}本部门“三公”经费预算安排{told('sangong')}，"
        f"{_compared(pen, 'sangong')}。其中："
    )
    parts = []
    for name, figure in TRIPS:
        share = f"，占{pen.rate(figure, 'sangong')}" if pen.has("sangong") else ""
        detail = ""
        if figure == "vehicles":
            detail = f"（公务用车购置费{told('bought')}，公务用车运行维护费{told('run')}）"
        parts.append(f"{name}{told(figure)}{detail}{share}，{_compared(pen, figure)}")
    yield f"{'；'.join(parts)}。"


def _others(plan: Plan, pen: Pen) -> Iterator[str]:
    told, year = pen.told, pen.date("{year}年")
    yield "五、机关运行经费安排情况"
    yield (
        f"{year}本部门机关运行经费安排{told('office')}，{_compared(pen, 'office')}，"
        f"其中：{pen.names(plan.public)}等。"
    )
    yield "六、政府采购情况"
    yield (
        f"{year}本部门政府采购安排{told('purchases')}，其中：货物类采购预算{told('goods')}，"
        f"工程类采购预算{told('works')}，服务类采购预算{told('services')}。"
    )
    yield "七、国有资产占有使用情况"
    yield (
        f"截至{plan.year - 1}年12月31日，本部门共有车辆{pen.count('cars')}辆，其中："
        f"执法执勤用车{pen.count('own_cars')}辆，其他用车{pen.count('special_cars')}辆。"
    )
    yield "八、预算绩效信息公开情况"
    yield f"本部门政府采购安排{told('purchases')}，均已纳入绩效目标管理。"
    yield "九、政府性基金预算情况"
    if plan.fund:
        yield f"{year}本部门政府性基金预算支出{told('fund')}。"
    else:
        yield f"{year}本部门没有政府性基金预算安排的支出。"
