"""Tables of PDFs: however their rules are drawn, without any, and over pages."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from made.paper import HEIGHT, pdf, rules, table, text
from PIL import Image
from test_load_pdf import assert_offsets_hold, paragraphs, read

from narrcheck.document import Box, Document, Table
from narrcheck.load.pdf.debug import draw_pages
from narrcheck.load.pdf.lines import Char
from narrcheck.load.pdf.rules import rules_of
from narrcheck.load.pdf.tables import tables_in

XS, YS = (90.0, 300.0, 500.0), (100.0, 120.0, 140.0, 160.0)
ROWS = [["项目", "金额"], ["办公费", "61.50"], ["水费", "1.25"]]


def grid(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


def texts(rows: Sequence[Sequence[str]], xs: Sequence[float] = XS, top: float = 100) -> str:
    """The texts of cells without any rule."""
    return "\n".join(
        text(cell, x + 4, top + 20 * number + 4, 10)
        for number, row in enumerate(rows)
        for cell, x in zip(row, xs, strict=False)
        if cell
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def filled(x0: float, top: float, x1: float, bottom: float, gray: float = 0) -> str:
    return f"{gray} g {x0} {HEIGHT - bottom} {x1 - x0} {bottom - top} re f 0 g"


def sides(xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> list[Box]:
    """The rules of a full net, each from (x0, y0) to (x1, y1)."""
    across: list[Box] = [(xs[0], y, xs[-1], y) for y in ys]
    return [*across, *((x, ys[0], x, ys[-1]) for x in xs)]


def pieces(length: float, gap: float) -> list[str]:
    """The rules of a net in pieces of a length."""
    drawn: list[str] = []
    for x0, y0, x1, y1 in sides():
        whole = max(x1 - x0, y1 - y0)
        at = 0.0
        while at < whole:
            end = min(at + length, whole)
            drawn.append(
                line(x0 + at, y0, x0 + end, y0) if y0 == y1 else line(x0, y0 + at, x0, y0 + end)
            )
            at += length + gap
    return drawn


DRAWN = {
    "lines": [line(*side) for side in sides()],
    "thin rectangles": [
        filled(x0 - 0.3, y0 - 0.3, x1 + 0.3, y1 + 0.3) for x0, y0, x1, y1 in sides()
    ],
    "short pieces": pieces(20, 0),
    "dashes": pieces(4, 3),
    "dots": [
        filled(
            x0 + at * (x1 > x0),
            y0 + at * (y1 > y0),
            x0 + at * (x1 > x0) + 0.7,
            y0 + at * (y1 > y0) + 0.7,
        )
        for x0, y0, x1, y1 in sides()
        for at in range(0, int(max(x1 - x0, y1 - y0)) + 1, 2)
    ],
    "double lines": [
        line(
            x0 + off * (x0 == x1),
            y0 + off * (y0 == y1),
            x1 + off * (x0 == x1),
            y1 + off * (y0 == y1),
        )
        for x0, y0, x1, y1 in sides()
        for off in (-1, 1)
    ],
    "lines that end short": [
        line(x0 + 3 * (x1 > x0), y0 + 3 * (y1 > y0), x1 - 3 * (x1 > x0), y1 - 3 * (y1 > y0))
        for x0, y0, x1, y1 in sides()
    ],
    "outlines of cells": [
        f"{x0} {HEIGHT - bottom} {x1 - x0} {bottom - top} re S"
        for x0, x1 in pairwise(XS)
        for top, bottom in pairwise(YS)
    ],
    "shaded cells only": [
        filled(x0 + 0.5, top + 0.5, x1 - 0.5, bottom - 0.5, 0.9)
        for x0, x1 in pairwise(XS)
        for top, bottom in pairwise(YS)
    ],
    "open at the left and right": [line(XS[0], y, XS[-1], y) for y in YS]
    + [line(XS[1], YS[0], XS[1], YS[-1])],
    "open at the end of the page": [line(*side) for side in sides() if side[1] != YS[-1]],
    "across only": [line(XS[0], y, XS[-1], y) for y in YS],
    "three lines": [line(XS[0], y, XS[-1], y) for y in (YS[0], YS[1], YS[3])],
    "a frame with rules across": [line(*side) for side in sides((XS[0], XS[2]))],
    "a frame around the page too": [
        line(*side) for side in [*sides(), *sides((40, 550), (40, 800))]
    ],
    "an outer frame close by": [
        line(*side) for side in [*sides(), *sides((XS[0] - 2, XS[2] + 2), (YS[0] - 2, YS[3] + 2))]
    ],
}


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_a_table_is_read_however_its_rules_are_drawn(drawn: Sequence[str]) -> None:
    document = read("\n".join([*drawn, texts(ROWS)]))
    (found,) = document.tables
    assert grid(found) == ROWS
    assert paragraphs(document) == []
    assert_offsets_hold(document)


def test_a_table_that_meets_the_frame_of_the_page_leaves_it_its_caption() -> None:
    xs, ys = (40, 300, 550), (160, 180, 200)
    page = [
        *(line(*side) for side in sides((40, 550), (40, 800))),
        *(line(40, y, 550, y) for y in ys),
        line(300, 160, 300, 200),
        text("收入决算表", 260, 100),
        text("单位：万元", 440, 140, 10),
        texts([["项目", "金额"], ["合计", "61.50"]], xs, 160),
        text("注：本表金额以万元为单位。", 60, 220, 10),
    ]
    (found,) = read("\n".join(page)).tables
    assert (found.title, found.money_unit) == ("收入决算表", "万元")
    assert grid(found)[:2] == [["项目", "金额"], ["合计", "61.50"]]


def test_rules_down_only_part_rows_by_their_lines() -> None:
    net = [line(*side) for side in sides(XS, (100, 120, 180))]
    body = [["办公费", "61.50"], ["水费", "1.25"], ["电费", "2.25"]]
    page = "\n".join([*net, texts([["项目", "金额"]]), texts(body, top=120)])
    (found,) = read(page).tables
    assert grid(found) == [["项目", "金额"], *body]


def test_a_slanting_line_in_a_header_is_no_rule() -> None:
    page = "\n".join([*DRAWN["lines"], line(90, 100, 300, 120), texts(ROWS)])
    (found,) = read(page).tables
    assert grid(found) == ROWS


def test_tables_side_by_side_are_two() -> None:
    left, right = (90.0, 180.0, 290.0), (300.0, 400.0, 500.0)
    net = [line(*side) for side in [*sides(left), *sides(right)]]
    page = "\n".join([*net, texts(ROWS, left), texts(ROWS, right)])
    assert [grid(found) for found in read(page).tables] == [ROWS, ROWS]


def test_tables_whose_frames_touch_are_parted_at_the_title_of_the_second() -> None:
    upper = [line(*side) for side in sides(XS, (100, 120, 140))]
    title = [line(*side) for side in sides((XS[0], XS[2]), (140, 160))]
    lower = [line(*side) for side in sides((90, 200, 300, 500), (160, 180, 200, 220))]
    page = "\n".join(
        [
            *(*upper, *title, *lower),
            texts([["项目", "金额"], ["办公费", "61.50"], ["支出决算表"]]),
            texts([["编码", "项目", "金额"], ["201", "水费", "2.00"]], (90, 200, 300), 160),
            texts([["202", "电费", "3.00"]], (90, 200, 300), 200),
        ]
    )
    first, second = read(page).tables
    assert grid(first) == [["项目", "金额"], ["办公费", "61.50"]]
    assert second.title == "支出决算表"
    assert grid(second) == [
        ["编码", "项目", "金额"],
        ["201", "水费", "2.00"],
        ["202", "电费", "3.00"],
    ]


def test_a_table_of_one_row_is_a_table_and_a_frame_around_lines_is_none() -> None:
    one = "\n".join([rules(XS, (100, 120)), texts([["合计", "61.50"]])])
    assert grid(read(one).tables[0]) == [["合计", "61.50"]]
    lines = "\n".join([rules((90, 500), (100, 120, 140)), texts([["第一句话。"], ["第二句话。"]])])
    assert read(lines).tables == ()


def test_shaded_words_of_running_text_are_no_cells() -> None:
    """Word shades each run of a paragraph on its own; their edges meet as those of cells do."""
    words = "本年收入合计比上年有所增加主要原因是新增经费"
    drawn = [
        *(filled(90, top, 200, top + 20, 0.9) for top in (100, 120, 140)),
        *(filled(200, top, 350, top + 20, 0.8) for top in (100, 120, 140)),
        *(text(words, 90, top + 4, 11) for top in (100, 120)),
        text(f"{words[:10]}。", 90, 144, 11),
    ]
    assert read("\n".join(drawn)).tables == ()


@pytest.mark.parametrize(("count", "cut"), [(30_000, False), (90_000, True)])
def test_a_drawing_of_very_many_lines_takes_bounded_time_and_hides_no_table(
    count: int, cut: bool
) -> None:
    edges = sides()
    for number in range(count):
        x, y = 60 + number % 173 * 2.7, 300 + number * 7 % 401
        edges.append((x, y, x + 9, y) if number % 2 else (x, y, x, y + 9))
    chars = [Char("甲", 95, 105, 105, 115), Char("1", 305, 105, 310, 115)]
    begun = time.perf_counter()
    tables, _ = tables_in(chars, edges)
    assert time.perf_counter() - begun < 5
    assert [cell.shown.text for cell in tables[0].cells][:2] == ["甲", "1"]
    assert rules_of(edges).cut is cut


# Tables that no rules part


def right(cell: str, x: float, top: float, size: float = 10) -> str:
    """A text that ends at x; digits are half as wide as they are high."""
    wide = sum(0.5 if each.isascii() else 1.0 for each in cell) * size
    return text(cell, x - wide, top, size)


def aligned(rows: Iterable[tuple[str, ...]], top: float = 140, step: float = 18) -> str:
    """A name at the left and amounts that end at 330, 420 and 510."""
    drawn: list[str] = []
    for number, (name, *amounts) in enumerate(rows):
        y = top + step * number
        drawn.extend([text(name, 90, y, 10)] if name else [])
        drawn.extend(
            right(each, x, y) for each, x in zip(amounts, (330, 420, 510), strict=False) if each
        )
    return "\n".join(drawn)


PLAIN = [
    ("项目", "合计", "基本支出", "项目支出"),
    ("合计", "1,234.50", "1,000.00", "234.50"),
    ("教育支出", "34.50", "", "34.50"),
    ("卫生健康支出", "1,200.00", "1,000.00", "200.00"),
]


def test_a_table_without_rules_is_read_by_its_columns() -> None:
    caption = [text("支出决算表", 260, 60), text("部门：青禾县水利局", 90, 100, 10)]
    page = "\n".join([*caption, text("单位：万元", 440, 100, 10), aligned(PLAIN)])
    (found,) = read(page).tables
    assert (found.title, found.money_unit) == ("支出决算表", "万元")
    assert grid(found) == [list(row) for row in PLAIN]
    assert_offsets_hold(read(page))


def test_a_name_on_two_lines_with_its_amounts_at_their_middle_is_one_row() -> None:
    page = "\n".join(
        [
            aligned(PLAIN[:2]),
            *(text("机关事业单位基本养", 90, 184, 10), text("老保险缴费支出", 90, 196, 10)),
            aligned([("", "5.00", "5.00", "")], 190),
            *(text("机关事业单位职业年", 90, 220, 10), text("金缴费支出", 90, 232, 10)),
            aligned([("", "6.00", "6.00", "0.00")], 226),
        ]
    )
    (found,) = read(page).tables
    assert grid(found)[2:] == [
        ["机关事业单位基本养老保险缴费支出", "5.00", "5.00", ""],
        ["机关事业单位职业年金缴费支出", "6.00", "6.00", "0.00"],
    ]


def test_a_header_over_several_lines_has_groups_over_their_columns() -> None:
    head = "\n".join(
        [
            text("项目", 110, 112, 10),
            text("本年支出", 385, 104, 10),
            text("本年收入", 285, 112, 10),
            text("基本支出", 380, 120, 10),
            text("项目支出", 470, 120, 10),
        ]
    )
    (found,) = read("\n".join([head.replace("385 ", "425 "), aligned(PLAIN[1:])])).tables
    assert grid(found)[:3] == [
        ["项目", "本年收入", "本年支出", "本年支出"],
        ["项目", "本年收入", "基本支出", "项目支出"],
        list(PLAIN[1]),
    ]


def test_a_row_without_amounts_stays_a_row_of_its_own() -> None:
    rows = [*PLAIN, ("二、其他支出",), ("利息", "1.00", "", "1.00"), ("汇兑", "2.00", "", "2.00")]
    (found,) = read(aligned(rows)).tables
    assert [row[0] for row in grid(found)][4:] == ["二、其他支出", "利息", "汇兑"]


CONTENTS = [
    ("一、收入决算表", "", "", "5"),
    ("二、支出决算表", "", "", "6"),
    ("三、说明", "", "", "9"),
]
PROSE = [
    text(
        f"本年收入合计比上年增加了{number}万元，主要原因是新增了项目经费。",
        90,
        100 + 20 * number,
        12,
    )
    for number in range(3, 8)
]
NO_TABLES = {
    "prose": "\n".join(PROSE),
    "目录 without leaders": aligned(CONTENTS),
    "目录 with leaders": "\n".join(
        text(f"一、收入决算表{'.' * 40}{page}", 90, 100 + 20 * page, 10) for page in range(3, 8)
    ),
    "signatures": aligned([("负责人：", "电话：", "日期：")] * 4),
    "captions": "\n".join(
        f"{text('部门：青禾县水利局', 90, y, 10)}\n{text('单位：万元', 440, y, 10)}"
        for y in (100, 120, 140)
    ),
    "two rows": aligned(PLAIN[:2]),
}


@pytest.mark.parametrize("page", NO_TABLES.values(), ids=NO_TABLES)
def test_what_only_looks_aligned_is_no_table(page: str) -> None:
    assert read(page).tables == ()


def test_text_around_a_table_without_rules_stays_text() -> None:
    before, after = "下表列出了各项支出的金额。", "以上金额均已公开。"
    page = "\n".join([text(before, 118, 90, 12), aligned(PLAIN), text(after, 118, 240, 12)])
    document = read(page)
    assert [grid(found) for found in document.tables] == [[list(row) for row in PLAIN]]
    assert paragraphs(document) == [before, after]


# Texts in cells


def cell_of(*drawn: str, xs: Sequence[float] = (90, 300, 340)) -> str:
    """The text of the second cell of a table of one row."""
    (found,) = read("\n".join([rules(xs, (100, 140)), text("项目", 95, 104, 10), *drawn])).tables
    return found.rows[0][1].text


@pytest.mark.parametrize(
    ("upper", "lower", "shown"),
    [
        ("1,234,5", "67.89", "1,234,567.89"),
        ("1,234,", "567.89", "1,234,567.89"),
        ("1234567", ".89", "1234567.89"),
        ("1234567", "8.90", "12345678.90"),
        ("12345.6", "7", "12345.67"),
        ("100.00", "%", "100.00%"),
        ("12.00", "34.00", "12.00 34.00"),
        ("1,234", "5,678", "1,234 5,678"),
        ("12", "34", "12 34"),
        ("机关运", "行经费", "机关运行经费"),
        ("其他2", "项经费", "其他2项经费"),
    ],
)
def test_a_number_broken_over_lines_is_one_and_two_numbers_stay_two(
    upper: str, lower: str, shown: str
) -> None:
    assert cell_of(text(upper, 302, 105, 10), text(lower, 302, 120, 10)) == shown


def row_of(*drawn: str) -> list[str]:
    page = "\n".join([rules((90, 200, 250, 300), (100, 120)), text("项目", 95, 104, 10), *drawn])
    return grid(read(page).tables[0])[0]


def test_a_number_that_overflows_its_cell_is_whole_in_the_cell_where_it_ends() -> None:
    assert row_of(right("123,456,789.01", 298, 104)) == ["项目", "", "123,456,789.01"]


def test_a_number_at_the_left_of_its_cell_overflows_to_the_right() -> None:
    assert row_of(text("123,456,789.01", 202, 104, 10)) == ["项目", "123,456,789.01", ""]


def test_numbers_in_cells_beside_one_another_stay_two() -> None:
    drawn = [right("12,345.67", 249, 104), right("12,345.67", 297, 104)]
    assert row_of(*drawn) == ["项目", "12,345.67", "12,345.67"]


def test_a_character_that_crosses_a_rule_belongs_to_the_cell_of_its_middle() -> None:
    assert row_of(text("基本支出", 164, 104, 10), text("1.00", 260, 104, 10))[:1] == [
        "项目 基本支出"
    ]


# Tables over pages


def tables_of_pages(*pages: str) -> tuple[Document, list[list[list[str]]]]:
    document = read(*pages)
    return document, [grid(found) for found in document.tables]


def test_a_header_that_is_broken_in_another_way_is_dropped() -> None:
    first = table([("项目", "本年支出"), ("甲", "1.00")], XS, 100)
    second = "\n".join(
        [
            rules(XS, (100, 130, 150)),
            texts([["项目"]]),
            *(text("本年", 304, 102, 10), text("支出", 304, 116, 10)),
            texts([["乙", "2.00"]], top=130),
        ]
    )
    _, found = tables_of_pages(first, second)
    assert found == [[["项目", "本年支出"], ["甲", "1.00"], ["乙", "2.00"]]]


@pytest.mark.parametrize("caption", ["续表", "收入决算表（续）", "续表1", "（续表）"])
def test_a_table_goes_on_under_a_caption_that_says_so(caption: str) -> None:
    pages = [
        "\n".join([text(title, 260, 60), table([("项目", "金额"), row], XS, 100)])
        for title, row in (("收入决算表", ("甲", "1.00")), (caption, ("乙", "2.00")))
    ]
    document, found = tables_of_pages(*pages)
    assert found == [[["项目", "金额"], ["甲", "1.00"], ["乙", "2.00"]]]
    assert document.tables[0].title == "收入决算表"


def test_a_row_that_the_page_break_cut_is_one() -> None:
    xs = (90.0, 170.0, 330.0, 500.0)
    coded = [(f"2010{number}01", "行政运行", f"{number}.00") for number in range(1, 6)]
    first = table([("编码", "项目", "金额"), *coded, ("2080505", "养老保险", "9.00")], xs, 100)
    second = table(
        [("编码", "项目", "金额"), ("", "缴费支出", ""), ("2080506", "年金", "8.00")], xs, 100
    )
    _, (found,) = tables_of_pages(first, second)
    assert found[-2:] == [["2080505", "养老保险缴费支出", "9.00"], ["2080506", "年金", "8.00"]]


def test_a_row_whose_numbers_the_page_break_cut_is_one() -> None:
    xs = (90.0, 170.0, 330.0, 500.0)
    coded = [(f"2010{number}01", "行政运行", f"{number},000.00") for number in range(1, 6)]
    first = table([("编码", "项目", "金额"), *coded, ("2080505", "养老保险", "1,234,5")], xs, 100)
    second = table([("", "缴费支出", "67.80"), ("2080506", "年金", "8.00")], xs, 100)
    _, (found,) = tables_of_pages(first, second)
    assert found[-2:] == [
        ["2080505", "养老保险缴费支出", "1,234,567.80"],
        ["2080506", "年金", "8.00"],
    ]


def test_a_name_that_fills_its_cell_goes_on_at_the_top_of_the_next_page() -> None:
    narrow = (90.0, 130.0, 205.0, 290.0)
    rows = [("编码", "项目", "金额"), *((f"2010{at}", "行政", f"{at}.00") for at in (1, 2, 3))]
    first = table([*rows, ("208", "机关事业单位", "7.00")], narrow, 100)
    second = table([("", "养老保险", ""), ("20899", "其他", "8.00")], narrow, 100)
    _, (found,) = tables_of_pages(first, second)
    assert found[-2:] == [["208", "机关事业单位养老保险", "7.00"], ["20899", "其他", "8.00"]]


def test_a_row_of_its_own_below_whole_numbers_is_not_cut() -> None:
    xs = (90.0, 170.0, 330.0, 500.0)
    coded = [(f"2010{number}01", "行政运行", f"{number}.00") for number in range(1, 6)]
    first = table([("编码", "项目", "金额"), *coded], xs, 100)
    second = table([("", "另有结转", "67.80"), ("2080506", "年金", "8.00")], xs, 100)
    _, (found,) = tables_of_pages(first, second)
    assert [row[2] for row in found[-3:]] == ["5.00", "67.80", "8.00"]


def test_a_row_without_amounts_at_the_top_of_a_page_is_a_row() -> None:
    first = table([("项目", "金额"), ("办公费", "1.00")], XS, 100)
    second = table([("邮电费", ""), ("差旅费", "2.00")], XS, 100)
    _, (found,) = tables_of_pages(first, second)
    assert [row[0] for row in found] == ["项目", "办公费", "邮电费", "差旅费"]


def test_forms_of_the_same_shape_for_several_projects_stay_apart() -> None:
    pages = [
        table([("项目名称", name), ("年度资金总额", amount), ("总体目标", "按时完成。")], XS, 100)
        for name, amount in (("甲工程", "1.00"), ("乙工程", "2.00"))
    ]
    _, found = tables_of_pages(*pages)
    assert [rows[0] for rows in found] == [["项目名称", "甲工程"], ["项目名称", "乙工程"]]


def test_text_beyond_the_edge_of_the_page_is_not_read() -> None:
    second = "\n".join([text("甲项目", 95, -60, 10), table([("乙", "2.00")], XS, 100)])
    _, found = tables_of_pages(table([("项目", "金额"), ("甲", "1.00")], XS, 100), second)
    assert found == [[["项目", "金额"], ["甲", "1.00"], ["乙", "2.00"]]]


def test_the_pages_of_these_tests_are_pdf_files() -> None:
    assert pdf(texts(ROWS)).startswith(b"%PDF-")


def test_what_was_found_is_drawn_on_a_picture_of_each_page(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf("\n".join([*DRAWN["lines"], texts(ROWS)]), aligned(PLAIN)))
    written = draw_pages(path, tmp_path / "pages")
    assert [each.name for each in written] == ["made-001.png", "made-002.png"]
    for each in written:
        with Image.open(each) as picture:
            colours = picture.convert("RGB").getcolors(1 << 24) or []
        assert (214, 39, 40) in {colour for _, colour in colours}  # the table


def test_an_untitled_table_with_other_columns_on_the_next_page_is_another() -> None:
    first = table([("项目", "金额"), ("甲", "1.00")], (90, 300, 500), 100)
    second = table([("单位", "职能"), ("乙", "负责治水")], (90, 180, 500), 100)
    _, found = tables_of_pages(first, second)
    assert len(found) == 2
