"""What was read of a document's tables, listed so that a person can hold it against the paper."""

from __future__ import annotations

from collections.abc import Container

from rich.console import Console
from rich.text import Text

from narrcheck.document import Document, Table
from narrcheck.figure import Figure, TableValue
from narrcheck.report.lines import hanging, notice_lines, place, plain


def write_tables(
    document: Document,
    table_values: tuple[TableValue, ...],
    console: Console,
    *,
    values: bool,
    distrusted: Container[int] = (),
) -> None:
    """Print each table of ``document``; with ``values`` also what was read from its cells.

    ``distrusted`` are those whose header does not fit their numbers.
    """
    for line in notice_lines(document, console.width):
        console.print(line, soft_wrap=True)
    for index, table in enumerate(document.tables):
        read = [each for each in table_values if each.table == index]
        known = sum(each.figure is not None for each in read)
        sort = f"认得 {known} 个" if known else "普通表"
        sort = "表头与数据对不上，未采用" if index in distrusted else sort
        for line in _table(index + 1, table, len(read), sort, console.width):
            console.print(line, soft_wrap=True)
        for each in read if values else ():
            for line in hanging("       ", Text(_value(each)), console.width):
                console.print(line, soft_wrap=True)
    if not document.tables:
        console.print("没有读到表格。")


def _table(nth: int, table: Table, count: int, sort: str, width: int) -> list[Text]:
    number = f"（{plain(table.number)}）" if table.number else ""
    across = len(table.rows[0]) if table.rows else 0
    facts = [
        f"单位：{plain(table.money_unit)}" if table.money_unit else "未注明单位",
        place(table.where),
        f"{len(table.rows)} 行×{across} 列",
        f"值 {count} 个",
        sort,
    ]
    title = Text.assemble((plain(table.title) or "（无题名）", "bold"), number)
    rest = Text("  ".join(each for each in facts if each), style="dim")
    return [*hanging(f"{nth:>3}  ", title, width), *hanging("     ", rest, width)]


def _value(value: TableValue) -> str:
    cell = f"{plain(value.row_name)} · {plain(value.column_name)} = {plain(value.quantity.text)}"
    return f"{cell}  [{figure_facts(value.figure)}]" if value.figure else cell


def figure_facts(figure: Figure) -> str:
    """A figure on one line: ``2010301 行政运行 · 决算数 · 2023年 · 一般公共预算``."""
    year = f"{figure.year}年" if figure.year else ""
    facts = (str(figure), figure.measure, year, figure.fund)
    return plain(" · ".join(each for each in facts if each))
