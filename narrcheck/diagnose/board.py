"""What holds so far: the verdict on every relation, and the relations each claim takes part in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from narrcheck.ledger import Relation
from narrcheck.verdicts import Outcome, Repairs, Verdict, judge

T = TypeVar("T")


class Board:
    """The verdicts by the places of their relations; those that were ``told`` count no more.

    A long document has thousands of relations, and a claim takes part in a few: only these are
    looked at again when it is repaired.
    """

    def __init__(self, relations: Iterable[Relation], repairs: Repairs) -> None:
        self.verdicts = [judge(relation, repairs) for relation in relations]
        self._places: dict[str, list[int]] = {}
        for at, verdict in enumerate(self.verdicts):
            for claim in dict.fromkeys(verdict.relation.claim_ids()):
                self._places.setdefault(claim, []).append(at)
        self._failing = {at for at, each in enumerate(self.verdicts) if _fails(each)}
        self._told: set[int] = set()
        self._kept: dict[tuple[str, tuple[str, ...]], tuple[frozenset[int], Any]] = {}

    def of(self, *claims: str) -> list[Verdict]:
        """The verdicts on all relations in which one of the claims takes part, by place."""
        return [self.verdicts[at] for at in self._where(claims)]

    def failing(self, *claims: str) -> list[Verdict]:
        """Those of them that must hold, do not, and are not told yet; of all without claims."""
        places = sorted(self._failing) if not claims else self._where(claims)
        return [self.verdicts[at] for at in places if at in self._failing]

    def kept(self, what: str, claims: tuple[str, ...], find: Callable[[], T]) -> T:
        """What ``find`` finds by the relations of the claims; again once one of them changed."""
        key = (what, claims)
        if key not in self._kept:
            self._kept[key] = (frozenset(self._where(claims)), find())
        found: T = self._kept[key][1]
        return found

    def tell(self, verdicts: Iterable[Verdict], claims: Iterable[str], repairs: Repairs) -> None:
        """Takes ``verdicts`` as told, and judges the relations of repaired ``claims`` again."""
        told, repaired = list(verdicts), self._where(tuple(claims))
        named = self._where({each for v in told for each in v.relation.claim_ids()})
        self._told.update(at for at in named if self.verdicts[at] in told)
        for at in repaired:
            self.verdicts[at] = judge(self.verdicts[at].relation, repairs)
        changed = {*named, *repaired}
        self._failing -= changed
        self._failing |= {
            at for at in changed if _fails(self.verdicts[at]) and at not in self._told
        }
        for key in [key for key, (places, _) in self._kept.items() if places & changed]:
            del self._kept[key]

    def _where(self, claims: Iterable[str]) -> list[int]:
        return sorted({at for claim in claims for at in self._places.get(claim, ())})


def _fails(verdict: Verdict) -> bool:
    return verdict.outcome in (Outcome.NEAR, Outcome.FAILS) and not verdict.relation.soft
