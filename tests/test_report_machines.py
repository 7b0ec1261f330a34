"""The reports that other programs read: SARIF, GitHub annotations, JUnit XML, JSON Lines."""

from __future__ import annotations

import json
import re
import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from made.reading import checked as read

from narrcheck.check import check
from narrcheck.document import Where
from narrcheck.findings import (
    DocumentReport,
    Earlier,
    Evidence,
    Finding,
    Report,
    Severity,
    Suppression,
    Triage,
)
from narrcheck.report.github import write_github
from narrcheck.report.json import write_json
from narrcheck.report.jsonl import write_jsonl
from narrcheck.report.junit import write_junit
from narrcheck.report.sarif import write_sarif
from narrcheck.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "docs" / "schema"
SARIF = ROOT / "tests" / "schemas" / "sarif-2.1.0-rtm.5.json"
EVIL = '::error::\r\n%25,a:b;<&>"\x00\x1b\ud800\u2028 ]]>'
REASON = "已与财政局核对，以表为准"
WRITERS: tuple[Callable[[Report], str], ...] = (
    write_sarif,
    write_github,
    write_junit,
    write_jsonl,
    write_json,
)


@cache
def checked(name: str = "hunan-2023") -> DocumentReport:
    """A corpus document with planted faults, its path from the root of the checkout."""
    report = check(ROOT / "corpus" / name / "决算-有误.txt")
    path = f"corpus/{name}/决算-有误.txt"
    return replace(report, document=replace(report.document, path=path))


@cache
def triaged() -> DocumentReport:
    """The first finding is let stand, the second was known; one was solved, one fits no more."""
    report = checked()
    first, second, *_ = report.findings
    earlier = (
        Earlier(second.fingerprint, second.code, second.severity, second.text, second.message),
        Earlier("0" * 16, "NC101", Severity.ERROR, "1.00万元", "1.00万元与表中的2.00万元不一致。"),
        Earlier("1" * 16, "NC999", Severity.INFO, "旧", "规则已取消。"),
    )
    stands = Suppression(first.fingerprint, REASON, first.code, first.text)
    stale = Suppression("2" * 16, "旧的理由", "NC201", "3.0%")
    return replace(report, triage=Triage(earlier, (stands, stale)))


def paged() -> DocumentReport:
    """The same document as if it were a PDF."""
    report = checked()
    box = (90.0, 120.123, 140.0, 134.0)

    def placed(where: Where) -> Where:
        return replace(where, line=None, page=7, boxes=(box,))

    def moved(finding: Finding) -> Finding:
        evidence = tuple(
            replace(each, where=placed(each.where)) if each.where else each
            for each in finding.evidence
        )
        return replace(finding, where=placed(finding.where), evidence=evidence)

    document = replace(report.document, path="公开/决算 2023.pdf", notices=("第3页是图片。",))
    return replace(report, document=document, findings=tuple(map(moved, report.findings)))


def hostile() -> DocumentReport:
    """A report whose every word is made to break out of its form."""
    report = checked()
    evidence = (Evidence("text", EVIL, Where(0, 4, line=1, file="表,:%.txt")),)
    finding = replace(
        report.findings[1],
        text=EVIL,
        sentence=EVIL,
        message=EVIL,
        diagnosis=EVIL,
        suggestion=EVIL,
        claimed=EVIL,
        expected=EVIL,
        section=(EVIL,),
        evidence=evidence,
    )
    stands = Suppression(report.findings[2].fingerprint, EVIL, EVIL, EVIL)
    triage = Triage((Earlier("1" * 16, EVIL, Severity.ERROR, EVIL, EVIL),), (stands,))
    path = f"{EVIL}.txt".replace("\ud800", "\udcff")  # a byte that is no UTF-8
    document = replace(report.document, path=path, unit=EVIL, notices=(EVIL,))
    findings = (finding, *report.findings[2:])
    return replace(report, document=document, findings=findings, triage=triage)


