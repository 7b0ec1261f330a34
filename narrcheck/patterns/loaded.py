"""All entries of a patterns folder, loaded together and once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from narrcheck.patterns.claims import ClaimPattern, NoClaimPattern, load_claims, load_no_claims
from narrcheck.patterns.disclosures import Disclosures, load_disclosures
from narrcheck.patterns.files import patterns_folder
from narrcheck.patterns.flaws import FlawPattern, load_flaws
from narrcheck.patterns.subjects import SubjectName, load_subjects
from narrcheck.patterns.tables import TablePatterns, load_tables
from narrcheck.patterns.words import Words, load_words

# Types of words that come from elsewhere than cues.toml.
NUMBER_TYPES = frozenset({"money", "percent", "points", "times", "count", "bare"})
NAME_TYPES = frozenset({"item", "measure", "fund", "year"})


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """All entries of a patterns folder."""

    words: Words
    claims: tuple[ClaimPattern, ...]
    no_claims: tuple[NoClaimPattern, ...]
    tables: TablePatterns
    subjects: Mapping[str, tuple[SubjectName, ...]]
    flaws: tuple[FlawPattern, ...]
    disclosures: Disclosures


def word_types(words: Words) -> frozenset[str]:
    """Every type that a claim pattern may name."""
    cues = frozenset(kind for kinds in words.cues.values() for kind in kinds)
    return NUMBER_TYPES | NAME_TYPES | cues


def load_patterns(folder: Path | None = None) -> Patterns:
    """The patterns of ``folder``, by default those narrcheck brings along.

    Raises PatternError, naming file and entry, for anything that is not understood.
    """
    return _load((folder or patterns_folder()).resolve())


@cache
def _load(folder: Path) -> Patterns:
    words = load_words(folder)
    return Patterns(
        words,
        load_claims(folder / "claims.toml", word_types(words)),
        load_no_claims(folder / "no_claims.toml"),
        load_tables(folder / "tables.toml"),
        load_subjects(folder / "subjects"),
        load_flaws(folder / "flaws.toml"),
        load_disclosures(folder),
    )
