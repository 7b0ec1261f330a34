"""A process that ends with the one that started it, and by that one alone."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import parent_process

# The name of the thread that only waits for the end of the parent: it holds no lock.
WATCH = "narrcheck: watches its parent"


def end_with_parent(before: Callable[[], object] = lambda: None) -> None:
    """From now on this process ends once its parent is gone, however that came.

    Ctrl-C is left to the parent. ``before`` is called first, in a thread of its own.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        before()
        os._exit(1)

    threading.Thread(target=watch, name=WATCH, daemon=True).start()
