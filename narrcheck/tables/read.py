"""Reads every number of a document's tables, with the figure it is about where that is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from narrcheck.document import Document, Table
from narrcheck.figure import TableValue
from narrcheck.patterns.tables import TablePattern, TablePatterns, bare_name, compact
from narrcheck.quantity import Dimension, Unit
from narrcheck.tables.amounts import Said, read_amount, said_by, usual_places
from narrcheck.tables.annexes import annex_proofs
from narrcheck.tables.cells import PrintedNumber, money_unit, read_number
from narrcheck.tables.crossfoot import changes, footed, without_known
from narrcheck.tables.economic import economic_figures
from narrcheck.tables.figures import ECONOMIC, FUNCTIONAL, Figures, Setting
from narrcheck.tables.layout import Layout, lay_out, texts_of
from narrcheck.tables.plain import plain_values
from narrcheck.tables.proofs import NOTHING, Proofs, Sum
from narrcheck.tables.rebuild import Rebuilt, cuts_ends, rebuild
from narrcheck.tables.rows import Labels, read_labels
from narrcheck.tables.sangong import sangong_figures
from narrcheck.tables.scores import score_rows
from narrcheck.tables.splits import with_sums, without_ambiguous
from narrcheck.tables.subjects import subject_figures
from narrcheck.tables.totals import total_figures
from narrcheck.tables.trust import doubts, is_misread, is_proven, told_sums
from narrcheck.tables.wholes import whole_figures

READERS: Mapping[str, Callable[[Layout, Labels, Setting], Figures]] = {
    "总表": total_figures,
    "科目": subject_figures,
    "经济分类": economic_figures,
    "三公": sangong_figures,
    "合计": whole_figures,
}
ANNEX = "附表"


def read_tables(document: Document, patterns: TablePatterns) -> tuple[TableValue, ...]:
    """All amounts of money and counts in the document's tables, table by table, row by row.

    Blank cells of known rows and columns are amounts of 0. A number that is known to be neither
    (a rate, a code, a 行次) is left out, as is one of which no unit is known. The values of a
    known table whose numbers do not bear out its header have no figure. A subject that a table
    splits over several rows has the sum of these as a value more, if all of them prove right.
    """
    return read_with_proofs(document, patterns)[0]


def read_with_proofs(
    document: Document, patterns: TablePatterns
) -> tuple[tuple[TableValue, ...], tuple[Proofs, ...]]:
    """The values as ``read_tables`` gives them, and what each table says of its own numbers."""
    found = _read_all(document, patterns)
    return (
        tuple(value for read in found for value in read.values),
        tuple(read.proofs for read in found),
    )


def known_tables(document: Document, patterns: TablePatterns) -> tuple[TablePattern | None, ...]:
    """Which table each one of the document is, by its title and headers; None where not known.

    One that is empty is known all the same: its notes say why (注：…故本表无数据。).
    """
    return tuple(_recognise(table, texts_of(table), patterns) for table in document.tables)


def distrusted_tables(document: Document, patterns: TablePatterns) -> frozenset[int]:
    """Which tables were known by their titles, but not read: header and numbers do not fit."""
    read = enumerate(_read_all(document, patterns))
    return frozenset(index for index, each in read if each.pattern and not each.trusted)


@dataclass(frozen=True, slots=True)
class _Read:
    """A table with its values; ``trusted`` says whether these may have figures."""

    form: Rebuilt
    pattern: TablePattern | None
    labels: Labels
    trusted: bool
    values: tuple[TableValue, ...] = ()
    proofs: Proofs = NOTHING


def _read_all(document: Document, patterns: TablePatterns) -> list[_Read]:
    """Every table with its values."""
    plain = _Context(document, patterns, {}, cut=cuts_ends(document.tables))
    forms = [_take_apart(index, table, plain) for index, table in enumerate(document.tables)]
    context = replace(plain, codes=_codes(forms))
    return [_with_values(index, form, context) for index, form in enumerate(forms)]


@dataclass(frozen=True, slots=True)
class _Context:
    """What the tables of a document are read with."""

    document: Document
    patterns: TablePatterns
    codes: Mapping[str, frozenset[str]]
    cut: bool

    def known(self, index: int, form: Rebuilt, pattern: TablePattern) -> list[TableValue]:
        """The values of a known table if it is read as ``form``, figures of split subjects too."""
        table = form.layout.table
        labels = _labels(form.layout, pattern)
        figures = READERS[pattern.layout](form.layout, labels, _setting(self, table, pattern))
        placed = {at: each for at, each in figures.items() if at[0] not in form.unplaced}
        unit = money_unit(table.money_unit) or _usual_unit(self.document, table.where.file)
        return _values(index, form.layout, labels, placed, unit, self.patterns)


def _take_apart(index: int, table: Table, context: _Context) -> _Read:
    """The table in the one form that it can be read in; not trusted where there are several."""
    whole = Rebuilt(lay_out(table, context.patterns))
    pattern = _recognise(table, whole.layout.texts, context.patterns)
    if pattern is None or pattern.layout == ANNEX:
        return _Read(whole, pattern, {}, trusted=True)
    forms = list(rebuild(whole.layout, context.patterns, cut=context.cut))
    if len(forms) > 1:
        forms = _told_apart(index, forms, pattern, context)
    form = forms[0] if len(forms) == 1 else whole
    return _Read(form, pattern, _labels(form.layout, pattern), trusted=len(forms) == 1)


def _told_apart(
    index: int, forms: Sequence[Rebuilt], pattern: TablePattern, context: _Context
) -> list[Rebuilt]:
    """The forms that say different things, of which the fewest sums fail and rows are lost."""
    said: dict[object, tuple[Rebuilt, tuple[int, int, bool]]] = {}
    for form in forms:
        values = without_ambiguous(context.known(index, form, pattern))
        key = tuple((each.where, each.figure) for each in values)
        wrong, unproven = doubts(form.layout, pattern, values)
        said.setdefault(key, (form, (wrong, len(form.unplaced), unproven)))
    fewest = min(doubt for _, doubt in said.values())
    return [form for form, doubt in said.values() if doubt == fewest]


def _with_values(index: int, read: _Read, context: _Context) -> _Read:
    """The table with its values, which lose their figures where it proves to be misread."""
    layout, pattern = read.form.layout, read.pattern
    if pattern is None or pattern.layout == ANNEX:
        setting = _setting(context, layout.table, pattern) if pattern else None
        found = plain_values(index, layout, context.patterns, setting)
        proofs = (
            annex_proofs(index, layout, found)
            if pattern
            else Proofs(_proven_sums(index, layout, found, (), context.patterns))
        )
        return replace(read, values=tuple(found), proofs=proofs)
    every = context.known(index, read.form, pattern)
    values = without_ambiguous(every)
    lost = len(read.form.unplaced) * 2 > len(layout.body)
    unproven = read.form.doubtful and not is_proven(layout, pattern, values)
    said = told_sums(layout, pattern, values)
    misread = lost or unproven or is_misread(layout, said, values, context.patterns)
    if misread or not read.trusted:
        shown = tuple(replace(value, figure=None) for value in values)
        return replace(read, trusted=False, values=shown)
    more = _proven_sums(index, layout, values, said, context.patterns)
    return replace(read, values=tuple(with_sums(every)), proofs=Proofs((*said, *more)))


def _proven_sums(
    index: int,
    layout: Layout,
    values: Sequence[TableValue],
    known: Sequence[Sum],
    patterns: TablePatterns,
) -> tuple[Sum, ...]:
    """What most rows or columns of a table prove, beside the sums that its labels tell of."""
    footings = (*footed(layout, values, patterns), *changes(index, layout, values))
    return without_known((*footings, *score_rows(index, layout)), known)


def _labels(layout: Layout, pattern: TablePattern) -> Labels:
    return read_labels(layout, ECONOMIC if pattern.layout == "经济分类" else FUNCTIONAL)


def _recognise(
    table: Table, texts: Iterable[Sequence[str]], patterns: TablePatterns
) -> TablePattern | None:
    words = " ".join(text for row in texts for text in row)
    return patterns.recognise(table.title, words)


def _codes(tables: Iterable[_Read]) -> Mapping[str, frozenset[str]]:
    """The codes that the tables by function, and those by 经济分类, give each name."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for table in tables:
        if table.pattern and table.pattern.layout in ("科目", "经济分类"):
            for label in table.labels.values():
                if label.code and label.name:
                    codes[label.name].add(label.code)
    return {name: frozenset(found) for name, found in codes.items()}


