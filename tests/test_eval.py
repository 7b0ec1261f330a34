"""``narrcheck eval``: what it counts on made documents with keys, and floors that only rise."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from test_cli import DOCUMENT, run

from narrcheck.check import check
from narrcheck.findings import Severity
from narrcheck.measuring import Key, Measurement, measure, raised
from narrcheck.measuring.floor import read_floor

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs/schema/narrcheck-eval-1.json").read_text(encoding="utf-8"))
# Nothing else bears on the last two numbers.
TEXT = f"{DOCUMENT}\n2023年末，本单位有在职人员12人，离休人员12人。\n"
RIGHT, WRONG = "11.4", "14.1"
LINE = TEXT[: TEXT.index("{rate}")].count("\n") + 1
SENTENCE = "与上年相比，增加6.00万元，增长14.1%，"
FAULT: dict[str, Any] = {
    "id": "F1",
    "line": LINE,
    "sentence": SENTENCE,
    "kind": "growth",
    "severity": "hard",
    "claimed": "14.1%",
    "expected": "11.4%",
    "code": "NC201",
}
Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def made(
    folder: Path,
    *,
    rate: str = WRONG,
    key: object = None,
    name: str = "决算",
    **others: object,
) -> Path:
    """The folder, with a document and its key in it; ``others`` are its traps and labels."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(TEXT.format(rate=rate), encoding="utf-8")
    for kind, content in {"expected": key, **others}.items():
        if content is not None:
            write(folder / f"{name}.{kind}.json", content)
    return folder


