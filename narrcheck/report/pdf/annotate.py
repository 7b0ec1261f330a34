"""Marks the findings of a report on the pages of the PDF that it is of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from narrcheck.errors import DocumentError
from narrcheck.findings import DocumentReport
from narrcheck.report.pdf.drawing import Sheet, draw, pen_of
from narrcheck.report.pdf.marks import EVIDENCE, LOOKS, NAME, Mark, marks_of
from narrcheck.report.pdf.notes import overview
from narrcheck.report.pdf.objects import entry, space_of
from narrcheck.report.pdf.revision import Revision, open_revision
from narrcheck.report.pdf.summary import is_summary, replace_summary


def annotate_pdf(
    report: DocumentReport, data: bytes, *, summary: bool = False, hidden: int = 0
) -> bytes:
    """``data``, the file that ``report`` is of, with its findings marked; the same every time.

    What is added stands behind the bytes of the file, which stay as they are: a signature of it
    remains valid for what it signed. Only where its list of objects is broken is the file
    written anew. In an encrypted file what is added is encrypted too, and so differs every time.
    Marks of an earlier time are taken back. ``summary`` adds pages that list the findings;
    ``hidden`` is how many the caller left out of ``report`` (--select, --ignore, settings).

    Raises DocumentError where ``data`` is another file, or is too damaged to be added to.
    """
    name = report.document.path
    if hashlib.sha256(data).hexdigest() != report.document.sha256:
        raise DocumentError(f"{name}：文件在核对之后改动过，请重新核对后再加批注。")
    revision = open_revision(name, data)
    pages = [page for page in revision.pages if not is_summary(page)]
    said = overview(report, hidden)
    marks, pen = marks_of(report, len(pages), said), pen_of(revision)
    for number, page in enumerate(pages, 1):
        here = marks.get(number, [])
        sheet = _sheet(page, here)
        for mark in here:
            draw(mark, sheet, pen)
        _write(sheet, page, revision)
    replace_summary(report, revision, pages, said if summary else None)
    return revision.written()


def _sheet(page: PageObject, marks: Sequence[Mark]) -> Sheet:
    """A page before those marks are drawn, and the annotations of an earlier time on it."""
    reference = page.indirect_reference
    assert reference is not None  # those of a revision have one
    earlier = {
        name: each
        for each in _annotations(page)
        if isinstance(each, IndirectObject) and (name := _name(each)).startswith(NAME)
    }
    owners = {box: each.name for each in sorted(marks, key=_gravity) for box in each.boxes}
    return Sheet(reference, space_of(page), earlier, owners)


def _gravity(mark: Mark) -> int:
    """The order in which marks colour a place: the worst finding last, over all others."""
    return -[*LOOKS.values(), EVIDENCE].index(mark.look)


def _annotations(page: PageObject) -> list[object]:
    found = entry(page, "/Annots")
    return list(found) if isinstance(found, ArrayObject) else []


def _name(reference: IndirectObject) -> str:
    found = reference.get_object()
    return str(entry(found, "/NM")) if isinstance(found, DictionaryObject) else ""


def _write(sheet: Sheet, page: PageObject, revision: Revision) -> None:
    """Gives the page its annotations: those of others, ours, and of an earlier time only those
    that a person answered to."""
    before = _annotations(page)
    ours = {each.idnum for each in sheet.earlier.values()}
    answered = {
        to.idnum
        for each in before
        if not (isinstance(each, IndirectObject) and each.idnum in ours)
        and (to := _answers(each)) is not None
    }
    now = {each.idnum for each in sheet.drawn}
    kept = [
        each
        for each in before
        if not isinstance(each, IndirectObject)
        or each.idnum not in ours
        or (each.idnum in answered and each.idnum not in now)
    ]
    if sheet.drawn or sheet.earlier:
        revision.change(sheet.page, Annots=ArrayObject([*kept, *sheet.drawn]))


def _answers(annotation: object) -> IndirectObject | None:
    """The annotation that another is an answer to."""
    found = annotation.get_object() if isinstance(annotation, IndirectObject) else annotation
    to = found.get("/IRT") if isinstance(found, DictionaryObject) else None
    return to if isinstance(to, IndirectObject) else None
