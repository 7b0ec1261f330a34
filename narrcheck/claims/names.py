"""The names of subjects, learned from the document's own tables: 行政运行 is 2010301 here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import regex

from narrcheck.figure import TableValue

_NAME = r"[^，。；：:;“”\"\s\d（()）、.．\-—](?:[^，。；：:;“”\"\s]){0,40}?"
_LEVEL = r"(?:{name}\s?[（(]\s?{level}\s?[）)](?:支出)?)"
_CLASS, _GROUP, _ITEM = (
    f"(?P<{key}>{_LEVEL.format(name=_NAME, level=level)})"
    for key, level in (("class", "类"), ("group", "款"), ("item", "项"))
)
_THEN = r"\s?[-—]?"
# …（类）…（款）…（项）: from any level on, none left out.
_ENTRY = regex.compile(
    f"{_CLASS}(?:{_THEN}{_GROUP}(?:{_THEN}{_ITEM})?)?|{_GROUP}(?:{_THEN}{_ITEM})?|{_ITEM}"
)
_LEVELS = (("class", 3), ("group", 5), ("item", 7))
_MARK = regex.compile(r"\s?[（(]\s?[类款项]\s?[）)](?:支出)?$")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of the classification as the document's tables print it."""

    item: str
    code: str
    funds: frozenset[str]

    @property
    def economic(self) -> bool:
        """Whether it is one of the 经济分类 (301–399, 501–599)."""
        return self.code[:1] in ("3", "5")


@dataclass(frozen=True, slots=True)
class Names:
    """The subjects of a document by the plain form of their names."""

    subjects: Mapping[str, tuple[Subject, ...]]

    def find(
        self, name: str, *, digits: int = 0, under: str = "", economic: bool = False, fund: str = ""
    ) -> Subject | None:
        """The one subject with this name, None where there is none or more than one.

        ``digits`` is the length of its code (3 类, 5 款, 7 项; 0: any), ``under`` a code it must
        begin with. Among several, those that have a value in ``fund`` come first.
        """
        found = [
            subject
            for subject in self.subjects.get(plain(name), ())
            if subject.economic == economic
            and (not digits or len(subject.code) == digits)
            and subject.code.startswith(under)
        ]
        if len(found) > 1:
            found = [subject for subject in found if fund in subject.funds] or found
        if len(found) > 1 and not digits:
            # 类, 款 and 项 of one name in one line: 其他支出 is meant as the widest.
            widest = min(found, key=lambda subject: len(subject.code))
            if all(subject.code.startswith(widest.code) for subject in found):
                return widest
        return found[0] if len(found) == 1 else None

    def entry(self, text: str, fund: str) -> Subject | None:
        """The subject of an entry ``…（类）…（款）…（项）``, at its last level."""
        match = _ENTRY.match(text)
        subject: Subject | None = None
        under = ""
        for level, digits in _LEVELS:
            if match is None or not match[level]:
                continue
            name = _MARK.sub("", match[level])
            subject = self.find(name, digits=digits, under=under, fund=fund)
            if subject is None:
                return None  # a 项 of the same name under another 款 is another subject
            under = subject.code
        return subject


def find_entries(text: str, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where entries …（类）…（款）…（项） stand in a text, up to ``end``: characters, half-open."""
    if "（" in text or "(" in text:
        for match in _ENTRY.finditer(text, 0, len(text) if end is None else end):
            yield match.span()


def plain(name: str) -> str:
    """A name as it is compared: no white space, full-width brackets, no 支出 at the end."""
    name = "".join(name.split()).translate(str.maketrans("()", "（）"))
    name = name.removeprefix("“").removesuffix("”")
    shorter = name.removesuffix("支出")
    return shorter if len(shorter) >= 2 else name


def learn_names(table_values: Iterable[TableValue]) -> Names:
    """The names in a document's tables that stand beside a subject code."""
    funds: dict[tuple[str, str], set[str]] = {}
    for value in table_values:
        if value.figure is not None and value.figure.code:
            key = (value.figure.item, value.figure.code)
            funds.setdefault(key, set()).add(value.figure.fund)
    found: dict[str, list[Subject]] = {}
    for (item, code), having in funds.items():
        found.setdefault(plain(item), []).append(Subject(item, code, frozenset(having)))
    return Names(MappingProxyType({name: _one_each(subjects) for name, subjects in found.items()}))


def _one_each(subjects: list[Subject]) -> tuple[Subject, ...]:
    """One subject a code: tables may print its name in two ways."""
    by_code: dict[str, Subject] = {}
    for subject in subjects:
        other = by_code.get(subject.code)
        funds = subject.funds | other.funds if other else subject.funds
        by_code[subject.code] = Subject(other.item if other else subject.item, subject.code, funds)
    return tuple(by_code.values())
