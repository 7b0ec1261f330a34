"""A narrative in Hunan's manner: one decimal of rates, no zeros at the end, names without 支出."""

from __future__ import annotations

from collections.abc import Iterator

from made.printing import Form
from made.truth import Item, Truth
from made.year_tables import by_level

MONEY = ("财政拨款收入", "事业收入", "其他收入")


def narrative(truth: Truth, form: Form) -> Iterator[str]:
    """The sections, a line or heading each."""
    told, year = form.told, truth.year
    last = truth.last
    yield "一、收入支出决算总体情况说明"
    change = _change(form, truth.total, last.total if last else None)
    yield f"{year}年度收、支总计{told(truth.total)}。{change}。"
    yield from _income_and_spending(truth, form)
    yield "四、财政拨款收入支出决算总体情况说明"
    change = _change(form, truth.fiscal_total, last.fiscal_total if last else None)
    yield f"{year}年度财政拨款收、支总计{told(truth.fiscal_total)}，{change}。"
    yield from _general(truth, form)
    yield from _basic(truth, form)
    yield from _sangong(truth, form)
    yield "八、政府性基金预算收入支出决算情况"
    spent = told(truth.fund_spent)
    if truth.fund is None:
        yield f"{year}年度本单位没有政府性基金收入，也没有使用政府性基金安排的支出。"
    else:
        yield (
            f"{year}年度政府性基金预算财政拨款收入{spent}；年初结转和结余0万元；支出{spent}，"
            f"其中基本支出0万元，项目支出{spent}；年末结转和结余0万元。"
        )
    yield "九、关于机关运行经费支出说明"
    change = _change(form, truth.running, last.running if last else None, "比上年决算数")
    yield f"本部门{year}年度机关运行经费支出{form.plain(truth.running)}，{change}。"
    yield from _purchases(truth, form)


def _change(form: Form, now: int, last: int | None, base: str = "与上年相比，") -> str:
    if last is None:
        return "本单位为当年新设，上年没有决算数"
    if now == last:
        return f"{base.rstrip('，')}无变化" if base.startswith("与") else "与上年决算数持平"
    if form.amount(now - last).lstrip("-") == "0":
        return "与上年基本持平"
    up = now > last
    said = f"{base}{'增加' if up else '减少'}{form.plain(abs(now - last))}"
    if not last:
        return f"{said}，上年决算数为0万元，不计算增减比率"
    return f"{said}，{'增长' if up else '下降'}{form.percent(abs(now - last), last)}"


def _short(name: str) -> str:
    return name.removesuffix("支出")


def _income_and_spending(truth: Truth, form: Form) -> Iterator[str]:
    told, year = form.told, truth.year
    yield "二、收入决算情况说明"
    parts = zip(MONEY, (truth.fiscal_income, truth.business, truth.other_income), strict=True)
    listed = "；".join(
        f"{name}{told(amount)}，占{form.percent(amount, truth.income)}"
        for name, amount in parts
        if amount
    )
    yield f"{year}年度收入合计{told(truth.income)}，其中：{listed}。"
    yield "三、支出决算情况说明"
    project = truth.spent - truth.basic
    yield (
        f"{year}年度支出合计{told(truth.spent)}，其中：基本支出{told(truth.basic)}，"
        f"占{form.percent(truth.basic, truth.spent)}；项目支出{told(project)}，"
        f"占{form.percent(project, truth.spent)}。"
    )


def _general(truth: Truth, form: Form) -> Iterator[str]:
    told, year, general = form.told, truth.year, truth.general
    yield "五、一般公共预算财政拨款支出决算情况说明"
    yield "（一）一般公共预算财政拨款支出决算总体情况"
    change = _change(form, general, truth.last.general if truth.last else None)
    change = change.replace("与上年相比，", "与上年相比，财政拨款支出")
    share = form.percent(general, truth.spent)
    yield f"{year}年度财政拨款支出{told(general)}，占本年支出合计的{share}，{change}。"
    yield "（二）一般公共预算财政拨款支出决算结构情况"
    listed = []
    for code, name, below in by_level(truth.items):
        spent = sum(item.spent for item in below)
        if len(code) == 3 and spent:
            share = form.percent(spent, general)
            listed.append(f"{_short(name)}（类）支出{told(spent)}，占{share}")
    yield f"{year}年度财政拨款支出{told(general)}，主要用于以下方面：{'；'.join(listed)}。"
    yield "（三）一般公共预算财政拨款支出决算具体情况"
    budget = sum(item.budget for item in truth.items)
    done = f"，完成年初预算的{form.percent(general, budget)}" if budget else ""
    yield (
        f"{year}年度财政拨款支出年初预算数为{form.plain(budget)}，"
        f"支出决算数为{told(general)}{done}，其中："
    )
    for index, item in enumerate(sorted(truth.items, key=lambda item: item.code), start=1):
        names = (_short(item.kind), _short(item.group), _short(item.name))
        yield f"{index}、{names[0]}（类）{names[1]}（款）{names[2]}（项）。"
        yield _entry(item, form)


