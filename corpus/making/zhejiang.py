"""A narrative in the manner of the south-east: tables in 元, thousands grouped, another order."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.printing import Pen
from corpus.making.sections import MONEY, SANGONG, full_name, in_order, kinds, listed
from corpus.making.truth import Item, Truth


def narrative(truth: Truth, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, date = pen.told, pen.date
    yield "一、收入支出决算总体情况说明"
    total = told("total")
    yield f"本单位{date()}收入总计{total}，支出总计{total}，{_compared(pen, 'total')}。"
    yield "二、收入决算情况说明"
    share = "占收入合计{rate}"
    yield f"本年收入合计{told('income')}，包括：{listed(MONEY, 'income', pen, share)}。"
    yield "三、支出决算情况说明"
    rows = (("基本支出", "basic"), ("项目支出", "all_project"))
    share = "占支出合计{rate}"
    yield f"本年支出合计{told('spent')}，其中：{listed(rows, 'spent', pen, share)}。"
    yield "四、“三公”经费支出决算情况说明"
    yield _sangong(truth, pen)
    yield "五、财政拨款收入支出决算总体情况说明"
    total = told("fiscal_total")
    change = _compared(pen, "fiscal_total")
    yield f"{date()}财政拨款收入总计{total}，财政拨款支出总计{total}，{change}。"
    yield from _general(truth, pen)
    yield "七、一般公共预算财政拨款基本支出决算情况说明"
    parts = "；".join(
        f"{name}{told(figure)}，占{pen.rate(figure, 'basic')}，主要包括：{pen.names(rows)}"
        for name, figure, rows in (
            ("人员经费", "wages", truth.people),
            ("公用经费", "running", truth.public),
        )
    )
    yield f"{date()}一般公共预算财政拨款基本支出{told('basic')}，其中：{parts}。"
    yield from _others(truth, pen)


def _others(truth: Truth, pen: Pen) -> Iterator[str]:
    told, date = pen.told, pen.date
    yield "八、政府性基金预算财政拨款支出决算情况说明"
    if truth.fund is None:
        yield "本单位没有政府性基金预算拨款安排的支出。"
    else:
        yield f"{date()}政府性基金预算财政拨款支出{told('fund')}。"
    yield "九、机关运行经费支出说明"
    change = _compared(pen, "office")
    yield f"{date()}机关运行经费支出{told('office')}，{change}，主要是日常公用开支。"
    yield "十、政府采购支出说明"
    names = (("货物", "goods"), ("工程", "works"), ("服务", "services"))
    kinds_of = "、".join(f"政府采购{name}支出{told(figure)}" for name, figure in names)
    yield (
        f"{date()}政府采购支出总额{told('purchases')}，其中：{kinds_of}。"
        f"授予中小企业合同金额{told('small')}，"
        f"占政府采购支出总额的{pen.rate('small', 'purchases')}。"
    )
    yield "十一、预算绩效情况说明"
    yield f"全年授予中小企业合同金额{told('small')}，符合采购政策要求。"


def _compared(pen: Pen, figure: str) -> str:
    if not pen.knows_last(figure):
        return "本单位为新设单位，上年无数据"
    if pen.seems_level(figure):
        return "与上年基本持平" if pen.step(figure) else "与上年持平"
    if not pen.amounts[f"{figure}@last"]:
        change = f"{pen.way(figure)}{pen.change(figure)}"
        return f"比上年决算数{change}，增长--（基数为0，不可比）"
    return pen.level(figure, f"比上年决算数{pen.moved(figure)}", "与上年持平")


def _done(pen: Pen, figure: str) -> str:
    budget = f"{figure}.budget"
    if not pen.has(budget):
        return "全年预算未安排" if pen.has(figure) else "全年预算0.00万元"
    return f"完成全年预算{pen.told(budget)}的{pen.rate(figure, budget)}"


def _sangong(truth: Truth, pen: Pen) -> str:
    said = []
    for index, (name, figure) in enumerate(SANGONG):
        label = name if index else f"{name}财政拨款"
        said.append(
            f"{label}支出决算为{pen.told(figure)}，{_done(pen, figure)}，{_compared(pen, figure)}"
        )
    whole, *parts = said
    return f"{truth.unit}{pen.date()}{whole}。其中：{'；'.join(parts)}。"


def _general(truth: Truth, pen: Pen) -> Iterator[str]:
    told, date = pen.told, pen.date
    yield "六、一般公共预算财政拨款支出决算情况说明"
    yield "（一）一般公共预算财政拨款支出决算总体情况"
    share = pen.rate("general", "spent")
    yield (
        f"{date()}一般公共预算财政拨款支出{told('general')}，占本年支出合计的{share}，"
        f"{_compared(pen, 'general')}。"
    )
    yield "（二）一般公共预算财政拨款支出决算结构情况"
    rows = [(name, code) for code, name in kinds(truth.items)]
    parts = listed(rows, "general", pen, "占{rate}")
    yield (f"{date()}一般公共预算财政拨款支出{told('general')}，主要用于以下方面：{parts}。")
    yield "（三）一般公共预算财政拨款支出决算具体情况"
    done = f"，完成年初预算的{pen.rate('general', 'budget')}" if pen.has("budget") else ""
    yield (
        f"{date()}一般公共预算财政拨款支出年初预算为{told('budget')}，"
        f"支出决算为{told('general')}{done}。其中："
    )
    for index, item in enumerate(in_order(truth.items), start=1):
        yield f"{index}. {_entry(item, truth, pen)}"


def _entry(item: Item, truth: Truth, pen: Pen) -> str:
    name, budget = full_name(item, truth, pen), f"{item.code}.budget"
    if not item.budget:
        return f"{name}年初未安排预算，支出决算为{pen.told(item.code)}。"
    words = (f"决算数{way}年初预算数" for way in ("大于", "小于", "等于"))
    return (
        f"{name}年初预算为{pen.told(budget)}，支出决算为{pen.told(item.code)}，"
        f"完成年初预算的{pen.rate(item.code, budget)}，{pen.order(item.code, budget, *words)}。"
    )
