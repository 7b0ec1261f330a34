"""Tables against themselves, against each other, and annexes against both (NC401, NC402)."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import Finding, Severity, Status

SPENDING = """\
支出决算表

金额单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| | 合计 | 100.00 | 70.00 | 30.00 |
| 205 | 教育支出 | 60.00 | 45.00 | 15.00 |
| 20502 | 普通教育 | 48.00 | 40.00 | 8.00 |
| 2050201 | 学前教育 | 18.25 | 16.25 | 2.00 |
| 2050202 | 小学教育 | 29.75 | 23.75 | 6.00 |
| 20508 | 进修及培训 | 12.00 | 5.00 | 7.00 |
| 2050803 | 培训支出 | 12.00 | 5.00 | 7.00 |
| 213 | 农林水支出 | 40.00 | 25.00 | 15.00 |
| 21303 | 水利 | 40.00 | 25.00 | 15.00 |
| 2130314 | 防汛 | 40.00 | 25.00 | 15.00 |
"""
BALANCE = """\
收入支出决算总表

金额单位：万元

| 收入 | 收入 | 支出 | 支出 |
|---|---|---|---|
| 项目 | 决算数 | 项目 | 决算数 |
| 一、一般公共预算财政拨款收入 | 98.00 | 一、教育支出 | 60.00 |
| 二、其他收入 | 2.00 | 二、农林水支出 | 40.00 |
| 本年收入合计 | 100.00 | 本年支出合计 | 100.00 |
| 年初结转和结余 | 5.00 | 年末结转和结余 | 5.00 |
| 总计 | 105.00 | 总计 | 105.00 |
"""
PROSE = (
    "三、支出决算情况说明\n\n2031年度支出合计100.00万元，其中：基本支出70.00万元，"
    "占70.0%；项目支出30.00万元，占30.0%。\n"
)


def findings(folder: Path, *parts: str) -> list[Finding]:
    path = folder / "报告.md"
    path.write_text("\n\n".join(["2031年度部门决算", *parts]), encoding="utf-8")
    return list(check(path).findings)


def short(found: list[Finding]) -> list[tuple[str, str, str | None]]:
    return [(each.code, each.text, each.expected) for each in found]


def changed(table: str, row: str, old: str, new: str) -> str:
    """The table with one number of the row that begins with the name ``row`` changed."""
    line = next(line for line in table.splitlines() if f"| {row} |" in line)
    assert line.count(old) >= 1
    return table.replace(line, line.replace(old, new, 1))


# ---- One table ----


def test_tables_that_add_up_and_agree_give_nothing(tmp_path: Path) -> None:
    assert findings(tmp_path, SPENDING, BALANCE, PROSE) == []


@pytest.mark.parametrize(
    ("row", "old", "new"),
    [
        ("普通教育", "48.00", "43.00"),  # a 款 between 类 and 项
        ("小学教育", "29.75", "27.95"),  # a leaf: its row and its 款 both break
        ("教育支出", "45.00", "54.00"),
        ("合计", "100.00", "1000.00"),
        ("合计", "70.00", "76.00"),
        ("防汛", "15.00", "51.00"),
    ],
)
def test_a_wrong_cell_is_one_finding_with_what_it_should_be(
    tmp_path: Path, row: str, old: str, new: str
) -> None:
    found = findings(tmp_path, changed(SPENDING, row, old, new), PROSE)
    assert short(found) == [("NC401", new, old)]
    assert found[0].severity is Severity.ERROR
    assert found[0].claim is None
    assert f"{row} " in found[0].sentence
    assert new in found[0].sentence.split()


def test_the_finding_stands_on_the_cell_and_its_evidence_can_be_redone(tmp_path: Path) -> None:
    found = findings(tmp_path, changed(SPENDING, "进修及培训", "12.00", "21.00"), PROSE)[0]
    path = tmp_path / "报告.md"
    assert path.read_text(encoding="utf-8")[found.where.start : found.where.end] == "21.00"
    assert found.sentence == "20508 进修及培训 21.00 5.00 7.00"
    assert found.diagnosis == "两位数字写反了"
    assert any("5.00 + 7.00 = 12.00" in each.text for each in found.evidence)


def test_two_wrong_cells_are_two_findings(tmp_path: Path) -> None:
    table = changed(SPENDING, "学前教育", "16.25", "16.75")
    table = changed(table, "农林水支出", "40.00", "46.00")
    found = findings(tmp_path, table, PROSE)
    assert short(found) == [("NC401", "16.75", "16.25"), ("NC401", "46.00", "40.00")]


def test_the_roundings_of_many_parts_are_no_fault(tmp_path: Path) -> None:
    parts = ["3.34"] * 10 + ["66.67"]
    rows = [f"| {201 + at} | 第{at}类支出 | {part} |" for at, part in enumerate(parts)]
    table = "\n".join(
        [
            "支出决算表\n\n金额单位：万元\n",
            *("| 科目编码 | 科目名称 | 本年支出合计 |", "|---|---|---|", "| | 合计 | 100.00 |"),
            *rows,
        ]
    )
    assert findings(tmp_path, table, PROSE) == []  # the parts add up to 100.07


def test_zeros_leave_no_room_for_an_error(tmp_path: Path) -> None:
    table = BALANCE.replace(
        "| 本年收入合计",
        "| 三、事业收入 | 0.00 | 三、外交支出 | 0.00 |\n"
        "| 四、经营收入 | 0.00 | 四、国防支出 | 0.00 |\n"
        "| 五、附属单位上缴收入 | 0.00 | 五、公共安全支出 | 0.00 |\n"
        "| 本年收入合计",
    )
    table = changed(table, "一、一般公共预算财政拨款收入", "60.00", "60.05")
    found = findings(tmp_path, SPENDING, table, PROSE)
    assert short(found) == [("NC401", "60.05", "60.00")]


def test_a_column_that_never_adds_up_is_not_held_against_the_document(tmp_path: Path) -> None:
    table = SPENDING.replace(" 15.00 |", " 19.00 |").replace(" 7.00 |", " 9.00 |")
    table = table.replace(" 30.00 |", " 88.00 |")
    said = "三、支出决算情况说明\n\n2031年度基本支出70.00万元。\n"
    assert findings(tmp_path, table, said) == []


def test_a_number_that_stands_in_the_next_cell_may_have_been_misread(tmp_path: Path) -> None:
    table = SPENDING.replace("| 12.00 | 5.00 | 7.00 |", "| 12.00 | 12.00 | 0.00 |", 1)
    table = table.replace(
        "| 20508 | 进修及培训 | 12.00 | 12.00 | 0.00 |",
        "| 20508 | 进修及培训 | 0.00 | 12.00 | 0.00 |",
    )
    found = findings(tmp_path, table, PROSE)
    assert not any(each.expected == "0.00" for each in found)


def test_an_empty_cell_may_have_been_lost_in_reading(tmp_path: Path) -> None:
    table = changed(SPENDING, "普通教育", "48.00", "")
    assert findings(tmp_path, table, PROSE) == []


def test_which_of_many_parts_is_wrong_is_not_guessed(tmp_path: Path) -> None:
    table = """\
