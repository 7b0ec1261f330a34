"""Which of several numbers is blamed, and what is proposed in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

Found = list[tuple[str, str, str | None]]


def found(tmp_path: Path, *paragraphs: str) -> Found:
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年度部门决算", *paragraphs]), encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


PROJECT = "河堤加固项目全年预算数为{}万元，执行数为{}万元，预算执行率为{}，自评得分95分。"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("458.06", "393.11", "85.82%"), []),
        (("458.06", "458.06", "100%"), []),
        (("458.06", "458.06", "85.82%"), [("NC202", "458.06万元", "393.11万元")]),
        (("458.06", "403.11", "85.82%"), [("NC202", "85.82%", "88.00%")]),
    ],
)
def test_an_amount_that_repeats_the_one_beside_it_was_copied(
    tmp_path: Path, numbers: tuple[str, str, str], expected: Found
) -> None:
    assert found(tmp_path, "十一、预算绩效情况说明", PROJECT.format(*numbers)) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((58, 49, 42), []),
        ((85, 49, 42), [("NC206", "85人", "58人")]),  # two digits in each other's place
        ((60, 49, 42), [("NC206", "149人", None)]),  # nothing tells which it is
    ],
)
def test_a_slip_that_makes_a_list_fit_tells_which_part_is_wrong(
    tmp_path: Path, parts: tuple[int, int, int], expected: Found
) -> None:
    said = "实有在职人员149人，其中：行政人员{}人，参公人员{}人，事业人员{}人；退休人员96人。"
    assert found(tmp_path, "一、部门概况", said.format(*parts)) == expected


@pytest.mark.parametrize(
    ("parts", "blamed"),
    [((8, 4, 9, 0), ["9辆"]), ((8, 4, 1, 8), ["8辆"]), ((8, 9, 4, 1), ["4辆"]), ((8, 4, 7, 0), [])],
)
def test_a_part_smaller_than_the_excess_of_its_list_is_not_blamed(
    tmp_path: Path, parts: tuple[int, ...], blamed: list[str]
) -> None:
    # 19 is borne out by what a car costs, so one of the parts is wrong.
    said = (
        "单位现有公务用车19辆，其中：轿车{}辆，旅行车{}辆，越野车{}辆，大型客车{}辆。".format(
            *parts
        ),
        "公务用车运行维护费68.40万元，用于19辆公务用车燃油等方面支出，平均每辆3.6万元。",
    )
    told = found(tmp_path, "五、“三公”经费财政拨款支出情况说明", *said)
    assert [text for code, text, _ in told if code == "NC206"] == blamed


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        ("186320.00", []),
        ("183620.00", [("NC205", "183620.00元", "186320.00元")]),
        ("177500.00", [("NC205", "与年初预算数持平", "大于年初预算数")]),
    ],
)
def test_a_slip_of_the_hand_and_no_word_is_wrong_where_it_makes_two_amounts_equal(
    tmp_path: Path, budget: str, expected: Found
) -> None:
    said = (
        f"机关运行经费年初预算{budget}元，支出决算186320.00元，决算数与年初预算数持平；"
        "比上年增加6320.00元，增长3.5%。"
    )
    assert found(tmp_path, "十、机关运行经费支出情况", said) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("100%", []),
        ("110%", [("NC205", "110%", "100%")]),
        ("93.5%", [("NC205", "决算数等于预算数", "决算数小于预算数")]),
    ],
)
def test_a_completion_one_digit_from_all_is_blamed_and_not_the_word_equal(
    tmp_path: Path, rate: str, expected: Found
) -> None:
    said = f"机关运行经费支出22.42万元，完成预算的{rate}，决算数等于预算数。"
    assert found(tmp_path, "十、机关运行经费支出情况", said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("约0.18亿元（1818.46万元）", []),
        ("约1.8亿元（1818.46万元）", [("NC301", "1.8亿元", "0.18亿元")]),
    ],
)
def test_of_an_amount_said_again_in_a_larger_unit_the_round_one_is_blamed(
    tmp_path: Path, said: str, expected: Found
) -> None:
    assert found(
        tmp_path, "十一、预算绩效情况说明", f"对5个项目开展自评，自评金额合计{said}。"
    ) == (expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("由5198.85万元下降到4196.84万元", []),
        ("由4196.84万元增加到5198.85万元", []),
        ("由4196.84万元下降到5198.85万元", ["NC205"]),
        ("由5198.85万元增加到4196.84万元", ["NC205"]),
    ],
)
def test_what_went_down_from_one_amount_to_another_became_less(
    tmp_path: Path, said: str, expected: list[str]
) -> None:
    sentence = f"主要原因：建设任务变化，农林水支出{said}。"
    assert [code for code, *_ in found(tmp_path, "二、支出决算情况说明", sentence)] == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, []), (2, [("NC204", "2辆", "1辆")])],
)
def test_what_came_less_what_went_tells_the_net(
    tmp_path: Path, count: int, expected: Found
) -> None:
    said = f"公务用车保有量为14辆，比上年净增{count}辆（新购2辆，报废1辆）。"
    assert found(tmp_path, "七、“三公”经费支出决算情况说明", said) == expected


RECEPTION = (
    "公务接待费支出决算为1.86万元。其中：外宾接待支出0万元；国内公务接待支出1.86万元，"
    "共接待国内来访团组23个、184人次（不包括陪同人员），人均{}元。"
)


@pytest.mark.parametrize(
    ("mean", "expected"), [("101", []), ("110", [("NC203", "110元", "101元")])]
)
def test_a_few_yuan_are_not_borne_out_by_a_sum_of_ten_thousands(
    tmp_path: Path, mean: str, expected: Found
) -> None:
    assert found(tmp_path, "七、“三公”经费支出决算情况说明", RECEPTION.format(mean)) == expected


REASON = "公务接待费支出4.96万元，与上年相比，{}1.47万元，{}42.1%，增长的主要原因：检查增多。"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("增加", "增长"), []),
        (
            ("减少", "下降"),
            [("NC201", "减少1.47万元，下降42.1%", "增加1.47万元，增长42.1%")],
        ),
    ],
)
def test_the_reason_of_a_change_that_is_turned_round_is_not_told_beside_it(
    tmp_path: Path, words: tuple[str, str], expected: Found
) -> None:
    said = REASON.format(*words)
    assert found(tmp_path, "七、“三公”经费支出决算情况说明", said) == expected


def test_a_reason_that_clashes_with_a_right_change_is_told(tmp_path: Path) -> None:
    said = "公务接待费支出4.96万元，与上年相比，减少1.47万元，下降22.9%，增长的主要原因：检查增多。"
    codes = [code for code, *_ in found(tmp_path, "七、“三公”经费支出决算情况说明", said)]
    assert codes == ["NC205"]


ENTRIES = (
    "（三）一般公共预算财政拨款支出决算具体情况",
    "一般公共预算财政拨款支出年初预算为{}万元，支出决算为620.00万元，完成年初预算的{}。其中：",
    "1.农林水支出（类）水利（款）行政运行（项）。年初预算为301.03万元，支出决算为310.00万元。",
    "2.农林水支出（类）水利（款）水利工程建设（项）。年初预算为90.00万元，支出决算为210.00万元。",
    "3.农林水支出（类）水利（款）防汛（项）。支出决算为100.00万元。",
)


@pytest.mark.parametrize(
    ("budget", "rate", "expected"),
    [
        ("391.03", "158.6%", []),
        ("402.17", "158.6%", [("NC202", "402.17万元", "391.03万元")]),
        ("391.03", "155.1%", [("NC202", "155.1%", "158.6%")]),
    ],
)
def test_the_budgets_of_the_entries_tell_whether_rate_or_budget_is_wrong(
    tmp_path: Path, budget: str, rate: str, expected: Found
) -> None:
    said = [each.format(budget, rate) for each in ENTRIES]
    assert found(tmp_path, "五、一般公共预算财政拨款支出决算情况说明", *said) == expected


TRAVEL = (
    "2023年度“三公”经费财政拨款支出决算为{}万元，比上年增加{}万元，增长{}。",
    "1.因公出国（境）费支出决算为0万元，与上年持平。",
    "2.公务用车购置及运行维护费支出决算为14.23万元，比上年减少1.46万元，下降9.3%。",
    "3.公务接待费支出决算为4.96万元，比上年增加1.47万元，增长42.1%。",
)


@pytest.mark.parametrize(
    ("change", "rate", "expected"),
    [("0.01", "0.1%", []), ("1.01", "5.6%", [("NC204", "1.01万元", None)])],
)
def test_a_change_of_nothing_is_not_blamed_for_a_whole_that_does_not_fit(
    tmp_path: Path, change: str, rate: str, expected: Found
) -> None:
    said = [each.format("19.19", change, rate) for each in TRAVEL]
    assert found(tmp_path, "七、“三公”经费支出决算情况说明", *said) == expected


OVERHEAD = """机构运行信息表

