"""Looks through the XML of a workbook before it is read: how large it is, what is amiss."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from narrcheck.errors import DocumentError
from narrcheck.load.packages import damaged, parse_part
from narrcheck.load.sheets import MOST_STORED, too_many_cells

if TYPE_CHECKING:
    from lxml import etree

CHUNK = 1 << 20
DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
FORBIDDEN = tuple(
    word.encode(encoding)
    for word in DECLARATIONS
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
WORKBOOK = "xl/workbook.xml"


def uncounted_formulas(name: str, data: bytes) -> dict[str, int]:
    """How many formulas without a saved value each sheet has, by its name; none with none.

    Raises DocumentError where the sheets have far too many cells, where a part declares entities
    (no program writes these), and where a part is no XML.
    """
    from lxml.etree import XMLSyntaxError

    counts: dict[str, int] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_entities(name, package)
            titles = _titles(name, package)
            for part in package.namelist():
                if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
                    continue
                with package.open(part) as sheet:
                    cells, uncounted = _looked_through(name, sheet, total)
                total += cells
                if uncounted and part in titles:
                    counts[titles[part]] = uncounted
    except (zipfile.BadZipFile, XMLSyntaxError):
        raise damaged(name) from None
    return counts


def _refuse_entities(name: str, package: zipfile.ZipFile) -> None:
    """Raises DocumentError where a part has a DOCTYPE or declares an entity."""
    longest = max(len(word) for word in FORBIDDEN)
    for part in package.namelist():
        if not part.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with package.open(part) as stream:
            before = b""
            while chunk := stream.read(CHUNK):
                upper = (before + chunk).upper()
                if any(word in upper for word in FORBIDDEN):
                    raise DocumentError(
                        f"{name}：工作簿里有不该有的实体声明（DOCTYPE），没有读取；"
                        "请用 Excel 或 WPS 另存一份再检查。"
                    )
                before = chunk[-longest:]


def _titles(name: str, package: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by the parts that hold them; none where they cannot be told."""
    relations = posixpath.join("xl/_rels", "workbook.xml.rels")
    if not {WORKBOOK, relations} <= set(package.namelist()):
        return {}
    targets = {
        each.get("Id"): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip(
            "/"
        )
        for each in parse_part(name, package.read(relations))
    }
    titles: dict[str, str] = {}
    for element in parse_part(name, package.read(WORKBOOK)).iter("{*}sheet"):
        key = next((value for at, value in element.items() if str(at).endswith("}id")), None)
        titles[targets.get(key, "")] = str(element.get("name", ""))
    return titles


def _looked_through(name: str, sheet: IO[bytes], before: int) -> tuple[int, int]:
    """How many cells a sheet's XML has, rows and merged places counted too, and formulas unsaved.

    ``before`` is how many the sheets before it have; no tree of it is kept.
    """
    from lxml import etree
    from openpyxl.utils import range_boundaries

    cells = uncounted = 0
    parts = etree.iterparse(sheet, events=("end",), resolve_entities=False, no_network=True)
    for _, element in parts:
        tag = str(element.tag).rpartition("}")[2]
        if tag == "c":
            texts = {str(child.tag).rpartition("}")[2]: child.text for child in element}
            saved = texts.get("v") or "is" in texts or ("v" in texts and element.get("t") == "str")
            uncounted += "f" in texts and not saved
        elif tag == "mergeCell":
            left, top, right, bottom = range_boundaries(str(element.get("ref", "A1")))
            cells += ((right or 0) - (left or 0)) * ((bottom or 0) - (top or 0) + 1)
            cells += (bottom or 0) - (top or 0)
        if tag in ("c", "row", "mergeCell", "col"):
            cells += 1
            element.clear()
            parent = element.getparent()
            while parent is not None and parent[0] is not element:
                del parent[0]
        if before + cells > MOST_STORED:
            raise too_many_cells(name)
    return cells, uncounted


def refuse_far_cells(name: str, data: bytes) -> None:
    """Raises DocumentError where the cells of an .ods lie too far apart to be read as a grid."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_entities(name, package)
            with package.open("content.xml") as content:
                parts = etree.iterparse(
                    content, events=("start", "end"), resolve_entities=False, no_network=True
                )
                _refuse_far(name, parts)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError):
        raise damaged(name) from None


def _refuse_far(name: str, parts: Iterable[tuple[str, etree._Element]]) -> None:
    """Looks through the elements of an .ods, the last row and column with something as bounds."""
    row = column = reach = width = 0
    for event, element in parts:
        tag = str(element.tag).rpartition("}")[2]
        if event == "start":
            row, width = (0, 0) if tag == "table" else (row, width)
            continue
        if tag in ("table-cell", "covered-table-cell"):
            column += _repeated(element, "columns")
            reach = column if len(element) else reach
        elif tag == "table-row":
            row += _repeated(element, "rows")
            width = max(width, reach)
            if reach and row * width > MOST_STORED:
                raise too_many_cells(name)
            column = reach = 0
            element.clear()


def _repeated(element: etree._Element, what: str) -> int:
    """How often a cell or row of an .ods stands there."""
    said = next(
        (v for at, v in element.items() if str(at).endswith(f"}}number-{what}-repeated")), 1
    )
    digits = re.match(r"\d{1,9}", str(said))
    return int(digits[0]) if digits else 1
