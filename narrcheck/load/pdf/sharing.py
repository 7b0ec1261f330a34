"""Reads the pages of a PDF, in several processes where there are enough of them."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

    from pdfplumber.pdf import PDF

    from narrcheck.load.pdf.page import BoundedPage
    from narrcheck.load.pdf.printed import Page

    Reading: TypeAlias = Future[tuple[Page | None, int]]

MOST_PROCESSES = 4  # more gain little, and each takes memory
FEWEST_PAGES = {"fork": 8, "spawn": 80}  # with which it pays to start processes


class _Choice:
    """What ``use_page_processes`` was told."""

    count = 1
    meanwhile: Callable[[], object] | None = None


def use_page_processes(count: int, *, meanwhile: Callable[[], object] | None = None) -> None:
    """From now on PDF files are read in ``count`` processes, this among them, four at most; 1, as
    it is at first, is none but this.

    What is read is the same. ``meanwhile`` is called while the others are at work: it may load
    what will be needed once they are done.
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
    shared = _read_together(method, pdf, data, count) if shares else iter(())
    for page in pages_of(pdf):
        read, work = next(shared, (None, 0))
        yield (read, work) if read else (page_of(page), page.work)
        page.close()


def _method() -> str:
    """How to start processes: by a fork where no other thread can hold a lock then."""
    from narrcheck.load.parent import WATCH

    others = [each for each in threading.enumerate() if each.name != WATCH]
    return "fork" if sys.platform == "linux" and len(others) == 1 else "spawn"


def _read_together(
    method: str, pdf: PDF, data: bytes, count: int
) -> Iterator[tuple[Page | None, int]]:
    """The pages in order, and the work of each; ends early where a process fails.

    The others begin at the front; this one, which is as good as any, reads from the end what they
    have not begun. None stands for a page that is to be read from its picture.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context: BaseContext = multiprocessing.get_context(method)
    before = {each.pid for each in multiprocessing.active_children()}
    others = _Choice.count - 1
    pool = ProcessPoolExecutor(others, context, initializer=_begin, initargs=(data,))
    done = False
    try:
        waiting = [pool.submit(_read_elsewhere, number) for number in range(count)]
        if _Choice.meanwhile is not None:
            _Choice.meanwhile()
        yield from _in_order(pdf, waiting)
        done = True
    except Exception:  # a process that died, or an error of a page: the caller reads what is left
        return
    finally:
        if not done:
            for each in multiprocessing.active_children():
                if each.pid not in before:
                    each.kill()
        pool.shutdown(cancel_futures=True)


def _in_order(pdf: PDF, waiting: Sequence[Reading]) -> Iterator[tuple[Page | None, int]]:
    """What becomes of the pages; while the next is not there, some of the last are read here."""
    from narrcheck.load.pdf.page import pages_of

    pages = tuple(pages_of(pdf))
    own: dict[int, tuple[Page | None, int]] = {}
    end = len(pages)  # all from there on were read here
    for number, reading in enumerate(waiting):
        while number < end and not reading.done() and waiting[end - 1].cancel():
            end -= 1
            own[end] = _read(pages[end])
        yield own.pop(number) if number >= end else reading.result()


def _read(page: BoundedPage) -> tuple[Page | None, int]:
    from narrcheck.load.pdf.printed import page_without_ocr

    read = page_without_ocr(page), page.work
    page.close()
    return read


class _Reading:
    """The file that a process reads: its bytes, and its pages once it was opened."""

    data = b""
    pages: tuple[BoundedPage, ...] = ()


def _begin(data: bytes) -> None:
    """Makes a new process ready: it ends with the one that started it, and by that one alone."""
    from narrcheck.load.parent import end_with_parent

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()
    _Reading.data = data


def _read_elsewhere(number: int) -> tuple[Page | None, int]:
    """The page with a number, from 0, and its work."""
    from narrcheck.load.pdf.page import open_pdf, pages_of

    if not _Reading.pages:
        _Reading.pages = tuple(pages_of(open_pdf(_Reading.data)))
    return _read(_Reading.pages[number])
