"""Faults planted one at a time into a faultless document, and what became of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from made.allowing import NUMBER, Range, fit, printed
from made.reading import Checked, checked
from narrcheck.claims.claim import Claim, Kind
from narrcheck.findings import Finding, Status
from narrcheck.ledger import Operand, Relation

DIGIT, UNIT, SIGN, WAY, ORDER, SWAP, POINT = (
    "one digit",
    "万元 → 元",
    "% dropped",
    "增 ↔ 减",
    "大于 ↔ 小于",
    "two amounts swapped",
    "decimal point moved",
)
KINDS = (DIGIT, UNIT, SIGN, WAY, ORDER, SWAP, POINT)
WAYS = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
ORDERS = {"大于": "小于", "小于": "大于"}
OPPOSITE = {"more": "less", "less": "more", "same": "same"}
_ZEROS = re.compile(r"(\d)(?:\.0+|(\.\d*?)0+)(?!\d)")


@dataclass(frozen=True, slots=True)
class Change:
    """Characters of a text that are replaced."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """A fault: what it does to the text, and the claims whose words it changes."""

    kind: str
    changes: tuple[Change, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said of a mutation.

    ``caught``: an error or warning in its sentence. ``others``: errors and warnings besides.
    ``restored``: what they suggest gives the text as it was, but for zeros at the end of decimals.
    """

    mutation: Mutation
    before: str
    after: str
    caught: bool
    others: int
    restored: bool
    said: tuple[Finding, ...]


@dataclass(frozen=True)
class Faultless:
    """A document without faults, and what is known of its numbers."""

    text: str

    @cached_property
    def checked(self) -> Checked:
        return checked(self.text)

    @cached_property
    def judged(self) -> tuple[Claim, ...]:
        """The statements that something in the document bears out."""
        statuses = self.checked.diagnosis.statuses
        return tuple(
            claim
            for claim in self.checked.reading.claims
            if statuses[claim.id] is Status.AGREES
            and (claim.quantity or claim.kind is Kind.RELATION)
        )

    @cached_property
    def out_of_reach(self) -> Counter[str]:
        """The numbers that nothing in the document can be held against, by kind."""
        statuses = self.checked.diagnosis.statuses
        return Counter(
            str(claim.kind)
            for claim in self.checked.reading.claims
            if claim.quantity and statuses[claim.id] is not Status.AGREES
        )

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The decimals that are usual, of amounts and of rates."""
        found: dict[str, Counter[int]] = {"元": Counter(), "%": Counter()}
        for claim in self.judged:
            words = self.words(claim)
            if claim.quantity and words[-1] in found:
                number = NUMBER.search(words)
                assert number is not None
                found[words[-1]][len(number[1] or "")] += 1
        return {unit: counts.most_common(1)[0][0] for unit, counts in found.items() if counts}

    def words(self, claim: Claim) -> str:
        """What a claim covers in the text."""
        return self.text[claim.where.start : claim.where.end]

    def sentence(self, claim: Claim) -> tuple[int, int]:
        """Where the sentence of a claim begins and ends in the text."""
        paragraph = self.checked.document.paragraphs[claim.paragraph]
        starts = [paragraph.offset(index) for index in range(len(paragraph.text))]
        at = next(i for i, offset in enumerate(starts) if offset >= claim.where.start)
        begin = paragraph.text.rfind("。", 0, at) + 1
        end = paragraph.text.find("。", at)
        return starts[begin], starts[end] + 1 if end >= 0 else starts[-1] + 1

    def possible(self, mutation: Mutation) -> bool:
        """Whether the document with a mutation may still be true, by its printed digits."""
        ids = {claim.id for claim in mutation.claims}
        touched = [each for each in self.checked.relations if ids & set(each.claim_ids())]
        return all(self._fits(relation, mutation) for relation in touched)

    def _fits(self, relation: Relation, mutation: Mutation) -> bool:
        form = str(relation.form)
        if mutation.kind == ORDER:
            form = OPPOSITE.get(form, form)
        return fit(form, [self._range(operand, mutation) for operand in relation.operands])

    def _range(self, operand: Operand, mutation: Mutation) -> Range:
        claim = operand.claim
        if claim is None or claim.quantity is None:
            quantity = operand.quantity
            half = quantity.unit.scale / (2 * 10 ** max(quantity.places, quantity.usual))
            return quantity.amount - half, quantity.amount + half
        words = self.words(claim)
        negative = claim.direction < 0
        for change in mutation.changes:
            if claim.where.start <= change.start and change.end <= claim.where.end:
                at = change.start - claim.where.start
                words = words[:at] + change.text + words[at + change.end - change.start :]
            elif mutation.kind == WAY and claim in mutation.claims:
                negative = not negative
        low, high = printed(words, self.places.get(words.strip()[-1], 0))
        return (-high, -low) if negative else (low, high)


def mutations(document: Faultless) -> Iterator[Mutation]:
    """Every mutation of every judged statement, whether it changes what is true or not."""
    for claim in document.judged:
        if claim.quantity is not None:
            yield from _digits(document, claim)
            yield from _units(document, claim)
            yield from _points(document, claim)
        yield from _opposites(document, claim)
    yield from _swaps(document)


def faults(document: Faultless) -> Iterator[Mutation]:
    """The mutations that no reading of the printed digits makes true, or that drop a %."""
    return (
        each for each in mutations(document) if each.kind == SIGN or not document.possible(each)
    )


def _digits(document: Faultless, claim: Claim) -> Iterator[Mutation]:
    """Each digit replaced by each other; no number gets a 0 in front that it had not."""
    words = document.words(claim)
    number = NUMBER.search(words)
    assert number is not None
    for at in range(number.start(), number.end()):
        if words[at].isdigit():
            leads = at == number.start() and words[at + 1 : at + 2].isdigit()
            start = claim.where.start + at
            for other in "0123456789":
                if other != words[at] and not (leads and other == "0"):
                    yield Mutation(DIGIT, (Change(start, start + 1, other),), (claim,))


def _units(document: Faultless, claim: Claim) -> Iterator[Mutation]:
    words = document.words(claim)
    if words.endswith("万元"):
        start = claim.where.end - 2
        yield Mutation(UNIT, (Change(start, start + 1, ""),), (claim,))
    if words.endswith("%") and claim.quantity and not claim.quantity.is_zero:
        start = claim.where.end - 1
        yield Mutation(SIGN, (Change(start, start + 1, ""),), (claim,))


def _points(document: Faultless, claim: Claim) -> Iterator[Mutation]:
    """The decimal point one place to the left and to the right."""
    words = document.words(claim)
    number = NUMBER.search(words)
    assert number is not None
    if not words.endswith(("元", "%")) or not float(number[0].replace(",", "")):
        return
    digits = number[0].replace(".", "")
    at = len(digits) - len(number[1] or "")
    start = claim.where.start + number.start()
    for place in (at - 1, at + 1):
        moved = digits.ljust(place, "0")
        left, right = moved[:place].lstrip("0") or "0", moved[place:]
        text = f"{left}.{right}" if right else left
        yield Mutation(POINT, (Change(start, start + len(number[0]), text),), (claim,))


def _opposites(document: Faultless, claim: Claim) -> Iterator[Mutation]:
    """增加 for 减少 before a number, 大于 for 小于."""
    start, end = claim.where.start, claim.where.end
    if claim.kind in (Kind.CHANGE, Kind.GROWTH):
        word = document.text[start - 2 : start]
        if word in WAYS:
            yield Mutation(WAY, (Change(start - 2, start, WAYS[word]),), (claim,))
    elif claim.kind is Kind.RELATION:
        for match in re.finditer("|".join(ORDERS), document.text[start:end]):
            at = start + match.start()
            yield Mutation(ORDER, (Change(at, at + 2, ORDERS[match[0]]),), (claim,))


def _swaps(document: Faultless) -> Iterator[Mutation]:
    """Two amounts of a sentence with none between, each in the other's place."""
    amounts = [
        claim
        for claim in document.judged
        if claim.kind in (Kind.AMOUNT, Kind.CHANGE) and claim.quantity
    ]
    for one, two in pairwise(amounts):
        first, second = document.words(one), document.words(two)
        same = first != second and first.endswith("万元") and second.endswith("万元")
        if same and document.sentence(one) == document.sentence(two):
            changes = (
                Change(one.where.start, one.where.end, second),
                Change(two.where.start, two.where.end, first),
            )
            yield Mutation(SWAP, changes, (one, two))


