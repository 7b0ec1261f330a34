"""The two views of a report, on reports made by hand."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console
from rich.text import Text

from narrcheck.claims.claim import Claim, Kind, NoClaim, Reading, Unread
from narrcheck.document import Cell, Document, Section, Table, Where
from narrcheck.figure import Figure, TableValue
from narrcheck.findings import DocumentReport, Evidence, Finding, Report, Severity, Status
from narrcheck.quantity import Dimension, Quantity, Unit
from narrcheck.report.json import write_json
from narrcheck.report.lines import columns, place, plain, wrap
from narrcheck.report.listing import write_tables
from narrcheck.report.text import write_text

SCHEMA = Path(__file__).parent.parent / "docs" / "schema" / "narrcheck-1.json"
WAN = Unit("万元", Dimension.MONEY, Fraction(10000))
PERCENT = Unit("%", Dimension.PERCENT, Fraction(1, 100))

SENTENCE = (
    "年初预算为52.4万元，支出决算为53.1万元，完成年初预算的103.1%，决算数大于年初预算数的主要原因是："
    "年中追加[red]专项[/red]经费（详见附件），其中设备购置费用于更新档案库房恒温恒湿设备。"
)
SHARES = "基本支出310.20万元，占100.0%；项目支出97.55万元，占100.0%。"
TEXT = f"五、支出决算情况\n{SENTENCE}\n三、支出构成\n{SHARES}\n另有12.3.4项。\n"
FIGURE = Figure("一般行政管理事务", "决算数", 2023, "一般公共预算", "2012602")


def _place(words: str, *, nth: int = 1, page: int | None = None) -> Where:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    line = None if page else TEXT.count("\n", 0, start) + 1
    return Where(start, start + len(words), line, page)


def _document() -> Document:
    heading = Section("五、支出决算情况", 2, None, _place("五、支出决算情况"))
    cells = tuple(Cell(text, Where(0, 0)) for text in ("一般行政管理事务", "53.10"))
    table = Table("支出决算表", "公开03表", "万元", (cells,), Where(0, 0, line=1))
    return Document(
        path="档案馆2023年度决算.txt",
        sha256="0" * 64,
        kind="决算",
        unit="云溪县档案馆",
        year=2023,
        text=TEXT,
        line_starts=(0,),
        page_starts=(),
        sections=(heading,),
        paragraphs=(),
        tables=(table,),
    )


COMPLETION = Finding(
    code="NC202",
    rule="completion-matches-budget",
    severity=Severity.ERROR,
    message="完成年初预算的103.1%，按53.10÷52.4应为101.3%。",
    text="103.1%",
    sentence=SENTENCE,
    where=_place("103.1%"),
    section=("第三部分 2023年度部门决算情况说明", "五、支出决算情况"),
    claim="c3",
    claimed="103.1%",
    expected="101.3%",
    diagnosis="数字错位：101.3% 写成了 103.1%。",
    suggestion="101.3%",
    evidence=(
        Evidence(
            "table",
            where=Where(5, 9, line=2),
            table="一般公共预算财政拨款支出决算表",
            number="公开05表",
            row="2012602 一般行政管理事务",
            column="本年支出 / 小计",
            value="53.10",
            unit="万元",
        ),
        Evidence("text", "年初预算为52.4万元", _place("年初预算为52.4万元")),
        Evidence("formula", "53.10 ÷ 52.4 = 101.34%（101.23%～101.44%）"),
    ),
    fingerprint="a1b2",
)
SHARE = Finding(
    code="NC203",
    rule="share-matches-whole",
    severity=Severity.WARNING,
    message="占100.0%，按97.55÷407.75应为23.9%。",
    text="100.0%",
    sentence=SHARES,
    where=_place("100.0%", nth=2),
    section=("三、支出构成",),
    claimed="100.0%",
    expected="23.9%",
    fingerprint="c3d4",
)


def _claim(number: int, **changes: Any) -> Claim:
    quantity = Quantity("103.1%", Decimal("103.1"), PERCENT, 1)
    claim = Claim(
        id=f"c{number}",
        kind=Kind.COMPLETION,
        text="103.1%",
        sentence=SENTENCE,
        where=_place("103.1%"),
        paragraph=0,
        section=("第三部分", "五、支出决算情况"),
        quantity=quantity,
        figure=FIGURE,
        base=replace(FIGURE, measure="年初预算数"),
    )
    return replace(claim, **changes)


def _report(*findings: Finding, unread: int = 1) -> DocumentReport:
    claims = (_claim(1), _claim(2, quantity=None, figure=None, base=None), _claim(3), _claim(4))
    value = Quantity("53.10", Decimal("53.10"), WAN, 2)
    return DocumentReport(
        document=_document(),
        table_values=(
            TableValue(0, 0, 1, "2012602 一般行政管理事务", "小计", value, Where(0, 0), FIGURE),
            TableValue(0, 0, 1, "合计", "小计", value, Where(0, 0)),
        ),
        reading=Reading(
            claims,
            (NoClaim("2023", Where(0, 4, line=1), "年份"),),
            (Unread("12.3.4", "另有12.3.4项。", _place("12.3.4")),) * unread,
        ),
        statuses={
            "c1": Status.AGREES,
            "c2": Status.UNCHECKED,
            "c3": Status.DISAGREES,
            "c4": Status.UNCHECKED,
        },
        reasons={"c2": "no-evidence", "c4": "zero-base"},
        findings=findings,
        seconds=0.12345,
    )


def _text(report: DocumentReport, *, width: int = 80, colour: bool = False, hidden: int = 0) -> str:
    buffer = StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
    )
    write_text(Report((report,)), console, hidden=hidden)
    return buffer.getvalue()


def _joined(text: str) -> str:
    """Printed text without its line breaks and spaces."""
    return "".join(text.split())


def test_a_finding_shows_both_sides_and_how_to_recompute_it() -> None:
    text = _joined(_text(_report(COMPLETION)))
    for part in (
        "第三部分2023年度部门决算情况说明/五、支出决算情况",
        "×错误NC202completion-matches-budget第2行",
        "完成年初预算的【103.1%】，决算数",
        "原文103.1%→应为101.3%",
        "完成年初预算的103.1%，按53.10÷52.4应为101.3%。",
        "成因数字错位",
        "《一般公共预算财政拨款支出决算表》（公开05表）2012602一般行政管理事务·本年支出/小计=53.10万元，第2行",
        "“年初预算为52.4万元”，第2行",
        "53.10÷52.4=101.34%（101.23%～101.44%）",
    ):
        assert part in text


def test_markup_in_a_document_is_text() -> None:
    assert "年中追加[red]专项[/red]经费" in _joined(_text(_report(COMPLETION)))


def test_words_at_fault_are_underlined_in_colour_and_bracketed_without() -> None:
    coloured, bare = _text(_report(COMPLETION), colour=True), _text(_report(COMPLETION))
    assert re.search(r"\x1b\[[\d;]*\b4\b[\d;]*m103\.1%", coloured)
    assert "【" not in coloured
    assert "【103.1%】" in bare
    assert "\x1b" not in bare


def test_the_second_of_two_equal_numbers_is_marked_when_it_is_the_one_at_fault() -> None:
    text = _joined(_text(_report(SHARE)))
    assert "占100.0%；项目支出97.55万元，占【100.0%】。" in text


def test_findings_stand_in_document_order_under_their_sections() -> None:
    text = _text(_report(SHARE, COMPLETION))
    assert text.index("五、支出决算情况") < text.index("NC202") < text.index("三、支出构成")
    assert text.index("三、支出构成") < text.index("NC203")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for line in _text(_report(COMPLETION, SHARE), width=width).splitlines():
        assert columns(line) <= width, line


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    evil = "占\x1b]0;标题\x07\x1b[2J100.0%\u202e\x9b1m\u2028"
    hostile = replace(
        SHARE,
        sentence=evil,
        text=evil,
        claimed=evil,
        expected=evil,
        message=evil,
        diagnosis=evil,
        suggestion=f"{evil}元",
        section=(evil,),
        evidence=(Evidence("text", evil), Evidence("table", table=evil, row=evil, value=evil)),
    )
    report = _report(hostile)
    unread = Unread(evil, evil, Where(0, 1, line=1))
    report = replace(
        report,
        reading=replace(report.reading, unread=(unread,)),
        document=replace(report.document, path=evil, unit=evil, kind=evil),
        reasons={"c2": evil},
    )
    text = _text(report)
    assert not [each for each in text if each != "\n" and plain(each) == ""]


def test_no_findings_is_said_together_with_what_was_checked() -> None:
    text = _joined(_text(_report()))
    assert "未发现问题：4条陈述中1条核对相符；2条未核对，1个数字未读懂。" in text


def test_no_findings_of_nothing_checked_is_no_clean_bill() -> None:
    report = replace(_report(), statuses=dict.fromkeys(("c1", "c2", "c3", "c4"), Status.UNCHECKED))
    assert "没有一条陈述得到核对" in _joined(_text(report))


def test_left_out_findings_are_said() -> None:
    text = _joined(_text(_report(), hidden=3))
    assert "所选规则未发现问题" in text
    assert "未列出3条" in text


def test_counts_add_up_and_unchecked_reasons_are_told() -> None:
    text = _joined(_text(_report(COMPLETION, SHARE)))
    assert "数字5个：陈述中3·非陈述（日期、序号等）1·未读懂1" in text
    assert "陈述4条：相符1·不符1·书写有误0·未核对2" in text
    assert "表格1张，值2个" in text
    assert "发现2条：错误1·警告1·提示0" in text
    assert "文中没有可对照的数据1" in text
    assert "基数为零，比率无从算起1" in text


def test_at_most_twenty_unread_numbers_are_listed() -> None:
    text = _text(_report(unread=23))
    assert text.count("【12.3.4】") == 20
    assert "另有 3 个" in text


def test_a_long_sentence_is_cut_down_to_what_surrounds_the_fault() -> None:
    sentence = "甲" * 900 + "103.1%" + "乙" * 900
    text = _joined(_text(_report(replace(COMPLETION, sentence=sentence))))
    assert "甲【103.1%】乙" in text
    assert text.count("甲") < 200
    assert text.count("…") == 2


def test_notices_stand_under_the_head_and_reach_programs() -> None:
    report = _report(COMPLETION)
    notice = "第3页是图片，由文字识别读入\x1b，请核对原件。"
    report = replace(report, document=replace(report.document, notices=(notice,)))
    text = _joined(_text(report))
    assert "云溪县档案馆·2023年度注意第3页是图片，由文字识别读入，请核对原件。第三部分" in text
    content = json.loads(write_json(Report((report,))))
    jsonschema.Draft202012Validator(_schema()).validate(content)
    assert content["documents"][0]["notices"] == [notice]


def test_evidence_in_a_second_file_names_it_before_the_page() -> None:
    table = replace(COMPLETION.evidence[0], where=Where(5, 9, page=12, file="年度/表格.pdf"))
    finding = replace(COMPLETION, evidence=(table,))
    assert "=53.10万元，表格.pdf第12页" in _joined(_text(_report(finding)))
    assert _json(finding)["documents"][0]["findings"][0]["evidence"][0]["location"]["file"] == (
        "年度/表格.pdf"
    )


def test_a_file_without_pages_and_lines_is_named_alone() -> None:
    assert place(Where(0, 1, file="年度/表格.xlsx")) == "表格.xlsx"
    assert place(Where(0, 1, line=3)) == "第3行"
    assert place(None) == ""


def test_a_finding_in_a_second_file_comes_last() -> None:
    there = replace(SHARE, where=Where(0, 4, page=1, file="表格.pdf"), section=("表格",))
    text = _text(_report(there, COMPLETION))
    assert text.index("NC202") < text.index("NC203")
    assert "表格.pdf 第1页" in text


def test_the_pages_of_a_paged_document_are_named() -> None:
    paged = replace(COMPLETION, where=_place("103.1%", page=21))
    assert "第21页" in _text(_report(paged))


@pytest.mark.parametrize("width", range(4, 60))
def test_wrapping_loses_no_character_and_begins_no_line_with_a_closing_mark(width: int) -> None:
    lines = wrap(Text(SENTENCE), width)
    assert "".join(line.plain for line in lines) == SENTENCE
    assert all(columns(line.plain) <= width for line in lines)
    if width >= 16:  # room for the longest of what must stay together
        assert not [line for line in lines if line.plain[0] in "，。；：）”%"]
        assert not [line for line in lines if line.plain[-1] in "（“"]
        assert any("103.1%" in line.plain for line in lines)


def test_an_empty_text_is_one_empty_line() -> None:
    assert [line.plain for line in wrap(Text(""), 80)] == [""]


def test_tables_are_listed_with_what_is_known_of_them() -> None:
    report = _report()
    buffer = StringIO()
    console = Console(file=buffer, width=80, color_system=None)
    write_tables(report.document, report.table_values, console, values=True)
    text = _joined(buffer.getvalue())
    assert "1支出决算表（公开03表）单位：万元第1行1行×2列值2个认得1个" in text
    assert "2012602一般行政管理事务·小计=53.10[" in text
    assert "合计·小计=53.10" in text


# --- JSON ---------------------------------------------------------------------------------------


def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema


def _json(*findings: Finding) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(write_json(Report((_report(*findings),))))
    return content


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(_schema())


def test_the_json_fits_its_schema() -> None:
    validator = jsonschema.Draft202012Validator(_schema())
    validator.validate(_json(COMPLETION, SHARE))
    validator.validate(_json())
    validator.validate(json.loads(write_json(Report(()))))


def _objects(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [each for part in schema for each in _objects(part)]
    if not isinstance(schema, dict):
        return []
    inner = [each for part in schema.values() for each in _objects(part)]
    return [schema, *inner] if schema.get("type") == "object" else inner


def test_the_schema_is_strict_everywhere() -> None:
    for each in _objects(_schema()):
        assert each["additionalProperties"] is False
        assert set(each["required"]) == set(each["properties"])


def test_a_finding_keeps_every_key_of_the_design() -> None:
    (finding,) = _json(COMPLETION)["documents"][0]["findings"]
    assert finding["code"] == "NC202"
    assert finding["rule"] == "completion-matches-budget"
    assert finding["severity"] == "error"
    assert finding["location"]["section"] == "第三部分 2023年度部门决算情况说明/五、支出决算情况"
    assert finding["location"]["line"] == 2
    assert finding["location"]["page"] is None
    assert finding["location"]["file"] is None
    assert finding["fingerprint"] == "a1b2"
    table, text, formula = finding["evidence"]
    assert (table["row"], table["value"], table["unit"]) == (
        "2012602 一般行政管理事务",
        "53.10",
        "万元",
    )
    assert text["location"]["line"] == 2
    assert formula == {"kind": "formula", "text": "53.10 ÷ 52.4 = 101.34%（101.23%～101.44%）"}


def test_a_claim_says_what_it_is_about_and_why_it_is_unchecked() -> None:
    claims = _json()["documents"][0]["claims"]
    first, second = claims[0], claims[1]
    assert (first["item"], first["code"], first["measure"]) == (
        "一般行政管理事务",
        "2012602",
        "决算数",
    )
    assert (first["value"], first["unit"]) == ("103.1", "%")
    assert (first["status"], first["reason"]) == ("agrees", None)
    assert (second["item"], second["status"], second["reason"]) == (
        None,
        "unchecked",
        "no-evidence",
    )


def test_the_summary_counts_every_number_once() -> None:
    summary = _json(COMPLETION)["documents"][0]["summary"]
    assert summary == {
        "numbers": 5,
        "claims": 4,
        "agrees": 1,
        "disagrees": 1,
        "malformed": 0,
        "unchecked": 2,
        "no_claims": 1,
        "unread": 1,
        "tables": 1,
        "values": 2,
        "errors": 1,
        "warnings": 0,
        "infos": 0,
        "seconds": 0.123,
    }


def test_tables_tell_how_many_values_were_read() -> None:
    (table,) = _json()["documents"][0]["tables"]
    assert (table["title"], table["values"], table["known"]) == ("支出决算表", 2, 1)


def test_the_same_report_gives_the_same_json_in_readable_chinese() -> None:
    one, other = (write_json(Report((_report(COMPLETION),))) for _ in range(2))
    assert one == other
    assert "一般行政管理事务" in one