def _setting(context: _Context, table: Table, pattern: TablePattern) -> Setting:
    document, title = context.document, compact(table.title)
    kind = pattern.kind or ("决算" if "决算" in title else document.kind)
    kind = kind or ("预算" if "预算" in title else "决算")
    return Setting(
        pattern=pattern,
        patterns=context.patterns,
        title=title,
        measure=f"{kind}数",
        year=document.year,
        unit=bare_name(document.unit),
        codes=context.codes,
    )


def _usual_unit(document: Document, file: str) -> Unit | None:
    """The unit of money most tables of the same file name, None where none does."""
    tables = [table for table in document.tables if table.where.file == file]
    units = Counter(table.money_unit for table in tables if table.money_unit)
    return money_unit(units.most_common(1)[0][0]) if units else None


def _values(
    index: int,
    layout: Layout,
    labels: Labels,
    figures: Figures,
    unit: Unit | None,
    patterns: TablePatterns,
) -> list[TableValue]:
    """The values of a known table; those whose row or column is not known have no figure."""
    printed = {row: _printed(layout, row) for row in layout.body}
    usual = usual_places(number.places for numbers in printed.values() for number in numbers)
    heads = {
        column.index: (" / ".join(column.path), said_by(patterns, *reversed(column.path)))
        for block in layout.blocks
        for column in block.amounts
    }
    found: list[TableValue] = []
    for row in layout.body:
        for number, block in enumerate(layout.blocks):
            label = labels.get((number, row))
            name = str(label or "")
            of_row = said_by(patterns, label.name, name) if label else Said()
            for column in block.amounts:
                place = (row, column.index)
                heading, of_column = heads[column.index]
                figure = figures.get(place) if label or printed[row] else None
                cell = layout.cell(*place)
                own = of_row.unit_or(of_column, unit)
                quantity = read_amount(cell.text, own, usual, zero=bool(figure))
                if quantity:
                    count = quantity.unit.dimension is Dimension.COUNT
                    meant = count == (of_row.counted or of_column.counted)
                    known = figure if meant else None
                    found.append(
                        TableValue(index, *place, name, heading, quantity, cell.where, known)
                    )
    return found


def _printed(layout: Layout, row: int) -> list[PrintedNumber]:
    """The numbers in the amount columns of a row."""
    columns = [column.index for block in layout.blocks for column in block.amounts]
    read = (read_number(layout.cell(row, column).text) for column in columns)
    return [number for number in read if number]
