"""What several commands share: options of one meaning, and the files and patterns they open."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from narrcheck.errors import DocumentError, NarrcheckError
from narrcheck.report.deliver import FAILED, complain

if TYPE_CHECKING:
    from narrcheck.document import Document
    from narrcheck.figure import TableValue
    from narrcheck.patterns import Patterns as LoadedPatterns

NOTHING, FINDINGS = 0, 1  # exit codes; the third is FAILED
INTERRUPTED = 130  # exit code, that of a shell: 128 + the signal's number
DEBUG = "NARRCHECK_DEBUG"  # set to anything, errors that nobody expected end in a traceback
LONGEST_WHY = 120  # characters of such an error that are quoted

Made = TypeVar("Made")

Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        help="同时核对几个文件；不写时看有几个处理器、多少内存。",
    ),
]
Timeout = Annotated[
    int | None,
    typer.Option(
        metavar="SECONDS",
        min=0,
        help="一个文件最多核对多少秒，0 为不限；不写时看设置，没有就是 600。",
    ),
]
Memory = Annotated[
    int | None,
    typer.Option(
        metavar="MB",
        min=0,
        help="核对一个文件最多用多少 MB 内存，0 为不限；不写时看设置，没有就是 4096。",
    ),
]

Opened = list[tuple["Document", "tuple[TableValue, ...]"]]

File = Annotated[Path, typer.Argument(metavar="FILE", help="要看的文件。")]
Patterns = Annotated[
    Path | None,
    typer.Option("--patterns", metavar="FOLDER", help="用这个文件夹里的句式、词表代替自带的。"),
]
Apart = Annotated[
    Path | None,
    typer.Option("--tables", metavar="FILE", help="表格在另一个文件里时，指明那个文件。"),
]
DebugPages = Annotated[
    Path | None,
    typer.Option(
        "--debug-pages",
        metavar="FOLDER",
        help="把 PDF 的每一页连同认出的行和表格画成图，存入这个文件夹。",
    ),
]


class Listing(StrEnum):
    """The forms in which what was read is listed."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not checked: the line that says why, and whether it should have been."""

    said: str
    fails: bool = True


def attempted(path: Path, work: Callable[[], Made]) -> Made | None:
    """What ``work`` makes of the file at ``path``; None where it failed, and a line said why.

    No file may end the call, for others follow: neither one that cannot be read nor one that
    strikes a fault of narrcheck. Other errors of narrcheck (bad patterns) pass.
    """
    made = tried(path, work)
    if isinstance(made, Left):
        complain(made.said)
        return None
    return made


def tried(path: Path, work: Callable[[], Made]) -> Made | Left:
    """As ``attempted``, but the line is still to be said."""
    try:
        return work()
    except DocumentError as error:
        return Left(str(error))
    except NarrcheckError:
        raise
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        return Left(f"{path}：{unexpected(error)}")


def unexpected(error: Exception, *, megabytes: int = 0) -> str:
    """What to say of an error that nobody expected, and what to do.

    ``megabytes`` is how much memory it might have, 0 without end.
    """
    if isinstance(error, MemoryError) and megabytes:
        return (
            f"内存不够（限 {megabytes} MB），没有检查；"
            "请把文件拆分后再检查，或用 --memory 放宽限制。"
        )
    if isinstance(error, MemoryError):
        return "内存不够，没有检查；请关闭其他程序，或把文件拆分后再检查。"
    if isinstance(error, RecursionError):
        return "内容嵌套层数过多，没有检查；请打开文件另存一份再检查。"
    why = f"{type(error).__name__}：{error}"[:LONGEST_WHY]
    return (
        f"检查时出错（{why}），没有检查；请打开文件另存一份再试，"
        f"仍然不行请反馈这一行（设置环境变量 {DEBUG}=1 可以看到详情）。"
    )


def load_known(folder: Path | None) -> LoadedPatterns:
    """The patterns of a folder; where they cannot be loaded, that ends the call."""
    from narrcheck.patterns import load_patterns

    try:
        return load_patterns(folder)
    except NarrcheckError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None


def open_documents(
    files: list[Path], patterns: LoadedPatterns, *, apart: Path | None = None
) -> Opened:
    """The files that could be read, with the values of their tables.

    ``apart`` is a second file whose tables belong to each of them.
    """
    from narrcheck.load import load
    from narrcheck.load.apart import with_tables_of
    from narrcheck.tables import read_tables

    def read(path: Path) -> tuple[Document, tuple[TableValue, ...]]:
        document = load(path)
        if apart is not None:
            document = with_tables_of(load(apart), document)
        return document, tuple(read_tables(document, patterns.tables))

    tried = (attempted(path, partial(read, path)) for path in files)
    return [each for each in tried if each is not None]


def draw_pages_of(file: Path, folder: Path) -> None:
    """Draw the pages of a PDF into ``folder``; any other file ends the call with a line."""
    if file.suffix.lower() != ".pdf":
        complain(f"{file}：--debug-pages 只用于 PDF 文件。")
        raise typer.Exit(FAILED)
    from narrcheck.load.pdf.debug import draw_pages

    try:
        folder.mkdir(parents=True, exist_ok=True)
        drawn = draw_pages(file, folder)
    except DocumentError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None
    except OSError as error:
        complain(f"{folder}：写不进去（{error.strerror}）。")
        raise typer.Exit(FAILED) from None
    complain(f"已把 {len(drawn)} 页画成图，存入 {folder}。")
