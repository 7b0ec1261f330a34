"""金额后面有单位。

“年初预算为36.10，”没有写单位，无法知道是元还是万元；“36.10万，”缺了“元”。

正例：年初预算为36.10万元，支出决算为35.20万元。
反例：年初预算为{36.10}，支出决算为35.20万元。

例文：
    2023年度部门决算

    七、“三公”经费支出决算情况说明

    “三公”经费支出年初预算为{36.10→36.10万元}，支出决算为35.20万元。

    九、机关运行经费支出情况

    机关运行经费支出54.00万元，比上年决算数减少6.00万元，下降10.0%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrcheck.claims.claim import Claim, Kind
from narrcheck.findings import Finding, Severity, on_claim
from narrcheck.ledger import Ledger
from narrcheck.quantity import Dimension
from narrcheck.rules.unit_slip import narrative_unit

CODE = "NC503"
SLUG = "unit-missing"
_GAP = re.compile(r"\s{2,}$")
_ENDS = frozenset("，。；、：（）(),;:")


def check(ledger: Ledger) -> Iterator[Finding]:
    """Number rule N06; a bare 0 needs no unit."""
    unit = narrative_unit(ledger)
    for claim in ledger.claims:
        quantity = claim.quantity
        if claim.kind not in (Kind.AMOUNT, Kind.CHANGE) or quantity is None:
            continue
        if _lacks_yuan(ledger, claim):
            whole = f"{claim.text}元"
            message = f"金额“{claim.text}”的单位缺“元”，应为{whole}。"
            yield on_claim(claim, CODE, SLUG, Severity.WARNING, message, expected=whole)
        if not quantity.unit.text and not quantity.is_zero and not _is_in_column(ledger, claim):
            expected = f"{claim.text}{unit.text}" if unit is not None else None
            message = f"金额“{claim.text}”没有写单位" + (
                f"，应为{expected}。" if expected else "。"
            )
            yield on_claim(claim, CODE, SLUG, Severity.WARNING, message, expected=expected)


def _is_in_column(ledger: Ledger, claim: Claim) -> bool:
    """Whether a gap stands before a number in its line: it is a cell of a table in plain text."""
    text = ledger.document.text
    line = text[text.rfind("\n", 0, claim.where.start) + 1 : claim.where.start]
    return bool(line.strip()) and _GAP.search(line) is not None


def _lacks_yuan(ledger: Ledger, claim: Claim) -> bool:
    """Whether money ends in a bare 万 or 亿 and nothing that is counted follows.

    1.20万（含…） is money, 1.20万平方米 and 3万多人 are none.
    """
    quantity = claim.quantity
    if quantity is None or quantity.unit.dimension is not Dimension.MONEY:
        return False
    after = ledger.document.text[claim.where.end :].lstrip()[:1]
    return claim.text.endswith(("万", "亿")) and quantity.places > 0 and after in _ENDS
