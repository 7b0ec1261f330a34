"""类、款、项的名称，与公开表中的一致。

说明里有金额的科目，公开表中应当有同名的科目。名称不同，多半是沿用了往年的旧名称、写错了上一级，或抄错了行。
同一个错名在别处（如名词解释）再写一次，也各提示一次。名称旁边的科目编码不是公开表中这个名称的，也提示；名称和编码在公开表中都有而不是同一行的，
按金额判断是哪一个写错。一个科目写了两次，其中一次的金额是公开表中另一个、说明里没有写到的科目的，这一次的名称照抄错了，也提示。总表所列的类，与标准名称只差一个字的，同样提示。常见的项，用途写成了另一项的（住房公积金用于医疗保险），同样提示。

正例：社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项），表中有此项。
反例：社会保障和就业支出（类）行政事业单位养老支出（款）{归口管理的行政单位离退休}（项），表中为“行政单位离退休”。

例文：
    2023年度部门决算

    一般公共预算财政拨款支出决算表

    金额单位：万元

    | 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | --- | --- | --- | --- | --- |
    |  | 合计 | 100.00 | 60.00 | 40.00 |
    | 208 | 社会保障和就业支出 | 100.00 | 60.00 | 40.00 |
    | 20805 | 行政事业单位养老支出 | 100.00 | 60.00 | 40.00 |
    | 2080501 | 行政单位离退休 | 70.00 | 30.00 | 40.00 |
    | 2080502 | 事业单位离退休 | 30.00 | 30.00 | 0.00 |

    五、一般公共预算财政拨款支出决算情况说明

    1.社会保障和就业支出（类）行政事业单位养老支出（款）{归口管理的行政单位离退休→行政单位离退休}（项）。支出决算为70.00万元。

    2.社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）。支出决算为30.00万元。

    第四部分 名词解释

    一、{归口管理的行政单位离退休→行政单位离退休}（项）：指行政单位开支的离退休经费。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from narrcheck.claims.claim import Claim, Kind
from narrcheck.claims.entries import Named, named_levels
from narrcheck.document import Paragraph
from narrcheck.figure import TableValue
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.patterns.subjects import plain
from narrcheck.rules.class_misprinted import misprinted
from narrcheck.rules.code_matches_name import is_named, miscoded, name_of
from narrcheck.rules.name_copied import copied
from narrcheck.rules.purpose_matches_item import misused
from narrcheck.tables.cells import split_code
from narrcheck.wording import table_evidence

CODE = "NC103"
SLUG = "item-named-as-in-table"
_LEVEL_NAMES = {3: "类", 5: "款", 7: "项"}
_ALIKE = 0.6  # part of their characters that two spellings of one name share at least


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry: the paragraph it stands in, the names of its levels, the amount it states."""

    paragraph: Paragraph
    levels: tuple[Named, ...]
    amount: Claim | None


def check(ledger: Ledger) -> Iterator[Finding]:
    """Requirement R5: the subjects that the narrative names stand in the tables."""
    rows = _rows(ledger)
    found: dict[tuple[Paragraph, Named], TableValue] = {}
    for entry in _entries(ledger):
        fault = _fault(entry, rows)
        if fault is not None and fault[1].figure is not None:
            found[entry.paragraph, fault[0]] = fault[1]
            yield _finding(ledger, entry, *fault)
    yield from _again(ledger, found, {(len(code), plain(name_of(rows[code]))) for code in rows})
    named = {(paragraph, level.end) for paragraph, level in found}
    yield from miscoded(ledger, rows, CODE, SLUG, named)
    yield from copied(ledger, CODE, SLUG)
    yield from misused(ledger, CODE, SLUG)
    yield from misprinted(ledger, CODE, SLUG)


def _again(
    ledger: Ledger,
    found: Mapping[tuple[Paragraph, Named], TableValue],
    right: set[tuple[int, str]],
) -> Iterator[Finding]:
    """The other places that name a subject wrong in the same way: each must be mended.

    ``right`` are the names of the tables, by the length of their codes.
    """
    rows = {(wrong.digits, plain(wrong.name)): row for (_, wrong), row in found.items()}
    if not rows:
        return
    for paragraph in ledger.document.paragraphs:
        if paragraph.role not in ("body", "heading"):
            continue
        for levels in named_levels(paragraph.text):
            for level in levels:
                key = (level.digits, plain(level.name))
                if key in rows and key not in right and (paragraph, level) not in found:
                    entry = _Entry(paragraph, levels, None)
                    yield _finding(ledger, entry, level, rows[key], again=True)


