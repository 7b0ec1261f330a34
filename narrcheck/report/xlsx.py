"""The report as an Excel workbook: the list of problems to sign, all numbers, and a summary."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook

from narrcheck.claims.claim import Claim, NoClaim, Unread
from narrcheck.claims.draw import KINDS
from narrcheck.findings import DocumentReport, Finding, Report, Severity, Standing, Status
from narrcheck.report.lines import place, plain
from narrcheck.report.marking import excerpt, occurrence
from narrcheck.report.paths import relative
from narrcheck.report.reasons import why_unchecked
from narrcheck.report.rule_pages import rule_name
from narrcheck.report.sentences import count
from narrcheck.report.standing import (
    STALE,
    STANDINGS,
    reason_of,
    stale_line,
    standing_counts,
    standing_of,
)
from narrcheck.report.text import SEVERITIES, STATUSES, evidence_line
from narrcheck.report.workbooks import content_of
from narrcheck.report.xlsx_lists import MIDDLE, RIGHT, Column, Content, Row, write_list

RED, YELLOW, BLUE = "FFF8CBAD", "FFFFE699", "FFDDEBF7"
SEVERITY_COLOURS = {
    SEVERITIES[Severity.ERROR][0]: RED,
    SEVERITIES[Severity.WARNING][0]: YELLOW,
    SEVERITIES[Severity.INFO][0]: BLUE,
}
NO_STATEMENT, UNREAD = "非陈述", "未读懂"
RESULT_COLOURS = {
    STATUSES[Status.DISAGREES]: RED,
    STATUSES[Status.MALFORMED]: RED,
    UNREAD: YELLOW,
}

PROBLEMS = (
    Column("序号", 5, MIDDLE),
    Column("文件", 14),
    Column("位置", 8, MIDDLE),
    Column("所在部分", 17),
    Column("原句", 36),
    Column("原文", 11),
    Column("应为", 11),
    Column("说明", 26),
    Column("成因", 13),
    Column("依据", 36),
    Column("规则", 13),
    Column("级别", 6, MIDDLE, SEVERITY_COLOURS),
    Column("状态", 9),
    Column("处理意见", 13),
    Column("复核", 9),
)
NUMBERS = (
    Column("序号", 6, MIDDLE),
    Column("文件", 16),
    Column("位置", 8, MIDDLE),
    Column("文中写法", 14),
    Column("数值", 13, RIGHT),
    Column("单位", 7, MIDDLE),
    Column("原句", 48),
    Column("类别", 9, MIDDLE),
    Column("项目", 22),
    Column("口径", 12),
    Column("年度", 7, MIDDLE),
    Column("资金", 13),
    Column("结果", 9, MIDDLE, RESULT_COLOURS),
    Column("缘由", 26),
)
DOCUMENTS = (
    Column("序号", 6, MIDDLE),
    Column("文件", 34),
    Column("单位", 26),
    Column("年度", 7, MIDDLE),
    *(Column(SEVERITIES[each][0], 7, MIDDLE) for each in Severity),
    Column(STANDINGS[Standing.SUPPRESSED], 9, MIDDLE),
    Column("读到的数字", 10, MIDDLE),
    Column(STATUSES[Status.AGREES], 7, MIDDLE),
    Column(STATUSES[Status.UNCHECKED], 8, MIDDLE),
    Column(UNREAD, 8, MIDDLE),
    Column("注意", 40),
)


def write_xlsx(report: Report) -> bytes:
    """The workbook's bytes; the same report gives the same ones.

    Its sheets are 问题清单 with two empty columns to fill in, 全部数字, and 文件汇总 with the
    worst document first.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    write_list(workbook, "问题清单", PROBLEMS, _problems(report), none="未发现问题。")
    write_list(workbook, "全部数字", NUMBERS, _numbers(report), none="没有读到数字。")
    write_list(workbook, "文件汇总", DOCUMENTS, _documents(report), none="没有文件。")
    return content_of(workbook)


