"""Reads text files: any encoding in use, tables by tabs or Markdown pipes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from narrcheck.document import Cell, Document, Where
from narrcheck.errors import DocumentError
from narrcheck.load.assemble import assemble
from narrcheck.load.blocks import Grid, Line, row_texts
from narrcheck.load.bounds import refuse_long
from narrcheck.load.caption import facts_of_row
from narrcheck.load.contents import split_contents
from narrcheck.load.grid import pad
from narrcheck.load.outline import TABLE_END
from narrcheck.load.paged import lines_of
from narrcheck.load.parting import cells_of, is_row_of_one, is_separator, kinds_of_rows
from narrcheck.load.sheets.rows import MOST_CELLS, too_many_cells
from narrcheck.load.spaced import with_spaced_tables

LINE_END = re.compile(r"\r\n|[\n\r\f]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
USUAL = re.compile("[的年度元支出入预决算部门单位預決門單]")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def load_text(name: str, sha256: str, data: bytes) -> Document:
    """The document in a text file's bytes; ``name`` is its path, for messages too.

    Raises DocumentError where the bytes are no text, or only white space.
    """
    text = decode(name, data)
    if not text.strip():
        raise DocumentError(f"{name}：文件里没有文字，请换成有内容的文件。")
    refuse_long(name, len(text))
    ends = list(LINE_END.finditer(text))
    # An editor counts no line at a form feed, which pdftotext sets where a page begins.
    counted = [end for end in ends if end.group() != "\f"] or ends
    line_starts = (0, *(end.end() for end in counted))
    shell = Document(name, sha256, "", "", None, text, line_starts, (), (), (), ())
    lines = lines_of(text, ends)
    contents, rest = split_contents(lines)
    cover = contents[0].offset(0) if contents else 0
    pages = [end.end() for end in ends if end.group() == "\f"]
    blocks = with_spaced_tables(_with_grids(name, rest, line_starts), line_starts, pages)
    return assemble(shell, contents, blocks, cover)


def decode(name: str, data: bytes) -> str:
    """The text of ``data`` without byte order mark.

    UTF-8, UTF-16, UTF-32, GB18030, else what it most looks like. Raises DocumentError for what
    is no text.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decoded(name, data[len(bom) :], (encoding,))
    if b"\0" in data:
        return _decoded(name, data, ("utf-16-le", "utf-16-be"))
    try:
        return _decoded(name, data, ("utf-8", "gb18030"))
    except DocumentError:
        from charset_normalizer import from_bytes

        best = from_bytes(data, cp_isolation=["big5", "utf_16_le", "utf_16_be", "gb18030"]).best()
        if best is None or _is_binary(str(best)) or not _is_chinese(str(best)):
            raise
        return str(best)


def _decoded(name: str, data: bytes, encodings: Sequence[str]) -> str:
    """``data`` in the first of ``encodings`` that makes plausible text of it."""
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_binary(text):
            continue
        if encoding.startswith(("utf-8", "utf-32")) or len(encodings) == 1 or _is_chinese(text):
            return text
    raise DocumentError(
        f"{name}：不是文本文件，或编码无法识别；请另存为 UTF-8 文本，或改用正确的扩展名。"
    )


def _is_binary(text: str) -> bool:
    """Whether it holds more control characters than the odd one that a word processor leaves."""
    return "\0" in text or len(CONTROL.findall(text)) * 200 > len(text)


def _is_chinese(text: str) -> bool:
    """Whether what was decoded reads like a disclosure, not like another encoding's bytes."""
    return len(USUAL.findall(text)) * 50 >= len(re.findall(r"[^\x00-\x7f]", text))


def _with_grids(
    name: str, lines: Sequence[Line | Grid], line_starts: Sequence[int]
) -> list[Line | Grid]:
    """The lines, those that are rows of a table put together to grids."""
    blocks: list[Line | Grid] = []
    rows: list[list[Cell]] = []
    kind = ""
    for line, found in zip(lines, kinds_of_rows(lines), strict=True):
        if isinstance(line, Grid) or found == "frame":
            continue
        if not found and kind == "tabs" and not line.gap and is_row_of_one(line.text):
            found = kind
        cells = cells_of(line, found, line_starts) if found else []
        new = rows and line.gap and _begins_table(cells, found)
        if rows and (found != kind or new):
            blocks.append(_grid(name, rows))
            rows = []
        kind = found
        if not found:
            blocks.append(line)
        elif not is_separator(cells, found):
            rows.append(cells)
    if rows:
        blocks.append(_grid(name, rows))
    return blocks


def _begins_table(cells: Sequence[Cell], kind: str) -> bool:
    """Whether a row after an empty line is the caption of another table."""
    texts = row_texts(tuple(cells))
    titled = len(texts) == 1 and TABLE_END.search(texts[0]) is not None
    return kind != "tabs" or titled or facts_of_row(texts) is not None


def _grid(name: str, rows: Sequence[Sequence[Cell]]) -> Grid:
    if max(map(len, rows)) * len(rows) > MOST_CELLS:
        raise too_many_cells(name)
    first, last = rows[0][0].where, rows[-1][-1].where
    return Grid(pad(rows), Where(first.start, last.end, line=first.line))
