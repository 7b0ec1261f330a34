"""The captions of tables: which lines and rows are captions, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from narrcheck.load.outline import TABLE_END

NUMBER = re.compile(
    r"(?:(?:财决|财预|部门|单位|预算|决算|预决算)\s*)?公开\s*(?:表)?\s*\d{1,3}(?:\s*[-－]\s*\d+)?\s*表?"
    r"|(?:财决|财预|预决|部预|预算|决算)\s*\d{1,3}\s*表"
    r"|(?:(?<![\u4e00-\u9fff])(?:预算|决算|公开))?(?:附表|附件表|表)\s*"
    # 表1 2024年…: print sets no gap between digits that is wide enough to show.
    r"(?:\d{1,2}(?=20\d\d\s*年)|(?:\d{1,3}(?:[-－]\d+)*|[一二三四五六七八九十]{1,3})(?![\d万元、格中内]))"
)
MONEY = re.compile(
    r"(?:[（(]\s*+)?(?:(?:金\s*+额|计\s*+量|货\s*+币)\s*+)?单\s*+位\s*+[：:]?\s*+(?:人民币)?\s*+"
    r"(万元|亿元|千元|元)(?:\s*+[、，,/]\s*+(?:%|％|\w{1,6}))*+(?:\s*+[）)])?(?=\s|$|[（(])"
    r"|(?<=\s)(万元|亿元)$"
)
LABEL = (
    r"(?:预算|编制|编报|填报|申报|公开|预算主管|主管)?(?:部\s*门|单\s*位|机\s*构)"
    r"(?:\s*[（(/]\s*(?:单位|部门)\s*[）)]?)?(?:\s*名\s*称)?(?:\s*[（(][^）)]{1,6}[）)])?"
)
OWNER = re.compile(rf"{LABEL}\s*[：:]\s*(?P<name>[^：:，。；]{{0,60}})")
OTHER = re.compile(
    r"附\s*件\s*\d*\s*[：:]?|(?:(?:19|20)\d\d\s*年\s*度?)|[（(](?:19|20)\d\d\s*年\s*度?[）)]"
    r"|(?:编制|填报|报送|制表)?(?:日期|时间)\s*[：:]\s*[\d年月日./\-\s]*|续\s*表|[（(]续\s*表?[）)]"
)
NOTE = re.compile(r"(?:备\s*注|注|说\s*明|填表说明|附\s*注)\s*\d{0,2}\s*[：:]|注\s*\d+\s*[.．、]")
# 511-某某局, without 单位：; often cut short, so not taken for the name.
CODED_NAME = re.compile(
    r"[\[【]?\d{3,12}[\]】]?\s*[-—_]?\s*[^\d\s，。；：]{3,40}[局委办厅院校部会所站处队室馆府社团园庭学心）)]"
)
# The unit's name without 单位： before it; it is one only beside 单位：万元 or 公开03表.
BARE_NAME = re.compile(
    r"[^\s，。；：:、]{2,40}(?:局|委|委员会|办|办公室|厅|[医学法检]院|研究院|[院校部会所站处队室馆社团园署]|支行"
    r"|政府|街道|镇|乡|中心|中学|小学|学校|公司|集团|基地|[（(](?:本级|机关|汇总|本部)[）)])"
)
CODE = re.compile(r"^(?:[\[【(（]?\d{3,}[\]】)）]?\s*[-—_]?\s*)")
LONGEST_TITLE = 60
_STATISTICS = re.compile(r"(?:相关)?统计(?:数据?|指标|信息)[：:]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a caption says beside the title: 公开05表, 万元, the unit's name; ``""`` if unsaid."""

    number: str = ""
    money_unit: str = ""
    owner: str = ""

    def __or__(self, other: Facts) -> Facts:
        """Both together; what ``self`` says goes first."""
        return Facts(
            self.number or other.number,
            self.money_unit or other.money_unit,
            self.owner or other.owner,
        )


