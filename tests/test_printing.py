"""What is suggested looks like the document's own numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

HEAD = """青禾县水利局2031年度部门决算

支出决算表

单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 3410.50 | 2310.00 | 1100.50 |
| 205 | 教育支出 | 3410.50 | 2310.00 | 1100.50 |

三、支出决算情况说明
"""


def suggested(folder: Path, said: str) -> list[tuple[str, str | None]]:
    """The words at fault and what is suggested for them; the message says the same."""
    path = folder / "made.md"
    path.write_text(f"{HEAD}\n{said}\n", encoding="utf-8")
    findings = [each for each in check(path).findings if each.suggestion is not None]
    for each in findings:
        assert each.suggestion == each.expected
        assert f"应为{each.expected}" in each.message
    return [(each.text, each.suggestion) for each in findings]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # groups of thousands, where the document has them
        (
            "本年支出合计3,410.50万元，其中：基本支出2,310.00万元，项目支出1,001.50万元。",
            [("1,001.50万元", "1,100.50万元")],
        ),
        (
            "本年支出合计3,410.50万元，其中：基本支出2,310.00万元，项目支出110.05万元。",
            [("110.05万元", "1,100.50万元")],
        ),
        (
            "本年支出合计3410.50万元，其中：基本支出2310.00万元，项目支出1001.50万元。",
            [("1001.50万元", "1100.50万元")],
        ),
        # zeros at the end, where it prints none
        (
            "本年支出合计3410.5万元，其中：基本支出2310万元，项目支出1001.5万元。",
            [("1001.5万元", "1100.5万元")],
        ),
        # the percent sign, and the digits
        (
            "本年支出合计3410.50万元，其中：基本支出2310.00万元，占67.73％；"
            "项目支出1100.50万元，占33.27％。",
            [("33.27％", "32.27％")],
        ),
        (
            "本年支出合计３４１０．５０万元，其中：基本支出２３１０．００万元，"
            "项目支出１００１．５０万元。",
            [("１００１．５０万元", "１１００．５０万元")],
        ),
    ],
)
def test_a_suggestion_is_printed_as_the_document_prints(
    tmp_path: Path, said: str, expected: list[tuple[str, str]]
) -> None:
    assert suggested(tmp_path, said) == expected


def test_a_count_is_shown_with_the_measure_word_that_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "made.md"
    said = "实有在职人员28名，其中：行政人员12名，事业人员17名。"
    path.write_text(f"{HEAD}\n{said}\n", encoding="utf-8")
    (finding,) = check(path).findings
    assert "12名 + 17名 = 29名" in finding.message
    assert "29名 不超过 28名 不成立" in [each.text for each in finding.evidence]


def test_yuan_keep_their_decimals_where_the_point_was_moved(tmp_path: Path) -> None:
    said = "公务接待费预算6000.00元，支出决算0元，与预算数相比减少600.00元。"
    assert suggested(tmp_path, said) == [("600.00元", "6000.00元")]
