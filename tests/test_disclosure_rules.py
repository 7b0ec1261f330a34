"""What must be disclosed is: empty tables say so, listed sections are there, nothing is lacking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.errors import PatternError
from narrcheck.findings import DocumentReport, Finding, Severity, Status
from narrcheck.patterns import load_patterns

FOLDER = Path(__file__).resolve().parent.parent / "patterns"


def report(folder: Path, text: str) -> DocumentReport:
    path = folder / "made.md"
    path.write_text(text, encoding="utf-8")
    return check(path)


def found(folder: Path, code: str, text: str) -> list[Finding]:
    """The findings of one rule on a document."""
    return [each for each in report(folder, text).findings if each.code == code]


# ---- NC601 ----


@pytest.mark.parametrize("number", ["一、", "1.", "表1 ", "表二　", "附表1-2 ", "公开03表 ", ""])
def test_a_table_is_listed_under_whatever_number(tmp_path: Path, number: str) -> None:
    def missing(*names: str) -> list[str]:
        contents = "\n\n".join(f"{number}{name}" for name in names)
        text = TABLES.replace("\n\n", f"\n\n目录\n\n{contents}\n\n第二部分 决算表\n\n", 1)
        return [each.text for each in found(tmp_path, "NC601", text)]

    assert missing("支出决算表") == []
    assert missing("支出决算表", "收入决算表") == ["收入决算表"]


# ---- NC104 ----

FUND = "政府性基金预算财政拨款收入支出决算表"
TABLES = """青禾县林业站2023年度部门决算

支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 100.00 | 60.00 | 40.00 |
| 213 | 农林水支出 | 100.00 | 60.00 | 40.00 |

政府性基金预算财政拨款收入支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出合计 | 年末结转和结余 |
| --- | --- | --- | --- | --- | --- |
{rows}

{note}

三、支出决算情况说明

2023年度支出合计100.00万元。

八、政府性基金预算收入支出决算情况说明

{said}
"""
PAID = """|  | 合计 | 0.00 | 12.00 | 12.00 | 0.00 |
| 212 | 城乡社区支出 | 0.00 | 12.00 | 12.00 | 0.00 |"""
ZEROS = "|  | 合计 | 0.00 | 0.00 | 0.00 | 0.00 |"
BLANK = "|  | 合计 |  |  |  |  |\n|  |  |  |  |  |  |"
NOTE = "注：本单位2023年度没有政府性基金收支，故本表无数据。"


def fund(folder: Path, rows: str, said: str = "略。", note: str = "") -> list[tuple[str, str]]:
    """Severity and words of NC104 on a document with such a table of the fund."""
    text = TABLES.format(rows=rows, note=note, said=said)
    return [(each.severity.value, each.text) for each in found(folder, "NC104", text)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2023年度本单位没有政府性基金收入。", "没有政府性基金收入"),
        ("本单位2023年无政府性基金预算财政拨款收入和支出。", "无政府性基金预算财政拨款收入"),
        ("本单位没有使用政府性基金安排的支出。", "没有使用政府性基金安排的支出"),
    ],
)
def test_nothing_is_said_of_a_fund_whose_table_has_amounts(
    tmp_path: Path, said: str, words: str
) -> None:
    assert fund(tmp_path, PAID, said) == [("error", words)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [("其余教育、农林水等科目均无支出。", []), ("本单位无支出。", [("error", "无支出")])],
)
def test_of_some_subjects_nothing_may_be_spent(
    tmp_path: Path, said: str, expected: list[tuple[str, str]]
) -> None:
    assert fund(tmp_path, PAID, said) == expected


@pytest.mark.parametrize("rows", [ZEROS, BLANK])
def test_nothing_is_said_of_a_fund_whose_table_is_empty(tmp_path: Path, rows: str) -> None:
    said = "2023年度本单位没有政府性基金收入，也没有使用政府性基金安排的支出。"
    assert fund(tmp_path, rows, said) == []


def test_what_is_rightly_denied_is_no_longer_unchecked(tmp_path: Path) -> None:
    text = TABLES.format(rows=ZEROS, note="", said="本单位没有政府性基金收入。")
    checked = report(tmp_path, text)
    (claim,) = (claim for claim in checked.reading.claims if claim.kind.value == "zero")
    assert checked.statuses[claim.id] is Status.AGREES


@pytest.mark.parametrize(
    "said",
    [
        "上年没有政府性基金收入，本年收入12.00万元。",
        "没有政府性基金收入的部门，作下述说明：",
        "局本级没有政府性基金收入。",
        "无政府性基金预算财政拨款收入的，仍列空表。",
        "政府性基金收入12.00万元，增加的主要原因是2022年没有政府性基金收入。",
    ],
)
def test_what_is_said_of_another_year_or_of_whom_it_concerns_denies_nothing(
    tmp_path: Path, said: str
) -> None:
    assert fund(tmp_path, PAID, said) == []


def test_the_same_denial_in_two_places_is_one_finding(tmp_path: Path) -> None:
    said = "本单位没有政府性基金收入。\n\n2023年度没有政府性基金收入。"
    text = TABLES.format(rows=PAID, note="", said=said)
    (finding,) = found(tmp_path, "NC104", text)
    assert "全文共2处" in finding.message
    assert [each.kind for each in finding.evidence] == ["table", "text"]


@pytest.mark.parametrize(("rows", "code"), [("|  |  |  |  |  |  |", "NC104"), (BLANK, "NC101")])
def test_amounts_are_told_of_a_fund_whose_table_is_empty(
    tmp_path: Path, rows: str, code: str
) -> None:
    said = "2023年度政府性基金预算财政拨款支出12.00万元。"
    (finding,) = report(tmp_path, TABLES.format(rows=rows, note="", said=said)).findings
    assert (finding.code, finding.severity, finding.text) == (code, Severity.ERROR, "12.00万元")


def test_a_note_says_there_is_nothing_below_a_table_with_amounts(tmp_path: Path) -> None:
    ((severity, words),) = fund(tmp_path, PAID, note=NOTE)
    assert (severity, words) == ("error", NOTE)


def test_an_empty_table_that_nothing_explains_is_mentioned(tmp_path: Path) -> None:
    assert fund(tmp_path, BLANK) == [("info", FUND)]


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("略。", NOTE),
        ("略。", "说明：本表本年无发生额。"),
        ("本单位无政府性基金收支。", ""),
        ("政府性基金预算财政拨款支出0万元。", ""),
    ],
)
def test_an_empty_table_is_explained_below_it_or_in_the_text(
    tmp_path: Path, said: str, note: str
) -> None:
    assert fund(tmp_path, BLANK, said, note) == []


# ---- NC602 ----

BODY = """第一部分 单位概况

