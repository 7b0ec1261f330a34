"""Reads the cells of a spreadsheet in a process of its own: ``python -m`` with this module's name.

The parser, python-calamine, is written in Rust: a damaged file may make it end its process, or
print what programmers want to know. So it gets the bytes on standard input, in bounded memory, and
what the visible sheets show comes back as JSON.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from narrcheck.load.sheets.number_format import EXACT, FIFTEEN, SHORT_DATE, shown_date
from narrcheck.load.sheets.rows import MOST_STORED

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MEMORY = 3 << 30  # bytes of address space
STEP = Decimal("0.000001")  # what is less in a sum of amounts is noise of the floats
LOCKED, TOO_MANY = "locked", "too many cells"
Value = int | float | str | bool | time | date | datetime | timedelta


def main() -> None:
    """Reads the spreadsheet on standard input; ends without output where it is damaged."""
    _limit_memory()
    json.dump(_read(sys.stdin.buffer.read()), sys.stdout)


def _limit_memory() -> None:
    if sys.platform == "linux":  # others refuse, or do not keep it
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _read(data: bytes) -> dict[str, Any]:
    """The visible ``sheets``, each its name and its cells, and the names of those ``hidden``.

    A cell is its text, row, column, and how many rows and columns it covers. Where the sheets are
    not to be read, ``why`` says so.
    """
    from python_calamine import PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        workbook = load_workbook(io.BytesIO(data))
    except PasswordError:
        return {"why": LOCKED}
    sheets: list[object] = []
    hidden: list[str] = []
    left = MOST_STORED
    for each in workbook.sheets_metadata:
        if each.typ != SheetTypeEnum.WorkSheet:
            continue
        if each.visible != SheetVisibleEnum.Visible:
            hidden.append(each.name)
            continue
        sheet = workbook.get_sheet_by_name(each.name)
        left -= sheet.height * sheet.width
        if left < 0:
            return {"why": TOO_MANY}
        sheets.append([each.name, list(_cells(sheet))])
    return {"sheets": sheets, "hidden": hidden}


def _cells(sheet: CalamineSheet) -> Iterator[tuple[str, int, int, int, int]]:
    """The cells that hold something, each as far as it is merged."""
    spans = {
        first: (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    }
    top, left = sheet.start or (0, 0)
    rows: Sequence[Sequence[Value]] = sheet.to_python()
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, left):
            if text := _text(value):
                yield (text, row, column, *spans.get((row, column), (1, 1)))


def _text(value: Value) -> str:
    """What a value is printed as without a format."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)))
    if isinstance(value, str):
        return value.strip()
    clock = value if isinstance(value, time) else getattr(value, "time", time)()
    timed = "h:mm" if isinstance(value, time) else f"{SHORT_DATE} h:mm"
    return shown_date(value, timed if clock != time() else SHORT_DATE)


def _number(value: Decimal) -> str:
    """A number in as few digits as it needs."""
    if not value.is_finite():
        return ""
    text = f"{FIFTEEN.plus(value).quantize(STEP, context=EXACT):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


if __name__ == "__main__":
    main()
