"""The tables of a settled year (决算), as a form prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.making.figures import by_level
from corpus.making.marks import mark
from corpus.making.printing import Pen
from corpus.making.subjects import CLASSES
from corpus.making.truth import Truth

Rows = Iterable[Sequence[str]]
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
KINDS = (
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
TITLES = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
)
NUMERALS = "一二三四五六七八九十"
SPENT_OF_NOTHING = "说明：本单位没有国有资本经营预算财政拨款支出，故本表无数据。"


def tables(truth: Truth, pen: Pen) -> str:
    """All tables of a year, each with its title and unit."""
    every = (_balance, _income, _spending, _fiscal, _general, _economic, _sangong, _fund)
    blocks = [
        titled(pen, title, number, made(truth, pen))
        for number, (title, made) in enumerate(zip(TITLES, every, strict=False), start=1)
    ]
    blocks.append(titled(pen, TITLES[-1], len(TITLES), _state(pen), note=SPENT_OF_NOTHING))
    return "\n\n".join(blocks)


def titled(pen: Pen, title: str, number: int, rows: Rows, *, note: str = "") -> str:
    """A table with its title, number and unit, marked as a whole; ``note`` stands under it."""
    label = pen.form.label.format(number=f"{number:02}", plain=number, unit=pen.form.table_unit)
    lines = (title, "", label, "", *("\t".join(row) for row in rows))
    block = "\n".join((*lines, note) if note else lines)
    return mark("table", title, block) if note else block


def contents(titles: Sequence[str]) -> str:
    """The tables' lines of the 目录; the last is one without an amount."""
    lines = [f"{numeral}、{title}" for numeral, title in zip(NUMERALS, titles, strict=False)]
    last = mark("listed", titles[-1], titles[-1])
    return "\n".join((*lines[:-1], f"{lines[-1].partition('、')[0]}、{last}"))


def _heads(pen: Pen) -> tuple[str, str]:
    return ("科目代码" if pen.form.row_numbers else "功能分类科目编码", "科目名称")


def sides(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, ...]], pen: Pen, width: int
) -> Iterator[list[str]]:
    """Two halves side by side, with 行次 where the form has them."""
    for index in range(max(len(left), len(right))):
        first = left[index] if index < len(left) else ("", "")
        second = right[index] if index < len(right) else ("",) * (width + 1)
        if pen.form.row_numbers:
            yield [first[0], str(index + 1), first[1], second[0], str(index + 40), *second[1:]]
        else:
            yield [*first, *second]


def _codes(truth: Truth) -> dict[str, str]:
    """The figure of every 类 of the general budget and of the fund, by its name."""
    codes = {name: code for code, name, _ in by_level(truth.items) if len(code) == 3}
    if truth.fund:
        codes[truth.fund.kind] = f"fund.{truth.fund.code[:3]}"
    return codes


def _balance(truth: Truth, pen: Pen) -> Iterator[Sequence[str]]:
    cell, codes = pen.cell, _codes(truth)
    amounts = ("general_income", "fund_income", "", "", "business", "", "", "other_income")
    left = [
        (f"{numeral}、{name}", cell(amount))
        for numeral, name, amount in zip(NUMERALS, INCOME, amounts, strict=False)
    ]
    right: list[tuple[str, ...]] = []
    for numeral, kind in zip(NUMERALS, KINDS, strict=False):
        code = codes.get(kind, "")
        figure = code if code.startswith("fund") or not code else f"{code}.all"
        right.append((f"{numeral}、{kind}", cell(figure)))
    left += [("", "")] * (len(right) - len(left))
    left += [
        ("本年收入合计", cell("income")),
        ("使用非财政拨款结余", cell("")),
        ("年初结转和结余", cell("carried")),
        ("总计", cell("total")),
    ]
    right += [
        ("本年支出合计", cell("spent")),
        ("结余分配", cell("")),
        ("年末结转和结余", cell("kept")),
        ("总计", cell("total")),
    ]
    if pen.form.row_numbers:
        yield ("收入", "", "", "支出", "", "")
        yield ("项目", "行次", "金额", "项目", "行次", "金额")
    else:
        yield ("收入", "", "支出", "")
        yield ("项目", "决算数", "项目", "决算数")
    yield from sides(left, right, pen, 1)


def _subjects(
    heads: Sequence[str],
    total: Sequence[str],
    rows: Iterable[tuple[str, str, Sequence[str]]],
    pen: Pen,
) -> Iterator[Sequence[str]]:
    """A table by subject: two lines of heads, the total, and the rows."""
    first, *rest = heads
    yield ("项目", "", first, *rest)
    yield (*_heads(pen), "", *([""] * len(rest)))
    yield ("合计", "", *map(pen.cell, total))
    for code, name, figures in rows:
        yield (code, name, *map(pen.cell, figures))


def _income(truth: Truth, pen: Pen) -> Iterator[Sequence[str]]:
    sources = ("财政拨款收入", "上级补助收入", "事业收入", "经营收入")
    heads = ("本年收入合计", *sources, "附属单位上缴收入", "其他收入")
    total = ("income", "fiscal_income", "", "business", "", "", "other_income")
    return _subjects(heads, total, (), pen)


