"""The one home of what findings say: messages, formulas and evidence, in plain Chinese."""

from narrcheck.wording.evidence import MANY, evidence, quoted, table_evidence
from narrcheck.wording.mechanisms import ONE_DIGIT, TURNED, divided_by, mechanism, off_by_one, slip
from narrcheck.wording.messages import (
    at_most_message,
    cell_message,
    cell_name,
    expected_text,
    look_at_paper,
    message,
    moves_message,
    of_other_budget,
    order_message,
    rivals,
    slip_message,
    turned_message,
    unchanged_message,
)
from narrcheck.wording.numbers import calculation, formula, order_words, shown

__all__ = [
    "MANY",
    "ONE_DIGIT",
    "TURNED",
    "at_most_message",
    "calculation",
    "cell_message",
    "cell_name",
    "divided_by",
    "evidence",
    "expected_text",
    "formula",
    "look_at_paper",
    "mechanism",
    "message",
    "moves_message",
    "of_other_budget",
    "off_by_one",
    "order_message",
    "order_words",
    "quoted",
    "rivals",
    "shown",
    "slip",
    "slip_message",
    "table_evidence",
    "turned_message",
    "unchanged_message",
]
