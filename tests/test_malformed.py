"""How a narrative is written: residue, blanks, numbers and signs written wrong, punctuation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.errors import DocumentError, PatternError
from narrcheck.findings import DocumentReport, Finding, Severity, Status
from narrcheck.patterns import load_patterns

FOLDER = Path(__file__).resolve().parent.parent / "patterns"
RULES = ("NC505", "NC506", "NC507", "NC508", "NC509", "NC510")
# 支出合计 is 110.00 in the table, and 120.00 the year before where the text says so.
HEAD = """2031年度部门决算

支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 1110.00 | 1060.00 | 50.00 |
| 205 | 教育支出 | 1110.00 | 1060.00 | 50.00 |

三、支出决算情况说明

2031年度支出合计1110.00万元。
"""


def report(folder: Path, *paragraphs: str, head: str = HEAD) -> DocumentReport:
    """The report on a small document that ends in some paragraphs."""
    path = folder / "决算.md"
    path.write_text("\n\n".join((head.strip(), *paragraphs)) + "\n", encoding="utf-8")
    return check(path)


def found(folder: Path, *paragraphs: str) -> list[tuple[str, Severity, str]]:
    """Code, severity and words of the findings of these rules."""
    findings = report(folder, *paragraphs).findings
    return [(each.code, each.severity, each.text) for each in findings if each.code in RULES]


def only(folder: Path, *paragraphs: str) -> Finding:
    """The one finding there is."""
    (finding,) = report(folder, *paragraphs).findings
    return finding


# ---- NC505 ----


@pytest.mark.parametrize(
    ("said", "words", "severity", "expected"),
    [
        ("增加-90.00万元", "增加-90.00万元", Severity.WARNING, "减少90.00万元"),
        ("上升了-7.5%", "上升了-7.5%", Severity.WARNING, "下降7.5%"),
        ("增长－7.5％", "增长－7.5％", Severity.WARNING, "下降7.5％"),
        ("减少-90.00万元", "减少-90.00万元", Severity.ERROR, "减少90.00万元"),
        ("下降 -7.5%", "-7.5%", Severity.ERROR, "下降7.5%"),
    ],
)
def test_a_sign_after_a_word_of_direction_is_told(
    tmp_path: Path, said: str, words: str, severity: Severity, expected: str
) -> None:
    finding = only(tmp_path, f"2031年度支出合计1110.00万元，比上年{said}。")
    assert (finding.code, finding.severity, finding.text) == ("NC505", severity, words)
    assert finding.expected == expected


@pytest.mark.parametrize("said", ["增加90.00万元，增长8.8%", "减少90.00万元，下降7.5%"])
def test_a_word_of_direction_without_a_sign_is_right(tmp_path: Path, said: str) -> None:
    assert found(tmp_path, f"2031年度支出合计1110.00万元，比上年{said}。") == []


def test_a_negative_increase_is_a_decrease_to_the_rates_beside_it(tmp_path: Path) -> None:
    finding = only(tmp_path, "2031年度支出合计1110.00万元，比上年增加-90.00万元，下降7.5%。")
    assert finding.text == "增加-90.00万元"


def test_a_signed_rate_that_is_wrong_besides_is_one_finding(tmp_path: Path) -> None:
    finding = only(tmp_path, "2031年度支出合计1110.00万元，比上年减少90.00万元，增长-9.5%。")
    assert (finding.code, finding.severity) == ("NC505", Severity.ERROR)
    assert finding.expected is None
    assert any("7.5" in each.text for each in finding.evidence)


# ---- NC506 ----


@pytest.mark.parametrize(
    ("paragraph", "severity", "words"),
    [
        ("比上年增加（减少）5.00万元。", Severity.ERROR, "增加（减少）5.00万元"),
        ("比上年上升/下降5.0%。", Severity.ERROR, "上升/下降5.0%"),
        ("比上年减少(增加) XX 万元。", Severity.ERROR, "减少(增加)XX万元"),
        ("比上年增加（减少）0.00万元。", Severity.WARNING, "增加（减少）0.00万元"),
        ("增长（下降）的主要原因是来访增加。", Severity.WARNING, "增长（下降）"),
        ("决算数大于（小于）预算数的主要原因是追加。", Severity.WARNING, "大于（小于）"),
        (
            "决算数小于预算数（或与预算数持平）的原因是节约。",
            Severity.WARNING,
            "（或与预算数持平）",
        ),
        ("公务接待费XX万元。", Severity.ERROR, "XX万元"),
        ("公务接待费占支出的 ××%。", Severity.ERROR, "××%"),
        ("其他收入**万元，与上年持平。", Severity.ERROR, "**万元"),
        ("截至20XX年底，共有车辆3辆。", Severity.WARNING, "20XX年"),
        ("其他用车1辆，为××用车。", Severity.WARNING, "××用车"),
        ("XX局负责编制。", Severity.WARNING, "XX局"),
        ("增加的主要原因是XXXX。", Severity.WARNING, "原因是XXXX"),
        ("支出3.00万元（请说明原因）。", Severity.WARNING, "（请说明原因）"),
        ("【请根据实际情况填写】支出3.00万元。", Severity.WARNING, "【请根据实际情况填写】"),
        ("（注：公开时请删除本段）支出3.00万元。", Severity.WARNING, "（注：公开时请删除本段）"),
        ("若无此项支出，请写明没有。", Severity.WARNING, "若无此项支出，请写明"),
        ("保留此表格式，无数据。", Severity.WARNING, "保留此表格式，无数据"),
        ("对3个项目开展了评价（如有）。", Severity.INFO, "（如有）"),
        ("局（部、委、办）机关及下属2个单位。", Severity.WARNING, "局（部、委、办）"),
        ("主要用于无。", Severity.INFO, "主要用于无"),
    ],
)
def test_residue_of_a_template_is_told(
    tmp_path: Path, paragraph: str, severity: Severity, words: str
) -> None:
    assert found(tmp_path, paragraph) == [("NC506", severity, words)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "（一）一般公共预算支出增加（减少）情况",
        "注：本表反映部门本年度的总收支情况。",
        "购置X光机2台，整治XX路积水点3处，面积3×5米。",
        "**一是加强管理。**全年办理申请（如有变化的除外）12件。",
        "受理请示件（含申请补充说明的）20件，详情（请见附件说明）。",
        "协调各部（委、办、局）的工作。",
        "公务用车2辆，车牌为粤A××、粤A××用车登记在册，承办单位为××公司。",
        "主要用于无障碍设施改造2处。",
        "机关事业单位（款）行政运行（项）支出，因公出国（境）团组0个。",
        "出国（境）费用等于或低于预算数，（不含上年结转）。",
    ],
)
def test_what_only_looks_like_residue_is_left_alone(tmp_path: Path, paragraph: str) -> None:
    assert found(tmp_path, paragraph) == []


def test_residue_in_a_table_is_left_alone(tmp_path: Path) -> None:
    table = "| 项目 | 增加（减少）5万元 |\n| --- | --- |\n| XX局 | XX万元 |\n| 合计 | 1.00 |"
    assert found(tmp_path, "附表", table) == []


def test_residue_under_a_table_is_told(tmp_path: Path) -> None:
    table = "| 项目 | 金额 |\n| --- | --- |\n| 甲 | 1.00 |\n| 合计 | 1.00 |"
    note = "备注：涉密项目不公开。（请核实有无涉密项目，若无则写“无”）"
    words = "（请核实有无涉密项目，若无则写“无”）"
    assert found(tmp_path, "附表", table, note) == [("NC506", Severity.WARNING, words)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("减少90.00万元，下降（增长）7.5%", "下降7.5%"),
        ("减少90.00万元，增长（下降）7.5%", "下降7.5%"),
        ("增加（减少）90.00万元，下降7.5%", "减少90.00万元"),
        ("增加90.00万元，增长/下降8.8%", "增长8.8%"),
    ],
)
def test_an_open_alternative_is_settled_by_the_number_beside_it(
    tmp_path: Path, said: str, expected: str
) -> None:
    finding = only(tmp_path, f"2031年度支出合计1110.00万元，比上年{said}。")
    assert (finding.code, finding.severity) == ("NC506", Severity.ERROR)
    assert finding.expected == finding.suggestion == expected


def test_two_open_alternatives_settle_nothing(tmp_path: Path) -> None:
    text = "2031年度支出合计1110.00万元，比上年增加（减少）90.00万元，增长（下降）8.8%。"
    expected = [each.expected for each in report(tmp_path, text).findings]
    assert expected == [None, None]


def test_an_open_alternative_with_a_wrong_number_is_one_finding(tmp_path: Path) -> None:
    text = "2031年度支出合计1110.00万元，比上年减少90.00万元，下降（增长）9.5%。"
    finding = only(tmp_path, text)
    assert (finding.code, finding.expected) == ("NC506", "7.5%")


def test_a_claim_with_an_open_direction_is_malformed(tmp_path: Path) -> None:
    text = "2031年度支出合计1110.00万元，比上年减少90.00万元，下降（增长）7.5%。"
    checked = report(tmp_path, text)
    (finding,) = checked.findings
    assert finding.claim is not None
    assert checked.statuses[finding.claim] is Status.MALFORMED


def test_a_note_does_not_spoil_the_number_in_it(tmp_path: Path) -> None:
    text = "委托业务费比上年（注：上年为136.00万元，公开时请删除）增加2.00万元。"
    finding = only(tmp_path, text)
    assert finding.claim is None
    assert "“（注：…公开时请删除）”" in finding.message


def test_the_same_residue_in_a_sentence_is_told_once(tmp_path: Path) -> None:
    finding = only(tmp_path, "货物XX万元、工程XX万元、服务XX万元。")
    assert "共3处" in finding.message
    assert len(finding.evidence) == 2
    places = [finding.where.start, *(each.where.start for each in finding.evidence if each.where)]
    assert places == sorted(set(places))


def test_the_name_that_was_never_filled_in_is_told_once(tmp_path: Path) -> None:
    finding = only(tmp_path, "XX局有科室3个。", "XX局有车辆3辆。")
    assert "全文共2处" in finding.message


# ---- NC507 ----


@pytest.mark.parametrize(
    ("paragraph", "severity", "words"),
    [
        ("公务接待费比上年减少 万元。", Severity.ERROR, "减少 万元"),
        ("公务接待费支出决算为　　万元，", Severity.ERROR, "为 万元"),
        ("公务接待费占 %。", Severity.ERROR, "占 %"),
        ("公务接待费完成预算支出的 %，", Severity.ERROR, "的 %"),
        ("公务接待费为____万元。", Severity.ERROR, "____万元"),
        ("（二）公务接待费较上年预算下降 %。", Severity.ERROR, "下降 %"),
        ("（二）公务接待费较上年预算下降 %", Severity.ERROR, "下降 %"),
        ("（二）公务接待费较上年预算减少 万元。", Severity.ERROR, "减少 万元"),
        ("共有车辆 辆，与上年持平。", Severity.ERROR, "车辆 辆"),
        ("公务用车保有量为辆。", Severity.ERROR, "保有量为辆"),
        ("因公出国（境）团组 个，", Severity.ERROR, "团组 个"),
        ("单价100万元以上设备 台（套）。", Severity.ERROR, "设备 台（套）"),
        ("共有车辆2辆，其中：应急用车 辆、其他用车2辆。", Severity.WARNING, "应急用车 辆"),
        ("比202 年度减少。", Severity.WARNING, "202 年度"),
        ("截至 年 月 日，共有车辆3辆。", Severity.WARNING, "截至 年 月 日"),
        ("增加的主要原因是：；", Severity.WARNING, "原因是："),
        ("支出（  ）3.00万元。", Severity.INFO, "（ ）"),
    ],
)
def test_a_blank_is_told(tmp_path: Path, paragraph: str, severity: Severity, words: str) -> None:
    assert found(tmp_path, paragraph) == [("NC507", severity, words)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "本表金额单位为万元。",
        "亩均效益达万元，比上年减少数万元。",
        "（二）公务接待费较上年预算下降2.0%",
        "项目 上年 本年 增长%",
        "购置执法执勤用车辆、办公设备。",
        "共有车辆2辆，其中：应急保障用车0辆、其他用车2辆。",
        "近20年累计完成20项，2031年度无变化。",
        "负责人签字：________ 日期：2031年5月3日",
        "公务接待批次、人次均比上年减少。",
        "增加的主要原因是人员增加。",
    ],
)
def test_what_only_looks_like_a_blank_is_left_alone(tmp_path: Path, paragraph: str) -> None:
    assert found(tmp_path, paragraph) == []


def test_a_count_left_open_is_added_up_from_its_parts(tmp_path: Path) -> None:
    text = "本部门共有车辆 辆，其中：应急保障用车 辆、执法执勤用车2辆、其他用车3辆。"
    first, second = report(tmp_path, text).findings
    assert (first.text, first.expected, first.severity) == ("车辆 辆", "车辆5辆", Severity.ERROR)
    assert first.message == "“车辆 辆”的数空着没有填，按句中各项应为车辆5辆。"
    assert (second.text, second.severity) == ("应急保障用车 辆", Severity.WARNING)


def test_a_form_that_was_not_filled_in_is_checked(tmp_path: Path) -> None:
    text = "公务接待费支出XX万元，比上年增加 万元。"
    codes = {each.code for each in report(tmp_path, text, head="部门决算").findings}
    assert codes == {"NC506", "NC507"}


def test_a_document_without_numbers_or_blanks_is_still_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        report(tmp_path, "XX局负责编制（如有）。", head="部门决算")


# ---- NC508 ----


@pytest.mark.parametrize(
    ("number", "severity", "expected"),
    [
        ("1，110.00万元", Severity.WARNING, "1,110.00万元"),
        ("1110.00万元元", Severity.WARNING, "1110.00万元"),
        ("01110.00万元", Severity.WARNING, "1110.00万元"),
        ("11,10.00万元", Severity.ERROR, "1110.00万元"),
        ("11.10.00万元", Severity.ERROR, "1110.00万元"),
        ("1110。00万元", Severity.ERROR, None),
        ("111O.00万元", Severity.ERROR, None),
        ("11,1000.0万元", Severity.ERROR, None),
        ("11,10万元", Severity.ERROR, "1110万元"),
        ("11,12万元", Severity.ERROR, "1110.00万元"),
    ],
)
def test_a_number_written_wrong_is_told_once(
    tmp_path: Path, number: str, severity: Severity, expected: str | None
) -> None:
    findings = report(tmp_path, f"2031年度支出合计{number}。").findings
    (finding,) = [each for each in findings if each.code == "NC508"]
    assert (finding.severity, finding.text, finding.expected) == (severity, number, expected)
    if expected is not None:
        assert findings == (finding,)


@pytest.mark.parametrize(
    "paragraph",
    [
        "2031年度支出合计1,110.00万元，其中：基本支出1,060.00万元。",
        "截至2031.12.31，接待3批次，12人次。",
        "3.12.50万元用于维修。",
        "第3，110.00万元用于维修。",
        "其他用车3。50万元以上的设备0台。",
        "12.30 4.56.70",
        "收入分别为8，12.50万元。",
        "收入分别为8,12万元。",
        "共有车辆3,50万元以上的设备0台。",
        "治理CO2排放，下降0.5%，完成100.00%。",
        "支出5万元，元旦前完成。",
    ],
)
def test_what_only_looks_like_a_number_written_wrong_is_left_alone(
    tmp_path: Path, paragraph: str
) -> None:
    assert found(tmp_path, paragraph) == []


def test_a_number_written_wrong_that_disagrees_is_one_finding(tmp_path: Path) -> None:
    finding = only(tmp_path, "2031年度支出合计1，120.00万元。")
    assert (finding.code, finding.severity) == ("NC508", Severity.ERROR)
    assert finding.expected == "1110.00万元"


# ---- NC509 ----


@pytest.mark.parametrize(
    ("paragraph", "severity", "words", "expected"),
    [
        ("公务接待费占比比上年下降3.0%。", Severity.WARNING, "3.0%", "3.0个百分点"),
        ("项目支出比重提高了2％。", Severity.WARNING, "2％", "2个百分点"),
        ("预算执行率比上年提高3%。", Severity.INFO, "3%", "3个百分点"),
        ("出勤率95.12%，较上年提高1.87%。", Severity.INFO, "1.87%", "1.87个百分点"),
        ("公务接待费占总支出的3.0个百分点。", Severity.WARNING, "3.0个百分点", "3.0%"),
        ("公务接待费比上年减少2倍。", Severity.ERROR, "2倍", None),
        ("公务接待费比上年下降0.5倍。", Severity.WARNING, "0.5倍", None),
        ("公务接待费比上年下降150.0%。", Severity.ERROR, "150.0%", None),
    ],
)
def test_percent_points_and_times_are_told_apart(
    tmp_path: Path, paragraph: str, severity: Severity, words: str, expected: str | None
) -> None:
    finding = only(tmp_path, paragraph)
    assert (finding.code, finding.severity) == ("NC509", severity)
    assert (finding.text, finding.expected) == (words, expected)


@pytest.mark.parametrize(
    "paragraph",
    [
        "公务接待费占比由8.0%下降到5.0%，下降3.0个百分点。",
        "占比较大的项目支出增加3.0%，占比重大的工程增加2.0%。",
        "公务接待费比上年下降100%，培训费增长2倍，会议费增长150%。",
        "超额完成目标3个百分点，完成率提高到98.0%。",
    ],
)
def test_percent_points_and_times_that_are_right_are_left_alone(
    tmp_path: Path, paragraph: str
) -> None:
    assert found(tmp_path, paragraph) == []


def test_an_impossible_fall_is_blamed_and_not_the_numbers_beside_it(tmp_path: Path) -> None:
    text = "2031年度支出合计1110.00万元，比上年减少90.00万元，下降107.5%。"
    finding = only(tmp_path, text)
    assert (finding.code, finding.text, finding.expected) == ("NC509", "107.5%", "7.5%")


def test_a_fall_in_times_is_worked_out_in_percent(tmp_path: Path) -> None:
    text = "2031年度支出合计1110.00万元，比上年减少90.00万元，下降1倍。"
    assert only(tmp_path, text).expected == "7.5%"


# ---- NC510 ----


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("支出3.00万元，，增长5.0%。", "，，"),
        ("支出3.00万元。。", "。。"),
        ("本部门没有此项收支，并已公开空表。。", "。。"),  # no number in the paragraph
        ("截止2031年12月31日，共有车辆3辆。", "截止2031年12月31日"),
        ("截止至2031年底，共有车辆3辆。", "截止至2031年底"),
        ("共有车辆3辆（其中，应急用车3辆。", "（其中，应急用车3"),
    ],
)
def test_punctuation_is_told_as_a_hint(tmp_path: Path, paragraph: str, words: str) -> None:
    assert found(tmp_path, paragraph) == [("NC510", Severity.INFO, words)]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("截至2031年12月31日，共有车辆3辆（应急用车3辆）。",),
        ("申报于2031年12月31日截止，共收到3份。",),
        ("1）共有车辆3辆；2）应急用车3辆（其他0辆）。",),
        ("共有车辆3辆（应急用车2辆。", "其他用车1辆）。"),
        ("各项工作……完成3项。",),
        ("各项工作已经完成……。",),
    ],
)
def test_punctuation_that_is_right_is_left_alone(
    tmp_path: Path, paragraphs: tuple[str, ...]
) -> None:
    assert found(tmp_path, *paragraphs) == []


@pytest.mark.parametrize(
    "following", ["四、其他说明", "（二）会议费2.00万元。", "2.会议费2.00万元。"]
)
def test_a_paragraph_without_its_last_stop_is_told(tmp_path: Path, following: str) -> None:
    cut = "公务接待费3.00万元。主要用于来访3批次的接待"
    full = "会议费2.00万元。主要用于会议。"
    stop = found(tmp_path, full, full, full, full, cut, following)
    assert stop == [("NC510", Severity.INFO, "主要用于来访3批次的接待")]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("公务接待费3.00万元。主要用于来访3批次", "的接待。"),  # torn in two
        ("公务接待费3.00万元。用于以下方面：", "四、其他说明"),
        ("公务接待费3.00万元", "四、其他说明"),  # an entry of a list
        ("公务接待费3.00万元。用于来访", "培训费3.00万元。用于培训", "四、其他说明"),  # as a rule
    ],
)
def test_a_paragraph_that_needs_no_stop_is_left_alone(
    tmp_path: Path, paragraphs: tuple[str, ...]
) -> None:
    assert found(tmp_path, *paragraphs) == []


# ---- The file of flaws ----


ENTRY = """
[[flaw]]
id = "试"
rule = "template-residue"
severity = "info"
message = "“{text}”"
regex = '试填'
examples = ["这里{试填}。", "这里。"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the patterns folder, to be changed."""
    return shutil.copytree(FOLDER, tmp_path / "patterns")


def with_entry(folder: Path, entry: str) -> Path:
    path = folder / "flaws.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{entry}\n", encoding="utf-8")
    return folder


def test_a_flaw_that_is_added_is_found(folder: Path) -> None:
    assert load_patterns(with_entry(folder, ENTRY)).flaws[-1].id == "试"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("template-residue", "unit-slip", "rule 不能是 unit-slip"),
        ('"info"', '"fatal"', "severity 不能是 fatal"),
        ("regex =", 'roles = ["表格"]\nregex =', "roles 不能是 表格"),
        ("'试填'", "'试(填'", "regex 或 beside 有误"),
        ("regex =", "mended = '\\g<n>'\nregex =", "mended 有误"),
        ('"这里{试填}。", "这里。"', '"这里{试填}。"', "反例"),
        ('"这里{试填}。", "这里。"', '"这里。"', "反例"),
        ("{试填}。", "{试}填。", "认成了"),
        ('"这里。"', '"这里试填。"', "认成了"),
        ("{试填}", "{试填→改}", "认成了"),
    ],
)
def test_a_malformed_flaw_is_refused_by_file_and_id(
    folder: Path, old: str, new: str, why: str
) -> None:
    assert old in ENTRY
    with pytest.raises(PatternError, match=why) as refused:
        load_patterns(with_entry(folder, ENTRY.replace(old, new)))
    assert "试" in str(refused.value)
    assert "flaws.toml" in str(refused.value)


# ---- Real documents ----


def test_the_blank_form_of_a_disclosure_gives_nothing_but_residue_and_blanks(shared: Path) -> None:
    for path in sorted((shared / "documents").glob("*template*")):
        findings = check(path).findings
        assert findings
        assert {each.code for each in findings} <= {"NC506", "NC507"}


# ---- Units and periods ----


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("支出合计1110.00，与上年持平。", ["1110.00"]),
        ("公用经费12.50，占40.0%。", ["12.50"]),
        ("教育支出（类）普通教育（款）小学教育（项）12.50，与上年持平。", ["12.50"]),
        ("公务接待费支出1.20万元，完成全年预算2.40的50.0%。", ["2.40"]),
        ("公用经费12.50、7.50万元。", []),  # the unit of both stands once
        ("公用经费人均12.50平方米，得分9.50。", []),
        ("公务接待费0，与上年持平。", []),
        ("公用经费12.5 万元。", []),
    ],
)
def test_an_amount_of_something_lacks_its_unit(
    tmp_path: Path, said: str, expected: list[str]
) -> None:
    findings = report(tmp_path, said).findings
    assert [each.text for each in findings if each.code == "NC503"] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("国内公务接待支出0.39万（含外宾接待支出0.00万元）。", [("0.39万", "0.39万元")]),
        ("公务接待费2.50万，与上年持平。", [("2.50万", "2.50万元")]),
        ("公务接待费2.50万元。", []),
        ("全年服务群众1.20万人次，绿化1.50万平方米。", []),
        ("全年来访约3万余人。", []),
    ],
)
def test_money_that_ends_in_wan_lacks_its_yuan(
    tmp_path: Path, said: str, expected: list[tuple[str, str]]
) -> None:
    findings = report(tmp_path, said).findings
    assert [(each.text, each.expected) for each in findings if each.code == "NC503"] == expected


@pytest.mark.parametrize(
    ("said", "words", "expected"),
    [
        ("主要是项目支出较上一度增加90.00万元。", "上一度", "上一年度"),
        ("主要是项目支出比上年年度增加90.00万元。", "上年年度", "上年度"),
        ("主要是2031年年度项目支出增加。", "2031年年度", "2031年度"),
    ],
)
def test_a_malformed_period_is_mended(tmp_path: Path, said: str, words: str, expected: str) -> None:
    finding = only(tmp_path, said)
    assert (finding.code, finding.text, finding.expected) == ("NC510", words, expected)
