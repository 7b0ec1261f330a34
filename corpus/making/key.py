"""The faulty text, its answer key, and the numbers that nothing bears on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.making.figures import Figures
from corpus.making.ground import Fault, Slip, claim_of, sentence_of
from corpus.making.marks import Said
from corpus.making.witness import Witnesses, witnesses

NUMBER_ALONE = "文中、表中没有别处写这个数，也没有合计、比率能与它核对"
WAY_ALONE = "没有比率，也没有上年数，增减方向无从核对"
ORDER_ALONE = "没有写预算数，也没有完成率，大小无从核对"


@dataclass(frozen=True, slots=True)
class Faulty:
    """A text with faults planted, and where the characters of the right text have gone."""

    right: str
    text: str
    slips: tuple[tuple[Slip, Fault], ...]

    def moved(self, at: int) -> int:
        """Where the character ``at`` of the right text is; it must not have been replaced."""
        shift = sum(
            len(slip.text) - (slip.end - slip.start) for slip, _ in self.slips if slip.end <= at
        )
        return at + shift

    def line(self, at: int) -> int:
        """The line, from 1, that the character ``at`` of the right text has come to stand in."""
        return self.text.count("\n", 0, self.moved(at)) + 1


def faulty(right: str, faults: Sequence[Fault]) -> Faulty:
    """The text with the faults in it."""
    pairs = [(slip, fault) for fault in faults for slip in fault.slips]
    slips = tuple(sorted(pairs, key=lambda pair: pair[0].first))
    text = right
    for slip, _ in sorted(pairs, key=lambda pair: pair[0].start, reverse=True):
        text = f"{text[: slip.start]}{slip.text}{text[slip.end :]}"
    return Faulty(right, text, slips)


def entries(made: Faulty) -> list[dict[str, Any]]:
    """The answer key, in the order of the document; see corpus/README.md."""
    found = []
    for number, (slip, fault) in enumerate(made.slips, start=1):
        sentence = sentence_of(made.right, slip, fault)
        found.append(
            {
                "id": f"F{number}",
                "line": made.line(slip.first),
                "sentence": sentence,
                "kind": fault.sort,
                "severity": fault.severity,
                "claimed": claim_of(made.right, slip),
                "expected": made.right[slip.first : slip.last] if slip.mends else None,
                "code": slip.code,
                "note": slip.note,
            }
        )
    return found


def alone(made: Faulty, every: Sequence[Said], figures: Figures) -> list[dict[str, Any]]:
    """By line, the numbers and words of the faulty text that nothing else in it bears on."""
    gone = [slip for slip, fault in made.slips if fault.sort in ("blank", "level", "table")]
    left = [s for s in every if not any(e.start <= s.start and s.end <= e.end for e in gone)]
    wrong = [slip for slip, _ in made.slips]
    known = witnesses(left, figures)
    found: dict[tuple[int, str], list[str]] = {}
    for said in left:
        if any(said.start < slip.end and slip.start < said.end for slip in wrong):
            continue
        why = _why_alone(said, known)
        if why:
            found.setdefault((made.line(said.start), why), []).append(said.text)
    return [{"line": line, "texts": texts, "why": why} for (line, why), texts in found.items()]


def _why_alone(said: Said, known: Witnesses) -> str:
    if said.kind == "bare" or (said.is_number and known.alone(said)):
        return NUMBER_ALONE
    if said.kind == "way" and not any(said.figure in each.figures for each in known.relations):
        return WAY_ALONE
    if said.kind == "order":
        one, other = said.figure.split("?")
        both = one in known.said and other in known.said
        if not both and f"{one}÷{other}" not in known.said:
            return ORDER_ALONE
    return ""
