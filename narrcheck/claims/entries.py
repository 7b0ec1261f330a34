"""Entries of subjects in a text: …（类）…（款）…（项）, …类…款…项, 名称（2010301）."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

# 万元 and the rest of a list number （一） begin no name.
_NO_START = r"(?!万元|亿元|元|[一二三四五六七八九十]{1,3}[）)])"
# “两庭”建设: a name may begin with words in quotes.
_QUOTED = r"(?:“[^“”，。；：\s]{1,8}”(?=\p{Han}))"
_NAME = (
    _QUOTED
    + r"?"
    + _NO_START
    + r"[^，。；：:;“”\"\s\d（()）、.．\-—①-⒇❶-❿](?:[^，。；：:;“”\"\s]){0,40}?"
)
# 教育支出（类）, “教育支出”（类）, 教育支出（205类）, 教育支出（205）（类）
_LEVEL = (
    r"(?:[“\"]?{name}[”\"]?\s?(?:[（(]\d{{2,7}}[）)])?"
    r"[（(]\s?(?:\d{{2,7}}\s?)?{level}\s?[）)](?:支出)?)"
)
_CLASS, _GROUP, _ITEM = (
    f"{verb}(?P<{key}>{_LEVEL.format(name=_NAME, level=level)})"
    for key, level, verb in (
        ("class", "类", "(?:(?:主要)?用于|列[支入]|包括|其中)?"),  # no 类 is called so
        ("group", "款", "(?:包括|其中)?"),
        ("item", "项", "(?:包括|其中)?"),
    )
)
_THEN = r"\s?[-—]?"
# …（类）…（款）…（项）: from any level on, none left out.
_LEVELLED = f"{_CLASS}(?:{_THEN}{_GROUP}(?:{_THEN}{_ITEM})?)?|{_GROUP}(?:{_THEN}{_ITEM})?|{_ITEM}"
# （类）教育支出（款）普通教育（项）其他普通教育支出
_LED_NAME = r"[^，。；：:、“”\s\d（()）]{2,40}"
_LED = (
    rf"[（(]类[）)](?P<led_class>{_LED_NAME})[（(]款[）)](?P<led_group>{_LED_NAME})"
    r"[（(]项[）)](?P<led_item>[^，。；：:、“”\s\d]{2,40})"
)
# 行政单位医疗（2101101）支出 and “住房保障支出-住房改革支出-住房公积金”科目
_CODED = (
    _QUOTED + r"?[^，。；：:、“”\s\d（()）]{2,30}[（(](?P<code>2\d\d(?:\d\d){1,2})[）)](?:支出)?"
)
_STEP = r"[^，。；：“”\"\s\d-]{2,30}"
_STEPS = rf"(?P<path>{_STEP}(?:[-－—]{_STEP}){{1,2}})"
_PATH = rf"(?<=[“\"]){_STEPS}(?=[”\"]科目)"
# 教育类普通教育款小学教育项: two levels at least, and none of 各类, 拨款 or 事项 for a level.
_BARE_NAME = (
    r"(?:“\p{Han}{2,20}”|"
    + _QUOTED
    + r"?"
    + _NO_START
    + r"(?!的|及|和|与)\p{Han}[\p{Han}（）()]{1,30}?)"
)
_BARE_CLASS, _BARE_GROUP, _BARE_ITEM = (
    rf"{verb}(?P<{key}>{_BARE_NAME}(?<![{other}\s])\s?{level}(?:支出)?)"
    for key, level, verb, other in (
        ("class", "类", "(?:(?:主要)?用于|列[支入]|包括|其中)?", "各分某种人此这该两几多同别"),
        ("group", "款", "", "拨存贷借付用捐罚税欠货汇收还应条债赠赔余现专"),
        ("item", "项", "", "事各多单专款等奖选强立杂某该此两这每几数逐子"),
    )
)
_BARE = (
    rf"(?:{_BARE_CLASS}{_THEN}{_BARE_GROUP}(?:{_THEN}{_BARE_ITEM})?"
    rf"|{_BARE_GROUP}{_THEN}{_BARE_ITEM})"
    r"(?=\P{Han}|$|科目|支出|经费|资金|决算|预算|年初|全年|当年|本年|安排|较|比|为|共)"
)
_ENTRY = regex.compile(f"{_LED}|{_LEVELLED}|{_CODED}|{_PATH}|{_BARE}")
_DASH = regex.compile(r"[-－—/／]")
_BARE_PATH = regex.compile(
    r"(?P<path>[^，。；：“”\"\s\d/／-]{2,30}(?:[-－—/／][^，。；：“”\"\s\d/／-]{2,30}){1,2})$"
)
LEVELS = (("class", 3), ("group", 5), ("item", 7))
_LABEL = r"[（(]\s?(?:\d{2,7}\s?)?[类款项]\s?[）)]"
_ANY_LABEL = regex.compile(
    rf"{_LABEL}|[（(]2\d\d(?:\d\d){{1,2}}[）)]|类[^，。；：]{{2,34}}款|款[^，。；：]{{2,34}}项"
)
_MARK = regex.compile(rf"[”\"]?\s?(?:(?:[（(]\d{{2,7}}[）)])?{_LABEL}|(?<=.)[类款项])(?:支出)?$")
# What may stand before the name of a subject: 九、教育支出（类）, 用于“教育支出”（类）.
_BEFORE = regex.compile(
    r"(?:[一二三四五六七八九十百]{1,4}[、.．]\s*)?(?:(?!" + _QUOTED + r")[“\"])?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A subject as an entry names it.

    ``start`` and ``end`` are those of the name in the entry's text; ``digits`` is the length that
    the code of its level has, ``code`` the code where the entry prints it.
    """

    name: str
    digits: int
    start: int
    end: int
    code: str = ""


