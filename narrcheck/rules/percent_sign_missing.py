"""增长、占比、完成率后面有百分号。

“增长13.95。”“占76.23；”漏了百分号，读者无法知道是百分比还是金额。

正例：支出合计110.00万元，与上年相比，增加10.00万元，增长10.0%。
反例：支出合计110.00万元，与上年相比，增加10.00万元，增长{10.0}。

例文：
    2023年度部门决算

    三、支出决算情况说明

    2023年度支出合计110.00万元，与上年相比，增加10.00万元，增长{10.0→10.0%}。

    九、机关运行经费支出情况

    机关运行经费支出54.00万元，比上年决算数减少6.00万元，下降10.0%。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.claim import Kind
from narrcheck.findings import Finding, Severity, on_claim
from narrcheck.ledger import Ledger

CODE = "NC502"
SLUG = "percent-sign-missing"
_RATES = frozenset({Kind.GROWTH, Kind.SHARE, Kind.COMPLETION})


def check(ledger: Ledger) -> Iterator[Finding]:
    """Formula D11; a bare 0 needs no sign."""
    for claim in ledger.claims:
        quantity = claim.quantity
        if claim.kind not in _RATES or quantity is None:
            continue
        if not quantity.unit.text and not quantity.is_zero:
            message = f"“{claim.text}”后面没有百分号，应为{claim.text}%。"
            expected = f"{claim.text}%"
            yield on_claim(claim, CODE, SLUG, Severity.ERROR, message, expected=expected)
