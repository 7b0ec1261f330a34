"""Words of many authorities: read for what they mean, so that the right ones raise no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

ENTRIES = """一般公共预算财政拨款支出决算表
部门：青禾县水利局\t\t\t\t金额单位：万元
科目编码\t科目名称\t小计\t基本支出\t项目支出
\t合计\t300.00\t180.00\t120.00
205\t教育支出\t300.00\t180.00\t120.00
20502\t普通教育\t300.00\t180.00\t120.00
2050201\t学前教育\t120.00\t80.00\t40.00
2050202\t小学教育\t180.00\t100.00\t80.00
"""
TOTALS = """收入支出决算总表
部门：青禾县水利局\t\t\t金额单位：万元
收入\t\t支出\t
项目\t金额\t项目\t金额
一、一般公共预算财政拨款收入\t300.00\t一、教育支出\t310.00
八、其他收入\t20.00\t\t
本年收入合计\t320.00\t本年支出合计\t310.00
年初结转和结余\t5.00\t年末结转和结余\t15.00
总计\t325.00\t总计\t325.00
"""
FIFTH = "五、一般公共预算财政拨款支出决算情况说明"
FIRST = "一、收入支出决算总体情况说明"


def found(tmp_path: Path, *lines: str) -> list[tuple[str, str]]:
    path = tmp_path / "made.txt"
    path.write_text("\n".join(("青禾县水利局2023年度部门决算", *lines)), encoding="utf-8")
    return [(each.code, each.text) for each in check(path).findings]


@pytest.mark.parametrize(
    "head",
    [
        "1.“教育支出”（类）“普通教育”（款）“小学教育”（项）",
        "1.教育支出（205类）普通教育（02款）小学教育（02项）。",
        "1.教育支出（205）（类）普通教育（02）（款）小学教育（02）（项）。",
        "1.（类）教育支出（款）普通教育（项）小学教育：",
        "1.教育支出-普通教育-小学教育：",
        "1.教育支出/普通教育/小学教育：",
        "1.2050202小学教育，",
        "用于教育支出（类）普通教育（款）小学教育（项）",
    ],
)
def test_an_entry_is_known_in_all_the_ways_to_name_it(tmp_path: Path, head: str) -> None:
    told = f"{head}支出决算为{{}}万元。"
    assert found(tmp_path, ENTRIES, FIFTH, told.format("180.00")) == []
    assert found(tmp_path, ENTRIES, FIFTH, told.format("186.00")) == [("NC101", "186.00万元")]


@pytest.mark.parametrize(
    "line",
    [
        # an entry that no table has keeps its numbers to itself
        "2.信息化建设经费，年初预算25.00万元，支出决算为24.00万元，完成年初预算的96.0%。",
        # the spending of what was just counted
        "全年安排项目4个，支出68.00万元，完成预算的96.0%。",
        # what moved is not the item itself
        "教育支出300.00万元，主要原因是落实过紧日子要求，压减支出21.48万元。",
        "教育支出300.00万元，主要是在职人员增加6人，相应增加人员经费91.02万元。",
        "教育支出300.00万元，其他变动为新增项目支出5.00万元。",
        # a comparison among causes is of what it names
        "教育支出300.00万元，上年为280.00万元，增加的主要原因是校舍维修资金较上年减少4.00万元。",
        # a part that words before its name tell from the whole
        "教育支出300.00万元，其中本级教育支出100.00万元，下属单位教育支出200.00万元。",
        "项目支出120.00万元，包括“校舍维修”项目支出50.00万元、“设备更新”项目支出70.00万元。",
        "截至2023年6月30日，一般公共预算财政拨款支出140.00万元。",
        "一般公共预算财政拨款支出300.00万元，其中上半年支出140.00万元。",
        # last year's amount inside the comparison, and its neighbours
        "一般公共预算财政拨款支出300.00万元，比上年度的250.00万元增加50.00万元，增长20.0%。",
        "一般公共预算财政拨款支出300.00万元，较2022年支出250.00万元多支出50.00万元。",
        "学前教育支出120.00万元、小学教育支出180.00万元，分别占40.0%、60.0%。",
        "学前教育支出和小学教育支出分别较上年增加20.00万元和减少10.00万元，增长20.0%和下降5.3%。",
    ],
)
def test_what_is_right_in_other_words_raises_no_alarm(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, ENTRIES, FIFTH, line) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (
            "一般公共预算财政拨款支出300.00万元，比上年度的250.00万元增加60.00万元，增长20.0%。",
            ("NC207", "60.00万元"),
        ),
        (
            "学前教育支出120.00万元、小学教育支出180.00万元，分别占40.0%、66.0%。",
            ("NC203", "66.0%"),
        ),
        ("小学教育支出、学前教育支出均为180.00万元。", ("NC101", "180.00万元")),
    ],
)
def test_what_is_wrong_in_other_words_is_found(
    tmp_path: Path, line: str, wrong: tuple[str, str]
) -> None:
    assert found(tmp_path, ENTRIES, FIFTH, line) == [wrong]


def test_a_total_goes_by_many_names(tmp_path: Path) -> None:
    for name in ("收入、支出决算总计", "收支预算总数", "收入支出决算总计"):
        assert found(tmp_path, TOTALS, FIRST, f"2023年度{name}325.00万元。") == []
        wrong = found(tmp_path, TOTALS, FIRST, f"2023年度{name}352.00万元。")
        assert wrong == [("NC101", "352.00万元")]


def test_the_year_s_own_income_is_not_the_total_where_both_are_printed(tmp_path: Path) -> None:
    lines = (
        "2023年度收入决算总计325.00万元，包括：",
        "1.本年收入决算合计320.00万元。",
        "二、收入决算情况说明",
        "本年收入合计320.00万元，其中：其他收入20.00万元，占6.25%。",
    )
    assert found(tmp_path, TOTALS, FIRST, *lines) == []


def test_总支出_means_the_total_that_the_share_fits(tmp_path: Path) -> None:
    told = "2023年度支出310.00万元，其中教育支出310.00万元，占总支出的{}%。"
    assert found(tmp_path, TOTALS, "三、支出决算情况说明", told.format("100.0")) == []
    assert found(tmp_path, TOTALS, "三、支出决算情况说明", told.format("95.0")) == [
        ("NC203", "95.0%")
    ]


def test_a_comparison_after_parts_is_of_the_whole_that_its_numbers_fit(tmp_path: Path) -> None:
    told = (
        "公务用车运行维护费37.80万元，其中：加油9.45万元，维修28.35万元，"
        "比上年42.00万元减少{}万元，下降10.0%。"
    )
    title = "七、“三公”经费支出决算情况说明"
    assert found(tmp_path, title, told.format("4.20")) == []
    assert found(tmp_path, title, told.format("4.60")) != []


def test_a_page_number_between_the_lines_is_no_text(tmp_path: Path) -> None:
    lines = (
        "一般公共预算财政拨款支出300.00万元，年初预算为250.00万元，完成年初预",
        "",
        "- 21 -",
        "",
        "算的120.0%。",
    )
    path = tmp_path / "made.txt"
    path.write_text("\n".join(("2023年度部门决算", FIFTH, *lines)), encoding="utf-8")
    report = check(path)
    assert not report.reading.unread
    assert any(claim.text == "120.0%" and claim.base for claim in report.reading.claims)


BUDGET = """一般公共预算支出预算表
部门：青禾县水利局\t\t\t\t金额单位：万元
科目编码\t科目名称\t合计\t当年财政拨款安排\t上年结转安排
\t合计\t300.00\t280.00\t20.00
205\t教育支出\t300.00\t280.00\t20.00
20502\t普通教育\t300.00\t280.00\t20.00
2050202\t小学教育\t300.00\t280.00\t20.00
"""


@pytest.mark.parametrize(("amount", "wrong"), [("280.00", []), ("270.00", ["NC101"])])
def test_当年拨款_is_held_against_its_own_column(
    tmp_path: Path, amount: str, wrong: list[str]
) -> None:
    path = tmp_path / "made.txt"
    lines = (
        "青禾县水利局2024年部门预算",
        BUDGET,
        "三、一般公共预算当年拨款情况说明",
        f"1.教育支出（类）普通教育（款）小学教育（项）2024年预算数为{amount}万元。",
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [each.code for each in check(path).findings] == wrong


@pytest.mark.parametrize(("change", "wrong"), [("增加10.00", []), ("增加18.00", ["NC207"])])
def test_what_was_left_last_year_is_what_this_one_began_with(
    tmp_path: Path, change: str, wrong: list[str]
) -> None:
    path = tmp_path / "made.txt"
    told = f"年末结转和结余15.00万元，比上年{change}万元。"
    path.write_text("\n".join(("2023年度部门决算", TOTALS, FIRST, told)), encoding="utf-8")
    found = check(path).findings
    assert [(each.code, each.severity) for each in found] == [(code, "warning") for code in wrong]
