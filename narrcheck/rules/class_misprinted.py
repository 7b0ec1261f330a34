"""The part of NC103 that looks at the classes that tables list: 二十六、抗疫特别国债安排的支出."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from narrcheck.document import Cell, Table
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger

_CLASS = 3  # digits of the code of a 类
_SHORTEST = 5  # characters of a name that one other character leaves no doubt about
_NUMBERED = regex.compile(r"\s*[一二三四五六七八九十]{1,3}、\s*(?P<name>\S+)\s*")


def misprinted(ledger: Ledger, code: str, slug: str) -> Iterator[Finding]:
    """Numbered names in tables that differ by one character from that of a single 类.

    Every total table lists all of them, most without an amount, so nothing else tells it.
    """
    subjects = [each for some in ledger.patterns.subjects.values() for each in some]
    classes = {each.name for each in subjects if len(each.code) == _CLASS and each.code[0] == "2"}
    known = {each.name for each in subjects} | set(ledger.patterns.words.items)
    for table in ledger.document.tables:
        for row in table.rows:
            for cell in row:
                found = _NUMBERED.fullmatch(cell.text)
                if found is None or found["name"] in known:
                    continue
                name = found["name"]
                meant = [each for each in classes if _is_one_off(name, each)]
                if len(meant) == 1:
                    yield _finding(table, cell, name, meant[0], code, slug)


def _is_one_off(said: str, name: str) -> bool:
    """Whether a name has just one other character in place of its own."""
    if len(said) != len(name) or len(name) < _SHORTEST:
        return False
    return sum(one != two for one, two in zip(said, name, strict=True)) == 1


def _finding(table: Table, cell: Cell, said: str, name: str, code: str, slug: str) -> Finding:
    named = f"《{table.title}》" if table.title else "表中"
    return Finding(
        code,
        slug,
        Severity.WARNING,
        f"{named}写作“{said}”，与政府收支分类科目的名称只差一个字，应为“{name}”。",
        said,
        cell.text.strip(),
        cell.where,
        claimed=said,
        expected=name,
        suggestion=name,
    )
