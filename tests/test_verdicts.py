"""How a relation of printed numbers ends, with the truth worked out by hand or by Fraction."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from narrcheck.claims.claim import Claim, Kind
from narrcheck.document import Where
from narrcheck.ledger import Operand, Relation, of_claim
from narrcheck.quantity import Dimension, Interval, Quantity, Unit
from narrcheck.relation import Form
from narrcheck.verdicts import Outcome, Verdict, judge, last_place, solve_for

steady = settings(derandomize=True, deadline=None, max_examples=80)

UNITS = {
    unit.text: unit
    for unit in (
        Unit("元", Dimension.MONEY),
        Unit("万元", Dimension.MONEY, Fraction(10**4)),
        Unit("亿元", Dimension.MONEY, Fraction(10**8)),
        Unit("%", Dimension.PERCENT, Fraction(1, 100)),
        Unit("人次", Dimension.COUNT),
    )
}
USUAL = {"元": 2, "万元": 2, "亿元": 0, "%": 1, "人次": 0}
NEAR, FAILS, HOLDS, WIDE, UNDEFINED = (
    Outcome.NEAR,
    Outcome.FAILS,
    Outcome.HOLDS,
    Outcome.WIDE,
    Outcome.UNDEFINED,
)


def quantity(text: str) -> Quantity:
    """``12.50万元`` as it is read in a document that prints 2 places of money, 1 of rates."""
    digits = text.rstrip("".join(UNITS))
    unit = text.removeprefix(digits)
    places = len(digits.partition(".")[2])
    return Quantity(text, Decimal(digits), UNITS[unit], places, USUAL[unit])


def operand(text: str) -> Operand:
    """A printed number; one that begins with 减 is a decrease."""
    return Operand(quantity(text.removeprefix("减")), text, negative=text.startswith("减"))


def relation(form: Form, *texts: str) -> Relation:
    return Relation("NC204", form, tuple(operand(text) for text in texts))


def outcome(form: Form, *texts: str) -> Outcome:
    return judge(relation(form, *texts)).outcome


def claim(identity: str, text: str, kind: Kind = Kind.AMOUNT, direction: int = 0) -> Claim:
    where = Where(0, len(text), line=1)
    return Claim(
        identity, kind, text, text, where, 0, quantity=quantity(text), direction=direction
    )


EQUAL_CASES = [
    ("63.07万元", "63.07万元", HOLDS),
    ("630700.00元", "63.07万元", HOLDS),
    ("630712.34元", "63.07万元", HOLDS),
    ("0.63亿元", "6307.00万元", FAILS),  # 0.63 is 6250 to 6350, and 6307.00 is in it
    ("63.08万元", "63.07万元", NEAR),
    ("63.06万元", "63.07万元", NEAR),
    ("63.09万元", "63.07万元", FAILS),
    ("630749.99元", "63.07万元", HOLDS),
    ("630750.00元", "63.07万元", HOLDS),  # 630749.995 is still printed so
    ("630750.01元", "63.07万元", NEAR),
    ("63.7万元", "63.07万元", FAILS),
    ("63万元", "63.00万元", HOLDS),
    ("63万元", "63.07万元", WIDE),
    ("63.1万元", "63.07万元", WIDE),
    ("63.0万元", "63.07万元", FAILS),
    ("64万元", "63.07万元", FAILS),
    ("0万元", "0.00万元", HOLDS),
    ("0万元", "0.30万元", FAILS),
    ("63.07元", "63.07万元", FAILS),
    ("18人次", "18人次", HOLDS),
    ("18人次", "19人次", FAILS),
]


@pytest.mark.parametrize(("stated", "other", "expected"), EQUAL_CASES)
def test_two_prints_of_one_amount(stated: str, other: str, expected: Outcome) -> None:
    assert outcome(Form.EQUAL, stated, other) is expected
    assert outcome(Form.EQUAL, other, stated) is expected
