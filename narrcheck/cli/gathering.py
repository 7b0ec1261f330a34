"""Which files a call is about: those named, and all documents in the folders named."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import typer

from narrcheck.report.deliver import FAILED, complain

MARK, SUMMARY = ".批注", ".汇总"  # stand before the suffix of what is written beside a document
# What can hold a narrative. Sheets hold tables, and pictures are mostly pages of something else.
PAGES = (".html", ".htm")
NARRATIVES = (
    *(".pdf", ".docx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".odt"),
    *(*PAGES, ".txt", ".text", ".md", ".markdown"),
)
MADE = b'name="generator" content="narrcheck'  # stands in the head of its own pages
HEAD = 2048  # bytes of a page in which that is looked for


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of a call in their order, and which of them were not named but found in folders.

    What is found and is no disclosure is passed over: folders hold letters and annexes too.
    """

    files: tuple[Path, ...]
    found: frozenset[Path] = frozenset()


def gathered(named: Collection[Path], *, output: Path | None = None) -> Gathered:
    """The files of a call: those named, and for a folder the documents anywhere below it, sorted.

    Left out, with a line, is what narrcheck has written: in folders all that is marked as such,
    among the files named a copy whose original is named too (``*.pdf`` takes both). Where a folder
    holds no document, that ends the call with a line. ``output`` is never read.
    """
    single = [path for path in named if not os.path.isdir(path)]
    originals = {path.with_name(path.stem) for path in single}
    files: list[Path] = []
    found: list[Path] = []
    own: list[Path] = []
    for path in named:
        if os.path.isdir(path):
            below = _documents(path, output)
            own += filter(_is_own, below)
            inside = [each for each in below if each not in {*own, *single, *found}]
            found += inside
            files += inside
        elif _is_copy(path) and _original(path) in originals:
            own.append(path)
        else:
            files.append(path)
    if own:
        complain(f"略去 narrcheck 写出的 {len(own)} 个文件，如 {min(own)}。")
    return Gathered(tuple(files), frozenset(found))


def _documents(folder: Path, output: Path | None) -> list[Path]:
    """The documents below a folder, in the order of their paths, whatever the system's is.

    A folder without any ends the call with a line.
    """
    from narrcheck.load.folders import files_below

    wanted = [path for path in files_below(folder) if path.suffix.lower() in NARRATIVES]
    if not wanted:
        complain(f"{folder}：文件夹里没有可以核对的文件（PDF、Word、WPS、网页、文本）。")
        raise typer.Exit(FAILED)
    written = os.path.abspath(output) if output is not None else None
    return [path for path in wanted if os.path.abspath(path) != written]


def _is_copy(path: Path) -> bool:
    return path.stem.endswith((MARK, SUMMARY))


def _original(path: Path) -> Path:
    return path.with_name(path.stem.removesuffix(MARK).removesuffix(SUMMARY))


def _is_own(path: Path) -> bool:
    """Whether narrcheck has written a file, as its name says, or the head of a web page."""
    if _is_copy(path) or path.suffix.lower() not in PAGES:
        return _is_copy(path)
    try:
        with path.open("rb") as file:
            return MADE in file.read(HEAD)
    except OSError:  # whoever checks it says so
        return False
