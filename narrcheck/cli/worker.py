"""What a worker process does: it checks the documents it is handed, one at a time, and answers.

It has a process group of its own: what it starts ends with it, and Ctrl-C reaches only its parent,
which ends it. Where the parent is gone, however that came, it ends too.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from narrcheck.cache import packed
from narrcheck.claims import load_reader
from narrcheck.cli.opening import unexpected
from narrcheck.document import Document
from narrcheck.errors import NarrcheckError
from narrcheck.findings import DocumentReport, NoNarrativeError
from narrcheck.load.parent import end_with_parent
from narrcheck.load.pdf.sharing import use_page_processes

FOUND, REFUSED, FAULT = b"+", b"-", b"!"  # the first byte of an answer
GRACE = 1.0  # seconds in which a process that is told to end may end what it has started
MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be checked, and what that may take: seconds, MB; 0 is without end.

    ``pages`` is how many processes may read the pages of a PDF.
    """

    path: Path
    tables: Path | None = None
    patterns: Path | None = None
    cache: bool = True
    seconds: int = 0
    megabytes: int = 0
    pages: int = 1


def serve(connection: Connection) -> None:
    """Checks the documents of the tasks that come, until there are no more.

    An answer is ``FOUND`` and a packed report, or document without a narrative; or ``REFUSED``,
    or ``FAULT`` for an error that nobody expected, with two texts, see ``_said``.
    """
    _settle()
    held = _held()
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        _limit_memory(held + task.megabytes * MB if task.megabytes else 0)
        _share_pages(task)
        connection.send_bytes(_answer(task))


def _settle() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that what was started is ended
    if os.name == "posix":
        os.setpgid(0, 0)
    end_with_parent(_end_all)


def _end_all() -> None:
    """Ends this process and those that it has started."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    if os.name == "posix":
        os.killpg(0, signal.SIGKILL)


def _held() -> int:
    """The bytes of data that this process has; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _limit_memory(size: int) -> None:
    """Lets the process have ``size`` bytes of data, 0 as many as it wants.

    Data are what is really written to: of mere addresses, threads on many processors reserve
    thousands of megabytes. Only Linux holds to it; on other systems there is no limit.
    """
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        bounds = [each for each in (size or resource.RLIM_INFINITY, hard) if each >= 0]
        resource.setrlimit(resource.RLIMIT_DATA, (min(bounds, default=hard), hard))


def _share_pages(task: Task) -> None:
    """Has the pages of a PDF be read in ``task.pages`` processes.

    While they are at work, what reads claims is loaded here.
    """
    if task.path.suffix.lower() == ".pdf":
        use_page_processes(task.pages, meanwhile=load_reader)


def _answer(task: Task) -> bytes:
    try:
        return FOUND + packed(_found(task))
    except NarrcheckError as error:
        return REFUSED + _said(type(error).__name__, str(error))
    except Exception as error:
        why = unexpected(error, megabytes=task.megabytes)
        return FAULT + _said(f"{task.path}：{why}", traceback.format_exc())


def _found(task: Task) -> DocumentReport | Document:
    """The report of a document, or the document itself where it has no narrative."""
    if task.cache:
        from narrcheck.cache import check_cached as check
    else:
        from narrcheck.check import check
    try:
        return check(task.path, tables=task.tables, patterns=task.patterns)
    except NoNarrativeError as error:
        return error.document


def _said(first: str, second: str) -> bytes:
    """Two texts as bytes; a file name may hold anything but NUL, lone surrogates too."""
    return f"{first}\0{second}".encode(errors="surrogatepass")


def said(content: bytes) -> tuple[str, str]:
    """The two texts of an answer, without its first byte."""
    first, _, second = content.decode(errors="surrogatepass").partition("\0")
    return first, second