def write(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def measured(capsys: Captured, *arguments: str | Path, code: int = 0) -> Any:
    """The figures of a call as it prints them for programs; they fit the schema."""
    assert run("eval", *arguments, "--json") == code
    content = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(SCHEMA).validate(content)
    return content


def total(capsys: Captured, *arguments: str | Path) -> Any:
    return measured(capsys, *arguments)["total"]


def complaint(capsys: Captured, *arguments: str | Path) -> str:
    """The one line with which a call ends that cannot measure."""
    assert run("eval", *arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


# ---- What is counted ----


def test_a_fault_that_is_found_counts_for_recall_precision_and_suggestion(
    tmp_path: Path, capsys: Captured
) -> None:
    content = measured(capsys, made(tmp_path, key=[FAULT]))
    counts = content["total"]
    assert (counts["faults"], counts["found"], counts["recall"]) == (1, 1, 1)
    assert (counts["alarms"], counts["false_alarms"], counts["precision"]) == (1, 0, 1)
    assert (counts["valued"], counts["suggested"], counts["suggestions"]) == (1, 1, 1)
    assert (counts["told_twice"], counts["found_by_others"]) == (0, 0)
    assert [(each["code"], each["found"]) for each in content["rules"]] == [("NC201", 1)]
    assert content["faults"]["hard"]["found"] == 1
    assert content["findings"]["error"] == {"findings": 1, "right": 1, "precision": 1}


def test_a_fault_that_is_not_found_is_a_miss_with_its_place(
    tmp_path: Path, capsys: Captured
) -> None:
    fault = {**FAULT, "sentence": SENTENCE.replace(WRONG, RIGHT), "claimed": "11.4%"}
    folder = made(tmp_path, rate=RIGHT, key=[fault])
    content = measured(capsys, folder)
    assert (content["total"]["found"], content["total"]["recall"]) == (0, 0)
    assert content["total"]["precision"] is None
    assert [each["id"] for each in content["documents"][0]["missed"]] == ["F1"]
    assert content["rules"][0]["code"] == "NC201"
    assert run("eval", folder, "-o", tmp_path / "out.txt") == 0
    shown = (tmp_path / "out.txt").read_text(encoding="utf-8").replace("\n  ", "")
    assert "漏报 1" in shown
    assert f"{folder / '决算.txt'}:{LINE}" in shown


def test_what_no_fault_explains_is_a_false_alarm_with_its_place(
    tmp_path: Path, capsys: Captured
) -> None:
    folder = made(tmp_path, key=[])
    content = measured(capsys, folder)
    assert (content["total"]["false_alarms"], content["total"]["precision"]) == (1, 0)
    assert content["total"]["recall"] is None
    assert [each["line"] for each in content["documents"][0]["false"]] == [LINE]
    assert content["total"]["traps_hit"] == 0
    assert run("eval", folder, "-o", tmp_path / "out.txt") == 0
    shown = (tmp_path / "out.txt").read_text(encoding="utf-8").replace("\n  ", "")
    assert "误报 1" in shown
    assert f"{folder / '决算.txt'}:{LINE}" in shown


def test_a_false_alarm_on_a_right_sentence_of_the_key_is_a_trap_hit(
    tmp_path: Path, capsys: Captured
) -> None:
    other = {"sentence": "基本支出40.20万元，占68.5%", "line": LINE - 2, "why": "share"}
    traps = [{"sentence": SENTENCE, "line": LINE, "why": "made"}, other]
    content = measured(capsys, made(tmp_path, key=[], traps=traps))
    counts = content["total"]
    assert (counts["traps"], counts["traps_hit"], counts["false_alarms"]) == (2, 1, 1)
    assert content["documents"][0]["false"][0]["trap"] is True


def test_a_fault_in_a_trap_is_no_trap_hit(tmp_path: Path, capsys: Captured) -> None:
    traps = [{"sentence": SENTENCE, "line": LINE, "why": "made"}]
    assert total(capsys, made(tmp_path, key=[FAULT], traps=traps))["traps_hit"] == 0


def test_a_remark_is_no_false_alarm_and_counted_apart(tmp_path: Path) -> None:
    report = check(made(tmp_path) / "决算.txt")
    remarks = tuple(replace(each, severity=Severity.INFO) for each in report.findings)
    measured = measure(replace(report, findings=remarks), Key(()))
    assert not any(each.false for each in measured.said)
    counts = measured.tally
    assert (counts.loud, counts.infos, counts.right_infos) == (0, len(remarks), 0)


def test_a_fault_found_by_another_rule_is_found_and_said_to_be(
    tmp_path: Path, capsys: Captured
) -> None:
    content = measured(capsys, made(tmp_path, key=[{**FAULT, "code": "NC207"}]))
    assert (content["total"]["found"], content["total"]["found_by_others"]) == (1, 1)
    rules = {each["code"]: each for each in content["rules"]}
    assert (rules["NC207"]["recall"], rules["NC207"]["alarms"]) == (1, 0)
    assert (rules["NC201"]["faults"], rules["NC201"]["precision"]) == (0, 1)


def test_a_fault_may_be_found_by_any_rule_that_its_key_names(
    tmp_path: Path, capsys: Captured
) -> None:
    fault = {**FAULT, "code": "NC207", "codes": ["NC207", "NC201"]}
    content = measured(capsys, made(tmp_path, key=[fault]))
    assert (content["total"]["found"], content["total"]["found_by_others"]) == (1, 0)
    rules = {each["code"]: each["faults"] for each in content["rules"]}
    assert rules == {"NC201": 0, "NC207": 1}


@pytest.mark.parametrize(
    ("expected", "valued", "suggested"),
    [("11.40%", 1, 1), ("１１.4％", 1, 1), ("11.5%", 1, 0), ("114%", 1, 0), (None, 0, 0)],
)
def test_a_suggestion_is_compared_by_what_it_says_and_not_by_how_it_is_written(
    tmp_path: Path, capsys: Captured, expected: str | None, valued: int, suggested: int
) -> None:
    counts = total(capsys, made(tmp_path, key=[{**FAULT, "expected": expected}]))
    assert (counts["valued"], counts["suggested"]) == (valued, suggested)


@pytest.mark.parametrize(
    ("claimed", "expected", "suggested"),
    [
        ("增长14.1%", "增长11.4%", 1),
        ("增长14.1%", "下降11.4%", 0),
        ("增长14.1%", "增长4.1%", 0),
        ("14.1", "11.4", 1),
        ("14.1", "14.4", 0),
    ],
)
def test_a_suggestion_on_more_or_fewer_words_must_come_out_the_same(
    tmp_path: Path, capsys: Captured, claimed: str, expected: str, suggested: int
) -> None:
    key = [{**FAULT, "claimed": claimed, "expected": expected}]
    counts = total(capsys, made(tmp_path, key=key))
    assert (counts["found"], counts["suggested"]) == (1, suggested)


def test_what_only_another_document_shows_is_left_out(tmp_path: Path, capsys: Captured) -> None:
    elsewhere = {**FAULT, "id": "F2", "scope": "cross_document"}
    assert total(capsys, made(tmp_path, key=[FAULT, elsewhere]))["faults"] == 1


def test_coverage_is_that_of_the_report(tmp_path: Path, capsys: Captured) -> None:
    folder = made(tmp_path, key=[FAULT])
    report = check(folder / "决算.txt")
    unchecked = len(report.reasons)
    claims = len(report.reading.claims)
    assert 0 < unchecked < claims
    coverage = total(capsys, folder)["coverage"]
    assert (coverage["claims"], coverage["judged_claims"]) == (claims, claims - unchecked)
    assert coverage["judged"] == (claims - unchecked) * 10_000 // claims / 10_000
    assert (coverage["unread"], coverage["within_reach"]) == (0, None)


def test_a_labelled_claim_is_out_of_reach_one_a_label(tmp_path: Path, capsys: Captured) -> None:
    line = TEXT.rstrip("\n").count("\n") + 1
    label = {"line": line, "texts": ["12人"], "why": "没有别处说到"}

    def reach(*labels: object) -> tuple[int, int]:
        coverage = total(capsys, made(tmp_path, key=[FAULT], alone=labels))["coverage"]
        return coverage["claims"] - coverage["reachable"], coverage["reached"]

    judged = len(check(made(tmp_path) / "决算.txt").statuses) - 2
    assert reach() == (0, judged)
    assert reach(label) == (1, judged)
    assert reach({**label, "texts": ["12人", "１２人"]}) == (2, judged)
    assert reach(label, label, label) == (2, judged)
    assert reach({**label, "line": line - 1}) == (0, judged)
    assert reach({**label, "texts": ["2人"]}) == (0, judged)


def test_a_label_takes_out_what_was_not_judged_where_its_words_stand_twice(
    tmp_path: Path, capsys: Captured
) -> None:
    folder = made(tmp_path, key=[FAULT])
    said = TEXT.format(rate=WRONG) + "2023年度支出合计58.70万元，另有捐赠物资折价58.70万元。\n"
    (folder / "决算.txt").write_text(said, encoding="utf-8")
    line = said.rstrip("\n").count("\n") + 1
    report = check(folder / "决算.txt")
    here = [each.id for each in report.reading.claims if each.where.line == line]
    assert [report.statuses[each] for each in here] == ["agrees", "unchecked"]
    for labels, reached in ((1, 0), (2, 1), (3, 1)):
        write(folder / "决算.alone.json", [{"line": line, "texts": ["58.70万元"] * labels}])
        coverage = total(capsys, folder)["coverage"]
        assert coverage["claims"] - coverage["reachable"] == min(labels, 2)
        assert coverage["judged_claims"] - coverage["reached"] == reached


def test_the_figures_of_several_documents_are_those_of_all_their_faults(
    tmp_path: Path, capsys: Captured
) -> None:
    made(tmp_path / "b" / "deep", key=[FAULT])
    made(tmp_path / "a", rate=RIGHT, key=[])
    made(tmp_path / "c", key=[])
    made(tmp_path / "c", rate=RIGHT, name="没有答案")
    made(tmp_path / ".hidden", key=[])
    content = measured(capsys, tmp_path)
    names = [Path(each["path"]).relative_to(tmp_path).parts[0] for each in content["documents"]]
    assert names == ["a", "b", "c"]
    assert content["unkeyed"] == [str(tmp_path / "c" / "没有答案.txt")]
    counts = content["total"]
    assert (counts["recall"], counts["precision"], counts["alarms"]) == (1, 0.5, 2)
    assert run("eval", tmp_path) == 0
    shown = capsys.readouterr().out.replace("\n", "")
    assert "1 份文件没有答案" in shown
    assert "合计 3 份" in shown


def test_gold_lists_stand_in_a_folder_of_their_own(tmp_path: Path, capsys: Captured) -> None:
    folder, gold = made(tmp_path / "documents"), tmp_path / "gold"
    gold.mkdir()
    listed = {key: value for key, value in FAULT.items() if key not in ("code", "line")}
    write(gold / "决算.json", [{**listed, "page": LINE, "by_line": True}])
    write(gold / "决算.traps.json", [{"sentence": "基本支出40.20万元", "page": 1}])
    content = measured(capsys, folder, "--gold", gold)
    assert (content["total"]["found"], content["total"]["traps"]) == (1, 1)
    assert [each["code"] for each in content["rules"]] == ["NC201"]


def test_the_same_figures_give_the_same_bytes(tmp_path: Path, capsys: Captured) -> None:
    folder = made(tmp_path, key=[FAULT])
    outputs = set()
    for form in (["--json"], ["--json"], ["--format", "json"]):
        assert run("eval", folder, *form) == 0
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1


# ---- What cannot be measured ----


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ({"faults": []}, "列表"),
        (["F1"], "列表"),
        ([{**FAULT, "severity": "bad"}], "severity"),
        ([{**FAULT, "code": "201"}], "code"),
        ([{**FAULT, "codes": "NC201"}], "codes"),
        ([{**FAULT, "codes": ["NC201", "NC2"]}], "codes"),
        ([{**FAULT, "codes": ["NC207"]}], "codes"),
        ([{**FAULT, "sentence": ""}], "sentence"),
        ([{**FAULT, "claimed": 14.1}], "claimed"),
        ([{**FAULT, "line": 0}], "line"),
        ([{**FAULT, "line": True}], "line"),
        ([{**FAULT, "line": None}], "line"),
        ([{key: FAULT[key] for key in FAULT if key != "expected"}], "expected"),
        ([FAULT, FAULT], "id"),
    ],
)
def test_a_malformed_key_is_named_in_one_line(
    tmp_path: Path, capsys: Captured, key: object, named: str
) -> None:
    said = complaint(capsys, made(tmp_path, key=key))
    assert named in said
    assert "决算.expected.json" in said


