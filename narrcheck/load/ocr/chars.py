"""Gives the recognised characters of a page their boxes and sizes, as a PDF has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from narrcheck.document import Box
from narrcheck.load.ocr.text import Seen
from narrcheck.load.ocr.upright import Gray
from narrcheck.load.pdf.lines import Char

SURE = 0.8  # a score below makes a character doubtful
RUN = 2  # so many steps from ideograph to ideograph tell the size of a line's characters
INK, LOW_INK = 0.9, 0.7  # parts of that size that the ink of ideographs and of digits is high
ALIKE = 0.14  # sizes that differ by less of themselves are one
SIGNS = ".．,%％-－−—"  # beside letters and digits, what can make another number of one
LOOSE = 0.2  # part of the size by which the place of a character is not known
UNREAD = 0.25  # part of the size: what is narrower is no character that was not read
NARROW = 1.3  # times the size: digits with a comma of full width between are farther apart
WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
POINTS = ",.，．"
NUMBER = re.compile(r"\d[\d,.，．]*\d")
USUAL = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
POINTED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+\.\d{1,2}(?![\d.,])")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,2}")
HANGING = "，。；：、！？"  # their ink ends in the left half of their place


@dataclass(frozen=True, slots=True)
class Ink:
    """Where the dark of a text begins and ends, in pixels; how much its rows and columns have."""

    left: float
    top: float
    right: float
    bottom: float
    rows: NDArray[np.float64]
    columns: NDArray[np.float64]


def chars_of(seen: Sequence[Seen], gray: Gray, scale: float) -> list[Char]:
    """The characters of recognised texts, in points; ``scale`` is pixels per point."""
    inks = [_ink(gray, each.box) for each in seen]
    sizes = _sizes(seen, inks)
    return [
        char
        for each, ink, size in zip(seen, inks, sizes, strict=True)
        for char in _chars(_with_commas(each, size), ink, size, scale)
    ]


def _with_commas(seen: Seen, size: float) -> Seen:
    """The text with the commas of its numbers as they are on the page.

    In a picture the model takes one of full width for a narrow one, and one for a point: that is
    certain where another point follows, but stays doubtful.
    """
    letters, scores = list(seen.text), list(seen.scores)
    for number in POINTED.finditer(seen.text):
        point = number.group().rindex(".") + number.start()
        for at in range(number.start(), point):
            if letters[at] == ".":
                letters[at], scores[at] = ",", 0.0
    for comma in WIDE_COMMA.finditer(seen.text):
        at = comma.start()
        if seen.middles[at + 1] - seen.middles[at - 1] < NARROW * size:
            letters[at] = ","
    return replace(seen, text="".join(letters), scores=tuple(scores))


def _ink(gray: Gray, box: Box) -> Ink:
    """The ink of a text, without what reaches into its box from the lines above and below."""
    x0, top, x1, bottom = (max(round(edge), 0) for edge in box)
    part = gray[top:bottom, x0:x1]
    _, dark = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    rows = np.asarray(dark.sum(axis=1), np.float64)
    runs = _runs(rows)
    if not runs:
        return Ink(box[0], box[1], box[2], box[3], rows, rows[:0])
    longest = max(runs, key=lambda run: run[1] - run[0])
    own = [run for run in runs if run == longest or (run[0] > 0 and run[1] < len(rows))]
    first, last = own[0][0], own[-1][1]
    columns = np.asarray(dark[first:last].sum(axis=0), np.float64)
    inked = np.flatnonzero(columns)
    left, right = int(inked[0]), int(inked[-1]) + 1
    return Ink(
        float(x0 + left),
        float(top + first),
        float(x0 + right),
        float(top + last),
        rows[first:last],
        columns[left:right],
    )


def _runs(rows: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The stretches of rows with ink, half-open."""
    padded = np.concatenate([[0.0], rows, [0.0]]) > 0
    changes = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return list(zip(changes[::2], changes[1::2], strict=True))


