"""Reads the picture of a page: sets it upright, finds its rules, recognises its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from narrcheck.document import Box, Turn
from narrcheck.load.ocr.chars import chars_of
from narrcheck.load.ocr.missed import missed_in
from narrcheck.load.ocr.rules import strokes_of
from narrcheck.load.ocr.text import Seen, read_texts, texts_in
from narrcheck.load.ocr.upright import (
    STRAIGHT,
    UNMOVED,
    Picture,
    Placed,
    Quad,
    quarter_turns,
    slope,
    without_seals,
)
from narrcheck.load.pdf.lines import Char

UPSIDE_DOWN = 0.75  # the mean score of text that stands on its head is lower
NOISE = 0.6  # what is no character has a lower score
INSET = 0.9  # points: half of what a rule is thick


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What stands on the picture of a page, in points of the page set upright.

    ``rules`` are boxes without breadth. ``back`` takes a point (x, y) to (ax + by + c,
    dx + ey + f) of the page as it was; it is None where that is the same.
    """

    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Box, ...]
    back: Turn | None


def read_page(picture: Picture, scale: float) -> ReadPage:
    """The characters and rules of a page's picture of ``scale`` pixels per point."""
    placed, quads = _upright(Placed(without_seals(picture, scale)), scale)
    sheet, seen = _read(placed.picture, quads, scale)
    if seen and sum(each.score for each in seen) / len(seen) < UPSIDE_DOWN:
        other, quads = _upright(placed.turned(2), scale)
        turned = _read(other.picture, quads, scale)
        if sum(each.score for each in turned[1]) > sum(each.score for each in seen):
            placed, (sheet, seen) = other, turned
    gray = cv2.cvtColor(placed.picture, cv2.COLOR_BGR2GRAY)
    height, width = gray.shape
    a, b, c, d, e, f = placed.back
    back = (a, b, c / scale, d, e, f / scale)
    return ReadPage(
        width / scale,
        height / scale,
        tuple(chars_of(seen, np.asarray(gray, np.uint8), scale)),
        tuple((x0 / scale, y0 / scale, x1 / scale, y1 / scale) for x0, y0, x1, y1 in sheet),
        None if back == UNMOVED else back,
    )


def _upright(placed: Placed, scale: float) -> tuple[Placed, list[Quad]]:
    """The picture with its lines of text level, and where these stand."""
    quads = texts_in(placed.picture, scale)
    turns = quarter_turns(quads)
    if turns:
        placed = placed.turned(turns)
    degrees = slope(placed.picture) if quads else 0.0
    if abs(degrees) > STRAIGHT:
        placed = placed.straightened(degrees)
    if turns or abs(degrees) > STRAIGHT:
        quads = texts_in(placed.picture, scale)
    return placed, quads


def _read(
    picture: Picture, quads: Sequence[Quad], scale: float
) -> tuple[tuple[Box, ...], list[Seen]]:
    """The rules and the texts of a picture that is upright, in pixels."""
    boxes = [_around(quad) for quad in quads]
    gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    rules = strokes_of(gray, scale, boxes)
    pieces = [piece for box in boxes for piece in _parted(box, rules, INSET * scale)]
    missed = missed_in(gray, rules, pieces, scale)
    found = read_texts(picture, [*pieces, *missed])
    return rules, [each for each in found if each.score >= NOISE or each.box not in missed]


def _around(quad: Quad) -> Box:
    (x0, top), (x1, bottom) = quad.min(axis=0), quad.max(axis=0)
    return (float(x0), float(top), float(x1), float(bottom))


def _parted(box: Box, rules: Sequence[Box], inset: float) -> list[Box]:
    """The pieces of a box of text between the rules that run down through it.

    A rule along one of its sides is left out.
    """
    x0, top, x1, bottom = box
    edge = (bottom - top) * 0.35
    middle = (top + bottom) / 2
    cuts: list[float] = []
    for left, upper, right, lower in rules:
        if left == right and x0 < left < x1 and upper < middle < lower:
            cuts.append(left)
        elif upper == lower and left < (x0 + x1) / 2 < right:
            if top <= upper < top + edge:
                top = max(top, upper + inset)
            elif bottom - edge < upper <= bottom:
                bottom = min(bottom, upper - inset)
    places = [x0 - inset, *sorted(cuts), x1 + inset]
    return [
        (left + inset, top, right - inset, bottom)
        for left, right in pairwise(places)
        if right - left > edge + 2 * inset
    ]
