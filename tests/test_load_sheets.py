"""Workbooks: what a sheet shows, its tables and captions, what is hidden, and what is refused."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from made.sheets import workbook
from made.web import narrative
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from narrcheck.check import check
from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.findings import DocumentReport
from narrcheck.load import load
from narrcheck.load.sheets.number_format import shown_date, shown_number, shown_text
from narrcheck.load.sheets.xls import load_xls
from narrcheck.load.sheets.xlsx import load_xlsx

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
OPEN_XML = "http://schemas.openxmlformats.org"
OWNER = "部门：青禾县水利站"

Rows = Iterable[Iterable[str | float | None]]


def book(*sheets: tuple[str, Rows], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of sheets with a name and rows; ``change`` is done to it before it is saved."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, column, value)
    if change:
        change(made)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def sheet_of(made: Workbook) -> Worksheet:
    return made.worksheets[0]


def read(data: bytes) -> Document:
    return load_xlsx("made.xlsx", "0" * 64, data)


def rows_of(document: Document, index: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[index].rows]


def lines_of(document: Document, role: str = "body") -> list[str]:
    return [each.text for each in document.paragraphs if each.role == role]


def with_shared_strings(data: bytes) -> bytes:
    """The package with its texts in a part of their own, as Excel and WPS write them."""
    texts: list[str] = []

    def share(match: re.Match[str]) -> str:
        texts.append(f"<si>{match[2]}</si>")
        return f'<c {match[1]} t="s"><v>{len(texts) - 1}</v></c>'

    inline = re.compile(r'<c ([^>]*?) t="inlineStr"><is>(.*?)</is></c>')
    data = with_part(data, "xl/worksheets/sheet1.xml", lambda xml: inline.sub(share, xml))
    if not texts:
        return data
    kind = "officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rId99" Type="{OPEN_XML}/{kind}" Target="sharedStrings.xml"/>'
    override = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    )
    for part, end, more in (
        ("xl/_rels/workbook.xml.rels", "</Relationships>", relation),
        ("[Content_Types].xml", "</Types>", override),
    ):
        data = with_part(data, part, lambda xml, end=end, more=more: xml.replace(end, more + end))  # type: ignore[misc]
    result = io.BytesIO(data)
    with zipfile.ZipFile(result, "a") as package:
        main = f"{OPEN_XML}/spreadsheetml/2006/main"
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{"".join(texts)}</sst>')
    return result.getvalue()


def with_part(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The package with one of its parts changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return result.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("0.285", "0.00", "0.29"),
        ("-0.285", "0.00", "-0.29"),
        ("1.005", "0.00", "1.01"),
        ("8.344999999999999", "0.00", "8.35"),
        ("12.344999999", "0.00", "12.34"),
        ("0", "0.00", "0.00"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("1234.5", "#,##0.00_);(#,##0.00)", "1,234.50"),
        ("-5", "0.00_);[Red]\\(0.00\\)", "(5.00)"),
        ("-5", "0.00_);[Red]0.00", "-5.00"),
        ("-5", "0.00_);[红色]0.00", "-5.00"),
        ("-5", '0.00;"△"0.00', "△5.00"),
        ("0", ACCOUNTING, "-"),
        ("-8.5", ACCOUNTING, "-8.50"),
        ("1008.5", ACCOUNTING, "1,008.50"),
        ("0", "#,##0.00;-#,##0.00;", ""),
        ("0", "#,##0.00;-#,##0.00;;@", ""),
        ("3", ";;;", ""),
        ("0.03456", "0.00%", "3.46%"),
        ("0.5", "0%", "50%"),
        ("1234567", "#,##0.00,", "1,234.57"),
        ("12345678", "0!.0,", "1234.6"),
        ("123456.78", "0!.0000", "12.3457"),
        ("31.5", '0.00"万元"', "31.50万元"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("7", "000", "007"),
        ("1.5", "0.0#", "1.5"),
        ("0.5", "#.##", ".5"),
        ("12", "?0.0?", "12.0"),
        ("5", "[>=10]0.0;0.00", "5.00"),
        ("15", "[>=10]0.0;0.00", "15.0"),
        ("0.30000000000000004", "General", "0.3"),
        ("878.81", "General", "878.81"),
        ("0.123456789123", "General", "0.123456789"),
        ("123456789012", "General", "123456789012"),
        ("1234567890.126", "General", "1234567890"),
        ("2010301", "@", "2010301"),
        ("31", 'G/通用格式"人"', "31人"),
        ("12345.5", "0.00E+00", "12345.5"),
        ("0.5", "# ?/?", "0.5"),
        ("1e300", "0.0", "1" + "0" * 300 + ".0"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: str, code: str, shown: str) -> None:
    assert shown_number(Decimal(value), code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (datetime(2031, 3, 5), "mm-dd-yy", "2031/3/5"),
        (datetime(2031, 3, 5), 'yyyy"年"m"月"d"日";@', "2031年3月5日"),
        (datetime(2031, 3, 5), 'yyyy"年"m"月";@', "2031年3月"),
        (datetime(2031, 3, 5), "[$-F800]dddd, mmmm dd, yyyy", "2031年3月5日"),
        (datetime(2031, 3, 5, 14, 7), "yyyy\\-mm\\-dd hh:mm", "2031-03-05 14:07"),
        (datetime(2031, 3, 5, 14, 7, 9), "mm:ss", "07:09"),
        (time(14, 7), "h:mm AM/PM", "2:07 PM"),
        (date(2031, 3, 5), "[$-804]aaaa", "星期三"),
    ],
)
def test_a_date_is_shown_as_its_format_says(value: datetime, code: str, shown: str) -> None:
    assert shown_date(value, code) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [("General", "甲"), ("0.00", "甲"), (ACCOUNTING, "甲"), ('@"局"', "甲局"), (";;;", "")],
)
def test_a_text_is_shown_as_its_format_says(code: str, shown: str) -> None:
    assert shown_text("甲", code) == shown


INCOME: list[list[str | float | None]] = [
    [None, None, None, "公开02表"],
    ["收入决算表"],
    [OWNER, None, None, "金额单位：万元"],
    ["项目", None, "本年收入\n合计", "其他收入"],
    ["科目代码", "科目名称"],
    ["合计", None, 61.5, 0],
    [213, "农林水支出", 61.499, 0],
    [],
    ["注：1. 本表反映收入。"],
    ["2. 可能有尾差。"],
]


def formatted(made: Workbook) -> None:
    sheet = sheet_of(made)
    sheet.merge_cells("A2:D2")
    sheet.merge_cells("A4:B4")
    sheet.merge_cells("C4:C5")
    sheet.merge_cells("D4:D5")
    for row in sheet["C6:D7"]:
        for cell in row:
            cell.number_format = ACCOUNTING


def test_a_sheet_is_a_table_with_its_caption_and_notes() -> None:
    document = read(book(("Z02", INCOME), change=formatted))
    (table,) = document.tables
    assert (table.title, table.number, table.money_unit) == ("收入决算表", "公开02表", "万元")
    assert rows_of(document) == [
        ["项目", "项目", "本年收入合计", "其他收入"],
        ["科目代码", "科目名称", "本年收入合计", "其他收入"],
        ["合计", "", "61.50", "-"],
        ["213", "农林水支出", "61.50", "-"],
    ]
    assert table.notes == ("注：1. 本表反映收入。", "2. 可能有尾差。")
    assert document.unit == "青禾县水利站"
    for cell in (cell for row in table.rows for cell in row):
        assert document.text[cell.where.start : cell.where.end] == cell.text


def test_the_name_of_a_sheet_is_the_title_where_the_cells_have_none() -> None:
    rows: Rows = [["单位：元"], ["项目", "金额"], ["合计", 3]]
    document = read(book(("附表3 项目支出表", rows), ("Sheet2", list(rows)[1:])))
    first, second = document.tables
    assert (first.title, first.number, first.money_unit) == ("项目支出表", "附表3", "元")
    assert second.title == "Sheet2"


def test_sheets_with_one_title_stay_two_tables() -> None:
    rows: Rows = [["支出决算表"], ["项目", "金额"], ["合计", 3]]
    document = read(book(("本级", rows), ("汇总", rows)))
    assert [table.title for table in document.tables] == ["支出决算表"] * 2


def test_tables_one_over_the_other_are_parted_by_their_captions() -> None:
    rows: Rows = [
        ["甲情况表"],
        ["单位：元"],
        ["项目", "金额"],
        ["一、人员", 1],
        [],
        ["二、公用", 2],
        ["附表2"],
        ["乙情况表"],
        ["单位：万元"],
        ["项目", "金额"],
        ["丙", 3],
        ["注：无。"],
        ["丁情况表"],
        ["项目", "金额"],
        ["戊", 4],
    ]
    document = read(book(("一", rows)))
    assert [(each.title, each.money_unit, len(each.rows)) for each in document.tables] == [
        ("甲情况表", "元", 3),
        ("乙情况表", "万元", 2),
        ("丁情况表", "", 2),
    ]
    assert document.tables[1].notes == ("注：无。",)


def test_a_row_with_only_a_name_stays_in_its_table() -> None:
    rows: Rows = [
        ["收支表"],
        ["项目", "金额"],
        ["人员经费"],
        ["基本工资", 1],
        ["公用经费"],
        ["水费", 2],
    ]
    assert [row[0] for row in rows_of(read(book(("一", rows))))] == [
        "项目",
        "人员经费",
        "基本工资",
        "公用经费",
        "水费",
    ]


def test_text_in_cells_is_lines() -> None:
    cover: Rows = [["2031年度"], ["青禾县水利站部门决算"]]
    contents: Rows = [["目  录"], [1, "收入决算表"], [2, "支出决算表"]]
    story: Rows = [["一、收入情况\n本年收入61.50万元。\n　　比上年增加1.20万元。"]]
    document = read(book(("封面", cover), ("目录", contents), ("说明", story)))
    assert document.tables == ()
    assert (document.kind, document.year, document.unit) == ("决算", 2031, "青禾县水利站")
    assert [each.text for each in document.contents][:1] == ["1 收入决算表"]
    assert "本年收入61.50万元。" in lines_of(document)
    assert lines_of(document)[-1] == "比上年增加1.20万元。"


def test_hidden_sheets_rows_and_columns_are_left_out_and_named() -> None:
    def hide(made: Workbook) -> None:
        sheet = sheet_of(made)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("A1:C1")
        made.worksheets[1].sheet_state = "hidden"
        made.worksheets[2].sheet_state = "veryHidden"

    rows: Rows = [["收支"], ["项目", "公式", "金额"], ["甲", 1, 2], ["乙", 3, 4]]
    document = read(book(("收支表", rows), ("底稿", rows), ("代码", rows), change=hide))
    assert rows_of(document) == [["项目", "金额"], ["乙", "4"]]
    assert document.notices == (
        "工作表“底稿”、“代码”是隐藏的，没有检查。",
        "工作表“收支表”有 1 行、1 列是隐藏的，没有检查；需要检查请取消隐藏。",
    )


def test_zeros_are_not_shown_where_the_sheet_does_not_show_them() -> None:
    def no_zeros(made: Workbook) -> None:
        sheet_of(made).sheet_view.showZeros = False

    rows: Rows = [["项目", "金额"], ["甲", 0]]
    assert rows_of(read(book(("一", rows), change=no_zeros)))[1] == ["甲", ""]


def test_formulas_without_a_saved_value_are_named() -> None:
    rows: Rows = [["项目", "金额"], ["甲", 1.5], ["合计", "=SUM(B2:B2)"]]
    document = read(book(("收支表", rows)))
    assert rows_of(document)[-1] == ["合计", ""]
    assert document.notices == (
        "工作表“收支表”有 1 个公式没有保存计算结果，按空白读取；"
        "请在 Excel 或 WPS 中打开并保存后再检查。",
    )


EMPTY = re.compile(r"<v\s*/>")


def test_formulas_are_read_with_the_value_that_was_saved() -> None:
    rows: Rows = [["项目", "金额"], ["甲", "=1+1"], ["乙", "=1/0"], ["丙", '=""']]
    data = book(("收支表", rows))
    data = with_part(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: (
            EMPTY.sub("<v></v>", xml)
            .replace("<f>1+1</f><v>", "<f>1+1</f><v>2.50")
            .replace('<c r="B3"><f>1/0</f><v>', '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!')
            .replace('<c r="B4">', '<c r="B4" t="str">')
        ),
    )
    document = read(data)
    assert [row[1] for row in rows_of(document)] == ["金额", "2.5", "#DIV/0!", ""]
    assert document.notices == ("工作表“收支表”的单元格 B3（#DIV/0!）是错误值。",)


def test_cells_far_away_cost_nothing_but_themselves() -> None:
    def far(made: Workbook) -> None:
        sheet = sheet_of(made)
        sheet["XFD1048576"].number_format = "0.00"
        sheet["C1048576"] = "注：很远。"

    document = read(book(("收支表", [["项目", "金额"], ["甲", 1]]), change=far))
    assert rows_of(document) == [["项目", "金额"], ["甲", "1"]]
    assert document.tables[0].notes == ("注：很远。",)


def test_a_format_that_the_library_refuses_does_not_stop_reading() -> None:
    data = with_part(
        book(("收支表", [["项目", "金额"], ["甲", 1.25]])),
        "xl/styles.xml",
        lambda xml: (
            xml.replace("<patternFill", '<patternFill patternType="nonsense"', 1)
            .replace('patternType="nonsense" patternType="none"', 'patternType="nonsense"')
            .replace('patternType="nonsense" />', 'patternType="nonsense"/>')
        ),
    )
    document = read(data)
    assert rows_of(document)[1] == ["甲", "1.25"]
    assert "按保存的数值读取" in document.notices[-1]


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
FETCHED = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declaration", [BOMB, FETCHED], ids=["many laughs", "a file"])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]
)
def test_entities_are_neither_expanded_nor_fetched(part: str, declaration: str) -> None:
    def declare(xml: str) -> str:
        body = xml.partition("?>")[2] if xml.startswith("<?xml") else xml
        return declaration + body.replace("甲", "&a9;")

    data = with_shared_strings(book(("收支表", [["项目", "金额"], ["甲", 1]])))
    assert rows_of(read(data)) == [["项目", "金额"], ["甲", "1"]]
    with pytest.raises(DocumentError, match="DOCTYPE"):
        read(with_part(data, part, declare))


def test_far_too_many_cells_are_refused_before_they_are_read() -> None:
    data = with_part(
        book(("收支表", [["项目", "金额"], ["甲", 1]])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            "</sheetData>",
            '</sheetData><mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>',
        ),
    )
    with pytest.raises(DocumentError, match="单元格过多"):
        read(data)


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def ods(rows: int, columns: int) -> bytes:
    """An .ods whose only number is said to stand in so many rows and columns."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="一"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float"'
        ' office:value="1.5"><text:p>1.5</text:p></table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", content)
    return data.getvalue()


