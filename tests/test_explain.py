"""``narrcheck explain``: what a number was read as, held against, and why it ended so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from made.paper import pdf, table, text

from narrcheck.cli import main

ROOT = Path(__file__).parent.parent

# 58.70 - 6.00 = 52.70, and 6.00 ÷ 52.70 = 11.4%; the last paragraph is broken over two lines.
DOCUMENT = """云溪县档案馆2023年度部门决算

支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 58.70 | 40.20 | 18.50 |
| 201 | 一般公共服务支出 | 58.70 | 40.20 | 18.50 |

三、支出决算情况说明

2023年度支出合计58.70万元，其中：基本支出40.20万元，占68.5%；项目支出18.50万元，占31.5%。

与上年相比，2023年度支出合计58.70万元，增加6.00万元，增长14.1%，另有37。

项目支出年初预算数为20.00万元，比上年增加0万元。

馆藏珍品3件，增加-1.00万元，，群众满意度
98%。
"""
SAID = 14  # the line of the shares
WRONG = 16  # that of the wrong rate
BUDGET = 18  # that of a budget that no table has
BROKEN = 20  # that on which the broken paragraph begins
TOTAL = 9  # that of the table's totals


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "决算.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def run(*arguments: str | Path | int) -> int:
    """The exit code of ``narrcheck explain`` with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main(["explain", *map(str, arguments)])
    return int(ended.value.code or 0)


Captured = pytest.CaptureFixture[str]


def shown(capsys: Captured, *arguments: str | Path | int) -> str:
    """What is printed, without white space: lines break where the terminal ends."""
    assert run(*arguments) == 0
    return "".join(capsys.readouterr().out.split())


def content(capsys: Captured, *arguments: str | Path | int) -> dict[str, Any]:
    """What is printed for programs, once it fits its schema."""
    assert run(*arguments, "--format", "json") == 0
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "docs/schema/narrcheck-explain-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(printed)
    return printed


def number(printed: dict[str, Any], words: str) -> dict[str, Any]:
    """The one number with these words."""
    (found,) = (each for each in printed["numbers"] if each.get("text") == words)
    return dict(found)


def test_the_lines_are_those_of_the_made_document() -> None:
    lines = DOCUMENT.splitlines()
    assert "68.5%" in lines[SAID - 1]
    assert "14.1%" in lines[WRONG - 1]
    assert "20.00" in lines[BUDGET - 1]
    assert lines[BROKEN - 1].startswith("馆藏")
    assert "合计" in lines[TOTAL - 1]


def test_a_right_amount_is_shown_with_the_cell_it_equals(file: Path, capsys: Captured) -> None:
    out = shown(capsys, file, "--at", SAID)
    assert "40.20万元c" in out
    assert "基本支出·决算数·2023年·全部" in out
    assert "40.20万元与表中的40.20万元相符" in out
    assert "《支出决算表》合计·基本支出=40.20万元，第9行" in out
    assert "NC101文字里的金额与表中同一项目的数一致。" in out


def test_a_right_share_is_shown_with_its_formula_and_its_whole(
    file: Path, capsys: Captured
) -> None:
    out = shown(capsys, file, "--at", SAID)
    assert "40.20÷58.70=68.48%" in out
    assert "写的是68.5%相符" in out
    assert "占比基本支出·决算数·2023年·全部，对照支出合计" in out


def test_a_wrong_rate_says_what_it_should_be_and_by_which_numbers(
    file: Path, capsys: Captured
) -> None:
    out = shown(capsys, file, "--at", WRONG)
    assert "6.00÷（58.70−6.00）=11.39%" in out
    assert "写的是14.1%不符；把“14.1%”改为11.4%则相符" in out
    assert "错误NC201" in out
    assert "“增加6.00万元”" in out


def test_the_right_number_of_a_relation_that_fails_is_not_blamed(
    file: Path, capsys: Captured
) -> None:
    printed = content(capsys, file, "--at", WRONG)
    change = number(printed, "6.00万元")
    assert change["status"] in ("agrees", "unchecked")
    (held,) = change["held_against"]
    assert (held["code"], held["outcome"], held["outcome_mended"]) == ("NC201", "fails", "holds")
    assert change["findings"] == []


def test_what_states_nothing_and_what_was_not_understood_is_said(
    file: Path, capsys: Captured
) -> None:
    out = shown(capsys, file, "--at", WRONG)
    assert "2023年度不作陈述：日期" in out
    assert "37未读懂" in out
    assert "没有一条句式对得上" in out


def test_an_unchecked_number_says_what_was_looked_for_and_what_is_there_instead(
    file: Path, capsys: Captured
) -> None:
    out = shown(capsys, file, "--at", BUDGET)
    assert "20.00万元c" in out
    assert "都没有读到“项目支出·年初预算数·2023年" in out
    assert "项目支出·决算数·2023年·全部=18.50万元" in out


def test_a_claim_names_the_phrase_by_which_it_was_read(file: Path, capsys: Captured) -> None:
    printed = content(capsys, file, "--at", WRONG)
    assert number(printed, "14.1%")["pattern"]["id"] == "growth"
    assert number(printed, "2023年度")["pattern"] is None
    assert "claims.toml的growth" in shown(capsys, file, "--at", WRONG)


