"""同一个数前后说法一致。

同一项目、口径、年度、资金口径的金额，在文中各处应当相同。（表里有的，按 NC101 与表核对。）

正例：机关运行经费支出9.00万元。……2023年机关运行经费支出9.00万元。
反例：机关运行经费支出9.00万元。……2023年机关运行经费支出{9.90万元}。

例文：
    2023年度部门决算

    九、机关运行经费支出说明

    本部门2023年度机关运行经费支出9.00万元，比上年决算数减少1.00万元，下降10.0%。

    十、其他说明

    2023年度机关运行经费支出{9.90万元→9.00万元}。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure
from narrcheck.ledger import Ledger, Relation, of_claim
from narrcheck.relation import Form

CODE = "NC301"
SLUG = "same-figure-said-twice"


def check(ledger: Ledger) -> Iterator[Relation]:
    """Formula C30, for figures that no table gives; counts too, of things that are counted once."""
    for figure, claims in {**ledger.amounts, **_counts(ledger)}.items():
        if not figure.fund or not figure.item or ledger.values(figure):
            continue
        item = ledger.patterns.words.item(figure.item)
        if item is not None and item.loose:
            continue  # 涉及资金 is of another undertaking each time
        first = claims[0]
        for claim in claims[1:]:
            yield Relation(CODE, Form.EQUAL, (of_claim(claim), of_claim(first)))


def _counts(ledger: Ledger) -> dict[Figure, tuple[Claim, ...]]:
    """The counts by figure: 公务用车保有量, 下属单位数."""
    found: dict[Figure, list[Claim]] = {}
    for claim in ledger.of_kind(Kind.COUNT):
        if claim.figure is not None and claim.quantity is not None:
            found.setdefault(claim.figure, []).append(claim)
    return {figure: tuple(claims) for figure, claims in found.items()}
