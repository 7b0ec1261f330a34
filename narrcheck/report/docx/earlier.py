"""Takes out the comments of an earlier call: who mends the commented copy wants only new ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrcheck.load.docx.names import W
from narrcheck.report.docx.markup import Part, read_part, without
from narrcheck.report.docx.package import WordPackage, comments_of, main_name, with_comments

if TYPE_CHECKING:
    from lxml.etree import _Element

AUTHOR = "narrcheck"
MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
EXTENDED = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def without_earlier(package: WordPackage) -> WordPackage:
    """The file without the comments that narrcheck put in before, and without their marks.

    One that a person has answered stays, and so does all else.
    """
    main = package.part(main_name(package))
    at, comments = comments_of(package, main) if main is not None else ("", None)
    if main is None or comments is None:
        return package
    answered = set(_answered(package))
    earlier = [
        each
        for each in comments.root.iter(W + "comment")
        if each.get(W + "author") == AUTHOR and not answered & set(_paragraph_ids(each))
    ]
    if not earlier:
        return package
    numbers = {each.get(W + "id") for each in earlier}
    marks = [_alone(each) for each in _marks(main) if each.get(W + "id") in numbers]
    left = read_part(package.name, without(main, marks))
    return with_comments(package, left.xml, without(comments, earlier), at=at)


def _marks(main: Part) -> Iterator[_Element]:
    return (each for kind in MARKS for each in main.root.iter(W + kind))


def _alone(mark: _Element) -> _Element:
    """The run that holds nothing but a mark, else the mark."""
    run = mark.getparent()
    if run is None or run.tag != W + "r":
        return mark
    return mark if any(each.tag != W + "rPr" for each in run if each is not mark) else run


def _paragraph_ids(comment: _Element) -> Iterator[str]:
    return (each.get(PARAGRAPH_ID, "") for each in comment.iter(W + "p"))


def _answered(package: WordPackage) -> Iterator[str]:
    """The paragraphs of comments that others answer: Word keeps that in a part of its own."""
    place = package.related(main_name(package)).get("commentsExtended")
    part = package.part(place) if place is not None else None
    for each in part.root.iter(EXTENDED + "commentEx") if part is not None else ():
        if parent := each.get(EXTENDED + "paraIdParent"):
            yield parent
