"""Tables as text exports leave them: merged cells made one, empty cells dropped; which to trust."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from rich.console import Console

from narrcheck.document import Cell, Document, Table, Where
from narrcheck.errors import PatternError
from narrcheck.figure import Figure, TableValue
from narrcheck.load.text import load_text
from narrcheck.patterns.tables import load_tables
from narrcheck.report.listing import write_tables
from narrcheck.tables import distrusted_tables, read_tables
from narrcheck.tables.headers import Header

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = load_tables(ROOT / "patterns" / "tables.toml")
LEFT, ABOVE = "<", "^"  # a cell that the one to the left, or above, reaches over

TABLES = {
    "支出决算表": """
项目\t<\t本年支出合计\t基本支出\t项目支出\t上缴上级支出
科目编码\t科目名称\t^\t^\t^\t^
合计\t<\t311.75\t211.75\t100.00\t
213\t农林水支出\t301.75\t201.75\t100.00\t
21303\t水利\t301.75\t201.75\t100.00\t
2130301\t行政运行\t201.75\t201.75\t\t
2130306\t水利工程运行与维护\t100.00\t\t100.00\t
221\t住房保障支出\t10.00\t10.00\t\t
22102\t住房改革支出\t10.00\t10.00\t\t
2210201\t住房公积金\t10.00\t10.00\t\t
""",
    "收入支出决算总表": """
收入\t<\t<\t支出\t<\t<
项目\t行次\t金额\t项目\t行次\t金额
一、一般公共预算财政拨款收入\t1\t310.50\t一、社会保障和就业支出\t7\t
二、事业收入\t2\t\t二、农林水支出\t8\t301.75
\t3\t\t三、住房保障支出\t9\t10.00
本年收入合计\t4\t310.50\t本年支出合计\t10\t311.75
年初结转和结余\t5\t1.25\t年末结转和结余\t11\t
总计\t6\t311.75\t总计\t12\t311.75
""",
    "一般公共预算财政拨款基本支出决算明细表": """
人员经费\t<\t<\t公用经费\t<\t<\t<\t<\t<
科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数
301\t工资福利支出\t70.00\t302\t商品和服务支出\t9.00\t310\t资本性支出\t1.00
30101\t基本工资\t50.00\t30201\t办公费\t4.00\t31002\t办公设备购置\t1.00
30102\t津贴补贴\t20.00\t30217\t公务接待费\t5.00\t31003\t专用设备购置\t
人员经费合计\t<\t70.00\t公用经费合计\t<\t<\t<\t<\t10.00
""",
    "财政拨款“三公”经费支出决算表": """
预算数\t<\t<\t<\t<\t<\t决算数\t<\t<\t<\t<\t<
合计\t因公出国（境）费\t公务用车购置及运行维护费\t<\t<\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行维护费\t<\t<\t公务接待费
^\t^\t小计\t购置费\t运行维护费\t^\t^\t^\t小计\t购置费\t运行维护费\t^
9.00\t1.00\t5.00\t3.00\t2.00\t3.00\t7.00\t\t4.50\t3.00\t1.50\t2.50
""",
    "一般公共预算财政拨款“三公”经费支出决算表": """
合计\t<\t因公出国（境）费\t<\t公务用车购置及运行维护费\t<\t<\t<\t<\t<\t公务接待费\t<
^\t^\t^\t^\t小计\t<\t公务用车购置费\t<\t公务用车运行费\t<\t^\t^
预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数
9.00\t7.00\t1.00\t0.00\t5.00\t4.50\t3.00\t3.00\t2.00\t1.50\t3.00\t2.50
""",
    "一般公共预算支出预算表": """
科目编码\t科目名称\t合计\t基本支出\t<\t<\t项目支出
^\t^\t^\t小计\t人员经费\t公用经费\t^
\t合计\t40.00\t30.00\t24.00\t6.00\t10.00
213\t农林水支出\t40.00\t30.00\t24.00\t6.00\t10.00
21303\t水利\t40.00\t30.00\t24.00\t6.00\t10.00
2130301\t行政运行\t30.00\t30.00\t24.00\t6.00\t
2130314\t防汛\t10.00\t\t\t\t10.00
""",
    "收入预算总表": """
部门代码\t部门名称\t合计\t本年收入\t<\t<\t<\t上年结转结余\t<\t<
^\t^\t^\t小计\t一般公共预算\t政府性基金预算\t事业收入\t小计\t一般公共预算\t政府性基金预算
合计\t<\t12.00\t10.00\t8.00\t1.00\t1.00\t2.00\t1.50\t0.50
309\t云溪县水务局\t12.00\t10.00\t8.00\t1.00\t1.00\t2.00\t1.50\t0.50
""",
    "政府性基金预算财政拨款收入支出决算表": """
