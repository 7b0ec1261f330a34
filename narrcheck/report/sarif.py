"""The report as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from narrcheck import __version__
from narrcheck.findings import DocumentReport, Earlier, Finding, Report, Severity, Standing
from narrcheck.report.account import account
from narrcheck.report.lines import plain
from narrcheck.report.rule_pages import RulePage, rule_pages
from narrcheck.report.sarif_places import Artifacts, fixes, location, related
from narrcheck.report.standing import STALE, stale_line

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "narrcheck/v1"
LANGUAGE = "zh-CN"
# The worst that these rules say where nothing is set; that of all others is an error.
MILD = {
    **dict.fromkeys(
        ("NC102", "NC103", "NC208", "NC303", "NC403", "NC503", "NC504", "NC601", "NC602"),
        Severity.WARNING,
    ),
    **dict.fromkeys(("NC510", "NC603"), Severity.INFO),
}


def write_sarif(report: Report) -> str:
    """``report`` as JSON text of one run; the same report gives the same text.

    Files are named relative to the folder the command runs in. A finding has a region where a
    line of its file can be gone to, else its page and section are told.
    """
    artifacts = Artifacts.of(report)
    run = {
        "tool": {"driver": _driver()},
        "automationDetails": {"id": "narrcheck/"},
        "language": LANGUAGE,
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r", "\f"],
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": list(_notifications(report, artifacts)),
            }
        ],
        "artifacts": artifacts.facts,
        "results": list(_results(report, artifacts)),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _driver() -> dict[str, Any]:
    return {
        "name": "narrcheck",
        "version": __version__,
        "semanticVersion": __version__,
        "language": LANGUAGE,
        "rules": [_rule(page) for page in rule_pages().values()],
    }


def _rule(page: RulePage) -> dict[str, Any]:
    level = LEVELS[MILD.get(page.code, Severity.ERROR)]
    return {
        "id": page.code,
        "name": page.slug,
        "shortDescription": {"text": f"{page.title}。"},
        "fullDescription": {"text": page.about or f"{page.title}。"},
        "help": {"text": page.text, "markdown": page.markdown},
        "defaultConfiguration": {"level": level},
    }


def _notifications(report: Report, artifacts: Artifacts) -> Iterator[dict[str, Any]]:
    """What of the documents could not be read, and suppressions that fit nothing any more."""
    for each in report.documents:
        at = [{"physicalLocation": {"artifactLocation": artifacts.location(each.document.path)}}]
        said = [("warning", plain(notice)) for notice in each.document.notices]
        said += [("note", f"{STALE}：{stale_line(stale)}") for stale in each.stale()]
        for level, text in said:
            yield {"level": level, "message": {"text": text}, "locations": at}


def _results(report: Report, artifacts: Artifacts) -> Iterator[dict[str, Any]]:
    """The findings; where any document was compared with an earlier check, with what changed."""
    compared = any(each.triage.earlier is not None for each in report.documents)
    order = {code: index for index, code in enumerate(rule_pages())}
    for each in report.documents:
        for finding in each.findings:
            result = _result(each, finding, artifacts)
            state = {"baselineState": _state(each, finding)} if compared else {}
            yield _ruled(finding.code, order) | result | state
        for earlier in each.solved():
            yield _ruled(earlier.code, order) | _absent(each, earlier, artifacts)


def _ruled(code: str, order: dict[str, int]) -> dict[str, Any]:
    """The rule of a result; that of an earlier check may be no more."""
    return {"ruleId": code} | ({"ruleIndex": order[code]} if code in order else {})


def _state(report: DocumentReport, finding: Finding) -> str:
    known = {each.fingerprint for each in report.triage.earlier or ()}
    return "unchanged" if finding.fingerprint in known else "new"


def _result(report: DocumentReport, finding: Finding, artifacts: Artifacts) -> dict[str, Any]:
    document = report.document
    lists = {
        "relatedLocations": related(finding, document, artifacts),
        "fixes": fixes(finding, document, artifacts),
        "suppressions": list(_suppressions(report, finding)),
    }
    return {
        "level": LEVELS[finding.severity],
        "message": {"text": "\n".join(account(finding))},
        "locations": [location(finding.where, document, artifacts, section=finding.section)],
        **{name: entries for name, entries in lists.items() if entries},
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": _properties(report.standing(finding), finding),
    }


def _suppressions(report: DocumentReport, finding: Finding) -> Iterable[dict[str, str]]:
    suppression = report.suppression(finding)
    if suppression is not None:
        yield {"kind": "external", "status": "accepted", "justification": suppression.reason}


def _properties(standing: Standing, finding: Finding) -> dict[str, str]:
    facts = {
        "text": finding.text,
        "sentence": finding.sentence,
        "claimed": finding.claimed,
        "expected": finding.expected,
        "diagnosis": finding.diagnosis,
        "standing": standing.value,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


def _absent(report: DocumentReport, earlier: Earlier, artifacts: Artifacts) -> dict[str, Any]:
    """A finding of the earlier check that is no more."""
    at = {"artifactLocation": artifacts.location(report.document.path)}
    return {
        "level": LEVELS[earlier.severity],
        "message": {"text": plain(earlier.message)},
        "locations": [{"physicalLocation": at}],
        "partialFingerprints": {FINGERPRINT: earlier.fingerprint},
        "baselineState": "absent",
        "properties": {"text": earlier.text},
    }
