"""Lists the regular expressions of narrcheck that take more than linear time on what repeats.

Run it from the checkout: ``python -m benchmarks.regexes [PART OF A NAME …]``; takes minutes.
Each is tried with the methods that it is used with, on pieces repeated without end.
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
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import regex

import narrcheck
from narrcheck.claims.quantities import _pattern
from narrcheck.load.bounds import ENDLESS
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
    calls = [call for module in modules for call in _calls(module)]
    methods: dict[str, set[str]] = {}
    for name, method, _ in calls:
        methods.setdefault(name, set()).add(method)
    for module in modules:
        for name, value in vars(module).items():
            for each in _patterns_in(value, frozenset()):
                sought = not methods.get(name, {"search"}) <= {*ANCHORED}
                _keep(found, Used(f"{module.__name__}.{name}", each, sought))
    for name, method, text in calls:
        if name in ("re", "regex") and text is not None:
            written = regex.compile(text) if name == "regex" else re.compile(text)
            _keep(found, Used(f"written: {text}", written, method not in ANCHORED))
    known = load_patterns()
    for each in _patterns_in(known, frozenset()):
        _keep(found, Used(f"patterns: {each.pattern!r:.40}", each, True))
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


def _calls(module: ModuleType) -> Iterator[tuple[str, str, str | None]]:
    """On what name a method of an expression is used, the method, and the expression in place."""
    assert module.__file__
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    written = {
        node.func: node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            text = written.get(node) if name in ("re", "regex") else None
            yield name, node.attr, text if isinstance(text, str) else None


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


SMALL, LARGE = 300, 2_400  # characters
# Eight times the text takes eight times as long, a square of it 64 times; a busy machine is noisy.
MOST = 24.0
QUICK = 0.01  # seconds of the processor: less is not worth to be compared
HOPELESS = 0.1  # seconds for a small text: a large one would take minutes
ROOMS = ("claims", "diagnose", "ledger", "rules", "verdicts", "wording")
OF_PARAGRAPHS = ("patterns: ", "quantities", *(f"narrcheck.{room}." for room in ROOMS))
# What is cut to a bounded length before: see ``contents.without_page`` and ``caption.read_facts``;
# a name that another module seeks with, too, though this one only matches it at the beginning.
BOUNDED = frozenset(
    {
        "narrcheck.load.contents.PAGE",
        "narrcheck.load.joining.AMOUNT",
    }
)
PIECES = (
    *("1", "0", "1,", "1，", "1.", "1.2.", "1 ", "12 ", "1.1 ", "-1 ", "1-", "1/", "1,111", "-"),
    *(" ", "\t", "\n", "，", "、", "。", "：", "“", "。；", ".", "_", "/", "\\", "|", "&", "<"),
    *("（", "()", "（1", "[1", "{a", "【", "万", "一", "一、", "%", "元", "1万元", "2023年", "第"),
    *(
        "甲",
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


def as_long_as_it_can_be(used: Used, piece: str) -> str:
    """The piece repeated; in a paragraph no run is longer than 499."""
    text = piece * (LARGE // len(piece))
    if used.name.startswith(OF_PARAGRAPHS) and ENDLESS.search(text):
        return "，".join(text[at : at + 499] for at in range(0, LARGE, 500))
    return text


def seconds(used: Used, text: str) -> float:
    """The processor's time to go through a text; the best of some tries, where it is long."""
    pattern = used.pattern
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        if isinstance(pattern, regex.Pattern) or isinstance(pattern.pattern, str):
            _go_through(pattern, text, sought=used.sought)
        else:
            _go_through(pattern, text.encode(), sought=used.sought)
        best = min(best, time.process_time() - started)
        if best < QUICK or best > HOPELESS:
            break
    return best


def _go_through(pattern: Any, text: str | bytes, *, sought: bool) -> None:
    if sought:
        deque(pattern.finditer(text), maxlen=0)
    else:
        pattern.match(text)
        pattern.fullmatch(text)


def slow(used: Used) -> list[str]:
    """The pieces, repeated, that take it more than linear time."""
    found = []
    for piece in PIECES:
        large = as_long_as_it_can_be(used, piece)
        small = seconds(used, large[:SMALL])
        if small > HOPELESS or (
            (taken := seconds(used, large)) > QUICK and taken > MOST * max(small, QUICK / MOST)
        ):
            found.append(piece)
    return found


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
