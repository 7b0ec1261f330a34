"""Sentences that name several things first and give their numbers in order: 分别为, 各是."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from narrcheck.claims.lexicon import Lexicon
from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.quantities import Number

_SEPARATORS = frozenset("、，,和与及")
_HEADS = ("item", "measure", "year", "fund", "own")
_NUMBERS = frozenset({"money", "percent", "count"})
# Which pattern a distributed number is read by: (it has a direction, its sort).
_PATTERNS = {
    (True, "money"): ("change-of-item", "change"),
    (True, "percent"): ("growth-of-item", "growth"),
    (False, "money"): ("amount-of-item", "amount"),
    (False, "count"): ("count-of-item", "count"),
    (False, "percent"): ("rate", "rate"),
    (False, "share"): ("share", "share"),
    (False, "completion"): ("completion-rate", "completion"),
}
_COMPARING = frozenset({"greater", "less", "at_most", "at_least"})
_ALIKE = ("均", "都")
_COMPLETIONS = ("完成率", "执行率", "进度")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of the paragraph with its types; characters, half-open."""

    start: int
    end: int
    text: str
    types: frozenset[str]
    number: Number | None = None


Head = tuple[Capture, ...]


def distribute(
    tokens: Sequence[Token], matches: Sequence[Match], lexicon: Lexicon
) -> tuple[Match, ...]:
    """The matches, those over a list of names and numbers replaced by one a pair."""
    made: list[Match] = []
    spans: list[range] = []
    heads: list[Head] = []
    for at, token in enumerate(tokens):
        if "each" not in token.types:
            continue
        middle, numbers = _numbers_after(tokens, at + 1)
        alike = token.text.startswith(_ALIKE) and len(numbers) == 1
        first, found = _heads_before(tokens, at, None if alike else len(numbers), lexicon)
        if alike:
            numbers = numbers * len(found)
        heads = found or _heads_stated(tokens, at, len(numbers), matches) or heads
        before = [] if found else _clause_before(tokens, at)
        said = [_of_measure(head, before) for head in heads]
        pairs = list(_pairs(said, [*before, *middle], numbers, lexicon))
        if pairs:
            made.extend(pairs)
            start = tokens[first].start if found else token.start
            spans.append(range(start, numbers[-1].end))
    kept = [m for m in matches if not any(m.start in span or m.end - 1 in span for span in spans)]
    return tuple(sorted([*kept, *made], key=lambda match: match.start))


def _numbers_after(tokens: Sequence[Token], at: int) -> tuple[list[Token], list[Token]]:
    """The words between 分别 and its first number, and the numbers of one sort in a row."""
    middle: list[Token] = []
    while at < len(tokens) and tokens[at].number is None and len(middle) < 8:
        if tokens[at].text in "，。；、":
            return middle, []
        middle.append(tokens[at])
        at += 1
    numbers: list[Token] = []
    while at < len(tokens) and tokens[at].types & _NUMBERS:
        if numbers and tokens[at].types != numbers[0].types:
            break
        numbers.append(tokens[at])
        if at + 1 >= len(tokens) or tokens[at + 1].text not in _SEPARATORS:
            break
        at += 2
    return middle, numbers


def _heads_before(
    tokens: Sequence[Token], at: int, count: int | None, lexicon: Lexicon
) -> tuple[int, list[Head]]:
    """What is named before 分别, in order, and where it begins; nothing where it is not ``count``.

    Any number of things will do where that is None: all of them are as much.

    基本支出、项目支出 are two items; 2030年度、2031年度支出合计 is one in two years; 收、支总计 is
    two by itself.
    """
    elements: list[list[Token]] = [[]]
    first = at
    while first > 0:
        token = tokens[first - 1]
        if token.text in _SEPARATORS and elements[0]:
            elements.insert(0, [])
        elif token.types & set(_HEADS):
            elements[0].insert(0, token)
        else:
            break
        first -= 1
    elements = [element for element in elements if element]
    if len(elements) == 1 and count is not None and count > 1:
        elements = list(_split_same(elements[0], lexicon))
    if len(elements) < 2 or (count is not None and len(elements) != count):
        return first, []
    common = {
        role: [t for element in elements for t in element if role in t.types] for role in _HEADS
    }
    return first, [tuple(_captures(element, common)) for element in elements]