def test_every_number_of_a_line_is_there_once(file: Path, capsys: Captured) -> None:
    printed = content(capsys, file, "--at", SAID)
    texts = [each["text"] for each in printed["numbers"] if each["text"][0].isdigit()]
    assert texts == ["2023年度", "58.70万元", "40.20万元", "68.5%", "18.50万元", "31.5%"]


def test_a_row_of_a_table_shows_what_its_cells_were_held_against(
    file: Path, capsys: Captured
) -> None:
    printed = content(capsys, file, "--at", TOTAL)
    cells = {each["column"]: each for each in printed["numbers"]}
    assert cells["基本支出"]["value"] == "40.20"
    assert {held["code"] for held in cells["基本支出"]["held_against"]} >= {"NC101"}
    assert "表中的数" in shown(capsys, file, "--at", TOTAL)


def test_a_paragraph_that_is_broken_is_found_by_its_first_line_and_by_that_of_a_number(
    file: Path, capsys: Captured
) -> None:
    assert "98%" in shown(capsys, file, "--at", BROKEN + 1)
    first = content(capsys, file, "--at", BROKEN)
    assert number(first, "3件")["read_as"] == "claim"


def test_malformed_words_of_a_line_are_shown_too(file: Path, capsys: Captured) -> None:
    printed = content(capsys, file, "--at", BROKEN)
    codes = {each["code"] for each in printed["findings"]}
    codes |= {each["code"] for claim in printed["numbers"] for each in claim["findings"]}
    assert {"NC505", "NC510"} <= codes


def test_a_claim_is_found_by_its_id(file: Path, capsys: Captured) -> None:
    wanted = number(content(capsys, file, "--at", WRONG), "14.1%")
    printed = content(capsys, file, "--claim", wanted["id"].upper())
    assert printed["numbers"] == [wanted]


def test_tables_of_a_second_file_are_named(tmp_path: Path, capsys: Captured) -> None:
    head, _, narrative = DOCUMENT.partition("三、支出")
    tables, said = tmp_path / "表.md", tmp_path / "说明.md"
    tables.write_text(head, encoding="utf-8")
    said.write_text(f"云溪县档案馆2023年度部门决算\n\n三、支出{narrative}", encoding="utf-8")
    out = shown(capsys, said, "--at", 5, "--tables", tables)
    assert "表.md第9行" in out


@pytest.fixture
def paged(tmp_path: Path) -> Path:
    path = tmp_path / "决算.pdf"
    head = [text("云溪县档案馆2023年度部门决算", 120, 60), text("支出决算表", 220, 100)]
    rows = [
        ["科目代码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
        ["", "合计", "58.70", "40.20", "18.50"],
        ["201", "一般公共服务支出", "58.70", "40.20", "18.50"],
    ]
    grid = table(rows, [60, 130, 260, 350, 430, 520], 150)
    unit = text("金额单位：万元", 400, 130, 10)
    said = [
        text("三、支出决算情况说明", 90, 60),
        text("2023年度支出合计58.70万元，其中：基本支出40.20万元。", 90, 100),
    ]
    path.write_bytes(pdf("\n".join([*head, unit, grid]), "\n".join(said)))
    return path


def test_a_page_shows_its_narrative_and_only_counts_the_cells(
    paged: Path, capsys: Captured
) -> None:
    printed = content(capsys, paged, "--page", 2)
    assert [each["text"] for each in printed["numbers"] if "万元" in each["text"]] == [
        "58.70万元",
        "40.20万元",
    ]
    tables = content(capsys, paged, "--page", 1)
    assert tables["cells"] > 0
    assert all(each["read_as"] != "table_value" for each in tables["numbers"])


def test_a_line_of_a_paged_file_is_that_of_the_text_command(paged: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["text", str(paged)])
    lines = capsys.readouterr().out.splitlines()
    (nth,) = (number for number, line in enumerate(lines, 1) if "40.20万元" in line)
    printed = content(capsys, paged, "--at", nth)
    assert "40.20万元" in [each["text"] for each in printed["numbers"]]
    (grid,) = (number for number, line in enumerate(lines, 1) if "〔表" in line)
    cells = content(capsys, paged, "--at", grid)["numbers"]
    assert {each["read_as"] for each in cells} == {"table_value"}


@pytest.mark.parametrize(
    "where",
    [
        ["--at", "1000"],
        ["--at", "2"],
        ["--at", "0"],
        ["--at", "-3"],
        ["--page", "1"],
        ["--claim", "c999"],
        [],
        ["--at", "14", "--claim", "c1"],
    ],
)
def test_where_nothing_is_or_nothing_was_asked_the_call_ends_with_2_and_a_line(
    file: Path, where: list[str], capsys: Captured
) -> None:
    assert run(file, *where) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("narrcheck: ")
    assert printed.err.count("\n") == 1


def test_a_file_that_cannot_be_read_ends_with_2(tmp_path: Path, capsys: Captured) -> None:
    assert run(tmp_path / "missing.txt", "--at", 1) == 2
    assert "没有这个文件" in capsys.readouterr().err


def test_nothing_of_a_document_reaches_the_terminal_unhidden(
    tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "决算.md"
    path.write_text(DOCUMENT.replace("另有37", "另有\x1b[2J37"), encoding="utf-8")
    assert run(path, "--at", WRONG) == 0
    assert "\x1b[2J" not in capsys.readouterr().out
