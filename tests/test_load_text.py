"""Text files: encodings, the law of offsets, tables, captions, paragraphs, sections, the cover."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrcheck.document import Document, Paragraph
from narrcheck.errors import DocumentError
from narrcheck.load import load
from narrcheck.load.cover import kind_of, unit_of, year_of
from narrcheck.load.outline import is_heading, level
from narrcheck.load.text import load_text

REPORT = """2031年度

青禾县水利站部门决算

目录

第一部分 单位概况

一、主要职责\t1

第二部分 部门决算表......2

第三部分 部门决算情况说明 …… 5

第一部分

单位概况

一、主要职责

管理全县水利设施，负责防汛抗旱工作。

第二部分

部门决算表

收入决算表

\t\t公开02表
部门：青禾县水利站\t\t金额单位：万元
项目\t\t本年收入合计
科目代码\t科目名称
合计\t\t 61. 50

213\t农林水支出\t61.50

注：1. 本表反映收入。

2. 可能有尾差。

支出决算表

公开03表

部门：青禾县水利站

金额单位：万元

项目\t合计
合计\t60.25

第三部分

部门决算情况说明

一、收入决算情况说明

2031年度收入合计61.50万元，比上年增加

1.2万元，其中：财政拨款收入占

本年收入的100.0%，截至 2031 年

12月31日无其他收入。

（一）具体情况

1、农林水支出（类）水利（款）防汛（项）。

年初预算为60万元，支出决算为60.25万元。

