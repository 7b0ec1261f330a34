"""What was loaded of a file, for a person or a program: paragraphs, and where the tables stand.

The form for programs is ``docs/schema/narrcheck-text-1.json``.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from narrcheck import __version__
from narrcheck.document import Document, Paragraph, Table, Where
from narrcheck.report.json import document_facts, location
from narrcheck.report.lines import about, columns, place, plain
from narrcheck.report.tables_json import table_facts

LOADED = 1  # the version of this form
ROLES = {"contents": "目录｜", "title": "表题｜", "note": "表注｜", "heading": "■ "}
DOUBTFUL = "〖", "〗"


def write_loaded(document: Document) -> str:
    """A line a paragraph, its page or line before it, indented by its section; ends in a break.

    A heading has a mark, a table stands as one line where it is. What was recognised in a picture
    with little confidence is in 〖〗.
    """
    shown = [(place(where), line) for where, line in _lines(document)]
    width = max((columns(at) for at, _ in shown), default=0)
    body = [f"{at}{' ' * (width - columns(at))}  {line}" for at, line in shown]
    return "\n".join([*_head(document), "", *body]) + "\n"


def item_at(document: Document, line: int) -> Paragraph | Table | None:
    """The paragraph or table that stands on a line (from 1) of ``write_loaded``."""
    items = _items(document)
    nth = line - len(_head(document)) - 2
    return items[nth] if 0 <= nth < len(items) else None


def _head(document: Document) -> list[str]:
    """The lines above the first paragraph, which an empty one ends."""
    lines = [plain(document.path), about(document)]
    lines += [f"注意  {plain(notice)}" for notice in document.notices]
    return [line for line in lines if line]


def write_loaded_json(document: Document) -> str:
    """The paragraphs and tables as JSON text, ending in a line break.

    ``doubtful`` are characters of ``text``, half-open, recognised with little confidence.
    """
    paragraphs = sorted((*document.contents, *document.paragraphs), key=_start)
    content = {
        "text_version": LOADED,
        "narrcheck": __version__,
        **document_facts(document),
        "paragraphs": [_paragraph(document, each) for each in paragraphs],
        "tables": [table_facts(document, table) for table in document.tables],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _start(item: Paragraph | Table) -> int:
    return item.where.start if isinstance(item, Table) else item.offset(0)


def _items(document: Document) -> list[Paragraph | Table]:
    """Paragraphs and tables in the order of the file."""
    return sorted((*document.contents, *document.paragraphs, *document.tables), key=_start)


def _lines(document: Document) -> Iterator[tuple[Where, str]]:
    """What is shown of each, with its place."""
    numbers = {id(table): nth for nth, table in enumerate(document.tables, 1)}
    for item in _items(document):
        depth = len(document.section_path(item.section))
        if isinstance(item, Table):
            yield item.where, f"{'  ' * depth}{_table(numbers[id(item)], item)}"
            continue
        heading = item.role == "heading"
        indent = "  " * (depth - 1 if heading else depth)
        words = _with_doubts(item.text, _doubts(document, item))
        yield _where(document, item), f"{indent}{ROLES.get(item.role, '')}{plain(words)}"


def _table(nth: int, table: Table) -> str:
    across = len(table.rows[0]) if table.rows else 0
    facts = [
        table.title or "无题名",
        table.number,
        f"单位：{table.money_unit}" if table.money_unit else "",
        f"{len(table.rows)} 行×{across} 列",
    ]
    return f"〔表 {nth}：{'，'.join(plain(each) for each in facts if each)}〕"


def _where(document: Document, paragraph: Paragraph) -> Where:
    return document.where(
        paragraph.offset(0), paragraph.offset(max(len(paragraph.text) - 1, 0)) + 1
    )


def _doubts(document: Document, paragraph: Paragraph) -> list[tuple[int, int]]:
    """The stretches of a paragraph's text that were recognised with little confidence."""
    found: list[tuple[int, int]] = []
    ends = [at for at, _ in paragraph.runs[1:]] + [len(paragraph.text)]
    for (at, source), end in zip(paragraph.runs, ends, strict=True):
        nth = bisect_right(document.doubtful, source, key=lambda span: span[1])
        for first, last in document.doubtful[nth:]:
            start, stop = max(first - source + at, at), min(last - source + at, end)
            if start >= stop:
                break
            found.append((start, stop))
    return found


def _with_doubts(text: str, doubts: list[tuple[int, int]]) -> str:
    opening, closing = DOUBTFUL
    for start, end in reversed(doubts):
        text = f"{text[:start]}{opening}{text[start:end]}{closing}{text[end:]}"
    return text


def _paragraph(document: Document, paragraph: Paragraph) -> dict[str, Any]:
    section = document.section_path(paragraph.section)
    return {
        "role": paragraph.role,
        "text": paragraph.text,
        "location": location(_where(document, paragraph), section),
        "doubtful": [list(span) for span in _doubts(document, paragraph)],
    }
