"""Loads a disclosure from a file, as a document of paragraphs, tables and sections."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.kinds import refuse_wrong_suffix

LARGEST = 64 * 1024 * 1024  # bytes; the largest disclosures have some 30 MB

# The function of each format, by suffix, as module and name; all are called with the path as
# text, the SHA-256 and the bytes. They are imported when needed, most of them bring a library.
LOADERS = {
    **dict.fromkeys((".txt", ".md", ".markdown", ".text"), ("text", "load_text")),
    ".pdf": ("pdf", "load_pdf"),
    **dict.fromkeys((".docx", ".docm"), ("docx", "load_docx")),
    **dict.fromkeys((".doc", ".wps", ".wpt", ".rtf", ".odt"), ("office", "load_office")),
    **dict.fromkeys((".xlsx", ".xlsm"), ("xlsx", "load_xlsx")),
    **dict.fromkeys((".xls", ".et", ".ods"), ("xls", "load_xls")),
    **dict.fromkeys((".html", ".htm"), ("html", "load_html")),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), ("ocr", "load_picture")),
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
    """The bytes of a file; raises DocumentError where there are none, or far too many."""
    try:
        if path.is_dir():
            raise DocumentError(f"{path}：是文件夹，请指定其中的文件。")
        size = path.stat().st_size
        if size > LARGEST:
            raise DocumentError(f"{path}：文件超过 {LARGEST >> 20} MB，请拆分后再检查。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{path}：没有这个文件，请检查路径。") from None
    except OSError as error:
        raise DocumentError(f"{path}：无法读取（{error.strerror}），请检查文件权限。") from None
    if not data.strip():
        raise DocumentError(f"{path}：文件是空的，请换成有内容的文件。")
    return data
