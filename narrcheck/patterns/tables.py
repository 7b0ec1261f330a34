"""What tables are called and what their rows and columns are called: patterns/tables.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from narrcheck.errors import PatternError
from narrcheck.patterns.files import entries

LAYOUTS = ("总表", "科目", "经济分类", "三公", "合计", "附表")
FLOWS = ("收入", "支出", "收支")
FUNDS = ("全部", "财政拨款", "一般公共预算", "政府性基金", "国有资本经营", "三公")
ROLES = (
    *("code", "name", "unit", "number", "remark"),
    *("total", "group", "measure", "fund", "part", "item", "三公", "采购", "count", "annex"),
)
QUOTES = re.compile(r"[\s“”‘’\"'＂＇「」]")
NUMBERING = re.compile(
    r"(?:其中[:：]?(?=.)|[一二三四五六七八九十]+[、.．]|（[一二三四五六七八九十\d]+）、?|\d{1,2}[.、．](?!\d))"
)
YEAR = re.compile(r"20\d{2}年度?|[（(]20\d{2}年?[）)]")
PUNCTUATION = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "：", ";": "；"})


@lru_cache(maxsize=10_000)  # a cell is looked at in every form that its table may have
def compact(text: str) -> str:
    """``text`` without white space and quotes, characters of one width, brackets full-width."""
    return QUOTES.sub("", unicodedata.normalize("NFKC", text)).translate(PUNCTUATION)


def bare_name(text: str) -> str:
    """The name alone: ``二、外交支出`` and ``其中：外交支出`` are 外交支出."""
    name = compact(text)
    while match := NUMBERING.match(name):
        name = name[match.end() :]
    return name


@dataclass(frozen=True, slots=True)
class TablePattern:
    """How one table of a disclosure is known, and what its numbers are about; see tables.toml."""

    id: str
    every: tuple[tuple[str, ...], ...]
    none: tuple[str, ...]
    headers: tuple[tuple[str, ...], ...]
    layout: str
    fund: str
    flow: str
    kind: str
    item: str

    def fits_title(self, title: str) -> bool:
        """Whether a table of this title is meant; quotes and white space do not matter."""
        title = compact(title)
        return has_each(title, self.every) and not any(word in title for word in self.none)


@dataclass(frozen=True, slots=True)
class Label:
    """What a header or a row's name means; see table_labels.toml.

    ``below`` names the labels that it may stand over in a header, by id or by role. ``unit`` is
    that of a count (辆), where neither row nor column names it.
    """

    id: str
    role: str
    pattern: re.Pattern[str]
    item: str
    fund: str
    measure: str
    below: tuple[str, ...]
    unit: str

    def fits(self, name: str) -> bool:
        """Whether ``name`` (bare, without its year) is this label; a measure need only occur."""
        if self.role == "measure":
            return self.pattern.search(name) is not None
        return self.pattern.fullmatch(name) is not None


@dataclass(frozen=True, slots=True, eq=False)
class TablePatterns:
    """The titles and the labels of tables, in the order in which they are tried."""

    tables: tuple[TablePattern, ...]
    labels: tuple[Label, ...]

    def recognise(self, title: str, headers: str | None = None) -> TablePattern | None:
        """The table that ``title`` and the words of its headers (None: not looked at) name."""
        for table in self.tables:
            if table.fits_title(title):
                fits = headers is None or has_each(compact(headers), table.headers)
                return table if fits else None
        return None

    def label(self, text: str, roles: Iterable[str]) -> Label | None:
        """What a header or a row's name means, looked for among the labels of ``roles``."""
        wanted = set(roles)
        return next((each for each in self.meanings(text) if each.role in wanted), None)

    def meanings(self, text: str) -> tuple[Label, ...]:
        """Every label that a header or a row's name fits, in the order in which they are tried."""
        return _meanings(self, text)

    def may_stand_over(self, upper: str, lower: str) -> bool:
        """Whether the columns under a header ``upper`` are known to be such as ``lower``."""
        below = {name for label in self.meanings(upper) for name in label.below}
        return any(label.id in below or label.role in below for label in self.meanings(lower))


@lru_cache(maxsize=4096)  # the same few headers are asked for again and again
def _meanings(patterns: TablePatterns, text: str) -> tuple[Label, ...]:
    name = YEAR.sub("", bare_name(text))
    return tuple(each for each in patterns.labels if name and each.fits(name))


