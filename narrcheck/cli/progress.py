"""The bar on a terminal that shows how far a call with several files has come."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrcheck.report.lines import plain

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or none where ``progress`` is None: then nothing is shown."""

    progress: Progress | None = None
    task: TaskID | None = None

    def show(self, running: Collection[Path]) -> None:
        """Shows which files are being checked."""
        self._change(running="、".join(plain(path.name) for path in running))

    def move(self, *, failed: int, errors: int) -> None:
        """Moves on by a file; ``failed`` could not be checked, ``errors`` were found so far."""
        self._change(advance=1, failed=failed, errors=errors)

    def _change(self, **changes: object) -> None:
        if self.progress is not None and self.task is not None:
            self.progress.update(self.task, **changes)  # type: ignore[arg-type]
            self.progress.refresh()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While something is printed, the bar is not there."""
        if self.progress is None:
            yield
            return
        self.progress.stop()
        try:
            yield
        finally:
            self.progress.start()


@contextmanager
def bar_over(count: int) -> Iterator[Bar]:
    """A bar for so many files, on standard error where that is a terminal."""
    if count < 2 or not sys.stderr.isatty():
        yield Bar()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.table import Column

    counts = TextColumn("错误 {task.fields[errors]} · 失败 {task.fields[failed]}")
    names = TextColumn(
        "{task.fields[running]}",
        markup=False,
        table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
    )
    # A thread that redraws it would run while processes are forked off.
    progress = Progress(
        *(TextColumn("核对"), BarColumn(bar_width=20), MofNCompleteColumn(), counts, names),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        expand=True,
    )
    with progress:
        task = progress.add_task("", total=count, errors=0, failed=0, running="")
        yield Bar(progress, task)
        progress.refresh()
