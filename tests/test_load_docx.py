"""Word files: text as Word shows it, numbers, tables, places in the markup, what is refused."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from lxml import etree
from made.word import (
    NAMESPACES,
    REL,
    W,
    cell,
    paragraph,
    row,
    run,
    table,
    word_document,
    word_file,
)

from narrcheck.check import check
from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.findings import DocumentReport
from narrcheck.load import load
from narrcheck.load.docx.counting import written
from narrcheck.load.docx.read import load_docx
from narrcheck.load.packages import refuse_bomb


def read(body: str, **more: object) -> Document:
    return load_docx("made.docx", "0" * 64, word_file(body, **more))  # type: ignore[arg-type]


def lines(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs]


def rows(document: Document, index: int = 0) -> list[list[str]]:
    return [[each.text for each in cells] for cells in document.tables[index].rows]


def assert_sources_hold(document: Document, data: bytes) -> None:
    """Each character that has a place in the markup stands at that place."""
    nodes: dict[str, list[str]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in {each.part for each in document.sources}:
            root = etree.fromstring(package.read(part))
            nodes[part] = [node.text or "" for node in root.iter(f"{{{W}}}t")]
    end = 0
    for source in document.sources:
        assert end <= source.start < source.end
        end = source.end
        size = source.end - source.start
        there = nodes[source.part][source.node][source.offset : source.offset + size]
        assert there == document.text[source.start : source.end]


def sourced(document: Document) -> str:
    """The characters that have a place in the markup."""
    return "".join(document.text[each.start : each.end] for each in document.sources)


def inserted(content: str) -> str:
    return f'<w:ins w:id="1" w:author="某">{content}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="某"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def drawing(inside: str, width: int = 0) -> str:
    extent = f'<wp:extent cx="{width}" cy="100"/>'
    return f"<w:r><w:drawing><wp:inline>{extent}{inside}</wp:inline></w:drawing></w:r>"


PICTURE = "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic>"
WIDE, NARROW = 5_000_000, 500_000  # EMU; a page has 7,560,310


def text_box(content: str) -> str:
    """A text box as Word writes it: once as a drawing, once for older programs."""
    shape = f"<a:graphic><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent>"
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f"{shape}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback>{old}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        (f"{run('支出')}{run('878')}{run('.81万元。')}", "支出878.81万元。"),
        (run("甲") + inserted(run("乙")) + deleted("丙"), "甲乙"),
        (f"<w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('乙')}</w:moveTo>", "乙"),
        (run("甲") + run("乙", "<w:vanish/>"), "甲"),
        (run("甲", '<w:vanish w:val="0"/>'), "甲"),
        (run("甲", "<w:webHidden/>"), "甲"),
        (f"{run('甲')}<w:r><w:tab/></w:r>{run('乙')}", "甲 乙"),
        (f"{run('甲')}<w:r><w:ptab/></w:r>{run('乙')}", "甲 乙"),
        (f"{run('增加')}<w:r><w:noBreakHyphen/></w:r>{run('5元')}", "增加-5元"),
        (f"{run('1')}<w:r><w:softHyphen/></w:r>{run('5元')}", "15元"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是"), "☑是"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F021"/></w:r>' + run("是"), "是"),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>' + run("是"), "①是"),
        (f"<w:hyperlink>{run('甲')}</w:hyperlink>{run('乙')}", "甲乙"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>", "甲"),
        (f"<w:smartTag><w:customXml>{run('甲')}</w:customXml></w:smartTag>", "甲"),
        (f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>{run("页")}', "7页"),
        (
            f"{field('begin')}<w:r><w:instrText>IF</w:instrText></w:r>{field('begin')}"
            f"<w:r><w:instrText>REF</w:instrText></w:r>{field('separate')}{run('丙')}"
            f"{field('end')}{field('separate')}{run('甲')}{field('end')}{run('乙')}",
            "甲乙",
        ),
        (
            f"<w:r><w:ruby><w:rt>{run('dǎi')}</w:rt><w:rubyBase>{run('逮')}</w:rubyBase></w:ruby>"
            f"</w:r>{run('捕')}",
            "逮捕",
        ),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r>"
            f"</m:den></m:f></m:oMath>{run('以上')}",
            "3/4以上",
        ),
        ("<w:r><w:t>  甲\n</w:t></w:r>" + run("乙"), "甲乙"),
        (run("甲\u200b乙\t丙"), "甲乙 丙"),
        ("<!-- 甲 --><?x 乙?>" + run("丙"), "丙"),
    ],
)
def test_text_is_read_as_word_shows_it(markup: str, shown: str) -> None:
    data = word_file(f"<w:p>{markup}</w:p>")
    document = load_docx("made.docx", "", data)
    assert lines(document) == [shown]
    assert_sources_hold(document, data)


def test_text_comes_back_after_a_field_whose_end_was_lost() -> None:
    broken = f"<w:p>{field('begin')}{run('甲')}</w:p>"
    assert lines(read(broken + paragraph("乙。"))) == ["乙。"]


def test_paragraphs_inside_controls_and_insertions_are_read_in_order() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('甲。')}<w:sdt><w:sdtContent>{paragraph('乙。')}"
        f"</w:sdtContent></w:sdt></w:sdtContent></w:sdt><w:customXml>{paragraph('丙。')}"
        f"</w:customXml><w:ins>{paragraph('丁。')}</w:ins><w:del>{paragraph('戊。')}</w:del>"
    )
    assert lines(read(body)) == ["甲。", "乙。", "丙。", "丁。"]


GONE = ("<w:del/>", "<w:moveFrom/>", "<w:vanish/>")


@pytest.mark.parametrize("mark", GONE)
def test_a_paragraph_whose_mark_is_gone_runs_on_into_the_next(mark: str) -> None:
    body = paragraph("收入878", f"<w:rPr>{mark}</w:rPr>") + paragraph(".81万元。")
    assert lines(read(body + paragraph("完。"))) == ["收入878.81万元。", "完。"]


def test_a_paragraph_stays_one_where_no_sentence_ends_before_the_next() -> None:
    body = paragraph("本年收入包括一般公共预算财政拨款收入和其他收入，总体上") + paragraph("持平。")
    assert len(lines(read(body))) == 2


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("（一）教育支出（类）", "1.普通教育（款）小学教育（项）支出3元。", False),
        ("（一）教育支出（类）", "普通教育（款）小学教育（项）支出3元。", False),
        ("一、设备情况", "100万元以上设备0台。", False),
        ("1、教育支出（类）普通教育（款）小学", "教育（项）支出3元。", True),
        ("本年收入合计878", "万元。", True),
        ("本年收入（含上年", "结转）3元。", True),
    ],
)
def test_two_paragraphs_are_one_only_where_the_second_is_nothing_without_the_first(
    first: str, second: str, joined: bool
) -> None:
    expected = [first + second] if joined else [first, second]
    assert lines(read(paragraph(first) + paragraph(second))) == expected


def test_a_soft_break_ends_a_line_only_where_the_words_end() -> None:
    text = "本年收入比上年有所增加，增加的主要原因是新增了若干个专项工作经费"
    broken = f"<w:p>{run(text)}<w:r><w:br/></w:r>{run('安排，共三项。')}</w:p>"
    typed = (
        f'<w:p>{run("一、收入情况")}<w:r><w:br w:type="page"/></w:r>{run("收入合计3元。")}</w:p>'
    )
    assert lines(read(broken + typed)) == [f"{text}安排，共三项。", "一、收入情况", "收入合计3元。"]


def numbering(*levels: tuple[str, str], more: str = "", nums: str = "") -> str:
    """numbering.xml with one list, its levels as pairs of format and text."""
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    first = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>{first}{nums}'


def item(text: str, depth: int = 0, number: int = 1) -> str:
    place = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
    return paragraph(text, f"<w:numPr>{place}</w:numPr>")


def test_automatic_numbers_stand_before_the_text_and_have_no_place_in_the_markup() -> None:
    levels = [
        ("chineseCountingThousand", "第%1部分"),
        ("chineseCounting", "%2、"),
        ("chineseCounting", "（%3）"),
        ("decimal", "%4."),
    ]
    texts = [("概况", 0), ("职责", 1), ("机构", 1), ("内设", 2), ("外设", 2), ("甲", 3)]
    texts += [("决算", 0), ("收入", 1)]
    body = "".join(item(text, depth) for text, depth in texts)
    data = word_file(body, {"numbering": numbering(*levels)})
    document = load_docx("made.docx", "", data)
    assert document.text.splitlines() == [
        "第一部分 概况",
        "一、职责",
        "二、机构",
        "（一）内设",
        "（二）外设",
        "1. 甲",
        "第二部分 决算",
        "一、收入",
    ]
    assert sourced(document) == "".join(text for text, _ in texts)
    assert_sources_hold(document, data)
    assert [each.level for each in document.sections] == [1, 2, 2, 3, 3, 4, 1, 2]


def test_a_list_counts_on_until_it_is_told_to_start_anew() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl '
        'w:ilvl="0"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1："/></w:lvl>'
        "</w:lvlOverride></w:num>"
    )
    body = item("甲") + paragraph("段") + item("乙") + item("丙", number=2) + item("丁", number=2)
    document = read(
        body + item("戊", number=3) + item("己", number=9),
        parts={"numbering": numbering(("decimal", "%1、"), nums=again)},
    )
    assert document.text.split() == ["1、甲", "段", "2、乙", "5、丙", "6、丁", "G：戊", "己"]


@pytest.mark.parametrize(
    ("restart", "last"),
    [("", "2.1"), ('<w:lvlRestart w:val="0"/>', "2.2"), ('<w:lvlRestart w:val="1"/>', "2.1")],
)
def test_a_lower_level_starts_anew_as_the_list_says(restart: str, last: str) -> None:
    parts = {"numbering": numbering(("decimal", "%1"), ("decimal", "%1.%2"), more=restart)}
    document = read(item("甲") + item("乙", 1) + item("丙") + item("丁", 1), parts=parts)
    assert document.text.splitlines()[-1] == f"{last} 丁"


def test_legal_numbering_writes_all_levels_in_digits() -> None:
    levels = numbering(("chineseCounting", "%1、"), ("decimal", "%1.%2"), more="<w:isLgl/>")
    document = read(item("甲") + item("乙", 1), parts={"numbering": levels})
    assert document.text.splitlines() == ["1、甲", "1.1 乙"]


@pytest.mark.parametrize(
    ("suffix", "text"), [("tab", "1 甲"), ("space", "1 甲"), ("nothing", "1甲")]
)
def test_what_parts_number_and_text_is_what_the_list_says(suffix: str, text: str) -> None:
    parts = {"numbering": numbering(("decimal", "%1"), more=f'<w:suff w:val="{suffix}"/>')}
    assert read(item("甲"), parts=parts).text == f"{text}\n"


def test_bullets_are_no_numbers_and_empty_entries_count() -> None:
    parts = {"numbering": numbering(("decimal", "%1、"), ("bullet", "\uf0b7"))}
    document = read(item("甲") + item("") + item("乙") + item("丙", 1), parts=parts)
    assert document.text.split() == ["1、甲", "3、乙", "丙"]


STYLED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:basedOn '
    'w:val="h1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="x"/><w:rPr><w:vanish/></w:rPr>'
    '</w:style><w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="numbering" w:styleId="n"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
)


def styled(text: str, style: str, more: str = "") -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>{more}')


def test_a_style_numbers_its_paragraphs_unless_one_takes_the_number_off() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="n"/></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>'
    )
    levels = numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), nums=linked)
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("甲", "h1") + styled("乙", "h2") + styled("丙", "h1", off) + item("丁", 0, 4)
    document = read(body, parts={"numbering": levels, "styles": STYLED})
    assert document.text.split() == ["一、甲", "（一）乙", "丙", "二、丁"]


def test_a_style_hides_its_text_unless_a_run_is_shown() -> None:
    shown = run("乙", '<w:vanish w:val="false"/>')
    body = f'<w:p><w:pPr><w:pStyle w:val="x"/></w:pPr>{run("甲")}{shown}</w:p>'
    of_style = run("丙", '<w:rStyle w:val="c"/>')
    body += f"<w:p>{of_style}{run('丁')}</w:p>"
    assert lines(read(body, parts={"styles": STYLED})) == ["乙", "丁"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        *((11, "chineseCounting", "十一"), (100, "chineseCounting", "一〇〇")),
        *((20, "chineseCountingThousand", "二十"), (105, "chineseCountingThousand", "一百零五")),
        *((110, "taiwaneseCountingThousand", "一百一十"), (1010, "japaneseCounting", "千十")),
        *((12003, "chineseCountingThousand", "一万二千零三"), (10, "ideographDigital", "一〇")),
        *((12, "chineseLegalSimplified", "壹拾贰"), (3, "ideographTraditional", "丙")),
        *((12, "ideographZodiac", "亥"), (20, "decimalEnclosedCircle", "⑳")),
        *((21, "decimalEnclosedCircle", "21"), (2, "decimalEnclosedParen", "⑵")),
        *((12, "decimalFullWidth", "１２"), (3, "decimalZero", "03"), (28, "lowerLetter", "bb")),
        *((27, "upperLetter", "AA"), (44, "upperRoman", "XLIV"), (9, "lowerRoman", "ix")),
        *((3, "unheard of", "3"), (2**31 - 1, "lowerLetter", "2147483647")),
    ],
)
def test_numbers_are_written_in_the_format_of_their_level(
    number: int, form: str, text: str
) -> None:
    assert written(number, form) == text


@pytest.mark.parametrize("title", [True, False])
def test_a_contents_field_gives_the_lines_of_the_contents(title: bool) -> None:
    begin = field("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + field("separate")
    entries = [("一、收入支出决算总表", "3"), ("二、收入表", "12")]
    toc = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="t1"/></w:pPr>{"" if n else begin}<w:hyperlink>{run(text)}'
        f"<w:r><w:tab/></w:r>{field('begin')}<w:r><w:instrText>PAGEREF</w:instrText></w:r>"
        f"{field('separate')}{run(page, '<w:webHidden/>')}{field('end')}</w:hyperlink></w:p>"
        for n, (text, page) in enumerate(entries)
    )
    body = (
        paragraph("2031年度部门决算")
        + (paragraph("目 录") if title else "")
        + toc
        + f"<w:p>{field('end')}</w:p>"
        + "".join(paragraph(text) for text, _ in entries)
        + paragraph("收入合计3元。")
    )
    document = read(body, parts={"styles": STYLED})
    assert [each.text for each in document.contents] == [text for text, _ in entries]
    assert [each.title for each in document.sections] == [text for text, _ in entries]


def test_a_text_box_comes_once_after_the_paragraph_that_anchors_it() -> None:
    inside = paragraph("盒中。") + table(row("项目", "金额"), row("合计", "1.00"))
    body = f"<w:p>{run('前')}{text_box(inside)}{run('后。')}</w:p>{paragraph('尾。')}"
    data = word_file(body)
    document = load_docx("made.docx", "", data)
    assert lines(document) == ["前后。", "盒中。", "尾。"]
    assert rows(document) == [["项目", "金额"], ["合计", "1.00"]]
    assert_sources_hold(document, data)


def note(kind: str, number: int, mark: str = "") -> str:
    custom = 'w:customMarkFollows="1" ' if mark else ""
    return f'<w:r><w:{kind}Reference {custom}w:id="{number}"/>{mark and f"<w:t>{mark}</w:t>"}</w:r>'


def test_notes_follow_their_paragraph_and_leave_its_numbers_alone() -> None:
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p></w:footnote>'
        for n, text in ((0, "分隔"), (1, "含上年结转。"), (2, "表中的注。"))
    )
    ends = f'<w:endnote w:id="1">{paragraph("尾注。")}</w:endnote>'
    marked = cell(f"<w:p>{run('1.00')}{note('footnote', 2)}</w:p>")
    body = (
        f"<w:p>{run('支出878.81')}{note('footnote', 1)}{run('万元')}{note('endnote', 1, '①')}"
        f"{run('。')}</w:p>{table(row('项目', '金额'), row('合计', marked))}{paragraph('尾。')}"
    )
    data = word_file(body, {"footnotes": notes, "endnotes": ends})
    document = load_docx("made.docx", "", data)
    expected = ["支出878.81万元。", "含上年结转。", "尾注。", "表中的注。", "尾。"]
    assert lines(document) == expected
    assert rows(document) == [["项目", "金额"], ["合计", "1.00"]]
    parts = {each.part for each in document.sources}
    assert parts == {f"word/{name}.xml" for name in ("document", "footnotes", "endnotes")}
    assert_sources_hold(document, data)


def test_every_character_of_the_markup_is_found_again() -> None:
    split = "".join(run(part) for part in ("合", "计1,2", "34.", "5", "6万", "元。"))
    deep = cell(f"<w:p>{run(' 61')}{deleted('9')}{run('.5')}</w:p>{paragraph('0 ')}")
    data = word_file(f"<w:p>{split}</w:p>{table(row('项目', '金额'), row('甲', deep))}")
    document = load_docx("made.docx", "", data)
    assert lines(document) == ["合计1,234.56万元。"]
    assert rows(document)[1] == ["甲", "61.5 0"]
    assert sourced(document) == "合计1,234.56万元。项目金额甲61.50"
    assert_sources_hold(document, data)


DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def test_a_merged_cell_stands_at_every_place_it_covers() -> None:
    document = read(
        table(
            row(cell("项目", DOWN, 2), cell("支出", columns=2)),
            row(cell("", ON, 2), "基本", "项目"),
            row("201", "甲", "1.00", "2.00"),
        )
    )
    assert rows(document) == [
        ["项目", "项目", "支出", "支出"],
        ["项目", "项目", "基本", "项目"],
        ["201", "甲", "1.00", "2.00"],
    ]
    merged = document.tables[0].rows[0][0]
    assert (merged.rows, merged.columns) == (2, 2)


def test_cells_that_are_left_out_before_and_after_a_row_keep_their_columns() -> None:
    before = '<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'
    old = [cell("合计", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("9")]
    document = read(table(row("甲", "乙", "丙"), row("1", properties=before), row(*old)))
    assert rows(document) == [["甲", "乙", "丙"], ["", "1", ""], ["合计", "合计", "9"]]


def test_rows_changed_under_review_are_as_after_the_change() -> None:
    document = read(
        table(
            row("项目", "金额"),
            row("甲", "1.00", properties="<w:del/>"),
            row("乙", "2.00", properties="<w:ins/>"),
            row("丙", cell("0", "<w:cellDel/>"), "3.00"),
        )
    )
    assert rows(document) == [["项目", "金额"], ["乙", "2.00"], ["丙", "3.00"]]


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (("本年", "收入"), "本年收入"),
        (("12.50", "13.50"), "12.50 13.50"),
        (("1", "号"), "1号"),
        (("公开02表", "金额单位：万元"), "公开02表 金额单位：万元"),
    ],
)
def test_the_paragraphs_of_a_cell_stand_on_one_line(texts: tuple[str, ...], shown: str) -> None:
    inside = cell("".join(paragraph(text) for text in texts))
    assert rows(read(table(row("甲", "乙"), row("丙", inside))))[1][1] == shown


def test_an_empty_numbered_cell_shows_its_number() -> None:
    parts = {"numbering": numbering(("decimal", "%1"))}
    first = row(cell(item("")), "甲") + row(cell(item("")), "乙")
    numbered = table(row("序号", "项目"), first)
    assert rows(read(numbered, parts=parts)) == [["序号", "项目"], ["1", "甲"], ["2", "乙"]]


INNER = table(row("项目", "金额"), row("合计", "1.00"))


def test_a_table_in_a_cell_is_text_of_the_cell() -> None:
    document = read(table(row("甲", cell(f"<w:p/>{INNER}<w:p/>"))))
    assert rows(document) == [["甲", "项目金额合计1.00"]]


def test_a_frame_around_text_and_a_table_only_lays_them_out() -> None:
    inside = paragraph("收入决算表") + paragraph("单位：万元") + INNER + paragraph("注：无。")
    document = read(table(row(cell(inside)), row(cell("收入合计1.00万元。", columns=3))))
    (found,) = document.tables
    assert (found.title, found.money_unit, found.notes) == ("收入决算表", "万元", ("注：无。",))
    assert lines(document)[-1] == "收入合计1.00万元。"


def test_a_table_that_lays_out_a_caption_is_the_caption() -> None:
    caption = table(row("部门：青禾县水利站", "", "金额单位：万元"))
    document = read(paragraph("收入决算表") + caption + paragraph("") + INNER)
    (found,) = document.tables
    assert (found.title, found.money_unit) == ("收入决算表", "万元")
    assert document.unit == "青禾县水利站"


def test_rows_and_cells_inside_content_controls_are_read() -> None:
    inside = f"<w:sdt><w:sdtContent>{cell('2.00')}</w:sdtContent></w:sdt>"
    wrapped = f"<w:sdt><w:sdtContent>{row('合计', inside)}</w:sdtContent></w:sdt>"
    assert rows(read(table(row("项目", "金额"), wrapped))) == [["项目", "金额"], ["合计", "2.00"]]


def made_by_hand() -> bytes:
    """A whole small report, made by python-docx as a person would type it."""
    made = docx.Document()
    made.add_paragraph("青禾县水利站2031年度部门决算")
    made.add_paragraph("第二部分 部门决算表")
    made.add_paragraph("收入决算表")
    made.add_paragraph("公开02表\t金额单位：万元")
    grid = made.add_table(3, 3)
    for number, texts in enumerate(
        [("项目", "", "金额"), ("科目编码", "科目名称", ""), ("213", "农林水支出", "61.50")]
    ):
        for place, text in zip(grid.rows[number].cells, texts, strict=True):
            place.text = text
    grid.cell(0, 0).merge(grid.cell(0, 1))
    grid.cell(0, 2).merge(grid.cell(1, 2))
    made.add_paragraph("注：本表反映收入。")
    made.add_paragraph("第三部分 情况说明")
    made.add_paragraph("收入决算情况说明", style="List Number")
    made.add_paragraph("收入合计61.").add_run("50")
    changed = f"<w:p {NAMESPACES}>{deleted('元')}{inserted(run('万元。'))}</w:p>"
    for child in list(parse_xml(changed)):
        made.element.body.p_lst[-1].append(child)
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.sections[0].footer.paragraphs[0].text = "第1页"
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_report_typed_in_word_is_just_the_document(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(made_by_hand())
    document = load(path)
    assert [(each.role, each.text) for each in document.paragraphs] == [
        ("body", "青禾县水利站2031年度部门决算"),
        ("heading", "第二部分 部门决算表"),
        ("title", "收入决算表"),
        ("title", "公开02表 金额单位：万元"),
        ("note", "注：本表反映收入。"),
        ("heading", "第三部分 情况说明"),
        ("heading", "1. 收入决算情况说明"),
        ("body", "收入合计61.50万元。"),
    ]
    (found,) = document.tables
    assert (found.title, found.number, found.money_unit) == ("收入决算表", "公开02表", "万元")
    assert rows(document) == [
        ["项目", "项目", "金额"],
        ["科目编码", "科目名称", "金额"],
        ["213", "农林水支出", "61.50"],
    ]
    sections = [(each.title, each.level, each.parent) for each in document.sections]
    assert sections == [
        ("第二部分 部门决算表", 1, None),
        ("第三部分 情况说明", 1, None),
        ("1. 收入决算情况说明", 4, 1),
    ]
    assert found.section == 0
    assert (document.kind, document.year) == ("决算", 2031)
    assert_sources_hold(document, path.read_bytes())


def claims_of(report: DocumentReport) -> list[object]:
    return [(each.kind, each.text, each.figure) for each in report.reading.claims]


def values_of(report: DocumentReport) -> list[object]:
    return [
        (each.table, each.row, each.column, each.row_name, each.column_name, each.quantity)
        for each in report.table_values
    ]


def findings_of(report: DocumentReport) -> list[tuple[str, str, str]]:
    return sorted((each.code, each.text, each.message) for each in report.findings)


@pytest.mark.parametrize("name", ["决算.txt", "决算-有误.txt"])
def test_a_report_says_the_same_as_text_and_in_word(root: Path, tmp_path: Path, name: str) -> None:
    text = root / "corpus" / "hunan-2023" / name
    word = tmp_path / "决算.docx"
    word.write_bytes(word_document(load(text)))
    one, other = check(text), check(word)
    assert claims_of(one) == claims_of(other) != []
    assert values_of(one) == values_of(other) != []
    assert findings_of(one) == findings_of(other)
    assert one.findings or "有误" not in name
    assert_sources_hold(other.document, word.read_bytes())


def test_pictures_and_objects_that_are_not_read_are_named() -> None:
    shape, kind = "<v:shape><v:imagedata/></v:shape>", 'ProgID="Excel.Sheet.12"'
    workbook = f"<w:r><w:object>{shape}<o:OLEObject {kind}/>"
    body = (
        f"<w:p>{run('收入合计1.00万元。' * 12)}{drawing(PICTURE, WIDE)}"
        f"{drawing(PICTURE, NARROW)}{workbook}</w:object></w:r></w:p>"
        '<w:p><w:r><w:pict><v:shape style="width:400pt;height:9pt"><v:imagedata/></v:shape>'
        '</w:pict></w:r></w:p><w:altChunk r:id="x"/>'
    )
    workbooks, others, pictures = read(body).notices
    assert workbooks.startswith("有 1 个以对象形式嵌入的 Excel 表格没有读取")
    assert others == "有 1 个嵌入的其他文件没有读取。"
    assert pictures.startswith("有 2 张较大的图片没有读取")


@pytest.mark.parametrize("small", ["", run("附件")])
def test_a_file_of_pictures_is_refused(small: str) -> None:
    with pytest.raises(DocumentError, match="OCR"):
        read(f"<w:p>{small}{drawing(PICTURE, WIDE)}</w:p>")


def test_strict_files_are_read_too() -> None:
    usual = word_file(paragraph("收入合计1.00万元。"))
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as package, zipfile.ZipFile(data, "w") as strict:
        for name in package.namelist():
            content = package.read(name)
            if not name.startswith("["):
                content = content.replace(W.encode(), STRICT + b"wordprocessingml/main")
                content = content.replace(REL.encode(), STRICT + b"officeDocument/relationships")
            strict.writestr(name, content)
    assert lines(load_docx("made.docx", "", data.getvalue())) == ["收入合计1.00万元。"]


STRICT = b"http://purl.oclc.org/ooxml/"


def test_the_body_may_stand_in_a_part_of_another_name() -> None:
    renamed = {
        "_rels/.rels": f'<Relationships><Relationship Type="{REL}/officeDocument" '
        'Target="/word/body.xml"/></Relationships>'.encode(),
        "word/body.xml": f"<w:document {NAMESPACES}><w:body>{paragraph('乙。')}</w:body>"
        "</w:document>".encode(),
    }
    assert lines(read(paragraph("甲。"), files=renamed)) == ["乙。"]


def test_nothing_outside_the_file_is_fetched() -> None:
    outside = (
        f'<Relationship Id="y" Type="{REL}/styles" Target="http://localhost:9/s.xml" '
        f'TargetMode="External"/><Relationship Id="z" Type="{REL}/numbering" Target="NULL"/>'
    )
    assert lines(read(paragraph("甲。"), relations=outside)) == ["甲。"]


LAUGHS = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in ("ab", "bc", "cd", "de", "ef", "fi")
)
ENTITIES = f'<!DOCTYPE x [<!ENTITY a "{"哈" * 100}">{LAUGHS}]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("head", [ENTITIES, EXTERNAL], ids=["laughs", "external"])
@pytest.mark.parametrize("use", ["<w:t>&i;</w:t>", '<w:t x="&i;">甲</w:t>'], ids=["text", "value"])
def test_entities_are_neither_expanded_nor_fetched(head: str, use: str) -> None:
    with pytest.raises(DocumentError, match="XML"):
        read(f"<w:p><w:r>{use}</w:r></w:p>", head=head)


def lying(data: bytes, part: str, size: int) -> bytes:
    """A package whose directory says that a part is smaller than it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        true = package.getinfo(part).file_size
    return data.replace(true.to_bytes(4, "little"), size.to_bytes(4, "little"))