一般公共预算财政拨款基本支出决算表

金额单位：万元

| 科目编码 | 科目名称 | 决算数 |
|---|---|---|
| | 合计 | 70.00 |
| 301 | 工资福利支出 | 50.00 |
| 30101 | 基本工资 | 20.00 |
| 30102 | 津贴补贴 | 18.00 |
| 30103 | 奖金 | 15.00 |
| 302 | 商品和服务支出 | 20.00 |
| 30201 | 办公费 | 12.00 |
| 30207 | 邮电费 | 8.00 |
"""
    found = findings(tmp_path, table, PROSE)
    assert short(found) == [("NC401", "50.00", None)]
    assert "某一项有误" in found[0].message


# ---- Prose and a wrong cell ----


def test_prose_that_says_what_the_cell_should_is_right(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    table = changed(SPENDING, "合计", "70.00", "76.00")
    path.write_text(f"2031年度部门决算\n\n{table}\n\n{PROSE}", encoding="utf-8")
    report = check(path)
    assert short(list(report.findings)) == [("NC401", "76.00", "70.00")]
    said = {claim.text: report.statuses[claim.id] for claim in report.reading.claims}
    assert said["70.00万元"] is Status.AGREES
    assert said["70.0%"] is Status.AGREES


def test_prose_that_says_something_else_is_still_wrong(tmp_path: Path) -> None:
    said = "三、支出决算情况说明\n\n2031年度支出合计100.00万元，其中：项目支出31.00万元。\n"
    table = changed(SPENDING, "普通教育", "48.00", "43.00")
    found = findings(tmp_path, table, said)
    assert short(found) == [("NC401", "43.00", "48.00"), ("NC101", "31.00万元", "30.00万元")]


SANGONG = """\
财政拨款“三公”经费支出决算表