def _spending(truth: Truth, pen: Pen) -> Iterator[Sequence[str]]:
    heads = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出")
    rows: list[tuple[str, str, Sequence[str]]] = []
    for code, name, _ in by_level(truth.items):
        rows.append((code, name, (f"{code}.all", f"{code}.basic", f"{code}.other", "", "", "")))
    if truth.fund:
        for code, name, _ in by_level((truth.fund,)):
            figure = f"fund.{code}"
            rows.append((code, name, (figure, "", figure, "", "", "")))
    total = ("spent", "basic", "all_project", "", "", "")
    rows.sort(key=lambda row: row[0])
    return _subjects((*heads, "对附属单位补助支出"), total, rows, pen)


def _fiscal(truth: Truth, pen: Pen) -> Iterator[Sequence[str]]:
    cell, codes = pen.cell, _codes(truth)
    left = [
        (f"{numeral}、{name.removesuffix('收入')}", cell(amount))
        for numeral, name, amount in zip(
            NUMERALS, INCOME[:3], ("general_income", "fund_income", ""), strict=False
        )
    ]
    right: list[tuple[str, ...]] = []
    for numeral, kind in zip(NUMERALS, KINDS, strict=False):
        code = codes.get(kind, "")
        own, fund = ("", code) if code.startswith("fund") else (code, "")
        right.append((f"{numeral}、{kind}", *map(cell, (code, own, fund, ""))))
    left += [("", "")] * (len(right) - len(left))
    left += [
        ("本年收入合计", cell("fiscal_income")),
        ("年初财政拨款结转和结余", cell("fiscal_in")),
        ("总计", cell("fiscal_total")),
    ]
    right += [
        ("本年支出合计", *map(cell, ("fiscal_spent", "general", "fund", ""))),
        ("年末财政拨款结转和结余", *map(cell, ("fiscal_out", "fiscal_out", "", ""))),
        ("总计", *map(cell, ("fiscal_total", "general_total", "fund", ""))),
    ]
    funds = (f"{name.removesuffix('收入')}" for name in INCOME[:3])
    if pen.form.row_numbers:
        yield ("收入", "", "", "支出", "", "", "", "", "")
        yield ("项目", "行次", "金额", "项目", "行次", "合计", *funds)
    else:
        yield ("收入", "", "支出", "", "", "", "")
        yield ("项目", "决算数", "项目", "合计", *funds)
    yield from sides(left, right, pen, 4)


def _general(truth: Truth, pen: Pen) -> Iterator[Sequence[str]]:
    rows = (
        (code, name, (code, f"{code}.basic", f"{code}.project"))
        for code, name, _ in by_level(truth.items)
    )
    first = "小计" if pen.form.row_numbers else "合计"
    heads = (first, "基本支出", "项目支出")
    return _subjects(heads, ("general", "basic", "project"), rows, pen)


def economic(
    people: Sequence[tuple[str, str, int]], public: Sequence[tuple[str, str, int]], pen: Pen
) -> Iterator[Sequence[str]]:
    """人员经费 on the left, 公用经费 on the right, each with its classes."""

    def side(rows: Sequence[tuple[str, str, int]]) -> list[tuple[str, str, str]]:
        found = []
        for code in dict.fromkeys(row[0][:3] for row in rows):
            found.append((code, CLASSES[code], pen.cell(f"e{code}")))
            below = [row for row in rows if row[0].startswith(code)]
            found += [(row[0], row[1], pen.cell(f"e{row[0]}")) for row in below]
        return found

    left, right = side(people), side(public)
    for index in range(max(len(left), len(right))):
        first = left[index] if index < len(left) else ("", "", "")
        second = right[index] if index < len(right) else ("", "", "")
        yield (*first, *second)


def _economic(truth: Truth, pen: Pen) -> Iterator[Sequence[str]]:
    yield ("人员经费", "", "", "公用经费", "", "")
    yield ("科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数")
    yield from economic(truth.people, truth.public, pen)
    yield ("人员经费合计", "", pen.cell("wages"), "公用经费合计", "", pen.cell("running"))


def _sangong(truth: Truth, pen: Pen) -> Iterator[Sequence[str]]:
    names = ("sangong", "abroad", "vehicles", "bought", "run", "received")
    budget = [pen.cell(f"{name}.budget") for name in names]
    spent = [pen.cell(name) for name in names]
    heads = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费")
    below = ("", "", "小计", "公务用车购置费", "公务用车运行维护费", "")
    if pen.form.interleaved:
        yield tuple(cell for head in heads for cell in (head, ""))
        yield tuple(cell for head in below for cell in (head, ""))
        yield ("预算数", "决算数") * 6
        yield tuple(each for pair in zip(budget, spent, strict=True) for each in pair)
    else:
        yield ("预算数", "", "", "", "", "", "决算数", "", "", "", "", "")
        yield (*heads, *heads)
        yield (*below, *below)
        yield (*budget, *spent)


def _fund(truth: Truth, pen: Pen) -> Iterator[Sequence[str]]:
    yield ("项目", "", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余")
    yield (*_heads(pen), "", "", "小计", "基本支出", "项目支出", "")
    if truth.fund is None:
        yield ("合计", *([""] * 7))
        return
    figures = ("", "fund_income", "fund", "", "fund", "")
    yield ("合计", "", *map(pen.cell, figures))
    for code, name, _ in by_level((truth.fund,)):
        amounts = [pen.cell(figure and f"fund.{code}") for figure in figures]
        yield (code, name, *amounts)


def _state(pen: Pen) -> Iterator[Sequence[str]]:
    yield ("项目", "", "合计", "基本支出", "项目支出")
    yield (*_heads(pen), "", "", "")
    yield ("合计", "", "", "", "")
