"""Joins the tables of a second file, published apart, to the document that they belong to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePath

from narrcheck.document import Cell, Document, Table

NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def with_tables_of(second: Document, document: Document) -> Document:
    """``document`` with the tables of ``second``, whose places name that file.

    These go first: the caller says that it is there that the tables are. One that the document
    itself has, under the same title and with the same numbers, is left out; where the numbers
    differ both are kept. What ``second`` says of itself fills what the document leaves unsaid.
    """
    own = {_content(table) for table in document.tables}
    apart = tuple(
        _placed(table, second.path)
        for table in second.tables
        if not (_says_something(table) and _content(table) in own)
    )
    return replace(
        document,
        tables=(*apart, *document.tables),
        kind=document.kind or second.kind,
        unit=document.unit or second.unit,
        year=document.year or second.year,
        doubtful_apart=second.doubtful,
        notices=(*document.notices, *_notices(second, document)),
    )


def _placed(table: Table, file: str) -> Table:
    """The table with its places in ``file``; it stands in no section of the document."""
    rows = tuple(
        tuple(replace(cell, where=replace(cell.where, file=file)) for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows, where=replace(table.where, file=file), section=None)


def _content(table: Table) -> tuple[str, str, str, tuple[Decimal, ...]]:
    """What makes two tables the same: title, number, unit, and all amounts but zeros in order."""
    words = (re.sub(r"\s", "", each) for each in (table.title, table.number, table.money_unit))
    title, number, unit = words
    return title, number, unit, tuple(_amounts(table))


def _says_something(table: Table) -> bool:
    """Whether it can be told from others: not a table without a title and without amounts."""
    return bool(table.title) or any(_amounts(table))


def _amounts(table: Table) -> Iterator[Decimal]:
    seen: set[Cell] = set()
    for row in table.rows:
        for cell in row:
            text = re.sub(r"\s", "", unicodedata.normalize("NFKC", cell.text))
            if cell in seen or not NUMBER.fullmatch(text):
                continue
            seen.add(cell)
            if amount := Decimal(text.replace(",", "")):
                yield amount


def _notices(second: Document, document: Document) -> Iterator[str]:
    """What to say of the second file: what of it could not be read, whether it is the wrong one."""
    name = PurePath(second.path).name
    yield from (f"{name}：{notice}" for notice in second.notices)
    if not second.tables:
        yield f"{name}：没有读到表格。"
    years = document.year and second.year and document.year != second.year
    kinds = document.kind and second.kind and document.kind != second.kind
    if years or kinds:
        there, here = _about(second), _about(document)
        yield f"{name} 是{there}的表格，而文字说的是{here}，请确认没有拿错文件。"


def _about(document: Document) -> str:
    return f"{document.year}年度{document.kind}" if document.year else document.kind
