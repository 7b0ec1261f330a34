"""Lists that may rightly leave things out, but were meant to be complete: one slip broke them.

In 其中A、B the parts need not be all there is, so a sum that fails says nothing by itself. Where
two digits of one of its numbers in each other's place, a point or a unit make it add up just so,
that is no chance: what is left over may be any amount, and a slip is one of very few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from narrcheck import wording
from narrcheck.claims.claim import Claim
from narrcheck.diagnose.board import Board
from narrcheck.diagnose.misprints import misprints, misspelt
from narrcheck.ledger import Ledger, Relation
from narrcheck.quantity import Quantity, Unit
from narrcheck.relation import AMOUNTS
from narrcheck.verdicts import Outcome, Repairs, judge

# How probable it may be that a slip makes up by chance for what a list rightly leaves out.
_CHANCE = Fraction(1, 200)
# The same of changes: what there was last year and is gone is told nowhere, so they seldom add up.
_CHANCE_OF_CHANGES = Fraction(1, 5000)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A number of a list as it was before one slip, and by how much the list then grows."""

    claim: Claim
    repair: Quantity
    gain: Fraction


@dataclass(frozen=True, slots=True)
class _Doubted:
    """A number of a sum that one slip may have changed: its digits, or its unit to that of all
    ``others``. ``side`` is -1 for the whole: the list then grows as it gets smaller."""

    claim: Claim
    quantity: Quantity
    side: int
    others: frozenset[Unit]


def meant_complete(
    ledger: Ledger, relations: Iterable[Relation], repairs: Repairs
) -> tuple[Relation, ...]:
    """The relations without the ``open`` ones; those of them that one slip broke must hold."""
    every = tuple(relations)
    closed = tuple(each for each in every if not each.open)
    board = Board(closed, repairs)
    found = (_as_meant(ledger, each, board, repairs) for each in every if each.open)
    return (*closed, *(each for each in found if each is not None))


def _as_meant(
    ledger: Ledger, relation: Relation, board: Board, repairs: Repairs
) -> Relation | None:
    """The sum as one that must hold, as a warning where a single digit may be wrong; or None."""
    if judge(relation, repairs).outcome is not Outcome.FAILS:
        return None
    gap, slack = _gap(relation, repairs), _slack(relation, repairs)
    doubted = tuple(_doubted(relation, repairs))
    if not any(_may_make_up(each, gap, slack) for each in doubted):
        return None
    slips = tuple(slip for each in doubted for slip in _slips(each))
    telling = [
        slip
        for slip in slips
        if abs(gap - slip.gain) <= slack + slip.repair.last_place  # else it cannot hold
        and not _is_needless(slip, relation, repairs)
        and _is_telling(slip, slips, relation, repairs)
        and not _is_borne_out(ledger, slip.claim, board)
        and not _breaks(slip, board, repairs)
    ]
    sure = any(_is_sure(slip) for slip in telling)
    # An amount that is left over is often a round one, and so is what one digit makes up for;
    # but parts that are more than their whole are no list that leaves something out.
    # Of changes the parts may be more than all of them: others went the other way.
    if not sure and (gap > 0 or _is_of_changes(relation) or not telling):
        return None
    return replace(relation, open=False, soft=False, mild=not sure)


def _doubted(relation: Relation, repairs: Repairs) -> Iterator[_Doubted]:
    """The numbers of a sum that a slip may have changed: none where one is only about right."""
    quantities = _quantities(relation, repairs)
    if any(each.hedge or each.value < 0 for each in quantities.values()):
        return
    units = [each.unit for each in quantities.values()]
    for operand in relation.operands:
        claim = operand.claim
        if claim is None or claim.id in repairs or claim.quantity is None:
            continue
        others = frozenset(unit for unit in units if unit != claim.quantity.unit)
        if others and (len(others) > 1 or units.count(claim.quantity.unit) > 1):
            return
        side = (-1 if operand is relation.operands[0] else 1) * (-1 if operand.negative else 1)
        yield _Doubted(claim, claim.quantity, side, others)


def _may_make_up(doubted: _Doubted, gap: Fraction, slack: Fraction) -> bool:
    """Whether a slip of a number may make up for what a sum lacks.

    Told from the digits alone, as whole numbers of their last place: hardly any slip comes near.
    """
    if doubted.others:
        return True
    quantity, scale = doubted.quantity, doubted.quantity.unit.scale
    asked, room = (quantity.amount + doubted.side * gap) / scale, slack / scale
    bounds: dict[int, tuple[int, int]] = {}
    for number in misspelt(quantity):
        whole, _, decimals = number.partition(".")
        if len(decimals) not in bounds:
            places = 10 ** len(decimals)
            least, most = (asked - room) * places, (asked + room) * places
            bounds[len(decimals)] = ceil(least) - 1, floor(most) + 1
        low, high = bounds[len(decimals)]
        if low <= int(whole + decimals) <= high:
            return True
    return False


