"""The list of findings as it is shown: each with its words, what is expected, and its evidence."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from narrcheck.document import Document
from narrcheck.findings import DocumentReport, Finding, Severity, Standing
from narrcheck.report.html.cards import Line
from narrcheck.report.html.places import Place, Places
from narrcheck.report.lines import place, plain
from narrcheck.report.marking import excerpt, occurrence
from narrcheck.report.standing import STANDINGS, reason_of, short, standing_of
from narrcheck.report.text import SEVERITIES, evidence_line

NOWHERE = "（不在标题之下）"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding as it is shown.

    ``nth`` counts from 1, ``id`` is its fingerprint (with a count where two have the same).
    ``section`` indexes ``sections_of``. ``words`` are the words at fault; ``sentence`` is what
    stands before them, they themselves, and what follows. ``stands`` says how it
    stands to earlier checks (``""``: there was none), ``reason`` why it was let stand, ``mark`` is
    what it is called where it is to be let stand.
    """

    nth: int
    id: str
    severity: Severity
    code: str
    rule: str
    section: int
    at: str
    words: str
    expected: str
    suggestion: str
    message: str
    diagnosis: str
    sentence: tuple[str, str, str]
    evidence: tuple[Line, ...]
    standing: Standing
    stands: str
    reason: str
    mark: str
    place: Place


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the list can be narrowed to, and how many findings that are."""

    value: str
    words: str
    count: int


def problems_of(report: DocumentReport, places: Places) -> tuple[Problem, ...]:
    """The findings of a report in its order."""
    sections = {path: nth for nth, path in enumerate(sections_of(report))}
    used: Counter[str] = Counter()
    found: list[Problem] = []
    for nth, finding in enumerate(report.findings):
        used[finding.fingerprint] += 1
        again = used[finding.fingerprint]
        name = finding.fingerprint or "finding"
        found.append(
            Problem(
                nth=nth + 1,
                id=plain(name if again == 1 else f"{name}-{again}"),
                severity=finding.severity,
                code=plain(finding.code),
                rule=plain(finding.rule),
                section=sections[finding.section],
                at=place(finding.where),
                words=plain(finding.claimed or finding.text),
                expected=plain(finding.expected or ""),
                suggestion=_suggestion(finding),
                message=plain(finding.message),
                diagnosis=plain(finding.diagnosis or ""),
                sentence=_sentence(finding, report.document),
                evidence=tuple(_evidence(finding, places)),
                standing=report.standing(finding),
                stands=standing_of(report, finding),
                reason=reason_of(report, finding),
                mark=short(finding.fingerprint),
                place=places.by_finding[nth],
            )
        )
    return tuple(found)


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings as they are listed: section by section, in the order of the document.

    Those in a second file come last.
    """
    ordered = sorted(findings, key=lambda each: (each.where.file, each.where.start))
    sections = {path: nth for nth, path in enumerate(dict.fromkeys(e.section for e in ordered))}
    return tuple(sorted(ordered, key=lambda each: sections[each.section]))


def groups(
    problems: Sequence[Problem], report: DocumentReport
) -> tuple[tuple[tuple[str, ...], tuple[Problem, ...]], ...]:
    """The problems of each section, with the titles from the outermost one down to it."""
    return tuple(
        (
            tuple(map(plain, path)) or (NOWHERE,),
            tuple(each for each in problems if each.section == nth),
        )
        for nth, path in enumerate(sections_of(report))
    )


def sections_of(report: DocumentReport) -> tuple[tuple[str, ...], ...]:
    """The paths of the sections with findings, in the order of these."""
    return tuple(dict.fromkeys(finding.section for finding in report.findings))


def section_words(path: tuple[str, ...]) -> str:
    """The path of a section on one line."""
    return " / ".join(map(plain, path)) or NOWHERE


def rule_titles() -> Mapping[str, str]:
    """What each rule demands, by its code: the first line of its page."""
    from narrcheck.rules import RULES

    return {rule.CODE: (inspect.getdoc(rule) or "").partition("\n")[0] for rule in RULES}


def severities(problems: Iterable[Problem]) -> tuple[Choice, ...]:
    """The severities, those without a finding too."""
    counts = Counter(each.severity for each in problems)
    return tuple(Choice(each.value, SEVERITIES[each][0], counts[each]) for each in Severity)


def codes(problems: Iterable[Problem], titles: Mapping[str, str]) -> tuple[Choice, ...]:
    """The rules that found something."""
    counts = Counter(each.code for each in problems)
    return tuple(Choice(code, titles.get(code, ""), counts[code]) for code in sorted(counts))


def sections(problems: Iterable[Problem], report: DocumentReport) -> tuple[Choice, ...]:
    """The sections with findings."""
    counts = Counter(each.section for each in problems)
    return tuple(
        Choice(str(nth), section_words(path), counts[nth])
        for nth, path in enumerate(sections_of(report))
    )


def standings(problems: Iterable[Problem]) -> tuple[Choice, ...]:
    """How findings stand to earlier checks and to what people said; only those that occur."""
    counts = Counter(each.standing for each in problems)
    return tuple(Choice(s.value, w, counts[s]) for s, w in STANDINGS.items() if counts[s])


def _suggestion(finding: Finding) -> str:
    """What could stand in place of the words, where that is not what is expected."""
    same = finding.suggestion in (None, finding.expected)
    return "" if same else plain(finding.suggestion or "")


def _sentence(finding: Finding, document: Document) -> tuple[str, str, str]:
    """The sentence cut at the words at fault; these are empty where it is not known which."""
    at = occurrence(finding, "" if finding.where.file else document.text)
    return excerpt(plain(finding.sentence), at)


def _evidence(finding: Finding, places: Places) -> Iterator[Line]:
    for each in finding.evidence:
        yield Line(evidence_line(each), places.at(each.where), each.kind)
