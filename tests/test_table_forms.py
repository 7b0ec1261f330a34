"""Forms of tables that differ between provinces: by unit, by year, with numbered headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.figure import Figure
from narrcheck.findings import Finding
from narrcheck.load import load
from narrcheck.patterns.tables import load_tables
from narrcheck.tables import distrusted_tables, read_tables, read_with_proofs

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = load_tables(ROOT / "patterns" / "tables.toml")
YEAR = 2031
FUND = "一般公共预算"


def write(folder: Path, *parts: str, kind: str = "预算") -> Path:
    path = folder / "报告.txt"
    said = [f"青禾县林业局{YEAR}年度部门{kind}", *parts, f"{YEAR}年末共有职工36人。"]
    path.write_text("\n".join(said), encoding="utf-8")
    return path


def table(title: str, rows: str, unit: str = "万元") -> str:
    return f"\n{title}\n金额单位：{unit}\n{rows.strip(chr(10))}\n"


def findings(path: Path) -> list[tuple[str, str]]:
    return [(each.code, each.text) for each in check(path).findings if is_loud(each)]


def is_loud(finding: Finding) -> bool:
    return finding.severity.value != "info"


def figures(path: Path) -> dict[Figure, str]:
    """What the tables give for each figure; one that is read in two ways fails."""
    found: dict[Figure, str] = {}
    for value in read_tables(load(path), PATTERNS):
        if value.figure:
            said = f"{value.quantity.value:f}"
            assert found.setdefault(value.figure, said) == said
    return found


def budget(item: str, code: str = "", part: str = "", fund: str = FUND) -> Figure:
    return Figure(item, "预算数", YEAR, fund, code, part)


# ---- 类 款 项 栏次 1 2 3: a header that numbers its columns ----


NUMBERED = """
项目\t\t\t\t年初结转和结余\t本年收入\t本年支出\t\t\t年末结转和结余
功能分类科目编码\t\t\t科目名称\t\t\t小计\t基本支出\t项目支出\t
类\t款\t项\t栏次\t1\t2\t3\t4\t5\t6
"""
EMPTY_NOTE = "注：本部门没有政府性基金预算收支，故本表为空。"
FUND_TITLE = "政府性基金预算财政拨款收入支出决算表"


@pytest.mark.parametrize("total", ["\t\t\t合计" + "\t0.00" * 6, "\t\t\t合计" + "\t" * 6])
def test_the_numbers_of_columns_beside_code_labels_fill_no_empty_table(
    tmp_path: Path, total: str
) -> None:
    path = write(tmp_path, table(FUND_TITLE, NUMBERED + total), EMPTY_NOTE, kind="决算")
    assert findings(path) == []
    assert not any(each.quantity.value for each in read_tables(load(path), PATTERNS))


def test_a_filled_table_under_such_a_header_is_read_whole(tmp_path: Path) -> None:
    rows = """\t\t\t合计\t1.00\t20.00\t21.00\t\t21.00\t
212\t\t\t城乡社区支出\t1.00\t20.00\t21.00\t\t21.00\t
212\t08\t\t国有土地使用权出让收入安排的支出\t1.00\t20.00\t21.00\t\t21.00\t
"""
    path = write(tmp_path, table(FUND_TITLE, NUMBERED + rows), EMPTY_NOTE, kind="决算")
    found = figures(path)
    assert found[Figure("支出合计", "决算数", YEAR, "政府性基金")] == "21.00"
    assert found[Figure("城乡社区支出", "决算数", YEAR, "政府性基金", "212", "项目支出")] == "21.00"
    assert not any(figure.item == "栏次" for figure in found)
    assert findings(path) == [("NC104", EMPTY_NOTE)]


# ---- 目录 ----


CONTENTS = """目录
{line}
第一部分 部门概况
一、部门职责
二、机构设置
第二部分 名词解释

