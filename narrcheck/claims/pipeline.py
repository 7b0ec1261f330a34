"""The spaCy pipeline that reads a paragraph: five named components, each a function Doc → Doc.

What a component needs and leaves travels in ``doc.user_data`` (nothing is global); ``with_spans``
makes of it what every step can be drawn from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from narrcheck.claims.context import Context, Scope
from narrcheck.claims.distribute import Token, distribute
from narrcheck.claims.entries import find_entries
from narrcheck.claims.fitting import BINDING, PUNCTUATION, Fitter, best_matches, make_fitter
from narrcheck.claims.lexicon import PLAIN, SILENT, Lexicon, all_tags
from narrcheck.claims.quantities import Number, find_numbers
from narrcheck.claims.reader import make_reader
from narrcheck.claims.scope import read_scope
from narrcheck.patterns import Patterns

# The types of words that may be the end of a longer name.
_NAMES = frozenset({"item", "fund"})
_YEAR_END = ("年", "年度")
# Quotation marks stand around names and say nothing; those within a known name are part of it.
_QUOTES = frozenset("“”‘’\"'")


def read_paragraph(context: Context, scope: Scope, first_id: int) -> Doc:
    """The context's paragraph through the whole pipeline.

    ``user_data`` then holds ``reader`` (numbers and matches), ``claims`` (numbered from
    ``first_id``) and ``scope`` (what has been said so far, for the next paragraph).
    """
    nlp = pipeline(context.lexicon.patterns)
    user_data = {
        "lexicon": context.lexicon,
        "context": context,
        "scope": scope,
        "first_id": first_id,
    }
    return nlp(Doc(nlp.vocab, words=[context.paragraph.text], spaces=[False], user_data=user_data))


@cache
def pipeline(patterns: Patterns) -> Language:
    """The pipeline of a patterns folder, its components in order."""
    nlp = spacy.blank("zh")
    for name in ("quantities", "tokenizer", "terms", "readings", "scope"):
        nlp.add_pipe(f"narrcheck_{name}", name=name)
    return nlp


@Language.component("narrcheck_quantities")
def find_quantities(doc: Doc) -> Doc:
    """Numbers and the entries …（类）…（款）…（项）, on characters, before any tokenising."""
    lexicon: Lexicon = doc.user_data["lexicon"]
    text = doc.text
    numbers = find_numbers(text, lexicon.patterns.words, lexicon.patterns.no_claims)
    doc.user_data["numbers"] = numbers
    loud = (number for number in numbers if number.why != "科目编码")
    taken = {at for number in loud for at in range(number.start, number.end)}
    doc.user_data["entries"] = tuple(
        span for span in find_entries(text) if not taken.intersection(range(*span))
    )
    return doc


@Language.component("narrcheck_tokenizer")
def tokenize(doc: Doc) -> Doc:
    """Words by jieba with the lexicon's own dictionary; a number or an entry is one token."""
    lexicon: Lexicon = doc.user_data["lexicon"]
    text = doc.text
    numbers, entries = doc.user_data["numbers"], doc.user_data["entries"]
    within = {at for start, end in entries for at in range(start, end)}
    solid = sorted([(n.start, n.end) for n in numbers if n.start not in within] + list(entries))
    between = {n.start for n in numbers if n.why == "页码"}
    offsets: list[tuple[int, int]] = []
    position = 0
    for start, end in [*solid, (len(text), len(text))]:
        at = position
        for word in lexicon.cut(text[position:start]) if start > position else ():
            if word.strip() and word not in _QUOTES:
                offsets.append((at, at + len(word)))
            at += len(word)
        if end > start and start not in between:  # a page number parts no sentence
            offsets.append((start, end))
        position = end
    words = [text[start:end] for start, end in offsets]
    user_data = {**doc.user_data, "text": text, "offsets": tuple(offsets)}
    return Doc(doc.vocab, words=words, spaces=[False] * len(words), user_data=user_data)


@Language.component("narrcheck_terms")
def mark_terms(doc: Doc) -> Doc:
    """Each token's types as its tag: a number's dimension, or what the lexicon knows of a word."""
    data = doc.user_data
    numbers = {number.start: number for number in data["numbers"]}
    data["tags"] = tuple(_tags(data, numbers))
    for token, tag in zip(doc, data["tags"], strict=True):
        token.tag_ = tag
    return doc


