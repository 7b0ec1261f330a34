"""Which cells of tables are wrong: those whose change mends most sums and breaks least."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from narrcheck import wording
from narrcheck.diagnose.cell_repairs import Place, Repaired, as_repaired, asked_of, place_of
from narrcheck.figure import TableValue
from narrcheck.ledger import Ledger, Relation, canonical
from narrcheck.ledger.book import THIS_YEAR
from narrcheck.ledger.granted import carried_in_row
from narrcheck.quantity import Dimension, Quantity
from narrcheck.relation import Form
from narrcheck.tables.cells import is_blank
from narrcheck.tables.proofs import amount, last_place
from narrcheck.verdicts import Outcome, judge

_WITNESSES = 2  # statements and tables that prove more than a table's own sums, where these fail


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that is wrong, what it should print, and the relations that then hold.

    ``repair`` is None where a part exceeds its whole and nothing says by how much. ``rivals`` are
    cells that would explain the same relations as well, each with its own repair.
    """

    value: TableValue
    repair: Quantity | None
    relations: tuple[Relation, ...]
    rivals: tuple[tuple[TableValue, Quantity], ...] = ()


def is_of_cells(relation: Relation) -> bool:
    """Whether a relation speaks of nothing but tables."""
    return not relation.claim_ids()


def find_cell_faults(ledger: Ledger, relations: Sequence[Relation]) -> tuple[CellFault, ...]:
    """The wrong cells among relations between tables."""
    of_cell: defaultdict[Place, list[Relation]] = defaultdict(list)
    failing = [relation for relation in relations if not _holds(relation, {})]
    if not failing:
        return ()
    for relation in relations:
        for place in {place_of(operand.value) for operand in relation.operands if operand.value}:
            of_cell[place].append(relation)
    groups = _connected(failing)
    faults = [fault for group in groups for fault in _of_group(ledger, group, of_cell)]
    return tuple(_without_shifted(faults))


def _connected(relations: Iterable[Relation]) -> list[list[Relation]]:
    """The relations in groups that share no cell."""
    groups: list[tuple[set[Place], list[Relation]]] = []
    for relation in relations:
        places = {place_of(each.value) for each in relation.operands if each.value is not None}
        joined = [group for group in groups if not places.isdisjoint(group[0])]
        groups = [group for group in groups if places.isdisjoint(group[0])]
        members = [each for _, found in joined for each in found]
        groups.append((places.union(*(others for others, _ in joined)), [*members, relation]))
    return [found for _, found in groups]


def _of_group(
    ledger: Ledger, failing: list[Relation], of_cell: Mapping[Place, list[Relation]]
) -> Iterator[CellFault]:
    """The faults that explain failing relations, the one that explains most first."""
    repaired: dict[Place, Quantity] = {}
    while failing:
        every = _trials(ledger, failing, of_cell, repaired)
        trials = [trial for trial in every if _says(trial)]
        if not trials:
            return
        best = max(trials, key=lambda trial: trial.score)
        fault = _fault(best, trials)
        if not _may_be_lost(ledger, fault):
            yield fault
        if best.repair is not None:
            repaired[place_of(best.value)] = best.repair
        told = {id(relation) for relation in best.mended}
        failing = [each for each in failing if id(each) not in told and not _holds(each, repaired)]


def _holds(relation: Relation, repaired: Repaired) -> bool:
    """Whether the printed digits allow it; each number may be off by its last place, but 0."""
    quantities = [as_repaired(operand, repaired) for operand in relation.operands]
    first, others = quantities[0], quantities[1:]
    if relation.form is Form.RATIO:
        mended = zip(relation.operands, quantities, strict=True)
        operands = tuple(replace(operand, quantity=each) for operand, each in mended)
        return judge(replace(relation, operands=operands)).outcome is not Outcome.FAILS
    apart = amount(first) - sum(map(amount, others))
    slack = sum(last_place(each) for each in quantities if each.value)
    return apart <= slack and (relation.form is Form.AT_MOST or -apart <= slack)