第一部分 部门概况
一、部门职责
负责林业工作。
二、机构设置
下设三个科室。
第二部分 名词解释
1.财政拨款收入：指财政拨款。
"""


@pytest.mark.parametrize(
    "line", ["公开时间：2032年9月15日", "2032年9月15日", "（2032年9月）", "编制单位：林业局办公室"]
)
def test_a_date_in_the_contents_is_no_section(tmp_path: Path, line: str) -> None:
    assert findings(write(tmp_path, CONTENTS.format(line=line))) == []


def test_a_section_of_the_contents_is_still_missed(tmp_path: Path) -> None:
    text = CONTENTS.format(line="三、政府采购支出说明")
    assert findings(write(tmp_path, text)) == [("NC602", "政府采购支出说明")]


# ---- By unit, with rows for the units' own totals ----


BY_UNIT = """
科目编码\t\t\t单位代码\t单位名称（科目）\t合计\t基本支出\t项目支出
类\t款\t项\t\t\t\t\t
\t\t\t\t合计\t31.00\t26.00\t5.00
\t\t\t\t青禾县林业局\t31.00\t26.00\t5.00
\t\t\t407001\t青禾县林业局（机关）\t22.00\t17.00\t5.00
205\t08\t03\t407001\t  培训支出\t2.00\t2.00\t
208\t05\t05\t407001\t  机关事业单位基本养老保险缴费支出\t15.00\t15.00\t
213\t02\t05\t407001\t  森林资源培育\t5.00\t\t5.00
\t\t\t407002\t青禾县苗圃\t9.00\t9.00\t
205\t08\t03\t407002\t  培训支出\t1.00\t1.00\t
208\t05\t05\t407002\t  机关事业单位基本养老保险缴费支出\t8.00\t8.00\t
"""
PENSIONS = (
    "1.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）"
)


def by_unit(folder: Path, amount: str, rows: str = BY_UNIT) -> Path:
    said = f"三、一般公共预算支出情况说明\n{PENSIONS}{YEAR}年预算数为{amount}万元。"
    return write(folder, said, table("一般公共预算支出预算表", rows))


def test_a_subject_of_several_units_is_the_sum_of_their_rows(tmp_path: Path) -> None:
    path = by_unit(tmp_path, "23")
    assert figures(path)[budget("培训支出", "2050803", "基本支出")] == "3.00"
    assert findings(path) == []
    assert findings(by_unit(tmp_path, "32")) == [("NC101", "32万元")]


def test_a_subject_is_named_though_its_rows_prove_no_sum(tmp_path: Path) -> None:
    rows = BY_UNIT + "208\t05\t06\t407002\t机关事业单位职业年金缴费支出\t4.00\t4.00\t\n"
    assert ("NC103", "机关事业单位基本养老保险缴费支出") not in findings(
        by_unit(tmp_path, "23", rows)
    )


LISTED = """
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t21.00\t21.00\t
205\t教育支出\t2.00\t2.00\t
20508\t进修及培训\t2.00\t2.00\t
2050803\t培训支出\t2.00\t2.00\t
229\t其他支出\t19.00\t19.00\t
22960\t彩票公益金安排的支出\t19.00\t19.00\t
2296002\t用于社会福利的彩票公益金支出\t19.00\t19.00\t
"""


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("教育支出（类）进修及培训（款）培训支出（项）2万元", []),
        ("（一）教育支出（类）进修及培训（款）培训支出（项）2万元", []),
        ("其他支出（类）彩票公益金安排的支出（款）用于社会福利的彩票公益金支出（项）19万元", []),
        ("其他支出（类）彩票公益金安排的支出（款）19万元、培训支出（项）2万元", []),
        ("教育支出（类）进修及培训（款）培训业务（项）2万元", [("NC103", "培训业务")]),
    ],
)
def test_a_subject_is_known_whatever_stands_before_its_name(
    tmp_path: Path, entry: str, wrong: list[tuple[str, str]]
) -> None:
    said = f"三、支出情况说明\n{YEAR}年{entry}。"
    found = findings(write(tmp_path, said, table("支出预算总表", LISTED)))
    assert [each for each in found if each[0] == "NC103"] == wrong


def test_units_with_subjects_of_all_levels_below_them(tmp_path: Path) -> None:
    rows = """
