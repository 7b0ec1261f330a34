"""公开稿里没有留下模板的文字。

“增加（减少）”没有二选一、“XX”没有填、“（如有）”“请根据实际情况填写”“公开时请删除”没有删，都是模板的残留。
二选一后面跟着数的，读者不知道是增还是减，是错误；占位符没有填上数的，也是错误；其余是警告。表里的字不算。

正例：与上年相比，减少1.00万元，下降10.0%。
反例：与上年相比，减少1.00万元，{下降（增长）10.0%}。

例文：
    2023年度部门决算

    九、机关运行经费支出情况

    机关运行经费支出9.00万元，比上年决算数减少1.00万元，{下降（增长）10.0%→下降10.0%}，{减少（增加）→}的主要原因是压减会议。

    十一、政府采购支出情况

    政府采购支出总额{XX万元→}。受理申请{（如有）→}12件。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from narrcheck.claims.claim import Claim, Flaw, Kind
from narrcheck.findings import Finding, on_flaws
from narrcheck.ledger import Ledger

CODE = "NC506"
SLUG = "template-residue"


def check(ledger: Ledger) -> Iterator[Finding]:
    """The residue that ``patterns/flaws.toml`` knows; 增加（减少） is settled by its neighbour."""
    for flaw, finding in on_flaws(ledger, CODE, SLUG):
        chosen = _chosen(ledger, flaw)
        yield replace(finding, expected=chosen, suggestion=chosen) if chosen else finding


def _chosen(ledger: Ledger, flaw: Flaw) -> str | None:
    """The alternative that goes the way of the other number of the same change, None unknown."""
    claim = ledger.claim_in(flaw)
    if claim is None or not flaw.choices:
        return None
    spoilt = {each.id for group in ledger.flaws(SLUG) for each in _claims(ledger, group)}
    for other in ledger.of_kind(Kind.CHANGE, Kind.GROWTH):
        same = other.figure == claim.figure and other.base == claim.base and other.direction
        if same and other.paragraph == claim.paragraph and other.id not in spoilt:
            wanted = "up" if other.direction > 0 else "down"
            return next((each for each in flaw.choices if _goes(ledger, each, wanted)), None)
    return None


def _claims(ledger: Ledger, flaws: tuple[Flaw, ...]) -> Iterator[Claim]:
    """The claims whose numbers some flaws spoil."""
    for flaw in flaws:
        claim = ledger.claim_in(flaw)
        if claim is not None:
            yield claim


def _goes(ledger: Ledger, choice: str, wanted: str) -> bool:
    """Whether an alternative begins with a word that goes up, or down."""
    cues = ledger.patterns.words.cues.items()
    return any(choice.startswith(word) and wanted in kinds for word, kinds in cues)
