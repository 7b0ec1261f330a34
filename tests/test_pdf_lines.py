"""PDF files: which characters stand on one line, in which direction, and what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from made.paper import HEIGHT, LEFT, SIZE, WIDTH, pdf, table, text, turned_text
from test_load_pdf import FULL, assert_offsets_hold, paragraphs, read

from narrcheck.document import Document
from narrcheck.load.pdf.chars import is_unreadable, text_of
from narrcheck.load.pdf.lines import Char, lines_of
from narrcheck.load.pdf.read import load_pdf

STEP = 20  # points from line to line


def lines(document: Document) -> list[str]:
    return document.text.splitlines()


def loaded(data: bytes) -> Document:
    return load_pdf("made.pdf", "0" * 64, data)


@pytest.mark.parametrize("size", [10, 12, 14, 16])
@pytest.mark.parametrize("shift", range(-8, 9))
def test_digits_in_another_font_stand_on_their_line(shift: int, size: int) -> None:
    top = 140 + (SIZE - size) / 2 + shift
    page = [
        text(FULL[:28], LEFT, 140 - STEP),
        text("收入合计", LEFT, 140),
        text("61.5", LEFT + 56, top, size),
        text("万元，", LEFT + 56 + 2 * size, 140),
        text(FULL[:28], LEFT, 140 + STEP),
    ]
    assert lines(read("\n".join(page)))[1] == "收入合计61.5万元，"


def test_lines_set_tight_do_not_mix() -> None:
    tops = [100 + 11 * number for number in range(6)]
    page = [text(f"{number}{FULL[:28]}", LEFT, top) for number, top in enumerate(tops)]
    assert lines(read("\n".join(page))) == [f"{number}{FULL[:28]}" for number in range(6)]


def test_the_short_end_of_a_paragraph_stays_above_the_next_one() -> None:
    page = [text("5.0%", LEFT - 28, 100), text(FULL[:26], LEFT + 28, 111)]
    assert lines(read("\n".join(page))) == ["5.0%", FULL[:26]]


@pytest.mark.parametrize("shift", [0.0, 0.2, 0.4, 0.7, 1.0])
@pytest.mark.parametrize("at", [90.0, 90.4, 90.8, 91.2])
def test_text_printed_twice_for_boldness_is_read_once(at: float, shift: float) -> None:
    line = "收入1100.00万元"
    page = [text(line, at, 100), text(line, at + shift, 100 + shift / 2)]
    assert lines(read("\n".join(page))) == [line]


@pytest.mark.parametrize("size", [3, 4, 6, 10])
def test_digits_that_repeat_are_not_taken_for_boldness(size: int) -> None:
    line = "合计1100000.0011万元"
    assert lines(read(text(line, LEFT, 100, size))) == [line]


def test_a_raised_mark_joins_no_number() -> None:
    page = [
        text("收入12", LEFT, 100),
        text("1", LEFT + 42, 98, 8),
        text("万元，支出", LEFT + 46, 100),
        text("3.5", LEFT + 116, 102, 10.5),
        text("万元", LEFT + 132, 100),
    ]
    assert lines(read("\n".join(page))) == ["收入12¹万元，支出3.5万元"]


def test_text_of_two_sizes_is_one_line() -> None:
    page = [text("本年收入", LEFT, 100, 22), text("（单位：万元）", LEFT + 90, 110, 10)]
    assert lines(read("\n".join(page))) == ["本年收入（单位：万元）"]


def test_a_blank_that_was_filled_in_is_what_stands_in_it() -> None:
    page = [
        text("占______", LEFT, 100),
        text("61.5", LEFT + 21, 99),
        text("%，余____", LEFT + 56, 100),
    ]
    assert lines(read("\n".join(page))) == ["占61.5%，余____"]


@pytest.mark.parametrize("aside", [0, 5, 28])
def test_text_that_was_painted_over_does_not_mix_with_what_is_seen(aside: int) -> None:
    below, above = "甲项目支出决算12.5万元", "乙单位本年收入61.5万元"
    page = [text(below, LEFT, 100), text(above, LEFT + aside, 101)]
    assert sorted(lines(read("\n".join(page)))) == sorted([below, above])


def test_spaces_are_kept_as_they_are_printed() -> None:
    page = [
        text("目", 250, 100),
        text("录", 292, 100),
        *(text(digit, LEFT + 20 * nth, 140) for nth, digit in enumerate("2023")),
        text("收入878.", LEFT, 180),
        text("81万元", LEFT + 56 + 10, 180),
        text("收入878.", LEFT, 200),
        text("81万元", LEFT + 56 + 3, 200),
    ]
    assert lines(read("\n".join(page))) == ["目 录", "2 0 2 3", "收入878. 81万元", "收入878.81万元"]


def test_slanting_text_is_a_watermark() -> None:
    slanting = turned_text("样稿12.5万元", "0.7 0.7 -0.7 0.7 120 600", 40)
    document = read("\n".join([text("收入61.5万元。", LEFT, 100), slanting]))
    assert lines(document) == ["收入61.5万元。"]


def test_white_and_invisible_text_is_read() -> None:
    page = f"1 g {text('收入61.5万元。', LEFT, 100)} 0 g\n3 Tr {text('支出1.2万元。', LEFT, 140)}"
    assert lines(read(page)) == ["收入61.5万元。", "支出1.2万元。"]


def test_what_lies_outside_of_the_page_is_no_text() -> None:
    page = [
        text("外12.5万元", LEFT, -40),
        text("内61.5万元", LEFT, 100),
        text("外13.5万元", WIDTH + 5, 100),
        text("边14.5万元", LEFT, 800),
    ]
    assert lines(read("\n".join(page)))[:1] == ["内61.5万元"]
    assert len(lines(read("\n".join(page)))) == 2
    cropped = loaded(pdf("\n".join(page), page="/CropBox [50 100 500 800]"))
    assert lines(cropped) == ["内61.5万元"]


def box_of(document: Document, words: str) -> list[int]:
    start = document.text.index(words)
    (box,) = document.where(start, start + len(words)).boxes
    return [round(edge) for edge in box]


@pytest.mark.parametrize(
    ("page", "box"),
    [
        ("", [132, 102, 160, 116]),
        ("/CropBox [50 20 555 800]", [82, 60, 110, 74]),
        ("/Rotate 90", [726, 132, 740, 160]),
        ("/Rotate 180", [435, 726, 463, 740]),
        ("/Rotate 270", [102, 435, 116, 463]),
        ("/Rotate 90 /CropBox [50 20 555 800]", [706, 82, 720, 110]),
        ("/Rotate 270 /CropBox [50 20 555 800]", [60, 395, 74, 423]),
    ],
)
def test_boxes_are_those_of_the_page_as_it_is_shown(page: str, box: list[int]) -> None:
    line = text("收入为61.5万元。", LEFT, 100)
    document = loaded(pdf(line, page=page))
    assert lines(document) == ["收入为61.5万元。"]
    assert box_of(document, "61.5") == box


def test_boxes_count_from_the_corner_of_the_media_box() -> None:
    document = loaded(
        pdf(text("收入为61.5万元。", LEFT, 100), box=f"-20 -30 {WIDTH} {HEIGHT - 10}")
    )
    assert box_of(document, "61.5") == [152, 92, 180, 106]


TURNED: dict[str, tuple[str, Callable[[float, float], tuple[float, float]]]] = {
    "up": ("0 1 -1 0 {x} {y}", lambda x, top: (top + SIZE * 0.88, x)),
    "down": ("0 -1 1 0 {x} {y}", lambda x, top: (WIDTH - top - SIZE * 0.88, HEIGHT - x)),
    "over": ("-1 0 0 -1 {x} {y}", lambda x, top: (WIDTH - x, top + SIZE * 0.88)),
}


def turned(line: str, x: float, top: float, way: str) -> str:
    """A line at (x, top) of the page as it is when turned so that the line is level."""
    matrix, place = TURNED[way]
    at, up = place(x, top)
    return turned_text(line, matrix.format(x=at, y=up))


@pytest.mark.parametrize(
    ("way", "box"),
    [
        ("up", [140, 696, 154, 724]),
        ("down", [441, 118, 455, 146]),
        ("over", [449, 688, 477, 702]),
    ],
)
def test_a_page_whose_text_is_turned_is_read_and_its_boxes_are_where_it_is_shown(
    way: str, box: list[int]
) -> None:
    page = [
        turned(FULL[:28], LEFT + 28, 100, way),
        turned(FULL[:28], LEFT, 120, way),
        turned("共61.5万元。", LEFT + 14, 140, way),
        text("3", 300, 800),
    ]
    document = read("\n".join(page))
    assert lines(document) == [FULL[:28], FULL[:28], "共61.5万元。"]
    assert box_of(document, "61.5") == box
    assert_offsets_hold(document)
    assert document.notices == ()


def test_a_turned_table_is_read_and_its_boxes_are_where_it_is_shown() -> None:
    rows = [("项目", "金额"), ("办公费", "61.50"), ("水费", "1.25")]
    level = table(rows, (90, 300, 500), 100)
    document = read(f"q 0 1 -1 0 {HEIGHT} 0 cm {level} Q")
    (found,) = document.tables
    assert [[cell.text for cell in row] for row in found.rows] == [list(row) for row in rows]
    (box,) = found.rows[1][1].where.boxes
    assert [round(edge) for edge in box] == [120, HEIGHT - 500, 140, HEIGHT - 300]


def test_text_in_a_second_direction_is_said_not_to_be_read() -> None:
    page = [text(FULL[:28], LEFT, 100 + STEP * nth) for nth in range(3)]
    aside = [turned(f"{FULL[:28]}{nth}", LEFT, 400 + STEP * nth, "up") for nth in range(2)]
    document = read("\n".join([*page, *aside]))
    assert lines(document) == [FULL[:28]] * 3
    assert document.notices == ("第1页有一部分文字转了方向，没有读取。",)


def test_a_negative_size_is_undone_by_its_matrix() -> None:
    line = "收入61.5万元。"
    page = turned_text(line, f"-1 0 0 -1 {LEFT} 600", -14)
    assert lines(read(page)) == [line]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("⾦", "金"),
        ("⽀", "支"),
        ("⻓", "长"),
        ("⻚", "页"),
        ("支", "支"),
        ("\u200b", ""),
        ("\xad", ""),
        ("\u3000", ""),
        ("ﬁ", "ﬁ"),
        ("５", "５"),
        ("①", "①"),
        ("(cid:12)", "\ufffd"),
    ],
)
def test_a_radical_is_the_character_that_looks_like_it(printed: str, meant: str) -> None:
    assert text_of(printed) == meant


@pytest.mark.parametrize(
    ("texts", "unreadable"),
    [
        ("收入合计" * 20, False),
        ("\ufffd" * 20 + "收入" * 40, True),
        ("\ufffd" * 9, False),
        ("\ufffd" * 10 + "收入" * 200, False),
        ("\ue004" * 19, False),
        ("\ue004" * 30 + "收入" * 20, True),
        ("\ue004" * 20 + "收入" * 100, False),
    ],
)
def test_a_page_is_unreadable_where_its_fonts_do_not_say_what_they_show(
    texts: Sequence[str], unreadable: bool
) -> None:
    assert is_unreadable([Char(each, 0, 0, 1, 1) for each in texts]) == unreadable


def test_many_characters_on_one_place_take_no_time() -> None:
    chars = [Char("一二"[nth % 2], 100 - nth / 1000, 0, 110, 10) for nth in range(50_000)]
    assert len(lines_of(chars)) == 1


def test_glyphs_that_are_drawn_are_text_and_annotations_are_not() -> None:
    note = (
        "/Annots [<< /Type /Annot /Subtype /FreeText /Rect [90 600 300 620]"
        " /Contents (99) /DA (/F 12 Tf) >>]"
    )
    page = "\n".join([text("收入", LEFT, 100), text("61", LEFT + 28, 100, font="D")])
    assert lines(loaded(pdf(page, page=note))) == ["收入61"]
    assert paragraphs(loaded(pdf(page, page=note))) == ["收入61"]
