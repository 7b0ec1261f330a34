"""Relations between statements: changes against years, counts said twice, parts of one whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import Finding


def found(tmp_path: Path, *sentences: str) -> list[tuple[str, str, str | None]]:
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年度部门决算", *sentences]), encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("比上年变化0万元，主要是新设单位，没有上年决算数", [("NC207", "0万元", "61.50万元")]),
        ("比上年增加61.50万元，主要是新设单位，没有上年决算数", []),
        (
            "比上年增加60.50万元，主要是新设单位，无2022年决算数",
            [("NC207", "60.50万元", "61.50万元")],
        ),
        ("比上年变化0万元，与上年持平", []),
        ("比上年变化3.00万元", []),
        ("上年为60.00万元，比上年增加1.50万元", []),
        ("上年为60.00万元，比上年增加2.50万元", [("NC207", "2.50万元", "1.50万元")]),
    ],
)
def test_a_change_is_the_difference_of_two_years(
    tmp_path: Path, said: str, expected: list[tuple[str, str, str]]
) -> None:
    assert (
        found(tmp_path, "二、收入决算情况说明", f"2023年度收入合计61.50万元，{said}。") == expected
    )


@pytest.mark.parametrize(
    ("said", "rate"),
    [
        ("上年无此项预算，同比增长100.00%", "100.00%"),
        ("上年未安排，比上年增长100%", "100%"),
        ("上年为0万元，增长100%", "100%"),
        ("上年有此项预算，同比增长100.00%", None),
        ("上年未安排设备购置，同比增长3.0%", None),  # a part had nothing, the whole had
        ("上年无此项预算，同比增长0%", None),
    ],
)
def test_nothing_grows_at_no_rate(tmp_path: Path, said: str, rate: str | None) -> None:
    text = f"机关运行经费支出61.50万元，{said}。"
    expected = [("NC504", rate, None)] if rate else []
    assert found(tmp_path, "十、机关运行经费支出情况说明", text) == expected


def test_no_rate_fits_a_base_of_zero_not_even_0(tmp_path: Path) -> None:
    said = "机关运行经费支出61.50万元，比年初预算增加61.50万元，增长0%。"
    assert found(tmp_path, "十、机关运行经费支出情况说明", said) == [("NC504", "0%", None)]


def test_a_count_said_twice_is_the_same(tmp_path: Path) -> None:
    lines = [
        "三、“三公”经费支出决算情况说明",
        "局机关及下属2个单位出国团组0个。",
        "局机关及下属2个单位公务用车保有量为3辆。",
        "局机关及下属{}个单位接待来访团组1个。",
    ]
    assert found(tmp_path, *(line.format(2) for line in lines)) == []
    assert found(tmp_path, *(line.format(5) for line in lines)) == [("NC301", "5个", "2个")]


def test_parts_are_together_no_more_than_their_whole(tmp_path: Path) -> None:
    said = (
        "政府采购支出总额30.00万元。在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，"
        "采购金额20.00万元；在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额{}万元。"
    )
    for right in ("10.00", "10.01"):  # 19.996 and 10.008 are 30.004: each number is rounded
        assert found(tmp_path, "政府采购支出情况说明", said.format(right)) == []
    assert [code for code, *_ in found(tmp_path, "政府采购支出情况说明", said.format("10.02"))] == [
        "NC206"
    ]


TRAVEL = (
    "2023年度“三公”经费财政拨款支出决算为5.00万元，与上年相比减少1.00万元，下降16.7%。",
    "因公出国（境）费支出0.00万元，与上年持平。",
    "公务用车购置及运行维护费支出3.00万元，与上年相比{}。",
    "公务接待费支出2.00万元，与上年相比持平。",
)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("减少1.00万元，下降25.0%", []), ("无变化", ["NC204"]), ("减少1.50万元", ["NC204"])],
)
def test_持平_is_refuted_by_a_total_that_only_follows(
    tmp_path: Path, said: str, wrong: list[str]
) -> None:
    lines = [line.format(said) for line in TRAVEL]
    codes = found(tmp_path, "七、“三公”经费支出决算情况说明", *lines)
    assert [code for code, *_ in codes] == wrong


def test_a_part_that_changed_otherwise_than_the_whole_allows_is_told_with_the_years_before(
    tmp_path: Path,
) -> None:
    path = tmp_path / "made.md"
    lines = ["2023年度部门决算", "七、“三公”经费支出决算情况说明"]
    path.write_text("\n\n".join([*lines, *TRAVEL]).format("无变化"), encoding="utf-8")
    (finding,) = check(path).findings
    assert "6.00万元" in finding.message
    assert "5.00万元 + 1.00万元 = 6.00万元" in "".join(each.text for each in finding.evidence)


OFFICE = "2023年度机关运行经费支出20.00万元，比上年增加2.00万元，增长11.1%。"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("与上年持平", [("NC205", "持平", "增加")]),
        ("比上年增加2.00万元", []),
        ("比上年增加3.00万元", [("NC207", "3.00万元", "2.00万元")]),
        ("比上年增长11.1%", []),
        ("比上年增长12.1%", [("NC201", "12.1%", "11.1%")]),
        ("主要原因是人员增加，较上年增加0.50万元", []),
    ],
)
def test_what_is_said_of_a_year_twice_is_the_same(
    tmp_path: Path, said: str, expected: list[tuple[str, str, str]]
) -> None:
    other = f"2023年度机关运行经费支出20.00万元，{said}。"
    sections = ("九、机关运行经费支出情况说明", OFFICE, "十、其他说明", other)
    assert found(tmp_path, *sections) == expected


@pytest.mark.parametrize(
    ("rate", "severity", "expected"),
    [
        ("95.2%", "error", "完成全年预算的95.2%"),
        ("94.0%", "warning", None),
        ("0%", "warning", None),
    ],
)
def test_a_completion_of_a_budget_of_0_may_be_one_of_another_budget(
    tmp_path: Path, rate: str, severity: str, expected: str | None
) -> None:
    said = f"年初预算为0万元，全年预算为42.00万元，支出决算为40.00万元，完成年初预算的{rate}。"
    finding = _alone(tmp_path, "机关运行经费支出情况说明", f"机关运行经费{said}")
    assert (finding.code, finding.severity, finding.expected) == ("NC504", severity, expected)


def test_0_percent_of_0_is_no_more_than_an_info(tmp_path: Path) -> None:
    said = "机关运行经费年初预算为0万元，支出决算为0万元，完成年初预算的0%。"
    assert _alone(tmp_path, "机关运行经费支出情况说明", said).severity == "info"


def _alone(tmp_path: Path, *lines: str) -> Finding:
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年度部门决算", *lines]), encoding="utf-8")
    (finding,) = check(path).findings
    return finding


BUDGET = "一、收入预算情况说明", "2023年度收入预算200.00万元，比上年增加50.00万元，增长33.3%。"


@pytest.mark.parametrize(
    ("share", "expected"),
    [("60.0%", []), ("62.0%", [("NC203", "62.0%", "60.0%")])],
)
def test_a_part_of_a_budget_is_a_share_of_it_and_completes_nothing(
    tmp_path: Path, share: str, expected: list[tuple[str, str, str]]
) -> None:
    said = f"收入预算中，事业收入120.00万元，占收入预算的{share}；其他收入80.00万元，占40.0%。"
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年度部门预算", *BUDGET, said]), encoding="utf-8")
    assert [(each.code, each.text, each.expected) for each in check(path).findings] == expected


def test_a_budget_that_is_told_among_causes_is_not_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "made.md"
    lines = (
        "青禾县水利局2023年度部门预算",
        "一、收支预算情况说明",
        "2023年收入预算90.00万元，比上年增加6.00万元，主要是项目调整；支出预算90.00万元。",
        "支出预算中，基本支出40.00万元，占支出预算的44.4%；项目支出50.00万元。",
    )
    path.write_text("\n\n".join(lines), encoding="utf-8")
    assert [each.code for each in check(path).findings] == []


SPENDING = """
五、一般公共预算财政拨款支出决算情况说明

