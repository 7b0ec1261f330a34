"""One document's findings held against its key, and the figures of any number of them.

* **Recall**: of the faults, those that were found: an error or warning explains them, or for
  wording (``text``) any finding.
* **Precision**: of the errors and warnings, those that some fault explains. The others are false
  alarms. Remarks (``info``) are counted apart.
* **Told twice**: findings that explain a fault which has another finding for its own.
* **Suggestions**: of the faults that were found and whose key has ``expected``, those whose
  finding expects the same, written in half-width characters without white space, commas, and
  zeros at the end of a decimal. Where one of the two speaks of more words than the other
  (``增加5.00万元`` of ``增加``), those must come out the same.
* **Judged**: of the claims, those that did not end as unchecked. **Within reach**: the same of
  the claims that nobody labelled as standing alone. **Unread**: numbers not understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from narrcheck.claims.claim import Claim
from narrcheck.findings import DocumentReport, Finding, Severity, Status
from narrcheck.measuring.keys import Alone, Fault, Key, Trap
from narrcheck.measuring.matching import bare, match
from narrcheck.measuring.ratio import Ratio

TRAPPED = 40  # characters of a trap that the sentence of a finding must hold
DECIMAL = re.compile(r"(\d\.\d*?)0+(?!\d)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fault, and the finding that is its own; None where it was missed."""

    path: str
    fault: Fault
    finding: Finding | None

    @property
    def code(self) -> str:
        """The rule it belongs to: the key's, or that of its finding; ``""`` where none is known."""
        return self.fault.code or (self.finding.code if self.finding is not None else "")


@dataclass(frozen=True, slots=True)
class Said:
    """A finding: ``right`` where a fault explains it, ``again`` where that has another already.

    ``trap`` is the right sentence of the key that a false alarm is on.
    """

    path: str
    finding: Finding
    right: bool
    again: bool
    trap: Trap | None = None

    @property
    def loud(self) -> bool:
        """Whether it is an error or a warning, and not just a remark."""
        return self.finding.severity is not Severity.INFO

    @property
    def false(self) -> bool:
        """Whether it is a false alarm."""
        return self.loud and not self.right


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of faults and findings. ``loud`` are errors and warnings, ``infos`` the others.

    ``by_others`` are the faults found by a rule that the key does not name, ``valued`` the found
    ones with a value to suggest.
    """

    faults: int
    found: int
    by_others: int
    valued: int
    suggested: int
    loud: int
    right: int
    infos: int
    right_infos: int
    told_twice: int
    traps_hit: int

    @property
    def false_alarms(self) -> int:
        return self.loud - self.right

    @property
    def recall(self) -> Ratio:
        return Ratio(self.found, self.faults)

    @property
    def precision(self) -> Ratio:
        return Ratio(self.right, self.loud)

    @property
    def suggestions(self) -> Ratio:
        return Ratio(self.suggested, self.valued)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of a document's numbers and claims.

    ``reachable`` are the claims of documents with labels that are not labelled as standing alone,
    ``reached`` those of them that were judged.
    """

    numbers: int = 0
    unread: int = 0
    claims: int = 0
    judged_claims: int = 0
    reachable: int = 0
    reached: int = 0

    @property
    def judged(self) -> Ratio:
        return Ratio(self.judged_claims, self.claims)

    @property
    def within_reach(self) -> Ratio:
        return Ratio(self.reached, self.reachable)

    def __add__(self, other: Coverage) -> Coverage:
        pairs = ((getattr(self, each.name), getattr(other, each.name)) for each in fields(self))
        return Coverage(*(one + another for one, another in pairs))


