"""Subjects are named as in the tables, the unit as on the cover, the year is the document's."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check

TABLES = """
第二部分 部门决算表

一般公共预算财政拨款支出决算表

部门：青禾县自然资源和规划局

金额单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 1234.56 | 834.56 | 400.00 |
| 208 | 社会保障和就业支出 | 234.56 | 234.56 | 0.00 |
| 20805 | 行政事业单位养老支出 | 234.56 | 234.56 | 0.00 |
| 2080501 | 行政单位离退休 | 134.56 | 134.56 | 0.00 |
| 2080502 | 事业单位离退休 | 100.00 | 100.00 | 0.00 |
| 221 | 住房保障支出 | 1000.00 | 600.00 | 400.00 |
| 22102 | 住房改革支出 | 1000.00 | 600.00 | 400.00 |
| 2210201 | 住房公积金 | 1000.00 | 600.00 | 400.00 |

一般公共预算财政拨款基本支出决算明细表

金额单位：万元

| 科目代码 | 科目名称 | 决算数 |
| --- | --- | --- |
| 302 | 商品和服务支出 | 34.50 |
| 30201 | 办公费 | 10.00 |
| 30207 | 邮电费 | 0.00 |
| 30211 | 差旅费 | 20.00 |
| 30240 | 税金及附加费用 | 4.50 |

