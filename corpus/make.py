"""Makes disclosures from drawn truth, with chosen faults and their answer keys.

    python -m corpus.make --form 湖南 --seed 7 --faults 12 -o DIR
    python -m corpus.make --form all --count 1000 --faults 8 -o DIR
    python -m corpus.make --list

Each document is a folder FORM-SEED with 决算.txt (or 预算.txt), its .expected.json (the faults) and
its .alone.json (the numbers that nothing else in it bears on). The same form, seed and faults give
the same bytes on every machine. It needs nothing but Python.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.making.faults import NAMES, SORTS
from corpus.making.forms import MANNERS, Manner, manner_named
from corpus.making.made import Made, make

ALL = "all"


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the documents; 2 where the arguments are wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.list:
        print(_listing())
        return 0
    if options.output is None:
        parser.error("-o DIR is needed")
    every = MANNERS if options.form == ALL else (manner_named(options.form),)
    for seed in range(options.seed, options.seed + options.count):
        manner = every[(seed - options.seed) % len(every)]
        made = make(manner, seed, faults=options.faults, sorts=options.fault)
        folder = write(made, manner, seed, options.output)
        wanted = options.faults + len(options.fault)
        if len(made.faults) < wanted:
            print(f"{folder}: {len(made.faults)} of {wanted} faults have a place", file=sys.stderr)
    return 0


def write(made: Made, manner: Manner, seed: int, output: Path) -> Path:
    """Writes a document, its key, and what stands alone; gives their folder."""
    folder = output / f"{manner.name}-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{manner.kind}.txt").write_bytes(made.text.encode())
    for name, found in (("expected", made.key), ("alone", made.alone)):
        text = json.dumps(found, ensure_ascii=False, indent=1)
        (folder / f"{manner.kind}.{name}.json").write_bytes(f"{text}\n".encode())
    return folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m corpus.make",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    forms = [manner.name for manner in MANNERS]
    parser.add_argument("--form", default=ALL, choices=[*forms, ALL], metavar="FORM")
    parser.add_argument("--seed", type=int, default=1, help="the first seed (default 1)")
    parser.add_argument("--count", type=_natural, default=1, help="documents (default 1)")
    parser.add_argument("--faults", type=_natural, default=0, help="faults of all kinds, by turns")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        choices=NAMES,
        metavar="KIND",
        help="one fault of this kind besides; may be repeated",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="where the folders go")
    parser.add_argument("--list", action="store_true", help="print the forms and kinds of faults")
    return parser


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return number


def _listing() -> str:
    lines = ["forms:", *(f"  {manner.name}  {manner.kind}" for manner in MANNERS), "faults:"]
    return "\n".join([*lines, *(f"  {sort.name:<12}{sort.title}" for sort in SORTS)])


if __name__ == "__main__":
    sys.exit(main())