2、其他支出为0万元，与上年持平。
"""


def read(text: str, encoding: str = "utf-8") -> Document:
    return load_text("made.txt", "0" * 64, text.encode(encoding))


def bodies(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs if each.role == "body"]


def of_role(document: Document, role: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.role == role]


def assert_offsets_hold(document: Document) -> None:
    for each in (*document.paragraphs, *document.contents):
        there = "".join(document.text[each.offset(at)] for at in range(len(each.text)))
        assert there == each.text
    for table in document.tables:
        assert len({len(row) for row in table.rows}) == 1
        for cell in (cell for row in table.rows for cell in row):
            assert document.text[cell.where.start : cell.where.end] == cell.text


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"],
)
def test_a_report_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert read(REPORT, encoding) == read(REPORT)


def test_a_stray_control_character_makes_no_binary_file() -> None:
    assert read("收入合计1万元。" * 40 + "\x1a").tables == ()


def test_big5_is_recognised() -> None:
    text = "財政撥款收入與上年相比沒有變化，本單位的決算說明如下。\n" * 8
    assert read(text, "big5").text == text


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n", "\f"])
def test_the_text_stays_as_on_disk_whatever_the_line_ends(line_end: str) -> None:
    text = REPORT.replace("\n", line_end)
    document = read(text)
    assert document.text == text
    assert bodies(document) == bodies(read(REPORT))
    assert len(document.line_starts) == REPORT.count("\n") + 1
    assert_offsets_hold(document)
    assert document.tables[0].rows[-1][-1].where.line == 35


def test_a_byte_order_mark_is_no_character() -> None:
    assert read("收入合计1万元。", "utf-8-sig").paragraphs[0].offset(0) == 0


def test_table_captions_are_read_from_rows_and_from_lines() -> None:
    income, spending = read(REPORT).tables
    assert (income.title, income.number, income.money_unit) == ("收入决算表", "公开02表", "万元")
    assert (spending.title, spending.number, spending.money_unit) == (
        "支出决算表",
        "公开03表",
        "万元",
    )
    assert [cell.text for cell in income.rows[0]] == ["项目", "", "本年收入合计"]
    assert [cell.text for cell in spending.rows[0]] == ["项目", "合计"]


def test_a_table_goes_on_after_an_empty_line() -> None:
    assert [cell.text for cell in read(REPORT).tables[0].rows[-1]] == ["213", "农林水支出", "61.50"]


def test_notes_belong_to_their_table() -> None:
    income, spending = read(REPORT).tables
    assert income.notes == ("注：1. 本表反映收入。", "2. 可能有尾差。")
    assert spending.notes == ()


def test_markdown_pipes_make_a_table() -> None:
    text = "收支表\n\n| 项目 | 金额 |\n| --- | ---: |\n| 甲\\|乙 | 3.20 |\n| 丙 |  |\n"
    (table,) = read(text).tables
    assert table.title == "收支表"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["项目", "金额"],
        ["甲|乙", "3.20"],
        ["丙", ""],
    ]


@pytest.mark.parametrize(
    ("line", "title", "number", "unit"),
    [
        ("表 4：财政拨款支出表", "财政拨款支出表", "表4", ""),
        ("2.部门收入总表", "部门收入总表", "", ""),
        ("三、支出总表（单位：元）", "支出总表", "", "元"),
        ("预算03表支出总表", "支出总表", "预算03表", ""),
        ("附表2 项目支出表", "项目支出表", "附表2", ""),
    ],
)
def test_a_title_is_kept_without_its_number(line: str, title: str, number: str, unit: str) -> None:
    (table,) = read(f"{line}\n项目\t金额\n合计\t1.00\n").tables
    assert (table.title, table.number, table.money_unit) == (title, number, unit)


def test_a_sentence_is_no_title() -> None:
    (table,) = read("具体情况如下表所示：\n项目\t金额\n合计\t1.00\n").tables
    assert table.title == ""


def test_a_heading_of_the_narrative_above_a_table_stays_a_heading() -> None:
    document = read("一、收入情况\n项目\t金额\n合计\t1.00\n")
    assert document.sections[0].title == "一、收入情况"
    assert document.tables[0].title == "收入情况"
    assert document.tables[0].section == 0


def test_a_paragraph_cut_by_a_page_break_is_one() -> None:
    joined = bodies(read(REPORT))
    assert (
        "2031年度收入合计61.50万元，比上年增加1.2万元，其中：财政拨款收入占本年收入的100.0%，"
        "截至 2031 年12月31日无其他收入。"
    ) in joined
    assert "2、其他支出为0万元，与上年持平。" in joined


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("4、卫生健康支出（类）行政事业单位医疗（款）行政单位医疗", "（项）。年初预算为3.00万元。"),
        ("5、卫生健康支出（类）行政事业单位医疗（款）事业单", "位医疗（项）3.00万元。"),
        ("全县各单位会议费预算", "0.00万元，比上年减少2.00万元。"),
        ("培训费预算39.51", "万元，比上年减少2.00万元。"),
    ],
)
def test_an_entry_and_an_amount_cut_in_two_are_one(first: str, second: str) -> None:
    assert bodies(read(f"{first}\n{second}\n")) == [first + second]


@pytest.mark.parametrize(
    "second",
    [
        "1、甲项目支出",
        "1.甲项目",
        "1．甲项目",
        "（1）甲",
        "①甲",
        "一、乙",
        "（一）乙",
        "第二部分",
        "注：甲",
    ],
)
def test_what_begins_a_numbered_entry_is_never_joined(second: str) -> None:
    assert len(read(f"本年支出为3万元，主要用于\n\n{second}\n").paragraphs) == 2


@pytest.mark.parametrize(
    "second", ["12月31日止。", "2031年止。", "1.2万元。", "3. 5万元。", "万元。"]
)
def test_a_number_at_the_break_is_no_list_number(second: str) -> None:
    assert len(read(f"本年支出为3万元，比上年\n\n{second}\n").paragraphs) == 1


def test_headings_are_not_joined_with_what_follows() -> None:
    text = "（三）问题及原因分析情况\n\n预算编制还不够细，需要改进。\n\n第四部分\n\n名词解释\n"
    assert of_role(read(text), "heading") == ["（三）问题及原因分析情况", "第四部分", "名词解释"]


def test_contents_are_no_paragraphs() -> None:
    document = read(REPORT)
    assert [entry.text for entry in document.contents] == [
        "第一部分 单位概况",
        "一、主要职责",
        "第二部分 部门决算表",
        "第三部分 部门决算情况说明",
    ]
    assert {entry.role for entry in document.contents} == {"contents"}
    assert "第二部分 部门决算表......2" not in [each.text for each in document.paragraphs]


def test_sections_follow_the_numbering() -> None:
    document = read(REPORT)
    assert [(each.level, each.title) for each in document.sections] == [
        (1, "第一部分 单位概况"),
        (2, "一、主要职责"),
        (1, "第二部分 部门决算表"),
        (1, "第三部分 部门决算情况说明"),
        (2, "一、收入决算情况说明"),
        (3, "（一）具体情况"),
        (4, "1、农林水支出（类）水利（款）防汛（项）。"),
    ]
    budget = next(each for each in document.paragraphs if "60.25" in each.text)
    assert document.section_path(budget.section) == (
        "第三部分 部门决算情况说明",
        "一、收入决算情况说明",
        "（一）具体情况",
        "1、农林水支出（类）水利（款）防汛（项）。",
    )
    assert {document.section_path(table.section) for table in document.tables} == {
        ("第二部分 部门决算表",)
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [("第三部分", 1), ("十一、甲", 2), ("（十）甲", 3), ("12．甲", 4), ("(3)甲", 5)]
    + [(text, None) for text in ("1.25万元", "12月", "2031年度", "878. 81万元", "甲、乙")]
    + [("1.2031年支出", 4)],
)
def test_the_level_is_told_by_the_number(text: str, number: int | None) -> None:
    assert level(text) == number


@pytest.mark.parametrize(
    ("text", "following", "heading"),
    [
        ("一、收入情况", "本年收入3万元。", True),
        ("1、甲（类）乙（款）丙（项）。", "年初预算为3万元。", True),
        ("1、甲支出决算为0万元，与上年持平。", "2、乙", False),
        ("（一）负责甲工作。", "（二）负责乙工作。", False),
        ("一、其他收入：指其余各项收入", "二、乙", False),
        ("收入情况", "本年收入3万元。", False),
    ],
)
def test_a_heading_is_short_and_holds_no_amount(text: str, following: str, heading: bool) -> None:
    assert is_heading(text, following) is heading


def test_the_cover_says_kind_year_and_unit() -> None:
    document = read(REPORT)
    assert (document.kind, document.year, document.unit) == ("决算", 2031, "青禾县水利站")


def test_the_kind_of_a_cover_goes_before_that_of_tables() -> None:
    assert kind_of(["2031年部门预算"], ["二、决算说明"], []) == "预算"
    assert kind_of([], [], ["一般公共预算支出决算表", "政府性基金预算支出决算表"]) == "决算"
    assert kind_of([], [], ["一般公共预算支出表"]) == "预算"
    assert kind_of(["某单位"], [], []) == ""


@pytest.mark.parametrize(
    "cover",
    ["２０３１年度部门决算", "二〇三一年度部门决算", "2031 年部门决算", "二零三一年部门决算"],
)
def test_the_year_is_that_of_the_report_and_not_of_its_printing(cover: str) -> None:
    assert year_of([cover, "2032年8月"]) == 2031


def test_the_unit_is_found_on_a_cover_without_captions() -> None:
    assert unit_of([], [], ["2031年度", "青禾县水利局", "部门决算"]) == "青禾县水利局"
    assert unit_of([], ["第一部分 青禾县水利局概况"], ["部门决算"]) == "青禾县水利局"
    assert unit_of(["甲县水利局", "乙县水利局", "乙县水利局"], [], []) == "乙县水利局"


CELLS = st.text(st.sampled_from("收支合计0123456789.，、（）　 aé"), max_size=8)
WORDS = st.text(
    st.sampled_from("一二、（）。，：；1234.年月万元收入支出表注|#* \u3000"), max_size=40
)
LINES = st.one_of(WORDS, st.lists(CELLS, min_size=2, max_size=5).map("\t".join))


@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\f"]))
def test_every_character_and_cell_stands_where_it_says(lines: list[str], line_end: str) -> None:
    text = line_end.join([*lines, "末行"])
    document = read(text)
    assert document.text == text
    assert_offsets_hold(document)


@given(st.lists(WORDS, max_size=14))
def test_no_digit_of_the_narrative_is_lost(lines: list[str]) -> None:
    text = "\n".join([*lines, "末行"]).replace("|", "1")
    document = read(text)
    printed = "".join(each.text for each in document.paragraphs)
    assert [char for char in printed if char.isdigit()] == [c for c in text if c.isdigit()]


@pytest.mark.parametrize(
    ("name", "data", "remedy"),
    [
        ("a.txt", b"", "空"),
        ("a.txt", b" \r\n\t", "空"),
        ("a.txt", "\u3000\n".encode(), "没有文字"),
        ("a.txt", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "UTF-8"),
        ("a.txt", bytes(range(128, 256)) * 4, "UTF-8"),
        ("a.txt", b"%PDF-1.7\n\x01\x02\x03", "改为 .pdf"),
        ("a.wps", b"\0\1\2" * 9, "另存为"),
        ("noname", b"text", "扩展名"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes, remedy: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        load(path)
    message = str(caught.value)
    assert str(path) in message
    assert remedy in message
    assert "\n" not in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="没有这个文件"):
        load(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="文件夹"):
        load(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(DocumentError, match="64 MB"):
        load(path)


def test_a_real_report_is_read_whole(shared: Path) -> None:
    path = shared / "documents" / "hetang-zhengfuban-2023-juesuan.txt"
    if not path.is_file():
        pytest.skip("shared: the document is not there")
    document = load(path)
    assert_offsets_hold(document)
    assert (document.kind, document.year) == ("决算", 2023)
    assert [table.number for table in document.tables] == [
        *(f"公开{number:02}表" for number in (1, 2, 3, 4, 5, 6, 9)),
        *[""] * 3,
    ]
    assert {table.money_unit for table in document.tables[:7]} == {"万元"}
    third = next(i for i, each in enumerate(document.sections) if each.title[:4] == "第三部分")
    assert [each.title.split("、")[0] for each in document.sections if each.parent == third] == [
        *"一二三四五六七八九十",
        *("十一", "十二", "十三"),
    ]
    assert all(isinstance(each, Paragraph) for each in document.contents)


def test_a_form_feed_between_other_line_ends_is_no_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "页.txt"
    path.write_bytes("一、总体情况\n收入5万元。\n\f支出3万元。\n".encode())
    document = load(path)
    place = document.text.index("支出")
    assert document.where(place, place + 2).line == 3


def test_a_bare_page_number_stands_in_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "页.txt"
    head = "一、总体情况\n　　2023年度支出5万元，增长\n"
    for number in ("\n" + " " * 30 + "15\n", "\n 15\n\f"):
        path.write_text(f"{head}{number}7.80%，主要是人员增加。\n", encoding="utf-8")
        assert "增长7.80%" in load(path).paragraphs[-1].text


def test_a_sentence_right_behind_the_contents_is_no_entry_of_them(tmp_path: Path) -> None:
    path = tmp_path / "目录.txt"
    entries = "一、收入情况\n二、支出情况\n三、名词解释\n"
    opening = "按照《预算法》的规定\n现将情况公开如下：\n"
    path.write_text(f"目录\n{entries}{opening}{entries}", encoding="utf-8")
    document = load(path)
    assert [entry.text for entry in document.contents] == entries.split()


def test_a_caption_that_was_too_long_for_its_line_is_one(tmp_path: Path) -> None:
    for caption in (
        "部门：某县水务局 2023年\n度 金额单位：万元",
        "部门：某县水务局  金额\n单位：万元",
    ):
        path = tmp_path / "表.txt"
        rows = "项目\t金额\n办公费\t1.00\n差旅费\t2.00\n"
        path.write_text(f"一、说明\n收入5万元。\n\n支出决算表\n{caption}\n{rows}", encoding="utf-8")
        (table,) = load(path).tables
        assert (table.title, table.money_unit) == ("支出决算表", "万元")
