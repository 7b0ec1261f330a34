"""The same tables as provinces, years and kinds of units lay them out, and their annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from made.real import real_document

from narrcheck.document import Cell, Document, Table, Where
from narrcheck.figure import Figure, TableValue
from narrcheck.patterns.tables import load_tables
from narrcheck.quantity import Dimension
from narrcheck.tables import known_tables, read_tables

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = load_tables(ROOT / "patterns" / "tables.toml")
YEAR = 2031


def make_table(title: str, text: str, money_unit: str = "万元") -> Table:
    """A table of tab-separated lines; ``<`` is the cell on its left, ``^`` the one above."""
    lines = [line.split("\t") for line in text.strip("\n").split("\n")]
    width = max(len(line) for line in lines)
    rows: list[list[Cell]] = []
    place = 0
    for number, line in enumerate(lines):
        cells: list[Cell] = []
        for column, said in enumerate([*line, *[""] * (width - len(line))]):
            end = place + len(said)
            if said == "<":
                cells.append(cells[column - 1])
            elif said == "^":
                cells.append(rows[number - 1][column])
            else:
                across = _run(line, column)
                down = _run([*(_at(each, column) for each in lines[number:])], 0, "^")
                cells.append(Cell(said, Where(place, end), rows=down, columns=across))
            place = end + 1
        rows.append(cells)
    return Table(title, "", money_unit, tuple(map(tuple, rows)), Where(0, place))


def _at(line: list[str], column: int) -> str:
    return line[column] if column < len(line) else ""


def _run(line: list[str], at: int, sign: str = "<") -> int:
    end = at + 1
    while end < len(line) and line[end] == sign:
        end += 1
    return end - at


def make_document(*tables: Table, kind: str) -> Document:
    return Document("", "", kind, "青禾县林业局", YEAR, "", (0,), (), (), (), tables)


def read(title: str, text: str, *, kind: str = "决算", unit: str = "万元") -> list[TableValue]:
    document = make_document(make_table(title, text, unit), kind=kind)
    return list(read_tables(document, PATTERNS))


def amounts(values: list[TableValue]) -> dict[Figure, str]:
    """The digits and unit that are read for each figure; a figure read in two ways fails."""
    found: dict[Figure, str] = {}
    for value in values:
        if value.figure is not None:
            said = f"{value.quantity.value:f}{value.quantity.unit.text}"
            assert found.setdefault(value.figure, said) == said
    return found


def final(item: str, fund: str, code: str = "", part: str = "") -> Figure:
    return Figure(item, "决算数", YEAR, fund, code, part)


def budget(item: str, fund: str, code: str = "", part: str = "") -> Figure:
    return Figure(item, "预算数", YEAR, fund, code, part)


# ---- Titles ----


@pytest.mark.parametrize(
    ("title", "headers", "meant"),
    [
        ("收入支出决算总表（财决01表）", "项目", "收支总表"),
        ("部门综合预算收支总表", "项目", "收支总表"),
        ("单位收支预算总表", "项目", "收支总表"),
        ("部门收支总体情况表", "项目", "收支总表"),
        ("收支预算总体情况表", "项目", "收支总表"),
        ("部门综合预算财政拨款收支总表", "项目", "财政拨款收支总表"),
        ("财政拨款收支预算总表", "项目", "财政拨款收支总表"),
        ("部门收入总体情况表", "科目 合计", "收入表"),
        ("部门综合预算收入总表", "科目 合计", "收入表"),
        ("单位收入预算总表", "科目 合计", "收入表"),
        ("部门支出总体情况表", "科目 合计", "支出表"),
        ("部门综合预算支出总表", "科目 合计", "支出表"),
        ("支出决算明细表", "科目 合计", "支出表"),
        ("一般公共预算支出情况表（按功能分类科目）", "科目", "一般公共预算支出"),
        ("部门综合预算一般公共预算支出明细表（按功能科目分）", "科目", "一般公共预算支出"),
        ("一般公共预算财政拨款支出预算表", "科目", "一般公共预算支出"),
        (
            "部门综合预算一般公共预算支出明细表（按经济分类科目分）",
            "科目",
            "一般公共预算经济分类",
        ),
        ("一般公共预算基本支出情况表（按支出经济分类科目）", "科目", "一般公共预算基本支出"),
        ("一般公共预算财政拨款基本支出决算明细表", "科目", "一般公共预算基本支出"),
        ("一般公共预算项目支出情况表", "科目 合计", "一般公共预算项目支出"),
        ("政府性基金预算财政拨款收入支出决算表", "科目", "政府性基金"),
        ("部门综合预算政府性基金收支表", "科目", "政府性基金"),
        ("国有资本经营预算财政拨款支出决算表", "科目", "国有资本经营"),
        ("一般公共预算财政拨款“三公”经费支出决算表", "公务接待费", "三公经费"),
        (
            "部门综合预算一般公共预算拨款“三公”经费及会议费、培训费支出预算表",
            "公务接待费",
            "三公经费",
        ),
        ("机构运行信息表", "公务接待费", "三公经费"),
        ("部门项目支出预算表", "项目名称 合计", "项目支出"),
        ("基本支出预算表", "科目", "基本支出"),
        ("项目支出绩效自评表", "", "绩效附表"),
    ],
)
def test_a_table_is_known_by_its_title(title: str, headers: str, meant: str) -> None:
    found = PATTERNS.recognise(title, headers)
    assert found is not None
    assert found.id == meant


@pytest.mark.parametrize(
    "title",
    ["国有资产占用情况表", "政府购买服务预算表", "新增资产配置预算表", "“三公”经费情况说明"],
)
def test_another_table_is_not_known(title: str) -> None:
    assert PATTERNS.recognise(title, "项目 科目 合计 金额 公务接待费") is None


# ---- By unit and by second classification ----


SPLIT = """
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t30.00\t21.00\t9.00
2130201\t行政运行\t12.00\t12.00\t
2130205\t森林资源培育\t6.00\t\t6.00
2130201\t行政运行\t9.00\t9.00\t
2130205\t森林资源培育\t3.00\t\t3.00
"""


def test_a_subject_of_several_units_has_the_sum_of_its_rows() -> None:
    values = read("一般公共预算支出表", SPLIT, kind="预算")
    found = amounts(values)
    fund = "一般公共预算"
    assert found[budget("行政运行", fund, "2130201")] == "21.00万元"
    assert found[budget("行政运行", fund, "2130201", "基本支出")] == "21.00万元"
    assert found[budget("森林资源培育", fund, "2130205", "项目支出")] == "9.00万元"
    summed = [value for value in values if value.rows]
    assert {value.rows for value in summed} == {(2, 4), (3, 5)}
    assert {value.row_name for value in summed} == {
        "2130201 行政运行（2行之和）",
        "2130205 森林资源培育（2行之和）",
    }
    assert all(value.figure is None for value in values if value.row >= 2 and not value.rows)


def test_the_sum_of_rounded_rows_leaves_their_roundings_open() -> None:
    values = read("一般公共预算支出表", SPLIT, kind="预算")
    whole = next(value for value in values if value.rows)
    assert whole.quantity.interval.low <= Fraction(209900) <= whole.quantity.interval.high
    assert Fraction(210600) not in whole.quantity.interval


@pytest.mark.parametrize(
    "text",
    [
        SPLIT.replace("\t9.00\t9.00\t", "\t9.50\t9.50\t"),  # the rows are not all there is
        SPLIT.replace("\t合计\t30.00\t21.00\t9.00\n", ""),  # there is nothing that proves it
    ],
)
def test_rows_that_do_not_prove_to_be_all_have_no_sum(text: str) -> None:
    values = read("一般公共预算支出表", text, kind="预算")
    assert not any(value.rows for value in values)
    assert not any(value.figure and value.figure.code for value in values)


def test_rows_alike_of_two_units_are_both_counted() -> None:
    text = (
        "科目编码\t科目名称\t合计\n\t合计\t6.00\n2130201\t行政运行\t3.00\n2130201\t行政运行\t3.00\n"
    )
    found = amounts(read("一般公共预算支出表", text, kind="预算"))
    assert found[budget("行政运行", "一般公共预算", "2130201")] == "6.00万元"


def test_a_row_that_a_page_break_repeats_is_counted_once() -> None:
    text = (
        "科目编码\t科目名称\t合计\n\t合计\t3.00\n2130201\t行政运行\t3.00\n2130201\t行政运行\t3.00\n"
    )
    found = amounts(read("一般公共预算支出表", text, kind="预算"))
    assert found[budget("行政运行", "一般公共预算", "2130201")] == "3.00万元"


def test_subjects_split_by_a_second_classification_are_added_level_by_level() -> None:
    values = read(
        "一般公共预算基本支出情况表",
        """
