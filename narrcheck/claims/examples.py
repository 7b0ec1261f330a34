"""Runs the examples that stand beside the claim patterns, each pattern alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from spacy.tokens import Doc

from narrcheck.claims.fitting import best_matches, make_fitter
from narrcheck.claims.lexicon import Lexicon, all_tags, make_lexicon
from narrcheck.claims.names import Names
from narrcheck.claims.pipeline import (
    find_quantities,
    mark_terms,
    pipeline,
    tokenize,
)
from narrcheck.patterns import Patterns
from narrcheck.patterns.claims import ClaimPattern

Captures = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that its pattern reads otherwise than it is marked; captures as (role, text)."""

    pattern: str
    example: str
    expected: Captures
    got: Captures


def captures(pattern: ClaimPattern, text: str, patterns: Patterns) -> Captures:
    """What ``pattern`` alone takes from ``text``, as (role, text) in text order.

    The words are those of ``patterns`` (``pattern`` itself need not be one of them); no table has
    taught any name. A match of which no role took anything counts as a whole, under the
    pattern's kind: ``{zero:没有开支}``.
    """
    doc = _words(text, patterns)
    fitter = make_fitter((pattern,), all_tags(patterns), doc.vocab)
    found: list[tuple[str, str]] = []
    for match in best_matches(doc, fitter):
        whole = (pattern.kind, text[match.start : match.end])
        found.extend([(each.role, each.text) for each in match.captures] or [whole])
    return tuple(found)


def failures(patterns: Patterns) -> Iterator[Failure]:
    """The examples of all claim patterns that are not read as they are marked."""
    for pattern in patterns.claims:
        for example in pattern.examples:
            got = captures(pattern, example.text, patterns)
            if got != example.captures:
                yield Failure(pattern.id, example.text, example.captures, got)


def _words(text: str, patterns: Patterns) -> Doc:
    """``text`` cut into words with their types: the pipeline up to the claim patterns."""
    vocab = pipeline(patterns).vocab
    user_data = {"lexicon": _lexicon(patterns)}
    doc = Doc(vocab, words=[text], spaces=[False], user_data=user_data)
    for component in (find_quantities, tokenize, mark_terms):
        doc = component(doc)
    return doc


@cache
def _lexicon(patterns: Patterns) -> Lexicon:
    return make_lexicon(patterns, Names(MappingProxyType({})), "")
