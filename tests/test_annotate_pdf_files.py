"""The PDF with its findings marked, as a file: what of it stays, and files of every sort."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

import pdfplumber
import pikepdf
import pytest
from made.findings import PATH, at, cell_evidence, fault, loaded, report_of
from made.paper import FONT, HEIGHT, LEFT, file_of, pdf, stream, table, text
from made.signing import signed

from narrcheck.document import Where
from narrcheck.errors import DocumentError
from narrcheck.findings import DocumentReport
from narrcheck.report.pdf import annotate_pdf
from narrcheck.report.pdf.marks import NAME

PROSE = text("收入总计885.50万元，增加68.11万元，增长7.7%。", LEFT, 100)
TABLES = "\n".join(
    [
        text("支出决算表", LEFT, 80),
        table(
            [["项目", "决算数"], ["合计", "885.50"], ["基本支出", "310.20"]], (90, 250, 400), 110
        ),
    ]
)
INFO = b"/Info << /Title (Accounts) >> /ID [<00112233445566778899aabbccddeeff> <00>]"
PLAIN = pdf(PROSE, TABLES, extra=INFO)


def faulty(data: bytes) -> DocumentReport:
    """A finding on the first page that rests on a cell of the second."""
    document = loaded(data)
    cell = cell_evidence(at(document, "885.50", nth=2), "885.50")
    return report_of(document, fault(at(document, "7.7%"), "7.7%", evidence=(cell,)))


def saved(data: bytes, **how: object) -> bytes:
    out = io.BytesIO()
    pikepdf.open(io.BytesIO(data)).save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def with_objects_in_streams() -> bytes:
    mode = pikepdf.ObjectStreamMode.generate
    return saved(PLAIN, object_stream_mode=mode, deterministic_id=True)


def encrypted(revision: Literal[3, 4, 6]) -> bytes:
    """A file that all may read and none may change."""
    allow = pikepdf.Permissions(modify_other=False, extract=False)
    lock = pikepdf.Encryption(
        owner="secret", user="", R=revision, allow=allow, aes=revision > 3, metadata=revision > 3
    )
    return saved(PLAIN, encryption=lock)


def later_generation() -> bytes:
    """A file whose page is the second object of its number."""
    data = PLAIN.replace(b"6 0 obj", b"6 1 obj").replace(b"/Kids [6 0 R", b"/Kids [6 1 R")
    start = data.index(b"xref\n")
    rows = data[start:].split(b"\n")
    rows[2 + 6] = rows[2 + 6].replace(b" 00000 n", b" 00001 n")
    return data[:start] + b"\n".join(rows)


def direct_lists() -> bytes:
    """A file whose pages inherit all they can, with the annotations of others in a list apart."""
    return file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [9 0 R] /Count 2 /MediaBox 8 0 R /Rotate 90"
            b" /Resources << /Font << /F 3 0 R >> >> >>",
            FONT,
            b"<< /Type /Page /Parent 9 0 R /Contents 5 0 R /Annots 7 0 R >>",
            stream(PROSE.encode()),
            b"<< /Type /Annot /Subtype /Square /Rect [1 2 30 40] /NM (theirs) >>",
            b"[6 0 R << /Type /Annot /Subtype /Text /Rect [1 2 3 4] /Contents (own) >>]",
            b"[0 0 595 842]",
            b"<< /Type /Pages /Parent 2 0 R /Kids [4 0 R 10 0 R] /Count 2 >>",
            b"<< /Type /Page /Parent 9 0 R /Contents 11 0 R >>",
            stream(TABLES.encode()),
        ]
    )


def highlights(page: pikepdf.Page) -> int:
    return sum(each.Subtype == "/Highlight" for each in page.Annots)


SORTS = {
    "a table of objects": PLAIN,
    "no line break at the end": PLAIN.rstrip(),
    "objects in streams": with_objects_in_streams(),
    "linearized": saved(PLAIN, linearize=True, deterministic_id=True),
    "RC4": encrypted(3),
    "AES-128": encrypted(4),
    "AES-256": encrypted(6),
    "a later generation": later_generation(),
    "inherited entries": direct_lists(),
}


@pytest.mark.parametrize("data", SORTS.values(), ids=SORTS)
def test_the_file_is_only_added_to(data: bytes) -> None:
    marked = annotate_pdf(faulty(data), data, summary=True)
    assert marked.startswith(data)
    before, after = pikepdf.open(io.BytesIO(data)), pikepdf.open(io.BytesIO(marked))
    assert after.check_pdf_syntax() == []
    assert len(after.pages) == 3
    for old, new in zip(before.pages, after.pages, strict=False):
        assert new.Contents.read_raw_bytes() == old.Contents.read_raw_bytes()
        assert new.Contents.objgen == old.Contents.objgen
        assert set(new.obj.keys()) == {*old.obj.keys(), "/Annots"}
        assert highlights(new) == 1
    assert any("【1】【错误】NC201" in str(e.get("/Contents", "")) for e in after.pages[0].Annots)
    assert after.is_encrypted == before.is_encrypted
    assert after.allow == before.allow
    assert after.docinfo.get("/Title") == before.docinfo.get("/Title")


@pytest.mark.parametrize("data", SORTS.values(), ids=SORTS)
def test_the_marked_file_is_read_as_the_original(data: bytes) -> None:
    marked = loaded(annotate_pdf(faulty(data), data, summary=True))
    original = loaded(data)
    assert marked.text == original.text
    assert marked.lines == original.lines
    assert marked.notices == ("第3页是 narrcheck 附上的问题清单，没有核对。",)


def test_the_annotations_of_others_stay() -> None:
    data = direct_lists()
    marked = pikepdf.open(io.BytesIO(annotate_pdf(faulty(data), data)))
    first, second, *_ = marked.pages[0].Annots
    assert str(first.NM) == "theirs"
    assert str(second.Contents) == "own"


@pytest.mark.parametrize(
    "broken",
    [
        PLAIN.replace(b"startxref\n", b"startxref\n1"),
        PLAIN.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%moved by a bad transfer\n"),
        b"junk before the head\n" + PLAIN,
    ],
    ids=["no list of objects", "all moved", "something before the head"],
)
def test_a_file_with_a_broken_list_of_objects_is_written_anew(broken: bytes) -> None:
    marked = annotate_pdf(faulty(broken), broken)
    assert marked == annotate_pdf(faulty(broken), broken)
    after = pikepdf.open(io.BytesIO(marked))
    assert after.check_pdf_syntax() == []
    for old, new in zip(pikepdf.open(io.BytesIO(PLAIN)).pages, after.pages, strict=True):
        assert new.Contents.read_bytes() == old.Contents.read_bytes()
        assert highlights(new) == 1
    assert loaded(marked).text == loaded(PLAIN).text


def test_an_encrypted_file_with_a_broken_list_keeps_its_lock() -> None:
    data = encrypted(4)
    broken = data.replace(b"startxref\n", b"startxref\n1")
    with pytest.raises(DocumentError, match=f"{PATH}：PDF 已加密且结构有损坏"):
        annotate_pdf(report_of(loaded(broken), fault(Where(0, 0), "7.7%")), broken)


def test_a_file_that_cannot_be_added_to_is_refused_with_a_remedy() -> None:
    data = PLAIN.replace(b"/Kids [6 0 R 8 0 R]", b"/Kids 99 0 R       ")
    report = faulty(PLAIN)
    document = replace(report.document, sha256=sha256(data).hexdigest())
    with pytest.raises(DocumentError, match=f"{PATH}：PDF 结构有损坏，不能加批注；请.*另存"):
        annotate_pdf(report_of(document, *report.findings), data)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler is not installed")
def test_a_signature_stays_valid_for_what_it_signed(tmp_path: Path) -> None:
    data = signed(PLAIN)
    path = tmp_path / "signed.pdf"
    for content, whole in ((data, True), (annotate_pdf(faulty(data), data, summary=True), False)):
        path.write_bytes(content)
        run = subprocess.run(
            ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
        )
        assert "Signature is Valid" in run.stdout
        assert ("Total document signed" in run.stdout) is whole


def again(data: bytes, *, summary: bool = False) -> pikepdf.Pdf:
    """A marked file, checked and marked again."""
    return pikepdf.open(io.BytesIO(annotate_pdf(faulty(data), data, summary=summary)))


@pytest.mark.parametrize("data", [PLAIN, with_objects_in_streams()], ids=["table", "streams"])
def test_marking_a_marked_file_takes_the_old_marks_back(data: bytes) -> None:
    once = annotate_pdf(faulty(data), data, summary=True)
    twice = again(once)
    assert len(twice.pages) == 2
    for page, before in zip(twice.pages, pikepdf.open(io.BytesIO(once)).pages, strict=False):
        names = [str(each.NM) for each in page.Annots]
        assert sorted(names) == sorted(str(each.NM) for each in before.Annots)
    assert len(again(once, summary=True).pages) == 3


def test_marks_that_no_longer_apply_go() -> None:
    once = annotate_pdf(faulty(PLAIN), PLAIN)
    clean = pikepdf.open(io.BytesIO(annotate_pdf(report_of(loaded(once)), once)))
    subtypes = [each.Subtype for page in clean.pages for each in page.Annots]
    assert subtypes == ["/Text", "/Popup"]


@pytest.mark.parametrize("still", [True, False], ids=["still there", "mended"])
def test_what_a_person_answered_to_a_note_stays_with_it(still: bool) -> None:
    answered = pikepdf.open(io.BytesIO(annotate_pdf(faulty(PLAIN), PLAIN)))
    note = next(each for each in answered.pages[0].Annots if each.Subtype == "/Highlight")
    answer = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=note.Rect,
        IRT=note,
        Contents=pikepdf.String("已改"),
    )
    answered.pages[0].Annots.append(answered.make_indirect(answer))
    out = io.BytesIO()
    answered.save(out)
    data = out.getvalue()
    report = faulty(data) if still else report_of(loaded(data))
    marked = pikepdf.open(io.BytesIO(annotate_pdf(report, data)))
    annotations = list(marked.pages[0].Annots)
    (own,) = (each for each in annotations if "/IRT" in each)
    notes = [each for each in annotations if each.Subtype == "/Highlight"]
    assert [each.objgen for each in notes] == [own.IRT.objgen]
    assert str(own.IRT.NM).startswith(NAME)


def test_the_list_at_the_end_names_every_finding_and_leads_to_it() -> None:
    report = faulty(PLAIN)
    data = annotate_pdf(report, PLAIN, summary=True)
    marked = pikepdf.open(io.BytesIO(data))
    (link,) = marked.pages[2].Annots
    assert link.Dest[0].objgen == marked.pages[0].objgen
    assert float(link.Dest[3]) == pytest.approx(HEIGHT - report.findings[0].where.boxes[0][1] + 40)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        said = opened.pages[2].extract_text()
    assert "核对结果" in said
    assert "1 ×错误 1 7.7% 8.3%" in said
    assert "未列出" not in said
    assert "增长7.7%，按68.11÷817.39应为8.3%。" in said


def test_a_long_list_goes_on_over_pages_with_its_heads() -> None:
    document = loaded(PLAIN)
    words = "主要包括办公费、印刷费、咨询费、手续费、水费、电费、邮电费" * 6
    findings = [fault(Where(n, n, page=2), words, fingerprint=f"f{n}") for n in range(40)]
    data = annotate_pdf(report_of(document, *findings), PLAIN, summary=True)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        listed = opened.pages[2:]
        assert len(listed) > 2
        for page in listed:
            assert "序号" in page.extract_text()
            assert max(each["x1"] for each in page.chars) <= 595 - 30
            assert max(each["bottom"] for each in page.chars) <= HEIGHT - 35
        numbers = [each["text"] for page in listed for each in page.extract_words()]
    assert {str(number) for number in range(1, 41)} <= {*numbers}


def test_a_list_is_in_a_font_that_viewers_have() -> None:
    marked = again(PLAIN, summary=True)
    fonts = marked.pages[2].Resources.Font
    assert fonts.F.Encoding == "/UniGB-UCS2-H"
    assert fonts.F.BaseFont == "/STSong-Light"
    assert fonts.L.BaseFont == "/Helvetica"
