"""One fault, one finding: on the right number, with what it should be and how it came about."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.claims.claim import Claim
from narrcheck.findings import DocumentReport, Finding, Severity, Status

# A small disclosure that is right in all it says; the truth was worked out by hand.
DISCLOSURE = """\
2031年度
云溪县水务局部门决算

第二部分

部门决算表

收入支出决算总表

公开01表
部门：云溪县水务局\t\t金额单位：万元
收入\t\t\t支出\t\t
项目\t行次\t金额\t项目\t行次\t金额
栏次\t\t1\t栏次\t\t2
一、一般公共预算财政拨款收入\t1\t455.02\t一、社会保障和就业支出\t9\t45.80
二、其他收入\t2\t25.50\t二、卫生健康支出\t10\t14.62
\t3\t\t三、农林水支出\t11\t396.66
\t4\t\t四、住房保障支出\t12\t23.44
本年收入合计\t5\t480.52\t本年支出合计\t13\t480.52
年初结转和结余\t6\t3.20\t年末结转和结余\t14\t3.20
总计\t7\t483.72\t总计\t15\t483.72

支出决算表

| 公开03表 | 金额单位：万元 | | | |
|---|---|---|---|---|
| 项目 | | 本年支出合计 | 基本支出 | 项目支出 |
| 科目代码 | 科目名称 | | | |
| 栏次 | | 1 | 2 | 3 |
| 合计 | | 480.52 | 242.48 | 238.04 |
| 208 | 社会保障和就业支出 | 45.80 | 45.80 | 0.00 |
| 210 | 卫生健康支出 | 14.62 | 14.62 | 0.00 |
| 213 | 农林水支出 | 396.66 | 158.62 | 238.04 |
| 221 | 住房保障支出 | 23.44 | 23.44 | 0.00 |

一般公共预算财政拨款支出决算表

\t\t\t\t公开05表
部门：云溪县水务局\t\t\t\t金额单位：万元
项目\t\t本年支出\t\t
科目代码\t科目名称\t小计\t基本支出\t项目支出
栏次\t\t1\t2\t3
合计\t\t455.02\t242.48\t212.54
208\t社会保障和就业支出\t45.80\t45.80\t0.00
20805\t行政事业单位养老支出\t45.80\t45.80\t0.00
2080505\t机关事业单位基本养老保险缴费支出\t30.87\t30.87\t0.00
2080506\t机关事业单位职业年金缴费支出\t14.93\t14.93\t0.00
210\t卫生健康支出\t14.62\t14.62\t0.00
21011\t行政事业单位医疗\t14.62\t14.62\t0.00
2101101\t行政单位医疗\t14.62\t14.62\t0.00
2101103\t公务员医疗补助\t0.00\t0.00\t0.00
213\t农林水支出\t371.16\t158.62\t212.54
21303\t水利\t371.16\t158.62\t212.54
2130301\t行政运行\t158.62\t158.62\t0.00
2130302\t一般行政管理事务\t61.35\t0.00\t61.35
2130304\t水利行业业务管理\t17.26\t0.00\t17.26
2130306\t水利工程运行与维护\t96.48\t0.00\t96.48
2130310\t水土保持\t12.75\t0.00\t12.75
2130311\t水资源节约管理与保护\t0.00\t0.00\t0.00
2130314\t防汛\t24.70\t0.00\t24.70
221\t住房保障支出\t23.44\t23.44\t0.00
22102\t住房改革支出\t23.44\t23.44\t0.00
2210201\t住房公积金\t23.44\t23.44\t0.00

第三部分

2031年度部门决算情况说明

一、收入支出决算总体情况说明

2031年度收、支总计483.72万元。与上年相比，减少16.28万元，下降3.3%，主要是因为工程陆续完工。

二、收入决算情况说明

2031年度收入合计480.52万元，其中：财政拨款收入455.02万元，占94.7%；其他收入25.5万元，占5.3%。

三、支出决算情况说明

2031年度支出合计480.52万元，其中：基本支出242.48万元，占50.5%；项目支出238.04万元，占49.5%。

