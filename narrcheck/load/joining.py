"""Joins the lines of a page into paragraphs, over hard line ends and page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

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
    r"|[（(](?:\d{2,7})?(?:类|款|项)[）)])$"
)
# An entry …（类）…（款）…（项） cut in two: what it opens with, and what it ends with.
OPEN_ENTRY = re.compile(r"[（(][类款][）)][^。，；：]*$")
REST = re.compile(r"[^。，；：]{0,30}[（(](?:\d{2,7})?[款项][）)]")
# No paragraph begins with an amount, or with the unit of one.
AMOUNT = re.compile(r"(?:\d[\d,]*(?:\.\d+)?\s?)?(?:万元|亿元|元|%|％|个百分点)")
# What the first of two lines of a table's title ends with.
UNFINISHED = re.compile(
    r"(?:财政拨款|(?:一般公共|政府性基金|国有资本经营)预算|[“\"]?三公[”\"]?经费|[、和及与])$"
)
# What stays on one line: a number, a word, and the punctuation after it.
UNBROKEN = re.compile(r"(?:[\dA-Za-z.,:/%％]+|.)[，。；：、）)”》]*")
# 收 入 预 算
DRAWN_OUT = re.compile(r"(?<=[\u4e00-\u9fff，。；：、（）]) (?=[\u4e00-\u9fff，。；：、（）])")
LEAST_DRAWN = 5  # such gaps in a line whose words are drawn out
PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"), ("【", "】"))
WRAPPED = 28  # characters: a line shorter than this was hardly cut by a page's margin
SHORT_HEADING = 20
RAGGED = 4  # columns: by how much the lines of a wrapped file differ
LEAST_FULL = 5  # lines that are full, in a wrapped file


def join_lines(blocks: Iterable[Line | Grid]) -> list[Paragraph | Grid]:
    """The lines as paragraphs, in order; grids stay where they are and end a paragraph."""
    blocks = list(blocks)
    width = wrapped_at([block for block in blocks if isinstance(block, Line)])
    joined: list[Paragraph | Grid] = []
    text, runs = "", [(0, 0)]
    last: Line | None = None
    before: Line | None = None  # the same as on disk
    for block in blocks:
        line = block.trimmed() if isinstance(block, Line) else None
        if line is not None and not line.text:
            continue
        cut = before and line and _is_cut(text, before, line, width)
        if last and line and continues(text, last, line, cut=bool(cut)):
            text = _added(text, runs, line)
            last, before = line, block if isinstance(block, Line) else None
            continue
        if last:
            joined.append(Paragraph(text, tuple(runs)))
        last, before = line, block if isinstance(block, Line) else None
        if line:
            runs = []
            text = _added("", runs, line)
        elif isinstance(block, Grid):
            joined.append(block)
    if last:
        joined.append(Paragraph(text, tuple(runs)))
    return joined


def _added(text: str, runs: list[tuple[int, int]], line: Line) -> str:
    """The text with a line, and in ``runs`` where it begins; its characters drawn together.

    A line whose words were drawn out over its width has a space behind most of its characters.
    """
    gaps = len(DRAWN_OUT.findall(line.text))
    if gaps < LEAST_DRAWN or gaps * 2 < len(line.text) - gaps - line.text.count(" "):
        runs.append((len(text), line.start))
        return text + line.text
    start = 0
    for gap in [*DRAWN_OUT.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        runs.append((len(text), line.start + start))
        text += line.text[start:end]
        start = gap.end() if gap else end
    return text


def wrapped_at(lines: Sequence[Line]) -> int:
    """The columns at which a text file without pages was wrapped, 0 where it was not.

    A Chinese character takes two columns. In a wrapped file most of the longer lines that do not
    end a sentence are equally long, and hardly any line is longer.
    """
    if any(line.layout or line.whole for line in lines):
        return 0
    widths = sorted(columns_of(line.text.rstrip()) for line in lines)
    cut = [columns_of(line.text.rstrip()) for line in lines if not is_ended(line.text)]
    most = widths[-1 - len(widths) // 50] if widths else 0
    full = sum(most - RAGGED <= width <= most for width in cut)
    long = sum(width > most // 2 for width in cut)
    return most if full >= LEAST_FULL and full * 4 >= long * 3 else 0


def columns_of(text: str) -> int:
    """How many columns a text takes on a screen: two for a Chinese character."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def continues(text: str, last: Line, line: Line, *, cut: bool = False) -> bool:
    """Whether ``line`` goes on with the paragraph ``text``, which ``last`` ends so far.

    ``cut``: the file is wrapped, and ``last`` so long that it was cut there.
    """
    if is_note(line.text) or is_facts(line.text) or is_facts(text) or NUMBER.match(line.text):
        return False
    layout = last.layout
    if line.whole:
        headed = level(text) is not None and NOUN_END.search(text) is not None
        ended = headed or is_ended(text) or begins_entry(line.text)
        return not ended and _needs(text, line.text)
    if _continues_title(text, last, line):
        return True
    if layout is None or line.layout is None:
        return cut or _continues_in_words(text, line.text)
    if abs(layout.size - line.layout.size) > 1.5:
        return False
    if is_centred(line.layout):
        return _continues_heading(text, layout, line)
    if is_indented(line.layout):
        return False
    if is_full(layout, line.layout):
        return not (is_ended(text) and (begins_entry(line.text) or _is_table_title(line.text)))
    return _continues_in_words(text, line.text)


def _is_table_title(text: str) -> bool:
    return (
        len(text) <= LONGEST_TITLE and TABLE_END.search(text) is not None and not COMMA.search(text)
    )


def _is_cut(text: str, last: Line, line: Line, width: int) -> bool:
    """Whether ``last``, in a file wrapped at ``width`` columns, is so long that it was cut."""
    if not width or line.gap or is_ended(text) or begins_entry(line.text):
        return False
    piece = UNBROKEN.match(line.text)
    first = columns_of(piece.group()) if piece else 2
    return columns_of(last.text.rstrip()) > width - max(first, RAGGED)


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


def _continues_title(text: str, last: Line, line: Line) -> bool:
    """Whether a line is the rest of a table's title, the first line of which ended in the midst."""
    if line.gap or level(text) is not None or COMMA.search(text):
        return False
    if len(text) > LONGEST_TITLE // 2 or not UNFINISHED.search(text):
        return False
    if last.layout and line.layout:
        size = line.layout.size
        middles = [each.layout.x0 + each.layout.x1 for each in (last, line) if each.layout]
        if abs(last.layout.size - size) > 1.5 or abs(middles[0] - middles[1]) > 2 * size:
            return False
    return TABLE_END.search(line.text) is not None and not begins_entry(line.text)


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
    if _is_table_title(after):
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
