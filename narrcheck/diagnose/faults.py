"""Which claims are wrong: those whose repair mends most relations and breaks least."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind
from narrcheck.diagnose.board import Board
from narrcheck.diagnose.mending import (
    bears_out,
    is_copied,
    is_of_changed_whole,
    is_rounded_off,
    is_too_small,
    is_unchanged_nothing,
    mended_by,
)
from narrcheck.diagnose.swaps import Pair, exchanged, is_telling, negated, neighbours
from narrcheck.ledger import Relation
from narrcheck.quantity import Quantity
from narrcheck.relation import AMOUNTS, ORDERS, Form
from narrcheck.verdicts import Outcome, Repairs, Verdict, judge

Score = tuple[int, int, bool, bool, bool, int, int]

# A rate is worked out from the others, so it is the likelier slip where nothing else decides.
_LIKELY = {Kind.RELATION: 2, Kind.GROWTH: 2, Kind.SHARE: 2, Kind.COMPLETION: 2, Kind.CHANGE: 1}


@dataclass(frozen=True, slots=True)
class Fault:
    """A claim that is wrong, how it would be right, and the relations that then hold.

    ``rival`` is another claim that would explain them as well, ``partner`` the one beside it that
    stands in its place, ``turned`` the growth whose direction is as wrong as its own.
    """

    claim: Claim
    repair: Quantity | None
    verdicts: tuple[Verdict, ...]
    rival: str | None = None
    partner: Claim | None = None
    turned: Claim | None = None


def find_faults(relations: tuple[Relation, ...], repairs: dict[str, Quantity]) -> Iterator[Fault]:
    """The claims that are wrong, each with its repair, which is added to ``repairs``.

    The claim whose repair mends most and breaks least comes first; then it is taken as repaired,
    so that what it broke is not told again.
    """
    settled: set[str] = set(repairs)
    pairs = tuple(neighbours(relations))
    board = Board(relations, repairs)
    while True:
        trials = _all_trials(pairs, settled, board, repairs)
        if not trials:
            return
        trials.sort(key=lambda scored: scored[0], reverse=True)
        best = trials[0][1]
        rival = next((trial for _, trial in trials[1:] if _rivals(trial, best)), None)
        for claim, repair, partner in best.parts:
            own = tuple(v for v in best.mended if claim.id in v.relation.claim_ids())
            says = rival.says if rival and not partner and not best.turned else None
            yield Fault(claim, repair, own or best.mended, says, partner, best.turned)
            settled.add(claim.id)
            if repair is not None:
                repairs[claim.id] = repair
        now = {claim.id for claim, *_ in best.parts}
        if best.turned is not None:
            now.add(best.turned.id)
            settled.add(best.turned.id)
            repairs[best.turned.id] = negated(best.turned)
        board.tell(best.mended, now, repairs)


def _all_trials(
    pairs: tuple[Pair, ...], settled: set[str], board: Board, repairs: Repairs
) -> list[tuple[Score, Trial]]:
    """Every trial of claims that are not settled, with its score."""
    failing = board.failing()
    trials: list[tuple[Score, Trial]] = []
    for claim in _candidates(failing, settled):
        find = partial(_scored, _trials, claim, board=board, repairs=repairs)
        trials.extend(board.kept("number", (claim.id,), find))
    broken = {claim for verdict in failing for claim in verdict.relation.claim_ids()}
    for pair in pairs:
        ids = tuple(claim.id for claim in pair)
        if broken.intersection(ids) and settled.isdisjoint(ids):
            find = partial(_scored, _exchanges, pair, board=board, repairs=repairs)
            trials.extend(board.kept("pair", ids, find))
    for growth, change, verdict in _directed(failing):
        if settled.isdisjoint((growth.id, change.id)):
            trials.extend(_scored(_turns, growth, change, verdict, board=board, repairs=repairs))
    return trials


def _scored(
    try_it: Callable[..., Iterator[Trial]], *given: Any, **known: Any
) -> list[tuple[Score, Trial]]:
    return [(trial.score, trial) for trial in try_it(*given, **known)]


def _candidates(failing: list[Verdict], settled: set[str]) -> Iterator[Claim]:
    """The claims in failing relations that are not settled yet, each once."""
    seen = set(settled)
    for verdict in failing:
        claims = [operand.claim for operand in verdict.relation.leaves if operand.claim]
        for claim in (*verdict.relation.claims, *claims):
            told = claim.kind is Kind.PARTS or is_unchanged_nothing(verdict, claim)
            if claim.id not in seen and not told:
                seen.add(claim.id)
                yield claim


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim taken to be wrong, with one way to repair it and what comes of it.

    ``mended`` are the relations that must hold and now do, ``proofs`` counts soft ones that do.
    ``partner`` is the claim beside it that is taken to stand in its place, ``turned`` the growth
    whose word of direction is as wrong as the one of the change ``claim``.
    """

    claim: Claim
    repair: Quantity | None
    mended: tuple[Verdict, ...]
    broken: int
    support: int
    proofs: int = 0
    partner: Claim | None = None
    turned: Claim | None = None

    @property
    def score(self) -> Score:
        """What decides between trials, in this order.

        The balance of relations mended and broken; how few others bear the number out; whether it
        can be at all; whether a usual slip explains it; a single wrong digit; how likely its kind
        is wrong; its place.
        """
        slip = wording.mechanism(self.claim, self.repair) if self.repair else None
        return (
            len(self.mended) + self.proofs - self.broken,
            -self.support,
            not _falls_below_nothing(self.claim, self.repair),
            self.partner is not None
            or self.turned is not None
            or (slip is not None and slip != wording.ONE_DIGIT)
            or (self.claim.kind is Kind.GROWTH and any(map(is_over_present, self.mended)))
            or any(is_copied(verdict, self.claim) for verdict in self.mended),
            slip is not None,
            _LIKELY.get(self.claim.kind, 0) + any(_counts_all(v, self.claim) for v in self.mended),
            self.claim.where.start,
        )

    @property
    def parts(self) -> tuple[tuple[Claim, Quantity | None, Claim | None], ...]:
        """The claims that are wrong, each with its repair and the one that stands in its place."""
        own = (self.claim, self.repair, self.partner)
        if self.partner is None:
            return (own,)
        return own, (self.partner, self.claim.quantity, self.claim)

    @property
    def says(self) -> str:
        """The claim and its repair, to name it as the other possibility."""
        assert self.repair is not None
        return f"{self.claim.text}应为{wording.expected_text(self.claim, self.repair)}"


