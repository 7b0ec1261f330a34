"""A narrative in the manner of the south-east: tables in 元, thousands grouped, another order."""

from __future__ import annotations

from collections.abc import Iterator

from made.printing import Form
from made.truth import Item, Spending, Truth
from made.year_tables import by_level

MONEY = ("财政拨款收入", "事业收入", "其他收入")


def narrative(truth: Truth, form: Form) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, last, year = form.told, truth.last, truth.year
    yield "一、收入支出决算总体情况说明"
    change = _compared(form, truth.total, last.total if last else None)
    yield f"本单位{year}年度收入总计{told(truth.total)}，支出总计{told(truth.total)}，{change}。"
    yield "二、收入决算情况说明"
    parts = zip(MONEY, (truth.fiscal_income, truth.business, truth.other_income), strict=True)
    listed = "；".join(
        f"{name}{told(amount)}，占收入合计{form.percent(amount, truth.income)}"
        for name, amount in parts
        if amount
    )
    yield f"本年收入合计{told(truth.income)}，包括：{listed}。"
    yield "三、支出决算情况说明"
    project = truth.spent - truth.basic
    yield (
        f"本年支出合计{told(truth.spent)}，其中：基本支出{told(truth.basic)}，"
        f"占支出合计{form.percent(truth.basic, truth.spent)}；项目支出{told(project)}，"
        f"占支出合计{form.percent(project, truth.spent)}。"
    )
    yield "四、“三公”经费支出决算情况说明"
    yield from _sangong(truth, form)
    yield "五、财政拨款收入支出决算总体情况说明"
    change = _compared(form, truth.fiscal_total, last.fiscal_total if last else None)
    total = told(truth.fiscal_total)
    yield f"{year}年度财政拨款收入总计{total}，财政拨款支出总计{total}，{change}。"
    yield from _general(truth, form)
    yield "七、一般公共预算财政拨款基本支出决算情况说明"
    parts_of = "；".join(
        f"{name}{told(amount)}，占{form.percent(amount, truth.basic)}"
        for name, amount in (("人员经费", truth.wages), ("公用经费", truth.running))
    )
    yield f"{year}年度一般公共预算财政拨款基本支出{told(truth.basic)}，其中：{parts_of}。"
    yield "八、政府性基金预算财政拨款支出决算情况说明"
    if truth.fund is None:
        yield "本单位没有政府性基金预算拨款安排的支出。"
    else:
        yield f"{year}年度政府性基金预算财政拨款支出{told(truth.fund_spent)}。"
    yield "九、机关运行经费支出说明"
    change = _compared(form, truth.running, last.running if last else None)
    yield f"{year}年度机关运行经费支出{form.plain(truth.running)}，{change}，主要是日常公用开支。"
    yield "十、政府采购支出说明"
    kinds = zip(("货物", "工程", "服务"), truth.purchases, strict=True)
    listed = "、".join(f"政府采购{name}支出{form.plain(amount)}" for name, amount in kinds)
    yield f"{year}年度政府采购支出总额{form.plain(sum(truth.purchases))}，其中：{listed}。"


def _compared(form: Form, now: int, last: int | None) -> str:
    if last is None:
        return "本单位为新设单位，上年无数据"
    if form.amount(now - last).lstrip("-") == "0.00":
        return "与上年持平" if now == last else "与上年基本持平"
    up = now > last
    said = f"比上年决算数{'增加' if up else '减少'}{form.plain(abs(now - last))}"
    if not last:
        return f"{said}，增长--（基数为0，不可比）"
    return f"{said}，{'增长' if up else '下降'}{form.percent(abs(now - last), last)}"


def _done(form: Form, spent: int, budget: int, name: str) -> str:
    if not budget:
        return f"{name}0.00万元" if not spent else f"{name}未安排"
    return f"完成{name}{form.told(budget)}的{form.percent(spent, budget)}"


def _sangong(truth: Truth, form: Form) -> Iterator[str]:
    told = form.told
    abroad, bought, run, received = truth.sangong
    cars = tuple(getattr(bought, each) + getattr(run, each) for each in ("budget", "spent", "last"))
    rows = (abroad, Spending("公务用车购置及运行维护费", *cars), received)
    total = Spending(
        "", *(sum(getattr(e, w) for e in truth.sangong) for w in Spending.__slots__[1:])
    )
    said = []
    for each in (total, *rows):
        name = each.name or "“三公”经费财政拨款"
        last = each.last if truth.last else None
        done = _done(form, each.spent, each.budget, "全年预算")
        said.append(
            f"{name}支出决算为{told(each.spent)}，{done}，{_compared(form, each.spent, last)}"
        )
    whole, *parts = said
    yield f"{truth.unit}{truth.year}年度{whole}。其中：{'；'.join(parts)}。"


def _general(truth: Truth, form: Form) -> Iterator[str]:
    told, general = form.told, truth.general
    yield "六、一般公共预算财政拨款支出决算情况说明"
    yield "（一）一般公共预算财政拨款支出决算总体情况"
    last = truth.last.general if truth.last else None
    share = form.percent(general, truth.spent)
    yield (
        f"{truth.year}年度一般公共预算财政拨款支出{told(general)}，占本年支出合计的{share}，"
        f"{_compared(form, general, last)}。"
    )
    yield "（二）一般公共预算财政拨款支出决算结构情况"
    listed = [
        f"{name}{told(spent)}，占{form.percent(spent, general)}"
        for code, name, below in by_level(truth.items)
        if len(code) == 3 and (spent := sum(item.spent for item in below))
    ]
    yield (
        f"{truth.year}年度一般公共预算财政拨款支出{told(general)}，主要用于以下方面："
        f"{'；'.join(listed)}。"
    )
    yield "（三）一般公共预算财政拨款支出决算具体情况"
    budget = sum(item.budget for item in truth.items)
    done = f"，完成年初预算的{form.percent(general, budget)}" if budget else ""
    yield (
        f"{truth.year}年度一般公共预算财政拨款支出年初预算为{form.plain(budget)}，"
        f"支出决算为{told(general)}{done}。其中："
    )
    for index, item in enumerate(sorted(truth.items, key=lambda item: item.code), start=1):
        yield f"{index}. {_entry(item, form)}"


def _entry(item: Item, form: Form) -> str:
    name = f"{item.kind}（类）{item.group}（款）{item.name}（项）"
    if not item.budget:
        return f"{name}年初未安排预算，支出决算为{form.told(item.spent)}。"
    order = "等于" if form.amount(item.spent) == form.amount(item.budget) else "大于"
    if item.spent < item.budget and order == "大于":
        order = "小于"
    return (
        f"{name}年初预算为{form.plain(item.budget)}，支出决算为{form.told(item.spent)}，"
        f"完成年初预算的{form.percent(item.spent, item.budget)}，决算数{order}年初预算数。"
    )
