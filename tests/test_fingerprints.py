"""A fault is known by the same fingerprint after edits elsewhere, and in any format of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from made.reading import Checked, checked
from made.web import web_page
from made.word import word_document

from narrcheck.check import check
from narrcheck.document import Document, Paragraph
from narrcheck.findings import Finding

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
NAMES = ("hunan-2023", "shanghai-2024")
GROUPS = 2  # of paragraphs that are deleted at once
PLAIN = "全年各项工作平稳有序。"
Key = tuple[str, str, str]

TWICE = """2031年度部门决算

云溪县水务局

第三部分 2031年度部门决算情况说明

一、公务接待费支出情况

公务接待费年初预算为5.00万元，支出决算为3.00万元，完成年初预算的75.0%。

二、公务接待费其他情况

公务接待费年初预算为5.00万元，支出决算为3.00万元，完成年初预算的75.0%。
"""
TABLES = """2031年度部门决算

一般公共预算财政拨款支出决算表

金额单位：万元

| 科目代码 | 科目名称 | 小计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
|  | 合计 | 70.00 | 30.00 | 40.00 |
| 205 | 教育支出 | 70.00 | 30.00 | 40.00 |
| 20502 | 普通教育 | 70.00 | 30.00 | 40.00 |
| 2050202 | 小学教育 | 45.00 | 20.00 | 20.00 |
| 2050203 | 初中教育 | 30.00 | 10.00 | 20.00 |

一、一般公共预算财政拨款支出决算情况说明

