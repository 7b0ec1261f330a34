"""Sets the picture of a page upright: turned, straightened, and without the red of seals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from narrcheck.document import Turn

Gray = NDArray[np.uint8]
Picture = NDArray[np.uint8]  # height × width × (blue, green, red)
Quad = NDArray[np.float64]  # the corners of a text: top left, top right, bottom right, bottom left
UNMOVED: Turn = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)

STRAIGHT = 0.1  # degrees: what is askew by less is straight
MOST_ASKEW = 4.0
COARSE = 1000  # pixels of the longer side of the picture in which the angle is sought
RED = 50  # levels: the red of ink is above its green and blue by more
SEAL = (1.0, 2.6)  # inches: how wide and high seals are


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture and the way back: (a, b, c, d, e, f) take its pixel (x, y) to the pixel
    (ax + by + c, dx + ey + f) of the picture that it was made of."""

    picture: Picture
    back: Turn = UNMOVED

    def turned(self, quarters: int) -> Placed:
        """The same, turned counterclockwise by so many right angles."""
        height, width = self.picture.shape[:2]
        steps: dict[int, Turn] = {
            1: (0.0, -1.0, width - 1.0, 1.0, 0.0, 0.0),
            2: (-1.0, 0.0, width - 1.0, 0.0, -1.0, height - 1.0),
            3: (0.0, 1.0, 0.0, -1.0, 0.0, height - 1.0),
        }
        picture = np.ascontiguousarray(np.rot90(self.picture, quarters))
        return Placed(picture, _after(self.back, steps[quarters % 4]))

    def straightened(self, degrees: float) -> Placed:
        """The same, with what rises by so many degrees (clockwise positive) made level."""
        height, width = self.picture.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        picture = cv2.warpAffine(
            self.picture,
            matrix,
            (width, height),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )
        a, b, c, d, e, f = (float(each) for each in cv2.invertAffineTransform(matrix).ravel())
        return Placed(np.asarray(picture, np.uint8), _after(self.back, (a, b, c, d, e, f)))


def _after(second: Turn, first: Turn) -> Turn:
    """What both do one after the other."""
    whole = np.vstack([np.reshape(second, (2, 3)), (0, 0, 1)]) @ np.vstack(
        [np.reshape(first, (2, 3)), (0, 0, 1)]
    )
    a, b, c, d, e, f = (float(each) for each in whole[:2].ravel())
    return (a, b, c, d, e, f)


def without_seals(picture: Picture, scale: float) -> Picture:
    """The picture with the red of round seals taken out; what is printed under them stays.

    ``scale`` is pixels per point. Red headings are not touched.
    """
    blue, green, red = (picture[:, :, index].astype(np.int16) for index in range(3))
    reds = ((red - np.maximum(blue, green)) > RED).astype(np.uint8)
    if not reds.any():
        return picture
    near = max(int(4 * scale), 1)
    blobs = cv2.morphologyEx(reds, cv2.MORPH_CLOSE, np.ones((near, near), np.uint8))
    count, _, sizes, _ = cv2.connectedComponentsWithStats(blobs)
    cleaned = picture.copy()
    least, most = (size * 72 * scale for size in SEAL)
    for x, y, width, height, _ in sizes[1:count]:
        if least <= min(width, height) and max(width, height) <= most < 4 * min(width, height):
            part = cleaned[y : y + height, x : x + width]
            own = reds[y : y + height, x : x + width] > 0
            ink = float(np.median(part[:, :, 2][own]))
            part[:] = np.minimum(part[:, :, 2:] * (255 / ink), 255).astype(np.uint8)
    return cleaned


def quarter_turns(quads: Sequence[Quad]) -> int:
    """How many right angles a picture is to be turned by so that its lines run across: 0 or 1."""
    across = down = 0.0
    for quad in quads:
        width, height = _sides(quad)
        if width > 2 * height:
            across += width
        elif height > 2 * width:
            down += height
    return 1 if down > across else 0


def slope(picture: Picture) -> float:
    """By how many degrees the lines of a picture fall to the right, between ±``MOST_ASKEW``.

    Where they lie level, the rows of pixels between them are the lightest: the angle is taken at
    which neighbouring rows differ most.
    """
    small = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    times = min(COARSE / max(small.shape), 1.0)
    small = cv2.resize(small, None, fx=times, fy=times, interpolation=cv2.INTER_AREA)
    ink = 255 - small
    best = 0.0
    for reach, step in ((MOST_ASKEW, 0.25), (0.25, 0.05)):
        angles = [best + step * nth for nth in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (_evenness(ink, angle), -abs(angle)))
    return best


def _evenness(ink: NDArray[Any], angle: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR).mean(axis=1)
    return float(np.square(np.diff(rows)).sum())


def _sides(quad: Quad) -> tuple[float, float]:
    width = float(np.linalg.norm(quad[1] - quad[0]))
    height = float(np.linalg.norm(quad[3] - quad[0]))
    return width, height
