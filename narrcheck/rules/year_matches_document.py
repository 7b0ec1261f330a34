"""标题、截至日期和数字所说的年度，是本文件的年度。

每年的说明多半从上一年的文件改来，容易漏改年份。各处都与上年比，只有一处写着与另一年比的，也提示。

正例：2023年度部门决算：截至2023年12月31日，本部门共有车辆3辆。
反例：2023年度部门决算：截至{2022年12月31日}，本部门共有车辆3辆。

例文：
    2023年度部门决算

    第一部分 部门概况

    第二部分 2023年度部门决算表

    收入决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年收入合计 | 财政拨款收入 |
    | --- | --- | --- | --- |
    |  | 合计 | 1234.56 | 1234.56 |
    | 205 | 教育支出 | 1234.56 | 1234.56 |

    第三部分 {2022→2023}年度部门决算情况说明

    二、收入决算情况说明

    {2022→2023}年度收入合计1234.56万元。

    十一、国有资产占用情况说明

    截至{2022→2023}年12月31日，本部门共有车辆3辆。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from narrcheck.claims.claim import Claim
from narrcheck.document import Paragraph
from narrcheck.figure import TableValue
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.quantity import half_width
from narrcheck.rules.year_left_over import left_over
from narrcheck.wording import table_evidence

CODE = "NC302"
SLUG = "year-matches-document"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_TITLE = regex.compile(
    rf"{_YEAR}\s?年度?(?:部门|单位)(?:决算|预算)(?:公开)?(?:情况说明|表|报表|公开表)"
)
_STATE = regex.compile(rf"截[至止]到?\s?{_YEAR}\s?年\s?12\s?月\s?31\s?日")
_ASSETS = regex.compile(r"车辆|国有资产|设备|房屋|用车")
_SAID = regex.compile(rf"{_YEAR}\s?年")


def check(ledger: Ledger) -> Iterator[Finding]:
    """Requirement R2: each wrong year once, as the first that knows it tells it."""
    told: set[int] = set()
    for finding in _all(ledger) if ledger.document.year is not None else ():
        if finding.where.start not in told:
            told.add(finding.where.start)
            yield finding


def _all(ledger: Ledger) -> Iterator[Finding]:
    """An amount proves the year that it is printed for in a table; others are known by place."""
    document = ledger.document
    for paragraph in document.paragraphs:
        if paragraph.role in ("heading", "title") or len(paragraph.text) <= 40:
            yield from _found(ledger, paragraph, _TITLE, "标题")
        if document.kind == "决算" and _ASSETS.search(paragraph.text):
            yield from _found(ledger, paragraph, _STATE, "截至日期")
    for identity, (dated, value) in ledger.misdated.items():
        yield from _on_year(ledger, ledger.by_id[identity], dated, value)
    for paragraph, place, what, right in left_over(ledger):
        said = half_width(paragraph.text[slice(*place)])
        message = f"写作{said}年，按上下文应是{what}，本文件为{document.year}年度{document.kind}。"
        found = _finding(ledger, paragraph, place, message, Severity.WARNING)
        yield replace(found, expected=str(right), suggestion=str(right))


def _found(
    ledger: Ledger, paragraph: Paragraph, form: regex.Pattern[str], what: str
) -> Iterator[Finding]:
    """The years of a form that are not the document's."""
    year = ledger.document.year
    for match in form.finditer(half_width(paragraph.text)):
        if int(match["year"]) != year:
            message = f"{what}写作{match['year']}年，本文件为{year}年度{ledger.document.kind}。"
            yield _finding(ledger, paragraph, match.span("year"), message, Severity.WARNING)


def _on_year(ledger: Ledger, claim: Claim, said: int, value: TableValue) -> Iterator[Finding]:
    """The finding on the year that stands before the claim in its sentence."""
    paragraph = ledger.document.paragraphs[claim.paragraph]
    begins = paragraph.text.find(claim.sentence[:12]) if claim.sentence else -1
    years = [
        match
        for match in _SAID.finditer(half_width(paragraph.text), max(begins, 0))
        if paragraph.offset(match.start()) < claim.where.start and int(match["year"]) == said
    ]
    if not years:
        return
    year = ledger.document.year
    message = f"写作{said}年，{claim.text}是表中{year}年度的数。"
    found = _finding(ledger, paragraph, years[-1].span("year"), message, Severity.ERROR)
    yield replace(found, evidence=(table_evidence(ledger.document, value),))


def _finding(
    ledger: Ledger, paragraph: Paragraph, span: tuple[int, int], message: str, severity: Severity
) -> Finding:
    document, (start, end) = ledger.document, span
    said = paragraph.text[start:end]
    begins = paragraph.text.rfind("。", 0, start) + 1
    return Finding(
        CODE,
        SLUG,
        severity,
        message,
        said,
        paragraph.text[begins:].split("。")[0].strip(),
        document.where_in(paragraph, start, end),
        document.section_path(paragraph.section),
        claimed=said,
        expected=str(document.year),
        suggestion=str(document.year),
    )
