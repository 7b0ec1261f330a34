"""Makes a document: a form, a seed, the faults wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from corpus.making.faults import NAMES, planted
from corpus.making.forms import Manner, Printed, disclosure, draw
from corpus.making.ground import Fault, Ground
from corpus.making.key import alone, entries, faulty
from corpus.making.witness import witnesses


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its faults, its answer key, and the numbers that nothing bears on."""

    printed: Printed
    text: str
    faults: tuple[Fault, ...]
    key: list[dict[str, Any]]
    alone: list[dict[str, Any]]


def make(manner: Manner, seed: int, *, faults: int = 0, sorts: Sequence[str] = ()) -> Made:
    """The document of a form and a seed.

    ``faults`` are planted of all kinds by turns, after one of each of ``sorts``; there are fewer
    where the document has no more places for them.
    """
    # A string seeds alike on every platform and with every hash seed.
    random = Random(f"{manner.name} {seed}")
    printed = disclosure(draw(manner, random), manner)
    ground = Ground(printed, witnesses(printed.said, printed.figures), manner.form)
    found: list[Fault] = []
    for name in sorts:
        for fault in planted(ground, (name,), 1, random):
            ground = ground.with_fault(fault)
            found.append(fault)
    names = list(NAMES)
    random.shuffle(names)
    found += planted(ground, tuple(names), faults, random)
    made = faulty(printed.text, found)
    lonely = alone(made, printed.said, printed.figures)
    return Made(printed, made.text, tuple(found), entries(made), lonely)
