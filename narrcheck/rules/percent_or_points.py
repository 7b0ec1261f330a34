"""百分比、百分点、倍数没有用错。

占比、比率前后相减得到的是百分点，不是百分比；减少用百分比或分数，不用倍数；正数不会下降百分之一百以上。

正例：公务接待费占比下降3.0个百分点，支出下降50.0%。
反例：公务接待费占比下降{3.0%}，支出减少{1倍}。

例文：
    2023年度部门决算

    九、机关运行经费支出情况

    机关运行经费支出9.00万元，在总支出中的占比下降{3.0%→3.0个百分点}。

    十、会议费、培训费支出情况

    会议费支出2.00万元，比上年下降{120.0%→}。培训费支出3.00万元，比上年减少{2倍→}。参训率由91.4%提高到93.2%，提高{1.8%→1.8个百分点}。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.claim import Claim, Kind
from narrcheck.findings import Finding, Severity, on_claim, on_flaws
from narrcheck.ledger import Ledger
from narrcheck.ledger.ratios import as_percent
from narrcheck.quantity import Dimension

CODE = "NC509"
SLUG = "percent-or-points"


def check(ledger: Ledger) -> Iterator[Finding]:
    """Number rules N09, N13, N15."""
    yield from (finding for _, finding in on_flaws(ledger, CODE, SLUG))
    for moved, after, before in as_percent(ledger):
        assert moved.quantity is not None
        meant = f"{moved.text.rstrip('%％')}个百分点"
        message = f"由{before.text}到{after.text}，相差{meant}，不是{moved.text}。"
        yield on_claim(moved, CODE, SLUG, Severity.WARNING, message, expected=meant)
    for claim in ledger.of_kind(Kind.GROWTH):
        if claim.direction >= 0 or claim.quantity is None or claim.quantity.value <= 0:
            continue
        if claim.quantity.unit.dimension is Dimension.TIMES:
            yield _times(claim)
        elif claim.quantity.unit.dimension is Dimension.PERCENT and claim.quantity.value > 100:
            message = f"下降{claim.text}：正数最多下降100%，下降超过100%不成立。"
            known = claim.figure is not None and claim.figure.item
            severity = Severity.ERROR if known else Severity.WARNING
            yield on_claim(claim, CODE, SLUG, severity, message)


def _times(claim: Claim) -> Finding:
    assert claim.quantity is not None
    if claim.quantity.value >= 1:
        message = f"减少不能说{claim.text}：减少1倍就没有了，应改用百分比。"
        return on_claim(claim, CODE, SLUG, Severity.ERROR, message)
    message = f"减少不用倍数，“{claim.text}”应改用百分比。"
    return on_claim(claim, CODE, SLUG, Severity.WARNING, message)
