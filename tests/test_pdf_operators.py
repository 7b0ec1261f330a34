"""What a page's contents say is what pdfminer's own parser reads in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSEOF, PSKeyword

from narrcheck.load.pdf.operators import operations

PIECES = (
    *("0", "12", "-3", "+4", "1.5", "-.5", "5.", ".", "-", "--7", "1-2", "1.2.3", "9e3"),
    *("BT", "ET", "Tj", "T*", "'", '"', "true", "false", "null", "re", "\x00", "*", "é"),
    *("/F1", "/", "/A#42", "/F.1*", "[", "]", "[1 2]", "[(a)-3<41>]", "[/D [1] 0]", "[ T* ]"),
    *("(a)", "(a(b)c)", "(", ")", r"(\))", r"(\101\12x\8\q)", "(\\\r\nx)", "(a\r\nb)", r"(\\)"),
    *("<41>", "<4 1>", "<414>", "<>", "<4x>", "<", ">", "<<", ">>", "<</MCID 3>>", "<< /MCID 7 >>"),
    *("<</A <41>>>", "<</A 1 /B>>", "{", "}", "% (x\n", "%", "\n", "\r\n", "#"),
    "BI /W 1 /H 1 ID \x01(\x02 EI",
    "BI /F /A85 ID abc~> EI",
)


@pytest.mark.parametrize("piece", PIECES)
def test_every_piece_is_read_as_pdfminer_reads_it(piece: str) -> None:
    """Alone, before an operator and in an array; at the end and before more."""
    for text in (piece, f"{piece} Tj", f"[{piece}] TJ", f"1 {piece}{piece} Td (x) Tj"):
        assert _ours(text) == _theirs(text), text


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(("", " ", "\n")))))
def test_pieces_in_any_order_are_read_as_pdfminer_reads_them(
    pieces: list[tuple[str, str]],
) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    assert _ours(text) == _theirs(text)


@given(st.text(st.characters(max_codepoint=255)))
def test_any_bytes_are_read_as_pdfminer_reads_them(text: str) -> None:
    assert _ours(text) == _theirs(text)


def test_a_byte_that_an_escape_cannot_stand_for_is_an_error_as_in_pdfminer() -> None:
    assert _ours(r"(\777) Tj") == _theirs(r"(\777) Tj") == ["AssertionError"]


def _ours(text: str) -> list[Any]:
    return _seen(operations(text.encode("latin-1") + b"\n"))


def _theirs(text: str) -> list[Any]:
    return _seen(_read(text.encode("latin-1") + b"\n"))


def _read(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    operands: list[Any] = []
    parser = PDFContentParser([PDFStream({}, data)])
    while True:
        try:
            _, each = parser.nextobject()
        except PSEOF:
            return
        if isinstance(each, PSKeyword):
            yield each.name, operands
            operands = []
        else:
            operands.append(each)


def _seen(found: Iterator[tuple[bytes, list[Any]]]) -> list[Any]:
    """The operators and operands, and the name of the error that ended them."""
    seen: list[Any] = []
    try:
        seen.extend((name, repr([_shown(each) for each in operands])) for name, operands in found)
    except Exception as error:  # whatever pdfminer raises: that is what is compared
        seen.append(type(error).__name__)
    return seen


def _shown(value: Any) -> Any:
    return (value.attrs, value.get_data()) if isinstance(value, PDFStream) else value