@dataclass(frozen=True, slots=True)
class Measured:
    """A document that was held against its key; ``traps`` is how many sentences were traps."""

    path: str
    outcomes: tuple[Outcome, ...]
    said: tuple[Said, ...]
    coverage: Coverage
    traps: int

    @property
    def tally(self) -> Tally:
        return tally(self.outcomes, self.said)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The documents of one call in order of path; ``unkeyed`` are those without a key."""

    documents: tuple[Measured, ...]
    unkeyed: tuple[str, ...] = ()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(each for document in self.documents for each in document.outcomes)

    @property
    def said(self) -> tuple[Said, ...]:
        return tuple(each for document in self.documents for each in document.said)

    @property
    def tally(self) -> Tally:
        return tally(self.outcomes, self.said)

    @property
    def coverage(self) -> Coverage:
        return sum((each.coverage for each in self.documents), Coverage())

    @property
    def traps(self) -> int:
        return sum(each.traps for each in self.documents)

    def by_rule(self) -> dict[str, Tally]:
        """The counts of each rule, ``""`` for missed faults of none, in order of their codes."""
        outcomes, said = self.outcomes, self.said
        codes = {each.code for each in outcomes} | {each.finding.code for each in said}
        return {
            code: tally(
                (each for each in outcomes if each.code == code),
                (each for each in said if each.finding.code == code),
            )
            for code in sorted(codes, key=lambda code: (not code, code))
        }


def measure(report: DocumentReport, key: Key) -> Measured:
    """What the findings of a report are worth, by the document's key."""
    path = report.document.path
    matching = match(key.faults, report.findings)
    own = {
        nth: report.findings[matching.own[nth]] if nth in matching.own else None
        for nth in range(len(key.faults))
    }
    said = []
    for nth, finding in enumerate(report.findings):
        right = nth in matching.explained
        again = right and nth not in matching.own.values()
        trap = None if right else _trap_of(finding, key.traps)
        said.append(Said(path, finding, right, again, trap))
    return Measured(
        path,
        tuple(Outcome(path, fault, own[nth]) for nth, fault in enumerate(key.faults)),
        tuple(said),
        _coverage(report, key.alone),
        len(key.traps),
    )


def tally(outcomes: Iterable[Outcome], said: Iterable[Said]) -> Tally:
    """The counts of some faults and some findings, of whatever documents."""
    outcomes, said = tuple(outcomes), tuple(said)
    found = [(each.fault, each.finding) for each in outcomes if each.finding is not None]
    valued = [(fault, finding) for fault, finding in found if fault.expected is not None]
    loud = [each for each in said if each.loud]
    infos = [each for each in said if not each.loud]
    return Tally(
        faults=len(outcomes),
        found=len(found),
        by_others=sum(not fault.may_be_told_by(finding.code) for fault, finding in found),
        valued=len(valued),
        suggested=sum(_expects(finding, fault) for fault, finding in valued),
        loud=len(loud),
        right=sum(each.right for each in loud),
        infos=len(infos),
        right_infos=sum(each.right for each in infos),
        told_twice=sum(each.again for each in said),
        traps_hit=len({(each.path, each.trap) for each in loud if each.trap is not None}),
    )


def _expects(finding: Finding, fault: Fault) -> bool:
    """Whether a finding would put in the words' place what the key has there."""
    told, right = _value(finding.expected), _value(fault.expected)
    if told == right:
        return True
    ours, theirs = _value(finding.text), _value(fault.claimed)
    if not told or not ours or not theirs:
        return False
    more, less = ((ours, told), (theirs, right))
    if len(ours) < len(theirs):
        more, less = less, more
    return more[0].count(less[0]) == 1 and more[0].replace(*less) == more[1]


def _value(words: str | None) -> str:
    """What is expected, written in one way: ``5.10%``, ``５.1％`` and ``5.1%`` are the same."""
    return DECIMAL.sub(lambda found: found[1].removesuffix("."), bare(words))


def _trap_of(finding: Finding, traps: Iterable[Trap]) -> Trap | None:
    sentence = bare(finding.sentence)
    return next((each for each in traps if bare(each.sentence)[:TRAPPED] in sentence), None)


def _coverage(report: DocumentReport, alone: tuple[Alone, ...] | None) -> Coverage:
    reading = report.reading
    numeric = sum(claim.quantity is not None for claim in reading.claims)
    judged = {
        claim.id for claim in reading.claims if report.statuses[claim.id] is not Status.UNCHECKED
    }
    reachable = _reachable(reading.claims, judged, alone) if alone is not None else ()
    return Coverage(
        numbers=numeric + len(reading.no_claims) + len(reading.unread),
        unread=len(reading.unread),
        claims=len(reading.claims),
        judged_claims=len(judged),
        reachable=len(reachable),
        reached=sum(claim.id in judged for claim in reachable),
    )


def _reachable(
    claims: Iterable[Claim], judged: set[str], alone: Iterable[Alone]
) -> tuple[Claim, ...]:
    """The claims that are not labelled: a label is of one claim, an unchecked one where it can."""
    labels = Counter((each.line, each.page, bare(text)) for each in alone for text in each.texts)
    rest = []
    for claim in sorted(claims, key=lambda claim: claim.id in judged):
        where, words = claim.where, bare(claim.text)
        places = ((where.line, None), (None, where.page), (where.line, where.page))
        label = next((key for at in places if labels[key := (*at, words)]), None)
        if label is None:
            rest.append(claim)
        else:
            labels[label] -= 1
    return tuple(rest)
