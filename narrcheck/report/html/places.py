"""The places of a document that something is said of: numbers, words at fault, evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from narrcheck.claims.claim import Claim, NoClaim, Unread
from narrcheck.document import Where
from narrcheck.figure import TableValue
from narrcheck.findings import DocumentReport
from narrcheck.report.held import Explained

Spot = tuple[str, int, int]  # file, start and end of a place
# What is said of a place whose number is no claim.
SILENT, UNREAD, HELD, WORDS = "silent", "unread", "held", "words"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the document that something is said of.

    ``key`` names it in the page. ``number`` is what was read there, None for mere words.
    ``findings`` are those placed on it and ``proves`` those it is evidence of, as indices into
    ``DocumentReport.findings``.
    """

    key: str
    where: Where
    number: Explained | None = None
    findings: tuple[int, ...] = ()
    proves: tuple[int, ...] = ()

    @property
    def status(self) -> str:
        """A claim's status, or ``silent``, ``unread``, ``held`` (a cell), ``words``."""
        if self.number is None:
            return WORDS
        if self.number.status is not None:
            return self.number.status.value
        if isinstance(self.number.read, TableValue):
            return HELD
        return SILENT if isinstance(self.number.read, NoClaim) else UNREAD


@dataclass(frozen=True, slots=True)
class Places:
    """All places of a report; ``by_finding`` gives that of each finding, ``by_spot`` the first
    of those on the same characters."""

    all: tuple[Place, ...]
    by_finding: Mapping[int, Place]
    by_spot: Mapping[Spot, Place]

    def at(self, where: Where | None) -> Place | None:
        """The place on just these characters, None where nothing is said of them."""
        return self.by_spot.get(spot(where)) if where is not None else None


def spot(where: Where) -> Spot:
    """What makes two places the same."""
    return where.file, where.start, where.end


def places_of(report: DocumentReport, explained: Sequence[Explained]) -> Places:
    """The places of a report, the numbers first, and which finding is where."""
    numbers = list(zip(_keys(explained), explained, strict=True))
    by_spot: dict[Spot, str] = {}
    wheres = {key: each.where for key, each in numbers}
    for key, each in numbers:
        by_spot.setdefault(spot(each.where), key)
    for where in _others(report):
        if spot(where) not in by_spot:
            by_spot[spot(where)] = key = f"w{len(wheres) - len(numbers)}"
            wheres[key] = where
    findings: defaultdict[str, list[int]] = defaultdict(list)
    proves: defaultdict[str, list[int]] = defaultdict(list)
    for nth, finding in enumerate(report.findings):
        own = wheres.get(finding.claim or "")
        same = own is not None and spot(own) == spot(finding.where)
        findings[finding.claim if same and finding.claim else by_spot[spot(finding.where)]] += [nth]
        for key in dict.fromkeys(by_spot[spot(e.where)] for e in finding.evidence if e.where):
            proves[key].append(nth)
    read = dict(numbers)
    everything = {
        key: Place(key, where, read.get(key), tuple(findings[key]), tuple(proves[key]))
        for key, where in wheres.items()
    }
    return Places(
        tuple(everything.values()),
        {nth: place for place in everything.values() for nth in place.findings},
        {at: everything[key] for at, key in by_spot.items()},
    )


def _keys(explained: Iterable[Explained]) -> Iterator[str]:
    """A name for each number: a claim's id, or a letter for its sort and a count."""
    for nth, each in enumerate(explained):
        if isinstance(each.read, Claim):
            yield each.read.id
        elif isinstance(each.read, TableValue):
            yield f"v{nth}"
        else:
            yield f"{'u' if isinstance(each.read, Unread) else 'o'}{nth}"


def _others(report: DocumentReport) -> Iterator[Where]:
    """Where findings and their evidence stand."""
    for finding in report.findings:
        yield finding.where
        yield from (each.where for each in finding.evidence if each.where is not None)
