"""What a part is called: by its fund, by its project, by the subject that it is of."""

from __future__ import annotations

from pathlib import Path

from narrcheck.check import check

TOTALS = """收支总表

单位：万元

| 收入 | 预算数 | 支出 | 预算数 |
| --- | --- | --- | --- |
| 一、一般公共预算拨款收入 | 300.00 | 一、农林水支出 | 500.00 |
| 二、政府性基金预算拨款收入 | 100.00 |  |  |
| 三、事业收入 | 100.00 |  |  |
| 本年收入合计 | 500.00 | 本年支出合计 | 500.00 |
"""
SPENT = """一般公共预算支出表

单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 300.00 | 203.00 | 97.00 |
| 213 | 农林水支出 | 300.00 | 203.00 | 97.00 |
| 21303 | 水利 | 300.00 | 203.00 | 97.00 |
| 2130304 | 水利行业业务管理 | 223.00 | 203.00 | 20.00 |
| 2130305 | 水利工程建设 | 77.00 |  | 77.00 |
"""
PROJECTS = """项目支出表

单位：万元

| 项目名称 | 金额 |
| --- | --- |
| 河道综合治理及设备更新 | 77.00 |
| 山洪灾害防治体系建设 | 20.00 |
"""
FUND = """政府性基金预算支出表

单位：万元

| 科目编码 | 科目名称 | 合计 |
| --- | --- | --- |
|  | 合计 | 20.00 |
| 229 | 其他支出 | 20.00 |
| 22960 | 彩票公益金安排的支出 | 20.00 |
| 2296004 | 用于教育事业的彩票公益金支出 | 20.00 |
"""


def told(tmp_path: Path, *texts: str) -> list[tuple[str, str]]:
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年部门预算", *texts]), encoding="utf-8")
    return [(each.code, each.text) for each in check(path).findings]


def test_a_change_of_a_fund_is_held_against_the_income_of_that_fund(tmp_path: Path) -> None:
    said = (
        "2023年收入预算500.00万元。收入较上年增加60.00万元，增长13.64%，其中："
        "一般公共预算拨款较上年增加20.00万元，增长{}；政府性基金预算拨款较上年增加10.00万元，增长11.11%。"
    )
    head = "一、收支预算总体情况"
    assert told(tmp_path, TOTALS, head, said.format("7.14%")) == []
    assert told(tmp_path, TOTALS, head, said.format("4.17%")) == [("NC201", "4.17%")]


def test_the_spending_on_a_project_is_not_all_spending(tmp_path: Path) -> None:
    said = (
        "2023年项目支出预算97.00万元，占一般公共预算拨款支出的32.33%。其中："
        "河道综合治理及设备更新支出77.00万元，较上年减少3.00万元，下降3.75%；"
        "山洪灾害防治体系建设支出20.00万元，与上年持平。"
    )
    assert told(tmp_path, SPENT, PROJECTS, "三、一般公共预算拨款支出", said) == []


def test_basic_spending_told_within_a_subject_is_that_subjects(tmp_path: Path) -> None:
    said = "1.水利行业业务管理（2130304）223.00万元，其中基本支出{}、项目支出20.00万元。"
    head = "三、一般公共预算拨款支出"
    assert told(tmp_path, SPENT, head, said.format("203.00万元")) == []
    assert told(tmp_path, SPENT, head, said.format("230.00万元")) == [("NC101", "230.00万元")]


def test_the_name_of_a_subject_may_follow_upon_what_was_wholly_spent_on_it(tmp_path: Path) -> None:
    said = "本年支出全部用于教育事业的彩票公益金支出（项）20.00万元。"
    assert told(tmp_path, FUND, "四、政府性基金预算支出情况", said) == []