本单位有内设科室3个。

第二部分 2023年度部门决算情况说明

一、收入决算情况说明

收入合计100.00万元。

二、2023年度支出决算情况

支出合计100.00万元。

三、机关运行经费支出说明

机关运行经费5.00万元。

第三部分 名词解释

财政拨款收入：指本级财政拨付的资金。
"""
CONTENTS = (
    "第一部分 单位概况",
    "第二部分 部门决算情况说明",
    "一、收入决算情况说明",
    "二、支出决算情况说明",
    "三、关于机关运行经费的说明",
    "第三部分 名词解释",
)


def listed(folder: Path, *more: str, body: str = BODY) -> list[tuple[str, str]]:
    contents = "\n\n".join((*CONTENTS, *more))
    text = f"青禾县林业站2023年度部门决算\n\n目录\n\n{contents}\n\n{body}"
    return [(each.severity.value, each.text) for each in found(folder, "NC602", text)]


def test_a_section_of_other_number_and_words_is_there(tmp_path: Path) -> None:
    assert listed(tmp_path) == []


@pytest.mark.parametrize("name", ["政府采购支出情况", "国有资产占用情况说明"])
def test_a_section_that_only_the_contents_list_is_missing(tmp_path: Path, name: str) -> None:
    assert listed(tmp_path, f"四、{name}") == [("warning", name)]


def test_a_table_and_its_note_are_not_the_section_that_explains_it(tmp_path: Path) -> None:
    name = "国有资本经营预算财政拨款支出情况说明"
    table = (
        "国有资本经营预算财政拨款支出情况表\n\n| 科目 | 金额 |\n| --- | --- |\n| 合计 | 0.00 |\n\n"
        "注：本单位没有国有资本经营预算财政拨款支出，故本表为空表。\n\n第三部分"
    )
    body = BODY.replace("第三部分", table)
    section = f"四、{name}\n\n本单位没有国有资本经营预算财政拨款支出。\n\n第三部分"
    assert listed(tmp_path, f"四、{name}", body=body) == [("warning", name)]
    assert listed(tmp_path, f"四、{name}", body=body.replace("第三部分", section)) == []


def test_contents_of_which_most_is_elsewhere_are_held_against_nothing(tmp_path: Path) -> None:
    more = (f"{n}、{name}" for n, name in zip("四五六七八九十", "甲乙丙丁戊己庚", strict=True))
    assert listed(tmp_path, *(f"{each}章节事项" for each in more)) == []


def test_a_heading_with_nothing_below_it_is_mentioned(tmp_path: Path) -> None:
    body = BODY.replace("机关运行经费5.00万元。\n\n", "")
    assert listed(tmp_path, body=body) == [("info", "三、机关运行经费支出说明")]


def test_entries_of_a_list_of_names_are_no_empty_sections(tmp_path: Path) -> None:
    names = "二、机构设置\n\n（一）办公室\n\n（二）造林科\n\n（三）资源科\n\n"
    body = BODY.replace("第二部分", f"一、职责\n\n负责造林。\n\n{names}第二部分", 1)
    assert listed(tmp_path, body=body) == []


def test_a_heading_that_says_itself_that_there_is_nothing_is_enough(tmp_path: Path) -> None:
    body = BODY.replace(
        "三、机关运行经费支出说明\n\n机关运行经费5.00万元。", "三、机关运行经费：无"
    )
    assert [text for _, text in listed(tmp_path, body=body)] == []


# ---- NC603 ----

WHOLE = """青禾县林业站2023年度部门决算

