"""The sums a known table prints: wholes and their parts, along its rows and down its columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from narrcheck.figure import TableValue
from narrcheck.patterns.tables import TablePattern
from narrcheck.tables.figures import FUND_INCOME
from narrcheck.tables.layout import LISTED, Layout
from narrcheck.tables.proofs import Sum, Way

# What a whole is the sum of: parts without which a table does not show all of it, and others.
# Where a table leaves out a part, that part's own parts stand for it.
PARTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "支出合计": (("基本支出", "项目支出"), ("上缴上级支出", "经营支出", "对附属单位补助支出")),
    "支出总计": (("支出合计",), ("结余分配", "年末结转和结余")),
    "基本支出": (("人员经费", "公用经费"), ()),
    "收入合计": (
        ("财政拨款收入",),
        ("财政专户管理资金收入", "单位资金"),
    ),
    "单位资金": ((), ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")),
    "收入总计": (("收入合计",), ("使用非财政拨款结余", "年初结转和结余")),
    "财政拨款收入": ((), tuple(FUND_INCOME.values())),
    "三公经费": (("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"), ()),
    "公务用车购置及运行维护费": (("公务用车购置费", "公务用车运行维护费"), ()),
}
OWN = "单位资金"
# All of a subject, or of the expenditure, by the year whose money it is.
YEARS = ("当年拨款", ("上年结转", "年初结转和结余"))
NAMES = frozenset(PARTS).union((YEARS[0],), *(names for parts in PARTS.values() for names in parts))
ENDS = frozenset({"收入合计", "收入总计", "支出合计", "支出总计"})
FUNDS = tuple(FUND_INCOME)
STAFF = ("301", "303")  # 工资福利支出 and 对个人和家庭的补助 are the 人员经费


def sums(layout: Layout, pattern: TablePattern, values: Iterable[TableValue]) -> Iterator[Sum]:
    """Every sum among the ``values`` of one table whose figures are known.

    Formulas A01–A05 and A30–A34 (总表), A10–A12, A20, A21, A40, A41, A71, A72 (by function),
    A50–A52 (经济分类), A60, A61 (“三公”经费), and F01–F06, the same for budgets.
    """
    values = list(values)
    yield from _across(layout, pattern, values)
    if pattern.layout == "总表":
        yield from _down_items(layout, pattern, values)
    elif pattern.layout == "三公":
        yield from _by_unit(values)
    else:
        for found in _by_column(values, pattern):
            yield from _down_codes(found, pattern)


def _across(layout: Layout, pattern: TablePattern, values: list[TableValue]) -> Iterator[Sum]:
    """The sums within a row of a block; for “三公” items that stand in rows, within a column."""
    lines = _lines(layout, values)
    if pattern.layout == "三公" and all(len(_items(line)) < 2 for line in lines):
        columns: defaultdict[int, list[TableValue]] = defaultdict(list)
        for value in values:
            columns[value.column].append(value)
        lines = list(columns.values())
    ends = {
        value.column: value.figure.item
        for value in values
        if value.figure and value.figure.item in ENDS and not value.figure.code
    }
    for line in lines:
        complete = all(
            value.figure or value.quantity.is_zero or _is_of_which(value) for value in line
        )
        for found in _by_sort(line, pattern.fund):
            roles = {_role(value, pattern, ends): value for value in found}
            yield from _tree(roles, Way.ACROSS, complete=complete and len(roles) == len(found))
            yield from _by_years(roles, complete=complete)
        yield from _by_funds(line, Way.ACROSS)


def _by_unit(values: list[TableValue]) -> Iterator[Sum]:
    """The sums of a “三公” table that gives each unit a row below that of all units together.

    A blank is nothing. Units of several levels do not add up in most columns: this says nothing.
    """
    wholes = {each.column: each for each in values if each.figure}
    top = {each.row for each in wholes.values()}
    if len(top) != 1 or any(not each.figure and each.row < min(top) for each in values):
        return
    units: defaultdict[int, dict[int, TableValue]] = defaultdict(dict)
    for each in (value for value in values if not value.figure and value.column in wholes):
        units[each.row][each.column] = each
    down = [
        Sum(Way.DOWN, whole, tuple(row[column] for row in units.values() if column in row))
        for column, whole in wholes.items()
    ]
    if len(units) < 2 or sum(each.fits for each in down) * 2 <= len(down):
        return
    yield from down
    items = {each.figure.item: column for column, each in wholes.items() if each.figure}
    for item, column in items.items():
        parts = [items.get(part, -1) for part in PARTS.get(item, ((), ()))[0]]
        for row in units.values() if parts and -1 not in parts else ():
            if column in row and not row.keys().isdisjoint(parts):
                found = tuple(row[part] for part in parts if part in row)
                yield Sum(Way.ACROSS, row[column], found)


def _by_column(values: Iterable[TableValue], pattern: TablePattern) -> list[list[TableValue]]:
    """The values of each column; in 经济分类, whose subjects fill several, of those that say one.

    A total goes with the columns of the subjects it adds up.
    """
    found: defaultdict[object, list[TableValue]] = defaultdict(list)
    kinds = {
        value.column: (value.figure.measure, value.figure.year, value.figure.part)
        for value in values
        if pattern.layout == "经济分类" and value.figure and value.figure.code
    }
    for value in values:
        found[kinds.get(value.column, value.column)].append(value)
    return list(found.values())


def _lines(layout: Layout, values: Iterable[TableValue]) -> list[list[TableValue]]:
    """The values of each row of each block."""
    block_of = {
        column.index: number
        for number, block in enumerate(layout.blocks)
        for column in block.amounts
    }
    lines: defaultdict[tuple[int, int], list[TableValue]] = defaultdict(list)
    for value in values:
        lines[value.row, block_of[value.column]].append(value)
    return list(lines.values())


def _items(values: Iterable[TableValue]) -> set[str]:
    return {value.figure.item for value in values if value.figure}


def _is_of_which(value: TableValue) -> bool:
    """Whether a column says that it shows some of the one beside it."""
    return value.column_name.rpartition(" / ")[2].startswith("其中")


def _by_sort(values: Iterable[TableValue], fund: str) -> list[list[TableValue]]:
    """The values of figures of one fund, apart by measure and year."""
    found: defaultdict[tuple[str, int | None], list[TableValue]] = defaultdict(list)
    for value in values:
        if value.figure and value.figure.fund == fund:
            found[value.figure.measure, value.figure.year].append(value)
    return list(found.values())


def _role(value: TableValue, pattern: TablePattern, ends: Mapping[int, str]) -> str:
    """What a value is within its row: the part of a subject that it shows, or an item."""
    figure = value.figure
    assert figure is not None
    if figure.part or figure.item in NAMES:
        return figure.part or figure.item
    if pattern.layout == "经济分类":
        return "基本支出"
    income = figure.measure.startswith("收入")
    return ends.get(value.column, "收入合计" if income else "支出合计")


def _tree(roles: Mapping[str, TableValue], way: Way, *, complete: bool) -> Iterator[Sum]:
    """Every whole among ``roles`` with its parts; ``complete``: no other number stands there."""
    clear = _is_clear(roles)
    for name, whole in roles.items():
        if name == OWN and not clear:
            continue
        needed, others = PARTS.get(name, ((), ()))
        found = [roles[part] for each in (*needed, *others) for part in _shown(each, roles)]
        if found:
            all_shown = all(_shown(part, roles) for part in needed)
            yield Sum(way, whole, tuple(found), at_most=not (complete and clear and all_shown))


def _is_clear(roles: Mapping[str, TableValue]) -> bool:
    """Whether 事业收入 and others do not stand beside 单位资金 whose parts they may be."""
    parts = [roles[name] for name in PARTS[OWN][1] if name in roles]
    return OWN not in roles or all(OWN in part.column_name for part in parts)


def _by_years(roles: Mapping[str, TableValue], *, complete: bool) -> Iterator[Sum]:
    """支出合计, what of it is this year's money and what was carried over."""
    left = next((roles[name] for name in YEARS[1] if name in roles), None)
    if left and YEARS[0] in roles and "支出合计" in roles:
        parts = (roles[YEARS[0]], left)
        yield Sum(Way.ACROSS, roles["支出合计"], parts, at_most=not complete)


