"""Finds how far the cells of a header reach whose merged cells a text export made single ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from operator import or_
from typing import TypeAlias

from narrcheck.patterns.tables import TablePatterns
from narrcheck.tables.layout import COLUMN_ROLES, LABEL_KINDS

Path: TypeAlias = tuple[tuple[int, int], ...]  # (header row, cell) from the outermost label down
Paths: TypeAlias = tuple[Path, ...]
Split: TypeAlias = tuple[int, ...]  # how many cells of the next row stand under each label

MOST = 50  # ways that are followed up; there is no real header of so many
LONGEST, DEEPEST = 40, 5  # cells in a row and rows of the headers that are looked into
WIDEST = 3  # columns (类、款、项) that one label of codes or names reaches over


@dataclass(frozen=True, slots=True)
class Header:
    """The labels of a header's rows, without the cells that merging left out.

    A cell of a lower row stands under one cell above it, side by side with those that share it.
    Which labels may stand so is known from table_labels.toml. One that is not known may follow a
    known one under 资金来源 and the like; with ``strangers`` under any, and over 小计 and others.
    """

    rows: tuple[tuple[str, ...], ...]
    patterns: TablePatterns
    strangers: bool = False

    def columns(self, width: int, *, wide_names: bool = True) -> Iterator[Paths]:
        """Each way to spread the labels over ``width`` columns, as the path of each column.

        With ``wide_names`` one label of names may cover several columns, if need be.
        """
        if max(map(len, self.rows)) > LONGEST or len(self.rows) > DEEPEST:
            return
        grown: list[Paths] = [tuple(((0, cell),) for cell in range(len(self.rows[0])))]
        for row in range(1, len(self.rows) - 1):
            wider = (each for paths in grown for each in self._grown(paths, row))
            grown = list(islice(wider, MOST + 1))
            if len(grown) > MOST:
                return
        for missing in range(WIDEST if wide_names else 1):
            found = list(islice(self._last(grown, width - missing), MOST + 1))
            if found:
                for paths in found if len(found) <= MOST else ():
                    yield from self._widened(paths, missing)
                return

    def _last(self, grown: list[Paths], width: int) -> Iterator[Paths]:
        """The columns after the last row, where they are ``width``."""
        last = len(self.rows) - 1
        for paths in grown:
            if last == 0:
                yield from [paths] if len(paths) == width else []
                continue
            parents = len(paths) + sum(map(bool, self.rows[last])) - width
            if 0 <= parents <= len(paths):
                yield from self._grown(paths, last, parents)

    def _grown(self, paths: Paths, row: int, parents: int | None = None) -> Iterator[Paths]:
        """The columns after one more row, which parts ``parents`` of them (None: any number)."""
        for split in islice(self._splits(paths, row, parents), MOST * MOST):
            columns: list[Path] = []
            cell = 0
            for path, count in zip(paths, split, strict=True):
                taken = [at for at in range(cell, cell + count) if self.rows[row][at]]
                columns.extend([(*path, (row, at)) for at in taken] or [path])
                cell += count
            if self._is_even(paths, row, split):
                yield tuple(columns)

    def _splits(self, paths: Paths, row: int, parents: int | None) -> Iterator[Split]:
        """Every way to part a row's cells among the columns, in order.

        A row that keeps the empty cells under labels that reach down has one for each of these.
        """
        cells = self.rows[row]
        keeps_empty = "" in cells[1:]

        @cache
        def counts(at: int, cell: int) -> tuple[int, ...]:
            found = [0] if cell == len(cells) or not keeps_empty else []
            found += [1] if cell < len(cells) and not cells[cell] else []
            filled = takewhile(lambda end: cells[end - 1], range(cell + 1, len(cells) + 1))
            upper = self._label(paths[at])
            return (*found, *(end - cell for end in filled if self._fit(upper, cells[cell:end])))

        def after(cell: int, count: int, left: int | None) -> int | None:
            return None if left is None else left - bool(count and cells[cell])

        @cache
        def works(at: int, cell: int, left: int | None) -> bool:
            if at == len(paths) or (left or 0) < 0:
                return at == len(paths) and cell == len(cells) and not left
            return any(works(at + 1, cell + n, after(cell, n, left)) for n in counts(at, cell))

        def splits(at: int, cell: int, left: int | None) -> Iterator[Split]:
            if at == len(paths):
                yield ()
                return
            for n in counts(at, cell):
                if works(at + 1, cell + n, after(cell, n, left)):
                    for rest in splits(at + 1, cell + n, after(cell, n, left)):
                        yield (n, *rest)

        if works(0, 0, parents):
            yield from splits(0, 0, parents)

    def _label(self, path: Path) -> str:
        row, cell = path[-1]
        return self.rows[row][cell]

    def _fit(self, upper: str, lower: Sequence[str]) -> bool:
        """Whether the labels ``lower``, side by side, may be what ``upper`` is parted into.

        小计 begins the amounts, and others follow. Where columns of names and of amounts are mixed,
        names come first.
        """
        if len(lower) == 1 and lower[0].endswith("计"):
            return False
        names = [self.patterns.label(label, COLUMN_ROLES) is not None for label in lower]
        for place, label in enumerate(lower[1:], start=1):
            if self.patterns.label(label, ("total",)) and not names[place - 1]:
                return False
        if self._is_name(upper):
            return all(names) and len(set(lower)) == len(lower) and self._known(upper, lower)
        if any(names) and (not names[0] or names[-1]):
            return False
        if len(set(lower)) < len(lower) and not names[0]:
            return False
        return self._known(upper, lower)

    def _known(self, upper: str, lower: Sequence[str]) -> bool:
        known = [self.patterns.may_stand_over(upper, label) for label in lower]
        if all(known) or len(lower) < 2:
            return all(known)
        if not self.patterns.meanings(upper):
            return self.strangers and self.patterns.label(lower[0], ("total",)) is not None
        strange = (not self.patterns.meanings(label) for label in lower)
        open_to_all = self.strangers or self.patterns.label(upper, ("group",)) is not None
        return open_to_all and known[0] and all(map(or_, known, strange))

    def _is_even(self, paths: Paths, row: int, split: Split) -> bool:
        """Whether of halves side by side (收入 | 支出) all have columns of names, or none has.

        Where each half has its own, nothing but 备注 stands beside the halves.
        """
        named: dict[Path, set[bool]] = {}
        beside: set[Path] = set()
        cell = 0
        for path, count in zip(paths, split, strict=True):
            lower = [label for label in self.rows[row][cell : cell + count] if label]
            label = self._label(path)
            if not lower and not self._is_remark(label):
                beside.add(path[:-1])
            elif lower and not self._is_name(label):
                names = any(self.patterns.label(each, COLUMN_ROLES) for each in lower)
                if names or not any(self.patterns.label(each, ("group",)) for each in lower):
                    named.setdefault(path[:-1], set()).add(names)
            cell += count
        return all(
            len(sorts) < 2 and not (above in beside and True in sorts)
            for above, sorts in named.items()
        )

    def _is_name(self, label: str) -> bool:
        """Whether a label stands over names or codes, and never over amounts too."""
        group = self.patterns.label(label, ("group",))
        return group is None and self.patterns.label(label, COLUMN_ROLES) is not None

    def _is_remark(self, label: str) -> bool:
        return not label or self.patterns.label(label, ("remark",)) is not None

    def _widened(self, paths: Paths, missing: int) -> Iterator[Paths]:
        """The columns with one of the names' (项目, 科目编码) reaching over ``missing`` more."""
        if not missing:
            yield paths
            return
        for place, path in enumerate(paths):
            label = self._label(path)
            if not label or self.patterns.label(label, LABEL_KINDS):
                yield (*paths[:place], *[path] * missing, *paths[place:])
