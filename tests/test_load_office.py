"""Files of other office programs: read by LibreOffice, or directly if they are something else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from made.word import cell, paragraph, row, run, table, word_document, word_file

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load import load, office
from narrcheck.load.docx.read import load_docx
from narrcheck.load.office import convert, load_office

needs_office = pytest.mark.skipif(
    not office.office_program(), reason="LibreOffice is not installed"
)

REPORT = (
    paragraph("收入决算表")
    + table(row(cell("项目", columns=2), "金额（万元）"), row("201", "合计", "61.50"), columns=3)
    + paragraph("收入合计61.50万元，增长3%。")
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def shown(document: Document) -> list[object]:
    """All that is shown, without where it stands."""
    tables = [[[each.text for each in cells] for cells in found.rows] for found in document.tables]
    return [[(each.role, each.text) for each in document.paragraphs], tables]


@cache
def report_in(target: str) -> bytes:
    """The report as LibreOffice saves it in the format ``target``."""
    return convert("报告.docx", word_file(REPORT), ".docx", target)


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf", ".odt"])
def test_a_file_of_another_program_says_the_same_as_in_word(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(report_in("doc" if suffix == ".wps" else suffix[1:]))
    document = load(path)
    assert shown(document) == shown(load_docx("报告.docx", "", word_file(REPORT)))
    assert document.path == str(path)
    assert "LibreOffice" in document.notices[0]
    assert document.sources == ()


@needs_office
def test_a_whole_report_comes_back_from_the_old_format(root: Path, tmp_path: Path) -> None:
    data = word_document(load(root / "corpus" / "hunan-2023" / "决算.txt"))
    path = tmp_path / "决算.doc"
    path.write_bytes(convert("决算.docx", data, ".docx", "doc"))
    assert shown(load(path)) == shown(load_docx("决算.docx", "", data))


@needs_office
def test_automatic_numbers_come_through(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph("收入情况", numbered) + paragraph("支出情况", numbered)
    path = tmp_path / "报告.doc"
    path.write_bytes(
        convert("报告.docx", word_file(body, {"numbering": numbering}), ".docx", "doc")
    )
    assert [each.text for each in load(path).paragraphs] == ["一、收入情况", "二、支出情况"]


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
@pytest.mark.parametrize(
    "data",
    [
        word_file(paragraph("收入合计1.00万元。")),
        "<html><body><p>收入合计1.00万元。</p></body></html>".encode(),
        "收入合计1.00万元。".encode("gb18030"),
    ],
    ids=["docx", "web page", "text"],
)
def test_what_is_no_old_file_is_read_without_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, data: bytes
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(data)
    assert [each.text for each in load(path).paragraphs] == ["收入合计1.00万元。"]


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ())
    monkeypatch.setattr(office, "INSTALLED", ())
    with pytest.raises(DocumentError, match=r"报告\.doc：.*安装.*另存为 \.docx"):
        load_office("报告.doc", "", OLE)


@needs_office
@pytest.mark.parametrize("data", [OLE, OLE + b"nothing" * 1000, b"{\\rtf"])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"报告\.doc：") as caught:
        load_office("报告.doc", "", data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页存档"),
        (b"<?xml version='1.0'?><x/>", "XML"),
        (bytes(range(256)) * 9, "损坏"),
        (word_file(paragraph("甲。"))[:300], "损坏"),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes, remedy: str) -> None:
    with pytest.raises(DocumentError, match=remedy):
        load_office("报告.doc", "", data)


@pytest.mark.skipif(sys.platform == "win32", reason="shared: the program is a shell script")
def test_a_conversion_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "child"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > '{mark}'\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "office_program", lambda: str(program))
    monkeypatch.setattr(office, "TIME_LIMIT", 1)
    with pytest.raises(DocumentError, match="超过 1 秒"):
        convert("报告.doc", OLE, ".doc")
    child = mark.read_text().strip()
    ended = [shutil.which("ps") or "ps", "-o", "stat=", "-p", child]
    for _ in range(20):
        state = subprocess.run(ended, capture_output=True, text=True, check=False).stdout.strip()
        if not state or state.startswith("Z"):
            break
        time.sleep(0.1)
    assert not state or state.startswith("Z")


@needs_office
def test_what_a_file_only_links_to_is_not_read(tmp_path: Path) -> None:
    """A field that includes a file of this machine stays as it was saved."""
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    included = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        f'INCLUDETEXT "{secret}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        f'</w:r>{run("所附内容。")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    data = convert("报告.docx", word_file(included + paragraph("完。")), ".docx", "doc")
    text = load_office("报告.doc", "", data).text
    assert "完。" in text
    assert "秘密" not in text
