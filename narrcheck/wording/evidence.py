"""What a finding rests on: words of the text, cells of tables, formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from narrcheck.claims.claim import Claim
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.findings import Evidence
from narrcheck.ledger import Ledger, Operand
from narrcheck.relation import Form
from narrcheck.verdicts import Repairs, Verdict
from narrcheck.wording.numbers import formula

# A sum of more numbers than this is shown by its formula, not number by number.
MANY = 6


def evidence(
    ledger: Ledger, verdicts: Iterable[Verdict], accused: str, repairs: Repairs
) -> Iterator[Evidence]:
    """What a fault rests on, each once: other statements with the cells that bear them out, table
    cells, reasons, and the formulas at the end."""
    seen: set[tuple[str, int]] = set()
    formulas: list[str] = []
    for verdict in verdicts:
        operands = verdict.relation.operands
        for operand in operands if len(operands) <= MANY else operands[:1]:
            for each in _operand_evidence(ledger, operand, accused):
                at = (each.where.file, each.where.start) if each.where is not None else None
                if at is None or at not in seen:
                    yield each
                if at is not None:
                    seen.add(at)
        if verdict.relation.form is not Form.EQUAL:
            formulas.append(formula(verdict, repairs))
    for text in dict.fromkeys(formulas):
        yield Evidence("formula", text=text)


def _operand_evidence(ledger: Ledger, operand: Operand, accused: str) -> Iterator[Evidence]:
    for term in operand.terms:
        yield from _operand_evidence(ledger, term, accused)
    if operand.value is not None:
        yield table_evidence(ledger.document, operand.value)
    elif operand.claim is not None and operand.claim.id != accused:
        yield Evidence("text", text=quoted(operand.claim), where=operand.claim.where)
        value = ledger.borne_out(operand.claim)
        if value is not None:
            yield table_evidence(ledger.document, value)
    if operand.because:
        yield Evidence("formula", text=operand.because)


def table_evidence(document: Document, value: TableValue) -> Evidence:
    """A cell of a table as what a finding rests on."""
    table = document.tables[value.table]
    return Evidence(
        "table",
        where=value.where,
        table=table.title,
        number=table.number,
        row=value.row_name,
        column=value.column_name,
        value=f"{value.quantity.value:f}",
        unit=value.quantity.unit.text,
    )


def quoted(claim: Claim) -> str:
    """The clause of the sentence that holds the claim's number."""
    start = max(claim.sentence.rfind(mark, 0, claim.at) for mark in "，；：。") + 1
    lead = claim.sentence[start : claim.at]
    if lead.rfind("（") > lead.rfind("）"):
        lead = lead[lead.rfind("（") + 1 :]
    if any(mark in lead for mark in "元%％"):
        lead = lead[lead.rfind("、") + 1 :]  # of a list of numbers, the one meant
    return f"{lead.strip()}{claim.text}"