科目编码\t单位（科目）名称\t合计\t基本支出\t项目支出
\t合计\t50.00\t30.00\t20.00
407\t青禾县林业局\t50.00\t30.00\t20.00
407001\t青禾县林业局机关\t32.00\t20.00\t12.00
213\t农林水支出\t32.00\t20.00\t12.00
21302\t林业和草原\t32.00\t20.00\t12.00
2130201\t行政运行\t20.00\t20.00\t
2130205\t森林资源培育\t12.00\t\t12.00
407002\t青禾县苗圃\t18.00\t10.00\t8.00
213\t农林水支出\t18.00\t10.00\t8.00
21302\t林业和草原\t18.00\t10.00\t8.00
2130204\t事业机构\t10.00\t10.00\t
2130205\t森林资源培育\t8.00\t\t8.00
"""
    found = figures(write(tmp_path, table("部门支出总体情况表", rows)))
    assert found[budget("农林水支出", "213", fund="全部")] == "50.00"
    assert found[budget("森林资源培育", "2130205", "项目支出", "全部")] == "20.00"


def test_a_name_may_stand_before_its_code(tmp_path: Path) -> None:
    rows = """
科目名称\t科目编码\t2031年预算数\t\t\t2030年执行数\t增减%
\t\t合计\t基本支出\t项目支出\t\t
合计\t\t48.00\t30.00\t18.00\t40.00\t20.00
行政运行\t2130201\t30.00\t30.00\t\t25.00\t20.00
森林资源培育\t2130205\t18.00\t\t18.00\t15.00\t20.00
"""
    found = figures(write(tmp_path, table("一般公共预算支出表", rows)))
    assert found[budget("行政运行", "2130201")] == "30.00"
    assert found[Figure("行政运行", "执行数", YEAR - 1, FUND, "2130201")] == "25.00"
    assert "20.00" not in found.values()


def test_the_code_of_a_unit_is_no_amount(tmp_path: Path) -> None:
    rows = """
部门（单位）代码\t部门（单位）名称\t合计\t一般公共预算\t单位资金
\t合计\t34.00\t28.00\t6.00
407001\t青禾县林业局\t34.00\t28.00\t6.00
"""
    values = read_tables(load(write(tmp_path, table("部门收入总表", rows))), PATTERNS)
    assert not any(value.quantity.value == 407001 for value in values)


def test_projects_by_fund_leave_out_what_was_carried_over(tmp_path: Path) -> None:
    rows = """
项目名称\t合计\t一般公共预算\t政府性基金预算\t财政拨款结转结余
合计\t20.00\t15.00\t2.00\t3.00
防火道养护\t20.00\t15.00\t2.00\t3.00
"""
    found = figures(write(tmp_path, table("部门项目支出预算表", rows)))
    assert found == {budget("项目支出", fund="全部"): "20.00"}


# ---- The year whose money it is ----


BY_YEAR = """
项目\t\t\t\t\t合计\t{this}\t{last}
科目编码\t\t\t单位代码\t单位名称（科目）\t\t\t
类\t款\t项\t\t\t\t\t
\t\t\t\t合计\t31.00\t26.00\t5.00
\t\t\t407001\t青禾县林业局\t31.00\t26.00\t5.00
213\t02\t01\t407001\t  行政运行\t20.00\t20.00\t
213\t02\t05\t407001\t  森林资源培育\t11.00\t6.00\t5.00
"""


@pytest.mark.parametrize(
    ("this", "last"),
    [
        ("当年财政拨款安排", "上年结转安排"),
        ("当年拨款", "上年结转"),
        ("本年预算安排", "上年结转资金"),
        ("本年一般公共预算拨款", "上年结转结余"),
    ],
)
def test_the_money_of_each_year_is_a_part_of_a_subject(
    tmp_path: Path, this: str, last: str
) -> None:
    rows = BY_YEAR.format(this=this, last=last)
    path = write(tmp_path, table("一般公共预算支出预算表", rows))
    assert distrusted_tables(load(path), PATTERNS) == frozenset()
    found = figures(path)
    assert found[budget("森林资源培育", "2130205")] == "11.00"
    assert found[budget("森林资源培育", "2130205", "当年拨款")] == "6.00"
    assert found[budget("森林资源培育", "2130205", "上年结转")] == "5.00"
    assert found[budget("支出合计")] == "31.00"
    assert found[budget("当年拨款")] == "26.00"
    assert found[budget("年初结转和结余")] == "5.00"


def test_the_years_of_a_row_add_up_to_it(tmp_path: Path) -> None:
    rows = BY_YEAR.format(this="当年拨款", last="上年结转").replace("20.00\t20.00", "20.00\t26.00")
    path = write(tmp_path, table("一般公共预算支出预算表", rows))
    assert [code for code, _ in findings(path)] == ["NC401"]


def test_basic_expenditure_of_one_year_is_not_all_of_it(tmp_path: Path) -> None:
    rows = """
