"""What was read of a narrative, listed, counted and drawn; and the examples of a folder tried."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from narrcheck.claims import Claim, read_claims
from narrcheck.claims.claim import Kind, NoClaim
from narrcheck.claims.draw import KINDS
from narrcheck.cli import main
from narrcheck.load import load
from narrcheck.patterns import load_patterns
from narrcheck.report.lines import columns
from narrcheck.report.sentences import sentences
from narrcheck.tables import read_tables

ROOT = Path(__file__).parent.parent

# The first paragraph holds 58.70 in two of its sentences, and a 37 that says nothing of itself;
# the entry at the end stands in no table.
DOCUMENT = """云溪县档案馆2023年度部门决算

第二部分

部门决算表

支出决算表

							公开03表
部门：云溪县档案馆							金额单位：万元
项目		本年支出合计	基本支出	项目支出	上缴上级支出	经营支出	对附属单位补助支出
科目代码	科目名称						
栏次		1	2	3	4	5	6
合计		58.70	40.20	18.50	0.00	0.00	0.00
201	一般公共服务支出	58.70	40.20	18.50	0.00	0.00	0.00
20126	档案事务	58.70	40.20	18.50	0.00	0.00	0.00
2012601	行政运行	40.20	40.20	0.00	0.00	0.00	0.00
2012604	档案馆	18.50	0.00	18.50	0.00	0.00	0.00

第三部分

2023年度部门决算情况说明

一、支出决算情况说明

2023年度支出合计58.70万元，其中：基本支出40.20万元，占68.5%。馆名<script>沿用</script>至今，另有37。\
支出合计58.70万元，与上年相比，增加6.00万元，决算数大于年初预算数。

