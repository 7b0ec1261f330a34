"""What was completed of a budget that only a change tells, and lists by function with shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import DocumentReport, Status

TABLE = """财政拨款收入支出决算总表

金额单位：万元

| 收入 | | 支出 | | | | |
| --- | --- | --- | --- | --- | --- | --- |
| 项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 | 国有资本经营 |
| 一、一般公共预算财政拨款 | 800.00 | 一、教育支出 | 500.00 | 500.00 | | |
| 二、政府性基金预算财政拨款 | 150.00 | 二、城乡社区支出 | 250.00 | 100.00 | 150.00 | |
| 三、国有资本经营预算财政拨款 | 0.00 | 三、农林水支出 | 190.00 | 190.00 | | |
| 本年收入合计 | 950.00 | 本年支出合计 | 940.00 | 790.00 | 150.00 | |
| 年初财政拨款结转和结余 | 0.00 | 年末财政拨款结转和结余 | 10.00 | 10.00 | | |
| 总计 | 950.00 | 总计 | 950.00 | 800.00 | 150.00 | |

一般公共预算财政拨款支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 小计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 790.00 | 590.00 | 200.00 |
| 205 | 教育支出 | 500.00 | 500.00 | 0.00 |
| 212 | 城乡社区支出 | 100.00 | 0.00 | 100.00 |
| 213 | 农林水支出 | 190.00 | 90.00 | 100.00 |
"""
SECTION = "四、财政拨款收入支出决算总体情况说明"


def report(tmp_path: Path, *lines: str) -> DocumentReport:
    path = tmp_path / "made.md"
    title = "青禾县水利局2023年度部门决算"
    path.write_text("\n\n".join([title, TABLE, SECTION, *lines]), encoding="utf-8")
    return check(path)


def found(made: DocumentReport) -> list[tuple[str, str, str | None]]:
    return [(each.code, each.text, each.expected) for each in made.findings]


OF_FUND = (
    "2.政府性基金预算财政拨款本年收入完成年初预算{}%，比年初预算增加30.00万元；"
    "支出完成年初预算100.00%，与年初预算持平。"
)


def test_a_completion_and_a_change_tell_one_budget(tmp_path: Path) -> None:
    right = report(tmp_path, OF_FUND.format("125.00"))
    assert found(right) == []
    told = {each.text: right.statuses[each.id] for each in right.reading.claims}
    assert told["125.00%"] is told["30.00万元"] is Status.AGREES
    wrong = report(tmp_path, OF_FUND.format("152.00"))
    assert found(wrong) == [("NC202", "152.00%", "125.00%")]


def test_a_completion_told_of_an_item_is_of_that_item_and_its_fund(tmp_path: Path) -> None:
    made = report(tmp_path, OF_FUND.format("125.00"))
    figures = [each.figure for each in made.reading.claims if each.kind.value == "completion"]
    assert [(each.item, each.fund) for each in figures if each] == [
        ("收入合计", "政府性基金"),
        ("支出合计", "政府性基金"),
    ]


def test_what_was_completed_by_more_is_not_equal_to_its_budget(tmp_path: Path) -> None:
    said = "3.政府性基金预算财政拨款本年收入完成年初预算118.78%，与年初预算持平。"
    assert [(code, text) for code, text, _ in found(report(tmp_path, said))] == [
        ("NC205", "与年初预算持平")
    ]


@pytest.mark.parametrize(("rate", "expected"), [("80.0%", []), ("108.0%", ["108.0%"])])
def test_an_amount_is_some_part_of_a_budget_told_with_it(
    tmp_path: Path, rate: str, expected: list[str]
) -> None:
    said = f"城乡社区支出250.00万元，为年初预算312.50万元的{rate}。"
    assert [text for _, text, _ in found(report(tmp_path, said))] == expected


def test_a_total_behind_a_semicolon_is_no_cause(tmp_path: Path) -> None:
    said = "财政拨款本年收入950.00万元，主要原因是追加专项资金；本年支出{}万元。"
    assert found(report(tmp_path, said.format("940.00"))) == []
    wrong = found(report(tmp_path, said.format("904.00")))
    assert wrong == [("NC101", "904.00万元", "940.00万元")]


LIST = (
    "2023年度一般公共预算财政拨款支出790.00万元，{}教育支出（类）{}万元，占63.3%，主要用于学校；"
    "城乡社区支出（类）{}万元，占12.7%，主要用于道路；农林水支出（类）190.00万元，占24.1%。"
)


@pytest.mark.parametrize("lead", ["主要用于以下方面：", "按功能分类主要用于："])
def test_amounts_in_each_other_s_place_are_told_by_their_table(tmp_path: Path, lead: str) -> None:
    section = "五、一般公共预算财政拨款支出决算情况说明"
    assert found(report(tmp_path, section, LIST.format(lead, "500.00", "100.00"))) == []
    wrong = found(report(tmp_path, section, LIST.format(lead, "100.00", "500.00")))
    assert wrong == [
        ("NC101", "100.00万元", "500.00万元"),
        ("NC101", "500.00万元", "100.00万元"),
    ]


def test_a_use_without_its_share_may_be_of_another_scope(tmp_path: Path) -> None:
    said = "追加的资金主要用于教育支出（类）20.00万元、城乡社区支出（类）30.00万元。"
    assert found(report(tmp_path, said)) == []


def test_a_share_is_of_the_amount_before_it_though_that_is_told_as_a_use(tmp_path: Path) -> None:
    # the section is on all funds, of which 城乡社区支出 has more
    said = LIST.format("主要用于以下方面：", "500.00", "100.00")
    assert found(report(tmp_path, said)) == []
    wrong = found(report(tmp_path, said.replace("12.7%", "17.2%")))
    assert wrong == [("NC203", "17.2%", "12.7%")]


def test_the_base_of_both_totals_may_be_told_before_their_change(tmp_path: Path) -> None:
    said = "2023年度支出总计950.00万元。与2022年度的{}万元相比，收、支总计各增加150.00万元。"
    assert found(report(tmp_path, said.format("800.00"))) == []
    wrong = found(report(tmp_path, said.format("880.00")))
    assert wrong == [("NC207", "880.00万元", "800.00万元")]


def test_shares_that_follow_several_amounts_are_of_what_they_are_parts_of(tmp_path: Path) -> None:
    said = "安排改造资金100.00万元，其中基础类改造{}万元、完善类改造{}万元，分别占62.00%和38.00%。"
    assert found(report(tmp_path, said.format("62.00", "38.00"))) == []
    wrong = found(report(tmp_path, said.format("38.00", "62.00")))
    assert [code for code, _, _ in wrong] == ["NC203", "NC203"]


@pytest.mark.parametrize(("rate", "expected"), [("63.3%", []), ("66.3%", ["63.3%"])])
def test_the_highest_share_is_of_all_and_not_of_its_neighbour(
    tmp_path: Path, rate: str, expected: list[str]
) -> None:
    said = (
        "按支出功能分类，教育支出500.00万元、城乡社区支出100.00万元、农林水支出190.00万元；"
        f"其中教育支出占比最高，为{rate}。"
    )
    section = "五、一般公共预算财政拨款支出决算情况说明"
    assert [each for _, _, each in found(report(tmp_path, section, said))] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("普及率由91.4%提高到93.2%，提高1.8%。", [("NC509", "1.8%", "1.8个百分点")]),
        ("普及率由91.4%提高到93.2%，提高1.8个百分点。", []),
        ("普及率由91.4%提高到93.2%，提高2.0%。", []),  # over what it was: 1.97%
    ],
)
def test_what_one_rate_is_more_than_another_is_told_in_points(
    tmp_path: Path, said: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert found(report(tmp_path, f"2023年全县{said}")) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2023年度会议费支出1.28万元，比2022年减少0.15万元。", []),
        ("2022年会议费支出1.28万元，比2022年减少0.15万元。", ["2022"]),
        ("2022年度财政拨款支出940.00万元，比上年增加40.00万元。", ["2022"]),
    ],
)
def test_a_year_is_not_compared_with_itself_nor_has_it_the_table_of_another(
    tmp_path: Path, said: str, expected: list[str]
) -> None:
    assert [text for _, text, _ in found(report(tmp_path, said))] == expected
