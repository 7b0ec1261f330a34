"""Real documents, each read once for all tests of a process: what was read is never changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from narrcheck.document import Document
from narrcheck.load import load


@cache
def real_document(path: Path) -> Document:
    """The document at ``path``, one of the folder that the fixture ``shared`` names."""
    return load(path)
