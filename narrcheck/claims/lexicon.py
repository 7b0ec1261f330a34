"""The words one document is read with: those of the patterns, and what its tables teach."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import inf, log
from typing import Any

import regex

from narrcheck.claims.names import Names
from narrcheck.patterns import NUMBER_TYPES, Patterns
from narrcheck.patterns.language import fold
from narrcheck.patterns.subjects import plain

# The tag of a token that no word list knows, and of a number that states nothing.
PLAIN, SILENT = "word", "silent"
_JOIN = regex.compile("[和与及]")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Word types and segmentation of one document.

    ``types`` gives the types of a known word; ``cut`` splits a text without numbers into words.
    """

    patterns: Patterns
    names: Names
    types: Mapping[str, frozenset[str]]
    segmenter: Any

    def cut(self, text: str) -> Iterator[str]:
        """The words of ``text`` in order; together they are the text.

        By jieba's best path through its word graph, not by its ``cut``, which splits at every
        punctuation mark first: 收、支总计 and 因公出国（境）费 are words here. Graph and path are
        made in one go from the end, in a third of the time of jieba's ``get_DAG`` and ``calc``.
        """
        frequencies, all_words = self.segmenter.FREQ, log(self.segmenter.total)
        weights, ends = [0.0] * (len(text) + 1), [0] * len(text)
        for at in range(len(text) - 1, -1, -1):
            best = -inf
            for end in range(at + 1, len(text) + 1):
                frequency = frequencies.get(text[at:end])
                if frequency is None:  # no word begins so; 0: some do
                    break
                if frequency:
                    weight = log(frequency) - all_words + weights[end]
                    if weight >= best:
                        best, ends[at] = weight, end
            if not ends[at]:
                best, ends[at] = weights[at + 1] - all_words, at + 1
            weights[at] = best
        at = 0
        while at < len(text):
            yield text[at : ends[at]]
            at = ends[at]

    def tag(self, word: str) -> str:
        """The types of a word as one string, as tokens carry it."""
        return join_types(self.types.get(word, frozenset()))


@cache
def join_types(types: frozenset[str]) -> str:
    """Types as one tag: ``compared|versus``; ``word`` where there is none."""
    return "|".join(sorted(types)) or PLAIN


@cache
def all_tags(patterns: Patterns) -> frozenset[str]:
    """Every tag that a token can carry, whatever the document teaches."""
    types = set(pattern_types(patterns).values())
    types |= {kinds | {"item"} for kinds in types} | {frozenset({"item"})}
    numbers = {frozenset({kind}) for kind in NUMBER_TYPES}
    return frozenset(join_types(kinds) for kinds in types | numbers | {frozenset({"year"})})


def pattern_types(patterns: Patterns) -> dict[str, frozenset[str]]:
    """The types of every word of the patterns folder."""
    words = patterns.words
    found: dict[str, set[str]] = {word: set(kinds) for word, kinds in words.cues.items()}
    for kind, names in (("measure", words.measures), ("fund", words.funds), ("item", words.items)):
        for name in names:
            found.setdefault(name, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def make_lexicon(
    patterns: Patterns, names: Names, unit: str, projects: Iterable[str] = ()
) -> Lexicon:
    """The lexicon of a document: ``names`` and ``projects`` come from its tables.

    ``unit`` is the unit's own name.
    """
    types = pattern_types(patterns)
    for subjects in names.subjects.values():
        for subject in subjects:
            for name in {subject.item, plain(subject.item), f"{plain(subject.item)}支出"}:
                if len(name) >= 3:  # 公安, 奖金 are words of the language as well
                    types[name] = types.get(name, frozenset()) | {"item"}
    spent = (f"{name}支出" for name in projects if not name.endswith("支出"))
    for name in (*_joined(patterns), *projects, *spent):
        types.setdefault(name, frozenset({"item"}))
    if unit:
        types[unit] = types.get(unit, frozenset()) | {"own"}
    # 财政拨款 | 收入总计, not 财政拨款收入 | 总计: a name that takes a fund outweighs a tie.
    totals = {name for name, item in patterns.words.items.items() if not item.fund}
    return Lexicon(patterns, names, types, _segmenter([*types, *_literals(patterns)], totals))


@cache
def _literals(patterns: Patterns) -> frozenset[str]:
    """The words that claim patterns name as such."""
    leaves = (leaf for each in patterns.claims for leaves in fold(each.tree) for leaf in leaves)
    return frozenset(leaf.text for leaf in leaves if leaf.text)


@cache
def _joined(patterns: Patterns) -> frozenset[str]:
    """The subjects whose names end in that of another item: 商品和服务支出 is no 服务支出."""
    items = patterns.words.items
    names = (f"{subject}支出" for subject in patterns.subjects)
    ends = ((name, _JOIN.split(name, maxsplit=1)[-1]) for name in names)
    return frozenset(name for name, end in ends if end != name and end in items) - items.keys()


def _segmenter(words: Iterable[str], heavier: Collection[str]) -> Any:
    """A jieba tokenizer of its own that knows just these words, all but equally likely.

    With equal weights the cheapest path is the one with the fewest words, so that long names win;
    jieba's own dictionary, which takes most of a second to load, is left alone.
    """
    segmenter = _jieba().Tokenizer()
    segmenter.FREQ, segmenter.total, segmenter.initialized = {}, 1, True
    for word in words:
        segmenter.add_word(word, freq=len(word) if word in heavier else 1)
    return segmenter


def _jieba() -> Any:
    """jieba, imported without pkg_resources.

    It asks for that only to find its default dictionary, which stays unread here, and falls back
    by itself; loading it takes as long as the rest of jieba ten times over.
    """
    missing = object()
    before = sys.modules.get("pkg_resources", missing)
    if before is missing and "jieba" not in sys.modules:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # import it raises
    try:
        import jieba
    finally:
        if before is missing and sys.modules.get("pkg_resources", missing) is None:
            del sys.modules["pkg_resources"]
    return jieba
