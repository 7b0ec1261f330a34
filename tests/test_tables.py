"""What the tables of a disclosure say: layouts, headers, decoys, torn numbers, titles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from narrcheck.document import Cell, Document, Table, Where
from narrcheck.errors import PatternError
from narrcheck.figure import TableValue
from narrcheck.load import load
from narrcheck.patterns.tables import YEAR, bare_name, load_tables
from narrcheck.tables import read_tables
from narrcheck.tables.cells import read_number, split_code

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = load_tables(ROOT / "patterns" / "tables.toml")


def make_table(title: str, text: str, money_unit: str = "万元") -> Table:
    """A table of tab-separated lines; rows are made equally long with empty cells."""
    lines = [line.split("\t") for line in text.strip("\n").split("\n")]
    width = max(len(line) for line in lines)
    place = 0
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        cells: list[Cell] = []
        for text_of_cell in (*line, *[""] * (width - len(line))):
            end = place + len(text_of_cell)
            cells.append(Cell(text_of_cell.strip(" "), Where(place, end)))
            place = end + 1
        rows.append(tuple(cells))
    return Table(title, "", money_unit, tuple(rows), Where(0, place))


def make_document(*tables: Table, kind: str = "决算", year: int | None = 2031) -> Document:
    return Document("", "", kind, "云溪县水务局", year, "", (0,), (), (), (), tables)


def read(title: str, text: str, *, kind: str = "决算", unit: str = "万元") -> list[TableValue]:
    document = make_document(make_table(title, text, unit), kind=kind)
    return list(read_tables(document, PATTERNS))


def known(values: list[TableValue]) -> dict[tuple[str, ...], str]:
    """Figures (item, measure, fund, code, part) and the digits that are printed for them."""
    return {
        (
            each.figure.item,
            each.figure.measure,
            each.figure.fund,
            each.figure.code,
            each.figure.part,
        ): (f"{each.quantity.value:f}")
        for each in values
        if each.figure
    }


SUMMARY = """
收入\t\t\t支出\t\t
项目\t行次\t金额\t项目\t行次\t金额
栏次\t\t1\t栏次\t\t2
一、一般公共预算财政拨款收入\t1\t310.50\t一、一般公共服务支出\t9\t
二、事业收入\t2\t—\t二、农林水支出\t10\t311.75
\t3\t\t三、其他支出\t11\t0.00
本年收入合计\t4\t310.50\t本年支出合计\t12\t311.75
使用非财政拨款结余和专用结余\t5\t\t结余分配\t13\t
年初结转和结余\t6\t1.25\t年末结转和结余\t14\t
总计\t7\t311.75\t总计\t15\t311.75
"""
EXPENDITURE = """
项目\t\t本年支出合计\t基本支出\t项目支出
科目代码\t科目名称\t\t\t
栏次\t\t1\t2\t3
合计\t\t311.75\t211.75\t100.00
213\t农林水支出\t311.75\t211.75\t100.00
21303\t水利\t311.75\t211.75\t100.00
2130301\t行政运行\t211.75\t211.75\t
2130306\t水利工程运行与维护（续建）\t100.00\t-\t100.00
"""


def test_a_summary_is_split_into_its_halves() -> None:
    found = known(read("收入支出决算总表", SUMMARY))
    assert found["一般公共预算财政拨款收入", "决算数", "全部", "", ""] == "310.50"
    assert found["收入合计", "决算数", "全部", "", ""] == "310.50"
    assert found["年初结转和结余", "决算数", "全部", "", ""] == "1.25"
    assert found["使用非财政拨款结余", "决算数", "全部", "", ""] == "0"
    assert found["支出合计", "决算数", "全部", "", ""] == "311.75"
    assert found["收入总计", "决算数", "全部", "", ""] == "311.75"
    assert found["支出总计", "决算数", "全部", "", ""] == "311.75"
    assert found["农林水支出", "决算数", "全部", "", ""] == "311.75"


def test_numbers_of_rows_and_columns_are_no_amounts() -> None:
    values = read("收入支出决算总表", SUMMARY)
    assert {value.column for value in values} == {2, 5}
    assert not {value.quantity.value for value in values} & {Decimal(each) for each in range(1, 16)}


def test_a_blank_or_a_dash_is_zero_only_in_a_row_with_a_name() -> None:
    values = read("收入支出决算总表", SUMMARY)
    zeros = {value.row_name: value.quantity for value in values if value.quantity.is_zero}
    assert set(zeros) == {
        *("事业收入", "一般公共服务支出", "其他支出", "使用非财政拨款结余和专用结余"),
        *("结余分配", "年末结转和结余"),
    }
    assert zeros["事业收入"].text == "0万元"
    assert zeros["事业收入"].places == 2
    assert zeros["其他支出"].text == "0.00万元"


def test_a_subject_of_the_summary_gets_the_code_of_another_table() -> None:
    document = make_document(
        make_table("收入支出决算总表", SUMMARY), make_table("支出决算表", EXPENDITURE)
    )
    codes = {
        value.figure.item: value.figure.code
        for value in read_tables(document, PATTERNS)
        if value.table == 0 and value.figure
    }
    assert codes["农林水支出"] == "213"
    assert codes["一般公共服务支出"] == ""


def test_subjects_and_totals_of_an_expenditure_table() -> None:
    values = read("支出决算表", EXPENDITURE)
    found = known(values)
    assert found["支出合计", "决算数", "全部", "", ""] == "311.75"
    assert found["项目支出", "决算数", "全部", "", ""] == "100.00"
    assert found["行政运行", "决算数", "全部", "2130301", ""] == "211.75"
    assert found["行政运行", "决算数", "全部", "2130301", "项目支出"] == "0"
    assert found["水利工程运行与维护（续建）", "决算数", "全部", "2130306", "基本支出"] == "0"
    assert len(found) == len(values) == 15
    assert {value.quantity.usual for value in values} == {2}


def test_the_income_of_a_subject_is_another_measure_than_its_expenditure() -> None:
    found = known(
        read(
            "收入决算表",
            """
