"""Loads a disclosure from a file, as a document of paragraphs, tables and sections."""

from __future__ import annotations

import errno
import hashlib
import stat
from importlib import import_module
from pathlib import Path

from narrcheck.document import Document
from narrcheck.errors import DocumentError, EmptyFileError
from narrcheck.load.kinds import refuse_wrong_suffix

LARGEST = 64 * 1024 * 1024  # bytes; the largest disclosures have some 30 MB

# Why a file cannot be read, and what to do, by the number of the system's error.
UNREAD = {
    errno.ENOENT: ("没有这个文件", "请检查路径"),
    errno.ENOTDIR: ("没有这个文件", "请检查路径"),
    errno.EACCES: ("没有读取权限", "请检查文件权限，或复制一份再检查"),
    errno.EPERM: ("没有读取权限", "请检查文件权限，或复制一份再检查"),
    errno.ELOOP: ("是指向自己的链接", "请指定链接所指的文件"),
    errno.ENAMETOOLONG: ("文件名过长", "请改名后再检查"),
}

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")

# The function of each format, by suffix, as module and name; all are called with the path as
# text, the SHA-256 and the bytes. They are imported when needed, most of them bring a library.
LOADERS = {
    **dict.fromkeys((".txt", ".md", ".markdown", ".text"), ("text", "load_text")),
    ".pdf": ("pdf.read", "load_pdf"),
    **dict.fromkeys((".docx", ".docm"), ("docx.read", "load_docx")),
    **dict.fromkeys((".doc", ".wps", ".wpt", ".rtf", ".odt"), ("office", "load_office")),
    **dict.fromkeys((".xlsx", ".xlsm"), ("sheets.xlsx", "load_xlsx")),
    **dict.fromkeys((".xls", ".et", ".ods"), ("sheets.xls", "load_xls")),
    **dict.fromkeys((".html", ".htm"), ("html.read", "load_html")),
    **dict.fromkeys(PICTURES, ("ocr.read", "load_picture")),
}


def load(path: str | Path) -> Document:
    """The document in the file at ``path``; the suffix says which format it is.

    Raises DocumentError, one line that names the file and the remedy, for anything that cannot
    be read.
    """
    name, suffix = str(path), Path(path).suffix.lower()
    data = read_bytes(Path(path))
    if suffix not in LOADERS:
        what = f"{suffix} 的文件" if suffix else "没有扩展名的文件"
        remedy = "请另存为 .docx、.pdf、.xlsx、.html 或 .txt"
        raise DocumentError(f"{name}：不支持{what}，{remedy}。")
    refuse_wrong_suffix(name, suffix, data)
    module, function = LOADERS[suffix]
    loader = getattr(import_module(f"narrcheck.load.{module}"), function)
    document: Document = loader(name, hashlib.sha256(data).hexdigest(), data)
    return document


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; raises DocumentError where there are none, or far too many.

    What is no regular file (a device, a pipe) may have no end, and is not opened.
    """
    try:
        if path.is_dir():
            raise DocumentError(f"{path}：是文件夹，请指定其中的文件。")
        if not stat.S_ISREG(path.stat().st_mode):
            raise DocumentError(f"{path}：不是普通文件，请指定一个文档。")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(f"{path}：{_why_unread(error)}。") from None
    if len(data) > LARGEST:
        raise DocumentError(f"{path}：文件超过 {LARGEST >> 20} MB，请拆分后再检查。")
    if not data.strip():
        raise EmptyFileError(f"{path}：文件是空的，请换成有内容的文件。")
    return data


def _why_unread(error: OSError | ValueError) -> str:
    """What to say of a file that cannot be opened or read, and what to do."""
    if not isinstance(error, OSError):  # a NUL in the name
        return "文件名里有不能用的字符，请改名后再检查"
    why, remedy = UNREAD.get(error.errno or 0, (error.strerror, "请检查磁盘和文件权限"))
    return f"{why}，{remedy}" if error.errno in UNREAD else f"无法读取（{why}），{remedy}"
