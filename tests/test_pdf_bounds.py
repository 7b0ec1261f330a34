"""PDF files: damaged, encrypted, unreadable and boundless ones end in bounded time, and say why."""

from __future__ import annotations

import hashlib
import time
import zlib
from collections.abc import Iterator

import pytest
from made.paper import FONT, HEIGHT, LEFT, file_of, pdf, rules, stream, text
from test_load_pdf import paragraphs

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.ocr import read as ocr
from narrcheck.load.ocr.read import listed
from narrcheck.load.pdf import bounds as pdf_bounds
from narrcheck.load.pdf.read import FAULTS, load_pdf

PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
SOUND = text("收入合计61.5万元。", LEFT, 100)


def loaded(data: bytes) -> Document:
    return load_pdf("made.pdf", "0" * 64, data)


def refused(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        loaded(data)
    message = str(caught.value)
    assert message.startswith("made.pdf：")
    assert "\n" not in message
    return message


@pytest.fixture
def quick() -> Iterator[None]:
    """Fails a test that took longer than anyone would wait."""
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < 20


def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(page: str, password: bytes) -> bytes:
    """A PDF of one page that only the password opens; with none, only printing is forbidden."""
    owner = rc4(hashlib.md5((b"owner" + PADDING)[:32]).digest()[:5], (password + PADDING)[:32])
    allowed = (-44).to_bytes(4, "little", signed=True)
    key = hashlib.md5((password + PADDING)[:32] + owner + allowed + b"\0").digest()[:5]
    number = 7  # of the object with the operators
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    secret = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<00><00>]" % (
        owner.hex().encode(),
        rc4(key, PADDING).hex().encode(),
    )
    return pdf(stream(rc4(own, page.encode())), extra=secret)


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert paragraphs(loaded(encrypted(SOUND, b""))) == ["收入合计61.5万元。"]


def test_a_pdf_with_a_password_is_refused() -> None:
    assert "密码" in refused(encrypted(SOUND, b"secret"))


def test_a_pdf_that_is_cut_off_anywhere_is_refused() -> None:
    whole = pdf(*[text(f"第{nth}项收入1.5万元。", LEFT, 100) for nth in range(5)])
    for end in range(20, len(whole) - 12, 97):
        assert "重新导出" in refused(whole[:end])


def test_what_a_server_appended_to_a_pdf_does_no_harm() -> None:
    assert paragraphs(loaded(pdf(SOUND) + b"\r\n<html>not a page</html>" * 4000))


BROKEN = {
    "unknown filter": stream(b"x", b"/Filter /Crypt"),
    "no stream": b"(nothing)",
    "bad operands": stream(b"BT /F 12 Tf <41> Td (a) cm Tj ET q Q Q Q ]] >> ET"),
    "bad packing": stream(b"not packed", b"/Filter /FlateDecode"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_one_damaged_page_leaves_the_others(broken: bytes) -> None:
    document = loaded(pdf(SOUND, broken, SOUND))
    assert paragraphs(document) == ["收入合计61.5万元。"] * 2
    assert [document.where(*found).page for found in ((0, 1), (12, 13))] == [1, 3]
    assert set(document.notices) <= {"第2页已损坏，没有读取。"}


def test_a_damaged_page_is_said() -> None:
    broken = BROKEN["unknown filter"]
    assert loaded(pdf(SOUND, broken, broken)).notices == (FAULTS["damaged"].format(listed([2, 3])),)
    assert "损坏" in refused(pdf(broken, broken))


@pytest.mark.usefixtures("quick")
def test_five_thousand_pages_are_refused_unread() -> None:
    assert "1000 页" in refused(pdf(*[SOUND] * 5000))


@pytest.mark.usefixtures("quick")
def test_a_page_of_a_million_characters_is_left_out() -> None:
    page = f"BT /F 4 Tf 1 0 0 1 50 50 Tm <{'6536' * 1000}> Tj ET\n" * 1000
    document = loaded(pdf(SOUND, page))
    assert paragraphs(document) == ["收入合计61.5万元。"]
    assert document.notices == (FAULTS["crowded"].format(2),)
    assert "异常" in refused(pdf(page))


@pytest.mark.usefixtures("quick")
def test_a_page_of_more_rules_than_any_table_has_is_read() -> None:
    xs, ys = [50 + nth / 10 for nth in range(4000)], [400 + nth / 10 for nth in range(4000)]
    across = "\n".join(f"50 {y} m 500 {y} l S" for y in ys)
    down = "\n".join(f"{x} 400 m {x} 800 l S" for x in xs)
    page = "\n".join([SOUND, *[across, down] * 8])
    assert "收入合计61.5万元。" in loaded(pdf(page)).text


@pytest.mark.usefixtures("quick")
def test_a_page_with_a_map_is_read() -> None:
    strokes = [
        f"{nth % 500} {nth % 700} m {nth % 490 + 3} {nth % 690 + 4} {nth % 480} {nth % 300}"
        f" {nth % 470 + 9} {nth % 650 + 1} c {nth % 500} {nth % 701} l S"
        for nth in range(30_000)
    ]
    document = loaded(pdf("\n".join([text(f"收入合计{'共' * 9}61.5万元。", LEFT, 100), *strokes])))
    assert paragraphs(document) == [f"收入合计{'共' * 9}61.5万元。"]


@pytest.mark.usefixtures("quick")
def test_a_page_of_endless_operators_is_left_out() -> None:
    packed = zlib.compress(b"q Q " * 20_000_000)
    document = loaded(pdf(SOUND, stream(packed, b"/Filter /FlateDecode")))
    assert document.notices == (FAULTS["crowded"].format(2),)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "filters", [b"/FlateDecode", b"[/FlateDecode /FlateDecode]", b"/LZWDecode"]
)
def test_what_unpacks_without_bound_is_refused(
    filters: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_bounds, "LARGEST", 10_000_000)
    packed = zlib.compress(bytes(20_000_000))
    if filters.startswith(b"["):
        packed = zlib.compress(packed)
    if b"LZW" in filters:
        packed = bytes(pdf_bounds.LARGEST_LZW + 1)
    assert "展开" in refused(pdf(SOUND, stream(packed, b"/Filter " + filters)))


def with_forms(*forms: bytes) -> bytes:
    """A PDF of one page, each of whose forms may call all others: objects from 6 on."""
    names = b" ".join(b"/X%d %d 0 R" % (nth, 6 + nth) for nth in range(len(forms)))
    resources = b"/Resources << /Font << /F 3 0 R >> /XObject << %s >> >>" % names
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + resources
    return file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            FONT,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R %s >>"
            % resources,
            stream(SOUND.encode() + b" /X0 Do"),
            *(stream(form, head) for form in forms),
        ]
    )


