"""No expression takes more than linear time, and neither does the check of a text."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import regex

from benchmarks.regexes import BOUNDED, COMMON, Used, all_regexes, slow
from narrcheck.check import check


def test_no_expression_takes_more_than_linear_time() -> None:
    """Digits, blanks, commas, brackets and words without end; all pieces: benchmarks.regexes."""
    expressions = [each for each in all_regexes() if each.name not in BOUNDED]
    assert len(expressions) > 400
    found = {each.name: pieces for each in expressions if (pieces := slow(each, COMMON))}
    assert not found


@pytest.mark.parametrize(
    ("pattern", "piece"),
    [
        (re.compile(r"\s*\n"), " "),
        (regex.compile(r"\d[\d,]*[元万]"), "1,"),
        (re.compile(rb"\d+ obj"), "1"),
        (re.compile(r"（[^）]*）"), "（"),
        (re.compile(r"\s*\s*\d"), "\t"),
    ],
)
def test_an_expression_that_takes_longer_is_seen(
    pattern: re.Pattern[str] | re.Pattern[bytes] | regex.Pattern[str], piece: str
) -> None:
    assert slow(Used("narrcheck.load.some", pattern, True), (piece,)) == [piece]
    assert slow(Used("narrcheck.load.some", re.compile("[1元]+"), True), (piece,)) == []


def test_what_matches_only_at_the_begin_is_not_sought_with() -> None:
    used = Used("narrcheck.load.some", re.compile(r"\d+元"), False)
    assert slow(used, ("1",)) == []
    squared = Used("narrcheck.load.some", re.compile(r"1\.1\s*\s*元"), False)
    assert slow(squared, (" ",)) == ["1.1 "]


def test_the_expressions_that_are_left_out_exist() -> None:
    assert BOUNDED.keys() <= {each.name for each in all_regexes()}


def seconds(path: Path, content: str) -> float:
    """The processor's time to check a text; the best of two."""
    path.write_text(f"某某局2023年度部门决算\n\n{SENTENCE}\n\n{content}\n", encoding="utf-8")
    taken = []
    for _ in range(2):
        started = time.process_time()
        check(path)
        taken.append(time.process_time() - started)
    return min(taken)


SENTENCE = "本年支出12.50万元，比上年增加1.50万元，增长13.6%。"
PIECES = {
    "digits": "1234567890" * 40 + "，",
    "brackets": "（" * 300 + "，",
    "pairs": "（1）" * 150 + "，",
    "commas": "1," * 200 + "。",
    "blanks": "1" + " " * 300,
    "tabs": "1" + "\t" * 300,
    "numbers": "12.50万元，13.5%，" * 20 + "。\n\n",
    "sentences": f"{SENTENCE}\n\n",
    "lists": "其中：甲支出1.50万元，占12.0%；乙支出2.50万元，占20.0%。\n\n",
    "rows": "项目\t金额\n甲\t1.50\n合计\t1.50\n\n",
}


@pytest.mark.parametrize("name", PIECES)
def test_a_text_of_four_times_the_length_takes_no_more_than_eight_times_as_long(
    tmp_path: Path, name: str
) -> None:
    """A square of it would take sixteen times as long."""
    piece = PIECES[name]
    path = tmp_path / "文件.txt"
    short, long = (piece * (length // len(piece)) for length in (LENGTH // 4, LENGTH))
    taken = seconds(path, long)
    assert taken < QUICK or taken < 8 * seconds(path, short)


LENGTH = 8_000  # characters
QUICK = 0.5  # seconds
