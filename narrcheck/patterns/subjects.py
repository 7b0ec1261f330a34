"""Loads ``subjects/*.csv``: the names of the classification of government revenue and spending."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from narrcheck.errors import PatternError

_HEADER = {"code", "name", "level", "years", "confidence", "note"}
_DIGITS = {"functional": {"类": 3, "款": 5, "项": 7}, "economic": {"类": 3, "款": 5}}
_PLAIN = str.maketrans("()", "（）", '“”"')
_CONFIDENCE = ("observed", "recalled", "uncertain")


@dataclass(frozen=True, slots=True)
class SubjectName:
    """A subject's code and name, and the ``years`` it was so called (``-2018``, ``2024-``)."""

    code: str
    name: str
    years: str


def load_subjects(folder: Path) -> Mapping[str, tuple[SubjectName, ...]]:
    """The subjects of ``functional.csv`` and ``economic.csv`` by the plain form of their names.

    Raises PatternError, naming file and line, for a malformed row or one that stands twice.
    """
    found: dict[str, list[SubjectName]] = {}
    for sort in _DIGITS:
        for subject in _read(folder / f"{sort}.csv", _DIGITS[sort]):
            found.setdefault(plain(subject.name), []).append(subject)
    return MappingProxyType({name: tuple(subjects) for name, subjects in found.items()})


@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """A name as it is compared: full-width brackets, no white space, quotes, 支出 at the end."""
    name = "".join(name.split()).translate(_PLAIN)
    shorter = name.removesuffix("支出")
    return shorter if len(shorter) >= 2 else name


def _read(path: Path, digits: Mapping[str, int]) -> Iterator[SubjectName]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, restkey="more"))
    except FileNotFoundError:
        raise PatternError(f"{path}：缺少这个文件。") from None
    seen: set[tuple[str, str, str]] = set()
    for number, row in enumerate(rows, start=2):
        label = f"{path}：第{number}行"
        if not set(row) >= _HEADER or "more" in row or None in row.values():
            raise PatternError(f"{label}：列数不对，应有 {'、'.join(sorted(_HEADER))}。")
        code, name = row["code"], row["name"]
        wanted = digits.get(row["level"])
        if not code.isdigit() or len(code) != wanted or not name:
            raise PatternError(f"{label}：编码“{code}”与级次“{row['level']}”不符，或没有名称。")
        if row["confidence"] not in _CONFIDENCE:
            raise PatternError(f"{label}：confidence 只能是 {'、'.join(_CONFIDENCE)}。")
        key = (code, name, row["years"])
        if key in seen:
            raise PatternError(f"{label}：{code} {name} 写了两次。")
        seen.add(key)
        yield SubjectName(code, name, row["years"])
