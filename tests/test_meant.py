"""Lists that may leave things out, but that one slip alone keeps from adding up; rates in a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

TOLD = tuple[str, str, str, str | None]


def told(tmp_path: Path, *lines: str) -> list[TOLD]:
    """Code, severity, words and expectation of what is found in a document of these lines."""
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年度部门决算", *lines]), encoding="utf-8")
    return [(e.code, e.severity.value, e.text, e.expected) for e in check(path).findings]


def projects(whole: str, first: str, second: str) -> str:
    return f"项目支出{whole}，主要用于保障运转。其中：河道疏浚专项{first}，其他运转类项目{second}。"


@pytest.mark.parametrize(
    ("whole", "first", "second", "expected"),
    [
        ("1114.13万元", "468.51万元", "645.62万元", []),
        # two digits in each other's place, in a part and in the whole
        ("1114.13万元", "486.51万元", "645.62万元", [("486.51万元", "468.51万元")]),
        ("1141.13万元", "468.51万元", "645.62万元", [("1141.13万元", "1114.13万元")]),
        # the point
        ("1114.13万元", "46.851万元", "645.62万元", [("46.851万元", "468.51万元")]),
        # what is left over is any amount: the list is rightly incomplete
        ("1114.13万元", "468.51万元", "545.32万元", []),
        # a single digit makes up for what is left over: that may be a round amount
        ("1114.13万元", "468.51万元", "545.62万元", []),
        # too short for a slip to be no chance
        ("54万元", "14万元", "31万元", []),
    ],
)
def test_a_list_that_one_slip_keeps_from_adding_up_was_meant_to_be_complete(
    tmp_path: Path, whole: str, first: str, second: str, expected: list[tuple[str, str]]
) -> None:
    found = told(tmp_path, "二、支出决算情况说明", projects(whole, first, second))
    assert found == [("NC204", "error", *each) for each in expected]


def test_a_single_digit_is_a_warning_where_the_parts_are_more_than_the_whole(
    tmp_path: Path,
) -> None:
    found = told(
        tmp_path, "二、支出决算情况说明", projects("1114.13万元", "478.51万元", "645.62万元")
    )
    assert [(code, severity) for code, severity, *_ in found] == [("NC204", "warning")]


@pytest.mark.parametrize(("share", "expected"), [("43.67%", []), ("42.05%", ["468.51万元"])])
def test_a_number_that_is_borne_out_is_blamed_for_no_list(
    tmp_path: Path, share: str, expected: list[str]
) -> None:
    made = projects("1114.13万元", f"486.51万元，占项目支出的{share}", "645.62万元")
    found = told(tmp_path, "二、支出决算情况说明", made)
    assert [value for _, _, _, value in found] == expected


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("7,312.6平方米", []),
        ("7,132.6平方米", [("NC204", "error", "7,132.6平方米", "7312.6平方米")]),
        ("6,032.6平方米", []),
    ],
)
def test_areas_are_told_in_their_printed_unit(
    tmp_path: Path, area: str, expected: list[TOLD]
) -> None:
    line = f"房屋面积8,432.6平方米，其中办公用房1,120平方米、业务用房{area}。"
    assert told(tmp_path, "国有资产占用情况说明", line) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("343.28万元", []),
        ("334.28万元", [("NC204", "error", "334.28万元", "343.28万元")]),
        ("200.00万元", []),
    ],
)
def test_what_an_amount_was_used_for_is_added_up(
    tmp_path: Path, first: str, expected: list[TOLD]
) -> None:
    line = f"会议费支出572.14万元。主要用于：国际测量会议支出{first}，双边交流支出228.86万元。"
    assert told(tmp_path, "七、其他重要事项的情况说明", line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("覆盖率由上年的83.5%提高到91.2%，提高7.7个百分点。", []),
        (
            "覆盖率由上年的83.5%提高到91.2%，提高8.7个百分点。",
            [("NC207", "8.7个百分点", "7.7个百分点")],
        ),
        ("覆盖率由上年的91.2%下降到83.5%，下降7.7个百分点。", []),
        ("覆盖率83.5%，合格率91.2%，提高8.7个百分点。", []),
        ("项目1个，涉及预算资金63.59万元，当年执行48.74万元，执行率76.65%。", []),
        (
            "项目1个，涉及预算资金63.59万元，当年执行48.74万元，执行率67.65%。",
            [("NC202", "67.65%", "76.65%")],
        ),
        ("项目1个，涉及预算资金63.59万元，另有资金48.74万元，执行率67.65%。", []),
        ("主要原因是一方面养护较上年增加268.11万元，另一方面监测较上年减少286.95万元，"
         "两项相抵后净减少18.84万元。", []),
        ("主要原因是一方面养护较上年增加268.11万元，另一方面监测较上年减少286.95万元，"
         "两项相抵后净减少18.48万元。", [("NC204", "18.48万元", "18.84万元")]),
    ],
)  # fmt: skip
def test_numbers_that_follow_one_another_are_worked_out(
    tmp_path: Path, line: str, expected: list[tuple[str, str, str]]
) -> None:
    found = told(tmp_path, "八、预算绩效管理工作开展情况说明", line)
    assert [(code, text, value) for code, _, text, value in found] == expected


@pytest.mark.parametrize(("mean", "expected"), [("2.09万元", []), ("2.90万元", ["NC203"])])
def test_the_mean_of_a_journey_is_that_of_its_travellers(
    tmp_path: Path, mean: str, expected: list[str]
) -> None:
    line = (
        f"因公出国（境）费支出决算8.36万元。因公出国（境）团组1个、4人次，人均{mean}，赴德国交流。"
    )
    found = told(tmp_path, "九、“三公”经费支出决算情况说明", line)
    assert [code for code, *_ in found] == expected


@pytest.mark.parametrize(("again", "expected"), [("14.44亿元", []), ("14.44万元", ["14.44万元"])])
def test_an_amount_said_again_in_brackets_is_about_the_same(
    tmp_path: Path, again: str, expected: list[str]
) -> None:
    line = f"2023年度本年收入144422.90万元（约合{again}），主要是财政拨款收入。"
    found = told(tmp_path, "二、收入决算情况说明", line)
    assert [text for _, _, text, _ in found] == expected


@pytest.mark.parametrize("of_small", ["1.43万元", "36.00万元"])
def test_what_a_list_adds_up_without_is_none_of_its_parts(tmp_path: Path, of_small: str) -> None:
    text = (
        "2023年度政府采购支出总额36.64万元，其中：政府采购货物支出36.64万元、"
        f"政府采购工程支出0.00万元、政府采购服务支出0.00万元。授予中小企业合同金额{of_small}。"
    )
    assert told(tmp_path, "十一、政府采购支出情况说明", text) == []
