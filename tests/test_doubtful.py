"""A number that may have been misread in a picture accuses nobody: it is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from narrcheck.claims import read_claims
from narrcheck.diagnose import Diagnosis, diagnose
from narrcheck.document import Document, Where
from narrcheck.findings import Finding, Severity, Status
from narrcheck.ledger import make_ledger
from narrcheck.load.apart import with_tables_of
from narrcheck.load.text import load_text
from narrcheck.patterns import load_patterns
from narrcheck.rules import RULES
from narrcheck.tables import read_tables

DISCLOSURE = """\
2031年度青禾县水利局部门决算

收入支出决算总表

公开01表
部门：青禾县水利局\t\t金额单位：万元
收入\t\t\t支出\t\t
项目\t行次\t金额\t项目\t行次\t金额
栏次\t\t1\t栏次\t\t2
一、一般公共预算财政拨款收入\t1\t93.00\t一、农林水支出\t9\t96.00
二、其他收入\t2\t7.00\t二、住房保障支出\t10\t4.00
本年收入合计\t5\t100.00\t本年支出合计\t13\t100.00
总计\t7\t100.00\t总计\t15\t100.00

情况说明

一、收入决算情况说明

2031年度收入合计{income}万元，其中：财政拨款收入93.00万元，占{share}%；其他收入7.00万元，占7.0%。
"""


def made(income: str = "100.00", share: str = "93.0") -> Document:
    text = DISCLOSURE.format(income=income, share=share)
    return load_text("made.txt", "0" * 64, text.encode())


def doubting(document: Document, *numbers: str) -> Document:
    """The document, one digit of some numbers of it (where they stand last) taken as doubtful."""
    starts = sorted(document.text.rindex(number) for number in numbers)
    return replace(document, doubtful=tuple((start, start + 1) for start in starts))


def checked(document: Document) -> Diagnosis:
    known = load_patterns()
    values = read_tables(document, known.tables)
    reading = read_claims(document, known, values)
    ledger = make_ledger(document, known, reading, values)
    return diagnose(ledger, (said for rule in RULES for said in rule.check(ledger)))


def the_finding(diagnosis: Diagnosis, code: str) -> Finding:
    (finding,) = [each for each in diagnosis.findings if each.code == code]
    return finding


def test_a_sure_number_that_is_wrong_is_an_error() -> None:
    finding = the_finding(checked(made(share="98.0")), "NC203")
    assert finding.severity is Severity.ERROR
    assert "请核对原件" not in finding.message


def test_a_doubtful_number_that_does_not_fit_is_asked_about() -> None:
    diagnosis = checked(doubting(made(share="98.0"), "98.0"))
    finding = the_finding(diagnosis, "NC203")
    assert finding.severity is Severity.INFO
    assert finding.message.startswith("请核对原件：")
    assert finding.message.endswith("（文字识别不够可靠）。")
    assert finding.suggestion is None
    assert finding.evidence
    assert finding.claim is not None
    assert diagnosis.statuses[finding.claim] is Status.UNCHECKED
    assert diagnosis.reasons[finding.claim] == "doubtful-reading"


def test_a_number_is_not_accused_by_a_doubtful_one() -> None:
    finding = the_finding(checked(doubting(made(share="98.0"), "93.00")), "NC203")
    assert finding.text == "98.0%"
    assert finding.severity is Severity.INFO


def test_a_doubtful_cell_accuses_nobody() -> None:
    document = made(income="180.00")
    cell = document.tables[0].rows[-2][2]
    assert cell.text == "100.00"
    spans = tuple(
        (each.where.start, each.where.start + 1)
        for row in document.tables[0].rows
        for each in row
        if each.text == "100.00"
    )
    sure, unsure = checked(document), checked(replace(document, doubtful=spans))
    assert Severity.ERROR in {each.severity for each in sure.findings}
    assert {each.severity for each in unsure.findings} == {Severity.INFO}


def test_a_doubtful_number_elsewhere_changes_nothing() -> None:
    document = made(share="98.0")
    assert checked(doubting(document, "7.00")).findings == checked(document).findings


def test_a_doubtful_number_that_fits_agrees() -> None:
    document = doubting(made(), "93.0%")
    diagnosis = checked(document)
    assert diagnosis.findings == checked(made()).findings
    assert Status.AGREES in diagnosis.statuses.values()


def test_doubts_of_a_second_file_go_with_its_tables() -> None:
    tables = made()
    cell = tables.tables[0].rows[2][2].where
    second = replace(tables, path="tables.txt", doubtful=((cell.start, cell.end),))
    text = made().text
    narrative = load_text("made.txt", "1" * 64, text[text.index("情况说明") :].encode())
    whole = with_tables_of(second, narrative)
    place = whole.tables[0].rows[2][2].where
    assert whole.is_doubtful_at(place)
    assert not whole.is_doubtful_at(replace(place, file=""))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 3, False), (0, 4, True), (4, 5, True), (5, 6, False), (7, 9, True), (9, 20, False)],
)
def test_doubt_is_of_places_that_overlap(start: int, end: int, expected: bool) -> None:
    document = replace(made(), doubtful=((3, 5), (8, 9)))
    assert document.is_doubtful(start, end) is expected
    assert document.is_doubtful_at(Where(start, end)) is expected
