"""Keys: what people say must be found in a document, must not be, and cannot be judged.

``docs/eval.md`` tells the form of each file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from narrcheck.errors import MeasureError
from narrcheck.load import LOADERS
from narrcheck.load.folders import files_below

EXPECTED, TRAPS, ALONE = ".expected.json", ".traps.json", ".alone.json"
ELSEWHERE = "cross_document"  # scope of a fault that only another document shows
CODE = re.compile(r"NC\d{3}")


class Weight(StrEnum):
    """How bad a fault is: what the key calls its ``severity``."""

    HARD = "hard"
    MINOR = "minor"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a document.

    ``claimed`` are the words at fault and ``expected`` what should stand there (None where no
    single value can be given), ``sentence`` what is around them. ``line`` and ``page`` count from
    1; one of them is set. ``code`` is the rule's, None where the key does not say; ``codes`` are
    those of other rules that may tell of it as rightly.
    """

    id: str
    weight: Weight
    kind: str
    sentence: str
    claimed: str
    expected: str | None
    code: str | None = None
    line: int | None = None
    page: int | None = None
    codes: tuple[str, ...] = ()

    def may_be_told_by(self, code: str) -> bool:
        """Whether the rule of a code is a right one to tell of the fault."""
        return self.code is None or code in (self.code, *self.codes)


@dataclass(frozen=True, slots=True)
class Trap:
    """A sentence that is right though it may look wrong."""

    sentence: str
    line: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """Words of one place which nothing else in the document bears on; one entry each."""

    texts: tuple[str, ...]
    line: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """All answers for a document; ``alone`` is None where nobody labelled such words."""

    faults: tuple[Fault, ...]
    traps: tuple[Trap, ...] = ()
    alone: tuple[Alone, ...] | None = None


def keyed_documents(place: Path, gold: Path | None = None) -> tuple[tuple[Path, Key | None], ...]:
    """The documents in a folder, at any depth and in order of path, each with its key or None.

    ``place`` may be one document too. The key is ``STEM.expected.json`` beside it, or
    ``STEM.json`` in the folder ``gold``. Raises MeasureError where a key is malformed, or stands
    beside no document.
    """
    for folder in (place, gold):
        if folder is not None and not folder.exists():
            raise MeasureError(f"{folder}：没有这个文件夹，请检查路径。")
    documents = tuple(_documents(place))
    if gold is None and place.is_dir():
        _refuse_orphans(place, documents)
    return tuple((path, _key(path, gold)) for path in documents)


def _documents(place: Path) -> Iterator[Path]:
    files = files_below(place) if place.is_dir() else [place]
    return (each for each in files if each.suffix.lower() in LOADERS)


def _refuse_orphans(place: Path, documents: tuple[Path, ...]) -> None:
    """A key whose document is gone would pass in silence for a better recall."""
    wanted = {path.with_name(path.stem + EXPECTED) for path in documents}
    for key in files_below(place):
        if key.name.endswith(EXPECTED) and key not in wanted:
            raise MeasureError(f"{key}：旁边没有它所答的文件，请放回文件或删去这份答案。")


def _key(document: Path, gold: Path | None) -> Key | None:
    if gold is None:
        answers = document.with_name(document.stem + EXPECTED)
    else:
        answers = gold / f"{document.stem}.json"
    if not answers.is_file():
        return None
    folders = (document.parent, *([gold] if gold is not None else []))
    traps = _first(folders, document.stem + TRAPS)
    alone = _first(folders, document.stem + ALONE)
    return Key(
        _faults(answers),
        tuple(_trap(each) for each in _items(traps)) if traps is not None else (),
        tuple(_alone(each) for each in _items(alone)) if alone is not None else None,
    )


