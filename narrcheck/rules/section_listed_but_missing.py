"""目录列出的各节，正文都有，也都有内容。

目录列了、正文没有的一节，或者只有标题、下面什么也没有的一节，读者无从知道是没有内容还是漏了。

正例：目录：四、机关运行经费支出情况说明（正文有这一节）
反例：目录：{四、机关运行经费支出情况说明}（正文没有这一节）

例文：
    2023年度部门决算

    目录

    第一部分 部门概况

    第二部分 部门决算情况说明

    一、收入决算情况说明

    二、支出决算情况说明

    三、{机关运行经费支出情况→}

    第三部分 名词解释

    第一部分 部门概况

    本部门有内设科室3个。

    第二部分 部门决算情况说明

    一、2023年度收入决算情况

    2023年度收入合计100.00万元。

    二、支出决算情况说明

    2023年度支出合计100.00万元。

    第三部分 名词解释

    财政拨款收入：指本级财政拨付的资金。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

import regex

from narrcheck.document import Document, Paragraph, Section
from narrcheck.findings import Finding, Severity, on_contents
from narrcheck.ledger import Ledger

CODE = "NC602"
SLUG = "section-listed-but-missing"
_PART = regex.compile(r"^\s*第\s*([一二三四五六七八九十]+)\s*(?:部\s*分|章|篇)")
_NUMBERING = regex.compile(
    r"^\s*(?:第\s*[一二三四五六七八九十]+\s*(?:部\s*分|章|篇)|[（(]?[一二三四五六七八九十]+[）)]?[、.．]?"
    r"|[（(]?\d+[）)]?[、.．])\s*"
)
# What the contents and the heading of one section often say differently.
_NOISE = regex.compile(
    r"[\s“”\"'《》（）()：:。、]|\d{4}年度?|关于|情况|说明|部门|单位|本级|财政拨款|收支|预决?算|决算"
)
# What stands in the contents and is no section: when and by whom the document was made public.
_NO_SECTION = regex.compile(
    r"^\s*[（(]?(?:(?:公开|公布|发布|编制|编报|填报|制表|报送)?(?:时间|日期|单位|部门|人|机构)\s*[：:].*"
    r"|(?:注|备注|说明|附注)\s*\d*[：:].*|(?:公开|公布|发布|编制)(?:于)?\s*\d{4}年.*"
    r"|\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)\s*[）)]?\s*$"
)
# A section that explains is headed by no table's title and no note below a table.
_EXPLAINS = regex.compile(r"(?:情况|说明)\s*$")
_OF_TABLE = regex.compile(r"表\s*$|^\s*(?:注|备注|说明)\s*\d*[：:]")
_ALIKE = 0.55  # part of their characters that two titles of one section share at least
_TITLE = 60  # characters of a paragraph that its heading may be, run on into the text
_FEWEST = 3  # entries of the contents before one is missed


def check(ledger: Ledger) -> Iterator[Finding]:
    """Requirements R5–R10: every section of the contents is in the document, and says something."""
    document = ledger.document
    listed = [line for line in document.contents if _is_section(line.text)]
    titles = tuple(_titles(document))
    heads = tuple(title for title in titles if not _OF_TABLE.search(title))
    missing = [
        line
        for line in listed
        if not _is_there(line.text, heads if _EXPLAINS.search(line.text) else titles)
    ]
    if len(listed) >= _FEWEST and len(missing) * 2 < len(listed):
        yield from (_missing(document, line) for line in missing)
    yield from _empty(document)


def _is_section(text: str) -> bool:
    return not text.rstrip().endswith("表") and not _NO_SECTION.match(text)


def _titles(document: Document) -> Iterator[str]:
    """What may head a section: headings, short lines, the beginnings of longer ones."""
    for section in document.sections:
        yield section.title
    for paragraph in document.paragraphs:
        yield paragraph.text[:_TITLE]
    for table in document.tables:
        yield table.title


def _is_there(entry: str, titles: tuple[str, ...]) -> bool:
    part = _PART.match(entry)
    if part and any((other := _PART.match(t)) and other[1] == part[1] for t in titles):
        return True
    bare = _core(entry)
    return any(_alike(bare, _core(title)) for title in titles) if bare else True


def _core(title: str) -> str:
    """A title without its number and what goes without saying; not less than its first words."""
    bare = "".join(_NUMBERING.sub("", title).split())
    return _NOISE.sub("", bare) or bare


def _alike(one: str, other: str) -> bool:
    if not other:
        return False
    if one in other or (len(other) >= 4 and other in one):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _missing(document: Document, line: Paragraph) -> Finding:
    title = _NUMBERING.sub("", line.text).strip() or line.text.strip()
    return on_contents(document, line, title, CODE, SLUG, f"目录列有“{title}”，正文没有这一节。")


def _empty(document: Document) -> Iterator[Finding]:
    """Sections with nothing below their heading, where those beside them have something.

    Of a list of names no entry has anything below it, and says all there is to say.
    """
    said = _said(document)
    parents = {section.parent for section in document.sections}
    beside = Counter(
        (section.parent, section.level)
        for index, section in enumerate(document.sections)
        if index in said or index in parents
    )
    for index, section in enumerate(document.sections):
        leaf = index not in said and index not in parents
        if leaf and section.level in (2, 3) and _NUMBERING.match(section.title):
            siblings = [
                each
                for each in document.sections
                if (each.parent, each.level) == (section.parent, section.level)
            ]
            filled = beside[section.parent, section.level]
            if filled * 2 > len(siblings) and not _goes_on(document, index):
                yield _bare(document, index, section)


def _said(document: Document) -> frozenset[int | None]:
    """The sections that a table or a paragraph stands in; a table's bare title says nothing."""
    texts = (p.section for p in document.paragraphs if p.role != "heading" and _says(p.text))
    return frozenset((*texts, *(table.section for table in document.tables)))


def _says(text: str) -> bool:
    return not (len(text) <= _TITLE and text.rstrip().endswith("表"))


def _goes_on(document: Document, index: int) -> bool:
    """Whether the heading is a sentence of its own: 三、机关运行经费：无。"""
    return regex.search(r"[。：:；]|[无\d]\s*$", document.sections[index].title) is not None


def _bare(document: Document, index: int, section: Section) -> Finding:
    title = _NUMBERING.sub("", section.title).strip()
    return Finding(
        CODE,
        SLUG,
        Severity.INFO,
        f"“{title}”只有标题，下面没有内容；没有的也应写明。",
        section.title,
        section.title,
        section.where,
        document.section_path(index),
        claimed=section.title,
    )
