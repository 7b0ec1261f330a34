"""The way out of a report: to the terminal, a file or a pipe; and the one line of a complaint."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

FAILED = 2  # exit code: something could not be read or written
PIPE_CLOSED = 141  # that of a shell: 128 + the signal's number
PAGE_WIDTH = 100  # columns of a text report that goes to a file


def printed(write: Callable[[Console], None], *, to_file: Path | None = None) -> str:
    """What ``write`` prints, with colours and width of the terminal, if it goes to one."""
    from rich.console import Console

    buffer = StringIO()
    if to_file is not None:
        write(Console(file=buffer, width=PAGE_WIDTH, color_system=None))
        return buffer.getvalue()
    screen = Console()
    # An old Windows console shows colour codes as rubbish.
    colour = screen.is_terminal and not screen.legacy_windows
    write(Console(file=buffer, width=screen.width, force_terminal=colour, legacy_windows=False))
    return buffer.getvalue()


def deliver(
    text: str, output: Path | None = None, *, data: bool = False, append: bool = False
) -> None:
    """Write ``text`` to ``output`` or standard output; failing that ends the call with a line.

    ``data`` is text for programs (JSON, CSV): UTF-8 wherever it goes but to a terminal. With
    ``append`` the file keeps what it has, and gets ``text`` after it.
    """
    # A lone surrogate (a file name that is no UTF-8) becomes \udcxx, which JSON reads back.
    errors = "backslashreplace" if data else "replace"
    try:
        if output is not None:
            mode = "a" if append else "w"
            with output.open(mode, encoding="utf-8", errors=errors, newline="\n") as file:
                file.write(text)
            return
        if data and not sys.stdout.isatty():
            reconfigure(sys.stdout, encoding="utf-8", errors=errors)
        sys.stdout.write(text.removeprefix("\ufeff") if sys.stdout.isatty() else text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
    except OSError as error:
        _cannot_write(output or "标准输出", error)


def save(data: bytes, output: Path) -> None:
    """Write ``data`` to the file ``output``; failing that ends the call with a line."""
    try:
        output.write_bytes(data)
    except OSError as error:
        _cannot_write(output, error)


def _cannot_write(where: Path | str, error: OSError) -> NoReturn:
    complain(f"{where}：写不进去（{error.strerror}）。")
    raise typer.Exit(FAILED) from None


def refuse_overwriting(output: Path, inputs: list[Path]) -> None:
    """End the call where ``output`` is one of the files that are read."""
    if any(_is_same(output, path) for path in inputs):
        complain(f"{output}：报告不能写到被核对的文件里，请换一个文件名。")
        raise typer.Exit(FAILED)


def _is_same(output: Path, path: Path) -> bool:
    """Whether two names are of one file, by a link or in other letters too."""
    try:
        return output.samefile(path)
    except OSError:  # one of them is not there
        return output.resolve() == path.resolve()


def complain(message: str) -> None:
    """One line on standard error, whatever a file name holds."""
    from narrcheck.report.lines import plain

    typer.echo(f"narrcheck: {plain(message)}", err=True)


def reconfigure(stream: object, **settings: str) -> None:
    """Change a stream's encoding or what it does with characters it lacks, where it can."""
    # A stream that a test or another program put in place may not have it.
    change = getattr(stream, "reconfigure", None)
    if change is not None:
        change(**settings)
