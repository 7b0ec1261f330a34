"""Fuzzes all targets in turn: ``python -m fuzz [--seconds N] [--seed N] [TARGET …]``.

The status is 1 where an input crashed, hung or broke what must hold; the input and the traceback
are in ``fuzz/found/``. It is 2 where atheris is not installed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from fuzz.seeds import dictionary, seeds
from fuzz.targets import TARGETS

FOUND = Path(__file__).resolve().parent / "found"
HANGS = 20  # seconds for one input: a thousand times what the slowest takes
LONGEST = 4096  # bytes
MEMORY = 2048  # MB
RUNS = re.compile(r"Done (\d+) runs|stat::number_of_executed_units:\s*(\d+)")


def main() -> int:
    """Runs the targets named, or all, each for its share of the seconds."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="of fuzzing, shared by the targets")
    parser.add_argument(
        "--seed", type=int, default=0, help="of chance; 0, the default, is a new one"
    )
    given = parser.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    if find_spec("atheris") is None:
        print(
            "fuzz: nothing was fuzzed, for atheris is not installed (pip install '.[fuzz]');\n"
            "fuzz: it comes ready to use for CPython 3.11 and newer on Linux only.",
            file=sys.stderr,
        )
        return 2
    wanted = given.targets or list(TARGETS)
    shares = sum(TARGETS[name][1] for name in wanted)
    failed = [
        name
        for name in wanted
        if not _fuzzed(name, max(given.seconds * TARGETS[name][1] // shares, 1), given.seed)
    ]
    print(f"fuzz: {len(wanted)} targets, {len(failed)} failed{''.join(f' {n}' for n in failed)}")
    return int(bool(failed))


def _fuzzed(name: str, seconds: int, seed: int) -> bool:
    """Whether a target was fuzzed for so long without a finding; prints how it went."""
    FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, content in enumerate(seeds(name)):
            (corpus / f"seed-{number:04}").write_bytes(content[:LONGEST])
        words = Path(folder, "words")
        words.write_text(dictionary(name), encoding="ascii")
        log = Path(folder, "log")
        options = {
            "artifact_prefix": f"{FOUND}/{name}-",
            "dict": words,
            "max_len": LONGEST,
            "max_total_time": seconds,
            "print_final_stats": 1,
            "rss_limit_mb": MEMORY,
            "seed": seed,
            "timeout": HANGS,
        }
        command = [sys.executable, "-m", "fuzz.one", name, str(corpus)]
        command += [f"-{option}={value}" for option, value in options.items()]
        with log.open("wb") as output:
            environment = {**os.environ, "PYTHONUTF8": "1"}
            ended = subprocess.run(
                command, stdout=output, stderr=subprocess.STDOUT, env=environment, check=False
            )
        said = log.read_text(encoding="utf-8", errors="replace")
        kept = sum(1 for _ in corpus.iterdir())
    counts = [int(one or other) for one, other in RUNS.findall(said)]
    good = ended.returncode == 0 and bool(counts)
    runs = max(counts, default=0)
    print(f"fuzz: {name}: {runs} inputs, {kept} kept{'' if good else ' — FAILED'}", flush=True)
    if not good:
        (FOUND / f"{name}.log").write_text(said, encoding="utf-8")
        print(said[-4000:], f"fuzz: what was found is in {FOUND}", sep="\n", file=sys.stderr)
    return good


if __name__ == "__main__":
    sys.exit(main())
