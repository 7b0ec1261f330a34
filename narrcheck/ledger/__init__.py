"""All observations of every figure, from prose and tables, and what follows from them.

The names below are read on first use: whoever only shows relations loads no patterns.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger, canonical
    from narrcheck.ledger.made import make_ledger
    from narrcheck.ledger.operand import Operand, Relation, Suspect, of_claim, of_value

__all__ = [
    "Ledger",
    "Operand",
    "Relation",
    "Suspect",
    "canonical",
    "make_ledger",
    "of_claim",
    "of_value",
]

_HOMES = {"Ledger": "book", "canonical": "book", "make_ledger": "made"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"narrcheck.ledger.{_HOMES.get(name, 'operand')}")
    value: object = getattr(home, name)
    globals()[name] = value
    return value