项目\t\t本年收入合计\t财政拨款收入\t其他收入
科目代码\t科目名称\t\t\t
栏次\t\t1\t2\t3
合计\t\t90.00\t88.00\t2.00
213\t农林水支出\t90.00\t88.00\t2.00
""",
        )
    )
    assert found == {
        ("收入合计", "决算数", "全部", "", ""): "90.00",
        ("财政拨款收入", "决算数", "全部", "", ""): "88.00",
        ("其他收入", "决算数", "全部", "", ""): "2.00",
        ("农林水支出", "收入决算数", "全部", "213", ""): "90.00",
        ("农林水支出", "收入决算数", "全部", "213", "财政拨款收入"): "88.00",
        ("农林水支出", "收入决算数", "全部", "213", "其他收入"): "2.00",
    }


def test_funds_of_the_summary_of_appropriations() -> None:
    found = known(
        read(
            "财政拨款收入支出决算总表",
            """
收 入\t\t\t支 出\t\t\t\t\t
项目\t行次\t金额\t项目\t行次\t合计\t一般公共预算财政拨款\t政府性基金预算财政拨款\t国有资本经营预算财政拨款
栏次\t\t1\t栏次\t\t2\t3\t4\t5
一、一般公共预算财政拨款\t1\t50.00\t一、农林水支出\t8\t47.00\t45.00\t2.00\t0.00
二、政府性基金预算财政拨款\t2\t2.00\t二、其他支出\t9\t0.00\t0.00\t0.00\t0.00
本年收入合计\t3\t52.00\t本年支出合计\t10\t47.00\t45.00\t2.00\t0.00
年初财政拨款结转和结余\t4\t3.00\t年末财政拨款结转和结余\t11\t8.00\t8.00\t0.00\t0.00
一般公共预算财政拨款\t5\t3.00\t\t12\t\t\t\t
政府性基金预算财政拨款\t6\t0.00\t\t13\t\t\t\t
总计\t7\t55.00\t总计\t14\t55.00\t53.00\t2.00\t0.00
""",
        )
    )
    assert found["收入合计", "决算数", "一般公共预算", "", ""] == "50.00"
    assert found["收入合计", "决算数", "财政拨款", "", ""] == "52.00"
    assert found["年初结转和结余", "决算数", "财政拨款", "", ""] == "3.00"
    assert found["年初结转和结余", "决算数", "一般公共预算", "", ""] == "3.00"
    assert found["年初结转和结余", "决算数", "政府性基金", "", ""] == "0.00"
    assert found["农林水支出", "决算数", "财政拨款", "", ""] == "47.00"
    assert found["农林水支出", "决算数", "政府性基金", "", ""] == "2.00"
    assert found["年末结转和结余", "决算数", "一般公共预算", "", ""] == "8.00"
    assert found["支出总计", "决算数", "一般公共预算", "", ""] == "53.00"
    assert found["收入总计", "决算数", "财政拨款", "", ""] == "55.00"


def test_torn_amounts_and_headers_on_two_levels() -> None:
    values = read(
        "一般公共预算财政拨款支出决算表",
        """
