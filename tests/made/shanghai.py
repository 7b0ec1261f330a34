"""A narrative in Shanghai's manner: two decimals always, names with 支出, “主要用于” in entries."""

from __future__ import annotations

from collections.abc import Iterator

from made.printing import Form
from made.truth import Item, Truth
from made.year_tables import by_level

MONEY = ("财政拨款收入", "事业收入", "其他收入")


def narrative(truth: Truth, form: Form) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, last = form.told, truth.last
    unit = f"{truth.unit}{truth.year}年度"
    yield "一、收入支出决算总体情况说明"
    change = _change(truth, form, "收入支出总计", truth.total, last.total if last else None)
    yield f"{unit}收入支出总计{told(truth.total)}。{change}。主要原因：按年度任务安排收支。"
    yield "二、收入决算情况说明"
    parts = zip(MONEY, (truth.fiscal_income, truth.business, truth.other_income), strict=True)
    listed = "；".join(
        f"{name}{told(amount)}，占{form.percent(amount, truth.income)}"
        for name, amount in parts
        if amount
    )
    yield f"本年收入合计{told(truth.income)}，其中：{listed}。"
    yield "三、支出决算情况说明"
    project = truth.spent - truth.basic
    yield (
        f"本年支出合计{told(truth.spent)}，其中：基本支出{told(truth.basic)}，"
        f"占{form.percent(truth.basic, truth.spent)}；项目支出{told(project)}，"
        f"占{form.percent(project, truth.spent)}。"
    )
    yield "四、财政拨款收入支出决算总体情况说明"
    name, now = "财政拨款收入支出总计", truth.fiscal_total
    change = _change(truth, form, name, now, last.fiscal_total if last else None)
    yield f"{unit}{name}{told(now)}。{change}。主要原因：按年度任务安排收支。"
    yield from _general(truth, form)
    yield from _basic(truth, form)
    yield from _sangong(truth, form)
    yield from _fund(truth, form)
    yield "十、其他重要事项的情况说明"
    yield "（一）机关运行经费支出情况"
    change = _compared(form, truth.running, last.running if last else None)
    known = f"，比{truth.year - 1}年度{change}" if change else ""
    yield f"机关运行经费支出{form.plain(truth.running)}{known}。主要原因是日常办公需要。"
    yield from _purchases(truth, form)


def _compared(form: Form, now: int, last: int | None) -> str:
    """What became of last year's amount, "" without one; 0 has no rate."""
    if last is None:
        return ""
    if form.amount(now - last).lstrip("-") == "0.00":
        return "持平" if now == last else "基本持平"
    up = now > last
    said = f"{'增加' if up else '减少'}{form.plain(abs(now - last))}"
    if not last:
        return f"{said}（上年为0，不作增减比较）"
    return f"{said}，{'增长' if up else '下降'}{form.percent(abs(now - last), last)}"


def _change(truth: Truth, form: Form, name: str, now: int, last: int | None) -> str:
    change = _compared(form, now, last)
    if not change:
        return f"本单位{truth.year}年新设，没有上年数"
    return f"与{truth.year - 1}年度相比，{name}{change}"


def _general(truth: Truth, form: Form) -> Iterator[str]:
    told, general, name = form.told, truth.general, "一般公共预算财政拨款支出"
    last = truth.last
    yield "五、一般公共预算财政拨款支出决算情况说明"
    yield "（一）一般公共预算财政拨款支出决算总体情况"
    change = _change(truth, form, name, general, last.general if last else None)
    share = form.percent(general, truth.spent)
    yield f"{name}{told(general)}，占本年支出合计的{share}。{change}。"
    yield "（二）一般公共预算财政拨款支出决算结构情况"
    listed = []
    for code, kind, below in by_level(truth.items):
        spent = sum(item.spent for item in below)
        if len(code) == 3 and spent:
            listed.append(f"{kind}（类）{told(spent)}，占{form.percent(spent, general)}")
    yield f"{name}{told(general)}，主要用于以下方面：{'；'.join(listed)}。"
    yield "（三）一般公共预算财政拨款支出决算具体情况"
    budget = sum(item.budget for item in truth.items)
    done = f"，完成年初预算的{form.percent(general, budget)}" if budget else ""
    yield (
        f"{name}年初预算为{form.plain(budget)}，支出决算为{told(general)}{done}。"
        f"{_order(general, budget, form)}。其中："
    )
    for index, item in enumerate(sorted(truth.items, key=lambda item: item.code), start=1):
        yield f"{index}、{_entry(item, form)}"


def _entry(item: Item, form: Form) -> str:
    done = f"，完成年初预算的{form.percent(item.spent, item.budget)}" if item.budget else ""
    return (
        f"{item.kind}（类）{item.group}（款）{item.name}（项）。主要用于：本项工作的开支。"
        f"年初预算为{form.plain(item.budget)}，支出决算为{form.told(item.spent)}{done}。"
        f"{_order(item.spent, item.budget, form)}。"
    )