def _says(trial: _Trial) -> bool:
    """Whether a trial says anything: of a table in doubt only where others bear the repair out."""
    doubtful = all(relation.soft for relation in trial.mended)
    return bool(trial.mended) and (not doubtful or trial.witnesses >= _WITNESSES)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A cell taken to be wrong, one way to repair it, and what comes of it."""

    value: TableValue
    repair: Quantity | None
    mended: tuple[Relation, ...]
    broken: int
    witnesses: int
    support: int
    whole: bool

    @property
    def substance(self) -> tuple[int, bool, int, int]:
        """What decides: relations mended and broken, an annex, other observations, support."""
        return (
            len(self.mended) - self.broken,
            self.value.annex,
            self.witnesses,
            -self.support,
        )

    @property
    def usual(self) -> bool:
        """Whether a slip of the hand, but for a single digit, makes of the repair what stands."""
        slip = wording.slip(self.value.quantity, self.repair) if self.repair else None
        return slip is not None and slip != wording.ONE_DIGIT

    @property
    def score(self) -> tuple[object, ...]:
        """The same; then whether a usual slip explains it; then a whole goes before its parts."""
        slip = wording.slip(self.value.quantity, self.repair) if self.repair else None
        place = (-self.value.table, -self.value.row, -self.value.column)
        printed = not self.value.quantity.is_zero
        return *self.substance, printed, self.usual, self.whole, slip is not None, place


def _trials(
    ledger: Ledger,
    failing: Sequence[Relation],
    of_cell: Mapping[Place, list[Relation]],
    repaired: Repaired,
) -> Iterator[_Trial]:
    """Every cell of a failing relation with what that relation, solved for it, asks for."""
    seen: set[tuple[Place, object]] = set()
    holding = {id(relation): False for relation in failing}
    for relation in failing:
        for index, operand in enumerate(relation.operands):
            value = operand.value
            if value is None or value.rows or place_of(value) in repaired:
                continue
            repair = asked_of(relation, index, value.quantity, repaired)
            key = place_of(value), repair.value if repair else None
            if key not in seen:
                seen.add(key)
                own = of_cell[place_of(value)]
                for each in own:
                    if id(each) not in holding:
                        holding[id(each)] = _holds(each, repaired)
                bad = [each for each in own if not holding[id(each)]]
                good = [each for each in own if holding[id(each)]]
                yield _tried(ledger, value, repair, bad, good, repaired)


def _tried(
    ledger: Ledger,
    value: TableValue,
    repair: Quantity | None,
    bad: Sequence[Relation],
    good: Sequence[Relation],
    repaired: Repaired,
) -> _Trial:
    whole = any(relation.operands[0].value == value for relation in bad)
    if repair is None:
        orders = tuple(relation for relation in bad if relation.form is Form.AT_MOST)
        return _Trial(value, None, orders, 0, 0, len(good), whole)
    tried = {**repaired, place_of(value): repair}
    mended = tuple(relation for relation in bad if _holds(relation, tried))
    broken = sum(not _holds(relation, tried) for relation in good)
    witnesses = _witnesses(ledger, value, repair) - _witnesses(ledger, value, value.quantity)
    return _Trial(value, repair, mended, broken, witnesses, len(good), whole)


def _witnesses(ledger: Ledger, value: TableValue, quantity: Quantity) -> int:
    """How many other tables and statements say that a cell's figure is ``quantity``."""
    figure = value.figure
    if figure is None or quantity.unit.dimension is Dimension.COUNT:
        return 0
    figure = canonical(figure)
    tables = {
        other.table
        for other in ledger.by_figure.get(figure, ())
        if other.table != value.table and not other.annex and _same(other.quantity, quantity)
    }
    claims = ledger.amounts.get(figure, ())
    carried = carried_in_row(ledger, value)
    if carried is not None and carried.quantity.is_zero:
        claims += ledger.amounts.get(replace(figure, part=THIS_YEAR), ())
    said = sum(1 for each in claims if each.quantity and _agrees(each.quantity, quantity))
    return len(tables) + said


def _same(one: Quantity, other: Quantity) -> bool:
    return one.unit.dimension is other.unit.dimension and amount(one) == amount(other)


def _agrees(one: Quantity, other: Quantity) -> bool:
    return one.unit.dimension is other.unit.dimension and one.interval.agrees(other.interval)


def _fault(best: _Trial, trials: Iterable[_Trial]) -> CellFault:
    """The fault that the best trial tells of; of many parts, a usual slip in one is no chance."""
    others = [
        trial
        for trial in trials
        if trial.repair is not None
        and place_of(trial.value) != place_of(best.value)
        and trial.substance == best.substance
        and trial.mended == best.mended
        and trial.value.quantity.is_zero <= best.value.quantity.is_zero  # 0 is seldom wrong
    ]
    if best.usual and len(others) > 1:
        others = [trial for trial in others if trial.usual]
    rivals = tuple((trial.value, trial.repair) for trial in others if trial.repair is not None)
    return CellFault(best.value, best.repair, best.mended, rivals)


def _may_be_lost(ledger: Ledger, fault: CellFault) -> bool:
    """Whether the cell prints nothing: then its number may as well have been lost in reading."""
    value = fault.value
    cell = ledger.document.tables[value.table].rows[value.row][value.column]
    return is_blank(cell.text)


def _without_shifted(faults: Sequence[CellFault]) -> Iterator[CellFault]:
    """The faults but for numbers that only stand in a neighbour's cell: so a reading goes wrong."""
    for fault in faults:
        near = (each for each in faults if _beside(fault.value, each.value))
        if not any(_moved(fault, each) or _moved(each, fault) for each in near):
            yield fault


def _beside(one: TableValue, other: TableValue) -> bool:
    """Whether two cells are of one row or one column of a table."""
    same = one.row == other.row, one.column == other.column
    return one.table == other.table and any(same) and not all(same)


def _moved(here: CellFault, there: CellFault) -> bool:
    """Whether what one cell prints, and should not, is what the other should print."""
    if here.repair is None or there.repair is None:
        return False
    printed = here.value.quantity
    return here.repair.is_zero and not printed.is_zero and _same(printed, there.repair)


def with_cells_mended(
    relations: Iterable[Relation], faults: Iterable[CellFault]
) -> Iterator[Relation]:
    """The relations of prose, with wrong cells put right where only so they hold."""
    repaired = {
        place_of(fault.value): fault.repair
        for fault in faults
        if fault.repair is not None and not fault.value.annex
    }
    for relation in relations:
        mended = _mended(relation, repaired)
        if mended is not relation and not judge(relation).holds and judge(mended).holds:
            relation = mended
        yield relation


def _mended(relation: Relation, repaired: Repaired) -> Relation:
    values = [operand.value for operand in relation.operands]
    if not any(value is not None and place_of(value) in repaired for value in values):
        return relation
    operands = (
        replace(operand, quantity=as_repaired(operand, repaired)) for operand in relation.operands
    )
    return replace(relation, operands=tuple(operands))
