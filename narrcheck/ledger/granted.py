"""当年拨款 where no column has it: what the row of a subject leaves of its 合计 but 上年结转."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrcheck.figure import TableValue
from narrcheck.ledger.operand import Operand, negated, of_value, total

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger

_OF_LAST = ("上年结转", "年初结转和结余")  # what last year's money is called as a part of a subject


def carried_in_row(ledger: Ledger, whole: TableValue) -> TableValue | None:
    """What the row of a subject's amount says was carried over from the year before; blank is 0."""
    if whole.figure is None:
        return None
    found = (v for part in _OF_LAST for v in ledger.values(replace(whole.figure, part=part)))
    here = whole.table, whole.row
    return next((value for value in found if (value.table, value.row) == here), None)


def granted(ledger: Ledger, whole: TableValue) -> Operand:
    """A subject's amount as 当年拨款: what its row did not carry over, all where it is silent."""
    carried = carried_in_row(ledger, whole)
    if carried is None or carried.quantity.is_zero:
        return of_value(whole)
    all_of_it, less = of_value(whole), negated(of_value(carried))
    rest = total((all_of_it, less), "")
    formula = f"{all_of_it.label} − {less.label} = {rest.label}"
    return replace(rest, because=f"合计减去上年结转，即当年拨款：{formula}")


def may_be_carried(ledger: Ledger, whole: TableValue) -> bool:
    """Whether a row that does not say so may have been carried over in part, as its fund was."""
    fund = whole.figure.fund if whole.figure is not None else ""
    return carried_in_row(ledger, whole) is None and bool(ledger.carried_over(fund))
