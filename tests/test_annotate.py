"""The command that gives a document back with its findings: what it writes, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pypdf
import pytest
from made.commented import comments_in
from made.paper import pdf, text
from made.word import paragraph, row, table, word_file

from narrcheck.cli import main
from narrcheck.load import office

Captured = pytest.CaptureFixture[str]

# 58.70 - 52.70 = 6.00, and 6.00 ÷ 52.70 = 11.4%.
GROWTH = "2023年度支出合计58.70万元，与上年相比，增加6.00万元，增长14.1%。"
TITLE, HEADING = "云溪县档案馆2023年度部门决算", "一、支出决算情况说明"
BODY = "".join(
    [
        paragraph(TITLE),
        paragraph("支出决算表"),
        paragraph("金额单位：万元"),
        table(
            row("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"),
            row("", "合计", "58.70", "40.20", "18.50"),
            row("2012601", "行政运行", "58.70", "40.20", "18.50"),
            columns=5,
        ),
        paragraph(HEADING),
        paragraph(GROWTH),
    ]
)


def run(*arguments: str | Path) -> int:
    """The exit code of ``narrcheck annotate`` with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main(["annotate", *map(str, arguments)])
    return int(ended.value.code or 0)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "草稿.docx"
    path.write_bytes(word_file(BODY))
    return path


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "公开.pdf"
    lines = (TITLE, HEADING, GROWTH[:30], GROWTH[30:])
    path.write_bytes(pdf("\n".join(text(line, 90, 80 + 40 * n) for n, line in enumerate(lines))))
    return path


def words(path: Path) -> list[str]:
    """What the comments of a Word file stand on, but for the one on the whole document."""
    return [each.on for each in comments_in(path.read_bytes())[1:]]


def test_a_draft_gets_its_comments_beside_it(draft: Path, capsys: Captured) -> None:
    before = draft.read_bytes()
    assert run(draft) == 0
    written = draft.with_name("草稿.批注.docx")
    assert words(written) == ["14.1%"]
    assert draft.read_bytes() == before
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"narrcheck: 已写入 {written}：问题 1 条。\n")


def test_what_was_written_unasked_is_not_written_over(draft: Path, capsys: Captured) -> None:
    answered = draft.with_name("草稿.批注.docx")
    answered.write_bytes(b"answers")
    assert run(draft) == 2
    assert answered.read_bytes() == b"answers"
    assert "已经有这个文件，请用 -o 指明" in capsys.readouterr().err
    assert run(draft, "-o", answered) == 0


def test_findings_of_other_rules_are_left_out_and_counted(draft: Path, capsys: Captured) -> None:
    output = draft.with_name("a.docx")
    assert run(draft, "--ignore", "NC2", "-o", output) == 0
    assert "未列出 1 条" in capsys.readouterr().err
    (whole,) = comments_in(output.read_bytes())
    assert "未列出 1 条" in whole.text


