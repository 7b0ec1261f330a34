"""Plants every fault there is into the faultless documents of the corpus, one at a time.

    python -m benchmarks.mutations [--sample N] [--every] [--documents N] [--workers N]
                                   [--misses FILE]

A fault is a digit replaced by each other digit, 元 for 万元, a % dropped, 增 for 减, 大于 for
小于, two amounts swapped, a decimal point moved, in every number that something in the document
bears out; those that the printed digits still allow are left out. On two cores it takes half an
hour.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))  # what makes the documents

from made.mutations import KINDS, Faultless, Mutation, Outcome, faults, judged, mutations
from made.reading import checked

from corpus.making.forms import MANNERS
from corpus.making.made import make

ROOT = Path(__file__).resolve().parent.parent
EVERY = tuple(path for path in sorted((ROOT / "corpus").rglob("*.txt")) if "有误" not in path.name)
DOCUMENTS = tuple(path for path in EVERY if path.parent.name in ("hunan-2023", "shanghai-2024"))
CAUGHT, OTHERS, RESTORED = 0.97, 0.3, 0.85
HEAD = ("document", "fault", "planted", "caught", "others", "restored")

Job = tuple[int, Mutation]
_texts: dict[int, tuple[str, Faultless]] = {}  # by number; processes are forked with them


def main() -> None:
    """Runs and prints; the status is 0 whether the targets are met or not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, help="faults of each kind (default: all)")
    parser.add_argument("--documents", type=int, default=1000, help="made documents (default 1000)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--misses", type=Path, help="a file for the faults that were not mended")
    parser.add_argument("--every", action="store_true", help="all documents of corpus/, not two")
    options = parser.parse_args()
    for path in EVERY if options.every else DOCUMENTS:
        _texts[len(_texts)] = path.parent.name, Faultless(path.read_text("utf-8"))
    jobs = list(_jobs(options.sample))
    with Pool(options.workers) as pool:
        outcomes = pool.map(_outcome, jobs, chunksize=25)
    print(_table(list(zip((job[0] for job in jobs), outcomes, strict=True))))
    if options.misses:
        options.misses.write_text("\n".join(_misses(outcomes)), encoding="utf-8")
    _made(options.documents)


def _jobs(sample: int | None) -> Iterator[Job]:
    """The faults to plant, and a line on each document."""
    for index, (_, document) in _texts.items():
        every = Counter(each.kind for each in mutations(document))
        found = list(faults(document))
        left = every.total() - len(found)
        reach = "、".join(f"{count} {kind}" for kind, count in document.out_of_reach.items())
        print(
            f"{_name(index)}: {len(document.judged)} statements borne out, {every.total()} "
            f"mutations, {left} of them still true in the printed digits; out of reach: {reach}"
        )
        chosen = random.Random(index)
        for kind in KINDS:
            some = [each for each in found if each.kind == kind]
            few = some if sample is None else chosen.sample(some, min(sample, len(some)))
            yield from ((index, mutation) for mutation in few)


def _outcome(job: Job) -> Outcome:
    index, mutation = job
    return judged(_texts[index][1], mutation)


def _name(index: int) -> str:
    return _texts[index][0]


def _table(outcomes: Sequence[tuple[int, Outcome]]) -> str:
    """A row for each kind in each document, and for all, with the targets."""
    rows: list[tuple[str, ...]] = [HEAD]
    for index in _texts:
        own = [each for at, each in outcomes if at == index]
        rows += (
            _row(_name(index), kind, [o for o in own if o.mutation.kind == kind]) for kind in KINDS
        )
        rows.append(_row(_name(index), "all", own))
    rows.append(_row("all", "all", [each for _, each in outcomes]))
    targets = (f"≥ {CAUGHT:.0%}", f"≤ {OTHERS}", f"≥ {RESTORED:.0%}")
    rows.append(("", "target", "", *targets))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ("  ".join(f"{cell:<{w}}" for cell, w in zip(r, widths, strict=True)) for r in rows)
    return "\n".join(line.rstrip() for line in lines)


def _row(document: str, kind: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    count = len(outcomes) or 1
    caught, others, restored = (
        sum(int(each) for each in some) / count
        for some in (
            (o.caught for o in outcomes),
            (o.others for o in outcomes),
            (o.restored for o in outcomes),
        )
    )
    return document, kind, str(len(outcomes)), f"{caught:.1%}", f"{others:.3f}", f"{restored:.1%}"


def _misses(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Each fault that was missed, told twice or not mended, with what was said of it."""
    for each in outcomes:
        if each.caught and each.restored and not each.others:
            continue
        kind = each.mutation.claims[0].kind
        yield f"[{each.mutation.kind}, {kind}] caught {each.caught}, others {each.others}"
        yield f"  - {each.before.strip()}"
        yield f"  + {each.after.strip()}"
        for said in each.said:
            yield f"    {said.code} {said.severity} {said.text} → {said.expected}：{said.message}"


def _made(count: int) -> None:
    """Documents printed from drawn truth, as many in each form: nothing may be found."""
    each = -(-count // len(MANNERS))
    for manner in MANNERS:
        alarms: Counter[str] = Counter()
        examples: dict[str, str] = {}
        for seed in range(each):
            for said in checked(make(manner, seed).text).loud:
                alarms[said.code] += 1
                examples.setdefault(said.code, f"{said.message} | {said.sentence}")
        print(f"made documents, {manner.name}: {each}, findings: {alarms.total()}")
        for code, count_of in alarms.items():
            print(f"  {code} {count_of}: {examples[code]}")


if __name__ == "__main__":
    main()
