"""The pipeline: a document's path in, its report out."""

from __future__ import annotations

import time
from pathlib import Path

from narrcheck.claims import Reading, read_claims
from narrcheck.diagnose import diagnose
from narrcheck.findings import DocumentReport, NoNarrativeError, Severity
from narrcheck.ledger import make_ledger
from narrcheck.load import load
from narrcheck.load.apart import with_tables_of
from narrcheck.patterns import load_patterns
from narrcheck.rules import RULES
from narrcheck.tables import read_with_proofs


def check(
    path: str | Path, *, tables: str | Path | None = None, patterns: Path | None = None
) -> DocumentReport:
    """Checks one document, with the tables of a second file where they were published apart.

    Raises DocumentError where the file cannot be read, NoNarrativeError where no number of a
    narrative was read in it nor a blank where one should stand;
    PatternError where the patterns folder is malformed.
    """
    started = time.perf_counter()
    known = load_patterns(patterns)
    document = load(path)
    if tables is not None:
        document = with_tables_of(load(tables), document)
    table_values, proofs = read_with_proofs(document, known.tables)
    reading = read_claims(document, known, table_values)
    if not _states_numbers(reading):
        raise NoNarrativeError(document)
    ledger = make_ledger(document, known, reading, table_values, proofs)
    diagnosis = diagnose(ledger, (said for rule in RULES for said in rule.check(ledger)))
    return DocumentReport(
        document,
        table_values,
        reading,
        diagnosis.statuses,
        diagnosis.reasons,
        diagnosis.findings,
        time.perf_counter() - started,
        diagnosis.relations,
        diagnosis.repairs,
    )


def _states_numbers(reading: Reading) -> bool:
    """Whether a narrative was read: one that states numbers, or leaves them open as a form does."""
    return any(claim.quantity is not None for claim in reading.claims) or any(
        flaw.severity == Severity.ERROR for flaw in reading.flaws
    )