def test_repeated_cells_are_read_as_far_as_a_table_may_reach() -> None:
    document = load_xls("made.ods", "0" * 64, ods(3, 2))
    assert rows_of(document) == [["1.5", "1.5"]] * 3
    with pytest.raises(DocumentError, match="单元格过多"):
        load_xls("made.ods", "0" * 64, ods(1_048_576, 16_384))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "data", "remedy"),
    [
        ("a.xlsx", book(("一", [])), "没有文字和数字"),
        ("a.xlsx", book(("收支表", [["项目", "金额"], ["甲", 1]]))[:900], "重新保存"),
        ("a.xlsx", b"plain text", "重新保存"),
        ("a.xls", OLE, "另存为 .xlsx"),
        ("a.et", OLE, "另存为 .xlsx"),
        ("a.ods", b"PK\x03\x04 nothing", "重新保存"),
        (
            "a.xls",
            b'<?xml version="1.0"?>\n'
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
            "另存为 .xlsx",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes, remedy: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert remedy in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_goes_about_as_xls_is_read_as_what_it_is() -> None:
    rows: Rows = [["项目", "金额"], ["甲", "1.25"]]
    page = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>甲</td><td>1.25</td></tr></table>"
    tabs = "部门支出表\n项目\t金额\n甲\t1.25\n"
    for data in (book(("支出表", rows)), page.encode("gb18030"), tabs.encode("gb18030")):
        assert rows_of(load_xls("made.xls", "0" * 64, data)) == rows


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_older_spreadsheets_are_read_alike(tmp_path: Path, suffix: str) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not installed")

    def change(made: Workbook) -> None:
        formatted(made)
        made.worksheets[1].sheet_state = "hidden"

    (tmp_path / "a.xlsx").write_bytes(book(("收入", INCOME), ("底稿", [["x", 1]]), change=change))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", suffix, "a.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    document = load(tmp_path / f"a.{suffix}")
    (table,) = document.tables
    assert (table.title, table.number, table.money_unit) == ("收入决算表", "公开02表", "万元")
    assert rows_of(document)[-1] == ["213", "农林水支出", "61.499", "0"]
    if suffix == "xls":
        assert rows_of(document)[1] == ["科目代码", "科目名称", "本年收入合计", "其他收入"]
    assert table.notes == ("注：1. 本表反映收入。", "2. 可能有尾差。")
    assert document.notices[0] == "工作表“底稿”是隐藏的，没有检查。"


def findings_of(report: DocumentReport) -> list[tuple[str, str, str]]:
    return sorted((each.code, each.text, each.message) for each in report.findings)


@pytest.mark.parametrize("name", ["决算.txt", "决算-有误.txt"])
def test_a_narrative_with_its_tables_in_a_workbook_is_judged_as_the_whole(
    root: Path, tmp_path: Path, name: str
) -> None:
    whole = check(root / "corpus" / "hunan-2023" / name)
    (tmp_path / "text.txt").write_text(narrative(whole.document), encoding="utf-8")
    (tmp_path / "tables.xlsx").write_bytes(workbook(whole.document))
    parted = check(tmp_path / "text.txt", tables=tmp_path / "tables.xlsx")
    assert findings_of(parted) == findings_of(whole)
    assert [
        (each.row_name, each.column_name, each.quantity.value, each.figure)
        for each in parted.table_values
    ] == [
        (each.row_name, each.column_name, each.quantity.value, each.figure)
        for each in whole.table_values
    ]
