"""Worker processes that check documents: started, waited for, ended when a limit is reached.

Whatever a document does to the library that reads it (an endless loop, all memory, a crash), it
does to a process that can be ended: the others are checked all the same.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from narrcheck import errors
from narrcheck.cache import unpacked
from narrcheck.cli.opening import DEBUG
from narrcheck.cli.worker import FAULT, FOUND, GRACE, Task, said, serve
from narrcheck.document import Document
from narrcheck.errors import DocumentError, NarrcheckError
from narrcheck.findings import DocumentReport

# A process that is forked off starts at once and is what its parent is. It is safe where no other
# thread runs, as in a call on the command line before anything heavy is loaded; macOS says of its
# own libraries that they do not bear it.
START = "fork" if sys.platform == "linux" else "spawn"
TICK = 0.2  # seconds between two looks at clocks, signals and whether all are alive
MOST_TURNS = 100  # documents after which a worker is replaced: libraries keep words they have seen

Found = DocumentReport | Document | NarrcheckError


class Interrupted(Exception):
    """A signal (Ctrl-C) asked to stop before all was done."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A process, and our end of the line to it."""

    process: BaseProcess
    connection: Connection


@dataclass(frozen=True, slots=True)
class Turn:
    """What a worker is at, as the ``number``-th task; ``ends`` is when its time is over."""

    number: int
    task: Task
    ends: float


@dataclass(frozen=True, slots=True)
class Crew:
    """The workers there are: those at work, those that wait, and how often each had its turn."""

    busy: dict[Worker, Turn] = field(default_factory=dict)
    idle: list[Worker] = field(default_factory=list)
    turns: Counter[Worker] = field(default_factory=Counter)


def work_off(
    asked: Iterable[Task | Found], jobs: int, tell: Callable[[Collection[Path]], object]
) -> Iterator[tuple[int, Found]]:
    """What is found in each document, with its number from 0, in the order in which it is done.

    At most ``jobs`` are checked at a time; what is found already passes through. A document that
    has no narrative comes as it is, what cannot be checked as its error. ``tell`` hears, ever
    again, which documents are being checked. Raises Interrupted on a signal; RuntimeError for
    an error that nobody expected where ``NARRCHECK_DEBUG`` is set. No worker outlives the end.
    """
    crew = Crew()
    with _signals_noted() as stopped:
        try:
            for number, each in enumerate(asked):
                _go_on_unless(stopped)
                if not isinstance(each, Task):
                    yield number, each
                    continue
                while len(crew.busy) >= jobs:
                    yield from _done(crew)
                    _go_on_unless(stopped)
                _hand(crew, number, each)
                tell([turn.task.path for turn in crew.busy.values()])
            while crew.busy:
                yield from _done(crew)
                _go_on_unless(stopped)
                tell([turn.task.path for turn in crew.busy.values()])
        finally:
            _end(crew.busy)
            for worker in crew.idle:
                _kill(worker)


@contextmanager
def _signals_noted() -> Iterator[Callable[[], bool]]:
    """Whether a signal asked to stop; the second one is left to what is usual, which ends at once.

    An exception from a signal could come in the middle of a line that is being written.
    """
    seen: list[int] = []
    usual: dict[signal.Signals, Any] = {}

    def note(number: int, _: object) -> None:
        seen.append(number)
        for each, what in usual.items():
            signal.signal(each, what)

    if threading.current_thread() is threading.main_thread():
        for each in (signal.SIGINT, signal.SIGTERM):
            usual[each] = signal.getsignal(each) or signal.SIG_DFL
        for each in usual:
            signal.signal(each, note)
    try:
        yield lambda: bool(seen)
    finally:
        for each, what in usual.items():
            signal.signal(each, what)


def _go_on_unless(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise Interrupted


def _hand(crew: Crew, number: int, task: Task) -> None:
    """Gives a task to a worker that waits, or to a new one."""
    worker = crew.idle.pop() if crew.idle else _started()
    ends = time.monotonic() + task.seconds if task.seconds else float("inf")
    crew.busy[worker] = Turn(number, task, ends)
    crew.turns[worker] += 1
    with contextlib.suppress(OSError):  # it is dead: that is noticed when its answer is awaited
        worker.connection.send(task)


def _started() -> Worker:
    context: Any = get_context(START)  # mypy knows but the processes of one way
    ours, theirs = context.Pipe()
    # Not a daemon: it may have processes of its own, for the pages of a PDF.
    process = context.Process(target=serve, args=(theirs,), daemon=False)
    process.start()
    theirs.close()
    return Worker(process, ours)


def _done(crew: Crew) -> Iterator[tuple[int, Found]]:
    """What the workers have found since, after a short while at most."""
    wait([worker.connection for worker in crew.busy], TICK)
    for worker, turn in list(crew.busy.items()):
        found = _found(worker, turn)
        if found is None:
            continue
        del crew.busy[worker]
        if isinstance(found, _Lost) or crew.turns[worker] >= MOST_TURNS:
            del crew.turns[worker]
            _end([worker])
        else:
            crew.idle.append(worker)
        yield turn.number, found


class _Lost(DocumentError):
    """No answer came, or an error that nobody expected: the worker is not trusted with more."""


def _found(worker: Worker, turn: Turn) -> Found | None:
    """What came of a turn, None while it goes on."""
    path, seconds = turn.task.path, turn.task.seconds
    try:
        if worker.connection.poll():
            return _read(worker.connection.recv_bytes())
    except (EOFError, OSError):
        return _Lost(f"{path}：{_why_dead(worker)}")
    if time.monotonic() > turn.ends:
        return _Lost(
            f"{path}：{seconds} 秒内没有核对完，已停止；文件可能已损坏，请打开文件另存一份再检查，"
            "或用 --timeout 放宽时限。"
        )
    return None if worker.process.is_alive() else _Lost(f"{path}：{_why_dead(worker)}")


def _why_dead(worker: Worker) -> str:
    """Why a worker may have ended by itself, and what to do."""
    worker.process.join(GRACE)
    code = worker.process.exitcode
    if code == -getattr(signal, "SIGKILL", 0):
        return (
            "核对它的进程被系统终止，可能是内存不够；请关闭其他程序，用 --jobs 1 再检查，"
            "或把文件拆分后再检查。"
        )
    how = f"信号 {-code}" if code is not None and code < 0 else f"状态 {code}"
    return f"核对它的进程意外结束（{how}），文件可能已损坏；请打开文件另存一份再检查。"


def _read(answer: bytes) -> Found:
    kind, content = answer[:1], answer[1:]
    if kind == FOUND:
        found = unpacked(content)
        if isinstance(found, DocumentReport | Document):
            return found
        raise TypeError(type(found))
    first, second = said(content)
    if kind != FAULT:
        error: type[NarrcheckError] = getattr(errors, first, DocumentError)
        return error(second)
    if os.environ.get(DEBUG):
        raise RuntimeError(second)
    return _Lost(first)


def _end(workers: Collection[Worker]) -> None:
    """Ends workers, and what they have started, in a second or so."""
    for worker in workers:
        worker.process.terminate()
    given = time.monotonic() + GRACE
    for worker in workers:
        worker.process.join(max(0.0, given - time.monotonic()))
        _kill(worker)


def _kill(worker: Worker) -> None:
    """Ends a worker at once, with all processes of its group."""
    pid = worker.process.pid
    if os.name == "posix" and pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    worker.process.kill()
    worker.process.join()
    worker.connection.close()