def _shown(name: str, roles: Mapping[str, TableValue]) -> list[str]:
    """The item itself where it is shown, else those of its parts that are."""
    if name in roles:
        return [name]
    needed, others = PARTS.get(name, ((), ()))
    return [part for each in (*needed, *others) for part in _shown(each, roles)]


def _by_funds(values: Iterable[TableValue], way: Way) -> Iterator[Sum]:
    """The whole of an item, and what each fund gives of it."""
    found: defaultdict[tuple[object, ...], dict[str, TableValue]] = defaultdict(dict)
    for value in values:
        if figure := value.figure:
            key = (figure.item, figure.code, figure.part, figure.measure, figure.year)
            found[key].setdefault(figure.fund, value)
    for by_fund in found.values():
        parts = tuple(by_fund[fund] for fund in FUNDS if fund in by_fund)
        for fund in ("财政拨款", "全部"):
            if fund in by_fund and parts:
                whole = fund == "财政拨款" and len(parts) > 1
                yield Sum(way, by_fund[fund], parts, at_most=not whole)


def _down_items(layout: Layout, pattern: TablePattern, values: list[TableValue]) -> Iterator[Sum]:
    """The sums of a 总表, whose items stand in rows."""
    for column in sorted({value.column for value in values}):
        below = [value for value in values if value.column == column]
        yield from _by_funds(below, Way.DOWN)
        yield from _classes(layout, below)
    for found in _by_sort(values, pattern.fund):
        roles = {
            value.figure.item: value
            for value in found
            if value.figure and value.figure.item in NAMES
        }
        columns = {value.column for value in roles.values()}
        complete = all(
            value.figure and (value.figure.item in NAMES or value.quantity.is_zero)
            for value in values
            if value.column in columns
        )
        yield from _tree(roles, Way.DOWN, complete=complete)
        if "收入总计" in roles and "支出总计" in roles:
            yield Sum(Way.DOWN, roles["收入总计"], (roles["支出总计"],))


