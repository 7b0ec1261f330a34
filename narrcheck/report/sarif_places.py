"""Files and places as SARIF names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from narrcheck.document import Document, Where
from narrcheck.findings import Finding, Report
from narrcheck.report.lines import plain
from narrcheck.report.paths import has_lines, uri
from narrcheck.report.text import evidence_line


@dataclass(frozen=True, slots=True)
class Artifacts:
    """The files of a run: what SARIF says of each, and where each URI stands among them."""

    facts: tuple[dict[str, Any], ...]
    indexes: Mapping[str, int]

    @classmethod
    def of(cls, report: Report) -> Artifacts:
        """The documents, and the files of tables that findings and evidence point into."""
        known: dict[str, dict[str, Any]] = {}
        for each in report.documents:
            document = each.document
            known[uri(document.path)] = {
                "roles": ["analysisTarget"],
                "hashes": {"sha-256": document.sha256},
            }
        for each in report.documents:
            for where in _places(each.findings):
                if where.file:
                    known.setdefault(uri(where.file), {"roles": ["referencedOnCommandLine"]})
        facts = tuple({"location": {"uri": each}} | more for each, more in known.items())
        return cls(facts, {each: index for index, each in enumerate(known)})

    def location(self, path: str) -> dict[str, Any]:
        """The file at ``path``, which one of the documents is or points into."""
        name = uri(path)
        return {"uri": name, "index": self.indexes[name]}


def _places(findings: tuple[Finding, ...]) -> Iterator[Where]:
    for finding in findings:
        yield finding.where
        yield from (each.where for each in finding.evidence if each.where is not None)


def location(
    where: Where, document: Document, artifacts: Artifacts, *, section: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A place: its file, its region where the file has lines, else page and boxes; its section."""
    path = where.file or document.path
    physical: dict[str, Any] = {"artifactLocation": artifacts.location(path)}
    if where.line is not None and has_lines(path):
        physical["region"] = _region(where, document)
    found: dict[str, Any] = {"physicalLocation": physical}
    if logical := list(_logical(where, section)):
        found["logicalLocations"] = logical
    if where.page is not None:
        boxes = [[round(edge, 2) for edge in box] for box in where.boxes]
        found["properties"] = {"page": where.page, "boxes": boxes}
    return found


def _logical(where: Where, section: tuple[str, ...]) -> Iterator[dict[str, str]]:
    if section:
        titles = [plain(title) for title in section]
        yield {
            "name": titles[-1],
            "fullyQualifiedName": "/".join(titles),
            "kind": "section",
        }
    if where.page is not None:
        yield {"name": f"第{where.page}页", "kind": "page"}


def _region(where: Where, document: Document) -> dict[str, Any]:
    """The characters of a place, by line and column and by offset.

    Of a second file no more is known than the line.
    """
    if where.file:
        return {"startLine": where.line}
    (line, column), (last, end) = _at(where.start, document), _at(where.end, document)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": last,
        "endColumn": end,
        "charOffset": where.start,
        "charLength": where.end - where.start,
        "snippet": {"text": document.text[where.start : where.end]},
    }


def _at(offset: int, document: Document) -> tuple[int, int]:
    """The line and the column, from 1, of a character."""
    line = document.where(offset, offset).line or 1
    return line, offset - document.line_starts[line - 1] + 1


def related(finding: Finding, document: Document, artifacts: Artifacts) -> list[dict[str, Any]]:
    """What a finding rests on and where that stands; formulas stand nowhere."""
    placed = [(each, each.where) for each in finding.evidence if each.where is not None]
    return [
        {"id": index}
        | location(where, document, artifacts)
        | {"message": {"text": evidence_line(evidence)}}
        for index, (evidence, where) in enumerate(placed, 1)
    ]


def fixes(finding: Finding, document: Document, artifacts: Artifacts) -> list[dict[str, Any]]:
    """What to write in a text file in place of the words at fault, where these stand there so."""
    where, suggestion = finding.where, finding.suggestion
    if suggestion is None or where.file or where.line is None or not has_lines(document.path):
        return []
    stands = document.text[where.start : where.end]
    if "".join(stands.split()) != "".join(finding.text.split()):
        return []
    region = {key: fact for key, fact in _region(where, document).items() if key != "snippet"}
    change = {
        "artifactLocation": artifacts.location(document.path),
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": suggestion}}],
    }
    said = f"“{plain(finding.text)}”改为“{plain(suggestion)}”"
    return [{"description": {"text": said}, "artifactChanges": [change]}]
