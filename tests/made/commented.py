"""Reports on small Word files, and what the comments in a Word file stand on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from narrcheck.claims.claim import Reading
from narrcheck.document import Document, Where
from narrcheck.findings import DocumentReport, Finding, Severity, Suppression, Triage
from narrcheck.load.docx.read import load_docx

MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as python-docx reads it, with the words it stands on."""

    author: str
    text: str
    on: str


def comments_in(data: bytes) -> list[Comment]:
    """The comments of a Word file, in the order in which they begin."""
    document = docx.Document(io.BytesIO(data))
    known = {each.comment_id: each for each in document.comments}
    open_now: dict[int, list[str]] = {}
    begun: dict[int, list[str]] = {}
    for node in document.element.body.iter():
        identity = int(node.get(qn("w:id"), "-1")) if "comment" in str(node.tag) else -1
        if node.tag == qn("w:commentRangeStart"):
            begun[identity] = open_now[identity] = []
        elif node.tag == qn("w:commentRangeEnd"):
            del open_now[identity]
        elif node.tag == qn("w:t"):
            for text in open_now.values():
                text.append(node.text or "")
    assert not open_now
    assert begun.keys() == known.keys()
    return [
        Comment(known[each].author, known[each].text, "".join(text)) for each, text in begun.items()
    ]


def report_on(
    data: bytes, wheres: Iterable[Where | str], suppressed: Mapping[str, str] | None = None
) -> DocumentReport:
    """A report on a Word file with a finding for each place, given as such or by its words.

    ``suppressed`` are reasons by the words of findings.
    """
    document = load_docx("草稿.docx", "0" * 64, data)
    findings = [_finding(document, where) for where in wheres]
    kept = (suppressed or {}).items()
    triage = Triage(suppressions=tuple(Suppression(f"print of {on}", why) for on, why in kept))
    values: dict[str, Any] = {"statuses": {}, "reasons": {}, "seconds": 0.0, "triage": triage}
    return DocumentReport(document, (), Reading((), (), ()), findings=tuple(findings), **values)


def _finding(document: Document, where: Where | str) -> Finding:
    if isinstance(where, str):
        start = document.text.index(where)
        where = document.where(start, start + len(where))
    text = "" if where.file else document.text[where.start : where.end]
    return Finding(
        *("NC101", "amount-matches-table", Severity.ERROR, f"{text}与表中不一致。", text, text),
        where,
        fingerprint=f"print of {text}",
    )


def part_of(data: bytes, name: str = MAIN) -> bytes:
    """The bytes of a part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def faces(data: bytes) -> list[tuple[str, bytes]]:
    """Each character of a Word file's text, with the properties of its run as they are written."""
    root = etree.fromstring(part_of(data))
    found: list[tuple[str, bytes]] = []
    for node in root.iter(qn("w:t")):
        run = node.getparent()
        properties = run.find(qn("w:rPr")) if run is not None else None
        written = etree.tostring(properties, method="c14n") if properties is not None else b""
        text = node.text or ""
        kept = node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        found.extend((each, written) for each in (text if kept else text.strip(" \t\r\n")))
    return found


def only_added_to(old: bytes, new: bytes) -> bool:
    """Whether all bytes of ``old`` are in ``new``, in their order."""
    rest = iter(new)
    return all(byte in rest for byte in old)
