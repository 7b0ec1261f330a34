"""Cars that are said to be bought where something else is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import Status

Judged = tuple[list[str], list[str]]
COUNTED = "公务用车购置费15.00万元，购置公务用车1辆。"
COST = "公务用车购置费{}万元。"


def judged(tmp_path: Path, *said: str, kind: str = "决算") -> Judged:
    """The rules that find something, and the words of the last sentence that are borne out."""
    path = tmp_path / "made.md"
    lines = [f"青禾县水利局2023年度部门{kind}", "七、“三公”经费支出情况说明", *said]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    report = check(path)
    right = [
        claim.text
        for claim in report.reading.claims
        if report.statuses[claim.id] is Status.AGREES and claim.where.line == 2 * len(lines) - 1
    ]
    return [each.code for each in report.findings if each.code != "NC603"], right


@pytest.mark.parametrize(
    ("cause", "wrong", "right"),
    [
        ("原因是本年更新公务用车1辆", [], ["1辆"]),
        ("原因是按规定报废更新1辆执法执勤用车", [], ["1辆"]),
        ("原因是本年更新公务用车2辆", ["NC301"], []),
        ("原因是上年更新公务用车2辆", [], []),
        ("原因是更新公务用车1辆、购置执法用车2辆", [], []),
        ("原因是更新水泵2台", [], []),
        ("原因是更新公务用车1辆，通用设备3台", [], ["1辆"]),
        ("原因是更新执法执勤用车2辆，特种专业技术用车1辆", [], []),
        ("原因是更新执法执勤用车2辆和越野车1辆", [], []),
        ("原因是县水文站更新公务用车2辆", [], []),  # one of several units
        ("原因是用自有资金购置公务用车2辆", [], []),
        ("原因是购置公务用车2辆尚未付款", [], []),
        ("原因是购置环卫作业车辆2辆", [], []),  # no 公务用车
    ],
)
def test_a_cause_tells_of_as_many_cars_as_were_bought(
    tmp_path: Path, cause: str, wrong: list[str], right: list[str]
) -> None:
    assert judged(tmp_path, COUNTED, f"公务用车费用有变化，{cause}。") == (wrong, right)


@pytest.mark.parametrize(
    ("cost", "said", "wrong", "right"),
    [
        ("0.00", "2023年拟购置车辆0辆", [], ["0辆"]),
        ("15.00", "2023年拟购置车辆0辆", ["NC208"], []),
        ("15.00", "主要用于更新购置1辆机要通信用车", [], ["1辆"]),
        ("0.00", "2023年拟购置车辆1辆", [], []),  # with other money
    ],
)
def test_cars_that_are_to_be_bought_cost_something(
    tmp_path: Path, cost: str, said: str, wrong: list[str], right: list[str]
) -> None:
    told = judged(tmp_path, COST.format(cost), f"{said}。", kind="预算")
    assert told == (wrong, right)


def test_of_several_purchases_each_may_be_of_some_of_the_cars(tmp_path: Path) -> None:
    counted = COUNTED.replace("1辆", "3辆")
    said = "公务用车费用有变化，原因是本年更新公务用车1辆。", "县水文站购置公务用车2辆。"
    assert judged(tmp_path, counted, *said) == ([], [])


def test_what_a_settlement_plans_is_of_another_year(tmp_path: Path) -> None:
    assert judged(tmp_path, COST.format("15.00"), "计划购置车辆0辆。") == ([], [])