金额单位：元

| 项目 | 行次 | 统计数 |
| --- | --- | --- |
| （一）“三公”经费支出 | 1 | 30000.00 |
| 1．公务接待费 | 2 | 30000.00 |
| 四、机关运行经费 | 3 | 420540.15 |"""
RUN = (
    "机关运行经费支出{}，比上年减少{}，下降4.72%。",
    "政府采购支出总额30.00万元，其中：货物支出10.00万元、服务支出20.00万元。",
)


@pytest.mark.parametrize(
    ("amount", "change", "expected"),
    [
        ("420540.15元", "20828.71元", []),
        ("420540.15万元", "20828.71元", [("NC501", "420540.15万元", "420540.15元")]),
        ("420540.15元", "20828.71万元", [("NC501", "20828.71万元", "20828.71元")]),
    ],
)
def test_the_unit_that_a_table_proves_wrong_is_no_reason_to_suspect_the_one_beside_it(
    tmp_path: Path, amount: str, change: str, expected: Found
) -> None:
    said = [each.format(amount, change) for each in RUN]
    told = found(tmp_path, OVERHEAD, "十、机关运行经费支出情况", *said)
    assert [each for each in told if each[0] != "NC603"] == expected


TOTALS = """收入支出决算总表

金额单位：万元

| 项目 | 决算数 | 项目 | 决算数 |
| --- | --- | --- | --- |
| 一般公共预算财政拨款收入 | 520.00 | 农林水支出 | 523.87 |
| 本年收入合计 | 520.00 | 本年支出合计 | 523.87 |
| 年初结转和结余 | 10.00 | 年末结转和结余 | 6.13 |
| 总计 | 530.00 | 总计 | 530.00 |"""


@pytest.mark.parametrize(
    ("whole", "shares", "expected"),
    [
        ("523.87", ("65.3%", "34.7%"), []),
        ("530.00", ("65.3%", "34.7%"), [("NC101", "530.00万元", "523.87万元")]),
        ("530.00", ("64.5%", "34.3%"), []),  # so the unit calls its 支出总计
    ],
)
def test_a_total_is_the_one_that_its_shares_are_of(
    tmp_path: Path, whole: str, shares: tuple[str, str], expected: Found
) -> None:
    said = (
        f"本年支出合计{whole}万元，其中：基本支出342.03万元，占{shares[0]}；"
        f"项目支出181.84万元，占{shares[1]}。"
    )
    assert found(tmp_path, TOTALS, "三、支出决算情况说明", said) == expected


UNITS = """一般公共预算“三公”经费支出预算表

