"""Loads ``claims.toml`` and ``no_claims.toml``: how numbers are stated, and which state nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from narrcheck.errors import PatternError
from narrcheck.patterns.files import entries
from narrcheck.patterns.language import Example, Leaf, Sequence, expand, parse, read_example

# What a number can state; these are also the roles under which a pattern keeps a number.
QUANTITY_ROLES = frozenset(
    {
        "amount",
        "prior",
        "budget_amount",
        "change",
        "growth",
        "share",
        "completion",
        "count",
        "rate",
        "difference",
    }
)
# What a pattern without a number of its own can be.
KINDS = frozenset({"base", "relation", "parts", "list", "zero"})


@dataclass(frozen=True, slots=True)
class ClaimPattern:
    """One way of stating something; ``kind`` is set where no number is captured."""

    id: str
    title: str
    tree: Sequence
    examples: tuple[Example, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class NoClaimPattern:
    """A number that states nothing: ``regex`` finds it, ``id`` says what it is."""

    id: str
    regex: regex.Pattern[str]


def load_claims(path: Path, types: frozenset[str]) -> tuple[ClaimPattern, ...]:
    """The claim patterns of a file; ``types`` are all types a word can have.

    Raises PatternError for unknown types or roles, and for entries without at least one marked
    and one unmarked example.
    """
    found = []
    required = ("id", "title", "text", "examples")
    for entry in entries(path, "claim", required=required, optional=("kind",)):
        try:
            tree = parse(entry["text"])
        except ValueError as error:
            raise PatternError(f"{path}：{entry['id']}：{error}。") from None
        pattern = ClaimPattern(
            entry["id"],
            entry["title"],
            tree,
            tuple(read_example(each) for each in entry["examples"]),
            entry.get("kind", ""),
        )
        _check(pattern, types, f"{path}：{pattern.id}")
        found.append(pattern)
    return tuple(found)


def _check(pattern: ClaimPattern, types: frozenset[str], label: str) -> None:
    leaves: set[Leaf] = {leaf for leaves in expand(pattern.tree) for leaf in leaves}
    if unknown := {kind for leaf in leaves for kind in leaf.types} - types:
        raise PatternError(f"{label}：不认识的类型 {sorted(unknown)}。")
    numbers = {leaf.role for leaf in leaves} & QUANTITY_ROLES
    if bool(numbers) == bool(pattern.kind):
        raise PatternError(f"{label}：要么取一个数，要么写明 kind，二者必居其一。")
    if pattern.kind and pattern.kind not in KINDS:
        raise PatternError(f"{label}：不认识的 kind“{pattern.kind}”。")
    if not any(leaves for leaves in expand(pattern.tree)):
        raise PatternError(f"{label}：句式是空的。")
    if not any(example.captures for example in pattern.examples):
        raise PatternError(f"{label}：至少要有一个标出答案的例子。")
    if all(example.captures for example in pattern.examples):
        raise PatternError(f"{label}：至少要有一个反例（不标答案的句子）。")


def load_no_claims(path: Path) -> tuple[NoClaimPattern, ...]:
    """The patterns of numbers that state nothing; each is checked on its examples."""
    found = []
    for entry in entries(path, "no_claim", required=("id", "regex", "examples")):
        try:
            pattern = NoClaimPattern(entry["id"], regex.compile(entry["regex"]))
        except regex.error as error:
            raise PatternError(f"{path}：{entry['id']}：regex 有误：{error}") from None
        _check_no_claim(pattern, entry, f"{path}：{entry['id']}")
        found.append(pattern)
    return tuple(found)


def _check_no_claim(pattern: NoClaimPattern, entry: Mapping[str, Any], label: str) -> None:
    examples: Iterable[str] = entry["examples"]
    positive = [example for example in examples if "【" in example]
    if not positive or len(positive) == len(entry["examples"]):
        raise PatternError(f"{label}：正例（用【】标出）和反例都至少要有一个。")
    for example in entry["examples"]:
        text = example.replace("【", "").replace("】", "")
        expected = [
            (m.start() - 2 * n, m.end() - 2 * n - 2)
            for n, m in enumerate(regex.finditer("【[^【】]*】", example))
        ]
        got = [match.span() for match in pattern.regex.finditer(text)]
        if got != expected:
            raise PatternError(f"{label}：例子“{example}”认成了 {[text[a:b] for a, b in got]}。")