def _order(spent: int, budget: int, form: Form) -> str:
    if form.amount(spent) == form.amount(budget):
        return "决算数与预算数持平"
    return f"决算数{'大于' if spent > budget else '小于'}预算数的主要原因：据实列支"


def _basic(truth: Truth, form: Form) -> Iterator[str]:
    yield "六、一般公共预算财政拨款基本支出决算情况说明"
    parts = []
    for name, rows in (("人员经费", truth.people), ("公用经费", truth.public)):
        names = "、".join(row[1] for row in rows if row[2])
        parts.append(f"{name}{form.told(sum(row[2] for row in rows))}，主要包括：{names}")
    yield f"一般公共预算财政拨款基本支出{form.told(truth.basic)}。其中：{'；'.join(parts)}。"


def _sangong(truth: Truth, form: Form) -> Iterator[str]:
    told, year = form.told, truth.year
    abroad, bought, run, received = truth.sangong
    groups = (
        ("因公出国（境）费", (abroad,)),
        ("公务用车购置及运行维护费", (bought, run)),
        ("公务接待费", (received,)),
    )
    budget, spent, last = (
        sum(getattr(each, which) for each in truth.sangong) for which in ("budget", "spent", "last")
    )
    yield "七、财政拨款“三公”经费支出决算情况说明"
    if not spent and not budget and not last:
        yield f"{truth.unit}{year}年度无“三公”经费财政拨款支出。"
        return
    yield "（一）“三公”经费财政拨款支出决算总体情况说明"
    parts = []
    for name, each in groups:
        planned, paid = sum(one.budget for one in each), sum(one.spent for one in each)
        done = f"，完成预算的{form.percent(paid, planned)}" if planned else ""
        parts.append(f"{name}支出决算为{told(paid)}{done}")
    done = f"，完成预算的{form.percent(spent, budget)}" if budget else ""
    yield (
        f"“三公”经费财政拨款支出年初预算为{form.plain(budget)}，支出决算为{told(spent)}{done}，"
        f"其中：{'；'.join(parts)}。"
    )
    if truth.last is not None:
        parts = []
        for name, each in groups:
            now, before = sum(one.spent for one in each), sum(one.last for one in each)
            change = _compared(form, now, before)
            level = f"支出与上年{change}" if "持平" in change else f"支出决算{change}"
            parts.append(f"{name}{level}")
        change = _compared(form, spent, last)
        base = f"与{year - 1}年度" if "持平" in change else f"比{year - 1}年度"
        whole = f"“三公”经费财政拨款支出决算数{base}{change}"
        yield f"{year}年度{whole}，其中：{'；'.join(parts)}。"
    yield "（二）“三公”经费财政拨款支出决算具体情况说明"
    if spent:
        shares = "；".join(
            f"{name}支出决算{told(paid)}，占{form.percent(paid, spent)}"
            for name, paid in ((name, sum(one.spent for one in each)) for name, each in groups)
        )
        yield f"“三公”经费财政拨款支出决算中，{shares}。具体情况如下："
    yield f"1、因公出国（境）费支出{told(abroad.spent)}。全年安排因公出国（境）团组0个、累计0人次。"
    yield f"2、公务用车购置及运行维护费支出{told(bought.spent + run.spent)}。其中："
    yield f"公务用车购置支出为{told(bought.spent)}。"
    yield f"公务用车运行维护支出{told(run.spent)}。"
    yield f"3、公务接待费支出{told(received.spent)}。"


def _fund(truth: Truth, form: Form) -> Iterator[str]:
    unit = f"{truth.unit}{truth.year}年度"
    yield "八、政府性基金预算财政拨款收入支出决算情况说明"
    if truth.fund is None:
        yield f"{unit}无政府性基金预算财政拨款收入和支出。"
    else:
        spent = form.told(truth.fund_spent)
        yield f"政府性基金预算财政拨款收入{spent}，支出{spent}，支出具体情况如下："
        yield f"1、{_entry(truth.fund, form)}"
    yield "九、国有资本经营预算财政拨款收入支出决算情况说明"
    yield f"{unit}无国有资本经营预算财政拨款收入和支出。"


def _purchases(truth: Truth, form: Form) -> Iterator[str]:
    plain, (goods, works, services) = form.plain, truth.purchases
    yield "（二）政府采购支出情况"
    yield (
        f"{truth.unit}{truth.year}年度政府采购金额（以合同签订为准）为{plain(sum(truth.purchases))}，"
        f"其中：货物采购金额{plain(goods)}、工程采购金额{plain(works)}、"
        f"服务采购金额{plain(services)}。"
    )
    yield "（三）国有资产占有使用情况说明"
    own, special = truth.cars
    yield (
        f"截至{truth.year}年12月31日，{truth.unit}共有车辆{own + special}辆，其中："
        f"执法执勤用车{own}辆、其他用车{special}辆。"
    )
