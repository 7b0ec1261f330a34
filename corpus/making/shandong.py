"""A narrative in Shandong's manner: grouped thousands, 全年预算, everything against last year."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.printing import Pen
from corpus.making.sections import MONEY, SANGONG, compared, full_name, in_order, kinds, listed
from corpus.making.truth import Item, Truth

NEW, ZERO = "本部门上年未单独编报决算，无上年数据", "上年数为零，无法计算增减比率"
CUT = ("增加", "减少"), ("增长", "降低")


def narrative(truth: Truth, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, date = pen.told, pen.date
    yield "一、收入支出决算总体情况说明"
    yield (
        f"{date()}收、支总计均为{told('total')}。"
        f"{_compared(pen, 'total', '与上年相比，收、支总计各')}。"
    )
    yield "二、收入决算情况说明"
    yield f"本年收入合计{told('income')}，其中："
    for number, (name, figure) in enumerate((row for row in MONEY if pen.has(row[1])), start=1):
        yield f"{number}.{name}{told(figure)}，占{pen.rate(figure, 'income')}；"
    yield "三、支出决算情况说明"
    rows = (("基本支出", "basic"), ("项目支出", "all_project"))
    parts = listed(rows, "spent", pen, "占{rate}")
    yield f"本年支出合计{told('spent')}，其中：{parts}。"
    yield "四、财政拨款收入支出决算总体情况说明"
    change = _compared(pen, "fiscal_total", "与上年相比，财政拨款收、支总计各")
    yield f"{date()}财政拨款收、支总计均为{told('fiscal_total')}。{change}。"
    yield from _general(truth, pen)
    yield from _basic(truth, pen)
    yield from _sangong(truth, pen)
    yield "八、政府性基金预算财政拨款收入支出决算情况说明"
    if truth.fund is None:
        yield "本部门无政府性基金预算财政拨款收入和支出。"
    else:
        income, spent = told("fund_income"), told("fund")
        yield (
            f"{date()}政府性基金预算财政拨款年初结转和结余0.00万元，本年收入{income}，"
            f"本年支出{spent}，年末结转和结余0.00万元。"
        )
    yield "九、国有资本经营预算财政拨款支出决算情况说明"
    yield "本部门无国有资本经营预算财政拨款支出。"
    yield "十、其他重要事项情况说明"
    yield from _others(truth, pen)


def _compared(pen: Pen, figure: str, lead: str) -> str:
    return compared(pen, figure, lead, new=NEW, zero=ZERO, words=CUT)


def _general(truth: Truth, pen: Pen) -> Iterator[str]:
    told, name = pen.told, "一般公共预算财政拨款支出"
    yield "五、一般公共预算财政拨款支出决算情况说明"
    yield "（一）一般公共预算财政拨款支出决算总体情况"
    share = pen.rate("general", "spent")
    yield (
        f"{pen.date()}{name}{told('general')}，占本年支出的{share}。"
        f"{_compared(pen, 'general', f'与上年相比，{name}')}。"
    )
    yield "（二）一般公共预算财政拨款支出决算结构情况"
    rows = [(f"{kind}（类）", code) for code, kind in kinds(truth.items)]
    parts = listed(rows, "general", pen, "占{rate}")
    yield f"{pen.date()}{name}{told('general')}，主要用于以下方面：{parts}。"
    yield "（三）一般公共预算财政拨款支出决算具体情况"
    done = f"，完成年初预算的{pen.rate('general', 'budget')}" if pen.has("budget") else ""
    yield f"{name}年初预算为{told('budget')}，支出决算为{told('general')}{done}。其中："
    for number, item in enumerate(in_order(truth.items), start=1):
        yield f"{number}.{_entry(item, truth, pen)}"


def _entry(item: Item, truth: Truth, pen: Pen) -> str:
    budget = f"{item.code}.budget"
    done = f"，完成年初预算的{pen.rate(item.code, budget)}" if item.budget else ""
    words = (
        "决算数大于年初预算数",
        "决算数小于年初预算数",
        "决算数与年初预算数持平",
    )
    why = "主要原因是年中追加或压减了部分项目"
    order = pen.order(item.code, budget, *words)
    same = pen.seem_same(item.code, budget)
    return (
        f"{full_name(item, truth, pen)}。年初预算为{pen.told(budget)}，"
        f"支出决算为{pen.told(item.code)}{done}。{order}{'' if same else f'，{why}'}。"
    )


def _basic(truth: Truth, pen: Pen) -> Iterator[str]:
    yield "六、一般公共预算财政拨款基本支出决算情况说明"
    yield f"{pen.date()}一般公共预算财政拨款基本支出{pen.told('basic')}，支出具体情况如下："
    yield f"（一）人员经费{pen.told('wages')}，主要包括：{pen.names(truth.people)}。"
    yield f"（二）公用经费{pen.told('running')}，主要包括：{pen.names(truth.public)}。"


def _sangong(truth: Truth, pen: Pen) -> Iterator[str]:
    yield "七、财政拨款“三公”经费支出决算情况说明"
    yield "（一）“三公”经费财政拨款支出决算总体情况说明"
    yield f"{pen.date()}{_settled(pen, '“三公”经费财政拨款', 'sangong')}。"
    yield "（二）“三公”经费财政拨款支出决算具体情况说明"
    for number, (name, figure) in enumerate(SANGONG[1:], start=1):
        share = f"占“三公”经费支出的{pen.rate(figure, 'sangong')}，" if pen.has("sangong") else ""
        detail = ""
        if figure == "vehicles":
            detail = (
                f"其中，公务用车购置费支出{pen.told('bought')}；公务用车运行维护费支出"
                f"{pen.told('run')}，年末公务用车保有量为{pen.count('kept_cars')}辆。"
            )
        yield f"{number}.{share}{_settled(pen, name, figure)}。{detail}"


def _settled(pen: Pen, name: str, figure: str) -> str:
    budget = f"{figure}.budget"
    done = f"，完成全年预算的{pen.rate(figure, budget)}" if pen.has(budget) else ""
    change = _compared(pen, figure, "较上年")
    return f"{name}支出全年预算为{pen.told(budget)}，支出决算为{pen.told(figure)}{done}，{change}"


def _others(truth: Truth, pen: Pen) -> Iterator[str]:
    told = pen.told
    change = _compared(pen, "office", "比上年")
    yield (
        f"（一）机关运行经费支出情况。{pen.date()}本部门机关运行经费支出{told('office')}，"
        f"{change}。"
    )
    yield (
        f"（二）政府采购支出情况。{pen.date()}本部门政府采购支出总额{told('purchases')}，其中："
        f"政府采购货物支出{told('goods')}，政府采购工程支出{told('works')}，"
        f"政府采购服务支出{told('services')}。授予中小企业合同金额{told('small')}，"
        f"占政府采购支出总额的{pen.rate('small', 'purchases')}，"
        f"其中：授予小微企业合同金额{told('micro')}，"
        f"占政府采购支出总额的{pen.rate('micro', 'purchases')}。"
    )
    yield (
        f"（三）国有资产占用情况。截至{truth.year}年12月31日，本部门共有车辆"
        f"{pen.count('cars')}辆，其中，执法执勤用车{pen.count('own_cars')}辆、"
        f"其他用车{pen.count('special_cars')}辆。"
    )
    yield (
        f"（四）预算绩效情况。本部门对政府采购开展专项评价，全年政府采购支出总额"
        f"{told('purchases')}，其中授予中小企业合同金额{told('small')}。"
    )
