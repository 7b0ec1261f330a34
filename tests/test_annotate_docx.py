"""A whole Word file with comments: all findings are there, and the file is else what it was."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree
from made.commented import comments_in, faces, only_added_to, part_of, report_on
from made.word import REL, W, paragraph, run, word_document, word_file

from narrcheck.check import check
from narrcheck.findings import DocumentReport, Earlier, Severity, Standing, Suppression, Triage
from narrcheck.load import load, office
from narrcheck.load.docx.read import load_docx
from narrcheck.load.office import convert
from narrcheck.report.docx import annotate_docx

STRICT = b"http://purl.oclc.org/ooxml/"
LINES = paragraph("某局决算") + paragraph("收入878.81万元。")
CHANGED = {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"}


@pytest.fixture(scope="module")
def faulty(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with planted faults as a Word file."""
    path = tmp_path_factory.mktemp("word") / "决算.docx"
    path.write_bytes(word_document(load(root / "corpus" / "hunan-2023" / "决算-有误.txt")))
    return path


@pytest.fixture(scope="module")
def report(faulty: Path) -> DocumentReport:
    return check(faulty)


@pytest.fixture(scope="module")
def commented(faulty: Path, report: DocumentReport) -> bytes:
    return annotate_docx(report, faulty.read_bytes())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_each_finding_has_its_comment_on_its_words(
    report: DocumentReport, commented: bytes
) -> None:
    whole, *comments = comments_in(commented)
    findings = sorted(report.findings, key=lambda each: each.where.start)
    assert len(findings) >= 11
    assert [each.on for each in comments] == [each.text for each in findings]
    assert {each.author for each in (whole, *comments)} == {"narrcheck"}
    for comment, finding in zip(comments, findings, strict=True):
        assert finding.code in comment.text
        assert finding.message in comment.text
        assert (finding.expected or "") in comment.text
        assert (finding.diagnosis or "") in comment.text
        assert comment.text.count("\n· ") == len(finding.evidence)
        assert not re.search(r"第\d+行", comment.text)  # Word counts no lines


def test_the_first_comment_says_what_was_found_and_read(
    report: DocumentReport, commented: bytes
) -> None:
    whole = comments_in(commented)[0]
    assert whole.on == report.document.text.splitlines()[0]
    errors = sum(each.severity is Severity.ERROR for each in report.findings)
    assert f"批注 {len(report.findings)} 条：错误 {errors} · " in whole.text
    assert "相符" in whole.text
    assert "未读懂" in whole.text


