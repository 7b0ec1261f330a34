"""Words of a document made fit for a terminal: no control characters, lines broken as in print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from rich.text import Text

from narrcheck.document import Document, Where

# What is never torn apart: a number with its unit, a Latin word, and any character with the marks
# that belong to it (no line begins with ， or ends with （).
ATOM = re.compile(
    r"[（(“‘《〈【〔［「『\[]*"
    r"(?:[+-]?[0-9０-９.．,]+(?:[%％]|[万亿]?元)?|[A-Za-z0-9_./:@#&=+%-]+|.)"
    r"[，。、；：？！）)”’》〉】〕］」』\]…]*\s*",
    re.DOTALL,
)


def plain(text: str) -> str:
    """``text`` on one line and without anything a terminal would obey or hide.

    Line breaks, control and format characters (ESC, direction marks, zero-width) and lone
    surrogates go; a tab becomes a space.
    """
    return "".join(
        " " if character == "\t" else character
        for character in text
        if character == "\t"
        or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    # Chinese terminals draw characters of ambiguous width (“ ” … · × ÷) two columns wide.
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def columns(text: str) -> int:
    """How many columns ``text`` takes in a terminal, ambiguous characters counted as two."""
    return sum(map(_columns, text))


def _breaks(text: str, width: int) -> Iterator[int]:
    used = 0
    for atom in ATOM.finditer(text):
        need = columns(atom[0].rstrip())
        if used and used + need > width:
            yield atom.start()
            used = 0
        if need <= width:
            used += columns(atom[0])
            continue
        for offset, character in enumerate(atom[0], atom.start()):
            if used and used + _columns(character) > width:
                yield offset
                used = 0
            used += _columns(character)


def wrap(text: Text, width: int) -> list[Text]:
    """The lines of ``text``, none wider than ``width`` columns; at least one."""
    pieces = list(text.divide(list(_breaks(text.plain, max(width, 2)))))
    for piece in pieces:
        piece.rstrip()
    return pieces


def hanging(label: str, body: Text, width: int, *, style: str = "") -> list[Text]:
    """``body`` wrapped behind ``label``, its further lines indented by the label's width."""
    indent = columns(label)
    first, *rest = wrap(body, width - indent)
    return [
        Text.assemble((label, style), first),
        *(Text.assemble(" " * indent, line) for line in rest),
    ]


def place(where: Where | None) -> str:
    """第21页 or 第392行, after the name of the file where that is another; ``""`` where unknown."""
    if where is None:
        return ""
    at = f"第{where.line}行" if where.line is not None else ""
    at = f"第{where.page}页" if where.page is not None else at
    return f"{plain(PurePath(where.file).name)} {at}".rstrip() if where.file else at


def about(document: Document) -> str:
    """``决算 · 云溪县档案馆 · 2023年度``, what a document says of itself."""
    year = f"{document.year}年度" if document.year else ""
    return " · ".join(plain(each) for each in (document.kind, document.unit, year) if each)


def left_out(hidden: int) -> str:
    """What is said of findings that the caller or the settings did not ask for."""
    return f"按 --select/--ignore 或设置未列出 {hidden} 条。"


def head(document: Document, width: int) -> Iterator[Text]:
    """What stands above all that is said of a document: its path, what it is, its notices."""
    yield from wrap(Text(plain(document.path), style="bold"), width)
    yield from wrap(Text(about(document), style="dim"), width)
    yield from notice_lines(document, width)


def notice_lines(document: Document, width: int) -> Iterator[Text]:
    """What of a document could not be read, or only in another way."""
    for notice in document.notices:
        yield from hanging("注意  ", Text(plain(notice)), width, style="bold yellow")
