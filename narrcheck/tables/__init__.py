"""The numbers of a document's tables: ``read_tables(document, patterns)``."""

from narrcheck.tables.read import (
    distrusted_tables,
    known_tables,
    read_tables,
    read_with_proofs,
)

__all__ = ["distrusted_tables", "known_tables", "read_tables", "read_with_proofs"]
