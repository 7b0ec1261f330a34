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
    for part in ("10.00", "10.01"):  # each of the three may be rounded by half a cent
        assert found(tmp_path, "政府采购支出情况说明", said.format(part)) == []
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
