"""The list of problems as a workbook: what stands in it, that nothing in it is worked out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from narrcheck.check import check
from narrcheck.findings import (
    DocumentReport,
    Earlier,
    Evidence,
    Report,
    Severity,
    Suppression,
    Triage,
)
from narrcheck.report import xlsx_lists
from narrcheck.report.workbooks import write_text
from narrcheck.report.xlsx import write_xlsx

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
HEADS = [
    *("序号", "文件", "位置", "所在部分", "原句", "原文", "应为", "说明", "成因", "依据"),
    *("规则", "级别", "状态", "处理意见", "复核"),
]
REASON = "已与财政局核对，以表为准"


@cache
def checked(name: str) -> DocumentReport:
    return check(CORPUS / name / "决算-有误.txt")


@cache
def both() -> Report:
    return Report((checked("hunan-2023"), checked("shanghai-2024")))


@cache
def written() -> bytes:
    """The workbook of both documents."""
    return write_xlsx(both())


@cache
def sheets_of_both() -> Workbook:
    """That workbook, opened; no test changes it."""
    return openpyxl.load_workbook(io.BytesIO(written()), rich_text=True)


def opened(report: Report) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(report)), rich_text=True)


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows below the head, by the heads of their columns."""
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rest]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def spoilt(words: str) -> Report:
    """A report whose every word is ``words``."""
    report = checked("hunan-2023")
    finding = replace(
        report.findings[1],
        text=words,
        sentence=words,
        claimed=words,
        expected=words,
        message=words,
        diagnosis=words,
        section=(words,),
        evidence=(Evidence("text", words), Evidence("table", table=words, row=words)),
    )
    claims = tuple(replace(each, text=words, sentence=words) for each in report.reading.claims[:1])
    unread = report.reading.unread
    document = replace(report.document, unit=words, notices=(words,))
    triage = Triage((), (Suppression(finding.fingerprint, words),))
    reading = replace(report.reading, claims=claims, no_claims=(), unread=unread)
    spoiled = replace(
        report, document=document, findings=(finding,), reading=reading, triage=triage
    )
    return Report((spoiled,))


def test_the_list_has_a_row_for_each_finding_and_room_to_sign() -> None:
    report = both()
    sheet = sheets_of_both()["问题清单"]
    assert [cell.value for cell in sheet[1]] == HEADS
    found = [(each, f) for each in report.documents for f in each.findings]
    listed = rows(sheet)
    assert len(listed) == len(found) > 20
    for nth, (row, (document, finding)) in enumerate(zip(listed, found, strict=True), 1):
        assert row["序号"] == nth
        assert str(row["文件"]).endswith(
            Path(document.document.path).parent.name + "/决算-有误.txt"
        )
        assert row["位置"] == f"第{finding.where.line}行"
        assert row["原文"] == (finding.claimed or finding.text)
        assert row["应为"] == (finding.expected or finding.suggestion)
        assert row["说明"] == finding.message
        assert row["成因"] == finding.diagnosis
        assert str(row["规则"]).startswith(f"{finding.code} ")
        assert row["级别"] == {"error": "错误", "warning": "警告", "info": "提示"}[finding.severity]
        assert str(row["所在部分"]).endswith(finding.section[-1])
        assert len(str(row["依据"] or "").split("\n")) == max(len(finding.evidence), 1)
        assert row["状态"] is row["处理意见"] is row["复核"] is None


def test_the_wrong_words_stand_bold_and_red_in_their_sentence() -> None:
    found = [finding for report in both().documents for finding in report.findings]
    for row, finding in zip(rows(sheets_of_both()["问题清单"]), found, strict=True):
        sentence = row["原句"]
        assert isinstance(sentence, CellRichText)
        (marked,) = [each for each in sentence if isinstance(each, TextBlock)]
        assert marked.text == finding.text
        assert marked.font.b
        assert marked.font.color is not None
        assert marked.font.color.rgb == "FFC00000"
        assert str(sentence).strip("…") in finding.sentence


def test_the_standing_of_a_finding_is_told_and_what_stands_is_pale() -> None:
    report = checked("hunan-2023")
    first, second, *_ = report.findings
    earlier = Earlier(second.fingerprint, second.code, second.severity, "", "")
    gone = replace(earlier, fingerprint="0" * 16)
    triage = Triage(
        (earlier, gone), (Suppression(first.fingerprint, REASON), Suppression("1", "旧"))
    )
    sheets = opened(Report((replace(report, triage=triage),)))
    states = [row["状态"] for row in rows(sheets["问题清单"])]
    assert states[:3] == [f"核实不改：{REASON}", "原有", "新增"]
    colours = [row[4].font.color for row in sheets["问题清单"].iter_rows(min_row=2, max_row=3)]
    assert colours[0].rgb == "FF7F7F7F"
    assert colours[1] is None
    (told,) = rows(sheets["文件汇总"])
    assert told["核实不改"] == 1
    assert "已解决 1" in str(told["注意"])
    assert "理由：旧" in str(told["注意"])


