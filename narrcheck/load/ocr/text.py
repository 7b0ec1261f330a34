"""Recognises the text in the picture of a page, character by character, with RapidOCR."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from narrcheck.document import Box
from narrcheck.load.ocr.read import MODELS
from narrcheck.load.ocr.upright import Picture, Quad

LOOK = 137 / 72  # pixels per point of the picture in which text is looked for; it is read larger
LARGEST_SIDE = 6000  # pixels
AT_A_TIME = 6  # texts that are recognised together
GUESSED = 0.6  # a lower score, where there is nothing, is a guess
NARROW = 160  # pixels: how wide a short text is made for the model, at a height of 48
WIDE = str.maketrans("(),;:?!", "（），；：？！")
BRACKET = re.compile(r"(?<=[\u4e00-\u9fff，。；：）])[()]|[()](?=[\u4e00-\u9fff，。；：（])")
MARK = re.compile(r"(?<=[\u4e00-\u9fff）)%％])[,;:?!]|[,;:?!](?=[\u4e00-\u9fff（])")


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised text: its box in pixels, its characters, and where and how sure each is.

    ``middles`` are the middles of the characters in pixels from the left, ``scores`` 0 to 1.
    """

    box: Box
    text: str
    middles: tuple[float, ...]
    scores: tuple[float, ...]

    @property
    def score(self) -> float:
        """The mean of the scores."""
        return sum(self.scores) / len(self.scores) if self.scores else 0.0


@functools.cache
def _recogniser() -> Any:
    """RapidOCR with the models of its own package; nothing is ever fetched."""
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    settings = {
        "Global.log_level": "critical",
        "Global.max_side_len": LARGEST_SIDE,
        "Global.use_vertical_padding": False,
        "Global.use_cls": False,
        "Global.return_word_box": True,
        "Det.max_candidates": 4000,
        "Det.model_path": str(models / MODELS[0]),
        "Rec.model_path": str(models / MODELS[1]),
        "Rec.rec_img_shape": [3, 48, NARROW],
        "Rec.rec_batch_num": AT_A_TIME,
    }
    return rapidocr.RapidOCR(params=settings)


def texts_in(picture: Picture, scale: float) -> list[Quad]:
    """The corners of each line of text in a picture of ``scale`` pixels per point."""
    times = min(LOOK / scale, 1.0)
    small = cv2.resize(picture, None, fx=times, fy=times, interpolation=cv2.INTER_AREA)
    found = _recogniser()(small, use_det=True, use_cls=False, use_rec=False)
    boxes = () if found.boxes is None else found.boxes
    return [np.asarray(quad, np.float64) / times for quad in boxes]


def read_texts(picture: Picture, boxes: Sequence[Box]) -> list[Seen]:
    """What stands in the boxes of a picture; those without text are left out."""
    crops = [_crop(picture, box) for box in boxes]
    kept = [index for index, crop in enumerate(crops) if min(crop.shape[:2]) > 2]
    if not kept:
        return []
    said = _recogniser().recognize_txt([crops[index] for index in kept])
    seen = (
        _seen(boxes[index], text, info)
        for index, text, info in zip(kept, said.txts, said.word_results, strict=True)
        if text.strip()
    )
    return [each for each in seen if each.text]


def _crop(picture: Picture, box: Box) -> Picture:
    x0, top, x1, bottom = (max(round(edge), 0) for edge in box)
    return picture[top:bottom, x0:x1]


def _as_printed(text: str) -> str:
    """The text with its marks in the width that they have among Chinese characters.

    In a picture the widths can hardly be told apart; numbers keep theirs.
    """
    return BRACKET.sub(_widened, MARK.sub(_widened, text))


def _widened(match: re.Match[str]) -> str:
    return match[0].translate(WIDE)


def _seen(box: Box, text: str, info: Any) -> Seen:
    """A text with the place of each character: the columns of the model, spread over the box."""
    columns = iter([column for word in info.word_cols for column in word])
    wide = (box[2] - box[0]) / info.line_txt_len
    letters: list[str] = []
    middles: list[float] = []
    scores: list[float] = []
    for letter, score in zip(_as_printed(text), info.confs, strict=True):
        if letter.isspace():
            continue
        middle = box[0] + (next(columns) + 0.5) * wide
        if score < GUESSED and middle > box[2]:
            continue  # made of what the model adds on the right to widen a picture
        letters.append(letter)
        middles.append(middle)
        scores.append(float(score))
    return Seen(box, "".join(letters), tuple(middles), tuple(scores))