REPORTS = {
    "one": lambda: Report((checked(),)),
    "two": lambda: Report((checked(), checked("shanghai-2024"))),
    "triaged": lambda: Report((triaged(), checked("shanghai-2024"))),
    "paged": lambda: Report((paged(),)),
    "hostile": lambda: Report((hostile(),)),
    "none": lambda: Report(()),
    "clean": lambda: Report((replace(checked(), findings=()),)),
}
every_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())


def loaded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_report_gives_the_same_text(write: Callable[[Report], str]) -> None:
    report = Report((triaged(), paged()))
    assert write(report) == write(report)
    assert write(report).endswith("\n")


# --- SARIF --------------------------------------------------------------------------------------


def run_of(report: DocumentReport) -> Any:
    (run,) = json.loads(write_sarif(Report((report,))))["runs"]
    return run


@every_report
def test_sarif_is_valid_against_the_schema_of_its_authors(report: Callable[[], Report]) -> None:
    schema = loaded(SARIF)
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    jsonschema.Draft4Validator(schema, format_checker=checker).validate(
        json.loads(write_sarif(report()))
    )


@every_report
def test_sarif_names_files_by_uris_that_anyone_can_take_apart(
    report: Callable[[], Report],
) -> None:
    (run,) = json.loads(write_sarif(report()))["runs"]
    names = [each["location"]["uri"] for each in run["artifacts"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9/._~%-]+", name) for name in names)
    for result in run["results"]:
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            at = place["physicalLocation"]["artifactLocation"]
            assert at["uri"] == names[at["index"]]
        rules = run["tool"]["driver"]["rules"]
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_region_is_the_words_at_fault_whichever_way_it_is_counted() -> None:
    report = checked("shanghai-2024")
    text = report.document.text
    lines = text.split("\n")
    for finding, result in zip(report.findings, run_of(report)["results"], strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        assert text[start : start + region["charLength"]] == finding.text
        assert region["snippet"]["text"] == finding.text
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == finding.text


def test_a_fix_put_into_the_file_mends_the_fault() -> None:
    report = checked("shanghai-2024")
    text = report.document.text
    results = run_of(report)["results"]
    fixed = [each for each in results if "fixes" in each]
    suggested = [each for each in report.findings if each.suggestion is not None]
    assert len(fixed) == len(suggested) > 10
    result = next(each for each in fixed if each["ruleId"] == "NC202")
    (change,) = result["fixes"][0]["artifactChanges"]
    (put,) = change["replacements"]
    region, inserted = put["deletedRegion"], put["insertedContent"]["text"]
    start = region["charOffset"]
    mended = text[:start] + inserted + text[start + region["charLength"] :]
    print_of = result["partialFingerprints"]["narrcheck/v1"]
    assert print_of not in {each.fingerprint for each in read(mended).diagnosis.findings}


def test_a_page_has_no_lines_and_is_told_beside_the_file() -> None:
    report = paged()
    run = run_of(report)
    assert (
        run["artifacts"][0]["location"]["uri"] == "%E5%85%AC%E5%BC%80/%E5%86%B3%E7%AE%97%202023.pdf"
    )
    assert run["artifacts"][0]["hashes"] == {"sha-256": report.document.sha256}
    for result, finding in zip(run["results"], report.findings, strict=True):
        (place,) = result["locations"]
        assert list(place["physicalLocation"]) == ["artifactLocation"]
        assert place["properties"] == {"page": 7, "boxes": [[90.0, 120.12, 140.0, 134.0]]}
        named = {each["kind"]: each["name"] for each in place["logicalLocations"]}
        assert named == {"section": finding.section[-1], "page": "第7页"}
        assert "fixes" not in result
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (notice["level"], notice["message"]["text"]) == ("warning", "第3页是图片。")


def test_levels_messages_and_evidence_are_those_of_the_findings() -> None:
    report = checked()
    for finding, result in zip(report.findings, run_of(report)["results"], strict=True):
        assert (
            result["level"]
            == {"error": "error", "warning": "warning", "info": "note"}[finding.severity]
        )
        said = result["message"]["text"].split("\n")
        assert said[0] == finding.message
        assert sum(line.startswith("依据：") for line in said) == len(finding.evidence)
        placed = [each for each in finding.evidence if each.where is not None]
        assert len(result.get("relatedLocations", [])) == len(placed)
        assert result["partialFingerprints"] == {"narrcheck/v1": finding.fingerprint}
        assert "baselineState" not in result
        assert "suppressions" not in result


def test_what_is_new_unchanged_absent_and_let_stand_is_told() -> None:
    report = triaged()
    run = run_of(report)
    results = run["results"]
    states = [each["baselineState"] for each in results]
    assert states == ["new", "unchanged", *["new"] * (len(report.findings) - 2), *["absent"] * 2]
    assert results[0]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": REASON}
    ]
    assert not any("suppressions" in each for each in results[1:])
    assert results[-2]["ruleId"] == "NC101"
    assert "ruleIndex" not in results[-1]
    (stale,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "旧的理由" in stale["message"]["text"]


def test_every_rule_is_explained_by_its_page() -> None:
    rules = run_of(checked())["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == [rule.CODE for rule in RULES]
    for each, rule in zip(rules, RULES, strict=True):
        page = (rule.__doc__ or "").strip()
        assert each["name"] == rule.SLUG
        assert page.startswith(each["shortDescription"]["text"])
        assert each["fullDescription"]["text"]
        assert each["help"]["text"] == page
        markdown = each["help"]["markdown"]
        assert markdown.startswith(f"## {rule.CODE} ")
        example = textwrap.dedent(page.partition("\n例文：\n")[2]).strip()
        assert f"```text\n{example}\n```" in markdown
        assert "helpUri" not in each


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.CODE))
def test_a_rule_says_the_worst_that_its_page_shows(rule: Any) -> None:
    rules = {each["id"]: each for each in run_of(checked())["tool"]["driver"]["rules"]}
    level = rules[rule.CODE]["defaultConfiguration"]["level"]
    example = (rule.__doc__ or "").partition("\n例文：\n")[2]
    text = re.sub(r"\{([^{}→]+)→[^{}]*\}", r"\1", textwrap.dedent(example))
    found = [each.severity for each in read(text).diagnosis.findings]
    worst = min(found, key=lambda severity: severity.rank)
    shown = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}[worst]
    # On NC402 the page shows a pair of tables of which one may be of another scope.
    assert level == ("error" if rule.CODE == "NC402" else shown)


