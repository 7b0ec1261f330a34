"""Makes the cells of tables of the rules of a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from narrcheck.document import Box
from narrcheck.load.pdf.rules import Rule, Rules

TOUCH = 4.0  # points: a rule that ends this short of another still meets it
NARROW = 4.0  # no row and no column is narrower
OPEN = 8.0  # what sticks out this far is the side of a cell without an outer rule
LEAST_WIDTH = 100.0  # points: rules that part rows are longer than what underlines a word
MARGIN = 10.0  # a column without text that is narrower, at the side, is drawn for its looks
MOST_COLUMNS, MOST_ROWS = 150, 600  # a finer net is a drawing

Place = tuple[int, int]  # row and column of the finest net


@dataclass(frozen=True, slots=True)
class Frame:
    """Rules that meet one another: the box around them and the cells that they part."""

    box: Box
    cells: tuple[Box, ...]


def frames_of(rules: Rules, places: Sequence[tuple[float, float]]) -> list[Frame]:
    """The frames that rules form, the largest first; rules across alone part rows, no columns.

    ``places`` are the middles of characters: rules that stick out of the outermost ones part
    cells there only where something stands.
    """
    frames: list[Frame] = []
    alone: list[Rule] = []
    for across, down in _meeting(rules):
        if across and down:
            frame = _frame(across, down, places)
            frames.extend([frame] if frame else [])
        else:
            alone.extend(across)
    frames.extend(_stacks(alone))
    return sorted(frames, key=lambda frame: area(frame.box), reverse=True)


def _stacks(across: Iterable[Rule]) -> list[Frame]:
    """The rows between rules of the same ends, three or more, one below the other."""
    stacks: list[list[Rule]] = []
    for rule in sorted(across, key=lambda each: each.at):
        for stack in stacks:
            if abs(stack[0].start - rule.start) <= OPEN and abs(stack[0].end - rule.end) <= OPEN:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    frames: list[Frame] = []
    for stack in stacks[:MOST_COLUMNS]:
        if not 3 <= len(stack) <= MOST_ROWS or stack[0].length < LEAST_WIDTH:
            continue
        x0, x1 = stack[0].start, stack[0].end
        cells = tuple((x0, upper.at, x1, lower.at) for upper, lower in pairwise(stack))
        frames.append(Frame((x0, stack[0].at, x1, stack[-1].at), cells))
    return frames


def around(boxes: Sequence[Box]) -> Box:
    """The box around others."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def area(box: Box) -> float:
    """The area of a box, in square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


def _meeting(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules in groups of those that meet, directly or by others."""
    count = len(rules.across)
    parents = list(range(count + len(rules.down)))
    heights = [each.at for each in rules.across]
    for number, rule in enumerate(rules.down, count):
        first = bisect_left(heights, rule.start - TOUCH)
        last = bisect_right(heights, rule.end + TOUCH)
        for index in range(first, last):
            other = rules.across[index]
            if other.start - TOUCH <= rule.at <= other.end + TOUCH:
                _unite(parents, number, index)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number in range(len(parents)):
        across, down = groups.setdefault(_root(parents, number), ([], []))
        if number < count:
            across.append(rules.across[number])
        else:
            down.append(rules.down[number - count])
    return list(groups.values())


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _unite(parents: list[int], one: int, other: int) -> None:
    parents[_root(parents, one)] = _root(parents, other)


def _frame(
    across: Sequence[Rule], down: Sequence[Rule], places: Sequence[tuple[float, float]]
) -> Frame | None:
    """The frame of rules that meet, if they part a net of cells that a table may have."""
    box = (
        min(each.start for each in across),
        min(each.start for each in down),
        max(each.end for each in across),
        max(each.end for each in down),
    )
    inside = [(x, y) for x, y in places if box[0] < x < box[2] and box[1] < y < box[3]]
    if not inside:
        return None
    xs = _places(down, (box[0], box[2]), sorted(x for x, _ in inside))
    ys = _places(across, (box[1], box[3]), sorted(y for _, y in inside))
    if not (2 <= len(xs) <= MOST_COLUMNS and 2 <= len(ys) <= MOST_ROWS):
        return None
    net = Net(tuple(xs), tuple(ys), _parted(down, xs, ys), _parted(across, ys, xs))
    cells = cells_of(net)
    return Frame(around(cells), tuple(cells)) if cells else None