一般公共预算财政拨款支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 100.00 | 60.00 | 40.00 |
| 205 | 教育支出 | 100.00 | 60.00 | 40.00 |
| 20502 | 普通教育 | 100.00 | 60.00 | 40.00 |
| 2050201 | 学前教育 | 60.00 | 60.00 |  |
| 2050202 | 小学教育 | 40.00 |  | 40.00 |

五、一般公共预算财政拨款支出决算情况说明
"""


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("40.00万元", []), ("41.00万元", [("NC101", "41.00万元", "40.00万元")])],
)
@pytest.mark.parametrize("lead", ["", "年初预算为50.00万元，"])
def test_spending_said_after_an_entry_is_that_of_the_entry(
    tmp_path: Path, lead: str, amount: str, expected: list[tuple[str, str, str]]
) -> None:
    entry = f"2.教育支出（类）普通教育（款）小学教育（项）：{lead}支出{amount}。"
    assert found(tmp_path, SPENDING, entry) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("两项合计占一般公共预算财政拨款支出的100.0%", []),
        ("两项合计占一般公共预算财政拨款支出的98.0%", [("NC203", "98.0%", "100.0%")]),
        ("2项支出共计占一般公共预算财政拨款支出的98.0%", [("NC203", "98.0%", "100.0%")]),
        ("三项合计占一般公共预算财政拨款支出的98.0%", []),  # of which three is not told
    ],
)
def test_a_share_of_several_things_is_that_of_their_sum(
    tmp_path: Path, said: str, expected: list[tuple[str, str, str]]
) -> None:
    text = f"支出较大的有：学前教育60.00万元，小学教育40.00万元，{said}。"
    assert found(tmp_path, SPENDING, text) == expected


@pytest.mark.parametrize(
    ("share", "expected"), [("60.0%", []), ("66.0%", [("NC203", "66.0%", "60.0%")])]
)
def test_what_follows_a_list_told_together_takes_its_whole_apart(
    tmp_path: Path, share: str, expected: list[tuple[str, str, str]]
) -> None:
    text = (
        "政府采购支出总额10.00万元，其中：政府采购货物支出5.00万元、政府采购工程支出2.00万元、"
        "政府采购服务支出3.00万元，占比分别为50.0%、20.0%和30.0%。"
        f"其中面向中小企业采购6.00万元，占{share}。"
    )
    assert found(tmp_path, "十一、政府采购支出说明", text) == expected


SPENT = """一般公共预算财政拨款支出决算表

