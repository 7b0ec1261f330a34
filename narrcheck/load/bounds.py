"""Keeps what was loaded within bounds, so that reading it takes bounded time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from narrcheck.document import Paragraph, Where
from narrcheck.errors import DocumentError
from narrcheck.load.blocks import Grid, Line

MOST_TEXT = 3_000_000  # characters; 1000 full pages have some 2,000,000
MOST_PROSE = 500_000  # characters of paragraphs with numbers; the longest reports have some 50,000
LONGEST = 10_000  # characters of a paragraph
# So long without white space or punctuation are no words, but a picture or a key in letters.
ENDLESS = re.compile(r"[^\s，。；：、！？（）《》“”,;:!?()]{500}")
MOST_NAMED = 5
DIGIT = re.compile(r"\d")


def refuse_long(name: str, size: int) -> None:
    """Raises DocumentError where the file ``name`` has so many characters that none reads them."""
    if size > MOST_TEXT:
        raise DocumentError(f"{name}：文字超过 {MOST_TEXT // 10_000} 万字，请拆分后再检查。")


def refuse_long_prose(name: str, paragraphs: Iterable[Paragraph]) -> None:
    """Raises DocumentError where the paragraphs that hold numbers are far too much to check."""
    if sum(len(each.text) for each in paragraphs if DIGIT.search(each.text)) > MOST_PROSE:
        raise DocumentError(f"{name}：文字说明超过 {MOST_PROSE // 10_000} 万字，请拆分后再检查。")


def without_endless_lines(
    blocks: Sequence[Line | Grid],
) -> tuple[list[Line | Grid], list[int]]:
    """The blocks without the lines that have no end, and where these begin."""
    kept = [each for each in blocks if isinstance(each, Grid) or not _is_endless(each.text)]
    endless = (each for each in blocks if isinstance(each, Line) and _is_endless(each.text))
    return kept, [each.start for each in endless]


def without_endless_paragraphs(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[int]]:
    """The paragraphs without those that have no end, and where these begin."""
    kept = [each for each in paragraphs if not _is_endless(each.text)]
    return kept, [each.offset(0) for each in paragraphs if _is_endless(each.text)]


def _is_endless(text: str) -> bool:
    return len(text) > LONGEST or ENDLESS.search(text) is not None


def notice_of_endless(starts: Iterable[int], where: Callable[[int, int], Where]) -> tuple[str, ...]:
    """What to say of text without end that begins at ``starts``; none without any."""
    places = [where(start, start) for start in sorted(starts)]
    named = list(
        dict.fromkeys(f"第{each.page}页" if each.page else f"第{each.line}行" for each in places)
    )
    listed = "、".join(named[:MOST_NAMED])
    more = f"等 {len(named)} 处" if len(named) > MOST_NAMED else ""
    notice = f"{listed}{more}有一段长得异常，或长久没有标点，没有核对；请分段后再检查。"
    return (notice,) if named else ()
