"""Finds what stands in the cells of a table and was not found as text: single digits, dashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np

from narrcheck.document import Box
from narrcheck.load.ocr.upright import Gray
from narrcheck.load.pdf.cells import frames_of
from narrcheck.load.pdf.rules import rules_of

INSET = 1.2  # points: what is nearer to the side of a cell may be its rule
APART = 5.0  # points: the characters of one text are not farther apart
TALL, WIDE = 4.0, 3.0  # points: a digit is as high, a dash as wide
AROUND = 2.0  # points of white around a text for the model to read it well
DARKER = 45  # levels of gray: ink is darker than the paper around it by more
REACH = 15.0  # points: how far that reaches


def missed_in(gray: Gray, rules: Iterable[Box], texts: Sequence[Box], scale: float) -> list[Box]:
    """The boxes of ink in the cells that ``rules`` make and no box of ``texts`` covers.

    All is in pixels; ``scale`` is pixels per point.
    """
    cells = list(_cells(rules, texts, scale))
    if not cells:
        return []
    reach = int(REACH * scale) | 1
    dark = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, reach, DARKER
    )
    left = np.zeros_like(gray)
    for start, first, end, last in cells:
        left[first:last, start:end] = dark[first:last, start:end]
    for x0, top, x1, bottom in texts:
        left[int(top) : int(bottom) + 1, int(x0) : int(x1) + 1] = 0
    if not left.any():
        return []
    found = [box for cell in cells for box in _inked(left, cell, scale)]
    return [box for box in found if not any(_overlap(box, text) for text in texts)]


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes overlap: what touches a text is the edge of its characters."""
    across = min(one[2], other[2]) > max(one[0], other[0])
    return across and min(one[3], other[3]) > max(one[1], other[1])


def _cells(
    rules: Iterable[Box], texts: Sequence[Box], scale: float
) -> Iterator[tuple[int, int, int, int]]:
    """The insides of the cells that rules make, in pixels."""
    edges = [(x0 / scale, y0 / scale, x1 / scale, y1 / scale) for x0, y0, x1, y1 in rules]
    middles = [((x0 + x1) / 2 / scale, (top + bottom) / 2 / scale) for x0, top, x1, bottom in texts]
    for frame in frames_of(rules_of(edges), middles):
        for x0, top, x1, bottom in frame.cells if len(frame.cells) > 1 else ():
            first, last = (int((top + INSET) * scale), int((bottom - INSET) * scale))
            start, end = (int((x0 + INSET) * scale), int((x1 - INSET) * scale))
            if start < end and first < last:
                yield max(start, 0), max(first, 0), end, last


def _inked(left: Gray, cell: tuple[int, int, int, int], scale: float) -> Iterator[Box]:
    """The texts that are left in a cell."""
    x0, top, x1, bottom = cell
    part = left[top:bottom, x0:x1]
    if not part.any():
        return
    near = np.ones((max(int(scale), 1), int(APART * scale)), np.uint8)
    grouped = cv2.morphologyEx(part, cv2.MORPH_CLOSE, near)
    count, _, sizes, _ = cv2.connectedComponentsWithStats(grouped)
    for x, y, width, height in sizes[1:count, :4].tolist():
        is_dash = width >= WIDE * scale and height * 2 >= scale
        is_text = height >= TALL * scale and width * 2 >= scale
        if is_text or is_dash:
            around = AROUND * scale
            yield (
                max(x0 + x - around, x0),
                max(top + y - around, top),
                min(x0 + x + width + around, x1),
                min(top + y + height + around, bottom),
            )
