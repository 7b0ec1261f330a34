"""Reading the narrative: every number accounted for, each with the figure it is about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from narrcheck.claims import Claim, Kind, NoClaim, Reading, Unread, read_claims
from narrcheck.claims.context import Scope, make_context
from narrcheck.claims.lexicon import make_lexicon
from narrcheck.claims.names import learn_names
from narrcheck.claims.pipeline import pipeline, read_paragraph, with_spans
from narrcheck.document import Document, Paragraph, Section, Where
from narrcheck.figure import Figure, TableValue
from narrcheck.load import load
from narrcheck.patterns import load_patterns
from narrcheck.quantity import Dimension, Quantity, Unit
from narrcheck.tables import read_tables

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = load_patterns(ROOT / "patterns")
CORPUS = sorted((ROOT / "corpus").rglob("*.txt"))
WAN = Unit("万元", Dimension.MONEY, Fraction(10000))

OVERALL = ("一、收入支出决算总体情况说明",)
EXPENDITURE = ("三、支出决算情况说明",)
GENERAL = ("五、一般公共预算财政拨款支出决算情况说明", "（三）具体情况")
BASIC = ("六、一般公共预算财政拨款基本支出决算情况说明",)
SANGONG = ("七、财政拨款三公经费支出决算情况说明",)
RUNNING = ("九、关于机关运行经费支出说明",)
PERFORMANCE = ("十三、关于2031年度预算绩效情况的说明",)


def document(*paragraphs: str, titles: tuple[str, ...] = OVERALL, kind: str = "决算") -> Document:
    """A report on 2031 with these paragraphs under nested ``titles``; a ``\\n`` breaks a line."""
    lines = [*titles, *paragraphs]
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    text = "".join(f"{line}\n" for line in lines)
    sections = tuple(
        Section(title, level + 2, level - 1 if level else None, Where(start, start + len(title)))
        for level, (title, start) in enumerate(zip(titles, starts, strict=False))
    )
    bodies = []
    for paragraph, start in zip(paragraphs, starts[len(titles) :], strict=True):
        pieces = paragraph.split("\n")
        joined = [sum(len(piece) for piece in pieces[:at]) for at in range(len(pieces))]
        runs = tuple((at, start + at + breaks) for breaks, at in enumerate(joined))
        bodies.append(Paragraph("".join(pieces), runs, len(titles) - 1))
    line_starts = (0, *(at + 1 for at, character in enumerate(text) if character == "\n"))
    return Document(
        path="made.txt",
        sha256="",
        kind=kind,
        unit="青禾县水利站",
        year=2031,
        text=text,
        line_starts=line_starts,
        page_starts=(),
        sections=sections,
        paragraphs=tuple(bodies),
        tables=(),
    )


def value(
    item: str, code: str = "", amount: str = "1.00", fund: str = "一般公共预算"
) -> TableValue:
    """What a table says of an item in 2031."""
    quantity = Quantity(amount, Decimal(amount), WAN, 2)
    figure = Figure(item, "决算数", 2031, fund, code)
    return TableValue(0, 0, 0, item, "", quantity, Where(0, 0), figure)


def read(
    *paragraphs: str,
    titles: tuple[str, ...] = OVERALL,
    kind: str = "决算",
    values: tuple[TableValue, ...] = (),
) -> Reading:
    return read_claims(document(*paragraphs, titles=titles, kind=kind), PATTERNS, values)


def parts(figure: Figure) -> tuple[str, ...]:
    part = f"（{figure.part}）" if figure.part else ""
    item = f"{figure.code}{figure.item}{part}" or "…"
    return (item, figure.measure, str(figure.year), figure.fund or "?")


def short(figure: Figure | None) -> str:
    return "·".join(parts(figure)) if figure is not None else "?"


def shown(reading: Reading) -> list[str]:
    """A line a claim: kind, text, figure; where there is a base, its sign and how it differs."""
    lines = []
    for claim in reading.claims:
        line = f"{claim.kind} {claim.text} {short(claim.figure)}"
        if claim.base is not None and claim.figure is not None:
            pairs = zip(parts(claim.figure), parts(claim.base), strict=True)
            line += f" {'=><'[claim.direction]} {'·'.join(b for a, b in pairs if a != b)}"
        lines.append(line)
    return lines


# ---- The figure of every claim ----


class Said(NamedTuple):
    """A paragraph under its titles, and what it says."""

    titles: tuple[str, ...]
    text: str
    claims: tuple[str, ...]


SAID = {
    "both totals, against last year": Said(
        OVERALL,
        "2031年度收、支总计61.50万元。与上年相比，增加1.20万元，增长2.0%，主要是因为采购增加。",
        (
            "amount 61.50万元 收支总计·决算数·2031·全部",
            "change 1.20万元 收支总计·决算数·2031·全部 > 2030",
            "growth 2.0% 收支总计·决算数·2031·全部 > 2030",
        ),
    ),
    "shares whose whole is unsaid": Said(
        EXPENDITURE,
        "2031年度支出合计60.25万元，其中：基本支出40.10万元，占66.6%；项目支出20.15万元，占33.4%。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "parts 其中： 支出合计·决算数·2031·全部",
            "amount 40.10万元 基本支出·决算数·2031·全部",
            "share 66.6% 基本支出·决算数·2031·全部 = 支出合计",
            "amount 20.15万元 项目支出·决算数·2031·全部",
            "share 33.4% 项目支出·决算数·2031·全部 = 支出合计",
        ),
    ),
    "a fund's share of all expenditure": Said(
        GENERAL,
        "2031年度财政拨款支出58.00万元，占本年支出合计的96.3%，与上年相比，财政拨款支出减少2.00万元，下降3.3%。",
        (
            "amount 58.00万元 支出合计·决算数·2031·一般公共预算",
            "share 96.3% 支出合计·决算数·2031·一般公共预算 = 全部",
            "change 2.00万元 支出合计·决算数·2031·一般公共预算 < 2030",
            "growth 3.3% 支出合计·决算数·2031·一般公共预算 < 2030",
        ),
    ),
    "budget, expenditure, completion": Said(
        GENERAL,
        "2031年度财政拨款支出年初预算数为50.00万元，支出决算数为48.00万元，完成年初预算的96.0%。",
        (
            "amount 50.00万元 支出合计·年初预算数·2031·一般公共预算",
            "amount 48.00万元 支出合计·决算数·2031·一般公共预算",
            "completion 96.0% 支出合计·决算数·2031·一般公共预算 = 年初预算数",
        ),
    ),
    "完成预算 means the budget just stated": Said(
        GENERAL,
        "全年预算数为50.00万元，支出决算数为48.00万元，完成预算的96.0%，决算数小于预算数的主要原因是节约。",
        (
            "amount 50.00万元 支出合计·全年预算数·2031·一般公共预算",
            "amount 48.00万元 支出合计·决算数·2031·一般公共预算",
            "completion 96.0% 支出合计·决算数·2031·一般公共预算 = 全年预算数",
            "relation 决算数小于预算数 支出合计·决算数·2031·一般公共预算 < 全年预算数",
        ),
    ),
    "two budgets, each completed": Said(
        GENERAL,
        "年初预算为50.00万元，调整预算为52.00万元，支出决算为48.00万元，完成调整预算的92.3%，为年初预算的96.0%。",
        (
            "amount 50.00万元 支出合计·年初预算数·2031·一般公共预算",
            "amount 52.00万元 支出合计·调整预算数·2031·一般公共预算",
            "amount 48.00万元 支出合计·决算数·2031·一般公共预算",
            "completion 92.3% 支出合计·决算数·2031·一般公共预算 = 调整预算数",
            "completion 96.0% 支出合计·决算数·2031·一般公共预算 = 年初预算数",
        ),
    ),
    "a budget stated inside a completion": Said(
        EXPENDITURE,
        "支出合计60.25万元，完成全年预算62.00万元的97.2%。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "amount 62.00万元 支出合计·全年预算数·2031·全部",
            "completion 97.2% 支出合计·决算数·2031·全部 = 全年预算数",
        ),
    ),
    "the three expenses": Said(
        SANGONG,
        "“三公”经费财政拨款支出预算为3.00万元，支出决算为2.00万元，完成预算的66.7%。"
        "公务接待费支出决算为0.50万元，与上年相比减少0.10万元，下降16.7%，减少的主要原因是来访减少；"
        "公务用车购置及运行维护费支出决算为1.50万元，与上年持平。公务用车保有量为2辆。",
        (
            "amount 3.00万元 三公经费·预算数·2031·三公",
            "amount 2.00万元 三公经费·决算数·2031·三公",
            "completion 66.7% 三公经费·决算数·2031·三公 = 预算数",
            "amount 0.50万元 公务接待费·决算数·2031·三公",
            "change 0.10万元 公务接待费·决算数·2031·三公 < 2030",
            "growth 16.7% 公务接待费·决算数·2031·三公 < 2030",
            "amount 1.50万元 公务用车购置及运行维护费·决算数·2031·三公",
            "relation 持平 公务用车购置及运行维护费·决算数·2031·三公 = 2030",
            "count 2辆 公务用车保有量·决算数·2031·全部",
        ),
    ),
    "two bases in one paragraph": Said(
        RUNNING,
        "本部门2031年度机关运行经费支出18.00万元，比年初预算数增加2.00万元，增长12.5%。"
        "比上年决算数减少1.00万元，降低5.3%。",
        (
            "amount 18.00万元 机关运行经费·决算数·2031·全部",
            "change 2.00万元 机关运行经费·决算数·2031·全部 > 年初预算数",
            "growth 12.5% 机关运行经费·决算数·2031·全部 > 年初预算数",
            "change 1.00万元 机关运行经费·决算数·2031·全部 < 2030",
            "growth 5.3% 机关运行经费·决算数·2031·全部 < 2030",
        ),
    ),
    "last year's amount inside a comparison": Said(
        EXPENDITURE,
        "支出合计60.25万元，较上年59.05万元增加1.20万元，增长2.0%。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "amount 59.05万元 支出合计·决算数·2030·全部",
            "change 1.20万元 支出合计·决算数·2031·全部 > 2030",
            "growth 2.0% 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
    "last year's amount as an aside": Said(
        EXPENDITURE,
        "2031年度支出合计60.25万元（上年为59.05万元），增加1.20万元。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "amount 59.05万元 支出合计·决算数·2030·全部",
            "change 1.20万元 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
    "last year first": Said(
        EXPENDITURE,
        "2030年度支出59.05万元，2031年度支出60.25万元，增加1.20万元。",
        (
            "amount 59.05万元 支出合计·决算数·2030·全部",
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "change 1.20万元 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
    "a base of two years ago": Said(
        EXPENDITURE,
        "支出合计60.25万元，比2029年度增加3.20万元。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "change 3.20万元 支出合计·决算数·2031·全部 > 2029",
        ),
    ),
    "what stands in brackets leaves the subject alone": Said(
        EXPENDITURE,
        "2031年度支出合计60.25万元（其中公务接待费0.50万元），完成年初预算的98.0%，增长2.0%。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "parts 其中 支出合计·决算数·2031·全部",
            "amount 0.50万元 公务接待费·决算数·2031·三公",
            "completion 98.0% 支出合计·决算数·2031·全部 = 年初预算数",
            "growth 2.0% 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
    "growth in brackets": Said(
        EXPENDITURE,
        "支出合计60.25万元，较上年增加1.20万元（2.0%）。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "change 1.20万元 支出合计·决算数·2031·全部 > 2030",
            "growth 2.0% 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
    "an item's share said of its 决算, and of the unit's whole": Said(
        SANGONG,
        "“三公”经费支出决算中，公务接待费决算占25.0%，公务用车运行维护费占本部门“三公”经费的75.0%。",
        (
            "share 25.0% 公务接待费·决算数·2031·三公 = 三公经费",
            "share 75.0% 公务用车运行维护费·决算数·2031·三公 = 三公经费",
        ),
    ),
    "relations": Said(
        RUNNING,
        "决算数大于上年决算数，小于年初预算数，与全年预算数持平，与上年相比无变化。",
        (
            "relation 决算数大于上年决算数 机关运行经费·决算数·2031·全部 > 2030",
            "relation 小于年初预算数 机关运行经费·决算数·2031·全部 < 年初预算数",
            "relation 与全年预算数持平 机关运行经费·决算数·2031·全部 = 全年预算数",
            "relation 无变化 机关运行经费·决算数·2031·全部 = 2030",
        ),
    ),
    "nothing spent": Said(
        ("八、政府性基金预算收入支出决算情况",),
        "本部门没有政府性基金收入，也没有使用政府性基金安排的支出。",
        (
            "zero 没有政府性基金收入 政府性基金预算财政拨款收入·决算数·2031·全部",
            "zero 没有使用政府性基金安排的支出 支出合计·决算数·2031·政府性基金",
        ),
    ),
    "the unit's own name before an item": Said(
        EXPENDITURE,
        "青禾县水利站支出60.25万元。",
        ("amount 60.25万元 支出合计·决算数·2031·全部",),
    ),
    "rates and counts of something else": Said(
        PERFORMANCE,
        "开展巡查12次，群众满意度98.5%，发放手册1200份。",
        (
            "count 12次 开展巡查·决算数·2031·?",
            "rate 98.5% 群众满意度·决算数·2031·?",
            "count 1200份 发放手册·决算数·2031·?",
        ),
    ),
    "signs and words": Said(
        EXPENDITURE,
        "支出合计60.25万元，增加-1.20万元。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "change -1.20万元 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_a_sentence_is_read(said: Said) -> None:
    reading = read(said.text, titles=said.titles)
    assert shown(reading) == list(said.claims)
    assert reading.unread == ()


MISREAD = {
    "a share inside brackets is that of the item inside": Said(
        SANGONG,
        "“三公”经费支出决算为2.00万元（其中：公务接待费0.50万元，占25.0%）。",
        (
            "amount 2.00万元 三公经费·决算数·2031·三公",
            "parts 其中： 三公经费·决算数·2031·三公",
            "amount 0.50万元 公务接待费·决算数·2031·三公",
            "share 25.0% 公务接待费·决算数·2031·三公 = 三公经费",
        ),
    ),
    "a completion inside brackets is that of the item inside": Said(
        SANGONG,
        "“三公”经费支出决算为2.00万元（公务接待费支出决算为0.50万元，完成年初预算的50.0%）。",
        (
            "amount 2.00万元 三公经费·决算数·2031·三公",
            "amount 0.50万元 公务接待费·决算数·2031·三公",
            "completion 50.0% 公务接待费·决算数·2031·三公 = 年初预算数",
        ),
    ),
    "a change after last year's amount is this year's": Said(
        GENERAL,
        "2031年支出决算为48.00万元，2030年支出决算为47.00万元，增加1.00万元，增长2.1%。",
        (
            "amount 48.00万元 支出合计·决算数·2031·一般公共预算",
            "amount 47.00万元 支出合计·决算数·2030·一般公共预算",
            "change 1.00万元 支出合计·决算数·2031·一般公共预算 > 2030",
            "growth 2.1% 支出合计·决算数·2031·一般公共预算 > 2030",
        ),
    ),
    "a dash names nothing": Said(
        EXPENDITURE,
        "支出合计60.25万元——比上年增加1.20万元。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "change 1.20万元 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
    "years of a plan leave subject and year alone": Said(
        EXPENDITURE,
        "按2031-2033年规划，支出合计60.25万元，比上年增加1.20万元。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "change 1.20万元 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
    "what was carried out is completed, whatever it is called": Said(
        PERFORMANCE,
        "全年预算数20.00万元，执行数18.00万元，完成预算的90.0%。",
        (
            "amount 20.00万元 …·全年预算数·2031·?",
            "amount 18.00万元 …·执行数·2031·?",
            "completion 90.0% …·执行数·2031·? = 全年预算数",
        ),
    ),
    "growth in brackets of half width": Said(
        EXPENDITURE,
        "支出合计60.25万元，较上年增加1.20万元(2.0%)。",
        (
            "amount 60.25万元 支出合计·决算数·2031·全部",
            "change 1.20万元 支出合计·决算数·2031·全部 > 2030",
            "growth 2.0% 支出合计·决算数·2031·全部 > 2030",
        ),
    ),
}


@pytest.mark.parametrize("said", MISREAD.values(), ids=MISREAD)
def test_a_sentence_that_is_easily_misread_is_read_rightly(said: Said) -> None:
    assert shown(read(said.text, titles=said.titles)) == list(said.claims)


def test_the_parts_of_a_whole_know_their_whole() -> None:
    claims = read("支出合计9.00万元，其中：基本支出4.00万元、项目支出5.00万元。").claims
    whole, parts, *listed = claims
    assert whole.whole is None
    assert [each.whole for each in (parts, *listed)] == [whole.id] * 3


def test_a_budget_document_speaks_of_budgets() -> None:
    reading = read("2031年支出预算60.00万元，比上年增加2.00万元。", titles=EXPENDITURE, kind="预算")
    assert shown(reading) == [
        "amount 60.00万元 支出合计·预算数·2031·全部",
        "change 2.00万元 支出合计·预算数·2031·全部 > 2030",
    ]


def test_the_names_of_a_list_are_kept() -> None:
    text = "人员经费30.10万元，主要包括基本工资、津贴补贴及\n伙食补助费等；公用经费10.00万元。"
    (listed,) = (claim for claim in read(text, titles=BASIC).claims if claim.kind is Kind.LIST)
    assert listed.names == ("基本工资", "津贴补贴", "伙食补助费")
    assert short(listed.figure) == "人员经费·决算数·2031·一般公共预算"


@pytest.mark.parametrize(
    "text",
    [
        "使用上年结转的收入3.00万元。",
        "用于业务培训支出3.00万元。",
        "涉及项目支出3.00万元。",
        "3个项目支出3.00万元。",
    ],
)
def test_an_item_that_is_part_of_a_longer_name_is_not_that_item(text: str) -> None:
    (claim,) = (claim for claim in read(text).claims if claim.kind is Kind.AMOUNT)
    assert claim.figure is not None
    assert not claim.figure.fund
    assert claim.figure.item == text.removesuffix("3.00万元。").removeprefix("3个")


# ---- Names that the tables teach ----

SUBJECTS = (
    value("农林水支出", "213"),
    value("水利", "21303"),
    value("行政运行", "2130301"),
    value("林业和草原", "21302"),
    value("行政运行", "2130201"),
    value("住房保障支出", "221"),
    value("办公费", "30201"),
)


def test_an_entry_in_a_heading_is_what_the_next_paragraph_is_about() -> None:
    heading = "1、农林水（类）水利（款）行政运行（项）。"
    text = "年初预算为5.00万元，支出决算为4.00万元，完成年初预算的80.0%，决算数小于年初预算数。"
    budget, spent = (
        f"2130301行政运行·{each}·2031·一般公共预算" for each in ("年初预算数", "决算数")
    )
    assert shown(read(text, titles=(*GENERAL, heading), values=SUBJECTS)) == [
        f"amount 5.00万元 {budget}",
        f"amount 4.00万元 {spent}",
        f"completion 80.0% {spent} = 年初预算数",
        f"relation 决算数小于年初预算数 {spent} < 年初预算数",
    ]


def test_an_entry_at_the_head_of_its_paragraph_is_what_it_is_about() -> None:
    text = "2、农林水支出（类）林业和草原（款）行政运行（项）。支出决算为4.00万元，与上年持平。"
    figure = "2130201行政运行·决算数·2031·一般公共预算"
    assert shown(read(text, titles=GENERAL, values=SUBJECTS)) == [
        f"amount 4.00万元 {figure}",
        f"relation 持平 {figure} = 2030",
    ]


def test_subjects_are_named_with_and_without_their_level() -> None:
    text = "农林水（类）支出50.00万元，占86.2%；住房保障支出8.00万元，占13.8%。"
    assert shown(read(text, titles=GENERAL, values=SUBJECTS)) == [
        "amount 50.00万元 213农林水支出·决算数·2031·一般公共预算",
        "share 86.2% 213农林水支出·决算数·2031·一般公共预算 = 支出合计",
        "amount 8.00万元 221住房保障支出·决算数·2031·一般公共预算",
        "share 13.8% 221住房保障支出·决算数·2031·一般公共预算 = 支出合计",
    ]


def test_a_name_that_two_subjects_share_is_left_open() -> None:
    values = (*SUBJECTS[:3], value("行政运行", "2010301"))
    (claim,) = read("行政运行4.00万元。", titles=GENERAL, values=values).claims
    assert claim.reason == "item-unresolved"


def test_a_name_that_two_subjects_of_one_class_share_is_left_open() -> None:
    (claim,) = read("行政运行4.00万元。", titles=GENERAL, values=SUBJECTS).claims
    assert claim.reason == "item-unresolved"


def test_a_name_of_class_and_group_is_meant_as_the_widest() -> None:
    values = (value("其他支出", "229"), value("其他支出", "22999"), value("其他支出", "2299999"))
    (claim,) = read("其他支出4.00万元。", titles=GENERAL, values=values).claims
    assert short(claim.figure) == "229其他支出·决算数·2031·一般公共预算"


def test_an_economic_subject_is_one_only_where_basic_expenditure_is_told() -> None:
    (inside,) = read("办公费2.00万元。", titles=BASIC, values=SUBJECTS).claims
    (outside,) = read("办公费2.00万元。", titles=GENERAL, values=SUBJECTS).claims
    assert short(inside.figure) == "30201办公费·决算数·2031·一般公共预算"
    assert outside.reason == "item-unresolved"


def test_an_entry_that_no_table_has_is_left_open() -> None:
    reading = read("农林水（类）渔业（款）行政运行（项）3.00万元。", values=SUBJECTS)
    assert [claim.reason for claim in reading.claims] == ["item-unresolved"]


@pytest.mark.parametrize(
    ("total", "present", "meant"),
    [
        ("61.50", "60.00", "收入合计"),
        ("60.00", "60.00", "收入总计"),
        ("61.50", "60.20", "收入总计"),
    ],
)
def test_a_name_used_in_two_senses_is_taken_as_the_tables_bear_out(
    total: str, present: str, meant: str
) -> None:
    values = (
        value("收入总计", amount=total, fund="全部"),
        value("收入合计", amount=present, fund="全部"),
    )
    (claim,) = read("2031年度收入总计60.00万元。", values=values).claims
    assert claim.figure is not None
    assert claim.figure.item == meant


# ---- Numbers as they are printed ----


@pytest.mark.parametrize(
    ("printed", "amount", "places"),
    [
        ("878.81万元", "878.81", 2),
        ("878. 81万元", "878.81", 2),
        ("878.81 万元", "878.81", 2),
        ("1,234.56万元", "1234.56", 2),
        ("1,234,567.8元", "1234567.8", 1),
        ("３，５１８．８５万元", "3518.85", 2),
        ("３５.２万元", "35.2", 1),
        ("878\n.81万元", "878.81", 2),
        ("878.\n81万元", "878.81", 2),
        ("87\n8.81\n万\n元", "878.81", 2),
        ("1\n,234\n.56万元", "1234.56", 2),
        ("0万元", "0", 0),
    ],
)
def test_a_number_is_read_as_printed_and_kept_in_its_place(
    printed: str, amount: str, places: int
) -> None:
    made = document(f"支出合计{printed}，与上年持平。")
    claim = read_claims(made, PATTERNS, ()).claims[0]
    assert claim.quantity is not None
    assert (claim.quantity.value, claim.quantity.places) == (Decimal(amount), places)
    assert claim.text == "".join(printed.split())
    assert made.text[claim.where.start : claim.where.end] == printed


def test_the_places_that_a_document_usually_prints_are_told_to_its_amounts() -> None:
    text = "支出合计60.25万元，基本支出40.10万元，项目支出11.9万元，公务接待费0.1亿元，占2.0%。"
    quantities = [claim.quantity for claim in read(text).claims if claim.quantity]
    assert [(q.text, q.usual) for q in quantities] == [
        ("60.25万元", 2),
        ("40.10万元", 2),
        ("11.9万元", 2),
        ("0.1亿元", 0),
        ("2.0%", 1),
    ]


def test_a_paragraph_cut_by_a_page_break_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        "2031年度\n\n青禾县水利站部门决算\n\n第三部分\n\n部门决算情况说明\n\n一、支出决算情况说明\n\n"
        "2031年度支出合计60.25万元，与上年相比，\n\f\n增加1.20万元，增长2.0%，主要是采购增加。\n",
        encoding="utf-8",
    )
    made = load(path)
    claims = read_claims(made, PATTERNS, ()).claims
    assert [claim.text for claim in claims] == ["60.25万元", "1.20万元", "2.0%"]
    assert len({claim.sentence for claim in claims}) == 1
    for claim in claims:
        assert made.text[claim.where.start : claim.where.end] == claim.text
    base = claims[2].base
    assert base is not None
    assert (base.item, base.year) == ("支出合计", 2030)


def placed(made: Document, claim: Claim) -> bool:
    """Whether a claim's words stand where it says, line breaks aside, and its line is theirs."""
    start, end = claim.where.start, claim.where.end
    line = made.text.count("\n", 0, start) + 1
    return "".join(made.text[start:end].split()) == claim.text and claim.where.line == line


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_claims_of_a_document_stand_where_they_say(path: Path) -> None:
    made = load(path)
    reading = read_claims(made, PATTERNS, read_tables(made, PATTERNS.tables))
    assert len(reading.claims) > 100
    assert [claim for claim in reading.claims if not placed(made, claim)] == []
    for claim in reading.claims:
        sentence = claim.sentence[claim.at :]
        assert "".join(sentence.split()).startswith(claim.text)
    assert [claim.id for claim in reading.claims] == [
        f"c{number}" for number in range(1, len(reading.claims) + 1)
    ]


