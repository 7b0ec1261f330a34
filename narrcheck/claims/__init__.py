"""Reading the narrative; the only room that knows spaCy and jieba.

``read_claims`` lies in ``narrcheck.claims.read``, which loads them; this name stays light.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from narrcheck.claims.claim import Claim, Kind, NoClaim, Reading, Unread

if TYPE_CHECKING:
    from narrcheck.document import Document
    from narrcheck.figure import TableValue
    from narrcheck.patterns import Patterns

__all__ = ["Claim", "Kind", "NoClaim", "Reading", "Unread", "read_claims"]


def read_claims(
    document: Document, patterns: Patterns, table_values: Iterable[TableValue]
) -> Reading:
    """See ``narrcheck.claims.read.read_claims``; spaCy and jieba are loaded here, not before."""
    from narrcheck.claims.read import read_claims as read

    return read(document, patterns, table_values)