科目编码\t<\t部门预算支出经济分类科目名称\t科目编码\t<\t政府预算支出经济分类科目名称\t基本支出预算\t<
类\t款\t^\t类\t款\t^\t小计\t人员支出
\t\t合计\t\t\t\t50.00\t50.00
301\t\t工资福利支出\t501\t\t机关工资福利支出\t30.00\t30.00
301\t01\t基本工资\t501\t01\t工资奖金津补贴\t30.00\t30.00
301\t\t工资福利支出\t505\t\t对事业单位经常性补助\t20.00\t20.00
301\t01\t基本工资\t505\t01\t工资福利支出\t20.00\t20.00
""",
        kind="预算",
    )
    found = amounts(values)
    assert found[budget("工资福利支出", "一般公共预算", "301")] == "50.00万元"
    assert found[budget("基本工资", "一般公共预算", "30101")] == "50.00万元"
    assert found[budget("基本支出", "一般公共预算")] == "50.00万元"


# ---- Tables by source of the money ----


BY_SOURCE = """
单位名称\t项目名称\t总计\t一般公共预算\t政府性基金\t单位资金\t上年结转
\t合计\t60.00\t50.00\t4.00\t6.00\t0.00
青禾县林业局\t防火道养护\t45.00\t35.00\t4.00\t6.00\t
青禾县林业局\t苗木检疫\t15.00\t15.00\t\t\t
"""


def test_a_table_of_projects_gives_their_total_by_fund() -> None:
    assert amounts(read("项目支出预算表", BY_SOURCE, kind="预算")) == {
        budget("项目支出", "全部"): "60.00万元",
        budget("项目支出", "一般公共预算"): "50.00万元",
        budget("项目支出", "政府性基金"): "4.00万元",
    }


def test_a_fund_is_not_known_where_money_was_carried_over_beside_it() -> None:
    text = BY_SOURCE.replace("6.00\t0.00\n", "1.00\t5.00\n")
    assert amounts(read("项目支出预算表", text, kind="预算")) == {
        budget("项目支出", "全部"): "60.00万元"
    }


def test_basic_expenditure_of_all_sources_by_name_alone() -> None:
    document = make_document(
        make_table(
            "基本支出总表",
            """