科目编码\t科目名称\t合计\t当年拨款\t\t上年结转\t
\t\t\t基本支出\t项目支出\t基本支出\t项目支出
\t合计\t31.00\t20.00\t6.00\t\t5.00
2130201\t行政运行\t20.00\t20.00\t\t\t
2130205\t森林资源培育\t11.00\t\t6.00\t\t5.00
"""
    found = figures(write(tmp_path, table("一般公共预算支出预算表", rows)))
    assert found[budget("支出合计")] == "31.00"
    assert not any(figure.part == "项目支出" or figure.item == "项目支出" for figure in found)


def test_this_years_budget_alone_is_the_whole(tmp_path: Path) -> None:
    rows = "科目编码\t科目名称\t本年预算数\n\t合计\t31.00\n2130201\t行政运行\t31.00\n"
    found = figures(write(tmp_path, table("一般公共预算支出预算表", rows)))
    assert found[budget("行政运行", "2130201")] == found[budget("支出合计")] == "31.00"


# ---- A header of three rows ----


SANGONG = """
单位编码\t单位名称（科目）\t{over}\t\t\t\t\t
\t\t合计\t因公出国（境）费用\t公务用车购置及运行费\t\t\t公务接待费
\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t
\t合计\t9.00\t1.00\t6.50\t\t6.50\t1.50
407001\t青禾县林业局\t9.00\t1.00\t6.50\t\t6.50\t1.50
"""


@pytest.mark.parametrize("over", ["当年财政拨款预算安排", "2031年预算数", "本年预算"])
def test_a_label_over_all_amounts_leaves_their_meaning(tmp_path: Path, over: str) -> None:
    title = "一般公共预算“三公”经费支出预算表"
    found = figures(write(tmp_path, table(title, SANGONG.format(over=over))))
    assert found[budget("三公经费", fund="三公")] == "9.00"
    assert found[budget("公务用车运行维护费", fund="三公")] == "6.50"
    assert found[budget("公务接待费", fund="三公")] == "1.50"


def test_such_a_header_is_not_believed_where_no_sum_proves_it(tmp_path: Path) -> None:
    rows = SANGONG.format(over="2031年预算数").replace("9.00\t1.00\t6.50", "8.00\t2.00\t7.50")
    path = write(tmp_path, table("一般公共预算“三公”经费支出预算表", rows))
    assert distrusted_tables(load(path), PATTERNS) == {0}
    assert figures(path) == {}


# ---- 单位资金 ----


INCOME = """
单位编码\t单位名称\t合计\t本年收入\t\t\t\t上年结转结余
\t\t\t小计\t一般公共预算\t政府性基金预算\t单位资金\t
\t合计\t34.00\t33.00\t28.00\t2.00\t{own}\t1.00
407001\t青禾县林业局\t34.00\t33.00\t28.00\t2.00\t{own}\t1.00
"""


def test_the_units_own_money_is_part_of_the_income(tmp_path: Path) -> None:
    title = "部门收入总体情况表"
    assert findings(write(tmp_path, table(title, INCOME.format(own="3.00")))) == []
    path = write(tmp_path, table(title, INCOME.format(own="3.00")))
    sums = read_with_proofs(load(path), PATTERNS)[1][0].sums
    assert any(len(each.parts) == 3 and not each.at_most and each.fits for each in sums)


def test_what_stands_beside_the_units_own_money_may_be_part_of_it(tmp_path: Path) -> None:
    rows = """