def match_entry(text: str) -> regex.Match[str] | None:
    """What a whole text is read as where it is an entry, or a path of names; None for neither."""
    return _ENTRY.match(text) or _BARE_PATH.match(text)


def name_in_level(level: str) -> tuple[str, int]:
    """The name in one level of an entry, and how many characters stand before it."""
    name = _MARK.sub("", level)
    before = _BEFORE.match(name)
    assert before is not None
    rest = name[before.end() :]
    return (rest, before.end()) if rest else (name, 0)


def named_levels(text: str) -> Iterator[tuple[Named, ...]]:
    """What each entry …（类）…（款）…（项）, or 名称（2010301）, names, level by level."""
    if not _ANY_LABEL.search(text):
        return
    for match in _ENTRY.finditer(text):
        if code := match["code"]:
            whole = text[match.start() : match.start("code") - 1].rstrip()
            name = _DASH.split(whole)[-1].lstrip(" .．、")  # of a path the last step
            end = match.start() + len(whole)
            yield (Named(name, len(code), end - len(name), end, code),)
            continue
        found: list[Named] = []
        for level, digits in LEVELS:
            group = level if match[level] else f"led_{level}"
            if match[group]:
                name, before = name_in_level(match[group])
                start = match.start(group) + before
                found.append(Named(name, digits, start, start + len(name)))
        if found:
            yield tuple(found)


def path_steps(match: regex.Match[str]) -> list[str]:
    """The names of 类, 款 and 项 of an entry that does not print its labels after them."""
    groups = match.groupdict()
    if groups.get("path"):
        return _DASH.split(match["path"])
    return [match[f"led_{level}"] for level, _ in LEVELS] if groups.get("led_item") else []


def is_entry(text: str) -> bool:
    """Whether a whole text is an entry …（类）…（款）…（项）, coded, or a path of names."""
    return match_entry(text) is not None


def is_path(text: str) -> bool:
    """Whether a whole text is a path of names: 教育支出-普通教育-小学教育."""
    return _BARE_PATH.match(text) is not None


def find_entries(text: str, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where entries …（类）…（款）…（项） stand in a text, up to ``end``: characters, half-open."""
    if (
        _ANY_LABEL.search(text) or "科目" in text
    ):  # few texts have one, and looking for the names takes long
        for match in _ENTRY.finditer(text, 0, len(text) if end is None else end):
            yield match.span()
