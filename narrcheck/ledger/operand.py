"""Numbers as rules take them: operands, what must hold between them, and units under suspicion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from narrcheck.claims.claim import Claim
from narrcheck.figure import TableValue
from narrcheck.quantity import Dimension, Interval, Quantity, Unit
from narrcheck.relation import Form, computed


@dataclass(frozen=True, slots=True)
class Operand:
    """One number in a relation: what it is, how it was printed, and where it comes from.

    ``claim`` or ``value`` is set, or neither for a number that was derived: then ``terms`` are the
    numbers that it is the sum of (``by`` is ``+``), or the two that it is the product (``×``) or
    the quotient (``÷``) of; ``because`` says in a sentence why it stands for one that is not
    printed. ``label`` names it in a formula. ``negative`` numbers (减少, 下降) enter with their
    sign turned. ``sure`` says that the zeros its text lacks were trimmed and not rounded away.
    """

    quantity: Quantity
    label: str
    claim: Claim | None = None
    value: TableValue | None = None
    negative: bool = False
    because: str = ""
    sure: bool = False
    terms: tuple[Operand, ...] = ()
    by: str = "+"

    @property
    def defined(self) -> bool:
        """Whether it can be worked out: nothing that may be 0 divides."""
        if not self.terms:
            return True
        divides = self.by != "÷" or not may_be_nothing(self.terms[1])
        return divides and all(term.defined for term in self.terms)

    @property
    def interval(self) -> Interval:
        """What the number may be, trimmed zeros restored."""
        if self.terms:
            own = worked_out(self.by, [term.interval for term in self.terms])
        else:
            own = self.quantity.interval
        return -own if self.negative else own

    @property
    def wide(self) -> Interval:
        """What the printed digits alone allow, unless its zeros were surely trimmed."""
        if self.sure:
            return self.interval
        if self.terms:
            own = worked_out(self.by, [term.wide for term in self.terms])
        else:
            own = self.quantity.wide
        return -own if self.negative else own

    @property
    def leaves(self) -> tuple[Operand, ...]:
        """The printed numbers it comes from: itself, or those of its terms."""
        if not self.terms:
            return (self,)
        return tuple(leaf for term in self.terms for leaf in term.leaves)


@dataclass(frozen=True, slots=True)
class Relation:
    """That numbers fit each other; ``operands[0]`` is the one stated, the rest prove it.

    ``code`` is the rule's. ``claims`` are further claims the relation speaks of without a number
    of their own: 决算数大于预算数, which it can refute, or 其中, which it bears out. A ``soft``
    relation supports what it fits and proves what mends it, but says nothing by itself: a list may
    be rightly incomplete. A ``mild`` one may rightly not hold: what breaks it is a warning. A
    ``one_way`` one is told only where it holds: it bears out its ``claims``, and no number. An
    ``open`` one is a failing sum that may leave things out: it counts only where one slip broke it.
    """

    code: str
    form: Form
    operands: tuple[Operand, ...]
    claims: tuple[Claim, ...] = ()
    soft: bool = False
    mild: bool = False
    one_way: bool = False
    open: bool = False
    # How its numbers as printed fit: ``verdicts.judge`` works it out once.
    as_printed: Any = field(default=None, init=False, repr=False, compare=False)
    _leaves: tuple[Operand, ...] = field(default=(), init=False, repr=False, compare=False)
    _claim_ids: tuple[str, ...] | None = field(default=None, init=False, repr=False, compare=False)

    def __reduce__(self) -> tuple[object, ...]:
        """Only what it was made of is written down."""
        how = (self.soft, self.mild, self.one_way, self.open)
        return Relation, (self.code, self.form, self.operands, self.claims, *how)

    @property
    def leaves(self) -> tuple[Operand, ...]:
        """The operands, those that were derived as the printed numbers that they come from."""
        if not self._leaves:
            leaves = tuple(leaf for operand in self.operands for leaf in operand.leaves)
            object.__setattr__(self, "_leaves", leaves)
        return self._leaves

    def bears_out(self) -> Iterable[str]:
        """The ids of the claims that are right if it holds."""
        return (claim.id for claim in self.claims) if self.one_way else self.claim_ids()

    def claim_ids(self) -> tuple[str, ...]:
        """The ids of all claims that take part, first those that state its numbers."""
        if self._claim_ids is None:
            claims = [leaf.claim for leaf in self.leaves if leaf.claim is not None]
            ids = tuple(claim.id for claim in (*claims, *self.claims))
            object.__setattr__(self, "_claim_ids", ids)
        assert self._claim_ids is not None
        return self._claim_ids


@dataclass(frozen=True, slots=True)
class Suspect:
    """An amount whose unit is not the narrative's; relations prove it a slip or clear it.

    ``fits`` says that it is about as large as those beside it as it is printed: then it is none
    where nothing proves it.
    """

    claim: Claim
    unit: Unit
    fits: bool = False


def of_claim(claim: Claim, label: str = "") -> Operand:
    """A claim's number as an operand, with the sign its direction gives it.

    增加-5万元 and 减少-5万元 are both taken for a decrease; NC505 tells of them.
    """
    assert claim.quantity is not None
    quantity, negative = claim.quantity, claim.direction < 0
    if claim.direction and quantity.value < 0:
        quantity, negative = replace(quantity, value=-quantity.value), True
    return Operand(quantity, label or claim.text, claim=claim, negative=negative)


def negated(operand: Operand) -> Operand:
    """The same number with the other sign, as where it is taken away."""
    return replace(operand, negative=not operand.negative)


def fits(form: Form, stated: Claim, *others: Claim) -> bool:
    """Whether a number is what others make: a percentage that of a part in a whole."""
    made = computed(form, [of_claim(each).interval for each in others])
    return made is not None and of_claim(stated).interval.agrees(made)


def total(terms: Sequence[Operand], because: str) -> Operand:
    """The sum of numbers of one dimension, for one that is not printed; in the first one's unit."""
    amount = sum((-o.quantity.amount if o.negative else o.quantity.amount) for o in terms)
    places = max(max(each.quantity.places, each.quantity.usual) for each in terms)
    quantity = terms[0].quantity.like(Fraction(amount), places)
    return Operand(quantity, quantity.text, because=because, terms=tuple(terms))


