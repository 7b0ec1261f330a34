"""Makes the files that are measured, of a faultless document of the corpus.

A page of the PDF is as full as those of real ones: some 450 characters in runs of two, each set
by five operators, and ruled tables, the sides of their cells drawn one by one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, cycle, groupby, islice, pairwise, repeat
from pathlib import Path

from benchmarks.common import CORPUS, ROOT

sys.path.insert(0, str(ROOT / "tests"))  # what makes files

from made.paper import HEIGHT, LEFT, RIGHT, pdf

TOP, BOTTOM = 80, 770  # points: what is printed stands between
PROSE, SMALL = 16, 8  # points: characters of the text, and of tables
LEADING = 1.75  # of their size
RUN = 2  # characters that one operator prints


@dataclass(frozen=True, slots=True)
class Block:
    """Something printed, as high as ``height``; ``operators`` print it below a given place."""

    height: float
    operators: tuple[tuple[str, float, float, float], ...]  # text, x, distance from top, size
    rules: tuple[tuple[float, float, float, float], ...] = ()  # x, distance, width, height


def write_pdf(path: Path, pages: int) -> Path:
    """Writes a PDF of so many pages: a document of the corpus, over and over.

    Different ones would contradict each other in thousands of places, as no disclosure does.
    """
    found = islice(_pages(chain.from_iterable(map(_blocks, repeat(CORPUS)))), pages)
    path.write_bytes(pdf(*found))
    return path


def write_text(path: Path, size: int) -> Path:
    """Writes a text of ``size`` bytes: a document of the corpus, its narrative going on."""
    text = CORPUS.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "\t" not in line and line.endswith("。")]
    for line in cycle(lines):
        if len(text.encode()) >= size:
            break
        text += f"\n{line}\n"
    path.write_text(text, encoding="utf-8")
    return path


def write_docx(path: Path) -> Path:
    """Writes a document of the corpus as a Word file."""
    from made.word import word_document

    from narrcheck.load import load

    path.write_bytes(word_document(load(CORPUS)))
    return path


def write_html(path: Path) -> Path:
    """Writes a document of the corpus as a page of a web site."""
    from made.web import web_page

    from narrcheck.load import load

    path.write_bytes(web_page(load(CORPUS)))
    return path


def _blocks(path: Path) -> Iterator[Block]:
    """The lines of a document's text, and the rows of its tables."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for is_table, some in groupby((each for each in lines if each.strip()), key=_is_row):
        rows = [line.split("\t") for line in some]
        yield from _rows(rows) if is_table else chain.from_iterable(_prose(row[0]) for row in rows)


def _is_row(line: str) -> bool:
    return line.count("\t") > 0 and "：" not in line


def _prose(line: str) -> Iterator[Block]:
    """A paragraph, two characters from the margin; a title starts as far in."""
    wide = int((RIGHT - LEFT) // PROSE)
    text = "\u3000\u3000" + " ".join(line.split())
    for at in range(0, len(text), wide):
        piece = text[at : at + wide]
        shown = piece.lstrip("\u3000")
        x = LEFT + PROSE * (len(piece) - len(shown))
        yield Block(PROSE * LEADING, ((shown, x, 0.0, PROSE),))


def _rows(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """The rows of a table whose columns are as wide as their texts want."""
    columns = max(map(len, rows))
    full = [[*row, *([""] * (columns - len(row)))] for row in rows]
    wants = [min(max(len(row[at]) for row in full), 16) + 2 for at in range(columns)]
    unit = (RIGHT - LEFT + 60) / sum(wants)
    xs = [LEFT - 30 + unit * sum(wants[:at]) for at in range(columns + 1)]
    for row in full:
        yield _row(row, xs)


def _row(row: Sequence[str], xs: Sequence[float]) -> Block:
    operators: list[tuple[str, float, float, float]] = []
    deep = 1
    for text, (left, right) in zip(row, pairwise(xs), strict=True):
        wide = max(int((right - left - 4) // SMALL * (2 if text.isascii() else 1)), 1)
        pieces = [text[at : at + wide] for at in range(0, len(text), wide)]
        deep = max(deep, len(pieces))
        operators.extend(
            (piece, left + 2, 4 + number * SMALL * 1.3, SMALL)
            for number, piece in enumerate(pieces)
        )
    height = 18 + deep * SMALL * 1.3
    return Block(height, tuple(operators), tuple(_sides(xs, height)))


def _sides(xs: Sequence[float], height: float) -> Iterator[tuple[float, float, float, float]]:
    """The upper and lower side of a row and those of its cells, as thin rectangles."""
    wide = xs[-1] - xs[0]
    yield from ((xs[0], 0.0, wide, 0.5), (xs[0], height, wide, 0.5))
    yield from ((x, 0.0, 0.5, height) for x in xs)


def _pages(blocks: Iterable[Block]) -> Iterator[str]:
    """The operators of page after page."""
    numbers = count(1)
    top, operators = float(TOP), list[str]()
    for block in blocks:
        if top + block.height > BOTTOM:
            yield "\n".join([*operators, *_printed(str(next(numbers)), 290, 790, 10)])
            top, operators = float(TOP), []
        for x, distance, width, height in block.rules:
            y = HEIGHT - top - distance
            operators.append(f"q 0 0 0 rg {x:.2f} {y - height:.2f} {width:.2f} {height:.2f} re f Q")
        for text, x, distance, size in block.operators:
            operators.extend(_printed(text, x, top + distance, size))
        top += block.height


def _printed(text: str, x: float, top: float, size: float) -> Iterator[str]:
    """The operators of a text, run by run as word processors print it."""
    for at in range(0, len(text), RUN):
        run = text[at : at + RUN]
        place = f"1 0 0 1 {x:.2f} {HEIGHT - top - size:.2f} Tm"
        yield f"BT /F {size} Tf {place} <{run.encode('utf-16-be').hex()}> Tj ET"
        x += sum(size / 2 if each.isascii() else size for each in run)
