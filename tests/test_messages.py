"""What findings say, as a proofreader reads it."""

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


def told(folder: Path, said: str) -> list[str]:
    path = folder / "made.md"
    path.write_text(f"{HEAD}\n{said}\n", encoding="utf-8")
    return [each.message for each in check(path).findings]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        # what became less is taken from what there was
        (
            "公务接待费预算60.00万元，支出决算42.00万元，与预算数相比减少81.00万元。",
            "减少81.00万元，按60.00 − 42.00应为18.00万元。",
        ),
        (
            "公务接待费预算42.00万元，支出决算60.00万元，与预算数相比增加81.00万元。",
            "增加81.00万元，按60.00 − 42.00应为18.00万元。",
        ),
        # 后文 is what stands behind
        (
            "自评金额合计约1.6亿元（1818.46万元）。",
            "自评金额合计1.6亿元与后文的1818.46万元不一致，应为0.2亿元；或者1818.46万元应为16000.00万元。",
        ),
        (
            "农林水支出由4196.84万元下降到5198.85万元。",
            "文字说减少，而由4196.84万元到5198.85万元是增加，两数写颠倒了，或方向词有误。",
        ),
        (
            "单位实有在职人员92人，其中：行政人员41人，事业人员60人。",
            "各项之和（41人 + 60人 = 101人）超过了合计92人，请逐项核对。",
        ),
        (
            "全年招生512人，完成计划500人的120.40%。",
            "120.40%，按512人 ÷ 500人应为102.40%。",
        ),
    ],
)
def test_a_message_says_what_does_not_fit_and_what_it_should_be(
    tmp_path: Path, said: str, message: str
) -> None:
    assert told(tmp_path, said) == [message]
