"""Where the claim patterns fit the typed words of a paragraph: spaCy's Matcher, asked sparingly.

The Matcher tries every pattern at every token. Most tokens no pattern asks for, and the runs
between them repeat (item, measure, is, money): each sort of run is shown to the Matcher once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from narrcheck.claims.lexicon import PLAIN
from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.quantities import Number
from narrcheck.patterns.claims import QUANTITY_ROLES, ClaimPattern
from narrcheck.patterns.language import PHRASE, Leaf, fold

# What makes a following name part of a longer one: a word of no list, a number, 涉及.
BINDING = frozenset({PLAIN, "binds", "money", "percent", "count", "times", "points", "number"})
PUNCTUATION = frozenset("，。；：！？、“”‘’（）()《》…,;:!?\"'—-[]【】")
_REMEMBERED = 10_000  # runs; a narrative of 13,000 characters has some 200 sorts of them

Run = tuple[tuple[str, str], ...]  # of each token its tag, and its text; "" where nobody asks
Hit = tuple[int, int, int, list[int]]  # key, first token, token after the last, leaf of each token


@dataclass(frozen=True, slots=True, eq=False)
class Fitter:
    """Claim patterns, ready to be fitted to words.

    ``runs`` holds the patterns without a phrase: they fit within runs of tokens that have one of
    ``tags`` or ``texts``. ``phrases`` holds the others; they fit only where, for one of
    ``needed``, the paragraph has a tag or a text of each of its sets. ``leaves_of`` maps the keys
    of both back to a pattern's place, the pattern, and its leaves.
    """

    runs: Matcher
    phrases: Matcher
    tags: frozenset[str]
    texts: frozenset[str]
    needed: tuple[tuple[frozenset[str], ...], ...]
    leaves_of: Mapping[int, tuple[int, ClaimPattern, tuple[Leaf, ...]]]
    vocab: Vocab


def make_fitter(claims: Sequence[ClaimPattern], tags: frozenset[str], vocab: Vocab) -> Fitter:
    """A Fitter of claim patterns for words that carry one of ``tags`` each."""
    runs, phrases = Matcher(vocab), Matcher(vocab)
    leaves_of: dict[int, tuple[int, ClaimPattern, tuple[Leaf, ...]]] = {}
    asked: set[str] = set()
    texts: set[str] = set()
    needed = []
    for order, pattern in enumerate(claims):
        for variant, leaves in enumerate(fold(pattern.tree)):
            key = f"{order}.{variant}"
            phrase = any(leaf.phrase for leaf in leaves)
            (phrases if phrase else runs).add(key, [[_token(leaf, tags) for leaf in leaves]])
            leaves_of[vocab.strings[key]] = (order, pattern, leaves)
            if phrase:
                sure = (leaf for leaf in leaves if not leaf.phrase and not leaf.optional)
                needed.append(
                    tuple(
                        frozenset({leaf.text}) if leaf.text else _fitting(leaf, tags)
                        for leaf in sure
                    )
                )
            else:
                asked.update(tag for leaf in leaves for tag in _fitting(leaf, tags))
                texts.update(leaf.text for leaf in leaves if leaf.text)
    return Fitter(
        runs, phrases, frozenset(asked), frozenset(texts), tuple(needed), leaves_of, vocab
    )


def _fitting(leaf: Leaf, tags: frozenset[str]) -> frozenset[str]:
    return frozenset(tag for tag in tags if not set(leaf.types).isdisjoint(tag.split("|")))


def _token(leaf: Leaf, tags: frozenset[str]) -> dict[str, Any]:
    if leaf.phrase:
        return {
            "TAG": {"NOT_IN": ["money", "percent", "times", "points", "count", "comma"]},
            "TEXT": {"NOT_IN": sorted(PUNCTUATION)},
            "OP": f"{{1,{PHRASE}}}",
        }
    once = {"OP": "?"} if leaf.optional else {}
    if leaf.text:
        return {"TEXT": leaf.text, **once}
    return {"TAG": {"IN": sorted(_fitting(leaf, tags))}, **once}


def best_matches(doc: Doc, fitter: Fitter) -> tuple[Match, ...]:
    """Where patterns fit, in text order: the longest first, none over another."""
    found = sorted(
        _hits(doc, fitter), key=lambda hit: (hit[1] - hit[2], fitter.leaves_of[hit[0]][0], hit[1])
    )
    numbers = {number.start: number for number in doc.user_data["numbers"]}
    taken: set[int] = set()
    kept = []
    for key, start, end, alignment in found:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            _, pattern, leaves = fitter.leaves_of[key]
            kept.append(_match(doc, pattern, leaves, start, alignment, numbers))
    return tuple(sorted(kept, key=lambda match: match.start))


def _hits(doc: Doc, fitter: Fitter) -> Iterator[Hit]:
    tags = doc.user_data["tags"]
    texts = [doc.user_data["text"][start:end] for start, end in doc.user_data["offsets"]]
    run: list[tuple[str, str]] = []
    for at, (tag, text) in enumerate(zip([*tags, ""], [*texts, ""], strict=True)):
        asked = (tag if tag in fitter.tags else "", text if text in fitter.texts else "")
        if any(asked):
            run.append(asked)
        elif run:
            first = at - len(run)
            for key, start, end, alignment in _fits(fitter, tuple(run)):
                yield key, first + start, first + end, alignment
            run = []
    present = {*tags, *texts}
    if any(all(not fitting.isdisjoint(present) for fitting in each) for each in fitter.needed):
        yield from fitter.phrases(doc, with_alignments=True)  # type: ignore[misc]


@lru_cache(maxsize=_REMEMBERED)
def _fits(fitter: Fitter, run: Run) -> tuple[Hit, ...]:
    """Where patterns without a phrase fit in a run of words; only what they ask for matters."""
    if not len(fitter.runs):
        return ()
    words = [text or "·" for _, text in run]
    tags = [tag or PLAIN for tag, _ in run]
    doc = Doc(fitter.vocab, words=words, spaces=[False] * len(words), tags=tags)
    return tuple(fitter.runs(doc, with_alignments=True))  # type: ignore[arg-type]


def _match(
    doc: Doc,
    pattern: ClaimPattern,
    leaves: tuple[Leaf, ...],
    start: int,
    alignment: list[int],
    numbers: Mapping[int, Number],
) -> Match:
    offsets = doc.user_data["offsets"]
    text = doc.user_data["text"]
    captures = []
    for index, leaf in enumerate(leaves):
        tokens = [start + at for at, of in enumerate(alignment) if of == index]
        if leaf.role and tokens:
            a, b = offsets[tokens[0]][0], offsets[tokens[-1]][1]
            number = numbers.get(a) if leaf.role in QUANTITY_ROLES else None
            captures.append(Capture(leaf.role, a, b, text[a:b], number))
    last = start + len(alignment) - 1
    before = doc[start - 1] if start else None
    bound = before is not None and before.tag_ in BINDING and before.text not in PUNCTUATION
    return Match(pattern, offsets[start][0], offsets[last][1], tuple(captures), bound)
