"""Lines become paragraphs: files wrapped at a width, and titles over two lines."""

from __future__ import annotations

from unicodedata import east_asian_width

import pytest
from made.paper import pdf, text
from made.paper import table as grid

from narrcheck.document import Document
from narrcheck.load.pdf.read import load_pdf
from narrcheck.load.text import load_text

STORY = [
    "第三部分 部门决算情况说明",
    "一、收入决算情况说明",
    "本单位二〇二四年度按照上级要求编制决算，各项资金来源如下，本年度一般公共预算收入为61.50万元，"
    "比上年增加1.20万元，增长1.99%，主要原因是新增一个项目，该项目由财政专户管理资金安排，"
    "经费支出由各个科室按照进度执行，全年支出决算为60.30万元。",
    "（一）基本情况",
    "本年度财政拨款收入占本年收入合计的百分之百即61.50万元，其中政府性基金预算财政拨款收入为0万元，"
    "国有资本经营预算财政拨款收入为0万元，上级补助收入与事业收入以及经营收入均为0万元。",
    "（二）支出决算情况说明",
    "本年度支出合计60.30万元，包括基本支出50.10万元和项目支出10.20万元，两项分别占83.08%和16.92%，"
    "与年初预算相比没有变化，主要用于保障机构正常运转，开展日常工作，以及完成上级下达的各项工作任务支出。",
    "二、其他说明",
    "本单位没有使用政府性基金预算拨款安排的支出，也没有国有资本经营预算拨款安排的支出，因此相关表格为空表。",
]


def columns(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)


def wrapped(paragraph: str, width: int, indent: str) -> list[str]:
    """The paragraph in lines that are no wider than so many columns; a number is never cut."""
    lines = [indent if "。" in paragraph else ""]
    piece = ""
    for char in [*paragraph, ""]:
        if piece and not (piece[-1] in "0123456789." and char and char in "0123456789.%"):
            if columns(lines[-1] + piece) > width:
                lines.append("")
            lines[-1] += piece
            piece = ""
        piece += char
    return lines


def read(content: str) -> Document:
    return load_text("made.txt", "0" * 64, content.encode())


@pytest.mark.parametrize("width", range(36, 100, 2))
@pytest.mark.parametrize("indent", ["", "　　", "    "])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_text_that_was_wrapped_is_read_as_if_it_was_not(
    width: int, indent: str, between: str
) -> None:
    story = between.join("\n".join(wrapped(each, width, indent)) for each in STORY)
    found = [paragraph.text for paragraph in read(story).paragraphs]
    assert found == STORY


ROWS = "项目\t金额\n合计\t61.50\n办公费\t1.20\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024年度青禾县水利局一般公共预算财政拨款", "基本支出决算表"),
        ("2024年度青禾县水利局政府性基金预算", "财政拨款收入支出决算表"),
        ("青禾县水利局“三公”经费、会议费和", "培训费支出预算表"),
    ],
)
def test_a_title_over_two_lines_is_one(first: str, second: str) -> None:
    (table,) = read(f"部门决算表\n\n{first}\n{second}\n公开06表\t单位：万元\n{ROWS}").tables
    assert table.title == first + second
    middle = 297
    page = [
        text(first, middle - 8 * len(first), 60, 16),
        text(second, middle - 8 * len(second), 82, 16),
        text("单位：万元", 430, 104, 10),
        grid([("项目", "金额"), ("合计", "61.50")], (90, 300, 500), 120),
    ]
    (table,) = load_pdf("made.pdf", "0" * 64, pdf("\n".join(page))).tables
    assert (table.title, table.money_unit) == (first + second, "万元")


@pytest.mark.parametrize(
    "before",
    [
        "青禾县水利局",
        "2024年部门预算",
        "二、政府性基金预算财政拨款",
        "本单位没有政府性基金预算财政拨款。",
    ],
)
def test_a_line_above_a_title_is_no_part_of_it(before: str) -> None:
    (table,) = read(f"{before}\n收入决算表\n单位：万元\n{ROWS}").tables
    assert table.title == "收入决算表"


def test_a_row_whose_first_cell_alone_is_filled_does_not_cut_a_table() -> None:
    rows = [
        "项目\t金额",
        "一、办公\t",
        "水费\t1.20",
        "二、其他\t ",
        "合计\t",
        "注：无。\t",
        "本年结束。\t",
    ]
    document = read("收入决算表\n单位：万元\n" + "\n".join(rows))
    (table,) = document.tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["项目", "金额"],
        ["一、办公", ""],
        ["水费", "1.20"],
        ["二、其他", ""],
        ["合计", ""],
    ]
    assert table.notes == ("注：无。",)
    assert document.paragraphs[-1].text == "本年结束。"


def test_a_tab_at_the_end_of_a_line_makes_no_table() -> None:
    document = read("一、本年收入\t\n本年收入61.50万元，比上年\t\n增加1.20万元。\t\n")
    assert document.tables == ()
    assert document.paragraphs[-1].text == "本年收入61.50万元，比上年增加1.20万元。"
