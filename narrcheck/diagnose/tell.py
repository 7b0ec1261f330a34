"""Findings from faults and slips: where, how bad, what it should be, how it came about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import regex

from narrcheck import wording
from narrcheck.claims.claim import Claim, Kind
from narrcheck.diagnose.faults import Fault, is_over_present
from narrcheck.diagnose.origins import copied_from, other_base
from narrcheck.diagnose.slips import respelled
from narrcheck.diagnose.swaps import negated
from narrcheck.findings import Evidence, Finding, Severity, on_claim
from narrcheck.ledger import Ledger, Operand, Relation, Suspect
from narrcheck.relation import ORDERS, Form
from narrcheck.rules.sign_and_word_clash import word_before
from narrcheck.verdicts import Outcome, Repairs, Verdict, judge

# Where several relations show one fault, the plainest names it.
_PLAINEST = (
    *("NC101", "NC301", "NC204", "NC203", "NC202"),
    *("NC207", "NC201", "NC205", "NC206", "NC208", "NC402"),
)

_UNCHANGED = regex.compile(r"[与和同](?P<base>\p{Han}+数)(?:基本)?(?:持平|一致|相同|相等)")


def fault_finding(ledger: Ledger, fault: Fault, repairs: Repairs) -> Finding:
    """The finding on a claim that is wrong; the rule of the plainest relation names it."""
    claim = fault.claim
    own = {claim.id} | ({fault.partner.id} if fault.partner is not None else set())
    before = {key: value for key, value in repairs.items() if key not in own}
    verdicts = [judge(verdict.relation, before) for verdict in fault.verdicts]
    verdicts.sort(key=lambda verdict: _plainness(verdict.relation))
    main = verdicts[0]
    near = all(verdict.outcome is Outcome.NEAR for verdict in verdicts)
    code = main.relation.code
    diagnosis: str | None = None
    certain = False
    if fault.repair is None:
        expected = _order_expected(claim, main)
        text = _order_text(claim, main.relation, expected)
    else:
        expected = wording.expected_text(claim, fault.repair)
        text = wording.message(claim, main, before, expected)
        diagnosis, certain = _mechanism(ledger, fault, main, repairs, near=near)
        if fault.turned is not None:
            expected = _turned_back(fault)
            text = wording.turned_message(claim, fault.turned, expected)
            diagnosis, certain = wording.TURNED, True
        if fault.partner is not None:
            diagnosis, certain = f"与“{wording.quoted(fault.partner)}”的数写颠倒了", True
        if claim.quantity is not None and fault.repair.unit != claim.quantity.unit:
            code, diagnosis = "NC501", None
            text = wording.slip_message(claim, fault.repair.unit.text, proved=True)
            text = f"{text}，应为{expected}"
    if fault.rival and not certain:
        text = f"{text}；或者{fault.rival}"
    found = on_claim(
        claim,
        code,
        slug(code),
        Severity.WARNING if near or _may_be_right(verdicts) else Severity.ERROR,
        f"{text}。",
        expected=expected,
        diagnosis=diagnosis,
        evidence=wording.evidence(ledger, verdicts, claim.id, before),
    )
    if fault.turned is not None:
        return _of_both(ledger, found, claim, fault.turned)
    turned = fault.repair is not None and fault.repair.value < 0
    return with_word(ledger, found, claim) if turned else found


def _plainness(relation: Relation) -> tuple[bool, int]:
    """The plainest is the least: a sum of what only follows, or of changes, comes last."""
    terms = (each.terms or (each.claim and each.claim.direction) for each in relation.operands)
    return relation.form is Form.SUM and any(terms), _PLAINEST.index(relation.code)


def _turned_back(fault: Fault) -> str:
    """What should stand there where a change and its growth go the other way: 增加…，增长…."""
    assert fault.repair is not None
    assert fault.turned is not None
    change = wording.expected_text(fault.claim, fault.repair)
    return f"{change}，{wording.expected_text(fault.turned, negated(fault.turned))}"


def _of_both(ledger: Ledger, finding: Finding, change: Claim, growth: Claim) -> Finding:
    """The finding on a change with its growth, from the one's word of direction to the other."""
    start = change.where.start - len(word_before(ledger, change))
    where = ledger.document.where(start, growth.where.end)
    said = "".join(ledger.document.text[start : growth.where.end].split())
    alike = said.count("，") == 1  # nothing else between them: what is expected can replace it
    return replace(
        finding,
        text=said,
        claimed=said,
        where=where,
        suggestion=finding.expected if alike else None,
    )


def with_word(ledger: Ledger, finding: Finding, claim: Claim) -> Finding:
    """The finding with the word of direction before its number, which is as wrong."""
    word = word_before(ledger, claim)
    if not word:
        return finding
    said = f"{word}{claim.text}"
    where = ledger.document.where(claim.where.start - len(word), claim.where.end)
    return replace(finding, text=said, claimed=said, where=where)