金额单位：万元

| 项目 | 决算数 |
|---|---|
| 合计 | 6.00 |
| 因公出国（境）费 | 0.00 |
| 公务用车购置及运行维护费 | 4.00 |
| 公务接待费 | {} |
"""
OF_SANGONG = """\
六、财政拨款“三公”经费支出决算情况说明

2031年度“三公”经费财政拨款支出决算为6.00万元。其中：公务接待费支出决算为2.00万元，占33.3%。

公务接待费支出决算为2.00万元，共接待5批次。
"""


def test_a_table_with_a_single_sum_is_wrong_where_the_text_bears_that_out(tmp_path: Path) -> None:
    assert findings(tmp_path, SANGONG.format("2.00"), OF_SANGONG) == []
    found = findings(tmp_path, SANGONG.format("2.90"), OF_SANGONG)
    assert short(found) == [("NC401", "2.90", "2.00")]


def test_a_table_with_a_single_sum_says_nothing_by_itself(tmp_path: Path) -> None:
    assert findings(tmp_path, SANGONG.format("2.90"), PROSE) == []


# ---- Two tables ----


def test_tables_that_differ_by_their_last_places_agree(tmp_path: Path) -> None:
    table = changed(BALANCE, "一、一般公共预算财政拨款收入", "60.00", "60.01")
    table = changed(table, "二、其他收入", "40.00", "39.99")
    assert findings(tmp_path, SPENDING, table, PROSE) == []


def test_the_table_whose_own_sums_break_is_the_wrong_one(tmp_path: Path) -> None:
    table = changed(BALANCE, "二、其他收入", "40.00", "43.00")
    assert short(findings(tmp_path, SPENDING, table, PROSE))[0][1:] == ("43.00", "40.00")


def test_the_one_of_three_tables_that_differs_is_the_wrong_one(tmp_path: Path) -> None:
    second = SPENDING.replace("支出决算表", "部门支出总体情况表")
    table = (
        BALANCE.replace("| 一、教育支出 | 60.00 |", "| 一、教育支出 | 63.00 |")
        .replace("本年支出合计 | 100.00", "本年支出合计 | 103.00")
        .replace("年末结转和结余 | 5.00", "年末结转和结余 | 2.00")
    )
    found = findings(tmp_path, SPENDING, second, table, PROSE)
    assert {(each.text, each.expected) for each in found} >= {
        ("63.00", "60.00"),
        ("103.00", "100.00"),
    }
    assert {each.severity for each in found} == {Severity.ERROR}


def test_a_part_in_another_table_need_not_be_all_but_not_more(tmp_path: Path) -> None:
    part = SPENDING.replace("支出决算表", "一般公共预算财政拨款支出决算表")
    part = part.replace("本年支出合计", "小计")
    less = "\n".join(
        line for line in part.splitlines() if "水利" not in line and "防汛" not in line
    )
    less = less.replace(
        "| 213 | 农林水支出 | 40.00 | 25.00 | 15.00 |",
        "| 213 | 农林水支出 | 35.00 | 20.00 | 15.00 |",
    )
    less = less.replace("| 合计 | 100.00 | 70.00 | 30.00 |", "| 合计 | 95.00 | 65.00 | 30.00 |")
    assert findings(tmp_path, SPENDING, less, PROSE) == []
    more = less.replace("35.00 | 20.00 | 15.00", "45.00 | 30.00 | 15.00")
    more = more.replace("95.00 | 65.00 | 30.00", "105.00 | 75.00 | 30.00")
    assert "NC402" in {each.code for each in findings(tmp_path, SPENDING, more, PROSE)}


# ---- Annexes ----


SELF = """\
附件2：

