"""PDF files: lines, paragraphs, ruled tables over pages, running headers, and what is refused."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from made.paper import HEIGHT, LEFT, pdf, rules, table, text

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load import load
from narrcheck.load.pdf.read import load_pdf


def read(*pages: str) -> Document:
    return load_pdf("made.pdf", "0" * 64, pdf(*pages))


def paragraphs(document: Document, role: str = "body") -> list[str]:
    return [each.text for each in document.paragraphs if each.role == role]


def assert_offsets_hold(document: Document) -> None:
    for each in (*document.paragraphs, *document.contents):
        there = "".join(document.text[each.offset(at)] for at in range(len(each.text)))
        assert there == each.text
    for found in document.tables:
        for cell in (cell for row in found.rows for cell in row):
            assert document.text[cell.where.start : cell.where.end] == cell.text


FULL = "本年收入合计与上年相比有所增加主要原因是新增了若干个项目经费共"  # 31 characters


def test_lines_are_joined_to_paragraphs_by_margin_and_indentation() -> None:
    page = "\n".join(
        [
            text(FULL[:28], LEFT + 28, 100),
            text("增加了三个项目。", LEFT, 120),
            text(FULL[:28], LEFT + 28, 140),
            text(f"{FULL[:29]}。", LEFT, 160),
            text("1.2万元用于维修。", LEFT, 180),
        ]
    )
    document = read(page)
    assert paragraphs(document) == [
        f"{FULL[:28]}增加了三个项目。",
        f"{FULL[:28]}{FULL[:29]}。1.2万元用于维修。",
    ]
    assert_offsets_hold(document)


def test_digits_that_stand_a_little_higher_are_on_the_same_line() -> None:
    page = "\n".join(
        [text("收入合计", 118, 100), text("61.5", 174, 96, 12), text("万元。", 200, 100)]
    )
    assert paragraphs(read(page)) == ["收入合计61.5万元。"]


def test_a_paragraph_goes_on_over_the_page_without_the_page_number() -> None:
    first = "\n".join([text(FULL[:28], LEFT + 28, 700), text("— 3 —", 290, 800, 10)])
    second = "\n".join([text("12月31日为止增加三成。", LEFT, 100), text("- 4 -", 290, 800, 10)])
    document = read(first, second)
    assert paragraphs(document) == [f"{FULL[:28]}12月31日为止增加三成。"]
    assert document.page_starts == (0, 29)
    assert document.where(document.text.index("12月"), 40).page == 2


def test_running_headers_are_no_text() -> None:
    bodies = ["甲项目已完成。", "乙项目已完成。", "丙项目已完成。"]
    pages = [
        "\n".join([text("青禾县水利局年度报告", 220, 40, 10), text(body, 118, 300 + 40 * number)])
        for number, body in enumerate(bodies)
    ]
    assert paragraphs(read(*pages)) == bodies


def test_a_caption_on_every_page_is_no_running_header() -> None:
    pages = [
        "\n".join(
            [
                text("单位：元", 440, 60, 10),
                table([("项目", "金额"), (f"甲{number}", "1.00")], (90, 300, 500), 90),
                text("注：无。", 90, 140, 10),
            ]
        )
        for number in range(3)
    ]
    assert [found.money_unit for found in read(*pages).tables] == ["元"] * 3


CAPTION = "\n".join(
    [
        text("收入决算表", 260, 60),
        text("部门：青禾县水利局", 90, 84, 10),
        text("公开02表", 300, 84, 10),
        text("金额单位：万元", 420, 84, 10),
    ]
)
HEADER = ("项目", "金额")


def test_a_ruled_table_has_cells_with_boxes_and_a_caption() -> None:
    document = read("\n".join([CAPTION, table([HEADER, ("合计", "61.50")], (90, 300, 500), 100)]))
    (found,) = document.tables
    assert (found.title, found.number, found.money_unit) == ("收入决算表", "公开02表", "万元")
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["项目", "金额"],
        ["合计", "61.50"],
    ]
    (box,) = found.rows[1][1].where.boxes
    assert [round(edge) for edge in box] == [300, 120, 500, 140]
    assert document.unit == "青禾县水利局"
    assert_offsets_hold(document)


def test_a_merged_cell_stands_at_every_place_it_covers() -> None:
    page = "\n".join(
        [
            rules((90, 500), (100, 120, 140)),
            f"90 {HEIGHT - 100} m 90 {HEIGHT - 140} l S",
            f"295 {HEIGHT - 120} m 295 {HEIGHT - 140} l S",
            text("支出", 280, 104, 10),
            text("基本", 100, 124, 10),
            text("项目", 300, 124, 10),
        ]
    )
    (found,) = read(page).tables
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["支出", "支出"],
        ["基本", "项目"],
    ]
    assert found.rows[0][0] == found.rows[0][1]
    assert found.rows[0][0].columns == 2


def test_a_table_over_three_pages_is_one_without_repeated_headers() -> None:
    pages = [
        "\n".join([CAPTION, table([HEADER, (name, "1.00")], (90, 300, 500), 100)])
        for name in "甲乙丙"
    ]
    (found,) = read(*pages).tables
    assert [row[0].text for row in found.rows] == ["项目", "甲", "乙", "丙"]
    assert [row[0].where.page for row in found.rows] == [1, 1, 2, 3]
    assert len(found.where.boxes) == 3


def test_a_column_that_only_one_page_rules_is_found_by_its_place() -> None:
    first = table([("类", "款", "金额"), ("2", "03", "1.00")], (90, 200, 300, 500), 100)
    second = table([("合计", "1.00")], (90, 300, 500), 100)
    (found,) = read(first, second).tables
    assert [cell.text for cell in found.rows[-1]] == ["合计", "合计", "1.00"]


def test_tables_with_other_titles_stay_apart() -> None:
    other = CAPTION.replace(text("收入决算表", 260, 60), text("支出决算表", 260, 60))
    grid = table([HEADER, ("合计", "1.00")], (90, 300, 500), 100)
    document = read("\n".join([CAPTION, grid]), "\n".join([other, grid]))
    assert [found.title for found in document.tables] == ["收入决算表", "支出决算表"]


def test_a_frame_around_text_is_no_table() -> None:
    document = read("\n".join([rules((80, 520), (90, 130)), text("框中的一句话。", 118, 100)]))
    assert document.tables == ()
    assert paragraphs(document) == ["框中的一句话。"]


ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<00><00>]" % (
    b"11" * 32,
    b"22" * 32,
)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (pdf(""), "OCR"),
        (pdf(rules((90, 500), (100, 200))), "OCR"),
        (pdf(text("甲", 90, 100), extra=ENCRYPTED), "密码"),
        (b"%PDF-1.7\nnothing of a PDF", "重新导出"),
        (b"plain text", "重新导出"),
        (pdf(text("甲", 90, 100))[:300], "重新导出"),
    ],
    ids=["blank", "no text", "encrypted", "damaged", "not a PDF", "cut off"],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, data: bytes, remedy: str
) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        load(path)
    message = str(caught.value)
    assert str(path) in message
    assert remedy in message
    assert "\n" not in message


def test_what_the_parser_grumbles_about_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    read(text("甲单位已完成。", LEFT, 100))
    logging.getLogger("pdfminer.pdffont").warning("Could not get FontBBox")
    assert capfd.readouterr().err == ""
