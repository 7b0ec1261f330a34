"""Which finding tells of which fault of a key: no less strict than the scoring of gold lists."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.document import Where
from narrcheck.findings import Finding, Report, Severity
from narrcheck.measuring import Measured, Ratio, keyed_documents, measure, tally
from narrcheck.measuring.keys import Fault, Weight
from narrcheck.measuring.matching import explains, match
from narrcheck.report.json import write_json
from narrcheck.report.measured import percent

SENTENCE = "与上年相比，增加6.00万元，增长14.1%，主要原因是档案库房维修。"
FAULT = Fault(
    "F1", Weight.HARD, "growth", "增加6.00万元，增长14.1%", "14.1%", "11.4%", "NC201", line=29
)
FINDING = Finding(
    "NC201",
    "growth-matches-change",
    Severity.ERROR,
    "增长14.1%，按6.00 ÷（58.70 − 6.00）应为11.4%。",
    "14.1%",
    SENTENCE,
    Where(900, 905, line=29),
    claimed="14.1%",
    expected="11.4%",
)


def counts(faults: tuple[Fault, ...], findings: tuple[Finding, ...]) -> tuple[int, int, int]:
    """How many faults were found, how many findings say so, and how many of these say it again."""
    matching = match(faults, findings)
    found = len(matching.own)
    return found, len(matching.explained), len(matching.explained - set(matching.own.values()))


def test_a_finding_on_the_words_of_a_fault_explains_it() -> None:
    assert explains(FAULT, FINDING)


@pytest.mark.parametrize(
    ("line", "page", "near"),
    [(29, None, True), (31, None, True), (32, None, False), (26, None, False)],
)
def test_a_line_may_be_two_away(line: int, page: int | None, near: bool) -> None:
    assert explains(replace(FAULT, line=line, page=page), FINDING) is near


@pytest.mark.parametrize(("page", "near"), [(7, True), (6, True), (8, True), (5, False)])
def test_a_page_may_be_one_away(page: int, near: bool) -> None:
    finding = replace(FINDING, where=Where(900, 905, page=7))
    assert explains(replace(FAULT, line=None, page=page), finding) is near


def test_the_sentence_must_be_the_same_or_share_much_of_its_words() -> None:
    other = replace(FINDING, sentence="公务接待费支出比上年增长14.1%。")
    assert not explains(FAULT, other)
    assert explains(FAULT, replace(FINDING, sentence=SENTENCE.replace("与上年相比，", "本年")))
    assert not explains(FAULT, replace(FINDING, sentence="", text=""))


def test_a_finding_on_a_blank_need_not_tell_what_was_to_stand_there() -> None:
    sentence = "公务接待费较2022年预算下降 %。"
    blank = replace(FAULT, sentence=sentence, claimed="下降 %", expected="下降20%")
    told = replace(FINDING, sentence=sentence, text="下降%", message="“下降%”的数空着没有填。")
    assert explains(blank, replace(told, claimed=None, expected=None, diagnosis=None))
    assert not explains(blank, replace(told, text="较2022年预算", claimed=None, expected=None))


@pytest.mark.parametrize(("claimed", "same"), [("14.1", True), ("4.1%", False), ("1%", False)])
def test_a_part_of_a_number_is_not_the_number(claimed: str, same: bool) -> None:
    assert explains(replace(FAULT, claimed=claimed, expected=None), FINDING) is same


def test_words_without_a_number_must_be_among_those_of_the_finding() -> None:
    sentence = "决算数大于预算数的主要原因是人员增加。"
    fault = replace(FAULT, sentence=sentence, claimed="决算数大于预算数", expected=None)
    finding = replace(FINDING, sentence=sentence, text="大于", claimed=None, expected="小于")
    assert not explains(fault, replace(finding, message="方向写反。"))
    assert explains(fault, replace(finding, message="决算数大于预算数，与两边的数不符。"))


def test_a_remark_tells_of_wording_but_not_of_a_wrong_number() -> None:
    remark = replace(FINDING, severity=Severity.INFO)
    assert counts((FAULT,), (remark,)) == (0, 1, 1)
    assert counts((replace(FAULT, weight=Weight.TEXT),), (remark,)) == (1, 1, 0)
    warning = replace(FINDING, severity=Severity.WARNING)
    assert counts((FAULT,), (warning,)) == (1, 1, 0)


def test_a_second_finding_on_a_fault_is_told_twice_and_no_false_alarm() -> None:
    assert counts((FAULT,), (FINDING, replace(FINDING, code="NC207"))) == (1, 2, 1)


def test_the_finding_of_the_rule_is_the_own_one_and_the_other_told_twice() -> None:
    other = replace(FINDING, code="NC207", expected="9.9%")
    assert match((FAULT,), (other, FINDING)).own == {0: 1}


def test_any_rule_that_the_key_names_is_as_right_as_the_first() -> None:
    fault = replace(FAULT, code="NC207", codes=("NC207", "NC201"))
    assert dict(match((fault,), (replace(FINDING, code="NC203"), FINDING)).own) == {0: 1}


def test_two_faults_of_a_sentence_need_two_findings() -> None:
    change = replace(FAULT, id="F2", claimed="6.00万元", expected="5.00万元", code="NC207")
    assert counts((FAULT, change), (FINDING,)) == (1, 1, 0)
    both = replace(FINDING, code="NC207", text="6.00万元", claimed="6.00万元")
    assert match((FAULT, change), (both, FINDING)).own == {0: 1, 1: 0}
    assert match((change, FAULT), (both, FINDING)).own == {0: 0, 1: 1}


def test_a_fault_gives_up_its_finding_where_only_so_both_are_found() -> None:
    """The first fault fits both findings equally, the second just the one the first would take."""
    loose = replace(FAULT, claimed="6.00", expected=None, code="NC301")
    strict = replace(FAULT, id="F2", claimed="58.70", expected=None, code="NC301")
    plain = replace(FINDING, message="增加6.00万元有误。")
    assert match((loose, strict), (FINDING, plain)).own == {0: 1, 1: 0}


def test_wording_without_a_rule_may_share_a_finding_as_gold_lists_score_it() -> None:
    wording = replace(FAULT, weight=Weight.TEXT, code=None)
    assert counts((wording, replace(wording, id="F2")), (FINDING,)) == (2, 1, 0)
    named = replace(wording, code="NC201")
    assert counts((named, replace(named, id="F2")), (FINDING,)) == (1, 1, 0)


def test_a_share_is_cut_off_and_never_rounded_up_to_the_whole() -> None:
    assert percent(Ratio(9999, 10_000)) == "99.9%"
    assert percent(Ratio(2, 2)) == "100.0%"
    assert percent(Ratio(0, 0)) == "—"
    assert Ratio(1, 3).value == Fraction(1, 3)
    assert Ratio(2, 3).scaled(10_000) == 6666


@pytest.mark.parametrize("stem", ["hetang-zhengfuban-2023-juesuan", "foshan-guidaoju-2019-juesuan"])
def test_gold_lists_are_counted_as_the_script_beside_them_counts(
    shared: Path, tmp_path: Path, stem: str
) -> None:
    (path,) = (shared / "documents").glob(f"{stem}.*")
    gold = shared / "gold" / f"{stem}.json"
    report = check(path)
    (tmp_path / "report.json").write_text(write_json(Report((report,))), encoding="utf-8")
    command = [sys.executable, str(shared / "tools" / "score.py"), str(path), str(gold), "--quiet"]
    command += ["--traps", str(gold.with_suffix(".traps.json"))]
    command += ["--json", str(tmp_path / "report.json")]
    scored = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    ((_, key),) = keyed_documents(path, gold.parent)
    assert key is not None
    measured = measure(report, key)
    counts, coverage = measured.tally, measured.coverage
    judged = coverage.judged.value
    assert judged is not None
    said = [_found(measured, weight) for weight in Weight]
    said += [f"false {counts.false_alarms} traps {counts.traps_hit}"]
    assert " ".join(said) in scored
    assert scored.endswith(f"claims {coverage.claims} judged {float(judged):.2f}")


def _found(measured: Measured, weight: Weight) -> str:
    some = tally((each for each in measured.outcomes if each.fault.weight is weight), ())
    return f"{weight} {some.found}/{some.faults}"
