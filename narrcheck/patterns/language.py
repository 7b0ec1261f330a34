"""The language of claim patterns: typed words, optional parts, alternatives, and marked examples.

``[{fund}] {item} [<is>] {amount:money}`` reads: perhaps a fund, an item, perhaps a word of the cue
``is``, then money that is the claim's amount. ``{role:type}`` keeps what it matched under
``role`` (``{item}`` is short for ``{item:item}``), ``<type>`` does not; ``a|b`` inside either is
one of several types; ``[…]`` may be absent; ``(x|y)`` is one of two sequences; ``{role:…}`` is a
phrase of up to PHRASE words; anything else is that very text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

PHRASE = 12
_LEXEME = re.compile(
    r"\{(?P<role>[^{}]+)\}|<(?P<type>[^<>]+)>|(?P<mark>[\[\]()|])|(?P<text>[^\s{}<>\[\]()|]+)"
)
_MARK = re.compile(r"\{([a-z_]+):([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One token (or a phrase of several): its exact text, or its types, and the role it fills.

    ``optional`` is set by ``fold`` only, on a leaf that may be absent.
    """

    types: tuple[str, ...] = ()
    text: str = ""
    role: str = ""
    phrase: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A part that may be absent."""

    inner: Sequence


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    choices: tuple[Sequence, ...]


Node = Leaf | Option | Choice
Sequence = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what a pattern captures in it, as (role, text); none: it must not match."""

    text: str
    captures: tuple[tuple[str, str], ...]


def parse(text: str) -> Sequence:
    """The tree of a pattern's text; raises ValueError where it is malformed."""
    lexemes = []
    position = 0
    for match in _LEXEME.finditer(text):
        if text[position : match.start()].strip():
            raise ValueError(f"看不懂 {text[position : match.start()]!r}")
        lexemes.append(match)
        position = match.end()
    if text[position:].strip():
        raise ValueError(f"看不懂 {text[position:]!r}")
    tree, rest = _sequence(lexemes, 0)
    if rest != len(lexemes):
        raise ValueError("括号不成对")
    return tree


def _sequence(lexemes: list[re.Match[str]], at: int) -> tuple[Sequence, int]:
    nodes: list[Node] = []
    while at < len(lexemes):
        mark = lexemes[at]["mark"]
        if mark in ("]", ")", "|"):
            break
        if mark == "[":
            inner, at = _some(lexemes, at + 1)
            at = _expect(lexemes, at, "]")
            nodes.append(Option(inner))
        elif mark == "(":
            choices = []
            while True:
                inner, at = _some(lexemes, at + 1)
                choices.append(inner)
                if at >= len(lexemes) or lexemes[at]["mark"] != "|":
                    break
            at = _expect(lexemes, at, ")")
            nodes.append(Choice(tuple(choices)))
        else:
            nodes.append(_leaf(lexemes[at]))
            at += 1
    return tuple(nodes), at


def _some(lexemes: list[re.Match[str]], at: int) -> tuple[Sequence, int]:
    inner, at = _sequence(lexemes, at)
    if not inner:
        raise ValueError("括号里是空的")
    return inner, at


def _expect(lexemes: list[re.Match[str]], at: int, mark: str) -> int:
    if at >= len(lexemes) or lexemes[at]["mark"] != mark:
        raise ValueError(f"缺少 {mark}")
    return at + 1


def _leaf(lexeme: re.Match[str]) -> Leaf:
    if lexeme["text"]:
        return Leaf(text=lexeme["text"])
    if lexeme["type"]:
        return Leaf(types=tuple(lexeme["type"].split("|")))
    role, _, types = lexeme["role"].partition(":")
    if types == "…":
        return Leaf(role=role, phrase=True)
    return Leaf(types=tuple((types or role).split("|")), role=role)


def expand(tree: Sequence) -> Iterator[tuple[Leaf, ...]]:
    """Every sequence of leaves that a pattern allows."""
    per_node: list[list[tuple[Leaf, ...]]] = []
    for node in tree:
        if isinstance(node, Leaf):
            per_node.append([(node,)])
        elif isinstance(node, Option):
            per_node.append([(), *expand(node.inner)])
        else:
            per_node.append([leaves for choice in node.choices for leaves in expand(choice)])
    for combination in product(*per_node):
        yield tuple(leaf for leaves in combination for leaf in leaves)


def fold(tree: Sequence) -> Iterator[tuple[Leaf, ...]]:
    """As ``expand``, in far fewer sequences: a single leaf that may be absent is one ``optional``.

    A reader that can skip a leaf by itself tries a handful of these where ``expand`` has a hundred.
    """
    per_node: list[list[tuple[Leaf, ...]]] = []
    for node in tree:
        if isinstance(node, Leaf):
            per_node.append([(node,)])
        elif isinstance(node, Choice):
            per_node.append([leaves for choice in node.choices for leaves in fold(choice)])
        elif len(node.inner) == 1 and isinstance(leaf := node.inner[0], Leaf) and not leaf.phrase:
            per_node.append([(replace(leaf, optional=True),)])
        else:
            per_node.append([(), *fold(node.inner)])
    for combination in product(*per_node):
        yield tuple(leaf for leaves in combination for leaf in leaves)


def weakened(tree: Sequence) -> Iterator[tuple[str, Sequence]]:
    """The pattern with one optional part, alternative or type left out, and what was left out."""
    for index, node in enumerate(tree):
        before, after = tree[:index], tree[index + 1 :]
        if isinstance(node, Option):
            yield f"[{show(node.inner)}]", (*before, *after)
            for what, inner in weakened(node.inner):
                yield what, (*before, Option(inner), *after)
        elif isinstance(node, Choice):
            for at, choice in enumerate(node.choices):
                others = node.choices[:at] + node.choices[at + 1 :]
                yield f"({show(choice)})", (*before, Choice(others), *after)
                for what, inner in weakened(choice):
                    kept = (*node.choices[:at], inner, *node.choices[at + 1 :])
                    yield what, (*before, Choice(kept), *after)
        elif len(node.types) > 1:
            for kind in node.types:
                types = tuple(each for each in node.types if each != kind)
                yield kind, (*before, Leaf(types, node.text, node.role, node.phrase), *after)


def show(tree: Sequence) -> str:
    """A pattern's tree as text again."""
    shown = []
    for node in tree:
        if isinstance(node, Option):
            shown.append(f"[{show(node.inner)}]")
        elif isinstance(node, Choice):
            shown.append("(" + "|".join(show(choice) for choice in node.choices) + ")")
        elif node.text:
            shown.append(node.text)
        else:
            shown.append(f"{{{node.role}:{'…' if node.phrase else '|'.join(node.types)}}}")
    return " ".join(shown)


def read_example(marked: str) -> Example:
    """An example with its marks ``{role:words}`` taken out and kept as captures."""
    captures = tuple((match[1], match[2]) for match in _MARK.finditer(marked))
    return Example(_MARK.sub(lambda match: match[2], marked), captures)
