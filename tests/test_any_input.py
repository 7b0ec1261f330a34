"""Whatever a file holds, a call ends as it says; whatever a table or a number looks like, too."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from html import escape
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mutated_files import mutant, sound_files
from narrcheck.claims.quantities import find_numbers
from narrcheck.cli import main
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.load import LOADERS
from narrcheck.load.html.read import load_html
from narrcheck.patterns import load_patterns
from narrcheck.tables import read_tables

MUTANTS = 12  # of each format; more: benchmarks.mutated_files
NAMES = count()
ENDS = (0, 1, 2)


def checked(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Checks files: each has its report or its line; one of an error in narrcheck is raised."""
    with pytest.raises(SystemExit) as ended:
        main(["check", *map(str, paths), "--format=json", "--no-cache", "--jobs=1"])
    printed = capsys.readouterr()
    told = {each["path"] for each in json.loads(printed.out)["documents"]}
    lines = printed.err.splitlines()
    assert ended.value.code in ENDS
    assert len(told) + len(lines) == len(paths)
    assert (ended.value.code == 2) == bool(lines)
    for path in paths:
        assert (str(path) in told) != any(line.startswith(f"narrcheck: {path}：") for line in lines)


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".xlsx", ".html", ".pdf"])
def test_a_file_that_was_damaged_is_read_or_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    assert suffix in sound_files()
    paths = [tmp_path / f"{number}{suffix}" for number in range(MUTANTS)]
    for number, path in enumerate(paths):
        path.write_bytes(mutant(suffix, number))
    checked(paths, capsys)


def test_any_bytes_are_read_or_refused_under_any_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrcheck.load.office.office_program", lambda: None)
    monkeypatch.setattr("narrcheck.load.ocr.read.is_installed", lambda: False)
    heads = (
        b"",
        b"PK\3\4",
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1",
        b"\xff\xfe",
    )
    texts = st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))

    @settings(max_examples=10)
    @given(st.sampled_from(heads), st.binary(max_size=300) | texts)
    def one(head: bytes, data: bytes) -> None:
        folder = tmp_path / str(next(NAMES))
        folder.mkdir()
        paths = [folder / f"文件{suffix}" for suffix in sorted(LOADERS)]
        for path in paths:
            path.write_bytes(head + data)
        checked(paths, capsys)

    one()


# Tables.

TEXTS = (
    "",
    " ",
    "-",
    "0.00",
    "1.50",
    "1,234.50",
    "合计",
    "项目",
    "本年支出",
    "201",
    "2010301",
    "<b>",
)
cells = st.tuples(st.sampled_from(TEXTS), st.integers(1, 3), st.integers(1, 3))
grids = st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=5)


def page(rows: list[list[tuple[str, int, int]]], more: str = "") -> str:
    """A page with a table of such cells: text, rows and columns that each covers."""
    lines = "".join(
        "<tr>"
        + "".join(f"<td rowspan={r} colspan={c}>{escape(text)}</td>" for text, r, c in row)
        + f"{more}</tr>"
        for row in rows
    )
    return f"<p>支出决算表</p><p>单位：万元</p><table>{lines}</table>"


def read(html: str) -> tuple[Document, tuple[TableValue, ...]]:
    sentence = "<p>本年支出合计1.50万元。</p>"
    document = load_html("页.html", "", f"<html>{html}{sentence}".encode())
    return document, read_tables(document, load_patterns().tables)


@settings(max_examples=60)
@given(grids)
def test_every_value_of_any_table_stands_in_its_cell(
    rows: list[list[tuple[str, int, int]]],
) -> None:
    document, values = read(page(rows))
    for value in values:
        cell = document.tables[value.table].rows[value.row][value.column]
        assert cell.where.start <= value.where.start <= value.where.end <= cell.where.end
        assert cell.text or value.quantity.value == 0
        assert value.quantity.amount in value.quantity.interval


@settings(max_examples=60)
@given(grids)
def test_a_column_without_words_at_the_end_of_a_table_changes_no_value(
    rows: list[list[tuple[str, int, int]]],
) -> None:
    plain = [[(text, 1, 1) for text, *_ in row] for row in rows]
    width = max(map(len, plain))
    full = [[*row, *[("", 1, 1)] * (width - len(row))] for row in plain]

    def told(values: tuple[TableValue, ...]) -> list[object]:
        return [(v.row, v.column, v.quantity, v.figure, v.row_name, v.column_name) for v in values]

    assert told(read(page(full, "<td></td>"))[1]) == told(read(page(full))[1])


# Numbers.

WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")  # "，" parts two numbers
SCALES = {
    "元": Fraction(1),
    "万元": Fraction(10**4),
    "亿元": Fraction(10**8),
    "%": Fraction(1, 100),
}


@settings(max_examples=150)
@given(
    st.decimals(0, 10**9, places=4).map(abs),
    st.integers(0, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from(sorted(SCALES)),
)
def test_a_number_reads_back_as_what_was_printed_however_it_is_printed(
    value: Decimal, places: int, grouped: bool, wide: bool, unit: str
) -> None:
    value = round(value, places)
    printed = f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
    shown = (printed + unit).translate(WIDE) if wide else printed + unit
    known = load_patterns()
    (number,) = find_numbers(f"支出{shown}。", known.words, known.no_claims)
    assert number.quantity is not None
    assert (number.quantity.amount, number.quantity.places) == (
        Fraction(value) * SCALES[unit],
        places,
    )
    half = SCALES[unit] / (2 * 10**places)
    interval = number.quantity.interval
    assert (interval.low, interval.high) == (
        number.quantity.amount - half,
        number.quantity.amount + half,
    )
