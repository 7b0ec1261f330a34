"""By how much the parts of something changed, against the change of all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import Status

WHOLE = "2023年度收入合计5100.00万元，比上年增加1557.31万元。其中："
PARTS = (
    "1.一般公共预算财政拨款收入5000.00万元，比上年增加{}万元。",
    "2.政府性基金预算财政拨款收入0万元，与上年持平。",
    "3.事业收入60.00万元，比上年减少21.04万元。",
    "4.其他收入40.00万元，{}。",
)


def judged(tmp_path: Path, *said: str) -> tuple[list[tuple[str, str, str | None]], list[str]]:
    """What is found, and the words of the parts that are borne out."""
    path = tmp_path / "made.md"
    lines = ["青禾县水利局2023年度部门决算", "二、收入决算情况说明", *said]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    report = check(path)
    right = [
        claim.text
        for claim in report.reading.claims
        if report.statuses[claim.id] is Status.AGREES and claim.where.line != 5
    ]
    return [(each.code, each.text, each.expected) for each in report.findings], right


def told(came: str = "1538.35", other: str = "上年无此项收入") -> tuple[str, ...]:
    first, second, third, fourth = PARTS
    return WHOLE, first.format(came), second, third, fourth.format(other)


@pytest.mark.parametrize("other", ["上年无此项收入", "上年决算数为0万元", "比上年增加40.00万元"])
def test_changes_that_come_to_that_of_all_are_borne_out(tmp_path: Path, other: str) -> None:
    findings, right = judged(tmp_path, *told(other=other))
    assert findings == []
    assert {"1538.35万元", "持平", "21.04万元"} <= set(right)


def test_a_slip_among_all_changes_is_found(tmp_path: Path) -> None:
    findings, _ = judged(tmp_path, *told(came="5138.35"))
    assert findings == [("NC204", "5138.35万元", "1538.35万元")]


@pytest.mark.parametrize("came", ["1531.20", "1557.31"])
def test_changes_that_may_lack_one_say_nothing(tmp_path: Path, came: str) -> None:
    findings, right = judged(tmp_path, *told(came=came))
    assert findings == []
    assert not {"持平", "21.04万元"} & set(right)


def test_changes_of_another_year_or_from_the_budget_are_no_parts(tmp_path: Path) -> None:
    first, *rest = told()
    _, right = judged(tmp_path, first.replace("比上年", "比年初预算数"), *rest)
    assert not {"持平", "21.04万元"} & set(right)


def test_changes_that_a_gone_part_leaves_apart_say_nothing_where_a_slip_fits_by_chance(
    tmp_path: Path,
) -> None:
    whole = "2023年度收入合计900.00万元，比上年增加57.42万元。其中："  # 0.64万元 has gone
    parts = ("一般公共预算财政拨款收入800.00万元", "事业收入60.00万元", "其他收入40.00万元")
    told = zip(parts, ("1.92", "30.14", "26.00"), strict=True)
    lines = [f"{at}.{name}，比上年增加{came}万元。" for at, (name, came) in enumerate(told, 1)]
    findings, _ = judged(tmp_path, whole, *lines)
    assert findings == []


def test_the_parts_of_a_whole_are_looked_for_in_its_section(tmp_path: Path) -> None:
    whole, *parts = told(came="5138.35")
    findings, _ = judged(tmp_path, whole, "三、支出决算情况说明", *parts)
    assert findings == []
