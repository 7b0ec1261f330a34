"""The tables of a document for programs: grids, places, and what was read from the cells.

Their form is ``docs/schema/narrcheck-tables-1.json``.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from typing import Any

from narrcheck import __version__
from narrcheck.document import Document, Table
from narrcheck.figure import TableValue
from narrcheck.report.grids import cells_once
from narrcheck.report.json import document_facts, figure_fields, location

TABLES = 1  # the version of this form


def write_tables_json(
    document: Document, values: Iterable[TableValue], *, distrusted: Container[int] = ()
) -> str:
    """The tables as JSON text, ending in a line break; rows and columns count from 0.

    ``distrusted`` are those whose header does not fit their numbers.
    """
    read: dict[int, list[TableValue]] = {}
    for value in values:
        read.setdefault(value.table, []).append(value)
    content = {
        "tables_version": TABLES,
        "narrcheck": __version__,
        **document_facts(document),
        "tables": [
            {
                **_table(document, table),
                "used": index not in distrusted,
                "values": [_value(value) for value in read.get(index, ())],
            }
            for index, table in enumerate(document.tables)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def table_facts(document: Document, table: Table) -> dict[str, Any]:
    """What a table's caption says, how large it is, and where it stands."""
    return {
        "title": table.title,
        "number": table.number,
        "money_unit": table.money_unit,
        "rows": len(table.rows),
        "columns": len(table.rows[0]) if table.rows else 0,
        "location": location(table.where, document.section_path(table.section)),
        "notes": list(table.notes),
    }


def _table(document: Document, table: Table) -> dict[str, Any]:
    cells = [
        {
            "row": placed.row,
            "column": placed.column,
            "rows": placed.rows,
            "columns": placed.columns,
            "text": placed.cell.text,
            "location": location(placed.cell.where),
        }
        for placed in cells_once(table)
    ]
    return {**table_facts(document, table), "cells": cells}


def _value(value: TableValue) -> dict[str, Any]:
    return {
        "row": value.row,
        "column": value.column,
        "rows": list(value.rows),
        "row_name": value.row_name,
        "column_name": value.column_name,
        "value": f"{value.quantity.value:f}",
        "unit": value.quantity.unit.text,
        "figure": figure_fields(value.figure) if value.figure else None,
        "location": location(value.where),
    }
