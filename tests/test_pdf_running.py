"""PDF files: page numbers, running headers and footers are no text, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from made.paper import LEFT, table, text
from test_load_pdf import FULL, paragraphs, read

BODIES = ["甲项目已完成。", "乙项目已完成。", "丙项目已完成。", "丁项目已完成。", "戊项目已完成。"]
FOOT, HEAD = 800, 40


def read_with(lines: Sequence[str], *, at: Callable[[int], float], top: float = FOOT) -> list[str]:
    """The paragraphs of pages with a body each, and with a line at the edge each, if any."""
    pages = [
        "\n".join([text(body, 118, 300 + 30 * nth), text(line, at(nth), top, 10) if line else ""])
        for nth, (body, line) in enumerate(zip(BODIES, lines, strict=False))
    ]
    return paragraphs(read(*pages))


NUMBERS = {
    "bare": "{}",
    "dashes": "- {} -",
    "long dashes": "— {} —",
    "tight": "—{}—",
    "dots": "·{}·",
    "word": "第 {} 页",
    "of": "第 {} 页 共 40 页",
    "of, tight": "第{}页/共40页",
    "slash": "{}/40",
    "page": "Page {} of 40",
}


@pytest.mark.parametrize("form", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("first", [1, 9, 98])
@pytest.mark.parametrize("alternating", [False, True])
def test_page_numbers_are_no_text(form: str, first: int, alternating: bool) -> None:
    lines = [form.format(first + nth) for nth in range(5)]
    assert read_with(lines, at=lambda nth: 500 if alternating and nth % 2 else 90) == BODIES
    assert read_with(lines, at=lambda nth: 290, top=HEAD) == BODIES


def test_roman_page_numbers_are_no_text() -> None:
    assert read_with(["i", "ii", "iii", "iv", "v"], at=lambda nth: 290) == BODIES
    assert read_with(["Ⅰ", "Ⅱ", "Ⅲ"], at=lambda nth: 290) == BODIES[:3]


def test_a_page_number_that_begins_again_is_no_text() -> None:
    assert read_with(["", "1", "2", "1", "2"], at=lambda nth: 290) == BODIES
    assert read_with(["1", "2", "3", "4", "1"], at=lambda nth: 290) == BODIES


@pytest.mark.parametrize("pages", [2, 3, 5])
def test_a_number_in_a_running_line_may_be_that_of_the_page(pages: int) -> None:
    lines = [f"青禾县水利局2024年度部门决算 {nth + 7}" for nth in range(pages)]
    assert read_with(lines, at=lambda nth: 200) == BODIES[:pages]


def test_running_lines_that_differ_on_left_and_right_pages_are_no_text() -> None:
    lines = ["青禾县水利局", "年度报告"] * 2 + ["青禾县水利局"]
    assert read_with(lines, at=lambda nth: 90 if nth % 2 else 400, top=HEAD)[:1] == BODIES[:1]
    assert "青禾县水利局" not in read_with(lines, at=lambda nth: 90, top=HEAD)


def test_a_line_that_begins_a_part_of_the_pages_only_is_a_running_line_too() -> None:
    lines = ["第一部分 概况", "第一部分 概况", "第一部分 概况", "", ""]
    assert read_with(lines, at=lambda nth: 90, top=HEAD) == BODIES


@pytest.mark.parametrize(
    "lines",
    [
        ["12.5%。", "13.5%。", "14.5%。", "15.5%。", "16.5%。"],
        ["1.2万元，增长5%", "1.3万元，增长6%", "1.4万元，增长9%", "", ""],
        ["61", "", "5", "", ""],
        ["2019", "2021", "2024", "", ""],
        ["共3辆。", "共4辆。", "", "", ""],
    ],
)
def test_the_end_of_a_sentence_at_the_foot_of_a_page_stays(lines: Sequence[str]) -> None:
    text_left = "".join(read_with(lines, at=lambda nth: 90))
    assert all(line in text_left for line in lines)


def test_an_amount_that_is_cut_at_the_foot_of_a_page_stays() -> None:
    pages = [
        "\n".join([text(f"{FULL[:26]}为", LEFT + 28, 760), text("61", LEFT, 780)]),
        "\n".join([text("万元，已支付。", LEFT, 80), text("2", 290, FOOT)]),
        "\n".join([text("丙项目已完成。", LEFT, 80), text("3", 290, FOOT)]),
    ]
    assert paragraphs(read(*pages)) == [f"{FULL[:26]}为61万元，已支付。", "丙项目已完成。"]


@pytest.mark.parametrize(
    "caption", ["单位：万元", "公开01表", "收入支出决算总表", "收入　支出　决算　总表", "注：无。"]
)
def test_captions_and_notes_that_recur_stay(caption: str) -> None:
    pages = [
        "\n".join(
            [
                text(caption, 200, HEAD, 10),
                table([("项目", "金额"), (f"甲{nth}", "1.00")], (90, 300, 500), 90),
                text(str(nth + 1), 290, FOOT),
            ]
        )
        for nth in range(4)
    ]
    assert read(*pages).text.count(caption.replace("\u3000", " ")) == 4
    assert "\n1\n" not in read(*pages).text


def test_lines_that_recur_in_the_middle_of_pages_stay() -> None:
    assert read_with(["本表为空。"] * 5, at=lambda nth: 90, top=600).count("本表为空。") == 5


def test_a_number_of_a_single_page_is_dropped_where_it_is_that_page() -> None:
    assert read_with(["1"], at=lambda nth: 290) == BODIES[:1]
    assert read_with(["7"], at=lambda nth: 290) == [*BODIES[:1], "7"]
