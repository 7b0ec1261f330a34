"""Every regular expression of narrcheck, with the methods that it is used with."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

import regex

import narrcheck
from narrcheck.claims.quantities import _pattern
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