第三部分 部门决算情况说明
"""


def found(
    tmp_path: Path, code: str, narrative: str, *, cover: str = "青禾县自然资源和规划局"
) -> list[tuple[str, str | None]]:
    path = tmp_path / "made.md"
    tables = TABLES.replace("青禾县自然资源和规划局", cover)
    path.write_text(f"{cover}2023年度部门决算\n{tables}\n{narrative}\n", encoding="utf-8")
    return [(each.text, each.expected) for each in check(path).findings if each.code == code]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("2080502行政单位离退休134.56万元", [("2080502", "2080501")]),
        ("1. 2080502 行政单位离退休支出134.56万元", [("2080502", "2080501")]),
        # the name and the code are those of two rows: the amount tells which is wrong
        ("行政单位离退休（2080502）134.56万元", [("2080502", "2080501")]),
        ("行政单位离退休（2080502）100.00万元", [("行政单位离退休", "事业单位离退休")]),
        ("行政单位离退休（2080502）99.00万元", [("2080502", "2080501")]),
        ("行政单位离退休（2080510）134.56万元", [("2080510", "2080501")]),
        ("行政单位离退休（2080510）（项）134.56万元", [("2080510", "2080501")]),
        ("行政单位离退休（2080501）（项）134.56万元", []),
        ("其他行政单位离退休（2080599）5.00万元", []),
        ("2080508 “行政单位离退休”支出134.56万元", [("2080508", "2080501")]),
        ("２０８０５０２行政单位离退休134.56万元", [("２０８０５０２", "2080501")]),
        ("２０８０５０１行政单位离退休134.56万元", []),
        (
            "行政单位离退休（208类05款02项）134.56万元",
            [("208类05款02项", "208类05款01项")],
        ),
        ("134.56万元用于行政单位离退休支出（208类05款01项）", []),
        ("134.56万元用于行政单位离退休人员的补助（208类05款02项）", []),
        ("住房改革支出（221类02款）1000.00万元", []),
        ("20803行政事业单位养老支出234.56万元", []),  # a row that was not read may have it
        ("22102行政事业单位养老支出234.56万元", [("22102", "20805")]),
        ("2080501行政单位离退休134.56万元", []),
        ("行政单位离退休（2080501）134.56万元", []),
        ("2080502行政单位离退休人员补助134.56万元", []),
        ("住房公积金2080502元", []),  # an amount
        ("2080502事业单位离退休100.00万元，行政单位离退休134.56万元", []),
    ],
)
def test_a_code_beside_a_name_is_the_one_of_the_tables(
    tmp_path: Path, entry: str, expected: list[tuple[str, str]]
) -> None:
    assert found(tmp_path, "NC103", f"（一）{entry}。") == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            "住房保障支出（类）住房保障支出（款）住房公积金（项）。支出决算为1000.00万元",
            [("住房保障支出", "住房改革支出")],
        ),
        (
            "社会保障和就业支出（类）行政事业单位养老支出（款）单位离退休补助（项）。支出决算为100.00万元",
            [("单位离退休补助", "事业单位离退休")],
        ),
        (
            "社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休支出（项）。支出决算为100.00万元",
            [],
        ),
        ("1.住房保障支出-住房改革支出-住房公积金（2210201）1000.00万元", []),
        (
            "1.住房保障支出-住房改革支出-住房公积金补助（2210201）1000.00万元",
            [("住房公积金补助", "住房公积金")],
        ),
        (
            "住房保障支出（类）支出决算为1000.00万元。\n\n主要用于住房公积金（项），为1000.00万元",
            [],
        ),
        (
            "社会保障和就业（类）行政事业单位养老（款）行政单位离退休（项）。支出决算为134.56万元",
            [],
        ),
        # nothing was spent on it: it need not stand in the table
        (
            "社会保障和就业支出（类）行政事业单位养老支出（款）离退休人员管理机构（项）。支出决算为0万元",
            [],
        ),
        ("离退休人员补助（2080502）支出决算为100.00万元", [("离退休人员补助", "事业单位离退休")]),
        ("1.事业单位离退休（2080502）支出决算为100.00万元", []),
    ],
)
def test_a_subject_is_named_as_in_the_table(
    tmp_path: Path, entry: str, expected: list[tuple[str, str]]
) -> None:
    assert found(tmp_path, "NC103", f"五、支出决算情况说明\n\n{entry}。") == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("办公费、差旅费、税金及附加费用", []),
        ("办公费、差旅费、税金及附加费用、邮电费", ["邮电费"]),
        ("办公费、差旅费、税金及附加费用、印刷费、邮电费", ["印刷费"]),
        ("办公费、差旅费、税金及附加费用、日常运转的各项开支", []),
        ("办公费、差旅费", []),
    ],
)
def test_a_list_names_subjects_with_an_amount(
    tmp_path: Path, names: str, expected: list[str]
) -> None:
    said = f"六、基本支出决算情况说明\n\n公用经费34.50万元，主要包括：{names}。"
    assert [text for text, _ in found(tmp_path, "NC102", said)] == expected


@pytest.mark.parametrize(
    "said",
    [
        "公用经费主要包括：{}。",
        "公用经费34.50万元，占10.0%，主要包括{}。",
        "公用经费34.50万元，其中：{}等。",
        "其中，{}等均在公用经费34.50万元中列支。",
    ],
)
@pytest.mark.parametrize(
    ("names", "wrong"),
    [("办公费、差旅费", []), ("办公费、差旅费、邮电费", ["邮电费"]), ("办公费、邮电费", [])],
)
def test_a_list_may_stand_alone_or_tell_at_its_end_what_pays_for_it(
    tmp_path: Path, said: str, names: str, wrong: list[str]
) -> None:
    text = f"六、基本支出决算情况说明\n\n基本支出134.50万元。\n\n{said.format(names)}"
    assert [words for words, _ in found(tmp_path, "NC102", text)] == wrong


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("青禾县自然资源和规划局", False),
        ("青禾县自然资源与规划局", True),
        ("青禾县自然资源和规划规划局", True),
        ("自然资源和规划局", False),
        ("青禾县规划局", False),
        ("红山县林业局", False),
        ("青禾县自然资源和规划局本级", False),
    ],
)
def test_the_unit_is_named_as_on_the_cover(tmp_path: Path, name: str, wrong: bool) -> None:
    said = (
        "第一部分 青禾县自然资源和规划局概况\n\n一、收入决算情况说明\n\n"
        f"青禾县自然资源和规划局2023年度收入合计1234.56万元。\n\n{name}2023年度支出合计1234.56万元。"
    )
    assert bool(found(tmp_path, "NC303", said)) is wrong


def test_a_region_left_out_of_the_name_is_a_slip_a_sister_unit_is_none(tmp_path: Path) -> None:
    said = (
        "第一部分 {0}概况\n\n{0}2023年度收入合计1234.56万元。\n\n{1}2023年度支出合计1234.56万元。"
    )
    city = "青禾市南山区第一中学"
    assert found(tmp_path, "NC303", said.format(city, "青禾市第一中学"), cover=city) == [
        ("青禾市第一中学", city)
    ]
    assert found(tmp_path, "NC303", said.format(city, "青禾市南山区第二中学"), cover=city) == []


OWN = "青禾县自然资源和规划局"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("青禾县水利局2023年度机关运行经费支出9.00万元，比上年减少1.00万元。", "青禾县水利局"),
        ("（一）2023年度，青禾县水利局机关运行经费支出9.00万元。", "青禾县水利局"),
        ("2023年度，青禾县自然资源和规划局机关运行经费支出9.00万元。", None),
        ("青禾县财政局2023年度下达机关运行经费9.00万元。", None),  # what another did
        ("青禾县土地整理中心2023年度机关运行经费支出9.00万元。", None),  # a unit below
        ("青禾县南山镇国土局2023年度机关运行经费支出9.00万元。", None),
        ("省自然资源厅2023年度机关运行经费支出9.00万元。", None),
        (
            "青禾县水利局2023年度机关运行经费支出9.00万元。\n\n本部门机关运行经费支出12.00万元。",
            None,
        ),
        (
            "青禾县水利局2023年度机关运行经费支出9.00万元。\n\n十三、构成\n\n包括青禾县水利局等2个单位。",
            None,
        ),
        (
            "青禾县水利局2023年度机关运行经费支出9.00万元。\n\n青禾县林业局2023年度机关运行经费支出9.00万元。",
            None,
        ),
    ],
)
def test_another_unit_s_name_before_the_document_s_own_figures(
    tmp_path: Path, said: str, wrong: str | None
) -> None:
    text = (
        f"第一部分 {OWN}概况\n\n一、收入决算情况说明\n\n{OWN}2023年度收入合计1234.56万元。\n\n"
        f"十二、机关运行经费支出情况\n\n{said}"
    )
    assert found(tmp_path, "NC303", text) == ([(wrong, OWN)] if wrong else [])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("截至2022年12月31日，本部门共有车辆3辆。", [("2022", "2023")]),
        ("2022年期末，我部门共有车辆3辆。", [("2022", "2023")]),
        ("２０２２年末，我部门共有车辆3辆。", [("２０２２", "2023")]),
        ("截至2022年底，本部门人员编制86人。", [("2022", "2023")]),
        ("2022年末，我部门共有车辆4辆；2023年末，我部门共有车辆3辆。", []),
        ("2023年末，我部门共有车辆3辆。主要原因：2022年末报废车辆1辆。", []),
        ("截至2022年底，全县共有人员编制8600人。", []),
        ("截至2022年底，累计完成投资3.20亿元。", []),
        ("2022年度机关运行经费支出18.74万元，比上年增加1.00万元。", [("2022", "2023")]),
        ("2022年度机关运行经费支出18.74万元，比2022年度增加1.00万元。", [("2022", "2023")]),
        ("2022年度机关运行经费支出18.74万元，2023年度支出19.74万元。", []),
        ("2022年度机关运行经费支出18.74万元，比2021年度增加1.00万元。", []),
        (
            "2022年度机关运行经费支出18.74万元，比上年增加1.00万元。\n\n机关运行经费支出19.00万元。",
            [],
        ),
        (
            "2022年未安排公务用车购置经费。\n\n2023年安排公务用车运行维护费3.00万元。",
            [("2022", "2023")],
        ),
        (
            "2022年未安排公务用车购置经费。\n\n2023年安排公务用车购置经费3.00万元。",
            [],
        ),
        ("2022年未安排公务用车购置经费。\n\n公务用车运行维护费3.00万元。", []),
        ("截至2023年12月31日，本部门共有车辆3辆。", []),
        ("截至2022年12月31日，累计服务群众3000人次。", []),
        ("2022年度一般公共预算财政拨款支出1234.56万元。", [("2022", "2023")]),
        ("2022年度一般公共预算财政拨款支出1200.56万元。", []),
        ("2022年度一般公共预算财政拨款支出1234.56万元，2023年度与上年持平。", []),
    ],
)
def test_years_are_the_document_s(
    tmp_path: Path, said: str, expected: list[tuple[str, str]]
) -> None:
    assert found(tmp_path, "NC302", f"五、支出决算情况说明\n\n{said}") == expected


@pytest.mark.parametrize("number", ["（一）", "（十一）", "(二)", "1.", ""])
def test_the_number_of_an_entry_is_no_part_of_its_name(tmp_path: Path, number: str) -> None:
    title = "五、一般公共预算财政拨款支出决算情况说明"
    said = title + "\n\n{}社会保障和就业支出（类）支出决算{}万元，占100.0%。其中："
    assert found(tmp_path, "NC101", said.format(number, "234.56")) == []
    wrong = found(tmp_path, "NC101", said.format(number, "243.56"))
    assert wrong == [("243.56万元", "234.56万元")]


def test_the_amount_of_the_next_class_is_not_that_of_the_entry_before(tmp_path: Path) -> None:
    said = (
        "五、一般公共预算财政拨款支出决算情况说明\n\n"
        "行政事业单位养老支出（款）{}（项）100.00万元，与上年持平。\n\n"
        "（二）住房保障支出1000.00万元，占81.0%。\n\n"
        "住房改革支出（款）住房公积金（项）1000.00万元，与上年持平。"
    )
    assert found(tmp_path, "NC103", said.format("事业单位离退休")) == []
    assert found(tmp_path, "NC103", said.format("图书馆")) == [("图书馆", "事业单位离退休")]


@pytest.mark.parametrize("before", ["", "全部为", "支出全部为", "主要是", "列入"])
def test_the_verb_before_a_name_is_no_part_of_it(tmp_path: Path, before: str) -> None:
    entry = f"{before}教育支出（类）60.00万元。"
    path = tmp_path / "made.md"
    path.write_text(
        "2023年度部门决算\n\n支出决算表\n\n金额单位：万元\n\n"
        "| 科目代码 | 科目名称 | 合计 |\n|---|---|---|\n"
        "|  | 合计 | 60.00 |\n| 205 | 教育支出 | 60.00 |\n\n"
        f"三、支出决算情况说明\n\n2023年度支出合计60.00万元，用于办学。{entry}\n",
        encoding="utf-8",
    )
    assert [each.message for each in check(path).findings] == []


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("34.50万元，主要包括：办公费、差旅费、税金及附加费用", []),
        ("34.50万元，主要包括：办公费、邮电费、差旅费", ["邮电费"]),
        ("94.50万元，主要包括：办公费、邮电费、差旅费", []),  # with what 项目支出 paid for
    ],
)
def test_a_class_that_is_the_table_s_lists_what_the_table_has(
    tmp_path: Path, said: str, wrong: list[str]
) -> None:
    text = f"六、一般公共预算财政拨款基本支出决算情况说明\n\n2．商品和服务支出{said}。"
    assert [words for words, _ in found(tmp_path, "NC102", text)] == wrong
