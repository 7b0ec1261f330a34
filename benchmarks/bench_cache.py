"""Measures how much sooner an unchanged document is answered for, from the cache.

Run it from the checkout: ``python -m benchmarks.bench_cache [--json]``.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.common import (
    CORPUS,
    ROOT,
    Measure,
    as_json,
    as_table,
    fresh_process,
    median,
    use_one_core,
)

SECOND_TIMES = 0.35  # as long as the first run


def main() -> None:
    """Measures and prints; the status is 0 whether the target is met or not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--starts", type=int, default=9, help="fresh processes each (default 9)")
    options = parser.parse_args()
    use_one_core()
    measures = first_and_second(options.starts)
    print(as_json(measures) if options.json else as_table(measures))


def first_and_second(starts: int) -> list[Measure]:
    """``narrcheck check`` of a document not seen before, and of the same once more.

    Each is a process of its own, by turns, so that a slow moment of the machine strikes both. The
    cache of each pair is a new one; the first pair only fills the caches of the system.
    """
    first, second = [], []
    for _ in range(starts + 1):
        with tempfile.TemporaryDirectory() as folder:
            first.append(_check(folder))
            if not any(Path(folder).iterdir()):
                raise RuntimeError("nothing was kept")
            second.append(_check(folder))
    fresh, kept = median(first[1:]), median(second[1:])
    return [
        Measure("narrcheck check, first run", "ms", fresh * 1000, None, starts),
        Measure("the same from the cache", "ms", kept * 1000, None, starts),
        Measure("second by first", "×", kept / fresh, SECOND_TIMES, starts),
    ]


def _check(cache: str) -> float:
    """The seconds of a fresh process with that folder as its cache."""
    os.environ["NARRCHECK_CACHE_DIR"] = cache
    document = CORPUS.relative_to(ROOT).as_posix()
    return fresh_process(["-m", "narrcheck", "check", document]).seconds


if __name__ == "__main__":
    main()