def _slips(doubted: _Doubted) -> Iterator[_Slip]:
    """What a number of a sum may have been."""
    claim, quantity = doubted.claim, doubted.quantity
    in_others = (quantity.in_unit(unit) for unit in doubted.others)
    for repair in in_others if doubted.others else misprints(claim):
        if repair.value >= 0:
            yield _Slip(claim, repair, doubted.side * (repair.amount - quantity.amount))


def _is_telling(slip: _Slip, slips: Iterable[_Slip], relation: Relation, repairs: Repairs) -> bool:
    """Whether a sum holds with a slip undone, and hardly does so by chance.

    What is left over may be each amount up to the whole, on the grid that its numbers share; each
    slip of this sort makes up for one of them.
    """
    if not judge(relation, {**repairs, slip.claim.id: slip.repair}).holds:
        return False
    gap, step = _gap(relation, repairs), _grid(relation, repairs)
    whole = max(each.amount for each in _quantities(relation, repairs).values())
    gains = {
        each.gain
        for each in slips
        if _is_sure(each) is _is_sure(slip)
        and each.gain * gap > 0
        and abs(each.gain) <= whole
        and each.gain % step == 0
    }
    missed = abs(gap - slip.gain) / step
    chance = _CHANCE_OF_CHANGES if _is_of_changes(relation) else _CHANCE
    return len(gains | {slip.gain}) * (2 * missed + 1) * step < whole * chance


def _is_of_changes(relation: Relation) -> bool:
    """Whether a sum has numbers that tell by how much something became more or less."""
    return any(each.claim is not None and each.claim.direction for each in relation.operands)


def _is_needless(slip: _Slip, relation: Relation, repairs: Repairs) -> bool:
    """Whether a list adds up without a number: it is told of the whole, and none of these parts."""
    whole, *parts = relation.operands
    rest = [each for each in parts if each.claim is None or each.claim.id != slip.claim.id]
    if len(rest) == len(parts) or not rest:
        return False
    return judge(replace(relation, operands=(whole, *rest)), repairs).holds


def _gap(relation: Relation, repairs: Repairs) -> Fraction:
    """How much more the whole is than its parts."""
    whole, *parts = (
        -each.amount if relation.operands[at].negative else each.amount
        for at, each in _quantities(relation, repairs).items()
    )
    return whole - sum(parts, Fraction(0))


def _slack(relation: Relation, repairs: Repairs) -> Fraction:
    """How far apart a whole and its parts may be, by what rounding may hide in each of them."""
    return sum((each.wide.width for each in _quantities(relation, repairs).values()), Fraction(0))


def _grid(relation: Relation, repairs: Repairs) -> Fraction:
    """The finest power of ten that two numbers of a sum are told by at least, zeros left out."""
    steps = sorted(
        each.unit.scale * Fraction(10) ** _exponent(each)
        for each in _quantities(relation, repairs).values()
        if not each.is_zero
    )
    return steps[1] if len(steps) > 1 else steps[0]


def _exponent(quantity: Quantity) -> int:
    exponent = quantity.value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def _quantities(relation: Relation, repairs: Repairs) -> Mapping[int, Quantity]:
    """The numbers of a sum by their places in it."""
    return {
        at: repairs.get(each.claim.id, each.quantity) if each.claim else each.quantity
        for at, each in enumerate(relation.operands)
    }


def _is_sure(slip: _Slip) -> bool:
    """Whether a slip is of another sort than a wrong digit."""
    assert slip.claim.quantity is not None
    return wording.slip(slip.claim.quantity, slip.repair) not in (None, wording.ONE_DIGIT)


def _is_borne_out(ledger: Ledger, claim: Claim, board: Board) -> bool:
    """Whether a table has a number as it is, or another amount follows from it.

    A rate that holds with a slip as well bears nothing out; see ``_breaks`` for those that do not.
    """
    if ledger.borne_out(claim) is not None:
        return True
    return any(v.holds and v.relation.form in AMOUNTS for v in board.of(claim.id))


def _breaks(slip: _Slip, board: Board, repairs: Repairs) -> bool:
    """Whether something holds that no longer would with a slip undone."""
    tried = {**repairs, slip.claim.id: slip.repair}
    held = (v.relation for v in board.of(slip.claim.id) if v.holds)
    return any(not judge(relation, tried).holds for relation in held)
