"""The tables of a made-up year, as a province prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from made.printing import Form
from made.truth import Item, Truth

INCOME = (
    "一般公共预算财政拨款收入",
    "政府性基金预算财政拨款收入",
    "国有资本经营预算财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
CLASSES = (
    "一般公共服务支出",
    "教育支出",
    "文化旅游体育与传媒支出",
    "社会保障和就业支出",
    "卫生健康支出",
    "城乡社区支出",
    "农林水支出",
    "住房保障支出",
    "其他支出",
)
NUMERALS = "一二三四五六七八九十"


def tables(truth: Truth, form: Form) -> str:
    """All tables of a year, each with its title and unit."""
    return "\n\n".join(
        (
            _titled("收入支出决算总表", "01", form, _balance(truth, form)),
            _titled("收入决算表", "02", form, _income(truth, form)),
            _titled("支出决算表", "03", form, _spending(truth, form)),
            _titled("财政拨款收入支出决算总表", "04", form, _fiscal(truth, form)),
            _titled("一般公共预算财政拨款支出决算表", "05", form, _general(truth, form)),
            _titled("一般公共预算财政拨款基本支出决算表", "06", form, _economic(truth, form)),
            _titled("财政拨款“三公”经费支出决算表", "07", form, _sangong(truth, form)),
            _titled("政府性基金预算财政拨款收入支出决算表", "08", form, _fund(truth, form)),
        )
    )


def _titled(title: str, number: str, form: Form, rows: Iterable[Sequence[str]]) -> str:
    unit = "元" if form.yuan else "万元"
    label = f"公开{number}表 金额单位：{unit}" if form.lines else f"单位：{unit}"
    return "\n".join((title, "", label, "", *("\t".join(row) for row in rows)))


def _heads(form: Form) -> tuple[str, str]:
    return ("科目代码", "科目名称") if form.lines else ("功能分类科目编码", "科目名称")


def by_level(items: Iterable[Item]) -> Iterator[tuple[str, str, list[Item]]]:
    """类, 款 and 项 in the order of a table: code, name, and the items below."""
    items = sorted(items, key=lambda item: item.code)
    seen: set[str] = set()
    for item in items:
        for size, name in ((3, item.kind), (5, item.group), (7, item.name)):
            code = item.code[:size]
            if code not in seen:
                seen.add(code)
                yield code, name, [each for each in items if each.code.startswith(code)]


def _sides(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, ...]], form: Form, width: int
) -> Iterator[list[str]]:
    """Two halves side by side, with 行次 where the form has them."""
    for index in range(max(len(left), len(right))):
        first = left[index] if index < len(left) else ("", "")
        second = right[index] if index < len(right) else ("",) * (width + 1)
        if form.lines:
            yield [first[0], str(index + 1), first[1], second[0], str(index + 40), *second[1:]]
        else:
            yield [*first, *second]


def _balance(truth: Truth, form: Form) -> Iterator[Sequence[str]]:
    cell = form.cell
    amounts = (truth.general_income, truth.fund_spent, 0, 0, truth.business, 0, 0)
    left = [
        (f"{numeral}、{name}", cell(amount))
        for numeral, name, amount in zip(
            NUMERALS, INCOME, (*amounts, truth.other_income), strict=False
        )
    ]
    everything = [*truth.items, *([truth.fund] if truth.fund else [])]
    right: list[tuple[str, ...]] = []
    for numeral, kind in zip(NUMERALS, CLASSES, strict=False):
        total = sum(each.spent + each.other for each in everything if each.kind == kind)
        right.append((f"{numeral}、{kind}", cell(total)))
    left += [("", "")] * (len(right) - len(left))
    carried, kept = truth.fiscal_in + truth.other_in, truth.fiscal_out + truth.other_out
    left += [
        ("本年收入合计", cell(truth.income)),
        ("使用非财政拨款结余", cell(0)),
        ("年初结转和结余", cell(carried)),
        ("总计", cell(truth.total)),
    ]
    right += [
        ("本年支出合计", cell(truth.spent)),
        ("结余分配", cell(0)),
        ("年末结转和结余", cell(kept)),
        ("总计", cell(truth.total)),
    ]
    if form.lines:
        yield ("收入", "", "", "支出", "", "")
        yield ("项目", "行次", "金额", "项目", "行次", "金额")
    else:
        yield ("收入", "", "支出", "")
        yield ("项目", "决算数", "项目", "决算数")
    yield from _sides(left, right, form, 1)


def _subjects(
    heads: Sequence[str],
    total: Sequence[int],
    rows: Iterable[tuple[str, str, Sequence[int]]],
    form: Form,
) -> Iterator[Sequence[str]]:
    """A table by subject: two lines of heads, the total, and the rows."""
    first, *rest = heads
    yield ("项目", "", first, *rest)
    yield (*_heads(form), "", *([""] * len(rest)))
    yield ("合计", "", *map(form.cell, total))
    for code, name, amounts in rows:
        yield (code, name, *map(form.cell, amounts))


def _income(truth: Truth, form: Form) -> Iterator[Sequence[str]]:
    sources = ("财政拨款收入", "上级补助收入", "事业收入", "经营收入")
    heads = ("本年收入合计", *sources, "附属单位上缴收入", "其他收入")
    total = (truth.income, truth.fiscal_income, 0, truth.business, 0, 0, truth.other_income)
    return _subjects(heads, total, (), form)


def _spending(truth: Truth, form: Form) -> Iterator[Sequence[str]]:
    heads = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出")
    everything = [*truth.items, *([truth.fund] if truth.fund else [])]

    def row(items: Iterable[Item]) -> list[int]:
        basic = sum(each.basic for each in items)
        project = sum(each.project + each.other for each in items)
        return [basic + project, basic, project, 0, 0, 0]

    rows = ((code, name, row(below)) for code, name, below in by_level(everything))
    return _subjects((*heads, "对附属单位补助支出"), row(everything), rows, form)


def _fiscal(truth: Truth, form: Form) -> Iterator[Sequence[str]]:
    cell = form.cell
    amounts = (truth.general_income, truth.fund_spent, 0)
    left = [
        (f"{numeral}、{name.removesuffix('收入')}", cell(amount))
        for numeral, name, amount in zip(NUMERALS, INCOME[:3], amounts, strict=False)
    ]
    right: list[tuple[str, ...]] = []
    for numeral, kind in zip(NUMERALS, CLASSES, strict=False):
        own = sum(each.spent for each in truth.items if each.kind == kind)
        fund = truth.fund_spent if truth.fund and truth.fund.kind == kind else 0
        right.append((f"{numeral}、{kind}", *map(cell, (own + fund, own, fund, 0))))
    left += [("", "")] * (len(right) - len(left))
    left += [
        ("本年收入合计", cell(truth.fiscal_income)),
        ("年初财政拨款结转和结余", cell(truth.fiscal_in)),
        ("总计", cell(truth.fiscal_total)),
    ]
    general, fund, kept = truth.general, truth.fund_spent, truth.fiscal_out
    right += [
        ("本年支出合计", *map(cell, (general + fund, general, fund, 0))),
        ("年末财政拨款结转和结余", *map(cell, (kept, kept, 0, 0))),
        ("总计", *map(cell, (truth.fiscal_total, general + kept, fund, 0))),
    ]
    funds = (f"{name.removesuffix('收入')}" for name in INCOME[:3])
    if form.lines:
        yield ("收入", "", "", "支出", "", "", "", "", "")
        yield ("项目", "行次", "金额", "项目", "行次", "合计", *funds)
    else:
        yield ("收入", "", "支出", "", "", "", "")
        yield ("项目", "决算数", "项目", "合计", *funds)
    yield from _sides(left, right, form, 4)


def _general(truth: Truth, form: Form) -> Iterator[Sequence[str]]:
    def row(items: Iterable[Item]) -> list[int]:
        basic, project = sum(each.basic for each in items), sum(each.project for each in items)
        return [basic + project, basic, project]

    rows = ((code, name, row(below)) for code, name, below in by_level(truth.items))
    first = "小计" if form.lines else "合计"
    return _subjects((first, "基本支出", "项目支出"), row(truth.items), rows, form)


def _economic(truth: Truth, form: Form) -> Iterator[Sequence[str]]:
    """人员经费 on the left, 公用经费 on the right, each with its classes."""
    classes = {"301": "工资福利支出", "303": "对个人和家庭的补助", "302": "商品和服务支出"}
    classes["310"] = "资本性支出"

    def side(rows: Sequence[tuple[str, str, int]]) -> list[tuple[str, str, str]]:
        found = []
        for code in dict.fromkeys(row[0][:3] for row in rows):
            below = [row for row in rows if row[0].startswith(code)]
            found.append((code, classes[code], form.cell(sum(row[2] for row in below))))
            found += [(code, name, form.cell(amount)) for code, name, amount in below]
        return found

    left, right = side(truth.people), side(truth.public)
    yield ("人员经费", "", "", "公用经费", "", "")
    yield ("科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数")
    for index in range(max(len(left), len(right))):
        first = left[index] if index < len(left) else ("", "", "")
        second = right[index] if index < len(right) else ("", "", "")
        yield (*first, *second)
    wages, running = form.cell(truth.wages), form.cell(truth.running)
    yield ("人员经费合计", "", wages, "公用经费合计", "", running)


def _sangong(truth: Truth, form: Form) -> Iterator[Sequence[str]]:
    abroad, bought, run, received = truth.sangong

    def amounts(which: str) -> list[int]:
        single = [int(getattr(each, which)) for each in (abroad, bought, run, received)]
        return [sum(single), single[0], single[1] + single[2], *single[1:]]

    budget, spent = amounts("budget"), amounts("spent")
    heads = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费")
    below = ("", "", "小计", "公务用车购置费", "公务用车运行维护费", "")
    if form.interleaved:
        yield tuple(cell for head in heads for cell in (head, ""))
        yield tuple(cell for head in below for cell in (head, ""))
        yield ("预算数", "决算数") * 6
        yield tuple(form.cell(each) for pair in zip(budget, spent, strict=True) for each in pair)
    else:
        yield ("预算数", "", "", "", "", "", "决算数", "", "", "", "", "")
        yield (*heads, *heads)
        yield (*below, *below)
        yield tuple(map(form.cell, (*budget, *spent)))


def _fund(truth: Truth, form: Form) -> Iterator[Sequence[str]]:
    yield ("项目", "", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余")
    yield (*_heads(form), "", "", "小计", "基本支出", "项目支出", "")
    spent = truth.fund_spent
    if truth.fund is None:
        yield ("合计", *([""] * 7))
        return
    amounts = tuple(map(form.cell, (0, spent, spent, 0, spent, 0)))
    yield ("合计", "", *amounts)
    for code, name, _ in by_level((truth.fund,)):
        yield (code, name, *amounts)
