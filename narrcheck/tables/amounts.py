"""Makes amounts of money of cells, and reads the tables whose meaning is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from narrcheck.figure import TableValue
from narrcheck.quantity import Quantity, Unit
from narrcheck.tables.cells import MONEY_UNITS, bracketed_unit, is_blank, money_unit, read_number
from narrcheck.tables.layout import Layout


def unit_for(names: tuple[str, str], unit: Unit | None) -> Unit | None:
    """The unit of an amount: what its row or column says in brackets, else the table's ``unit``.

    None where a row or column counts something else than money, or no unit is known.
    """
    for name in names:
        if said := bracketed_unit(name):
            return money_unit(said)
    return unit


def read_amount(text: str, unit: Unit | None, usual: int, *, zero: bool = False) -> Quantity | None:
    """The amount that a cell prints in ``unit``, or in the unit of money it prints itself.

    A blank cell is 0 where ``zero`` says that its row and column are known. None for a text, a
    rate or a count, and where no unit is known.
    """
    number = read_number(text)
    if number and number.unit:
        unit = MONEY_UNITS.get(number.unit)
    if unit is None:
        return None
    if number:
        shown = f"{number.digits}{unit.text}"
        return Quantity(shown, number.value, unit, number.places, max(usual, number.places))
    if zero and is_blank(text):
        return Quantity(f"0{unit.text}", Decimal(0), unit, usual, usual)
    return None


def usual_places(places: Iterable[int]) -> int:
    """The number of decimals that occurs most often, 0 where there is none."""
    counted = Counter(places).most_common(1)
    return counted[0][0] if counted else 0


def plain_values(index: int, layout: Layout) -> list[TableValue]:
    """The amounts of a table that is not known, where caption, row or column names their unit.

    A row of texts over numbers is a header for the rows below it; a unit in its first cell
    (经费控制情况（万元）) goes for them all.
    """
    paths = [column.path for column in layout.columns]
    counted = {
        column.index for column in layout.columns if column.kind in ("number", "code", "remark")
    }
    corner = " ".join(paths[0]) if paths else ""
    of_table = money_unit(layout.table.money_unit)
    values: list[TableValue] = []
    for row in layout.body:
        texts = layout.texts[row]
        numbers = _number_columns(layout, row)
        if not numbers and len(set(texts) - {""}) > 1:
            paths = [(text,) if text else path for text, path in zip(texts, paths, strict=True)]
            corner = texts[0]
        for column in numbers:
            name = " ".join(dict.fromkeys(text for text in texts[: numbers[0]] if text))
            heading = " / ".join(paths[column])
            unit = unit_for((name, heading), money_unit(bracketed_unit(corner)) or of_table)
            cell = layout.cell(row, column)
            quantity = read_amount(cell.text, unit, 0)
            if quantity and column not in counted:
                values.append(TableValue(index, row, column, name, heading, quantity, cell.where))
    usual = usual_places(value.quantity.places for value in values)
    return [replace(each, quantity=_with_usual(each.quantity, usual)) for each in values]


def _number_columns(layout: Layout, row: int) -> list[int]:
    """The columns of a row that print a number, a merged cell once."""
    numbers: list[int] = []
    for column in range(len(layout.columns)):
        cell = layout.cell(row, column)
        repeated = cell.columns > 1 and column > 0 and layout.cell(row, column - 1) == cell
        if read_number(cell.text) and not repeated:
            numbers.append(column)
    return numbers


def _with_usual(quantity: Quantity, usual: int) -> Quantity:
    return replace(quantity, usual=max(usual, quantity.places))
