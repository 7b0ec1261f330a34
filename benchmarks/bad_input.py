"""Measures bad input: files that are broken, hostile or far too large, each beside a sound one.

Run it from the checkout: ``python -m benchmarks.bad_input [PART OF A NAME …]``. Each case is a
fresh ``narrcheck check BAD GOOD`` with 3 GB of address space and 60 seconds; the status is 1 where
one of them does more than refuse BAD in one line, or read it, and check GOOD.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bad_files import CASES, Case
from benchmarks.common import CORPUS, ROOT

SECONDS = 60
MEMORY = 3 << 30  # bytes of address space
MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: seconds, peak MB, what was said of BAD, and whether all is well."""

    seconds: float
    peak: float
    said: str
    good: bool


def main() -> None:
    """Measures the cases whose names hold one of the words given, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", metavar="WORD", help="part of a case's name")
    words = parser.parse_args().words
    wanted = [case for case in CASES if not words or any(word in case.name for word in words)]
    width = max((len(case.name) for case in wanted), default=0)
    failed = 0
    for case in wanted:
        with tempfile.TemporaryDirectory() as folder:
            bad = Path(folder, f"bad{case.suffix}")
            written_apart(case, bad)
            outcome = check_beside_a_sound_one(bad)
        failed += not outcome.good
        mark = "  " if outcome.good else "NO"
        said = outcome.said.replace(folder, "…")
        took = f"{outcome.seconds:5.1f} s  {outcome.peak:6.0f} MB"
        print(f"{case.name:<{width}}  {took}  {mark}  {said}", flush=True)
    print(f"{len(wanted)} cases, {failed} failed")
    sys.exit(failed > 0)


def written_apart(case: Case, bad: Path) -> None:
    """Writes the file of a case in another process, for what this one held counts as its peak."""
    child = os.fork()
    if not child:
        bad.write_bytes(case.make())
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(f"{case.name}: could not be made")


def check_beside_a_sound_one(bad: Path) -> Outcome:
    """Runs ``narrcheck check BAD GOOD`` within the limits."""
    command = [sys.executable, "-m", "narrcheck", "check", str(bad), str(CORPUS)]
    command += ["--format=json", "--no-cache"]
    output, errors = bad.with_name("output"), bad.with_name("errors")
    started = time.perf_counter()
    with output.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=err, preexec_fn=_limited, start_new_session=True
        )
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            if time.perf_counter() - started > SECONDS:
                os.killpg(process.pid, 9)
                ended = os.wait4(process.pid, 0)
                break
            time.sleep(0.02)
    _, status, usage = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - started
    lines = errors.read_text(encoding="utf-8", errors="replace").splitlines()
    said, good = _judged(process.returncode, output.read_bytes(), lines, bad)
    return Outcome(taken, usage.ru_maxrss * 1024 / MB, said, good)


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _judged(status: int, output: bytes, lines: Sequence[str], bad: Path) -> tuple[str, bool]:
    """What was said of BAD, and whether it was read or refused in one line and GOOD was checked."""
    try:
        paths = [each["path"] for each in json.loads(output)["documents"]]
    except ValueError:
        return f"status {status}, no report: {(lines or [''])[-1][:100]}", False
    checked = str(CORPUS) in paths
    if str(bad) in paths:
        return f"read, status {status}", checked and status in (0, 1) and not lines
    said = lines[0].removeprefix("narrcheck: ") if lines else "nothing"
    return said, checked and status == 2 and len(lines) == 1 and str(bad) in said


if __name__ == "__main__":
    main()
