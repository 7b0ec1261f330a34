"""What a disclosure says of itself: 决算 or 预算, which year, whose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from narrcheck.load.outline import without_number

DIGITS = str.maketrans(
    "〇零○Ｏ一二三四五六七八九０１２３４５６７８９", "000012345678901234567 89".replace(" ", "")
)
YEAR = re.compile(
    r"(?<![\d０-９〇零○一二三四五六七八九])([12１２一二][0９9９〇零○０九][0-9０-９〇零○一二三四五六七八九]{2})"
    r"\s*(年\s*度|年(?!\s*[\d０-９一二三四五六七八九十]+\s*月))?"
)
KIND = re.compile("决算|预算")
OVERVIEW = re.compile(r"(.{4,40}?)(?:[（(](?:部门|单位)[）)]|部门|单位)*(?:概况|基本情况|简介)")
ORGAN = re.compile(r"[局委办厅院校部会所站处室馆府社队学心园团](?:[（(][^（）()]+[）)])?$")
WORDS = re.compile(
    r"(?:部\s*门|单\s*位|本\s*级|汇\s*总|[（(](?:部门|单位|本级|汇总)[）)])*(?:财政拨款|收支)?(?:决\s*算|预\s*算)"
    r"|公\s*开|报\s*告|信\s*息|说\s*明|情\s*况|草\s*案|报\s*表|附\s*件\s*\d*|目\s*录|关于"
)
LONGEST_TITLE = 200  # characters, all lines of the cover together


def kind_of(cover: Sequence[str], contents: Sequence[str], titles: Sequence[str]) -> str:
    """决算 or 预算 from the cover, else the 目录, else the tables' titles; "" if none tells."""
    for texts in (cover, contents, titles):
        counts = Counter(word for text in texts for word in KIND.findall(text))
        if not counts:
            continue
        # 决算 documents often name a budget (一般公共预算…决算表), 预算 documents hardly a 决算.
        return "决算" if counts["决算"] * 3 >= counts["预算"] else "预算"
    return ""


def year_of(*sources: Iterable[str]) -> int | None:
    """The year reported on, from the first source that names one; of several the most frequent.

    A year with a month is a date, not the year of the report.
    """
    for source in sources:
        years: Counter[int] = Counter()
        for text in source:
            for match in YEAR.finditer(text):
                if match.group(2) is None:
                    continue
                year = int(match.group(1).translate(DIGITS))
                if 1949 < year < 2100:
                    years[year] += 2 if "度" in match.group(2) or KIND.search(text) else 1
        if years:
            return years.most_common(1)[0][0]
    return None


def unit_of(owners: Iterable[str], headings: Iterable[str], cover: Sequence[str]) -> str:
    """The unit's own name: as most captions say, else from the heading X概况, else the cover."""
    counts = Counter(owner for owner in owners if owner)
    if counts:
        return counts.most_common(1)[0][0]
    for heading in headings:
        named = OVERVIEW.fullmatch(re.sub(r"\s", "", without_number(heading)))
        if named and (name := _name(named[1])):
            return name
    kinds = [index for index, text in enumerate(cover) if KIND.search(re.sub(r"\s", "", text))]
    whole = "".join(cover[: kinds[0] + 1] if kinds else cover[:1])
    names = [name for text in (whole, *cover) if (name := _name(text))]
    return next((name for name in names if ORGAN.search(name)), names[0] if kinds and names else "")


def _name(text: str) -> str:
    """A title without year and kind, "" where no name is left."""
    shut = re.sub(r"\s", "", text)
    if len(shut) > LONGEST_TITLE:
        return ""
    bare = WORDS.sub("", YEAR.sub("", shut)).strip("（）()：:《》")
    return bare if 4 <= len(bare) <= 40 and not re.search(r"[\d，。、]", bare) else ""