def _first(folders: tuple[Path, ...], name: str) -> Path | None:
    return next((each / name for each in folders if (each / name).is_file()), None)


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of a key as it was written; what is wrong with it is told by its number."""

    file: Path
    nth: int
    keys: dict[str, Any]

    def wrong(self, why: str) -> MeasureError:
        name = self.keys.get("id")
        shown = f"（{name}）" if isinstance(name, str) else ""
        return MeasureError(f"{self.file}：第 {self.nth} 条{shown}{why}。")

    def text(self, key: str) -> str:
        """A text that must be there, and not be empty."""
        value = self.optional(key)
        if not value:
            raise self.wrong(f"缺少 {key}")
        return value

    def optional(self, key: str) -> str | None:
        """A text that may be left out or be null."""
        value = self.keys.get(key)
        if value is not None and not isinstance(value, str):
            raise self.wrong(f"的 {key} 应是文字")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there, none of them empty."""
        value = self.keys.get(key)
        if not isinstance(value, list) or not all(each and isinstance(each, str) for each in value):
            raise self.wrong(f"的 {key} 应是一列文字")
        return tuple(value)

    def count(self, key: str) -> int | None:
        """A line or page, from 1."""
        value = self.keys.get(key)
        if value is not None and (not isinstance(value, int) or value is True or value < 1):
            raise self.wrong(f"的 {key} 应是从 1 起的整数")
        return value

    def place(self) -> tuple[int | None, int | None]:
        """Line and page; with ``by_line`` a page is the line of a text that has no pages."""
        line, page = self.count("line"), self.count("page")
        if line is None and page is None:
            raise self.wrong("没有写 line 或 page")
        return (line or page, None) if self.keys.get("by_line") is True else (line, page)


def _faults(file: Path) -> tuple[Fault, ...]:
    faults: dict[str, Fault] = {}
    for item in _items(file):
        fault = _fault(item)
        if fault.id in faults:
            raise item.wrong("的 id 与前面的重复")
        if item.optional("scope") != ELSEWHERE:
            faults[fault.id] = fault
    return tuple(faults.values())


def _fault(item: _Item) -> Fault:
    weight = item.text("severity")
    if weight not in set(Weight):
        raise item.wrong(f"的 severity 只能是 {'、'.join(Weight)}")
    code = item.optional("code")
    if code is not None and not CODE.fullmatch(code):
        raise item.wrong("的 code 应写成 NC201 的样子")
    codes = item.texts("codes") if "codes" in item.keys else ()
    if codes and (code not in codes or not all(map(CODE.fullmatch, codes))):
        raise item.wrong("的 codes 应是一列规则编号，code 也在其中")
    if "expected" not in item.keys:
        raise item.wrong("缺少 expected（没有唯一的正确值时写 null）")
    line, page = item.place()
    return Fault(
        item.text("id"),
        Weight(weight),
        item.text("kind"),
        item.text("sentence"),
        item.text("claimed"),
        item.optional("expected") or None,
        code,
        line,
        page,
        codes,
    )


def _trap(item: _Item) -> Trap:
    return Trap(item.text("sentence"), *item.place())


def _alone(item: _Item) -> Alone:
    return Alone(item.texts("texts"), *item.place())


def _items(file: Path) -> Iterator[_Item]:
    """The entries of a key; MeasureError where it is no list of entries."""
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except OSError as error:
        raise MeasureError(f"{file}：无法读取（{error.strerror}）。") from None
    except (ValueError, RecursionError) as error:
        at = f"，见第 {error.lineno} 行" if isinstance(error, json.JSONDecodeError) else ""
        raise MeasureError(f"{file}：不是写得正确的 JSON{at}。") from None
    if not isinstance(content, list) or not all(isinstance(each, dict) for each in content):
        raise MeasureError(f"{file}：答案应是一个列表，每条是一个对象；没有错误时写 []。")
    for nth, keys in enumerate(content, 1):
        yield _Item(file, nth, keys)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; ValueError where it names a key twice, of which one would be lost."""
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise ValueError
    return keys
