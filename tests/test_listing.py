"""What is shown of a loaded file: its tables as CSV, Excel and JSON, its text, a second file's."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from made.paper import pdf
from made.paper import text as printed
from openpyxl.worksheet.worksheet import Worksheet
from rich.console import Console
from test_cli import DOCUMENT, run

from narrcheck import check_document
from narrcheck.document import Cell, Document, Paragraph, Section, Table, Where
from narrcheck.findings import DocumentReport, Status
from narrcheck.load import load
from narrcheck.load.apart import with_tables_of
from narrcheck.patterns import load_patterns
from narrcheck.report.grids import cells_once
from narrcheck.report.listing import write_tables
from narrcheck.report.loaded import write_loaded, write_loaded_json
from narrcheck.report.tables_csv import write_tables_csv
from narrcheck.report.tables_json import write_tables_json
from narrcheck.report.tables_xlsx import sheet_name, write_tables_xlsx
from narrcheck.tables import read_tables

ROOT = Path(__file__).parent.parent
PATTERNS = load_patterns()
Captured = pytest.CaptureFixture[str]
Grid = list[list[str]]

NARRATIVE = """云溪县档案馆2023年度部门决算

一、支出决算情况说明

2023年度项目支出{amount}万元。
"""
TABLES = DOCUMENT[: DOCUMENT.index("第三部分")]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "决算.txt"
    path.write_text(DOCUMENT.format(rate="11.4"), encoding="utf-8")
    return path


@pytest.fixture
def narrative(tmp_path: Path) -> Path:
    path = tmp_path / "说明.txt"
    path.write_text(NARRATIVE.format(amount="18.50"), encoding="utf-8")
    return path


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    path = tmp_path / "表格.txt"
    path.write_text(TABLES, encoding="utf-8")
    return path


def made_table(
    rows: Iterable[Iterable[str]], *, merged: Iterable[tuple[int, ...]] = (), **facts: Any
) -> Table:
    """A table of texts; ``merged`` are (row, column, rows, columns), their text at the first."""
    number = iter(range(10_000))
    grid = [[Cell(text, Where((at := next(number)), at + 1, page=3)) for text in r] for r in rows]
    for row, column, down, across in merged:
        cell = replace(grid[row][column], rows=down, columns=across)
        for each in range(row, row + down):
            grid[each][column : column + across] = [cell] * across
    facts = {"title": "支出决算表", "number": "公开03表", "money_unit": "万元", **facts}
    return Table(rows=tuple(map(tuple, grid)), where=Where(0, 1, page=3), **facts)


def made_document(*tables: Table, **facts: Any) -> Document:
    made = Document(
        "决算.pdf", "0" * 64, "决算", "云溪县档案馆", 2023, "", (0,), (0,), (), (), tables
    )
    return replace(made, **facts)


MERGED = made_table(
    [
        ["项目", "", "本年支出", ""],
        ["科目代码", "科目名称", "合计", "基本支出"],
        ["合计", "", "1,258.70", "40.2"],
        ["2012601", "行政运行", "-5.00", "△0.30"],
    ],
    merged=[(0, 0, 1, 2), (0, 2, 1, 2), (2, 0, 1, 2)],
)


def sheets(content: bytes) -> list[Worksheet]:
    return list(openpyxl.load_workbook(BytesIO(content)).worksheets)


def xlsx_of(*tables: Table, values: bool = False) -> list[Worksheet]:
    document = made_document(*tables)
    read = tuple(read_tables(document, PATTERNS.tables))
    return sheets(write_tables_xlsx(document, read, PATTERNS.tables, values=values))


def csv_rows(text: str) -> Grid:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def valid(text: str, form: str) -> dict[str, Any]:
    """The JSON in ``text``, which fits the published schema of its form."""
    path = ROOT / "docs" / "schema" / f"narrcheck-{form}-1.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    content: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(schema).validate(content)
    return content


# ---- Grids ----


def test_every_place_of_a_grid_is_covered_by_just_one_cell() -> None:
    covered = Counter(
        (placed.row + down, placed.column + across)
        for placed in cells_once(MERGED)
        for down in range(placed.rows)
        for across in range(placed.columns)
    )
    assert covered == Counter((row, column) for row in range(4) for column in range(4))


def test_a_merged_cell_of_which_the_grid_shows_but_a_part_goes_no_further() -> None:
    cut = replace(MERGED, rows=tuple(row[1:] for row in MERGED.rows))
    first = next(cells_once(cut))
    assert (first.cell.text, first.rows, first.columns) == ("项目", 1, 1)


# ---- CSV ----


def test_csv_has_a_mark_for_excel_captions_grids_and_a_merged_cell_once() -> None:
    text = write_tables_csv(made_document(MERGED, made_table([["甲", "乙"]], title="", number="")))
    assert text.startswith("\ufeff")
    assert csv_rows(text) == [
        ["表 1", "支出决算表"],
        ["表号", "公开03表"],
        ["单位", "万元"],
        ["位置", "第3页"],
        ["项目", "", "本年支出", ""],
        ["科目代码", "科目名称", "合计", "基本支出"],
        ["合计", "", "1,258.70", "40.2"],
        ["2012601", "行政运行", "-5.00", "△0.30"],
        [],
        ["表 2", "（无题名）"],
        ["单位", "万元"],
        ["位置", "第3页"],
        ["甲", "乙"],
        [],
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", '=HYPERLINK("x")']
)
def test_no_cell_of_a_csv_begins_a_formula(text: str) -> None:
    rows = csv_rows(write_tables_csv(made_document(made_table([["甲", text]], title=text))))
    assert rows[0] == ["表 1", f"'{text}"]
    assert ["甲", f"'{text}"] in rows


@pytest.mark.parametrize("text", ["-5.00", "-1,234.5", "+3.2%", "-", "--", "—"])
def test_negative_numbers_and_dashes_stay_as_they_are_in_a_csv(text: str) -> None:
    assert ["甲", text] in csv_rows(write_tables_csv(made_document(made_table([["甲", text]]))))


def test_csv_goes_to_a_pipe_as_utf8_with_its_mark(document: Path, capfdbinary: Any) -> None:
    assert run("tables", document, "--format", "csv") == 0
    assert capfdbinary.readouterr().out.decode("utf-8").startswith("\ufeff表 1,支出决算表\n")


# ---- Excel ----


def test_a_sheet_shows_amounts_as_numbers_and_everything_else_as_text() -> None:
    (sheet,) = xlsx_of(MERGED)
    shown = {
        cell.value: (cell.data_type, cell.number_format, cell.alignment.horizontal)
        for row in sheet.iter_rows(min_row=3)
        for cell in row
        if cell.value is not None
    }
    assert shown[1258.7] == ("n", "#,##0.00", "right")
    assert shown[40.2] == ("n", "0.0", "right")
    assert shown[-5] == ("n", "0.00", "right")
    assert shown[-0.3] == ("n", "0.00", "right")
    assert shown["2012601"][:2] == ("s", "@")
    assert shown["行政运行"][:2] == ("s", "@")
    assert sheet.cell(1, 1).value == "支出决算表"
    assert sheet.cell(2, 1).value == "公开03表  单位：万元"
    assert sheet.cell(7, 1).value == "注：取自第3页。"


def test_a_number_keeps_the_digits_it_is_printed_with() -> None:
    table = made_table(
        [["项目", "支出"], ["甲", "8090000.10"], ["乙", "0.123456"], ["丙", "26.50%"]]
    )
    (sheet,) = xlsx_of(table)
    shown = [(sheet.cell(row, 2).value, sheet.cell(row, 2).number_format) for row in (4, 5, 6)]
    assert shown == [(8090000.1, "0.00"), (0.123456, "0.000000"), (0.265, "0.00%")]


def test_a_number_longer_than_excel_keeps_stays_text() -> None:
    (sheet,) = xlsx_of(made_table([["项目", "支出"], ["甲", "1234567890123456.78"]]))
    assert sheet.cell(4, 2).value == "1234567890123456.78"


def test_merged_cells_are_merged_and_the_header_stays_in_sight() -> None:
    (sheet,) = xlsx_of(MERGED)
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert merged == {"A3:B3", "C3:D3", "A5:B5"}
    assert sheet.freeze_panes == "A5"


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "#REF!", "'=1"])
def test_no_cell_of_a_sheet_is_a_formula(text: str) -> None:
    (sheet,) = xlsx_of(made_table([["甲", text]], title=text, notes=(text,)))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells].count(text) == 3
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("支出决算表", "支出决算表"),
        ("收入[支出]: a*b?c/d\\e", "收入 支出   a b c d e"),
        ("'引号'", "引号"),
        ("//", "表"),
        ("长" * 40, "长" * 31),
        ("控\x07制", "控制"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title, set()) == name


def test_sheets_of_one_title_have_names_of_their_own() -> None:
    taken: set[str] = set()
    names = [sheet_name(title, taken) for title in ("Abc", "abc", "ABC", "长" * 40, "长" * 40)]
    assert names == ["Abc", "abc (2)", "ABC (3)", "长" * 31, "长" * 27 + " (2)"]


def test_control_characters_do_not_keep_a_workbook_from_being_written() -> None:
    (sheet,) = xlsx_of(made_table([["甲\x00\x0b", "乙\ufffe"]]))
    assert sheet.cell(3, 1).value == "甲"


def test_what_was_read_is_on_a_sheet_of_its_own() -> None:
    *_, last = xlsx_of(MERGED, values=True)
    assert last.title == "读到的值"
    heads, *rows = [[cell.value for cell in row] for row in last.iter_rows()]
    assert heads[:5] == ["表", "行", "列", "值", "单位"]
    assert [row[3] for row in rows] == [1258.7, 40.2, -5, -0.3]


def test_an_exported_workbook_is_read_back_as_the_same_tables(
    document: Path, tmp_path: Path
) -> None:
    assert run("tables", document, "-o", tmp_path / "表格.xlsx") == 0
    (before,), (after,) = load(document).tables, load(tmp_path / "表格.xlsx").tables
    assert [[cell.text for cell in row] for row in after.rows] == [
        [cell.text for cell in row] for row in before.rows
    ]
    assert (after.title, after.number, after.money_unit) == ("支出决算表", "公开03表", "万元")


# ---- JSON ----


def test_the_grid_and_its_values_are_in_the_json_of_tables(
    document: Path, capsys: Captured
) -> None:
    assert run("tables", document, "--format", "json") == 0
    content = valid(capsys.readouterr().out, "tables")
    (table,) = content["tables"]
    assert (table["rows"], table["columns"], table["used"]) == (8, 8, True)
    loaded = load(document)
    for cell in table["cells"]:
        place = cell["location"]
        assert loaded.text[place["start"] : place["end"]] == cell["text"]
    value = next(each for each in table["values"] if each["row_name"].startswith("2012604"))
    assert (value["value"], value["unit"], value["figure"]["code"]) == ("18.50", "万元", "2012604")


def test_the_json_of_a_merged_table_lists_a_cell_once() -> None:
    content = valid(write_tables_json(made_document(MERGED), (), distrusted={0}), "tables")
    (table,) = content["tables"]
    assert table["used"] is False
    spans = [(each["text"], each["rows"], each["columns"]) for each in table["cells"]]
    assert spans[:2] == [("项目", 1, 2), ("本年支出", 1, 2)]
    assert len(spans) == 13


# ---- The command ----


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.csv", b"\xef\xbb\xbf"), ("a.XLSX", b"PK"), ("a.json", b"{"), ("a.txt", b"  1  ")],
)
def test_the_suffix_of_the_output_chooses_the_form(
    document: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    assert run("tables", document, "-o", tmp_path / name) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_form_that_is_said_goes_before_the_suffix(document: Path, tmp_path: Path) -> None:
    assert run("tables", document, "--format", "json", "-o", tmp_path / "a.csv") == 0
    valid((tmp_path / "a.csv").read_text(encoding="utf-8"), "tables")


def test_excel_needs_a_file(document: Path, capsys: Captured) -> None:
    assert run("tables", document, "--format", "xlsx") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "narrcheck: xlsx 要写入文件，请用 -o 指明，如：-o 表格.xlsx。\n"


def test_an_export_never_overwrites_what_is_read(
    apart: Path, document: Path, capsys: Captured
) -> None:
    link = document.with_name("link.xlsx")
    link.symlink_to(document)
    before = document.read_bytes(), apart.read_bytes()
    assert run("tables", document, "--format", "csv", "-o", document) == 2
    assert run("tables", document, "-o", link) == 2
    assert run("tables", document, "--tables", apart, "-o", apart) == 2
    assert run("text", document, "-o", document) == 2
    assert run("check", document, "--tables", apart, "-o", apart) == 2
    assert run("read", document, "--tables", apart, "-o", apart) == 2
    assert (document.read_bytes(), apart.read_bytes()) == before
    assert capsys.readouterr().err.count("换一个文件名") == 6


def test_a_workbook_that_cannot_be_written_is_one_line(
    document: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run("tables", document, "-o", tmp_path / "none" / "a.xlsx") == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_without_tables_there_is_nothing_to_export(
    narrative: Path, tmp_path: Path, form: str, capsys: Captured
) -> None:
    output = tmp_path / f"a.{form}"
    assert run("tables", narrative, "-o", output) == 2
    assert "没有读到表格" in capsys.readouterr().err
    assert not output.exists()
    assert run("tables", narrative) == 0
    assert "没有读到表格" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["tables", "text"])
def test_only_the_pages_of_a_pdf_can_be_drawn(
    command: str, document: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run(command, document, "--debug-pages", tmp_path / "pages") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"narrcheck: {document}：--debug-pages 只用于 PDF 文件。\n"
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize("command", ["tables", "text"])
def test_the_pages_of_a_pdf_are_drawn_into_a_new_folder(
    command: str, tmp_path: Path, capsys: Captured
) -> None:
    path, folder = tmp_path / "made.pdf", tmp_path / "new" / "pages"
    path.write_bytes(pdf(printed("一、收支情况", 90, 100), printed("二、其他情况", 90, 100)))
    before = path.read_bytes()
    assert run(command, path, "--debug-pages", folder) == 0
    assert len(list(folder.iterdir())) == 2
    assert f"已把 2 页画成图，存入 {folder}。" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run(command, path, "--debug-pages", path) == 2
    assert path.read_bytes() == before


# ---- Text ----


def test_the_text_of_a_file_stands_in_its_order_with_sections_and_tables(
    document: Path, capsys: Captured
) -> None:
    assert run("text", document) == 0
    path, about, _, *lines = capsys.readouterr().out.splitlines()
    assert (path, about) == (str(document), "决算 · 云溪县档案馆 · 2023年度")
    shown = [line.partition("行")[2].strip() for line in lines]
    assert shown == [
        "云溪县档案馆2023年度部门决算",
        "■ 第二部分",
        "■ 部门决算表",
        "表题｜支出决算表",
        "〔表 1：支出决算表，公开03表，单位：万元，8 行×8 列〕",
        "■ 第三部分",
        "■ 2023年度部门决算情况说明",
        "■ 一、支出决算情况说明",
        "2023年度支出合计58.70万元，其中：基本支出40.20万元，占68.5%；项目支出18.50万元，占31.5%。",
        "2023年度支出合计58.70万元，与上年相比，增加6.00万元，增长11.4%，主要原因是档案库房维修。",
    ]
    assert lines[0].startswith("第1行 ")


def test_a_paragraph_is_one_line_indented_by_its_section() -> None:
    text = "一、甲\n前半，\n后半。\n"
    first = Section("一、甲", 2, None, Where(0, 3, line=1))
    second = Section("（一）乙", 3, 0, Where(0, 3, line=1))
    made = made_document(
        text=text,
        line_starts=(0, 4, 8),
        page_starts=(),
        sections=(first, second),
        paragraphs=(
            Paragraph("一、甲", ((0, 0),), 0, "heading"),
            Paragraph("前半，后半。", ((0, 4), (3, 8)), 1),
        ),
        notices=("第2页是图片，没有读。",),
    )
    *head, one, other = write_loaded(made).splitlines()
    assert head == ["决算.pdf", "决算 · 云溪县档案馆 · 2023年度", "注意  第2页是图片，没有读。", ""]
    assert (one, other) == ("第1行  ■ 一、甲", "第2行      前半，后半。")


def test_what_was_recognised_with_little_confidence_is_marked() -> None:
    made = made_document(
        text="共12.0\n0万元。\n",
        page_starts=(),
        line_starts=(0, 6),
        paragraphs=(Paragraph("共12.00万元。", ((0, 0), (5, 6))),),
        doubtful=((1, 2), (4, 7)),
    )
    assert write_loaded(made).endswith("第1行  共〖1〗2.〖0〗〖0〗万元。\n")
    (paragraph,) = valid(write_loaded_json(made), "text")["paragraphs"]
    assert paragraph["doubtful"] == [[1, 2], [4, 5], [5, 6]]


def test_the_json_of_a_text_has_roles_sections_and_boxes(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(
        pdf("\n".join([printed("一、收支情况", 90, 100), printed("收入1万元。", 118, 130)]))
    )
    output = tmp_path / "made.json"
    assert run("text", path, "-o", output) == 0
    content = valid(output.read_text(encoding="utf-8"), "text")
    heading, body = content["paragraphs"]
    assert (heading["role"], body["role"], body["text"]) == ("heading", "body", "收入1万元。")
    assert body["location"]["section"] == "一、收支情况"
    assert body["location"]["page"] == 1
    ((x0, top, _, _),) = body["location"]["boxes"]
    assert (x0, top) == (118, pytest.approx(130, abs=4))


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, capsys: Captured) -> None:
    for command in ("text", "tables", "read"):
        assert run(command, tmp_path / "none.txt") == 2
        printed = capsys.readouterr()
        assert (printed.out, printed.err.count("\n")) == ("", 1)


# ---- Tables of a second file ----


def test_numbers_are_held_against_the_tables_of_a_second_file(
    narrative: Path, apart: Path, capsys: Captured
) -> None:
    alone, together = check_document(narrative), check_document(narrative, tables=apart)
    assert together.count(Status.AGREES) > alone.count(Status.AGREES)
    narrative.write_text(NARRATIVE.format(amount="18.60"), encoding="utf-8")
    assert run("check", narrative, "--tables", apart) == 1
    out = "".join(capsys.readouterr().out.split())
    assert "=18.50万元，表格.txt第" in out
    assert run("check", narrative, "--tables", apart, "--format", "json") == 1
    (report,) = json.loads(capsys.readouterr().out)["documents"]
    (finding,) = report["findings"]
    files = {
        each["kind"]: each["location"]["file"] for each in finding["evidence"] if "location" in each
    }
    assert files["table"] == str(apart)
    assert finding["location"]["file"] is None
    assert [table["file"] for table in report["tables"]] == [str(apart)]


def test_the_same_table_in_both_files_is_taken_once(document: Path, apart: Path) -> None:
    whole = load(document)
    assert with_tables_of(load(apart), whole).tables == whole.tables


def test_a_table_that_differs_is_kept_and_goes_first(document: Path, apart: Path) -> None:
    apart.write_text(TABLES.replace("58.70", "59.70"), encoding="utf-8")
    tables = with_tables_of(load(apart), load(document)).tables
    assert [table.where.file for table in tables] == [str(apart), ""]
    places = {cell.where.file for row in tables[0].rows for cell in row}
    assert places == {str(apart)}
    assert tables[0].section is None


def test_a_table_without_a_unit_has_that_of_its_own_file() -> None:
    grid = [["项目", "本年支出合计"], ["合计", "58.70"]]
    own = [made_table(grid, money_unit="万元", title=title) for title in ("甲表", "乙表", "丙表")]
    there = [made_table(grid, money_unit=unit) for unit in ("元", "")]
    both = with_tables_of(made_document(*there, path="表格.xlsx"), made_document(*own))
    values = read_tables(both, PATTERNS.tables)
    units = {value.table: value.quantity.unit.text for value in values}
    assert units == {0: "元", 1: "元", 2: "万元", 3: "万元", 4: "万元"}


@pytest.mark.parametrize(
    ("year", "kind", "said"),
    [(2023, "决算", False), (None, "", False), (2022, "决算", True), (2023, "预算", True)],
)
def test_tables_of_another_year_or_kind_are_told(year: int | None, kind: str, said: bool) -> None:
    second = made_document(MERGED, path="folder/表格.xlsx", year=year, kind=kind)
    notices = with_tables_of(second, made_document()).notices
    assert bool(notices) is said
    if said:
        about = f"{year}年度{kind}"
        assert notices == (
            f"表格.xlsx 是{about}的表格，而文字说的是2023年度决算，请确认没有拿错文件。",
        )


def test_what_could_not_be_read_of_a_second_file_is_told_with_its_name() -> None:
    second = made_document(path="表格.xlsx", notices=("第2页没有读。",))
    first = made_document(kind="", unit="", year=None, notices=("第1页没有读。",))
    both = with_tables_of(second, first)
    assert both.notices == (
        "第1页没有读。",
        "表格.xlsx：第2页没有读。",
        "表格.xlsx：没有读到表格。",
    )
    assert (both.kind, both.unit, both.year) == ("决算", "云溪县档案馆", 2023)


def test_notices_stand_where_a_person_and_a_program_see_them(
    narrative: Path, apart: Path, capsys: Captured
) -> None:
    apart.write_text(TABLES.replace("2023年", "2022年"), encoding="utf-8")
    notice = "表格.txt是2022年度决算的表格，而文字说的是2023年度决算，请确认没有拿错文件。"
    for command in ("check", "read", "tables"):
        run(command, narrative, "--tables", apart)
        out = "".join(capsys.readouterr().out.split())
        assert f"注意{notice}" in out
        run(command, narrative, "--tables", apart, "--format", "json")
        content = json.loads(capsys.readouterr().out)
        (report,) = content.get("documents", [content])
        assert ["".join(each.split()) for each in report["notices"]] == [notice]
    assert run("tables", narrative, "--tables", apart, "--format", "csv") == 0
    assert notice in "".join(capsys.readouterr().err.split())


def test_read_knows_the_subjects_of_a_second_file(
    narrative: Path, apart: Path, capsys: Captured
) -> None:
    said = "行政运行支出40.20万元。\n"
    narrative.write_text(NARRATIVE.format(amount="18.50") + said, encoding="utf-8")
    assert run("read", narrative) == 0
    assert "2012601" not in capsys.readouterr().out
    assert run("read", narrative, "--tables", apart) == 0
    assert "2012601" in capsys.readouterr().out


def test_the_file_of_a_table_is_named_in_the_listing() -> None:
    second = made_document(MERGED, path="folder/表\x1b格.pdf")
    both = with_tables_of(second, made_document())
    buffer = StringIO()
    write_tables(both, (), Console(file=buffer, width=100), values=False)
    assert "表格.pdf 第3页" in buffer.getvalue()


def _held_to_tables(report: DocumentReport) -> int:
    """How many statements were held against a cell of a table."""
    told = {
        identity
        for relation in report.relations
        if any(leaf.value is not None for leaf in relation.leaves)
        for identity in relation.claim_ids()
    }
    return len(told)


def test_amounts_published_apart_are_checked_on_real_documents(shared: Path) -> None:
    folder = shared / "documents"
    path = folder / "beijing-shenjiju-2026-yusuan-shuoming.pdf"
    alone = check_document(path)
    together = check_document(path, tables=folder / "beijing-shenjiju-2026-yusuan-biao.pdf")
    assert together.document.notices == ()
    assert not _held_to_tables(alone)
    assert _held_to_tables(together) >= 8
    assert together.count(Status.UNCHECKED) <= alone.count(Status.UNCHECKED)
    # One amount in the narrative is cut off instead of rounded; nothing else is wrong.
    (finding,) = together.findings
    assert (finding.code, finding.severity.value) == ("NC101", "warning")
    (evidence,) = finding.evidence
    assert evidence.where is not None
    assert evidence.where.file == str(folder / "beijing-shenjiju-2026-yusuan-biao.pdf")
    expected = Decimal(str(finding.expected).removesuffix("万元"))
    assert expected == round(Decimal(evidence.value), 2)
