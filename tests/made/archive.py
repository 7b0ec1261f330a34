"""A small disclosure whose every number fits, and the same with numbers that do not."""

from __future__ import annotations

from pathlib import Path

# 58.70 - 52.70 = 6.00, and 6.00 ÷ 52.70 = 11.4%; 40.20 ÷ 58.70 = 68.5%.
TEXT = """云溪县档案馆2023年度部门决算

第二部分

部门决算表

支出决算表

							公开03表
部门：云溪县档案馆							金额单位：万元
项目		本年支出合计	基本支出	项目支出	上缴上级支出	经营支出	对附属单位补助支出
科目代码	科目名称						
栏次		1	2	3	4	5	6
合计		58.70	40.20	18.50	0.00	0.00	0.00
201	一般公共服务支出	58.70	40.20	18.50	0.00	0.00	0.00
20126	档案事务	58.70	40.20	18.50	0.00	0.00	0.00
2012601	行政运行	40.20	40.20	0.00	0.00	0.00	0.00
2012604	档案馆	18.50	0.00	18.50	0.00	0.00	0.00

第三部分

2023年度部门决算情况说明

一、支出决算情况说明

2023年度支出合计58.70万元，其中：基本支出40.20万元，占{share}%；项目支出18.50万元，占31.5%。

2023年度支出合计58.70万元，与上年相比，增加6.00万元，增长{rate}%，主要原因是档案库房维修。
"""  # noqa: W291

RIGHT = {"rate": "11.4", "share": "68.5"}
LETTER = "各位同事：\n\n请按时报送材料。\n"


def write(path: Path, **wrong: str) -> Path:
    """The disclosure at ``path``, with ``rate`` or ``share`` other than they should be."""
    path.write_text(TEXT.format(**{**RIGHT, **wrong}), encoding="utf-8")
    return path