def test_every_number_stands_on_the_second_sheet_with_what_it_is_about() -> None:
    report = checked("hunan-2023")
    listed = rows(opened(Report((report,)))["全部数字"])
    reading = report.reading
    assert len(listed) == len(reading.claims) + len(reading.no_claims) + len(reading.unread)
    by_text = {(row["文中写法"], row["位置"]): row for row in listed}
    claim = next(each for each in reading.claims if each.text == "95.3%")
    row = by_text["95.3%", f"第{claim.where.line}行"]
    assert (row["数值"], row["单位"], row["类别"]) == (Decimal("95.3"), "%", "完成率") or row[
        "数值"
    ] == pytest.approx(95.3)
    assert claim.figure is not None
    assert (row["项目"], row["口径"]) == (str(claim.figure), claim.figure.measure)
    assert (row["年度"], row["资金"], row["结果"]) == (2023, claim.figure.fund, "不符")
    for each in listed:
        assert (each["结果"] in ("未核对", "非陈述", "未读懂")) == bool(each["缘由"])


def test_documents_are_ranked_the_worst_first() -> None:
    report = both()
    listed = rows(sheets_of_both()["文件汇总"])
    errors = [sum(f.severity is Severity.ERROR for f in each.findings) for each in report.documents]
    assert errors == sorted(errors)
    assert [row["错误"] for row in listed] == errors[::-1]
    assert [row["单位"] for row in listed] == [e.document.unit for e in report.documents[::-1]]
    assert [row["序号"] for row in listed] == [1, 2]
    first = listed[0]
    assert first["读到的数字"] == 193
    assert (first["年度"], first["未读懂"]) == (2024, 0)


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/C calc'!A0", "０=1"]
)
def test_no_cell_is_a_formula_or_becomes_one_when_it_is_edited(words: str) -> None:
    content = write_xlsx(spoilt(words))
    for name in ("sheet1", "sheet2", "sheet3"):
        assert not re.search("<f[ >]", part(content, f"xl/worksheets/{name}.xml"))
    quoted = 0
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n", "inlineStr")  # no "f"
            if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                assert cell.quotePrefix
                quoted += 1
    assert bool(quoted) == (words[0] in "=+-@\r")  # of a tab, a space is left


@pytest.mark.parametrize("begin", "=+-@\t\r")
def test_an_apostrophe_is_put_before_what_could_be_a_formula(begin: str) -> None:
    cell = Workbook().create_sheet().cell(1, 1)
    write_text(cell, f"{begin}1")
    assert (cell.value, cell.data_type, cell.quotePrefix) == (f"{begin}1", "s", True)
    assert not write_text(cell.offset(1), f"1{begin}1").quotePrefix


@pytest.mark.parametrize(
    "words", ["\x00\x0b\x1f", "\ud800", "\ufffe\uffff", "甲" * 40_000, "_x0041_"]
)
def test_what_a_cell_cannot_hold_is_replaced_or_cut(words: str) -> None:
    content = write_xlsx(spoilt(words))
    assert not re.search(
        "[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]", part(content, "xl/worksheets/sheet1.xml")
    )
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        texts = [str(cell.value or "") for row in sheet.iter_rows() for cell in row]
        assert max(map(len, texts)) <= 32_767
        assert "A" not in texts


def test_the_same_report_gives_the_same_bytes_whenever_and_wherever_it_is_written() -> None:
    one = written()
    assert write_xlsx(both()) == one
    assert "dcterms" not in part(one, "docProps/core.xml")
    with zipfile.ZipFile(io.BytesIO(one)) as package:
        entries = package.infolist()
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {each.create_system for each in entries} == {0}


def test_the_head_stays_and_pages_are_fit_to_be_printed() -> None:
    for sheet in sheets_of_both():
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        fitting, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
        assert fitting is not None
        assert fitting.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert footer is not None
        assert footer.center.text == "第 &P 页，共 &N 页"
        assert all(cell.alignment.wrap_text for cell in sheet[2] if isinstance(cell.value, str))
    content = part(written(), "xl/worksheets/sheet1.xml")
    assert "customHeight" not in content  # rows grow with what is typed into them
    assert content.count(" ht=") > 20


def test_a_list_without_entries_says_so() -> None:
    report = replace(checked("hunan-2023"), findings=())
    assert opened(Report((report,)))["问题清单"]["B2"].value == "未发现问题。"
    assert opened(Report(()))["文件汇总"]["B2"].value == "没有文件。"


def test_a_list_that_is_too_long_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = len(rows(sheets_of_both()["全部数字"]))
    monkeypatch.setattr(xlsx_lists, "MOST_ROWS", 250)
    sheets = opened(both())
    assert sheets.sheetnames == ["问题清单", "全部数字", "全部数字 (2)", "文件汇总"]
    assert len(rows(sheets["全部数字"])) == 250
    assert len(rows(sheets["全部数字 (2)"])) == everything - 250


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice or poppler is not installed",
)
def test_another_program_opens_it_and_prints_head_and_page_numbers(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    path.write_bytes(write_xlsx(Report((checked("hunan-2023"),))))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(path)], check=True, capture_output=True, timeout=180)
    printed = subprocess.run(
        ["pdftotext", str(tmp_path / "清单.pdf"), "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    pages = printed.split("\f")[:-1]
    lists = [page for page in pages if "问题清单" in page]
    assert len(lists) > 1
    for nth, page in enumerate(lists, 1):
        assert f"第 {nth} 页，共 {len(pages)} 页" in page
        assert "处理意见" in page
