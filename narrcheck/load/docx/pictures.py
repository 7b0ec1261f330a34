"""What is drawn into a Word file: text boxes, pictures, tables pasted as objects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrcheck.load.docx.names import MC, WP, O, V, W
from narrcheck.load.docx.parts import WordFile

if TYPE_CHECKING:
    from lxml.etree import _Element

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
DRAWN = frozenset(
    {
        PICTURE,
        V + "imagedata",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    }
)
EMU = 635  # of which one twentieth of a point has this many
UNITS = {"pt": 20.0, "in": 1440.0, "cm": 567.0, "mm": 56.7, "px": 15.0, "": 15.0}
WIDTH = re.compile(r"(?:^|;)\s*width:\s*(\d{1,6}(?:\.\d{1,9})?)\s*(pt|in|cm|mm|px|)\s*(?:;|$)")


def look_at(drawing: _Element, file: WordFile) -> list[_Element]:
    """The contents of the text boxes in a drawing; counts its pictures in ``file.seen``."""
    boxes: list[_Element] = []
    pictures = 0
    waiting = [drawing]
    while waiting:
        node = waiting.pop()
        if node.tag == W + "txbxContent":
            boxes.append(node)
        elif node.tag == MC + "AlternateContent":
            branch = node.find(MC + "Choice")
            waiting.extend(reversed(branch if branch is not None else node))
        else:
            if node.tag == O + "OLEObject":
                _count_object(node, file)
                return boxes
            pictures += node.tag in DRAWN
            waiting.extend(reversed(node))
    if pictures:
        file.seen.pictures += 1
        file.seen.wide_pictures += _width(drawing) * 2 > file.page_width
    return boxes


def _count_object(node: _Element, file: WordFile) -> None:
    program = node.get("ProgID", "").lower()
    if program.startswith(("excel", "et.", "ket", "opendocumentspreadsheet")):
        file.seen.workbooks += 1
    elif not program.startswith("equation"):
        file.seen.other_files += 1


def _width(drawing: _Element) -> float:
    """How wide a drawing is, in twentieths of a point; 0 where it does not say."""
    widest = 0.0
    for extent in drawing.iter(WP + "extent"):
        text = extent.get("cx", "")
        widest = max(widest, int(text) / EMU if re.fullmatch("[0-9]{1,12}", text) else 0.0)
    for shape in drawing.iter(V + "shape", V + "rect"):
        found = WIDTH.search(shape.get("style", ""))
        if found:
            widest = max(widest, float(found[1]) * UNITS[found[2]])
    return widest
