"""Means: what a guest, a visit, a car or a project cost or scored, over what was counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

Found = tuple[str, str, str | None]
GUESTS = "2023年度公务接待费支出3.30万元。国内公务接待40批次、300人次，其中外事接待0批次、0人次。"
CARS = (
    "2023年度公务用车购置费支出18.40万元，公务用车运行维护费支出14.40万元。"
    "公务用车购置1辆，公务用车保有量6辆。"
)
SCORES = "河道清淤项目自评得分96.5分。泵站改造项目自评得分98分。灌区巡查项目自评得分91.2分。"


def found(tmp_path: Path, *lines: str, kind: str = "决算") -> list[Found]:
    path = tmp_path / "made.md"
    title = f"青禾县水利局2023年度部门{kind}"
    path.write_text("\n\n".join([title, f"七、“三公”经费支出{kind}情况说明", *lines]), "utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"{GUESTS}人均接待费110.00元，批均接待费825.00元。", []),
        (f"{GUESTS}人均接待费101.00元。", [("NC203", "101.00元", "110.00元")]),
        (f"{GUESTS}批均接待费852.00元。", [("NC203", "852.00元", "825.00元")]),
        (f"{CARS}车均购置费18.40万元，车均维护费2.40万元。", []),
        (f"{CARS}车均购置费14.80万元。", [("NC203", "14.80万元", "18.40万元")]),
        (f"{CARS}平均每辆运行维护费4.20万元。", [("NC203", "4.20万元", "2.40万元")]),
        (f"{CARS}公务用车保有量中应急车2辆，平均每辆运行维护费7.20万元。", []),
    ],
)
def test_a_mean_is_of_what_its_name_says(tmp_path: Path, said: str, expected: list[Found]) -> None:
    assert found(tmp_path, said) == expected


def test_a_mean_that_names_no_cost_is_of_that_of_its_paragraph_alone(tmp_path: Path) -> None:
    assert found(tmp_path, "公务接待费支出3.30万元。", "接待300人次，人均101.00元。") == []
    told = ("公务接待费支出3.30万元。", "接待300人次，人均接待费101.00元。")
    assert found(tmp_path, *told) == [("NC203", "101.00元", "110.00元")]


@pytest.mark.parametrize(("each", "expected"), [("2.40", []), ("4.20", ["4.20万元"])])
def test_what_a_budget_allows_a_car_is_the_budget_over_the_cars(
    tmp_path: Path, each: str, expected: list[str]
) -> None:
    said = f"2023年公务用车运行维护费预算7.20万元，按3辆公务用车、每辆{each}万元的定额标准安排。"
    assert [text for _, text, _ in found(tmp_path, said, kind="预算")] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("上述3个项目平均得分95.23分。", []),
        ("上述3个项目平均得分96.23分。", [("NC203", "96.23分", "95.23分")]),
        ("上述2个项目平均得分96.23分。", []),  # of which of the three is not said
    ],
)
def test_a_mean_score_is_of_the_scores_before_it(
    tmp_path: Path, said: str, expected: list[Found]
) -> None:
    assert found(tmp_path, "十四、预算绩效情况", SCORES, said) == expected


def test_the_mean_of_another_year_is_not_of_this_year_s_amount(tmp_path: Path) -> None:
    text = "公务用车运行维护费7.50万元，公务用车保有量3辆，车均2.50万元，比2030年车均2.25万元增加。"
    path = tmp_path / "made.md"
    path.write_text(f"2031年度部门决算\n\n四、“三公”经费\n\n{text}\n", encoding="utf-8")
    assert [(e.code, e.text) for e in check(path).findings if e.code == "NC203"] == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("县道312公里，每公里4000元，计124.80万元。", []),
        ("县道312公里，每公里4000元，计128.40万元。", [("NC203", "128.40万元")]),
        ("更新车辆补助7辆，每辆12.50万元，共计87.50万元。", []),
        ("聘用12人（每人3.20万元），共需36.80万元。", [("NC203", "36.80万元")]),
        ("培训费5.20万元，按在职52人计算，人均1000元。", []),
        ("培训费5.20万元，按在职52人计算，人均1200元。", [("NC203", "1200元")]),
        # another amount before is what the mean is of
        ("会议费2.60万元，培训费5.20万元，按在职52人计算，人均500元。", []),
        # it is of another thing
        ("县道312公里，投入124.80万元，每公里4200元。", []),
    ],
)
def test_what_is_reckoned_aloud_is_reckoned_rightly(
    tmp_path: Path, said: str, expected: list[tuple[str, str]]
) -> None:
    path = tmp_path / "made.md"
    path.write_text(f"青禾县水利局2023年度部门决算\n\n四、项目情况\n\n{said}\n", encoding="utf-8")
    assert [(each.code, each.text) for each in check(path).findings] == expected
