"""Tables as texts print them: bars between cells, bare captions, units and changes that add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.claims.entries import named_levels
from narrcheck.figure import Figure
from narrcheck.load.caption import Facts, read_facts
from narrcheck.load.text import load_text
from narrcheck.patterns.tables import load_tables
from narrcheck.tables import read_tables

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = load_tables(ROOT / "patterns" / "tables.toml")
HEAD = "青禾县林业局2031年部门预算\n\n"
PROSE = "\n第三部分 情况说明\n2031年末共有职工36人。\n"

OPEN = """\
预算公开02表
一般公共预算支出表
青禾县林业局    单位：万元
科目编码|科目名称|2030年预算数|2031年当年拨款合计|基本支出|项目支出
|合计|90|100|70|30
205|教育支出|50|60|45|15
20502|普通教育|30|48|40|8
2050202|小学教育|30|48|40|8
20508|进修及培训|20|12|5|7
2050803|培训支出|20|12|5|7
213|农林水支出|40|40|25|15
21302|林业和草原|40|40|25|15
2130207|森林资源管理|40|40|25|15
"""
UNITS = """\
表二　部门支出总表（分单位）
编制部门：青禾县林业局　　单位：万元
预算单位\t合计\t基本支出\t项目支出
合计\t161.40\t96.70\t64.70
局机关（本级）\t83.25\t41.05\t42.20
县苗圃\t45.80\t33.60\t12.20
县护林站\t32.35\t22.05\t10.30
"""
CHANGES = """\
表3  一般公共预算支出表
部门名称：青禾县林业局\t\t单位：万元
功能科目\t科目名称\t2030年预算数\t2031年预算数\t增减额\t增减%
\t合计\t312.6\t340.9\t+28.3\t9.1
213\t农林水支出\t312.6\t340.9\t+28.3\t9.1
21302\t林业和草原\t312.6\t340.9\t+28.3\t9.1
2130201\t行政运行\t180.3\t172.6\t-7.7\t-4.3
2130205\t森林资源培育\t98.6\t134.6\t+36.0\t36.5
2130207\t森林资源管理\t33.7\t33.7\t0.0\t0.0
"""


def told(folder: Path, *parts: str) -> list[tuple[str, str, str | None]]:
    path = folder / "报告.txt"
    path.write_text(HEAD + "\n".join(parts) + PROSE, encoding="utf-8")
    loud = (each for each in check(path).findings if each.severity.value != "info")
    return [(each.code, each.text, each.expected) for each in loud]


def grids(text: str) -> list[list[list[str]]]:
    tables = load_text("made.txt", "0" * 64, text.encode()).tables
    return [[[cell.text for cell in row] for row in table.rows] for table in tables]


# ---- Bars ----


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("项目|金额\n合计|3.00\n甲|3.00", [["项目", "金额"], ["合计", "3.00"], ["甲", "3.00"]]),
        ("编码|名称|金额\n|合计|3.00", [["编码", "名称", "金额"], ["", "合计", "3.00"]]),
        ("名称|金额|备注\n合计|3.00|", [["名称", "金额", "备注"], ["合计", "3.00", ""]]),
        ("项目｜金额\n合计｜3.00", [["项目", "金额"], ["合计", "3.00"]]),
        ("项目|金额|\n合计|3.00|", [["项目", "金额"], ["合计", "3.00"]]),
        ("项目|金额\n---|---\n合计|3.00", [["项目", "金额"], ["合计", "3.00"]]),
        (
            "┌──┬──┐\n│项目│金额│\n├──┼──┤\n│合计│3.00│\n└──┴──┘",
            [["项目", "金额"], ["合计", "3.00"]],
        ),
        (
            "+----+----+\n| 项目 | 金额 |\n+----+----+\n| 合计 | 3.00 |\n+----+----+",
            [["项目", "金额"], ["合计", "3.00"]],
        ),
        ("编码|名称|合计|备注\n|合计||", [["编码", "名称", "合计", "备注"], ["", "合计", "", ""]]),
    ],
)
def test_bars_part_the_cells_of_a_row(text: str, rows: list[list[str]]) -> None:
    assert grids(f"支出表\n{text}\n\n说明。") == [rows]


@pytest.mark.parametrize(
    "text",
    [
        "首页|政务公开|3",  # one line alone
        "首页|新闻\n部门|文件",  # two words without a number
        "本单位有内设科室|下属单位。\n本年支出3万元。",
    ],
)
def test_a_bar_in_a_line_is_no_table(text: str) -> None:
    assert grids(f"{text}\n说明。") == []


def test_every_cell_between_bars_keeps_its_place() -> None:
    document = load_text("made.txt", "0" * 64, (HEAD + OPEN).encode())
    cells = [cell for row in document.tables[0].rows for cell in row]
    assert len(cells) == 60
    for cell in cells:
        assert document.text[cell.where.start : cell.where.end] == cell.text


# ---- Captions ----


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("青禾县林业局    单位：万元", Facts("", "万元", "青禾县林业局")),
        ("中共青禾县委组织部　金额单位：元", Facts("", "元", "中共青禾县委组织部")),
        ("预算公开03表  青禾县人民医院", Facts("预算公开03表", "", "青禾县人民医院")),
        ("2031年度　青禾县第一中学　单位：万元", Facts("", "万元", "青禾县第一中学")),
        ("部门收支总表  单位：万元", None),
        ("青禾县林业局", None),
    ],
)
def test_a_caption_may_name_the_unit_bare(line: str, facts: Facts | None) -> None:
    assert read_facts(line) == facts


def test_the_title_stands_above_such_a_caption() -> None:
    table = load_text("made.txt", "0" * 64, (HEAD + OPEN).encode()).tables[0]
    assert (table.title, table.number, table.money_unit) == (
        "一般公共预算支出表",
        "预算公开02表",
        "万元",
    )


# ---- What their headers mean ----


def figures(text: str) -> dict[Figure, str]:
    document = load_text("made.txt", "0" * 64, (HEAD + text).encode())
    values = read_tables(document, PATTERNS)
    return {each.figure: f"{each.quantity.value:f}" for each in values if each.figure}


def test_this_years_grant_is_the_total_where_no_other_is_printed() -> None:
    found = figures(OPEN)
    subject = Figure("培训支出", "预算数", 2031, "一般公共预算", "2050803")
    assert found[subject] == "12"
    assert found[Figure("支出合计", "预算数", 2031, "一般公共预算")] == "100"


def test_codes_may_stand_under_a_header_of_names() -> None:
    subject = Figure("行政运行", "预算数", 2031, "一般公共预算", "2130201")
    assert figures(CHANGES)[subject] == "172.6"


def test_income_and_expenditure_may_head_what_is_named() -> None:
    text = (
        "部门收支总表\n青禾县林业局    单位：万元\n收入|预算数|支出|预算数\n"
        "一、一般公共预算拨款收入|28.0|一、教育支出|20.0\n二、其他收入|3.0|二、农林水支出|11.0\n"
        "本年收入合计|31.0|本年支出合计|31.0\n上年结转|2.0|结转下年|2.0\n收入总计|33.0|支出总计|33.0\n"
    )
    found = figures(text)
    assert found[Figure("支出总计", "预算数", 2031, "全部")] == "33.0"
    assert found[Figure("其他收入", "预算数", 2031, "全部")] == "3.0"


# ---- What adds up ----


@pytest.mark.parametrize("text", [OPEN, UNITS, CHANGES])
def test_tables_that_add_up_give_nothing(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (OPEN, "2050803|培训支出|20|12|", "2050803|培训支出|20|21|"),
        (UNITS, "县苗圃\t45.80\t33.60", "县苗圃\t45.80\t36.30"),
        (UNITS, "县护林站\t32.35", "县护林站\t33.25"),
        (CHANGES, "森林资源培育\t98.6\t", "森林资源培育\t89.6\t"),
        (CHANGES, "+36.0", "+63.0"),
    ],
)
def test_the_wrong_cell_is_told_with_what_it_should_print(
    tmp_path: Path, text: str, right: str, wrong: str
) -> None:
    pairs = zip(
        right.replace("|", "\t").split("\t"), wrong.replace("|", "\t").split("\t"), strict=True
    )
    printed = [(said, should) for should, said in pairs if should != said]
    assert text.count(right) == 1
    found = told(tmp_path, text.replace(right, wrong))
    assert found == [("NC401", *printed[0])]


def test_rows_that_do_not_add_up_prove_no_sum(tmp_path: Path) -> None:
    """Units of two levels: what the second holds is in the first."""
    inner = "其中：县苗圃一组\t20.00\t15.00\t5.00\n县苗圃二组\t25.80\t18.60\t7.20\n"
    assert told(tmp_path, UNITS.replace("县护林站", inner + "县护林站")) == []


def test_a_column_called_change_that_is_none_says_nothing(tmp_path: Path) -> None:
    text = CHANGES
    for old, new in (("+28.3", "71.2"), ("-7.7", "3.9"), ("+36.0", "40.4")):
        text = text.replace(old, new)
    assert told(tmp_path, text) == []


SCORES = """\
自评得分情况见下表。
| 项目名称 | 预算数（万元） | 执行得分（10分） | 产出得分（50分） | 效益得分（40分） | 总分 |
| --- | --- | --- | --- | --- | --- |
| 苗圃改造 | 54.00 | 9.9 | 47 | 29 | 85.9 |
| 护林防火 | 12.00 | 9.2 | 46 | 28.5 | {total} |
上述项目等级为良。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SCORES.format(total="83.7"), []),
        (SCORES.format(total="87.3"), [("NC401", "87.3", "83.7")]),
        (SCORES.format(total="87.3").replace("（40分）", "（30分）"), []),  # not all there is
    ],
)
def test_the_scores_of_a_project_add_up_to_its_total(
    tmp_path: Path, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(tmp_path, "第三部分 情况说明", text) == expected


# ---- Beside the tables ----


def test_a_fund_before_what_is_denied_is_not_the_general_budget(tmp_path: Path) -> None:
    table = (
        "一般公共预算“三公”经费支出表\n单位：万元\n项目\t2031年预算数\n合计\t5.00\n"
        "因公出国（境）费\t0.00\n公务用车购置及运行维护费\t3.00\n公务用车运行维护费\t3.00\n公务接待费\t2.00\n"
    )
    denied = "四、“三公”经费预算情况说明\n{}未安排“三公”经费。"
    assert told(tmp_path, table, denied.format("政府性基金预算")) == []
    assert [each[0] for each in told(tmp_path, table, denied.format("本单位"))] == ["NC104"]


def test_a_name_may_begin_with_words_in_quotes() -> None:
    text = "（4）“两庭”建设（2040506）2.4万元；“农林水支出”（类）“两房”建设（项）1.0万元。"
    names = [level.name for levels in named_levels(text) for level in levels]
    assert names == ["“两庭”建设", "农林水支出", "“两房”建设"]
