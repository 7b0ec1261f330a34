"""Which number is wrong, what it should be, and how it came about: one finding a fault."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind
from narrcheck.findings import Evidence, Finding, Severity, Status
from narrcheck.ledger import Ledger, Operand, Relation, Suspect, of_claim
from narrcheck.quantity import Quantity, Unit
from narrcheck.relation import ORDERS, Form
from narrcheck.verdicts import Outcome, Repairs, Verdict, judge, solve_for

# A rate is worked out from the others, so it is the likelier slip where nothing else decides.
_LIKELY = {Kind.RELATION: 2, Kind.GROWTH: 2, Kind.SHARE: 2, Kind.COMPLETION: 2, Kind.CHANGE: 1}
# Where several relations show one fault, the plainest names it.
_PLAINEST = ("NC101", "NC301", "NC204", "NC203", "NC202", "NC201", "NC205", "NC206")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What became of a document's relations: its findings, and how each claim ended."""

    findings: tuple[Finding, ...]
    statuses: Mapping[str, Status]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A claim that is wrong, how it would be right, and the relations that then hold.

    ``rival`` is another claim that would explain them as well.
    """

    claim: Claim
    repair: Quantity | None
    verdicts: tuple[Verdict, ...]
    rival: str | None = None


def diagnose(ledger: Ledger, said: Iterable[Relation | Suspect | Finding]) -> Diagnosis:
    """One finding a fault from all that the rules say must hold."""
    said = tuple(said)
    relations = tuple(each for each in said if isinstance(each, Relation))
    suspects = tuple(each for each in said if isinstance(each, Suspect))
    slips = _prove_slips(suspects, relations)
    repairs = {suspect.claim.id: _respelled(suspect) for suspect in slips}
    faults = tuple(_find_faults(relations, repairs))
    findings = [
        *(_slip_finding(ledger, suspect, slips.get(suspect), repairs) for suspect in suspects),
        *(_fault_finding(ledger, fault, repairs) for fault in faults),
        *(each for each in said if isinstance(each, Finding)),
    ]
    accused = {finding.claim for finding in findings}
    findings += _coarse(ledger, relations, repairs, accused)
    findings.sort(key=lambda finding: (finding.where.start, finding.code))
    statuses, reasons = _statuses(ledger, relations, findings, repairs)
    return Diagnosis(tuple(_with_fingerprints(findings)), statuses, reasons)


def _respelled(suspect: Suspect) -> Quantity:
    assert suspect.claim.quantity is not None
    return suspect.claim.quantity.in_unit(suspect.unit)


def _prove_slips(
    suspects: tuple[Suspect, ...], relations: tuple[Relation, ...]
) -> dict[Suspect, tuple[Verdict, ...]]:
    """The suspects that some relation proves: it fails as printed, and holds in the other unit.

    All are tried together, since one sum may hold only when four of them are mended.
    """
    together = {suspect.claim.id: _respelled(suspect) for suspect in suspects}
    proved: dict[Suspect, tuple[Verdict, ...]] = {}
    for suspect in suspects:
        assert suspect.claim.quantity is not None
        if suspect.claim.quantity.is_zero:
            continue
        others = {key: value for key, value in together.items() if key != suspect.claim.id}
        own = [relation for relation in relations if suspect.claim.id in relation.claim_ids()]
        mended = [judge(relation, together) for relation in own]
        printed = [judge(relation, others) for relation in own]
        proofs = [m for m, p in zip(mended, printed, strict=True) if m.holds and not p.holds]
        broken = [m for m, p in zip(mended, printed, strict=True) if p.holds and not m.holds]
        if proofs and not broken:
            proved[suspect] = tuple(proofs)
    return proved


def _find_faults(relations: tuple[Relation, ...], repairs: dict[str, Quantity]) -> Iterator[Fault]:
    """The claims that are wrong, each with its repair, which is added to ``repairs``.

    The claim whose repair mends most and breaks least comes first; then it is taken as repaired,
    so that what it broke is not told again.
    """
    settled: set[str] = set(repairs)
    told: set[int] = set()  # relations whose fault has been named, by their place
    while True:
        verdicts = [judge(relation, repairs) for relation in relations]
        failing = [
            verdict
            for at, verdict in enumerate(verdicts)
            if verdict.outcome in (Outcome.NEAR, Outcome.FAILS)
            and not verdict.relation.soft
            and at not in told
        ]
        trials = [
            trial
            for claim in _candidates(failing, settled)
            for trial in _trials(claim, failing, verdicts, repairs)
        ]
        if not trials:
            return
        trials.sort(key=lambda trial: trial.score, reverse=True)
        best = trials[0]
        rival = next((trial for trial in trials[1:] if _rivals(trial, best)), None)
        yield Fault(best.claim, best.repair, best.mended, rival.says if rival else None)
        settled.add(best.claim.id)
        told.update(at for at, verdict in enumerate(verdicts) if verdict in best.mended)
        if best.repair is not None:
            repairs[best.claim.id] = best.repair


def _candidates(failing: list[Verdict], settled: set[str]) -> Iterator[Claim]:
    """The claims in failing relations that are not settled yet, each once."""
    seen = set(settled)
    for verdict in failing:
        claims = [operand.claim for operand in verdict.relation.operands if operand.claim]
        for claim in (*verdict.relation.claims, *claims):
            if claim.id not in seen:
                seen.add(claim.id)
                yield claim


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim taken to be wrong, with one way to repair it and what comes of it."""

    claim: Claim
    repair: Quantity | None
    mended: tuple[Verdict, ...]
    broken: int
    support: int

    @property
    def score(self) -> tuple[int, int, bool, int, bool, int]:
        """What decides between trials, in this order.

        The balance of relations mended and broken; how few others bear the number out; whether a
        usual slip explains it; how likely its kind is wrong; a single wrong digit; its place.
        """
        slip = wording.mechanism(self.claim, self.repair) if self.repair else None
        return (
            len(self.mended) - self.broken,
            -self.support,
            slip is not None and slip != wording.ONE_DIGIT,
            _LIKELY.get(self.claim.kind, 0),
            slip is not None,
            self.claim.where.start,
        )

    @property
    def says(self) -> str:
        """The claim and its repair, to name it as the other possibility."""
        assert self.repair is not None
        return f"{self.claim.text}应为{self.repair.text}"


