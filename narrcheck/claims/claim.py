"""What a sentence says of a figure, and what a narrative's numbers became."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from narrcheck.document import Where
from narrcheck.figure import Figure
from narrcheck.quantity import Quantity


class Kind(StrEnum):
    """What sort of statement a claim is."""

    AMOUNT = "amount"  # 支出决算为494.68万元
    CHANGE = "change"  # 比上年增加144.72万元
    GROWTH = "growth"  # 增长19.7%
    SHARE = "share"  # 占本年支出合计的100.0%
    COMPLETION = "completion"  # 完成年初预算的103.5%
    RATE = "rate"  # 群众满意度98%: a percentage that is none of the above
    RELATION = "relation"  # 决算数大于预算数, 与上年持平
    PARTS = "parts"  # 其中：…, the sum of what a 其中 lists
    LIST = "list"  # 主要包括基本工资、津贴补贴
    COUNT = "count"  # 公务用车0辆
    ZERO = "zero"  # 本单位没有政府性基金收入


_PUNCTUATION = re.compile("[，,。；;：:]")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the narrative.

    ``text`` are its exact words as read (white space taken out), ``at`` where they begin in
    ``sentence``, ``where`` their place in the document. ``figure`` is what it is about (None: the
    item was not resolved). ``base`` is the figure
    it is held against: last year's for a change or growth, the budget for a completion, the whole
    for a share, the right side of a relation. ``direction`` is +1 (增加, 大于), -1 (减少, 小于) or
    0 (持平, 等于, none). ``whole`` is the id of the claim that a 其中 takes apart into this one and
    others, ``names`` are the names a 主要包括 lists. ``reason`` says why a claim cannot be
    checked, where reading already knows.
    """

    id: str
    kind: Kind
    text: str
    sentence: str
    where: Where
    paragraph: int
    section: tuple[str, ...] = ()
    at: int = 0
    quantity: Quantity | None = None
    figure: Figure | None = None
    base: Figure | None = None
    direction: int = 0
    whole: str | None = None
    names: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def lead(self) -> str:
        """The words before it in its sentence."""
        return self.sentence[: self.at]

    @property
    def clause(self) -> str:
        """The words before it in its clause, from the last mark on that parts clauses."""
        return _PUNCTUATION.split(self.lead)[-1]

    def is_beside(self, other: Claim) -> bool:
        """Whether two claims stand in one sentence."""
        return self.paragraph == other.paragraph and self.sentence == other.sentence


@dataclass(frozen=True, slots=True)
class NoClaim:
    """A number that states nothing of a figure: a date, a list number, a code, a law's number."""

    text: str
    where: Where
    why: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A number of the narrative that was not understood."""

    text: str
    sentence: str
    where: Where


@dataclass(frozen=True, slots=True)
class Flaw:
    """Words that are malformed in a way ``patterns/flaws.toml`` knows.

    ``kind`` is the id of the entry, ``rule`` the slug of the rule it belongs to, ``severity`` and
    ``message`` are the entry's. ``text`` are the words (white space taken out), ``paragraph`` an
    index into ``Document.paragraphs``. ``mended`` is what should stand in their place, ``""``
    where that is not fixed; ``choices`` are the alternatives of which one was to be chosen.
    ``once`` says that the same words elsewhere are the same flaw.
    """

    kind: str
    rule: str
    severity: str
    message: str
    text: str
    sentence: str
    where: Where
    paragraph: int
    section: tuple[str, ...]
    mended: str = ""
    choices: tuple[str, ...] = ()
    once: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of every number of a narrative: each is in exactly one of the first three.

    ``flaws`` are words beside the numbers, or in their stead.
    """

    claims: tuple[Claim, ...]
    no_claims: tuple[NoClaim, ...]
    unread: tuple[Unread, ...]
    flaws: tuple[Flaw, ...] = ()
