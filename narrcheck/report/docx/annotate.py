"""Puts comments into a Word file, which else stays as it is."""

from __future__ import annotations

import re
from functools import partial
from itertools import count
from xml.sax.saxutils import escape

from narrcheck.errors import DocumentError
from narrcheck.findings import DocumentReport, Standing
from narrcheck.load.docx.names import W
from narrcheck.report.characters import for_xml
from narrcheck.report.docx.anchors import anchors_of, title_of
from narrcheck.report.docx.earlier import AUTHOR, without_earlier
from narrcheck.report.docx.marks import marked
from narrcheck.report.docx.markup import Part
from narrcheck.report.docx.package import comments_of, main_name, open_package, with_comments
from narrcheck.report.docx.words import on_document, on_finding

WHOLE = re.compile(r"-?[0-9]{1,10}")
# As Word shows comments; the paragraphs of the text itself are set large, and indented.
PARAGRAPH = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0" w:firstLineChars="0"/>'
    '<w:jc w:val="left"/></w:pPr>'
)
FACE = '<w:rPr>{0}<w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'


def annotate_docx(report: DocumentReport, data: bytes, *, hidden: int = 0) -> bytes:
    """The Word file in ``data``, from which ``report`` was made, with a comment for each finding.

    One more, on its first line, says what was read. What people let stand (suppressed findings) is
    told there, and has no comment of its own. Comments of an earlier call go. ``hidden`` is how
    many findings the caller left out of ``report`` (--select, --ignore). Raises DocumentError where
    ``data`` is another file.
    """
    document = report.document
    package = without_earlier(open_package(document.path, data))
    main = package.part(main_name(package))
    if main is None or not document.sources:
        raise DocumentError(f"{document.path}：不是 Word 文件，加不了批注。")
    findings = [
        each for each in report.findings if report.standing(each) is not Standing.SUPPRESSED
    ]
    findings.sort(key=lambda each: (each.where.file, each.where.start))
    wheres = [title_of(document), *(each.where for each in findings)]
    anchors = anchors_of(package, main, document, wheres)
    remarks = [anchor.remark for anchor in anchors[1:]]
    said = [on_document(report, findings, hidden)]
    said += map(partial(on_finding, report), findings, remarks)
    at, comments = comments_of(package, main)
    used = {*_ids(main), *_ids(comments)}
    free = (number for number in count(1) if number not in used)
    numbers = [next(free) for _ in anchors]
    declared = comments.declaration()
    written = [_comment(*each, declared) for each in zip(numbers, said, strict=True)]
    text = marked(main, list(zip(numbers, anchors, strict=True)), free)
    return with_comments(package, text, comments.with_last("".join(written)), at=at).data


def _ids(part: Part) -> set[int]:
    """All numbers that the marks of a part have, of comments and of others."""
    ids = (each.get(W + "id", "") for each in part.root.iter("*"))
    return {int(each) for each in ids if WHOLE.fullmatch(each)}


def _comment(number: int, lines: list[str], declared: str) -> str:
    """A w:comment, a paragraph a line, the first in bold; without a date, to be the same again."""
    mark = f"<w:r>{FACE.format('')}<w:annotationRef/></w:r>"
    paragraphs = [
        f"<w:p>{PARAGRAPH}{'' if n else mark}<w:r>{FACE.format('' if n else '<w:b/>')}"
        f'<w:t xml:space="preserve">{escape(for_xml(line))}</w:t></w:r></w:p>'
        for n, line in enumerate(lines)
    ]
    return (
        f'<w:comment{declared} w:id="{number}" w:author="{AUTHOR}" w:initials="nc">'
        f"{''.join(paragraphs)}</w:comment>"
    )
