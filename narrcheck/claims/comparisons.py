"""What a comparison is about where its sentence names several things: the one its numbers fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure
from narrcheck.quantity import Dimension, Interval
from narrcheck.relation import Form, computed

_MONEY = Dimension.MONEY


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A change with the growth, or the amount of the base, that is told with it."""

    change: Claim
    growth: Claim | None
    prior: Claim | None

    @property
    def claims(self) -> Iterator[Claim]:
        return (each for each in (self.change, self.growth, self.prior) if each is not None)

    def fits(self, present: Claim) -> bool:
        """Whether the numbers of the comparison lead to an amount, by their printed digits."""
        change, amount = _wide(self.change), _wide(present)
        if self.growth is not None:
            rate = computed(Form.GROWTH, (change, amount))
            if rate is None or not _wide(self.growth).agrees(rate):
                return False
        return self.prior is None or change.agrees(amount - _wide(self.prior))


def settle_comparisons(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, with comparisons told of the amount that their own numbers lead to.

    37.80万元，其中：加油9.45万元…，比上年42.00万元减少4.20万元，下降10.0%: the last part was named
    last, and the whole is meant. Only where just one other amount of the paragraph before it fits.
    """
    settled: dict[str, Figure] = {}
    by_paragraph: dict[int, list[Claim]] = {}
    for claim in claims:
        by_paragraph.setdefault(claim.paragraph, []).append(claim)
    for comparison in _comparisons(by_paragraph):
        figure = comparison.change.figure
        paragraph = by_paragraph[comparison.change.paragraph]
        before = [each for each in paragraph if _may_be_compared(each, comparison)]
        own = [each for each in before if each.figure == figure]
        if not own or any(map(comparison.fits, own)):
            continue
        fitting = [each for each in before if each.figure and comparison.fits(each)]
        wholes = [each for each in fitting if each.id in {claim.whole for claim in own}]
        others = {each.figure for each in wholes or fitting if each.figure}
        if len(others) == 1:
            meant = others.pop()
            settled.update((claim.id, meant) for claim in comparison.claims)
    return tuple(
        _told(claim, settled[claim.id]) if claim.id in settled else claim for claim in claims
    )


def _comparisons(by_paragraph: Mapping[int, Sequence[Claim]]) -> Iterator[_Comparison]:
    changes = (
        each for claims in by_paragraph.values() for each in claims if each.kind is Kind.CHANGE
    )
    for change in changes:
        if not change.direction or change.figure is None:
            continue
        beside = [e for e in by_paragraph[change.paragraph] if e.is_beside(change)]
        growth = next((each for each in beside if _is_growth_of(each, change)), None)
        prior = next((each for each in beside if _is_prior_of(each, change)), None)
        if growth is not None or prior is not None:
            yield _Comparison(change, growth, prior)


def _is_growth_of(claim: Claim, change: Claim) -> bool:
    same = claim.figure == change.figure and claim.base == change.base
    return claim.kind is Kind.GROWTH and same and claim.direction == change.direction


def _is_prior_of(claim: Claim, change: Claim) -> bool:
    return claim.kind is Kind.AMOUNT and claim.figure == change.base


def _may_be_compared(claim: Claim, comparison: _Comparison) -> bool:
    """Whether a claim states an amount of the year and measure before the comparison."""
    change = comparison.change
    assert change.figure is not None
    return (
        claim.kind is Kind.AMOUNT
        and claim.quantity is not None
        and claim.quantity.unit.dimension is _MONEY
        and claim.where.start < change.where.start
        and claim.figure is not None
        and (claim.figure.year, claim.figure.measure) == (change.figure.year, change.figure.measure)
    )


def _wide(claim: Claim) -> Interval:
    assert claim.quantity is not None
    return -claim.quantity.wide if claim.direction < 0 else claim.quantity.wide


def _told(claim: Claim, figure: Figure) -> Claim:
    """The claim about ``figure`` in place of its own; years and measures stay."""
    if claim.kind is Kind.AMOUNT:
        assert claim.figure is not None
        return replace(claim, figure=_of(figure, claim.figure))
    assert claim.base is not None
    return replace(claim, figure=figure, base=_of(figure, claim.base))


def _of(figure: Figure, base: Figure) -> Figure:
    return replace(figure, year=base.year, measure=base.measure)