def zipped(**files: bytes) -> bytes:
    return word_file(paragraph("甲。"), files=files)


def locked() -> bytes:
    """A package of which a part says that it needs a password."""
    data = bytearray(word_file(paragraph("甲。")))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        first = package.infolist()[0]
    data[first.header_offset + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PASSWORD = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(480)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"plain text", "重新保存"),
        (word_file(paragraph("甲。"))[:-40], "重新保存"),
        (word_file(paragraph("甲。"))[:200], "重新保存"),
        (zipped(bomb=bytes(60 << 20)), "压缩炸弹"),
        (lying(zipped(bomb=bytes(30 << 20)), "bomb", 100), "压缩炸弹"),
        (locked(), "密码"),
        (PASSWORD, "密码"),
        (OLE, ".doc"),
        (word_file("<w:p/>"), "没有文字"),
        (word_file(paragraph("甲。"), files={"word/document.xml": b"<w:p"}), "重新保存"),
        (word_file(paragraph("甲。"), files={"word/document.xml": b"<w/>"}), "没有 Word 正文"),
        (word_file("<w:p>" * 100_000 + "</w:p>" * 100_000), "嵌套"),
        (word_file("<w:sdt>" * 240 + "</w:sdt>" * 240), "没有文字"),
    ],
    ids=[
        *("not a zip", "no directory", "cut off", "bomb", "lying bomb", "locked part", "password"),
        *("old format", "empty", "broken XML", "no body", "far too deep", "deep"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, data: bytes, remedy: str
) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        load(path)
    message = str(caught.value)
    assert str(path) in message
    assert remedy in message
    assert "\n" not in message


def test_a_bomb_is_not_unpacked() -> None:
    started = time.process_time()
    many = {f"b{number}": bytes(15 << 20) for number in range(30)}
    data = zipped(**many)
    with pytest.raises(DocumentError, match="压缩炸弹"):
        refuse_bomb("made.docx", data)
    assert time.process_time() - started < 10


def nested(levels: int) -> str:
    inside = paragraph("甲。")
    for _ in range(levels):
        inside = table(row(cell(f"<w:p/>{inside}"), cell("乙")))
    return inside


def test_tables_in_tables_end_somewhere() -> None:
    assert rows(read(nested(60)))[0] == ["甲。" + "乙" * 59, "乙"]
    with pytest.raises(DocumentError, match="嵌套"):
        read(nested(200))


def test_a_row_has_no_more_columns_than_word_has() -> None:
    (found,) = read(table(row("甲", cell("乙", columns=10**9)))).tables
    assert len(found.rows[0]) == 64


@pytest.mark.parametrize("runs", [1, 2_000])
def test_a_paragraph_of_megabytes_is_read(runs: int) -> None:
    size = 1_000_000 if runs == 1 else 1_000
    body = "".join(run("万" * size) for _ in range(runs))
    document = read(f"<w:p>{body}</w:p>")
    assert len(document.text.strip()) == size * runs
    assert "没有核对" in document.notices[0]


def test_the_time_for_a_table_grows_with_its_size_only() -> None:
    texts = [f"{number}.00" for number in range(20)]
    took: list[float] = []
    for size in (250, 1000):
        data = word_file(table(*[row(*texts)] * size))
        started = time.process_time()
        assert len(load_docx("made.docx", "", data).tables[0].rows) == size
        took.append(time.process_time() - started)
    assert took[1] < took[0] * 12