def _rivals(trial: Trial, best: Trial) -> bool:
    """Whether another claim explains the very same relations, and nothing of substance decides."""
    return (
        trial.repair is not None
        and trial.claim.id != best.claim.id
        and trial.score[:3] == best.score[:3]
        and trial.mended == best.mended
    )


def _trials(
    claim: Claim, failing: list[Verdict], verdicts: list[Verdict], repairs: Repairs
) -> Iterator[Trial]:
    own = [verdict for verdict in verdicts if claim.id in verdict.relation.claim_ids()]
    support = sum(1 for verdict in own if verdict.holds)
    bad = [verdict for verdict in failing if claim.id in verdict.relation.claim_ids()]
    if any(claim in verdict.relation.claims for verdict in bad):
        yield Trial(claim, None, tuple(bad), 0, support)
        return
    for repair in _repairs(claim, bad, repairs):
        tried = {**repairs, claim.id: repair}
        mended = tuple(verdict for verdict in bad if judge(verdict.relation, tried).holds)
        broken = sum(1 for v in own if v.holds and not judge(v.relation, tried).holds)
        if mended:
            yield Trial(claim, repair, mended, broken, support)
    orders = tuple(v for v in bad if v.relation.form in ORDERS and not v.relation.claims)
    if orders:
        yield Trial(claim, None, orders, 0, support)


def _repairs(claim: Claim, bad: list[Verdict], repairs: Repairs) -> Iterator[Quantity]:
    """How the claim's number could be mended: another unit first, then what a relation asks for."""
    assert claim.quantity is not None
    for verdict in bad:
        for operand in verdict.relation.operands:
            unit: Unit = operand.quantity.unit
            if unit.dimension is claim.quantity.unit.dimension and unit != claim.quantity.unit:
                yield claim.quantity.in_unit(unit)
    for verdict in bad:
        for index, operand in enumerate(verdict.relation.operands):
            if operand.claim is not None and operand.claim.id == claim.id:
                value = solve_for(verdict.relation, index, repairs)
                if value is not None:
                    yield claim.quantity.like(value.middle)


