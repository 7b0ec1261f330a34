"""All observations of every figure, from prose and tables, and what follows from them.

The names below are read on first use: whoever only shows relations loads no patterns.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger, canonical, make_ledger
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

_OF_BOOK = {"Ledger", "canonical", "make_ledger"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "narrcheck.ledger.book" if name in _OF_BOOK else "narrcheck.ledger.operand"
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value