项目\t<\t<\t<\t年初结转和结余\t本年收入\t本年支出\t<\t<\t年末结转和结余
科目编码\t<\t<\t科目名称\t^\t^\t小计\t基本支出\t项目支出\t^
类\t款\t项\t^\t^\t^\t^\t^\t^\t^
合计\t<\t<\t<\t1.00\t9.00\t8.00\t\t8.00\t2.00
2120804\t<\t<\t农村基础设施建设支出\t1.00\t9.00\t8.00\t\t8.00\t2.00
""",
}


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.strip("\n").split("\n")]


def as_grid(title: str, text: str) -> Table:
    """The table as a file gives it that says how far each cell reaches."""
    rows = cells(text)
    across: Counter[tuple[int, int]] = Counter()
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            owner = {LEFT: (r, c - 1), ABOVE: (r - 1, c)}.get(cell, (r, c))
            owners[r, c] = owners.get(owner, owner)
            across[owners[r, c]] += owners[r, c][0] == r
    made = {
        (r, c): Cell(rows[r][c], Where(100 * r + c, 100 * r + c + 1), columns=max(across[r, c], 1))
        for r, c in set(owners.values())
    }
    grid = tuple(tuple(made[owners[r, c]] for c in range(len(row))) for r, row in enumerate(rows))
    return Table(title, "", "万元", grid, Where(0, 1))


def all_made_one(row: tuple[Cell, ...], above: tuple[Cell, ...]) -> list[str]:
    """A row of which only the cells that begin there are left: the words on a page, copied."""
    return [
        cell.text for place, cell in enumerate(row) if cell not in above and cell not in row[:place]
    ]


def empty_below(row: tuple[Cell, ...], above: tuple[Cell, ...]) -> list[str]:
    """As a word processor keeps it: a cell merged downwards leaves an empty one."""
    return [
        "" if cell in above else cell.text
        for place, cell in enumerate(row)
        if cell not in row[:place]
    ]


def empty_everywhere(row: tuple[Cell, ...], above: tuple[Cell, ...]) -> list[str]:
    """A cell at each place, with the text where the merged cell begins."""
    return [
        "" if cell in above or cell in row[:place] else cell.text for place, cell in enumerate(row)
    ]


EXPORTS = {
    "one": all_made_one,
    "below": empty_below,
    "everywhere": empty_everywhere,
}


def export_rows(title: str, text: str, export: str) -> list[list[str]]:
    grid = as_grid(title, text).rows
    return [EXPORTS[export](row, above) for above, row in zip(((), *grid), grid, strict=False)]


def as_text(
    title: str, text: str, export: str = "one", *, cut: bool = False, bars: bool = False
) -> Document:
    """The table in a text file; ``cut``: without empty cells at ends; ``bars``: in Markdown."""
    rows = export_rows(title, text, export)
    if bars:
        width = max(map(len, rows))
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
    else:
        lines = ["\t".join(row) for row in rows]
        lines = [line.rstrip("\t") for line in lines] if cut else lines
    head = f"2031年度部门决算\n\n{title}\n\n金额单位：万元\n\n"
    return load_text("表.txt", "", f"{head}{chr(10).join(lines)}\n".encode())


def as_document(table: Table) -> Document:
    kind = "预算" if "预算" in table.title and "决算" not in table.title else "决算"
    return Document("", "", kind, "云溪县水务局", 2031, "", (0,), (), (), (), (table,))


def figures(document: Document) -> Counter[tuple[Figure, Decimal]]:
    values = read_tables(replace(document, year=2031, unit="云溪县水务局"), PATTERNS)
    return Counter((value.figure, value.quantity.value) for value in values if value.figure)


def read_grid(title: str, text: str) -> tuple[TableValue, ...]:
    return read_tables(as_document(as_grid(title, text)), PATTERNS)


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("title", TABLES)
def test_an_export_says_the_same_as_the_grid_with_its_merged_cells(title: str, export: str) -> None:
    grid = as_document(as_grid(title, TABLES[title]))
    expected = figures(grid)
    assert len(expected) > 5
    document = replace(as_text(title, TABLES[title], export), kind=grid.kind)
    assert figures(document) == expected
    piped = figures(replace(as_text(title, TABLES[title], export, bars=True), kind=grid.kind))
    assert not piped - expected  # rows made equally long do not tell what was merged in each
    assert len(piped) * 2 > len(expected) or "类" in TABLES[title]


@pytest.mark.parametrize("title", TABLES)
def test_what_an_export_without_empty_ends_says_is_right(title: str) -> None:
    grid = as_document(as_grid(title, TABLES[title]))
    found = figures(replace(as_text(title, TABLES[title], cut=True), kind=grid.kind))
    assert not found - figures(grid)


def test_rows_whose_empty_ends_were_cut_off_are_read() -> None:
    title = "支出决算表"
    found = figures(as_text(title, TABLES[title], cut=True))
    assert len(found) > 30
    assert not found - figures(as_document(as_grid(title, TABLES[title])))


def test_a_row_that_lost_an_empty_cell_between_others_has_no_figures() -> None:
    text = TABLES["支出决算表"].replace(
        "水利工程运行与维护\t100.00\t\t100.00\t", "维护\t100.00\t100.00"
    )
    document = as_text("支出决算表", text)
    values = read_tables(document, PATTERNS)
    assert {value.row_name: value.figure for value in values}["2130306 维护"] is None
    assert {str(each) for each, _ in figures(document)} >= {"2130301 行政运行", "支出合计"}


def test_nothing_is_read_by_position_where_empty_cells_are_dropped_throughout() -> None:
    title = "支出决算表"
    rows = [[each for each in row if each] for row in export_rows(title, TABLES[title], "one")]
    text = "\n".join("\t".join(row) for row in rows)
    found = figures(as_text(title, text))
    assert not found - figures(as_document(as_grid(title, TABLES[title])))


def test_a_total_without_its_merged_name_is_aligned_from_the_right() -> None:
    text = """
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t30.00\t20.00\t10.00
213\t农林水支出\t30.00\t20.00\t10.00
"""
    found = {
        figure.item: value
        for figure, value in figures(as_text("支出总表", text))
        if not figure.code
    }
    assert found == {"支出合计": 30, "基本支出": 20, "项目支出": 10}


def test_sums_tell_which_of_two_headers_is_the_right_one() -> None:
    text = """