def _classes(layout: Layout, values: list[TableValue]) -> Iterator[Sum]:
    """本年支出合计 and the 类 above it, where it is certain which rows are 类."""
    subjects: list[TableValue] = []
    for value in values:
        figure = value.figure
        if figure is None or (value.quantity.is_zero and figure.item != "支出合计"):
            continue
        if figure.item in PARTS["支出合计"][0]:
            return  # by their nature, not by function
        if figure.item == "支出合计":
            numbered = [each for each in subjects if _is_numbered(layout, each)]
            coded = all(each.figure and each.figure.code for each in subjects)
            classes = [each for each in subjects if each.figure and len(each.figure.code) == 3]
            found = classes if coded else numbered
            if found:
                yield Sum(Way.DOWN, value, tuple(found))
            return
        if figure.item not in NAMES:
            subjects.append(value)


def _is_numbered(layout: Layout, value: TableValue) -> bool:
    """Whether the name of a value's row is numbered 一、二、."""
    for block in layout.blocks:
        if any(column.index == value.column for column in block.amounts):
            texts = (layout.texts[value.row][column.index] for column in block.labels)
            return any(LISTED.fullmatch(text) for text in texts)
    return False


def _down_codes(values: list[TableValue], pattern: TablePattern) -> Iterator[Sum]:
    """类 = Σ款 = Σ项, and the totals over them; nothing where a subject stands there twice."""
    coded = [value for value in values if value.figure and value.figure.code]
    by_code = {value.figure.code: value for value in coded if value.figure}
    if len(by_code) < len(coded) or any(value.figure is None for value in values):
        return
    children: defaultdict[str, list[TableValue]] = defaultdict(list)
    for code, value in by_code.items():
        above = (code[:digits] for digits in range(len(code) - 2, 2, -2))
        children[next((each for each in above if each in by_code), "")].append(value)
    tops = children.pop("", [])
    for code, below in children.items():
        yield Sum(Way.DOWN, by_code[code], tuple(below))
    parts = {value.figure.part for value in tops if value.figure}
    columns = {value.column for value in coded}
    for value in values:
        figure = value.figure
        if figure is None or figure.code or value.column not in columns:
            continue
        below = tops
        if figure.item in ("人员经费", "公用经费") and parts == {""}:
            staff = figure.item == "人员经费"
            below = [each for each in tops if _is_staff(each) is staff]
        if below and (
            figure.item in {*ENDS, *parts, "基本支出", pattern.item} or below is not tops
        ):
            yield Sum(Way.DOWN, value, tuple(below))


def _is_staff(value: TableValue) -> bool:
    return value.figure is not None and value.figure.code in STAFF