@pytest.mark.parametrize("text", ["[{]", '[{"id": "F1", "id": "F2"}]', "[" * 100_000, "\udc80"])
def test_a_key_that_is_no_json_is_named_in_one_line(
    tmp_path: Path, capsys: Captured, text: str
) -> None:
    folder = made(tmp_path, key=[])
    (folder / "决算.expected.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    assert "JSON" in complaint(capsys, folder)


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("traps", {"sentence": "基本支出"}),
        ("traps", {"line": 1}),
        ("alone", {"line": 1, "texts": "86人"}),
        ("alone", {"line": 1, "texts": [86]}),
        ("alone", {"texts": ["86人"]}),
    ],
)
def test_malformed_traps_and_labels_are_named_in_one_line(
    tmp_path: Path, capsys: Captured, kind: str, entry: dict[str, object]
) -> None:
    folder = made(tmp_path, key=[])
    write(folder / f"决算.{kind}.json", [entry])
    assert f"决算.{kind}.json：第 1 条" in complaint(capsys, folder)


def test_a_key_whose_document_is_gone_is_no_better_recall(tmp_path: Path, capsys: Captured) -> None:
    made(tmp_path, key=[])
    write(tmp_path / "旧稿.expected.json", [FAULT])
    assert "旧稿.expected.json" in complaint(capsys, tmp_path)