金额单位：万元

| 单位编码 | 单位名称 | 合计 | 因公出国（境）费用 | 公务用车购置及运行费 | 公务接待费 |
| --- | --- | --- | --- | --- | --- |
|  | 合计 | 93.00 | 15.00 | 68.40 | 9.60 |
| 308301 | 青禾县水利局（机关） | {} | 15.00 | 45.00 | 9.60 |
| 308601 | 青禾县水利监测站 | 23.40 |  | {} |  |"""


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("69.60", "23.40"), []),
        (("66.90", "23.40"), [("NC401", "66.90", "69.60")]),
        (("69.60", "24.30"), [("NC401", "24.30", "23.40")]),
        (("93.00", "45.00"), []),  # a row for another level of units: the columns add up no more
    ],
)
def test_the_units_of_a_table_add_up_to_the_row_above_them(
    tmp_path: Path, numbers: tuple[str, str], expected: Found
) -> None:
    said = "公务接待费预算为9.60万元。"
    told = found(tmp_path, UNITS.format(*numbers), "三、“三公”经费预算情况说明", said)
    assert [each for each in told if each[0] != "NC603"] == expected


BY_FUND = """财政拨款收入支出决算总表

金额单位：万元

| 项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 |
| --- | --- | --- | --- | --- | --- |
| 一、一般公共预算财政拨款 | 520.00 | 一、农林水支出 | 620.00 | 520.00 | 100.00 |
| 二、政府性基金预算财政拨款 | 100.00 |  |  |  |  |
| 本年收入合计 | 620.00 | 本年支出合计 | 620.00 | 520.00 | 100.00 |
| 总计 | 620.00 | 总计 | 620.00 | 520.00 | 100.00 |"""


@pytest.mark.parametrize("spent", ["支出", "本年支出"])
@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [
        ("100.00", "5.26%", []),
        ("110.00", "5.26%", [("NC101", "110.00万元", "100.00万元")]),
        ("100.00", "8.26%", [("NC201", "8.26%", "5.26%")]),
    ],
)
def test_what_is_spent_beside_the_income_of_a_fund_is_of_that_fund(
    tmp_path: Path, spent: str, amount: str, rate: str, expected: Found
) -> None:
    said = (
        "2.政府性基金预算财政拨款本年收入100.00万元，比上年减少20.00万元，降低16.67%；"
        f"{spent}{amount}万元，比上年增加5.00万元，增长{rate}。"
    )
    title = "四、财政拨款收入支出决算情况说明"
    assert found(tmp_path, BY_FUND, title, said) == expected


def test_what_is_spent_beside_a_part_of_the_income_is_of_all_money(tmp_path: Path) -> None:
    said = (
        "本年收入620.00万元，其中：一般公共预算财政拨款收入520.00万元、政府性基金预算财政拨款收入"
        "100.00万元；本年支出620.00万元。"
    )
    title = "四、财政拨款收入支出决算情况说明"
    assert found(tmp_path, BY_FUND, title, said) == []
    wrong = said.replace("支出620.00", "支出626.00")
    assert found(tmp_path, BY_FUND, title, wrong) == [("NC101", "626.00万元", "620.00万元")]
