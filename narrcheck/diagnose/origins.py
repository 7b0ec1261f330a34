"""Where a wrong number came from: a rate over another base, or the number of another figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import BUDGETS, Figure, TableValue
from narrcheck.ledger import Ledger, Operand, Relation, of_claim
from narrcheck.quantity import Quantity
from narrcheck.relation import Form
from narrcheck.verdicts import Outcome, Repairs, judge

_WIDER = ("财政拨款", "全部")  # funds that a share may be of instead of its own
_RATES = frozenset({Kind.SHARE, Kind.COMPLETION, Kind.GROWTH})
_TELLING = 3  # significant digits from which on two equal numbers are hardly so by chance


def other_base(ledger: Ledger, claim: Claim, relation: Relation) -> tuple[str, Operand] | None:
    """What a rate was divided by instead of the base it names: its name, and its number.

    A share by a whole further up (formula C23), a completion by another budget (D06).
    """
    if relation.form is not Form.RATIO or relation.operands[0].claim != claim:
        return None
    part, base = relation.operands[1:]
    for name, figure in _other_bases(ledger, claim):
        other = ledger.operand(figure, claim)
        if other is None or other.quantity.amount == base.quantity.amount:
            continue
        tried = replace(relation, operands=(of_claim(claim), part, other))
        if judge(tried).outcome is Outcome.HOLDS:
            return name, other
    return None


def _other_bases(ledger: Ledger, claim: Claim) -> Iterator[tuple[str, Figure]]:
    base = claim.base
    if base is None:
        return
    if claim.kind is Kind.COMPLETION:
        yield from ((each, replace(base, measure=each)) for each in BUDGETS if each != base.measure)
    if claim.kind is Kind.SHARE:
        for fund in _WIDER:
            if fund != base.fund:
                yield f"{fund}资金的{base.item}", replace(base, fund=fund)
        for parts in ledger.patterns.words.parts:
            if base.item in parts.parts:
                for fund in dict.fromkeys((base.fund, *_WIDER)):
                    yield parts.whole, replace(base, item=parts.whole, fund=fund)


def copied_from(ledger: Ledger, claim: Claim, repairs: Repairs) -> str | None:
    """Whose number stands in a claim's place, in words; None where it is nobody's for sure."""
    quantity = claim.quantity
    if quantity is None or claim.figure is None or _significant(quantity) < _TELLING:
        return None
    if claim.kind in _RATES:
        return _rate_of(ledger, claim, quantity, repairs)
    if claim.kind is Kind.AMOUNT:
        return _cell_of(ledger, claim.figure, quantity) or _amount_of(ledger, claim, repairs)
    return None


def _significant(quantity: Quantity) -> int:
    """How many digits a number has, zeros at its ends not counted."""
    return len(f"{abs(quantity.value):f}".replace(".", "").strip("0"))


def _cell_of(ledger: Ledger, figure: Figure, quantity: Quantity) -> str | None:
    """The cell that has the number: of the same item first, then of the tables that give it."""
    told = [value for value in ledger.table_values if value.figure is not None]
    same = [
        value
        for value in told
        if value.figure and _item(value.figure) == _item(figure) and _has(value, quantity)
    ]
    if same:
        return _only(_difference(value, figure) for value in same)
    tables = {value.table for value in ledger.values(figure)}
    columns = {(value.table, value.column) for value in ledger.values(figure)}
    cells = [value for value in told if value.table in tables and _has(value, quantity)]
    near = [v for v in cells if (v.table, v.column) in columns] or cells
    return _only(f"误用了{wording.cell_name(value)}的数" for value in near)


def _has(value: TableValue, quantity: Quantity) -> bool:
    return quantity.interval.agrees(value.quantity.interval)


def _item(figure: Figure) -> tuple[str, str]:
    return figure.item, figure.code


def _difference(value: TableValue, figure: Figure) -> str:
    """How the figure of a cell differs from the one that was meant."""
    other = value.figure
    assert other is not None
    if other.fund != figure.fund:
        return f"误用了{other.fund}的数" if other.fund != "全部" else "误用了全部资金的数"
    if other.year != figure.year:
        return f"误用了{other.year}年的数"
    if other.measure != figure.measure:
        return f"误用了{other.measure}"
    return f"误用了{wording.cell_name(value)}的数"


def _amount_of(ledger: Ledger, claim: Claim, repairs: Repairs) -> str | None:
    """The amount in the claim's section that is the very same number."""
    return _only(
        f"与“{wording.quoted(each)}”的数相同，似误抄" for each in _alike(ledger, claim, repairs)
    )


def _rate_of(ledger: Ledger, claim: Claim, quantity: Quantity, repairs: Repairs) -> str | None:
    """The rate in the claim's section that is the very same: often that of the total."""
    if abs(quantity.amount) == 1:  # 100% is everywhere
        return None
    found = [each for each in _alike(ledger, claim, repairs) if each.kind is claim.kind]
    return _only(f"与“{wording.quoted(each)}”的百分数相同，似误抄" for each in found)


def _alike(ledger: Ledger, claim: Claim, repairs: Repairs) -> Iterator[Claim]:
    """The claims on other figures in the same section that state the claim's number, undisputed."""
    for each in ledger.claims:
        same = each.quantity is not None and each.section[:2] == claim.section[:2]
        if same and each.figure != claim.figure and each.id not in repairs:
            assert each.quantity is not None
            assert claim.quantity is not None
            if (each.quantity.value, each.quantity.unit) == (
                claim.quantity.value,
                claim.quantity.unit,
            ):
                yield each


def _only(found: Iterable[str]) -> str | None:
    """The one thing there is to say; None where there is nothing, or more than one."""
    different = list(dict.fromkeys(found))
    return different[0] if len(different) == 1 else None
