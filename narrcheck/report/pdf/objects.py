"""The objects of a PDF, made of what Python has for them; and the pages' own space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from narrcheck.document import Box, Turn, turned

Value = PdfObject | str | bool | int | float | Sequence["Value"] | Mapping[str, "Value"]

LETTER = (0.0, 0.0, 612.0, 792.0)  # the page of a file that does not say, as it is read


def pdf_object(value: Value) -> PdfObject:
    """The object for a value; a ``str`` is a name (a text is a ``TextStringObject``)."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, Mapping):
        return dictionary(**value)
    if isinstance(value, str):
        return NameObject(f"/{value}")
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, float):
        return FloatObject(digits(value))
    return ArrayObject([pdf_object(each) for each in value])


def dictionary(**entries: Value) -> DictionaryObject:
    """A dictionary with those entries."""
    return DictionaryObject({NameObject(f"/{key}"): pdf_object(v) for key, v in entries.items()})


def stream(content: str, **entries: Value) -> DecodedStreamObject:
    """A stream of operators with those entries in its dictionary."""
    made = DecodedStreamObject()
    made.update(dictionary(**entries))
    made.set_data(content.encode("ascii"))
    return made


def changed(old: DictionaryObject, **entries: Value) -> DictionaryObject:
    """A copy of a dictionary, all that it refers to left as references, with other entries."""
    new = DictionaryObject({NameObject(key): old.raw_get(key) for key in old})
    new.update(dictionary(**entries))
    return new


def entry(found: DictionaryObject, key: str) -> PdfObject | None:
    """An entry of a dictionary, what it refers to if it is a reference; None where it is not."""
    value = found.get(key)
    return value.get_object() if value is not None else None


def digits(number: float) -> str:
    """A number of points as it is written in a PDF: no exponent, no needless places."""
    written = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


@dataclass(frozen=True, slots=True)
class Space:
    """How a page is shown: its size, and where its points lie in the page's own space.

    ``turn`` takes the boxes of a document, in points from the top left of the page as it is
    shown (turned, and cut to its crop box), to that space, whose y runs upwards (see ``turned``).
    """

    width: float
    height: float
    turn: Turn

    def box(self, box: Box) -> Box:
        """The box in the page's own space, lower left corner first."""
        return turned(box, self.turn)

    def point(self, x: float, top: float) -> tuple[float, float]:
        """The point in the page's own space."""
        return self.box((x, top, x, top))[:2]

    def matrix(self) -> str:
        """The operands of ``cm`` for drawing from the top left of the shown page, y upwards."""
        a, b, c, d, e, f = self.turn
        return " ".join(map(digits, (a, d, -b, -e, c, f)))


def space_of(page: PageObject) -> Space:
    """How a page is shown, told as narrcheck.load.pdf.page tells it."""
    media = _rectangle(page, "/MediaBox", LETTER)
    crop = _rectangle(page, "/CropBox", media)
    shown = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if shown[0] >= shown[2] or shown[1] >= shown[3]:
        shown = media
    x0, y0, x1, y1 = shown
    width, height = x1 - x0, y1 - y0
    match _quarters(page):
        case 1:
            return Space(height, width, (0, 1, x0, 1, 0, y0))
        case 2:
            return Space(width, height, (-1, 0, x1, 0, 1, y0))
        case 3:
            return Space(height, width, (0, -1, x1, -1, 0, y1))
    return Space(width, height, (1, 0, x0, 0, -1, y1))


def _quarters(page: PageObject) -> int:
    """How many quarter turns to the right the page is shown."""
    rotation = entry(page, "/Rotate")
    return int(rotation) // 90 % 4 if isinstance(rotation, int | float) else 0


def _rectangle(page: PageObject, key: str, otherwise: Box) -> Box:
    found = entry(page, key)
    corners = [each.get_object() for each in found] if isinstance(found, ArrayObject) else []
    numbers = [float(each) for each in corners if isinstance(each, int | float)]
    if len(numbers) != 4:
        return otherwise
    x0, x1 = sorted(numbers[::2])
    y0, y1 = sorted(numbers[1::2])
    return (x0, y0, x1, y1)
