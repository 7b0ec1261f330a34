"""The names of subjects, learned from the document's own tables: 行政运行 is 2010301 here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import regex

from narrcheck.claims.entries import LEVELS, match_entry, name_in_level, path_steps
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.patterns.subjects import SubjectName, plain

_PROJECT_LABELS = frozenset({"项目名称", "项目支出名称", "项目（政策）名称"})
# The name of a project is some words; what another label of its table is called is none.
_PROJECT = regex.compile(r"[^，。；\d\s]{0,20}\p{Han}{4,}[^，。；\s]{0,20}")
_NO_PROJECT = regex.compile(
    r"合计|单位|部门|名称|资金|金额|指标|目标|分数|总额|预算|支出$|拨款$|^\d+[.、]"
)
_PROJECT_CODE = regex.compile(r"^[\dA-Z]{6,}-")
_CLASS_DIGITS = 3
_COMMON = frozenset(
    {"其他支出", "预备费", "国有资本经营预算支出"}
)  # words that are said of other things as well


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
    """The subjects of a document by the plain form of their names.

    ``known`` are those of the classification: an entry …（类）…（款）…（项） that no table of the
    document has can still be told by them.
    """

    subjects: Mapping[str, tuple[Subject, ...]]
    known: Mapping[str, tuple[SubjectName, ...]] = field(default_factory=dict)
    codes: Mapping[str, Subject] = field(default_factory=dict)

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
        return self._entry(text, fund)[1]

    def deepest(self, text: str, fund: str) -> str:
        """The code of an entry down to the last level whose name is known, ``""`` for none."""
        return self._entry(text, fund)[0]

    def _entry(self, text: str, fund: str) -> tuple[str, Subject | None]:
        match = match_entry(text)
        subject: Subject | None = None
        under = ""
        if match is not None and match.groupdict().get("code"):
            subject = self.with_code(match["code"])
            return match["code"], subject
        if match is not None and (steps := path_steps(match)):
            for name, digits in zip(steps, (3, 5, 7), strict=False):
                subject = self.find(name, digits=digits, under=under, fund=fund)
                subject = subject or self._classified(name, digits, under)
                if subject is None:
                    return under, None
                under = subject.code
            return under, subject
        for level, digits in LEVELS:
            if match is None or not match[level]:
                continue
            name, _ = name_in_level(match[level])
            subject = self.find(name, digits=digits, under=under, fund=fund)
            subject = subject or self._classified(name, digits, under)
            if subject is not None:
                under = subject.code
            elif level != "group" or not under:
                return under, None
            # A 款 that does not exist is a slip: the 项 may still be told under its 类. Under a 款
            # that exists but is not in the tables, a 项 of that name would be another subject.
        return under, subject

    def with_code(self, code: str) -> Subject | None:
        """The subject with this code, if a table of the document has it."""
        return self.codes.get(code)

    def _classified(self, name: str, digits: int, under: str) -> Subject | None:
        """The one subject of the classification with this name at this level, if there is one."""
        found = {
            subject.code: Subject(subject.name, subject.code, frozenset())
            for subject in self.known.get(plain(name), ())
            if len(subject.code) == digits and subject.code.startswith(under or "2")
        }
        return next(iter(found.values())) if len(found) == 1 else None


def learn_projects(document: Document) -> frozenset[str]:
    """The names of projects in the tables of an annex: beside, or below, the label 项目名称."""
    found: set[str] = set()
    for table in document.tables:
        for number, row in enumerate(table.rows):
            for at, cell in enumerate(row):
                if "".join(cell.text.split()) not in _PROJECT_LABELS:
                    continue
                beside = next((c.text for c in row[at + 1 :] if c.text and c != cell), "")
                below = [other[at].text for other in table.rows[number + 1 :]]
                said = ("".join(name.split()) for name in (beside, *below))
                found.update(_PROJECT_CODE.sub("", name) for name in said)
    return frozenset(n for n in found if _PROJECT.fullmatch(n) and not _NO_PROJECT.search(n))


def learn_names(
    table_values: Iterable[TableValue],
    known: Mapping[str, tuple[SubjectName, ...]] | None = None,
) -> Names:
    """The names in a document's tables that stand beside a subject code, and those ``known``.

    A 类 that no table has is known by its name alone: 一般公共服务支出 is never 服务支出.
    """
    funds: dict[tuple[str, str], set[str]] = {}
    for value in table_values:
        if value.figure is not None and value.figure.code:
            key = (value.figure.item, value.figure.code)
            funds.setdefault(key, set()).add(value.figure.fund)
    found: dict[str, list[Subject]] = {}
    has = {code for _, code in funds}
    for each in (each for names in (known or {}).values() for each in names):
        told = len(each.code) == _CLASS_DIGITS and each.code[0] == "2" and each.code not in has
        if told and each.name not in _COMMON:
            funds[each.name, each.code] = set()
    for (item, code), having in funds.items():
        found.setdefault(plain(item), []).append(Subject(item, code, frozenset(having)))
    subjects = {name: _one_each(those) for name, those in found.items()}
    codes = {subject.code: subject for those in subjects.values() for subject in those}
    return Names(MappingProxyType(subjects), known or {}, MappingProxyType(codes))


def _one_each(subjects: list[Subject]) -> tuple[Subject, ...]:
    """One subject a code: tables may print its name in two ways."""
    by_code: dict[str, Subject] = {}
    for subject in subjects:
        other = by_code.get(subject.code)
        funds = subject.funds | other.funds if other else subject.funds
        by_code[subject.code] = Subject(other.item if other else subject.item, subject.code, funds)
    return tuple(by_code.values())
