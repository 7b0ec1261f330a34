"""Findings on cells of tables: where, how bad, and what the cell should print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from narrcheck import wording
from narrcheck.diagnose.cells import CellFault
from narrcheck.diagnose.doubt import as_question
from narrcheck.diagnose.tell import slug
from narrcheck.document import Table
from narrcheck.figure import TableValue
from narrcheck.findings import Evidence, Finding, Severity
from narrcheck.ledger import Ledger, Relation
from narrcheck.quantity import Dimension, Quantity
from narrcheck.relation import Form
from narrcheck.tables.proofs import amount
from narrcheck.verdicts import judge


def cell_findings(ledger: Ledger, faults: Sequence[CellFault]) -> Iterator[Finding]:
    """One finding a fault."""
    for fault, others in _grouped(faults):
        finding = _finding(ledger, fault, others)
        operands = (o for each in (fault, *others) for r in each.relations for o in r.operands)
        places = [operand.value.where for operand in operands if operand.value is not None]
        doubtful = any(ledger.document.is_doubtful_at(where) for where in places)
        yield as_question(finding) if doubtful else finding


def _grouped(faults: Sequence[CellFault]) -> Iterator[tuple[CellFault, tuple[CellFault, ...]]]:
    """The faults, each with those that are but another sight of it.

    The same column of an annex against the same other table, the whole and what it is made up of;
    分值 and 得分 of one 总分, which miss the same.
    """
    told: set[int] = set()
    for at, fault in enumerate(sorted(faults, key=lambda each: each.value.where.start)):
        rest = sorted(faults, key=lambda each: each.value.where.start)[at + 1 :]
        if id(fault) in told:
            continue
        others = tuple(each for each in rest if id(each) not in told and _is_same(fault, each))
        told.update(id(each) for each in others)
        yield fault, others


def _is_same(one: CellFault, other: CellFault) -> bool:
    here, there = one.value, other.value
    if one.repair is None or other.repair is None or here.table != there.table:
        return False
    if _crosses(one) and _crosses(other):
        return here.column == there.column and _tables(one) == _tables(other)
    return _is_score(here) and here.row == there.row and _missing(one) == _missing(other)


def _tables(fault: CellFault) -> set[int]:
    operands = (operand for relation in fault.relations for operand in relation.operands)
    return {operand.value.table for operand in operands if operand.value is not None}


def _is_score(value: TableValue) -> bool:
    return value.quantity.unit.dimension is Dimension.COUNT


def _missing(fault: CellFault) -> object:
    assert fault.repair is not None
    return amount(fault.value.quantity) - amount(fault.repair)


def _crosses(fault: CellFault) -> bool:
    """Whether an annex is held against what stands elsewhere."""
    return fault.value.annex and any(
        operand.value is None or not operand.value.annex
        for relation in fault.relations
        for operand in relation.operands
    )


def _finding(ledger: Ledger, fault: CellFault, others: Sequence[CellFault]) -> Finding:
    document, main = ledger.document, _main(fault)
    value, repair = fault.value, fault.repair
    lost = bool(others) and _is_score(value)
    whole = main.operands[0].value
    if len(fault.rivals) > 1 and whole is not None and whole != value:
        value, repair = whole, None  # which part it is, nothing tells
    text = wording.cell_message(value, main, repair)
    if value is not fault.value:
        text = f"{text}，应是相加的某一项有误"
    elif others:
        also = "；".join(wording.cell_message(e.value, _main(e), e.repair) for e in others)
        text = f"{text}；{also}" + ("，差得一样多，似漏列一行" if lost else "")
    elif fault.rivals:
        text = f"{text}；{wording.rivals(fault.rivals)}"
    table = document.tables[value.table]
    cell = table.rows[value.row][value.column]
    expected = _printed(repair, cell.text) if repair else None
    return Finding(
        main.code,
        slug(main.code),
        _severity(ledger, fault, lost=lost),
        f"{text}。",
        cell.text,
        row_text(table, value.row),
        value.where,
        document.section_path(table.section),
        claimed=cell.text,
        expected=expected,
        diagnosis=wording.slip(value.quantity, repair) if repair and not others else None,
        suggestion=expected,
        evidence=tuple(_evidence(ledger, (fault, *others))),
    )


def _main(fault: CellFault) -> Relation:
    """The relation that names the fault: the shortest sum of its own table first.

    Of an annex it is what stands elsewhere.
    """
    order = [Form.SUM, Form.RATIO, Form.EQUAL, Form.AT_MOST]
    if _crosses(fault):
        order.sort(key=lambda form: form is not Form.EQUAL)
    return min(fault.relations, key=lambda each: (order.index(each.form), len(each.operands)))


def _severity(ledger: Ledger, fault: CellFault, *, lost: bool) -> Severity:
    """A warning where scopes may differ, or a row or a table may not have been read for sure."""
    unsure = any(
        not any(each.fits for each in ledger.proofs[operand.value.table].sums)
        for relation in fault.relations
        for operand in relation.operands
        if relation.form in (Form.EQUAL, Form.AT_MOST)
        and operand.value is not None
        and not operand.value.annex
    )
    return Severity.WARNING if lost or unsure or _crosses(fault) else Severity.ERROR


def _printed(quantity: Quantity, like: str) -> str:
    """A number as its cell would print it, with thousands parted and a plus where they were."""
    unit = "%" if "%" in like or "％" in like else ""
    sign = "+" if like.strip().startswith("+") and quantity.value > 0 else ""
    number = f"{quantity.value:,f}" if "," in like else f"{quantity.value:f}"
    return f"{sign}{number}{unit}"


def row_text(table: Table, row: int) -> str:
    """A row's cells joined by spaces, a merged one once and empty ones left out."""
    cells = {(cell.where.start, cell.text): cell.text for cell in table.rows[row] if cell.text}
    return " ".join(cells.values())


def _evidence(ledger: Ledger, faults: Sequence[CellFault]) -> Iterator[Evidence]:
    """The other cells of short relations, and every formula."""
    accused = {fault.value.where.start for fault in faults}
    seen = set(accused)
    formulas: list[str] = []
    for fault in faults:
        for relation in fault.relations:
            operands = relation.operands
            for operand in operands if len(operands) <= wording.MANY else operands[:1]:
                value = operand.value
                if value is not None and value.where.start not in seen:
                    seen.add(value.where.start)
                    yield wording.table_evidence(ledger.document, value)
                if operand.because:
                    formulas.append(operand.because)
            if relation.form is not Form.EQUAL:
                formulas.append(_formula(shown(relation)))
    for text in dict.fromkeys(formulas):
        yield Evidence("formula", text=text)


def _formula(relation: Relation) -> str:
    """A relation with its numbers; a sum of scores, which are exact, without an interval."""
    verdict = judge(relation)
    exact = verdict.should_be is not None and verdict.should_be.width == 0
    if not exact or relation.form is not Form.SUM:
        return wording.formula(verdict, {})
    parts = [operand.quantity for operand in relation.operands[1:]]
    whole = sum((part.value for part in parts), Decimal(0))
    return f"{' + '.join(f'{part.value:f}' for part in parts)} = {whole:f}{parts[0].unit.text}"


def shown(relation: Relation) -> Relation:
    """A sum without the parts that are 0."""
    if relation.form is not Form.SUM:
        return relation
    first, *parts = relation.operands
    kept = [part for part in parts if not part.quantity.is_zero] or parts[:1]
    return replace(relation, operands=(first, *kept))