项目\t\t\t本年支出\t\t
科目代码\t科目名称\t\t小计\t基本支出\t项目支出
栏次\t\t\t1\t2\t3
合计\t\t\t1，045. 10\t1,002. 10\t43. 00
2130301\t行政运行\t\t1，045. 10\t1,002. 10\t43. 00
""",
    )
    found = known(values)
    assert found["支出合计", "决算数", "一般公共预算", "", ""] == "1045.10"
    assert found["行政运行", "决算数", "一般公共预算", "2130301", ""] == "1045.10"
    assert (values[3].row_name, values[3].column_name) == ("2130301 行政运行", "本年支出 / 小计")
    assert values[0].quantity.text == "1,045.10万元"


def test_carried_over_income_and_expenditure_of_a_government_fund() -> None:
    found = known(
        read(
            "政府性基金预算财政拨款收入支出决算表",
            """
项目\t\t年初结转和结余\t本年收入\t本年支出\t\t\t年末结转和结余
科目代码\t科目名称\t\t\t小计\t基本支出\t项目支出\t
栏次\t\t1\t2\t3\t4\t5\t6
合计\t\t1.00\t9.00\t8.00\t\t8.00\t2.00
212\t城乡社区支出\t1.00\t9.00\t8.00\t\t8.00\t2.00
""",
        )
    )
    assert found["年初结转和结余", "决算数", "政府性基金", "", ""] == "1.00"
    assert found["收入合计", "决算数", "政府性基金", "", ""] == "9.00"
    assert found["支出合计", "决算数", "政府性基金", "", ""] == "8.00"
    assert found["基本支出", "决算数", "政府性基金", "", ""] == "0"
    assert found["城乡社区支出", "决算数", "政府性基金", "212", ""] == "8.00"
    assert found["城乡社区支出", "决算数", "政府性基金", "212", "收入合计"] == "9.00"


def test_columns_of_economic_subjects_side_by_side() -> None:
    values = read(
        "一般公共预算财政拨款基本支出决算明细表",
        """
人员经费\t\t\t公用经费\t\t\t\t\t
科目代码\t科目名称\t决算数\t科目代码\t科目名称\t决算数\t科目代码\t科目名称\t决算数
301\t工资福利支出\t70.00\t302\t商品和服务支出\t9.00\t310\t资本性支出\t1.00
30101\t基本工资\t70.00\t30217\t公务接待费\t9.00\t31002\t办公设备购置\t1.00
30102\t津贴补贴\t\t\t\t\t\t\t
人员经费合计\t\t70.00\t公用经费合计\t\t\t\t\t10.00
""",
    )
    assert known(values) == {
        ("工资福利支出", "决算数", "一般公共预算", "301", ""): "70.00",
        ("基本工资", "决算数", "一般公共预算", "30101", ""): "70.00",
        ("津贴补贴", "决算数", "一般公共预算", "30102", ""): "0",
        ("商品和服务支出", "决算数", "一般公共预算", "302", ""): "9.00",
        ("公务接待费", "决算数", "一般公共预算", "30217", ""): "9.00",
        ("资本性支出", "决算数", "一般公共预算", "310", ""): "1.00",
        ("办公设备购置", "决算数", "一般公共预算", "31002", ""): "1.00",
        ("人员经费", "决算数", "一般公共预算", "", ""): "70.00",
        ("公用经费", "决算数", "一般公共预算", "", ""): "10.00",
    }


SANGONG = {
    "groups side by side": """
