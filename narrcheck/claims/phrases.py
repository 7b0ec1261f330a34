"""The names that no list has: the words before a number, or after a count."""

from __future__ import annotations

import regex

from narrcheck.claims.matches import Capture, Match
from narrcheck.claims.reader import Reader

_SHORT_BRACKET = regex.compile(r"(?<=[\u4e00-\u9fff])（[\u4e00-\u9fff]{1,3}）(?=[\u4e00-\u9fff])")
_CLAUSE_END = regex.compile(r"[，。；：、！？,;:!?（）()]")

# What 支出 is of where these end the words before it: 人员经费, 某某方面的, 其他资金安排
_OTHER_THAN_ALL = ("费", "费用", "的", "资金安排", "收入安排", "拨款安排")
_MOVING = frozenset({"up", "down", "of"})
_LONGEST_VERB = 4  # characters, with white space between them


def phrase_before(position: int, reader: Reader) -> str:
    """The words just before a number, back to the last punctuation or number."""
    # 副部（省）级: a bracket of a few characters is part of a name.
    text = _SHORT_BRACKET.sub(lambda match: "＿" * len(match.group()), reader.text[:position])
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    ends += [number.end for number in reader.numbers if number.end <= position]
    start = max(ends, default=0)
    phrase = without_own(bare("".join(reader.text[start:position].split())), reader)
    if not phrase and start and reader.text[start - 1] in "）)":
        opening = reader.bracket(start - 1)
        return phrase_before(opening, reader) if opening > 0 else ""
    return phrase


def without_own(phrase: str, reader: Reader) -> str:
    """A name without 本部门, 我单位 or the unit's own name before it."""
    types = reader.context.lexicon.types
    beginnings = (phrase[:end] for end in range(len(phrase), 0, -1))
    longest = next((word for word in beginnings if "own" in types.get(word, ())), "")
    return phrase.removeprefix(longest) if len(longest) < len(phrase) else phrase


def phrase_around(capture: Capture, match: Match, reader: Reader) -> str:
    """The name of a number: the words before it, or, for a count, those after it.

    0辆、0万元 is of one name, said before the first.
    """
    name = phrase_before(match.start, reader)
    if name:
        return name
    if match.get("count") is not None:
        after = _CLAUSE_END.search(reader.text, capture.end)
        end = after.start() if after else len(reader.text)
        following = [n.start for n in reader.numbers if capture.end <= n.start < end]
        name = bare("".join(reader.text[capture.end : min(following, default=end)].split()))
    if name:
        return name
    before = [number for number in reader.numbers if number.end <= match.start]
    if before and reader.text[before[-1].end : match.start].strip() in (
        *("、", "，", "和"),
        *("-", "—", "–", "~", "～", "至", "到"),
    ):
        return phrase_before(before[-1].start, reader)
    return ""


def bare(phrase: str) -> str:
    phrase = phrase.removeprefix("其中").removeprefix("包括")
    for word in ("达到", "超过", "共计", "合计", "累计", "为", "共", "约", "是", "达"):
        phrase = phrase.removesuffix(word)
    if phrase in ("-", "—", "–", "~", "～", "至", "到"):
        return ""  # between the ends of a range
    return (
        phrase.strip("\"' ") if "“" in phrase[1:] or "”" in phrase[:-1] else phrase.strip("“”\"' ")
    )


def costs_before(item: Capture, reader: Reader) -> str:
    """What 支出 is spent on, where the words before it say so: 日常公用经费 of 日常公用经费支出."""
    if item.text not in ("支出", "支出数"):
        return ""
    if reader.text[: item.start].rstrip().endswith("累计"):
        return "累计"  # of several years
    name = phrase_before(item.start, reader)
    return name if name.endswith(_OTHER_THAN_ALL) else ""


def moved_before(match: Match, reader: Reader) -> str:
    """The verb that makes an amount another than the item's: 压减 in 压减支出5.00万元, 占."""
    before = "".join(reader.text[max(0, match.start - _LONGEST_VERB) : match.start].split())
    types = reader.context.lexicon.types
    endings = (before[at:] for at in range(len(before)))
    return next((word for word in endings if _MOVING & types.get(word, frozenset())), "")


def after_cause(position: int, reader: Reader) -> bool:
    """Whether a cause is given before a place of its sentence: 主要原因是, 由于."""
    start = reader.starts[reader.sentence_of(position)]
    before = "".join(reader.text[start:position].split())
    return reader.context.lexicon.patterns.words.give_cause(before)


def number_in_clause(position: int, reader: Reader) -> bool:
    """Whether a number with a meaning stands between a place and the next punctuation."""
    stop = _CLAUSE_END.search(reader.text, position)
    end = stop.start() if stop else len(reader.text)
    return any(n.quantity is not None and position <= n.start < end for n in reader.numbers)
