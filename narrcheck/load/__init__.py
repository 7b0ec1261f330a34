"""Loads a disclosure from a file, as a document of paragraphs, tables and sections."""

from __future__ import annotations

import hashlib
from pathlib import Path

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.text import load_text

LARGEST = 64 * 1024 * 1024  # bytes; the largest disclosures have some 30 MB
TEXT = {".txt", ".md", ".markdown", ".text"}


def load(path: str | Path) -> Document:
    """The document in the file at ``path``; the suffix says which format it is.

    Raises DocumentError, one line that names the file and the remedy, for anything that cannot
    be read.
    """
    name = str(path)
    data = read_bytes(Path(path))
    sha256 = hashlib.sha256(data).hexdigest()
    suffix = Path(path).suffix.lower()
    if suffix in TEXT:
        return load_text(name, sha256, data)
    if suffix == ".pdf":
        from narrcheck.load.pdf import load_pdf

        return load_pdf(name, sha256, data)
    raise DocumentError(
        f"{name}：不支持 {suffix or '没有扩展名'} 的文件，请另存为 .txt、.md 或 .pdf。"
    )


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
