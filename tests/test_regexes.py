"""No regular expression takes more than linear time, whatever a document repeats without end."""

from __future__ import annotations

import time
from collections import deque
from typing import Any

import pytest
import regex
from made.regexes import Used, all_regexes

from narrcheck.load.bounds import ENDLESS

SMALL, LARGE = 300, 2_400  # characters
# Eight times the text takes eight times as long, a square of it 64 times; a busy machine is noisy.
MOST = 24.0
QUICK = 0.01  # seconds of the processor: less is not worth to be compared
HOPELESS = 0.1  # seconds for a small text: a large one would take minutes
ROOMS = ("claims", "diagnose", "ledger", "rules", "verdicts", "wording")
OF_PARAGRAPHS = ("patterns: ", "quantities", *(f"narrcheck.{room}." for room in ROOMS))
# What is cut to a bounded length before: see ``contents.without_page`` and ``caption.read_facts``;
# a name that another module seeks with, too, though this one only matches it at the beginning.
BOUNDED = frozenset(
    {
        "narrcheck.load.contents.PAGE",
        "narrcheck.load.joining.AMOUNT",
    }
)
PIECES = (
    *("1", "0", "1,", "1，", "1.", "1.2.", "1 ", "12 ", "1.1 ", "-1 ", "1-", "1/", "1,111", "-"),
    *(" ", "\t", "\n", "，", "、", "。", "：", "“", "。；", ".", "_", "/", "\\", "|", "&", "<"),
    *("（", "()", "（1", "[1", "{a", "【", "万", "一", "一、", "%", "元", "1万元", "2023年", "第"),
    *(
        "甲",
        "甲 ",
        "甲、",
        "a",
        "X",
        "表",
        "类",
        "单位",
        "其中",
        "支出",
        "增加（",
        "减少",
        "截至",
        "a-",
    ),
)


def as_long_as_it_can_be(used: Used, piece: str) -> str:
    """The piece repeated; in a paragraph no run is longer than 499."""
    text = piece * (LARGE // len(piece))
    if used.name.startswith(OF_PARAGRAPHS) and ENDLESS.search(text):
        return "，".join(text[at : at + 499] for at in range(0, LARGE, 500))
    return text


def seconds(used: Used, text: str) -> float:
    """The processor's time to go through a text; the best of some tries, where it is long."""
    pattern = used.pattern
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        if isinstance(pattern, regex.Pattern) or isinstance(pattern.pattern, str):
            _go_through(pattern, text, sought=used.sought)
        else:
            _go_through(pattern, text.encode(), sought=used.sought)
        best = min(best, time.process_time() - started)
        if best < QUICK or best > HOPELESS:
            break
    return best


def _go_through(pattern: Any, text: str | bytes, *, sought: bool) -> None:
    if sought:
        deque(pattern.finditer(text), maxlen=0)
    else:
        pattern.match(text)
        pattern.fullmatch(text)


def slow(used: Used) -> list[str]:
    """The pieces, repeated, that take it more than linear time."""
    found = []
    for piece in PIECES:
        large = as_long_as_it_can_be(used, piece)
        small = seconds(used, large[:SMALL])
        if small > HOPELESS or (
            (taken := seconds(used, large)) > QUICK and taken > MOST * max(small, QUICK / MOST)
        ):
            found.append(piece)
    return found


def test_all_regular_expressions_are_found() -> None:
    names = {used.name for used in all_regexes()}
    assert {"quantities", "narrcheck.load.caption.MONEY", "narrcheck.load.text.LINE_END"} <= names
    assert any(name.startswith("patterns: ") for name in names)
    assert any(name.startswith("written: ") for name in names)
    assert len(names) > 300


def test_what_takes_the_square_of_the_time_is_seen() -> None:
    """The test itself: a run of digits is gone through again from each of its digits."""
    assert slow(Used("", regex.compile(r"\d+万"), True)) != []
    assert slow(Used("", regex.compile(r"(?<!\d)\d+万"), True)) == []


@pytest.mark.parametrize("part", range(8))
def test_no_regular_expression_takes_more_than_linear_time(part: int) -> None:
    found = {
        f"{used.name}  {used.pattern.pattern!r}": slow(used)
        for used in all_regexes()[part::8]
        if used.name not in BOUNDED
    }
    assert {name: pieces for name, pieces in found.items() if pieces} == {}
