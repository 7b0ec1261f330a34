"""The pages behind the others that list the findings, if asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject
from rich.text import Text

from narrcheck import __version__
from narrcheck.findings import DocumentReport, Finding
from narrcheck.report.lines import place, plain, wrap
from narrcheck.report.pdf.marks import LOOKS, boxes_by_page, page_of
from narrcheck.report.pdf.notes import Numbered, numbered
from narrcheck.report.pdf.objects import Value, dictionary, space_of, stream
from narrcheck.report.pdf.printing import (
    BLACK,
    BLUE,
    HALF,
    HEIGHT,
    LINE,
    MARGIN,
    WIDTH,
    Paper,
    fonts,
)
from narrcheck.report.pdf.revision import Revision
from narrcheck.report.standing import standing_of

MARK = "NarrcheckSummary"  # the entry of a page by which narrcheck.load knows it as ours
TITLE, BELOW_TITLE = 15.0, 24.0  # points
ALL = int((WIDTH - 2 * MARGIN) / HALF)  # what a line holds, in half-widths
# Title and width of the columns in half-widths, of which the last is their distance.
COLUMNS = (("序号", 6), ("级别", 9), ("页", 5), ("原文", 24), ("应为", 24), ("说明", 47))
GAP = 2
LEFTS = [MARGIN + HALF * before for before in accumulate((w for _, w in COLUMNS), initial=0)]
LONGEST = 100  # characters of the words at fault that are shown
ABOVE = 40.0  # points shown above a place that a link goes to


def replace_summary(
    report: DocumentReport,
    revision: Revision,
    pages: Sequence[PageObject],
    said: Sequence[str] | None,
) -> None:
    """Takes the list of an earlier time out of a file, and adds the one of now, if wanted.

    ``pages`` are those of the document; ``said`` are the lines at the head of the list, None
    where no list is wanted.
    """
    earlier = {
        each.indirect_reference.idnum
        for each in revision.pages
        if is_summary(each) and each.indirect_reference is not None
    }
    root = revision.reader.root_object
    tree, node = root.raw_get("/Pages"), root["/Pages"]
    if (said is None and not earlier) or not isinstance(node, DictionaryObject):
        return
    kids = node["/Kids"]
    old = list(kids) if isinstance(kids, ArrayObject) else []
    kept = [each for each in old if each.idnum not in earlier]
    added = [] if said is None else list(_added(report, revision, pages, tree, said))
    count = len(revision.pages) - (len(old) - len(kept)) + len(added)
    revision.change(tree, Kids=ArrayObject([*kept, *added]), Count=count)


def is_summary(page: PageObject) -> bool:
    """Whether a page is none of the document but lists its findings."""
    return f"/{MARK}" in page


def _added(
    report: DocumentReport,
    revision: Revision,
    pages: Sequence[PageObject],
    tree: IndirectObject,
    said: Sequence[str],
) -> Iterator[IndirectObject]:
    """The pages of the list, added to the file."""
    paper = _printed(report, pages, said)
    resources = revision.add(dictionary(Font=fonts()))
    for operators, links in zip(paper.pages, paper.links, strict=True):
        notes = [
            dictionary(Type="Annot", Subtype="Link", Rect=box, Border=(0, 0, 0), Dest=to, F=4)
            for box, to in links
        ]
        page = dictionary(
            Type="Page",
            Parent=tree,
            MediaBox=(0, 0, WIDTH, HEIGHT),
            CropBox=(0, 0, WIDTH, HEIGHT),
            Rotate=0,
            Resources=resources,
            Contents=revision.add(stream("\n".join(operators))),
            Annots=[revision.add(each) for each in notes],
            **{MARK: True},
        )
        yield revision.add(page)


def _printed(report: DocumentReport, pages: Sequence[PageObject], said: Sequence[str]) -> Paper:
    paper = Paper()
    paper.turn()
    paper.write(f"narrcheck {__version__} 核对结果", size=TITLE, bold=True)
    paper.top += BELOW_TITLE
    for line in (line for each in said for line in wrap(Text(each), ALL)):
        if not paper.has_room(LINE):
            paper.turn()
        paper.write(line.plain)
        paper.top += LINE
    paper.top += LINE
    findings = numbered(report)
    if findings and paper.has_room(4 * LINE):
        _print_head(paper)
    elif findings:
        _turn(paper)
    for number, finding in findings:
        _print_row(paper, report, (number, finding), _target(report, finding, pages))
    return paper


def _print_head(paper: Paper) -> None:
    for (title, _), x in zip(COLUMNS, LEFTS, strict=False):
        paper.write(title, x, bold=True)
    paper.top += LINE + 3


def _turn(paper: Paper) -> None:
    paper.turn()
    _print_head(paper)


def _print_row(
    paper: Paper, report: DocumentReport, row: Numbered, target: Sequence[Value]
) -> None:
    """Prints a finding as a row, whole if it fits on a page, with a link to its place."""
    cells = [
        [line.plain for line in wrap(Text(said), width - GAP)]
        for said, (_, width) in zip(_cells(report, *row), COLUMNS, strict=True)
    ]
    height = LINE * max(map(len, cells))
    if not paper.has_room(height) and height < HEIGHT / 2:
        _turn(paper)
    paper.rule()
    for nth in range(max(map(len, cells))):
        if not paper.has_room(LINE):
            _turn(paper)
        if not nth:
            paper.paint(LEFTS[1] - 2, 7 * HALF, LOOKS[row[1].severity].fill)
            paper.link(MARGIN, LEFTS[3] - MARGIN, target)
        for column, (lines, x) in enumerate(zip(cells, LEFTS, strict=False)):
            if nth < len(lines) and lines[nth]:
                paper.write(lines[nth], x, colour=BLUE if column in (0, 2) else BLACK)
        paper.top += LINE
    paper.top += 3


def _cells(report: DocumentReport, number: int, finding: Finding) -> tuple[str, ...]:
    """What stands in the columns."""
    look, where = LOOKS[finding.severity], finding.where
    standing = standing_of(report, finding)
    elsewhere = f"（{place(where)}）" if where.file else ""
    words = plain(finding.claimed or finding.text).strip()
    shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    expected = finding.expected if finding.expected is not None else finding.suggestion
    return (
        str(number),
        f"{look.sign}{look.word}",
        "" if where.file or not where.page else str(where.page),
        shown,
        plain(expected or ""),
        f"{f'【{standing}】' if standing else ''}{plain(finding.message)}{elsewhere}",
    )


def _target(
    report: DocumentReport, finding: Finding, pages: Sequence[PageObject]
) -> Sequence[Value]:
    """The destination of a link to a finding: its page, its words at the top of the window."""
    number = page_of(finding.where, len(pages))
    page = pages[number - 1]
    boxes = boxes_by_page(report.document, finding.where, len(pages)).get(number, ())
    x, y = space_of(page).point(0.0, max(boxes[0][1] - ABOVE, 0.0) if boxes else 0.0)
    reference = page.indirect_reference or NullObject()
    return (reference, "XYZ", x, y, NullObject())