def test_text_in_a_form_is_read() -> None:
    form = text("支出合计1.2万元。", LEFT, 140).encode()
    assert paragraphs(loaded(with_forms(form)))[-1].endswith("支出合计1.2万元。")


@pytest.mark.usefixtures("quick")
def test_forms_that_call_themselves_or_each_other_end() -> None:
    assert "61.5" in loaded(with_forms(b"/X0 Do /X1 Do", b"/X0 Do /X1 Do")).text
    doubling = [b"/X%d Do /X%d Do" % (nth + 1, nth + 1) for nth in range(40)]
    assert "异常" in refused(with_forms(*doubling, b"q Q"))


@pytest.mark.usefixtures("quick")
def test_a_tree_of_pages_that_contains_itself_ends() -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R %s >>" % (
        b"/Resources << /Font << /F 3 0 R >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R 2 0 R 4 0 R 6 0 R] /Parent 6 0 R /Count 4 >>",
        FONT,
        page,
        stream(SOUND.encode()),
        b"<< /Type /Pages /Kids [2 0 R 6 0 R] /Count 99999999 >>",
    ]
    assert paragraphs(loaded(file_of(objects))) == ["收入合计61.5万元。"]


@pytest.mark.parametrize(
    "boxes",
    [
        b"",
        b"/MediaBox [0 0 (a) 842]",
        b"/MediaBox [0 0 595 842] /CropBox [0 0]",
        b"/MediaBox [0 0 595 842] /CropBox [700 0 900 842]",
        b"/MediaBox [595 842 0 0] /TrimBox null /ArtBox [1]",
        b"/MediaBox [0 0 595 842] /Rotate 450",
        b"/MediaBox [0 0 595 842] /Rotate -90",
        b"/MediaBox [0 0 595 842] /Rotate 45",
    ],
)
def test_senseless_boxes_of_a_page_do_no_harm(boxes: bytes) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        FONT,
        b"<< /Type /Page /Parent 2 0 R %s /Contents 5 0 R"
        b" /Resources << /Font << /F 3 0 R >> >> >>" % boxes,
        stream(SOUND.encode()),
    ]
    assert paragraphs(loaded(file_of(objects))) == ["收入合计61.5万元。"]


def test_a_deep_tree_of_pages_is_refused() -> None:
    depth = 3000
    inner = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (3 + nth) for nth in range(depth)]
    last = b"<< /Type /Page /MediaBox [0 0 9 9] >>"
    assert "损坏" in refused(file_of([b"<< /Type /Catalog /Pages 2 0 R >>", *inner, last]))


def test_a_page_without_codes_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    without_ocr(monkeypatch)
    uncoded = text("收入合计与支出合计六十一万元", LEFT, 100, font="U")
    document = loaded(pdf(SOUND, uncoded, SOUND))
    assert paragraphs(document) == ["收入合计61.5万元。"] * 2
    assert document.notices == (FAULTS["uncoded"].format(2),)
    assert "OCR" in refused(pdf(uncoded))


def test_single_characters_without_code_leave_a_mark() -> None:
    page = "\n".join([text("收入合计", LEFT, 100), text("六", LEFT + 56, 100, font="U")])
    page += "\n" + text("1.5万元。", LEFT + 70, 100)
    assert paragraphs(loaded(pdf(page))) == ["收入合计\ufffd1.5万元。"]


def test_a_blank_page_needs_no_word() -> None:
    document = loaded(pdf(SOUND, rules((90, 500), (HEIGHT - 300, HEIGHT - 200)), ""))
    assert document.notices == ()
