"""The PDF with its findings marked: what is on its pages, where, and what the notes say."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pytest
from made.findings import at, cell_evidence, fault, loaded, report_of
from made.paper import HEIGHT, LEFT, pdf, table, text
from PIL import Image, ImageChops

from narrcheck.document import Box, Where
from narrcheck.errors import DocumentError
from narrcheck.findings import (
    DocumentReport,
    Earlier,
    Evidence,
    Severity,
    Suppression,
    Triage,
)
from narrcheck.report.pdf import annotate_pdf
from narrcheck.report.pdf.marks import EVIDENCE, LOOKS

needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler is not installed")

PROSE = "\n".join(
    [
        text("2023年度收入总计885.50万元，与上年相比增加68.11万元，增长", LEFT, 100),
        text("7.7%，主要是追加了资金。支出合计885.50万元，下降7.7%。", LEFT, 130),
    ]
)
TABLES = "\n".join(
    [
        text("支出决算表", LEFT, 80),
        table(
            [["项目", "决算数"], ["合计", "885.50"], ["基本支出", "310.20"]], (90, 250, 400), 110
        ),
    ]
)
BROKEN = text("，".join("主要用于档案库房" for _ in range(4))[:28] + "增长1", LEFT, 780)
DATA = pdf(PROSE, TABLES)
MEASURES = {"7.7%": Severity.ERROR, "68.11万元": Severity.WARNING, "885.50万元": Severity.INFO}


def faulty(*, triage: Triage | None = None) -> DocumentReport:
    """Three findings on the first page, one of which rests on a cell of the second."""
    document = loaded(DATA)
    cell = cell_evidence(at(document, "885.50", nth=3), "885.50")
    findings = [
        fault(at(document, words), words, severity=severity, evidence=(cell,))
        for words, severity in MEASURES.items()
    ]
    findings[0] = replace(
        findings[0], evidence=(cell, Evidence("text", "68.11万元", at(document, "68.11万元")))
    )
    return report_of(document, *findings, triage=triage)


def marked(report: DocumentReport, data: bytes = DATA) -> pikepdf.Pdf:
    """The file with the findings of the report marked."""
    return pikepdf.open(io.BytesIO(annotate_pdf(report, data)))


def notes(data: pikepdf.Pdf, page: int, kind: str = "/Highlight") -> list[pikepdf.Object]:
    """The annotations of a kind on a page, from 1."""
    annotations = data.pages[page - 1].get("/Annots", pikepdf.Array())
    return [each for each in annotations if each.Subtype == kind]


def contents(data: pikepdf.Pdf, page: int, kind: str = "/Highlight") -> list[str]:
    """What the notes of a kind on a page say."""
    return [str(each.Contents) for each in notes(data, page, kind)]


def picture(data: bytes, page: int = 1) -> Image.Image:
    """The page as the engine of Chrome draws it, a point a pixel."""
    drawn: Image.Image = pypdfium2.PdfDocument(data)[page - 1].render(scale=1).to_pil()
    return drawn.convert("RGB")


def test_each_finding_is_a_highlight_and_each_thing_it_rests_on_another() -> None:
    data = marked(faulty())
    assert len(notes(data, 1)) == 3 + 1  # and 68.11万元 is evidence too
    assert len(notes(data, 2)) == 1  # one cell, that three findings rest on
    assert all(str(each.T) == "narrcheck" for page in (1, 2) for each in notes(data, page))


def test_a_highlight_lies_on_the_words_at_fault() -> None:
    report = faulty()
    data = marked(report)
    by_subject = {str(each.Subj): each for each in notes(data, 1)}
    with pdfplumber.open(io.BytesIO(DATA)) as opened:
        page = opened.pages[0]
        for number, finding in enumerate(report.findings, 1):
            word = {"error": "错误", "warning": "警告", "info": "提示"}[finding.severity.value]
            quads = [float(each) for each in by_subject[f"问题{number}（{word}）"].QuadPoints]
            assert len(quads) == 8
            x0, top, x1, bottom = quads[0], HEIGHT - quads[1], quads[6], HEIGHT - quads[7]
            under = [
                each["text"]
                for each in page.chars
                if x0 < (each["x0"] + each["x1"]) / 2 < x1
                and top < (each["top"] + each["bottom"]) / 2 < bottom
            ]
            assert "".join(under) == finding.text


def test_a_note_says_what_is_wrong_what_it_should_be_and_why() -> None:
    own = next(each for each in contents(marked(faulty()), 1) if "【1】【错误】" in each)
    heading, *lines = own.split("\n")
    assert heading.startswith("【1】【错误】NC201  #")
    assert lines == [
        "增长7.7%，按68.11÷817.39应为8.3%。",
        "应为：8.3%",
        "成因：误以本年数为分母。",
        "依据：",
        "· 《支出决算表》（公开03表）合计 · 决算数 = 885.50万元，第2页",
        "· “68.11万元”，第1页",
    ]


def test_a_note_on_evidence_names_the_findings_that_rest_on_it() -> None:
    data = marked(faulty())
    note = notes(data, 2)[0]
    assert str(note.Subj) == "问题1、2、3的依据"
    assert "885.50万元，第2页" in str(note.Contents)
    assert "【1】第1页“7.7%”：增长7.7%" in str(note.Contents)
    assert "【3】第1页“885.50万元”" in str(note.Contents)


def test_on_one_place_the_worst_finding_has_its_colour_and_each_its_note() -> None:
    document = loaded(DATA)
    where = at(document, "68.11万元")
    findings = [
        fault(where, "68.11万元", severity=severity, fingerprint="the same")
        for severity in (Severity.INFO, Severity.ERROR, Severity.WARNING)
    ]
    evidence = (Evidence("text", "68.11万元", where),)
    findings.append(fault(at(document, "7.7%"), "7.7%", evidence=evidence))
    report = report_of(document, *findings)
    drawn = picture(annotate_pdf(report, DATA)).crop(where.boxes[0])
    commonest = max(drawn.getcolors(9999) or [])[1]
    assert near(commonest, LOOKS[Severity.ERROR].fill)
    data = marked(report)
    assert len({str(each.NM) for each in notes(data, 1)}) == len(notes(data, 1)) == 5
    tags = [each.AP.N.read_bytes() for each in notes(data, 1)]
    assert len(set(tags)) == 5  # none lies on another


def test_every_note_opens_in_a_window_of_its_own() -> None:
    data = marked(faulty())
    windows = notes(data, 1, "/Popup")
    assert len(windows) == len(notes(data, 1)) + len(notes(data, 1, "/Text"))
    assert all(each.Parent.Popup.objgen == each.objgen and not each.Open for each in windows)


@needs_poppler
def test_the_words_are_coloured_by_severity_in_another_viewer(tmp_path: Path) -> None:
    report = faulty()
    path = tmp_path / "marked.pdf"
    path.write_bytes(annotate_pdf(report, DATA))
    command = ["pdftoppm", "-r", "72", "-f", "1", "-l", "1", "-png", "-singlefile"]
    subprocess.run([*command, str(path), str(tmp_path / "page")], check=True)
    drawn = Image.open(tmp_path / "page.png").convert("RGB")
    for finding in report.findings:
        x0, top, x1, bottom = map(round, finding.where.boxes[0])
        seen = {drawn.getpixel((x, y)) for x in range(x0, x1) for y in range(top, bottom)}
        fill = LOOKS[finding.severity].fill
        if finding.text != "68.11万元":  # where two marks lie on one another
            assert any(near(colour, fill) for colour in seen), finding.text


def near(colour: object, wanted: tuple[float, float, float]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - 255 * b) < 4 for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize(
    ("box", "crop"),
    [("0 0 595 842", ""), ("-40 -30 700 900", ""), ("0 0 595 842", "/CropBox [60 400 560 800]")],
    ids=["plain", "origin elsewhere", "cropped"],
)
def test_the_colour_is_on_the_words_however_the_page_is_turned_and_cut(
    turn: int, box: str, crop: str
) -> None:
    plain = pdf(text("增长7.7%。", 300, 200, 20), page=f"/Rotate {turn} {crop}", box=box)
    document = loaded(plain)
    where = document.where(0, len(document.text.strip()))
    data = annotate_pdf(report_of(document, fault(where, "增长7.7%。")), plain)
    was, now = picture(plain), picture(data)
    ink = ImageChops.invert(was.convert("L")).getbbox()
    fill = np.array(LOOKS[Severity.ERROR].fill) * 255
    ys, xs = np.nonzero((np.abs(np.asarray(now) - fill) < 4).all(axis=2))
    assert ink is not None
    assert len(xs)
    assert xs.min() <= ink[0] + 2
    assert xs.max() >= ink[2] - 8  # 。 has its ink at one side
    assert ys.min() <= ink[1] + 2
    assert ys.max() >= ink[3] - 8
    assert (xs.max() - xs.min()) * (ys.max() - ys.min()) < 130 * 30  # no more than the words


def test_words_over_a_page_break_are_marked_on_both_pages() -> None:
    data = pdf(BROKEN, text("2.5%。支出合计885.50万元。", LEFT, 80))
    document = loaded(data)
    start = document.text.index("增长1")
    where = document.where(start, document.text.index("%") + 1)
    both = marked(report_of(document, fault(where, "增长12.5%")), data)
    assert [len(notes(both, page)) for page in (1, 2)] == [1, 1]
    assert contents(both, 1) == contents(both, 2)


def test_a_cell_that_goes_on_overleaf_is_marked_on_both_pages() -> None:
    document = loaded(DATA)
    boxes: tuple[Box, ...] = ((90, 780, 200, 800), (90, 60, 200, 80))
    where = replace(at(document, "7.7%"), boxes=boxes)
    data = marked(report_of(document, fault(where, "7.7%")))
    assert [len(notes(data, page)) for page in (1, 2)] == [1, 1]


@pytest.mark.parametrize(
    ("where", "page"),
    [
        (Where(0, 0), 1),
        (Where(0, 3, page=2), 2),
        (Where(0, 3, page=2, boxes=((1, 1, 9, 9),), file="附表.pdf"), 1),
        (Where(0, 3, page=9, boxes=((1, 1, 9, 9),)), 1),
    ],
    ids=["nowhere", "only a page", "in a second file", "on no page of the file"],
)
def test_a_finding_without_a_place_is_a_note_at_the_top_of_its_page(
    where: Where, page: int
) -> None:
    document = loaded(DATA)
    data = marked(report_of(document, fault(where, "收入决算表")))
    own = [each for each in contents(data, page, "/Text") if each.startswith("【1】")]
    assert len(own) == 1
    assert not notes(data, 1)
    assert not notes(data, 2)


def test_many_findings_without_a_place_do_not_lie_on_one_another() -> None:
    document = loaded(DATA)
    findings = [fault(Where(n, n), "表", fingerprint=f"f{n}") for n in range(50)]
    data = marked(report_of(document, *findings))
    boxes = [[float(edge) for edge in each.Rect] for each in notes(data, 1, "/Text")]
    assert len(boxes) == 51
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart
    assert min(min(box) for box in boxes) >= 0
    assert max(box[2] for box in boxes) <= 595
    assert max(box[3] for box in boxes) <= HEIGHT


def test_what_a_person_lets_stand_is_not_marked_but_told_on_the_first_page() -> None:
    first, second, _ = faulty().findings
    triage = Triage(
        (Earlier(second.fingerprint, "NC201", Severity.WARNING, "68.11万元", "…"),),
        (Suppression(first.fingerprint, "与财政局核实过", "NC201", "7.7%"),),
    )
    data = marked(faulty(triage=triage))
    subjects = {str(each.Subj) for each in notes(data, 1)}
    assert subjects == {"问题2（警告）", "问题3（提示）"}
    whole = contents(data, 1, "/Text")[0]
    assert "核实不改、未作标注 1 条" in whole
    assert "【1】第1页 NC201 “7.7%”，理由：与财政局核实过" in whole
    known = next(each for each in contents(data, 1) if each.startswith("【2】"))
    assert known.startswith("【2】【警告】【原有】NC201")


def test_a_file_without_findings_says_that_it_was_checked() -> None:
    data = marked(report_of(loaded(DATA)))
    assert not notes(data, 1)
    (whole,) = contents(data, 1, "/Text")
    assert "标注 0 条" in whole
    assert "没有一条陈述得到核对" in whole


def test_findings_that_were_not_asked_for_are_counted_on_the_first_page_and_the_list() -> None:
    data = annotate_pdf(faulty(), DATA, summary=True, hidden=4)
    assert (
        "按 --select/--ignore 或设置未列出 4 条"
        in contents(pikepdf.open(io.BytesIO(data)), 1, "/Text")[0]
    )
    with pdfplumber.open(io.BytesIO(data)) as opened:
        assert "未列出 4 条" in opened.pages[-1].extract_text()


def test_marking_twice_gives_the_same_bytes() -> None:
    assert annotate_pdf(faulty(), DATA, summary=True) == annotate_pdf(faulty(), DATA, summary=True)


def test_a_file_that_was_changed_since_is_refused() -> None:
    with pytest.raises(DocumentError, match="改动过"):
        annotate_pdf(faulty(), DATA + b"\n")


SIGHTS = {  # Machado, Oliveira and Fernandes 2009, severity 1.0
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
               (0.004733, 0.691367, 0.303900)),
    "all": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}  # fmt: skip


@pytest.mark.parametrize("sight", SIGHTS)
def test_colour_blind_readers_tell_the_colours_apart(sight: str) -> None:
    seen = [as_seen(each.fill, sight) for each in (*LOOKS.values(), EVIDENCE)]
    for one, other in combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 10
    drawn = {(each.dashes, each.framed) for each in (*LOOKS.values(), EVIDENCE)}
    assert len(drawn) == 4  # and in black and white


def as_seen(colour: tuple[float, float, float], sight: str) -> tuple[float, ...]:
    """The colour in CIELAB as a person of that sight sees it."""
    linear = [((c + 0.055) / 1.055) ** 2.4 if c > 0.04045 else c / 12.92 for c in colour]
    red, green, blue = (
        min(max(sum(m * c for m, c in zip(row, linear, strict=True)), 0.0), 1.0)
        for row in SIGHTS[sight]
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))
