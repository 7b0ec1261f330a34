"""说数的句子标点齐全。

标点重复、括号只有一半、段末没有句号、“截至”写成“截止”，都不影响数值，但容易让人读错。

正例：截至2023年12月31日，共有车辆3辆（其中，执法执勤用车3辆）。
反例：{截止2023年12月31日}，共有车辆3辆（其中，执法执勤用车3辆。

例文：
    2023年度部门决算

    九、机关运行经费支出情况

    机关运行经费支出9.00万元{，，→，}比上年决算数减少1.00万元，下降10.0%。

    十一、国有资产占用情况

    {截止2023年12月31日→截至2023年12月31日}，本部门共有车辆3辆{（其中，执法执勤用→}车2辆、其他用车1辆。
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from narrcheck.claims.flaws import sentence_around
from narrcheck.document import Document, Paragraph
from narrcheck.findings import Finding, Severity, on_flaws
from narrcheck.ledger import Ledger

CODE = "NC510"
SLUG = "punctuation-around-number"
_SHOWN = 9  # characters shown after a bracket that is not closed
# 1）, （一）, ①): the number of a list may close a bracket that nothing opened.
_LISTED = regex.compile(r"(?:^|(?<=[。；;：:，,、\s]))[\da-zA-Z一二三四五六七八九十]{1,3}[）)]")
_BRACKET = regex.compile(r"[（()）]")
_DIGIT = regex.compile(r"\d")
_STOP = tuple("。！？!?；;：:…，,、.．")
_CLOSING = "”’》）)"
# What begins after a paragraph that was not cut: 其中：, （二）, 3.
_BEGINS = regex.compile(
    r"\s*(?:其中[：:]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d))"
)
_USUALLY = 4  # of five paragraphs that end with a stop, before the lack of one is told


def check(ledger: Ledger) -> Iterator[Finding]:
    """Number rules N18, N22."""
    yield from (finding for _, finding in on_flaws(ledger, CODE, SLUG))
    document = ledger.document
    yield from _open_brackets(document)
    stated = {claim.paragraph for claim in ledger.claims if claim.quantity is not None}
    if _ends_with_stops(document, stated):
        for index in sorted(stated):
            if _lacks_stop(document, index):
                yield _no_stop(document, document.paragraphs[index])


def _open_brackets(document: Document) -> Iterator[Finding]:
    """Brackets that a whole paragraph opens and never closes, nor the one after it."""
    paragraphs = document.paragraphs
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        whole = paragraph.role == "body" and text.rstrip().endswith(("。", "；"))
        if not whole or not _DIGIT.search(text):
            continue
        following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        opened = _unpaired(text)[0]
        if opened and not _unpaired(following)[1]:
            yield _not_closed(document, paragraph, opened[0])


def _unpaired(text: str) -> tuple[list[int], list[int]]:
    """Where brackets open that do not close, and close that did not open."""
    opened: list[int] = []
    closed: list[int] = []
    listed = {match.end() - 1 for match in _LISTED.finditer(text)}
    for match in _BRACKET.finditer(text):
        if match[0] in "（(":
            opened.append(match.start())
        elif opened:
            opened.pop()
        elif match.start() not in listed:
            closed.append(match.start())
    return opened, closed


def _not_closed(document: Document, paragraph: Paragraph, at: int) -> Finding:
    text = paragraph.text
    shown = text[at : at + _SHOWN].rstrip()
    begins = text.find(sentence_around(text, at))
    last = "".join(text.split())
    clause = max(last.rfind(mark, 0, -1) for mark in "。；，：") + 1
    message = (
        f"“{''.join(shown.split())}…”的左括号到段末没有右括号；"
        f"如括到段末，应写“{last[clause:-1]}）{last[-1]}”。"
    )
    return _finding(document, paragraph, (at, at + len(shown)), message, text[begins:].strip())


def _ends_with_stops(document: Document, stated: set[int]) -> bool:
    """Whether the paragraphs that state numbers in several sentences end with a stop, as a rule."""
    texts = [document.paragraphs[index].text.rstrip() for index in stated]
    ends = [text.rstrip(_CLOSING).endswith(_STOP) for text in texts if "。" in text[:-1]]
    return sum(ends) * 5 >= len(ends) * _USUALLY


def _lacks_stop(document: Document, index: int) -> bool:
    """Whether a paragraph of several sentences just ends, and what follows is no continuation."""
    paragraphs = document.paragraphs
    text = paragraphs[index].text.rstrip()
    if "。" not in text[:-1] or text.rstrip(_CLOSING).endswith(_STOP) or text[-1] in _CLOSING:
        return False
    if index + 1 == len(paragraphs) or not _DIGIT.search(text):
        return False
    following = paragraphs[index + 1]
    begins = following.role == "body" and _BEGINS.match(following.text) is not None
    return following.role == "heading" or begins


def _no_stop(document: Document, paragraph: Paragraph) -> Finding:
    text = paragraph.text.rstrip()
    start = max(text.rfind("。"), text.rfind("，"), text.rfind("；"), len(text) - 20) + 1
    return _finding(
        document,
        paragraph,
        (start, len(text)),
        "段末没有句号，容易与下文连读。",
        sentence_around(text, len(text) - 1),
        f"{''.join(text[start:].split())}。",
    )


def _finding(
    document: Document,
    paragraph: Paragraph,
    place: tuple[int, int],
    message: str,
    sentence: str,
    expected: str | None = None,
) -> Finding:
    start, end = place
    words = "".join(paragraph.text[start:end].split())
    return Finding(
        CODE,
        SLUG,
        Severity.INFO,
        message,
        words,
        sentence,
        document.where_in(paragraph, start, end),
        document.section_path(paragraph.section),
        claimed=words,
        expected=expected,
        suggestion=expected,
    )
