"""Pictures of pages: what is printed on them is read as from the PDF that they were made of."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from made.paper import HEIGHT, LEFT, SIZE, WIDTH, pdf, table, text
from made.scan import pictures, scan
from PIL import Image, ImageChops, ImageDraw

from narrcheck.document import Box, Cell, Document
from narrcheck.errors import DocumentError
from narrcheck.load import load
from narrcheck.load.ocr import read as ocr
from narrcheck.load.ocr.chars import chars_of
from narrcheck.load.ocr.read import load_picture, notices_of
from narrcheck.load.ocr.rules import strokes_of
from narrcheck.load.ocr.text import Seen, read_texts
from narrcheck.load.ocr.upright import slope
from narrcheck.load.pdf.read import load_pdf

TITLE = "2031年度青禾县水利局部门决算"
TABLE = [
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("213", "农林水支出", "1,396.66", "158.62", "1,238.04"),
    ("21303", "水利", "1,396.66", "158.62", "1,238.04"),
    ("2130301", "行政运行", "158.62", "158.62", "0.00"),
    ("2130306", "水利工程运行与维护", "1,238.04", "", "1,238.04"),
]
COLUMNS = (80, 140, 270, 350, 430, 515)
LINES = [
    "2031年度支出合计1,396.66万元，其中：基本支出158.62万元，占",
    "11.36%；项目支出1,238.04万元，占88.64%。与2030年度相比，支",
    "出合计减少30.50万元，下降2.1%，主要原因是压减一般性支出。",
]


def narrative() -> str:
    """A page with a heading and a paragraph of three lines."""
    first, *others = LINES
    lines = [text(first, LEFT + 2 * SIZE, 150)]
    lines += [text(line, LEFT, 174 + 24 * number) for number, line in enumerate(others)]
    return "\n".join([text("一、支出决算情况说明", LEFT + 2 * SIZE, 110), *lines])


def tabled() -> str:
    """A page with a title, the caption of a table and the table, set in a lower half."""
    return "\n".join(
        [
            text("支出决算表", 250, 60),
            text("公开03表", 80, 86, 10),
            text("金额单位：万元", 440, 86, 10),
            table(TABLE, COLUMNS, 104),
        ]
    )


@pytest.fixture(scope="session", autouse=True)
def _can_print_chinese() -> None:
    if not ocr.is_installed():
        pytest.skip("narrcheck[ocr] is not installed")
    fonts = shutil.which("fc-list")
    found = fonts and subprocess.run([fonts, ":lang=zh-cn"], capture_output=True, check=True).stdout
    if not found:
        pytest.skip("no Chinese font is installed to print pages with")


@cache
def original() -> bytes:
    return pdf(tabled(), narrative())


@cache
def printed() -> Document:
    return load_pdf("made.pdf", "0" * 64, original())


@cache
def scanned() -> Document:
    return load_pdf("scan.pdf", "0" * 64, scan(original()))


def picture(page: int, dpi: int = 200, *, angle: float = 0.0, quarters: int = 0) -> Image.Image:
    (found,) = pictures(original(), dpi, angle=angle, quarters=quarters, pages=[page])
    return found


def upper(page: int, dpi: int = 200) -> Image.Image:
    """The part of a page that has something on it: quicker to read."""
    whole = picture(page, dpi)
    return whole.crop((0, 0, whole.width, round(250 * dpi / 72)))


def saved(image: Image.Image, kind: str = "PNG", dpi: int = 200) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, dpi=(dpi, dpi))
    return data.getvalue()


def seen(image: Image.Image) -> Document:
    return load_picture("scan.png", "0" * 64, saved(image))


def paragraphs(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs if each.role == "body"]


def cells(document: Document) -> list[list[str]]:
    (found,) = document.tables
    return [[cell.text for cell in row] for row in found.rows]


def the_cell(document: Document, words: str) -> Cell:
    return next(cell for row in document.tables[0].rows for cell in row if cell.text == words)


def box_of(document: Document, words: str) -> Box:
    start = document.text.index(words)
    (box,) = document.where(start, start + len(words)).boxes
    return box


def near(box: Box, expected: Box, by: float = 4.0) -> bool:
    return all(abs(one - other) < by for one, other in zip(box, expected, strict=True))


def test_a_scan_reads_as_the_pdf_that_it_was_made_of(capfd: pytest.CaptureFixture[str]) -> None:
    document = scanned()
    assert cells(document) == cells(printed()) == [list(row) for row in TABLE]
    assert paragraphs(document) == paragraphs(printed()) == ["".join(LINES)]
    (found,) = document.tables
    assert (found.title, found.number, found.money_unit) == ("支出决算表", "公开03表", "万元")
    assert [section.title for section in document.sections] == ["一、支出决算情况说明"]
    assert document.notices == ("第1、2页是图片，经文字识别（OCR）读取，数字请核对原件。",)
    assert capfd.readouterr().err == ""


def test_offsets_of_a_scan_hold() -> None:
    document = scanned()
    for each in document.paragraphs:
        there = "".join(document.text[each.offset(at)] for at in range(len(each.text)))
        assert there == each.text
    for cell in (cell for row in document.tables[0].rows for cell in row):
        assert document.text[cell.where.start : cell.where.end] == cell.text


def test_boxes_of_a_scan_are_where_the_words_are() -> None:
    for words in ("基本支出158.62万元", "88.64%", "30.50"):
        assert near(box_of(scanned(), words), box_of(printed(), words)), words
    for row in range(1, 5):
        (box,) = scanned().tables[0].rows[row][2].where.boxes
        assert near(box, (270, 104 + 20 * row, 350, 124 + 20 * row))


def test_a_picture_that_lies_askew_is_straightened() -> None:
    angle = 1.5
    document = seen(picture(0, angle=angle))
    assert cells(document) == [list(row) for row in TABLE]
    # Turned about the middle of the page, so that what is right of it rises.
    box = the_cell(document, "1,396.66").where.boxes[0]
    x, y = (box[0] + box[2]) / 2 - WIDTH / 2, (box[1] + box[3]) / 2 - HEIGHT / 2
    radians = np.radians(angle)
    level = (x * np.cos(radians) - y * np.sin(radians), x * np.sin(radians) + y * np.cos(radians))
    assert abs(level[0] + WIDTH / 2 - 310) < 4
    assert abs(level[1] + HEIGHT / 2 - 134) < 4


@pytest.mark.parametrize("quarters", [1, 2])
def test_a_picture_that_was_turned_is_turned_back(quarters: int) -> None:
    document = seen(picture(0, quarters=quarters))
    assert cells(document) == [list(row) for row in TABLE]
    place = {
        1: (124, WIDTH - 350, 144, WIDTH - 270),
        2: (WIDTH - 350, HEIGHT - 144, WIDTH - 270, HEIGHT - 124),
    }
    assert near(the_cell(document, "1,396.66").where.boxes[0], place[quarters])


def test_a_seal_over_numbers_is_looked_through() -> None:
    page = upper(1)
    seal = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(seal)
    draw.ellipse((400, 280, 810, 690), outline=(225, 30, 40), width=14)
    draw.line((420, 485, 790, 485), fill=(225, 30, 40), width=10)
    assert paragraphs(seen(ImageChops.multiply(page, seal))) == ["".join(LINES)]


def test_text_over_two_cells_is_parted_at_the_rule() -> None:
    page = "\n".join([text("表", 90, 60), table([("12.5", "7.5"), ("3", "4")], (90, 118, 150), 90)])
    (image,) = pictures(pdf(page))
    assert cells(seen(image.crop((0, 0, 1000, 900)))) == [["12.5", "7.5"], ["3", "4"]]


def test_every_picture_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    first, second = (upper(number).convert("L") for number in (0, 1))
    first.save(path, save_all=True, append_images=[second], dpi=(200, 200))
    document = load(path)
    assert cells(document) == [list(row) for row in TABLE]
    assert paragraphs(document) == ["".join(LINES)]
    assert document.where(document.text.index("下降"), 0).page == 2


def test_a_picture_without_a_size_is_taken_for_a4() -> None:
    data = io.BytesIO()
    picture(1, 130).save(data, "PNG")
    document = load_picture("scan.png", "0" * 64, data.getvalue())
    assert paragraphs(document) == ["".join(LINES)]
    assert near(box_of(document, "30.50"), box_of(printed(), "30.50"))


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"\x89PNG\r\n\x1a\nnothing of a picture", "重新保存"),
        (saved(Image.new("L", (600, 800), 255))[:60], "重新保存"),
        (saved(Image.new("L", (600, 800), 255)), "没有识别出文字"),
        (saved(Image.new("1", (12_000, 12_000))), "300 dpi"),
    ],
    ids=["no picture", "cut off", "blank", "too large"],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, data: bytes, remedy: str
) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}：")
    assert remedy in message
    assert "\n" not in message


def test_without_the_extra_a_scan_is_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    for loader, data in ((load_pdf, scan(original(), 72)), (load_picture, saved(picture(0, 72)))):
        with pytest.raises(DocumentError) as caught:
            loader("scan", "0" * 64, data)
        assert 'pip install "narrcheck[ocr]"' in str(caught.value)


def test_without_the_extra_pages_of_text_are_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from pypdfium2 import PdfDocument

    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    whole = PdfDocument(original())
    whole.import_pages(PdfDocument(scan(pdf(tabled()), 72)))
    data = io.BytesIO()
    whole.save(data)
    document = load_pdf("half.pdf", "0" * 64, data.getvalue())
    assert paragraphs(document) == ["".join(LINES)]
    (notice,) = document.notices
    assert notice.startswith("第3页只有图片，没有读取；")


def test_pages_are_listed_in_runs() -> None:
    assert notices_of([1, 2, 3, 7, 9, 10], [])[0].startswith("第1～3、7、9、10页是图片")
    assert notices_of([], []) == ()


def test_a_character_that_the_model_is_unsure_of_is_doubtful() -> None:
    page = upper(1)
    start = scanned().text.index("30.50")
    x0, top, x1, bottom = (edge * 200 / 72 for edge in box_of(scanned(), "30.50"))
    draw = ImageDraw.Draw(page)
    draw.line((x0 - 2, bottom - 3, x1 + 2, top + 3), fill=(40, 40, 40), width=9)
    draw.line((x0 - 2, top + 3, x1 + 2, bottom - 3), fill=(40, 40, 40), width=9)
    document = seen(page)
    at = document.text.index("减少") + 2
    assert document.is_doubtful(at, document.text.index("，下降"))
    assert not scanned().is_doubtful(start, start + 5)


def grid(*lines: Box) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A white picture of 400 × 400 pixels with black lines of two pixels."""
    image = Image.new("L", (400, 400), 255)
    draw = ImageDraw.Draw(image)
    for line in lines:
        draw.line(line, fill=0, width=2)
    return np.asarray(image, np.uint8)