科目编码\t科目名称\t合计\t财政拨款\t单位资金\t事业收入\t其他收入
\t合计\t34.00\t30.00\t4.00\t3.00\t1.00
213\t农林水支出\t34.00\t30.00\t4.00\t3.00\t1.00
"""
    assert findings(write(tmp_path, table("收入预算总表", rows))) == []


# ---- A table without what was carried over ----


BOTH = """
收入\t\t支出\t\t
项目\t预算数\t项目\t合计\t一般公共预算
一、本年收入\t26.00\t一、本年支出\t31.00\t31.00
（一）一般公共预算拨款\t26.00\t（一）教育支出\t20.00\t20.00
二、上年结转\t5.00\t（二）农林水支出\t11.00\t11.00
（一）一般公共预算拨款\t5.00\t二、结转下年\t\t
收入总计\t31.00\t支出总计\t31.00\t31.00
"""
OF_THE_YEAR = """
科目编码\t科目名称\t合计\t基本支出\t项目支出
205\t教育支出\t20.00\t20.00\t
213\t农林水支出\t{farming}\t\t{farming}
\t合计\t{total}\t20.00\t{farming}
"""


@pytest.mark.parametrize(
    ("farming", "total", "loud"), [("6.00", "26.00", False), ("8.00", "28.00", True)]
)
def test_tables_may_differ_by_what_was_carried_over(
    tmp_path: Path, farming: str, total: str, loud: bool
) -> None:
    rows = OF_THE_YEAR.format(farming=farming, total=total)
    path = write(tmp_path, table("财政拨款收支总表", BOTH), table("一般公共预算支出表", rows))
    assert bool(findings(path)) is loud


# ---- Halves ----


def test_expenditure_in_three_classifications_side_by_side(tmp_path: Path) -> None:
    rows = """
收入\t\t支出\t\t\t\t\t
项目\t本年预算\t项目（按功能分类）\t本年预算\t项目（按部门预算经济分类）\t本年预算\t项目（按政府预算经济分类）\t本年预算
一、一般公共预算拨款收入\t28.00\t一、教育支出\t20.00\t一、基本支出\t25.00\t一、机关工资福利支出\t22.00
二、纳入专户管理的非税收入拨款\t3.00\t二、农林水支出\t11.00\t工资福利支出\t22.00\t二、机关商品支出\t9.00
\t\t\t\t二、项目支出\t6.00\t\t
本年收入合计\t31.00\t本年支出合计\t31.00\t本年支出合计\t31.00\t本年支出合计\t31.00
收入总计\t31.00\t支出总计\t31.00\t支出总计\t31.00\t支出总计\t31.00
"""
    found = figures(write(tmp_path, table("收支总表", rows)))
    assert found[budget("支出合计", fund="全部")] == "31.00"
    assert found[budget("项目支出", fund="全部")] == "6.00"
    assert found[budget("财政专户管理资金收入", fund="全部")] == "3.00"


def test_a_table_of_one_row_is_about_what_the_row_names(tmp_path: Path) -> None:
    rows = "项目\t行次\t决算数\n二、机关运行经费\t7\t405,150.20\n"
    path = write(tmp_path, table("机关运行经费情况表", rows, "元"), kind="决算")
    assert figures(path) == {Figure("机关运行经费", "决算数", YEAR, "全部"): "405150.20"}


def test_official_cars_together_in_a_list(tmp_path: Path) -> None:
    rows = """
项目\t预算数\t决算数
合计\t9.00\t8.00
1.因公出国（境）费\t\t
2.公务接待费\t2.00\t1.50
3.公务用车费\t7.00\t6.50
其中：（1）公务用车运行维护费\t7.00\t6.50
（2）公务用车购置费\t\t
"""
    path = write(tmp_path, table("财政拨款“三公”经费支出决算表", rows), kind="决算")
    found = figures(path)
    assert found[Figure("公务用车购置及运行维护费", "决算数", YEAR, "三公")] == "6.50"
