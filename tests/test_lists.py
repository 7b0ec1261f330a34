"""Lists of parts, words against rates, and what is said twice: whatever no table can decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import Finding

Found = tuple[str, str, str | None]


def findings(tmp_path: Path, *lines: str) -> tuple[Finding, ...]:
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年度部门决算", *lines]), encoding="utf-8")
    return check(path).findings


def found(tmp_path: Path, *lines: str) -> list[Found]:
    return [(each.code, each.text, each.expected) for each in findings(tmp_path, *lines)]


OFFICE = "九、机关运行经费支出情况"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("完成预算的93.0%，决算数大于预算数", [("NC205", "决算数大于预算数", "决算数小于预算数")]),
        ("完成预算的93.0%，决算数小于预算数", []),
        ("完成预算的110%，决算数等于预算数", [("NC205", "110%", "100%")]),  # one digit
        ("完成预算的112%，决算数等于预算数", [("NC205", "决算数等于预算数", "决算数大于预算数")]),
        (
            "完成年初预算192.77%，决算数小于预算数",
            [("NC205", "决算数小于预算数", "决算数大于预算数")],
        ),
        ("完成预算的100.0%，决算数大于预算数", []),
        ("完成预算的100.0%，决算数小于预算数", []),
        ("完成预算的100.0%，决算数等于预算数", []),
        ("完成预算的93.0%，决算数大于上年决算数", []),
        ("完成预算的0%，决算数等于预算数", []),
        ("完成预算的93.0%，决算数与预算数基本持平", []),
    ],
)
def test_a_word_and_the_rate_beside_it_are_of_one_mind(
    tmp_path: Path, said: str, expected: list[Found]
) -> None:
    assert (
        found(tmp_path, OFFICE, f"机关运行经费支出9.00万元，{said}的主要原因是压减。") == expected
    )


@pytest.mark.parametrize(
    ("rate", "word", "expected"),
    [
        ("80.0%", "大于", [("NC205", "决算数大于年初预算数", "决算数小于年初预算数")]),
        ("180.0%", "小于", [("NC202", "180.0%", "80.0%")]),
    ],
)
def test_a_word_that_amounts_and_rate_refute_is_one_finding(
    tmp_path: Path, rate: str, word: str, expected: list[Found]
) -> None:
    said = (
        f"机关运行经费年初预算为50.00万元，支出决算为40.00万元，完成年初预算的{rate}，"
        f"决算数{word}年初预算数的主要原因是压减。"
    )
    assert found(tmp_path, OFFICE, said) == expected


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("增加1.20万元，减少主要原因是压减", ["减少主要原因"]),
        ("增加1.20万元。减少的主要原因是压减", ["减少的主要原因"]),
        ("下降12.0%，比上年增长的主要原因是人员增加", ["比上年增长的主要原因"]),
        ("增长12.0%，比年初预算减少的主要原因是压减", []),
        ("增加1.20万元，增加主要原因是人员增加", []),
    ],
)
def test_the_reason_given_is_one_for_the_change_told(
    tmp_path: Path, said: str, wrong: list[str]
) -> None:
    each = findings(tmp_path, OFFICE, f"机关运行经费支出9.00万元，比上年{said}。")
    assert [(one.code, one.text, one.severity) for one in each] == [
        ("NC205", text, "warning") for text in wrong
    ]


CARS = "十二、国有资产占用情况"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("共有车辆5辆，其中：机要通信用车1辆、执法执勤用车3辆、其他用车1辆", []),
        (
            "共有车辆4辆，其中：机要通信用车1辆、执法执勤用车3辆、其他用车1辆",
            [("NC204", "4辆", "5辆")],
        ),
        (
            "共有车辆7辆，其中：机要通信用车1辆、执法执勤用车3辆、其他用车1辆",
            [("NC204", "7辆", "5辆")],
        ),
        ("共有车辆7辆，其中：机要通信用车1辆、执法执勤用车3辆", [("NC204", "7辆", "4辆")]),
        ("共有车辆7辆，其中：执法执勤用车3辆", []),
        ("共有车辆3辆，其中：机要通信用车1辆、执法执勤用车3辆", [("NC206", "3辆", None)]),
        ("共有车辆4辆，其中：执法执勤用车3辆、其他用车1辆；单价50万元以上设备3台", []),
        ("共有车辆4辆，其中：执法执勤用车3辆、其他用车1辆，其中皮卡车1辆", []),
        ("共有车辆4辆，其中：执法执勤用车3辆、新能源汽车4辆", []),
        (
            "现有公务用车9辆，其中：轿车5辆，旅行车（含商务车）4辆，越野车1辆",
            [("NC206", "9辆", None)],
        ),
        ("现有公务用车9辆，其中：轿车5辆，执法执勤用车6辆", []),
        ("现有在职人员50人，其中：行政人员30人，事业人员25人", [("NC206", "50人", None)]),
        ("现有在职人员50人，其中：党员30人，本科以上学历25人", []),
        ("编制总数64名，其中行政编制24名，事业编制40名", []),
    ],
)
def test_counts_of_kinds_fit_the_whole(tmp_path: Path, said: str, expected: list[Found]) -> None:
    assert found(tmp_path, CARS, f"截至2023年12月31日，本部门{said}。") == expected


def test_kinds_of_posts_that_may_be_left_out_are_a_warning(tmp_path: Path) -> None:
    (each,) = findings(tmp_path, CARS, "编制总数64名，其中行政编制24名，事业编制22名。")
    assert (each.code, each.severity) == ("NC204", "warning")


BUYING = "十一、政府采购支出情况"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("其中：货物类4.00万元，工程类2.00万元，服务类3.00万元", []),
        ("其中：货物类4.00万元，工程类2.00万元，服务类3.50万元", [("NC204", "error")]),
        ("其中：货物类4.00万元，服务类5.00万元", []),
        ("其中：货物类4.00万元，服务类4.50万元", [("NC204", "warning")]),
        ("其中：货物类4.00万元，服务类5.50万元", [("NC206", "error")]),
        ("其中：集中采购4.00万元，分散采购5.50万元", [("NC204", "error")]),
        ("其中：集中采购4.00万元，分散采购5.00万元。按对象分：货物类6.00万元，服务类3.00万元", []),
        ("其中：货物类1.00万元，工程类8.00元，服务类0.00万元", [("NC501", "error")]),
        ("其中：集中采购4.00万元。面向中小企业采购8.00万元（货物类3.00万元、服务类5.00万元）", []),
        ("其中：办公设备5.00万元，物业管理服务4.50万元", [("NC206", "error")]),
        ("其中：办公设备5.00万元，物业管理服务4.005万元", []),
        ("其中：办公设备5.00万元，物业管理服务4.00万元，专门面向中小企业4.00万元", []),
        ("其中：办公设备6.00万元，打印机4.00万元，计算机2.00万元", []),
        ("其中：办公设备5.00万元；授予中小企业合同金额9.00万元", []),
        ("其中：办公设备5.00万元，物业管理服务4.00万元，合计9.00万元", []),
        ("占全年的90.0%，其中：办公设备5.00万元，物业管理服务4.50万元", []),
    ],
)
def test_amounts_of_a_list_fit_the_whole(
    tmp_path: Path, said: str, expected: list[tuple[str, str]]
) -> None:
    each = findings(tmp_path, BUYING, f"2023年度政府采购支出总额9.00万元，{said}。")
    assert [(one.code, one.severity) for one in each] == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [("1.67万元", [("NC204", "1.67万元", "1.76万元")]), ("1.76万元", [])],
)
def test_guests_from_here_and_abroad_are_all_there_are(
    tmp_path: Path, inner: str, expected: list[Found]
) -> None:
    said = (
        "公务接待费支出决算为1.76万元。其中：外宾接待支出0万元，来访外宾0人次。"
        f"其他国内公务接待支出{inner}，主要用于接待检查。国内接待25批次、186人次。"
    )
    assert found(tmp_path, "七、“三公”经费支出决算情况说明", said) == expected


@pytest.mark.parametrize(
    ("running", "expected"),
    [("4.80万元", [("NC204", "4.80万元", "8.40万元")]), ("8.40万元", [])],
)
def test_what_there_is_none_of_leaves_all_to_the_other_part(
    tmp_path: Path, running: str, expected: list[Found]
) -> None:
    lines = (
        "七、“三公”经费支出决算情况说明",
        "公务用车购置及运行维护费支出8.40万元，用于日常公务。",
        "2023年未安排公务用车购置费。",
        f"公务用车运行维护费支出{running}，用于燃油、维修。",
    )
    assert found(tmp_path, *lines) == expected


@pytest.mark.parametrize(
    ("left", "expected"), [("36.85万元", [("NC204", "36.85万元", "38.65万元")]), ("38.65万元", [])]
)
def test_what_is_left_of_a_project_is_what_was_not_spent(
    tmp_path: Path, left: str, expected: list[Found]
) -> None:
    said = f"项目全年预算数为1559.67万元，执行数为1521.02万元，完成预算的97.5%，结余{left}。"
    assert found(tmp_path, "十三、预算绩效情况说明", said) == expected


@pytest.mark.parametrize(
    ("change", "rate", "text", "expected"),
    [
        (
            "减少361.47万元",
            "下降6.44%",
            "减少361.47万元，下降6.44%",
            "增加361.47万元，增长6.44%",
        ),
        ("减少361.47万元", "下降5.11%", "5.11%", "5.71%"),
    ],
)
def test_a_change_and_its_rate_that_fit_the_other_way_round_were_turned(
    tmp_path: Path, change: str, rate: str, text: str, expected: str
) -> None:
    said = f"机关运行经费支出5974.22万元，与上年相比，{change}，{rate}。"
    assert found(tmp_path, OFFICE, said) == [("NC201", text, expected)]


def test_a_change_goes_one_way_wherever_it_is_told(tmp_path: Path) -> None:
    first = "2023年度机关运行经费支出20.00万元，比上年{}2.15万元。"
    again = "2023年度机关运行经费支出20.00万元，比上年减少2.15万元。"
    wrong = found(tmp_path, OFFICE, first.format("增加"), "十、其他说明", again)
    assert [(code, expected) for code, _, expected in wrong] == [("NC301", "增加2.15万元")]
    assert found(tmp_path, OFFICE, first.format("减少"), "十、其他说明", again) == []


def test_equal_changes_of_parts_that_are_causes_are_not_one(tmp_path: Path) -> None:
    said = "主要原因：一是办公费减少2.15万元，二是差旅费增加2.15万元。"
    line = f"2023年度机关运行经费支出20.00万元，与上年持平，{said}"
    assert found(tmp_path, OFFICE, line) == []


@pytest.mark.parametrize(
    ("mean", "expected"), [("2.73万元", [("NC203", "2.73万元", "2.37万元")]), ("2.37万元", [])]
)
def test_a_mean_is_the_amount_over_the_count(
    tmp_path: Path, mean: str, expected: list[Found]
) -> None:
    said = f"公务用车运行维护费支出14.23万元，公务用车保有量6辆，平均每辆{mean}。"
    assert found(tmp_path, "七、“三公”经费支出决算情况说明", said) == expected


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("出国（境）团组0次，出国（境）6人", ["6人"]),
        ("出国（境）团组0个、累计0人次", []),
        ("国内公务接待0批次，12人次", ["12人次"]),
        ("国内公务接待5批次（其中外事接待0批次），12人次", []),
    ],
)
def test_nobody_goes_in_no_group(tmp_path: Path, said: str, wrong: list[str]) -> None:
    each = findings(tmp_path, "七、“三公”经费支出决算情况说明", f"2023年度{said}。")
    assert [(one.code, one.text, one.severity) for one in each] == [
        ("NC603", text, "warning") for text in wrong
    ]


def test_staff_costs_of_one_subject_are_not_those_of_the_unit(tmp_path: Path) -> None:
    table = (
        "一般公共预算财政拨款基本支出决算表",
        "金额单位：万元",
        "| 科目代码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n| --- | --- | --- | --- | --- |\n"
        "|  | 合计 | 70.00 | 50.00 | 20.00 |\n| 301 | 工资福利支出 | 50.00 | 50.00 |  |\n"
        "| 302 | 商品和服务支出 | 20.00 |  | 20.00 |",
        "五、一般公共预算财政拨款支出决算情况说明",
    )
    said = "农林水支出（类）水利（款）水利工程建设（项）支出90.00万元，其中：公用经费{}万元。"
    assert found(tmp_path, *table, said.format("31.00")) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "共有车辆3辆，其中，副部（省）级及以上领导用车0辆、主要负责人用车0辆、机要通信用车1辆、其他用车2辆",
            [],
        ),
        (
            "共有车辆5辆，其中，副部（省）级及以上领导用车0辆、主要负责人用车0辆、机要通信用车1辆、其他用车2辆",
            [("NC204", "5辆", "3辆")],
        ),
        ("共有车辆5辆，与上年持平，其中：机要通信用车1辆，其他用车2辆", [("NC204", "5辆", "3辆")]),
        ("其他用车3辆，其他用车主要为图书车2辆、巡查车1辆", []),
        ("其他用车3辆，其他用车主要为图书车2辆", []),
        ("其他用车3辆，其他用车主要为图书车3辆、巡查车1辆", [("NC206", "3辆", None)]),
        ("预算单位共4个，其中行政单位4个，事业单位3个", [("NC206", "4个", None)]),
        ("预算单位共4家，其中：财政拨款的行政单位1家、公益一类事业单位3家", []),
        ("实有人员71人，其中行政21人、事业50人", []),
        ("实有人员71人，其中行政21人、事业60人", [("NC206", "71人", None)]),
        ("因公出国（境）团组41个（其中本单位组团32个、参加其他单位组团9个）", []),
        (
            "因公出国（境）团组41个（其中本单位组团32个、参加其他单位组团8个）",
            [("NC204", "41个", "40个")],
        ),
        ("二级项目18个，其中“优”15个，“良”2个，“中”4个", [("NC206", "18个", None)]),
        ("二级项目18个，其中“优”12个，“良”2个，“中”4个", []),
        ("共对6个项目开展自评。自评结果为“优”的项目5个，“良”的项目3个", []),
        ("设党政机构18个、教学机构11个、教辅机构4个，共33个", []),
        ("设党政机构18个、教学机构11个、教辅机构4个，共35个", [("NC204", "35个", "33个")]),
        ("设党政机构18个，教学机构11个，其中教辅机构4个，共35个", []),
        ("公务用车3辆，比上年净增1辆（新购2辆，报废1辆）", []),
        ("公务用车3辆，比上年净增2辆（新购2辆，报废1辆）", [("NC204", "2辆", "1辆")]),
    ],
)
def test_counts_are_taken_apart_in_many_ways(
    tmp_path: Path, said: str, expected: list[Found]
) -> None:
    assert found(tmp_path, CARS, f"截至2023年12月31日，本部门{said}。") == expected


def judged(tmp_path: Path, *lines: str) -> dict[str, str]:
    """How each number ended, by its text."""
    path = tmp_path / "made.md"
    path.write_text("\n\n".join(["青禾县水利局2023年度部门决算", *lines]), encoding="utf-8")
    report = check(path)
    return {each.text: report.statuses[each.id] for each in report.reading.claims if each.quantity}


@pytest.mark.parametrize(
    "said",
    [
        "共有车辆3辆，其中，副部（省）级及以上领导用车0辆、机要通信用车1辆、其他用车2辆",
        "共对7个项目开展自评。自评结果为“优”的项目5个，“良”的项目2个，分别占71.43%、28.57%",
        "现有专任教师30人，其中高级职称12人、中级职称18人",
        "党政机构18个、教学机构11个、教辅机构4个，共33个",
        "国内公务接待5批次（其中外事接待0批次），12人次",
    ],
)
def test_counts_that_add_up_bear_each_other_out(tmp_path: Path, said: str) -> None:
    assert set(judged(tmp_path, CARS, f"2023年，本部门{said}。").values()) == {"agrees"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("内设机构包括办公室、人事科、财务科、督查室，共4个股室", []),
        ("内设机构包括办公室、人事科、财务科、督查室，共5个股室", [("NC204", "5个", "4个")]),
        ("设置5个内设机构，包括：办公室、人事科、财务科和督查室", [("NC204", "5个", "4个")]),
        ("设置4个内设机构，包括：办公室、人事科、财务科和督查室", []),
        ("设置3个内设机构，包括：办公室、人事科、财务和督查室", []),
        ("设置3个内设机构，包括：办公室、人事科、文化、体育科", []),
        ("设置5个内设机构，包括：办公室、人事科、财务科等", []),
        ("设置3个科室（含0个副科级单位），分别为：办公室、人事科、财务科", []),
        ("所属2个预算单位，分别为甲局本级和甲局综合中心", []),
    ],
)
def test_names_are_as_many_as_are_counted(tmp_path: Path, said: str, expected: list[Found]) -> None:
    each = findings(tmp_path, "一、部门概况", f"本部门{said}。支出1.00万元。")
    assert [(one.code, one.text, one.expected) for one in each] == expected
    assert all(one.severity == "warning" for one in each)


SANGONG = "七、“三公”经费支出决算情况说明"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("公务用车购置费支出0万元，购置公务用车0辆", []),
        ("公务用车购置费支出0万元，购置公务用车1辆", ["1辆"]),
        ("公务用车购置费支出18.00万元，更新公务用车0辆", ["0辆"]),
        ("公务用车购置费支出18.00万元，更新公务用车1辆", []),
        ("公务用车购置费支出0万元，主要原因是上年购置公务用车1辆", []),
        ("公务用车购置费支出0万元，比上年减少购置公务用车1辆", []),
        ("因公出国（境）费支出0万元，全年安排因公出国（境）团组1个、3人次", ["0万元"]),
        (
            "因公出国（境）费支出5.00万元，全年安排因公出国（境）团组0个、累计0人次",
            [],
        ),
        ("公务接待费支出0.60万元，国内公务接待5批次、42人次", []),
        ("公务接待费支出0.60万元，国内公务接待42批次、5人次", ["5人次"]),
        ("公务接待费支出0.60万元，国内公务接待5批次、42人次，外事接待0批次、0人次", []),
        ("公务接待费支出0.60万元（含外宾接待支出0.00万元），公务接待5批次、42人次", []),
        ("公务用车运行维护费支出1.00万元，公务用车保有量为0辆", []),
    ],
)
def test_what_was_counted_fits_what_was_paid(tmp_path: Path, said: str, wrong: list[str]) -> None:
    each = findings(tmp_path, SANGONG, f"2023年度{said}。")
    assert [(one.code, one.text, one.severity) for one in each] == [
        ("NC208", text, "warning") for text in wrong
    ]


def test_counts_stand_in_the_table_of_the_sangong(tmp_path: Path) -> None:
    table = (
        "财政拨款“三公”经费、行政参公单位机关运行经费情况表",
        "金额单位：万元",
        "| 项目 | 行次 | 年初预算数 | 全年预算数 | 决算数 |\n| --- | --- | --- | --- | --- |\n"
        "| 一、“三公”经费支出 | 1 | 1.00 | 1.00 | 0.80 |\n"
        "| 1.因公出国（境）费 | 2 | 0.00 | 0.00 | 0.00 |\n"
        "| 2.公务用车购置及运行维护费 | 3 | 0.00 | 0.00 | 0.00 |\n"
        "| 3.公务接待费 | 6 | 1.00 | 1.00 | 0.80 |\n"
        "| 国内公务接待批次（个） | 12 |  |  | 14 |\n"
        "| 国内公务接待人次（人） | 13 |  |  | 121 |",
        SANGONG,
    )
    said = "公务接待费决算0.80万元。其中，国内公务接待0.80万元，接待{}批次，{}人次。"
    assert found(tmp_path, *table, said.format(14, 121)) == []
    assert found(tmp_path, *table, said.format(41, 112)) == [
        ("NC101", "41批次", "14批次"),
        ("NC101", "112人次", "121人次"),
    ]


def test_the_same_visits_are_as_many_wherever_they_are_told(tmp_path: Path) -> None:
    said = "2023年度国内公务接待{}批次、42人次。"
    again = ("十、其他说明", said.format(6))
    assert found(tmp_path, SANGONG, said.format(5), *again) == [("NC301", "6批次", "5批次")]
    assert found(tmp_path, SANGONG, said.format(5), "十、其他说明", said.format(5)) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("招生512人，完成计划500人的102.4%", []),
        ("招生512人，完成计划500人的104.2%", [("NC202", "104.2%", "102.4%")]),
        ("完成测图1280幅，较目标值1200幅超出6.7%", []),
        ("完成测图1280幅，较目标值1200幅超出7.6%", [("NC202", "7.6%", "6.7%")]),
        ("完成投资128.60亿元，超额完成年度计划100亿元的28.6%", []),
        ("填报绩效目标的项目22个，占全部项目24个的91.7%", []),
        ("填报绩效目标的项目22个，占全部项目24个的97.1%", [("NC202", "97.1%", "91.7%")]),
        ("招生512人，比上年增加12人，完成计划500人的102.4%", []),
        ("项目共9个，其中“优”7个，占77.78%；“良”2个，占22.22%", []),
        ("项目共9个，其中“优”7个，占87.77%；“良”2个，占22.22%", [("NC203", "87.77%", "77.78%")]),
        ("资产总额10.87亿元，负债总额1.52亿元，资产负债率13.98%", []),
        ("资产总额10.87亿元，负债总额1.52亿元，资产负债率19.38%", [("NC203", "19.38%", "13.98%")]),
        ("现有公务用车19辆，用于19辆公务用车燃油、维修", []),
        ("现有公务用车19辆，用于16辆公务用车燃油、维修", [("NC301", "16辆", "19辆")]),
    ],
)
def test_percentages_are_of_what_was_counted(
    tmp_path: Path, said: str, expected: list[Found]
) -> None:
    assert found(tmp_path, "十四、预算绩效情况", f"2023年{said}。") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("公务用车运行维护费支出43.62万元，公务用车保有量14辆，单车运行费3.12万元", []),
        (
            "公务用车运行维护费支出43.62万元，公务用车保有量14辆，单车运行费3.21万元",
            [("NC203", "3.21万元", "3.12万元")],
        ),
        ("公务用车购置费支出37.92万元，购置车辆2辆，平均单价18.96万元", []),
        (
            "公务用车购置费支出37.92万元，购置车辆2辆，平均单价19.86万元",
            [("NC203", "19.86万元", "18.96万元")],
        ),
    ],
)
def test_means_of_cars_are_the_cost_over_the_cars(
    tmp_path: Path, said: str, expected: list[Found]
) -> None:
    assert found(tmp_path, SANGONG, f"2023年度{said}。") == expected


def test_a_sum_of_counts_is_shown_as_it_is_one_of_amounts_with_what_rounding_allows(
    tmp_path: Path,
) -> None:
    said = "我单位共有车辆14辆，其中：机要通信用车1辆、应急保障用车2辆、其他用车8辆。"
    (counted,) = findings(tmp_path, said)
    assert counted.evidence[-1].text == "1辆 + 2辆 + 8辆 = 11辆"
    told = "2023年机关运行经费支出9.00万元，完成预算10.00万元的93.0%。"
    (rated,) = findings(tmp_path, told)
    assert rated.evidence[-1].text == "9.00 ÷ 10.00 = 90.00%（89.91%～90.10%）"