def test_rules_are_found_across_and_down() -> None:
    found = strokes_of(grid((50, 100, 350, 100), (60, 90, 60, 300)), 200 / 72, ())
    across = [rule for rule in found if rule[1] == rule[3]]
    down = [rule for rule in found if rule[0] == rule[2]]
    assert len(across) == len(down) == 1
    assert near(across[0], (50, 100, 350, 100))
    assert near(down[0], (60, 90, 60, 300))


def test_a_stroke_of_a_character_is_no_rule() -> None:
    stroke, letter = (100, 100, 100, 140), (80, 95, 120, 145)
    assert len(strokes_of(grid(stroke), 200 / 72, ())) == 1
    assert strokes_of(grid(stroke), 200 / 72, [letter]) == ()


def test_a_short_rule_between_two_others_is_one_even_where_text_touches_it() -> None:
    lines = ((20, 100, 380, 100), (20, 140, 380, 140), (100, 100, 100, 140))
    found = strokes_of(grid(*lines), 200 / 72, [(40, 98, 160, 142)])
    assert len([rule for rule in found if rule[0] == rule[2]]) == 1


@pytest.mark.parametrize("angle", [0.0, 0.4, -1.3, 3.0])
def test_the_slope_of_a_page_is_found(angle: float) -> None:
    page = np.asarray(picture(1, 100, angle=angle).convert("RGB"), np.uint8)
    assert abs(slope(page) + angle) < 0.1


