"""The pipeline from a text to its findings, all in this process, for documents that tests make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from narrcheck.claims import Reading, read_claims
from narrcheck.diagnose import Diagnosis, diagnose
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Relation, make_ledger
from narrcheck.load.text import load_text
from narrcheck.patterns import Patterns, load_patterns
from narrcheck.rules import RULES
from narrcheck.tables import read_with_proofs
from narrcheck.tables.proofs import Proofs

Tables = tuple[tuple[TableValue, ...], tuple[Proofs, ...]]


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was made of a text on the way to its findings."""

    document: Document
    tables: Tables
    reading: Reading
    relations: tuple[Relation, ...]
    diagnosis: Diagnosis

    @property
    def loud(self) -> tuple[Finding, ...]:
        """The findings that are errors or warnings."""
        return tuple(each for each in self.diagnosis.findings if each.severity != Severity.INFO)


@cache
def patterns() -> Patterns:
    """The patterns, loaded once."""
    return load_patterns()


def checked(text: str, tables: Tables | None = None) -> Checked:
    """A text, checked as the command does; ``tables`` saves reading the same tables again."""
    known = patterns()
    document = load_text("made.txt", "", text.encode())
    values, proofs = tables = tables or read_with_proofs(document, known.tables)
    reading = read_claims(document, known, values)
    ledger = make_ledger(document, known, reading, values, proofs)
    diagnosis = diagnose(ledger, (said for rule in RULES for said in rule.check(ledger)))
    return Checked(document, tables, reading, diagnosis.relations, diagnosis)
