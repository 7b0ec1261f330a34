"""Entries of subjects whose levels stand without brackets: 教育类普通教育款小学教育项."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.claims.entries import find_entries, named_levels
from narrcheck.load import load
from narrcheck.patterns.subjects import plain

ALL = ["教育", "普通教育", "小学教育"]
DIGITS = {"教育": 3, "普通教育": 5, "小学教育": 7}
TABLES = """# 某某局2023年度部门决算

第二部分 部门决算表

一般公共预算财政拨款支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 90.00 | 60.00 | 30.00 |
| 205 | 教育支出 | 90.00 | 60.00 | 30.00 |
| 20502 | 普通教育 | 90.00 | 60.00 | 30.00 |
| 2050202 | 小学教育 | 60.00 | 40.00 | 20.00 |
| 2050203 | 初中教育 | 30.00 | 20.00 | 10.00 |

第三部分 部门决算情况说明

一、一般公共预算财政拨款支出决算情况说明
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1、教育类普通教育款小学教育项，决算2.00万元", ALL),
        ("（一）教育类普通教育款小学教育项2.00万元", ALL),
        ("教育 类 普通教育 款 小学教育 项 2.00万元", ALL),
        ("教育类 普通教育款 小学教育项：", ALL),
        ("“教育”类“普通教育”款“小学教育”项", ALL),
        ("教育类普通教育款“三名”建设项2.00万元", ["教育", "普通教育", "“三名”建设"]),
        ("教育支出类普通教育支出款小学教育支出项", [f"{name}支出" for name in ALL]),
        ("教育类支出普通教育款支出小学教育项支出2.00万元", ALL),
        ("主要用于教育类普通教育款", ALL[:2]),
        ("普通教育款小学教育项年初预算为2.00万元", ALL[1:]),
    ],
)
def test_levels_without_brackets_are_an_entry(text: str, names: list[str]) -> None:
    (entry,) = named_levels(text)
    assert [level.name for level in entry] == names
    assert [text[level.start : level.end] for level in entry] == names
    assert [level.digits for level in entry] == [DIGITS.get(plain(name), 7) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算财政拨款安排的各项支出",
        "各类教育捐款用于助学事项，共2项",
        "教育类普通教育款小学教育项目2.00万元",
        "发放抚恤款3项",
        "按政府收支分类款级科目、项级科目列示",
        "小学教育项2.00万元",
    ],
)
def test_what_only_looks_like_levels_is_no_entry(text: str) -> None:
    assert not list(find_entries(text))


def narrative(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "made.md"
    path.write_text(TABLES + "\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_entry_without_brackets_is_held_against_its_own_row(tmp_path: Path) -> None:
    path = narrative(
        tmp_path,
        "1、教育类普通教育款小学教育项，决算60.00万元，为年初预算50.00万元的120.0%。",
        "2、教育类普通教育款初中教育项，决算33.00万元，与年初预算一致。",
    )
    report = check(path)
    assert [(each.text, each.expected) for each in report.findings] == [("33.00万元", "30.00万元")]


def test_an_entry_without_brackets_may_be_a_heading(tmp_path: Path) -> None:
    path = narrative(
        tmp_path,
        "1、教育类普通教育款小学教育项。",
        "年初预算为50.00万元，支出决算为60.00万元。",
        "2、教育类普通教育款初中教育项。",
        "年初预算为30.00万元，支出决算为30.00万元。",
    )
    titles = [section.title for section in load(path).sections]
    assert "1、教育类普通教育款小学教育项。" in titles
    claims = check(path).reading.claims
    assert {claim.figure.code for claim in claims if claim.figure} == {"2050202", "2050203"}


def test_a_row_named_otherwise_without_brackets_is_seen(tmp_path: Path) -> None:
    path = narrative(tmp_path, "1、教育类普通教育款中学教育项，决算30.00万元。")
    found = [(each.code, each.text, each.expected) for each in check(path).findings]
    assert found == [("NC103", "中学教育", "初中教育")]
