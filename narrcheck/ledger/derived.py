"""What no one prints but follows: the base of a change, from what it changed to and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import TOTALS, Figure
from narrcheck.ledger.operand import Operand, exactly, negated, of_claim, of_value, quotient, total
from narrcheck.quantity import Dimension

if TYPE_CHECKING:
    from narrcheck.ledger.book import Ledger
    from narrcheck.patterns import Patterns
    from narrcheck.patterns.words import Words

_COMPARED = regex.compile(r"[^，,。；;：:\d]{2,20}\d[\d,.]*[万亿]?元[，,](?:比|较|与上年|同比)")
_SEMICOLON = regex.compile("[；;]")
_IN_ALL = TOTALS | {"收入合计", "支出合计"}


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that follows from a statement: ``source`` says what changed, or that nothing did."""

    figure: Figure
    operand: Operand
    source: Claim


def derive(ledger: Ledger) -> Iterator[Derived]:
    """The bases that changes, growths, completions and 持平 imply, in text order (formula D01).

    Only of amounts whose present is said beside the statement, or printed by a table; of rates
    only where the text gives neither the base nor a change.
    """
    for claim in ledger.of_kind(Kind.CHANGE, Kind.GROWTH, Kind.COMPLETION, Kind.RELATION):
        figure, base = claim.figure, claim.base
        if figure is None or base is None or not figure.fund or base == figure:
            continue
        item = ledger.patterns.words.item(figure.item)
        if is_cause(ledger.patterns, claim) or (item is not None and item.loose):
            continue  # 涉及资金 is of another undertaking each time, a cause of a part
        present = _present(ledger, claim, figure)
        if present is None:
            continue
        if claim.kind is Kind.CHANGE and claim.direction:
            yield Derived(base, _before(claim, present), claim)
        elif claim.kind in (Kind.GROWTH, Kind.COMPLETION):
            made = quotient(present, _rate(claim)) if _is_alone(ledger, claim) else None
            if made is not None:
                because = f"由{_called(base)}推得：{made.because}"
                yield Derived(base, replace(made, because=because), claim)
        elif claim.kind is Kind.RELATION and is_same(claim) and base.year != figure.year:
            because = f"“{claim.text}”，即{_called(base)}与本年数{present.label}相同"
            yield Derived(base, total((present,), because), claim)


def _is_alone(ledger: Ledger, rate: Claim) -> bool:
    """Whether a rate is all that the text says of its base: no amount of it, and no change."""
    assert rate.base is not None
    assert rate.quantity is not None
    if rate.quantity.unit.dimension is Dimension.POINTS or ledger.operand(rate.base, rate):
        return False
    return not any(change.base == rate.base for change in ledger.around(rate, Kind.CHANGE))


def _rate(claim: Claim) -> Operand:
    """What the present is of its base: 80% where that was completed, 100% − 20% where it fell."""
    stated = of_claim(claim)
    if claim.kind is Kind.COMPLETION:
        return stated
    assert claim.quantity is not None
    unit = claim.quantity.unit
    base = exactly(int(1 / unit.scale), unit)
    sign = "−" if stated.negative else "+"
    return replace(total((base, stated), ""), label=f"（{base.label} {sign} {claim.text}）")


def is_cause(patterns: Patterns, claim: Claim) -> bool:
    """Whether a statement stands among the causes, or uses, that its sentence gives: 主要是…

    What a unit spent in all is no cause: behind a semicolon it is told for its own sake.
    """
    before = claim.lead
    if claim.figure is not None and claim.figure.item in _IN_ALL and not claim.figure.code:
        before = before.replace(";", "；").rpartition("；")[2]
    return patterns.words.give_cause(before) and not _goes_on(patterns, before)


def _goes_on(patterns: Patterns, before: str) -> bool:
    """Whether a list of parts goes on after the cause of one of them.

    因公出国（境）费3.00万元，原因是…；公务接待费2.00万元: the clause begins with the name of
    another part, and no cause is told in it.
    """
    words = patterns.words
    *told, clause = _SEMICOLON.split("".join(before.split()))
    at = next((at for at, each in enumerate(told) if words.give_cause(each)), None)
    if at is None or words.give_cause(clause):
        return False
    # each part with its own comparison: …2.00万元，比上年增加…
    compared = "其中" in before and _COMPARED.search(told[at]) and _COMPARED.match(clause)
    first = min(place for word in words.causes if (place := told[at].find(word)) >= 0)
    return bool(compared) or _is_beside(words, "".join((*told[:at], told[at][:first])), clause)


def _is_beside(words: Words, listed: str, clause: str) -> bool:
    """Whether a clause begins with the name of a part of which ``listed`` names another."""
    names = [name for name in words.items if clause.startswith(name)]
    if not names:
        return False
    item = words.items[max(names, key=len)].id
    beside = {
        part
        for each in words.parts
        if each.complete and item in each.parts
        for part in each.parts
        if part != item
    }
    return any(name in listed for name, each in words.items.items() if each.id in beside)


def is_same(claim: Claim) -> bool:
    """Whether a statement says that two numbers are equal, and not only 基本 so."""
    return claim.kind is Kind.RELATION and not claim.direction and "基本" not in claim.text


def _present(ledger: Ledger, claim: Claim, figure: Figure) -> Operand | None:
    """The number that a statement starts from, an amount of its paragraph or of a table."""
    stated = ledger.stated(figure, claim)
    if stated is not None and stated.paragraph == claim.paragraph:
        present = ledger.of(stated)
    else:
        values = ledger.values(figure)
        if not values:
            return None
        present = of_value(values[0])
    return present if present.quantity.unit.dimension is Dimension.MONEY else None


def _before(change: Claim, present: Operand) -> Operand:
    """What there was before a change: the present less what came, or more by what went."""
    came = of_claim(change)
    assert change.base is not None
    sign, word = ("−", "增加") if change.direction > 0 else ("+", "减少")
    made = total((present, negated(came)), "")
    formula = f"{present.label} {sign} {change.text} = {made.label}"
    because = f"由{word}额推得{_called(change.base)}：{formula}"
    return replace(made, because=because)


def _called(base: Figure) -> str:
    """A base as a person names it: 2022年的公务接待费, 公务接待费的年初预算数."""
    if base.measure.endswith("预算数"):
        return f"{base.item}的{base.measure}"
    return f"{base.year}年的{base.item}" if base.year else f"{base.item}的基期数"
