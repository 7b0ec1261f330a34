"""A narrative in Sichuan's manner: the tables at the end, 完成预算 without the budget's amount."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.printing import Pen
from corpus.making.sections import SANGONG, compared, full_name, in_order, kinds, listed
from corpus.making.truth import Item, Truth

NEW, ZERO = "本单位成立不足一年，无可比数据", "上年无此项支出"


def narrative(truth: Truth, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, date = pen.told, pen.date
    last = f"{truth.year - 1}年度"
    yield "一、收入支出决算总体情况说明"
    change = _compared(pen, "total", f"与{last}相比，收、支总计各")
    yield f"{date()}收、支总计均为{told('total')}。{change}。主要变动原因是项目资金安排变化。"
    yield "（图1：收、支决算总计变动情况图）"
    yield "二、收入决算情况说明"
    rows = (
        ("一般公共预算财政拨款收入", "general_income"),
        ("政府性基金预算财政拨款收入", "fund_income"),
        ("事业收入", "business"),
        ("其他收入", "other_income"),
    )
    parts = listed(rows, "income", pen, "占{rate}")
    yield f"{date()}本年收入合计{told('income')}，其中：{parts}。"
    yield "（图2：收入决算结构图）"
    yield "三、支出决算情况说明"
    spent = (("基本支出", "basic"), ("项目支出", "all_project"))
    parts = listed(spent, "spent", pen, "占{rate}")
    yield f"{date()}本年支出合计{told('spent')}，其中：{parts}。"
    yield "（图3：支出决算结构图）"
    yield "四、财政拨款收入支出决算总体情况说明"
    change = _compared(pen, "fiscal_total", f"与{last}相比，财政拨款收、支总计各")
    yield f"{date()}财政拨款收、支总计均为{told('fiscal_total')}。{change}。"
    yield from _general(truth, pen)
    yield from _basic(truth, pen)
    yield from _sangong(truth, pen)
    yield "八、政府性基金预算支出决算情况说明"
    if truth.fund is None:
        yield f"{date()}政府性基金预算财政拨款支出0万元。"
    else:
        yield f"{date()}政府性基金预算财政拨款支出{told('fund')}。"
    yield "九、国有资本经营预算支出决算情况说明"
    yield f"{date()}国有资本经营预算财政拨款支出0万元。"
    yield "十、其他重要事项的情况说明"
    yield from _others(truth, pen)


def _compared(pen: Pen, figure: str, lead: str) -> str:
    return compared(pen, figure, lead, new=NEW, zero=ZERO)


def _general(truth: Truth, pen: Pen) -> Iterator[str]:
    told, name = pen.told, "一般公共预算财政拨款支出"
    yield "五、一般公共预算财政拨款支出决算情况说明"
    yield "（一）一般公共预算财政拨款支出决算总体情况"
    change = _compared(pen, "general", f"与{truth.year - 1}年度相比，{name}")
    yield (
        f"{pen.date()}{name}{told('general')}，占本年支出合计的"
        f"{pen.rate('general', 'spent')}。{change}。"
    )
    yield "（二）一般公共预算财政拨款支出决算结构情况"
    rows = [(kind, code) for code, kind in kinds(truth.items)]
    parts = listed(rows, "general", pen, "占{rate}")
    yield f"{pen.date()}{name}{told('general')}，主要用于以下方面：{parts}。"
    yield "（三）一般公共预算财政拨款支出决算具体情况"
    done = f"，完成预算{pen.rate('general', 'budget')}" if pen.has("budget") else ""
    yield f"{pen.date()}{name}决算数为{told('general')}{done}。其中："
    for number, item in enumerate(in_order(truth.items), start=1):
        yield f"{number}.{_entry(item, truth, pen)}"


def _entry(item: Item, truth: Truth, pen: Pen) -> str:
    budget = f"{item.code}.budget"
    said = f"{full_name(item, truth, pen)}：支出决算为{pen.told(item.code)}"
    if not item.budget:
        return f"{said}，年初未编列预算，决算数大于预算数的主要原因是年中追加。"
    words = ("决算数大于预算数", "决算数小于预算数", "决算数等于预算数")
    order = pen.order(item.code, budget, *words)
    return f"{said}，完成预算{pen.rate(item.code, budget)}，{order}。"


def _basic(truth: Truth, pen: Pen) -> Iterator[str]:
    yield "六、一般公共预算财政拨款基本支出决算情况说明"
    yield f"{pen.date()}一般公共预算财政拨款基本支出{pen.told('basic')}，其中："
    yield f"人员经费{pen.told('wages')}，主要包括：{pen.names(truth.people)}等。"
    yield f"公用经费{pen.told('running')}，主要包括：{pen.names(truth.public)}等。"


def _sangong(truth: Truth, pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "七、财政拨款“三公”经费支出决算情况说明"
    yield "（一）“三公”经费财政拨款支出决算总体情况说明"
    yield f"{pen.date()}{_settled(pen, '“三公”经费财政拨款', 'sangong')}。"
    yield "（二）“三公”经费财政拨款支出决算具体情况说明"
    if pen.has("sangong"):
        parts = "；".join(
            f"{name}支出决算{told(figure)}，占{pen.rate(figure, 'sangong')}"
            for name, figure in SANGONG[1:]
        )
        yield f"{pen.date()}“三公”经费财政拨款支出决算中，{parts}。具体情况如下："
    for number, (name, figure) in enumerate(SANGONG[1:], start=1):
        yield f"{number}.{_settled(pen, name, figure)}。"
    yield (
        f"其中：公务用车购置支出{told('bought')}。公务用车运行维护费支出{told('run')}，"
        f"截至{truth.year}年12月31日，单位共有公务用车{pen.count('kept_cars')}辆。"
    )


def _settled(pen: Pen, name: str, figure: str) -> str:
    budget = f"{figure}.budget"
    done = f"，完成预算{pen.rate(figure, budget)}" if pen.has(budget) else ""
    change = _compared(pen, figure, "较上年度")
    return f"{name}支出决算为{pen.told(figure)}{done}，{change}"


def _others(truth: Truth, pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "（一）机关运行经费支出情况"
    change = _compared(pen, "office", f"比{truth.year - 1}年度")
    yield f"{pen.date()}，{truth.unit}机关运行经费支出{told('office')}，{change}。"
    yield "（二）政府采购支出情况"
    yield (
        f"{pen.date()}，{truth.unit}政府采购支出总额{told('purchases')}，其中：政府采购货物支出"
        f"{told('goods')}、政府采购工程支出{told('works')}、政府采购服务支出{told('services')}。"
        f"授予中小企业合同金额{told('small')}，"
        f"占政府采购支出总额的{pen.rate('small', 'purchases')}。"
    )
    yield "（三）国有资产占有使用情况"
    yield (
        f"截至{truth.year}年12月31日，{truth.unit}共有车辆{pen.count('cars')}辆，其中："
        f"执法执勤用车{pen.count('own_cars')}辆、其他用车{pen.count('special_cars')}辆。"
    )
    yield "（四）预算绩效管理情况"
    yield (
        f"全年政府采购支出总额{told('purchases')}，其中授予中小企业合同金额"
        f"{told('small')}，均已纳入绩效监控。"
    )