def _rivals(trial: Trial, best: Trial) -> bool:
    """Whether another claim explains the very same relations, and nothing of substance decides."""
    return (
        trial.repair is not None
        and trial.claim.id != best.claim.id
        and trial.partner is None
        and trial.turned is None
        and trial.mended == best.mended
        and trial.score[:4] == best.score[:4]
    )


def is_over_present(verdict: Verdict) -> bool:
    """Whether a growth was worked out over this year's number instead of last year's."""
    if verdict.relation.form is not Form.GROWTH:
        return False
    return judge(replace(verdict.relation, form=Form.RATIO)).outcome is Outcome.HOLDS


def _counts_all(verdict: Verdict, claim: Claim) -> bool:
    """Whether a claim follows from the others: the whole of a list, what came less what went, a
    mean of scores, an amount said again in round numbers, a count told in passing. Where nothing
    else decides, it is accused."""
    relation = verdict.relation
    if relation.form is Form.AT_MOST:
        return bool(relation.operands[0].terms) and relation.operands[1].claim is claim
    if relation.form is Form.EQUAL and claim.kind is not Kind.COUNT:
        return is_rounded_off(relation, claim)
    follows = relation.form in AMOUNTS or relation.form is Form.RATIO
    counted = claim.kind is Kind.COUNT and follows
    return counted and relation.operands[0].claim is claim


def _falls_below_nothing(claim: Claim, repair: Quantity | None) -> bool:
    """Whether the repair is a decrease by more than all there was."""
    if claim.kind is not Kind.GROWTH or repair is None:
        return False
    return repair.amount * (claim.direction or 1) < -1


def _exchanges(pair: Pair, board: Board, repairs: Repairs) -> Iterator[Trial]:
    """Two amounts side by side that stand in each other's place: at least two relations say so."""
    one, two = pair
    ids = {one.id, two.id}
    bad = board.failing(one.id, two.id)
    if not bad:
        return
    tried = {**repairs, **exchanged(one, two)}
    own = board.of(one.id, two.id)
    mended = tuple(verdict for verdict in bad if judge(verdict.relation, tried).holds)
    broken = sum(1 for v in own if v.holds and not judge(v.relation, tried).holds)
    support = sum(1 for v in own if v.holds and not ids <= set(v.relation.claim_ids()))
    proofs = sum(
        1 for v in own if v.relation.soft and not v.holds and judge(v.relation, tried).holds
    )
    if mended and len(mended) + proofs >= 2:
        yield Trial(one, two.quantity, mended, broken, support, proofs, two)


def _directed(failing: list[Verdict]) -> Iterator[tuple[Claim, Claim, Verdict]]:
    """A growth and a change of one direction that do not fit one another."""
    for verdict in failing:
        if verdict.relation.form is Form.GROWTH:
            growth, change = (operand.claim for operand in verdict.relation.operands[:2])
            if growth and change and growth.direction == change.direction:
                yield growth, change, verdict


def _turns(
    growth: Claim, change: Claim, verdict: Verdict, board: Board, repairs: Repairs
) -> Iterator[Trial]:
    """They fit one another once both go the other way: 减少 for 增加."""
    if not is_telling(growth) or not is_telling(change):
        return
    tried = {**repairs, growth.id: negated(growth), change.id: negated(change)}
    if judge(verdict.relation, tried).outcome is not Outcome.HOLDS:
        return
    ids = (growth.id, change.id)
    mended = tuple(v for v in board.failing(*ids) if judge(v.relation, tried).holds)
    broken = sum(1 for v in board.of(*ids) if v.holds and not judge(v.relation, tried).holds)
    yield Trial(change, negated(change), mended, broken, 0, turned=growth)


def _trials(claim: Claim, board: Board, repairs: Repairs) -> Iterator[Trial]:
    own, bad = board.of(claim.id), board.failing(claim.id)
    support = sum(1 for v in own if bears_out(v, claim, repairs))
    if any(claim in verdict.relation.claims for verdict in bad):
        yield Trial(claim, None, tuple(bad), 0, support)
        return
    soft = [verdict for verdict in own if verdict.relation.soft and not verdict.holds]
    for repair in mended_by(claim, [*bad, *soft], repairs):
        if claim.kind in (Kind.AMOUNT, Kind.COUNT) and repair.value < 0:
            continue
        tried = {**repairs, claim.id: repair}
        mended = tuple(verdict for verdict in bad if judge(verdict.relation, tried).holds)
        proofs = sum(1 for verdict in soft if judge(verdict.relation, tried).holds)
        broken = sum(1 for v in own if v.holds and not judge(v.relation, tried).holds)
        if mended:
            yield Trial(claim, repair, mended, broken, support, proofs)
    orders = tuple(
        v
        for v in bad
        if (v.relation.form in ORDERS and not v.relation.claims and not is_too_small(v, claim))
        or is_of_changed_whole(v, claim)
    )
    if orders:
        yield Trial(claim, None, orders, 0, support)