def _places(
    rules: Iterable[Rule], ends: tuple[float, float], printed: Sequence[float]
) -> list[float]:
    """The places of the rules of one direction, with the ends of those that cross them.

    Where these stick out, and something stands there, the table has no outer rule on that side.
    An outermost strip in which nothing stands is no part of it where it is narrow, or closed by
    less than half a rule.
    """
    places: list[float] = []
    lengths: list[float] = []
    for each in sorted(rules, key=lambda rule: rule.at):
        if not places or each.at - places[-1] > NARROW:
            places.append(each.at)
            lengths.append(0.0)
        lengths[-1] += each.length
    start, end = ends
    first, last = 0, len(places) - 1
    longest = max(lengths)
    while first < last and printed[0] > places[first + 1]:
        if places[first + 1] - places[first] >= MARGIN and lengths[first] * 2 >= longest:
            break
        first += 1
    while first < last and printed[-1] < places[last - 1]:
        if places[last] - places[last - 1] >= MARGIN and lengths[last] * 2 >= longest:
            break
        last -= 1
    before = [start] if start < places[0] - OPEN and printed[0] < places[0] else []
    after = [end] if end > places[-1] + OPEN and printed[-1] > places[-1] else []
    return [*before, *places[first : last + 1], *after]


def _parted(rules: Iterable[Rule], places: Sequence[float], others: Sequence[float]) -> set[Place]:
    """Which stretches between ``others`` a rule covers: pairs (place, stretch).

    Half of a stretch is enough: rules may end short of one another.
    """
    found: set[Place] = set()
    for rule in rules:
        near = nearest(places, rule.at)
        first = max(bisect_right(others, rule.start) - 1, 0)
        for stretch in range(first, len(others) - 1):
            if others[stretch] >= rule.end:
                break
            covered = min(rule.end, others[stretch + 1]) - max(rule.start, others[stretch])
            if covered * 2 >= others[stretch + 1] - others[stretch]:
                found.add((near, stretch))
    return found


def nearest(places: Sequence[float], value: float) -> int:
    """The index of the place nearest to ``value``, of places in order."""
    index = bisect_left(places, value)
    return min(
        (each for each in (index - 1, index) if 0 <= each < len(places)),
        key=lambda each: abs(places[each] - value),
    )


@dataclass(frozen=True, slots=True)
class Net:
    """The finest net that rules make.

    ``left`` are the stretches with a rule: pairs (column edge, row), ``above`` pairs (row edge,
    column).
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    left: set[Place]
    above: set[Place]


def cells_of(net: Net) -> list[Box]:
    """The cells of a net, row by row: its places that no rule parts, as rectangles."""
    inside = _inside(net)
    wide = len(net.xs) - 1
    parents = list(range(wide * (len(net.ys) - 1)))
    for row, column in inside:
        if (row, column - 1) in inside and (column, row) not in net.left:
            _unite(parents, row * wide + column, row * wide + column - 1)
        if (row - 1, column) in inside and (row, column) not in net.above:
            _unite(parents, row * wide + column, (row - 1) * wide + column)
    regions: dict[int, list[Place]] = {}
    for row, column in sorted(inside):
        regions.setdefault(_root(parents, row * wide + column), []).append((row, column))
    spans = [span for places in regions.values() for span in _rectangles(places)]
    return [
        (net.xs[left], net.ys[first], net.xs[right], net.ys[last])
        for first, left, last, right in sorted(spans)
    ]


def _inside(net: Net) -> set[Place]:
    """The places of the net that are in the table: closed in on three sides, or from above and
    below. A table may have no outer rule on a side, and none at the end of a page."""
    rows, columns = range(len(net.ys) - 1), range(len(net.xs) - 1)
    across = _between({(column, row) for row, column in net.above})
    down = _between({(row, column) for column, row in net.left})
    inside: set[Place] = set()
    for row in rows:
        left, right = down.get(row, (len(net.xs), -1))
        for column in columns:
            first, last = across.get(column, (len(net.ys), -1))
            above, below = first <= row, last > row
            sides = left <= column and right > column
            if (above and below) or (sides and (above or below)):
                inside.add((row, column))
    return inside


def _between(places: set[Place]) -> dict[int, tuple[int, int]]:
    """The first and the last second number for each first one."""
    found: dict[int, tuple[int, int]] = {}
    for key, value in places:
        first, last = found.get(key, (value, value))
        found[key] = (min(first, value), max(last, value))
    return found


def _rectangles(places: Sequence[Place]) -> list[tuple[int, int, int, int]]:
    """The rectangles (first row, left column, end row, end column) of places in order by row.

    Mostly one; where a rule is missing, one for each run of rows of the same columns.
    """
    if len(places) == 1:
        ((row, column),) = places
        return [(row, column, row + 1, column + 1)]
    done: list[tuple[int, int, int, int]] = []
    growing: dict[Place, tuple[int, int]] = {}  # columns from and to: rows from and to
    for row, of_row in groupby(places, key=lambda place: place[0]):
        going: dict[Place, tuple[int, int]] = {}
        for left, right in _runs([column for _, column in of_row]):
            first, last = growing.get((left, right), (row, row))
            if last == row:
                growing.pop((left, right), None)
            going[left, right] = (first if last == row else row, row + 1)
        done.extend((first, left, last, right) for (left, right), (first, last) in growing.items())
        growing = going
    done.extend((first, left, last, right) for (left, right), (first, last) in growing.items())
    return done


def _runs(columns: Sequence[int]) -> list[Place]:
    """Columns in order as stretches from and to."""
    runs: list[Place] = []
    for column in columns:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs
