"""How a wrong number may have come about, in words."""

from __future__ import annotations

from fractions import Fraction

from narrcheck.claims.claim import Claim
from narrcheck.ledger import Operand
from narrcheck.quantity import Interval, Quantity
from narrcheck.wording.numbers import shown

ONE_DIGIT = "有一位数字不同"
TURNED = "方向词有误"


def mechanism(claim: Claim, expected: Quantity) -> str | None:
    """How a claim's wrong number may have come about; None where nothing simple explains it."""
    assert claim.quantity is not None
    return slip(claim.quantity, expected)


def slip(stated: Quantity, expected: Quantity) -> str | None:
    """How a number may have come to be printed for another; None where nothing simple does it."""
    if stated.is_zero or expected.is_zero:
        return None
    if expected.value < 0:
        return TURNED if expected.value == -stated.value else None
    ratio = expected.amount / stated.amount
    for power in (1, 2, 3, 4):
        if ratio in (Fraction(10) ** power, Fraction(1, 10**power)):
            return f"小数点错了{power}位" if power < 4 else "金额单位有误"
    ours, theirs = _digits(stated), _digits(expected)
    if len(ours) == len(theirs):
        differ = [
            index for index, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]
        ]
        if len(differ) == 2 and sorted(ours) == sorted(theirs):
            return "两位数字写反了"
        if len(differ) == 1:
            return ONE_DIGIT
    return None


def _digits(quantity: Quantity) -> str:
    return f"{quantity.value:f}".replace("-", "")


def divided_by(name: str, base: Operand) -> str:
    """What to say of a rate over another base than the one it names."""
    return f"分母用了{name}（{shown(base.quantity)}）"


def off_by_one(claim: Claim, should_be: Interval) -> str:
    """What to say of a number that misses by one in its last place: truncated, or just off."""
    assert claim.quantity is not None
    quantity = claim.quantity
    places = max(quantity.places, quantity.usual)
    scaled = abs(should_be.middle) / quantity.unit.scale * 10**places
    floor = Fraction(scaled.numerator // scaled.denominator, 10**places)
    return "似为截断而未四舍五入" if floor == abs(Fraction(quantity.value)) else "末位相差一"
