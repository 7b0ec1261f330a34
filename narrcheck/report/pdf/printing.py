"""Prints lines of Chinese on new pages, in a font that no file has to bring along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf.generic import DictionaryObject, TextStringObject

from narrcheck.document import Box
from narrcheck.report.pdf.marks import Colour
from narrcheck.report.pdf.objects import Value, dictionary, digits

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 42.0  # A4, points
SIZE, LINE = 9.0, 13.0  # of the letters, and from one line to the next
HALF = SIZE / 2  # the width of a Latin letter
BLACK, GRAY, BLUE = (0.0, 0.0, 0.0), (0.6, 0.6, 0.6), (0.0, 0.27, 0.6)

# A Chinese font that every viewer has, or puts another in place of, without its being in the file.
# What it lacks is shown by what comes next to it, what no such font has by the sign of a blank.
# Its Latin letters are of a width that viewers do not agree on, those of Helvetica are not; a
# little smaller they are half as wide as a Chinese character.
FONT, LATIN = "STSong-Light", "Helvetica"
SMALLER = 0.9
RUN = re.compile(r"[ -~]+|[^ -~]+")
LACKING = str.maketrans("−·•²³", "－・・23")
MISSING = "〓"


@dataclass(slots=True)
class Paper:
    """New pages as they grow: the operators of each, and its links (where, and to what).

    ``top`` is where the next line begins, in points from the top.
    """

    pages: list[list[str]] = field(default_factory=list)
    links: list[list[tuple[Box, Sequence[Value]]]] = field(default_factory=list)
    top: float = HEIGHT

    def turn(self) -> None:
        """Goes on to a new page."""
        self.pages.append([])
        self.links.append([])
        self.top = MARGIN

    def has_room(self, height: float) -> bool:
        """Whether so many points are left on the page."""
        return self.top + height <= HEIGHT - MARGIN

    def write(
        self,
        words: str,
        x: float = MARGIN,
        *,
        size: float = SIZE,
        bold: bool = False,
        colour: Colour = BLACK,
    ) -> None:
        """Writes words where the line is, which stays; no longer than there is room for."""
        shown = "".join(each if ord(each) < 0x10000 else MISSING for each in words)
        ink = " ".join(map(digits, colour))
        weight = f"2 Tr 0.3 w {ink} RG" if bold else "0 Tr"
        base = digits(HEIGHT - self.top - size)
        self.pages[-1].append(
            f"BT {weight} {ink} rg {digits(x)} {base} Td {_shown(shown, size)} ET"
        )

    def rule(self) -> None:
        """Draws a thin line across, above the line to come."""
        y = digits(HEIGHT - self.top + 2)
        ink = " ".join(map(digits, GRAY))
        self.pages[-1].append(
            f"{ink} RG 0.4 w {digits(MARGIN)} {y} m {digits(WIDTH - MARGIN)} {y} l S"
        )

    def paint(self, x: float, width: float, colour: Colour) -> None:
        """Colours the ground of the line to come."""
        ink = " ".join(map(digits, colour))
        y = digits(HEIGHT - self.top - LINE + 2)
        self.pages[-1].append(f"{ink} rg {digits(x)} {y} {digits(width)} {digits(LINE - 1)} re f")

    def link(self, x: float, width: float, to: Sequence[Value]) -> None:
        """Has a click on the line go to a place of the file."""
        box = (x, HEIGHT - self.top - LINE + 2, x + width, HEIGHT - self.top + 1)
        self.links[-1].append((box, to))


def _shown(words: str, size: float) -> str:
    """The operators that show words, each run of letters in its font."""
    return " ".join(
        f"/L {digits(size * SMALLER)} Tf <{run.encode().hex()}> Tj"
        if run.isascii()
        else f"/F {digits(size)} Tf <{run.encode('utf-16-be').hex()}> Tj"
        for run in RUN.findall(words.translate(LACKING))
    )


def fonts() -> DictionaryObject:
    """The fonts of new pages."""
    latin = dictionary(Type="Font", Subtype="Type1", BaseFont=LATIN, Encoding="WinAnsiEncoding")
    return dictionary(F=_chinese(), L=latin)


def _chinese() -> DictionaryObject:
    descriptor = dictionary(
        Type="FontDescriptor",
        FontName=FONT,
        Flags=6,
        FontBBox=(-25, -254, 1000, 880),
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=880,
        StemV=60,
    )
    system = dictionary(
        Registry=TextStringObject("Adobe"), Ordering=TextStringObject("GB1"), Supplement=4
    )
    letters = dictionary(
        Type="Font",
        Subtype="CIDFontType0",
        BaseFont=FONT,
        CIDSystemInfo=system,
        DW=1000,
        W=(1, 95, 500),
        FontDescriptor=descriptor,
    )
    return dictionary(
        Type="Font",
        Subtype="Type0",
        BaseFont=FONT,
        Encoding="UniGB-UCS2-H",
        DescendantFonts=[letters],
    )
