"""What is left over at the end of a year, by fund; counts told kind by kind; savings."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

Told = list[tuple[str, str, str | None]]

GRANTS = """
财政拨款收入支出决算总表

金额单位：万元

| 收入 |  | 支出 |  |  |  |  |
| --- | --- | --- | --- | --- | --- | --- |
| 项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算 | 国有资本经营预算 |
| 一、一般公共预算财政拨款 | 90.00 | 一、教育支出 | 104.50 | 90.50 | 14.00 |  |
| 二、政府性基金预算财政拨款 | 10.00 |  |  |  |  |  |
| 本年收入合计 | 100.00 | 本年支出合计 | 104.50 | 90.50 | 14.00 |  |
| 年初财政拨款结转和结余 | 30.50 | 年末财政拨款结转和结余 | 26.00 | 24.65 | 1.35 |  |
| 一般公共预算财政拨款 | 25.15 |  |  |  |  |  |
| 政府性基金预算财政拨款 | 5.35 |  |  |  |  |  |
| 总计 | 130.50 | 总计 | 130.50 | 115.15 | 15.35 |  |
"""
ALL = """
收入支出决算总表

金额单位：万元

| 收入 |  | 支出 |  |
| --- | --- | --- | --- |
| 项目 | 决算数 | 项目 | 决算数 |
| 一、财政拨款收入 | 500.00 | 一、教育支出 | 487.25 |
| 本年收入合计 | 500.00 | 本年支出合计 | 487.25 |
| 年初结转和结余 | 939.15 | 年末结转和结余 | 951.90 |
| 总计 | 1439.15 | 总计 | 1439.15 |
"""


def found(tmp_path: Path, *parts: str) -> Told:
    path = tmp_path / "made.md"
    text = "\n\n".join(["青禾县教育局2023年度部门决算", *parts])
    path.write_text(text, encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "年初财政拨款结转和结余30.50万元（一般公共预算财政拨款25.15万元，政府性基金5.35万元）",
            [],
        ),
        (
            "年初财政拨款结转和结余30.50万元（一般公共预算21.55万元，政府性基金5.35万元）",
            [("NC101", "21.55万元", "25.15万元")],
        ),
        ("年末财政拨款结转和结余26.00万元，其中：一般公共预算财政拨款结转24.65万元", []),
        (
            "年末财政拨款结转和结余26.00万元，其中：一般公共预算财政拨款结转26.45万元",
            [("NC101", "26.45万元", "24.65万元")],
        ),
        ("年末财政拨款结转和结余26.00万元，其中：工会经费结转24.56万元", []),
    ],
)
def test_what_is_left_of_a_fund_is_told_by_the_name_of_the_fund_alone(
    tmp_path: Path, said: str, expected: Told
) -> None:
    head = "四、财政拨款收入支出决算总体情况说明"
    assert found(tmp_path, GRANTS, head, f"{said}。") == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("12.75", []),
        ("12.57", [("NC207", "12.57万元", "12.75万元")]),
        ("14.00", []),  # last year's closing balance was corrected: no slip
    ],
)
def test_a_change_of_what_was_left_is_held_against_the_opening_balance_where_a_slip_explains_it(
    tmp_path: Path, change: str, expected: Told
) -> None:
    head = "一、收入支出决算总体情况说明"
    rate = {"12.75": "1.4", "12.57": "1", "14.00": "1.5"}[change]
    told = f"年末结转和结余951.90万元，比上年增加{change}万元，增长{rate}%。"
    assert found(tmp_path, ALL, head, told) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [("9.25", []), ("9.52", [("NC207", "9.52万元", "9.25万元")])],
)
def test_what_was_saved_of_a_budget_is_a_change(
    tmp_path: Path, change: str, expected: Told
) -> None:
    head = "七、“三公”经费支出决算情况说明"
    told = f"“三公”经费支出预算为39.50万元，支出决算为30.25万元，比预算节约{change}万元。"
    assert found(tmp_path, head, told) == expected


SPENT = """
支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 48.74 |  | 48.74 |
| 229 | 其他支出 | 48.74 |  | 48.74 |
| 22960 | 彩票公益金安排的支出 | 48.74 |  | 48.74 |
| 2296002 | 用于社会福利的彩票公益金支出 | 48.74 |  | 48.74 |
"""


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("48.74", []), ("47.84", [("NC101", "47.84万元", "48.74万元")])],
)
def test_a_subject_after_a_其中_is_no_part_of_what_was_left(
    tmp_path: Path, amount: str, expected: Told
) -> None:
    entry = "其他支出（类）彩票公益金安排的支出（款）用于社会福利的彩票公益金支出（项）"
    told = f"支出48.74万元；年末结转和结余14.85万元。按照功能分类，其中：{entry}{amount}万元。"
    assert found(tmp_path, SPENT, "三、支出决算情况说明", told) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("汇总范围的单位共5家，其中：行政单位1家、公益一类事业单位4家", []),
        ("汇总范围的单位共5家，其中：行政单位1家、公益一类事业单位3家", ["NC204"]),
        ("汇总范围的单位共5家，其中：行政单位1家", []),
        ("单位共有公务用车9辆，其中：轿车3辆、越野车4辆、载客汽车2辆", []),
        ("单位共有公务用车9辆，其中：轿车3辆、越野车4辆、载客汽车1辆", ["NC204"]),
        ("单位共有公务用车9辆，其中：轿车3辆、越野车4辆", []),
        ("编制86名，其中行政编制18名，参公编制9名，事业编制59名", []),
        ("编制86名，其中行政编制18名，某类编制9名，事业编制59名", []),
        (
            "自评项目共9个，其中一般公共预算项目8个，涉及资金4.00万元；政府性基金预算项目1个",
            [],
        ),
        (
            "自评项目共9个，其中一般公共预算项目7个，涉及资金4.00万元；政府性基金预算项目1个",
            ["NC204"],
        ),
    ],
)
def test_kinds_that_mostly_are_all_there_is_add_up(
    tmp_path: Path, said: str, expected: list[str]
) -> None:
    head = "十、其他重要事项说明"
    assert [code for code, _, _ in found(tmp_path, head, f"{said}。")] == expected


def test_two_lists_that_come_to_as_many_say_that_the_count_is_wrong(tmp_path: Path) -> None:
    lists = "其中一般公共预算项目8个，政府性基金预算项目1个。自评结果为“优”的7个，“良”的2个。"
    told = found(tmp_path, "十、预算绩效情况说明", f"纳入自评的项目共10个，{lists}")
    assert told == [("NC204", "10个", "9个")]


def test_an_amount_said_again_in_a_wrong_unit_is_put_right_by_its_unit(tmp_path: Path) -> None:
    head = "一、收入支出决算总体情况说明"
    told = "本年收入144422.90万元（约合14.44万元）。"
    assert found(tmp_path, head, told) == [("NC501", "14.44万元", "14.44亿元")]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [("9", []), ("11", []), ("12", ["NC206"])],
)
def test_no_more_cars_are_kept_than_there_are(
    tmp_path: Path, kept: str, expected: list[str]
) -> None:
    costs = f"公务用车运行维护费支出26.42万元，年末公务用车保有量{kept}辆。"
    assets = "截至2023年12月31日，本单位共有车辆11辆，单价100万元以上设备1台（套）。"
    heads = "七、“三公”经费支出决算情况说明", "十、国有资产占用情况说明"
    told = found(tmp_path, heads[0], costs, heads[1], assets)
    assert [code for code, _, _ in told] == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("办理法律援助案件1650件", "全年办理法律援助案件1560件", ["NC301"]),
        ("办理法律援助案件1560件", "全年办理法律援助案件1560件", []),
        ("办理法律援助案件1450件", "全年办理法律援助案件1560件", []),
        ("计划办理法律援助案件1650件", "全年办理法律援助案件1560件", []),
        ("审结案件1650件", "全年受理案件1560件", []),
    ],
)
def test_a_count_said_again_has_its_digits_in_the_same_order(
    tmp_path: Path, first: str, second: str, expected: list[str]
) -> None:
    heads = "三、支出决算情况说明", "第四部分 2023年度工作完成情况"
    told = found(tmp_path, heads[0], f"主要成效是{first}。", heads[1], f"二、{second}。")
    assert [code for code, _, _ in told] == expected