支出项目类别\t总计\t财政拨款\t<\t单位资金\t<\t上年结余、结转
^\t^\t小计\t一般公共预算拨款\t事业收入\t其他收入\t^
青禾县林业局\t9.00\t9.00\t9.00\t0.00\t0.00\t0.00
工资福利支出\t6.00\t6.00\t6.00\t0.00\t0.00\t0.00
基本工资\t6.00\t6.00\t6.00\t0.00\t0.00\t0.00
商品和服务支出\t3.00\t3.00\t3.00\t0.00\t0.00\t0.00
办公费\t3.00\t3.00\t3.00\t0.00\t0.00\t0.00
""",
        ),
        make_table(
            "一般公共预算支出表（按经济分类）",
            "科目编码\t科目名称\t支出总计\t基本支出\n\t合计\t7.00\t7.00\n"
            "301\t工资福利支出\t6.00\t6.00\n30201\t办公费\t1.00\t1.00\n",
        ),
        kind="预算",
    )
    first = [value for value in read_tables(document, PATTERNS) if value.table == 0]
    found = amounts(first)
    assert found[budget("基本支出", "全部")] == "9.00万元"
    assert found[budget("基本支出", "财政拨款")] == "9.00万元"
    assert found[budget("工资福利支出", "全部", "301")] == "6.00万元"
    assert found[budget("办公费", "一般公共预算", "30201")] == "3.00万元"
    assert not any(figure.item == "基本工资" for figure in found)  # its code is not known


@pytest.mark.parametrize("names", [("货物", "工程", "服务"), ("A-货物", "B-工程", "C-服务")])
def test_goods_works_and_services_of_a_procurement_table(names: tuple[str, ...]) -> None:
    goods, works, services = names
    text = (
        "采购类别\t采购品目\t数量\t金额\n"
        f"合计\t\t\t30.00\n{goods}\t\t\t12.00\n\t台式计算机\t3\t12.00\n"
        f"{works}\t\t\t8.00\n{services}\t\t\t10.00\n\t印刷服务\t1\t10.00\n"
    )
    assert amounts(read("政府采购预算表", text, kind="预算")) == {
        budget("政府采购支出总额", "全部"): "30.00万元",
        budget("政府采购货物支出", "全部"): "12.00万元",
        budget("政府采购工程支出", "全部"): "8.00万元",
        budget("政府采购服务支出", "全部"): "10.00万元",
    }


# ---- “三公”经费 ----


def test_sangong_by_fund_is_the_one_that_is_not_zero() -> None:
    found = amounts(
        read(
            "财政拨款“三公”经费支出表",
            """
预算单位\t年度\t总计\t<\t公务接待费\t<\t公务用车购置及运行维护费\t<
^\t^\t一般公共预算\t政府性基金预算\t一般公共预算\t政府性基金预算\t一般公共预算\t政府性基金预算
青禾县林业局\t2030年\t5.00\t1.00\t2.00\t0.00\t3.00\t1.00
\t2031年\t4.00\t0.00\t1.50\t0.00\t2.50\t0.00
\t增减变化金额\t-1.00\t-1.00\t-0.50\t0.00\t-0.50\t-1.00
""",
            kind="预算",
        )
    )
    assert found == {
        Figure("公务接待费", "预算数", 2030, "三公"): "2.00万元",
        budget("三公经费", "三公"): "4.00万元",
        budget("公务接待费", "三公"): "1.50万元",
        budget("公务用车购置及运行维护费", "三公"): "2.50万元",
    }


def test_sangong_of_last_year_and_this_year_side_by_side() -> None:
    found = amounts(
        read(
            "一般公共预算“三公”经费支出预算表",
            """
