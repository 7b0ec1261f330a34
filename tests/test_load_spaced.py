"""Tables in plain text that spaces align, as pdftotext -layout prints them, and the text around."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from narrcheck.check import check
from narrcheck.document import Document, Table
from narrcheck.load.text import load_text

TOTALS = (
    ("收入", "", "支出", ""),
    ("项目", "决算数", "项目", "决算数"),
    ("一、一般公共预算财政拨款收入", "312.40", "一、一般公共服务支出", "215.80"),
    ("二、事业收入", "8.15", "二、社会保障和就业支出", "64.35"),
    ("三、其他收入", "", "三、住房保障支出", "40.40"),
    ("本年收入合计", "320.55", "本年支出合计", "320.55"),
    ("总计", "320.55", "总计", "320.55"),
)


def _document(text: str) -> Document:
    return load_text("决算.txt", "", text.encode())


def _printed(rows: Sequence[Sequence[str]], wide: int, gap: int = 3) -> str:
    """The rows, their columns below one another; a Chinese character takes ``wide`` columns."""

    def size(text: str) -> int:
        return sum(wide if east_asian_width(char) in "WF" else 1 for char in text)

    widths = [max(size(row[at]) for row in rows) + gap for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            " " * (width - gap - size(text)) + text + " " * gap
            if text[:1].isdigit() and "." in text
            else text + " " * (width - size(text))
            for text, width in zip(row, widths, strict=True)
        ]
        lines.append("".join(cells).rstrip())
    return "\n".join(lines)


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize("wide", [1, 2])
def test_a_table_aligned_by_spaces_is_read_whatever_width_its_characters_have(wide: int) -> None:
    document = _document(
        f"        收入支出决算总表\n公开01表  单位：万元\n{_printed(TOTALS, wide)}\n"
    )
    (table,) = document.tables
    assert (table.title, table.number, table.money_unit) == ("收入支出决算总表", "公开01表", "万元")
    assert _texts(table)[-5:] == [list(row) for row in TOTALS[2:]]


def test_each_cell_stands_where_it_does_in_the_file() -> None:
    document = _document(f"收入支出决算总表\n{_printed(TOTALS, 2)}\n后面的话。\n")
    (table,) = document.tables
    for row, cells in enumerate(table.rows[1:], 4):
        for cell in cells:
            if cell.text:
                assert document.text[cell.where.start : cell.where.end] == cell.text
                assert cell.where.line == row
    assert document.paragraphs[-1].text == "后面的话。"


def test_one_space_parts_an_amount_from_the_name_right_of_it() -> None:
    rows = _printed([(*row[:2], "", "") for row in TOTALS[2:]], 1).split("\n")
    lines = [
        f"{left.ljust(24)} {row[2].ljust(20)}{row[3].rjust(10)}"
        for left, row in zip(rows, TOTALS[2:], strict=True)
    ]
    (table,) = _document("收入支出决算总表\n" + "\n".join(lines)).tables
    assert _texts(table) == [list(row) for row in TOTALS[2:]]


def test_a_name_over_two_lines_has_its_number_between_or_beside_them() -> None:
    between = """
              支出决算表
科目编码    科目名称          合计      基本支出
            合计            138.80       138.80
208         社会保障和就业    95.30       95.30
            机关事业单位基
2080505                     63.20       63.20
            本养老保险缴费
            机关事业单位职
2080506                     32.10       32.10
            业年金缴费支出
221         住房保障支出      43.50       43.50
"""
    beside = """
              支出决算表
科目编码    科目名称          合计      基本支出
            合计            138.80       138.80
208         社会保障和就业    95.30       95.30
2080505     机关事业单位基    63.20       63.20
            本养老保险缴费
2080506     机关事业单位职    32.10       32.10
            业年金缴费支出
221         住房保障支出      43.50       43.50
"""
    for text in (between, beside):
        (table,) = _document(text).tables
        names = {row[0].text: row[1].text for row in table.rows}
        assert names["2080505"] == "机关事业单位基本养老保险缴费", text
        assert names["2080506"] == "机关事业单位职业年金缴费支出", text
        assert names["208"] == "社会保障和就业"
        assert names["221"] == "住房保障支出"


def test_a_header_beside_its_amounts_is_of_their_column() -> None:
    text = """
