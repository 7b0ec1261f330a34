"""A narrative in Inner Mongolia's manner: tables in 元 under 万元, ％, 与上年决算相比."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.making.printing import Pen
from corpus.making.sections import MONEY, SANGONG, groups, in_order, kinds, other_names
from corpus.making.truth import Truth


def narrative(truth: Truth, pen: Pen) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, date = pen.told, pen.date
    yield "一、收入支出决算总体情况说明"
    yield (
        f"本单位{date()}收入、支出决算总计{told('total')}。与上年决算相比，收入、支出总计"
        f"{_compared(pen, 'total')}。其中："
    )
    yield (
        f"（一）收入决算总计{told('total')}。包括：本年收入决算合计{told('income')}；"
        f"年初结转和结余{told('carried')}。"
    )
    yield (
        f"（二）支出决算总计{told('total')}。包括：本年支出决算合计{told('spent')}；"
        f"年末结转和结余{told('kept')}。"
    )
    yield from _parts(pen)
    yield "四、财政拨款收入支出决算总体情况说明"
    yield (
        f"本单位{date()}财政拨款收入、支出决算总计{told('fiscal_total')}，其中：年初财政拨款"
        f"结转和结余{told('fiscal_in')}，年末财政拨款结转和结余{told('fiscal_out')}。"
        f"与上年决算相比，财政拨款收入、支出总计{_compared(pen, 'fiscal_total')}。"
    )
    yield from _general(truth, pen)
    yield from _basic(truth, pen)
    yield from _sangong(pen)
    yield "八、政府性基金预算财政拨款收入支出决算情况说明"
    if truth.fund is None:
        yield "本单位没有政府性基金预算财政拨款收入支出。"
    else:
        yield (
            f"本单位{date()}政府性基金预算财政拨款收入{told('fund_income')}，"
            f"支出{told('fund')}，主要用于{truth.fund.name}。"
        )
    yield "九、国有资本经营预算财政拨款支出决算情况说明"
    yield "本单位没有国有资本经营预算财政拨款支出。"
    yield "十、其他重要事项的情况说明"
    yield from _others(truth, pen)


def _parts(pen: Pen) -> Iterator[str]:
    told, date = pen.told, pen.date
    yield "二、收入决算情况说明"
    parts = "；".join(
        f"{name}{told(figure)}，占{pen.rate(figure, 'income')}" for name, figure in MONEY
    )
    yield f"本单位{date()}本年收入决算合计{told('income')}，其中：{parts}。"
    yield "三、支出决算情况说明"
    yield (
        f"本单位{date()}本年支出决算合计{told('spent')}，其中：基本支出{told('basic')}，"
        f"占{pen.rate('basic', 'spent')}；项目支出{told('all_project')}，"
        f"占{pen.rate('all_project', 'spent')}。"
    )


def _compared(pen: Pen, figure: str) -> str:
    if not pen.knows_last(figure):
        return "因本单位为新设单位不作比较"
    if pen.seems_level(figure):
        return "基本持平" if pen.step(figure) else "持平"
    if not pen.amounts[f"{figure}@last"]:
        return f"{pen.way(figure)}{pen.change(figure)}，上年为零不计算增减幅度"
    return pen.level(figure, pen.moved(figure), "持平")


def _general(truth: Truth, pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "五、一般公共预算财政拨款支出决算情况说明"
    yield (
        f"本单位{pen.date()}一般公共预算财政拨款支出决算{told('general')}。与上年决算相比，"
        f"一般公共预算财政拨款支出{_compared(pen, 'general')}。其中："
    )
    numbers = "一二三四五六七"
    for numeral, (code, kind) in zip(numbers, kinds(truth.items), strict=False):
        yield (
            f"（{numeral}）{kind}（类）支出决算{told(code)}，"
            f"占一般公共预算财政拨款支出的{pen.rate(code, 'general')}。其中："
        )
        below = [row for row in groups(truth.items) if row[0].startswith(code)]
        for group, name in below:
            yield f"{name}（款）支出决算{told(group)}。"
            for item in in_order(truth.items):
                if item.code.startswith(group):
                    yield _entry(truth, item.code, item.name, pen)


def _entry(truth: Truth, code: str, name: str, pen: Pen) -> str:
    budget = f"{code}.budget"
    label = f"{pen.item(name, other_names(truth.items))}（项）"
    if not pen.has(budget):
        return f"{label}支出决算{pen.told(code)}，年初未安排预算。"
    words = ("决算数大于年初预算数", "决算数小于年初预算数", "决算数与年初预算数一致")
    return (
        f"{label}年初预算{pen.told(budget)}，支出决算{pen.told(code)}，完成年初预算的"
        f"{pen.rate(code, budget)}。{pen.order(code, budget, *words)}。"
    )


def _basic(truth: Truth, pen: Pen) -> Iterator[str]:
    yield "六、一般公共预算财政拨款基本支出决算情况说明"
    yield f"本单位{pen.date()}一般公共预算财政拨款基本支出决算{pen.told('basic')}。其中："
    yield (
        f"（一）人员经费{pen.told('wages')}，占{pen.rate('wages', 'basic')}。"
        f"主要包括{pen.names(truth.people)}。"
    )
    yield (
        f"（二）公用经费{pen.told('running')}，占{pen.rate('running', 'basic')}。"
        f"主要包括{pen.names(truth.public)}。"
    )


def _sangong(pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "七、财政拨款“三公”经费支出决算情况说明"
    for index, (name, figure) in enumerate(SANGONG):
        budget = f"{figure}.budget"
        done = f"，完成预算的{pen.rate(figure, budget)}" if pen.has(budget) else ""
        lead = f"本单位{pen.date()}财政拨款{name}" if not index else name
        end = "。其中：" if not index else "。"
        yield (
            f"{lead}支出预算{told(budget)}，支出决算{told(figure)}{done}。"
            f"与上年决算相比{_compared(pen, figure)}{end}"
        )
    yield (
        f"公务用车购置及运行维护费中，公务用车购置费支出{told('bought')}，"
        f"公务用车运行维护费支出{told('run')}。"
    )


def _others(truth: Truth, pen: Pen) -> Iterator[str]:
    told = pen.told
    yield "（一）机关运行经费支出情况"
    yield (
        f"本单位{pen.date()}机关运行经费支出决算{told('office')}。与上年决算相比"
        f"{_compared(pen, 'office')}。"
    )
    yield "（二）政府采购支出情况"
    yield (
        f"本单位{pen.date()}政府采购支出总额{told('purchases')}，其中：货物支出{told('goods')}，"
        f"工程支出{told('works')}，服务支出{told('services')}。政府采购授予中小企业合同金额"
        f"{told('small')}，占政府采购支出总额的{pen.rate('small', 'purchases')}。"
    )
    yield "（三）国有资产占用情况"
    yield (
        f"截至{truth.year}年12月31日，本单位共有车辆{pen.count('cars')}辆，其中："
        f"执法执勤用车{pen.count('own_cars')}辆，其他用车{pen.count('special_cars')}辆。"
    )
    yield "（四）预算绩效情况"
    yield f"政府采购支出总额{told('purchases')}已全部纳入绩效监控。"
