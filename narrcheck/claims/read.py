"""Reads the whole narrative of a document: every number becomes a claim, no claim, or unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc

from narrcheck.claims.claim import Claim, NoClaim, Reading, Unread
from narrcheck.claims.comparisons import settle_comparisons
from narrcheck.claims.context import Context, Scope, make_context
from narrcheck.claims.flaws import find_flaws
from narrcheck.claims.lexicon import make_lexicon
from narrcheck.claims.names import Names, learn_names, learn_projects
from narrcheck.claims.numerals import NUMERALS
from narrcheck.claims.pipeline import read_paragraph
from narrcheck.claims.quantities import usual_places, with_usual_places
from narrcheck.claims.reader import leftovers
from narrcheck.claims.usage import settle_entries, settle_usage
from narrcheck.document import Document
from narrcheck.figure import TableValue
from narrcheck.patterns import Patterns
from narrcheck.quantity import Dimension

_READ = ("body",)
_STATES = ("没有", "无", "未", "不涉及", "主要包括", "持平", "一致", "相同", "等于", "于")


_GOING_ON = ("完成年初预算", "完成全年预算", "完成预算", "决算数", "收入包括", "支出包括")


def read_claims(
    document: Document, patterns: Patterns, table_values: Iterable[TableValue]
) -> Reading:
    """All claims of the document's body paragraphs, with the figure each is about.

    The names of its tables teach the reader the subjects. Amounts come with the number of places
    that the document usually prints, so that 11.9万元 can be read as 11.90.
    """
    table_values = tuple(table_values)
    claims: list[Claim] = []
    no_claims: list[NoClaim] = []
    unread: list[Unread] = []
    names = Names({})
    for doc in read_docs(document, patterns, table_values):
        names = doc.user_data["lexicon"].names
        claims.extend(doc.user_data["claims"])
        silent, not_read = leftovers(doc.user_data["reader"], doc.user_data["claims"])
        no_claims.extend(silent)
        unread.extend(not_read)
    settled = settle_usage(_with_usual_places(claims), table_values, patterns.words)
    settled = settle_comparisons(settle_entries(settled, table_values, names))
    flaws = find_flaws(document, patterns.flaws)
    return Reading(settled, tuple(no_claims), tuple(unread), flaws)


def read_docs(
    document: Document, patterns: Patterns, table_values: Iterable[TableValue]
) -> Iterator[Doc]:
    """The body paragraphs worth reading, each through the whole pipeline; see ``read_paragraph``.

    What only the whole document tells (usual places, the sense of a name) is not settled here.
    """
    names = learn_names(table_values, patterns.subjects)
    lexicon = make_lexicon(patterns, names, document.unit, learn_projects(document))
    scope = Scope()
    context: Context | None = None
    listing = False  # whether what is taken apart goes on in the paragraphs that follow
    next_id = 1
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.role not in _READ or not _worth_reading(paragraph.text):
            continue
        if context is None or paragraph.section != context.paragraph.section:
            scope, context = Scope(), make_context(document, lexicon, index)
        context = replace(context, index=index, paragraph=paragraph)
        if not _goes_on(paragraph.text):
            scope = replace(scope, subject=None, subject_claim=None, budget=None)
        if scope.base is not None:
            scope = replace(scope, base=None)
        if scope.whole is not None and not listing:
            scope = replace(scope, whole=None, whole_claim=None)
        taken_apart = scope.whole_claim
        doc = read_paragraph(context, scope, first_id=next_id)
        scope = doc.user_data["scope"]
        if scope.whole_claim != taken_apart:
            listing = _opens_list(paragraph.text)
        next_id += len(doc.user_data["claims"])
        yield doc


def _opens_list(text: str) -> bool:
    """Whether a paragraph leaves its 其中 to those that follow."""
    return text.rstrip().endswith(("：", ":", "其中", "包括"))


def _goes_on(text: str) -> bool:
    """Whether a paragraph speaks of what the one before it did: 完成年初预算的…, 决算数大于…."""
    return text.startswith(_GOING_ON)


def _worth_reading(text: str) -> bool:
    """Whether a paragraph holds a number or says that there is none."""
    return any(character.isdigit() or character in NUMERALS for character in text) or any(
        word in text for word in _STATES
    )


def _with_usual_places(claims: list[Claim]) -> tuple[Claim, ...]:
    usual = usual_places(claim.quantity for claim in claims if claim.quantity is not None)
    return tuple(_with_quantity(claim, usual) for claim in claims)


def _with_quantity(claim: Claim, usual: Mapping[Dimension, int]) -> Claim:
    if claim.quantity is None:
        return claim
    quantity = with_usual_places(claim.quantity, usual)
    return claim if quantity is claim.quantity else replace(claim, quantity=quantity)
