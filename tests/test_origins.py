"""Where a wrong number came from: each planted into a faultless document, and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from made.reading import checked


@pytest.mark.parametrize(
    ("right", "wrong", "expected", "diagnosis"),
    [
        # another column of the row, another row of the column, another table
        (
            "支出决算为116.56万元",
            "支出决算为110.74万元",
            "116.56万元",
            "误用了“2010399 其他政府办公厅（室）及相关机构事务支出”的“本年支出 / 项目支出”的数",
        ),
        (
            "支出决算为128.39万元",
            "支出决算为116.56万元",
            "128.39万元",
            "误用了“2010399 其他政府办公厅（室）及相关机构事务支出”的“本年支出 / 小计”的数",
        ),
        (
            "年度收、支总计893万元",
            "年度收、支总计885.5万元",
            "893万元",
            "误用了“一般公共预算财政拨款收入”的“收入 / 金额”的数",
        ),
        # the percentage of the total, that of another entry
        (
            "完成年初预算的97.3%",
            "完成年初预算的117.5%",
            "97.3%",
            "与“完成年初预算的117.5%”的百分数相同，似误抄",
        ),
        ("占82.0%", "占81.4%", "82.0%", "分母用了全部资金的支出合计（891.73万元）"),
        # a number that is nobody's
        ("支出决算为128.39万元", "支出决算为182.39万元", "128.39万元", "两位数字写反了"),
    ],
)
def test_the_origin_of_a_wrong_number_is_named(
    root: Path, right: str, wrong: str, expected: str, diagnosis: str | None
) -> None:
    text = (root / "corpus/hunan-2023/决算.txt").read_text("utf-8")
    assert text.count(right) == 1
    (finding,) = checked(text.replace(right, wrong)).loud
    assert (finding.expected, finding.diagnosis) == (expected, diagnosis)