def test_where_nothing_has_a_key_nothing_is_measured(tmp_path: Path, capsys: Captured) -> None:
    assert "没有" in complaint(capsys, made(tmp_path))
    assert "没有这个文件夹" in complaint(capsys, tmp_path / "nowhere")


def test_a_document_that_cannot_be_read_stops_no_other_and_is_no_success(
    tmp_path: Path, capsys: Captured
) -> None:
    made(tmp_path, key=[FAULT])
    (tmp_path / "坏.docx").write_bytes(b"no document")
    write(tmp_path / "坏.expected.json", [])
    floor = tmp_path / "floor.json"
    content = measured(capsys, tmp_path, "--floor", floor, "--raise-floor", code=2)
    assert [Path(each["path"]).name for each in content["documents"]] == ["决算.txt"]
    assert not floor.exists()


# ---- The floor ----


def test_a_floor_that_is_reached_ends_well(tmp_path: Path, capsys: Captured) -> None:
    floor = write(tmp_path / "floor.json", {"precision": 1, "recall": 1, "false_alarms": 0})
    content = measured(capsys, made(tmp_path, key=[FAULT]), "--floor", floor)
    assert content["floor"]["below"] == []


@pytest.mark.parametrize(
    ("floor", "named"),
    [
        ({"precision": 0.51}, "查准率"),
        ({"recall": 0.51}, "查全率"),
        ({"suggestions": 0.51}, "改正值"),
        ({"judged": 0.95}, "核对率"),
        ({"within_reach": 0}, "有据核对率"),  # nobody labelled: it cannot be told
        ({"false_alarms": 0}, "误报数"),
    ],
)
def test_a_floor_that_is_missed_ends_with_1_and_a_line_says_which(
    tmp_path: Path, capsys: Captured, floor: dict[str, float], named: str
) -> None:
    missed = {**FAULT, "id": "F2", "line": LINE - 2, "sentence": "基本支出40.20万元，占68.5%"}
    folder = made(tmp_path / "a", key=[{**FAULT, "expected": "11.5%"}, missed])
    made(tmp_path / "a", key=[], name="误报")
    file = write(tmp_path / "floor.json", {"precision": 0.5, "recall": 0.5} | floor)
    assert run("eval", folder, "--floor", file) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"：{named}" in said


