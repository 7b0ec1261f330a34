"""标题和正文写的本单位名称，与封面、表头的名称一致。

“某单位2023年度……”里的某单位应当就是公开决算、预算的单位。多一个字、少一级区划、“和”写成“与”，都会让读者怀疑内容是从别处抄来的。

正例：青禾县水利局2023年度部门决算（封面为“青禾县水利局”）
反例：{青禾水利局}2023年度部门决算（封面为“青禾县水利局”）

例文：
    青禾县自然资源和规划局2023年度部门决算

    第一部分 青禾县自然资源和规划局概况

    收入决算表

    部门：青禾县自然资源和规划局

    金额单位：万元

    | 科目代码 | 科目名称 | 本年收入合计 | 财政拨款收入 |
    | --- | --- | --- | --- |
    |  | 合计 | 100.00 | 100.00 |

    八、政府性基金预算财政拨款收入支出决算情况说明

    {青禾县自然资源与规划局→青禾县自然资源和规划局}2023年度收入合计100.00万元。

    青禾县自然资源和规划局2023年度财政拨款收入100.00万元。
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

import regex

from narrcheck.document import Paragraph
from narrcheck.findings import Evidence, Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.rules.name_of_another import another

CODE = "NC303"
SLUG = "name-matches-document"
_OFTEN = 3  # times a document must print its unit's name before another spelling is a slip
_SHORTEST = 5  # characters of a name
_SLIP = 2  # characters by which a misspelt name differs at most
_NUMERAL = frozenset("一二三四五六七八九十0123456789")
# The unit is named before the year, and in 第一部分 …概况.
_OWNER = regex.compile(
    r"(?:^|[。；]|第[一二三四五六七八九十]部分)[\s:：]*(?P<name>\p{Han}[\p{Han}（()）]{3,40}?)\s*"
    r"(?:(?:19|20)\d\d年|(?:部门)?(?:（单位）)?概况)"
)
_REGION = regex.compile(r"[省市区县旗州盟镇乡]$")


def check(ledger: Ledger) -> Iterator[Finding]:
    """Requirement R1: one document, one unit."""
    document, unit = ledger.document, _plain(ledger.document.unit)
    bare = _plain(document.text)
    if len(unit) < _SHORTEST or bare.count(unit) < _OFTEN:
        return
    misspelt: dict[str, list[tuple[Paragraph, int, int]]] = {}
    for paragraph in document.paragraphs:
        for match in _OWNER.finditer(paragraph.text):
            name = _plain(match["name"])
            if unit not in name and _is_misspelt(name, unit):
                misspelt.setdefault(name, []).append((paragraph, *match.span("name")))
    for places in (*misspelt.values(), *another(document, unit).values()):
        yield _finding(ledger, places)


def _plain(text: str) -> str:
    return regex.sub(r"\s", "", text).replace("(", "（").replace(")", "）")


def _is_misspelt(name: str, unit: str) -> bool:
    """Whether a name is the unit's with a slip: some characters wrong, or a region left out.

    A shorter name that leaves out what stands before, or that abbreviates, is another way to say
    it; a numeral tells one unit from its sister.
    """
    if len(name) < _SHORTEST or unit.endswith(name) or name[0] != unit[0] or name[-1] != unit[-1]:
        return False
    changes = [
        (unit[i1:i2], name[j1:j2])
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, unit, name, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    if len(changes) != 1:
        return False
    right, wrong = changes[0]
    if set(right + wrong) & _NUMERAL:
        return False
    left_out = not wrong and _REGION.search(right) is not None
    return left_out or (bool(wrong) and len(right) <= _SLIP and len(wrong) <= _SLIP)


def _finding(ledger: Ledger, places: list[tuple[Paragraph, int, int]]) -> Finding:
    """One finding at the first of the places that print the same wrong name."""
    document = ledger.document
    wheres = [document.where_in(paragraph, start, end) for paragraph, start, end in places]
    paragraph, start, end = places[0]
    name = paragraph.text[start:end]
    begins = paragraph.text.rfind("。", 0, start) + 1
    return Finding(
        CODE,
        SLUG,
        Severity.WARNING,
        f"单位名称写作“{name}”，封面、表头为“{document.unit}”。",
        name,
        paragraph.text[begins:].split("。")[0].strip(),
        wheres[0],
        document.section_path(paragraph.section),
        claimed=name,
        expected=document.unit,
        suggestion=document.unit,
        evidence=tuple(Evidence("text", text=name, where=where) for where in wheres[1:]),
    )