项目\t上年预算数\t本年预算数\t增减额\t增减（%）
合计\t9.00\t7.00\t-2.00\t-22.22
1.因公出国（境）费用\t4.00\t2.00\t-2.00\t-50.00
2.公务用车购置及运行维护费\t3.00\t3.00\t0.00\t0.00
其中：（1）公务用车购置费\t1.00\t1.00\t0.00\t0.00
（2）公务用车运行维护费\t2.00\t2.00\t0.00\t0.00
3.公务接待费\t2.00\t2.00\t0.00\t0.00
""",
            kind="预算",
        )
    )
    assert found[budget("三公经费", "三公")] == "7.00万元"
    assert found[budget("因公出国（境）费", "三公")] == "2.00万元"
    assert found[Figure("因公出国（境）费", "预算数", YEAR - 1, "三公")] == "4.00万元"
    assert found[budget("公务用车购置费", "三公")] == "1.00万元"
    assert len(found) == 12


RUNNING = """
项目\t行次\t年初预算数\t决算数\t项目\t行次\t统计数
栏次\t\t1\t2\t栏次\t\t3
一、“三公”经费支出\t1\t—\t—\t二、机关运行经费\t12\t64.20
（一）支出合计\t2\t7.00\t5.00\t（一）行政单位\t13\t64.20
1．因公出国（境）费\t3\t0.00\t0.00\t三、国有资产占用情况\t14\t—
2．公务用车购置及运行维护费\t4\t4.00\t3.20\t（一）车辆数合计（辆）\t15\t6
3．公务接待费\t5\t3.00\t1.80\t1．机要通信用车\t16\t2
（二）相关统计数\t6\t—\t—\t2．执法执勤用车\t17\t4
1．因公出国（境）团组数（个）\t7\t—\t0\t（二）单价100万元以上专用设备（台，套）\t18\t1
2．公务用车保有量（辆）\t8\t—\t3\t四、政府采购支出信息\t19\t—
3．国内公务接待批次（个）\t9\t—\t12\t（一）政府采购支出合计\t20\t33.30
其中：外事接待批次（个）\t10\t—\t0\t1．政府采购货物支出\t21\t20.10
4．国内公务接待人次（人）\t11\t—\t87\t2．政府采购服务支出\t22\t13.20
"""


def test_amounts_and_counts_of_how_a_unit_runs() -> None:
    values = read("机构运行信息表", RUNNING)
    found = amounts(values)
    counts = {
        figure.item: said
        for figure, said in found.items()
        if not said.endswith("万元") and figure.measure == "决算数"
    }
    assert counts == {
        "因公出国（境）团组": "0个",
        "公务用车保有量": "3辆",
        "国内公务接待批次": "12个",
        "外事接待批次": "0个",
        "国内公务接待人次": "87人",
        "车辆": "6辆",
        "机要通信用车": "2辆",
        "执法执勤用车": "4辆",
        "单价100万元以上专用设备": "1台，套",
    }
    assert found[final("三公经费", "三公")] == "5.00万元"
    assert found[Figure("三公经费", "年初预算数", YEAR, "三公")] == "7.00万元"
    assert found[final("机关运行经费", "全部")] == "64.20万元"
    assert found[final("政府采购支出总额", "全部")] == "33.30万元"
    assert found[final("政府采购服务支出", "全部")] == "13.20万元"
    counted = [v for v in values if v.quantity.unit.dimension is Dimension.COUNT]
    assert len(counted) == 9  # a dash is no count of 0
    assert all(value.column in (3, 6) for value in counted)


@pytest.mark.parametrize(
    ("unit", "other", "told"),
    [
        ("64.20", "", "64.20万元"),
        ("64.20", "3.00", None),  # what both are together is not printed
        ("", "—", "0万元"),
    ],
)
def test_a_title_without_a_number_is_what_its_parts_are(
    unit: str, other: str, told: str | None
) -> None:
    rows = RUNNING.replace("二、机关运行经费\t12\t64.20", "二、机关运行经费\t12\t—").replace(
        "（一）行政单位\t13\t64.20", f"（一）行政单位\t13\t{unit}"
    )
    rows = rows.replace(
        "1．因公出国（境）费", f"\t\t\t\t（二）参公单位\t14\t{other}\n1．因公出国（境）费"
    )
    found = amounts(read("机构运行信息表", rows))
    assert found.get(final("机关运行经费", "全部")) == told


def test_a_count_is_no_amount_and_an_amount_no_count() -> None:
    values = read(
        "“三公”经费及相关信息统计表",
        """
