"""What narrcheck says: statuses of claims, and findings with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from narrcheck.claims.claim import Claim, Flaw, Reading
from narrcheck.document import Document, Paragraph, Where
from narrcheck.errors import DocumentError
from narrcheck.figure import TableValue
from narrcheck.quantity import Quantity

if TYPE_CHECKING:
    from narrcheck.ledger import Ledger, Relation  # only their names: it would load the patterns


class Status(StrEnum):
    """How a claim ended."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    MALFORMED = "malformed"
    UNCHECKED = "unchecked"


class Severity(StrEnum):
    """How bad a finding is; see DESIGN §6. ``rank`` orders them, 0 the worst."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a finding rests on.

    ``kind`` is ``table`` (then ``table``, ``number``, ``row``, ``column``, ``value``, ``unit`` are
    set), ``text`` (``text`` is what the document says elsewhere) or ``formula`` (``text`` is an
    arithmetic that can be redone by hand; no ``where``).
    """

    kind: str
    text: str = ""
    where: Where | None = None
    table: str = ""
    number: str = ""
    row: str = ""
    column: str = ""
    value: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, placed on the words that are most probably wrong.

    ``message`` is a Chinese sentence for the proofreader. ``text`` are the exact words at fault,
    ``sentence`` the whole sentence (for a table: the row). ``expected`` is what it should be,
    ``suggestion`` what could replace ``text`` as it stands, ``diagnosis`` how it came about.
    ``section`` is the path of headings, outermost first. ``claim`` is the claim's id.
    """

    code: str
    rule: str
    severity: Severity
    message: str
    text: str
    sentence: str
    where: Where
    section: tuple[str, ...] = ()
    claim: str | None = None
    claimed: str | None = None
    expected: str | None = None
    diagnosis: str | None = None
    suggestion: str | None = None
    evidence: tuple[Evidence, ...] = ()
    fingerprint: str = ""


class Standing(StrEnum):
    """How a finding stands to what was known of its document before."""

    NEW = "new"
    KNOWN = "known"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Suppression:
    """That a person looked at a finding and lets it stand; ``reason`` says why, and is never empty.

    ``code`` and ``text`` are the finding's, for people who read the list.
    """

    fingerprint: str
    reason: str
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finding of an earlier check of the document, as far as it was kept."""

    fingerprint: str
    code: str
    severity: Severity
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Triage:
    """What people and earlier checks have said of a document's findings.

    ``earlier`` is None where there is no earlier check to compare with.
    """

    earlier: tuple[Earlier, ...] | None = None
    suppressions: tuple[Suppression, ...] = ()


def on_claim(
    claim: Claim,
    code: str,
    rule: str,
    severity: Severity,
    message: str,
    *,
    expected: str | None = None,
    diagnosis: str | None = None,
    evidence: Iterable[Evidence] = (),
) -> Finding:
    """A finding on the words of a claim; what is expected can stand in their place."""
    return Finding(
        code,
        rule,
        severity,
        message,
        claim.text,
        claim.sentence,
        claim.where,
        claim.section,
        claim.id,
        claimed=claim.text,
        expected=expected,
        diagnosis=diagnosis,
        suggestion=expected,
        evidence=tuple(evidence),
    )


def on_contents(
    document: Document, line: Paragraph, title: str, code: str, rule: str, message: str
) -> Finding:
    """A finding on a title that a line of the contents (目录) has, and nothing else."""
    start = line.text.index(title)
    return Finding(
        code,
        rule,
        Severity.WARNING,
        message,
        title,
        line.text.strip(),
        document.where_in(line, start, start + len(title)),
        ("目录",),
        claimed=title,
    )


def on_flaws(ledger: Ledger, code: str, rule: str) -> Iterator[tuple[Flaw, Finding]]:
    """The findings on the flaws of a rule, each beside its flaw.

    The same flaw again (see ``Ledger.flaws``) is no further finding but evidence of the first.
    """
    for flaw, *others in ledger.flaws(rule):
        claim = ledger.claim_in(flaw)
        scope = "全文" if flaw.once else "本句"
        more = f"（{scope}共{len(others) + 1}处）" if others else ""
        yield (
            flaw,
            Finding(
                code,
                rule,
                Severity(flaw.severity),
                f"{flaw.message.removesuffix('。')}{more}。",
                flaw.text,
                flaw.sentence,
                flaw.where,
                flaw.section,
                claim.id if claim is not None else None,
                claimed=flaw.text,
                expected=flaw.mended or None,
                suggestion=flaw.mended or None,
                evidence=tuple(Evidence("text", each.text, each.where) for each in others),
            ),
        )


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """All that is known of one checked document; every form of report is a view of it.

    ``statuses`` and ``reasons`` go by claim id (a reason only where a claim is unchecked).
    ``relations`` are all that the rules say must hold between numbers, ``repairs`` the numbers of
    the claims found wrong, by claim id, as they should be.
    """

    document: Document
    table_values: tuple[TableValue, ...]
    reading: Reading
    statuses: Mapping[str, Status]
    reasons: Mapping[str, str]
    findings: tuple[Finding, ...]
    seconds: float
    relations: tuple[Relation, ...] = ()
    repairs: Mapping[str, Quantity] = field(default_factory=dict)
    triage: Triage = Triage()

    def standing(self, finding: Finding) -> Standing:
        """How one of the findings stands to what was known before."""
        if self.suppression(finding) is not None:
            return Standing.SUPPRESSED
        known = {each.fingerprint for each in self.triage.earlier or ()}
        return Standing.KNOWN if finding.fingerprint in known else Standing.NEW

    def suppression(self, finding: Finding) -> Suppression | None:
        """The suppression that lets a finding stand, None where there is none."""
        fitting = (s for s in self.triage.suppressions if s.fingerprint == finding.fingerprint)
        return next(fitting, None)

    def solved(self) -> tuple[Earlier, ...]:
        """The findings of the earlier check that this one has not."""
        present = {finding.fingerprint for finding in self.findings}
        return tuple(e for e in self.triage.earlier or () if e.fingerprint not in present)

    def stale(self) -> tuple[Suppression, ...]:
        """The suppressions that fit no finding any more."""
        present = {finding.fingerprint for finding in self.findings}
        return tuple(s for s in self.triage.suppressions if s.fingerprint not in present)

    def count(self, status: Status) -> int:
        """How many claims ended so."""
        return sum(1 for each in self.statuses.values() if each is status)


class NoNarrativeError(DocumentError):
    """``document`` states no number and leaves none open: there is nothing to check in it."""

    def __init__(self, document: Document) -> None:
        remedy = "；只有表格的文件请用 --tables 指定，与文字说明一起检查" if document.tables else ""
        super().__init__(
            f"{document.path}：没有读到情况说明中的数字，请确认文件含有文字说明{remedy}。"
            + "".join(document.notices)
        )
        self.document = document


@dataclass(frozen=True, slots=True)
class Report:
    """The documents of one call, in the order given."""

    documents: tuple[DocumentReport, ...]

    def worst(self) -> Severity | None:
        """The worst severity of all new findings, None where there is none."""
        severities = [
            finding.severity
            for each in self.documents
            for finding in each.findings
            if each.standing(finding) is Standing.NEW
        ]
        return min(severities, key=lambda severity: severity.rank, default=None)