预算数\t\t\t\t\t\t决算数\t\t\t\t\t
合计\t因公出国(境)费\t公务用车购置及运行维护费\t\t\t公务接待费\t合计\t因公出国(境)费\t公务用车购置及运行维护费\t\t\t公务接待费
\t\t小计\t公务用车购置费\t公务用车运行维护费\t\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t
1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12
9.00\t1.00\t5.00\t3.00\t2.00\t3.00\t7.00\t\t4.50\t3.00\t1.50\t2.50
""",
    "groups in rows": """
\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t\t小计\t公务用车购置费\t公务用车运行费\t
预算数\t9.00\t1.00\t5.00\t3.00\t2.00\t3.00
决算数\t7.00\t0.00\t4.50\t3.00\t1.50\t2.50
""",
    "items in rows": """
项目\t行次\t预算数\t决算数
栏次\t\t1\t2
“三公”经费支出\t1\t9.00\t7.00
1．因公出国（境）费\t2\t1.00\t0.00
2．公务用车购置及运行维护费\t3\t5.00\t4.50
（1）公务用车购置费\t4\t3.00\t3.00
（2）公务用车运行维护费\t5\t2.00\t1.50
3．公务接待费\t6\t3.00\t2.50
国内公务接待批次（个）\t7\t—\t4
""",
    "budget and final side by side under each item": """
合计\t\t因公出国（境）费\t\t公务用车购置及运行维护费\t\t\t\t\t\t公务接待费\t
\t\t\t\t小计\t\t公务用车购置费\t\t公务用车运行维护费\t\t\t
预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数
9.00\t7.00\t1.00\t0.00\t5.00\t4.50\t3.00\t3.00\t2.00\t1.50\t3.00\t2.50
""",
}


@pytest.mark.parametrize("layout", SANGONG)
def test_sangong_tables_of_all_layouts_say_the_same(layout: str) -> None:
    found = known(read("财政拨款“三公”经费支出决算表", SANGONG[layout]))
    amounts = {key: Decimal(value) for key, value in found.items() if key[2] == "三公"}
    assert {key[0:2]: value for key, value in amounts.items()} == {
        ("三公经费", "预算数"): Decimal("9.00"),
        ("因公出国（境）费", "预算数"): Decimal("1.00"),
        ("公务用车购置及运行维护费", "预算数"): Decimal("5.00"),
        ("公务用车购置费", "预算数"): Decimal("3.00"),
        ("公务用车运行维护费", "预算数"): Decimal("2.00"),
        ("公务接待费", "预算数"): Decimal("3.00"),
        ("三公经费", "决算数"): Decimal("7.00"),
        ("因公出国（境）费", "决算数"): Decimal("0.00"),
        ("公务用车购置及运行维护费", "决算数"): Decimal("4.50"),
        ("公务用车购置费", "决算数"): Decimal("3.00"),
        ("公务用车运行维护费", "决算数"): Decimal("1.50"),
        ("公务接待费", "决算数"): Decimal("2.50"),
    }
    counted = {key[0:2]: value for key, value in found.items() if key not in amounts}
    assert counted == ({("国内公务接待批次", "决算数"): "4"} if layout == "items in rows" else {})


def test_a_sum_beyond_the_sangong_items_is_not_their_total() -> None:
    found = known(
        read(
            "一般公共预算“三公”经费、会议费、培训费支出预算表",
            """