def _problems(report: Report) -> Iterator[Row]:
    pairs = ((each, finding) for each in report.documents for finding in each.findings)
    for nth, (document, finding) in enumerate(pairs, 1):
        cells = (nth, *_problem(document, finding), None, None)
        yield Row(cells, pale=document.standing(finding) is Standing.SUPPRESSED)


def _problem(report: DocumentReport, finding: Finding) -> Iterator[Content]:
    """What the columns from 文件 to 状态 say of a finding."""
    source = "" if finding.where.file else report.document.text
    standing, reason = standing_of(report, finding), reason_of(report, finding)
    expected = finding.expected if finding.expected is not None else finding.suggestion
    yield plain(relative(report.document.path))
    yield place(finding.where)
    yield " / ".join(map(plain, finding.section[-2:]))  # the outermost is the same for nearly all
    yield excerpt(plain(finding.sentence), occurrence(finding, source))
    yield plain(finding.claimed or finding.text)
    yield plain(expected or "")
    yield plain(finding.message)
    yield plain(finding.diagnosis or "")
    yield "\n".join(map(evidence_line, finding.evidence))
    yield rule_name(finding.code)
    yield SEVERITIES[finding.severity][0]
    yield f"{standing}：{reason}" if reason else standing


def _numbers(report: Report) -> Iterator[Row]:
    """Every number of the documents, and the statements that have none."""
    nth = 0
    for each in report.documents:
        reading = each.reading
        read: list[Claim | NoClaim | Unread]
        read = [*reading.claims, *reading.no_claims, *reading.unread]
        for number in sorted(read, key=lambda number: number.where.start):
            nth += 1
            place_of = (
                plain(relative(each.document.path)),
                place(number.where),
                plain(number.text),
            )
            told = _claim(each, number) if isinstance(number, Claim) else _other(number)
            yield Row((nth, *place_of, *told))


def _claim(report: DocumentReport, claim: Claim) -> tuple[Content, ...]:
    """What the columns from 数值 on say of a claim."""
    figure, quantity, status = claim.figure, claim.quantity, report.statuses[claim.id]
    facts: tuple[Content, ...] = ("", "", None, "")
    if figure is not None:
        facts = (plain(str(figure)), figure.measure, figure.year, figure.fund)
    reason = report.reasons.get(claim.id) if status is Status.UNCHECKED else None
    at = (claim.at, claim.at + len(claim.text))
    return (
        quantity.value if quantity is not None else None,
        plain(quantity.unit.text) if quantity is not None else "",
        "".join(excerpt(plain(claim.sentence), at)),
        KINDS[claim.kind],
        *facts,
        STATUSES[status],
        why_unchecked(claim, reason) if reason is not None else "",
    )


def _other(number: NoClaim | Unread) -> tuple[Content, ...]:
    """The same of a number that states nothing, or was not understood."""
    nothing = ("", "", None, "")
    if isinstance(number, NoClaim):
        return (None, "", "", "", *nothing, NO_STATEMENT, plain(number.why))
    return (None, "", plain(number.sentence), "", *nothing, UNREAD, "没有一条句式对得上")


def _documents(report: Report) -> Iterator[Row]:
    """The documents, the worst first; what people let stand counts apart."""
    ranked = sorted(report.documents, key=lambda each: [-n for n in _severities(each)])
    for nth, each in enumerate(ranked, 1):
        document, counts = each.document, count(each.reading)
        stale = (f"{STALE}：{stale_line(suppression)}" for suppression in each.stale())
        said = (standing_counts(each), *map(plain, document.notices), *stale)
        cells = (
            nth,
            plain(relative(document.path)),
            plain(document.unit),
            document.year,
            *_severities(each),
            sum(each.standing(f) is Standing.SUPPRESSED for f in each.findings),
            counts.numbers,
            each.count(Status.AGREES),
            each.count(Status.UNCHECKED),
            counts.unread,
            "\n".join(filter(None, said)),
        )
        yield Row(cells)


def _severities(report: DocumentReport) -> list[int]:
    """How many errors, warnings and infos there are that nobody lets stand."""
    left = [f for f in report.findings if report.standing(f) is not Standing.SUPPRESSED]
    return [sum(finding.severity is severity for finding in left) for severity in Severity]
