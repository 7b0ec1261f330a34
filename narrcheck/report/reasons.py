"""Why a claim could not be held against anything, in a sentence for a person."""

from __future__ import annotations

from narrcheck.claims.claim import Claim, Kind
from narrcheck.figure import Figure
from narrcheck.report.lines import plain
from narrcheck.report.listing import figure_facts
from narrcheck.report.text import REASONS

# What was looked for; {figure} is what the claim is about, {base} what it is held against.
NO_EVIDENCE = {
    Kind.AMOUNT: "公开表里、文字的别处，都没有读到“{figure}”的数，也没有算式用到它。",
    Kind.COUNT: "公开表里、文字的别处，都没有读到“{figure}”的件数。",
    Kind.CHANGE: "没有读到可以推算它的数：本年数，以及“{base}”的数或增减幅度。",
    Kind.GROWTH: "没有读到可以推算它的数：增减额，以及本年数或“{base}”的数。",
    Kind.SHARE: "没有读到“{figure}”或“{base}”的数，占比无从算起。",
    Kind.COMPLETION: "没有读到“{figure}”或“{base}”的数，完成率无从算起。",
    Kind.RATE: "这个百分数不是增减、占比或完成率，没有算式可核。",
    Kind.RELATION: "没有读到所比的两个数。",
    Kind.PARTS: "没有读到合计，或没有读到能与合计相比的各项。",
    Kind.LIST: "列举的是名称，不是数；有没有金额由 NC102 对照经济分类表。",
    Kind.ZERO: "说的是没有，没有数可算。",
}


def why_unchecked(claim: Claim, reason: str) -> str:
    """Why nothing could be held against ``claim``, whose ``reason`` the report gives."""
    if reason != "no-evidence":
        return f"{REASONS.get(reason, plain(reason))}。"
    words = NO_EVIDENCE[claim.kind]
    return words.format(figure=_named(claim.figure), base=_named(claim.base))


def _named(figure: Figure | None) -> str:
    return figure_facts(figure) if figure else "这一项目"
