"""“增加”“减少”后面不再写负号。

“增加-5.00万元”其实是减少，应直接写减少；“减少-5.00万元”究竟是减少还是增加，读者说不准。

正例：比上年决算数减少1.00万元，下降10.0%。
反例：比上年决算数{增加-1.00万元}，{增长-10.0%}。

例文：
    2023年度部门决算

    九、机关运行经费支出情况

    机关运行经费支出9.00万元，比上年决算数{增加-1.00万元→减少1.00万元}，{增长-10.0%→下降10.0%}。

    十、会议费、培训费支出情况

    会议费支出4.00万元，比上年决算数{减少-1.00万元→减少1.00万元}，下降20.0%。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from narrcheck.claims.claim import Claim, Kind
from narrcheck.findings import Finding, Severity, on_claim
from narrcheck.ledger import Ledger

CODE = "NC505"
SLUG = "sign-and-word-clash"
_OPPOSITES = {"增加": "减少", "增长": "下降", "上升": "下降", "提高": "降低", "上涨": "下降"}


def check(ledger: Ledger) -> Iterator[Finding]:
    """Number rule N12: 增加 a negative number is a decrease, 减少 one is nobody knows what."""
    for claim in ledger.of_kind(Kind.CHANGE, Kind.GROWTH):
        if claim.direction and claim.quantity is not None and claim.quantity.value < 0:
            yield _finding(ledger, claim)


def _finding(ledger: Ledger, claim: Claim) -> Finding:
    word = word_before(ledger, claim)
    number = claim.text.lstrip("-−－")
    usual = "下降" if claim.kind is Kind.GROWTH else "减少"
    said = f"{word or ''}{claim.text}"
    expected = f"{_OPPOSITES.get(word, usual) if claim.direction > 0 else word or usual}{number}"
    if claim.direction > 0:
        message = f"“{said}”用了负号，应写“{expected}”。"
    else:
        message = f"“{said}”方向词和负号重复，是增是减说不准；如为减少，应写“{expected}”。"
    severity = Severity.WARNING if claim.direction > 0 else Severity.ERROR
    found = on_claim(claim, CODE, SLUG, severity, message, expected=expected)
    start = claim.where.start - len(word)
    where = ledger.document.where(start, claim.where.end)
    return replace(found, text=said, claimed=said, where=where)


def word_before(ledger: Ledger, claim: Claim) -> str:
    """The word of direction right before a claim's number, ``""`` where none stands there."""
    before = ledger.document.text[max(0, claim.where.start - 8) : claim.where.start]
    cues = ledger.patterns.words.cues
    found = [
        word for word, kinds in cues.items() if kinds & {"up", "down"} and before.endswith(word)
    ]
    return max(found, key=len, default="")
