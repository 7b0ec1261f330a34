"""The end of a report on several documents: which have most to be looked into, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from narrcheck.findings import DocumentReport, Severity, Status
from narrcheck.report.lines import hanging, plain, wrap

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
MOST = 20  # documents that are ranked


@dataclass(frozen=True, slots=True)
class Tally:
    """What the overview needs of a document: findings by severity, statements, those judged."""

    path: str
    findings: Mapping[Severity, int]
    claims: int
    judged: int


def tally(report: DocumentReport) -> Tally:
    """The tally of a document's report."""
    severities = [finding.severity for finding in report.findings]
    counts = {each: severities.count(each) for each in Severity}
    claims = len(report.statuses)
    judged = claims - report.count(Status.UNCHECKED)
    return Tally(report.document.path, counts, claims, judged)


def counted(counts: Mapping[Severity, int]) -> str:
    """How many findings there are of each severity, in words."""
    return " · ".join(f"{word} {counts[each]}" for each, word in WORDS.items())


def overview(
    tallies: Sequence[Tally], width: int, *, left: tuple[int, int] = (0, 0)
) -> Iterator[Text]:
    """The lines of the overview; none for a single document.

    ``left``: how many files could not be checked, and how many are no disclosures.
    """
    if len(tallies) < 2:
        return
    sums = {each: sum(one.findings[each] for one in tallies) for each in Severity}
    yield from wrap(Text(f"共 {len(tallies)} 份文件：{counted(sums)}"), width)
    ranked = sorted((one for one in tallies if any(one.findings.values())), key=_rank)
    if ranked:
        yield Text("  错误  警告  提示  核对到  文件", style="bold")
    for one in ranked[:MOST]:
        numbers = "".join(f"{count:>6}" for count in one.findings.values())
        yield from hanging(f"{numbers}{_share(one):>8}  ", Text(plain(one.path)), width)
    for sentence in _others(tallies, ranked, left):
        yield from wrap(Text(sentence), width)


def _rank(one: Tally) -> tuple[object, ...]:
    """Worst first; of those as bad, in the order of their names."""
    return (*(-count for count in one.findings.values()), one.path)


def _share(one: Tally) -> str:
    """The judged part of the statements, rounded down: 100% is all."""
    return f"{one.judged * 100 // one.claims}%" if one.claims else "0%"


def _others(
    tallies: Sequence[Tally], ranked: Sequence[Tally], left: tuple[int, int]
) -> Iterator[str]:
    if len(ranked) > MOST:
        yield f"另有 {len(ranked) - MOST} 份有问题，没有列在这里。"
    if sound := len(tallies) - len(ranked):
        blind = sum(not one.judged and not any(one.findings.values()) for one in tallies)
        rest = f"，其中 {blind} 份没有一条陈述得到核对" if blind else ""
        yield f"没有发现问题的 {sound} 份{rest}。"
    failed, others = left
    if failed:
        yield f"未能检查的 {failed} 个文件。"
    if others:
        yield f"没有情况说明而跳过的 {others} 个文件。"
