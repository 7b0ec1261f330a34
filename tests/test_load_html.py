"""Web pages: encodings, paragraphs, tables, what is not shown, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from made.web import web_page

from narrcheck.check import check
from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.findings import DocumentReport
from narrcheck.load import load
from narrcheck.load.html.read import load_html

GRID = "<tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>61.50</td></tr>"


def read(body: str, encoding: str = "utf-8", head: str = "") -> Document:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return load_html("made.html", "0" * 64, page.encode(encoding))


def lines_of(document: Document, role: str = "") -> list[str]:
    return [each.text for each in document.paragraphs if role in ("", each.role)]


def rows_of(document: Document, index: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[index].rows]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", '<meta charset="gb2312">'),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gb18030", '<meta charset="gbk">'),
        ("gb18030", '<meta charset="utf-8">'),
        ("gb18030", ""),
        ("utf-16", ""),
    ],
)
def test_a_page_is_read_in_the_encoding_it_has(encoding: str, head: str) -> None:
    text = "本年收入合计61.50元，部入支出年度。"
    assert lines_of(read(f"<p>{text}</p>", encoding, head)) == [text]


def test_a_page_in_big5_is_read() -> None:
    text = "財政撥款收入與上年相比沒有變化，本單位的決算說明如下。"
    assert lines_of(read(f"<p>{text}</p>", "big5", '<meta charset="big5">')) == [text]


def test_a_broken_character_does_no_harm() -> None:
    page = '<meta charset="gb2312"><p>' + "本年收入合计61.50万元。" * 50 + "</p>"
    data = page.encode("gb18030") + b"<p>\xff</p>"
    assert "61.50" in load_html("made.html", "0" * 64, data).text


EDITED = """
<div class="TRS_Editor"><style type="text/css">p {margin: 0}</style>
<h1>青禾县水利局2031年度部门决算</h1>
<p align="center"><strong>一、收入<span lang="EN-US">情况</span></strong></p>
<p>&nbsp;&nbsp;&nbsp;&nbsp;本年收入<span>6</span><span>1.50</span>万元，
比上年增加 <b>1.2</b>&nbsp;万元。<!-- 秘密9.99万元 --></p>
<div>&#12288;&#12288;甲项目3.00万元，<br>乙项目4.00万元。<br/>&emsp;&emsp;丙项目5.00万元。<br><br>
丁项目12</span> <span>34个。</div>
</div>
"""


def test_paragraphs_are_what_a_browser_sets_apart() -> None:
    assert lines_of(read(EDITED)) == [
        "青禾县水利局2031年度部门决算",
        "一、收入情况",
        "本年收入61.50万元，比上年增加 1.2 万元。",
        "甲项目3.00万元，乙项目4.00万元。",
        "丙项目5.00万元。",
        "丁项目12 34个。",
    ]


def test_what_is_not_shown_is_not_read() -> None:
    unshown = "".join(
        f"<{tag}>1.25万元</{tag.partition(' ')[0]}>"
        for tag in (
            *("script", "style", "noscript", "template", "select", "option", "button"),
            *("textarea", "p hidden", "p style='display: none'", "p style='visibility:hidden'"),
            "table style='display:none'",
        )
    )
    more = "<input value='1.25万元'><!--[if gte mso 9]><p>1.25万元</p><![endif]-->"
    assert lines_of(read(f"<p>甲</p>{unshown}{more}<p>乙</p>")) == ["甲", "乙"]


def test_what_excel_cut_off_in_a_narrow_column_is_read() -> None:
    name = "<td class=xl65>一般公共<span style='display:none'>服务支出</span></td>"
    assert rows_of(read(f"<table><tr>{name}<td class=xl66>1.25</td></tr></table>")) == [
        ["一般公共服务支出", "1.25"]
    ]


def test_lists_of_word_keep_their_numbers() -> None:
    body = (
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>（一）<span"
        "\nstyle='font:7.0pt'>&nbsp;</span></span><![endif]>收入<span\nlang=EN-US>1.25</span>万元。"
        "<o:p></o:p></p>"
    )
    assert lines_of(read(body)) == ["（一） 收入1.25万元。"]


TABLE = """
<table border="1"><caption>收入决算表</caption>
<tfoot><tr><td colspan="3">注：本表反映收入。</td></tr></tfoot>
<thead><tr><th colspan="3" align="right"><p>公开02表</p></th></tr></thead>
<tbody><tr><td colspan="2"><p>部门：青禾县水利局</p></td><td>金额单位：万元</td></tr>
<tr><td rowspan="2"><p>项</p><p>目</p></td><td colspan="2">收入</td></tr>
<tr><td>合计</td><td>其他</td></tr>
<tr><td>合&nbsp;计</td><td><p><span>61</span><span>.50</span></p></td><td>0.00</td></tr>
<tr style="display:none"><td>隐</td><td>9.99</td><td>9.99</td></tr></tbody></table>
"""


def test_a_table_has_its_caption_spans_and_notes() -> None:
    document = read(TABLE)
    (table,) = document.tables
    assert (table.title, table.number, table.money_unit) == ("收入决算表", "公开02表", "万元")
    assert rows_of(document) == [
        ["项目", "收入", "收入"],
        ["项目", "合计", "其他"],
        ["合 计", "61.50", "0.00"],
    ]
    assert table.notes == ("注：本表反映收入。",)
    assert document.unit == "青禾县水利局"
    for cell in (cell for row in table.rows for cell in row):
        assert document.text[cell.where.start : cell.where.end] == cell.text


@pytest.mark.parametrize(
    "spans", ['rowspan="100000"', 'rowspan="0"', 'rowspan="x" colspan="-3"', 'colspan="999"']
)
def test_spans_reach_no_further_than_the_table(spans: str) -> None:
    rows = rows_of(read(f"<table><tr><td {spans}>甲</td><td>1.00</td></tr>{GRID}</table>"))
    assert len(rows) == 3
    assert "61.50" in rows[-1]
    assert len(rows[0]) < 1003


def test_cells_without_rows_and_rows_in_forms_are_read() -> None:
    assert rows_of(read(f"<table><form><tbody>{GRID}</tbody></form></table>"))[1][1] == "61.50"
    assert rows_of(read("<table><td>甲</td><td>1.00</td></table>")) == [["甲", "1.00"]]


def test_a_table_that_lays_out_the_page_is_none() -> None:
    story = "本年收入合计有所增加，主要原因是新增项目，" * 12
    layout = (
        f"<table><tr><td>栏目</td><td><p>{story}共61.50万元。</p><table>{GRID}</table></td></tr>"
        "</table><table><tr><td><p>甲1.00万元。</p><p>乙2.00万元。</p></td></tr></table>"
    )
    document = read(layout)
    assert rows_of(document) == [["项目", "金额"], ["合计", "61.50"]]
    assert lines_of(document) == ["栏目", f"{story}共61.50万元。", "甲1.00万元。", "乙2.00万元。"]


def test_a_caption_in_a_table_of_its_own_is_a_caption() -> None:
    caption = "<table><tr><td>部门：青禾县水利局</td><td>单位：万元</td></tr></table>"
    (table,) = read(f"<p>支出决算表</p>{caption}<table>{GRID}</table>").tables
    assert (table.title, table.money_unit) == ("支出决算表", "万元")


FURNITURE = """<nav><a href="/">首页</a></nav><header><a href="/">某县人民政府</a></header>
<ul><li><a href="/a">政务公开</a></li><li><a href="/b">财政信息</a></li></ul>
<div>您的位置：<a href="/">首页</a> &gt; 财政信息</div>
<div>发布时间：2032-08-20 来源：青禾县水利局 【字体：<a>大</a> <a>小</a>】</div>{content}
<div>分享到：</div><aside><p>热点</p></aside><footer>版权所有 某县 某ICP备12345678号</footer>"""


def test_the_furniture_of_a_site_is_left_out() -> None:
    document = read(
        FURNITURE.format(content='<p><a href="#s1">目录</a></p><p>本年收入1.00万元。</p>')
    )
    assert lines_of(document) == ["目录", "本年收入1.00万元。"]


@pytest.mark.parametrize(
    "tag", ["nav", "header", "footer", "aside", "li", "a href='/x'", "section"]
)
@pytest.mark.parametrize("deep", [0, 2])
def test_no_amount_and_no_table_is_lost_as_furniture(tag: str, deep: int) -> None:
    name = tag.partition(" ")[0]
    content = f"<p>来源：财政拨款<b>1.25</b>万元</p><table>{GRID}</table>"
    around = f"<{tag}>" + "<footer><div>" * deep + content + "</div></footer>" * deep + f"</{name}>"
    document = read(FURNITURE.format(content=around))
    assert lines_of(document, "body") + lines_of(document, "title") == ["来源：财政拨款1.25万元"]
    assert rows_of(document)[1] == ["合计", "61.50"]


def test_what_is_only_linked_or_embedded_is_named() -> None:
    document = read(
        "<p>本年收入1.00万元。</p>"
        "<p>附件：<a href='./P02.xls?x=1'>决算表</a> <a href='b.PDF'></a></p>"
        "<iframe src='http://example.invalid/t.html'></iframe><p><img src='t.jpg'></p>"
        "<p><a href='/'><img src='logo.png'></a><img src='i.gif' width='16'></p>"
    )
    assert lines_of(document) == ["本年收入1.00万元。", "附件：决算表"]
    assert document.notices == (
        "网页链接的附件没有读取：“决算表”、“b.PDF”；表格如果在附件里，请下载后用 --tables 指定。",
        "网页嵌入了 1 个框架（iframe 等），其中的内容没有读取。",
        "网页里有 1 张图片，图片里的文字没有读取。",
    )


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"<html><body><p> </p></body></html>", "没有可读的文字"),
        (b"<html><frameset><frame src='a.htm'></frameset></html>", "框架"),
        ("<p>决算</p><p><img src='1.jpg'></p>".encode(), "OCR"),
        (b"<div>" * 100_000 + b"1.00</div>", "嵌套层数"),
        (b"<p>1<p>" * 1_100_000, "标记超过"),
        (b"<html><td colspan=1000>1</td>" * 2001, "单元格过多"),
        (b"<html>\x00\x01\x02\x03\xff\xfe\x00\x80" * 40, "编码"),
    ],
    ids=["empty", "frames", "pictures", "deep", "long", "wide", "binary"],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, data: bytes, remedy: str
) -> None:
    path = tmp_path / "made.html"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert remedy in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        "<p>收入" + "&nbsp;" * 300_000 + "1.25万元。</p>",
        "<p>收入" + " " * 3_000_000 + "1.25万元。</p>",
        "<p style='" + "display:" * 300_000 + "'>收入1.25万元。</p>",
        "<span>" * 1500 + "收入1.25万元。",
        "<header>" * 1000 + "<p>x</p>" * 1000 + "收入1.25万元。",
    ],
    ids=["spaces", "white", "attribute", "open", "furniture"],
)
def test_odd_pages_take_no_more_than_their_size(body: str) -> None:
    assert lines_of(read(body))[-1].replace(" ", "").endswith("收入1.25万元。")


def test_entities_of_a_page_are_not_expanded() -> None:
    page = b"<!DOCTYPE html [<!ENTITY a 'secret'><!ENTITY b SYSTEM 'file:///etc/hostname'>]>"
    document = load_html("made.html", "0" * 64, page + "<p>收入1.25万元&a;&b;</p>".encode())
    assert "secret" not in " ".join(lines_of(document)[-1:])


def readings_of(report: DocumentReport) -> list[object]:
    return [
        *((each.kind, each.text, each.figure) for each in report.reading.claims),
        *(
            (each.row_name, each.column_name, each.quantity.value, each.figure)
            for each in report.table_values
        ),
        *sorted((each.code, each.text, each.message) for each in report.findings),
    ]


@pytest.mark.parametrize("name", ["决算.txt", "决算-有误.txt"])
def test_a_page_of_a_document_is_judged_as_its_text(root: Path, tmp_path: Path, name: str) -> None:
    text = check(root / "corpus" / "hunan-2023" / name)
    (tmp_path / "page.html").write_bytes(web_page(text.document))
    assert readings_of(check(tmp_path / "page.html")) == readings_of(text)