一、收入决算情况说明

2023年度收入合计100.00万元。

二、支出决算情况说明

2023年度支出合计100.00万元。

三、“三公”经费支出决算情况说明

{sangong}

四、机关运行经费支出情况

{office}

五、政府采购支出情况

{purchases}

六、国有资产占用情况

{assets}

七、名词解释

公务接待费：指用于接待的支出，接待5批次的也是。
"""
SANGONG = (
    "公务用车购置费支出决算为18.00万元，购置公务用车1辆；公务用车运行维护费支出决算为2.00万元，"
    "公务用车保有量2辆；公务接待费支出决算为0.60万元，国内公务接待5批次、40人次；"
    "因公出国（境）费支出决算为3.00万元，出国团组1个、2人次。"
)
OFFICE = "机关运行经费支出5.00万元，比上年减少1.00万元，主要原因是节约。"
PURCHASES = (
    "政府采购支出总额8.00万元，其中：货物支出3.00万元、工程支出0万元、服务支出5.00万元。"
    "授予中小企业合同金额8.00万元。"
)
ASSETS = "截至2023年12月31日，共有车辆2辆，单价100万元以上设备0台（套）。"


def lacking(folder: Path, **parts: str) -> list[str]:
    """What NC603 says of a disclosure of which some parts are other than they should be."""
    whole = {"sangong": SANGONG, "office": OFFICE, "purchases": PURCHASES, "assets": ASSETS}
    findings = found(folder, "NC603", WHOLE.format(**{**whole, **parts}))
    assert all(each.severity is Severity.INFO for each in findings)
    return [each.message for each in findings]


def test_a_disclosure_that_tells_all_lacks_nothing(tmp_path: Path) -> None:
    assert lacking(tmp_path) == []


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        ("，购置公务用车1辆", "购置数"),
        ("，公务用车保有量2辆", "保有量"),
        ("5批次、", "批次"),
        ("出国团组1个、", "团组数"),
    ],
)
def test_a_count_of_the_three_expenses_that_is_nowhere_is_mentioned(
    tmp_path: Path, words: str, lacks: str
) -> None:
    (message,) = lacking(tmp_path, sangong=SANGONG.replace(words, ""), assets="设备0台。车辆无。")
    assert lacks in message


def test_nothing_is_asked_of_an_expense_of_0(tmp_path: Path) -> None:
    said = (
        "因公出国（境）费支出决算为0万元；公务用车购置费支出决算为0万元；"
        "公务用车运行维护费支出决算为0.00万元；公务接待费支出决算为0万元。"
    )
    assert lacking(tmp_path, sangong=said) == []


def test_purchases_are_told_apart_and_with_the_share_of_small_enterprises(tmp_path: Path) -> None:
    (message,) = lacking(tmp_path, purchases="政府采购支出总额8.00万元。")
    assert "货物、工程、服务" in message
    assert "中小企业" in message
    assert lacking(tmp_path, purchases="政府采购支出总额0万元。") == []


def test_assets_are_vehicles_and_equipment(tmp_path: Path) -> None:
    (message,) = lacking(tmp_path, assets="截至2023年12月31日，共有车辆2辆。")
    assert "设备" in message


def test_a_change_without_a_reason_is_mentioned(tmp_path: Path) -> None:
    (message,) = lacking(tmp_path, office="机关运行经费支出5.00万元，比上年减少1.00万元。")
    assert "原因" in message
    assert lacking(tmp_path, office="机关运行经费支出5.00万元，与上年持平。") == []


def test_of_an_extract_nothing_more_is_asked(tmp_path: Path) -> None:
    text = "2023年度部门决算\n\n三、“三公”经费支出决算情况说明\n\n公务接待费支出决算为0.60万元。\n"
    assert found(tmp_path, "NC603", text) == []
    said = {"sangong": "公务接待费支出决算为0.60万元。", "office": OFFICE, "assets": ASSETS}
    whole = WHOLE.format(purchases=PURCHASES, **said)
    assert len(found(tmp_path, "NC603", whole)) == 1
    assert found(tmp_path, "NC603", whole.partition("七、")[0]) == []


def test_a_budget_is_asked_for_nothing_that_only_accounts_tell(tmp_path: Path) -> None:
    said = "2031年公务接待费预算0.60万元。"
    whole = WHOLE.format(sangong=said, office=OFFICE, purchases=PURCHASES, assets=ASSETS)
    text = whole.replace("决算", "预算").replace("2023", "2031")
    assert found(tmp_path, "NC603", text) == []


def test_the_one_share_that_is_left_out_of_the_three_is_mentioned(tmp_path: Path) -> None:
    said = (
        "“三公”经费支出决算中，因公出国（境）费3.00万元，占50.0%；"
        "公务用车购置及运行维护费2.00万元{0}；公务接待费1.00万元，占16.7%。"
    )
    head = "2023年度部门决算\n\n三、“三公”经费支出决算情况说明\n\n"
    assert found(tmp_path, "NC603", head + said.format("，占33.3%")) == []
    (finding,) = found(tmp_path, "NC603", head + said.format(""))
    assert finding.text == "2.00万元"


# ---- NC103: what an item is used for, and the same wrong name elsewhere ----

ENTRIES = """青禾县林业站2023年度部门决算

