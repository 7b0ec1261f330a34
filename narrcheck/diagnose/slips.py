"""Which suspects printed another unit than they meant."""

from __future__ import annotations

from narrcheck.ledger import Relation, Suspect
from narrcheck.quantity import Quantity
from narrcheck.verdicts import Verdict, judge


def says_nothing(suspect: Suspect) -> bool:
    """Whether the suspect is 0, in whatever unit."""
    return suspect.claim.quantity is not None and suspect.claim.quantity.is_zero


def respelled(suspect: Suspect) -> Quantity:
    assert suspect.claim.quantity is not None
    return suspect.claim.quantity.in_unit(suspect.unit)


def prove_slips(
    suspects: tuple[Suspect, ...], relations: tuple[Relation, ...]
) -> dict[Suspect, tuple[Verdict, ...]]:
    """The suspects with what proves each: relations that hold only in the other unit.

    Nothing proves those that are 0 or that nothing decides; one that a relation bears out as
    printed, or nothing but its size, is cleared and left out. All are tried together, since one
    sum may hold only when four of them are mended.
    """
    together = {suspect.claim.id: respelled(suspect) for suspect in suspects}
    proved: dict[Suspect, tuple[Verdict, ...]] = {}
    for suspect in suspects:
        if says_nothing(suspect):
            proved[suspect] = ()
            continue
        others = {key: value for key, value in together.items() if key != suspect.claim.id}
        own = [relation for relation in relations if suspect.claim.id in relation.claim_ids()]
        mended = [judge(relation, together) for relation in own]
        printed = [judge(relation, others) for relation in own]
        proofs = [m for m, p in zip(mended, printed, strict=True) if m.holds and not p.holds]
        broken = [m for m, p in zip(mended, printed, strict=True) if p.holds and not m.holds]
        if broken or any(_is_other_wrong(suspect, each, relations) for each in own):
            continue
        if proofs or not suspect.fits:
            proved[suspect] = tuple(proofs)
    return proved


def _is_other_wrong(suspect: Suspect, relation: Relation, relations: tuple[Relation, ...]) -> bool:
    """Whether a relation holds once another of its amounts is read in the suspect's own unit, and
    something that has nothing to do with the suspect asks for just that."""
    printed = suspect.claim.quantity
    assert printed is not None
    for operand in relation.leaves:
        other = operand.claim
        if other is None or other.quantity is None or other.quantity.unit == printed.unit:
            continue
        if other.quantity.unit.dimension is not printed.unit.dimension:
            continue
        tried = {other.id: other.quantity.in_unit(printed.unit)}
        apart = (
            each
            for each in relations
            if other.id in each.claim_ids() and suspect.claim.id not in each.claim_ids()
        )
        if judge(relation, tried).holds and any(
            judge(each, tried).holds and not judge(each).holds for each in apart
        ):
            return True
    return False