科目编码\t科目名称\t合计\t基本支出\t项目支出\t<
^\t^\t^\t^\t小计\t其中：基建投资
\t合计\t40.00\t30.00\t10.00\t4.00
2130301\t行政运行\t30.00\t30.00\t\t
2130314\t防汛\t10.00\t\t10.00\t4.00
"""
    found = figures(as_text("支出总表", text))
    assert found == figures(as_document(as_grid("支出总表", text)))
    assert {(figure.item, value) for figure, value in found if not figure.code} == {
        *(("支出合计", Decimal(40)), ("基本支出", Decimal(30)), ("项目支出", Decimal(10))),
    }


def test_a_header_that_may_mean_two_things_means_none() -> None:
    text = """
科目编码\t科目名称\t合计\t基本支出\t项目支出\t<
^\t^\t^\t^\t小计\t其中：基建投资
\t合计\t0.00\t0.00\t0.00\t0.00
2130301\t行政运行\t0.00\t0.00\t0.00\t0.00
"""
    document = as_text("支出总表", text)
    assert not figures(document)
    assert distrusted_tables(document, PATTERNS) == {0}


def test_a_header_of_labels_that_nobody_knows_is_not_guessed() -> None:
    text = """
科目编码\t科目名称\t合计\t甲类\t乙类
子类\t丑类\t寅类
2130301\t行政运行\t30.00\t20.00\t5.00\t5.00
2130314\t防汛\t10.00\t4.00\t3.00\t3.00
"""
    document = as_text("支出总表", text)
    assert not figures(document)
    assert {each.quantity.value for each in read_tables(document, PATTERNS)} >= {30, 20, 10}


def test_labels_that_never_stand_over_one_another_make_a_table_doubtful() -> None:
    text = """
