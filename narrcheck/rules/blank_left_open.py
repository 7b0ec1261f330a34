"""该填的数、日期都填上了。

“减少 万元”“占 %”“202 年度”“共有车辆 辆”空着没有填，读者读不出数来；没有的也应写0。

正例：共有车辆3辆，其中：应急保障用车0辆、执法执勤用车3辆。
反例：共有{车辆 辆}，其中：{应急保障用车 辆}、执法执勤用车3辆。

例文：
    2023年度部门决算

    九、机关运行经费支出情况

    机关运行经费支出9.00万元，比上年决算数{减少万元→}。

    十一、国有资产占用情况

    截至2023年12月31日，本部门共有{车辆辆→车辆3辆}，其中：{应急保障用车辆→}、执法执勤用车2辆、其他用车1辆。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from narrcheck.claims.claim import Claim, Flaw, Kind
from narrcheck.findings import Evidence, Finding, on_flaws
from narrcheck.ledger import Ledger

CODE = "NC507"
SLUG = "blank-left-open"


def check(ledger: Ledger) -> Iterator[Finding]:
    """The blanks that ``patterns/flaws.toml`` knows; a count is added up from its parts."""
    for flaw, bare in on_flaws(ledger, CODE, SLUG):
        finding = _with_blank(ledger, bare)
        parts = _parts(ledger, flaw)
        if not parts:
            yield finding
            continue
        numbers = [each.quantity.value for each in parts if each.quantity is not None]
        unit = flaw.text[-1]
        expected = f"{flaw.text[:-1]}{sum(numbers)}{unit}"
        formula = f"句中各项：{' + '.join(map(str, numbers))} = {sum(numbers)}{unit}"
        yield replace(
            finding,
            message=f"{finding.message.removesuffix('。')}，按句中各项应为{expected}。",
            expected=expected,
            suggestion=expected,
            evidence=(*finding.evidence, Evidence("formula", formula)),
        )


def _with_blank(ledger: Ledger, finding: Finding) -> Finding:
    """The finding, its words as they stand in the document: “减少 万元”, not “减少万元”."""
    where = finding.where
    shown = " ".join(ledger.document.text[where.start : where.end].split())
    message = finding.message.replace(f"“{finding.text}”", f"“{shown}”")
    return replace(finding, text=shown, claimed=shown, message=message)


def _parts(ledger: Ledger, flaw: Flaw) -> list[Claim]:
    """The counts of the same unit that a blank is taken apart into: 共有车辆 辆，其中：…."""
    rest = ledger.document.text[flaw.where.end : flaw.where.end + 8].lstrip("，, \n（(")
    if not rest.startswith(("其中", "包括", "分别")):
        return []
    unit = ledger.patterns.words.units.get(flaw.text[-1])
    return [
        claim
        for claim in ledger.of_kind(Kind.COUNT)
        if claim.paragraph == flaw.paragraph
        and claim.sentence == flaw.sentence
        and claim.where.start > flaw.where.end
        and claim.quantity is not None
        and claim.quantity.unit == unit
    ]
