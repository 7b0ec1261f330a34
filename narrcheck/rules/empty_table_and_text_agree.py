"""说“没有”的，表应当空着；表空着的，要写明没有。

文字说本单位没有某项收支，公开表中就不应有它的数；表是空的，文字里就不应有它的金额。
没有数据的表也要列出，并在表下或说明里写明，读者才知道不是漏列。

正例：本单位没有政府性基金收入，也没有使用政府性基金安排的支出。（政府性基金表为空）
反例：本单位{没有政府性基金收入}。（政府性基金表的收入为12.00）

例文：
    2023年度部门决算

    支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 | 100.00 | 60.00 | 40.00 |
    | 205 | 教育支出 | 100.00 | 60.00 | 40.00 |

    政府性基金预算财政拨款收入支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出合计 | 年末结转和结余 |
    | --- | --- | --- | --- | --- | --- |
    |  | 合计 | 0.00 | 12.00 | 12.00 | 0.00 |
    | 212 | 城乡社区支出 | 0.00 | 12.00 | 12.00 | 0.00 |

    国有资本经营预算财政拨款支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 |  |  |  |

    三、支出决算情况说明

    2023年度支出合计100.00万元。

    八、政府性基金预算收入支出决算情况说明

    2023年度本单位{没有政府性基金收入→}。

    九、国有资本经营预算财政拨款支出决算情况说明

    2023年度本单位没有国有资本经营预算财政拨款支出。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import regex

from narrcheck.claims.claim import Claim, Kind
from narrcheck.document import Table
from narrcheck.figure import Figure, TableValue
from narrcheck.findings import Evidence, Finding, Severity, on_claim
from narrcheck.ledger import Ledger, Operand, Relation, canonical, of_claim, of_value
from narrcheck.patterns.disclosures import EmptyTable
from narrcheck.quantity import Dimension, Quantity, Unit
from narrcheck.relation import Form
from narrcheck.tables import known_tables
from narrcheck.wording import shown, table_evidence

CODE = "NC104"
SLUG = "empty-table-and-text-agree"
_NOTHING = Quantity("0", Decimal("0.00"), Unit("元", Dimension.MONEY, Fraction(1)), 2)
# 上年没有…, 本级没有…, 没有…的部门，作下述说明: nothing is said of this year's amount of all.
_OF_OTHERS = regex.compile(
    r"上年|去年|往年|以前年度|上一?年度|前年|\d{4}年(?!度?本|度?我)|本级|下属|所属|各单位|其他单位"
)
# 其余外交、国防等科目均无支出: of these alone nothing was spent.
_OF_SOME = regex.compile("其余|科目|项目|均|都")
# 政府性基金预算未安排“三公”经费: the table shows what the general budget pays.
_OTHER_MONEY = regex.compile(
    r"政府性基金|国有资本经营|财政专户|非财政拨款|(?:单位|自有|其他)资金|事业收入|经营收入"
)
_ENDS = regex.compile(r"\s*(?:[，。；、;,）)\n]|和|及|与|$|预算|安排)")
_CONDITION = regex.compile(r"^[^，。；]*的(?:[，,]|各?单位|各?部门)")
_TOTALS = ("收入合计", "支出合计", "收入总计", "支出总计")
_AMOUNT = regex.compile(r"(?<![\d,])[0,]*+[1-9][\d,]*+\.\d|\d\.\d*[1-9]")


def check(ledger: Ledger) -> Iterator[Relation | Finding]:
    """Requirements R3, R11: 没有 in the text where the table is empty, and the other way round."""
    empty = tuple(_empty_tables(ledger))
    yield from _denied(ledger, empty)
    yield from _noted(ledger)
    for pattern, table in empty:
        stated = tuple(_stated(ledger, pattern))
        unknown = (claim for claim in stated if claim.figure and not ledger.values(claim.figure))
        yield from (_of_empty(claim, table) for claim in unknown)
        if not stated and not _is_told(ledger, pattern, table):
            yield _unexplained(ledger, table)


def _empty_tables(ledger: Ledger) -> Iterator[tuple[EmptyTable, Table]]:
    """The tables without an amount, each with how a text says that there is none."""
    document, patterns = ledger.document, ledger.patterns
    filled = {value.table for value in ledger.table_values if not value.quantity.is_zero}
    known = known_tables(document, patterns.tables)
    for index, (table, pattern) in enumerate(zip(document.tables, known, strict=True)):
        if pattern is None or index in filled or _holds_amounts(table):
            continue
        for each in patterns.disclosures.empty:
            if pattern.id in each.tables:
                yield each, table


def _holds_amounts(table: Table) -> bool:
    """Whether a cell looks like an amount: one that was not read makes no table empty."""
    return any(_AMOUNT.search(cell.text) for row in table.rows for cell in row)


def _denied(
    ledger: Ledger, empty: tuple[tuple[EmptyTable, Table], ...]
) -> Iterator[Relation | Finding]:
    """Each 没有 against the amounts of the same figure; repeated ones are told once."""
    groups: dict[Figure, list[Claim]] = {}
    for claim in ledger.of_kind(Kind.ZERO):
        if claim.figure is not None and _is_of_this_year(ledger, claim):
            groups.setdefault(canonical(claim.figure), []).append(claim)
    for figure, claims in groups.items():
        values = ledger.values(figure)
        paid = next((value for value in values if not value.quantity.is_zero), None)
        if paid is not None:
            yield _contradiction(ledger, claims, paid)
        elif values:
            yield Relation(CODE, Form.EQUAL, (_nothing(), of_value(values[0])), tuple(claims))
        elif nought := _said_to_be_none(ledger, figure):
            operands = (_nothing(), of_claim(nought))
            yield Relation(CODE, Form.EQUAL, operands, tuple(claims), one_way=True)
        else:
            table = next((t for each, t in empty if each.fund == figure.fund), None)
            if table is not None:
                because = f"《{table.title}》没有数，是空表"
                pair = (_nothing(), _nothing(because))
                yield Relation(CODE, Form.EQUAL, pair, tuple(claims))


def _said_to_be_none(ledger: Ledger, figure: Figure) -> Claim | None:
    """An amount of 0 that the text states of a figure, and no other."""
    stated = ledger.amounts.get(figure, ())
    none = all(each.quantity is not None and each.quantity.is_zero for each in stated)
    return stated[0] if stated and none else None


def _nothing(because: str = "") -> Operand:
    return Operand(_NOTHING, "0", because=because)


def _is_of_this_year(ledger: Ledger, claim: Claim) -> bool:
    """Whether a claim plainly says that there is nothing this year."""
    assert claim.figure is not None
    paragraph = ledger.document.paragraphs[claim.paragraph]
    before = claim.lead
    before = before[max(before.rfind(mark) for mark in "，；：") + 1 :]
    after = ledger.document.text[claim.where.end : claim.where.end + 40]
    year = ledger.document.year
    said = before.replace(f"{year}年", "") if year else before
    return (
        claim.figure.year == year
        and paragraph.role == "body"
        and not _OF_OTHERS.search(said)
        and not (claim.figure.item in _TOTALS and _OF_SOME.search(said))
        and not (claim.figure.fund == "三公" and _OTHER_MONEY.search(said))
        and _ENDS.match(after) is not None
        and not _CONDITION.match("".join(after.split()))
    )


def _contradiction(ledger: Ledger, claims: list[Claim], paid: TableValue) -> Finding:
    claim, *others = claims
    table = ledger.document.tables[paid.table]
    again = f"（全文共{len(claims)}处）" if others else ""
    finding = on_claim(
        claim,
        CODE,
        SLUG,
        Severity.ERROR,
        f"文字说“{claim.text}”，而《{table.title}》中有{shown(paid.quantity)}{again}。",
        evidence=(
            table_evidence(ledger.document, paid),
            *(Evidence("text", text=each.text, where=each.where) for each in others),
        ),
    )
    return replace(finding, suggestion=None)


def _noted(ledger: Ledger) -> Iterator[Finding]:
    """Tables with amounts below which stands that they have none."""
    document = ledger.document
    for index, table in enumerate(document.tables):
        paid = next(
            (v for v in ledger.table_values if v.table == index and not v.quantity.is_zero), None
        )
        if paid is None:
            continue
        for note in table.notes:
            found = regex.search(
                r"故?本表(?:为空表|无数据|没有数据)|本表为空", "".join(note.split())
            )
            if found:
                yield _wrong_note(ledger, table, note, found[0], paid)


def _wrong_note(ledger: Ledger, table: Table, note: str, words: str, paid: TableValue) -> Finding:
    document = ledger.document
    where = next(
        (
            document.where_in(each, 0, len(each.text))
            for each in document.paragraphs
            if each.role == "note" and each.text == note
        ),
        table.where,
    )
    return Finding(
        CODE,
        SLUG,
        Severity.ERROR,
        f"表下说“{words}”，而表中有{shown(paid.quantity)}。",
        note,
        note,
        where,
        document.section_path(table.section),
        claimed=words,
        evidence=(table_evidence(document, paid),),
    )


def _stated(ledger: Ledger, pattern: EmptyTable) -> Iterator[Claim]:
    """The amounts that the text states of the whole of a fund this year."""
    year, kind = ledger.document.year, ledger.document.kind
    for claim in ledger.of_kind(Kind.AMOUNT):
        if claim.figure is None or claim.quantity is None or claim.quantity.is_zero:
            continue
        figure = canonical(claim.figure)
        whole = figure.item in _TOTALS or figure.item == pattern.id
        plain = figure.year == year and figure.measure == f"{kind}数" and not figure.part
        named = pattern.id in "".join(claim.sentence.split())
        if figure.fund == pattern.fund and whole and plain and named:
            yield claim


def _of_empty(claim: Claim, table: Table) -> Finding:
    return on_claim(
        claim,
        CODE,
        SLUG,
        Severity.ERROR,
        f"文字说有{claim.text}，而《{table.title}》是空表。",
        evidence=(Evidence("text", text=f"《{table.title}》没有数", where=table.where),),
    )


def _is_told(ledger: Ledger, pattern: EmptyTable, table: Table) -> bool:
    """Whether the document says, below the table or elsewhere, that there is nothing."""
    general = [each for each in ledger.patterns.disclosures.empty if not each.tables]
    notes = ["".join(note.split()) for note in table.notes]
    if any(each.regex.search(note) for each in (pattern, *general) for note in notes):
        return True
    return any(
        pattern.regex.search("".join(paragraph.text.split()))
        for paragraph in ledger.document.paragraphs
        if paragraph.role in ("body", "note")
    )


def _unexplained(ledger: Ledger, table: Table) -> Finding:
    document = ledger.document
    return Finding(
        CODE,
        SLUG,
        Severity.INFO,
        f"《{table.title}》是空表，表下和说明里都没有写明没有数据。",
        table.title,
        table.title,
        table.where,
        document.section_path(table.section),
        claimed=table.title,
    )