2031年度一般公共预算财政拨款支出70.00万元。
"""


@cache
def source(name: str) -> str:
    """A corpus document with planted faults."""
    return (CORPUS / name / "决算-有误.txt").read_text(encoding="utf-8")


@cache
def read(text: str) -> Checked:
    """A text, checked once."""
    return checked(text)


def findings(text: str) -> tuple[Finding, ...]:
    return read(text).diagnosis.findings


def key(finding: Finding) -> Key:
    """What says that a finding is still the same one."""
    return finding.code, finding.text, "".join(finding.sentence.split())


def prints(text: str) -> dict[Key, str]:
    return {key(each): each.fingerprint for each in findings(text)}


def kept(before: str, after: str) -> dict[Key, str]:
    """The fingerprints of the findings that are in both texts; all of these are the same."""
    one, other = prints(before), prints(after)
    both = one.keys() & other.keys()
    assert {each: other[each] for each in both} == {each: one[each] for each in both}
    return {each: one[each] for each in both}


def span(paragraph: Paragraph) -> tuple[int, int]:
    return paragraph.offset(0), paragraph.offset(len(paragraph.text) - 1) + 1


def without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def groups(document: Document, accused: set[int]) -> Iterator[list[tuple[int, int]]]:
    """The paragraphs in groups, without the headings and those that hold a fault."""
    spans = [span(each) for each in document.paragraphs if each.text and each.role == "body"]
    others = [each for each in spans if not any(each[0] <= at < each[1] for at in accused)]
    yield from (others[nth::GROUPS] for nth in range(GROUPS))


@pytest.mark.parametrize("name", NAMES)
def test_no_two_findings_share_a_fingerprint(name: str) -> None:
    found = [each.fingerprint for each in findings(source(name))]
    assert len(found) > 10
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_that_are_deleted_change_no_fingerprint_of_the_others(name: str) -> None:
    text = source(name)
    accused = {each.where.start for each in findings(text)}
    for spans in groups(read(text).document, accused):
        assert len(kept(text, without(text, spans))) > len(accused) // 2


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_that_are_put_in_change_no_fingerprint(name: str) -> None:
    text = source(name)
    longer = re.sub("。\n", f"。\n\n{PLAIN}\n\n", text)
    assert longer.count(PLAIN) > 40
    assert kept(text, longer) == prints(text)


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_that_is_mended_leaves_the_fingerprints_of_all_others(name: str) -> None:
    text = source(name)
    mendable = [each for each in findings(text) if each.suggestion and each.where.line]
    for each in mendable[::6]:
        mended = text[: each.where.start] + (each.suggestion or "") + text[each.where.end :]
        assert each.fingerprint not in prints(mended).values()
        assert len(kept(text, mended)) >= len(findings(text)) - 3


def renumbered(text: str) -> str:
    """The text with each 一、 heading counted one further."""
    numbers = "一二三四五六七八九十"
    follows = dict(zip(numbers, [*numbers[1:], "十一"], strict=True))
    return re.sub(r"(?m)^([一二三四五六七八九])、", lambda found: f"{follows[found[1]]}、", text)


def respaced(text: str) -> str:
    """The text with other line ends, spaces within its sentences and other quotes."""
    spaced = re.sub(r"([\u4e00-\u9fff]{3})(?=支出决算)", "\\1 ", text)
    return spaced.replace("“", '"').replace("”", '"').replace("\n", "\r\n")


@pytest.mark.parametrize("change", [renumbered, respaced])
@pytest.mark.parametrize("name", NAMES)
def test_white_space_quotes_and_numbers_of_headings_do_not_matter(
    name: str, change: Callable[[str], str]
) -> None:
    text = source(name)
    changed = change(text)
    assert changed != text
    one, other = ([each.fingerprint for each in findings(each)] for each in (text, changed))
    assert one == other


@pytest.mark.parametrize("name", NAMES)
def test_the_width_of_digits_and_punctuation_does_not_matter(name: str) -> None:
    text = source(name)
    wide = text.translate({ord(narrow): ord(narrow) + 0xFEE0 for narrow in "0123456789%."})
    wide = re.sub(r"\.(?=[0-9])", ".", wide)
    one, other = ({each.fingerprint for each in findings(each)} for each in (text, wide))
    assert len(one & other) >= len(one) - 1
    assert len(other) <= len(one)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_a_document_in_another_format_has_the_same_fingerprints(
    tmp_path: Path, name: str, suffix: str
) -> None:
    report = read(source(name))
    made = {".docx": word_document, ".html": web_page}[suffix](report.document)
    path = tmp_path / f"决算{suffix}"
    path.write_bytes(made)
    other = [(each.code, each.fingerprint) for each in check(path).findings]
    assert other == [(each.code, each.fingerprint) for each in findings(source(name))]


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def test_the_second_of_two_equal_sentences_is_known_by_its_section_once_the_first_is_mended() -> (
    None
):
    first, second = findings(TWICE)
    assert key(first) == key(second)
    assert first.fingerprint != second.fingerprint
    head, tail = TWICE.split("二、")
    (left,) = findings(f"{head.replace('75.0%', '60.0%')}二、{tail}")
    assert left.fingerprint == second.fingerprint
    (left,) = findings(f"{head}二、{tail.replace('75.0%', '60.0%')}")
    assert left.fingerprint == first.fingerprint


def test_sections_of_one_name_are_told_apart_by_those_around_them() -> None:
    named = TWICE.replace("情况\n", "情况\n\n（一）总体情况\n")
    assert named.count("（一）总体情况") == 2
    second = findings(named)[1].fingerprint
    head, tail = named.split("二、")
    (left,) = findings(f"{head.replace('75.0%', '60.0%')}二、{tail}")
    assert left.fingerprint == second
    renamed = named.replace("第三部分 2031年度部门决算情况说明", "第三部分 情况说明")
    assert [each.fingerprint for each in findings(renamed)] == [
        each.fingerprint for each in findings(named)
    ]


def test_equal_numbers_of_one_sentence_are_told_apart_by_their_order_in_it() -> None:
    text = TWICE.split("公务接待费年初")[0] + (
        "支出合计12.00万元，其中：基本支出3.00万元，占60.0%；项目支出9.00万元，占60.0%。\n"
    )
    both = findings(text)
    assert [each.text for each in both] == ["60.0%", "60.0%"]
    assert both[0].fingerprint != both[1].fingerprint


def test_a_number_written_otherwise_wrong_is_another_finding() -> None:
    (one, _), (other, _) = findings(TWICE), findings(TWICE.replace("75.0%", "76.0%"))
    assert one.fingerprint != other.fingerprint


def test_a_cell_is_known_by_its_table_row_and_column() -> None:
    (cell,) = findings(TABLES)
    assert (cell.code, cell.text) == ("NC401", "45.00")
    for edit in (
        changed(TABLES, ("| 2050203 | 初中教育 | 30.00 |", "| 2050203 | 初中教育 | 30.0 |")),
        changed(TABLES, ("| 20502 |", "| 20501 | 教育管理事务 | 0.00 | 0.00 | 0.00 |\n| 20502 |")),
        TABLES.replace("\n\n", "\n\n\n"),
    ):
        assert cell.fingerprint in {each.fingerprint for each in findings(edit)}
    elsewhere = TABLES.replace("小学教育 | 45.00", "小学教育 | 40.00").replace(
        "初中教育 | 30.00", "初中教育 | 45.00"
    )
    (other,) = findings(elsewhere)
    assert other.text == cell.text
    assert other.fingerprint != cell.fingerprint