四、一般公共预算财政拨款支出决算情况说明

（一）一般公共预算财政拨款支出决算总体情况

2031年度财政拨款支出455.02万元，占本年支出合计的94.7%，与上年相比，财政拨款支出增加30.47万元，\
增长7.2%。

（二）一般公共预算财政拨款支出决算结构情况

2031年度财政拨款支出455.02万元，主要用于以下方面：社会保障和就业（类）支出45.8万元，\
占10.1%；卫生健康（类）支出14.62万元，占3.2%；农林水（类）支出371.16万元，\
占81.6%；住房保障（类）支出23.44万元，占5.2%。

（三）一般公共预算财政拨款支出决算具体情况

2031年度财政拨款支出年初预算数为435.6万元，支出决算数为455.02万元，完成年初预算的104.5%，其中：

1、社会保障和就业（类）行政事业单位养老（款）机关事业单位基本养老保险缴费（项）。

年初预算为31.2万元，支出决算为30.87万元，完成年初预算的98.9%，决算数小于年初预算数的主要原因是有人调出。

2、社会保障和就业（类）行政事业单位养老（款）机关事业单位职业年金缴费（项）。

年初预算为15.6万元，支出决算为14.93万元，完成年初预算的95.7%，决算数小于年初预算数的主要原因是有人调出。

3、卫生健康（类）行政事业单位医疗（款）行政单位医疗（项）。

年初预算为14.85万元，支出决算为14.62万元，完成年初预算的98.5%，决算数小于年初预算数的主要原因是有人调出。

4、卫生健康（类）行政事业单位医疗（款）公务员医疗补助（项）。

年初预算为0万元，支出决算为0万元，决算数等于年初预算数。

5、农林水（类）水利（款）行政运行（项）。

年初预算为152.4万元，支出决算为158.62万元，完成年初预算的104.1%，决算数大于年初预算数的主要原因是工资调标。

6、农林水（类）水利（款）一般行政管理事务（项）。

年初预算为64万元，支出决算为61.35万元，完成年初预算的95.9%，决算数小于年初预算数的主要原因是压缩开支。

7、农林水（类）水利（款）水利行业业务管理（项）。

年初预算为18.53万元，支出决算为17.26万元，完成年初预算的93.1%，决算数小于年初预算数的主要原因是压缩开支。

8、农林水（类）水利（款）水利工程运行与维护（项）。

年初预算为93.07万元，支出决算为96.48万元，完成年初预算的103.7%，决算数大于年初预算数的主要原因是河堤抢修。

9、农林水（类）水利（款）水土保持（项）。

年初预算为12.75万元，支出决算为12.75万元，完成年初预算的100.0%，决算数等于年初预算数。

10、农林水（类）水利（款）水资源节约管理与保护（项）。

年初预算为9.5万元，支出决算为0万元，完成年初预算的0%，决算数小于年初预算数的主要原因是项目推迟。

11、农林水（类）水利（款）防汛（项）。

年初预算为0万元，支出决算为24.7万元，决算数大于年初预算数的主要原因是汛期追加。

12、住房保障（类）住房改革（款）住房公积金（项）。

年初预算为23.7万元，支出决算为23.44万元，完成年初预算的98.9%，决算数小于年初预算数的主要原因是有人调出。

五、一般公共预算财政拨款基本支出决算情况说明

2031年度财政拨款基本支出242.48万元，其中：

人员经费203.28万元，占基本支出的83.8%。

公用经费39.2万元，占基本支出的16.2%。

六、财政拨款“三公”经费支出决算情况说明

“三公”经费财政拨款支出预算为6.2万元，支出决算为5.35万元，完成预算的86.3%，\
决算数小于预算数，与上年相比减少1.15万元，下降17.7%。其中：

因公出国（境）费支出预算为0万元，支出决算为0万元，决算数等于预算数，\
与上年相比无变化。

公务接待费支出预算为1.2万元，支出决算为0.8万元，完成预算的66.7%，决算数小于预算数，\
与上年相比减少0.4万元，下降33.3%。

