"""当年拨款: a subject's amount without what was carried over from the year before."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

Told = list[tuple[str, str, str | None]]

OWN_COLUMN = """
一般公共预算支出情况表

金额单位：万元

| 科目编码 | 科目名称 | 合计 | 当年拨款 | 上年结转 |
| --- | --- | --- | --- | --- |
|  | 合计 | 100.00 | 98.00 | 2.00 |
| 205 | 教育支出 | 100.00 | 98.00 | 2.00 |
| 20502 | 普通教育 | 100.00 | 98.00 | 2.00 |
| 2050201 | 学前教育 | 60.00 | 60.00 |  |
| 2050202 | 小学教育 | 40.00 | 38.00 | 2.00 |
"""
# 当年拨款 has no column of its own here, only its 基本支出 and 项目支出.
DIVIDED = """
一般公共预算支出情况表

单位：万元

科目编码\t科目名称\t合计\t当年拨款\t\t上年结转
\t\t\t基本支出\t项目支出
\t合计\t100.00\t60.00\t38.00\t2.00
205\t教育支出\t100.00\t60.00\t38.00\t2.00
20502\t普通教育\t100.00\t60.00\t38.00\t2.00
2050201\t学前教育\t{first}\t60.00\t\t
2050202\t小学教育\t40.00\t\t38.00\t2.00
"""


def found(tmp_path: Path, name: str, *parts: str) -> Told:
    path = tmp_path / name
    text = "\n\n".join(["青禾县教育局2023年度部门预算", *parts])
    path.write_text(text, encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


@pytest.mark.parametrize(
    ("title", "amount", "expected"),
    [
        ("（三）当年拨款具体使用情况", "38.00万元", []),
        ("（三）当年拨款具体使用情况", "40.00万元", [("NC101", "40.00万元", "38.00万元")]),
        ("（三）具体使用情况", "40.00万元", []),
        ("（三）具体使用情况", "36.00万元", [("NC101", "36.00万元", "40.00万元")]),
    ],
)
def test_an_inner_title_says_that_what_was_carried_over_is_left_out(
    tmp_path: Path, title: str, amount: str, expected: Told
) -> None:
    head = "五、一般公共预算支出情况"
    entry = f"1.教育支出（类）普通教育（款）小学教育（项）：2023年预算数为{amount}。"
    assert found(tmp_path, "made.md", head, OWN_COLUMN, head, title, entry) == expected


@pytest.mark.parametrize(
    ("subject", "amount", "expected"),
    [
        ("学前教育", "60.00万元", []),
        ("学前教育", "66.00万元", [("NC101", "66.00万元", "60.00万元")]),
        ("小学教育", "38.00万元", []),
        ("小学教育", "36.00万元", [("NC101", "36.00万元", "38.00万元")]),
        ("小学教育", "40.00万元", [("NC101", "40.00万元", "38.00万元")]),
    ],
)
def test_当年拨款_is_what_the_row_of_a_subject_did_not_carry_over(
    tmp_path: Path, subject: str, amount: str, expected: Told
) -> None:
    entry = f"1.教育支出（类）普通教育（款）{subject}（项）：2023年预算数为{amount}。"
    head = "五、一般公共预算当年拨款情况"
    assert found(tmp_path, "made.txt", DIVIDED.format(first="60.00"), head, entry) == expected


def test_当年拨款_bears_out_which_cell_of_a_row_that_carried_nothing_over_is_wrong(
    tmp_path: Path,
) -> None:
    entry = "1.教育支出（类）普通教育（款）学前教育（项）：2023年预算数为60.00万元。"
    head = "五、一般公共预算当年拨款情况"
    wrong = DIVIDED.format(first="66.00")
    assert found(tmp_path, "made.txt", wrong, head, entry) == [("NC401", "66.00", "60.00")]
