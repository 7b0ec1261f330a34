"""Which claims are wrong: those whose repair mends most relations and breaks least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind
from narrcheck.ledger import Relation
from narrcheck.quantity import Quantity, Unit
from narrcheck.relation import ORDERS, Form
from narrcheck.verdicts import Outcome, Repairs, Verdict, judge, solve_for

# A rate is worked out from the others, so it is the likelier slip where nothing else decides.
_LIKELY = {Kind.RELATION: 2, Kind.GROWTH: 2, Kind.SHARE: 2, Kind.COMPLETION: 2, Kind.CHANGE: 1}


@dataclass(frozen=True, slots=True)
class Fault:
    """A claim that is wrong, how it would be right, and the relations that then hold.

    ``rival`` is another claim that would explain them as well.
    """

    claim: Claim
    repair: Quantity | None
    verdicts: tuple[Verdict, ...]
    rival: str | None = None


def find_faults(relations: tuple[Relation, ...], repairs: dict[str, Quantity]) -> Iterator[Fault]:
    """The claims that are wrong, each with its repair, which is added to ``repairs``.

    The claim whose repair mends most and breaks least comes first; then it is taken as repaired,
    so that what it broke is not told again.
    """
    settled: set[str] = set(repairs)
    told: set[int] = set()  # relations whose fault has been named, by their place
    while True:
        verdicts = [judge(relation, repairs) for relation in relations]
        failing = [
            verdict
            for at, verdict in enumerate(verdicts)
            if verdict.outcome in (Outcome.NEAR, Outcome.FAILS)
            and not verdict.relation.soft
            and at not in told
        ]
        trials = [
            trial
            for claim in _candidates(failing, settled)
            for trial in _trials(claim, failing, verdicts, repairs)
        ]
        if not trials:
            return
        trials.sort(key=lambda trial: trial.score, reverse=True)
        best = trials[0]
        rival = next((trial for trial in trials[1:] if _rivals(trial, best)), None)
        yield Fault(best.claim, best.repair, best.mended, rival.says if rival else None)
        settled.add(best.claim.id)
        told.update(at for at, verdict in enumerate(verdicts) if verdict in best.mended)
        if best.repair is not None:
            repairs[best.claim.id] = best.repair


def _candidates(failing: list[Verdict], settled: set[str]) -> Iterator[Claim]:
    """The claims in failing relations that are not settled yet, each once."""
    seen = set(settled)
    for verdict in failing:
        claims = [operand.claim for operand in verdict.relation.operands if operand.claim]
        for claim in (*verdict.relation.claims, *claims):
            if claim.id not in seen and claim.kind is not Kind.PARTS:
                seen.add(claim.id)
                yield claim


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim taken to be wrong, with one way to repair it and what comes of it.

    ``mended`` are the relations that must hold and now do, ``proofs`` counts soft ones that do.
    """

    claim: Claim
    repair: Quantity | None
    mended: tuple[Verdict, ...]
    broken: int
    support: int
    proofs: int = 0

    @property
    def score(self) -> tuple[int, int, bool, int, bool, int]:
        """What decides between trials, in this order.

        The balance of relations mended and broken; how few others bear the number out; whether a
        usual slip explains it; how likely its kind is wrong; a single wrong digit; its place.
        """
        slip = wording.mechanism(self.claim, self.repair) if self.repair else None
        return (
            len(self.mended) + self.proofs - self.broken,
            -self.support,
            slip is not None and slip != wording.ONE_DIGIT,
            _LIKELY.get(self.claim.kind, 0),
            slip is not None,
            self.claim.where.start,
        )

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
        and trial.score[:3] == best.score[:3]
        and trial.mended == best.mended
    )


def _trials(
    claim: Claim, failing: list[Verdict], verdicts: list[Verdict], repairs: Repairs
) -> Iterator[Trial]:
    own = [verdict for verdict in verdicts if claim.id in verdict.relation.claim_ids()]
    support = sum(1 for verdict in own if verdict.holds)
    bad = [verdict for verdict in failing if claim.id in verdict.relation.claim_ids()]
    if any(claim in verdict.relation.claims for verdict in bad):
        yield Trial(claim, None, tuple(bad), 0, support)
        return
    soft = [verdict for verdict in own if verdict.relation.soft and not verdict.holds]
    for repair in _repairs(claim, [*bad, *soft], repairs):
        if claim.kind is Kind.AMOUNT and repair.value < 0:
            continue
        tried = {**repairs, claim.id: repair}
        mended = tuple(verdict for verdict in bad if judge(verdict.relation, tried).holds)
        proofs = sum(1 for verdict in soft if judge(verdict.relation, tried).holds)
        broken = sum(1 for v in own if v.holds and not judge(v.relation, tried).holds)
        if mended:
            yield Trial(claim, repair, mended, broken, support, proofs)
    orders = tuple(v for v in bad if v.relation.form in ORDERS and not v.relation.claims)
    if orders:
        yield Trial(claim, None, orders, 0, support)


def _places(relation: Relation, index: int) -> int | None:
    """The places to print a repair with: those of the number it must equal, in the same unit.

    Not more than the prose prints: a table in full digits is rounded there.
    """
    if relation.form is not Form.EQUAL:
        return None
    ours, other = relation.operands[index].quantity, relation.operands[1 - index].quantity
    if other.unit != ours.unit:
        return None
    return min(max(other.places, other.usual), max(ours.places, ours.usual))


def _repairs(claim: Claim, bad: list[Verdict], repairs: Repairs) -> Iterator[Quantity]:
    """How the claim's number could be mended: another unit first, then what a relation asks for."""
    assert claim.quantity is not None
    for verdict in bad:
        for operand in verdict.relation.operands:
            unit: Unit = operand.quantity.unit
            if unit.dimension is claim.quantity.unit.dimension and unit != claim.quantity.unit:
                yield claim.quantity.in_unit(unit)
    for verdict in bad:
        for index, operand in enumerate(verdict.relation.operands):
            if operand.claim is not None and operand.claim.id == claim.id:
                value = solve_for(verdict.relation, index, repairs)
                if value is not None:
                    yield claim.quantity.like(value.middle, _places(verdict.relation, index))
