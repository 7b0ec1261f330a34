"""Takes the 目录 out of a document's lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrcheck.document import Paragraph
from narrcheck.load.blocks import Grid, Line
from narrcheck.load.joining import is_full
from narrcheck.load.outline import AMOUNT, PART, begins_entry

# What a sentence begins with that opens a disclosure, right behind its 目录.
OPENING = re.compile(r"按照|根据|依据|现将|为了?(?:进一步|深入|全面|贯彻|落实)")
TITLE = re.compile(r"目\s*[录次]\s*[：:]?")
# Leaders and a page number: …… 12, \t3, 概况3; the number in 附件1 or 表 4 is part of the name.
PAGE = re.compile(
    r"(?:[\s.．·•…⋯_—\-]*+(?<![\d年第])(?<!附件)(?<!附件\s)(?<!表)(?<!表\s)"
    r"[（(]?\s*+[-—]?\s*+\d{1,3}\s*+[-—]?\s*+[）)]?"
    r"|[\s.．·•…⋯_—\-]*[.．·…⋯]{3,}+[\s\d]*)$"
)
# The end of an entry that is none of its own.
REST = re.compile(r"(?:(?:情?况)?说)?明|算?表")
LONGEST = 80
LONGEST_LEADERS = 500  # characters: what stands so far before the end of a line is no leader


def split_contents(
    blocks: Sequence[Line | Grid],
) -> tuple[list[Paragraph], list[Line | Grid]]:
    """The entries of the 目录 (page numbers taken off), and all other blocks.

    It runs from a line 目录 to where its first entry comes again, or a line can be no entry.
    """
    start = next(
        (
            index
            for index, block in enumerate(blocks)
            if isinstance(block, Line) and TITLE.fullmatch(block.text.strip("# \t\u3000*"))
        ),
        None,
    )
    if start is None:
        return [], list(blocks)
    end = _end(blocks, start + 1)
    lines = [block.trimmed() for block in blocks[start + 1 : end] if isinstance(block, Line)]
    entries = _entries([line for line in lines if line.text])
    if not entries:
        return [], list(blocks)
    return entries, [*blocks[:start], *blocks[end:]]


def without_page(text: str) -> str:
    """An entry without the dots and the page number at its end."""
    kept = max(len(text) - LONGEST_LEADERS, 0)
    return (text[:kept] + PAGE.sub("", text[kept:])).rstrip()


def _end(blocks: Sequence[Line | Grid], first: int) -> int:
    """The index after the last block of the 目录 that begins at ``first``."""
    seen: list[str] = []
    numbered = 0
    for index in range(first, len(blocks)):
        block = blocks[index]
        if isinstance(block, Grid):
            return index
        text = block.trimmed().text
        if not text:
            continue
        bare = without_page(text)
        if not bare:
            continue
        if seen and _comes_again(_key(bare), seen[0]):
            return index
        if not _could_be_entry(bare):
            return _repeated(blocks, first, index)
        if numbered > 2 and bare == text and begins_entry(text):
            return index
        numbered += bare != text
        seen.append(_key(bare))
    return _repeated(blocks, first, len(blocks))


def _repeated(blocks: Sequence[Line | Grid], first: int, end: int) -> int:
    """Where, before ``end``, an entry comes a second time as a heading of the body."""
    seen: set[str] = set()
    for index in range(first, end):
        block = blocks[index]
        text = block.trimmed().text if isinstance(block, Line) else ""
        key = _key(without_page(text))
        if key and key in seen and without_page(text) == text:
            return index
        seen.add(key)
    return end


def _key(text: str) -> str:
    return re.sub(r"[\s、.．：:]", "", text)


def _comes_again(key: str, first: str) -> bool:
    """Whether ``key`` is the first entry once more; a part may stand with its title cut off."""
    if key == first:
        return True
    one, other = PART.match(key), PART.match(first)
    return bool(one and other and one.group() == other.group())


def _could_be_entry(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST
        and "\t" not in text
        and "|" not in text
        and not re.search("[。；](?!$)", text)
        and (text[-1] != "。" or len(text) <= LONGEST // 2)
        and AMOUNT.search(text) is None
        and OPENING.match(text) is None
    )


def _entries(lines: Sequence[Line]) -> list[Paragraph]:
    """One paragraph an entry; a long entry may be cut, its page number is on the last line."""
    paged = sum(without_page(line.text) != line.text for line in lines) > len(lines) / 2
    entries: list[Paragraph] = []
    text, runs = "", [(0, 0)]
    last: Line | None = None
    for line in lines:
        bare = without_page(line.text)
        if text and (begins_entry(line.text) or not (paged or _is_rest(last, line))):
            entries.append(Paragraph(text, tuple(runs), role="contents"))
            text = ""
        if bare:
            runs = [*runs, (len(text), line.start)] if text else [(0, line.start)]
            text += bare
        if text and paged and bare != line.text:
            entries.append(Paragraph(text, tuple(runs), role="contents"))
            text = ""
        last = line
    if text:
        entries.append(Paragraph(text, tuple(runs), role="contents"))
    return entries


def _is_rest(last: Line | None, line: Line) -> bool:
    """Whether ``line`` is the end of an entry that was too long for its line."""
    if last and not (last.layout or line.layout or line.gap) and REST.fullmatch(line.text):
        return True
    if last is None or last.layout is None or line.layout is None:
        return False
    return is_full(last.layout, line.layout) and len(line.text) < len(last.text)
