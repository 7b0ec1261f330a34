"""Counts told together, what a fund paid of an item, a class misprinted, a year left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

HEAD = "青禾县水利局2023年度部门决算\n\n一、情况说明\n\n"


def found(tmp_path: Path, narrative: str) -> list[tuple[str, str, str | None]]:
    path = tmp_path / "made.txt"
    path.write_text(HEAD + narrative, encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


@pytest.mark.parametrize(
    ("narrative", "code", "text", "expected"),
    [
        ("离休14人，退休397人，合计{}人。", "NC204", "441人", "411人"),
        ("年末实有人数{}人，其中：在职74人，离休1人，退休96人。", "NC204", "172人", "171人"),
        ("在职人员{}人，其中公务员20人，参公人员15人，事业人员27人。", "NC204", "64人", "62人"),
    ],
)
def test_people_are_as_many_as_their_kinds(
    tmp_path: Path, narrative: str, code: str, text: str, expected: str
) -> None:
    wrong, right = text.removesuffix("人"), expected.removesuffix("人")
    assert found(tmp_path, narrative.format(wrong)) == [(code, text, expected)]
    assert found(tmp_path, narrative.format(right)) == []


def test_those_who_left_are_no_part_of_the_staff(tmp_path: Path) -> None:
    said = "在职人员149人，其中：行政人员58人，参公人员49人，事业人员42人；退休人员96人。"
    assert found(tmp_path, said) == []


@pytest.mark.parametrize(("part", "right"), [("14.00", True), ("14.40", False)])
def test_what_a_fund_paid_of_an_item_is_no_total(tmp_path: Path, part: str, right: bool) -> None:
    said = (
        "支出合计900.00万元。公务接待费支出决算14.00万元"
        f"（其中：一般公共预算支出{part}万元；政府性基金预算支出0万元；国有资本经营预算支出0万元）。"
    )
    codes = [code for code, *_ in found(tmp_path, said)]
    assert ("NC204" in codes) is not right
    assert "NC101" not in codes
    assert "NC301" not in codes


@pytest.mark.parametrize(("name", "wrong"), [("抗役特别国债安排的支出", True), ("教育支出", False)])
def test_a_class_with_one_other_character_is_misprinted(
    tmp_path: Path, name: str, wrong: bool
) -> None:
    table = (
        "收入支出决算总表\n\n金额单位：万元\n\n| 项目 | 决算数 |\n| --- | --- |\n"
        f"| 五、{name} | 0.00 |\n\n"
    )
    codes = [each for each in found(tmp_path, f"{table}支出合计5.00万元。") if each[0] == "NC103"]
    assert codes == ([("NC103", name, "抗疫特别国债安排的支出")] if wrong else [])


def test_a_year_is_left_over_where_all_others_say_the_last(tmp_path: Path) -> None:
    said = (
        "收入较上年增加5.00万元。\n\n支出较上年减少3.00万元。\n\n会议费较上年增加1.00万元。\n\n"
        "培训费8.00万元，与{}年相比，增加2.00万元。"
    )
    years = [each for each in found(tmp_path, said.format(2021)) if each[0] == "NC302"]
    assert years == [("NC302", "2021", "2022")]
    assert not [each for each in found(tmp_path, said.format(2019)) if each[0] == "NC302"]


@pytest.mark.parametrize(("said", "wrong"), [("4", False), ("6", True)])
def test_meetings_are_held_against_the_counts_of_the_table(
    tmp_path: Path, said: str, wrong: bool
) -> None:
    table = (
        "“三公”经费支出决算表\n\n金额单位：万元\n\n| 项目 | 决算数 |\n| --- | --- |\n"
        "| “三公”经费合计 | 3.00 |\n| 公务接待费 | 3.00 |\n"
        "| 会议费 | 5.00 |\n| 召开会议次数（个） | 4 |\n| 参加会议人次（人） | 120 |\n\n"
    )
    told = f"{table}本年会议费5.00万元，召开会议{said}个，参加会议120人次。"
    counts = [each for each in found(tmp_path, told) if each[0] == "NC101"]
    assert counts == ([("NC101", "6个", "4个")] if wrong else [])
