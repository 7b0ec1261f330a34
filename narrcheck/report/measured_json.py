"""How right narrcheck is, for programs: JSON as ``docs/schema/narrcheck-eval-1.json`` has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from narrcheck import __version__
from narrcheck.findings import Severity
from narrcheck.measuring import (
    Coverage,
    Floor,
    Measured,
    Measurement,
    Outcome,
    Ratio,
    Said,
    Tally,
    Weight,
    below,
    tally,
)

EVAL = 1  # the version of this form
STEPS = 10_000  # shares have four decimals, cut off


def write_measurement_json(
    measurement: Measurement, *, floor: tuple[Path, Floor] | None = None
) -> str:
    """The figures as JSON text, ending in a line break; the same figures give the same text."""
    content = {
        "schema": EVAL,
        "narrcheck": __version__,
        "documents": [_document(each) for each in measurement.documents],
        "unkeyed": list(measurement.unkeyed),
        "rules": [
            {"code": code or None, **_counts(each)} for code, each in measurement.by_rule().items()
        ],
        "faults": {weight.value: _faults(measurement, weight) for weight in Weight},
        "findings": {severity.value: _findings(measurement, severity) for severity in Severity},
        "total": {
            **_counts(measurement.tally),
            "traps": measurement.traps,
            "coverage": _coverage(measurement.coverage),
        },
        "floor": _floor(measurement, *floor) if floor is not None else None,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _document(measured: Measured) -> dict[str, Any]:
    return {
        "path": measured.path,
        **_counts(measured.tally),
        "traps": measured.traps,
        "coverage": _coverage(measured.coverage),
        "missed": [_missed(each) for each in measured.outcomes if each.finding is None],
        "false": [_said(each) for each in measured.said if each.false],
        "again": [_said(each) for each in measured.said if each.again],
    }


def _counts(counts: Tally) -> dict[str, Any]:
    return {
        "faults": counts.faults,
        "found": counts.found,
        "found_by_others": counts.by_others,
        "recall": _share(counts.recall),
        "alarms": counts.loud,
        "false_alarms": counts.false_alarms,
        "precision": _share(counts.precision),
        "told_twice": counts.told_twice,
        "infos": counts.infos,
        "right_infos": counts.right_infos,
        "valued": counts.valued,
        "suggested": counts.suggested,
        "suggestions": _share(counts.suggestions),
        "traps_hit": counts.traps_hit,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "numbers": coverage.numbers,
        "unread": coverage.unread,
        "claims": coverage.claims,
        "judged_claims": coverage.judged_claims,
        "judged": _share(coverage.judged),
        "reachable": coverage.reachable,
        "reached": coverage.reached,
        "within_reach": _share(coverage.within_reach),
    }


def _faults(measurement: Measurement, weight: Weight) -> dict[str, Any]:
    counts = tally((o for o in measurement.outcomes if o.fault.weight is weight), ())
    names = ("faults", "found", "recall", "valued", "suggested", "suggestions")
    return {name: _counts(counts)[name] for name in names}


def _findings(measurement: Measurement, severity: Severity) -> dict[str, Any]:
    some = [each for each in measurement.said if each.finding.severity is severity]
    right = Ratio(sum(each.right for each in some), len(some))
    return {"findings": right.whole, "right": right.part, "precision": _share(right)}


def _missed(outcome: Outcome) -> dict[str, Any]:
    fault = outcome.fault
    return {
        "id": fault.id,
        "line": fault.line,
        "page": fault.page,
        "severity": fault.weight.value,
        "kind": fault.kind,
        "code": fault.code,
        "sentence": fault.sentence,
        "claimed": fault.claimed,
        "expected": fault.expected,
    }


def _said(said: Said) -> dict[str, Any]:
    finding = said.finding
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "line": finding.where.line,
        "page": finding.where.page,
        "text": finding.text,
        "message": finding.message,
        "sentence": finding.sentence,
        "fingerprint": finding.fingerprint,
        "trap": said.trap is not None,
    }


def _floor(measurement: Measurement, file: Path, floor: Floor) -> dict[str, Any]:
    return {
        "path": str(file),
        "least": {name: float(value) for name, value in floor.items()},
        "below": list(below(measurement, floor)),
    }


def _share(ratio: Ratio) -> float | None:
    steps = ratio.scaled(STEPS)
    return None if steps is None else steps / STEPS
