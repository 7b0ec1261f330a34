"""Figures of the 总表: items in rows, income and expenditure side by side."""

from __future__ import annotations

from dataclasses import dataclass

from narrcheck.tables.figures import FUND_INCOME, Figures, Heading, Setting, read_headings
from narrcheck.tables.layout import Layout
from narrcheck.tables.rows import Labels, RowLabel

CARRIED = ("年初结转和结余", "年末结转和结余")
ROW_ROLES = ("total", "fund", "item")


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row of one half is: an item with the fund its name gives, or a subject."""

    item: str
    fund: str = ""
    code: str = ""


def total_figures(layout: Layout, labels: Labels, setting: Setting) -> Figures:
    """The figure of each amount of a 总表, by (row, column)."""
    figures: Figures = {}
    for number, block in enumerate(layout.blocks):
        rows = {row: labels[number, row] for row in layout.body if (number, row) in labels}
        side = _side(" ".join(block.title), rows, number)
        meanings = _read_rows(rows, side, setting)
        for column, heading in read_headings(block, setting).items():
            for row, meaning in meanings.items() if not heading.item else ():
                _add(figures, (row, column), meaning, heading, setting)
    return figures


def _add(
    figures: Figures, place: tuple[int, int], row: _Row, heading: Heading, setting: Setting
) -> None:
    if row.fund and heading.fund and row.fund != heading.fund:
        return  # 其中：政府性基金 in the column of 一般公共预算 means nothing
    figures[place] = setting.figure(row.item, heading, fund=row.fund, code=row.code)


def _side(title: str, rows: dict[int, RowLabel], number: int) -> str:
    """收入 or 支出: as the header says, else as the rows say, else the first half is 收入."""
    if ("收入" in title) != ("支出" in title):
        return "收入" if "收入" in title else "支出"
    names = [label.name for label in rows.values()]
    for side in ("收入", "支出"):
        if any(name in (f"本年{side}合计", f"{side}总计", f"{side}合计") for name in names):
            return side
    return "收入" if number == 0 else "支出"


def _read_rows(rows: dict[int, RowLabel], side: str, setting: Setting) -> dict[int, _Row]:
    """What each row of one half means; the last of several sums is 总计, however it is called."""
    meanings: dict[int, _Row] = {}
    carried = ""
    summed, whole = _Row(f"{side}合计"), _Row(f"{side}总计")
    ended = any(label.name.endswith("总计") for label in rows.values())
    for row, label in rows.items():
        found = setting.patterns.label(label.name, ROW_ROLES)
        if found and found.role == "fund":
            meanings[row] = _of_fund(found.fund, carried, side, setting)
            continue
        carried = found.item if found and found.item in CARRIED else ""
        again = summed in meanings.values()
        if found and found.role == "item":
            item = _of_item(found.item, setting)
            meanings[row] = whole if item == summed and again and not ended else item
        elif found and label.name.endswith("小计"):
            continue  # of what, is not known
        elif found:
            last = label.name.endswith("总计") or again or not ended
            meanings[row] = whole if last else summed
        elif side == "支出":
            meanings[row] = _Row(label.name, code=label.code or setting.code_of(label.name))
        else:
            meanings[row] = _Row(label.name)
    return meanings


def _of_fund(fund: str, carried: str, side: str, setting: Setting) -> _Row:
    """A row named after a fund: its carried-over money under 年初结转, else its income."""
    if carried:
        return _Row(carried, fund)
    if side == "支出":
        return _Row("支出合计", fund)
    if setting.pattern.fund == "财政拨款":
        return _Row("收入合计", fund)
    return _Row(FUND_INCOME[fund], setting.pattern.fund)


def _of_item(item: str, setting: Setting) -> _Row:
    if item == "财政拨款收入" and setting.pattern.fund == "财政拨款":
        return _Row("收入合计")
    return _Row(item)