def _fault_finding(ledger: Ledger, fault: Fault, repairs: Repairs) -> Finding:
    claim = fault.claim
    before = {key: value for key, value in repairs.items() if key != claim.id}
    verdicts = [judge(verdict.relation, before) for verdict in fault.verdicts]
    verdicts.sort(key=lambda verdict: _PLAINEST.index(verdict.relation.code))
    main = verdicts[0]
    near = all(verdict.outcome is Outcome.NEAR for verdict in verdicts)
    code = main.relation.code
    diagnosis: str | None
    if fault.repair is None:
        expected, diagnosis = _order_expected(claim, main), None
        text = _order_text(claim, main.relation, expected)
    else:
        expected = wording.expected_text(claim, fault.repair)
        text = wording.message(claim, main, before, expected)
        diagnosis = _mechanism(ledger, fault, main, near)
        if claim.quantity is not None and fault.repair.unit != claim.quantity.unit:
            code, diagnosis = "NC501", None
            text = wording.slip_message(claim, fault.repair.unit.text, proved=True)
    if fault.rival:
        text = f"{text}；或者{fault.rival}"
    return Finding(
        code=code,
        rule=_slug(code),
        severity=Severity.WARNING if near or _in_annex(claim) else Severity.ERROR,
        message=f"{text}。",
        text=claim.text,
        sentence=claim.sentence,
        where=claim.where,
        section=claim.section,
        claim=claim.id,
        claimed=claim.text,
        expected=expected,
        diagnosis=diagnosis,
        suggestion=expected,
        evidence=tuple(wording.evidence(ledger.document, verdicts, claim.id, before)),
    )


def _order_expected(claim: Claim, verdict: Verdict) -> str | None:
    if claim not in verdict.relation.claims:
        return None
    right = wording.order_words(verdict.relation)
    for word in ("大于", "小于", "等于", "高于", "低于", "超过", "多于", "少于"):
        if word in claim.text:
            return claim.text.replace(word, right)
    return right


def _order_text(claim: Claim, relation: Relation, expected: str | None) -> str:
    if expected is None:
        return wording.at_most_message(relation)
    return wording.order_message(claim, relation, expected)


def _mechanism(ledger: Ledger, fault: Fault, main: Verdict, near: bool) -> str | None:
    assert fault.repair is not None
    if near and main.should_be is not None and main.relation.form is not Form.EQUAL:
        return wording.off_by_one(fault.claim, main.should_be)
    if _over_present(main):
        return "误以本年数为分母，应以基期数为分母"
    whole = _wrong_whole(ledger, fault.claim, main)
    if whole is not None:
        return f"分母用了{whole[0]}（{wording.shown(whole[1].quantity)}）"
    return wording.mechanism(fault.claim, fault.repair)


def _over_present(main: Verdict) -> bool:
    """Whether a growth was worked out over this year's number instead of last year's."""
    if main.relation.form is not Form.GROWTH:
        return False
    return judge(replace(main.relation, form=Form.RATIO)).outcome is Outcome.HOLDS


def _wrong_whole(ledger: Ledger, claim: Claim, main: Verdict) -> tuple[str, Operand] | None:
    """The whole that a share was divided by instead of its own: one further up (formula C23)."""
    if claim.kind is not Kind.SHARE or claim.base is None or main.relation.form is not Form.RATIO:
        return None
    part = main.relation.operands[1]
    for parts in ledger.patterns.words.parts:
        if claim.base.item not in parts.parts:
            continue
        for fund in dict.fromkeys((claim.base.fund, "财政拨款", "全部")):
            whole = ledger.operand(replace(claim.base, item=parts.whole, fund=fund), claim)
            if whole is not None:
                tried = replace(main.relation, operands=(of_claim(claim), part, whole))
                if judge(tried).outcome is Outcome.HOLDS:
                    return parts.whole, whole
    return None


