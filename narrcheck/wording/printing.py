"""What should stand in the text, printed as the document prints its own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import regex

from narrcheck.findings import Finding
from narrcheck.ledger import Ledger
from narrcheck.quantity import Dimension, Quantity

_LARGE = 1000  # from here on there is something to group
_NUMBER = regex.compile(r"(?<![\d.,])(?P<whole>\d+)(?P<decimals>\.\d+)?(?P<unit>万元|亿元|元)?")
_DECIMALS = regex.compile(r"[.．]\d+(?=元)")
_GROUP = regex.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a document prints: thousands in groups, decimals of amounts, wide ``％``.

    ``places`` are the decimals of an amount in 万元, None where zeros at their end are left out.
    """

    grouped: bool
    places: int | None
    wide_sign: bool


def as_printed(ledger: Ledger, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings on claims, what they expect printed as the document does.

    Groups of thousands, zeros at the end and the form of the percent sign are those of most of its
    numbers; digits are full-width where those at fault are.
    """
    quantities = [claim.quantity for claim in ledger.claims if claim.quantity is not None]
    places = None if ledger.trims else _places(quantities)
    manner = _Manner(_groups(quantities), places, _has_wide_signs(quantities))
    for finding in findings:
        if finding.claim is None or finding.expected is None or finding.suggestion is None:
            yield finding
            continue
        said = ledger.by_id[finding.claim].text if finding.claim in ledger.by_id else finding.text
        printed = _printed(finding.expected, said, manner)
        if printed == finding.expected:
            yield finding
            continue
        message = finding.message.replace(f"应为{finding.expected}", f"应为{printed}")
        same = finding.suggestion == finding.expected
        suggestion = printed if same else finding.suggestion
        yield replace(finding, expected=printed, suggestion=suggestion, message=message)


def _groups(quantities: Iterable[Quantity]) -> bool:
    """Whether most amounts that can be are printed in groups of three."""
    large = [
        any(mark in each.text for mark in ",，")
        for each in quantities
        if each.unit.dimension is Dimension.MONEY and abs(each.value) >= _LARGE
    ]
    return sum(large) * 2 > len(large)


def _places(quantities: Iterable[Quantity]) -> int:
    """How many decimals an amount in 万元 has, as a rule."""
    return max((each.usual for each in quantities if each.unit.text == "万元"), default=0)


def _has_wide_signs(quantities: Iterable[Quantity]) -> bool:
    """Whether most percentages end in ``％``."""
    signs = [
        each.text.endswith("％")
        for each in quantities
        if each.unit.dimension is Dimension.PERCENT and each.text.endswith(("%", "％"))
    ]
    return sum(signs) * 2 > len(signs)


def _printed(expected: str, said: str, manner: _Manner) -> str:
    """What is expected in place of ``said``; what the text itself prints so stays as it is."""
    if said in expected:
        return _signed(expected, manner)

    printed_so = _DECIMALS.search(said)
    fewest = len(printed_so[0]) if printed_so else 0

    def number(match: regex.Match[str]) -> str:
        whole, decimals, unit = match["whole"], match["decimals"] or "", match["unit"] or ""
        if unit and manner.grouped:
            whole = _GROUP.sub(",", whole)
        if unit == "万元" and decimals:
            least = 0 if manner.places is None else manner.places + 1
            decimals = decimals.rstrip("0").rstrip(".") if not least else decimals.ljust(least, "0")
        if unit == "元" and decimals:  # where the point was moved: 6000.00, not 6000.0
            decimals = decimals.ljust(fewest, "0")
        return f"{whole}{decimals}{unit}"

    printed = _signed(_NUMBER.sub(number, expected), manner)
    wide = any("０" <= character <= "９" for character in said)
    return printed.translate(_WIDE) if wide else printed


def _signed(text: str, manner: _Manner) -> str:
    return text.replace("%", "％") if manner.wide_sign else text
