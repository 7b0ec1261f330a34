"""What stands above a report: which document it is, and how much of it was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from narrcheck import __version__
from narrcheck.findings import DocumentReport, Status
from narrcheck.report.html.cards import WORDS
from narrcheck.report.html.places import SILENT, UNREAD
from narrcheck.report.lines import about, left_out, plain
from narrcheck.report.text import REASONS


@dataclass(frozen=True, slots=True)
class Share:
    """How many numbers or statements ended so."""

    status: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The document and its counts.

    ``shares`` are all claims by status, then the numbers that became none; ``verdict`` is what is
    said where nothing was found.
    """

    name: str
    about: str
    sha256: str
    version: str
    notices: tuple[str, ...]
    numbers: int
    claims: int
    tables: int
    values: int
    shares: tuple[Share, ...]
    reasons: tuple[tuple[str, int], ...]
    verdict: str

    @property
    def total(self) -> int:
        """How many numbers and statements the shares are of."""
        return sum(each.count for each in self.shares)


def overview_of(report: DocumentReport, hidden: int) -> Overview:
    """What is said of the whole document; ``hidden`` findings of it were not asked for."""
    document, reading = report.document, report.reading
    numeric = sum(claim.quantity is not None for claim in reading.claims)
    reasons = Counter(report.reasons.values()).most_common()
    return Overview(
        name=plain(PurePath(document.path.replace("\\", "/")).name),
        about=about(document),
        sha256=plain(document.sha256),
        version=__version__,
        notices=(*map(plain, document.notices), *([left_out(hidden)] if hidden else [])),
        numbers=numeric + len(reading.no_claims) + len(reading.unread),
        claims=len(reading.claims),
        tables=len(document.tables),
        values=len(report.table_values),
        shares=tuple(_shares(report)),
        reasons=tuple((REASONS.get(why, plain(why)), count) for why, count in reasons),
        verdict=_verdict(report, "所选规则未发现问题" if hidden else "未发现问题"),
    )


def _shares(report: DocumentReport) -> Iterator[Share]:
    for status in Status:
        yield Share(status.value, WORDS[status.value], report.count(status))
    yield Share(UNREAD, WORDS[UNREAD], len(report.reading.unread))
    yield Share(SILENT, WORDS[SILENT], len(report.reading.no_claims))


def _verdict(report: DocumentReport, nothing: str) -> str:
    """What is said where the list is empty: silence is not health."""
    agrees = report.count(Status.AGREES)
    if report.findings:
        return ""
    if not agrees:
        return f"{nothing}，但没有一条陈述得到核对：这不说明文中数字无误。"
    return f"{nothing}：{len(report.statuses)} 条陈述中 {agrees} 条核对相符。"
