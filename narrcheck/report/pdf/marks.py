"""Which places of a PDF's pages are marked, with what colour and what note."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from narrcheck import __version__
from narrcheck.document import Box, Document, Where
from narrcheck.findings import DocumentReport, Evidence, Severity
from narrcheck.report.pdf.notes import (
    Numbered,
    evidence_note,
    evidence_subject,
    note,
    numbered,
    subject,
)
from narrcheck.report.text import SEVERITIES, evidence_line

NAME = "narrcheck-"  # what the names of all our annotations begin with
STEP = 1.0  # points: a box that begins higher than the one before stands on the next page

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark is drawn: filled over the words, and its line in ink.

    ``word`` and ``sign`` say what it is, ``seen`` what it looks like. Colours are red, green and
    blue from 0 to 1, after Okabe and Ito, so that colour-blind readers tell them apart; the
    ``dashes`` of the lines differ too, for print in black. ``framed``: the line goes around the
    words, not under them.
    """

    word: str
    sign: str
    seen: str
    fill: Colour
    ink: Colour
    dashes: str = ""
    framed: bool = False


def _look(severity: Severity, seen: str, fill: Colour, ink: Colour, dashes: str) -> Look:
    word, sign, _ = SEVERITIES[severity]
    return Look(word, sign, seen, fill, ink, dashes)


LOOKS = {
    each: _look(each, *how)
    for each, how in {
        Severity.ERROR: ("橙色实线", (1.0, 0.70, 0.56), (0.76, 0.25, 0.0), ""),
        Severity.WARNING: ("黄色虚线", (1.0, 0.93, 0.40), (0.55, 0.42, 0.0), "3 1.5"),
        Severity.INFO: ("蓝色点线", (0.72, 0.88, 1.0), (0.0, 0.36, 0.65), "0.8 1.4"),
    }.items()
}
EVIDENCE = Look("依据", "", "绿色加框", (0.85, 0.96, 0.90), (0.0, 0.45, 0.33), framed=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """A note on a place of a page, or on the page as a whole where there are no ``boxes``.

    ``tag`` is printed beside it, ``subject`` and ``words`` are title and text of the note,
    ``name`` is its own on the page and stays from one annotating to the next. ``first`` are
    marks on the document.
    """

    name: str
    boxes: tuple[Box, ...]
    look: Look
    tag: str
    subject: str
    words: str
    first: bool = False


def marks_of(report: DocumentReport, pages: int, said: Sequence[str]) -> dict[int, list[Mark]]:
    """The marks of a report by page, from 1; what has no place of its own goes to its page or
    the first. ``pages`` is how many the file has, ``said`` what is said of it as a whole."""
    findings = numbered(report)
    marks: defaultdict[int, list[Mark]] = defaultdict(list)
    whole = Mark(
        f"{NAME}overview",
        (),
        EVIDENCE,
        "narrcheck",
        f"narrcheck {__version__} 核对结果",
        _overview(said),
        first=True,
    )
    marks[1].append(whole)
    for page, mark in _evidence(report, findings, pages):
        marks[page].append(mark)
    named: Counter[str] = Counter()
    for number, finding in findings:
        named[finding.fingerprint] += 1
        name = f"{NAME}{finding.fingerprint}-{named[finding.fingerprint]}"
        look, words = LOOKS[finding.severity], note(report, number, finding)
        places = boxes_by_page(report.document, finding.where, pages) or {
            page_of(finding.where, pages): ()
        }
        for page, boxes in places.items():
            marks[page].append(
                Mark(name, boxes, look, str(number), subject(number, finding), words)
            )
    return dict(marks)


def _overview(said: Sequence[str]) -> str:
    looks = "，".join(f"{each.word}{each.seen}" for each in (*LOOKS.values(), EVIDENCE))
    return "\n".join([*said, f"标注：{looks}；标签上的数字是问题的序号。"])


def page_of(where: Where, pages: int) -> int:
    """The page of a place, from 1; the first where it is on none of the file's."""
    return where.page if not where.file and where.page and where.page <= pages else 1


def _evidence(
    report: DocumentReport, findings: tuple[Numbered, ...], pages: int
) -> list[tuple[int, Mark]]:
    """The marks on what findings rest on; one for each place, whatever number rest on it."""
    resting: defaultdict[tuple[int, int], list[Numbered]] = defaultdict(list)
    said: dict[tuple[int, int], Evidence] = {}
    for number, finding in findings:
        for each in finding.evidence:
            if each.where is None or each.where == finding.where or each.where.file:
                continue
            spot = (each.where.start, each.where.end)
            said.setdefault(spot, each)
            if (number, finding) not in resting[spot]:
                resting[spot].append((number, finding))
    return [
        (page, _evidence_mark(said[spot], by, spot, boxes))
        for spot, by in resting.items()
        if (where := said[spot].where) is not None
        for page, boxes in boxes_by_page(report.document, where, pages).items()
    ]


def _evidence_mark(
    evidence: Evidence, by: list[Numbered], spot: tuple[int, int], boxes: tuple[Box, ...]
) -> Mark:
    numbers = ",".join(str(number) for number, _ in by[:3]) + ("…" if len(by) > 3 else "")
    words = evidence_note(by, evidence_line(evidence))
    name = f"{NAME}evidence-{spot[0]}-{spot[1]}"
    return Mark(name, boxes, EVIDENCE, numbers, evidence_subject(by), words)


def boxes_by_page(document: Document, where: Where, pages: int) -> dict[int, tuple[Box, ...]]:
    """The boxes of a place by page, from 1; none where the file has no such place."""
    if where.file or where.page is None or not where.boxes:
        return {}
    found: defaultdict[int, list[Box]] = defaultdict(list)
    on_lines = _on_lines(document, where)
    if tuple(box for _, box in on_lines) != where.boxes:  # a cell, that may go on overleaf
        on_lines = _on_following_pages(where.page, where.boxes)
    for page, box in on_lines:
        if page <= pages:
            found[page].append(box)
    return {page: tuple(boxes) for page, boxes in found.items()}


def _on_lines(document: Document, where: Where) -> list[tuple[int, Box]]:
    """The boxes of the characters on printed lines, each with its page."""
    lines, found = document.lines, []
    index = max(bisect_right(lines, where.start, key=lambda line: line.start) - 1, 0)
    while index < len(lines) and lines[index].start < where.end:
        box = lines[index].box(where.start, where.end)
        found.extend([(lines[index].page, box)] if box else [])
        index += 1
    return found


def _on_following_pages(page: int, boxes: tuple[Box, ...]) -> list[tuple[int, Box]]:
    found: list[tuple[int, Box]] = []
    for box in boxes:
        if found and box[1] < found[-1][1][1] - STEP:
            page += 1
        found.append((page, box))
    return found
