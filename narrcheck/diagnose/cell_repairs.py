"""What a relation between tables asks of one of its cells, and cells taken as repaired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from narrcheck.figure import TableValue
from narrcheck.ledger import Operand, Relation
from narrcheck.quantity import Quantity
from narrcheck.relation import Form, solved
from narrcheck.tables.proofs import amount, last_place

Place: TypeAlias = tuple[int, int, int]  # table, row, column
Repaired: TypeAlias = Mapping[Place, Quantity]


def place_of(value: TableValue) -> Place:
    """Where in which table a value stands."""
    return value.table, value.row, value.column


def as_repaired(operand: Operand, repaired: Repaired) -> Quantity:
    if operand.value is None or not repaired:
        return operand.quantity
    return repaired.get(place_of(operand.value), operand.quantity)


def asked_of(
    relation: Relation, index: int, printed: Quantity, repaired: Repaired
) -> Quantity | None:
    """What a relation asks of one of its cells; None of an order, or of what nothing can be."""
    quantities = [as_repaired(operand, repaired) for operand in relation.operands]
    if relation.form is Form.AT_MOST:
        return None
    if relation.form is Form.RATIO:
        value = solved(relation.form, [each.interval for each in quantities], index)
        asked = value.middle if value else None
    else:
        apart = amount(quantities[0]) - sum(map(amount, quantities[1:]))
        ours = amount(quantities[index])
        asked = Fraction(ours + apart if index else ours - apart)
    if asked is None or (asked < 0 and printed.value >= 0):
        return None
    same = [each for each in quantities if each.unit == printed.unit]
    places = max(max(each.places, each.usual) for each in same)
    repair = printed.like(asked, places)
    slack = sum(
        last_place(each) for at, each in enumerate(quantities) if each.value and at != index
    )
    if relation.form is not Form.SUM or places != printed.places or not slack:
        return repair
    near = [each for each in _misprints(printed) if abs(amount(each) - amount(repair)) <= slack]
    return near[0] if len(near) == 1 else repair


def _misprints(printed: Quantity) -> Iterator[Quantity]:
    """Every number of which one digit was changed, or two neighbours were swapped, into this."""
    digits = f"{printed.value:f}"
    found = {
        f"{digits[:at]}{other}{digits[at + 1 :]}"
        for at, digit in enumerate(digits)
        if digit.isdecimal()
        for other in "0123456789"
        if other != digit
    }
    places = [at for at, digit in enumerate(digits) if digit.isdecimal()]
    found |= {  # the point may stand between two neighbours
        f"{digits[:one]}{digits[two]}{digits[one + 1 : two]}{digits[one]}{digits[two + 1 :]}"
        for one, two in pairwise(places)
        if digits[one] != digits[two]
    }
    for number in sorted(found):
        yield replace(printed, value=Decimal(number), text=f"{number}{printed.unit.text}")