def _order_expected(claim: Claim, verdict: Verdict) -> str | None:
    if claim not in verdict.relation.claims:
        return None
    if verdict.relation.form is Form.SUM:
        return None
    right = wording.order_words(verdict.relation)
    if verdict.relation.form is Form.SAME and _of_years(claim):
        return {"大于": "增加", "小于": "减少"}[right]
    for word in ("大于", "小于", "等于", "高于", "低于", "超过", "多于", "少于"):
        if word in claim.text:
            return claim.text.replace(word, right)
    unchanged = _UNCHANGED.fullmatch(claim.text)
    return f"{right}{unchanged['base']}" if unchanged else right


def _of_years(claim: Claim) -> bool:
    """Whether it compares two years: 与上年持平."""
    return (
        claim.figure is not None and claim.base is not None and claim.figure.year != claim.base.year
    )


def _order_text(claim: Claim, relation: Relation, expected: str | None) -> str:
    if relation.form is Form.SUM:
        return wording.unchanged_message(claim, relation)
    if expected is None and relation.form in (Form.MORE, Form.LESS):
        return f"{wording.moves_message(relation)}，两数写颠倒了，或方向词有误"
    if expected is None:
        check_all = "，请逐项核对" if relation.operands[0].terms else ""
        return f"{wording.at_most_message(relation)}{check_all}"
    return wording.order_message(claim, relation, expected)


def _mechanism(
    ledger: Ledger, fault: Fault, main: Verdict, repairs: Repairs, *, near: bool
) -> tuple[str | None, bool]:
    """How the number came about, and whether that leaves no doubt which number is wrong."""
    assert fault.repair is not None
    if near and main.should_be is not None and main.relation.form is not Form.EQUAL:
        return wording.off_by_one(fault.claim, main.should_be), False
    if fault.claim.kind is Kind.GROWTH and is_over_present(main):
        return "误以本年数为分母，应以基期数为分母", True
    base = other_base(ledger, fault.claim, main.relation)
    if base is not None:
        return wording.divided_by(*base), True
    copied = copied_from(ledger, fault.claim, repairs)
    return copied or wording.mechanism(fault.claim, fault.repair), copied is not None


def slip_finding(
    ledger: Ledger, suspect: Suspect, proofs: tuple[Verdict, ...], repairs: Repairs
) -> Finding:
    claim = suspect.claim
    unit = suspect.unit.text
    before = {key: value for key, value in repairs.items() if key != claim.id}
    shown = [judge(proof.relation, before) for proof in proofs]
    mended = [
        wording.formula(judge(proof.relation, repairs), repairs)
        for proof in proofs
        if proof.relation.form not in ORDERS and proof.relation.form is not Form.EQUAL
    ]
    evidence = [
        each for each in wording.evidence(ledger, shown, claim.id, before) if each.kind != "formula"
    ]
    evidence += [Evidence("formula", text=text) for text in dict.fromkeys(mended)]
    expected = respelled(suspect).text
    return on_claim(
        claim,
        "NC501",
        slug("NC501"),
        Severity.ERROR if proofs else Severity.WARNING,
        f"{wording.slip_message(claim, unit, bool(proofs))}，应为{expected}。",
        expected=expected,
        diagnosis=f"把{unit}写成了{claim.quantity.unit.text}" if claim.quantity else None,
        evidence=evidence,
    )


def coarse_findings(
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
            coarse = operand.wide != operand.interval and claim is not None
            if coarse and claim is not None and claim.id not in accused:
                found.setdefault(claim.id, _coarse_finding(ledger, claim, verdict, repairs))
                break
    return list(found.values())


def _coarse_finding(ledger: Ledger, claim: Claim, verdict: Verdict, repairs: Repairs) -> Finding:
    code = verdict.relation.code
    return on_claim(
        claim,
        code,
        slug(code),
        Severity.INFO,
        f"“{claim.text}”的小数位数比全文通常的少，只有看作四舍五入到这一位才与其他数相符。",
        evidence=wording.evidence(ledger, [verdict], claim.id, repairs),
    )


def _may_be_right(verdicts: list[Verdict]) -> bool:
    """Whether nothing that speaks against a claim must hold."""
    return all(verdict.relation.mild for verdict in verdicts) or _of_other_scope(verdicts)


def _of_other_scope(verdicts: Iterable[Verdict]) -> bool:
    """Whether all that speaks against a claim may be of another scope than it.

    That is a table of an annex, or prose of an annex against anything that is not its own.
    """
    return all(
        any(operand.value is not None and operand.value.annex for operand in operands)
        or {_in_annex(operand) for operand in operands if operand.claim or operand.value}
        == {True, False}
        for operands in (verdict.relation.operands for verdict in verdicts)
    )


def _in_annex(operand: Operand) -> bool:
    if operand.claim is None:
        return operand.value is not None and operand.value.annex
    return any("附件" in "".join(title.split()) for title in operand.claim.section[:1])


def slug(code: str) -> str:
    """The slug of the rule with this code."""
    from narrcheck.rules import RULES

    return next(str(rule.SLUG) for rule in RULES if code == rule.CODE)
