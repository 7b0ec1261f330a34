"""Joins the lines of a page into paragraphs, over hard line ends and page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from narrcheck.document import Paragraph
from narrcheck.load.blocks import Grid, Layout, Line
from narrcheck.load.caption import LONGEST_TITLE, NUMBER, is_facts, is_note
from narrcheck.load.outline import TABLE_END, begins_entry, level

CLOSERS = "”’」』）)】》〉\"'"
ENDS = "。；：！？!?;:…"
COMMA = re.compile(r"[，。；,;]")
# What a heading ends with: the name of a thing. A line cut in two rarely ends so.
NOUN_END = re.compile(
    r"(?:情况|说明|项目|支出|收入|概况|职责|职能|设置|机构|构成|总表|明细表|表|报告|总体|措施|问题|分析|解释|名单"
    r"|经费|工作|方案|目标|原因|成效|成果|费用?|计划|进展|评价|结果|管理|资金|预算|决算|变化|资产|采购|事项|安排"
    r"|[（(](?:类|款|项)[）)])$"
)
# An entry …（类）…（款）…（项） cut in two: what it opens with, and what it ends with.
OPEN_ENTRY = re.compile(r"[（(][类款][）)][^。，；：]*$")
REST = re.compile(r"[^。，；：]{0,30}[（(][款项][）)]")
# No paragraph begins with an amount, or with the unit of one.
AMOUNT = re.compile(r"(?:\d[\d,]*(?:\.\d+)?\s?)?(?:万元|亿元|元|%|％|个百分点)")
PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"), ("【", "】"))
WRAPPED = 28  # characters: a line shorter than this was hardly cut by a page's margin
SHORT_HEADING = 20


def join_lines(blocks: Iterable[Line | Grid]) -> list[Paragraph | Grid]:
    """The lines as paragraphs, in order; grids stay where they are and end a paragraph."""
    joined: list[Paragraph | Grid] = []
    text, runs = "", [(0, 0)]
    last: Line | None = None
    for block in blocks:
        line = block.trimmed() if isinstance(block, Line) else None
        if line is not None and not line.text:
            continue
        if last and line and continues(text, last, line):
            runs.append((len(text), line.start))
            text += line.text
            last = line
            continue
        if last:
            joined.append(Paragraph(text, tuple(runs)))
        last = line
        if line:
            text, runs = line.text, [(0, line.start)]
        elif isinstance(block, Grid):
            joined.append(block)
    if last:
        joined.append(Paragraph(text, tuple(runs)))
    return joined


def continues(text: str, last: Line, line: Line) -> bool:
    """Whether ``line`` goes on with the paragraph ``text``, which ``last`` ends so far."""
    if is_note(line.text) or is_facts(line.text) or is_facts(text) or NUMBER.match(line.text):
        return False
    layout = last.layout
    if last.whole and line.whole:
        return not is_ended(text) and _needs(text, line.text)
    if layout is None or line.layout is None:
        return _continues_in_words(text, line.text)
    if abs(layout.size - line.layout.size) > 1.5:
        return False
    if is_centred(line.layout):
        return _continues_heading(text, layout, line)
    if is_indented(line.layout):
        return False
    if is_full(layout, line.layout):
        return not (begins_entry(line.text) and is_ended(text))
    return _continues_in_words(text, line.text)


def is_full(layout: Layout, after: Layout) -> bool:
    """Whether a line is so long that what follows it would not have found room on it."""
    return layout.right - layout.x1 < after.first + layout.size * 0.6


def is_indented(layout: Layout) -> bool:
    """Whether a line begins right of its page's margin, as the first of a paragraph does."""
    return layout.x0 > layout.left + layout.size * 0.9


def is_centred(layout: Layout) -> bool:
    """Whether a line stands in the middle of the page, with room on both sides."""
    before, after = layout.x0 - layout.left, layout.right - layout.x1
    return min(before, after) > layout.size * 2 and abs(before - after) < layout.size * 1.5


def _continues_heading(text: str, layout: Layout, line: Line) -> bool:
    """Whether a centred line is the rest of a heading that was too long for one line."""
    if is_ended(text) or begins_entry(line.text) or TABLE_END.search(text):
        return False
    return line.layout is not None and is_full(layout, line.layout) and len(line.text) < len(text)


def is_ended(text: str) -> bool:
    """Whether ``text`` ends like a sentence or clause that nothing need follow."""
    bare = text.rstrip(CLOSERS + " \u3000")
    return bool(bare) and bare[-1] in ENDS


def _continues_in_words(text: str, after: str) -> bool:
    """The same, told from the words alone."""
    if is_ended(text) or begins_entry(after):
        return False
    if _needs(text, after):
        return True
    if TABLE_END.search(after) and len(after) <= LONGEST_TITLE and not COMMA.search(after):
        return False
    numbered = level(text) is not None
    if COMMA.search(text) and not (numbered and len(text) < WRAPPED and text[-1] not in "，、,"):
        return not (numbered and NOUN_END.search(text) and "。" not in text)
    if len(text) < (SHORT_HEADING if numbered else WRAPPED) or NOUN_END.search(text):
        return False
    return is_ended(after)


def _needs(text: str, after: str) -> bool:
    """Whether ``after`` is nothing without ``text``: an amount's rest, the end of a bracket."""
    if AMOUNT.match(after) or _closes_what_is_open(text, after):
        return True
    return OPEN_ENTRY.search(text) is not None and REST.match(after) is not None


def _closes_what_is_open(text: str, after: str) -> bool:
    for left, right in PAIRS:
        if text.count(left) > text.count(right) and after.count(right) > after.count(left):
            return True
    return False
