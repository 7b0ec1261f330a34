"""A second reader: JioNLP finds the same amounts of money in a narrative as narrcheck does.

Both find money in running text, by code that has nothing in common. Where they differ, a rule says
why, from the words alone; a difference that no rule explains is a fault of one of them.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from made.real import real_document

from narrcheck.claims import read_claims
from narrcheck.document import Document
from narrcheck.load import load
from narrcheck.patterns import load_patterns
from narrcheck.quantity import Dimension
from narrcheck.tables import read_tables

PDFS = 4  # the smallest of the real PDFs, to be quick
FEN = Fraction(1, 100)  # JioNLP rounds to 0.01元


@dataclass(frozen=True, slots=True)
class Amount:
    """Money found in a paragraph: its characters, half-open, and its values in 元.

    JioNLP gives two values where it takes the words for a range or a rough number.
    """

    start: int
    end: int
    values: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An amount that only one of the two found, the words around it, and why, if known."""

    finder: str
    before: str
    text: str
    after: str
    why: str | None


@cache
def _find_money() -> Callable[[str], list[dict[str, Any]]]:
    """JioNLP's extractor; it greets on standard output when it is imported."""
    with contextlib.redirect_stdout(io.StringIO()):
        extractor: Callable[[str], list[dict[str, Any]]] = import_module("jionlp").ner.extract_money
    return extractor


# JioNLP takes 0.5万元，1.5万元 for a range, so it is given one clause at a time.
CLAUSE = re.compile(r"(?:[^。；！？，,、：:（）()]|(?<=\d)[,，](?=\d{3}))+")


def found_by_witness(text: str) -> Iterator[Amount]:
    for clause in CLAUSE.finditer(text):
        for money in _find_money()(clause.group()):
            start, end = money["offset"]
            number = money["detail"]["num"]
            numbers = [number] if isinstance(number, str) else number
            values = tuple(Fraction(each) for each in numbers)
            yield Amount(clause.start() + start, clause.start() + end, values)


def found_by_narrcheck(document: Document) -> dict[int, list[Amount]]:
    """The money of every claim, by the index of its paragraph."""
    patterns = load_patterns()
    reading = read_claims(document, patterns, read_tables(document, patterns.tables))
    found: dict[int, list[Amount]] = {}
    for claim in reading.claims:
        quantity = claim.quantity
        if quantity is None or quantity.unit.dimension is not Dimension.MONEY:
            continue
        paragraph = document.paragraphs[claim.paragraph]
        places = {paragraph.offset(at): at for at in range(len(paragraph.text))}
        start, end = places[claim.where.start], places[claim.where.end - 1] + 1
        found.setdefault(claim.paragraph, []).append(Amount(start, end, (quantity.amount,)))
    return found


def lacking(amounts: Sequence[Amount], others: Sequence[Amount]) -> Iterator[Amount]:
    """The amounts of which a value stands nowhere in the same place among the others."""
    for amount in amounts:
        there = [o for o in others if o.start < amount.end and amount.start < o.end]
        known = [value for other in there for value in other.values]
        if not all(any(abs(v - k) < FEN for k in known) for v in amount.values):
            yield amount


def _is_legal_threshold(text: str, after: str) -> bool:
    """单价100万元（含）以上: which assets must be told of, not what was spent."""
    return re.search(r"万元\s*(?:[（(]含[）)])?\s*以[上下]", text + after) is not None


def _is_unit_alone(text: str, after: str) -> bool:
    """XX万元, or a blank that was left open before 万元: JioNLP reads 10000元."""
    return re.search(r"[0-9０-９一二三四五六七八九十百]", text) is None


def _is_several(text: str, after: str) -> bool:
    """预算数46万元: JioNLP takes 数 for several, and reads 46万 to 47万元."""
    return re.match(r"数\s?\d", text) is not None


def _is_share_of_amount(text: str, after: str) -> bool:
    """占合同金额的75.3%: beside 金额 JioNLP takes a number without a unit for money."""
    return re.fullmatch(r"[\d.]+", text) is not None and after[:1] in ("%", "％")


def _lacks_yuan(text: str, after: str) -> bool:
    """支出0.39万: JioNLP asks for a 元."""
    return text.endswith(("万", "亿")) and not after.startswith("元")


Rule = Callable[[str, str], bool]
WHY: dict[str, tuple[Rule, ...]] = {
    "JioNLP": (_is_legal_threshold, _is_unit_alone, _is_several, _is_share_of_amount),
    "narrcheck": (_lacks_yuan,),
}


