"""Draws what each step of the pipeline read in a narrative, by displaCy, as one HTML page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from narrcheck.claims.claim import Kind
from narrcheck.document import Document, Where
from narrcheck.figure import TableValue
from narrcheck.patterns import NAME_TYPES, NUMBER_TYPES, Patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What a person calls a kind of claim.
KINDS = {
    Kind.AMOUNT: "数额",
    Kind.CHANGE: "增减额",
    Kind.GROWTH: "增减幅度",
    Kind.SHARE: "占比",
    Kind.COMPLETION: "完成率",
    Kind.RATE: "百分数",
    Kind.RELATION: "比大小",
    Kind.PARTS: "分项",
    Kind.LIST: "列举",
    Kind.COUNT: "件数",
    Kind.ZERO: "没有",
}
STEPS = {"quantities": "数", "terms": "词", "readings": "句式", "scope": "陈述"}
BLUE, GREY, GREEN, YELLOW = "#a9d0f5", "#d8d8d8", "#b5e3a5", "#ffe38c"
VIOLET, ORANGE, RED = "#dcc6ff", "#ffbb80", "#ff8f8f"
LEGEND = (
    ("数", BLUE, "number", "数，连同单位"),
    ("数", GREY, "silent", "不作陈述的数：日期、序号、文号等"),
    ("词", BLUE, "money · percent · points · times · count", "金额、百分数、百分点、倍数、件数"),
    ("词", GREEN, "item · measure · fund · year", "项目、口径、资金、年份"),
    ("词", YELLOW, "up · down · …", "提示词，cues.toml 中的 id；标点不画"),
    ("句式", VIOLET, "change · …", "对上的句式，claims.toml 中的 id"),
    ("陈述", GREEN, "数额 支出合计", "取出的陈述，说的是哪个项目"),
    ("陈述", ORANGE, "数额 ？", "未能认定说的是哪个项目，或别的缘由，不能核对"),
    ("陈述", RED, "未读懂", "没有读懂的数"),
)
LONGEST = 300  # tokens drawn at once: displaCy holds every token against every span
TEMPLATE = {
    "span": '<span class="t" style="height:{total_height}px">{text}{span_slices}{span_starts}'
    "</span>",
    "slice": '<span class="s" style="background:{bg};top:{top_offset}px"></span>',
    # The label is laid over the line below its words; the second one makes the words as wide.
    "start": '<span class="s" style="background:{bg};top:{top_offset}px">'
    '<span class="l" style="background:{bg}">{label}</span></span>'
    '<span class="room" data-label="{label}"></span>',
}
STYLE = """
body { font: 15px/1.6 sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.15rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; border-bottom: 1px solid #bbb; margin-top: 2rem; }
section { margin: 1rem 0; } h4 { margin: 0; font-size: .8rem; color: #666; font-weight: normal; }
.sentence { border-left: 3px solid #ddd; padding-left: .7rem; margin: .5rem 0 1rem; }
.silent { color: #888; margin: .3rem 0; }
.row { display: flex; gap: .8rem; } .step { flex: 0 0 2.2rem; color: #666; font-size: .8rem; }
.spans { flex: 1; min-width: 0; overflow-wrap: anywhere; word-spacing: -.1em; }
.spans { line-height: 1.6 !important; }
.t { display: inline-block; position: relative; vertical-align: top; max-width: 100%; }
.t { font-weight: bold; margin-right: 2px; }
.s { position: absolute; left: 0; width: 100%; height: 3px; }
.l, .room { font-size: 11px; line-height: 1.2; padding: 0 3px; white-space: nowrap; }
.l, .room { word-spacing: normal; }
.l { position: absolute; left: 0; top: 1px; color: #000; font-weight: normal; }
.room { display: block; height: 0; visibility: hidden; overflow: hidden; }
.room::after { content: attr(data-label); }
.legend td { padding: .1rem .6rem .1rem 0; vertical-align: top; }
.legend td span { padding: 0 4px; font-size: 12px; }
"""
PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>narrcheck：读成什么</title>
<style>{style}</style>
</head>
<body>
<h1>narrcheck：读成什么</h1>
{content}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be drawn: tokens of the paragraph (half-open), its label and colour."""

    start: int
    end: int
    label: str
    colour: str


def _start(mark: Mark) -> int:
    return mark.start


def draw(read: Iterable[tuple[Document, Iterable[TableValue]]], patterns: Patterns) -> str:
    """One HTML page that needs nothing else: each paragraph of the documents, step by step.

    ``read`` are documents with the values of their tables. Nothing of a document is markup.
    """
    used: set[str] = set()
    bodies = [part for each in read for part in _document(*each, patterns, used)]
    content = "\n".join([_legend(patterns, used), *bodies])
    return PAGE.format(style=STYLE, content=content)


def _document(
    document: Document, table_values: Iterable[TableValue], patterns: Patterns, used: set[str]
) -> Iterator[str]:
    from narrcheck.claims.pipeline import with_spans
    from narrcheck.claims.read import read_docs

    yield f"<h2>{escape(document.path)}</h2>"
    section: tuple[str, ...] | None = None
    for doc in map(with_spans, read_docs(document, patterns, table_values)):
        context = doc.user_data["context"]
        if context.path != section:
            section = context.path
            yield f"<h3>{escape(' / '.join(context.path)) or '（不在标题之下）'}</h3>"
        used.update(span.label_ for span in doc.spans["readings"])
        yield _paragraph(doc)
    if section is None:
        yield "<p>没有读到情况说明中的数字。</p>"


def _legend(patterns: Patterns, used: set[str]) -> str:
    rows = "".join(
        f'<tr><td>{step}</td><td><span style="background:{colour}">{escape(label)}</span></td>'
        f"<td>{escape(said)}</td></tr>"
        for step, colour, label, said in LEGEND
    )
    titles = "".join(
        f"<tr><td>{escape(pattern.id)}</td><td>{escape(pattern.title)}</td></tr>"
        for pattern in patterns.claims
        if pattern.id in used
    )
    return (
        f'<table class="legend">{rows}</table>\n<details><summary>用到的句式</summary>'
        f'<table class="legend">{titles}</table></details>'
    )


def _paragraph(doc: Doc) -> str:
    reader = doc.user_data["reader"]
    marks = {step: sorted(_marks(doc, step), key=_start) for step in STEPS}
    token_starts = [start for start, _ in doc.user_data["offsets"]]
    ends = [bisect_left(token_starts, start) for start in reader.starts[1:]]
    drawn = [
        _sentence(doc, start, min(start + LONGEST, last), marks)
        for first, last in zip([0, *ends], [*ends, len(doc)], strict=True)
        for start in range(first, last, LONGEST)
    ]
    place = _place(reader.where(0, len(reader.text)))
    return f"<section><h4>{place}</h4>\n{''.join(drawn)}</section>"


def _place(where: Where) -> str:
    return f"第{where.page}页" if where.page is not None else f"第{where.line}行"


def _sentence(doc: Doc, first: int, last: int, marks: dict[str, list[Mark]]) -> str:
    """Tokens ``first`` to ``last``, a row for each step that found something beginning there."""
    inside = {
        step: found[bisect_left(found, first, key=_start) : bisect_left(found, last, key=_start)]
        for step, found in marks.items()
    }
    if not any(inside[step] for step in ("quantities", "readings", "scope")):
        text = "".join(token.text for token in doc[first:last])
        return f'<div class="silent">{escape(text)}</div>\n'
    rows = "".join(
        f'<div class="row"><span class="step">{STEPS[step]}</span>'
        f"{_spans(doc, first, last, found)}</div>\n"
        for step, found in inside.items()
        if found
    )
    return f'<div class="sentence">{rows}</div>\n'


def _spans(doc: Doc, first: int, last: int, marks: list[Mark]) -> str:
    """displaCy's drawing of the marks; it escapes the words, but not the labels."""
    from spacy import displacy

    spans = [
        {
            "start_token": mark.start - first,
            "end_token": min(mark.end, last) - first,
            "label": escape(mark.label),
        }
        for mark in marks
    ]
    drawing = {
        "tokens": [token.text for token in doc[first:last]],
        "spans": spans,
        "settings": {"lang": "zh", "direction": "ltr"},
    }
    options = {
        "template": TEMPLATE,
        "colors": {escape(mark.label): mark.colour for mark in marks},
        "top_offset": 25,
        "span_label_offset": 18,
    }
    return displacy.render(
        drawing, style="span", page=False, manual=True, jupyter=False, options=options
    ).strip()


def _marks(doc: Doc, step: str) -> Iterator[Mark]:
    """What a step left in ``doc.spans``; for the last one also the numbers not understood."""
    if step == "scope":
        yield from _claims(doc)
        return
    for span in doc.spans[step]:
        label = span.label_
        if step == "quantities":
            colour = BLUE if label == "number" else GREY
        elif step == "terms":
            if not any(map(str.isalnum, span.text)):
                continue
            kinds = set(label.split("|"))
            colour = GREEN if kinds & NAME_TYPES else YELLOW
            colour = BLUE if kinds & {*NUMBER_TYPES, "number"} else colour
        else:
            colour = VIOLET
        yield Mark(span.start, span.end, label, colour)


def _claims(doc: Doc) -> Iterator[Mark]:
    from narrcheck.claims.reader import leftovers

    reader, claims = doc.user_data["reader"], doc.user_data["claims"]
    paragraph = doc.user_data["context"].paragraph
    places = [paragraph.offset(start) for start, _ in doc.user_data["offsets"]]
    open_claims = {(claim.where.start, claim.kind.value) for claim in claims if claim.reason}
    for span in doc.spans["scope"]:
        kind, _, name = span.label_.partition(" ")
        unsure = (places[span.start], kind) in open_claims
        name = f"{name.removesuffix('？')} ？" if unsure else name
        label = f"{KINDS[Kind(kind)]} {name.strip()}"
        yield Mark(span.start, span.end, label, ORANGE if unsure else GREEN)
    unread = {each.where.start for each in leftovers(reader, claims)[1]}
    for index, place in enumerate(places):
        if place in unread:
            yield Mark(index, index + 1, "未读懂", RED)
