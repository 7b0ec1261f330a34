"""Finds the ruling lines in the picture of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from narrcheck.document import Box
from narrcheck.load.ocr.upright import Gray

SHORTEST = 12.0  # points: a shorter stroke is part of a character
THICKEST = 4.0  # points: what is thicker is no rule
MEETS = 2.0  # points between the end of a rule and that which it ends at
DARKER = 12  # levels of gray: a rule is darker than what is around it by more
AROUND = 10.0  # points: how far that reaches


def strokes_of(gray: Gray, scale: float, texts: Iterable[Box]) -> tuple[Box, ...]:
    """The strokes in a gray picture that may be rules, in pixels; each as a box without breadth.

    ``scale`` is pixels per point. ``texts`` are the boxes of its lines of text: a short stroke in
    one of them belongs to a character, unless it parts two cells, from rule to rule.
    """
    reach = int(AROUND * scale) | 1
    dark = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, reach, DARKER
    )
    boxes = np.array([*texts], dtype=np.float64).reshape(-1, 4)
    found = [*_long_strokes(dark, scale, across=True), *_long_strokes(dark, scale, across=False)]
    inside = [_is_in_text(stroke, boxes) for stroke in found]
    sure = np.array(
        [stroke for stroke, is_in in zip(found, inside, strict=True) if not is_in], np.float64
    ).reshape(-1, 4)
    return tuple(
        stroke
        for stroke, is_in in zip(found, inside, strict=True)
        if not is_in or _parts_cells(stroke, sure, MEETS * scale)
    )


def _long_strokes(dark: Any, scale: float, *, across: bool) -> Iterator[Box]:
    """The long and thin strokes of one direction, as boxes without breadth."""
    length, breadth = int(SHORTEST * scale), THICKEST * scale
    kernel, near = ((1, length), (3, 1)) if across else ((length, 1), (1, 3))
    strokes = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(kernel, np.uint8))
    # A rule that is a little askew lies on several rows of pixels.
    strokes = cv2.dilate(strokes, np.ones(near, np.uint8))
    count, _, sizes, _ = cv2.connectedComponentsWithStats(strokes)
    for x, y, width, height in sizes[1:count, :4].tolist():
        thick, long = (height, width) if across else (width, height)
        if thick - 2 > breadth or long < length or long < 3 * thick:
            continue
        if across:
            yield (x, y + height / 2, x + width, y + height / 2)
        else:
            yield (x + width / 2, y, x + width / 2, y + height)


def _is_in_text(stroke: Box, texts: NDArray[np.float64]) -> bool:
    """Whether a stroke is in a box of text, and hardly longer than that is high."""
    x0, top, x1, bottom = stroke
    high = texts[:, 3] - texts[:, 1]
    middle = (top + bottom) / 2
    inside = (
        (texts[:, 0] - high * 0.2 <= x0)
        & (texts[:, 2] + high * 0.2 >= x1)
        & (texts[:, 1] <= middle)
        & (texts[:, 3] >= middle)
        & (max(x1 - x0, bottom - top) <= high * 1.3)
    )
    return bool(inside.any())


def _parts_cells(stroke: Box, rules: NDArray[np.float64], near: float) -> bool:
    """Whether both ends of a stroke meet rules of the other direction."""
    x0, top, x1, bottom = stroke
    across = rules[rules[:, 1] == rules[:, 3]]
    down = rules[rules[:, 0] == rules[:, 2]]
    if x0 == x1:
        meet = across[(across[:, 0] - near <= x0) & (across[:, 2] + near >= x0)][:, 1]
        ends = (top, bottom)
    else:
        meet = down[(down[:, 1] - near <= top) & (down[:, 3] + near >= top)][:, 0]
        ends = (x0, x1)
    return all(bool((abs(meet - end) <= near).any()) for end in ends)
