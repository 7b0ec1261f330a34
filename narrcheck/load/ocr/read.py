"""Reads what is a picture: files of pictures, and pages of a PDF that were scanned."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrcheck.document import Document
from narrcheck.errors import DocumentError

if TYPE_CHECKING:
    from PIL import Image

    from narrcheck.load.ocr.page import ReadPage

MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")  # find text, and read it
INSTALL = 'pip install "narrcheck[ocr]"'
DPI = 200  # at which pages are read
COARSEST, FINEST = 140, 310  # pictures of pages with less or more are brought to DPI
A4 = 842.0  # points: the longer side of a page whose picture does not say its size
SIZES = (300.0, 3400.0)  # points: the longer side of a page, when a picture says it rightly
MOST_DRAWN = 40_000_000  # pixels of a page of a PDF; A2 at 200 dpi has 15 million
MOST_PIXELS = 120_000_000  # A3 at 600 dpi has 70 million
MOST_PAGES = 1000
FEW = 16  # characters: a page number or a stamp of the scanner, on a page that is a picture
COVERED = 0.4  # of a page by pictures
OUTLINES = 300  # curves: text that was turned into outlines


class UndrawnError(Exception):
    """A page is so damaged that no picture can be made of it."""


def is_installed() -> bool:
    """Whether text in pictures can be recognised: the extra narrcheck[ocr] is there, whole.

    Its models come with it; nothing is ever fetched.
    """
    found = find_spec("rapidocr")
    if found is None or found.origin is None or find_spec("onnxruntime") is None:
        return False
    return all((Path(found.origin).parent / "models" / name).is_file() for name in MODELS)


def is_picture(page: Any) -> bool:
    """Whether a page of pdfplumber shows a picture, or outlines, and hardly any characters."""
    chars = 0
    for char in page.chars:
        chars += bool(char["text"].strip())
        if chars >= FEW:
            return False
    covered = sum(each["width"] * each["height"] for each in page.images)
    return covered > COVERED * page.width * page.height or len(page.curves) >= OUTLINES


def read_page_of(page: Any) -> ReadPage | None:
    """What stands on a page of pdfplumber, read from its picture; None without the extra.

    Raises UndrawnError where there is none, for the page is damaged.
    """
    if not is_installed():
        return None
    x0, top, x1, bottom = page.cropbox
    dpi = min(DPI, 72 * math.sqrt(MOST_DRAWN / max((x1 - x0) * (bottom - top), 1.0)))
    try:
        picture = page.to_image(resolution=dpi, antialias=True).original
    except Exception as error:  # pdfium, stricter than pdfminer, raises anything
        raise UndrawnError from error
    return _read(picture, dpi / 72)  # of what is shown of the page, as are all its boxes


def _read(picture: Image.Image, scale: float) -> ReadPage:
    import numpy as np

    from narrcheck.load.ocr.page import read_page

    colours = np.asarray(picture.convert("RGB"), np.uint8)
    return read_page(np.ascontiguousarray(colours[:, :, ::-1]), scale)


def missing(name: str) -> DocumentError:
    """The error for a file that has nothing but pictures, where the extra is not installed."""
    return DocumentError(
        f"{name}：内容是图片（扫描件），需要文字识别（OCR）。请运行 {INSTALL} 安装后再检查。"
    )


def notices_of(read: Sequence[int], unread: Sequence[int]) -> tuple[str, ...]:
    """What to say of the pages, from 1, that are pictures: those read by OCR, and the others."""
    notices: list[str] = []
    if read:
        notices.append(f"第{listed(read)}页是图片，经文字识别（OCR）读取，数字请核对原件。")
    if unread:
        notices.append(
            f"第{listed(unread)}页只有图片，没有读取；"
            f"运行 {INSTALL} 安装文字识别（OCR）后可以读取。"
        )
    return tuple(notices)


def listed(numbers: Sequence[int]) -> str:
    """Page numbers as ``1、3～5``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(
        f"{first}"
        if first == last
        else f"{first}～{last}"
        if last - first > 1
        else f"{first}、{last}"
        for first, last in runs
    )


def load_picture(name: str, sha256: str, data: bytes) -> Document:
    """The document in a picture's bytes; every picture of a TIFF file is a page.

    Raises DocumentError where it cannot be opened, is too large, holds no text, or where the
    extra narrcheck[ocr] is not installed.
    """
    from narrcheck.load.pdf.printed import page_of_picture
    from narrcheck.load.pdf.read import document_of_pages

    if not is_installed():
        raise missing(name)
    pages = [page_of_picture(_read(*each)) for each in _pictures(name, data)]
    if not any(page.items for page in pages):
        raise DocumentError(f"{name}：图片中没有识别出文字，请换成更清晰的图片。")
    return document_of_pages(name, sha256, pages)


def _pictures(name: str, data: bytes) -> Iterator[tuple[Image.Image, float]]:
    """The pictures of a file and their pixels per point; only one at a time is in memory."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we have our own limit
            whole = Image.open(io.BytesIO(data))
        with whole:
            if getattr(whole, "n_frames", 1) > MOST_PAGES:
                raise DocumentError(f"{name}：超过 {MOST_PAGES} 页，请拆分后再检查。")
            for frame in ImageSequence.Iterator(whole):
                if frame.width * frame.height > MOST_PIXELS:
                    raise DocumentError(f"{name}：图片太大，请用 300 dpi 重新扫描后再检查。")
                scale = _scale(frame)
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                yield _at_reading_size(upright, scale)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise DocumentError(f"{name}：图片已损坏或格式不对，请重新保存后再检查。") from error
    except Image.DecompressionBombError as error:
        raise DocumentError(f"{name}：图片太大，请用 300 dpi 重新扫描后再检查。") from error


def _scale(picture: Image.Image) -> float:
    """The pixels per point of a picture: as it says, where a page of that size is likely."""
    longest = max(picture.size)
    said = picture.info.get("dpi")
    dpi = float(said[0]) if isinstance(said, tuple) and said else 0.0
    if dpi > 0 and SIZES[0] <= longest * 72 / dpi <= SIZES[1] and dpi > 100:
        return dpi / 72
    return longest / A4


def _at_reading_size(picture: Image.Image, scale: float) -> tuple[Image.Image, float]:
    """The picture, made smaller or larger where text would be read worse, and its new scale."""
    if COARSEST <= scale * 72 <= FINEST:
        return picture, scale
    times = DPI / 72 / scale
    size = (max(round(picture.width * times), 1), max(round(picture.height * times), 1))
    return picture.resize(size, reducing_gap=2.0), DPI / 72
