"""What every benchmark needs: one core, fresh processes, medians, and a table of the outcome."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus" / "hunan-2023" / "决算.txt"

# Where Python keeps compiled modules a second start is the usual one; a user's installation has
# them, and spaCy's were compiled by pip.
_UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONTRACEMALLOC", "PYTHONPATH")
_BYTES = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured: the median of its runs, and the most it should be (None: no target)."""

    name: str
    unit: str
    result: float
    target: float | None
    runs: int

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target."""
        return None if self.target is None else self.result <= self.target


@dataclass(frozen=True, slots=True)
class Process:
    """What a finished process took: seconds by the clock, and its peak memory in bytes."""

    seconds: float
    peak: int


def use_one_core() -> None:
    """Keeps this process and those it starts on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def fresh_process(arguments: Sequence[str], *, worst: int = 0) -> Process:
    """Runs Python with ``arguments`` in the checkout.

    Raises RuntimeError where it ends with a status above ``worst``: 1 says that a check found
    something.

    Its peak memory is at least that of the process which starts it: load nothing big before.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _UNSET}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if not 0 <= process.returncode <= worst:
        raise RuntimeError(f"{' '.join(arguments)} ended with status {process.returncode}")
    return Process(seconds, usage.ru_maxrss * _BYTES)


def seconds_of(work: Callable[[], object], *, warm_ups: int, runs: int) -> list[float]:
    """How long ``work`` takes, run by run, after some runs that do not count."""
    for _ in range(warm_ups):
        work()
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return taken


def median(values: Iterable[float]) -> float:
    """The median of ``values``: a run that something else slowed down does not move it."""
    return statistics.median(values)


def as_table(measures: Sequence[Measure]) -> str:
    """The measures as a table: measure, target, result, met."""
    rows = [("measure", "target", "result", "met"), *map(_row, measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for name, target, result, met in rows:
        line = f"{name:<{widths[0]}}  {target:>{widths[1]}}  {result:>{widths[2]}}  {met}"
        lines.append(line.rstrip())
    return "\n".join(lines)


def _row(measure: Measure) -> tuple[str, str, str, str]:
    met = {None: "—", True: "yes", False: "NO"}[measure.met]
    target = "—" if measure.target is None else f"≤ {_shown(measure.target, measure.unit)}"
    name = f"{measure.name}, median of {measure.runs}"
    return name, target, _shown(measure.result, measure.unit), met


def _shown(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if unit == "×" else f"{value:.0f} {unit}"


def machine() -> list[str]:
    """What these results are of: the version of Python, the system, and its cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return [f"Python {platform.python_version()}", platform.platform(), f"{cores} cores"]


def as_json(measures: Sequence[Measure], *, core: bool = hasattr(os, "sched_setaffinity")) -> str:
    """The measures, and the machine they are of, as JSON."""
    machine = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "one_core": core,
    }
    found = [{**asdict(measure), "met": measure.met} for measure in measures]
    return json.dumps({**machine, "measures": found}, ensure_ascii=False, indent=2)
