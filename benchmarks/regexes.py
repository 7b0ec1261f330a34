"""Lists the regular expressions of narrcheck that take more than linear time on what repeats.

Run it from the checkout: ``python -m benchmarks.regexes [PART OF A NAME …]``; takes a minute.
Each is tried with the methods that it is used with, on pieces repeated without end.
``tests/test_regexes.py`` does the same with fewer pieces.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import regex

import narrcheck
from narrcheck.claims.quantities import _pattern
from narrcheck.load.bounds import ENDLESS, LONGEST
from narrcheck.patterns import load_patterns

AnyPattern = re.Pattern[str] | re.Pattern[bytes] | regex.Pattern[str]
ANCHORED = ("match", "fullmatch")
METHODS = (*ANCHORED, "search", "finditer", "findall", "sub", "subn", "split")


@dataclasses.dataclass(frozen=True, slots=True)
class Used:
    """A regular expression: where it stands, and whether it is sought anywhere in a text."""

    name: str
    pattern: AnyPattern
    sought: bool


@cache
def all_regexes() -> tuple[Used, ...]:
    """Those of the modules' names, of ``patterns/``, and those written where they are used."""
    found: dict[object, Used] = {}
    modules = list(_modules())
    known = load_patterns()
    anchored = _only_anchored(modules) | {id(label.pattern) for label in known.tables.labels}
    for module in modules:
        for name, value in vars(module).items():
            for each in _patterns_in(value, frozenset()):
                _keep(found, Used(f"{module.__name__}.{name}", each, id(each) not in anchored))
        for library, method, text in _written(module):
            written = regex.compile(text) if library == "regex" else re.compile(text)
            _keep(found, Used(f"written: {text}", written, method not in ANCHORED))
    for each in _patterns_in(known, frozenset()):
        _keep(found, Used(f"patterns: {each.pattern!r:.40}", each, id(each) not in anchored))
    _keep(found, Used("quantities", _pattern(known.words), True))
    return tuple(found.values())


def _keep(found: dict[object, Used], used: Used) -> None:
    key = (type(used.pattern), used.pattern.pattern, used.pattern.flags)
    if key not in found or used.sought:
        found[key] = used


def _modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(narrcheck.__path__, f"{narrcheck.__name__}."):
        if not module.name.endswith(".__main__"):
            yield importlib.import_module(module.name)


def _only_anchored(modules: Iterable[ModuleType]) -> set[int]:
    """The ids of the expressions with a name that nothing but ``match``, ``fullmatch`` is used of.

    One that is handed on, or stands in a tuple, may be sought with elsewhere.
    """
    anchored: set[int] = set()
    sought: set[int] = set()
    for module in modules:
        tree = _tree(module)
        used = {
            id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                kept = used.get(id(node)) in (*ANCHORED, "pattern", "flags")
                (anchored if kept else sought).add(id(getattr(module, node.id, None)))
    return anchored - sought


def _written(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    """The library, the method and the expression of calls such as ``re.sub("…", …)``."""
    for node in ast.walk(_tree(module)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=("re" | "regex") as library), attr=method),
                args=[ast.Constant(value=str(text)), *_],
            ) if method in METHODS:
                yield library, method, text


def _tree(module: ModuleType) -> ast.Module:
    assert module.__file__
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


def _patterns_in(value: object, above: frozenset[int]) -> Iterator[AnyPattern]:
    """The expressions in a value, in what it holds, and so on."""
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif isinstance(value, str | bytes | int | type) or id(value) in above:
        return
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _patterns_in(each, above | {id(value)})
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from _patterns_in(each, above | {id(value)})
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _patterns_in(getattr(value, field.name), above | {id(value)})


