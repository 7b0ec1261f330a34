"""The bad files that ``benchmarks.bad_input`` measures, made from nothing."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SENTENCE = "本年收入合计61.50万元，比上年增加1.50万元，增长2.5%。"
TITLE = "某某局2023年度部门决算\n\n"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CELL = '<row><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Case:
    """A bad file: its name, its suffix, and what makes its bytes."""

    name: str
    suffix: str
    make: Callable[[], bytes]


def packed(parts: dict[str, bytes | Iterator[bytes]]) -> bytes:
    """A zip package of parts, which may come in pieces."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            with package.open(name, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, bytes) else content:
                    part.write(piece)
    return data.getvalue()


def relations(kind: str, target: str, more: str = "") -> bytes:
    """The part that says where another is."""
    to = f'<Relationship Id="r1" Type="{REL}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}">{to}{more}</Relationships>'.encode()


def word(body: bytes, head: bytes = b"", **parts: bytes | Iterator[bytes]) -> bytes:
    """A .docx with that markup as its body."""
    document = b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (MAIN.encode(), body)
    return packed(
        {
            "_rels/.rels": relations("officeDocument", "word/document.xml"),
            "word/document.xml": head + document,
            **{f"word/{name}.xml": part for name, part in parts.items()},
        }
    )


def paragraph(text: str) -> bytes:
    """A paragraph of a .docx."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()


def book(rows: bytes, head: bytes = b"", **parts: bytes | Iterator[bytes]) -> bytes:
    """A .xlsx with that markup as the rows of its only sheet."""
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (
        SHEETS.encode(),
        rows,
    )
    workbook = (
        f'<workbook xmlns="{SHEETS}" xmlns:r="{REL}"><sheets>'
        '<sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName='
        '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    )
    return packed(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": workbook.encode(),
            "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": head + sheet,
            **{f"xl/{name}.xml": part for name, part in parts.items()},
        }
    )


def grid(rows: int, columns: int) -> bytes:
    """The markup of a sheet full of ones."""
    return (b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>") * rows


def zeros(size: int) -> Iterator[bytes]:
    """So many bytes, in pieces."""
    piece = bytes(MB)
    return (piece for _ in range(size // MB))


def pdf(
    pages: int,
    content: bytes = b"BT /F 12 Tf 90 700 Td (1.00) Tj ET",
    head: bytes = b"",
    extra: Sequence[bytes] = (),
    kids: bytes = b"",
) -> bytes:
    """A PDF of pages that share their content, with ``extra`` objects after the first four."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    first = 5 + len(extra)
    kids = kids or b" ".join(b"%d 0 R" % (first + number) for number in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 3 0 R >> >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        font,
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), head, content),
        *extra,
        *[page] * pages,
    ]
    data = io.BytesIO()
    data.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(data.tell())
        data.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = data.tell()
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    data.write(b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    data.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return data.getvalue()


def page_tree(levels: int) -> list[bytes]:
    """Objects from 5 on: a page tree of so many levels that ends in itself."""
    return [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent 2 0 R >>" % (5 + (level + 1) % levels)
        for level in range(levels)
    ]


def laughs(use: str) -> str:
    """A DOCTYPE whose entity ``j`` would be a thousand million laughs, before ``use``."""
    each = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    return f'<!DOCTYPE x [<!ENTITY a "ha">{each}]>{use}'


def text(piece: str, times: int, end: str = "") -> Callable[[], bytes]:
    """What makes a text of a title and something that is repeated."""
    return lambda: (TITLE + piece * times + end).encode()


CASES = (
    Case("txt, 60 MB, one line of sentences", ".txt", lambda: (SENTENCE * 750_000).encode()),
    Case("txt, 60 MB, no line end, no stop", ".txt", text("万", 20_000_000)),
    Case("txt, 60 MB, lines of sentences", ".txt", text(SENTENCE + "\n\n", 700_000)),
    Case("txt, 60 MB of digits", ".txt", text("1", 60_000_000)),
    Case("txt, 60 MB of empty lines", ".txt", text("\n", 60_000_000)),
    Case("txt, 60 MB of headings", ".txt", text("一、收入\n", 4_600_000)),
    Case("txt, 60 MB in cells", ".txt", text("1\t2.00\t3\n", 6_000_000)),
    Case("txt, a row of 20,000,000 cells", ".txt", text("1\t", 20_000_000)),
    Case("txt, a wide row among many", ".txt", text("1\t2\n", 90_000, "1\t" * 30_000)),
    Case("md, a row of 20,000,000 pipes", ".md", text("|1", 20_000_000)),
    Case("txt, digits, 100,000", ".txt", text("1", 100_000, SENTENCE)),
    Case("txt, numbers written wrong, 200,000", ".txt", text("1.2.3,4，5", 25_000)),
    Case("txt, brackets, 200,000", ".txt", text("（", 200_000, SENTENCE)),
    Case("txt, spaces, 1,000,000", ".txt", text(" ", 1_000_000, SENTENCE)),
    Case("txt, one paragraph of 300,000", ".txt", text(SENTENCE, 10_000)),
    Case("txt, 300,000 in paragraphs", ".txt", text(SENTENCE + "\n\n", 10_000)),
    Case("md, 1 MB in base64", ".md", text("aB3+/", 200_000)),
    Case("txt, random bytes", ".txt", lambda: os.urandom(20 * MB)),
    Case("docx, 10 GB of zeros", ".docx", lambda: word(b"", zeros=zeros(10 << 30))),
    Case("docx, 3 GB of markup", ".docx", lambda: word(b"", styles=zeros(3 << 30))),
    Case("docx, 300 MB of empty elements", ".docx", lambda: word(b"<w:p/>" * 50_000_000)),
    Case("docx, 20,000,000 empty elements", ".docx", lambda: word(b"<w:p/>" * 20_000_000)),
    Case("docx, a zip in a zip", ".docx", lambda: word(b"", a=word(b"", a=zeros(2 << 30)))),
    Case(
        "docx, 100 MB in a paragraph", ".docx", lambda: word(paragraph("收入1.5万元，" * 5_800_000))
    ),
    Case("docx, 1,000,000 levels", ".docx", lambda: word(b"<w:p>" * 10**6 + b"</w:p>" * 10**6)),
    Case("docx, 250 levels", ".docx", lambda: word(b"<w:sdt>" * 250 + b"</w:sdt>" * 250)),
    Case(
        "docx, 1,000,000 attributes",
        ".docx",
        lambda: word(b"<w:p %s/>" % b" ".join(b'a%d="1"' % n for n in range(10**6))),
    ),
    Case("docx, laughs", ".docx", lambda: word(paragraph("&j;"), laughs("").encode())),
    Case("xlsx, 10 GB of zeros", ".xlsx", lambda: book(b"", zeros=zeros(10 << 30))),
    Case("xlsx, 100 MB in a cell", ".xlsx", lambda: book(CELL.format("万" * 35_000_000).encode())),
    Case("xlsx, 1,000,000 cells", ".xlsx", lambda: book(grid(50_000, 20))),
    Case("xlsx, 3,000,000 cells", ".xlsx", lambda: book(grid(150_000, 20))),
    Case("xlsx, 16,000,000 cells", ".xlsx", lambda: book(grid(1_000_000, 16))),
    Case("xlsx, 290,000 cells in a table", ".xlsx", lambda: book(grid(14_500, 20))),
    Case("xlsx, 1,000,000 levels", ".xlsx", lambda: book(b"<row>" * 10**6 + b"</row>" * 10**6)),
    Case("xlsx, laughs", ".xlsx", lambda: book(CELL.format("&j;").encode(), laughs("").encode())),
    Case("html, laughs", ".html", lambda: laughs("<p>&j;1.00万元</p>").encode()),
    Case("html, 60 MB in a paragraph", ".html", lambda: f"<p>{SENTENCE * 750_000}".encode()),
    Case("html, 60 MB of tags", ".html", lambda: b"<p>1" * 15_000_000),
    Case("html, 1,900,000 tags", ".html", lambda: b"<html>" + b"<b>1</b>" * 950_000),
    Case("html, 1,000,000 levels", ".html", lambda: b"<div>" * 10**6 + b"1.00"),
    Case("html, 250 levels of tables", ".html", lambda: b"<table><tr><td>1" * 250),
    Case("html, 290,000 cells", ".html", lambda: b"<table>" + (b"<tr>" + b"<td>1" * 20) * 14_500),
    Case(
        "html, wide and high",
        ".html",
        lambda: b"<table>" + b"<tr><td rowspan=65000 colspan=1000>1<td>2" * 200,
    ),
    Case("html, unclosed comment", ".html", lambda: b"<html><!--" + b"-" * (60 * MB)),
    Case(
        "html, 60 MB in an attribute",
        ".html",
        lambda: b"<html><p style='" + b"a:" * (30 * MB) + b"'>1.00</p>",
    ),
    Case("html, random bytes", ".html", lambda: b"<html>" + os.urandom(20 * MB)),
    Case("pdf, 5,000 pages", ".pdf", lambda: pdf(5_000)),
    Case("pdf, 990 pages", ".pdf", lambda: pdf(990)),
    Case("pdf, a page tree in a ring", ".pdf", lambda: pdf(1, extra=page_tree(3), kids=b"5 0 R")),
    Case(
        "pdf, a page tree of 50,000 levels",
        ".pdf",
        lambda: pdf(1, extra=page_tree(50_000), kids=b"5 0 R"),
    ),
    Case(
        "pdf, arrays in arrays",
        ".pdf",
        lambda: pdf(1, extra=[b"[" * 10**6 + b"]" * 10**6], kids=b"5 0 R"),
    ),
    Case(
        "pdf, arrays in the content", ".pdf", lambda: pdf(1, b"[" * 10**6 + b"]" * 10**6 + b" TJ")
    ),
    Case("pdf, dictionaries in the content", ".pdf", lambda: pdf(1, b"/A " + b"<</A " * 10**6)),
    Case("pdf, saved states without end", ".pdf", lambda: pdf(1, b"q " * 10**7)),
    Case("pdf, 20 MB of text on a page", ".pdf", lambda: pdf(1, b"BT /F 1 Tf (1.00) Tj " * 10**6)),
    Case("pdf, a string without end", ".pdf", lambda: pdf(1, b"(" + b"a" * (30 * MB))),
    Case(
        "pdf, 900 full pages",
        ".pdf",
        lambda: pdf(900, b"BT /F 9 Tf 90 700 Td 10 TL " + b"(1.00 2.00) Tj T* " * 60),
    ),
    Case("pdf, random bytes", ".pdf", lambda: b"%PDF-1.7\n" + os.urandom(20 * MB)),
    Case("doc, random bytes", ".doc", lambda: OLE + os.urandom(20 * MB)),
    Case("xls, random bytes", ".xls", lambda: OLE + os.urandom(20 * MB)),
    Case("rtf, 1,000,000 levels", ".rtf", lambda: b"{\\rtf1" + b"{" * 10**6),
    Case("rtf, 20 MB", ".rtf", lambda: b"{\\rtf1 " + b"1.00\\par " * (2 * MB) + b"}"),
    Case("png, random bytes", ".png", lambda: b"\x89PNG\r\n\x1a\n" + os.urandom(MB)),
)
