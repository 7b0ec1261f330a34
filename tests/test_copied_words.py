"""What is left of another text: the name of another entry, a year that nobody changed."""

from __future__ import annotations

from pathlib import Path

from narrcheck.check import check

TABLE = """一般公共预算财政拨款支出决算表

单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 1207.40 | 1207.40 | 0.00 |
| 208 | 社会保障和就业支出 | 905.35 | 905.35 | 0.00 |
| 20805 | 行政事业单位养老支出 | 905.35 | 905.35 | 0.00 |
| 2080501 | 行政单位离退休 | 386.92 | 386.92 | 0.00 |
| 2080502 | 事业单位离退休 | 518.43 | 518.43 | 0.00 |
| 221 | 住房保障支出 | 302.05 | 302.05 | 0.00 |
| 22102 | 住房改革支出 | 302.05 | 302.05 | 0.00 |
| 2210201 | 住房公积金 | 302.05 | 302.05 | 0.00 |
"""


def told(tmp_path: Path, *entries: tuple[str, str, str, str]) -> list[tuple[str, str, str | None]]:
    lines = [
        f"{number}.{name}。年初预算为{budget}万元，支出决算为{spent}万元，完成年初预算的{rate}%。"
        for number, (name, budget, spent, rate) in enumerate(entries, 1)
    ]
    head = "五、一般公共预算财政拨款支出决算具体情况"
    text = "\n\n".join(["青禾县档案馆2023年度部门决算", TABLE, head, *lines])
    path = tmp_path / "made.md"
    path.write_text(text, encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


PENSIONS = "社会保障和就业支出（类）行政事业单位养老支出（款）"
OFFICE = (f"{PENSIONS}行政单位离退休（项）", "392.50", "386.92", "98.58")
HOUSES = ("住房保障支出（类）住房改革支出（款）住房公积金（项）", "302.05", "302.05", "100.00")


def test_an_entry_with_the_name_of_another_is_told_once_by_its_name(tmp_path: Path) -> None:
    copied = (f"{PENSIONS}行政单位离退休（项）", "522.10", "518.43", "99.30")
    assert told(tmp_path, OFFICE, copied, HOUSES) == [("NC103", "行政单位离退休", "事业单位离退休")]


def test_the_level_that_is_wrong_is_the_first_that_differs(tmp_path: Path) -> None:
    copied = (f"{PENSIONS}行政单位离退休（项）", "302.05", "302.05", "100.00")
    others = (f"{PENSIONS}事业单位离退休（项）", "522.10", "518.43", "99.30")
    assert told(tmp_path, OFFICE, others, copied) == [
        ("NC103", "社会保障和就业支出", "住房保障支出")
    ]


def test_an_amount_of_a_subject_that_has_an_entry_is_itself_wrong(tmp_path: Path) -> None:
    others = (f"{PENSIONS}事业单位离退休（项）", "522.10", "518.43", "99.30")
    wrong = (OFFICE[0], "392.50", "518.43", "98.58")
    found = told(tmp_path, wrong, others, HOUSES)
    assert ("NC101", "518.43万元", "386.92万元") in found
    assert all(code != "NC103" for code, _, _ in found)


def compared(tmp_path: Path, *years: str) -> list[tuple[str, str, str | None]]:
    lines = [
        f"{number}.第{number}项工作经费{number}0.00万元，{year}增加{number}.00万元，主要是任务增加。"
        for number, year in enumerate(years, 1)
    ]
    path = tmp_path / "made.md"
    text = "\n\n".join(["青禾县档案馆2023年度部门决算", "五、支出决算具体情况", *lines])
    path.write_text(text, encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


def test_the_one_comparison_with_another_year_is_of_last_year(tmp_path: Path) -> None:
    usual = ("较2022年", "比2022年度决算数", "与2022年相比")
    assert compared(tmp_path, *usual) == []
    assert compared(tmp_path, *usual, "较2021年决算数") == [("NC302", "2021", "2022")]


def test_comparisons_with_several_years_may_be_meant(tmp_path: Path) -> None:
    assert compared(tmp_path, "较2022年", "较2022年", "较2021年") == []
    # the paragraph is on another year
    usual = ("较2022年", "较2022年", "较2022年")
    assert compared(tmp_path, *usual, "2022年决算比2021年") == []


def stated(tmp_path: Path, *years: int) -> list[tuple[str, str, str | None]]:
    lines = [
        f"{number}.第{number}项工作经费：{year}年预算数为{number}0.00万元，主要用于日常工作。"
        for number, year in enumerate(years, 1)
    ]
    path = tmp_path / "made.md"
    text = "\n\n".join(["青禾县档案馆2023年部门预算", "五、支出预算具体情况", *lines])
    path.write_text(text, encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


def test_the_one_budget_of_another_year_is_of_this_one(tmp_path: Path) -> None:
    assert stated(tmp_path, 2023, 2023, 2023) == []
    assert stated(tmp_path, 2023, 2023, 2022, 2023) == [("NC302", "2022", "2023")]
    assert stated(tmp_path, 2023, 2023, 2022) == []
