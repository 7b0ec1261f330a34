"""The tables of a document as CSV, one after the other, as Excel opens it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.report.grids import VALUE_HEADS, cells_once, table_heads, value_rows
from narrcheck.report.lines import plain

MARK = "\ufeff"  # tells Excel that the file is UTF-8
HARMLESS = re.compile(r"[+-]?[\d,]*\.?\d*[%％]?|-+")


def write_tables_csv(document: Document, values: Iterable[TableValue] = ()) -> str:
    """The tables as CSV text: what is said of each, its grid, an empty line; then the values.

    A merged cell stands at its first place only.
    """
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for nth, table in enumerate(document.tables, 1):
        writer.writerows([_words(text) for text in head] for head in table_heads(nth, table))
        grid = [[""] * len(row) for row in table.rows]
        for placed in cells_once(table):
            grid[placed.row][placed.column] = _words(placed.cell.text)
        writer.writerows(grid)
        writer.writerows([_words(plain(note))] for note in table.notes)
        buffer.write("\n")
    values = tuple(values)
    if values:
        writer.writerow(VALUE_HEADS)
        writer.writerows([_words(word) for word in row] for row in value_rows(document, values))
    return MARK + buffer.getvalue()


def _words(text: str) -> str:
    """A cell's text; behind an apostrophe where a spreadsheet would take it for a formula."""
    text = plain(text).strip()
    return f"'{text}" if text[:1] in {*"=+-@"} and not HARMLESS.fullmatch(text) else text