部门整体支出绩效自评表

年度预算申请（万元）\t\t年初预算数（万元）\t全年预算数（万元）\t全年执行数（万元）\t分值\t执行率\t得分
\t年度资金总额：\t90.00\t100.00\t100.00\t10\t{rate}\t10.00
绩效指标\t一级指标\t二级指标\t三级指标\t实际完成值\t分值\t得分\t偏差原因
\t产出指标\t数量指标\t维修水闸\t12座\t30\t28.50\t雨天停工
\t\t质量指标\t验收合格率\t100%\t20\t20
\t效益指标\t社会效益指标\t受益农户\t800户\t30\t30
\t满意度指标\t满意度指标\t农户满意度\t98%\t{weight}\t{score}
总分\t\t\t\t\t{whole}\t{total}
"""
RIGHT = {"rate": "100.00%", "weight": "10", "score": "9", "whole": "100", "total": "97.50"}


def self_rated(**said: str) -> str:
    return SELF.format(**{**RIGHT, **said})


def test_scores_that_add_up_to_the_total_are_right(tmp_path: Path) -> None:
    assert findings(tmp_path, SPENDING, PROSE, self_rated()) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"total": "98.50"}, [("NC401", "98.50", "97.50")]),
        ({"rate": "90.00%"}, [("NC401", "90.00%", "100.00%")]),
        (
            {"weight": "9", "whole": "99", "score": "9.50", "total": "98.00"},
            [("NC401", "9.50", None)],
        ),
    ],
)
def test_a_wrong_score_or_rate_is_an_error(
    tmp_path: Path, said: dict[str, str], expected: list[tuple[str, str, str | None]]
) -> None:
    found = findings(tmp_path, SPENDING, PROSE, self_rated(**said))
    assert short(found) == expected
    assert found[0].severity is Severity.ERROR


def test_points_and_score_that_miss_the_same_are_a_row_that_is_lost(tmp_path: Path) -> None:
    lost = self_rated().replace("\t\t质量指标\t验收合格率\t100%\t20\t20\n", "")
    found = findings(tmp_path, SPENDING, PROSE, lost)
    assert short(found) == [("NC401", "100", "80")]
    assert found[0].severity is Severity.WARNING
    assert "97.50分" in found[0].message
    assert "77.50分" in found[0].message


def test_a_form_with_a_row_that_was_not_understood_says_nothing(tmp_path: Path) -> None:
    torn = self_rated(total="98.50").replace("800户\t30\t30", "800户\t三十\t三十")
    assert findings(tmp_path, SPENDING, PROSE, torn) == []


BASIC = """\
附件1：

部门整体支出绩效评价基础数据表

