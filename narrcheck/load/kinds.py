"""What a file is, told from its first bytes, and whether its suffix says so."""

from __future__ import annotations

import io
import zipfile

from narrcheck.errors import DocumentError

# The suffixes under which each kind of content goes about, the right one first. Programs that
# save .doc, .wps, .xls or .et write several of these kinds.
SUFFIXES = {
    "PDF": (".pdf",),
    "Word 文档": (".docx", ".docm", ".doc", ".wps", ".wpt"),
    "Excel 工作簿": (".xlsx", ".xlsm", ".xls", ".et"),
    "ODT 文档": (".odt", ".doc", ".wps"),
    "ODS 表格": (".ods", ".xls", ".et"),
    "旧版 Office 文档": (".doc", ".wps", ".wpt", ".xls", ".et"),
    "RTF 文档": (".rtf", ".doc", ".wps"),
    "网页": (".html", ".htm", ".doc", ".wps", ".xls", ".et", ".md", ".markdown", ".txt", ".text"),
    "图片": (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
    "压缩包": (".zip",),
}
MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG\r\n\x1a\n", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"Rar!\x1a\x07", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包"),
)
# A .docx or .xlsx with a password is a stream of this name in a file of the old format.
ENCRYPTED, PACKAGE_STREAM = "已加密的 Office 文档", "EncryptedPackage".encode("utf-16-le")
PARTS = (("word/", "Word 文档"), ("xl/", "Excel 工作簿"))
OPEN_DOCUMENT = (
    (b"application/vnd.oasis.opendocument.text", "ODT 文档"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ODS 表格"),
)
LOOK = 1024  # bytes in which a PDF or an HTML page must say what it is


def kind_of_content(data: bytes) -> str:
    """What the bytes are, one of ``SUFFIXES``; "" for text, and for what is not known."""
    if b"%PDF-" in data[:LOOK]:
        return "PDF"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_package(data)
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return ENCRYPTED if kind == "旧版 Office 文档" and PACKAGE_STREAM in data else kind
    head = data[:LOOK].lower()
    return "网页" if b"<html" in head or b"<!doctype html" in head else ""


def _kind_of_package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ""  # cut off or broken; the loader of its suffix says so
    for mimetype, kind in OPEN_DOCUMENT:
        if mimetype in data[:LOOK]:
            return kind
    for folder, kind in PARTS:
        if any(name.startswith(folder) for name in names):
            return kind
    return "压缩包"


def refuse_wrong_suffix(name: str, suffix: str, data: bytes) -> None:
    """Raises DocumentError where the content of the file ``name`` is not what ``suffix`` says."""
    kind = kind_of_content(data)
    if kind == ENCRYPTED:
        raise DocumentError(f"{name}：已加密，请先解除密码。")
    fitting = SUFFIXES.get(kind, ())
    if kind and suffix not in fitting:
        remedy = (
            "请先解压，再检查其中的文件"
            if kind == "压缩包"
            else f"请把扩展名改为 {fitting[0]} 后再检查"
        )
        raise DocumentError(f"{name}：扩展名是 {suffix}，内容却是{kind}，{remedy}。")
