"""完成率等于决算数除以所说的预算数。

“完成年初预算的x%”以年初预算数为分母，“完成全年预算的x%”以全年预算数为分母。

正例：年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.0%。
反例：年初预算为50.00万元，支出决算为40.00万元，完成年初预算的{82.0%}。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.claim import Kind
from narrcheck.ledger import Ledger, Relation, of_claim
from narrcheck.relation import Form

CODE = "NC202"
SLUG = "completion-matches-budget"


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas C07, C13, D06."""
    for claim in ledger.of_kind(Kind.COMPLETION):
        if claim.figure is None or claim.base is None:
            continue
        actual = ledger.operand(claim.figure, claim)
        budget = ledger.operand(claim.base, claim)
        if actual is not None and budget is not None:
            yield Relation(CODE, Form.RATIO, (of_claim(claim), actual, budget))