公务用车购置费支出预算为0万元，支出决算为0万元，决算数等于预算数，与上年相比无变化。

公务用车运行维护费支出预算为5万元，支出决算为4.55万元，完成预算的91.0%，\
决算数小于预算数，与上年相比减少0.75万元，下降14.2%。

七、关于机关运行经费支出说明

本部门2031年度机关运行经费支出39.2万元，比上年决算数增加1.86万元，增长5.0%。

八、关于政府采购支出说明

本部门2031年度政府采购支出总额90.32万元，其中：政府采购货物支出35.48万元、\
政府采购工程支出30.12万元、政府采购服务支出24.72万元。授予中小企业合同金额72.18万元，\
占政府采购支出总额的79.9%，其中：授予小微企业合同金额54.36万元，占授予中小企业合同金额的75.3%。

九、关于2031年度预算绩效情况的说明

河道全年安全。
"""


def write(folder: Path, *changes: tuple[str, str], text: str = DISCLOSURE) -> Path:
    """The disclosure with some words changed; each stands in it just once."""
    for right, wrong in changes:
        assert text.count(right) == 1, f"{right}: {text.count(right)} times"
        text = text.replace(right, wrong)
    path = folder / "决算.txt"
    path.write_text(text, encoding="utf-8")
    return path


def report_of(folder: Path, *changes: tuple[str, str]) -> DocumentReport:
    return check(write(folder, *changes))


def the_finding(folder: Path, *changes: tuple[str, str]) -> Finding:
    """The one finding that there is, at words that stand there in the document."""
    report = report_of(folder, *changes)
    assert [(each.code, each.text) for each in report.findings[1:]] == []
    finding = report.findings[0]
    assert report.document.text[finding.where.start : finding.where.end] == finding.text
    return finding


def claim_of(report: DocumentReport, text: str, *, after: str = "") -> Claim:
    """The first claim with these words behind ``after``."""
    start = report.document.text.index(after)
    return next(c for c in report.reading.claims if c.text == text and c.where.start >= start)


def test_nothing_is_found_where_all_is_right(tmp_path: Path) -> None:
    # Decreases, nothing of nothing, a budget of 0, trimmed zeros: all of it is in there.
    report = report_of(tmp_path)
    assert report.findings == ()
    assert report.reading.unread == ()
    assert set(report.statuses.values()) == {Status.AGREES}


def test_every_number_of_a_section_with_evidence_agrees(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    checked = [c for c in report.reading.claims if "绩效" not in c.section[-1] and c.quantity]
    assert len(checked) > 80
    assert {report.statuses[claim.id] for claim in checked} == {Status.AGREES}


def test_a_wrong_rate_is_found_where_the_sum_bears_out_the_budget(tmp_path: Path) -> None:
    # 17.26 / 18.53 = 93.1%; the budgets of the twelve entries add up to 435.6.
    finding = the_finding(tmp_path, ("完成年初预算的93.1%", "完成年初预算的94.6%"))
    assert (finding.code, finding.text) == ("NC202", "94.6%")
    assert finding.severity is Severity.ERROR
    assert finding.expected == finding.suggestion == "93.1%"
    assert "17.26 ÷ 18.53" in finding.message
    assert "或者" not in finding.message


def test_a_wrong_budget_is_found_where_the_sum_tells_it(tmp_path: Path) -> None:
    # Of 26.7 the rate would be 87.8%, but only with 23.7 do the budgets add up to 435.6.
    finding = the_finding(tmp_path, ("年初预算为23.7万元", "年初预算为26.7万元"))
    assert finding.text == "26.7万元"
    assert finding.expected in ("23.7万元", "23.70万元")


def test_an_amount_that_breaks_table_share_and_sum_is_one_fault(tmp_path: Path) -> None:
    # 242.48 stands in the table, is 50.5% of 480.52, and 480.52 with 238.04.
    finding = the_finding(tmp_path, ("其中：基本支出242.48万元", "其中：基本支出297.48万元"))
    assert (finding.code, finding.rule) == ("NC101", "amount-matches-table")
    assert (finding.text, finding.expected) == ("297.48万元", "242.48万元")
    assert finding.severity is Severity.ERROR
    tables = [each for each in finding.evidence if each.kind == "table"]
    assert ("支出决算表", "242.48", "万元") in [(t.table, t.value, t.unit) for t in tables]
    formulas = " ".join(each.text for each in finding.evidence if each.kind == "formula")
    assert "297.48 ÷ 480.52" in formulas
    assert "297.48 + 238.04" in formulas


@pytest.mark.parametrize("wrong", ["297.48万元", "24.248万元", "2424.8万元", "242.48元"])
def test_a_wrong_amount_should_be_what_the_table_prints(tmp_path: Path, wrong: str) -> None:
    finding = the_finding(tmp_path, ("其中：基本支出242.48万元", f"其中：基本支出{wrong}"))
    assert (finding.text, finding.expected) == (wrong, "242.48万元")


SLIPS = (
    ("年初预算为14.85万元", "年初预算为14.85元"),
    ("年初预算为18.53万元", "年初预算为18.53元"),
    ("支出决算为96.48万元", "支出决算为96.48元"),
    ("年初预算为9.5万元", "年初预算为9.5元"),  # nothing was spent of it: only the sum tells
)


def test_four_slips_of_the_unit_are_proved_together(tmp_path: Path) -> None:
    report = report_of(tmp_path, *SLIPS)
    found = [(each.code, each.severity, each.text, each.expected) for each in report.findings]
    assert found == [
        ("NC501", Severity.ERROR, "14.85元", "14.85万元"),
        ("NC501", Severity.ERROR, "18.53元", "18.53万元"),
        ("NC501", Severity.ERROR, "96.48元", "96.48万元"),
        ("NC501", Severity.ERROR, "9.5元", "9.5万元"),
    ]
    assert {each.diagnosis for each in report.findings} == {"把万元写成了元"}
    for finding in report.findings:
        assert any(each.kind == "formula" for each in finding.evidence)
        assert finding.claim is not None
        assert report.statuses[finding.claim] is Status.MALFORMED


def test_a_slip_that_changes_no_value_is_a_warning(tmp_path: Path) -> None:
    right = "防汛（项）。\n\n年初预算为0万元"
    finding = the_finding(tmp_path, (right, right.replace("0万元", "0元")))
    assert (finding.code, finding.text, finding.expected) == ("NC501", "0元", "0万元")
    assert finding.severity is Severity.WARNING
    assert "数值为0" in finding.message


def test_an_amount_in_yuan_that_the_others_bear_out_is_no_slip(tmp_path: Path) -> None:
    # 8000元 is 0.8万元: 66.7% of the budget, and 5.35万元 with 4.55万元.
    right = "支出决算为0.8万元"
    assert report_of(tmp_path, (right, "支出决算为8000元")).findings == ()


@pytest.mark.parametrize(
    ("wrong", "whole"), [("8.2%", "支出合计（480.52万元）"), ("8.6%", "支出合计（455.02万元）")]
)
def test_the_whole_that_a_share_was_divided_by_is_named(
    tmp_path: Path, wrong: str, whole: str
) -> None:
    # 39.2 / 480.52 = 8.2%, 39.2 / 455.02 = 8.6%, and 39.2 / 242.48 = 16.2%.
    finding = the_finding(tmp_path, ("占基本支出的16.2%", f"占基本支出的{wrong}"))
    assert (finding.code, finding.text, finding.expected) == ("NC203", wrong, "16.2%")
    assert finding.diagnosis == f"分母用了{whole}"


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    # 30.47 / 455.02 = 6.7%; 1.15 / 5.35 = 21.5%.
    [("增长7.2%", "增长6.7%", "7.2%"), ("下降17.7%", "下降21.5%", "17.7%")],
)
def test_a_growth_over_the_present_is_called_so(
    tmp_path: Path, right: str, wrong: str, expected: str
) -> None:
    finding = the_finding(tmp_path, (right, wrong))
    assert (finding.code, finding.text, finding.expected) == ("NC201", wrong[2:], expected)
    assert finding.diagnosis == "误以本年数为分母，应以基期数为分母"


@pytest.mark.parametrize(
    ("right", "wrong", "diagnosis"),
    [
        ("其中：基本支出242.48万元", "其中：基本支出244.28万元", "两位数字写反了"),
        ("完成年初预算的95.7%", "完成年初预算的97.5%", "两位数字写反了"),
        ("支出决算为158.62万元", "支出决算为1586.2万元", "小数点错了1位"),
        ("支出决算为158.62万元", "支出决算为138.62万元", "有一位数字不同"),
        ("农林水（类）支出371.16万元", "农林水（类）支出517.36万元", None),
        ("占81.6%", "占40.3%", None),
    ],
)
def test_how_a_number_came_to_be_wrong_is_named_where_something_simple_explains_it(
    tmp_path: Path, right: str, wrong: str, diagnosis: str | None
) -> None:
    finding = the_finding(tmp_path, (right, wrong))
    assert wrong.endswith(finding.text)
    assert finding.expected is not None
    assert right.endswith(finding.expected)
    assert finding.diagnosis == diagnosis


def test_two_numbers_that_explain_a_fault_equally_are_both_named(tmp_path: Path) -> None:
    # 35.48 + 30.45 + 24.72 = 90.65, not 90.32: the middle part or the last one.
    finding = the_finding(tmp_path, ("政府采购工程支出30.12万元", "政府采购工程支出30.45万元"))
    assert finding.code == "NC204"
    assert "或者" in finding.message
    assert "24.72万元应为24.39万元" in finding.message
    assert "30.45万元应为30.12万元" in finding.message


def test_a_rate_is_the_likelier_slip_where_nothing_else_decides(tmp_path: Path) -> None:
    # 1.86 / 37.34 = 5.0%: nothing but its growth speaks of the change, and the reverse.
    finding = the_finding(tmp_path, ("1.86万元，增长5.0%", "1.86万元，增长8.2%"))
    assert (finding.text, finding.expected) == ("8.2%", "5.0%")
    assert "或者1.86万元应为" in finding.message


def test_two_faults_of_one_relation_are_two_findings(tmp_path: Path) -> None:
    # The share should be that of the amount as it should be: 242.48 / 480.52 = 50.5%.
    changed = ("基本支出242.48万元，占50.5%", "基本支出244.28万元，占58.1%")
    found = [(each.text, each.expected) for each in report_of(tmp_path, changed).findings]
    assert found == [("244.28万元", "242.48万元"), ("58.1%", "50.5%")]


def test_no_amount_is_said_to_be_below_zero(tmp_path: Path) -> None:
    # 65.48 alone can be mended: another part would have to be -5.28.
    finding = the_finding(tmp_path, ("政府采购货物支出35.48万元", "政府采购货物支出65.48万元"))
    assert (finding.text, finding.expected) == ("65.48万元", "35.48万元")
    assert "-" not in finding.message


def test_two_amounts_in_each_others_place_are_both_told_and_nothing_else(tmp_path: Path) -> None:
    right = "年初预算为64万元，支出决算为61.35万元"
    wrong = "年初预算为61.35万元，支出决算为64万元"
    report = report_of(tmp_path, (right, wrong))
    found = [(each.text, each.expected, each.diagnosis) for each in report.findings]
    assert found == [
        ("61.35万元", "64万元", "与“支出决算为64万元”的数写颠倒了"),
        ("64万元", "61.35万元", "与“年初预算为61.35万元”的数写颠倒了"),
    ]


def test_a_change_whose_word_alone_is_wrong_keeps_its_number(tmp_path: Path) -> None:
    # 16.28 / 500.00 = 3.3% only if it is a decrease; 16.28 / 467.44 = 3.5%.
    finding = the_finding(tmp_path, ("减少16.28万元，下降3.3%", "增加16.28万元，下降3.3%"))
    assert (finding.code, finding.text, finding.expected) == (
        "NC201",
        "增加16.28万元",
        "减少16.28万元",
    )
    assert finding.diagnosis == "方向词有误"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        # 17.26 / 93.1% is 18.529 to 18.554: only one digit of 13.53 leads there.
        ("年初预算为18.53万元", "年初预算为13.53万元"),
        # 93.07 to two places; 9.307 has three, and is printed with two again.
        ("年初预算为93.07万元", "年初预算为9.307万元"),
        ("完成年初预算的95.7%", "完成年初预算的9.57%"),
    ],
)
def test_what_one_slip_explains_is_put_as_it_was(tmp_path: Path, right: str, wrong: str) -> None:
    finding = the_finding(tmp_path, (right, wrong))
    assert wrong.endswith(finding.text)
    assert finding.expected is not None
    assert right.endswith(finding.expected)


def test_a_wrong_digit_is_not_guessed_where_much_would_fit(tmp_path: Path) -> None:
    # 8.2% leaves the change between 2.81 and 2.84: some digit may fit by chance, 5.0% surely does.
    finding = the_finding(tmp_path, ("1.86万元，增长5.0%", "1.86万元，增长8.2%"))
    assert finding.text == "8.2%"


def test_no_growth_is_said_to_fall_below_nothing(tmp_path: Path) -> None:
    # 39.2 less 91.86 were negative: the change is wrong, not the growth.
    finding = the_finding(tmp_path, ("1.86万元，增长5.0%", "91.86万元，增长5.0%"))
    assert finding.text == "91.86万元"


def test_a_wrong_word_for_up_or_down_is_put_in_words(tmp_path: Path) -> None:
    finding = the_finding(tmp_path, ("下降33.3%", "增长33.3%"))
    assert (finding.code, finding.text, finding.expected) == ("NC201", "增长33.3%", "下降33.3%")
    assert finding.diagnosis == "方向词有误"
    assert "-" not in finding.message


@pytest.mark.parametrize(
    ("right", "wrong", "expected", "diagnosis"),
    [
        # 242.48 / 480.52 = 50.46%; 238.04 / 480.52 = 49.54%.
        ("占50.5%", "占50.4%", "50.5%", "似为截断而未四舍五入"),
        ("占49.5%", "占49.6%", "49.5%", "末位相差一"),
    ],
)
def test_a_rate_that_is_off_in_its_last_place_is_a_warning_that_says_how(
    tmp_path: Path, right: str, wrong: str, expected: str, diagnosis: str
) -> None:
    finding = the_finding(tmp_path, (right, wrong))
    assert (finding.code, finding.expected) == ("NC203", expected)
    assert finding.severity is Severity.WARNING
    assert finding.diagnosis == diagnosis


def test_an_amount_off_in_its_last_place_is_a_warning(tmp_path: Path) -> None:
    finding = the_finding(tmp_path, ("支出决算为158.62万元", "支出决算为158.63万元"))
    assert (finding.code, finding.expected) == ("NC101", "158.62万元")
    assert finding.severity is Severity.WARNING


def test_an_amount_rounded_more_than_usual_is_told_once_and_accuses_nobody(tmp_path: Path) -> None:
    changed = ("（类）支出14.62万元", "（类）支出15万元")
    finding = the_finding(tmp_path, changed)
    assert (finding.text, finding.severity) == ("15万元", Severity.INFO)
    assert finding.expected is None
    report = report_of(tmp_path, changed)
    assert finding.claim is not None
    assert report.statuses[finding.claim] is Status.AGREES


def test_an_amount_rounded_more_than_the_table_is_told(tmp_path: Path) -> None:
    # 45.8 and 46 are 10.1% of 455.02 both: only the table, with 45.80, tells them apart.
    finding = the_finding(tmp_path, ("（类）支出45.8万元", "（类）支出46万元"))
    assert (finding.code, finding.text) == ("NC101", "46万元")
    assert finding.severity is Severity.INFO


def test_a_zero_is_never_told_to_be_rounded(tmp_path: Path) -> None:
    # 0.8 + 0 + 0 + 4.55 = 5.35; 5.38 needs 0.8 to be 0.83, and 0 has nothing to do with it.
    report = report_of(tmp_path, ("支出决算为5.35万元", "支出决算为5.38万元"))
    assert "0万元" not in [finding.text for finding in report.findings]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        # 4.55 / 5 = 91.0%; 61.35 / 64 = 95.9%. This document always leaves the zeros out.
        ("完成预算的91.0%", "完成预算的94.0%", "91.0%"),
        ("完成年初预算的95.9%", "完成年初预算的95.2%", "95.9%"),
    ],
)
def test_a_wrong_rate_over_a_round_budget_is_an_error(
    tmp_path: Path, right: str, wrong: str, expected: str
) -> None:
    finding = the_finding(tmp_path, (right, wrong))
    assert (finding.code, finding.severity) == ("NC202", Severity.ERROR)
    assert (finding.text, finding.expected) == (wrong[-5:], expected)


@pytest.mark.parametrize(
    ("right", "wrong", "amounts"),
    [
        ("95.9%，决算数小于年初预算数", "95.9%，决算数大于年初预算数", ("61.35万元", "64万元")),
        (
            "103.7%，决算数大于年初预算数",
            "103.7%，决算数等于年初预算数",
            ("96.48万元", "93.07万元"),
        ),
        (
            "100.0%，决算数等于年初预算数",
            "100.0%，决算数小于年初预算数",
            ("12.75万元", "12.75万元"),
        ),
    ],
)
def test_a_word_that_the_amounts_refute_is_replaced(
    tmp_path: Path, right: str, wrong: str, amounts: tuple[str, str]
) -> None:
    finding = the_finding(tmp_path, (right, wrong))
    assert finding.code == "NC205"
    assert wrong.endswith(finding.text)
    assert finding.expected is not None
    assert right.endswith(finding.expected)
    assert all(amount in finding.message for amount in amounts)


REPEATED = "全年授予中小企业合同金额71.28万元。"


def test_findings_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    report = report_of(
        tmp_path,
        ("下降14.2%", "下降24.1%"),
        ("占94.7%；", "占97.4%；"),
        ("年初预算为14.85万元", "年初预算为14.85元"),
        ("75.3%。\n", f"75.3%。{REPEATED}\n"),
        ("（类）支出371.16万元", "（类）支出317.16万元"),
    )
    assert [(each.code, each.text) for each in report.findings] == [
        ("NC203", "97.4%"),
        ("NC101", "317.16万元"),
        ("NC501", "14.85元"),
        ("NC201", "24.1%"),
        ("NC301", "71.28万元"),
    ]
    starts = [finding.where.start for finding in report.findings]
    assert starts == sorted(starts)


def test_fingerprints_survive_lines_that_are_added_above(tmp_path: Path) -> None:
    faults = (("增长7.2%", "增长6.7%"), ("其中：基本支出242.48万元", "其中：基本支出244.28万元"))
    title = "一、收入支出决算总体情况说明\n"
    more = (title, f"{title}\n本年全局厉行节约。\n\n各项工作平稳推进。\n")
    before, after = report_of(tmp_path, *faults), report_of(tmp_path, more, *faults)
    assert len({finding.fingerprint for finding in before.findings}) == 2
    assert [f.fingerprint for f in before.findings] == [f.fingerprint for f in after.findings]
    lines = [[f.where.line or 0 for f in report.findings] for report in (before, after)]
    assert [line + 4 for line in lines[0]] == lines[1]


def test_fingerprints_of_one_fault_in_two_equal_sentences_differ(tmp_path: Path) -> None:
    report = report_of(tmp_path, ("75.3%。\n", f"75.3%。{REPEATED}\n\n{REPEATED}\n"))
    assert [(f.code, f.text) for f in report.findings] == [("NC301", "71.28万元")] * 2
    assert report.findings[0].sentence == report.findings[1].sentence
    assert report.findings[0].fingerprint != report.findings[1].fingerprint


def test_fingerprints_differ_where_the_number_differs(tmp_path: Path) -> None:
    prints = [
        the_finding(tmp_path, ("占81.6%", f"占{wrong}")).fingerprint
        for wrong in ("40.3%", "40.4%", "40.3%")
    ]
    assert prints[0] == prints[2] != prints[1]


def test_a_number_that_is_wrong_disagrees_and_those_that_prove_it_agree(tmp_path: Path) -> None:
    report = report_of(tmp_path, ("占81.6%", "占40.3%"))
    assert report.statuses[claim_of(report, "40.3%").id] is Status.DISAGREES
    assert report.statuses[claim_of(report, "371.16万元").id] is Status.AGREES
    assert report.statuses[claim_of(report, "455.02万元").id] is Status.AGREES
    assert report.findings[0].claim == claim_of(report, "40.3%").id


def test_a_rate_on_a_budget_of_zero_is_malformed(tmp_path: Path) -> None:
    right = "支出决算为24.7万元，"
    changed = (right, f"{right}完成年初预算的98.7%，")
    finding = the_finding(tmp_path, changed)
    assert (finding.code, finding.text) == ("NC504", "98.7%")
    assert finding.severity is Severity.WARNING
    report = report_of(tmp_path, changed)
    assert report.statuses[claim_of(report, "98.7%").id] is Status.MALFORMED


FUND_SECTION = "\n\n十、政府性基金预算收入支出决算情况说明\n\n2031年度政府性基金预算财政拨款"


@pytest.mark.parametrize(
    ("sentence", "text", "reason"),
    [
        ("培训费占全县同类支出的12.0%。", "12.0%", "whole-unknown"),
        ("群众满意度98.6%。", "98.6%", "no-evidence"),
        ("其余不列，11.37万元。", "11.37万元", "item-unresolved"),
        (f"{FUND_SECTION}支出0万元，其中：基本支出0万元，占30.0%。", "30.0%", "zero-base"),
    ],
)
def test_a_number_without_evidence_is_unchecked_and_says_why(
    tmp_path: Path, sentence: str, text: str, reason: str
) -> None:
    report = report_of(tmp_path, ("河道全年安全。", f"河道全年安全。{sentence}"))
    claim = claim_of(report, text, after="河道全年安全。")
    assert report.findings == ()
    assert report.statuses[claim.id] is Status.UNCHECKED
    assert report.reasons[claim.id] == reason


def test_every_claim_has_a_status_and_only_the_unchecked_have_a_reason(tmp_path: Path) -> None:
    report = report_of(tmp_path, *SLIPS, ("占81.6%", "占40.3%"))
    assert set(report.statuses) == {claim.id for claim in report.reading.claims}
    unchecked = {key for key, status in report.statuses.items() if status is Status.UNCHECKED}
    assert set(report.reasons) == unchecked
    assert all(report.reasons.values())
    accused = {finding.claim for finding in report.findings}
    wrong = (Status.DISAGREES, Status.MALFORMED)
    assert {key for key, status in report.statuses.items() if status in wrong} == accused


def test_the_same_document_gives_the_same_findings(tmp_path: Path) -> None:
    changes = (*SLIPS, ("政府采购工程支出30.12万元", "政府采购工程支出30.45万元"))
    assert report_of(tmp_path, *changes).findings == report_of(tmp_path, *changes).findings


def test_tables_may_be_kept_in_a_second_file(tmp_path: Path) -> None:
    head, narrative = DISCLOSURE.split("第三部分\n")
    cover = head.split("第二部分\n")[0]
    tables = tmp_path / "表.txt"
    tables.write_text(head, encoding="utf-8")
    text = f"{cover}第三部分\n{narrative}"
    right = "其中：基本支出242.48万元"
    path = write(tmp_path, (right, "其中：基本支出244.28万元"), text=text)
    found = [(f.code, f.text, f.expected) for f in check(path, tables=tables).findings]
    assert found == [("NC101", "244.28万元", "242.48万元")]
