"""Refuses PDF files that end too early, and those that would unpack without bound."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from narrcheck.errors import DocumentError

LARGEST = 150_000_000  # bytes that one stream may unpack to; pictures are not unpacked here
LARGEST_LZW = 500_000  # bytes, packed: what old programs pack so is text
STREAM = re.compile(rb"(?<!end)stream\r?\n")
END = re.compile(rb"startxref\s+\d+")
PACKED = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)(?![A-Za-z])")
FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
WIDE = re.compile(rb"/(?:Columns|Colors|Rows)\s+\d{6,}")  # of a row, for which memory is set aside
STEP = 1 << 16


def refuse_unbounded(name: str, data: bytes) -> None:
    """Raises DocumentError where the PDF is cut off, or holds a stream that unpacks to too much."""
    if not END.search(data, max(data.rfind(b"endobj"), 0)):
        raise DocumentError(f"{name}：PDF 已损坏或不完整，请重新下载或重新导出后再检查。")
    if any(_is_bomb(head, data, start) for head, start in _streams(data)):
        raise DocumentError(f"{name}：PDF 展开后过大，请重新导出后再检查。")


def _streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The dictionaries of the streams that are no pictures, and where their bytes begin."""
    for found in STREAM.finditer(data):
        before = data[max(found.start() - 4096, 0) : found.start()]
        head = before[max(before.rfind(b" obj"), 0) :]
        if b"/Image" not in head:
            yield head, found.end()


def _is_bomb(head: bytes, data: bytes, start: int) -> bool:
    if WIDE.search(head):
        return True
    filters = FILTERS.search(head)
    packed = PACKED.findall(filters[1]) if filters else []
    if len(packed) > 1:
        return True  # packed twice: there is no other reason for it
    if packed and not packed[0].startswith(b"/Fl"):
        return data.find(b"endstream", start) - start > LARGEST_LZW
    return bool(packed) and _unpacks_beyond(data, start)


def _unpacks_beyond(data: bytes, start: int) -> bool:
    """Whether zlib data that begins at ``start`` unpack to more than ``LARGEST``."""
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while start < len(data) and not unpacker.eof:
            piece = unpacker.decompress(
                unpacker.unconsumed_tail or data[start : start + STEP], 1 << 20
            )
            start += 0 if unpacker.unconsumed_tail else STEP
            size += len(piece)
            if size > LARGEST:
                return True
    except zlib.error:
        return False  # encrypted or damaged
    return False