金额单位：元

| 科目代码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 4666671.24 | 4665020.36 | 1650.88 |
| 205 | 教育支出 | 3432901.00 | 3431250.12 | 1650.88 |
| 208 | 社会保障和就业支出 | 533769.24 | 533769.24 | 0.00 |
| 210 | 卫生健康支出 | 500001.00 | 500001.00 | 0.00 |
| 213 | 农林水支出 | 100000.00 | 100000.00 | 0.00 |
| 221 | 住房保障支出 | 100000.00 | 100000.00 | 0.00 |"""


@pytest.mark.parametrize(("said", "expected"), [("466.67", []), ("466.65", ["466.67万元"])])
def test_parts_that_may_also_make_up_the_table_s_number_excuse_no_other(
    tmp_path: Path, said: str, expected: list[str]
) -> None:
    text = (
        f"2023年度一般公共预算财政拨款支出{said}万元，主要用于以下方面："
        "教育支出343.29万元，占73.6%；社会保障和就业支出53.38万元，占11.4%；卫生健康支出50.00万元，"
        "占10.7%；农林水支出10.00万元，占2.1%；住房保障支出10.00万元，占2.1%。"
    )
    told = found(tmp_path, SPENT, "五、一般公共预算财政拨款支出决算情况说明", text)
    assert [(code, right) for code, _, right in told] == [("NC101", each) for each in expected]


@pytest.mark.parametrize("year", ["2022", "2024"])
def test_a_year_whose_amount_is_that_of_the_table_s_year_is_wrong_beside_a_share_too(
    tmp_path: Path, year: str
) -> None:
    text = f"{year}年度支出合计466.67万元，其中：基本支出466.50万元，占99.96%。"
    told = found(tmp_path, SPENT.replace("一般公共预算财政拨款", ""), "三、支出决算情况说明", text)
    assert told == [("NC302", year, "2023")]


def test_an_amount_of_a_wrong_year_is_said_against_nothing_else(tmp_path: Path) -> None:
    """Only the year is wrong: what the amount was the year before is not held against it."""
    total = "2023年度支出合计466.67万元，与2022年度的400.00万元相比，增加66.67万元，增长16.67%。"
    again = "2022年度支出合计466.67万元。"
    told = found(
        tmp_path, SPENT.replace("一般公共预算财政拨款", ""), "三、支出决算情况说明", total, again
    )
    assert told == [("NC302", "2022", "2023")]


def test_counts_of_two_sorts_are_not_held_together(tmp_path: Path) -> None:
    text = "公务用车保有量3辆。公务用车保有量500平方米。"
    assert found(tmp_path, "一、基本情况", text) == []


def test_how_much_more_than_a_budget_was_spent_is_no_budget(tmp_path: Path) -> None:
    text = "年初预算总额446.67万元，支出总体完成率为104.48%，超出预算20.00万元。"
    assert found(tmp_path, SPENT, "五、一般公共预算财政拨款支出决算情况说明", text) == []


def test_当年拨款_of_some_spending_is_not_that_of_all(tmp_path: Path) -> None:
    first = "2023年度当年财政拨款466.67万元。"
    text = (
        "支出合计500.00万元，其中：基本支出495.00万元；项目支出5.00万元。"
        "项目支出中，当年财政拨款3.00万元、其他收入2.00万元。"
    )
    assert found(tmp_path, "三、支出决算情况说明", first, text) == []
