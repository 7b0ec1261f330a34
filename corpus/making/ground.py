"""A document into which faults are planted, and what those did that are in it already."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.making.forms import Printed
from corpus.making.marks import Said
from corpus.making.printing import Form
from corpus.making.ranges import Relation
from corpus.making.witness import Witnesses

CLAUSE = "。；\n"
STOPS = (CLAUSE, "。；，\n\t", "。；，、：\n\t")


@dataclass(frozen=True, slots=True)
class Slip:
    """A place that is wrong: ``text`` stands for the characters ``start`` to ``end``.

    ``first`` and ``last`` bound the words of the claim (they are outside of what is replaced where
    a whole table is gone); ``mends`` says whether what stood there is what is expected.
    ``extra`` are the words at fault where they are but a part of ``text``.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    code: str
    note: str
    mends: bool = True
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a kind: its places, the figures it makes useless, and what proves it.

    ``proofs`` are any of them enough; none are needed where the words alone show the fault.
    """

    sort: str
    severity: str
    slips: tuple[Slip, ...]
    figures: frozenset[str] = frozenset()
    proofs: tuple[Relation, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A faultless document, its witnesses, and the faults so far."""

    printed: Printed
    known: Witnesses
    form: Form
    faults: tuple[Fault, ...] = ()

    @property
    def spent(self) -> frozenset[str]:
        """The figures that a fault was planted in."""
        return frozenset(figure for fault in self.faults for figure in fault.figures)

    def with_fault(self, fault: Fault) -> Ground:
        """The same with one more fault."""
        return replace(self, faults=(*self.faults, fault))

    def is_free(self, said: Said) -> bool:
        """Whether the figure and the sentence have no fault yet."""
        return said.figure not in self.spent and self.clear(said.start, said.end)

    def clear(self, start: int, end: int) -> bool:
        """Whether no fault was planted in the clauses of some characters."""
        low, high = span(self.printed.text, start, end, CLAUSE)
        slips = [slip for fault in self.faults for slip in fault.slips]
        edges = [(slip.start, slip.end) for slip in slips]
        edges += [(slip.first, slip.last) for slip in slips]
        return all(high <= a or b <= low for a, b in edges)

    def takes(self, fault: Fault) -> bool:
        """Whether the fault leaves every earlier one a proof, and its words can be told."""
        spent = self.spent | fault.figures
        for earlier in self.faults:
            own = earlier.figures
            others = spent - own
            if earlier.proofs and not any(others.isdisjoint(e.figures) for e in earlier.proofs):
                return False
        return all(self._tells(slip, fault) for slip in fault.slips)

    def _tells(self, slip: Slip, fault: Fault) -> bool:
        if not self.clear(slip.start, slip.end) or not self.clear(slip.first, slip.last):
            return False
        return sentence_of(self.printed.text, slip, fault) is not None


def claim_of(text: str, slip: Slip) -> str:
    """The words at fault."""
    if slip.extra:
        return slip.extra
    if slip.first <= slip.start and slip.end <= slip.last:
        return f"{text[slip.first : slip.start]}{slip.text}{text[slip.end : slip.last]}"
    return text[slip.first : slip.last]


def sentence_of(text: str, slip: Slip, fault: Fault) -> str | None:
    """The part of the sentence that has the claim just once, as it stands in the faulty text.

    No other place of the fault is in it; None where there is no such part.
    """
    claim = claim_of(text, slip)
    inside = slip.first <= slip.start and slip.end <= slip.last
    for stops in STOPS:
        low, high = span(text, slip.first, slip.last, stops)
        if any(low < other.end and other.start < high for other in fault.slips if other != slip):
            continue
        some = text[low:high]
        if inside:
            some = f"{text[low : slip.start]}{slip.text}{text[slip.end : high]}"
        if some.count(claim) == 1:
            return some.strip("\n")
    return None


def span(text: str, start: int, end: int, stops: str) -> tuple[int, int]:
    """The part of the text between two stops that has some characters; a stop 。 goes with it."""
    low = max((text.rfind(stop, 0, start) for stop in stops), default=-1) + 1
    after = re.compile(f"[{re.escape(stops)}]").search(text, end)
    high = len(text) if after is None else after.start()
    return low, high
