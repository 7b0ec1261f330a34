"""Measures reading: a long narrative once warm, and a first check against the import of spaCy.

Run it from the checkout: ``python -m benchmarks.bench_reading [--json]``, or ``make bench``.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.common import (
    CORPUS,
    ROOT,
    Measure,
    as_json,
    as_table,
    fresh_process,
    median,
    seconds_of,
    use_one_core,
)

if TYPE_CHECKING:
    from narrcheck.document import Document, Paragraph

CHARACTERS = 13_000  # of narrative: what a long disclosure has
WARM_MILLISECONDS = 80.0
FIRST_CHECK_TIMES = 1.6  # as long as ``import spacy`` alone

_DECIMALS = re.compile(r"(?<=\d\.)\d+")


def main() -> None:
    """Measures and prints; the status is 0 whether the targets are met or not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--runs", type=int, default=15, help="warm runs that count (default 15)")
    parser.add_argument("--starts", type=int, default=9, help="fresh processes each (default 9)")
    options = parser.parse_args()
    use_one_core()
    # The processes come first, while this one is small: see fresh_process.
    measures = [*first_check(options.starts), warm_reading(options.runs)]
    print(as_json(measures) if options.json else as_table(measures))


def first_check(starts: int) -> list[Measure]:
    """A first ``narrcheck check`` as a multiple of ``import spacy``, and its peak memory.

    Each is a process of its own, by turns, so that a slow moment of the machine strikes both.
    The first of each only fills caches (of files, of compiled modules) and does not count.
    """
    document = CORPUS.relative_to(ROOT).as_posix()
    checks, imports = [], []
    for _ in range(starts + 1):
        imports.append(fresh_process(["-c", "import spacy"]))
        checks.append(fresh_process(["-m", "narrcheck", "check", "--no-cache", document]))
    check, spacy = (median(each.seconds for each in some[1:]) for some in (checks, imports))
    peak = median(each.peak for each in checks[1:])
    return [
        Measure("import spacy, fresh process", "ms", spacy * 1000, None, starts),
        Measure("narrcheck check, fresh process", "ms", check * 1000, None, starts),
        Measure("the same, by import spacy", "×", check / spacy, FIRST_CHECK_TIMES, starts),
        Measure("its peak memory", "MB", peak / 1e6, None, starts),
    ]


def warm_reading(runs: int) -> Measure:
    """``read_claims`` of a long narrative, everything loaded."""
    from narrcheck.claims.read import read_claims
    from narrcheck.cli import collect_rarely
    from narrcheck.load import load
    from narrcheck.patterns import load_patterns
    from narrcheck.tables import read_tables

    collect_rarely()  # as the command does
    patterns = load_patterns()
    document = load(CORPUS)
    table_values = read_tables(document, patterns.tables)
    narrative = long_narrative(document)
    length = sum(len(paragraph.text) for paragraph in narrative.paragraphs)
    taken = seconds_of(
        lambda: read_claims(narrative, patterns, table_values), warm_ups=3, runs=runs
    )
    name = f"read_claims of {length:,} characters, warm"
    return Measure(name, "ms", median(taken) * 1000, WARM_MILLISECONDS, runs)


def long_narrative(document: Document) -> Document:
    """The document with its body repeated to just CHARACTERS or more, headings left out.

    No two rounds print the same decimals, so that nothing can be remembered from the round before.
    """
    paragraphs: list[Paragraph] = []
    missing = CHARACTERS
    for paragraph in _rounds(tuple(each for each in document.paragraphs if each.role == "body")):
        paragraphs.append(paragraph)
        missing -= len(paragraph.text)
        if missing <= 0:
            break
    return replace(document, paragraphs=tuple(paragraphs))


def _rounds(body: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    for turn in range(10):
        for paragraph in body:
            yield replace(paragraph, text=turned(paragraph.text, turn))


def turned(text: str, turn: int) -> str:
    """The text with every digit after a decimal point moved on by ``turn``: .85 becomes .96."""
    return _DECIMALS.sub(
        lambda digits: "".join(str((int(each) + turn) % 10) for each in digits[0]), text
    )


if __name__ == "__main__":
    main()
