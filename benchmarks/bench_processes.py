"""Measures the command in fresh processes: how soon, in how much memory, how many documents.

Run it from the checkout: ``python -m benchmarks.bench_processes [--json]``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.common import ROOT, Measure, as_json, as_table, fresh_process, median

LONG_PAGES, MEGABYTES = 240, 400.0
DOCUMENTS = 24  # of a folder
PAUSE = 0.02  # seconds between two looks at the memory


def main() -> None:
    """Measures and prints; the status is 0 whether the targets are met or not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--starts", type=int, default=5, help="fresh processes each (default 5)")
    options = parser.parse_args()
    measures = processes(options.starts)
    print(as_json(measures, core=False) if options.json else as_table(measures))


def processes(starts: int) -> list[Measure]:
    """All of them, of made files, which another process makes: this one is to stay small."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        make = (
            "import sys; from pathlib import Path; from benchmarks import papers as p;"
            "here = Path(sys.argv[1]); p.write_text(here / 't.txt', 50_000);"
            "p.write_docx(here / 'd.docx'); p.write_html(here / 'h.html');"
            f"p.write_pdf(here / 'p.pdf', 26); p.write_pdf(here / 'long.pdf', {LONG_PAGES})"
        )
        fresh_process(["-c", make, folder])
        return [
            *(
                each
                for name in ("t.txt", "d.docx", "h.html", "p.pdf")
                for each in cold(here / name, starts)
            ),
            *memory(here / "long.pdf"),
            *throughput(here / "t.txt"),
        ]


def cold(path: Path, starts: int) -> list[Measure]:
    """A first check in a fresh process by ``import spacy`` in another, by turns; and its memory."""
    checks, imports = [], []
    for _ in range(starts + 1):
        imports.append(fresh_process(["-c", "import spacy"]).seconds)
        checks.append(_check(path))
    times = median(check[0] / spacy for check, spacy in zip(checks[1:], imports[1:], strict=True))
    name = f"{path.suffix[1:].upper()}, first check"
    return [
        Measure(f"{name}, by import spacy", "×", times, None, starts),
        Measure(f"{name}, peak memory", "MB", median(each[1] for each in checks[1:]), None, starts),
    ]


def _check(path: Path) -> tuple[float, float]:
    """The seconds and the peak memory in MB of a check in a fresh process."""
    found = fresh_process(["-m", "narrcheck", "check", "--no-cache", str(path)], worst=1)
    return found.seconds, found.peak / 1e6


def memory(path: Path) -> list[Measure]:
    """The peak memory for a long PDF: its pages in one process, and in two."""
    asked = ["-m", "narrcheck", "check", "--no-cache", str(path), "--jobs"]
    measures = []
    for jobs, name in ((1, "one process"), (2, "two processes")):
        if Path("/proc/self/smaps_rollup").exists():
            peak = _peak_of_all([*asked, str(jobs)])
        else:  # the largest of them alone
            peak = fresh_process([*asked, str(jobs)], worst=1).peak
        name = f"PDF of {LONG_PAGES} pages, read in {name}: peak memory of all"
        measures.append(Measure(name, "MB", peak / 1e6, MEGABYTES, 1))
    return measures


def _peak_of_all(arguments: Sequence[str]) -> int:
    """The most memory in bytes of Python with ``arguments`` and all that it starts, at a moment.

    What processes share counts once: each has its part of it.
    """
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, sum(_memory_of(pid) for pid in _family(process.pid)))
        time.sleep(PAUSE)
    return most


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has ended
        return
    for child in children:
        yield from _family(int(child))


def _memory_of(pid: int) -> int:
    """The proportional set size of a process; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def throughput(path: Path) -> list[Measure]:
    """Documents of 50 KB a minute, one and two at a time."""
    content = path.read_text(encoding="utf-8")
    files = [path.with_name(f"{number:03}.txt") for number in range(DOCUMENTS)]
    for number, each in enumerate(files):
        each.write_text(content + "\n" * number, encoding="utf-8")
    asked = ["-m", "narrcheck", "check", "--no-cache"]
    measures = []
    for jobs in ("1", "2"):
        taken = fresh_process([*asked, "--jobs", jobs, *map(os.fspath, files)], worst=1).seconds
        name = f"documents of 50 KB, --jobs {jobs}"
        measures.append(Measure(name, "a minute", DOCUMENTS / taken * 60, None, 1))
    return measures


if __name__ == "__main__":
    main()