单位名称\t三公经费合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
小计\t公务用车购置费\t公务用车运行费\t\t\t\t
云溪县水务局\t3.00\t0.00\t1.00\t0.00\t1.00\t2.00
"""
    assert not figures(as_text("一般公共预算“三公”经费支出表", text, "everywhere"))


def changed(text: str, **cells_of_rows: str) -> str:
    """The table with other rows in place of those whose name is given."""
    lines = text.split("\n")
    for name, row in cells_of_rows.items():
        lines = [row if re.search(rf"(^|\t){name}\t", line) else line for line in lines]
    return "\n".join(lines)


@pytest.mark.parametrize("title", TABLES)
def test_a_wrong_cell_makes_no_table_untrusted(title: str) -> None:
    table = as_grid(title, TABLES[title])
    values = [each for each in read_tables(as_document(table), PATTERNS) if each.figure]
    for value in values:
        if value.quantity.is_zero:
            continue
        rows = [list(row) for row in table.rows]
        cell = rows[value.row][value.column]
        rows[value.row][value.column] = replace(cell, text=f"8{cell.text}")
        wrong = replace(table, rows=tuple(map(tuple, rows)))
        read = read_tables(as_document(wrong), PATTERNS)
        assert sum(each.figure is not None for each in read) == len(values)
        assert not distrusted_tables(as_document(wrong), PATTERNS)


def test_two_wrong_cells_make_no_table_untrusted() -> None:
    text = changed(
        TABLES["支出决算表"],
        行政运行="2130301\t行政运行\t999.99\t201.75\t\t",
        水利="21303\t水利\t301.75\t1.00\t100.00\t",
    )
    assert all(value.figure for value in read_grid("支出决算表", text))
    assert figures(as_text("支出决算表", text)) == figures(as_document(as_grid("支出决算表", text)))


def test_a_table_whose_numbers_stand_one_column_off_is_not_trusted() -> None:
    rows = cells(TABLES["支出决算表"])
    shifted = [row if place < 2 else [*row[:2], *row[3:], ""] for place, row in enumerate(rows)]
    text = "\n".join("\t".join(row) for row in shifted)
    document = as_document(as_grid("支出决算表", text))
    values = read_tables(document, PATTERNS)
    assert distrusted_tables(document, PATTERNS) == {0}
    assert {value.figure for value in values} == {None}
    first = values[0]
    assert (first.row_name, first.column_name, first.quantity.text) == (
        *("合计", "本年支出合计", "211.75万元"),
    )


def test_words_under_amounts_make_a_table_untrusted() -> None:
    rows = cells(TABLES["支出决算表"])
    text = "\n".join("\t".join([*row[:2], "按进度", *row[3:]]) for row in rows[3:])
    header = "\n".join("\t".join(row) for row in rows[:3])
    assert not figures(as_document(as_grid("支出决算表", f"{header}\n{text}")))


def test_a_table_of_nothing_but_zeros_stays_as_it_is() -> None:
    text = re.sub(r"\d+\.\d\d", "0.00", TABLES["支出决算表"])
    values = read_grid("支出决算表", text)
    assert len(values) == 32
    assert all(value.figure for value in values)


def test_rounding_is_no_reason_for_distrust() -> None:
    text = """
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1.00\t0.67\t0.34
2130301\t行政运行\t0.34\t0.33\t0.00
2130302\t一般行政管理事务\t0.33\t0.34\t0.00
2130314\t防汛\t0.33\t0.00\t0.34
2130399\t其他水利支出\t0.01\t0.01\t0.01
"""
    assert all(value.figure for value in read_grid("支出总表", text))


def test_the_list_of_tables_tells_which_was_not_taken() -> None:
    document = as_text("支出总表", "甲类\t乙类\n子类\t丑类\t寅类\t合计\n1.00\t2.00\t3.00\t4.00\n")
    console = Console(width=100, record=True, color_system=None, quiet=True)
    with console.capture() as capture:
        console.quiet = False
        write_tables(
            document,
            read_tables(document, PATTERNS),
            console,
            values=False,
            distrusted=distrusted_tables(document, PATTERNS),
        )
    assert "表头与数据对不上，未采用" in capture.get()


@pytest.mark.parametrize("labels", ["类款项", "收支", "甲乙丙丁戊己"])
def test_a_monstrous_header_is_given_up_soon(labels: str) -> None:
    known = {"类": "类", "款": "款", "项": "项", "收": "收入", "支": "支出"}
    row = tuple(known.get(label, label) for label in labels * 20)[:30]
    started = time.perf_counter()
    for strangers in (False, True):
        header = Header((row, row, row[:15]), PATTERNS, strangers)
        assert len(list(islice(header.columns(40), 100))) <= 100
    assert time.perf_counter() - started < 5


def test_a_label_may_only_stand_over_labels_that_there_are(tmp_path: Path) -> None:
    for name in ("tables.toml", "table_labels.toml"):
        text = (ROOT / "patterns" / name).read_text(encoding="utf-8")
        text = text.replace('below = "code"\n', 'below = "code|没有的"\n')
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PatternError, match="没有的"):
        load_tables(tmp_path / "tables.toml")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("项目", "科目编码"),
        ("项目", "科目名称"),
        ("科目编码", "款"),
        ("本年支出", "小计"),
        ("基本支出", "人员经费"),
        ("公务用车购置及运行维护费", "购置费"),
        ("预算数", "公务接待费"),
        ("2030年决算数", "合计"),
        ("收入", "行次"),
        ("人员经费", "金额"),
    ],
)
def test_what_stands_over_what_is_known(upper: str, lower: str) -> None:
    assert PATTERNS.may_stand_over(upper, lower)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("项目", "小计"),
        ("合计", "基本支出"),
        ("基本支出", "项目支出"),
        ("三公经费合计", "购置费"),
        ("公务接待费", "小计"),
        ("甲", "乙"),
    ],
)
def test_what_never_stands_over_what_is_known(upper: str, lower: str) -> None:
    assert not PATTERNS.may_stand_over(upper, lower)
