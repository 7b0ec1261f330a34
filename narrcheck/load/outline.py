"""The numbering of headings, and the tree of sections that it spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from narrcheck.document import Paragraph, Section, Table, Where

HAN = "一二三四五六七八九十百"
PART = re.compile(rf"第\s*[{HAN}\d]{{1,3}}\s*(?:部\s*分|章|篇)")
# A number that runs on (1.2万元, 878. 81) is an amount and no list number; 1.2023年 is one.
AMOUNT_TAIL = r"(?!\s*\d[\d\s,，.]*(?:万|亿|元|%|％|个|人|辆|台|批))(?!\d(?!\d{3}\s*年))"
LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, PART),
    (2, re.compile(rf"[{HAN}]{{1,3}}\s*[、．.]")),
    (3, re.compile(rf"[（(]\s*[{HAN}]{{1,3}}\s*[）)]")),
    (4, re.compile(rf"\d{{1,2}}\s*(?:、|[．.]{AMOUNT_TAIL})")),
    (5, re.compile(r"[（(]\s*\d{1,2}\s*[）)]|\d{1,2}[）)]")),
)
CIRCLED = re.compile(r"[①-⒇❶-❿]")
ANNEX = re.compile(r"附\s*件\s*[：:]?")
AMOUNT = re.compile(r"\d\s*(?:万元|亿元|元|%|％|个百分点|倍|万|亿)")
# 教育支出（类）…, and 教育类普通教育款小学教育项, where 拨款 and 事项 are no levels.
SUBJECT = re.compile(
    r"[（(](?:\d{2,7}\s*)?(?:类|款|项)[）)]"
    r"|(?<![拨存贷借付用捐罚专])款[^，。；：、\d]{2,30}(?<![事各多专])项(?:支出)?(?:[，。：:]|$)"
)
DEFINED = re.compile(r"[：:，]\s*(?:是)?指|是指")
TABLE_END = re.compile(r"表\s*(?:[（(][^（）()]{1,20}[）)])?$")
ALL_TABLES = re.compile(r".{0,40}(?:部门|单位)(?:决算|预算)(?:公开)?报?表")
PART_END = re.compile(r"(?:表|说明|概况|解释|情况|附\s*件|报告|职责|公开)$")
MOST_TITLE_LINES = 4
FILLERS = re.compile(r"(?:19|20)\d\d年度?|[（(]?(?:部门|单位)[）)]?")
EMPTY: Mapping[str, int] = MappingProxyType({})
BLANK = re.compile(r"\s")
LONGEST = 60
LONGEST_SUBJECT = 100  # 类、款、项 together are long names


def level(text: str) -> int | None:
    """The level of the number that ``text`` begins with (1 第N部分 … 5 （1）), None without one."""
    for number, pattern in LEVELS:
        if pattern.match(text):
            return number
    return None


def without_number(text: str) -> str:
    """``text`` without the list numbers it begins with."""
    for pattern in (*(pattern for _, pattern in LEVELS), CIRCLED):
        match = pattern.match(text)
        if match:
            return text[match.end() :].lstrip(" \u3000\t：:、")
    return text


def begins_entry(text: str) -> bool:
    """Whether ``text`` begins like a heading or an entry of a numbered list."""
    return level(text) is not None or CIRCLED.match(text) is not None


def is_heading(text: str, following: str | None) -> bool:
    """Whether a numbered line is the heading of what follows, and not a paragraph of its own.

    A heading is short, one sentence at most, and holds no amount. One that ends like a sentence
    is only a heading where plain text follows it: entries of a list follow each other.
    """
    if level(text) is None or AMOUNT.search(text) or DEFINED.search(text):
        return False
    body = text.rstrip(" \u3000")
    subject = SUBJECT.search(body) is not None
    if len(body) > (LONGEST_SUBJECT if subject else LONGEST) or body[-1] in "；;，,":
        return False
    if "，" in body and len(body) > LONGEST // 2 and not subject:
        return False
    if "。" in body[:-1] or ("；" in body and not subject):
        return False
    if body[-1] == "。":
        plain = following is not None and not begins_entry(following)
        return plain and (subject or ("，" not in body and len(body) <= LONGEST // 2))
    return True


def outline(
    items: Sequence[Paragraph | Table],
    where: Callable[[int, int], Where],
    parts: Mapping[str, int] = EMPTY,
) -> tuple[tuple[Section, ...], list[Paragraph | Table]]:
    """The sections that the headings among ``items`` open, and the items with their section.

    Paragraphs that are headings get the role ``heading`` and the section they open themselves.
    A heading that is only 第一部分 takes the short line after it as its title. ``parts`` are the
    titles that the 目录 gives its parts, with their level: such a line heads its part where the
    number was left out.
    """
    sections: list[Section] = []
    open_sections: list[int] = []
    placed: list[Paragraph | Table] = []
    index = 0
    while index < len(items):
        item = items[index]
        before = items[index - 1] if index else None
        depth = _opens(before, item, items[index + 1] if index + 1 < len(items) else None, parts)
        if depth is None or not isinstance(item, Paragraph):
            placed.append(replace(item, section=open_sections[-1] if open_sections else None))
            index += 1
            continue
        while open_sections and sections[open_sections[-1]].level >= depth:
            open_sections.pop()
        lines = [item, *_part_title(item.text, items[index + 1 : index + 1 + MOST_TITLE_LINES])]
        end = lines[-1].offset(len(lines[-1].text) - 1) + 1
        parent = open_sections[-1] if open_sections else None
        title = " ".join(line.text for line in lines)
        sections.append(Section(title, depth, parent, where(item.offset(0), end)))
        open_sections.append(len(sections) - 1)
        placed.extend(replace(line, role="heading", section=len(sections) - 1) for line in lines)
        index += len(lines)
    return tuple(sections), placed


def part_titles(contents: Sequence[Paragraph]) -> dict[str, int]:
    """The titles of the outermost parts in the 目录, without number, with their level."""
    levels = [(level(entry.text), entry.text) for entry in contents]
    outermost = min((number for number, _ in levels if number), default=0)
    titles = {_core(without_number(text)): number for number, text in levels if number}
    return {title: outermost for title, number in titles.items() if number == outermost and title}


def _core(title: str) -> str:
    """A title without white space, and without the words that one of two places may leave out."""
    return FILLERS.sub("", BLANK.sub("", title))


def _part_level(text: str, parts: Mapping[str, int]) -> int | None:
    """The level of the part that an unnumbered line heads, None if it is no such line."""
    if not parts or level(text) or len(text) > LONGEST or text[-1] in "。；：，;:,":
        return None
    if ALL_TABLES.fullmatch(BLANK.sub("", text)):
        return min(parts.values())
    core = _core(text)
    return next((n for t, n in parts.items() if len(t) >= 4 and core.endswith(t)), None)


def _opens(
    before: Paragraph | Table | None,
    item: Paragraph | Table,
    following: Paragraph | Table | None,
    parts: Mapping[str, int],
) -> int | None:
    """The level of the section that ``item`` opens, None where it opens none."""
    if isinstance(item, Table) or item.role != "body":
        return None
    if ANNEX.fullmatch(item.text):
        return 1
    if part := _part_level(item.text, parts):
        return part
    after = following.text if isinstance(following, Paragraph) else "" if following else None
    depth = level(item.text)
    if depth and depth >= 4 and TABLE_END.search(item.text) and _is_no_text(following):
        return None  # an entry of a list of annexes
    if item.text[-1] == "。" and not SUBJECT.search(item.text) and _is_entry(before, depth):
        return None  # the last entry of a list
    return depth if is_heading(item.text, after) else None


def _is_entry(item: Paragraph | Table | None, depth: int | None) -> bool:
    """Whether ``item`` is a paragraph that is itself an entry of a list at that level."""
    if not isinstance(item, Paragraph) or item.text[-1] not in "。；;":
        return False
    return level(item.text) == depth and not SUBJECT.search(item.text)


def _is_no_text(item: Paragraph | Table | None) -> bool:
    """Whether ``item`` is not what a heading would introduce, but an entry or caption itself."""
    return not isinstance(item, Paragraph) or item.role == "title" or begins_entry(item.text)


def _part_title(text: str, following: Sequence[Paragraph | Table]) -> list[Paragraph]:
    """The lines that are the title of a part, of which ``text`` says only 第一部分.

    Year, unit and 部门决算表 may stand on a line each.
    """
    part = PART.match(text)
    if part is None or text[part.end() :].strip(" ：:\u3000"):
        return []
    lines: list[Paragraph] = []
    for item in following:
        if not isinstance(item, Paragraph) or not _is_title_line(item):
            break
        lines.append(item)
        if PART_END.search(item.text):
            return lines
    return lines[:1]


def _is_title_line(item: Paragraph) -> bool:
    return (
        item.role == "body"
        and len(item.text) <= LONGEST
        and not begins_entry(item.text)
        and item.text[-1] not in "。；：，"
        and AMOUNT.search(item.text) is None
    )
