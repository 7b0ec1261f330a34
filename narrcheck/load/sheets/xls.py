"""Reads .xls, .et and .ods spreadsheets: the values of the visible sheets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.kinds import kind_of_content
from narrcheck.load.packages import refuse_bomb
from narrcheck.load.sheets.parts import refuse_far_cells
from narrcheck.load.sheets.rows import SheetCell, items_of_cells, too_many_cells, with_sheet_name
from narrcheck.load.sheets.xls_cells import LOCKED, TOO_MANY
from narrcheck.load.sheets.xlsx import document_of_sheets, hidden_sheets, load_xlsx
from narrcheck.load.writing import Item

READER = (sys.executable, "-P", "-m", "narrcheck.load.sheets.xls_cells")
TIME_LIMIT = 60  # seconds
UNFORMATTED = (
    "表格中的数字按保存的数值读取，小数位数、百分号可能与显示的不同；"
    "另存为 .xlsx 后检查，可与显示的完全一致。"
)


def load_xls(name: str, sha256: str, data: bytes) -> Document:
    """The document in the bytes of a spreadsheet; ``name`` is its path, for messages too.

    Systems export workbooks, web pages and tabbed text under .xls too; these are read as what
    they are. Raises DocumentError where the file is damaged, encrypted, or shows nothing.
    """
    kind = kind_of_content(data)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"schemas-microsoft-com:office:spreadsheet" in head and head.startswith(b"<?xml"):
        raise DocumentError(f"{name}：是 XML 表格，请用 Excel 或 WPS 另存为 .xlsx 后再检查。")
    if kind == "Excel 工作簿":
        return load_xlsx(name, sha256, data)
    if kind == "网页" or head.startswith(b"<"):
        from narrcheck.load.html.read import load_html

        return load_html(name, sha256, data)
    if not kind and not data.startswith((b"PK", b"\x09")):  # a package, the oldest .xls
        from narrcheck.load.text import load_text

        return load_text(name, sha256, data)
    if data.startswith(b"PK"):
        refuse_bomb(name, data)
        refuse_far_cells(name, data)
    pages, notices = plain_sheets(name, data)
    return document_of_sheets(name, sha256, pages, notices)


def plain_sheets(name: str, data: bytes) -> tuple[list[list[Item]], list[str]]:
    """What the visible sheets show, but for the formats of their numbers; and the notices.

    Raises DocumentError where the file is damaged, encrypted, or far too large.
    """
    found = _read_apart(data)
    if found.get("why") == LOCKED:
        raise DocumentError(f"{name}：表格已加密，请先解除密码。")
    if found.get("why") == TOO_MANY:
        raise too_many_cells(name)
    if "sheets" not in found:
        raise DocumentError(
            f"{name}：表格已损坏或格式不对，请用 Excel 或 WPS 另存为 .xlsx 后再检查。"
        )
    pages: list[list[Item]] = []
    for title, cells in found["sheets"]:
        items = items_of_cells(name, [SheetCell(*cell) for cell in cells])
        pages.append(with_sheet_name(items, title, alone=len(found["sheets"]) == 1))
    return pages, [*hidden_sheets(found["hidden"]), *([UNFORMATTED] if any(pages) else [])]


def _read_apart(data: bytes) -> dict[str, Any]:
    """What ``xls_cells`` reads in a process of its own; empty where that came to no end."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        # bandit: a list and no shell; what it runs was found by us, not named by a document.
        ended = subprocess.run(  # nosec B603
            READER,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=TIME_LIMIT,
            check=True,
        )
    except subprocess.SubprocessError:
        return {}
    found: dict[str, Any] = json.loads(ended.stdout)
    return found
