"""Which number is wrong, what it should be, and how it came about: one finding a fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from narrcheck.diagnose.cell_findings import cell_findings
from narrcheck.diagnose.cells import find_cell_faults, is_of_cells, with_cells_mended
from narrcheck.diagnose.doubt import held_back
from narrcheck.diagnose.faults import find_faults
from narrcheck.diagnose.fingerprints import with_fingerprints
from narrcheck.diagnose.malformed import spoilt, told, turned
from narrcheck.diagnose.meant import meant_complete
from narrcheck.diagnose.slips import prove_slips, respelled, says_nothing
from narrcheck.diagnose.tell import coarse_findings, fault_finding, slip_finding
from narrcheck.findings import Finding, Severity, Status
from narrcheck.ledger import Ledger, Relation, Suspect
from narrcheck.verdicts import Outcome, Repairs, judge
from narrcheck.wording.printing import as_printed


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What became of a document's relations: its findings, and how each claim ended.

    ``repairs`` are the numbers of the claims that were found wrong, read as they should be.
    """

    findings: tuple[Finding, ...]
    statuses: Mapping[str, Status]
    reasons: Mapping[str, str]
    relations: tuple[Relation, ...]
    repairs: Repairs


def diagnose(ledger: Ledger, said: Iterable[Relation | Suspect | Finding]) -> Diagnosis:
    """One finding a fault from all that the rules say must hold."""
    said = tuple(said)
    every = tuple(each for each in said if isinstance(each, Relation))
    wrong_cells = find_cell_faults(ledger, tuple(filter(is_of_cells, every)))
    of_prose = (each for each in every if not is_of_cells(each))
    relations = tuple(with_cells_mended(of_prose, wrong_cells))
    closed = tuple(each for each in relations if not each.one_way and not each.open)
    suspects = tuple(each for each in said if isinstance(each, Suspect))
    of_rules = tuple(each for each in said if isinstance(each, Finding))
    slips = prove_slips(suspects, closed)
    repairs = {
        suspect.claim.id: respelled(suspect)
        for suspect, proofs in slips.items()
        if proofs or says_nothing(suspect)
    }
    repairs.update(turned(ledger, of_rules))
    relations = meant_complete(ledger, relations, repairs)
    proving = tuple(each for each in relations if not each.one_way)
    unreadable = spoilt(of_rules)
    held = tuple(each for each in proving if unreadable.isdisjoint(each.claim_ids()))
    faults = tuple(find_faults(held, repairs))
    findings = [
        *(slip_finding(ledger, suspect, proofs, repairs) for suspect, proofs in slips.items()),
        *told(
            ledger,
            of_rules,
            (fault_finding(ledger, fault, repairs) for fault in faults),
            proving,
            repairs,
        ),
        *cell_findings(ledger, wrong_cells),
    ]
    accused = {finding.claim for finding in findings}
    findings += coarse_findings(ledger, proving, repairs, accused)
    findings.sort(key=lambda each: (each.where.file, each.where.start, each.code))
    findings, doubted = held_back(ledger, findings, proving)
    statuses, reasons = _statuses(ledger, relations, findings, repairs, doubted)
    return Diagnosis(
        tuple(with_fingerprints(ledger, as_printed(ledger, findings))),
        statuses,
        reasons,
        relations,
        MappingProxyType(repairs),
    )


def _statuses(
    ledger: Ledger,
    relations: tuple[Relation, ...],
    findings: list[Finding],
    repairs: Repairs,
    doubted: frozenset[str],
) -> tuple[Mapping[str, Status], Mapping[str, str]]:
    """How each claim ended: accused, or borne out by a relation that holds, or unchecked.

    ``doubted`` are those that would be accused if what they rest on had been read for sure.
    """
    agreed: set[str] = set()
    undefined: set[str] = set()
    for relation in relations:
        verdict = judge(relation, repairs)
        if verdict.holds:
            agreed.update(relation.bears_out())
        elif verdict.outcome is Outcome.UNDEFINED:
            undefined.update(relation.claim_ids())
    accused = {
        finding.claim: Status.MALFORMED if finding.code.startswith("NC5") else Status.DISAGREES
        for finding in findings
        if finding.claim is not None and finding.severity is not Severity.INFO
    }
    statuses: dict[str, Status] = {}
    reasons: dict[str, str] = {}
    for claim in ledger.claims:
        status = accused.get(claim.id)
        if status is None:
            fits = claim.id in agreed and claim.id not in doubted
            status = Status.AGREES if fits else Status.UNCHECKED
        if claim.id in doubted and status is Status.UNCHECKED:
            reasons[claim.id] = "doubtful-reading"
        elif status is Status.UNCHECKED:
            zero = "zero-base" if claim.id in undefined else "no-evidence"
            reasons[claim.id] = claim.reason or zero
        statuses[claim.id] = status
    return MappingProxyType(statuses), MappingProxyType(reasons)
