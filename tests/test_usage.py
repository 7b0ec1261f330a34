"""How a document uses names that units use in two senses: told by its own numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

TABLES = """青禾县水利局2031年度部门预算

部门收支总表

单位：万元

| 收入 |  | 支出 |  |
| --- | --- | --- | --- |
| 项目 | 预算数 | 项目 | 预算数 |
| 一般公共预算拨款收入 | 600.00 | 农林水支出 | 1000.00 |
| 事业收入 | 200.00 |  |  |
| 本年收入合计 | 800.00 | 本年支出合计 | 1000.00 |
| 上年结转 | 200.00 |  |  |
| 收入总计 | 1000.00 | 支出总计 | 1000.00 |

一、收支预算情况说明
"""


def found(folder: Path, said: str) -> list[tuple[str, str, str | None]]:
    """What is found, but hints, where this is said of the income."""
    path = folder / "made.md"
    path.write_text(f"{TABLES}\n{said}\n", encoding="utf-8")
    findings = check(path).findings
    return [(each.code, each.text, each.expected) for each in findings if each.severity != "info"]


SHARES = (
    "收入预算中，一般公共预算拨款收入600.00万元，占收入预算的{}；"
    "事业收入200.00万元，占收入预算的{}。"
)


@pytest.mark.parametrize(
    ("amount", "shares", "expected"),
    [
        ("1000.00", ("60.0%", "20.0%"), []),
        ("800.00", ("75.0%", "25.0%"), []),
        ("910.00", ("60.0%", "20.0%"), [("NC101", "910.00万元", "1000.00万元")]),
        ("910.00", ("75.0%", "25.0%"), [("NC101", "910.00万元", "800.00万元")]),
        ("1000.00", ("60.0%", "29.0%"), [("NC203", "29.0%", "20.0%")]),
    ],
)
def test_shares_tell_what_a_name_means_where_its_own_amount_is_wrong(
    tmp_path: Path, amount: str, shares: tuple[str, str], expected: list[tuple[str, str, str]]
) -> None:
    said = f"2031年收入预算{amount}万元。\n\n{SHARES.format(*shares)}"
    assert found(tmp_path, said) == expected


def test_a_wrong_year_does_not_hide_what_a_name_means(tmp_path: Path) -> None:
    said = f"2030年收入预算1000.00万元。\n\n{SHARES.format('60.0%', '20.0%')}"
    assert {code for code, *_ in found(tmp_path, said)} <= {"NC302"}
