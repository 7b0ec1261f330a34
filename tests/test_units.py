"""How many units and offices a document has: as it counts, lists and puts them together."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrcheck.check import check
from narrcheck.findings import Status

Found = tuple[str, str, str | None]


def found(tmp_path: Path, said: str) -> list[Found]:
    path = tmp_path / "made.md"
    path.write_text(f"青禾县水利局2023年度部门决算\n\n二、机构设置\n\n{said}\n", encoding="utf-8")
    return [(each.code, each.text, each.expected) for each in check(path).findings]


def judged(tmp_path: Path, said: str) -> list[str]:
    """The words of the counts that something bears out."""
    path = tmp_path / "made.md"
    path.write_text(f"青禾县水利局2023年度部门决算\n\n二、机构设置\n\n{said}\n", encoding="utf-8")
    report = check(path)
    right = (c for c in report.reading.claims if report.statuses[c.id] is Status.AGREES)
    return [claim.text for claim in right]


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("纳入决算编制范围的单位共{}，包括局本级和3个下属单位。", "4个", "3个"),
        ("纳入决算编制范围的单位共{}，即局机关和2个事业单位。", "3个", "5个"),
        ("纳入决算编制范围的单位共{}，包括局本级、信息中心及东江、西江2个水文站。", "4个", "5个"),
        ("部门决算包括：局机关决算和下属2个事业单位决算，共{}预算单位。", "3个", "2个"),
        (
            "部门决算由局本级决算和{}下属单位决算组成。其中：行政单位1个，事业单位3个。",
            "3个",
            "2个",
        ),
    ],
)
def test_units_are_the_unit_itself_and_those_below_it(
    tmp_path: Path, said: str, right: str, wrong: str
) -> None:
    assert found(tmp_path, said.format(right)) == []
    assert right in judged(tmp_path, said.format(right))
    assert [code for code, _, _ in found(tmp_path, said.format(wrong))] == ["NC204"]


@pytest.mark.parametrize(
    "said",
    [
        "纳入决算编制范围的单位共4个，包括灌区管理处和2个下属单位。",  # 本级 is not named
        "纳入决算编制范围的单位共5个，包括局本级、信息中心、甲站和乙站2个下属单位。",  # of which?
        "纳入决算编制范围的单位共5个，下设泵站2个。",
        "部门决算由局本级和3个下属单位组成。其中：在职人员25个，退休人员4个。",
        "部门决算由局本级和3个下属单位组成。其中：行政单位1个，事业单位2个。",  # of those below
        "部门决算由局本级和3个下属单位组成。其中：行政单位1个，参公事业单位1个，事业单位3个。",
        "部门决算由局本级和3个下属单位组成。其中：行政单位1个，事业单位3个（参公事业单位1个）。",
        "部门决算由局本级及所属3个单位组成，其中：行政单位1个，事业单位3个。",
    ],
)
def test_units_that_may_be_counted_otherwise_say_nothing(tmp_path: Path, said: str) -> None:
    assert found(tmp_path, said) == []


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("局内设办公室、规划股、水政股{}股室。", "3个", "4个"),
        (
            "纳入部门决算的单位包括局本级和县水文站、县信息中心、县质监站{}二级预算单位。",
            "3个",
            "4个",
        ),
        ("局下属{}事业单位（县水文站、县信息中心）。", "2个", "3个"),
        ("局所属事业单位{}：县水文站、县信息中心、县质监站。", "3个", "4个"),
    ],
)
def test_a_count_is_that_of_the_names_around_it(
    tmp_path: Path, said: str, right: str, wrong: str
) -> None:
    assert found(tmp_path, said.format(right)) == []
    assert right in judged(tmp_path, said.format(right))
    assert found(tmp_path, said.format(wrong)) == [("NC204", wrong, right)]


@pytest.mark.parametrize(
    "said",
    [
        "局内设办公室、规划股、水政股等8个股室。",  # some of them
        "局内设办公室、规划股、水政股，新建3个泵站。",
        "局下属5个事业单位（含县水文站、县信息中心等）。",
        "局下属5个事业单位（含县水文站、县信息中心）。",
        "局下属5个事业单位（财政全额拨款单位、差额拨款单位）。",
        "局下属5个事业单位（县水文站、县信息中心为正科级单位）。",
        "纳入决算编制范围的单位包括县水利局、县水文站、县信息中心2个下属单位。",
        "纳入决算编制范围的单位包括局机关、县水文站、县信息中心2个二级单位。",
        "局内设办公室、规划股、水政股、县水文站、县信息中心2个事业单位。",
        "局包括办公室、规划股、水政股8个股室负责人。",
    ],
)
def test_names_that_may_be_some_of_those_counted_say_nothing(tmp_path: Path, said: str) -> None:
    assert found(tmp_path, said) == []


_ROWS = (
    "| 序号 | 单位名称 |\n| --- | --- |\n| 1 | 县水利局本级 |\n| 2 | 县水文站 |\n| 3 | 县质监站 |"
)
_LINES = "1.县水利局（本级）\n2.县水文站\n3.县质监站\n\n第二部分 部门决算表"


@pytest.mark.parametrize("listed", [_ROWS, _LINES])
@pytest.mark.parametrize(("count", "expected"), [("3个", []), ("4个", [("NC204", "4个", "3个")])])
def test_units_are_as_many_as_are_listed_below(
    tmp_path: Path, listed: str, count: str, expected: list[Found]
) -> None:
    said = f"纳入决算编制范围的单位共{count}，较上年无变化，详见下表：\n\n{listed}"
    assert found(tmp_path, said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "纳入决算编制范围的单位共1个，内设机构如下：\n1.办公室\n2.财务股\n3.水政股",
        "纳入决算编制范围的单位共3个，具体如下：\n1.县水利局本级\n2.县水利工程质量安全监督\n站\n3.县水文站",
        "纳入决算编制范围的单位共3个，具体如下：\n1.县水利局本级\n2.县水文站\n4.县质监站",
        "纳入决算编制范围的单位共1个，情况如下：\n1.主要职责\n2.人员编制",
        f"纳入决算编制范围的下属单位共2个，详见下表：\n\n{_ROWS}",  # 本级 is no 下属单位
    ],
)
def test_lines_that_may_not_be_all_those_counted_say_nothing(tmp_path: Path, said: str) -> None:
    assert found(tmp_path, said) == []


def test_the_last_of_the_units_listed_below_may_end_in_a_full_stop(tmp_path: Path) -> None:
    said = "纳入决算编制范围的单位共{}个，名单如下：\n1.县水利局本级；\n2.县水文站；\n3.县质监站。"
    assert found(tmp_path, said.format(3)) == []
    assert found(tmp_path, said.format(4)) == [("NC204", "4个", "3个")]


def test_a_table_of_other_things_does_not_count_units(tmp_path: Path) -> None:
    rows = _ROWS.replace("单位名称", "项目名称")
    assert found(tmp_path, f"纳入决算编制范围的单位共4个，项目见下表：\n\n{rows}") == []