def _tags(data: Mapping[str, Any], numbers: Mapping[int, Number]) -> Iterator[str]:
    """The tag of each token.

    An item or fund counts as one only where a name can begin: after 培训, 支出 is part of a
    longer name, and so is 收入 in 上年结转的收入.
    """
    lexicon: Lexicon = data["lexicon"]
    text = data["text"]
    entries = {start for start, _ in data["entries"]}
    previous = ""
    ended = 0
    for start, end in data["offsets"]:
        word = text[start:end]
        between = text[ended:start]
        if not _QUOTES.isdisjoint(between):  # “社区建设”项目支出 is that of what the quotes name
            previous = PLAIN if between.strip() == "”" else ""
        ended = end
        if start in numbers:
            tag = _number_tag(numbers[start], word, text[end : end + 1])
        elif start in entries:
            tag = "item"
        else:
            tag = lexicon.tag(word)
            if previous in BINDING and _NAMES & set(tag.split("|")):
                tag = PLAIN
        yield tag
        if word in PUNCTUATION:
            previous = ""
        elif word != "的" or "item" not in previous.split("|"):
            previous = tag
        else:
            previous = PLAIN


def _number_tag(number: Number, text: str, after: str) -> str:
    """The type of a number; one that lacks its unit is ``bare`` where no unit could follow."""
    if number.quantity is not None:
        quantity = number.quantity
        if quantity.unit.text:
            return str(quantity.unit.dimension)
        ended = not after or after in "，。；、）（,;)(" or after in "增减上下的均中"
        return "bare" if ended and (quantity.places or quantity.is_zero) else "number"
    digits = text.replace(" ", "")
    return "year" if number.why == "日期" and digits.endswith(_YEAR_END) else SILENT


@Language.component("narrcheck_readings")
def match_readings(doc: Doc) -> Doc:
    """Where the claim patterns fit: the longest first, earlier entries first, none over another."""
    data = doc.user_data
    matches = best_matches(doc, _fitter(data["lexicon"].patterns, doc.vocab))
    listing = any("each" in tag for tag in data["tags"])  # most paragraphs list nothing so
    data["matches"] = distribute(_tokens(doc), matches, data["lexicon"]) if listing else matches
    return doc


def _tokens(doc: Doc) -> list[Token]:
    text = doc.user_data["text"]
    numbers = {number.start: number for number in doc.user_data["numbers"]}
    return [
        Token(start, end, text[start:end], frozenset(token.tag_.split("|")), numbers.get(start))
        for token, (start, end) in zip(doc, doc.user_data["offsets"], strict=True)
    ]


def _claim_spans(doc: Doc) -> list[Span]:
    """A span a claim, with its kind and figure, on the token it begins with."""
    data = doc.user_data
    paragraph = data["context"].paragraph
    if len(paragraph.runs) == 1:  # as most are: all its characters lie equally far off
        shift = paragraph.offset(0)
        places = {start + shift: at for at, (start, _) in enumerate(data["offsets"])}
    else:
        places = {paragraph.offset(start): at for at, (start, _) in enumerate(data["offsets"])}
    return [
        Span(doc, at, at + 1, label=f"{claim.kind} {claim.figure or '？'}")
        for claim in data["claims"]
        if (at := places.get(claim.where.start)) is not None
    ]


@Language.component("narrcheck_scope")
def fill_scope(doc: Doc) -> Doc:
    """Claims from the readings, with what their clauses leave unsaid."""
    data = doc.user_data
    reader = make_reader(data["context"], data["matches"], data["numbers"], data["first_id"])
    data["reader"] = reader
    data["claims"], data["scope"] = read_scope(reader, data["scope"])
    return doc


def with_spans(doc: Doc) -> Doc:
    """The paragraph with what each step read in ``doc.spans``, for those who draw it."""
    data = doc.user_data
    numbers = {number.start: number for number in data["numbers"]}
    quantities, terms = [], []
    for at, (tag, (start, _)) in enumerate(zip(data["tags"], data["offsets"], strict=True)):
        if start in numbers:
            label = "number" if numbers[start].quantity else SILENT
            quantities.append(Span(doc, at, at + 1, label=label))
        if tag not in (PLAIN, SILENT):
            terms.append(Span(doc, at, at + 1, label=tag))
    doc.spans["quantities"], doc.spans["terms"] = quantities, terms
    doc.spans["readings"] = [
        span
        for match in data["matches"]
        if (span := _span(doc, match.start, match.end, match.pattern.id)) is not None
    ]
    doc.spans["scope"] = _claim_spans(doc) if data["claims"] else []
    return doc


def _span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    offsets = doc.user_data["offsets"]
    first = bisect_left(offsets, (start, 0))
    last = bisect_left(offsets, (end, 0))
    return Span(doc, first, last, label=label) if first < last else None


@cache
def _fitter(patterns: Patterns, vocab: Vocab) -> Fitter:
    return make_fitter(patterns.claims, all_tags(patterns), vocab)
