"""A narrative in Hunan's manner: one decimal of rates, no zeros at the end, names without 支出."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.printing import Pen
from corpus.making.sections import MONEY, in_order, kinds, listed, other_names
from corpus.making.truth import Item, Truth

SANGONG = (
    ("“三公”经费财政拨款", "sangong"),
    ("因公出国（境）费", "abroad"),
    ("公务用车购置费", "bought"),
    ("公务用车运行维护费", "run"),
    ("公务接待费", "received"),
)


def narrative(truth: Truth, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, date = pen.told, pen.date
    yield "一、收入支出决算总体情况说明"
    yield f"{date()}收、支总计{told('total')}。{_change(pen, 'total')}。"
    yield "二、收入决算情况说明"
    share = "占{rate}"
    yield f"{date()}收入合计{told('income')}，其中：{listed(MONEY, 'income', pen, share)}。"
    yield "三、支出决算情况说明"
    rows = (("基本支出", "basic"), ("项目支出", "all_project"))
    yield f"{date()}支出合计{told('spent')}，其中：{listed(rows, 'spent', pen, share)}。"
    yield "四、财政拨款收入支出决算总体情况说明"
    change = _change(pen, "fiscal_total")
    yield f"{date()}财政拨款收、支总计{told('fiscal_total')}，{change}。"
    yield from _general(truth, pen)
    yield from _basic(truth, pen)
    yield from _sangong(truth, pen)
    yield "八、政府性基金预算收入支出决算情况"
    if truth.fund is None:
        yield f"{date()}本单位没有政府性基金收入，也没有使用政府性基金安排的支出。"
    else:
        spent = told("fund")
        yield (
            f"{date()}政府性基金预算财政拨款收入{told('fund_income')}；年初结转和结余0万元；"
            f"支出{spent}，其中基本支出0万元，项目支出{spent}；年末结转和结余0万元。"
        )
    yield "九、关于机关运行经费支出说明"
    change = _change(pen, "office", "比上年决算数")
    yield f"本部门{date()}机关运行经费支出{told('office')}，{change}。"
    yield from _purchases(truth, pen)


def _change(pen: Pen, figure: str, base: str = "与上年相比，") -> str:
    if not pen.knows_last(figure):
        return "本单位为当年新设，上年没有决算数"
    same = f"{base.rstrip('，')}无变化" if base.startswith("与") else "与上年决算数持平"
    if not pen.step(figure):
        return same
    if pen.seems_level(figure):
        return "与上年基本持平"
    if not pen.amounts[f"{figure}@last"]:
        change = f"{pen.way(figure)}{pen.change(figure)}"
        return f"{base}{change}，上年决算数为0万元，不计算增减比率"
    return pen.level(figure, f"{base}{pen.moved(figure)}", same)


def _short(name: str) -> str:
    return name.removesuffix("支出")


def _general(truth: Truth, pen: Pen) -> Iterator[str]:
    told, date = pen.told, pen.date
    yield "五、一般公共预算财政拨款支出决算情况说明"
    yield "（一）一般公共预算财政拨款支出决算总体情况"
    change = _change(pen, "general").replace("与上年相比，", "与上年相比，财政拨款支出")
    share = pen.rate("general", "spent")
    yield f"{date()}财政拨款支出{told('general')}，占本年支出合计的{share}，{change}。"
    yield "（二）一般公共预算财政拨款支出决算结构情况"
    rows = [(f"{_short(name)}（类）支出", code) for code, name in kinds(truth.items)]
    parts = listed(rows, "general", pen, "占{rate}")
    yield f"{date()}财政拨款支出{told('general')}，主要用于以下方面：{parts}。"
    yield "（三）一般公共预算财政拨款支出决算具体情况"
    done = f"，完成年初预算的{pen.rate('general', 'budget')}" if pen.has("budget") else ""
    yield (
        f"{date()}财政拨款支出年初预算数为{told('budget')}，"
        f"支出决算数为{told('general')}{done}，其中："
    )
    for index, item in enumerate(in_order(truth.items), start=1):
        name = pen.item(_short(item.name), other_names(truth.items, short=True))
        yield f"{index}、{_short(item.kind)}（类）{_short(item.group)}（款）{name}（项）。"
        yield _entry(item, pen)


def _entry(item: Item, pen: Pen) -> str:
    budget = f"{item.code}.budget"
    done = f"，完成年初预算的{pen.rate(item.code, budget)}" if item.budget else ""
    said = f"年初预算为{pen.told(budget)}，支出决算为{pen.told(item.code)}{done}"
    return f"{said}，{_order(pen, item.code, budget, '年初预算数')}。"


def _order(pen: Pen, spent: str, budget: str, name: str) -> str:
    words = (f"决算数{way}{name}" for way in ("大于", "小于", "等于"))
    said = pen.order(spent, budget, *words)
    if pen.seem_same(spent, budget):
        return said
    return f"{said}，主要原因是按实际工作支出"


def _basic(truth: Truth, pen: Pen) -> Iterator[str]:
    yield "六、一般公共预算财政拨款基本支出决算情况说明"
    yield f"{pen.date()}财政拨款基本支出{pen.told('basic')}，其中："
    rows = (("人员经费", "wages", truth.people), ("公用经费", "running", truth.public))
    for name, figure, below in rows:
        share = pen.rate(figure, "basic")
        yield (
            f"{name}{pen.told(figure)}，占基本支出的{share}，主要包括{pen.names(below)}。"
            if pen.has(figure)
            else f"{name}0万元。"
        )


def _sangong(truth: Truth, pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "七、财政拨款三公经费支出决算情况说明"
    yield "（一）“三公”经费财政拨款支出决算总体情况说明"
    for index, (name, figure) in enumerate(SANGONG):
        budget = f"{figure}.budget"
        done = f"完成预算的{pen.rate(figure, budget)}，" if pen.has(budget) else ""
        order = _order(pen, figure, budget, "预算数").removesuffix("，主要原因是按实际工作支出")
        end = "。其中：" if not index else "。"
        yield (
            f"{name}支出预算为{told(budget)}，支出决算为{told(figure)}，{done}{order}，"
            f"{_change(pen, figure, '与上年相比')}{end}"
        )
    yield "（二）“三公”经费财政拨款支出决算具体情况说明"
    if pen.has("sangong"):
        names = (
            ("公务接待费", "received"),
            ("因公出国（境）费", "abroad"),
            ("公务用车购置费及运行维护费", "vehicles"),
        )
        shares = "，".join(
            f"{name}支出决算{told(figure)}，占{pen.rate(figure, 'sangong')}"
            for name, figure in names
        )
        yield f"{pen.date()}“三公”经费财政拨款支出决算中，{shares}。其中："
    yield (
        f"1、公务用车购置费及运行维护费支出决算为{told('vehicles')}，其中：公务用车购置费"
        f"{told('bought')}，公务用车运行维护费{told('run')}，截至{truth.year}年12月31日，"
        f"我单位开支财政拨款的公务用车保有量为{pen.count('kept_cars')}辆。"
    )


def _purchases(truth: Truth, pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "十一、关于政府采购支出说明"
    small = (
        f"，其中：授予小微企业合同金额{told('micro')}，"
        f"占授予中小企业合同金额的{pen.rate('micro', 'small')}。"
        if truth.small
        else "。"
    )
    yield (
        f"本部门{pen.date()}政府采购支出总额{told('purchases')}，其中：政府采购货物支出"
        f"{told('goods')}、政府采购工程支出{told('works')}、政府采购服务支出{told('services')}。"
        f"授予中小企业合同金额{told('small')}，"
        f"占政府采购支出总额的{pen.rate('small', 'purchases')}{small}"
    )
    yield "十二、关于国有资产占用情况说明"
    yield (
        f"截至{truth.year}年12月31日，部门（单位）共有车辆{pen.count('cars')}辆，其中，"
        f"执法执勤用车{pen.count('own_cars')}辆、其他用车{pen.count('special_cars')}辆。"
    )
    yield "十三、关于预算绩效情况的说明"
    yield f"采购执行情况良好，全年政府采购支出总额{told('purchases')}，未发现违规采购。"
