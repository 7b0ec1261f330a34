"""Tells which lines of a text are rows of tables, and takes their cells apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from narrcheck.document import Cell, Where
from narrcheck.load.blocks import Grid, Line
from narrcheck.load.joining import ENDS

BARS = "|｜│┃║"
SEPARATOR = re.compile(r"\s*:?[-─━═]+:?\s*")
# A line that only draws the frame: +-----+-----+, ├──┼──┤.
FRAME = re.compile(rf"(?=.*[+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝])[\s{BARS}+\-=:─-╬]{{3,}}")
NUMBER = re.compile(r"[-+−△（(]?\d[\d,]*(?:\.\d+)?[%％）)]?")
PIECE = {
    "tabs": re.compile(r"[^\t]*(?:\t|$)"),
    "pipes": re.compile(rf"(?:[^{BARS}\\]++|\\.)*+(?:[{BARS}]|$)"),
}
PIECE["open"] = PIECE["tailed"] = PIECE["pipes"]


def kinds_of_rows(lines: Sequence[Line | Grid]) -> list[str]:
    """How each line is parted into cells; ``""`` where it is no row.

    ``pipes``: bars stand around it too. ``open``: they stand only between its cells. ``tailed``:
    and after the last. ``frame``: it is a row's frame and nothing more. ``tabs``: tabs part it.
    """
    kinds: list[str] = []
    for run in _runs(lines):
        texts = [line.text for line in run if isinstance(line, Line)]
        barred = _of_bars(texts)
        kinds += barred or ["tabs" if _is_tabbed(text) else "" for text in texts] or [""]
    return kinds


def _runs(lines: Sequence[Line | Grid]) -> Iterator[list[Line | Grid]]:
    """The lines, put together where bars follow upon bars without an empty line between."""
    run: list[Line | Grid] = []
    for line in lines:
        barred = isinstance(line, Line) and _has_bars(line.text)
        goes_on = run and isinstance(line, Line) and barred and not line.gap
        if not (goes_on and isinstance(run[-1], Line) and _has_bars(run[-1].text)):
            if run:
                yield run
            run = []
        run.append(line)
    if run:
        yield run


def _has_bars(text: str) -> bool:
    return any(bar in text for bar in BARS) or FRAME.fullmatch(text) is not None


def _of_bars(texts: Sequence[str]) -> list[str]:
    """The kinds of lines with bars that follow one another; empty where they part no cells."""
    framed = [FRAME.fullmatch(text) is not None for text in texts]
    rows = [text for text, frame in zip(texts, framed, strict=True) if not frame]
    if not rows or not _has_bars(rows[0]):
        return []
    if _is_open(rows):
        kind = "tailed" if all(text.rstrip()[-1] in BARS for text in rows) else "open"
        return ["frame" if frame else kind for frame in framed]
    if not any(map(_is_piped, rows)):
        return []
    return [
        "frame" if frame else "pipes" if _is_piped(text) else ""
        for text, frame in zip(texts, framed, strict=True)
    ]


def _is_open(rows: Sequence[str]) -> bool:
    """Whether bars stand only between the cells: of two rows or more, alike, and with numbers.

    Three cells a row or more are a table without them, as an empty one is.
    """
    if rows[0].lstrip()[0] in BARS or len(rows) < 2 or any(map(_is_tabbed, rows)):
        return False
    counts = Counter(sum(text.count(bar) for bar in BARS) for text in rows)
    cells = (piece for text in rows for piece in re.split(f"[{BARS}]", text))
    count, alike = counts.most_common(1)[0]
    numbers = any(NUMBER.fullmatch(cell.strip()) for cell in cells)
    return alike * 2 >= len(rows) and (numbers or (count > 1 and alike > 1))


def is_row_of_one(text: str) -> bool:
    """Whether a line may be a row of which only the first cell is filled: it ends with a tab."""
    bare = text.strip()
    return text.rstrip(" ").endswith("\t") and not text.startswith("\t") and bare[-1] not in ENDS


def _is_piped(text: str) -> bool:
    bare = text.strip()
    return bare[:1] in BARS and sum(bare.count(bar) for bar in BARS) >= 2


def _is_tabbed(text: str) -> bool:
    """Whether tabs part the line into cells; a single one before a paragraph only indents it."""
    return "\t" in text.strip() or text.count("\t") >= 2


def cells_of(line: Line, kind: str, line_starts: Sequence[int]) -> list[Cell]:
    """The cells of a line, stripped, each with its exact place."""
    number = bisect_right(line_starts, line.start)
    cells: list[Cell] = []
    end = 0
    for piece in PIECE[kind].finditer(line.text):
        past = piece.start() == len(line.text) and end == piece.start() and not piece.group()
        if past and not _ends_with_cell(line.text, kind):
            break
        raw = piece.group()
        closed = raw[-1:] == "\t" if kind == "tabs" else raw[-1:] in tuple(BARS)
        raw = raw[:-1] if closed else raw
        start = line.start + piece.start() + len(raw) - len(raw.lstrip())
        text = raw.strip()
        shown = text if kind == "tabs" else text.replace("\\|", "|")
        cells.append(Cell(shown, Where(start, start + len(text), line=number)))
        end = piece.end()
    return cells[1:] if kind == "pipes" else cells


def _ends_with_cell(text: str, kind: str) -> bool:
    """Whether what stands last in a line only parts it from one more cell, which is empty."""
    return text.endswith("\t") if kind == "tabs" else kind == "open" and text.endswith(tuple(BARS))


def is_separator(cells: Sequence[Cell], kind: str) -> bool:
    """Whether a row of bars only parts header and body: | --- | --- |."""
    return kind != "tabs" and all(SEPARATOR.fullmatch(cell.text) for cell in cells)
