"""Relations between statements: changes against years, counts said twice, parts of one whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check


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
    assert found(tmp_path, "政府采购支出情况说明", said.format("10.00")) == []
    assert [code for code, *_ in found(tmp_path, "政府采购支出情况说明", said.format("10.01"))] == [
        "NC206"
    ]