def load_tables(path: Path) -> TablePatterns:
    """The patterns of ``tables.toml`` at ``path`` and of ``table_labels.toml`` beside it.

    Raises PatternError, naming file and entry, where an entry is malformed, where an example is
    not recognised as its entry, or where something of ``others`` is.
    """
    labels_path = path.with_name("table_labels.toml")
    required = ("id", "all", "not", "headers", "layout", "fund", "examples", "others")
    table_entries = entries(path, "table", required=required, optional=("flow", "kind", "item"))
    label_entries = entries(
        labels_path,
        "label",
        required=("id", "role", "text", "examples"),
        optional=("item", "fund", "measure", "below", "unit", "others"),
    )
    patterns = TablePatterns(
        tuple(_table(path, entry) for entry in table_entries),
        tuple(_label(labels_path, entry) for entry in label_entries),
    )
    for entry in table_entries:
        _check_titles(path, entry, patterns)
    names = {*ROLES, *(label.id for label in patterns.labels)}
    for entry, label in zip(label_entries, patterns.labels, strict=True):
        _check_label(labels_path, entry, label)
        if strange := set(label.below) - names:
            raise PatternError(
                f"{labels_path}：{label.id}：below 里没有这样的名字 {sorted(strange)}。"
            )
    return patterns


def has_each(text: str, words: tuple[tuple[str, ...], ...]) -> bool:
    """Whether of every group of ``words`` one stands in ``text``."""
    return all(any(word in text for word in group) for group in words)


def _table(path: Path, entry: Mapping[str, Any]) -> TablePattern:
    _check_word(path, entry, "layout", LAYOUTS)
    _check_word(path, entry, "fund", FUNDS)
    _check_word(path, entry, "flow", FLOWS)
    _check_word(path, entry, "kind", ("决算", "预算"))
    return TablePattern(
        id=entry["id"],
        every=_groups(entry["all"]),
        none=tuple(compact(word) for word in entry["not"]),
        headers=_groups(entry["headers"]),
        layout=entry["layout"],
        fund=entry["fund"],
        flow=entry.get("flow", "支出"),
        kind=entry.get("kind", ""),
        item=entry.get("item", ""),
    )


def _label(path: Path, entry: Mapping[str, Any]) -> Label:
    _check_word(path, entry, "role", ROLES)
    try:
        pattern = re.compile(entry["text"])
    except re.error as error:
        raise PatternError(f"{path}：{entry['id']}：text 不是正则表达式：{error}") from None
    return Label(
        id=entry["id"],
        role=entry["role"],
        pattern=pattern,
        item=entry.get("item", ""),
        fund=entry.get("fund", ""),
        measure=entry.get("measure", ""),
        below=tuple(name for name in entry.get("below", "").split("|") if name),
        unit=entry.get("unit", ""),
    )


def _groups(words: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(compact(word) for word in group.split("|")) for group in words)


def _check_word(path: Path, entry: Mapping[str, Any], key: str, words: tuple[str, ...]) -> None:
    if key in entry and entry[key] not in words:
        raise PatternError(f"{path}：{entry['id']}：{key} 只能是 {'、'.join(words)}。")


def _check_titles(path: Path, entry: Mapping[str, Any], patterns: TablePatterns) -> None:
    label = f"{path}：{entry['id']}"
    if not entry["examples"] or not entry["others"]:
        raise PatternError(f"{label}：examples 和 others 都要有。")
    for title in entry["examples"]:
        found = patterns.recognise(title)
        if found is None or found.id != entry["id"]:
            raise PatternError(f"{label}：没有认出例子“{title}”（认作 {found and found.id}）。")
    for title in entry["others"]:
        found = patterns.recognise(title)
        if found is not None and found.id == entry["id"]:
            raise PatternError(f"{label}：误认了“{title}”。")


def _check_label(path: Path, entry: Mapping[str, Any], label: Label) -> None:
    if not entry["examples"]:
        raise PatternError(f"{path}：{label.id}：要有 examples。")
    for name in entry["examples"]:
        if not label.fits(YEAR.sub("", bare_name(name))):
            raise PatternError(f"{path}：{label.id}：没有认出例子“{name}”。")
    for name in entry.get("others", ()):
        if label.fits(YEAR.sub("", bare_name(name))):
            raise PatternError(f"{path}：{label.id}：误认了“{name}”。")