@pytest.mark.skipif(not office.office_program(), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_comments_on_the_same_words(commented: bytes) -> None:
    again = convert("决算.docx", commented, ".docx", "docx")
    assert comments_in(again) == comments_in(commented)


def test_the_text_and_its_faces_are_what_they_were(faulty: Path, commented: bytes) -> None:
    old, new = docx.Document(str(faulty)), docx.Document(io.BytesIO(commented))
    assert [each.text for each in new.paragraphs] == [each.text for each in old.paragraphs]
    assert len(new.tables) == len(old.tables)
    assert faces(commented) == faces(faulty.read_bytes())
    assert only_added_to(part_of(faulty.read_bytes()), part_of(commented))


def test_all_other_parts_are_the_same_bytes_in_the_same_order(
    faulty: Path, commented: bytes
) -> None:
    old, new = parts(faulty.read_bytes()), parts(commented)
    assert list(new) == [*old, "word/comments.xml"]
    for name, content in old.items():
        assert only_added_to(content, new[name]) if name in CHANGED else content == new[name]


def test_the_commented_file_is_checked_with_the_same_findings(
    report: DocumentReport, commented: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "决算.批注.docx"
    path.write_bytes(commented)
    again = check(path)
    assert again.document.text == report.document.text
    assert [each.fingerprint for each in again.findings] == [
        each.fingerprint for each in report.findings
    ]


def test_comments_of_an_earlier_call_make_room_for_those_of_this_one(
    report: DocumentReport, commented: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "决算.批注.docx"
    path.write_bytes(commented)
    again = annotate_docx(check(path), commented)
    said = [(each.author, each.on, each.text) for each in comments_in(commented)]
    assert [(each.author, each.on, each.text) for each in comments_in(again)] == said
    assert part_of(again).count(b"commentReference") == len(said)
    assert faces(again) == faces(commented)
    # In a third round nothing piles up either.
    path.write_bytes(again)
    assert len(annotate_docx(check(path), again)) == len(again)


def test_comments_of_people_stay_when_those_of_an_earlier_call_go() -> None:
    made = docx.Document()
    made.add_paragraph("某局决算")
    line = made.add_paragraph("收入")
    made.add_comment(line.add_run("878.81万元"), "请核实", author="张三")
    saved = io.BytesIO()
    made.save(saved)
    once = annotate_docx(report_on(saved.getvalue(), ["878.81"]), saved.getvalue())
    twice = annotate_docx(report_on(once, ["81万元"]), once)
    found = {each.on: each.author for each in comments_in(twice)}
    assert found == {"某局决算": "narrcheck", "878.81万元": "张三", "81万元": "narrcheck"}


def test_an_earlier_comment_that_a_person_has_answered_stays() -> None:
    data = word_file(LINES)
    once = annotate_docx(report_on(data, ["878.81"]), data)
    identity = "0A1B2C3D"
    word14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    word15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    files = parts(once)
    said = files["word/comments.xml"].decode()
    at = said.index("<w:p>", said.index("878.81"))  # of the comment on the number
    mark = f'<w:p xmlns:w14="{word14}" w14:paraId="{identity}">'
    files["word/comments.xml"] = f"{said[:at]}{mark}{said[at + len('<w:p>') :]}".encode()
    answer = f'<w15:commentEx w15:paraId="0A0A0A0A" w15:paraIdParent="{identity}"/>'
    files["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{word15}">{answer}</w15:commentsEx>'.encode()
    )
    relations = files["word/_rels/document.xml.rels"].decode()
    related = f'<Relationship Id="rIdX" Type="{kind}" Target="commentsExtended.xml"/>'
    files["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>", f"{related}</Relationships>"
    ).encode()
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    answered = saved.getvalue()
    twice = annotate_docx(report_on(answered, []), answered)
    assert [each.on for each in comments_in(twice)] == ["某局决算", "878.81"]


def test_the_same_report_gives_the_same_bytes(
    report: DocumentReport, faulty: Path, commented: bytes
) -> None:
    assert annotate_docx(report, faulty.read_bytes()) == commented


def test_what_people_let_stand_is_told_at_the_top_and_what_was_known_is_marked(
    report: DocumentReport, faulty: Path
) -> None:
    settled, known, *_ = report.findings
    suppressed = Suppression(settled.fingerprint, "已向财政局说明", settled.code, settled.text)
    stale = Suppression("0" * 64, "已改表格", "NC101", "1.00万元")
    earlier = (
        Earlier(known.fingerprint, known.code, known.severity, known.text, known.message),
        Earlier("1" * 64, "NC205", Severity.ERROR, "大于预算数", "应为小于"),
    )
    triaged = replace(report, triage=Triage(earlier, (suppressed, stale)))
    assert triaged.standing(known) is Standing.KNOWN
    whole, *comments = comments_in(annotate_docx(triaged, faulty.read_bytes(), hidden=3))
    assert len(comments) == len(report.findings) - 1
    assert not any(settled.message in each.text for each in comments)
    for said in ("已向财政局说明", "已改表格", "“大于预算数”", "未列出 3 条"):
        assert said in whole.text
    marked = [each for each in comments if "【原有】" in each.text]
    assert [known.message in each.text for each in marked] == [True]


def test_comments_and_tracked_changes_that_were_there_survive() -> None:
    made = docx.Document()
    made.add_paragraph("某局决算")
    line = made.add_paragraph("收入")
    other = made.add_comment(line.add_run("878.81万元"), "请核实", author="张三")
    tracked = f'<w:ins xmlns:w="{W}" w:id="9" w:author="李四">{run("，增长3%")}</w:ins>'
    markup: Any = line._p
    markup.append(parse_xml(tracked))
    saved = io.BytesIO()
    made.save(saved)
    data = saved.getvalue()
    new = annotate_docx(report_on(data, ["78.81万元，增长3"]), data)
    comments = {each.text: each for each in comments_in(new)}
    assert comments["请核实"].author == "张三"
    assert comments["请核实"].on == "878.81万元"
    assert "78.81万元，增长3" in {each.on for each in comments.values()}
    assert len(comments) == 3
    root = etree.fromstring(part_of(new))
    (kept,) = root.iter(qn("w:ins"))
    assert (kept.get(qn("w:id")), kept.get(qn("w:author"))) == ("9", "李四")
    ids = [each.comment_id for each in docx.Document(io.BytesIO(new)).comments]
    assert other.comment_id in ids
    assert len(ids) == len(set(ids)) == 3
    assert only_added_to(part_of(data, "word/comments.xml"), part_of(new, "word/comments.xml"))


def marked_words(data: bytes) -> list[str]:
    """The words under the comments of a file that python-docx cannot open."""
    root = etree.fromstring(part_of(data))
    uri = etree.QName(root).namespace
    found, inside = [], 0
    for node in root.iter("{*}commentRangeStart", "{*}commentRangeEnd", "{*}t"):
        assert etree.QName(node).namespace == uri
        inside += {"commentRangeStart": 1, "commentRangeEnd": -1}.get(
            etree.QName(node).localname, 0
        )
        found += [node.text or ""] if inside and node.text else []
    return found


def test_a_strict_file_gets_strict_comments() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as strict:
        for name, content in parts(word_file(LINES)).items():
            if not name.startswith("["):
                content = content.replace(W.encode(), STRICT + b"wordprocessingml/main")
                content = content.replace(REL.encode(), STRICT + b"officeDocument/relationships")
            strict.writestr(name, content)
    new = annotate_docx(report_on(data.getvalue(), ["878.81"]), data.getvalue())
    assert marked_words(new) == ["某局决算", "878.81"]
    comments = etree.fromstring(part_of(new, "word/comments.xml"))
    assert comments.tag == "{http://purl.oclc.org/ooxml/wordprocessingml/main}comments"
    assert len(comments) == 2
    kinds = [each.get("Type") for each in _relations(new)]
    assert kinds == [(STRICT + b"officeDocument/relationships/comments").decode()]


def _relations(data: bytes) -> list[etree._Element]:
    return list(etree.fromstring(part_of(data, "word/_rels/document.xml.rels")))


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_a_text_of_another_encoding_is_written_in_utf_8(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    text = (head + part_of(word_file(LINES)).decode()).encode(encoding)
    data = word_file("", files={"word/document.xml": text})
    new = annotate_docx(report_on(data, ["878.81"]), data)
    assert marked_words(new) == ["某局决算", "878.81"]


def test_cdata_and_other_prefixes_are_no_obstacle() -> None:
    text = part_of(word_file(LINES)).replace(
        "收入878.81万元".encode(), "<![CDATA[收入878.81]]>".encode()
    )
    text = text.replace(b"<w:", b"<x:").replace(b"</w:", b"</x:").replace(b"xmlns:w=", b"xmlns:x=")
    data = word_file("", files={"word/document.xml": text})
    new = annotate_docx(report_on(data, ["878.81"]), data)
    assert marked_words(new) == ["某局决算", "878.81"]


@pytest.mark.parametrize("empty", [f'<w:comments xmlns:w="{W}"/>', "<w:comments {}></w:comments>"])
def test_relations_that_lead_nowhere_and_an_empty_part_of_comments_are_used(empty: str) -> None:
    relations = (
        f'<Relationship Id="rId1" Type="{REL}/image" Target="NULL"/>'
        f'<Relationship Id="rId9" Type="{REL}/comments" Target="/word/notes/c.xml"/>'
    )
    content = empty.format(f'xmlns:w="{W}"').encode()
    data = word_file(LINES, relations=relations, files={"word/notes/c.xml": content})
    new = annotate_docx(report_on(data, ["878.81"]), data)
    assert marked_words(new) == ["某局决算", "878.81"]
    assert len(etree.fromstring(part_of(new, "word/notes/c.xml"))) == 2
    assert part_of(new, "word/_rels/document.xml.rels") == part_of(
        data, "word/_rels/document.xml.rels"
    )
    assert b'PartName="/word/notes/c.xml"' in part_of(new, "[Content_Types].xml")
    assert load_docx("", "", new).text == load_docx("", "", data).text