合计\t“三公”经费\t\t会议费\t培训费
\t小计\t公务接待费\t\t
30.00\t10.00\t10.00\t12.00\t8.00
""",
            kind="预算",
        )
    )
    assert found == {
        ("三公经费", "预算数", "三公", "", ""): "10.00",
        ("公务接待费", "预算数", "三公", "", ""): "10.00",
        ("会议费", "预算数", "全部", "", ""): "12.00",
        ("培训费", "预算数", "全部", "", ""): "8.00",
    }


def test_a_header_names_another_year() -> None:
    values = read(
        "一般公共预算“三公”经费支出表",
        "2030年预算数\t\t2031年预算数\t\n合计\t公务接待费\t合计\t公务接待费\n6\t6\t5\t5\n",
        kind="预算",
    )
    assert [value.figure and value.figure.year for value in values] == [2030, 2030, 2031, 2031]


@pytest.mark.parametrize(
    "rows",
    [
        "213\t03\t01\t行政运行\t4",
        "213\t\t\t农林水支出\t4\n\t03\t\t水利\t4\n\t\t01\t行政运行\t4",
        "213\t3\t1\t行政运行\t4",
        "\t\t2130301\t行政运行\t4",
        "2130301\t\t\t行政运行\t4",
    ],
)
def test_codes_split_over_three_columns_are_joined(rows: str) -> None:
    header = "科目编码\t\t\t科目名称\t合计\n类\t款\t项\t\t\n\t\t\t合计\t4\n"
    found = known(read("支出总表", header + rows, kind="预算"))
    assert found["行政运行", "预算数", "全部", "2130301", ""] == "4"


@pytest.mark.parametrize("carried", ["上年结转结余", "上年结转（结余）", "年初结转(结余)"])
def test_columns_that_are_carried_over_make_the_sum_a_grand_total(carried: str) -> None:
    found = known(
        read(
            "收入总表",
            f"""
部门代码\t部门名称\t合计\t本年收入\t\t\t{carried}\t
\t\t\t小计\t一般公共预算\t事业收入\t小计\t一般公共预算
\t合计\t12.00\t10.00\t9.00\t1.00\t2.00\t2.00
309\t云溪县水务局\t12.00\t10.00\t9.00\t1.00\t2.00\t2.00
309001\t云溪县水务局（本级）\t7.00\t6.00\t6.00\t\t1.00\t1.00
""",
            kind="预算",
        )
    )
    assert found == {
        ("收入总计", "预算数", "全部", "", ""): "12.00",
        ("收入合计", "预算数", "全部", "", ""): "10.00",
        ("一般公共预算财政拨款收入", "预算数", "全部", "", ""): "9.00",
        ("事业收入", "预算数", "全部", "", ""): "1.00",
        ("年初结转和结余", "预算数", "全部", "", ""): "2.00",
        ("年初结转和结余", "预算数", "一般公共预算", "", ""): "2.00",
    }


def test_staff_and_running_costs_in_columns() -> None:
    found = known(
        read(
            "一般公共预算基本支出表",
            """
部门预算支出经济分类科目\t\t本年一般公共预算基本支出\t\t
科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t12.00\t9.00\t3.00
301\t工资福利支出\t9.00\t9.00\t
30201 办公费\t\t3.00\t\t3.00
""",
            kind="预算",
        )
    )
    assert found["基本支出", "预算数", "一般公共预算", "", ""] == "12.00"
    assert found["人员经费", "预算数", "一般公共预算", "", ""] == "9.00"
    assert found["公用经费", "预算数", "一般公共预算", "", ""] == "3.00"
    assert found["工资福利支出", "预算数", "一般公共预算", "301", ""] == "9.00"
    assert found["办公费", "预算数", "一般公共预算", "30201", ""] == "3.00"


def test_a_subject_split_over_rows_has_no_figure() -> None:
    values = read(
        "支出总表",
        """
