"""目录列出的公开表，正文都有。

没有数据的表也应当列出空表并说明。

正例：目录：一、收入支出决算总表（正文有此表）
反例：目录：{八、国有资本经营预算财政拨款支出决算表}（正文没有此表）

例文：
    2023年度部门决算

    目录

    第一部分 部门概况

    第二部分 部门决算表

    一、支出决算表

    二、{国有资本经营预算财政拨款支出决算表→}

    第三部分 部门决算情况说明

    一、支出决算情况说明

    第一部分 部门概况

    本部门有内设科室3个。

    第二部分 部门决算表

    支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 | 100.00 | 60.00 | 40.00 |
    | 205 | 教育支出 | 100.00 | 60.00 | 40.00 |

    第三部分 部门决算情况说明

    一、支出决算情况说明

    2023年度支出合计100.00万元。
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from narrcheck.document import Document, Paragraph
from narrcheck.findings import Finding, on_contents
from narrcheck.ledger import Ledger

CODE = "NC601"
SLUG = "table-listed-but-missing"
_NUMBERING = regex.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)]?[、.．]?|[（(]?\d+[）)]?[、.．]"
    r"|附?表\s?(?:[一二三四五六七八九十]+|\d+(?:[-－—.．]\d+)?)[：:、]?"
    r"|公开\s?\d+(?:[-－—]\d+)?\s?表[：:、]?)\s*"
)
# 第二部分 部门决算表: the chapter of the tables, not a table.
_CHAPTER = regex.compile(
    r"^\s*第[一二三四五六七八九十]+部分|(?:部门|单位|^)(?:决算|预算)(?:公开)?(?:报表|附表|表)$"
)
# What the contents and the heading of one table often say differently.
_NOISE = regex.compile(r"[\s“”\"'《》（）()：:]|\d{4}年度?|情况|明细|汇总|部门|单位|本级")


def check(ledger: Ledger) -> Iterator[Finding]:
    """Requirement R3: every table of the contents stands in the document, an empty one too."""
    document = ledger.document
    if not document.tables:
        return
    present = {_plain(title) for title in _titles(document)}
    listed = [line for line in document.contents if _is_table(line.text)]
    missing = [line for line in listed if not _found(_plain(line.text), present)]
    if len(missing) == len(listed):
        return  # the contents name tables that were not loaded at all: nothing to hold them against
    for line in missing:
        yield _finding(document, line)


def _titles(document: Document) -> Iterator[str]:
    for table in document.tables:
        yield table.title
    for paragraph in document.paragraphs:
        if len(paragraph.text) <= 60:
            yield paragraph.text


def _is_table(text: str) -> bool:
    name = _plain(text)
    return name.endswith("表") and not _CHAPTER.search(text) and not _CHAPTER.search(name)


def _plain(title: str) -> str:
    return _NOISE.sub("", _NUMBERING.sub("", title))


def _found(name: str, present: set[str]) -> bool:
    return any(name in title or (len(title) >= 6 and title in name) for title in present)


def _finding(document: Document, line: Paragraph) -> Finding:
    title = _NUMBERING.sub("", line.text).strip()
    message = f"目录列有“{title}”，正文没有此表；没有数据的也应列出空表并说明。"
    return on_contents(document, line, title, CODE, SLUG, message)
