"""Makes the web page that a site would publish of a document."""

from __future__ import annotations

from html import escape

from narrcheck.document import Cell, Document, Table

FRAME = """<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>信息公开</title><style>p {{ text-indent: 2em }}</style></head><body>
<nav><a href="/">首页</a> <a href="/open">政务公开</a></nav>
<div class="TRS_Editor">
{content}
</div>
<script>document.write("本年收入1.00万元。")</script>
<footer><p>版权所有：某某人民政府 网站标识码：1234567890</p></footer>
</body></html>
"""


def web_page(document: Document) -> bytes:
    """The page, in the encoding that most sites of governments say they use."""
    contents = [(each.offset(0), f"<p>{escape(each.text)}</p>") for each in document.contents]
    head = [(contents[0][0] - 1, '<p align="center">目&nbsp;录</p>')] if contents else []
    paragraphs = [
        (each.offset(0), f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{escape(each.text)}</p>")
        for each in document.paragraphs
    ]
    tables = [(table.where.start, _table(table)) for table in document.tables]
    parts = [*head, *contents, *paragraphs, *tables]
    content = "\n".join(html for _, html in sorted(parts, key=lambda part: part[0]))
    return FRAME.format(content=content).encode("gb18030")


def _table(table: Table) -> str:
    """A table with the caption that the document's lines do not give it."""
    seen: set[Cell] = set()
    rows: list[str] = []
    for row in table.rows:
        cells = []
        for cell in row:
            if (cell.rows > 1 or cell.columns > 1) and cell in seen:
                continue
            seen.add(cell)
            spans = "".join(
                f' {name}="{count}"'
                for name, count in (("rowspan", cell.rows), ("colspan", cell.columns))
                if count > 1
            )
            cells.append(f"<td{spans}><p><span>{escape(cell.text)}</span></p></td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1"><tbody>\n{chr(10).join(rows)}\n</tbody></table>'


def narrative(document: Document) -> str:
    """The document as text without its tables and all that belongs to them."""
    lines = [(each.offset(0), each.text) for each in document.contents]
    if lines:
        lines.append((lines[0][0] - 1, "目录"))
    lines.extend(
        (each.offset(0), each.text)
        for each in document.paragraphs
        if each.role not in ("title", "note")
    )
    return "\n\n".join(text for _, text in sorted(lines))