项目\t预算数（万元）\t决算数（万元）
公务接待费\t3.00\t12批
公务用车保有量\t2\t3
""",
    )
    assert [(value.quantity.text, value.figure and value.figure.item) for value in values] == [
        ("3.00万元", "公务接待费"),
        ("12批", None),
        ("2辆", "公务用车保有量"),
        ("3辆", "公务用车保有量"),
    ]


def test_the_basic_expenditure_of_a_subject_by_function_is_not_all_of_it() -> None:
    found = amounts(
        read(
            "一般公共预算基本支出表",
            "科目编码\t科目名称\t合计\t人员经费\n\t合计\t9.00\t9.00\n"
            "2130201\t行政运行\t9.00\t9.00\n",
            kind="预算",
        )
    )
    fund = "一般公共预算"
    assert found == {
        budget("基本支出", fund): "9.00万元",
        budget("人员经费", fund): "9.00万元",
        budget("行政运行", fund, "2130201", "基本支出"): "9.00万元",
        budget("行政运行", fund, "2130201", "人员经费"): "9.00万元",
    }


# ---- Annexes ----


BASIC = """
财政供养人员情况\t编制数\t2031年实际在职人数\t控制率
\t30\t28\t93.33%
经费控制情况（万元）\t2030年决算数\t2031年预算数\t2031年决算数
三公经费\t4.10\t5.00\t3.90
1、公务用车购置和维护经费\t2.00\t3.00\t2.40
其中：公车购置\t\t\t
公车运行维护\t2.00\t3.00\t2.40
2、出国经费\t0\t0\t0
3、公务接待\t2.10\t2.00\t1.50
项目支出：\t80.00\t90.00\t85.50
1、业务经费\t50.00\t60.00\t55.50
公用经费：\t40.00\t42.00\t41.00
其中：办公经费\t9.00\t9.50\t9.10
政府采购金额\t11.00\t12.00\t10.00
"""


def test_an_annex_of_basic_data() -> None:
    values = read("部门整体支出绩效评价基础数据表", BASIC, unit="")
    found = amounts(values)
    assert found[final("编制人数", "全部")] == "30人"
    assert found[final("在职人数", "全部")] == "28人"
    assert found[final("三公经费", "三公")] == "3.90万元"
    assert found[Figure("三公经费", "决算数", YEAR - 1, "三公")] == "4.10万元"
    assert found[budget("三公经费", "三公")] == "5.00万元"
    assert found[final("公务用车运行维护费", "三公")] == "2.40万元"
    assert found[final("因公出国（境）费", "三公")] == "0万元"
    assert found[final("项目支出", "全部")] == "85.50万元"
    assert found[final("政府采购支出总额", "全部")] == "10.00万元"
    plain = {value.row_name for value in values if value.figure is None}
    assert plain == {"1、业务经费", "其中：办公经费"}
    assert "93.33" not in {f"{value.quantity.value}" for value in values}


PROJECT = """
项目支出名称\t林区道路维护\t\t\t\t\t
主管部门\t青禾县林业局\t\t\t实施单位\t青禾县林业局\t
项目资金（万元）\t资金来源\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t20.00\t22.00\t21.50\t10\t97.73%\t9.77
\t其中：当年财政拨款\t18.00\t20.00\t19.50\t\t\t
\t上年结转资金\t2.00\t2.00\t2.00\t\t\t
绩效指标\t一级指标\t二级指标\t年度指标值\t实际完成值\t分值\t得分
\t产出指标\t维护里程\t36公里\t38公里\t20\t20
"""


def test_an_annex_about_a_project() -> None:
    values = read("项目支出绩效自评表", PROJECT, unit="")
    found = amounts(values)
    project = "林区道路维护"
    assert found == {
        Figure(project, "年初预算数", YEAR, "全部"): "20.00万元",
        Figure(project, "全年预算数", YEAR, "全部"): "22.00万元",
        Figure(project, "执行数", YEAR, "全部"): "21.50万元",
        Figure(project, "年初预算数", YEAR, "财政拨款"): "18.00万元",
        Figure(project, "全年预算数", YEAR, "财政拨款"): "20.00万元",
        Figure(project, "执行数", YEAR, "财政拨款"): "19.50万元",
    }
    said = {(value.row_name, value.column_name): value.quantity.text for value in values}
    assert said["上年结转资金", "全年预算数"] == "2.00万元"
    assert said["产出指标 维护里程", "实际完成值"] == "38公里"
    assert not any("分" in column for _, column in said)  # scores are no amounts


def test_an_annex_about_all_that_a_unit_spent() -> None:
    values = read(
        "部门整体支出绩效自评表",
        """
