"""Reads the pages of a PDF, in several processes where there are enough of them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from pdfplumber.pdf import PDF

    from narrcheck.load.pdf.page import BoundedPage
    from narrcheck.load.pdf.printed import Page

MOST_PROCESSES = 4  # more gain little, and each takes memory
FEWEST_PAGES = {"fork": 8, "spawn": 80}  # with which it pays to start processes
# The name of a thread that only waits for the end of the parent: it holds no lock.
WATCH = "narrcheck: watches its parent"
CHUNK = 4  # pages at a time, so that none waits long for the one with the fullest pages


class _Choice:
    """What ``use_page_processes`` was told."""

    count = 1
    meanwhile: Callable[[], object] | None = None


def use_page_processes(count: int, *, meanwhile: Callable[[], object] | None = None) -> None:
    """From now on PDF files are read in ``count`` processes, four at most; 1, as it is at first,
    is none but this.

    What is read is the same. ``meanwhile`` is called while they are at work: it may load what
    will be needed once they are done.
    """
    _Choice.count, _Choice.meanwhile = min(count, MOST_PROCESSES), meanwhile


def read_pages(pdf: PDF, data: bytes, count: int) -> Generator[tuple[Page, int], None, None]:
    """The ``count`` pages of ``pdf``, whose file ``data`` is, in order, and the work of each.

    Pages that are pictures are read here: the models for them are large. So is what another
    process did not read, for whatever reason. To be closed when no more is wanted.
    """
    from narrcheck.load.pdf.page import pages_of
    from narrcheck.load.pdf.printed import page_of

    method = _method()
    shares = _Choice.count > 1 and count >= FEWEST_PAGES[method]
    others = _read_elsewhere(method, data, count) if shares else iter(())
    for page in pages_of(pdf):
        read, work = next(others, (None, 0))
        yield (read, work) if read else (page_of(page), page.work)
        page.close()


def _method() -> str:
    """How to start processes: by a fork where no other thread can hold a lock then."""
    others = [each for each in threading.enumerate() if each.name != WATCH]
    return "fork" if sys.platform == "linux" and len(others) == 1 else "spawn"


def _read_elsewhere(method: str, data: bytes, count: int) -> Iterator[tuple[Page | None, int]]:
    """The pages in order, and the work of each; ends early where a process fails.

    None stands for one that is to be read from its picture.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context: BaseContext = multiprocessing.get_context(method)
    before = {each.pid for each in multiprocessing.active_children()}
    chunks = [range(at, min(at + CHUNK, count)) for at in range(0, count, CHUNK)]
    workers = min(_Choice.count, len(chunks))
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(data,))
    done = False
    try:
        waiting = [pool.submit(_read_chunk, chunk) for chunk in chunks]
        if _Choice.meanwhile is not None:
            _Choice.meanwhile()
        for pages in waiting:
            yield from pages.result()
        done = True
    except Exception:  # a process that died, or an error of a page: the caller reads what is left
        return
    finally:
        if not done:
            for each in multiprocessing.active_children():
                if each.pid not in before:
                    each.kill()
        pool.shutdown(cancel_futures=True)


class _Reading:
    """The file that a process reads: its bytes, and its pages once it was opened."""

    data = b""
    pages: tuple[BoundedPage, ...] = ()


def _begin(data: bytes) -> None:
    """Makes a new process ready: it ends with the one that started it, and by that one alone."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = parent_process()

    def end_with_parent() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, name=WATCH, daemon=True).start()
    _Reading.data = data


def _read_chunk(chunk: range) -> list[tuple[Page | None, int]]:
    """The pages of a chunk, from 0."""
    from narrcheck.load.pdf.page import open_pdf, pages_of
    from narrcheck.load.pdf.printed import page_without_ocr

    if not _Reading.pages:
        _Reading.pages = tuple(pages_of(open_pdf(_Reading.data)))
    read: list[tuple[Page | None, int]] = []
    for number in chunk:
        page = _Reading.pages[number]
        read.append((page_without_ocr(page), page.work))
        page.close()
    return read
