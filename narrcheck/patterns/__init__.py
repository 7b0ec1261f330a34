"""Reads the folder ``patterns/``: how disclosures word and lay out their numbers.

The names below are read on first use: whoever only asks where the folder is loads no patterns.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrcheck.patterns.loaded import (
        NAME_TYPES,
        NUMBER_TYPES,
        Patterns,
        load_patterns,
        word_types,
    )

__all__ = ["NAME_TYPES", "NUMBER_TYPES", "Patterns", "load_patterns", "word_types"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module("narrcheck.patterns.loaded"), name)
    globals()[name] = value
    return value
