"""What is judged by sums that nobody prints: shares, bases behind rates, lists, and 其中 itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import DocumentReport, Status

BUDGET = "二、财政拨款收支预算情况说明"
BUYING = "十一、政府采购支出说明"


def report(tmp_path: Path, *lines: str, kind: str = "决算") -> DocumentReport:
    path = tmp_path / "made.md"
    path.write_text("\n\n".join([f"青禾县水利局2023年度部门{kind}", *lines]), encoding="utf-8")
    return check(path)


def found(made: DocumentReport) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity.value, each.text) for each in made.findings]


def unchecked(made: DocumentReport) -> list[str]:
    statuses = made.statuses
    return [c.text for c in made.reading.claims if statuses[c.id] is Status.UNCHECKED]


def bought(goods: str, works: str, services: str, granted: str = "6.00万元") -> str:
    return (
        "政府采购支出总额10.00万元，其中：政府采购货物类支出5.00万元、政府采购工程类支出1.00万元、"
        f"政府采购服务类支出4.00万元。授予中小企业合同金额{granted}，占政府采购支出总额的60.0%。"
        f"货物采购授予中小企业合同金额占货物支出金额的{goods}，工程采购授予中小企业合同金额占"
        f"工程支出金额的{works}，服务采购授予中小企业合同金额占服务支出金额的{services}。"
    )


def test_shares_of_each_kind_come_to_what_was_granted(tmp_path: Path) -> None:
    right = report(tmp_path, BUYING, bought("60.0%", "100.0%", "50.0%"))
    assert found(right) == []
    assert unchecked(right) == []
    wrong = report(tmp_path, BUYING, bought("60.0%", "100.0%", "75.0%"))
    assert [(code, severity) for code, severity, _ in found(wrong)] == [("NC203", "error")]


def test_shares_without_one_of_the_kinds_prove_nothing(tmp_path: Path) -> None:
    made = report(tmp_path, BUYING, bought("70.0%", "100.0%", "50.0%").replace("工程采购", "其他"))
    assert found(made) == []


@pytest.mark.parametrize(
    ("welfare", "expected"),
    [
        ("32.00万元", []),
        ("31.00万元", [("NC204", "warning")]),
        ("320.00万元", [("NC206", "error")]),
        ("31.00万元等", []),
    ],
)
def test_what_income_and_spending_include_is_the_total_said_before(
    tmp_path: Path, welfare: str, expected: list[tuple[str, str]]
) -> None:
    made = report(
        tmp_path,
        BUDGET,
        "2023年财政拨款收支预算总数100.00万元。",
        "收入包括：一般公共预算拨款收入90.00万元、上年结转10.00万元；支出包括：教育支出18.00万元、"
        f"农林水支出50.00万元、社会保障和就业支出{welfare}。",
        kind="预算",
    )
    assert [(code, severity) for code, severity, _ in found(made)] == expected
    if not expected and "等" not in welfare:
        assert unchecked(made) == []


SPENT = "五、一般公共预算财政拨款支出决算情况说明"


def entries(first: str) -> tuple[str, ...]:
    return (
        SPENT,
        "（三）一般公共预算财政拨款支出决算具体情况",
        "2023年一般公共预算财政拨款支出决算数为60.00万元，完成预算75.00%。其中：",
        f"1.教育支出（类）普通教育（款）小学教育（项）：支出决算为40.00万元，完成预算{first}，"
        "决算数小于预算数的主要原因是项目结余。",
        "2.教育支出（类）普通教育（款）初中教育（项）：支出决算为20.00万元，完成预算66.67%，"
        "决算数小于预算数的主要原因是项目结余。",
    )


def test_budgets_that_completions_imply_add_up(tmp_path: Path) -> None:
    made = report(tmp_path, *entries("80.00%"))
    assert found(made) == []
    assert unchecked(made) == []


def test_completions_that_do_not_add_up_stay_unchecked(tmp_path: Path) -> None:
    """An entry with a budget and no spending is not listed: that proves nothing wrong."""
    made = report(tmp_path, *entries("90.00%"))
    assert found(made) == []
    assert "90.00%" in unchecked(made)


def test_a_completion_that_a_word_contradicts_does_not_bear_it_out(tmp_path: Path) -> None:
    made = report(tmp_path, *entries("180.00%"))
    assert [code for code, *_ in found(made)] == ["NC205"]


THREE = "八、“三公”经费支出决算情况说明"


@pytest.mark.parametrize(("growth", "expected"), [("25.0%", []), ("52.0%", ["NC204"])])
def test_bases_behind_growths_add_up(tmp_path: Path, growth: str, expected: list[str]) -> None:
    made = report(
        tmp_path,
        THREE,
        "“三公”经费支出决算为15.00万元，同比增长25.0%。其中：因公出国（境）费支出决算为0万元，"
        "与上年持平；公务用车购置及运行维护费支出决算为10.00万元，同比增长25.0%；"
        f"公务接待费支出决算为5.00万元，同比增长{growth}。",
    )
    assert [code for code, *_ in found(made)] == expected
    if not expected:
        assert unchecked(made) == []


PAY = """| 科目代码 | 科目名称 | 决算数 |
| --- | --- | --- |
| 301 | 工资福利支出 | 60.00 |
| 30101 | 基本工资 | 40.00 |
| 30102 | 津贴补贴 | 20.00 |
| 302 | 商品和服务支出 | 30.00 |
| 30201 | 办公费 | 28.00 |
| 30239 | 其他交通费用 | 2.00 |"""
BASIC = "六、一般公共预算财政拨款基本支出决算情况说明"


def test_a_list_of_subjects_with_amounts_is_borne_out(tmp_path: Path) -> None:
    made = report(
        tmp_path,
        "一般公共预算财政拨款基本支出决算明细表",
        "金额单位：万元",
        PAY,
        BASIC,
        "人员经费60.00万元，主要包括：基本工资40.00万元、津贴补贴20.00万元。",
        "公用经费30.00万元，主要包括：办公费、其他交通费、会场租金。",
    )
    lists = {c.sentence[:4]: made.statuses[c.id] for c in made.reading.claims if c.names}
    assert lists == {"人员经费": Status.AGREES, "公用经费": Status.UNCHECKED}


def test_a_sentence_is_judged_as_parts_without_proving_its_numbers(tmp_path: Path) -> None:
    made = report(tmp_path, "十、其他说明", "年末往来款5.00万元，其中押金3.00万元。")
    assert unchecked(made) == ["5.00万元", "3.00万元"]


@pytest.mark.parametrize(("second", "left"), [("5.95万元", []), ("4.07万元", ["75.19万元"])])
def test_a_bracket_that_adds_up_is_judged(tmp_path: Path, second: str, left: list[str]) -> None:
    made = report(
        tmp_path,
        "十、其他说明",
        f"专户资金81.14万元（一般户75.19万元，基本户{second}）。",
    )
    assert found(made) == []
    assert unchecked(made)[1:2] == left


@pytest.mark.parametrize(
    ("again", "told"),
    [
        ("14.44亿元", []),
        ("1.44亿元", [("NC301", "14.4亿元")]),
        ("14.44万元", [("NC501", "14.44亿元")]),
        ("27.16万元", [("NC301", "144422.90万元")]),
    ],
)
def test_an_amount_is_said_again_in_brackets(
    tmp_path: Path, again: str, told: list[tuple[str, str]]
) -> None:
    made = report(tmp_path, "十、其他说明", f"管护资产144422.90万元（约合{again}）。")
    assert [(each.code, each.expected) for each in made.findings] == told


@pytest.mark.parametrize(("share", "codes"), [("30.0%", []), ("34.0%", [])])
def test_shares_that_make_all_are_of_their_sum(
    tmp_path: Path, share: str, codes: list[str]
) -> None:
    made = report(
        tmp_path,
        "十、其他说明",
        f"按用途分，渠道清淤60.00万元，占60.0%；闸门维修30.00万元，占{share}；监测10.00万元，占10.0%。",
    )
    assert [code for code, *_ in found(made)] == codes
    judged = [made.statuses[c.id] for c in made.reading.claims if c.text.endswith("%")]
    assert judged == [Status.AGREES if share == "30.0%" else Status.UNCHECKED] * 3


def test_changes_of_parts_come_to_that_of_the_whole(tmp_path: Path) -> None:
    made = report(
        tmp_path,
        "二、收入决算情况说明",
        "收入比上年减少3.00万元，其中事业收入减少5.00万元，其他收入增加2.00万元。",
    )
    assert unchecked(made) == []
    made = report(
        tmp_path,
        "二、收入决算情况说明",
        "收入比上年减少3.00万元，其中事业收入减少5.00万元，其他收入增加1.00万元。",
    )
    assert found(made) == []
    assert len(unchecked(made)) == 4


@pytest.mark.parametrize(
    ("home", "codes"), [("0.73万元", []), ("0.70万元", []), ("7.3万元", ["NC206"])]
)
def test_one_known_part_is_not_more_than_its_whole(
    tmp_path: Path, home: str, codes: list[str]
) -> None:
    made = report(
        tmp_path,
        THREE,
        "公务接待费支出0.73万元。其中：",
        f"国内公务接待支出{home}（含外宾接待支出0.00万元），公务接待5批次、43人次。",
    )
    assert [code for code, *_ in found(made)] == codes


@pytest.mark.parametrize(
    ("fund", "spent", "expected"),
    [
        ("12.00", "30.00", []),
        ("10.00", "30.00", [("NC204", "warning", "10.00万元")]),
        ("12.00", "33.00", [("NC206", "error", "33.00万元")]),
    ],
)
def test_each_side_of_a_budget_is_divided_in_full(
    tmp_path: Path, fund: str, spent: str, expected: list[tuple[str, str, str]]
) -> None:
    said = (
        "2023年财政拨款收支总预算100.00万元。收入按资金性质分为：一般公共预算88.00万元"
        f"（含上年结转8.00万元）、政府性基金预算{fund}万元（含上年结转2.00万元）。"
        f"支出按功能科目分为：教育支出70.00万元、农林水支出{spent}万元。"
    )
    assert found(report(tmp_path, BUDGET, said, kind="预算")) == expected


@pytest.mark.parametrize(("sum_", "expected"), [("50.00", []), ("55.00", ["55.00万元"])])
def test_two_amounts_taken_together_are_those_before_not_their_parts(
    tmp_path: Path, sum_: str, expected: list[str]
) -> None:
    said = (
        "2023年安排改造资金40.00万元，其中一期15.00万元、二期25.00万元；"
        f"另使用其他资金10.00万元，两项合计{sum_}万元。"
    )
    assert [text for _, _, text in found(report(tmp_path, BUDGET, said, kind="预算"))] == expected


@pytest.mark.parametrize(("fund", "expected"), [("27.00", []), ("13.00", ["13.00万元"])])
def test_parts_named_as_others_that_add_up_add_up_too(
    tmp_path: Path, fund: str, expected: list[str]
) -> None:
    said = (
        "年初结转和结余19.00万元，其中：一般公共预算18.00万元，政府性基金预算1.00万元。"
        f"年末结转和结余65.00万元，其中：一般公共预算38.00万元，政府性基金预算{fund}万元。"
    )
    made = report(tmp_path, "四、财政拨款收入支出决算总体情况说明", said)
    assert [text for _, _, text in found(made)] == expected


def test_an_amount_that_brackets_say_more_of_is_still_a_part(tmp_path: Path) -> None:
    said = "培训60.00万元，其中：集中培训20.00万元（含师资费2.00万元），网上培训40.00万元。"
    made = report(tmp_path, "四、财政拨款收入支出决算总体情况说明", f"2023年{said}")
    assert found(made) == []
    assert "2.00万元" in unchecked(made)
    assert "20.00万元" not in unchecked(made)