支出决算表
科目名称          合计              基本支出          项目支出
合计                    138.80            98.80             40.00
社会保障和就业           95.30            95.30
住房保障支出             43.50             3.50             40.00
"""
    (table,) = _document(text).tables
    assert _texts(table)[0] == ["科目名称", "合计", "基本支出", "项目支出"]
    assert _texts(table)[-1] == ["住房保障支出", "43.50", "3.50", "40.00"]
    assert _texts(table)[-2] == ["社会保障和就业", "95.30", "95.30", ""]


def test_an_empty_cell_stands_apart_from_the_one_before_it() -> None:
    (table,) = _document(f"收入支出决算总表\n{_printed(TOTALS, 2)}\n").tables
    for row in table.rows:
        for before, cell in pairwise(row):
            if not cell.text:
                assert cell.where.start > before.where.end


def test_a_rest_on_the_next_page_goes_to_the_columns_it_has_amounts_in() -> None:
    first = _printed(
        [
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "经营支出"),
            ("", "合计", "320.55", "280.15", "40.40", ""),
            ("201", "一般公共服务支出", "215.80", "175.40", "40.40", ""),
            ("20101", "人大事务", "215.80", "175.40", "40.40", ""),
            ("208", "社会保障和就业支出", "64.35", "64.35", "", ""),
        ],
        1,
    )
    rest = _printed([("221", "住房保障支出", "40.40", "40.40", "")], 1, gap=2)
    text = (
        f"支出决算表\n单位：万元\n{first}\n\n                 - 5 -\n\f{rest}\n注：本表反映支出。\n"
    )
    (table,) = _document(text).tables
    assert _texts(table)[-1] == ["221", "住房保障支出", "40.40", "40.40", "", ""]
    assert table.notes == ("注：本表反映支出。",)


def test_sentences_with_amounts_apart_are_no_table() -> None:
    text = "\n".join(
        f"{name}支出   {amount}   万元，占本年支出的比重较大；"
        for name, amount in (("基本", "280.15"), ("项目", "40.40"), ("经营", "8.15"))
    )
    assert not _document(f"二、支出情况\n{text}\n").tables


def test_lists_of_contents_and_phone_numbers_are_no_tables() -> None:
    contents = "\n".join(f"{at}、第{at}件事{' ' * 20}{at * 3}" for at in range(1, 9))
    assert not _document(f"目录\n{contents}\n正文从这里开始，到这里结束。\n").tables


PAGE = """        一、收入支出总体情况

        本部门所有收入和支出均纳入部门预算管理，本级和所属单位的收入

    和支出均包含在部门预算中。收入预算为 715.63 万元，其中一般公共预算

    收入 690.41 万元，政府性基金预算收入 25.22 万元，支出预算总额也是

    715.63 万元，收支相抵后没有差额，同上年一样没有结转下年的资金。
"""


def test_on_a_double_spaced_page_lines_go_on_over_the_empty_ones() -> None:
    document = _document(f"某局2024年部门预算公开\n{PAGE}\n\f某局2024年部门预算公开\n{PAGE}")
    whole = [each.text for each in document.paragraphs if "其中一般公共预算" in each.text]
    assert len(whole) == 2
    assert all("其中一般公共预算收入 690.41 万元" in text for text in whole)


def test_what_runs_along_on_the_pages_is_no_line_of_the_text() -> None:
    title = "某局2024年部门预算公开"
    page = "        本部门的收入和支出都纳入部门预算管理，按规定编列，一直写到这一行\n"
    rest = "    的末尾才写完，共有收入 715.63 万元，都来自一般公共预算的财政拨款。\n"
    document = _document(f"封面\n\f{title}\n{page}\f{title}\n{rest}\f{title}\n{page}{rest}")
    assert not [each for each in document.paragraphs if each.text == title]


def test_a_number_of_the_text_is_held_against_a_table_aligned_by_spaces(tmp_path: Path) -> None:
    said = "2023年度本年收入合计 302.55 万元，本年支出合计 320.55 万元。"
    text = (
        "某县档案馆2023年度部门决算\n第二部分 2023年度部门决算表\n        收入支出决算总表\n"
        "部门：某县档案馆                    单位：万元\n"
        f"{_printed(TOTALS, 1)}\n\n第三部分 2023年度部门决算情况说明\n"
        f"一、收入支出决算总体情况说明\n    {said}\n"
    )
    path = tmp_path / "决算.txt"
    path.write_text(text, encoding="utf-8")
    (finding,) = check(path).findings
    assert (finding.code, finding.suggestion) == ("NC101", "320.55万元")
    assert finding.where.line is not None
    assert text.split("\n")[finding.where.line - 1].strip() == said


def test_words_drawn_out_over_a_line_are_words_and_keep_their_places() -> None:
    drawn = " ".join("本单位当年收入预算合计")
    document = _document(f"某局2024年部门预算\n\n{drawn} 715.63 万 元 ， 都 是 财 政 拨 款 。\n")
    (paragraph,) = (each for each in document.paragraphs if "715.63" in each.text)
    assert paragraph.text == "本单位当年收入预算合计 715.63 万元，都是财政拨款。"
    at = paragraph.offset(paragraph.text.index("财"))
    assert document.text[at : at + 3] == "财 政"
