"""The amounts of a document's tables: ``read_tables(document, patterns)``."""

from narrcheck.tables.read import read_tables

__all__ = ["read_tables"]
