"""Words and lines on how findings stand to earlier checks and to what people said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.text import Text

from narrcheck.findings import DocumentReport, Earlier, Finding, Standing, Suppression
from narrcheck.report.lines import hanging, plain

STANDINGS = {
    Standing.NEW: "新增",
    Standing.KNOWN: "原有",
    Standing.SUPPRESSED: "核实不改",
}
SOLVED = "已解决"
STALE = "已不适用的核实记录"
SHORT = 8  # characters of a fingerprint that are shown to be typed


def short(fingerprint: str) -> str:
    """``#1f3e5a7b``, as a finding is named for ``narrcheck suppress``; ``""`` where it has none."""
    return f"#{fingerprint[:SHORT]}" if fingerprint else ""


def standing_of(report: DocumentReport, finding: Finding) -> str:
    """``原有`` or ``核实不改``; ``新增`` only where there was an earlier check to compare with."""
    standing = report.standing(finding)
    if standing is Standing.NEW and report.triage.earlier is None:
        return ""
    return STANDINGS[standing]


def reason_of(report: DocumentReport, finding: Finding) -> str:
    """Why a person lets the finding stand; ``""`` where nobody does."""
    suppression = report.suppression(finding)
    return plain(suppression.reason) if suppression is not None else ""


def standing_counts(report: DocumentReport) -> str:
    """``新增 2 · 原有 5 · 核实不改 1 · 已解决 3``; ``""`` where nothing was known before."""
    counts = Counter(map(report.standing, report.findings))
    compared = report.triage.earlier is not None
    if not compared and not counts[Standing.SUPPRESSED]:
        return ""
    shown = [each for each in Standing if compared or each is not Standing.KNOWN]
    said = [f"{STANDINGS[each]} {counts[each]}" for each in shown]
    return " · ".join([*said, f"{SOLVED} {len(report.solved())}"] if compared else said)


def earlier_line(earlier: Earlier) -> str:
    """A finding of an earlier check on one line: its code, the words at fault, what was said."""
    return plain(f"{earlier.code}  “{earlier.text}”  {earlier.message}")


def stale_line(suppression: Suppression) -> str:
    """A suppression that fits nothing any more, on one line."""
    about = f"{suppression.code}  “{suppression.text}”  " if suppression.code else ""
    return plain(f"{short(suppression.fingerprint)}  {about}理由：{suppression.reason}")


def triage_lines(report: DocumentReport, width: int) -> Iterator[Text]:
    """What was solved since the earlier check, and the suppressions that can be taken out."""
    for title, said in (
        ("与以前的检查相比，已解决：", [earlier_line(each) for each in report.solved()]),
        (f"{STALE}，可从 .narrcheck.toml 中删去：", [stale_line(each) for each in report.stale()]),
    ):
        if said:
            yield from hanging("", Text(title, style="bold"), width)
            for line in said:
                yield from hanging("  · ", Text(line), width, style="dim")
            yield Text()
