"""All observations of every figure, from prose and tables, and what follows from them."""

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