def _slip_finding(
    ledger: Ledger, suspect: Suspect, proofs: tuple[Verdict, ...] | None, repairs: Repairs
) -> Finding:
    claim = suspect.claim
    unit = suspect.unit.text
    before = {key: value for key, value in repairs.items() if key != claim.id}
    shown = [judge(proof.relation, before) for proof in proofs or ()]
    mended = [wording.formula(judge(proof.relation, repairs), repairs) for proof in proofs or ()]
    evidence = [
        each
        for each in wording.evidence(ledger.document, shown, claim.id, before)
        if each.kind != "formula"
    ]
    evidence += [Evidence("formula", text=text) for text in dict.fromkeys(mended)]
    expected = _respelled(suspect).text
    return Finding(
        code="NC501",
        rule=_slug("NC501"),
        severity=Severity.ERROR if proofs else Severity.WARNING,
        message=f"{wording.slip_message(claim, unit, bool(proofs))}，应为{expected}。",
        text=claim.text,
        sentence=claim.sentence,
        where=claim.where,
        section=claim.section,
        claim=claim.id,
        claimed=claim.text,
        expected=expected,
        diagnosis=f"把{unit}写成了{claim.quantity.unit.text}" if claim.quantity else None,
        suggestion=expected,
        evidence=tuple(evidence),
    )


def _coarse(
    ledger: Ledger, relations: tuple[Relation, ...], repairs: Repairs, accused: set[str | None]
) -> list[Finding]:
    """An info for each claim that agrees only if it was rounded, not trimmed: 12万元 for 11.90."""
    found: dict[str, Finding] = {}
    for relation in relations:
        verdict = judge(relation, repairs)
        if verdict.outcome is not Outcome.WIDE or relation.soft:
            continue
        for operand in relation.operands:
            claim = operand.claim
            coarse = operand.quantity.places < operand.quantity.usual
            if claim is not None and coarse and claim.id not in accused and claim.id not in found:
                found[claim.id] = _coarse_finding(ledger, claim, verdict, repairs)
    return list(found.values())


def _coarse_finding(ledger: Ledger, claim: Claim, verdict: Verdict, repairs: Repairs) -> Finding:
    code = verdict.relation.code
    return Finding(
        code=code,
        rule=_slug(code),
        severity=Severity.INFO,
        message=f"“{claim.text}”的小数位数比全文通常的少，只有看作四舍五入到这一位才与其他数相符。",
        text=claim.text,
        sentence=claim.sentence,
        where=claim.where,
        section=claim.section,
        claim=claim.id,
        claimed=claim.text,
        evidence=tuple(wording.evidence(ledger.document, [verdict], claim.id, repairs)),
    )


def _statuses(
    ledger: Ledger, relations: tuple[Relation, ...], findings: list[Finding], repairs: Repairs
) -> tuple[Mapping[str, Status], Mapping[str, str]]:
    """How each claim ended: accused, or borne out by a relation that holds, or unchecked."""
    agreed: set[str] = set()
    undefined: set[str] = set()
    for relation in relations:
        verdict = judge(relation, repairs)
        if verdict.holds:
            agreed.update(relation.claim_ids())
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
            status = Status.AGREES if claim.id in agreed else Status.UNCHECKED
        if status is Status.UNCHECKED:
            zero = "zero-base" if claim.id in undefined else "no-evidence"
            reasons[claim.id] = claim.reason or zero
        statuses[claim.id] = status
    return MappingProxyType(statuses), MappingProxyType(reasons)


def _in_annex(claim: Claim) -> bool:
    return any("附件" in "".join(title.split()) for title in claim.section[:1])


def _slug(code: str) -> str:
    from narrcheck.rules import RULES

    return next(str(rule.SLUG) for rule in RULES if code == rule.CODE)


def _with_fingerprints(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Fingerprints of what a finding says, not of where: they survive edits elsewhere.

    Findings that say the same of the same sentence are told apart by their order.
    """
    seen: dict[str, int] = {}
    for finding in findings:
        words = "\0".join((finding.code, "".join(finding.sentence.split()), finding.text))
        seen[words] = seen.get(words, 0) + 1
        digest = hashlib.sha256(f"{words}\0{seen[words]}".encode()).hexdigest()
        yield replace(finding, fingerprint=digest[:16])
