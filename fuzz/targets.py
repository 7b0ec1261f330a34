"""What is fuzzed: each target takes bytes, and raises where narrcheck does what it may not."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from fuzz.invariants import check_document, check_numbers, check_report
from narrcheck.check import check
from narrcheck.claims.quantities import find_numbers
from narrcheck.errors import NarrcheckError
from narrcheck.load.html.read import load_html
from narrcheck.load.sheets.number_format import shown_date, shown_number, shown_text
from narrcheck.load.text import load_text
from narrcheck.patterns import load_patterns

# Years, months, hours and halves of the day all differ.
MOMENT = datetime(2023, 11, 7, 15, 4, 9)


def text(data: bytes) -> None:
    """The whole check of a text file: ``data`` is what of it is UTF-8."""
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(data.decode("utf-8", "ignore").encode())
        file.flush()
        try:
            report = check(Path(file.name))
        except NarrcheckError as error:
            _one_line(error)
            return
    check_report(report)


def loader(data: bytes) -> None:
    """The text loader alone, on bytes in any encoding or none."""
    try:
        document = load_text("文件.txt", "", data)
    except NarrcheckError as error:
        _one_line(error)
        return
    check_document(document)


def numbers(data: bytes) -> None:
    """The reader of numbers on a paragraph."""
    known = load_patterns()
    paragraph = data.decode("utf-8", "ignore")
    check_numbers(paragraph, find_numbers(paragraph, known.words, known.no_claims))


def html(data: bytes) -> None:
    """The loader of web pages."""
    try:
        document = load_html("文件.html", "", data)
    except NarrcheckError as error:
        _one_line(error)
        return
    check_document(document)


def formats(data: bytes) -> None:
    """Number formats of spreadsheets: a format, and after a line break the value."""
    code, _, value = data.decode("utf-8", "ignore").partition("\n")
    try:
        number = Decimal(value[:40])
    except InvalidOperation:
        number = Decimal("-1234.565")
    # What a sheet holds is a float, or a whole number of few digits.
    if not number.is_finite() or abs(number.adjusted()) < 300:
        assert isinstance(shown_number(number, code), str)
    assert isinstance(shown_text(value, code), str)
    assert isinstance(shown_date(MOMENT, code), str)


def _one_line(error: NarrcheckError) -> None:
    assert str(error), repr(error)
    assert str(error).isprintable(), repr(error)


# Each target with its share of the time: the reader of numbers and the check are what matters.
TARGETS: dict[str, tuple[Callable[[bytes], None], int]] = {
    "text": (text, 4),
    "numbers": (numbers, 3),
    "loader": (loader, 1),
    "html": (html, 1),
    "formats": (formats, 1),
}