def _entry(item: Item, form: Form) -> str:
    done = f"，完成年初预算的{form.percent(item.spent, item.budget)}" if item.budget else ""
    said = f"年初预算为{form.plain(item.budget)}，支出决算为{form.told(item.spent)}{done}"
    return f"{said}，{_order(item.spent, item.budget, '年初预算数', form)}。"


def _order(spent: int, budget: int, name: str, form: Form) -> str:
    if form.amount(spent) == form.amount(budget):
        return f"决算数等于{name}"
    return f"决算数{'大于' if spent > budget else '小于'}{name}的主要原因是：按实际工作支出"


def _basic(truth: Truth, form: Form) -> Iterator[str]:
    told, basic = form.told, truth.basic
    yield "六、一般公共预算财政拨款基本支出决算情况说明"
    yield f"{truth.year}年度财政拨款基本支出{told(basic)}，其中："
    for name, rows in (("人员经费", truth.people), ("公用经费", truth.public)):
        total = sum(amount for *_, amount in rows)
        names = "、".join(row[1] for row in rows if row[2])
        share = form.percent(total, basic)
        yield f"{name}{told(total)}，占基本支出的{share}，主要包括{names}。"


def _sangong(truth: Truth, form: Form) -> Iterator[str]:
    told = form.told
    abroad, bought, run, received = truth.sangong
    budget, spent, last = (
        sum(getattr(each, which) for each in truth.sangong) for which in ("budget", "spent", "last")
    )
    yield "七、财政拨款三公经费支出决算情况说明"
    yield "（一）“三公”经费财政拨款支出决算总体情况说明"
    rows = [("“三公”经费财政拨款", budget, spent, last)]
    rows += [(each.name, each.budget, each.spent, each.last) for each in truth.sangong]
    for index, (name, planned, paid, before) in enumerate(rows):
        done = f"完成预算的{form.percent(paid, planned)}，" if planned else ""
        order = _order(paid, planned, "预算数", form).partition("的主要")[0]
        change = _change(form, paid, before if truth.last else None, "与上年相比")
        end = "。其中：" if not index else "。"
        yield (
            f"{name}支出预算为{told(planned)}，支出决算为{told(paid)}，{done}{order}，{change}{end}"
        )
    yield "（二）“三公”经费财政拨款支出决算具体情况说明"
    cars = bought.spent + run.spent
    if spent:
        yield (
            f"{truth.year}年度“三公”经费财政拨款支出决算中，公务接待费支出决算"
            f"{told(received.spent)}，占{form.percent(received.spent, spent)}，因公出国（境）费"
            f"支出决算{told(abroad.spent)}，占{form.percent(abroad.spent, spent)}，公务用车购置费及"
            f"运行维护费支出决算{told(cars)}，占{form.percent(cars, spent)}。其中："
        )
    yield (
        f"1、公务用车购置费及运行维护费支出决算为{told(cars)}，其中：公务用车购置费"
        f"{told(bought.spent)}，公务用车运行维护费{told(run.spent)}，截至{truth.year}年12月31日，"
        f"我单位开支财政拨款的公务用车保有量为{truth.cars[0]}辆。"
    )


def _purchases(truth: Truth, form: Form) -> Iterator[str]:
    plain, (goods, works, services) = form.plain, truth.purchases
    total = sum(truth.purchases)
    yield "十一、关于政府采购支出说明"
    yield (
        f"本部门{truth.year}年度政府采购支出总额{plain(total)}，其中：政府采购货物支出{plain(goods)}、"
        f"政府采购工程支出{plain(works)}、政府采购服务支出{plain(services)}。授予中小企业合同金额"
        f"{plain(truth.small)}，占政府采购支出总额的{form.percent(truth.small, total)}"
        + (
            f"，其中：授予小微企业合同金额{plain(truth.micro)}，"
            f"占授予中小企业合同金额的{form.percent(truth.micro, truth.small)}。"
            if truth.small
            else "。"
        )
    )
    yield "十二、关于国有资产占用情况说明"
    own, special = truth.cars
    yield (
        f"截至{truth.year}年12月31日，部门（单位）共有车辆{own + special}辆，其中，"
        f"执法执勤用车{own}辆、其他用车{special}辆。"
    )
