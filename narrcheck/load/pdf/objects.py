"""The objects of a PDF, looked up and unfolded within bounds: pdfminer itself sets none."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfplumber.pdf import PDF

MOST_LOOKED_UP = 500_000  # objects of a file, each time one is; 60 full pages take some 1,400
LONGEST_CHAIN = 20  # references from one to the next, where one is usual
MOST_CODES = 200_000  # of a font, in ranges; 65,536 is what two bytes can say
RANGES = re.compile(rb"begin(?:bf|cid)range")
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
ODD = re.compile(rb"[(%]|<[0-9A-Fa-f]*[^0-9A-Fa-f>]")  # strings in brackets, comments, torn digits
WIDTHS = {"W": 3, "W2": 5}  # the lists of widths of a font, and how many numbers make a range


class TooMuch(Exception):
    """A page has more characters, operators or objects than can be read in bounded time."""


class _Objects(PDFDocument):
    """The objects of a PDF; what refers to itself, or in branches that meet again, has no end."""

    looked_up = 0

    def getobj(self, objid: int) -> object:
        """The object of that number, no reference; raises TooMuch where too many were wanted."""
        for _ in range(LONGEST_CHAIN):
            self.looked_up += 1
            if self.looked_up > MOST_LOOKED_UP:
                raise TooMuch
            found: object = super().getobj(objid)
            if not isinstance(found, PDFObjRef):
                return found
            objid = found.objid
        raise PDFObjectNotFound(objid)


class _Codes(FileUnicodeMap):
    """What the codes of a font mean, up to the limit."""

    def add_cid2unichr(self, cid: int, code: Any) -> None:
        """Adds a code; raises TooMuch where there are too many."""
        super().add_cid2unichr(cid, code)
        if len(self.cid2unichr) > MOST_CODES:
            raise TooMuch


class _Fonts(PDFResourceManager):
    """The fonts of a PDF, none with ranges of codes without bound."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font; raises TooMuch where its ranges would take minutes to unfold."""
        if not objid or objid not in self._cached_fonts:
            if sum(_ranges(spec)) > MOST_CODES:
                raise TooMuch
            codes = resolve1(spec.get("ToUnicode"))
            if isinstance(codes, PDFStream) and _may_be_endless(codes.get_data()):
                CMapParser(_Codes(), io.BytesIO(codes.get_data())).run()
        return super().get_font(objid, spec)


def _may_be_endless(codes: bytes) -> bool:
    """Whether a map of codes has ranges of very many, or writes them as no program does.

    Only then it is worth while to read it twice, once to count.
    """
    spans = 0
    for block in RANGES.split(codes)[1:]:
        block = block.partition(b"end")[0]
        if ODD.search(block):
            return True
        for first, last in PAIR.findall(block):
            spans += max(int(last[-8:], 16) - int(first[-8:], 16), 0)
    return spans > MOST_CODES


def _ranges(spec: Mapping[str, object]) -> Iterator[int]:
    """How many codes each range of widths spans: first and last code, then what they share."""
    for key, size in WIDTHS.items():
        said = resolve1(spec.get(key))
        numbers: list[int | float] = []
        for each in map(resolve1, said if isinstance(said, Iterable) else ()):
            if isinstance(each, int | float):
                numbers.append(each)
                if len(numbers) == size:
                    yield max(int(numbers[1] - numbers[0]), 0)
                    numbers = []
            elif isinstance(each, list):
                numbers = []


class BoundedPDF(PDF):
    """A PDF of pdfplumber whose objects are looked up within bounds."""

    def __init__(self, data: bytes) -> None:
        """Does what that of pdfplumber does, but for the properties of the document."""
        self.stream = io.BytesIO(data)
        self.stream_is_external = True
        self.path = self.pages_to_parse = self.laparams = None
        self.password = self.unicode_norm = None
        self.raise_unicode_errors = True
        self.doc = _Objects(PDFParser(self.stream))
        self.rsrcmgr = _Fonts()
        self.metadata: dict[str, Any] = {}
