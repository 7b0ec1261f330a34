"""Draws pages of a PDF as small pictures, for a report that shows them."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

DPI = 130  # a page of A4 is 1,075 pixels wide: read with ease, and some 60 KB
MOST_PIXELS = 4_000_000  # of a page; A3 at 130 dpi has 3.2 million
QUALITY = 60  # of 100


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page, from 1: its size in points as it is shown, and its picture as a WebP file."""

    number: int
    width: float
    height: float
    webp: bytes


def page_pictures(data: bytes, numbers: Iterable[int]) -> Iterator[PagePicture]:
    """The pictures of some pages (from 1) of the PDF in ``data``, one after the other.

    A page that cannot be drawn is left out; of a file that cannot be opened that is all.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        for number in numbers:
            if 0 < number <= len(pdf):
                with suppress(pypdfium2.PdfiumError):
                    yield _drawn(pdf, number)
    finally:
        pdf.close()


def _drawn(pdf: Any, number: int) -> PagePicture:
    """The picture of a page of pypdfium2; raises its error where there is none to be had."""
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
        picture = page.render(scale=scale).to_pil()
    finally:
        page.close()
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "WEBP", quality=QUALITY)
    return PagePicture(number, float(width), float(height), buffer.getvalue())
