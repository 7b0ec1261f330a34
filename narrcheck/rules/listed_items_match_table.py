"""“主要包括”列出的科目，在经济分类表中有金额。

人员经费、公用经费“主要包括”的科目，应当是基本支出表中有金额的科目。金额为0或表中没有的，多半是模板或往年的说明没有删改。

正例：人员经费60.00万元，主要包括：基本工资、津贴补贴。（表中两项都有金额）
反例：人员经费60.00万元，主要包括：基本工资、津贴补贴、{奖金}。（表中奖金为0.00）

例文：
    2023年度部门决算

    一般公共预算财政拨款基本支出决算明细表

    金额单位：万元

    | 科目代码 | 科目名称 | 决算数 |
    | --- | --- | --- |
    | 301 | 工资福利支出 | 65.00 |
    | 30101 | 基本工资 | 40.00 |
    | 30102 | 津贴补贴 | 20.00 |
    | 30103 | 奖金 | 0.00 |
    | 30113 | 住房公积金 | 5.00 |
    | 302 | 商品和服务支出 | 30.00 |
    | 30201 | 办公费 | 30.00 |
    | 30207 | 邮电费 | 0.00 |

    六、一般公共预算财政拨款基本支出决算情况说明

    人员经费65.00万元，主要包括：基本工资、津贴补贴、{奖金→}、住房公积金。

    公用经费30.00万元，主要包括：办公费。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import TableValue
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger, Relation, of_value
from narrcheck.ledger.operand import exactly
from narrcheck.patterns.subjects import plain
from narrcheck.relation import Form
from narrcheck.wording import table_evidence

CODE = "NC102"
SLUG = "listed-items-match-table"
_CLASS = 3  # digits of the code of a 类
_FEWEST = 2  # names a list must share with the table before the rest is held against it


def check(ledger: Ledger) -> Iterator[Finding | Relation]:
    """Formula C12: the names of a list are rows with an amount; rows may be left out of it.

    A list is borne out where the tables have an amount of each of its names.
    """
    rows = _rows(ledger)
    for claim in ledger.of_kind(Kind.LIST):
        if not _is_of_table(ledger, claim):
            continue
        names = tuple(_joined(claim.names, rows))
        paid = [name for name in names if any(_is_paid(value) for value in rows.get(name, ()))]
        unpaid = [
            name
            for name in names
            if name not in paid and (name in rows or _is_subject(ledger, name))
        ]
        if len(paid) >= _FEWEST and len(paid) > len(unpaid) > 0:
            yield _finding(ledger, claim, unpaid, rows)
        elif paid and paid == list(names):
            for name in paid:
                value = next(value for value in rows[name] if _is_paid(value))
                yield Relation(
                    CODE,
                    Form.MORE,
                    (of_value(value), exactly(0, value.quantity.unit)),
                    (claim,),
                    one_way=True,
                )


def _is_of_table(ledger: Ledger, claim: Claim) -> bool:
    """Whether a list is of what the table on 基本支出 tells apart.

    机关运行经费 is where it is the very amount of 公用经费, a 类 (302 商品和服务支出) where it is
    the one of the table.
    """
    figure = claim.figure
    if figure is None:
        return False
    if figure.code[:1] == "3" and len(figure.code) == _CLASS:
        amount = ledger.stated(figure, claim)
        return amount is not None and ledger.borne_out(amount) is not None
    if figure.item != "机关运行经费":
        return figure.item in ("人员经费", "公用经费")
    daily = {
        v.quantity.amount
        for f, each in ledger.by_figure.items()
        if f.item == "公用经费" and f.year == figure.year
        for v in each
    }
    told = ledger.stated(figure, claim)
    return told is not None and told.quantity is not None and told.quantity.amount in daily


def _rows(ledger: Ledger) -> Mapping[str, list[TableValue]]:
    """The table values of every 款 of the economic classification, by the plain form of names."""
    found: dict[str, list[TableValue]] = {}
    for value in ledger.table_values:
        figure = value.figure
        if figure is not None and figure.code[:1] == "3" and len(figure.code) == 5:
            found.setdefault(plain(figure.item), []).append(value)
    return found


def _joined(names: tuple[str, ...], rows: Mapping[str, object]) -> Iterator[str]:
    """The plain names; 税金 and 附加费用, which a list seems to part, as the one row they are."""
    index = 0
    while index < len(names):
        pair = [plain(f"{word}".join(names[index : index + 2])) for word in "及和"]
        whole = next((name for name in pair if name in rows), None)
        name = plain(names[index])
        yield whole or (f"{name}用" if name not in rows and f"{name}用" in rows else name)
        index += 2 if whole else 1


def _is_subject(ledger: Ledger, name: str) -> bool:
    """Whether the economic classification has a 款 of that name."""
    known = ledger.patterns.subjects.get(name, ())
    return any(each.code[:1] == "3" and len(each.code) == 5 for each in known)


def _is_paid(value: TableValue) -> bool:
    return not value.quantity.is_zero


def _amount(values: list[TableValue]) -> str:
    """What the tables say of the rows: 为0.00, or nothing at all."""
    return f"为{values[0].quantity.value:f}" if values else "没有"


def _finding(
    ledger: Ledger, claim: Claim, unpaid: list[str], rows: Mapping[str, list[TableValue]]
) -> Finding:
    document = ledger.document
    values = [rows[name][0] for name in unpaid if name in rows]
    printed = {plain(name): name for name in claim.names}
    items = {plain(value.figure.item): value.figure.item for value in values if value.figure}
    shown = "、".join(printed.get(name) or items.get(name, name) for name in unpaid)
    first = printed.get(unpaid[0], claim.text)
    paragraph = document.paragraphs[claim.paragraph]
    at = max(paragraph.text.find(first), 0)
    where = document.where_in(paragraph, at, at + len(first))
    return Finding(
        CODE,
        SLUG,
        Severity.WARNING,
        f"“主要包括”列有{shown}，公开表中{_amount(values)}，不应列出。",
        first,
        claim.sentence,
        where,
        claim.section,
        claim.id,
        claimed=shown,
        evidence=tuple(table_evidence(document, value) for value in values),
    )
