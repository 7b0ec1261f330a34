"""Which findings tell of which faults of a key.

Whether a finding *explains* a fault is decided as in the project's scoring of gold lists, or more
strictly: same place (two lines, or one page, away at most), the same sentence or much of it, and a
number of the words at fault among the finding's own, or the very words. *Its own* finding is given
to a fault at most once: two faults of a sentence need two findings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from narrcheck.findings import Finding, Severity
from narrcheck.measuring.keys import Fault, Weight

LINES_AWAY, PAGES_AWAY = 2, 1
FULL, FEWEST = 12, 5  # characters in common that make two sentences the same; of a short one fewer
COMPARED = 120, 600  # characters of the key's and of the finding's sentence that are compared
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BETWEEN = re.compile(r"[（）()、，,；;…]")  # parts several words at fault
TIERS = range(3)  # how well a finding fits a fault, 0 the best: see _tier


@dataclass(frozen=True, slots=True)
class Matching:
    """Faults and findings by their places in the lists that were given.

    ``explained`` are all findings that some fault explains, ``own`` the finding that each found
    fault was given.
    """

    explained: frozenset[int]
    own: Mapping[int, int]


def bare(text: str | None) -> str:
    """Text in half-width characters, without white space, commas and bars between cells."""
    return re.sub(r"[\s,，|]", "", unicodedata.normalize("NFKC", text or ""))


def match(faults: Sequence[Fault], findings: Sequence[Finding]) -> Matching:
    """What explains what, and as many faults as can be, each with a finding of its own."""
    explaining = {
        f: [n for n, finding in enumerate(findings) if explains(fault, finding)]
        for f, fault in enumerate(faults)
    }
    tiers = {
        (f, n): _tier(faults[f], findings[n])
        for f, found in explaining.items()
        for n in found
        if is_loud_enough(faults[f], findings[n])
    }
    given = _assign(len(faults), tiers)
    own = {f: n for n, f in given.items()}
    for f, fault in enumerate(faults):
        shared = sorted((tier, n) for (g, n), tier in tiers.items() if g == f)
        # A remark on wording that no rule is named for need not have a finding to itself.
        if f not in own and shared and fault.weight is Weight.TEXT and fault.code is None:
            own[f] = shared[0][1]
    return Matching(frozenset(n for found in explaining.values() for n in found), own)


def is_loud_enough(fault: Fault, finding: Finding) -> bool:
    """Whether the finding is severe enough for the fault: a mere remark only for wording."""
    return fault.weight is Weight.TEXT or finding.severity is not Severity.INFO


def explains(fault: Fault, finding: Finding) -> bool:
    """Whether a finding speaks of a fault."""
    return (
        _is_near(fault.page, finding.where.page, PAGES_AWAY)
        and _is_near(fault.line, finding.where.line, LINES_AWAY)
        and _same_sentence(bare(fault.sentence), bare(finding.sentence) or bare(finding.text))
        and _same_words(fault, finding)
    )


def _is_near(wanted: int | None, found: int | None, away: int) -> bool:
    return wanted is None or found is None or abs(wanted - found) <= away


def _same_sentence(wanted: str, found: str) -> bool:
    if not found:
        return False
    if wanted in found or found in wanted:
        return True
    a, b = wanted[: COMPARED[0]], found[: COMPARED[1]]
    longest = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    return longest >= min(FULL, max(FEWEST, len(wanted) * 3 // 5))


def _same_words(fault: Fault, finding: Finding) -> bool:
    """Whether the finding has a number of the words at fault, or one of the words themselves."""
    spoken = [
        bare(each)
        for each in (
            *(finding.text, finding.claimed, finding.expected),
            *(finding.message, finding.diagnosis),
        )
    ]
    claimed = bare(fault.claimed)
    if claimed and claimed == bare(finding.text):
        return True  # a blank has no number, and none that should stand there can be told
    if numbers := set(NUMBER.findall(claimed) or NUMBER.findall(bare(fault.expected))):
        return any(not numbers.isdisjoint(NUMBER.findall(each)) for each in spoken)
    words = [each for each in BETWEEN.split(claimed) if len(each) >= 2]
    if not words or fault.weight is Weight.TEXT:
        return True
    return any(word in each for word in words for each in spoken)


def _tier(fault: Fault, finding: Finding) -> int:
    """0 for a finding of a right rule on the very words, 1 for one of the two, 2 for neither."""
    same_rule = fault.may_be_told_by(finding.code)
    same_words = bare(fault.claimed) in {bare(finding.text), bare(finding.claimed)}
    return 2 - same_rule - same_words


def _assign(faults: int, tiers: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """The fault that each finding is given to: as many as can be, those that fit best first.

    Kuhn's algorithm: a fault without a finding takes one whose fault can do with another.
    """
    given: dict[int, int] = {}

    def takes(fault: int, bar: int, asked: set[int]) -> bool:
        fitting = sorted((t, n) for (f, n), t in tiers.items() if f == fault and t <= bar)
        for _, finding in fitting:
            if finding not in asked:
                asked.add(finding)
                if finding not in given or takes(given[finding], bar, asked):
                    given[finding] = fault
                    return True
        return False

    for bar in TIERS:
        for fault in range(faults):
            if fault not in given.values():
                takes(fault, bar, set())
    return given