def _rows(ledger: Ledger) -> Mapping[str, tuple[TableValue, ...]]:
    """The table values of every subject of the functional classification, by code.

    A row of a table that is not relied on is named all the same; it stands behind the others.
    """
    found: dict[str, list[TableValue]] = {}
    for value in sorted(ledger.table_values, key=lambda value: value.figure is None):
        code = value.figure.code if value.figure else split_code(value.row_name)[0]
        if code[:1] == "2":
            found.setdefault(code, []).append(value)
    return {code: tuple(values) for code, values in found.items()}


def _entries(ledger: Ledger) -> Iterator[_Entry]:
    """The entries that state an amount before the next entry begins, or print their code."""
    amounts = [
        claim
        for claim in ledger.of_kind(Kind.AMOUNT)
        if claim.quantity is not None and not claim.quantity.is_zero
    ]
    starts = [
        (paragraph.offset(levels[0].start), paragraph, levels)
        for paragraph in ledger.document.paragraphs
        if paragraph.role in ("body", "heading")
        for levels in named_levels(paragraph.text)
    ]
    ends = [*(start for start, _, _ in starts), len(ledger.document.text)][1:]
    for (start, paragraph, levels), end in zip(starts, ends, strict=True):
        mine = [claim for claim in amounts if start < claim.where.start < end]
        # Below an entry the next 类 may state its own amount.
        here = [each for each in mine if ledger.document.paragraphs[each.paragraph] is paragraph]
        mine = here or mine
        near = [claim for claim in mine if claim.section == mine[0].section][:2]
        if near or levels[0].code:
            yield _Entry(paragraph, levels, near[-1] if near else None)


def _fault(
    entry: _Entry, rows: Mapping[str, tuple[TableValue, ...]]
) -> tuple[Named, TableValue] | None:
    """The name that no table has, and the row that is meant; None where no row surely is."""
    under = ""
    wrong: Named | None = None
    among: list[str] = []
    for level in entry.levels:
        codes = [code for code in rows if len(code) == level.digits and code.startswith(under)]
        same = [code for code in codes if is_named(level.name, name_of(rows[code]))]
        if level.code in codes and level.code not in same:
            coded = rows[level.code]
            its_own = any(_is_of(rows[code], entry) for code in same)
            if not same or (_is_of(coded, entry) and not its_own):
                return level, coded[0]
            return None  # the code is not the name's
        if same:
            above = rows.get(same[0][: wrong.digits]) if wrong and len(same) == 1 else None
            if wrong and above:  # the level below tells which was meant
                return wrong, above[0]
            under = same[0] if len(same) == 1 else under
        elif codes and wrong is None:
            wrong, among = level, codes
    return _meant(entry, wrong, [rows[code] for code in among]) if wrong else None


def _meant(
    entry: _Entry, wrong: Named, candidates: list[tuple[TableValue, ...]]
) -> tuple[Named, TableValue] | None:
    """The one row with the entry's amount whose name is alike, or the only one with the amount."""
    found = (next((v for v in values if _has_amount(v, entry)), None) for values in candidates)
    having = [value for value in found if value is not None]
    if len(having) == 1:
        return wrong, having[0]
    alike = [values[0] for values in candidates if _alike(wrong.name, name_of(values))]
    both = [value for value in having if _alike(wrong.name, name_of((value,)))]
    chosen = both if both else alike if not having else []
    return (wrong, chosen[0]) if len(chosen) == 1 else None


def _is_of(values: tuple[TableValue, ...], entry: _Entry) -> bool:
    """Whether one of a row's values is the amount of an entry."""
    return any(_has_amount(value, entry) for value in values)


def _has_amount(value: TableValue, entry: _Entry) -> bool:
    quantity = entry.amount.quantity if entry.amount else None
    return quantity is not None and quantity.interval.agrees(value.quantity.interval)


def _alike(name: str, other: str) -> bool:
    return SequenceMatcher(None, plain(name), plain(other)).ratio() >= _ALIKE


def _finding(
    ledger: Ledger, entry: _Entry, wrong: Named, row: TableValue, *, again: bool = False
) -> Finding:
    document, paragraph = ledger.document, entry.paragraph
    name = name_of((row,))
    more = "，与另一处同样有误" if again else ""
    text = f"公开表中没有“{wrong.name}”（{_LEVEL_NAMES[wrong.digits]}），应为“{name}”"
    if wrong.code and row.figure is not None and row.figure.code == wrong.code:
        text = f"公开表中编码为 {wrong.code} 的科目是“{name}”，不是“{wrong.name}”"
    return Finding(
        CODE,
        SLUG,
        Severity.WARNING,
        f"{text}{more}。",
        wrong.name,
        paragraph.text[entry.levels[0].start :].split("。")[0],
        document.where_in(paragraph, wrong.start, wrong.end),
        document.section_path(paragraph.section),
        claimed=wrong.name,
        expected=name,
        suggestion=name,
        evidence=(table_evidence(document, row),),
    )
