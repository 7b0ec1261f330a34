"""Makes a document of the lines and grids of a file, whatever its format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from narrcheck.document import Document, Paragraph, Table
from narrcheck.load.blocks import Grid, Line
from narrcheck.load.bounds import (
    notice_of_endless,
    refuse_long_prose,
    without_endless_lines,
    without_endless_paragraphs,
)
from narrcheck.load.cover import kind_of, unit_of, year_of
from narrcheck.load.grid import read_captions
from narrcheck.load.joining import join_lines
from narrcheck.load.outline import outline, part_titles

COVER_LINES = 12


def assemble(
    shell: Document, contents: Sequence[Paragraph], blocks: Sequence[Line | Grid], cover: int
) -> Document:
    """``shell`` (path, text, line and page starts) with all that its blocks hold.

    ``cover`` is the offset at which the cover ends: that of the 目录, or 0 without one. What is far
    too long to be read is left out, and a notice says so; DocumentError where all is.
    """
    blocks, left_out = without_endless_lines(blocks)
    joined = join_lines(blocks)
    captioned, owners = read_captions(joined, shell.where)
    sections, items = outline(captioned, shell.where, part_titles(contents))
    paragraphs, more = without_endless_paragraphs(
        [item for item in items if isinstance(item, Paragraph)]
    )
    refuse_long_prose(shell.path, paragraphs)
    tables = tuple(item for item in items if isinstance(item, Table))
    front = _cover(paragraphs, cover)
    listed = [entry.text for entry in contents]
    titles = [table.title for table in tables]
    body = [paragraph.text for paragraph in paragraphs]
    return replace(
        shell,
        kind=kind_of(front, listed, titles),
        year=year_of(front, listed, titles, body),
        unit=unit_of(owners, [*listed, *(s.title for s in sections)], front),
        sections=sections,
        paragraphs=tuple(paragraphs),
        tables=tables,
        contents=tuple(contents),
        notices=(*shell.notices, *notice_of_endless([*left_out, *more], shell.where)),
    )


def _cover(paragraphs: Sequence[Paragraph], end: int) -> list[str]:
    """The lines of the cover: those before the 目录, else the first few before any heading."""
    lines: list[str] = []
    for paragraph in paragraphs[:COVER_LINES]:
        beyond = paragraph.offset(0) >= end if end else paragraph.section is not None
        if beyond or (not end and len(paragraph.text) > 60):
            break
        lines.append(paragraph.text)
    return lines
