"""The tables of a budget (预算), as a form prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from corpus.making.figures import by_level
from corpus.making.plan import Plan, fund_rows
from corpus.making.printing import Pen, rounded
from corpus.making.year_tables import KINDS, NUMERALS, economic, titled

TITLES = (
    "部门收支总表",
    "部门收入总表",
    "部门支出总表",
    "财政拨款收支总表",
    "一般公共预算支出表",
    "一般公共预算基本支出表",
    "一般公共预算“三公”经费支出表",
    "政府性基金预算支出表",
    "国有资本经营预算支出表",
)
NOTHING = "备注：本部门没有国有资本经营预算支出，故此表为空。"


def tables(plan: Plan, pen: Pen, layout: str) -> str:
    """All tables; ``layout`` is what stands beside the amounts of an item.

    ``parts``: 基本支出 and 项目支出; ``compared``: also last year's; ``sources``: 当年拨款 and
    上年结转.
    """
    blocks = (
        _balance(plan, pen),
        _income(pen),
        _spending(plan, pen),
        _fiscal(plan, pen),
        _general(plan, pen, layout),
        _economic(plan, pen),
        _sangong(pen, compared=layout == "compared"),
        _fund(plan, pen),
    )
    made = [
        titled(pen, title, number, rows)
        for number, (title, rows) in enumerate(zip(TITLES, blocks, strict=False), start=1)
    ]
    empty = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"), ("", "合计", "", "", ""))
    made.append(titled(pen, TITLES[-1], len(TITLES), empty, note=NOTHING))
    return "\n\n".join(made)


def _codes(plan: Plan) -> dict[str, str]:
    return {name: code for code, name, _ in by_level(plan.items) if len(code) == 3}


def _both(
    left: Sequence[tuple[str, str]], right: Sequence[Sequence[str]]
) -> Iterator[Sequence[str]]:
    width = len(right[0])
    for index in range(max(len(left), len(right))):
        first = left[index] if index < len(left) else ("", "")
        yield (*first, *(right[index] if index < len(right) else ("",) * width))


def _balance(plan: Plan, pen: Pen) -> Iterator[Sequence[str]]:
    cell, codes = pen.cell, _codes(plan)
    yield ("收入", "", "支出", "")
    yield ("项目", "预算数", "项目", "预算数")
    left = [
        ("一、一般公共预算拨款收入", cell("current")),
        ("二、政府性基金预算拨款收入", cell("fund")),
        ("三、国有资本经营预算拨款收入", cell("")),
        ("四、事业收入", cell("business")),
        ("五、其他收入", cell("other_income")),
    ]
    right = []
    for numeral, kind in zip(NUMERALS, KINDS, strict=False):
        figure = f"{codes[kind]}.all" if kind in codes else ""
        figure = "fund" if kind == fund_rows()[0][1] else figure
        right.append((f"{numeral}、{kind}", cell(figure)))
    left += [("", "")] * (len(right) - len(left))
    left += [("本年收入合计", cell("income")), ("上年结转", cell("carried"))]
    right += [("本年支出合计", cell("total")), ("结转下年", cell(""))]
    yield from _both(left, right)
    yield ("收入总计", cell("total"), "支出总计", cell("total"))


def _income(pen: Pen) -> Iterator[Sequence[str]]:
    yield (
        "合计",
        "上年结转",
        "一般公共预算拨款收入",
        "政府性基金预算拨款收入",
        "事业收入",
        "其他收入",
    )
    yield tuple(map(pen.cell, ("total", "carried", "current", "fund", "business", "other_income")))


def _spending(plan: Plan, pen: Pen) -> Iterator[Sequence[str]]:
    yield ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    yield ("", "合计", *map(pen.cell, ("total", "basic", "all_project")))
    rows = [
        (code, name, *map(pen.cell, (f"{code}.all", f"{code}.basic", f"{code}.extra")))
        for code, name, _ in by_level(plan.items)
    ]
    if plan.fund:
        rows += [
            (code, name, pen.cell("fund"), pen.cell(""), pen.cell("fund"))
            for code, name in fund_rows()
        ]
    yield from sorted(rows, key=lambda row: row[0])


def _fiscal(plan: Plan, pen: Pen) -> Iterator[Sequence[str]]:
    cell, codes = pen.cell, _codes(plan)
    yield ("收入", "", "支出", "", "", "")
    yield ("项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算")
    left = [
        ("一、本年收入", cell("fiscal_income")),
        ("（一）一般公共预算拨款", cell("current")),
        ("（二）政府性基金预算拨款", cell("fund")),
        ("二、上年结转", cell("carried")),
        ("（一）一般公共预算拨款", cell("carried")),
        ("（二）政府性基金预算拨款", cell("")),
    ]
    right: list[Sequence[str]] = [("一、本年支出", *map(cell, ("fiscal_total", "general", "fund")))]
    for kind in KINDS:
        code = codes.get(kind, "")
        fund = "fund" if kind == fund_rows()[0][1] else ""
        right.append((kind, cell(code or fund), cell(code), cell(fund)))
    right.append(("二、结转下年", cell(""), cell(""), cell("")))
    yield from _both(left, right)
    totals = map(cell, ("fiscal_total", "general", "fund"))
    yield ("收入总计", cell("fiscal_total"), "支出总计", *totals)


def _general(plan: Plan, pen: Pen, layout: str) -> Iterator[Sequence[str]]:
    suffixes = ("", ".current", ".carried") if layout == "sources" else ("", ".basic", ".project")
    total = {"": "general", ".basic": "basic", ".project": "project"}
    total |= {".current": "current", ".carried": "carried"}
    rows = [("", "合计", [total[each] for each in suffixes], "general")]
    rows += [
        (code, name, [f"{code}{each}" for each in suffixes], code)
        for code, name, _ in by_level(plan.items)
    ]
    if layout == "sources":
        yield ("科目编码", "科目名称", "合计", "当年拨款安排", "上年结转安排")
    elif layout == "parts":
        yield ("科目编码", "科目名称", "小计", "基本支出", "项目支出")
    else:
        year = f"{plan.year}年预算数"
        step = f"{plan.year}年预算数比{plan.year - 1}年预算数"
        yield ("功能分类科目", "", f"{plan.year - 1}年预算数", year, "", "", step, "")
        yield ("科目编码", "科目名称", "", "小计", "基本支出", "项目支出", "增减额", "增减%")
    for code, name, figures, figure in rows:
        cells = tuple(map(pen.cell, figures))
        if layout != "compared":
            yield (code, name, *cells)
            continue
        last = pen.amounts[f"{figure}@last"]
        rate = rounded(Fraction(pen.step(figure) * 100, last), 2) if last else ""
        sign = "-" if pen.step(figure) < 0 else ""
        change = f"{sign}{pen.form.cell(abs(pen.step(figure)))}"
        yield (code, name, pen.cell(f"{figure}@last"), *cells, change, rate)


def _economic(plan: Plan, pen: Pen) -> Iterator[Sequence[str]]:
    yield ("人员经费", "", "", "公用经费", "", "")
    yield ("科目编码", "科目名称", "预算数", "科目编码", "科目名称", "预算数")
    yield from economic(plan.people, plan.public, pen)
    yield ("人员经费合计", "", pen.cell("wages"), "公用经费合计", "", pen.cell("running"))


def _sangong(pen: Pen, *, compared: bool) -> Iterator[Sequence[str]]:
    names = ("sangong", "abroad", "vehicles", "bought", "run", "received")
    heads = ["合计", "因公出国（境）费", "公务用车购置及运行费", "", "", "公务接待费"]
    below = ["", "", "小计", "公务用车购置费", "公务用车运行费", ""]
    cells = [pen.cell(name) for name in names]
    if compared:
        yield (f"{pen.year - 1}年预算数", *[""] * 5, f"{pen.year}年预算数", *[""] * 5)
        last = [pen.cell(f"{name}@last") for name in names]
        heads, below, cells = heads * 2, below * 2, last + cells
    yield heads
    yield below
    yield cells


def _fund(plan: Plan, pen: Pen) -> Iterator[Sequence[str]]:
    yield ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    if not plan.fund:
        yield ("", "合计", "", "", "")
        return
    cells = (pen.cell("fund"), pen.cell(""), pen.cell("fund"))
    yield ("", "合计", *cells)
    for code, name in fund_rows():
        yield (code, name, *cells)