财政供养人员情况\t编制数\t2031年实际在职人数\t控制率
\t40\t36\t90.00%
经费控制情况（万元）\t2030年决算数\t2031年预算数\t2031年决算数
三公经费\t7.00\t{budget}\t6.00
1、公务用车购置和维护经费\t5.00\t5.00\t4.00
2、出国经费\t\t\t
3、公务接待\t2.00\t2.00\t2.00
公用经费：\t30.00\t32.00\t31.00
其中：办公经费\t9.00\t9.00\t8.00
会议费、培训费\t3.00\t3.00\t{meetings}
"""
MEETINGS = "十、其他说明\n\n本部门2031年度会议费支出0.50万元，培训费支出1.50万元。\n"


def test_the_list_of_an_annex_adds_up(tmp_path: Path) -> None:
    table = BASIC.format(budget="7.00", meetings="2.00")
    assert findings(tmp_path, SPENDING, PROSE, table) == []
    wrong = BASIC.format(budget="7.80", meetings="2.00")
    assert short(findings(tmp_path, SPENDING, PROSE, wrong)) == [("NC401", "7.80", "7.00")]


def test_an_annex_that_differs_from_a_table_is_a_warning_told_once(tmp_path: Path) -> None:
    main = SANGONG.format("2.00").replace("6.00", "5.00").replace("4.00", "3.00")
    said = OF_SANGONG.replace("6.00", "5.00").replace("33.3%", "40.0%")
    found = findings(tmp_path, main, said, BASIC.format(budget="7.00", meetings="2.00"))
    assert [(each.code, each.severity) for each in found] == [("NC402", Severity.WARNING)]
    assert short(found) == [("NC402", "6.00", "5.00")]


def test_an_annex_lists_no_more_than_the_text_says(tmp_path: Path) -> None:
    for said, expected in (("2.00", []), ("1.20", []), ("2.60", [("NC402", "2.60", None)])):
        table = BASIC.format(budget="7.00", meetings=said)
        assert short(findings(tmp_path, SPENDING, PROSE, MEETINGS, table)) == expected


def test_those_in_service_are_all_but_the_retired(tmp_path: Path) -> None:
    said = "一、基本情况\n\n本部门实有人数50人（含退休人员{}人）。\n"
    table = BASIC.format(budget="7.00", meetings="2.00")
    assert findings(tmp_path, SPENDING, PROSE, said.format(14), table) == []
    found = findings(tmp_path, SPENDING, PROSE, said.format(11), table)
    assert [(each.code, each.severity) for each in found] == [("NC402", Severity.WARNING)]


def test_prose_that_only_an_annex_contradicts_is_a_warning(tmp_path: Path) -> None:
    said = "六、“三公”经费支出说明\n\n2031年度“三公”经费支出决算为6.60万元。\n"
    table = BASIC.format(budget="7.00", meetings="2.00")
    found = findings(tmp_path, SPENDING, PROSE, said, table)
    assert [(each.code, each.severity) for each in found] == [("NC101", Severity.WARNING)]


# ---- Projects in reports ----


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "年初预算项目“河道清淤专项经费36.10万元。”年中执行调增5.80万元，实际支出41.90万元，结余结转0万元",
            None,
        ),
        (
            "年初预算项目“河道清淤专项经费36.10万元。”年中执行调增5.80万元，实际支出40.00万元，结余结转1.90万元",
            None,
        ),
        (
            "年初预算项目“河道清淤专项经费36.10万元。”年中执行调增5.80万元，实际支出41.97万元，结余结转0万元",
            "NC204",
        ),
        (
            "河道清淤项目年初预算36.10万元，年中调减6.10万元，全年预算30.00万元，实际支出29.00万元",
            None,
        ),
        (
            "河道清淤项目年初预算36.10万元，年中调减6.10万元，全年预算32.00万元，实际支出29.00万元",
            "NC204",
        ),
        ("河道清淤项目年初预算36.10万元，年中追加5.00万元，实际支出39.00万元", None),
    ],
)
def test_what_a_project_had_is_what_it_spent_and_has_left(
    tmp_path: Path, said: str, expected: str | None
) -> None:
    found = findings(tmp_path, SPENDING, PROSE, f"九、绩效情况\n\n1. {said}。")
    assert [each.code for each in found] == ([expected] if expected else [])
    assert all(each.severity is Severity.ERROR for each in found)


# ---- The numbers of rows ----


def numbered(*numbers: str) -> str:
    names = ("财政拨款收入", "事业收入", "经营收入", "其他收入", "本年收入合计")
    rows = (f"| {name} | {number} | 0.00 |" for name, number in zip(names, numbers, strict=True))
    head = "收入决算总表\n\n金额单位：万元\n\n| 项目 | 行次 | 决算数 |\n|---|---|---|\n"
    return head + "\n".join(rows)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 2 3 4 5", []),
        ("28 39 30 31 32", [("NC403", "39", "29")]),
        ("1 2 3 5 5", [("NC403", "5", "4")]),
        ("1 2 5 6 7", []),  # rows left out
        ("1 2  4 5", []),  # a number left out
        ("3 1 5 2 4", []),  # numbered by something else
    ],
)
def test_a_row_s_number_lies_between_those_of_its_neighbours(
    tmp_path: Path, numbers: str, expected: list[tuple[str, str, str]]
) -> None:
    found = findings(tmp_path, numbered(*numbers.split(" ")), PROSE)
    assert [each for each in short(found) if each[0] == "NC403"] == expected