馆藏<b>珍品</b>3件，甲乙（类）丙丁（款）戊己（项）2.00万元。
"""  # noqa: W291


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "档案馆.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def compact(text: str) -> str:
    return "".join(text.split())


Captured = pytest.CaptureFixture[str]


# ---- The list ----


def test_each_sentence_is_followed_by_what_its_numbers_were_read_as(
    path: Path, capsys: Captured
) -> None:
    assert run("read", path) == 0
    out = compact(capsys.readouterr().out)
    first = out.index("2023年度支出合计58.70万元，其中：")
    second = out.index("馆名<script>")
    third = out.index("支出合计58.70万元，与上年相比")
    assert first < second < third
    assert "数额58.70万元支出合计·决算数·2023年·全部" in out[first:second]
    assert "占比68.5%基本支出·决算数·2023年·全部，对照支出合计" in out[first:second]
    assert "非陈述2023年度（日期）" in out[first:second]
    assert "未读懂37" in out[second:third]
    assert "增减额6.00万元增支出合计·决算数·2023年·全部，对照2022年" in out[third:]
    assert "大于支出合计·决算数·2023年·全部，对照年初预算数" in out[third:]


def test_sections_stand_in_document_order_each_once(path: Path, capsys: Captured) -> None:
    assert run("read", path) == 0
    out = capsys.readouterr().out
    assert out.index("（不在标题之下）") < out.index("一、支出决算情况说明")
    assert out.count("一、支出决算情况说明") == 1


def test_a_number_that_was_not_understood_is_marked_in_its_sentence(
    path: Path, capsys: Captured
) -> None:
    assert run("read", path) == 0
    assert "另有【37】" in compact(capsys.readouterr().out)


def test_a_claim_whose_item_is_not_known_says_so(path: Path, capsys: Captured) -> None:
    assert run("read", path) == 0
    out = compact(capsys.readouterr().out)
    assert re.search(
        r"数额2\.00万元甲乙（类）丙丁（款）戊己（项）.*（未能认定说的是哪个项目）", out
    )
    assert "其中未能认定说的是哪个项目的1条" in out


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(
    path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run("read", path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(columns(line) for line in lines) <= min(width, 120)


def test_what_a_terminal_would_obey_is_left_out(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "档案馆.txt"
    hostile = DOCUMENT.replace("馆名", "馆\x1b[2J名\u202e")
    path.write_text(hostile, encoding="utf-8")
    assert run("read", path) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_text_without_numbers_is_said_to_be_one(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("各位同事：\n\n请按时报送材料。\n", encoding="utf-8")
    assert run("read", path) == 0
    assert "没有读到" in capsys.readouterr().out
    assert run("read", "--stats", path) == 0
    assert "—" in capsys.readouterr().out


def test_every_kind_of_claim_has_a_name_of_its_own() -> None:
    assert set(KINDS) == set(Kind)
    assert len(set(KINDS.values())) == len(KINDS)


@pytest.mark.parametrize("document", ["决算.txt", "决算-有误.txt"])
def test_every_number_stands_in_one_sentence_at_its_own_place(document: str) -> None:
    patterns = load_patterns()
    opened = load(ROOT / "corpus" / "hunan-2023" / document)
    reading = read_claims(opened, patterns, read_tables(opened, patterns.tables))
    found = sentences(opened, reading)
    everything = [*reading.claims, *reading.no_claims, *reading.unread]
    assert sum(len(sentence.said) for sentence in found) == len(everything)
    for sentence in found:
        assert sentence.where.start <= min(said.read.where.start for said in sentence.said)
        for said in sentence.said:
            if not isinstance(said.read, NoClaim):
                assert said.read.sentence == sentence.text
            if isinstance(said.read, Claim):
                assert said.start == said.read.at
            if not (isinstance(said.read, Claim) and said.read.quantity is None):
                assert compact(sentence.text[said.start : said.end]) == said.read.text
    starts = [sentence.where.start for sentence in found]
    assert starts == sorted(starts)


# ---- JSON ----


def _json(capsys: Captured) -> Any:
    return json.loads(capsys.readouterr().out)


def test_json_gives_claims_as_the_report_does_but_without_a_status(
    path: Path, capsys: Captured
) -> None:
    assert run("check", path, "--format", "json") in (0, 1)
    (checked,) = _json(capsys)["documents"]
    assert run("read", path, "--format", "json") == 0
    (read,) = _json(capsys)["documents"]
    assert [claim["id"] for claim in read["claims"]] == [c["id"] for c in checked["claims"]]
    for one, other in zip(read["claims"], checked["claims"], strict=True):
        assert "status" not in one
        left_out = {"status", "reason"}
        assert {key: one[key] for key in other if key not in left_out} == {
            key: value for key, value in other.items() if key not in left_out
        }
    assert read["no_claims"] == checked["no_claims"]
    assert read["unread"] == checked["unread"]


def test_json_says_what_only_the_reading_knows(path: Path, capsys: Captured) -> None:
    assert run("read", path, "--format", "json") == 0
    (read,) = _json(capsys)["documents"]
    claims = {claim["text"]: claim for claim in read["claims"]}
    assert claims["6.00万元"]["direction"] == 1
    assert claims["6.00万元"]["base"]["year"] == 2022
    assert claims["40.20万元"]["whole"] == read["claims"][0]["id"]
    assert claims["2.00万元"]["reason"] == "item-unresolved"
    assert read["summary"]["numbers"] == 10
    assert read["summary"]["unread"] == 1
    assert read["summary"]["unresolved"] == 1


# ---- Counts ----


def test_counts_have_a_row_for_each_document_and_totals(
    path: Path, tmp_path: Path, capsys: Captured
) -> None:
    second = shutil.copy(path, tmp_path / "second.txt")
    assert run("read", "--stats", path, second) == 0
    head, one, other, total = capsys.readouterr().out.splitlines()
    assert head.split() == ["数字", "陈述", "非陈述", "未读懂", "项目不明", "文件"]
    # 2 dates, 37, 4 amounts, a change, a share and a count; with 其中 and 大于 9 claims.
    assert one.split() == ["10", "9", "2", "1", "10.0%", "1", "11.1%", str(path)]
    assert other.split()[:-1] == one.split()[:-1]
    assert total.split() == ["20", "18", "4", "2", "10.0%", "2", "11.1%", "合计", "2", "份"]


def test_counts_of_one_document_need_no_totals(path: Path, capsys: Captured) -> None:
    assert run("read", "--stats", path) == 0
    assert "合计" not in capsys.readouterr().out


def test_counts_as_json(path: Path, capsys: Captured) -> None:
    assert run("read", "--stats", "--format", "json", path, path) == 0
    counts = _json(capsys)
    assert [each["path"] for each in counts["documents"]] == [str(path)] * 2
    assert counts["total"]["numbers"] == 2 * counts["documents"][0]["summary"]["numbers"]


@pytest.mark.parametrize("option", ["--stats", "--format=json"])
def test_a_file_that_cannot_be_read_leaves_the_others(
    path: Path, tmp_path: Path, capsys: Captured, option: str
) -> None:
    assert run("read", option, tmp_path / "missing.txt", path) == 2
    printed = capsys.readouterr()
    assert str(path) in printed.out
    assert printed.err.count("\n") == 1
    assert "missing.txt" in printed.err


def test_with_no_readable_file_only_the_complaint_is_printed(
    tmp_path: Path, capsys: Captured
) -> None:
    assert run("read", tmp_path / "missing.txt", "-o", tmp_path / "reading.html") == 2
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "reading.html").exists()


# ---- Output ----


def test_the_list_goes_to_a_file(path: Path, tmp_path: Path, capsys: Captured) -> None:
    output = tmp_path / "reading.txt"
    assert run("read", path, "-o", output) == 0
    assert capsys.readouterr().out == ""
    assert "58.70万元" in output.read_text(encoding="utf-8")


def test_what_is_read_is_never_overwritten(path: Path, capsys: Captured) -> None:
    before = path.read_bytes()
    assert run("read", path, "-o", path) == 2
    assert path.read_bytes() == before
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("option", ["--stats", "--format=json"])
def test_a_drawing_is_neither_counts_nor_json(
    path: Path, tmp_path: Path, capsys: Captured, option: str
) -> None:
    assert run("read", path, option, "-o", tmp_path / "reading.html") == 2
    assert capsys.readouterr().err.count("\n") == 1


# ---- The drawing ----


class Page(HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return compact("".join(self.words))


@pytest.fixture
def drawing(path: Path, tmp_path: Path) -> str:
    output = tmp_path / "reading.html"
    assert run("read", path, "-o", output) == 0
    return output.read_text(encoding="utf-8")


def test_the_drawing_shows_every_step_of_every_sentence(drawing: str) -> None:
    page = Page(drawing)
    assert page.tags.count("section") == 3
    assert "第三部分2023年度部门决算情况说明/一、支出决算情况说明" in page.text
    for label in ("number", "silent", "money", "item", "up", "change", "数额支出合计", "未读懂"):
        assert label in page.text
    assert "件数馆藏<b>珍品</b>" in page.text
    assert "数额甲乙（类）丙丁（款）戊己（项）？" in page.text


def test_nothing_of_the_document_is_markup(drawing: str) -> None:
    page = Page(drawing)
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert "馆名<script>沿用</script>至今" in page.text


def test_the_drawing_needs_nothing_but_itself(drawing: str) -> None:
    page = Page(drawing)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not {"src", "href"} & {name for name, _ in page.attributes}
    assert "url(" not in drawing
    assert "http://" not in drawing
    assert "https://" not in drawing
    assert "default-src 'none'" in drawing


def test_the_legend_explains_the_phrases_that_were_used(drawing: str) -> None:
    titles = {pattern.id: pattern.title for pattern in load_patterns().claims}
    _, _, legend = drawing.partition("用到的句式")
    legend, _, _ = legend.partition("</details>")
    assert f"<td>change</td><td>{titles['change']}</td>" in legend
    assert "<td>completion</td>" not in legend


def test_a_very_long_paragraph_is_drawn_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    long = "，".join(f"支出合计{n}.25万元" for n in range(400))
    path.write_text(DOCUMENT.replace("馆藏", f"{long}，馆藏"), encoding="utf-8")
    assert run("read", path, "-o", tmp_path / "long.html") == 0
    page = Page((tmp_path / "long.html").read_text(encoding="utf-8"))
    assert "399.25万元" in page.text


# ---- Trying a patterns folder ----


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "patterns", tmp_path / "patterns")


def _append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def test_the_examples_of_the_folder_brought_along_are_all_read_right(capsys: Captured) -> None:
    assert run("patterns", "test") == 0
    patterns = load_patterns().claims
    examples = sum(len(pattern.examples) for pattern in patterns)
    said = f"句式 {len(patterns)} 条，例子 {examples} 个：全部读对。\n"
    assert capsys.readouterr().out == said


def test_an_example_read_otherwise_is_shown_with_both_readings(
    folder: Path, capsys: Captured
) -> None:
    _append(
        folder / "claims.toml",
        '[[claim]]\nid = "spent"\ntitle = "花费"\ntext = "花费 {amount:money}"\n'
        'examples = ["花费3.00万元，", "另付{amount:4.00万元}。", "花费"]',
    )
    assert run("patterns", "test", "--patterns", folder) == 1
    first, second, closing = capsys.readouterr().out.split("\n\n")
    assert [line.split() for line in first.splitlines()] == [
        ["句式", "spent（花费）"],
        ["例句", "花费3.00万元，"],
        ["应为", "什么也不取"],
        ["读成", "amount：3.00万元"],
    ]
    assert [line.split() for line in second.splitlines()] == [
        ["句式", "spent（花费）"],
        ["例句", "另付4.00万元。"],
        ["应为", "amount：4.00万元"],
        ["读成", "什么也不取"],
    ]
    assert "2 个读得与所标不同" in closing


@pytest.mark.parametrize("missing", [True, False])
def test_a_folder_that_cannot_be_loaded_ends_with_2_and_one_line(
    folder: Path, capsys: Captured, missing: bool
) -> None:
    if missing:
        shutil.rmtree(folder)
    else:
        _append(folder / "claims.toml", '[[claim]]\nid = "spent"\ncolour = "红"')
    assert run("patterns", "test", "--patterns", folder) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("narrcheck: ")
    assert printed.err.count("\n") == 1


# ---- Both ----


@pytest.mark.parametrize("command", [["read"], ["patterns"], ["patterns", "test"]])
def test_help_is_chinese_and_the_readme_knows_the_command(
    command: list[str], capsys: Captured
) -> None:
    assert run(*command, "--help") == 0
    assert re.search(r"[\u4e00-\u9fff]{4}", capsys.readouterr().out)
    assert f"narrcheck {' '.join(command)}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_command_line_starts_without_what_reading_needs() -> None:
    modules = "{'spacy', 'jieba', 'regex', 'narrcheck.report.reading', 'narrcheck.claims.draw'}"
    code = f"import narrcheck.cli, sys; print(sorted({modules} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n", done.stderr