@lru_cache(maxsize=16)  # a line is asked about as the next one, as the last one, and in its grid
def read_facts(text: str) -> Facts | None:
    """What a line says that holds nothing but caption facts, None for any other line."""
    if len(text) > 120:
        return None
    rest = text
    money = MONEY.search(rest)
    if money:
        rest = f"{rest[: money.start()]} {rest[money.end() :]}"
    number = NUMBER.search(rest)
    if number and _stands_alone(rest, number):
        rest = f"{rest[: number.start()]} {rest[number.end() :]}"
    else:
        number = None
    rest = OTHER.sub(" ", rest) if OTHER.match(rest.strip()) or OWNER.search(rest) else rest
    rest = rest.strip(" \t\u3000\xa0：:" if number else None)
    bare = BARE_NAME.fullmatch(OTHER.sub(" ", rest).strip()) if money or number else None
    owner = OWNER.fullmatch(rest)
    if rest and not owner and not bare and not CODED_NAME.fullmatch(rest):
        return None
    return Facts(
        re.sub(r"\s", "", number.group()) if number else "",
        money[1] or money[2] if money else "",
        _owner_name(owner["name"] if owner else bare.group() if bare else ""),
    )


def _stands_alone(text: str, number: re.Match[str]) -> bool:
    """Whether white space or an end is on both sides: 表4 in 见表4所示 is no fact of a caption."""
    before, after = text[: number.start()], text[number.end() :]
    return (not before or before[-1].isspace() or before[-1] in "（(") and (
        not after.strip("：: ") or after[0].isspace() or after[0] in "）)"
    )


def _owner_name(text: str) -> str:
    """The unit's name without a code before it or a gap inside; "" for a measure (人、辆)."""
    name = CODE.sub("", re.sub(r"\s+", "", text))
    return name if len(name) >= 4 and "、" not in name else ""


def is_facts(text: str) -> bool:
    """Whether a line holds nothing but caption facts."""
    return read_facts(text) is not None


def facts_of_row(texts: Iterable[str]) -> Facts | None:
    """What a table's row says that holds nothing but caption facts, None for any other row.

    A row with no text at all is no caption row.
    """
    texts = list(texts)
    return read_facts(" ".join(texts)) if texts else None


def is_note(text: str) -> bool:
    """Whether a line begins a note under a table."""
    return NOTE.match(text) is not None


def is_title_like(text: str) -> bool:
    """Whether a line could be a table's title: short, no sentence, or 相关统计数：."""
    if _STATISTICS.fullmatch(text):
        return True
    return (
        2 <= len(text) <= LONGEST_TITLE and text[-1] not in "。；：:;，,、！？" and "。" not in text
    )


def _ends_before_title(text: str, number: re.Match[str]) -> bool:
    """Whether a title follows the number: after a sign, or at once (预算01表收支总表)."""
    rest = text[number.end() :]
    return bool(rest) and (
        rest[0] in " \u3000\t：:、.．-—" or (len(rest) > 3 and TABLE_END.search(rest) is not None)
    )


def read_title(text: str) -> tuple[str, Facts]:
    """A title line without the number and unit that it carries, and these."""
    number = NUMBER.match(text)
    title = text
    facts = Facts()
    if number and _ends_before_title(text, number):
        facts = Facts(number=re.sub(r"\s", "", number.group()))
        title = text[number.end() :].lstrip(" \u3000\t：:、.．-—")
    money = MONEY.search(title)
    if money and money.start() > 0:
        facts = facts | Facts(money_unit=money[1] or money[2])
        title = f"{title[: money.start()]} {title[money.end() :]}".strip()
    trailing = re.search(rf"\s*[（(]?\s*({NUMBER.pattern})\s*[）)]?$", title)
    if trailing and trailing.start() > 3 and not facts.number and trailing.group()[0] in " \t（(　":
        facts = Facts(number=re.sub(r"\s", "", trailing.group(1))) | facts
        title = title[: trailing.start()]
    return title.strip(), facts
