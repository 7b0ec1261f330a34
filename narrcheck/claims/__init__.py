"""Reading the narrative; the only room that knows spaCy and jieba.

``read_claims`` lies in ``narrcheck.claims.read``, which loads them; this name stays light.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from narrcheck.claims.claim import Claim, Kind, NoClaim, Reading, Unread

if TYPE_CHECKING:
    from narrcheck.document import Document
    from narrcheck.figure import TableValue
    from narrcheck.patterns import Patterns

__all__ = ["Claim", "Kind", "NoClaim", "Reading", "Unread", "load_reader", "read_claims"]


def read_claims(
    document: Document, patterns: Patterns, table_values: Iterable[TableValue]
) -> Reading:
    """See ``narrcheck.claims.read.read_claims``; spaCy and jieba are loaded here, not before."""
    load_reader()
    from narrcheck.claims.read import read_claims as read

    return read(document, patterns, table_values)


def load_reader() -> None:
    """Loads all that ``read_claims`` needs, which takes longer than to read a document."""
    from narrcheck.claims.spacy_alone import import_spacy

    import_spacy()
    import_module("narrcheck.claims.read")
