"""Makes Word files: a whole document's, or one of given WordprocessingML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml

from narrcheck.document import Cell, Document, Paragraph, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": REL,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
WIDTH = 8600  # of the text on a page, in twentieths of a point
INDENTED = '<w:ind w:firstLineChars="200" w:firstLine="440"/>'


def paragraph(text: str, properties: str = "") -> str:
    """A w:p with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A w:r with one w:t."""
    kept = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{kept}</w:r>"


def cell(content: str, properties: str = "", columns: int = 1) -> str:
    """A w:tc over some columns; a text that is no markup becomes its only paragraph."""
    inside = content if content.startswith("<w:") else paragraph(content)
    width = '<w:tcW w:w="0" w:type="auto"/>'
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f"<w:tc><w:tcPr>{width}{span}{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A w:tr of cells that are markup, or plain texts."""
    inside = "".join(each if each.startswith("<w:") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str, columns: int = 0) -> str:
    """A ruled w:tbl; other programs than Word need to be told of how many columns."""
    grid = f'<w:gridCol w:w="{WIDTH // max(columns, 1)}"/>' * columns
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0"/>' for edge in edges)
    properties = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def word_file(
    body: str,
    parts: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    relations: str = "",
    head: str = "",
) -> bytes:
    """The .docx with that WordprocessingML in its w:body.

    ``parts`` are the contents of other parts (``styles``, ``numbering``, ``footnotes``,
    ``endnotes``); ``files`` are put into the package, or replace its parts; ``relations`` are
    added to those of the document; ``head`` stands before its root.
    """
    related = "".join(
        f'<Relationship Id="x{kind}" Type="{REL}/{kind}" Target="{kind}.xml"/>'
        for kind in parts or ()
    )
    inside: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(parts or {}),
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(related + relations),
        "word/document.xml": _xml("document", f"<w:body>{body}</w:body>", head),
        **{f"word/{kind}.xml": _xml(kind, content) for kind, content in (parts or {}).items()},
        **(files or {}),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in inside.items():
            package.writestr(name, content)
    return data.getvalue()


def _xml(root: str, content: str, head: str = "") -> bytes:
    return f'{head}<w:{root} {NAMESPACES} mc:Ignorable="">{content}</w:{root}>'.encode()


def _relations(inside: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'.encode()


def _content_types(parts: Iterable[str]) -> bytes:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{word}.{kind}+xml"/>' for kind in parts
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override '
        f'PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f"{overrides}</Types>"
    ).encode()


def word_document(document: Document) -> bytes:
    """A .docx that shows what a loaded document holds, in its order.

    A 目录 gets its title back; what the caption rows of a table said stands in a paragraph before
    the table, if none says it already.
    """
    made = docx.Document()
    body = made.element.body
    end = body.sectPr
    for markup in _blocks(document):
        end.addprevious(parse_xml(markup.replace(">", f" {NAMESPACES}>", 1)))
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def _blocks(document: Document) -> Iterator[str]:
    if document.contents:
        titled = [(document.contents[0].offset(0), "<w:p><w:r><w:t>目录</w:t></w:r></w:p>")]
    else:
        titled = []
    contents = [(each.offset(0), paragraph(each.text)) for each in document.contents]
    shown = [(each.offset(0), each) for each in document.paragraphs]
    tables = [(each.where.start, each) for each in document.tables]
    items: list[tuple[int, str | Paragraph | Table]] = [*titled, *contents, *shown, *tables]
    items.sort(key=lambda item: item[0])
    caption = ""
    for _, item in items:
        if isinstance(item, str):
            yield item
        elif isinstance(item, Paragraph):
            caption = f"{caption} {item.text}" if item.role == "title" else ""
            yield paragraph(item.text, INDENTED if item.role == "body" else "")
        else:
            yield from _facts(item, caption, document.unit)
            yield table(*_rows(item), columns=len(item.rows[0]))
            yield "<w:p></w:p>"  # a table ends before a paragraph, else it runs into the next
            caption = ""


def _facts(item: Table, caption: str, unit: str) -> Iterator[str]:
    """The paragraph that names number and unit of a table, unless its caption does."""
    facts = [f"部门：{unit}"] if unit and unit not in caption else []
    facts += [item.number] if item.number and item.number not in caption else []
    if item.money_unit and item.money_unit not in caption:
        facts.append(f"金额单位：{item.money_unit}")
    if facts:
        yield paragraph("  ".join(facts))


def _rows(item: Table) -> Iterator[str]:
    """The rows of a table; a merged cell opens in its first row and goes on in the others."""
    for number, cells in enumerate(item.rows):
        inside: list[str] = []
        column = 0
        while column < len(cells):
            each = cells[column]
            opens = number == 0 or not _same(item.rows[number - 1][column], each)
            merge = f'<w:vMerge w:val="{"restart" if opens else "continue"}"/>'
            properties = merge if each.rows > 1 else ""
            inside.append(cell(each.text if opens else "", properties, each.columns))
            column += max(each.columns, 1)
        yield row(*inside)


def _same(above: Cell, below: Cell) -> bool:
    """Whether two places hold one merged cell."""
    return below.rows > 1 and above.where == below.where
