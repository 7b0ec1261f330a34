"""Finds what ``patterns/flaws.toml`` knows: residue, blanks, numbers and marks written wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

import regex

from narrcheck.claims.claim import Flaw
from narrcheck.claims.reader import sentence_starts
from narrcheck.document import Document, Paragraph
from narrcheck.patterns.flaws import ROLES, FlawPattern

# "12.30 4.56" are two numbers: what white space tears apart is not one number written wrong.
_TORN = regex.compile(r"[\d.．]\s+[\d.．]")
_QUOTED = 20  # characters that a message quotes in full


@dataclass(frozen=True, slots=True)
class _Bare:
    """The paragraphs as one text without white space, each a line; ``starts`` are the lines'."""

    text: str
    starts: tuple[int, ...]
    indexes: tuple[int, ...]


def find_flaws(document: Document, patterns: Iterable[FlawPattern]) -> tuple[Flaw, ...]:
    """The flaws of a document in text order; where two overlap, the one listed first."""
    bare = _bare(document)
    taken = bytearray(len(bare.text))
    found: list[Flaw] = []
    for pattern in patterns:
        for match in pattern.regex.finditer(bare.text):
            start, end = match.span()
            if not any(taken[start:end]) and "\n" not in match[0]:
                flaw = _flaw(document, bare, pattern, match)
                if flaw is not None:
                    taken[start:end] = b"\1" * (end - start)
                    found.append(flaw)
    return tuple(sorted(found, key=lambda flaw: flaw.where.start))


def _bare(document: Document) -> _Bare:
    wanted = frozenset(ROLES.values())
    indexes = tuple(i for i, each in enumerate(document.paragraphs) if each.role in wanted)
    lines = ["".join(document.paragraphs[index].text.split()) for index in indexes]
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return _Bare("\n".join(lines), tuple(starts)[: len(lines)], indexes)


def _flaw(
    document: Document, bare: _Bare, pattern: FlawPattern, match: regex.Match[str]
) -> Flaw | None:
    """The flaw at a match; None where its paragraph, its sentence or white space forbids it."""
    line = bisect_right(bare.starts, match.start()) - 1
    index = bare.indexes[line]
    paragraph = document.paragraphs[index]
    if paragraph.role not in pattern.roles:
        return None
    start, end = _places(paragraph, match, bare.starts[line])
    sentence = sentence_around(paragraph.text, start)
    if _TORN.search(paragraph.text, start, end):
        return None
    if pattern.beside is not None and not pattern.beside.search("".join(sentence.split())):
        return None
    where = document.where_in(paragraph, start, end)
    if document.is_doubtful(where.start, where.end):
        return None
    groups = match.groupdict()
    rest = groups.get("rest") or ""
    choices = tuple(f"{groups[name]}{rest}" for name in ("first", "second") if groups.get(name))
    mended = match.expand(pattern.mended)
    return Flaw(
        pattern.id,
        pattern.rule,
        pattern.severity,
        pattern.message.replace("{text}", _shortened(match[0])).replace("{mended}", mended),
        match[0],
        sentence,
        where,
        index,
        document.section_path(paragraph.section),
        mended,
        choices,
        pattern.once,
    )


def _shortened(words: str) -> str:
    """Words as a message quotes them: of a long note, how it begins and its last clause."""
    if len(words) <= _QUOTED:
        return words
    last = max(words.rfind(mark, 0, -1) for mark in "，。；：")
    tail = min(max(len(words) - last - 1, _QUOTED // 3), _QUOTED // 2)
    return f"{words[:3]}…{words[-tail:]}"


def _places(paragraph: Paragraph, match: regex.Match[str], line: int) -> tuple[int, int]:
    """The characters of a paragraph that a match in the bare text is, half-open."""
    shown = [at for at, character in enumerate(paragraph.text) if not character.isspace()]
    return shown[match.start() - line], shown[match.end() - 1 - line] + 1


def sentence_around(text: str, position: int) -> str:
    """The sentence of a paragraph that a character stands in, without white space at its ends."""
    starts = (*sentence_starts(text), len(text))
    number = bisect_right(starts, position) - 1
    return text[starts[number] : starts[number + 1]].strip()