def test_a_floor_rises_to_what_was_measured_and_never_falls(
    tmp_path: Path, capsys: Captured
) -> None:
    folder = made(tmp_path / "a", key=[FAULT])
    file = tmp_path / "floor.json"
    assert run("eval", folder, "--floor", file, "--raise-floor") == 0
    first = read_floor(file)
    assert [first[each] for each in ("recall", "precision", "false_alarms")] == [1, 1, 0]
    assert "within_reach" not in first
    write(file, {"recall": 0.25, "judged": float(first["judged"]), "false_alarms": 7})
    assert run("eval", folder, "--floor", file, "--raise-floor") == 0
    assert read_floor(file) == first
    assert run("eval", folder, "--floor", file) == 0  # what is cut off is reached again


def test_nothing_of_a_floor_rises_where_it_is_not_reached(tmp_path: Path) -> None:
    folder = made(tmp_path / "a", key=[FAULT])
    made(tmp_path / "a", key=[], name="误报")
    file = write(tmp_path / "floor.json", {"precision": 1, "recall": 0.25})
    before = file.read_bytes()
    assert run("eval", folder, "--floor", file, "--raise-floor") == 1
    assert file.read_bytes() == before


def test_no_value_of_a_floor_gets_worse(tmp_path: Path) -> None:
    report = check(made(tmp_path) / "决算.txt")
    measurement = Measurement((measure(report, Key(())),))
    floor = {"precision": Decimal("0.5"), "judged": Decimal(1), "false_alarms": Decimal(0)}
    assert raised(measurement, floor) == floor
    more = raised(measurement, {"false_alarms": Decimal(7)})
    assert [more["precision"], more["false_alarms"]] == [0, 1]


def test_a_value_that_the_floor_has_is_kept_where_less_would_be_written(
    tmp_path: Path, capsys: Captured
) -> None:
    """1 of 3 is cut off after four decimals; a floor of more decimals is not lowered to that."""
    others = [{**FAULT, "id": f"F{nth}", "claimed": f"{nth}.25%"} for nth in (2, 3)]
    folder = made(tmp_path / "a", key=[FAULT, *others])
    file = tmp_path / "floor.json"
    file.write_text('{"recall": 0.33333}', encoding="utf-8")
    assert run("eval", folder, "--floor", file, "--raise-floor") == 0
    assert '"recall": 0.33333,' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        *("[]", "{", '{"recal": 0.9}', '{"recall": "0.9"}', '{"recall": true}'),
        *('{"recall": 97}', '{"recall": -0.1}', '{"recall": NaN}', '{"false_alarms": 0.5}'),
    ],
)
def test_a_malformed_floor_is_named_in_one_line(
    tmp_path: Path, capsys: Captured, text: str
) -> None:
    file = tmp_path / "floor.json"
    file.write_text(text, encoding="utf-8")
    assert "floor.json" in complaint(capsys, made(tmp_path / "a", key=[]), "--floor", file)


def test_a_floor_is_named_where_it_is_to_rise_and_there_where_it_is_to_be_reached(
    tmp_path: Path, capsys: Captured
) -> None:
    folder = made(tmp_path / "a", key=[FAULT])
    assert "--floor" in complaint(capsys, folder, "--raise-floor")
    assert "没有这个文件" in complaint(capsys, folder, "--floor", tmp_path / "floor.json")


def test_the_results_never_replace_a_document(tmp_path: Path, capsys: Captured) -> None:
    folder = made(tmp_path, key=[FAULT])
    assert "换一个文件名" in complaint(capsys, folder, "-o", folder / "决算.txt")


def test_the_floor_of_the_corpus_is_not_below_what_was_once_reached() -> None:
    floor = read_floor(ROOT / "corpus" / "floor.json")
    least = {"precision": 99, "recall": 93, "suggestions": 94, "judged": 89, "within_reach": 94}
    assert all(floor[name] * 100 >= value for name, value in least.items())


# ---- The form for programs ----


def objects(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [each for part in schema for each in objects(part)]
    if not isinstance(schema, dict):
        return []
    inner = [each for part in schema.values() for each in objects(part)]
    return [schema, *inner] if schema.get("type") == "object" else inner


def test_the_schema_is_strict_everywhere() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert len(objects(SCHEMA)) > 8
    assert all(each["additionalProperties"] is False for each in objects(SCHEMA))
