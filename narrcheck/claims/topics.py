"""What a paragraph announces before it gives numbers, in an entry or a lead-in."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from narrcheck.claims.context import entry_figure, topic_figure
from narrcheck.claims.entries import find_entries
from narrcheck.claims.reader import Reader
from narrcheck.figure import Figure

# 3.其他普通教育支出，: an entry by its list number, and the end of what money is spent on.
_NUMBERED = regex.compile(r"^\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、])")
_ON_WHAT = regex.compile(r"(?:支出|经费|费用?|补助|补贴|资金|公积金)$")
_EACH = regex.compile("分别")
# What stands before the first punctuation of a paragraph, if it is short.
_LEAD = regex.compile(r"^[^。：:，；]{2,40}[。：:，]")


def find_topics(reader: Reader) -> list[tuple[int, Figure]]:
    """What a paragraph announces before it gives numbers, and where each announcement ends.

    An entry …（项）。 without a number of its own, or a short lead-in such as 1.公务接待费：.
    """
    context = reader.context
    counts = [match for match in reader.matches if match.get("count")]  # 教育支出（205类）
    taken = [range(each.start, each.end) for each in reader.matches if each not in counts]
    found = [
        (end, entry_figure(reader.text[start:end], context, context.measure))
        for start, end in find_entries(reader.text)
        if not any(start in span for span in taken)
    ]
    lead = _LEAD.match(reader.text)
    if lead and not found:
        topic = topic_figure(lead.group(), context, context.measure, leads=True)
        figure = topic or _unknown(lead, reader)
        if figure is not None:
            found.append((lead.end(), figure))
    return sorted([*found, *_undistributed(reader)], key=lambda topic: topic[0])


def _undistributed(reader: Reader) -> Iterator[tuple[int, Figure]]:
    """Where 分别 gives numbers to things that were not told apart: they are of none for sure."""
    for each in _EACH.finditer(reader.text):
        sentence = reader.sentence_of(each.start())
        after = [
            match
            for match in reader.matches
            if match.start >= each.end() and reader.sentence_of(match.start) == sentence
        ]
        told = any(capture.start < each.start() for match in after for capture in match.captures)
        if len(after) > 1 and not told:
            nothing = Figure("", reader.context.measure, reader.context.document.year, "")
            yield each.end(), nothing


def _unknown(lead: regex.Match[str], reader: Reader) -> Figure | None:
    """What a numbered entry is about by a name that neither the lists nor the tables have.

    Whatever it is, its numbers are not those of the section.
    """
    if not _NUMBERED.match(lead.group()):
        return None
    name = _NUMBERED.sub("", "".join(lead.group()[:-1].split()))
    if not _ON_WHAT.search(name):
        return None
    known = reader.context.lexicon.patterns.words.items
    own = any(len(item) > 2 and item in name for item in known)  # 支出 is in every name
    if own:
        return None
    return Figure(name, reader.context.measure, reader.context.document.year, "")