def _heads_stated(
    tokens: Sequence[Token], at: int, count: int, matches: Sequence[Match]
) -> list[Head]:
    """What the amounts just before 分别 are of: 货物1.00万元、服务3.00万元，分别占25%、75%."""
    begin = max((each.end for each in tokens[:at] if each.text in "。；"), default=0)
    stated = [
        tuple(each for each in match.captures if each.role in _HEADS)
        for match in matches
        if begin <= match.start and match.end <= tokens[at].start and match.get("amount")
    ]
    heads = stated[-count:]
    named = all(any(each.role == "item" for each in head) for head in heads)
    return heads if len(heads) == count > 1 and named else []


def _clause_before(tokens: Sequence[Token], at: int) -> list[Token]:
    """The words between the last punctuation and 分别: 预算完成率, 年初预算."""
    first = at
    while first > 0 and tokens[first - 1].number is None and tokens[first - 1].text not in "，。；":
        first -= 1
    return list(tokens[first:at])


def _of_measure(head: Head, before: list[Token]) -> Head:
    """What was named earlier, by the measure that stands before this 分别."""
    measures = [each for each in before if "measure" in each.types]
    if not measures:
        return head
    word = measures[-1]
    kept = tuple(each for each in head if each.role != "measure")
    return (*kept, Capture("measure", word.start, word.end, word.text, None))


def _split_same(element: list[Token], lexicon: Lexicon) -> Iterator[list[Token]]:
    """收、支总计 as 收入总计 and 支出总计, each with the words beside it."""
    for token in element:
        item = lexicon.patterns.words.items.get(token.text) if "item" in token.types else None
        if item is not None and item.same_as:
            others = [each for each in element if each is not token]
            for name in item.same_as:
                yield [*others, Token(token.start, token.end, name, token.types)]
            return


def _captures(element: list[Token], common: dict[str, list[Token]]) -> Iterator[Capture]:
    """What one element says, with what only one of all the elements says for all."""
    for role in ("item", "measure", "year", "fund"):
        own = [token for token in element if role in token.types]
        shared = common[role] if len(common[role]) == 1 else []
        for token in (own or shared)[:1]:
            yield Capture(role, token.start, token.end, token.text, None)


def _pairs(
    heads: list[Head], middle: list[Token], numbers: list[Token], lexicon: Lexicon
) -> Iterator[Match]:
    if len(heads) != len(numbers) or len(numbers) < 2:
        return
    direction = next((t for t in middle if t.types & {"up", "down"}), None)
    if direction is None and any(token.types & _COMPARING for token in middle):
        return  # 分别超出年初预算10.00万元: neither amounts nor changes of a year
    (sort,) = numbers[0].types & _NUMBERS
    if sort == "percent" and any("of" in token.types for token in middle):
        sort = "share"
    elif sort == "percent" and any(token.text.endswith(_COMPLETIONS) for token in middle):
        sort = "completion"
    known = {pattern.id: pattern for pattern in lexicon.patterns.claims}
    name, role = _PATTERNS.get((direction is not None, sort), ("", ""))
    if name not in known:
        return
    whole = [
        Capture(f"whole{suffix}", token.start, token.end, token.text, None)
        for kind, suffix in (("item", ""), ("fund", "_fund"))
        for token in middle
        if kind in token.types
    ]
    for head, number in zip(heads, numbers, strict=True):
        captures = [*head, *(whole if role == "share" else ())]
        if direction is not None:
            word = direction
            captures.append(Capture("direction", word.start, word.end, word.text, None))
        captures.append(Capture(role, number.start, number.end, number.text, number.number))
        yield Match(known[name], number.start, number.end, tuple(captures))
