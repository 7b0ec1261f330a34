"""Runs every benchmark and prints one table of targets and results.

Run it from the checkout: ``python -m benchmarks.bench_all [--json]``, or ``make bench``.
"""

from __future__ import annotations

import argparse
import os

from benchmarks.bench_cache import first_and_second
from benchmarks.bench_documents import documents
from benchmarks.bench_processes import processes
from benchmarks.bench_reading import first_check, warm_reading
from benchmarks.common import as_json, as_table, machine, use_one_core


def main() -> None:
    """Measures and prints; the status is 0 whether the targets are met or not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    about = ", ".join(machine())  # before this process is kept on one core
    # The fresh processes come first, while this one is small: see fresh_process.
    measures = processes(5)
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    use_one_core()
    measures += [*first_check(9), *first_and_second(9), warm_reading(15)]
    if cores:
        os.sched_setaffinity(0, cores)
    measures += documents(5)
    if options.json:
        print(as_json(measures, core=False))
        return
    print(about)
    print(as_table(measures))


if __name__ == "__main__":
    main()
