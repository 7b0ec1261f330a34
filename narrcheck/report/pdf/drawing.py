"""The annotations of a page, each with an appearance of its own: every viewer shows the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pypdf.generic import DictionaryObject, IndirectObject, TextStringObject

from narrcheck.document import Box
from narrcheck.report.pdf.marks import Colour, Mark
from narrcheck.report.pdf.objects import Space, dictionary, digits, stream
from narrcheck.report.pdf.revision import Revision

AUTHOR = "narrcheck"
PRINTED, FIXED = 4, 28  # flags: on paper too; and there, of the same size and upright always
TAG, TAG_HEIGHT = 5.5, 6.5  # points: size of the letters of a tag, and how high it is
SIGN, SIGN_HEIGHT = 9.0, 14.0  # the same of the sign of a note without a place
FROM_EDGE = 26.0  # points from the edges of the page to the first sign
POPUP = (190.0, 130.0)  # how wide and high a note opens
THICK = 1.1  # of a line

# The widths of Helvetica-Bold in thousandths of its size, that of letters on average.
DIGIT, COMMA, LETTER = 556, 278, 540


@dataclass(slots=True)
class Pen:
    """Draws on the pages of a revision; ``resources`` are those of all appearances."""

    revision: Revision
    resources: IndirectObject


@dataclass(slots=True)
class Sheet:
    """A page that is drawn on: its object, its space, what was there (by name), what is now.

    ``owners`` are the names of the marks that colour a box: on one place no two colours mix.
    ``tags`` are the boxes of the tags so far, ``signs`` how many notes without a place.
    """

    page: IndirectObject
    space: Space
    earlier: dict[str, IndirectObject]
    owners: Mapping[Box, str]
    drawn: list[IndirectObject] = field(default_factory=list)
    tags: list[Box] = field(default_factory=list)
    signs: int = 0


def pen_of(revision: Revision) -> Pen:
    """A pen with the font of the tags, and with the ink that lets what is below show through."""
    font = dictionary(
        Type="Font", Subtype="Type1", BaseFont="Helvetica-Bold", Encoding="WinAnsiEncoding"
    )
    resources = dictionary(
        Font={"F": font}, ExtGState={"M": {"Type": "ExtGState", "BM": "Multiply"}}
    )
    return Pen(revision, revision.add(resources))


def draw(mark: Mark, sheet: Sheet, pen: Pen) -> None:
    """Draws a mark: a highlight at its boxes, or a sign at the top of the page, and its note."""
    if mark.boxes:
        entries, rectangle, content = _highlight(mark, sheet)
    else:
        entries, rectangle, content = _sign(mark, sheet)
    form = stream(content, Type="XObject", Subtype="Form", BBox=rectangle, Resources=pen.resources)
    entries.update(
        dictionary(
            Type="Annot",
            Rect=rectangle,
            P=sheet.page,
            C=mark.look.ink if not mark.boxes else mark.look.fill,
            NM=TextStringObject(mark.name),
            T=TextStringObject(AUTHOR),
            Subj=TextStringObject(mark.subject),
            Contents=TextStringObject(mark.words),
            AP={"N": pen.revision.add(form)},
        )
    )
    _place(mark.name, entries, rectangle, sheet, pen.revision)


def _place(
    name: str, entries: DictionaryObject, rectangle: Box, sheet: Sheet, revision: Revision
) -> None:
    """Puts an annotation with its pop-up on the page, in place of those of an earlier time."""
    note = _put(name, entries, sheet, revision)
    popup = dictionary(
        Type="Annot",
        Subtype="Popup",
        Rect=_popup(rectangle, sheet.space),
        Parent=note,
        P=sheet.page,
        Open=False,
        F=FIXED,
        NM=TextStringObject(f"{name}-popup"),
    )
    entries.update(dictionary(Popup=_put(f"{name}-popup", popup, sheet, revision)))


def _put(name: str, entries: DictionaryObject, sheet: Sheet, revision: Revision) -> IndirectObject:
    earlier = sheet.earlier.get(name)
    # What a person answered to the note refers to its object.
    reference = revision.replace(earlier, entries) if earlier else revision.add(entries)
    sheet.drawn.append(reference)
    return reference


def _popup(rectangle: Box, space: Space) -> Box:
    """Where the note of an annotation opens: at the right edge of the page, at its height."""
    width, height = POPUP
    corner = space.point(space.width, 0)
    x = corner[0] - width if space.turn[0] > 0 else corner[0]
    if not space.turn[0]:  # the page is shown turned by a quarter
        x = rectangle[0]
    return (x, rectangle[3] - height, x + width, rectangle[3])


def _highlight(mark: Mark, sheet: Sheet) -> tuple[DictionaryObject, Box, str]:
    """The entries of a highlight, its rectangle, and how it is drawn."""
    tag = _free(mark, sheet.tags)
    sheet.tags.append(tag)
    look, space = mark.look, sheet.space
    corners = [
        point
        for x0, top, x1, bottom in mark.boxes
        for at in ((x0, top), (x1, top), (x0, bottom), (x1, bottom))
        for point in space.point(*at)
    ]
    entries = dictionary(Subtype="Highlight", QuadPoints=corners, F=PRINTED)
    lines = [f"q {space.matrix()} cm", f"q /M gs {_colour(look.fill)} rg"]
    own = (box for box in mark.boxes if sheet.owners.get(box) == mark.name)
    lines.extend(f"{_rectangle(box)} f" for box in own)
    lines.append(f"Q q {_colour(look.ink)} RG {digits(THICK)} w [{look.dashes}] 0 d")
    lines.extend(_outline(box, framed=look.framed) for box in mark.boxes)
    lines.append(f"Q {_tag(mark.tag, tag, look.ink, TAG)} Q")
    return entries, space.box(_around((*mark.boxes, tag))), "\n".join(lines)


def _outline(box: Box, *, framed: bool) -> str:
    if framed:
        return f"0.6 w {_rectangle(box)} S"
    x0, _, x1, bottom = box
    return f"{digits(x0)} {digits(-bottom)} m {digits(x1)} {digits(-bottom)} l S"


def _free(mark: Mark, taken: Sequence[Box]) -> Box:
    """Where the tag of a mark goes: above its words at the left, beside those already there."""
    x0, top, _, _ = mark.boxes[0]
    width = _width(mark.tag, TAG)
    while clash := next((box for box in taken if _overlap(box, x0, top, width)), None):
        x0 = clash[2] + 0.5
    return (x0, top - TAG_HEIGHT, x0 + width, top)


def _overlap(box: Box, x0: float, top: float, width: float) -> bool:
    return box[0] < x0 + width and x0 < box[2] and box[1] < top and top - TAG_HEIGHT < box[3]


def _sign(mark: Mark, sheet: Sheet) -> tuple[DictionaryObject, Box, str]:
    """The entries of a note without a place, its rectangle, and how its sign is drawn.

    Such a note is upright however the page is turned, hanging from the upper left corner of its
    rectangle; viewers that turn it all the same still show it on the page.
    """
    width = _width(mark.tag, SIGN)
    if mark.first:
        x, top = sheet.space.width - FROM_EDGE - width, FROM_EDGE
    else:
        a_row = max(int((sheet.space.width - 4 * FROM_EDGE) // FROM_EDGE), 1)
        row, column = divmod(sheet.signs, a_row)
        x, top = FROM_EDGE * (1 + column), FROM_EDGE + row * (SIGN_HEIGHT + 4)
        sheet.signs += 1
    left, upper = sheet.space.point(x, top)
    rectangle = (left, upper - SIGN_HEIGHT, left + width, upper)
    sign = _tag(mark.tag, (left, -upper, left + width, SIGN_HEIGHT - upper), mark.look.ink, SIGN)
    entries = dictionary(Subtype="Text", Name="Comment", F=FIXED)
    return entries, rectangle, f"q {sign} Q"


def _tag(words: str, box: Box, ink: Colour, size: float) -> str:
    """A field of ink with white letters in it."""
    codes = words.replace("…", "+").encode("ascii").hex()
    base = -box[3] + (box[3] - box[1] - 0.72 * size) / 2
    return (
        f"{_colour(ink)} rg {_rectangle(box)} f 1 1 1 rg BT /F {digits(size)} Tf"
        f" {digits(box[0] + size * 0.25)} {digits(base)} Td <{codes}> Tj ET"
    )


def _width(words: str, size: float) -> float:
    thousandths = sum(
        DIGIT if each.isdigit() else COMMA if each == "," else LETTER for each in words
    )
    return thousandths * size / 1000 + size * 0.5


def _around(boxes: Sequence[Box]) -> Box:
    """The box around boxes and the breadth of their lines."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s) - THICK, min(tops) - THICK, max(x1s) + THICK, max(bottoms) + THICK)


def _rectangle(box: Box) -> str:
    x0, top, x1, bottom = box
    return " ".join(_numbers((x0, -bottom, x1 - x0, bottom - top))) + " re"


def _colour(colour: Colour) -> str:
    return " ".join(_numbers(colour))


def _numbers(numbers: Sequence[float]) -> Iterator[str]:
    return map(digits, numbers)