def test_nothing_is_read_where_there_is_nothing() -> None:
    white = np.full((40, 200, 3), 255, np.uint8)
    assert read_texts(white, [(0.0, 0.0, 200.0, 40.0)]) == []
    assert read_texts(white, []) == []


def read_as(words: str, scores: dict[int, float], *, wide: float = 10.0) -> tuple[str, str]:
    """What comes of recognised words, 20 pixels high, and which of their characters are doubted."""
    middles = tuple(20 + wide * (number + 0.5) for number in range(len(words)))
    sure = tuple(scores.get(number, 0.999) for number in range(len(words)))
    seen = Seen((20.0, 10.0, 20 + wide * len(words), 30.0), words, middles, sure)
    chars = chars_of([seen], np.full((40, 400), 255, np.uint8), 200 / 72)
    return "".join(c.text for c in chars), "".join(c.text for c in chars if c.doubt)


@pytest.mark.parametrize(
    ("words", "scores", "expected"),
    [
        ("1536.20", {}, ("1536.20", "")),
        ("1536.20", {2: 0.5}, ("1536.20", "3")),
        ("1,536.20", {1: 0.5}, ("1,536.20", "")),  # nothing else can stand there
        ("1,536", {1: 0.5}, ("1,536", ",")),  # or 1.536
        ("1，536.20", {}, ("1,536.20", "")),
        ("1.536.20", {}, ("1,536.20", ",")),
        ("13.465", {}, ("13.465", ".")),
        ("213,58", {}, ("213,58", ",")),
        ("支出（类）", {2: 0.5, 3: 0.5}, ("支出（类）", "类")),
    ],
)
def test_what_is_doubtful_in_a_number(
    words: str, scores: dict[int, float], expected: tuple[str, str]
) -> None:
    assert read_as(words, scores) == expected


def test_a_comma_of_full_width_stays_one_where_digits_are_far_apart() -> None:
    assert read_as("3，518", {}, wide=20.0)[0] == "3，518"
