"""A narrative in Shanghai's manner: two decimals always, names with 支出, “主要用于” in entries."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.printing import Pen
from corpus.making.sections import MONEY, SANGONG, full_name, in_order, kinds, listed
from corpus.making.truth import Item, Truth


def narrative(truth: Truth, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told = pen.told
    unit = f"{truth.unit}{pen.date()}"
    yield "一、收入支出决算总体情况说明"
    change = _change(pen, "收入支出总计", "total")
    yield f"{unit}收入支出总计{told('total')}。{change}。主要原因：按年度任务安排收支。"
    yield "二、收入决算情况说明"
    share = "占{rate}"
    yield f"本年收入合计{told('income')}，其中：{listed(MONEY, 'income', pen, share)}。"
    yield "三、支出决算情况说明"
    rows = (("基本支出", "basic"), ("项目支出", "all_project"))
    yield f"本年支出合计{told('spent')}，其中：{listed(rows, 'spent', pen, share)}。"
    yield "四、财政拨款收入支出决算总体情况说明"
    name = "财政拨款收入支出总计"
    change = _change(pen, name, "fiscal_total")
    yield f"{unit}{name}{told('fiscal_total')}。{change}。主要原因：按年度任务安排收支。"
    yield from _general(truth, pen)
    yield from _basic(truth, pen)
    yield from _sangong(truth, pen)
    yield from _fund(truth, pen)
    yield "十、其他重要事项的情况说明"
    yield "（一）机关运行经费支出情况"
    change = _compared(pen, "office")
    known = f"，比{truth.year - 1}年度{change}" if change else ""
    yield f"{pen.date()}机关运行经费支出{told('office')}{known}。主要原因是日常办公需要。"
    yield from _purchases(truth, pen)


def _compared(pen: Pen, figure: str) -> str:
    """What became of last year's amount, "" without one; 0 has no rate."""
    if not pen.knows_last(figure):
        return ""
    if pen.seems_level(figure):
        return "基本持平" if pen.step(figure) else "持平"
    if not pen.amounts[f"{figure}@last"]:
        return f"{pen.way(figure)}{pen.change(figure)}（上年为0，不作增减比较）"
    return pen.level(figure, pen.moved(figure), "持平")


def _is_level(pen: Pen, figure: str) -> bool:
    return pen.knows_last(figure) and pen.seems_level(figure)


def _change(pen: Pen, name: str, figure: str) -> str:
    change = _compared(pen, figure)
    if not change:
        return f"本单位{pen.year}年新设，没有上年数"
    return f"与{pen.year - 1}年度相比，{name}{change}"


def _general(truth: Truth, pen: Pen) -> Iterator[str]:
    told, name = pen.told, "一般公共预算财政拨款支出"
    yield "五、一般公共预算财政拨款支出决算情况说明"
    yield "（一）一般公共预算财政拨款支出决算总体情况"
    share = pen.rate("general", "spent")
    change = _change(pen, name, "general")
    yield f"{name}{told('general')}，占本年支出合计的{share}。{change}。"
    yield "（二）一般公共预算财政拨款支出决算结构情况"
    rows = [(f"{kind}（类）", code) for code, kind in kinds(truth.items)]
    parts = listed(rows, "general", pen, "占{rate}")
    yield f"{name}{told('general')}，主要用于以下方面：{parts}。"
    yield "（三）一般公共预算财政拨款支出决算具体情况"
    done = f"，完成年初预算的{pen.rate('general', 'budget')}" if pen.has("budget") else ""
    yield (
        f"{name}年初预算为{told('budget')}，支出决算为{told('general')}{done}。"
        f"{_order(pen, 'general', 'budget')}。其中："
    )
    for index, item in enumerate(in_order(truth.items), start=1):
        name = full_name(item, truth, pen)
        yield f"{index}、{_entry(name, item.code, f'{item.code}.budget', pen)}"


def _entry(name: str, spent: str, budget: str, pen: Pen) -> str:
    done = f"，完成年初预算的{pen.rate(spent, budget)}" if pen.has(budget) else ""
    return (
        f"{name}。主要用于：本项工作的开支。年初预算为{pen.told(budget)}，"
        f"支出决算为{pen.told(spent)}{done}。{_order(pen, spent, budget)}。"
    )


def _order(pen: Pen, spent: str, budget: str) -> str:
    words = ("决算数大于预算数", "决算数小于预算数", "决算数与预算数持平")
    said = pen.order(spent, budget, *words)
    return said if pen.seem_same(spent, budget) else f"{said}，主要原因：据实列支"