def test_the_cache_gives_the_same_file(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARRCHECK_CACHE_DIR", str(tmp_path / "cache"))
    outputs = [draft.with_name(f"{n}.docx") for n in range(3)]
    assert run(draft, "-o", outputs[0]) == 0
    assert run(draft, "-o", outputs[1]) == 0
    assert run(draft, "-o", outputs[2], "--no-cache") == 0
    assert len({each.read_bytes() for each in outputs}) == 1


def test_a_file_with_macros_keeps_its_suffix(draft: Path, capsys: Captured) -> None:
    macros = draft.with_suffix(".docm")
    shutil.copy(draft, macros)
    assert run(macros) == 0
    assert words(macros.with_name("草稿.批注.docm")) == ["14.1%"]
    assert run(macros, "-o", macros.with_name("a.docx")) == 2
    assert "请改为 .docm" in capsys.readouterr().err


@pytest.mark.skipif(not office.office_program(), reason="LibreOffice is not installed")
def test_an_old_file_is_converted_and_says_so(draft: Path, capsys: Captured) -> None:
    old = draft.with_name("旧稿.rtf")
    codes = ["".join(f"\\u{ord(each)} " for each in line) for line in (TITLE, HEADING, GROWTH)]
    old.write_text("{\\rtf1\\uc0 " + "\\par ".join(codes) + "}", encoding="ascii")
    assert run(old) == 0
    assert words(old.with_name("旧稿.批注.docx")) == ["14.1%"]
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "由 LibreOffice 转换为 .docx" in said[0]


def test_a_word_file_by_the_name_of_an_old_one_is_not_converted(
    draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    old = draft.with_suffix(".wps")
    shutil.copy(draft, old)
    assert run(old) == 0
    assert words(old.with_name("草稿.批注.docx")) == ["14.1%"]


def test_a_pdf_gets_marks_and_a_summary_page_if_asked(published: Path) -> None:
    assert run(published) == 0
    plain = published.with_name("公开.批注.pdf")
    assert run(published, "--summary", "-o", published.with_name("a.pdf")) == 0
    sizes = [len(pypdf.PdfReader(each).pages) for each in (plain, published.with_name("a.pdf"))]
    assert sizes == [1, 2]
    assert "/Annots" in pypdf.PdfReader(plain).pages[0]


def test_any_document_becomes_a_page(draft: Path) -> None:
    output = draft.with_name("a.html")
    assert run(draft, "-o", output) == 0
    assert "14.1%" in output.read_text(encoding="utf-8")


def test_several_documents_become_one_list(draft: Path, published: Path, capsys: Captured) -> None:
    output = draft.with_name("问题清单.xlsx")
    assert run(draft, published, "-o", output) == 0
    sheet = openpyxl.load_workbook(output).worksheets[0]
    shown = {cell.value for line in sheet.iter_rows() for cell in line}
    assert "14.1%" in shown
    assert "问题 2 条" in capsys.readouterr().err


def test_the_list_is_written_without_a_file_that_cannot_be_read(draft: Path) -> None:
    output = draft.with_name("问题清单.xlsx")
    assert run(draft.with_name("missing.docx"), draft, "-o", output) == 2
    assert output.exists()


@pytest.mark.parametrize(
    ("files", "options", "said"),
    [
        (["草稿.docx"], ["-o", "草稿.docx"], "报告不能写到被核对的文件里"),
        (["草稿.txt"], ["-o", "a.docx"], "不是 Word 文件，加不了批注，请用 -o 写成 .html 或 .xlsx"),
        (
            ["草稿.html"],
            ["-o", "a.docx"],
            "不是 Word 文件，加不了批注，请用 -o 写成 .html 或 .xlsx",
        ),
        (["草稿.docx"], ["-o", "a.pdf"], "不是 PDF，不能标注成 .pdf"),
        (["草稿.docx"], ["-o", "a.rtf"], "写不成这种文件"),
        (["草稿.docx"], ["-o", "a.html", "--summary"], "--summary 只用于 PDF"),
        (["草稿.docx", "草稿.txt"], ["-o", "a.docx"], "一次只能批注一个文件"),
        (["missing.docx"], ["-o", "a.docx"], "没有这个文件"),
        (["草稿.docx"], ["-o", "no/a.docx"], "写不进去"),
        (["草稿.docx"], ["--select", "XY"], "没有代码以 XY 开头的规则"),
    ],
)
def test_what_cannot_be_written_is_one_line_with_the_remedy(
    files: list[str],
    options: list[str],
    said: str,
    draft: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    monkeypatch.chdir(draft.parent)
    assert run(*files, *options) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert [each.name for each in draft.parent.iterdir()] == ["草稿.docx"]


def test_a_text_by_the_name_of_a_word_file_is_refused(draft: Path, capsys: Captured) -> None:
    old = draft.with_suffix(".doc")
    old.write_text(f"{TITLE}\n\n{HEADING}\n\n{GROWTH}\n", encoding="utf-8")
    assert run(old) == 2
    assert "内容不是 Word 文件，加不了批注" in capsys.readouterr().err
    assert not draft.with_name("草稿.批注.docx").exists()
