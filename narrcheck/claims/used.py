"""By which claim pattern each claim was read: what a person asks who finds one read wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc

from narrcheck.claims.claim import Claim
from narrcheck.claims.matches import Match
from narrcheck.claims.read import read_docs
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.patterns import Patterns
from narrcheck.patterns.claims import ClaimPattern


def used_patterns(
    document: Document, patterns: Patterns, table_values: Iterable[TableValue]
) -> Mapping[str, ClaimPattern]:
    """The patterns by claim id; the narrative is read once more."""
    return {
        claim.id: match.pattern
        for doc in read_docs(document, patterns, tuple(table_values))
        for claim in doc.user_data["claims"]
        if (match := _match_of(claim, doc)) is not None
    }


def _match_of(claim: Claim, doc: Doc) -> Match | None:
    """The match that took just the claim's words, or in which they stand."""
    reader = doc.user_data["reader"]
    around = None
    for match in doc.user_data["matches"]:
        taken = [(capture.start, capture.end) for capture in match.captures]
        places = [reader.where(*span) for span in (*taken, (match.start, match.end))]
        if claim.where in places:
            found: Match = match
            return found
        if places[-1].start <= claim.where.start and claim.where.end <= places[-1].end:
            around = match
    return around
