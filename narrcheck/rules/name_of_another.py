"""The part of NC303 that knows another unit's name where the document's own must stand."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from narrcheck.document import Document, Paragraph

Places = list[tuple[Paragraph, int, int]]

# A unit's name, and behind it what only the unit whose document it is states of itself.
_SAID = regex.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?:20\d\d\s?年度?[，,]?\s*)?"
    r"(?P<name>\p{Han}[\p{Han}（）()]{3,30}?)\s*(?:20\d\d\s?年度?[，,]?\s*)?(?:部门|本级)?"
    r"(?:机关运行经费|政府采购|一般公共预算|财政拨款|政府性基金|国有资本经营|[“\"]?三公|国有资产"
    r"|因公出国|公务接待|公务用车|会议费|培训费|共有车辆|本年[收支]|收入(?:总计|合计|支出)|支出(?:总计|合计)|[收支]、)"
)
_ORGANS = ("局", "委员会", "委", "办公室", "办事处", "厅", "会", "部", "法院", "检察院", "政府")
_PLACE = regex.compile(r"^.*[省市区县旗州盟镇乡]|^国家")
_OURSELVES = regex.compile(r"[本我](?:部门|单位|[局委办厅会部院处])|所属|下属")
_FEWEST = 2  # characters of a name without its place, and of a place


def another(document: Document, unit: str) -> Mapping[str, Places]:
    """The places of a name of a unit beside the document's own, at which it speaks of itself.

    The other is a sister of the same place and rank, and the document names it nowhere else: not
    among its units, nor in a table. A section that speaks of several units is left alone, and so
    are schools and the like: their sisters are often parts of one document.
    """
    found: dict[str, Places] = {}
    for paragraph in document.paragraphs:
        match = _SAID.match(paragraph.text) if paragraph.role == "body" else None
        if match is None or unit in _plain(paragraph.text):
            continue
        name = _plain(match["name"])
        if _is_sister(name, unit) and not _is_shared(document, paragraph, unit):
            found.setdefault(name, []).append((paragraph, *match.span("name")))
    whole = _plain(document.text)
    own = {name: places for name, places in found.items() if whole.count(name) == len(places)}
    return own if len(found) == 1 else {}


def _is_shared(document: Document, paragraph: Paragraph, unit: str) -> bool:
    """Whether the section of a paragraph speaks of the document's own unit besides."""
    beside = (
        _plain(each.text)
        for each in document.paragraphs
        if each.section == paragraph.section and each is not paragraph and each.role == "body"
    )
    return any(unit in text or _OURSELVES.search(text) for text in beside)


def _is_sister(name: str, unit: str) -> bool:
    """Whether a name is that of another unit of the same place, and as high."""
    same = next((n for n, (a, b) in enumerate(zip(name, unit, strict=False)) if a != b), 0)
    place = _PLACE.match(unit[:same])
    if place is None or len(place[0]) < _FEWEST:
        return False
    ours, theirs = unit[place.end() :], name[place.end() :]
    if min(len(ours), len(theirs)) < _FEWEST or ours in theirs or theirs in ours:
        return False
    if _PLACE.match(ours[:4]) or _PLACE.match(theirs[:4]):
        return False  # a place within the place: one of them stands above the other
    return ours.endswith(_ORGANS) and theirs.endswith(_ORGANS)


def _plain(text: str) -> str:
    return regex.sub(r"\s", "", text).replace("(", "（").replace(")", "）")
