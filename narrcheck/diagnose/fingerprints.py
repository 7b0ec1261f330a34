"""What a finding is known by from one check of a document to the next."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from narrcheck.document import Document, Where
from narrcheck.figure import TableValue
from narrcheck.findings import Finding
from narrcheck.ledger import Ledger

DIGITS = 16  # hexadecimal, of a fingerprint
_QUOTES = dict.fromkeys(map(ord, "\"'“”‘’「」『』"))  # programs swap them while one types
_NUMERAL = "[〇零一二三四五六七八九十百0-9]+"
_NUMBERING = re.compile(
    rf"(?:第{_NUMERAL}(?:部分|章|节)|\({_NUMERAL}\)|{_NUMERAL}[、.)](?![0-9]))+[:、.]?"
)


def with_fingerprints(ledger: Ledger, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, in their order, each with its fingerprint.

    That is a digest of the rule, the words at fault and what they stand in: the sentence and the
    name of its section; for a cell its table, row and column. So it is the same whatever is edited
    elsewhere and in whatever format the document is kept, and another one once the words, or the
    sentence, are mended. Only findings that are alike in all this are told apart by their order.
    """
    document = ledger.document
    cells: dict[Where, TableValue] = {}
    for value in ledger.table_values:
        cells.setdefault(value.where, value)
    titles = tuple(_bare(table.title) for table in document.tables)
    sections = _endings(document)
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        cell = cells.get(finding.where) if finding.claim is None else None
        if cell is not None:
            stands = ("cell", _bare(finding.text), *_cell(cell, titles))
        else:
            stands = ("words", *_sentence(finding, ledger), *_section(finding, sections))
        known_by = (finding.code, *stands)
        seen[known_by] += 1
        digest = hashlib.sha256("\0".join((*known_by, str(seen[known_by]))).encode())
        yield replace(finding, fingerprint=digest.hexdigest()[:DIGITS])


def _cell(value: TableValue, titles: tuple[str, ...]) -> tuple[str, ...]:
    """The table's title (and which of those with it), the row's name and the column's.

    Not the rest of the row: another of its cells may be mended.
    """
    title = titles[value.table]
    nth = titles[: value.table].count(title)
    return (title, str(nth), _bare(value.row_name), _bare(value.column_name))


def _sentence(finding: Finding, ledger: Ledger) -> tuple[str, ...]:
    """The words at fault, the sentence, and which of its equal words are meant."""
    text, sentence = _bare(finding.text), _name(finding.sentence)
    if text == _bare(finding.sentence):  # a heading
        return (sentence, sentence)
    claim = ledger.by_id[finding.claim] if finding.claim is not None else None
    nth = _bare(claim.lead).count(text) if claim is not None else 0
    return (text, sentence, str(nth))


def _section(finding: Finding, sections: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    """The names of the innermost sections around it that together no other section has.

    Those further out are left out, so that they can be renamed.
    """
    names = tuple(map(_name, finding.section))
    lengths = range(1, len(names))
    return next((names[-n:] for n in lengths if sections.get(names[-n:], 0) <= 1), names)


def _endings(document: Document) -> Counter[tuple[str, ...]]:
    """The ends of the paths of all sections, and how many sections have each."""
    paths = (document.section_path(index) for index in range(len(document.sections)))
    named = (tuple(map(_name, path)) for path in paths)
    return Counter(path[at:] for path in named for at in range(len(path)))


def _name(title: str) -> str:
    """A heading without its numbering, which moves on when a section is put in before it."""
    bare = _bare(title)
    match = _NUMBERING.match(bare)
    return bare[match.end() :] if match else bare


def _bare(text: str) -> str:
    """``text`` without what differs between formats: white space, width of characters, quotes."""
    narrow = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return "".join(
        each for each in narrow if not each.isspace() and unicodedata.category(each) != "Cf"
    )