# ---- Every number is accounted for ----

digits = st.builds(
    lambda whole, places, cents: f"{whole}" if not places else f"{whole}.{cents:0{places}d}"[:9],
    st.integers(0, 99999),
    st.integers(0, 2),
    st.integers(0, 99),
)
grouped = st.builds(
    lambda whole, cents: f"{whole:,}.{cents:02d}", st.integers(1000, 9999999), st.integers(0, 99)
)
wide = digits.map(lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."}))
money = st.builds("".join, st.tuples(digits | grouped | wide, st.sampled_from(["万元", "元"])))
percent = st.builds("".join, st.tuples(digits | wide, st.sampled_from(["%", "％"])))
counts = st.builds("".join, st.tuples(st.integers(0, 999).map(str), st.sampled_from("次辆个份人")))
dates = st.sampled_from(["2031年度", "2030年", "2031年12月31日", "2031年3月", "7月"])

# What a clause says before its number; a number of each sort.
CLAUSES = {
    "money": (
        "支出合计",
        "比上年增加",
        "其中：基本支出",
        "年初预算为",
        "用于防汛",
        "（含补助",
        "共",
    ),
    "percent": ("增长", "占", "完成年初预算的", "占本年支出合计的", "群众满意度", "完成率"),
    "counts": ("共有车辆", "开展巡查", "公务接待"),
    "dates": ("截至", "自", "根据"),
    "phone": ("咨询电话：",),
    "law": ("依据财办",),
    "entry": ("",),
}
NUMBERS = {
    "money": money,
    "percent": percent,
    "counts": counts,
    "dates": dates,
    "phone": st.just("0000-12345678"),
    "law": st.integers(1, 99).map(lambda number: f"〔2030〕{number}号"),
    "entry": st.just("农林水（类）水利（款）"),
}


@st.composite
def narratives(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A paragraph of random clauses, and where its numbers stand."""
    text = draw(st.sampled_from(["", "（2）", "3、"]))
    spans = [(0, len(text))] if text else []
    for _ in range(draw(st.integers(1, 7))):
        sort = draw(st.sampled_from(sorted(CLAUSES)))
        lead, number = draw(st.sampled_from(CLAUSES[sort])), draw(NUMBERS[sort])
        start = len(text) + len(lead)
        if sort != "entry":
            spans.append((start, start + len(number)))
        text += (
            lead + number + draw(st.sampled_from(["，", "；", "。", "，主要原因是节约。", "）、"]))
        )
    return text, spans


def broken(text: str, breaks: set[int]) -> str:
    """The text with lines broken before some of its characters."""
    return "".join(f"\n{each}" if at in breaks else each for at, each in enumerate(text))


@settings(max_examples=150, deadline=None)
@given(narratives(), st.sets(st.integers(1, 120), max_size=4))
def test_every_number_is_in_exactly_one_of_claims_no_claims_and_unread(
    narrative: tuple[str, list[tuple[int, int]]], breaks: set[int]
) -> None:
    text, spans = narrative
    made = document(broken(text, breaks))
    reading = read_claims(made, PATTERNS, ())
    claims = [claim for claim in reading.claims if claim.quantity is not None]
    read_as: list[Claim | NoClaim | Unread] = [*claims, *reading.no_claims, *reading.unread]
    found = [(each.where.start, each.where.end, each.text) for each in read_as]
    source = made.paragraphs[0]
    expected = [
        (source.offset(start), source.offset(end - 1) + 1, text[start:end]) for start, end in spans
    ]
    assert sorted(found) == sorted(expected)
    assert all(placed(made, claim) for claim in reading.claims)


def test_a_number_without_a_unit_is_left_unread() -> None:
    reading = read("支出合计12。", "本年编制12.5，实有11名。")
    assert [(each.text, each.sentence) for each in reading.unread] == [
        ("12", "支出合计12。"),
        ("12.5", "本年编制12.5，实有11名。"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("截至2031年12月31日", "日期"),
        ("依据财办〔2030〕12号文件", "文号"),
        ("咨询电话：0000-12345678", "电话号码"),
        ("（2）培训费", "段首编号"),
        ("单价100万元以上设备", "门槛标准"),
        ("第3季度", "序号"),
    ],
)
def test_a_number_that_states_nothing_says_why(text: str, why: str) -> None:
    reading = read(f"{text}。")
    assert [each.why for each in reading.no_claims] == [why]
    assert reading.claims == ()
    assert reading.unread == ()


def test_headings_and_notes_are_not_read() -> None:
    made = document("支出合计60.25万元。")
    (body,) = made.paragraphs
    for role in ("heading", "note", "title", "contents"):
        silent = Paragraph(body.text, body.runs, body.section, role)
        assert read_claims(replace(made, paragraphs=(silent,)), PATTERNS, ()) == Reading((), (), ())


# ---- The pipeline ----


def read_doc(text: str, values: tuple[TableValue, ...] = ()) -> Doc:
    """The paragraph as the pipeline leaves it."""
    made = document(text)
    lexicon = make_lexicon(PATTERNS, learn_names(values), made.unit)
    return read_paragraph(make_context(made, lexicon, 0), Scope(), first_id=1)


def test_the_pipeline_has_a_component_for_each_step() -> None:
    assert pipeline(PATTERNS).pipe_names == [
        "quantities",
        "tokenizer",
        "terms",
        "readings",
        "scope",
    ]


def labelled(doc: Doc, step: str) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in with_spans(doc).spans[step]]


def test_what_each_step_read_can_be_drawn() -> None:
    doc = read_doc("2031年度，农林水（类）支出60.25万元，比上年增加2.0%。")
    assert labelled(doc, "quantities") == [
        ("2031年度", "silent"),
        ("60.25万元", "number"),
        ("2.0%", "number"),
    ]
    terms = labelled(doc, "terms")
    assert ("农林水（类）支出", "item") in terms
    assert ("增加", "up") in terms
    assert ("60.25万元", "money") in terms
    assert labelled(doc, "readings") == [
        ("农林水（类）支出60.25万元", "amount-of-item"),
        ("比上年", "base-of-year"),
        ("增加2.0%", "growth"),
    ]


def test_a_number_is_one_token_and_a_known_name_too() -> None:
    doc = read_doc("财政拨款收、支总计3,456.78万元", ())
    assert [token.text for token in doc] == ["财政拨款", "收、支总计", "3,456.78万元"]


def test_tokens_are_the_text_without_white_space() -> None:
    text = "2031 年度 支出合计 878. 81 万元，其中：基本支出（人员） 3 万元。"
    assert "".join(token.text for token in read_doc(text)).replace(" ", "") == text.replace(" ", "")


def test_the_projects_of_an_annex_are_known_by_name(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        "2031年度\n\n青禾县水利站部门决算\n\n第三部分\n\n部门决算情况说明\n\n"
        "十三、关于2031年度预算绩效情况的说明\n\n"
        "中小河流整治预算12.00万元，支出决算9.00万元，完成预算的75.0%。\n\n"
        "项目支出绩效自评表\n\n"
        "项目名称\t中小河流整治\t\n年度资金总额\t12.00\t9.00\n",
        encoding="utf-8",
    )
    claims = read_claims(load(path), PATTERNS, ()).claims
    assert [(c.kind.value, c.figure.item if c.figure else "") for c in claims] == [
        ("amount", "中小河流整治"),
        ("amount", "中小河流整治"),
        ("completion", "中小河流整治"),
    ]
    assert all(claim.reason is None for claim in claims)


@pytest.mark.parametrize("date", ["2031年12月31日", "二〇三一年12月31日", "二〇三一年"])
def test_a_date_in_chinese_numerals_says_its_year(date: str) -> None:
    (claim,) = read(f"截至{date}，本单位共有车辆3辆。").claims
    assert claim.figure is not None
    assert (claim.figure.item, claim.figure.year) == ("车辆", 2031)