def test_an_absolute_path_below_the_folder_is_named_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = checked()
    for path, name in (
        (str(tmp_path / "甲" / "a b#?.txt"), "甲/a b#?.txt"),
        ("./c:d.txt", "c:d.txt"),
        ("../上级.txt", "../上级.txt"),
    ):
        run = run_of(replace(report, document=replace(report.document, path=path)))
        written = run["artifacts"][0]["location"]["uri"]
        assert unquote(written) == name
        assert not set(written) & set(" #?:")
    outside = str(tmp_path.parent / "另处.txt")
    run = run_of(replace(report, document=replace(report.document, path=outside)))
    assert run["artifacts"][0]["location"]["uri"].startswith("file:///")


# --- GitHub -------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice) ([^:\n\r]*)::([^\n\r]*)\n")


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands as the runner takes them apart."""
    text = write_github(report)
    found = list(COMMAND.finditer(text))
    assert "".join(each[0] for each in found) == text

    def plain(value: str) -> str:
        for code, character in (("0D", "\r"), ("0A", "\n"), ("3A", ":"), ("2C", ","), ("25", "%")):
            value = value.replace(f"%{code}", character)
        return value

    return [
        (
            each[1],
            {key: plain(value) for key, value in re.findall("([^,=]+)=([^,]*)", each[2])},
            plain(each[3]),
        )
        for each in found
    ]


def test_annotations_stand_on_the_words_at_fault_the_worst_first() -> None:
    report = checked("shanghai-2024")
    lines = report.document.text.split("\n")
    found = commands(Report((report,)))
    assert len(found) == len(report.findings)
    sorts = [sort for sort, _, _ in found]
    assert [each for each, _ in groupby(sorts)] == ["error", "warning"]
    by_message = {each.message: each for each in report.findings}
    for _, properties, message in found:
        finding = by_message[message.split("\n")[0]]
        assert properties["file"] == "corpus/shanghai-2024/决算-有误.txt"
        assert properties["line"] == properties["endLine"] == str(finding.where.line)
        begin, end = int(properties["col"]), int(properties["endColumn"])
        assert lines[int(properties["line"]) - 1][begin - 1 : end - 1] == finding.text
        assert properties["title"].startswith(f"{finding.code} ")


def test_known_findings_are_notices_and_those_let_stand_are_not_shown() -> None:
    report = triaged()
    first, second, *_ = report.findings
    found = commands(Report((report,)))
    messages = {message.split("\n")[0]: (sort, at["title"]) for sort, at, message in found}
    assert first.message not in messages
    sort, title = messages[second.message]
    assert sort == "notice"
    assert title.endswith("（原有）")
    assert found[-1][0] == "notice"
    assert "旧的理由" in found[-1][2]


def test_of_a_page_the_annotation_names_the_page_and_no_line() -> None:
    for _, properties, message in commands(Report((paged(),))):
        assert set(properties) == {"file", "title"}
        assert message.startswith("第7页，“")


@pytest.mark.parametrize("sign", ["%", "\r", "\n", ":", ",", "::error::x", "%0A::error::"])
def test_no_words_break_out_of_an_annotation(sign: str) -> None:
    report = checked()
    path = f"甲{sign}乙.txt"
    finding = replace(report.findings[1], message=f"甲{sign}乙", code="NC201")
    report = replace(report, document=replace(report.document, path=path), findings=(finding,))
    ((_, properties, message),) = commands(Report((report,)))
    assert properties["file"] == path
    shown = message.partition("\n成因")[0].partition("\n依据")[0]
    assert shown == f"甲{sign}乙".replace("\r", "").replace("\n", "")  # a message is one line


def test_hostile_words_give_one_line_an_annotation() -> None:
    found = commands(Report((hostile(),)))
    assert len(found) == len(hostile().findings) - 1


# --- JUnit --------------------------------------------------------------------------------------


def suites(report: Report, **how: Any) -> ET.Element:
    return ET.fromstring(write_junit(report, **how))


@every_report
def test_junit_counts_what_it_holds(report: Callable[[], Report]) -> None:
    root = suites(report())
    assert root.tag == "testsuites"
    for group in [root, *root]:
        cases = list(group.iter("testcase"))
        assert group.get("tests") == str(len(cases))
        for tag in ("failure", "skipped"):
            count = sum(each.find(tag) is not None for each in cases)
            assert group.get("failures" if tag == "failure" else tag) == str(count)
        assert group.get("errors") == "0"
    names = [(each.get("classname"), each.get("name")) for each in root.iter("testcase")]
    assert len(set(names)) == len(names)


def case(root: ET.Element, code: str) -> ET.Element:
    return next(each for each in root.iter("testcase") if str(each.get("name")).startswith(code))


def test_a_rule_fails_with_its_errors_and_a_warning_is_only_told() -> None:
    report = checked()
    root = suites(Report((report,)))
    assert len(list(root.iter("testcase"))) == len(RULES)
    failing = {
        str(each.get("name"))[:5]
        for each in root.iter("testcase")
        if len(each) and each[0].tag == "failure"
    }
    assert failing == {each.code for each in report.findings if each.severity is Severity.ERROR}
    failure = case(root, "NC501").find("failure")
    assert failure is not None
    assert str(failure.get("message")).endswith("（共2处）")
    for finding in report.findings:
        if finding.code == "NC501":
            assert finding.sentence in str(failure.text)
            assert finding.message in str(failure.text)
    told = case(root, "NC504")
    assert [each.tag for each in told] == ["system-out"]
    assert "警告  第" in str(told[0].text)


def test_how_bad_a_failure_is_and_which_rules_ran_can_be_said() -> None:
    report = Report((checked(),))
    root = suites(report, fail_on=Severity.WARNING, codes=["NC504", "NC202", "NC203"])
    failing = case(root, "NC504").find("failure")
    assert failing is not None
    none = suites(Report((replace(checked(), findings=()),)), codes=["NC504"])
    assert none.get("tests") == "1"


def test_what_is_known_does_not_fail_and_what_is_let_stand_is_skipped() -> None:
    report = triaged()
    first, second, *_ = report.findings
    only = replace(report, findings=(first, second))
    root = suites(Report((only,)))
    assert root.get("failures") == "0"
    skipped = case(root, first.code).find("skipped")
    assert skipped is not None
    assert skipped.get("message") == REASON
    told = case(root, second.code).find("system-out")
    assert told is not None
    assert "原有" in str(told.text)
    last = root[0][-1]
    assert last.tag == "system-out"
    assert "旧的理由" in str(last.text)


def test_words_that_xml_forbids_are_replaced() -> None:
    text = write_junit(Report((hostile(),)))
    text.encode("utf-8")
    root = ET.fromstring(text)
    assert root[0].get("name") is not None
    assert "\ufffd" in str(root[0].get("name"))


# --- JSON and JSON Lines ------------------------------------------------------------------------


def lines_of(report: Report) -> list[Any]:
    text = write_jsonl(report)
    assert len(text.splitlines()) == text.count("\n")
    return [json.loads(line) for line in text.splitlines()]


@every_report
def test_each_line_fits_the_schema(report: Callable[[], Report]) -> None:
    validator = jsonschema.Draft202012Validator(loaded(SCHEMAS / "narrcheck-jsonl-1.json"))
    made = report()
    if made.documents and made.documents[0].findings and "::" in made.documents[0].document.path:
        made = Report((replace(made.documents[0], triage=Triage()),))  # its code is none
    for line in lines_of(made):
        validator.validate(line)


def test_the_report_in_json_fits_its_schema_with_what_people_said() -> None:
    schema = loaded(SCHEMAS / "narrcheck-1.json")
    content = json.loads(write_json(Report((triaged(),))))
    jsonschema.Draft202012Validator(schema).validate(content)
    (document,) = content["documents"]
    first, second, third, *_ = document["findings"]
    assert (first["standing"], first["suppressed"]) == ("suppressed", REASON)
    assert (second["standing"], second["suppressed"]) == ("known", None)
    assert third["standing"] == "new"
    assert document["compared"] is True
    assert [each["code"] for each in document["solved"]] == ["NC101", "NC999"]
    assert [each["reason"] for each in document["stale"]] == ["旧的理由"]
    plain = json.loads(write_json(Report((checked(),))))["documents"][0]
    assert (plain["compared"], plain["solved"], plain["stale"]) == (False, [], [])


def test_lines_hold_the_documents_and_findings_of_the_report() -> None:
    report = Report((triaged(), checked("shanghai-2024")))
    whole = json.loads(write_json(report))["documents"]
    lines = lines_of(report)
    found = iter(lines)
    for document in whole:
        head = next(found)
        assert head.pop("type") == "document"
        assert head.pop("schema") == 1
        assert head.pop("narrcheck")
        assert head == {key: document[key] for key in head}
        for finding in document["findings"]:
            line = next(found)
            assert line == {"type": "finding", "path": document["path"], **finding}
    assert next(found, None) is None


def test_the_schemas_of_both_forms_say_the_same_of_what_both_have() -> None:
    whole, lines = (loaded(SCHEMAS / f"narrcheck-{name}.json") for name in ("1", "jsonl-1"))
    jsonschema.Draft202012Validator.check_schema(lines)
    for name, definition in lines["$defs"].items():
        if name in ("document", "finding"):
            properties = dict(definition["properties"])
            assert definition["required"] == list(properties)
            assert definition["additionalProperties"] is False
            theirs = {**whole["properties"], **whole["$defs"]["document"]["properties"]}
            if name == "finding":
                theirs |= whole["$defs"]["finding"]["properties"]
            del properties["type"]
            assert properties == {key: theirs[key] for key in properties}
        else:
            assert definition == whole["$defs"][name]