def judged(document: Faultless, mutation: Mutation) -> Outcome:
    """What narrcheck says of the document with a mutation."""
    text, shift = document.text, 0
    for change in mutation.changes:
        start, end = change.start + shift, change.end + shift
        text = text[:start] + change.text + text[end:]
        shift += len(change.text) - (change.end - change.start)
    found = checked(text, document.checked.tables).loud
    spans = {document.sentence(claim) for claim in mutation.claims}
    here = [f for f in found if any(a <= f.where.start < b + shift for a, b in spans)]
    caught = min(len(here), len(mutation.claims))
    begin, end = min(a for a, _ in spans), max(b for _, b in spans)
    return Outcome(
        mutation,
        document.text[begin:end],
        text[begin : end + shift],
        bool(here),
        len(found) - caught,
        _restores(document.text, text, here),
        found,
    )


def _restores(before: str, after: str, said: list[Finding]) -> bool:
    """Whether the suggestions of the findings, all or one, make the text what it was."""
    offered = [each for each in said if each.suggestion is not None]
    wanted = _plain(before)
    return any(
        _plain(_mended(after, some)) == wanted for some in (offered, *([f] for f in offered))
    )


def _mended(text: str, said: list[Finding]) -> str:
    for each in sorted(said, key=lambda finding: finding.where.start, reverse=True):
        text = text[: each.where.start] + (each.suggestion or "") + text[each.where.end :]
    return text


def _plain(text: str) -> str:
    """A text without the zeros that end decimals."""
    return _ZEROS.sub(r"\1\2", text)
