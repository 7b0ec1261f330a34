"""数字本身没有写坏。

“1,23.40万元”“12.3.40万元”“12。30万元”读不出是多少，是错误；“3，456.70万元”“12.30万元元”不影响数值，是警告。

正例：支出3,456.70万元。
反例：支出{3，456.70万元}。

例文：
    2023年度部门决算

    九、机关运行经费支出情况

    机关运行经费支出{1，200.00万元→1,200.00万元}，比上年决算数减少{1,23.40万元→}。

    十、会议费、培训费支出情况

    会议费支出{12。30万元→}，培训费支出{01.50万元→1.50万元}。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from narrcheck.findings import Finding, Severity, on_flaws
from narrcheck.ledger import Ledger

CODE = "NC508"
SLUG = "number-written-wrong"


def check(ledger: Ledger) -> Iterator[Finding]:
    """Number rules N03, N30; where the value is beyond doubt, it is printed as it should be."""
    for flaw, finding in on_flaws(ledger, CODE, SLUG):
        claim = ledger.claim_in(flaw)
        sure = finding.severity is not Severity.ERROR
        if claim is None or claim.quantity is None or not sure:
            yield finding
            continue
        grouped = "," if "，" in flaw.text or "," in flaw.text else ""
        expected = f"{claim.quantity.value:{grouped}f}{claim.quantity.unit_text}"
        yield replace(finding, expected=expected, suggestion=expected)
