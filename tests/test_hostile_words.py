"""Words of a document, and its name, that are made to break out of a report: from file to file."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pytest
from made.archive import TEXT
from made.paper import pdf
from made.paper import text as print_text
from made.word import word_document

from narrcheck.cli import main
from narrcheck.load import load

EVIL = "::error::%0A=cmd|'/C calc'!A0 ]]></script><b>\u2028\u202e\x1b[2J&amp;\"{{7*7}}"
NAME = "=1+1,::error::%0A\u202e"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u2028\u202a-\u202e\ud800-\udfff]")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A faulty text whose sentences, cells and headings, and whose name, are hostile."""
    text = TEXT.format(rate="9.9", share="65.8")
    path = tmp_path / f"{NAME}.txt"
    for word in ("主要原因是", "档案事务", "一、支出决算"):
        text = text.replace(word, f"{word}{EVIL}")
    path.write_text(text, encoding="utf-8")
    return path


def written(*arguments: str | Path) -> bytes:
    """What a call writes to the file that its last argument names."""
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments[:-1]), "-o", str(arguments[-1])])
    assert ended.value.code in (0, 1)
    return Path(arguments[-1]).read_bytes()


def report(path: Path, form: str) -> str:
    return written("check", path, f"--format={form}", path.with_name("out")).decode("utf-8")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_reports_for_programs_hold_the_words_as_words(hostile: Path, form: str) -> None:
    told = json.loads(report(hostile, form))
    assert "主要原因是::error::%0A=cmd" in json.dumps(told, ensure_ascii=False)
    assert told.get("documents", told.get("runs"))


def test_lines_stay_lines(hostile: Path) -> None:
    lines = report(hostile, "jsonl").splitlines()
    assert len(lines) > 2
    assert all(isinstance(json.loads(line), dict) for line in lines)


def test_junit_stays_xml(hostile: Path) -> None:
    text = report(hostile, "junit")
    assert ElementTree.fromstring(text.encode()).findall(".//failure")


def test_an_annotation_stays_one_command_a_finding(hostile: Path) -> None:
    findings = json.loads(report(hostile, "json"))["documents"][0]["findings"]
    *lines, last = report(hostile, "github").split("\n")
    assert last == ""
    assert len(lines) == len(findings) > 1
    command = re.compile(r"::(?:error|warning|notice) file=[^,:]*(?:,\w+=[^,:]*)*::[^\n\r]*")
    assert all(command.fullmatch(line) for line in lines), lines


def test_no_cell_of_the_list_is_a_formula(hostile: Path) -> None:
    data = written("annotate", hostile, hostile.with_name("out.xlsx"))
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            assert not FORBIDDEN.search(str(cell.value or ""))


def test_the_page_has_no_script_and_no_markup_of_the_document(hostile: Path) -> None:
    page = written("annotate", hostile, hostile.with_name("out.html")).decode("utf-8")
    assert page.count("<script") == page.count("</script>")
    assert "</script><b>" not in page
    assert "{{7*7}}" in page
    assert not FORBIDDEN.search(page)


def test_comments_of_a_word_file_stay_xml(hostile: Path) -> None:
    evil = EVIL.replace("\x1b", "")  # XML holds no such character
    text = hostile.read_text(encoding="utf-8").replace(EVIL, evil)
    hostile.write_text(text, encoding="utf-8")
    word = hostile.with_suffix(".docx")
    word.write_bytes(word_document(load(hostile)))
    data = written("annotate", word, hostile.with_name("out.docx"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))
        assert b"9.9%" in package.read("word/comments.xml")


def test_notes_of_a_pdf_stay_notes(tmp_path: Path) -> None:
    sentence = "本年收入合计61.50万元，比上年增加1.50万元，增长9.9%)/JS(x)。"
    path = tmp_path / f"{NAME}.pdf"
    path.write_bytes(pdf(print_text(sentence, 40, 100)))
    data = written("annotate", path, "--summary", tmp_path / "out.pdf")
    with pikepdf.open(io.BytesIO(data)) as made:
        assert "/OpenAction" not in made.Root
        notes = [note for page in made.pages for note in page.get("/Annots", [])]
        assert any("9.9%" in str(note.get("/Contents", "")) for note in notes)
        assert all("/AA" not in note and "/JS" not in note.get("/A", {}) for note in notes)
