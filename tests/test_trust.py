"""Tables of text exports: headers that lost their merged cells, rows that lost their empty ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import DocumentReport

GRID = (
    "项目\t\t本年支出\t\t\n"
    "科目编码\t科目名称\t小计\t基本支出\t项目支出\n"
    "\t合计\t90.00\t60.00\t30.00\n"
    "205\t教育支出\t50.00\t40.00\t10.00\n"
    "20502\t普通教育\t50.00\t40.00\t10.00\n"
    "2050202\t小学教育\t50.00\t40.00\t10.00\n"
    "213\t农林水支出\t40.00\t20.00\t20.00\n"
    "21303\t水利\t40.00\t20.00\t20.00\n"
    "2130314\t防汛\t40.00\t20.00\t20.00\n"
)
COLLAPSED = GRID.replace("项目\t\t本年支出\t\t\n", "项目\t本年支出\n")
# Every amount stands one column too far to the right.
SHIFTED = "\n".join(
    line
    if number < 2
    else line.replace("\t", "\t", 1)
    .replace("支出\t", "支出\t\t")
    .replace("教育\t", "教育\t\t")
    .replace("合计\t", "合计\t\t")
    .replace("水利\t", "水利\t\t")
    .replace("防汛\t", "防汛\t\t")
    for number, line in enumerate(GRID.split("\n"))
)


def report(tmp_path: Path, table: str, said: str) -> DocumentReport:
    path = tmp_path / "报告.txt"
    path.write_text(
        "2031年度部门决算\n\n一般公共预算财政拨款支出决算表\n\n金额单位：万元\n\n"
        f"{table}\n五、一般公共预算财政拨款支出决算情况说明\n\n{said}\n",
        encoding="utf-8",
    )
    return check(path)


RIGHT = "2031年度一般公共预算财政拨款支出90.00万元，其中：基本支出60.00万元，项目支出30.00万元。"
WRONG = RIGHT.replace("60.00", "66.00")


@pytest.mark.parametrize("table", [GRID, COLLAPSED], ids=["grid", "collapsed"])
def test_a_header_that_lost_its_merged_cells_is_read_as_the_grid(
    tmp_path: Path, table: str
) -> None:
    assert report(tmp_path, table, RIGHT).findings == ()
    found = report(tmp_path, table, WRONG).findings
    assert [(each.code, each.text, each.expected) for each in found] == [
        ("NC101", "66.00万元", "60.00万元")
    ]


def test_nothing_is_held_against_a_table_that_its_own_sums_refute(tmp_path: Path) -> None:
    found = report(tmp_path, SHIFTED, RIGHT)
    assert found.findings == ()
    assert not any(value.figure for value in found.table_values)


def test_one_wrong_cell_does_not_make_a_table_untrusted(tmp_path: Path) -> None:
    table = GRID.replace("2050202\t小学教育\t50.00", "2050202\t小学教育\t50.90")
    found = report(tmp_path, table, WRONG).findings
    assert [(each.code, each.text) for each in found] == [
        ("NC401", "50.90"),
        ("NC101", "66.00万元"),
    ]