预算部门名称\t青禾县林业局\t\t\t\t\t\t
年度预算申请（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额：\t300.00\t330.00\t325.00\t10\t98.48%\t9.85
\t按收入性质分：\t\t\t\t按支出性质分：\t\t
\t一般公共预算：\t300.00\t\t\t其中：基本支出：\t210.00\t
""",
        unit="",
    )
    assert amounts(values) == {
        Figure("年度资金总额", "年初预算数", YEAR, "全部"): "300.00万元",
        Figure("年度资金总额", "全年预算数", YEAR, "全部"): "330.00万元",
        Figure("年度资金总额", "执行数", YEAR, "全部"): "325.00万元",
    }
    beside = next(value for value in values if value.row_name == "其中：基本支出：")
    assert beside.quantity.text == "210.00万元"


# ---- Empty tables ----


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "政府性基金预算财政拨款收入支出决算表",
            "项目\t\t年初结转和结余\t本年收入\t本年支出\t\t\t年末结转和结余\n"
            "科目编码\t科目名称\t\t\t小计\t基本支出\t项目支出\t\n\t\t\t\t\t\t\t\n\t\t\t\t\t\t\t\n",
        ),
        (
            "财政拨款“三公”经费支出决算表",
            "合计\t\t公务接待费\t\n预算数\t决算数\t预算数\t决算数\n\t\t\t\n",
        ),
    ],
)
def test_an_empty_table_is_known_and_has_no_values(title: str, text: str) -> None:
    document = make_document(make_table(title, text), kind="决算")
    (found,) = known_tables(document, PATTERNS)
    assert found is not None
    assert read_tables(document, PATTERNS) == ()


def test_the_total_row_of_an_empty_table_is_zero() -> None:
    text = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t\t\t\n\t\t\t\t\n"
    found = amounts(read("国有资本经营预算支出表", text, kind="预算"))
    assert set(found.values()) == {"0万元"}
    assert budget("支出合计", "国有资本经营") in found


# ---- Final accounts and budgets of other places ----


def test_four_classifications_side_by_side() -> None:
    found = amounts(
        read(
            "部门综合预算收支总表",
            """
收入\t<\t支出\t<\t<\t<\t<\t<
项目\t预算数\t支出功能分科目（按大类）\t预算数\t部门经济科目（按大类）\t预算数\t政府经济科目（按大类）\t预算数
一、部门预算\t90.00\t一、部门预算\t90.00\t一、部门预算\t90.00\t一、部门预算\t90.00
1、财政拨款\t85.00\t1、一般公共服务支出\t\t1、人员经费和公用经费支出\t60.00\t1、机关工资福利支出\t40.00
（1）一般公共预算拨款\t85.00\t2、农林水支出\t90.00\t（1）工资福利支出\t40.00\t2、机关商品和服务支出\t50.00
2、其他收入\t5.00\t\t\t（2）商品和服务支出\t20.00\t\t
本年收入合计\t90.00\t本年支出合计\t90.00\t本年支出合计\t90.00\t本年支出合计\t90.00
上年结转\t3.00\t结转下年\t3.00\t结转下年\t3.00\t结转下年\t3.00
收入总计\t93.00\t支出总计\t93.00\t支出总计\t93.00\t支出总计\t93.00
""",
            kind="预算",
        )
    )
    assert found[budget("收入合计", "全部")] == "90.00万元"
    assert found[budget("收入总计", "全部")] == "93.00万元"
    assert found[budget("财政拨款收入", "全部")] == "85.00万元"
    assert found[budget("农林水支出", "全部")] == "90.00万元"
    assert found[budget("支出合计", "全部")] == "90.00万元"
    assert found[budget("年末结转和结余", "全部")] == "3.00万元"


def test_two_years_of_a_table_by_function() -> None:
    values = read(
        "一般公共预算支出表",
        """
科目编码\t科目名称\t2030年执行数\t2031年预算数\t<\t<\t2031年预算比2030年执行数\t<
^\t^\t^\t小计\t基本支出\t项目支出\t增减额\t增减（%）
\t合计\t80.00\t88.00\t60.00\t28.00\t8.00\t10.00
213\t农林水支出\t80.00\t88.00\t60.00\t28.00\t8.00\t10.00
""",
        kind="预算",
    )
    found = amounts(values)
    fund = "一般公共预算"
    assert found == {
        Figure("支出合计", "执行数", YEAR - 1, fund): "80.00万元",
        budget("支出合计", fund): "88.00万元",
        budget("基本支出", fund): "60.00万元",
        budget("项目支出", fund): "28.00万元",
        Figure("农林水支出", "执行数", YEAR - 1, fund, "213"): "80.00万元",
        budget("农林水支出", fund, "213"): "88.00万元",
        budget("农林水支出", fund, "213", "基本支出"): "60.00万元",
        budget("农林水支出", fund, "213", "项目支出"): "28.00万元",
    }


def test_amounts_in_yuan_under_headers_of_three_levels() -> None:
    values = read(
        "部门支出预算总表",
        """
项目\t<\t<\t<\t支出预算\t<\t<
功能分类科目编码\t<\t<\t功能分类科目名称\t合计\t基本支出\t项目支出
类\t款\t项\t^\t^\t^\t^
213\t\t\t农林水支出\t880000\t600000\t280000
213\t02\t\t林业和草原\t880000\t600000\t280000
213\t02\t01\t行政运行\t600000\t600000\t
213\t02\t05\t森林资源培育\t280000\t\t280000
合计\t<\t<\t<\t880000\t600000\t280000
""",
        kind="预算",
        unit="元",
    )
    found = amounts(values)
    assert found[budget("支出合计", "全部")] == "880000元"
    assert found[budget("行政运行", "全部", "2130201")] == "600000元"
    assert found[budget("森林资源培育", "全部", "2130205", "项目支出")] == "280000元"
    assert values[0].quantity.amount == 880000


def test_all_subjects_of_a_detailed_table_but_not_its_economic_columns() -> None:
    values = read(
        "一般公共预算财政拨款支出决算明细表",
        """
