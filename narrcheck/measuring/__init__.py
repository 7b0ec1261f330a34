"""How right narrcheck is: what it finds in documents, held against keys written by people."""

from narrcheck.measuring.floor import Floor, below, raised, read_floor, write_floor
from narrcheck.measuring.keys import Fault, Key, Trap, Weight, keyed_documents
from narrcheck.measuring.measure import (
    Coverage,
    Measured,
    Measurement,
    Outcome,
    Said,
    Tally,
    measure,
    tally,
)
from narrcheck.measuring.ratio import Ratio

__all__ = [
    "Coverage",
    "Fault",
    "Floor",
    "Key",
    "Measured",
    "Measurement",
    "Outcome",
    "Ratio",
    "Said",
    "Tally",
    "Trap",
    "Weight",
    "below",
    "keyed_documents",
    "measure",
    "raised",
    "read_floor",
    "tally",
    "write_floor",
]
