"""Checks documents made by corpus.make: false alarms in faultless ones, recall in faulty ones.

    python -m benchmarks.made_documents [--clean N] [--faulty N] [--faults N] [--first SEED]
                                        [--workers N] [--examples FILE]

The forms take turns. A fault is found where an error or warning stands on words that it shares
with the key, on the same line; what stands in the sentence of a fault but on other words is
counted apart, everything else is a false alarm.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))  # what checks a text

from made.reading import checked

from corpus.making.forms import MANNERS
from corpus.making.made import make
from narrcheck.findings import Finding

Job = tuple[int, int, int]  # form, seed, faults


@dataclass(slots=True)
class Tally:
    """What became of the faults of some documents, with an example of each sort."""

    documents: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)
    coded: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: Tally) -> None:
        """Counts what another tally has counted."""
        self.documents += other.documents
        for name in ("planted", "found", "beside", "coded", "mended", "alarms"):
            getattr(self, name).update(getattr(other, name))
        for sort, some in other.examples.items():
            self.examples[sort] += some


def main() -> None:
    """Runs and prints; the status is 0 whatever was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clean", type=int, default=200, help="faultless documents (default 200)")
    parser.add_argument("--faulty", type=int, default=100, help="faulty documents (default 100)")
    parser.add_argument("--faults", type=int, default=12, help="faults of each (default 12)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (default 1)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--examples", type=Path, help="a file for misses and false alarms")
    options = parser.parse_args()
    with Pool(options.workers) as pool:
        clean = pool.map(_tally, _jobs(options.clean, options.first, 0), chunksize=4)
        faulty = pool.map(_tally, _jobs(options.faulty, options.first, options.faults), chunksize=4)
    whole = Tally()
    for tally in clean:
        whole.add(tally)
    print(f"faultless: {whole.documents}, alarms: {whole.alarms.total()} {dict(whole.alarms)}")
    wrong = Tally()
    for tally in faulty:
        wrong.add(tally)
    print(_table(wrong))
    print(f"faulty: {wrong.documents}, alarms: {wrong.alarms.total()} {dict(wrong.alarms)}")
    if options.examples:
        lines = [*_examples("faultless", whole), *_examples("faulty", wrong)]
        options.examples.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _jobs(count: int, first: int, faults: int) -> list[Job]:
    return [(seed % len(MANNERS), seed, faults) for seed in range(first, first + count)]


def _tally(job: Job) -> Tally:
    """What was found in one document."""
    form, seed, faults = job
    manner = MANNERS[form]
    made = make(manner, seed, faults=faults)
    tally = Tally(documents=1)
    label = f"{manner.name} {seed}"
    try:
        left = list(checked(made.text).loud)
    except Exception as error:  # a crash is the worst of what can be found here
        tally.alarms["crash"] += 1
        tally.examples["crash"].append(f"{label} | {error!r}")
        return tally
    lines = made.text.split("\n")
    for entry in made.key:
        here = [each for each in left if each.where.line == entry["line"]]
        _judge(tally, entry, here, label, lines)
    for said in left:
        if not any(_is_of(said, entry, lines) for entry in made.key):
            tally.alarms[said.code] += 1
            tally.examples[f"alarm {said.code}"].append(
                f"{label} | {said.text} → {said.expected} | {said.message} | {said.sentence}"
            )
    return tally


def _judge(
    tally: Tally, entry: dict[str, Any], here: Sequence[Finding], label: str, lines: Sequence[str]
) -> None:
    sort, claimed = entry["kind"], entry["claimed"].strip()
    tally.planted[sort] += 1
    own = [each for each in here if _shares(each, entry, lines)]
    if own:
        tally.found[sort] += 1
        tally.coded[sort] += any(each.code == entry["code"] for each in own)
        wanted = entry["expected"]
        tally.mended[sort] += any(each.expected == wanted for each in own) or not wanted
        return
    beside = [each for each in here if _is_of(each, entry, lines)]
    tally.beside[sort] += bool(beside)
    said = "; ".join(f"{each.code} {each.text} → {each.expected}" for each in beside)
    tally.examples[f"{'beside' if beside else 'missed'} {sort}"].append(
        f"{label} | {claimed} → {entry['expected']} | {entry['sentence']} | {said}"
    )


def _shares(said: Finding, entry: dict[str, Any], lines: Sequence[str]) -> bool:
    """Whether a finding stands on words of the fault."""
    start, end = _place(entry, lines, entry["claimed"])
    at = _column(said, lines)
    return at < end and start < at + max(len(said.text), 1)


def _is_of(said: Finding, entry: dict[str, Any], lines: Sequence[str]) -> bool:
    """Whether a finding stands in the sentence of the fault."""
    if said.where.line != entry["line"]:
        return False
    start, end = _place(entry, lines, entry["sentence"])
    return start <= _column(said, lines) < end


def _place(entry: dict[str, Any], lines: Sequence[str], words: str) -> tuple[int, int]:
    line = lines[entry["line"] - 1]
    start = line.index(entry["sentence"])
    start += entry["sentence"].index(words)
    return start, start + len(words)


def _column(said: Finding, lines: Sequence[str]) -> int:
    """Where in its line a finding begins."""
    assert said.where.line is not None
    return said.where.start - sum(len(line) + 1 for line in lines[: said.where.line - 1])


def _table(tally: Tally) -> str:
    rows = [("fault", "planted", "found", "beside", "same code", "same value")]
    rows += [(sort, *_row(tally, sort)) for sort in (*sorted(tally.planted), "all")]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(f"{cell:<{w}}" for cell, w in zip(r, widths, strict=True)) for r in rows)
    return "\n".join(line.rstrip() for line in lines)


def _row(tally: Tally, sort: str) -> tuple[str, str, str, str, str]:
    def of(counts: Counter[str]) -> int:
        return counts.total() if sort == "all" else counts[sort]

    planted, found = of(tally.planted) or 1, of(tally.found) or 1
    return (
        str(of(tally.planted)),
        f"{of(tally.found) / planted:.1%}",
        f"{of(tally.beside) / planted:.1%}",
        f"{of(tally.coded) / found:.1%}",
        f"{of(tally.mended) / found:.1%}",
    )


def _examples(name: str, tally: Tally) -> list[str]:
    lines = []
    for sort, some in sorted(tally.examples.items(), key=lambda each: -len(each[1])):
        lines.append(f"## {name}: {sort} ({len(some)})")
        lines += some
    return lines


if __name__ == "__main__":
    main()
