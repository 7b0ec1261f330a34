"""Counts and scores that are taken apart: behind a change, by their shares, by what is scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

Found = tuple[str, str, str | None]


def found(tmp_path: Path, *lines: str) -> list[Found]:
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年度部门决算", *lines]), encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


@pytest.mark.parametrize(("police", "expected"), [(18, []), (81, [("NC204", "81辆", "18辆")])])
def test_cars_are_those_counted_before_how_many_more_there_are(
    tmp_path: Path, police: int, expected: list[Found]
) -> None:
    said = (
        "截至2023年12月31日，本部门共有车辆23辆，比上年减少2辆，主要是报废旧车。"
        f"其中，机要通信用车1辆，执法执勤用车{police}辆，其他用车4辆。"
    )
    assert found(tmp_path, said) == expected


def test_what_follows_a_change_is_no_part_of_a_count_of_other_things(tmp_path: Path) -> None:
    said = "本部门现有泵站31个，比上年增加2个，主要是新建。其中，排涝泵站12个，灌溉泵站9个。"
    assert found(tmp_path, said) == []


@pytest.mark.parametrize(
    ("good", "share", "expected"),
    [
        ("4个", "23.53%", []),
        ("5个", "23.53%", [("NC204", "5个", "4个")]),
        ("4个", "32.53%", [("NC203", "32.53%", "23.53%")]),
        ("3个", "17.65%", []),  # their shares are not all there is
    ],
)
def test_counts_whose_shares_come_to_all_are_all_there_are(
    tmp_path: Path, good: str, share: str, expected: list[Found]
) -> None:
    said = f"对17个项目开展自评。自评等次为“优”的13个，占76.47%，“良”的{good}，占{share}。"
    assert found(tmp_path, "十四、预算绩效情况", said) == expected


@pytest.mark.parametrize(
    ("share", "expected"), [("72.8%", []), ("78.2%", [("NC203", "78.2%", "72.8%")])]
)
def test_a_share_is_of_the_count_that_it_names(
    tmp_path: Path, share: str, expected: list[Found]
) -> None:
    said = f"在校生8246人，教职工511人，其中专任教师372人，占教职工总数的{share}。"
    assert found(tmp_path, "一、单位基本情况", said) == expected
    other = f"在校生8246人，教职工511人，其中专任教师372人，占全市教师总数的{share}。"
    assert found(tmp_path, "一、单位基本情况", other) == []


SCORED = "预算执行{}分、产出指标47.6分、效益指标28.5分、满意度指标9分"


@pytest.mark.parametrize("lead", ["自评得分94.2分，其中", "自评得分94.2分。各项得分："])
@pytest.mark.parametrize(
    ("spent", "expected"), [("9.1", []), ("1.9", [("NC204", "1.9分", "9.1分")])]
)
def test_what_a_project_scored_is_what_its_aims_scored(
    tmp_path: Path, lead: str, spent: str, expected: list[Found]
) -> None:
    said = f"河道清淤项目{lead}{SCORED.format(spent)}。"
    assert found(tmp_path, "十四、预算绩效情况", said) == expected


def test_scores_of_some_aims_alone_need_not_be_all(tmp_path: Path) -> None:
    said = "河道清淤项目自评得分94.2分。扣分较多的有：预算执行1.9分、效益指标28.5分。"
    assert found(tmp_path, "十四、预算绩效情况", said) == []
