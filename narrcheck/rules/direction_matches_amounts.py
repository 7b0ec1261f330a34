"""大于、小于、等于与两边的数一致。

“决算数大于预算数”要求决算数确实大于预算数；“等于”“持平”要求两数相同。

正例：年初预算为50.00万元，支出决算为40.00万元，决算数小于年初预算数的主要原因是项目结余。
反例：年初预算为50.00万元，支出决算为40.00万元，{决算数大于年初预算数}的主要原因是项目结余。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.claim import Kind
from narrcheck.ledger import Ledger, Relation
from narrcheck.relation import Form

CODE = "NC205"
SLUG = "direction-matches-amounts"
_FORMS = {1: Form.MORE, -1: Form.LESS, 0: Form.SAME}


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formulas C09, D05."""
    for claim in ledger.of_kind(Kind.RELATION):
        if claim.figure is None or claim.base is None or "基本" in claim.text:
            continue
        left = ledger.operand(claim.figure, claim)
        right = ledger.operand(claim.base, claim)
        if left is not None and right is not None and left != right:
            yield Relation(CODE, _FORMS[claim.direction], (left, right), claims=(claim,))