LENGTH = 20_000  # characters
# Shorter texts come first, for a cube of a long one takes hours: characters, and seconds of the
# processor that are hopeless.
FIRST = ((300, 0.1), (1_000, 0.3), (4_000, 0.6))
QUICK = 0.1  # seconds: what takes no longer need not be compared with a shorter text
PART = 4  # of the text takes a fourth of the time, or a sixteenth
MOST = 8.0
ROOMS = ("claims", "diagnose", "ledger", "rules", "verdicts", "wording")
OF_PARAGRAPHS = ("patterns: ", "quantities", *(f"narrcheck.{room}." for room in ROOMS))
# What only ever sees short texts, and why.
BOUNDED = {
    "narrcheck.load.contents.PAGE": "contents.without_page looks at 500 characters",
    "narrcheck.load.cover.WORDS": "cover._name looks at 200 characters",
    "narrcheck.load.outline.LEVELS": "level and without_number only match the begin of a line",
}
# What a text may begin with before it repeats a piece, for those that only match at its begin.
HEADS = ("", "1", "1.1", "（", "单位：")
COMMON = ("1", "1,", " ", "\t", "，", "（", "()", "万", "一", "甲")
PIECES = (
    *COMMON,
    *(
        "0",
        "1.",
        "1 ",
        "-",
        "\n",
        "%",
        "1，",
        "1.2.",
        "12 ",
        "1.1 ",
        "-1 ",
        "1-",
        "1/",
        "1,111",
        "、",
        "。",
        "：",
        "“",
        "。；",
    ),
    *(".", "_", "/", "\\", "|", "&", "<", "（1", "[1", "{a", "【", "一、", "元", "1万元", "2023年"),
    *(
        "第",
        "甲 ",
        "甲、",
        "a",
        "X",
        "表",
        "类",
        "单位",
        "其中",
        "支出",
        "增加（",
        "减少",
        "截至",
        "a-",
    ),
)


def slow(used: Used, pieces: Iterable[str] = PIECES) -> list[str]:
    """The pieces that, repeated, take it more than linear time."""
    heads = HEADS[:1] if used.sought else HEADS
    return [head + piece for piece in pieces for head in heads if _is_slow(used, head, piece)]


def _is_slow(used: Used, head: str, piece: str) -> bool:
    if any(seconds(used, head + _repeated(used, piece, size)) > most for size, most in FIRST):
        return True
    length = LONGEST if _is_of_paragraphs(used) else LENGTH
    long = head + _repeated(used, piece, length)
    if seconds(used, long) < QUICK:
        return False
    short = head + _repeated(used, piece, length // PART)
    # A processor that others use, too, may be slow once: the best of some tries counts.
    taken, part = (min(seconds(used, text) for _ in range(3)) for text in (long, short))
    return taken > MOST * part


def _repeated(used: Used, piece: str, length: int) -> str:
    """The piece repeated; in a paragraph no run without punctuation is longer than 499."""
    text = piece * (length // len(piece))
    if _is_of_paragraphs(used) and ENDLESS.search(text):
        return "，".join(text[at : at + 499] for at in range(0, length, 500))
    return text


def _is_of_paragraphs(used: Used) -> bool:
    return used.name.startswith(OF_PARAGRAPHS)


def seconds(used: Used, text: str) -> float:
    """The processor's time to go through a text."""
    pattern: Any = used.pattern
    given = text if isinstance(pattern.pattern, str) else text.encode()
    started = time.process_time()
    if used.sought:
        deque(pattern.finditer(given), maxlen=0)
    else:
        pattern.match(given)
        pattern.fullmatch(given)
    return time.process_time() - started


def main() -> None:
    """Prints each that is slow with the pieces that make it so."""
    words = sys.argv[1:]
    wanted = [u for u in all_regexes() if not words or any(word in u.name for word in words)]
    count = 0
    for used in wanted:
        if used.name not in BOUNDED and (pieces := slow(used)):
            count += 1
            print(f"{used.name}  {used.pattern.pattern!s:.80}  {pieces}", flush=True)
    print(f"{len(wanted)} expressions, {count} slow")


if __name__ == "__main__":
    main()