项目\t<\t合计\t工资福利支出\t<\t商品和服务支出\t<
科目代码\t科目名称\t^\t小计\t基本工资\t小计\t办公费
栏次\t<\t1\t2\t3\t4\t5
合计\t<\t88.00\t60.00\t60.00\t28.00\t28.00
2130201\t行政运行\t88.00\t60.00\t60.00\t28.00\t28.00
""",
    )
    assert amounts(values) == {
        final("支出合计", "一般公共预算"): "88.00万元",
        final("行政运行", "一般公共预算", "2130201"): "88.00万元",
    }
    said = [(value.row_name, value.column_name) for value in values]
    assert ("2130201 行政运行", "商品和服务支出 / 办公费") in said


def test_income_and_expenditure_of_a_university() -> None:
    income = read(
        "高等学校收入决算表",
        """
科目编码\t科目名称\t本年收入合计\t财政拨款收入\t事业收入\t<\t其他收入
^\t^\t^\t^\t金额\t其中：教育收费\t^
205\t教育支出\t90.00\t50.00\t30.00\t20.00\t10.00
2050205\t高等教育\t90.00\t50.00\t30.00\t20.00\t10.00
\t合计\t90.00\t50.00\t30.00\t20.00\t10.00
""",
    )
    found = amounts(income)
    assert found[final("事业收入", "全部")] == "30.00万元"
    assert found[final("其他收入", "全部")] == "10.00万元"
    assert "20.00万元" not in found.values()
    assert sum(value.quantity.text == "20.00万元" for value in income) == 3  # plain


def test_lists_of_administrative_costs_with_the_sangong_among_them() -> None:
    found = amounts(
        read(
            "一般公共预算安排的行政经费及“三公”经费预算表",
            """
项目\t本年预算安排
行政经费\t70.00
“三公”经费\t9.00
其中：（一）因公出国（境）支出\t0.00
（二）公务用车购置及运行维护支出\t6.00
1．公务用车购置支出\t0.00
2．公务用车运行维护费\t6.00
（三）公务接待费支出\t3.00
""",
            kind="预算",
        )
    )
    assert found[budget("三公经费", "三公")] == "9.00万元"
    assert found[budget("公务用车购置及运行维护费", "三公")] == "6.00万元"
    assert found[budget("公务接待费", "三公")] == "3.00万元"
    assert "70.00万元" not in found.values()


def test_a_summary_of_appropriations_that_gives_the_carried_over_by_fund() -> None:
    found = amounts(
        read(
            "财政拨款收支总体情况表",
            """
收入\t<\t支出\t<\t<\t<
项目\t预算数\t项目\t合计\t一般公共预算\t政府性基金预算
一、本年收入\t50.00\t一、本年支出\t53.00\t51.00\t2.00
（一）一般公共预算拨款\t48.00\t（一）农林水支出\t51.00\t51.00\t
（二）政府性基金预算拨款\t2.00\t（二）其他支出\t2.00\t\t2.00
二、上年结转\t3.00\t二、年终结转结余\t\t\t
（一）一般公共预算拨款\t3.00\t\t\t\t
收入总计\t53.00\t支出总计\t53.00\t51.00\t2.00
""",
            kind="预算",
        )
    )
    assert found[budget("收入合计", "财政拨款")] == "50.00万元"
    assert found[budget("收入合计", "一般公共预算")] == "48.00万元"
    assert found[budget("年初结转和结余", "一般公共预算")] == "3.00万元"
    assert found[budget("支出合计", "政府性基金")] == "2.00万元"
    assert found[budget("农林水支出", "一般公共预算")] == "51.00万元"
    assert found[budget("支出总计", "财政拨款")] == "53.00万元"


def test_a_fund_of_state_capital_without_the_columns_of_income() -> None:
    found = amounts(
        read(
            "国有资本经营预算财政拨款支出决算表",
            """
项目\t<\t本年支出\t<\t<
科目代码\t科目名称\t合计\t基本支出\t项目支出
栏次\t<\t1\t2\t3
合计\t<\t5.00\t\t5.00
223\t国有资本经营预算支出\t5.00\t\t5.00
""",
        )
    )
    assert found[final("支出合计", "国有资本经营")] == "5.00万元"
    assert found[final("国有资本经营预算支出", "国有资本经营", "223", "项目支出")] == "5.00万元"


def test_economic_subjects_with_their_totals_at_the_foot() -> None:
    found = amounts(
        read(
            "一般公共预算财政拨款基本支出决算表",
            """
