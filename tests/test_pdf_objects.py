"""PDF files whose objects refer to themselves or unfold without end: read or refused at once."""

from __future__ import annotations

import pytest
from made.paper import FONT, file_of, pdf, stream
from made.paper import text as print_text
from pdfplumber.page import Page
from pypdfium2 import PdfiumError

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.ocr import read as ocr
from narrcheck.load.pdf import objects
from narrcheck.load.pdf.read import load_pdf

SENTENCE = "本年收入合计61.50万元，比上年增加1.50万元。"
CODES = b"/CIDInit begincmap 1 beginbfrange %s endbfrange endcmap"
# Each list holds the next one twice: 60 lists that are 2^60 when they are followed.
BRANCHES = [*(b"[%d 0 R %d 0 R]" % (7 + each, 7 + each) for each in range(60)), b"[0 0]"]
TRUETYPE = (
    b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 9 /Widths 6 0 R >>"
)


def one_page(*more: bytes, font: bytes = FONT, page: bytes = b"", catalog: bytes = b"") -> bytes:
    """A PDF of a sentence; ``more`` are its objects from 6 on."""
    return file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            font,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> %s >>" % page,
            stream(print_text(SENTENCE, 90, 100).encode()),
            *more,
        ]
    )


def loaded(data: bytes) -> Document:
    return load_pdf("文件.pdf", "", data)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits are reached sooner, and no page is read from its picture."""
    monkeypatch.setattr(objects, "MOST_LOOKED_UP", 20_000)
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (file_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"3 0 R", b"2 0 R"]), "已损坏"),
        (one_page(font=b"3 0 R"), "没有字符编码"),
        (one_page(*BRANCHES, font=TRUETYPE), "多得异常"),
        (one_page(font=FONT.replace(b"[1 95 500]", b"[1 2000000000 500]")), "多得异常"),
        (one_page(font=FONT.replace(b"/W [", b"/W2 [1 2000000000 5 1 1] /W [")), "多得异常"),
        (
            one_page(
                stream(CODES % b"<00000000> <7fffffff> <0000>"),
                font=FONT[:-2] + b"/ToUnicode 6 0 R >>",
            ),
            "多得异常",
        ),
        (
            one_page(
                stream(CODES % b"<00000000> (\377\377\377\377) <0000>"),
                font=FONT[:-2] + b"/ToUnicode 6 0 R >>",
            ),
            "多得异常",
        ),
        (
            one_page().replace(
                b"/Length", b"/DecodeParms << /Predictor 12 /Columns 2000000000 >> /Length"
            ),
            "展开后过大",
        ),
    ],
    ids=["pages", "font", "branches", "W", "W2", "codes", "codes in brackets", "columns"],
)
def test_what_cannot_be_unfolded_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        loaded(data)


@pytest.mark.parametrize(
    "data",
    [
        one_page(),
        one_page(b"7 0 R", b"6 0 R", page=b"/Rotate 6 0 R"),
        one_page(*BRANCHES, page=b"/Rotate 6 0 R /CropBox 6 0 R /Annots 6 0 R"),
        one_page(b"7 0 R", b"8 0 R", b"<< >>", page=b"/Group 6 0 R"),
        one_page().replace(b"trailer\n<<", b"trailer\n<< /Info 6 0 R"),
    ],
    ids=["sound", "ring", "branches", "chain", "properties"],
)
def test_a_page_is_read_whatever_stands_beside_its_text(data: bytes) -> None:
    document = loaded(data)
    assert document.text.strip() == SENTENCE
    assert document.notices == ()


def test_a_page_of_which_no_picture_can_be_made_is_named_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """pdfium, which draws pages, is stricter than pdfminer, which reads them."""

    def fail(*_: object, **__: object) -> None:
        raise PdfiumError("Failed to load page.")

    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(Page, "to_image", fail)
    outlines = "0 0 m 9 9 9 9 9 0 c S " * ocr.OUTLINES
    uncoded = print_text("甲乙丙丁" * 5, 90, 100, font="U")
    document = loaded(pdf(outlines, print_text(SENTENCE, 90, 100), uncoded))
    assert document.text.strip() == SENTENCE
    assert document.notices == ("第1、3页已损坏，没有读取。",)
