"""The report as JUnit XML: a suite a document, a test case a rule."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Iterator, Sequence

from narrcheck.findings import DocumentReport, Finding, Report, Severity, Standing
from narrcheck.report.account import account
from narrcheck.report.characters import for_xml
from narrcheck.report.lines import place, plain
from narrcheck.report.paths import relative
from narrcheck.report.rule_pages import rule_name, rule_pages
from narrcheck.report.standing import STALE, reason_of, stale_line, standing_of
from narrcheck.report.text import SEVERITIES

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_junit(
    report: Report,
    *,
    fail_on: Severity = Severity.ERROR,
    codes: Collection[str] | None = None,
) -> str:
    """``report`` as XML text.

    A rule fails with its new findings of the severity ``fail_on`` or worse. Its other findings
    stand in its output; one whose findings people let stand is skipped. ``codes`` are the rules
    that were asked for, by default all.
    """
    asked = [code for code in rule_pages() if codes is None or code in codes]
    suites = [_suite(each, fail_on, asked) for each in report.documents]
    root = ET.Element("testsuites", name="narrcheck")
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    root.set("time", f"{sum(each.seconds for each in report.documents):.3f}")
    root.extend(suites)
    ET.indent(root)
    return f"{HEAD}{ET.tostring(root, encoding='unicode')}\n"


def _suite(report: DocumentReport, fail_on: Severity, asked: Sequence[str]) -> ET.Element:
    path = for_xml(relative(report.document.path))
    by_code: dict[str, list[Finding]] = {code: [] for code in asked}
    for finding in report.findings:
        by_code.setdefault(finding.code, []).append(finding)
    cases = [_case(report, code, found, fail_on) for code, found in by_code.items()]
    suite = ET.Element("testsuite", name=path, tests=str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.set("time", f"{report.seconds:.3f}")
    suite.extend(cases)
    notices = [plain(each) for each in report.document.notices]
    _add(suite, "system-out", [*notices, *(f"{STALE}：{stale_line(e)}" for e in report.stale())])
    return suite


def _case(
    report: DocumentReport, code: str, found: Iterable[Finding], fail_on: Severity
) -> ET.Element:
    path = relative(report.document.path)
    # A dot would part it into a package and a class.
    case = ET.Element("testcase", classname=for_xml(path.replace(".", "_")), name=rule_name(code))
    case.set("file", for_xml(path))
    failing: list[Finding] = []
    stand: list[Finding] = []
    rest: list[Finding] = []
    for finding in found:
        standing = report.standing(finding)
        if standing is Standing.SUPPRESSED:
            stand.append(finding)
        elif standing is Standing.NEW and finding.severity.rank <= fail_on.rank:
            failing.append(finding)
        else:
            rest.append(finding)
    if failing:
        more = f"（共{len(failing)}处）" if len(failing) > 1 else ""
        failure = _add(case, "failure", _paragraphs(report, failing))
        failure.set("message", for_xml(f"{plain(failing[0].message)}{more}"))
        failure.set("type", code)
    elif stand and not rest:
        reasons = dict.fromkeys(reason_of(report, finding) for finding in stand)
        ET.SubElement(case, "skipped", message=for_xml("；".join(reasons)))
    _add(case, "system-out", _paragraphs(report, [*rest, *stand]))
    return case


def _paragraphs(report: DocumentReport, findings: Iterable[Finding]) -> Iterator[str]:
    """The findings, each in some lines with a blank one after it."""
    for finding in findings:
        standing, reason = standing_of(report, finding), reason_of(report, finding)
        why = f"（{reason}）" if reason else ""
        facts = (SEVERITIES[finding.severity][0], f"{standing}{why}", place(finding.where))
        section = " / ".join(map(plain, finding.section))
        yield "  ".join(each for each in (*facts, section) if each)
        yield plain(finding.sentence)
        yield from account(finding)
        yield ""


def _add(parent: ET.Element, tag: str, lines: Iterable[str]) -> ET.Element:
    """A child with some lines of text; none is added where there is nothing to say."""
    child = ET.Element(tag)
    child.text = for_xml("\n".join(lines).strip("\n"))
    if child.text:
        parent.append(child)
    return child