def product(rate: Operand, whole: Operand) -> Operand:
    """A part that is not printed: its share of a whole; in the whole's unit."""
    amount = rate.quantity.amount * whole.quantity.amount
    made = Operand(whole.quantity.like(amount), "", terms=(whole, rate), by="×")
    return replace(made, label=made.quantity.text, because=_worked(made, whole, rate))


def quotient(amount: Operand, rate: Operand) -> Operand | None:
    """What an amount is a rate of, in its unit; None where the rate may be 0."""
    if may_be_nothing(rate):
        return None
    value = amount.quantity.amount / rate.quantity.amount
    made = Operand(amount.quantity.like(value), "", terms=(amount, rate), by="÷")
    return replace(made, label=made.quantity.text, because=_worked(made, amount, rate))


def may_be_nothing(operand: Operand) -> bool:
    """Whether a number may be 0, which nothing can be divided by."""
    return Fraction(0) in operand.wide or Fraction(0) in operand.interval


def exactly(number: int, like: Unit) -> Operand:
    """A number that nothing rounds, in a unit: 100%, or 0 of what changed."""
    unit = Unit(like.text, Dimension.COUNT, like.scale)
    text = f"{number}{like.text}"
    return Operand(Quantity(text, Decimal(number), unit, 0), text)


def _worked(made: Operand, one: Operand, two: Operand) -> str:
    return f"{one.label} {made.by} {two.label} = {made.quantity.text}"


def with_terms(operand: Operand, terms: tuple[Operand, ...]) -> Operand:
    """A derived number as it is with other terms; as it was where they divide by 0."""
    made: Operand | None
    if operand.by == "×":
        whole, rate = terms
        made = product(rate, whole)
    elif operand.by == "÷":
        made = quotient(*terms)
    else:
        made = total(terms, operand.because)
    made = made or replace(operand, terms=terms)
    return replace(made, negative=operand.negative)


def worked_out(by: str, terms: Sequence[Interval]) -> Interval:
    """What terms come to: their sum, the product or the quotient of two.

    Raises ZeroDivisionError where the divisor may be 0.
    """
    if by == "×":
        return terms[0] * terms[1]
    return terms[0] / terms[1] if by == "÷" else added(terms)


def added(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    return sum(intervals, start=Interval.point(0))


def of_value(value: TableValue) -> Operand:
    """A table's number as an operand."""
    return Operand(value.quantity, f"{value.quantity.value}{value.quantity.unit.text}", value=value)
