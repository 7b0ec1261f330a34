"""表内的行次依次相连。

读者按行次说“第几行”。前后两行的行次相连，只有中间一行不相连，就是这一行写错了。

正例：行次1、2、3、4。
反例：行次1、{12}、3、4。

例文：
    2023年度部门决算

    收入支出决算总表

    金额单位：万元

    | 项目 | 行次 | 决算数 |
    | --- | --- | --- |
    | 一、一般公共预算财政拨款收入 | 1 | 60.00 |
    | 二、事业收入 | {12→2} | 30.00 |
    | 三、经营收入 | 3 | 0.00 |
    | 四、其他收入 | 4 | 10.00 |
    | 本年收入合计 | 5 | 100.00 |

    一、收入决算情况说明

    2023年度收入合计100.00万元。
"""

from __future__ import annotations

from collections.abc import Iterator

from narrcheck.document import Cell, Table
from narrcheck.findings import Finding, Severity
from narrcheck.ledger import Ledger
from narrcheck.patterns.tables import compact

CODE = "NC403"
SLUG = "rows-numbered-in-order"
_HEAD = "行次"


def check(ledger: Ledger) -> Iterator[Finding]:
    """The one number of a 行次 column that those above and below it leave no room for."""
    for table in ledger.document.tables:
        for column in range(len(table.rows[0]) if table.rows else 0):
            yield from _column(table, column)


def _column(table: Table, column: int) -> Iterator[Finding]:
    heads = [at for at, row in enumerate(table.rows) if compact(row[column].text) == _HEAD]
    if not heads:
        return
    rows = range(heads[-1] + 1, len(table.rows))
    numbers = {row: _number(table.rows[row][column]) for row in rows}
    for row in rows:
        said, right = numbers[row], _between(numbers, row)
        if said is not None and right is not None and said != right:
            yield _finding(table, row, table.rows[row][column], right)


def _number(cell: Cell) -> int | None:
    text = compact(cell.text)
    return int(text) if text.isdecimal() and len(text) <= 3 else None


def _between(numbers: dict[int, int | None], row: int) -> int | None:
    """The number that three neighbours in order, on both sides of a row, leave for it."""
    two_above, above, below, two_below = (numbers.get(row + by) for by in (-2, -1, 1, 2))
    if above is None or below is None or below - above != 2:
        return None
    in_order = two_above == above - 1 or two_below == below + 1
    return above + 1 if in_order else None


def _finding(table: Table, row: int, cell: Cell, right: int) -> Finding:
    said = compact(cell.text)
    named = f"《{table.title}》" if table.title else "表中"
    message = f"{named}的行次写作{said}，上下两行是{right - 1}和{right + 1}，应为{right}。"
    line = " ".join(dict.fromkeys(each.text for each in table.rows[row] if each.text))
    return Finding(
        CODE,
        SLUG,
        Severity.WARNING,
        message,
        said,
        line,
        cell.where,
        claimed=said,
        expected=str(right),
        suggestion=str(right),
    )