人员经费\t<\t<\t公用经费\t<\t<\t<\t<\t<
科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数
301\t工资福利支出\t40.00\t302\t商品和服务支出\t18.00\t307\t债务利息及费用支出\t
30101\t基本工资\t40.00\t30201\t办公费\t18.00\t310\t资本性支出\t2.00
303\t对个人和家庭的补助\t6.00\t\t\t\t31002\t办公设备购置\t2.00
30302\t退休费\t6.00\t\t\t\t399\t其他支出\t
人员经费合计\t<\t46.00\t公用经费合计\t<\t<\t<\t<\t20.00
合计\t<\t66.00\t\t\t\t\t\t
""",
        )
    )
    fund = "一般公共预算"
    assert found[final("对个人和家庭的补助", fund, "303")] == "6.00万元"
    assert found[final("办公设备购置", fund, "31002")] == "2.00万元"
    assert found[final("其他支出", fund, "399")] == "0万元"
    assert found[final("人员经费", fund)] == "46.00万元"
    assert found[final("公用经费", fund)] == "20.00万元"
    assert found[final("基本支出", fund)] == "66.00万元"


# ---- All amounts of real disclosures ----

CODED = re.compile(r"编码|代码|行次|序号|栏次|编号|年度$|^类$|^款$|^项$|日期")
UNCOUNTED = re.compile(
    r"[（(](人|辆|个|批|次|台|套|%|％|人次|批次|台[、，,/]?套|平方米|㎡)[）)]|%|率$|分值|得分|数量|单价"
)
AMOUNT = re.compile(r"[-－]?(\d{1,3}([,，]\d{3})+|\d+)([.．]\d+)?")
NUMBERING = re.compile(r"栏次|行次|\*\*")


def unread_amounts(document: Document, values: tuple[TableValue, ...]) -> tuple[int, list[str]]:
    """How many cells of the known tables look like amounts, and those that were not read.

    Told from the grid alone: no code, number of a row or column, count or rate.
    """
    read_at = {(value.table, value.row, value.column): value for value in values}
    patterns = known_tables(document, PATTERNS)
    count = 0
    missing: list[str] = []
    for index, (table, pattern) in enumerate(zip(document.tables, patterns, strict=True)):
        if pattern is None or pattern.layout == "附表":
            continue
        for row, column in _cells_of_amounts(table):
            count += 1
            value = read_at.get((index, row, column))
            if value is None or not _is_complete(value, table.rows[row]):
                missing.append(f"{table.title} {row}:{column} {table.rows[row][column].text}")
    return count, missing


def _cells_of_amounts(table: Table) -> Iterator[tuple[int, int]]:
    first = next((n for n, row in enumerate(table.rows) if _has_amounts(row)), len(table.rows))
    width = len(table.rows[0]) if table.rows else 0
    heads = ["".join(row[c].text for row in table.rows[:first]) for c in range(width)]
    for number, row in enumerate(table.rows[first:], start=first):
        if _is_numbering([cell.text for cell in row]):
            continue
        for column, cell in enumerate(row):
            name = "".join(each.text for each in row[:column])
            merged = column > 0 and row[column - 1] is cell
            coded = CODED.search(heads[column]) or (cell.text.isdigit() and not heads[column])
            other = merged or coded or UNCOUNTED.search(heads[column] + name)
            if AMOUNT.fullmatch("".join(cell.text.split())) and not other:
                yield number, column


def _is_complete(value: TableValue, row: tuple[Cell, ...]) -> bool:
    """Whether row, column and unit are told; a row may have no name."""
    named = any(cell.text and not AMOUNT.fullmatch("".join(cell.text.split())) for cell in row)
    return bool(value.column_name and value.quantity.unit.text and (value.row_name or not named))


def _has_amounts(row: tuple[Cell, ...]) -> bool:
    texts = ["".join(cell.text.split()) for cell in row]
    return any(AMOUNT.fullmatch(text) for text in texts) and not _is_numbering(texts)


def _is_numbering(texts: list[str]) -> bool:
    """Whether a row numbers the columns: 栏次 1 2 3."""
    filled = list(dict.fromkeys(text for text in texts if text))
    digits = [int(text) for text in filled if text.isdigit()]
    words = [text for text in filled if not text.isdigit()]
    return (
        bool(digits)
        and digits == list(range(1, len(digits) + 1))
        and not any(AMOUNT.fullmatch(text) for text in words)
        and (len(digits) > 1 or any(NUMBERING.search(text) for text in words))
    )


def test_amounts_of_real_disclosures_arrive_with_row_column_and_unit(shared: Path) -> None:
    for path in sorted((shared / "documents").iterdir()):
        document = real_document(path)
        count, missing = unread_amounts(document, read_tables(document, PATTERNS))
        print(f"{path.name}: {count - len(missing)} of {count}", *missing, sep="\n  ")
        assert len(missing) * 1000 <= count * 5, path.name
