"""Numbers that stand side by side and are bound by the words between them, without any table."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

Found = tuple[str, str, str | None]
SPENDING = "三、支出决算情况说明"


def found(tmp_path: Path, *lines: str, kind: str = "决算") -> list[Found]:
    path = tmp_path / "made.md"
    text = "\n\n".join([f"青禾县水利局2023年度部门{kind}", *lines])
    path.write_text(text, encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("受理来信480件，办结468件，办结率97.5%", []),
        ("受理来信480件，办结468件，办结率98.5%", [("NC203", "98.5%", "97.5%")]),
        ("抽检水样200批次，其中合格190批次，合格率为95%", []),
        ("抽检水样200批次，其中合格190批次，合格率为59%", [("NC203", "59%", "95%")]),
        ("比上年增加480件，办结468件，办结率98.5%", []),  # a change, not what came in
        ("受理来信480件，办结468件，满意率98.5%", []),  # of something else
        ("接诊38.0万人次，比上年33.0万人次增长15.2%", []),
        ("接诊38.0万人次，比上年33.0万人次增长12.5%", [("NC201", "12.5%", "15.2%")]),
        ("清淤2660吨，较2022年的2800吨下降5%", []),
        ("清淤2660吨，较2022年的2800吨增长5%", [("NC201", "增长5%", "下降5%")]),
        ("引进150名，其中甲类100名、乙类50名，比上年的120名增长25%", []),  # of the whole
        ("有甲类100名、乙类50名，比上年的120名增长25%", []),  # of both together
        ("培训2.46万人次，计划2.4万人次，完成计划的102.5%", []),
        ("培训2.46万人次，计划2.4万人次，完成计划的120.5%", [("NC202", "120.5%", "102.5%")]),
    ],
)
def test_a_rate_is_of_the_counts_right_before_it(
    tmp_path: Path, said: str, expected: list[Found]
) -> None:
    assert found(tmp_path, SPENDING, f"全年{said}。") == expected


@pytest.mark.parametrize(("rate", "wrong"), [("65.0%", []), ("165.0%", ["NC201"])])
def test_the_gap_of_budget_and_spending_is_over_the_budget(
    tmp_path: Path, rate: str, wrong: list[str]
) -> None:
    said = f"年初预算数200.00万元，决算数330.00万元，预决算差异率{rate}。"
    assert [code for code, _, _ in found(tmp_path, SPENDING, said)] == wrong


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("行政编制41名，事业编制12名，编制合计53名", []),
        ("行政编制41名，事业编制12名，编制合计52名", [("NC204", "52名", "53名")]),
        ("事业编制12名，编制合计52名", []),  # what else there is may stand elsewhere
        ("行政编制41名，在岗12名，编制合计52名", []),
        ("会议费4.80万元；培训费16.40万元。两项合计21.20万元", []),
        (
            "会议费4.80万元；培训费16.40万元。两项合计22.10万元",
            [("NC204", "22.10万元", "21.20万元")],
        ),
        ("会议费4.80万元；培训费16.40万元。三项合计22.10万元", []),  # one was told elsewhere
        ("水库原值600.00万元，累计折旧280.00万元，净值320.00万元", []),
        (
            "水库原值600.00万元，累计折旧280.00万元，净值230.00万元",
            [("NC204", "230.00万元", "320.00万元")],
        ),
    ],
)
def test_what_numbers_come_to_may_be_told_after_them(
    tmp_path: Path, said: str, expected: list[Found]
) -> None:
    assert found(tmp_path, SPENDING, f"本年{said}。") == expected


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("流动资产20.00万元。流动资产中，存款15.00万元，其他流动资产5.00万元", []),
        ("流动资产20.00万元。流动资产中，存款15.00万元，其他流动资产6.00万元", ["NC204"]),
        ("流动资产20.00万元。流动资产中，存款15.00万元，应收款4.00万元", []),  # not all of it
        ("流动资产20.00万元。存货中，存款15.00万元，其他流动资产6.00万元", []),
        ("泵站30个，其中大型6个、小型24个；按动力分，电动20个、其他10个", []),
        ("泵站30个，其中大型6个、小型24个；按动力分，电动20个、其他11个", ["NC204"]),
        ("泵站30个，其中大型6个、小型24个；按动力分，电动20个、柴油9个", []),
        ("泵站30个，其中电动20个、其他11个", ["NC204"]),
        ("泵站30个，其中电动20个、其他9个", ["NC204"]),
        ("在职干警90人，其中员额法官40人、审判辅助人员30人、司法行政人员20人", []),
        ("在职干警90人，其中员额法官40人、审判辅助人员3人、司法行政人员20人", ["NC204"]),
        ("在职干警90人，其中员额法官40人、审判辅助人员3人", []),
    ],
)
def test_a_list_that_leaves_nothing_out_comes_to_its_whole(
    tmp_path: Path, said: str, wrong: list[str]
) -> None:
    assert [code for code, _, _ in found(tmp_path, SPENDING, f"我局有{said}。")] == wrong


@pytest.mark.parametrize(("cost", "wrong"), [("17.00", ["NC204"]), ("15.00", [])])
def test_a_share_may_stand_between_a_whole_and_the_bracket_of_its_parts(
    tmp_path: Path, cost: str, wrong: list[str]
) -> None:
    said = f"基本支出100.00万元，占80%（人员经费85.00万元，公用经费{cost}万元）。"
    assert [code for code, _, _ in found(tmp_path, SPENDING, said)] == wrong


@pytest.mark.parametrize(("cost", "wrong"), [("5.50", ["NC204"]), ("5.00", [])])
def test_a_list_of_parts_goes_on_after_the_cause_of_one(
    tmp_path: Path, cost: str, wrong: list[str]
) -> None:
    said = (
        "“三公”经费支出9.00万元。其中：因公出国（境）费3.00万元，主要原因是出访2批；"
        f"公务接待费1.00万元；公务用车购置及运行维护费{cost}万元。"
    )
    assert [code for code, _, _ in found(tmp_path, "八、“三公”经费支出情况说明", said)] == wrong


@pytest.mark.parametrize(
    ("amount", "wrong"),
    [
        ("2,460元", []),  # about as much as what stands beside it
        ("25,900元", []),
        ("2.59元", ["NC501"]),
        ("0.26元", ["NC501"]),
    ],
)
def test_a_small_amount_is_rightly_in_yuan_beside_those_in_wan(
    tmp_path: Path, amount: str, wrong: list[str]
) -> None:
    told = f"公务接待费年初预算2.50万元，支出决算1.20万元，较上年减少{amount}。"
    said = found(tmp_path, SPENDING, f"培训费支出决算6.00万元。会议费支出决算3.00万元。{told}")
    assert [code for code, _, _ in said] == wrong


@pytest.mark.parametrize(("said", "wrong"), [("1,82,00件", ["NC508"]), ("18,200件", [])])
def test_a_count_has_its_commas_at_thousands(tmp_path: Path, said: str, wrong: list[str]) -> None:
    assert [code for code, _, _ in found(tmp_path, SPENDING, f"受理来信{said}。")] == wrong


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("决算数大于年初预算数4.00万元", []),
        ("决算数大于年初预算数4.30万元", [("NC207", "4.30万元", "4.00万元")]),
        (
            "决算数小于年初预算数4.00万元",
            [("NC205", "决算数小于年初预算数", "决算数大于年初预算数")],
        ),
        ("比年初预算数节约4.00万元", [("NC207", "节约4.00万元", "增加4.00万元")]),
    ],
)
def test_what_is_spent_beyond_a_budget_or_saved_is_their_difference(
    tmp_path: Path, said: str, expected: list[Found]
) -> None:
    lead = "公务接待费年初预算数12.00万元，支出决算16.00万元"
    assert found(tmp_path, "八、“三公”经费支出情况说明", f"{lead}，{said}。") == expected


@pytest.mark.parametrize(
    "said",
    [
        "低于年初预算18.00万元，完成年初预算的88.9%",
        "决算数小于年初预算数18.00万元，下降11.1%",
        "决算数小于年初预算数2.00万元，下降11.1%",
    ],
)
def test_less_than_a_budget_may_be_told_with_the_budget_itself(tmp_path: Path, said: str) -> None:
    lead = "公务接待费年初预算数18.00万元，支出决算16.00万元"
    assert found(tmp_path, "八、“三公”经费支出情况说明", f"{lead}，{said}。") == []


def test_what_is_saved_is_no_rough_number(tmp_path: Path) -> None:
    lead = "公务接待费年初预算数14.50万元，支出决算9.75万元"
    said = found(tmp_path, "八、“三公”经费支出情况说明", f"{lead}，比年初预算数节约4.73万元。")
    assert said[:1] == [("NC207", "4.73万元", "4.75万元")]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("公务用车运行维护费9.00万元。公务接待费1.00万元，占10.00%", []),
        ("公务用车运行维护费9.00万元。公务接待费1.00万元，占11.11%", ["NC203"]),
    ],
)
def test_a_share_beside_another_part_is_of_the_whole_of_both(
    tmp_path: Path, said: str, wrong: list[str]
) -> None:
    lead = "“三公”经费支出10.00万元。公务用车购置及运行维护费9.00万元，占90.00%，其中："
    told = found(tmp_path, "八、“三公”经费支出情况说明", f"{lead}{said}。")
    assert [code for code, _, _ in told] == wrong


@pytest.mark.parametrize(
    ("share", "wrong"), [("75.00%", []), ("30.00%", []), ("57.00%", ["NC203"])]
)
def test_a_share_may_be_of_the_amount_that_stands_before_a_colon(
    tmp_path: Path, share: str, wrong: list[str]
) -> None:
    lead = "2023年度支出合计100.00万元。\n（2）其中基本支出40.00万元：人员经费30.00万元，占"
    told = found(tmp_path, SPENDING, *f"{lead}{share}；公用经费10.00万元。".splitlines())
    assert [code for code, _, _ in told] == wrong


def test_a_number_in_a_column_of_plain_text_lacks_no_unit(tmp_path: Path) -> None:
    told = "2023年度支出合计100.00万元。"
    assert found(tmp_path, SPENDING, told, "公用经费合计          100.00") == []
    assert [code for code, _, _ in found(tmp_path, SPENDING, told, "公用经费支出100.00。")] == [
        "NC503"
    ]


def test_goods_and_services_are_no_services_that_were_procured(tmp_path: Path) -> None:
    listed = (
        "公用经费主要包括：办公费2.00万元、其他商品和服务支出3.00万元、商品和服务支出4.00万元。"
    )
    procured = "政府采购预算9.00万元，其中：货物预算1.00万元，服务支出8.00万元。"
    assert found(tmp_path, "六、基本支出情况说明", listed, procured, kind="预算") == []