def _middle(ink: Ink, size: float) -> float:
    """The height at which the middle of a text stands: of the rows with the most ink, where
    there is more of it than characters of this size have."""
    high = ink.bottom - ink.top
    window = round(size)
    if high <= size * 1.15 or window >= len(ink.rows):
        return (ink.top + ink.bottom) / 2
    sums = np.convolve(ink.rows, np.ones(window), "valid")
    best = np.flatnonzero(sums >= sums.max() * 0.999)
    return ink.top + float(best.mean()) + window / 2


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _is_ideograph(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _sizes(seen: Sequence[Seen], inks: Sequence[Ink]) -> list[float]:
    """The height of each text's characters, in pixels; nearly equal ones made equal.

    Long runs of ideographs tell it best, by how far they stand apart.
    """
    measured = [_size(each, ink) for each, ink in zip(seen, inks, strict=True)]
    order = sorted(range(len(seen)), key=lambda index: -_weight(seen[index]))
    known: list[float] = []
    sizes = dict[int, float]()
    for index in order:
        size = measured[index]
        near = next((each for each in known if abs(each - size) < ALIKE * each), None)
        if near is None:
            known.append(size)
        sizes[index] = near if near is not None else size
    return [sizes[index] for index in range(len(seen))]


def _weight(seen: Seen) -> int:
    return sum(map(_is_ideograph, seen.text))


def _size(seen: Seen, ink: Ink) -> float:
    high = ink.bottom - ink.top
    spans, count = 0.0, 0
    for index in range(1, len(seen.text)):
        if _is_ideograph(seen.text[index - 1]) and _is_ideograph(seen.text[index]):
            spans += seen.middles[index] - seen.middles[index - 1]
            count += 1
    letters = [letter for letter in seen.text if letter != "一"]
    by_ink = high / (INK if any(map(_is_ideograph, letters)) else LOW_INK)
    if count >= RUN and spans / count < 1.1 * by_ink:
        return spans / count
    return min(by_ink, seen.box[3] - seen.box[1])


def _chars(seen: Seen, ink: Ink, size: float, scale: float) -> list[Char]:
    """The characters of a text, each halfway to its neighbours but no wider than it can be."""
    middle = _middle(ink, size)
    top, bottom = (middle - size / 2) / scale, (middle + size / 2) / scale
    halves = [size * (0.5 if _is_wide(letter) else 0.3) for letter in seen.text]
    # The model says where a character is but roughly; it is never outside of the ink.
    first_at, last_at = ink.left + halves[0] / 2, ink.right - halves[-1] / 2
    middles = [max(min(at, last_at), min(first_at, last_at)) for at in seen.middles]
    doubts = _doubts(seen, ink, size)
    chars: list[Char] = []
    last = len(seen.text) - 1
    for index, (letter, at) in enumerate(zip(seen.text, middles, strict=True)):
        reach = halves[index] * 1.3
        before = _between(middles, halves, index - 1) if index else ink.left
        after = _between(middles, halves, index) if index < last else ink.right
        left = max(at - reach, before) if index else min(before, at)
        right = min(at + reach, after) if index < last else max(after, at)
        if index == last and letter in HANGING:
            right += size * 0.6
        chars.append(Char(letter, left / scale, top, right / scale, bottom, index in doubts))
    return chars


def _doubts(seen: Seen, ink: Ink, size: float) -> set[int]:
    """Which characters may be others: those of a low score, those of a number that is written
    as none is, and those beside ink that was not read."""
    doubts = {
        index
        for index, (letter, score) in enumerate(zip(seen.text, seen.scores, strict=True))
        if score < SURE and (letter.isalnum() or letter in SIGNS)
    }
    for number in NUMBER.finditer(seen.text):
        marks = {at for at in range(*number.span()) if seen.text[at] in POINTS}
        if GROUPED.fullmatch(number[0]):  # before a point, a comma can be nothing else
            doubts -= {at for at in marks if seen.scores[at]}
        elif not USUAL.fullmatch(number[0]):  # a comma that was a point, or the other way round
            doubts |= marks
    return doubts | _beside_unread(seen, ink, size)


def _beside_unread(seen: Seen, ink: Ink, size: float) -> set[int]:
    """The characters that ink stands beside, of which the model made no character."""
    beside: set[int] = set()
    reach = [size * ((0.5 if _is_wide(letter) else 0.28) + LOOSE) for letter in seen.text]
    last = len(seen.text) - 1
    for index in range(-1, last + 1):
        start = seen.middles[index] + reach[index] if index >= 0 else ink.left
        end = seen.middles[index + 1] - reach[index + 1] if index < last else ink.right
        if end - start > UNREAD * size and _has_ink(ink, start, end):
            beside |= {index, index + 1} & set(range(last + 1))
    return beside


def _has_ink(ink: Ink, start: float, end: float) -> bool:
    """Whether a third of the columns between two places, in pixels, have ink."""
    first = max(round(start - ink.left), 0)
    part = ink.columns[first : round(end - ink.left)]
    return bool(part.size) and float((part > 0).mean()) > 1 / 3


def _between(middles: Sequence[float], halves: Sequence[float], index: int) -> float:
    """Where the character ``index`` ends and the next begins."""
    part = halves[index] / (halves[index] + halves[index + 1])
    return middles[index] + (middles[index + 1] - middles[index]) * part