def differences(document: Document) -> Iterator[Difference]:
    """Where the two differ on the body of a document."""
    ours = found_by_narrcheck(document)
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.role != "body":
            continue
        witnessed = tuple(found_by_witness(paragraph.text))
        read = ours.get(index, [])
        for amount in lacking(read, witnessed):
            yield told("narrcheck", paragraph.text, amount)
        for amount in lacking(witnessed, read):
            yield told("JioNLP", paragraph.text, amount)


def told(finder: str, text: str, amount: Amount) -> Difference:
    words, after = text[amount.start : amount.end], text[amount.end : amount.end + 8]
    why = next((rule.__name__ for rule in WHY[finder] if rule(words, after)), None)
    return Difference(finder, text[max(0, amount.start - 10) : amount.start], words, after, why)


def narrative(tmp_path: Path, *sentences: str) -> Document:
    path = tmp_path / "说明.txt"
    path.write_text("\n".join(["2023年度部门决算情况说明", *sentences]), encoding="utf-8")
    return load(path)


def test_both_read_the_amounts_of_the_made_document_alike(root: Path) -> None:
    document = load(root / "corpus" / "hunan-2023" / "决算.txt")
    assert sum(map(len, found_by_narrcheck(document).values())) > 50
    assert [each for each in differences(document) if each.why is None] == []


def test_both_read_the_amounts_of_real_documents_alike(shared: Path) -> None:
    pdfs = sorted((shared / "documents").glob("*.pdf"), key=lambda path: path.stat().st_size)
    compared: Counter[str] = Counter()
    unexplained = {}
    for path in [*sorted((shared / "documents").glob("*.txt")), *pdfs[:PDFS]]:
        document = real_document(path)
        compared["amounts"] += sum(map(len, found_by_narrcheck(document).values()))
        found = list(differences(document))
        compared["differences"] += len(found)
        unexplained[path.name] = [each for each in found if each.why is None]
    assert {name: found for name, found in unexplained.items() if found} == {}
    assert compared["amounts"] > 100
    # Explaining most of what is read would be no witness at all.
    assert compared["differences"] < compared["amounts"] / 5


@pytest.mark.parametrize(
    ("sentence", "finder", "rule"),
    [
        ("年末有单价100万元（含）以上设备2台，支出8.25万元。", "JioNLP", _is_legal_threshold),
        ("本年会议费支出 万元，培训费支出8.25万元。", "JioNLP", _is_unit_alone),
        ("该项目全年预算数36万元，其余项目支出8.25万元。", "JioNLP", _is_several),
        ("采购支出8.25万元，货物占合同金额的62.5%。", "JioNLP", _is_share_of_amount),
        ("本年会议费支出1.84万，培训费支出8.25万元。", "narrcheck", _lacks_yuan),
    ],
)
def test_a_difference_is_explained_by_the_words_it_stands_in(
    tmp_path: Path, sentence: str, finder: str, rule: Rule
) -> None:
    found = list(differences(narrative(tmp_path, sentence)))
    assert [(each.finder, each.why) for each in found] == [(finder, rule.__name__)]


@pytest.mark.parametrize(
    "sentence",
    [
        "本年支出1,738.42万元，比上年增加8.25万元，增长0.48%。",
        "本年支出１７３８.４２万元，其中项目支出3.2亿元，接待费8421.50元。",
        "本年支出一百二十万元，上年支出171. 84万元。",
    ],
)
def test_both_read_plain_amounts_alike(tmp_path: Path, sentence: str) -> None:
    document = narrative(tmp_path, sentence)
    assert found_by_narrcheck(document)
    assert list(differences(document)) == []


@pytest.mark.parametrize("factor", [Fraction(10), Fraction(1, 10000), Fraction(-1)])
def test_a_misread_amount_is_a_difference_that_nothing_explains(factor: Fraction) -> None:
    text = "本年支出1,738.42万元，比上年增加8.25万元。"
    right = Amount(4, 14, (Fraction(17_384_200),))
    witnessed = tuple(found_by_witness(text))
    assert right in witnessed
    wrong = Amount(4, 14, (right.values[0] * factor,))
    assert list(lacking([right], witnessed)) == []
    (lone,) = lacking([wrong], witnessed)
    assert told("narrcheck", text, lone).why is None


def test_an_amount_that_one_overlooks_is_a_difference_that_nothing_explains() -> None:
    text = "本年支出1,738.42万元，比上年增加8.25万元。"
    first, second = found_by_witness(text)
    assert [told("JioNLP", text, each).why for each in lacking([first, second], [first])] == [None]