def _basic(truth: Truth, pen: Pen) -> Iterator[str]:
    yield "六、一般公共预算财政拨款基本支出决算情况说明"
    parts = []
    rows = (("人员经费", "wages", truth.people), ("公用经费", "running", truth.public))
    for name, figure, below in rows:
        parts.append(f"{name}{pen.told(figure)}，主要包括：{pen.names(below)}")
    yield f"一般公共预算财政拨款基本支出{pen.told('basic')}。其中：{'；'.join(parts)}。"


def _sangong(truth: Truth, pen: Pen) -> Iterator[str]:
    told, year = pen.told, truth.year
    yield "七、财政拨款“三公”经费支出决算情况说明"
    if not any(pen.has(f"sangong{suffix}") for suffix in ("", ".budget", "@last")):
        yield f"{truth.unit}{year}年度无“三公”经费财政拨款支出。"
        return
    yield "（一）“三公”经费财政拨款支出决算总体情况说明"
    parts = []
    for _, figure in SANGONG:
        budget = f"{figure}.budget"
        done = f"，完成预算的{pen.rate(figure, budget)}" if pen.has(budget) else ""
        parts.append(f"支出决算为{told(figure)}{done}")
    named = zip(SANGONG[1:], parts[1:], strict=True)
    below = "；".join(f"{name}{part}" for (name, _), part in named)
    yield (f"“三公”经费财政拨款支出年初预算为{told('sangong.budget')}，{parts[0]}，其中：{below}。")
    if truth.last is not None:
        yield _sangong_changes(pen)
    yield "（二）“三公”经费财政拨款支出决算具体情况说明"
    if pen.has("sangong"):
        shares = "；".join(
            f"{name}支出决算{told(figure)}，占{pen.rate(figure, 'sangong')}"
            for name, figure in SANGONG[1:]
        )
        yield f"“三公”经费财政拨款支出决算中，{shares}。具体情况如下："
    trips = f"团组{pen.bare('0')}个、累计{pen.bare('0')}人次"
    yield f"1、因公出国（境）费支出{told('abroad')}。全年安排因公出国（境）{trips}。"
    yield f"2、公务用车购置及运行维护费支出{told('vehicles')}。其中："
    yield f"公务用车购置支出为{told('bought')}。"
    yield f"公务用车运行维护支出{told('run')}。"
    yield f"3、公务接待费支出{told('received')}。"


def _sangong_changes(pen: Pen) -> str:
    parts = []
    for name, figure in SANGONG[1:]:
        level = "支出与上年" if _is_level(pen, figure) else "支出决算"
        change = f"{pen.way(figure)}{pen.change(figure)}"
        if not _is_level(pen, figure) and pen.amounts[f"{figure}@last"]:
            parts.append(f"{name}{level}{pen.moved(figure)}")
        else:
            same = _compared(pen, figure)
            parts.append(f"{name}{level}{same if _is_level(pen, figure) else change}")
    base = "与" if _is_level(pen, "sangong") else "比"
    whole = f"“三公”经费财政拨款支出决算数{base}{pen.year - 1}年度{_compared(pen, 'sangong')}"
    return f"{pen.date()}{whole}，其中：{'；'.join(parts)}。"


def _fund(truth: Truth, pen: Pen) -> Iterator[str]:
    unit = f"{truth.unit}{pen.date()}"
    yield "八、政府性基金预算财政拨款收入支出决算情况说明"
    if truth.fund is None:
        yield f"{unit}无政府性基金预算财政拨款收入和支出。"
    else:
        fund: Item = truth.fund
        name = f"{fund.kind}（类）{fund.group}（款）{fund.name}（项）"
        income, spent = pen.told("fund_income"), pen.told("fund")
        yield f"政府性基金预算财政拨款收入{income}，支出{spent}，支出具体情况如下："
        yield f"1、{_entry(name, 'fund', 'fund.budget', pen)}"
    yield "九、国有资本经营预算财政拨款收入支出决算情况说明"
    yield f"{unit}无国有资本经营预算财政拨款收入和支出。"


def _purchases(truth: Truth, pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "（二）政府采购支出情况"
    yield (
        f"{truth.unit}{pen.date()}政府采购金额（以合同签订为准）为{told('purchases')}，"
        f"其中：货物采购金额{told('goods')}、工程采购金额{told('works')}、"
        f"服务采购金额{told('services')}。授予中小企业合同金额{told('small')}。"
    )
    yield "（三）国有资产占有使用情况说明"
    yield (
        f"截至{truth.year}年12月31日，{truth.unit}共有车辆{pen.count('cars')}辆，其中："
        f"执法执勤用车{pen.count('own_cars')}辆、其他用车{pen.count('special_cars')}辆。"
    )
    yield "（四）预算绩效管理情况"
    yield f"采购项目均已验收，政府采购金额合计{told('purchases')}。"
