"""Reads the operators of a page, and the operands before each.

pdfminer's parser makes some ten calls for every token, which is most of the time that reading a
PDF takes. Here one regular expression knows the tokens that pages are made of; for any other
(pictures among the text, strings in strings, what is malformed) pdfminer's parser is asked.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Callable, Iterator
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT, PSEOF, PSKeyword

# No part of these gives back what it matched: a page is read in one go, whatever it holds.
_REAL = rb"([-+]?+\d*+\.\d*+)"
_WHOLE = rb"([-+]?+\d++)"
_STRING = rb"\(([^()\\]*+(?:\\.[^()\\]*+)*+)\)"
_HEX = rb"<([0-9a-fA-F]*+)>(?!>)"
_FLAT = rb"\[((?:[-+.\d\s]++|\((?:[^()\\]*+(?:\\.[^()\\]*+)*+)\)|<[0-9a-fA-F]*+>(?!>))*+)\]"
_NAME = rb"/([^#/%\[\]()<>{}\s]*+)(?!#)"
_MARK = rb"<<\s*+/MCID\s++(\d++)\s*+>>"  # which part of the text it is: by far the most of these
_WORD = rb"([A-Za-z][^#/%\[\]()<>{}\s]*+|['\"])"
_OTHER = rb"(.)"
_BLANK = rb"[\s\0]*+(?:%[^\r\n]*+[\s\0]*+)*+"
_KINDS = (_REAL, _WHOLE, _STRING, _HEX, _FLAT, _NAME, _MARK, _WORD, _OTHER)
TOKEN = re.compile(_BLANK + b"(?:" + b"|".join((*_KINDS, rb"\Z")) + b")", re.DOTALL)
ITEM = re.compile(b"|".join(_KINDS[:4]), re.DOTALL)  # of a flat array
WORD, OTHER = _KINDS.index(_WORD) + 1, _KINDS.index(_OTHER) + 1

ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
ESCAPED = {b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r"}
ESCAPED |= {each: each for each in (b"(", b")", b"\\")}
VALUES = {b"true": True, b"false": False}
PICTURE = (b"BI", b"ID")  # a picture among the text


def operations(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """The operators of a page's contents, each with the operands since the one before.

    Raises what pdfminer's parser raises where the contents are malformed.
    """
    rest = _Rest(data)
    operands: list[Any] = []
    at: int | None = 0
    while at is not None:
        for token in TOKEN.finditer(data, at):
            kind = token.lastindex
            if kind is None:
                return
            if kind == OTHER or (kind == WORD and token[kind] in PICTURE):
                break
            try:
                value = READ[kind](token[kind])
            except ValueError:
                break
            if kind == WORD and value.__class__ is bytes:
                yield value, operands
                operands = []
            else:
                operands.append(value)
        objects, at = rest.objects(token.start())
        for each in objects:
            if isinstance(each, PSKeyword):
                yield each.name, operands
                operands = []
            else:
                operands.append(each)


class _Rest:
    """Asks pdfminer's parser, which is made when it is first needed."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.parser: Any = None

    def objects(self, at: int) -> tuple[list[Any], int | None]:
        """The objects that its parser makes of what begins at ``at``, and where it ended.

        None where that is the end.
        """
        try:
            if self.parser is None:
                self.parser = PDFContentParser([PDFStream({}, self.data)])
            self.parser.seek(at)
            objects = [self.parser.nextobject()[1]]
            while self.parser.results:
                objects.append(self.parser.nextobject()[1])
        except PSEOF:
            return [], None
        return objects, self.parser.bufpos + self.parser.charpos


def _string(raw: bytes) -> bytes:
    return ESCAPE.sub(_unescaped, raw) if b"\\" in raw else raw


def _unescaped(found: re.Match[bytes]) -> bytes:
    """What an escape stands for; raises ValueError where it is no byte."""
    if found[1]:
        return bytes((int(found[1], 8),))
    return ESCAPED.get(found[2], b"")


def _array(raw: bytes) -> list[Any]:
    return [READ[item.lastindex or 0](item[item.lastindex or 0]) for item in ITEM.finditer(raw)]


# How to read each kind of token, by its group in TOKEN; ValueError: pdfminer may know.
READ: dict[int, Callable[[bytes], Any]] = dict(
    enumerate(
        (
            float,
            int,
            _string,
            unhexlify,
            _array,
            lambda raw: LIT(raw.decode()),
            lambda raw: {"MCID": int(raw)},
            lambda raw: VALUES.get(raw, raw),
        ),
        1,
    )
)
