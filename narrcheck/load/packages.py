"""Opens zip packages (.docx, .xlsx, .odt) within bounds of memory, and their XML without traps."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from narrcheck.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 400 << 20  # of all parts together, unpacked
MOST_PARTS = 20_000
# Rows of a table pack to a hundredth; only what was made to be a bomb packs so far and is so large.
SUSPICIOUS_BYTES, SUSPICIOUS_RATIO = 16 << 20, 500
MOST_TAGS = 24_000_000  # in one part; a tree of them takes some 2 GB
CHUNK = 1 << 20
# What zipfile raises on packages that are broken or of an unknown kind.
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, IndexError, EOFError)
LOCAL_HEADER = 30  # bytes before the name of a part, where its data are
DEEPEST = "嵌套层数过多"

# Strict OOXML has names of its own for the same things.
STRICT = b"http://purl.oclc.org/ooxml/"
TRANSITIONAL = (
    (
        STRICT + b"officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        STRICT + b"wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        STRICT + b"drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (STRICT + b"drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
)


def refuse_bomb(name: str, data: bytes) -> None:
    """Raises DocumentError where ``data`` is no whole zip package, or would unpack to too much.

    The sizes in its directory are not believed: each part is unpacked once, piece by piece and no
    further than the directory says. After that any library may read it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                raise _bomb(name)
            for part in parts:
                if part.flag_bits & 1:
                    raise DocumentError(f"{name}：已加密，请先解除密码。")
                _refuse_part(name, data, part)
                package.open(part).close()  # its own header must say the same as the directory
    except BROKEN:
        raise damaged(name) from None


def _refuse_part(name: str, data: bytes, part: zipfile.ZipInfo) -> None:
    """Unpacks one part without keeping it; zipfile itself would do so whole, then cut it off."""
    packed = max(part.compress_size, 1)
    if part.file_size > SUSPICIOUS_BYTES and part.file_size / packed > SUSPICIOUS_RATIO:
        raise _bomb(name)
    if part.compress_type == zipfile.ZIP_STORED:
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged(name)
    at = part.header_offset
    lengths = data[at + 26 : at + LOCAL_HEADER]
    start = at + LOCAL_HEADER + sum(int.from_bytes(lengths[i : i + 2], "little") for i in (0, 2))
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = memoryview(data)[start : start + part.compress_size]
    size = 0
    while rest and not inflate.eof:
        size += len(inflate.decompress(rest, CHUNK))
        if size > part.file_size:
            raise _bomb(name)
        rest = inflate.unconsumed_tail


def damaged(name: str) -> DocumentError:
    """What is said of a package that is cut off, or none at all."""
    return DocumentError(
        f"{name}：文件已损坏或不完整，请用 Word、WPS 或 Excel 打开并重新保存后再检查。"
    )


def _bomb(name: str) -> DocumentError:
    return DocumentError(
        f"{name}：解压后的内容异常大（疑似压缩炸弹），请打开确认并重新保存后再检查。"
    )


def parse_part(name: str, xml: bytes) -> _Element:
    """The root of a part's XML, Strict OOXML with the usual names.

    No entity is expanded, nothing is fetched. Raises DocumentError for malformed XML, and for XML
    that only an attack would hold: a DOCTYPE, hundreds of levels, millions of empty elements.
    """
    from lxml import etree

    if xml.count(b"<") > MOST_TAGS:
        raise _bomb(name)
    if STRICT in xml[:4096]:
        for strict, usual in TRANSITIONAL:
            xml = xml.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        what = f"文件{DEEPEST}" if "depth" in str(error) else "文件内容（XML）已损坏"
        raise DocumentError(f"{name}：{what}，请用 Word 或 WPS 打开并重新保存后再检查。") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(
            f"{name}：文件内容（XML）含有 DOCTYPE 声明，不是正常的 Office 文件，"
            "请用 Word 或 WPS 打开并重新保存后再检查。"
        )
    return root
