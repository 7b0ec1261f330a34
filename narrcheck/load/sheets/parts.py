"""Looks through the XML of a workbook before it is read: how large it is, what is amiss."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING

from narrcheck.errors import DocumentError
from narrcheck.load.packages import damaged, parse_part
from narrcheck.load.sheets.rows import MOST_STORED, too_many_cells

if TYPE_CHECKING:
    from lxml import etree
    from lxml.etree import _Element

CHUNK = 1 << 20
LAST_ROW = 1_048_576  # that a sheet can have
DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
FORBIDDEN = tuple(
    word.encode(encoding)
    for word in DECLARATIONS
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a workbook before it is read.

    ``uncounted`` is how many formulas without a saved value each sheet has, by its name; none
    with none. ``wide``: the cells of a sheet lie too far apart to be held as a full grid.
    """

    uncounted: dict[str, int]
    wide: bool


def survey(name: str, data: bytes) -> Survey:
    """Looks through the sheets of a workbook.

    Raises DocumentError where the sheets have far too many cells, or such as no sheet has; where a
    part declares entities (no program writes these), and where a part is no XML.
    """
    from lxml.etree import XMLSyntaxError

    counts: dict[str, int] = {}
    total = 0
    wide = False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_entities(name, package)
            titles = _titles(name, package)
            for part in package.namelist():
                if not (part in titles or _is_sheet(package, part)):
                    continue
                with package.open(part) as sheet:
                    cells, uncounted, area = _looked_through(name, sheet, total)
                total += cells
                wide = wide or area > MOST_STORED
                if uncounted and part in titles:
                    counts[titles[part]] = uncounted
    except (zipfile.BadZipFile, XMLSyntaxError, ValueError):
        raise damaged(name) from None
    return Survey(counts, wide)


def _is_sheet(package: zipfile.ZipFile, part: str) -> bool:
    """Whether a part holds a sheet, wherever in the package it is."""
    from lxml import etree

    if part.startswith("xl/worksheets/") and part.endswith(".xml"):
        return True
    with package.open(part) as stream:
        if not stream.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
            return False
    with package.open(part) as stream:
        try:
            parts = etree.iterparse(
                stream, events=("start",), resolve_entities=False, no_network=True
            )
            return any(str(root.tag).endswith("worksheet") for _, root in islice(parts, 1))
        except etree.XMLSyntaxError:
            return False


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


def _looked_through(name: str, sheet: IO[bytes], before: int) -> tuple[int, int, int]:
    """How many cells a sheet's XML has, how many formulas unsaved, and how many cells as a grid.

    Rows and merged places count as cells too; ``before`` is how many the sheets before it have.
    No tree of it is kept.
    """
    from lxml import etree

    cells = uncounted = 0
    row = column = bottom = right = 0
    parts = etree.iterparse(sheet, events=("start", "end"), resolve_entities=False, no_network=True)
    for event, element in parts:
        tag = str(element.tag).rpartition("}")[2]
        if event == "start":
            if tag == "row":
                row, column = _row_number(element.get("r"), row + 1), 0
            continue
        if tag == "c":
            row, column = _place(element.get("r"), row, column + 1)
            bottom, right = max(bottom, row), max(right, column)
            uncounted += _is_uncounted(element)
        elif tag == "mergeCell":
            cells += _merged_places(element.get("ref", "A1"))
        if tag in ("c", "row", "mergeCell", "col"):
            cells += 1
            _forget(element)
        if before + cells > MOST_STORED:
            raise too_many_cells(name)
    return cells, uncounted, bottom * right


def _row_number(said: str | None, following: int) -> int:
    """The number of a row; raises ValueError where no sheet has it."""
    number = int(said) if said else following
    if not 0 <= number <= LAST_ROW:
        raise ValueError(said)
    return number


def _place(said: str | None, row: int, column: int) -> tuple[int, int]:
    """The row and column of a cell; raises ValueError where no sheet has such a place."""
    from openpyxl.utils import column_index_from_string

    if not said:
        return row, column
    place = re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", said)
    if place is None:
        raise ValueError(said)
    return _row_number(place[2], row), column_index_from_string(place[1])


def _is_uncounted(cell: _Element) -> bool:
    """Whether a cell has a formula, but no value was saved with it."""
    texts = {str(child.tag).rpartition("}")[2]: child.text for child in cell}
    saved = texts.get("v") or "is" in texts or ("v" in texts and cell.get("t") == "str")
    return "f" in texts and not saved


def _merged_places(area: str) -> int:
    """How many places beside the first a merged cell covers."""
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = (each or 0 for each in range_boundaries(area))
    return (right - left) * (bottom - top + 1) + bottom - top


def _forget(element: _Element) -> None:
    """Drops an element that was looked at, with all before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]


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