支出功能分类科目\t部门支出经济分类科目\t合计
2130301-行政运行\t30101-基本工资\t7.00
2130301-行政运行\t30201-办公费\t5.00
2130306-水利工程\t30201-办公费\t4.00
""",
        kind="预算",
    )
    assert [value.quantity.value for value in values] == [Decimal(7), Decimal(5), Decimal(4)]
    assert known(values) == {("水利工程", "预算数", "全部", "2130306", ""): "4.00"}


def test_a_header_that_a_page_break_repeats_is_no_row() -> None:
    again = "\n".join(EXPENDITURE.strip("\n").split("\n")[:4])
    values = read("支出决算表", f"{EXPENDITURE.rstrip()}\n{again}\n2130399\t其他水利支出\t\t\t\n")
    found = known(values)
    assert found["支出合计", "决算数", "全部", "", ""] == "311.75"
    assert found["其他水利支出", "决算数", "全部", "2130399", ""] == "0"
    assert not any("栏次" in value.row_name or "科目" in value.row_name for value in values)


def test_the_unit_is_that_of_the_caption_or_of_the_other_tables() -> None:
    in_yuan = read("支出决算表", EXPENDITURE, unit="元")
    assert {value.quantity.unit.text for value in in_yuan} == {"元"}
    assert in_yuan[0].quantity.amount * 100 == 31175
    assert read("支出决算表", EXPENDITURE, unit="") == []
    document = make_document(
        make_table("支出决算表", EXPENDITURE, ""), make_table("收入支出决算总表", SUMMARY, "万元")
    )
    assert {each.quantity.unit.text for each in read_tables(document, PATTERNS)} == {"万元"}


def test_an_unknown_table_gives_its_numbers_without_figures_where_it_names_a_unit() -> None:
    values = read(
        "重点工作完成情况",
        """
