"""The place of a document that is asked about: a line, a page, or a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narrcheck.claims.claim import Claim
from narrcheck.document import Document, Paragraph, Table, Where
from narrcheck.figure import TableValue
from narrcheck.findings import DocumentReport, Finding
from narrcheck.report.held import Explained
from narrcheck.report.loaded import item_at


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands at a place that was asked about.

    ``words`` name the place. ``findings`` are those on no number. ``cells`` counts the numbers of
    tables on a page, which are too many to be listed.
    """

    words: str
    numbers: tuple[Explained, ...]
    findings: tuple[Finding, ...] = ()
    cells: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is to be said."""
        return not (self.numbers or self.findings)


def on_line(report: DocumentReport, explained: Sequence[Explained], line: int) -> Asked:
    """What stands on a line: that of the file, or for a file with pages of ``narrcheck text``.

    Of a paragraph that begins on the line, and has nothing on it, all that stands in it.
    """
    document = report.document
    words = f"第{line}行"
    if document.page_starts:
        item = item_at(document, line)
        words = f"narrcheck text 的第{line}行"
    else:
        found = _asked(words, report, explained, [_line_of(document, line)])
        if not found.is_empty:
            return found
        item = next((each for each in document.paragraphs if _begins(document, each, line)), None)
    return _asked(words, report, explained, _spans(item) if item is not None else [])


def on_page(report: DocumentReport, explained: Sequence[Explained], page: int) -> Asked:
    """What the narrative says on a page; the numbers of its tables are counted."""
    starts = (*report.document.page_starts, len(report.document.text))
    span = [(starts[page - 1], starts[page])] if 0 < page < len(starts) else []
    asked = _asked(f"第{page}页", report, explained, span)
    said = tuple(each for each in asked.numbers if not isinstance(each.read, TableValue))
    return Asked(asked.words, said, asked.findings, len(asked.numbers) - len(said))


def on_claim(explained: Sequence[Explained], claim: str) -> Asked:
    """A claim by its id, as the report for programs gives it."""
    found = (
        each for each in explained if isinstance(each.read, Claim) and each.read.id == claim.lower()
    )
    return Asked(f"陈述 {claim}", tuple(found))


def _asked(
    words: str,
    report: DocumentReport,
    explained: Sequence[Explained],
    spans: list[tuple[int, int]],
) -> Asked:
    numbers = tuple(each for each in explained if _is_in(each.where, spans))
    told = {id(finding) for each in explained for finding in each.findings}
    rest = (each for each in report.findings if id(each) not in told)
    return Asked(words, numbers, tuple(each for each in rest if _is_in(each.where, spans)))


def _is_in(where: Where, spans: list[tuple[int, int]]) -> bool:
    return not where.file and any(first <= where.start < last for first, last in spans)


def _line_of(document: Document, line: int) -> tuple[int, int]:
    starts = (*document.line_starts, len(document.text))
    return (starts[line - 1], starts[line]) if 0 < line < len(starts) else (0, 0)


def _begins(document: Document, paragraph: Paragraph, line: int) -> bool:
    first, last = _line_of(document, line)
    return first <= paragraph.offset(0) < last


def _spans(item: Paragraph | Table) -> list[tuple[int, int]]:
    """The characters of the document that a paragraph or table is, without what parts them."""
    if isinstance(item, Table):
        return [(item.where.start, item.where.end)] if not item.where.file else []
    ends = [at for at, _ in item.runs[1:]] + [len(item.text)]
    return [(source, source + end - at) for (at, source), end in zip(item.runs, ends, strict=True)]
