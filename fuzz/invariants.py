"""What must hold of every reading, whatever was read; AssertionError where it does not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import jsonschema

from narrcheck.claims.quantities import Number
from narrcheck.document import Document, Where
from narrcheck.findings import DocumentReport, Report
from narrcheck.quantity import Quantity
from narrcheck.report.github import write_github
from narrcheck.report.json import write_json
from narrcheck.report.junit import write_junit

SCHEMA = Path(__file__).resolve().parent.parent / "docs" / "schema" / "narrcheck-1.json"
DIGITS = frozenset("0123456789０１２３４５６７８９")


def check_numbers(text: str, numbers: Iterable[Number]) -> None:
    """The numbers found in ``text`` are in order, none twice, and hold all of its digits."""
    numbers = tuple(numbers)
    for number in numbers:
        assert 0 <= number.start < number.end <= len(text), number
        assert bool(number.why) == (number.quantity is None), number
        if number.quantity is not None:
            printed = "".join(text[number.start : number.end].split())
            assert printed == number.quantity.text, number
            check_quantity(number.quantity)
    for one, other in pairwise(numbers):
        assert one.end <= other.start, (one, other)
    held = {at for number in numbers for at in range(number.start, number.end)}
    lost = [at for at, character in enumerate(text) if character in DIGITS and at not in held]
    assert not lost, f"digits in no number: {lost[:5]} of {text!r}"


def check_quantity(quantity: Quantity) -> None:
    """The intervals of a quantity hold the value that was printed, and are as wide as its step."""
    assert quantity.value.is_finite(), quantity
    assert quantity.amount == Fraction(quantity.value) * quantity.unit.scale, quantity
    assert quantity.amount in quantity.interval, quantity
    assert quantity.amount in quantity.wide, quantity
    assert quantity.step > 0, quantity


def check_document(document: Document) -> None:
    """All places of a document lie in its text, and paragraphs say what stands there."""
    text = document.text
    for paragraph in (*document.paragraphs, *document.contents):
        assert paragraph.runs, paragraph
        for at, character in enumerate(paragraph.text):
            offset = paragraph.offset(at)
            assert 0 <= offset < len(text), paragraph
            assert character.isspace() or not text[offset].isspace(), (paragraph, at)
        if paragraph.section is not None:
            assert 0 <= paragraph.section < len(document.sections), paragraph
    for section in document.sections:
        _check_place(section.where, text)
        assert section.parent is None or document.sections[section.parent].level < section.level
    for table in document.tables:
        _check_place(table.where, text)
        assert len({len(row) for row in table.rows}) == 1, table.title
        for cell in (each for row in table.rows for each in row):
            _check_place(cell.where, text)


def _check_place(where: Where, text: str) -> None:
    assert 0 <= where.start <= where.end <= len(text), where
    assert where.line is None or where.line >= 1, where
    assert where.page is None or where.page >= 1, where


def check_report(report: DocumentReport) -> None:
    """Every digit of the narrative is accounted for, all places exist, every form is written."""
    document, reading = report.document, report.reading
    check_document(document)
    stated = [claim for claim in reading.claims if claim.quantity is not None]
    places = [each.where for each in (*stated, *reading.no_claims, *reading.unread)]
    held = {at for where in places for at in range(where.start, where.end)}
    for paragraph in document.paragraphs:
        for at, character in enumerate(paragraph.text):
            if paragraph.role == "body" and character in DIGITS:
                assert paragraph.offset(at) in held, f"lost: {paragraph.text!r} at {at}"
    for where in (*places, *(each.where for each in (*reading.claims, *report.findings))):
        if not where.file:
            _check_place(where, document.text)
    for claim in stated:
        assert claim.quantity is not None
        check_quantity(claim.quantity)
        assert claim.sentence[claim.at :], claim
    assert report.statuses.keys() == {claim.id for claim in reading.claims}
    _check_forms(Report((report,)))


def _check_forms(report: Report) -> None:
    written = write_json(report)
    written.encode()
    _validator().validate(json.loads(written))
    ElementTree.fromstring(write_junit(report).encode())
    findings = sum(len(each.findings) for each in report.documents)
    *lines, last = write_github(report).split("\n")
    assert last == ""
    assert len(lines) == findings, lines
    assert all(line.startswith("::") and "\r" not in line for line in lines), lines


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