人员情况\t编制数\t实有人数
\t27\t26
经费情况（万元）\t2030年决算数\t2031年决算数
三公经费\t0.28\t0.67
接待批次\t3 批\t4 批
指标\t目标值\t完成值
热线办结\t15000 件\t13426 件
成本控制\t600.5 万元\t590.25 万元
满意度\t95%\t98%
""",
        unit="",
    )
    assert [(each.row_name, each.column_name, each.quantity.text) for each in values] == [
        ("", "编制数", "27人"),
        ("", "实有人数", "26人"),
        ("三公经费", "2030年决算数", "0.28万元"),
        ("三公经费", "2031年决算数", "0.67万元"),
        ("接待批次", "2030年决算数", "3批"),
        ("接待批次", "2031年决算数", "4批"),
        ("热线办结", "目标值", "15000件"),
        ("热线办结", "完成值", "13426件"),
        ("成本控制", "目标值", "600.5万元"),
        ("成本控制", "完成值", "590.25万元"),
    ]
    assert not known(values)


def test_a_total_of_procurement_and_of_running_costs() -> None:
    found = known(
        read("政府采购预算表", "项目名称\t合计\n合计\t25.00\n水泵购置\t25.00", kind="预算")
    )
    assert found == {("政府采购支出总额", "预算数", "全部", "", ""): "25.00"}
    found = known(
        read(
            "一般公共预算机关运行经费支出预算表",
            "科目编码\t科目名称\t机关运行经费支出\n\t合计\t8.00\n302\t商品和服务支出\t8.00",
            kind="预算",
        )
    )
    assert found == {("机关运行经费", "预算数", "全部", "", ""): "8.00"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("878. 81", "878.81"),
        ("１，２３４．５０", "1234.50"),
        ("3，518.85", "3518.85"),
        ("-5.00", "-5.00"),
        ("−5.00", "-5.00"),
        ("△5.00", "-5.00"),
        ("（5.00）", "-5.00"),
        ("0.00", "0.00"),
        ("152,585.7\n6", "152585.76"),
    ],
)
def test_a_number_is_read_however_it_is_printed(text: str, value: str) -> None:
    number = read_number(text)
    assert number is not None
    assert number.value == Decimal(value)
    assert number.places == len(value.partition(".")[2])


@pytest.mark.parametrize(
    "text", ["", "-", "—", "合计", "12 34", "5.00 3.00", "1.2.3", "1=2+3", "2031年决算数", "（1）"]
)
def test_no_number_is_read_where_there_is_none(text: str) -> None:
    assert read_number(text) is None


def test_units_printed_in_the_cell_are_kept_apart() -> None:
    assert [
        (number.digits, number.unit)
        for text in ("26%", "15000 件", "635.29 万元")
        if (number := read_number(text))
    ] == [("26", "%"), ("15000", "件"), ("635.29", "万元")]


def test_codes_and_numbering_are_taken_off_names() -> None:
    assert split_code("30101 基本工资") == ("30101", "基本工资")
    assert split_code("2010302一般行政管理事务") == ("2010302", "一般行政管理事务")
    assert split_code("2010801-行政运行") == ("2010801", "行政运行")
    assert split_code("12345热线") == ("", "12345热线")
    assert bare_name("二十一、国有资本经营预算支出") == "国有资本经营预算支出"
    assert bare_name("其中: 因公出国(境)费") == "因公出国（境）费"


def test_an_example_that_is_not_recognised_is_refused(tmp_path: Path) -> None:
    labels = (ROOT / "patterns" / "table_labels.toml").read_text(encoding="utf-8")
    (tmp_path / "table_labels.toml").write_text(labels, encoding="utf-8")
    tables = tmp_path / "tables.toml"
    tables.write_text(
        '[[table]]\nid = "甲"\nall = ["总表"]\nnot = []\nheaders = []\nlayout = "总表"\n'
        'fund = "全部"\nexamples = ["支出决算表"]\nothers = ["收入表"]\n',
        encoding="utf-8",
    )
    with pytest.raises(PatternError, match="甲"):
        load_tables(tables)


def weaker(text: str) -> Iterator[str]:
    """A regular expression without each of its alternatives, and without each optional group."""
    opened = [0]
    cuts: list[list[int]] = [[0]]
    for place, sign in enumerate(text):
        if sign == "(":
            opened.append(place)
            cuts.append([place + 1])
        elif sign == "|":
            cuts[-1].append(place + 1)
        elif sign == ")":
            start, parts = opened.pop(), cuts.pop()
            if text[place + 1 : place + 2] == "?":
                yield text[:start] + text[place + 2 :]
            yield from without_each(text, [*parts, place + 1])
    yield from without_each(text, [*cuts[0], len(text) + 1])


def without_each(text: str, cuts: list[int]) -> Iterator[str]:
    """``text`` without each alternative that ``cuts`` bound; nothing where there is but one."""
    for place in range(len(cuts) - 1) if len(cuts) > 2 else ():
        kept = [text[a : b - 1] for a, b in pairwise(cuts) if a != cuts[place]]
        yield text[: cuts[0]] + "|".join(kept) + text[cuts[-1] - 1 :]


def test_every_alternative_of_a_label_is_shown_by_an_example() -> None:
    path = ROOT / "patterns" / "table_labels.toml"
    idle: list[tuple[str, str]] = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["label"]:
        names = [YEAR.sub("", bare_name(example)) for example in entry["examples"]]
        for text in weaker(entry["text"]):
            fits = (
                re.compile(text).search
                if entry["role"] == "measure"
                else re.compile(text).fullmatch
            )
            if all(fits(name) for name in names):
                idle.append((entry["id"], text))
    assert idle == []


def test_a_real_disclosure_is_read_whole(shared: Path) -> None:
    document = load(shared / "documents" / "hetang-zhengfuban-2023-juesuan.txt")
    values = read_tables(document, PATTERNS)
    tables_known = {value.table for value in values if value.figure}
    assert tables_known == set(range(10))  # the last three are annexes
    assert all(value.figure for value in values if value.table < 7)
    found = known(list(values))
    assert found["一般行政管理事务", "决算数", "一般公共预算", "2010302", ""] == "42.06"
    assert found["公务接待费", "决算数", "三公", "", ""] == "0.67"
    assert found["公用经费", "决算数", "一般公共预算", "", ""] == "85.37"
    assert found["支出合计", "决算数", "全部", "", ""] == "878.81"
    printed = next(each for each in values if each.figure and each.figure.part == "项目支出")
    assert document.text[printed.where.start : printed.where.end].strip()
