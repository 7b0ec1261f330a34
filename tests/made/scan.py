"""Makes a scan of a PDF: each page a picture with the noise of paper, askew or turned if wished."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pypdfium2
from PIL import Image

PAPER = (255, 255, 255)


def pictures(
    pdf: bytes,
    dpi: int = 200,
    *,
    angle: float = 0.0,
    quarters: int = 0,
    noise: float = 6.0,
    quality: int = 75,
    pages: Sequence[int] | None = None,
) -> list[Image.Image]:
    """The pages of a PDF (all, or some, from 0) as a scanner would give them.

    ``angle`` are degrees counterclockwise, ``quarters`` right angles; ``noise`` is in levels of
    gray, ``quality`` that of the JPEG.
    """
    document = pypdfium2.PdfDocument(pdf)
    chosen = range(len(document)) if pages is None else pages
    return [
        _scanned(document[number], dpi, angle, quarters, noise, quality, seed=number)
        for number in chosen
    ]


def _scanned(
    page: pypdfium2.PdfPage,
    dpi: int,
    angle: float,
    quarters: int,
    noise: float,
    quality: int,
    *,
    seed: int,
) -> Image.Image:
    picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
    if angle:
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=PAPER)
    if quarters:
        picture = picture.rotate(90 * quarters, expand=True)
    grain = np.random.default_rng(seed).normal(0, noise, np.asarray(picture).shape)
    noisy = np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)
    data = io.BytesIO()
    Image.fromarray(noisy).save(data, "JPEG", quality=quality, dpi=(dpi, dpi))
    return Image.open(io.BytesIO(data.getvalue()))


def scan(pdf: bytes, dpi: int = 200, **how: object) -> bytes:
    """A PDF of nothing but the pictures of a PDF's pages; ``how`` is that of ``pictures``."""
    scanned = pictures(pdf, dpi, **how)  # type: ignore[arg-type]
    data = io.BytesIO()
    scanned[0].save(
        data, "PDF", save_all=True, append_images=scanned[1:], resolution=dpi, quality=85
    )
    return data.getvalue()
