"""Comments in Word files: on the exact words, whatever these stand in, and nothing else changed."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made.commented import (
    Comment,
    comments_in,
    faces,
    only_added_to,
    part_of,
    report_on,
)
from made.word import cell, paragraph, row, run, table, word_file

from narrcheck.document import Where
from narrcheck.errors import DocumentError
from narrcheck.findings import Evidence
from narrcheck.load.docx.read import load_docx
from narrcheck.report.docx import annotate_docx

TITLE = paragraph("某局决算")
BOLD, RED = "<w:b/>", '<w:color w:val="FF0000"/>'
CHANGED = '<w:rPrChange w:id="7" w:author="某人"><w:rPr/></w:rPrChange>'
DELETED = '<w:del w:id="4" w:author="某人"><w:r><w:delText>9</w:delText></w:r></w:del>'
BEGIN, SEPARATE, END = (f'<w:fldChar w:fldCharType="{t}"/>' for t in ("begin", "separate", "end"))


def annotated(body: str, *wheres: str | Where, **parts: str) -> tuple[bytes, bytes]:
    """A Word file, and the same with comments."""
    data = word_file(TITLE + body, parts)
    return data, annotate_docx(report_on(data, wheres), data)


def on_findings(data: bytes) -> list[Comment]:
    """The comments but for that on the whole document."""
    return comments_in(data)[1:]


@pytest.mark.parametrize(
    "inside",
    [
        run("收入878.81万元。"),
        run("收入878.") + run("8", BOLD) + run("1万元。", RED),
        run("收入") + run("878.81万元") + run("。"),
        run("收入") + f'<w:ins w:id="3" w:author="某人">{run("878.81万")}</w:ins>' + run("元。"),
        run("收入") + f'<w:hyperlink w:anchor="a">{run("在878.81万元。")}</w:hyperlink>',
        run("收入8") + f'<w:fldSimple w:instr="REF a">{run("78.81")}</w:fldSimple>' + run("万元"),
        f"<w:r>{BEGIN}</w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r>{SEPARATE}</w:r>"
        f"{run('计878.81')}<w:r>{END}</w:r>{run('万元')}",
        f"<w:r>{BEGIN}<w:instrText>REF a</w:instrText>{SEPARATE}<w:t>计878.81万元</w:t>{END}</w:r>",
        "<w:r><w:t>收入</w:t><w:tab/><w:t>878.81</w:t><w:t>万元</w:t><w:br/><w:t>又</w:t></w:r>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('收入878.81万元。')}</w:sdtContent></w:sdt>",
        run("收入878.") + DELETED
        + run("81万元"),
        run("收入878.") + '<w:bookmarkStart w:id="5" w:name="b"/><w:proofErr w:type="spellStart"/>'
        + run("81万元") + '<w:bookmarkEnd w:id="5"/>',
        f"<w:smartTag>{run('收入878.81万元。', BOLD + CHANGED)}</w:smartTag>",
    ],
)  # fmt: skip
def test_a_comment_stands_on_the_exact_words(inside: str) -> None:
    old, new = annotated(f"<w:p>{inside}</w:p>{paragraph('另有1.00万元。')}", "878.81万元")
    (comment,) = on_findings(new)
    assert (comment.author, comment.on) == ("narrcheck", "878.81万元")
    assert "878.81万元与表中不一致。" in comment.text
    assert faces(new) == faces(old) or CHANGED in inside
    assert only_added_to(part_of(old), part_of(new))
    assert load_docx("", "", new).text == load_docx("", "", old).text


def test_a_tracked_change_of_format_is_copied_under_a_number_of_its_own() -> None:
    _, new = annotated(f"<w:p>{run('收入878.81万元。', CHANGED)}</w:p>", "878.81万元")
    numbers = re.findall(r'rPrChange w:id="(\d+)"', part_of(new).decode())
    assert len(numbers) == len(set(numbers)) == 3
    assert not set(numbers) & set(re.findall(r'commentRangeStart w:id="(\d+)"', str(part_of(new))))


def test_several_findings_may_stand_on_one_word_and_overlap() -> None:
    wheres = ("878.81万元", "增长19.7%", "收入878.81万元，增长", "878.81万元", "万元，增长19.7%")
    old, new = annotated(paragraph("收入878.81万元，增长19.7%。"), *wheres)
    assert sorted(each.on for each in on_findings(new)) == sorted(wheres)
    assert faces(new) == faces(old)


def test_findings_side_by_side_do_not_overlap() -> None:
    _, new = annotated(paragraph("占76.2%23.8%。"), "76.2%", "23.8%")
    assert [each.on for each in on_findings(new)] == ["76.2%", "23.8%"]


def test_a_cell_of_a_table_is_commented_on() -> None:
    grid = table(row("项目", "金额"), row("合计", "878.81"), columns=2)
    _, new = annotated(grid, "878.81")
    assert [each.on for each in on_findings(new)] == ["878.81"]


def test_an_empty_cell_has_its_comment_beside_it() -> None:
    grid = table(row("项目", "金额"), row(cell("合计"), cell("")), columns=2)
    at = load_docx("", "", word_file(TITLE + grid)).text.index("合计\t") + 3
    _, new = annotated(grid, Where(at, at))
    (comment,) = on_findings(new)
    assert comment.on == "合计"
    assert "空白，批注加在旁边" in comment.text


def test_a_finding_in_a_second_file_goes_to_the_title_and_says_where() -> None:
    _, new = annotated(paragraph("收入1.00万元。"), Where(900, 906, line=12, file="a/表格.xlsx"))
    whole, comment = comments_in(new)
    assert whole.on == comment.on == "某局决算"
    assert "所指之处在 表格.xlsx 第12行，批注加在文首" in comment.text


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_words_in_a_note_have_their_comment_at_its_reference(kind: str) -> None:
    notes = "".join(
        f'<w:{kind} w:id="{n}">{paragraph(text)}</w:{kind}>'
        for n, text in ((1, "甲"), (2, "含878.81万元"))
    )
    marks = [f'<w:r><w:{kind}Reference w:id="{n}"/></w:r>' for n in (1, 2)]
    body = f"<w:p>{run('前')}{marks[0]}{run('中')}{marks[1]}{run('后')}</w:p>"
    data = word_file(TITLE + body, {f"{kind}s": notes})
    new = annotate_docx(report_on(data, ["878.81万元"]), data)
    (comment,) = on_findings(new)
    assert f"{'脚' if kind == 'footnote' else '尾'}注的引用处" in comment.text
    around = rf'<w:commentRangeStart w:id="(\d+)"/>{marks[1]}<w:commentRangeEnd w:id="\1"/>'
    assert re.search(around, part_of(new).decode())
    assert part_of(new, f"word/{kind}s.xml") == part_of(data, f"word/{kind}s.xml")


def test_words_in_a_text_box_have_their_comment_around_it() -> None:
    box = f"<w:txbxContent>{paragraph('含878.81万元')}</w:txbxContent>"
    shape = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    old, new = annotated(f"<w:p>{run('前')}{shape}{run('后')}</w:p>", "878.81")
    (comment,) = on_findings(new)
    assert comment.on == "含878.81万元"
    assert "在文本框中" in comment.text
    assert box in part_of(new).decode()
    assert only_added_to(part_of(old), part_of(new))


def test_a_control_filled_from_elsewhere_is_commented_on_as_a_whole() -> None:
    bound = '<w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{0}"/></w:sdtPr>'
    control = f"<w:sdt>{bound}<w:sdtContent>{run('收入878.81万元')}</w:sdtContent></w:sdt>"
    _, new = annotated(f"<w:p>{control}{run('。')}</w:p>", "878.81")
    assert [each.on for each in on_findings(new)] == ["收入878.81万元"]
    assert control in part_of(new).decode()


def test_spaces_around_a_text_that_are_not_shown_stay_unseen() -> None:
    old, new = annotated(
        "<w:p><w:r><w:t>  收入 878.81 万元 </w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>", "878.81"
    )
    assert "".join(each for each, _ in faces(new)) == "某局决算收入 878.81 万元。"
    assert [each.on for each in on_findings(new)] == ["878.81"]
    assert only_added_to(part_of(old), part_of(new))


def test_another_file_than_the_one_checked_is_refused() -> None:
    report = report_on(word_file(TITLE + paragraph("收入878.81万元。")), ["878.81"])
    with pytest.raises(DocumentError, match=r"草稿\.docx：.*改动，请重新核对"):
        annotate_docx(report, word_file(TITLE + paragraph("收入878.91万元。")))
    with pytest.raises(DocumentError, match=r"草稿\.docx：.*损坏"):
        annotate_docx(report, b"%PDF-1.7")


QUOTED = {'"': "&quot;", "1": "&#49;", "乙": "&#x4E59;"}
FACES = ("", BOLD, RED, BOLD + RED)
WORDS = st.text("甲乙1.,&<>\"' \u3000𠀀", min_size=1, max_size=8)


@given(
    runs=st.lists(st.tuples(WORDS, st.sampled_from(FACES)), min_size=1, max_size=5),
    ends=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=1, max_size=4),
)
@settings(max_examples=60)
def test_any_stretch_of_any_runs_is_commented_on_and_all_faces_are_kept(
    runs: list[tuple[str, str]], ends: list[tuple[int, int]]
) -> None:
    markup = "".join(
        f'<w:r><w:rPr>{face}</w:rPr><w:t xml:space="preserve">{escape(text, QUOTED)}</w:t></w:r>'
        for text, face in runs
    )
    data = word_file(f"{TITLE}<w:p>{run('始')}{markup}{run('终')}</w:p>")
    document = load_docx("", "", data)
    text = "始" + "".join(text for text, _ in runs) + "终"
    begin = document.text.index(text)
    spans = [(a % len(text), (a % len(text) + b)) for a, b in ends]
    wheres = [Where(begin + a, begin + min(b, len(text))) for a, b in spans]
    new = annotate_docx(report_on(data, wheres), data)
    expected = [document.text[each.start : each.end] for each in wheres]
    assert sorted(each.on for each in on_findings(new)) == sorted(expected)
    assert faces(new) == faces(data)
    assert only_added_to(part_of(data), part_of(new))


def test_evidence_is_told_by_its_sentence_where_the_same_words_stand_elsewhere_too() -> None:
    body = paragraph("一、收入情况") + paragraph("收入占3%。") + paragraph("二、支出情况")
    data = word_file(TITLE + body + paragraph("其中：基本支出占3%；项目支出占9%。"))
    report = report_on(data, ["收入占3%"])
    (finding,) = report.findings
    text = report.document.text
    proofs = [text.index("3%", text.index("支出")), text.index("占9%")]
    evidence = (
        Evidence("text", "3%", report.document.where(proofs[0], proofs[0] + 2)),
        Evidence("text", "占9%", report.document.where(proofs[1], proofs[1] + 3)),
    )
    again = replace(report, findings=(replace(finding, evidence=evidence),))
    (comment,) = on_findings(annotate_docx(again, data))
    assert "· “其中：基本支出占3%”，见“二、支出情况”\n" in comment.text
    assert "· “占9%”，见“二、支出情况”\n" in comment.text