五、一般公共预算财政拨款支出决算情况说明

2023年度支出合计100.00万元。

{entry}
"""


def purposes(folder: Path, entry: str) -> list[str]:
    return [each.text for each in found(folder, "NC103", ENTRIES.format(entry=entry))]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            "住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：职工基本医疗保险支出。",
            "职工基本医疗保险支出",
        ),
        (
            "卫生健康支出(类)行政事业单位医疗(款)公务员医疗补助(项)3.00万元,主要用于缴纳的基本医疗保险费。",
            "缴纳的基本医疗保险费",
        ),
        ("行政单位医疗（项）3.00万元，用于公务员缴纳的医疗补贴。", "公务员缴纳的医疗补贴"),
        ("购房补贴（2210203）：反映单位缴纳的职业年金。", "单位缴纳的职业年金"),
        ("事业单位离退休（项）：指单位缴纳的住房公积金。", "单位缴纳的住房公积金"),
    ],
)
def test_a_purpose_that_is_another_item_s_is_told(tmp_path: Path, entry: str, words: str) -> None:
    assert purposes(tmp_path, entry) == [words]


@pytest.mark.parametrize(
    "entry",
    [
        "行政单位医疗（项）。主要用于：行政单位医疗保险支出。",
        "行政单位医疗（项）。主要用于：职工基本医疗保险和公务员医疗补助。",
        "购房补贴（项）：指向职工（含离退休人员）发放的用于购买住房的补贴。",
        "住房公积金（项）。主要用于：住房公积金。\n\n事业单位医疗（项）。主要用于：医疗保险。",
        "其他支出（项）。主要用于：住房公积金。",
        "住房公积金（项）。年初预算为3.00万元。主要用于开支。",
    ],
)
def test_a_purpose_of_its_own_is_right(tmp_path: Path, entry: str) -> None:
    assert purposes(tmp_path, entry) == []


# ---- The files ----


@pytest.mark.parametrize(
    ("file", "entry", "said"),
    [
        ("required.toml", 'regex = "("\nkinds = ["决算"]', "regex 有误"),
        ("required.toml", 'regex = "人次"\nkinds = ["概算"]', "概算"),
        ("required.toml", 'regex = "人次"\nsince = "今年"', "since"),
        ("required.toml", 'regex = "批次"', "没有认出"),
        ("required.toml", 'regex = "."', "误认"),
        ("required.toml", 'regex = "人次"\ngold = "1"', "gold"),
    ],
)
def test_a_malformed_entry_is_refused(tmp_path: Path, file: str, entry: str, said: str) -> None:
    folder = tmp_path / "patterns"
    shutil.copytree(FOLDER, folder)
    rest = 'id = "试"\nsection = "三公"\nmessage = "没有。"\nexamples = ["3人次"]\nothers = ["3个"]'
    with (folder / file).open("a", encoding="utf-8") as end:
        end.write(f"\n[[required]]\n{rest}\n{entry}\n")
    with pytest.raises(PatternError, match=said):
        load_patterns(folder)
