"""Made documents: nothing is found in a faultless one, just the planted faults in a faulty one.

A fault of the key that is not found today says so (``missed``), so does one that is told on other
words, with another weight or another value (``amiss``), and what narrcheck says besides because of
a fault is listed there (``also``). Each of these turns red once it is mended.
"""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import regex

from narrcheck.check import check
from narrcheck.findings import Finding, Severity

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FAULTY = "-有误"
EXPECTED = ".expected.json"
ALONE = ".alone.json"
SEVERITIES = {"hard": Severity.ERROR, "minor": Severity.WARNING}
# These faults take lines away; all others change one.
DROPPING = ("NC601", "NC602")

_NUMBER = regex.compile(r"\d[\d,]*(?:\.\d+)?")

documents = sorted(CORPUS.rglob("*.txt"))
faulty_documents = [path for path in documents if path.stem.endswith(FAULTY)]
faultless_documents = [path for path in documents if not path.stem.endswith(FAULTY)]


def name(path: Path) -> str:
    """How a document is called in the list of tests."""
    return path.relative_to(CORPUS).as_posix()


def beside(document: Path, ending: str) -> list[dict[str, Any]]:
    """What a person wrote of a document, in the file of that ending beside it."""
    text = document.with_name(document.stem + ending).read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = json.loads(text)
    return entries


def planted(document: Path) -> list[dict[str, Any]]:
    """The faults a person planted in a document."""
    return beside(document, EXPECTED)


@cache
def findings(document: Path) -> tuple[Finding, ...]:
    """What narrcheck finds in a document; the document is checked once."""
    return check(document).findings


def lines(document: Path) -> list[str]:
    """The lines of a document, without their ends."""
    return document.read_text(encoding="utf-8").split("\n")


def faultless(document: Path) -> Path:
    """The document that a faulty one was made from."""
    return document.with_name(document.name.replace(FAULTY, ""))


def solid(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def value(text: str) -> str:
    """A text whose numbers are written in one way: 1,080.50 is 1080.5."""
    narrow = unicodedata.normalize("NFKC", solid(text))
    return _NUMBER.sub(lambda m: f"{Decimal(m[0].replace(',', '')).normalize():f}", narrow)


def codes(fault: dict[str, Any]) -> list[str]:
    """The codes that are right for a fault."""
    several: list[str] = fault.get("codes", [fault["code"]])
    return several


def answers(document: Path, fault: dict[str, Any]) -> list[Finding]:
    """The findings on the words of a fault that have a right code."""
    return [
        each
        for each in findings(document)
        if each.where.line == fault["line"]
        and each.code in codes(fault)
        and solid(fault["claimed"]) in solid(each.text)
    ]


def told(document: Path, place: dict[str, Any]) -> list[Finding]:
    """The findings at a line, with just that code and those words."""
    return [
        each
        for each in findings(document)
        if (each.where.line, each.code) == (place["line"], place["code"])
        and solid(each.text) == solid(place["text"])
    ]


def well_told(finding: Finding, fault: dict[str, Any]) -> bool:
    """Whether weight and value of a finding are those of the key."""
    if fault["severity"] in SEVERITIES and finding.severity is not SEVERITIES[fault["severity"]]:
        return False
    if fault["expected"] is None:
        return True
    mended = solid(finding.text).replace(solid(fault["claimed"]), solid(fault["expected"]))
    proposed = value(finding.expected or "")
    return proposed in (value(fault["expected"]), value(mended))


cases = [
    pytest.param(document, fault, id=f"{name(document)}-{fault['id']}-{fault['code']}")
    for document in faulty_documents
    for fault in planted(document)
]


def test_the_corpus_holds_documents_of_both_sorts() -> None:
    assert faultless_documents
    assert [faultless(document) for document in faulty_documents] == faultless_documents


@pytest.mark.parametrize("document", documents, ids=name)
def test_every_document_has_its_key_and_its_labels(document: Path) -> None:
    assert bool(planted(document)) == (document in faulty_documents)
    assert beside(document, ALONE)


def test_no_key_and_no_labels_are_of_a_document_that_is_not_there() -> None:
    for ending in (EXPECTED, ALONE):
        owners = [path.name.removesuffix(ending) + ".txt" for path in CORPUS.rglob(f"*{ending}")]
        assert Counter(owners) == Counter(document.name for document in documents)


@pytest.mark.parametrize("document", faultless_documents, ids=name)
def test_nothing_is_found_in_a_faultless_document(document: Path) -> None:
    found = [(each.where.line, each.code, each.message) for each in findings(document)]
    assert found == []


@pytest.mark.parametrize("document", faulty_documents, ids=name)
def test_just_the_planted_faults_are_found(document: Path) -> None:
    owed: list[Finding] = []
    for fault in planted(document):
        owed += told(document, fault["amiss"]) if "amiss" in fault else answers(document, fault)
        for place in fault.get("also", []):
            owed += told(document, place)
    found = [(each.where.line, each.code, each.message) for each in findings(document)]
    assert sorted(found) == sorted((each.where.line, each.code, each.message) for each in owed)


@pytest.mark.parametrize(("document", "fault"), cases)
def test_a_planted_fault_is_reported_with_what_it_should_be(
    document: Path, fault: dict[str, Any]
) -> None:
    here = answers(document, fault)
    well = [each for each in here if well_told(each, fault)]
    if "missed" in fault or "amiss" in fault:
        assert not well, "it is told as it should be: take the mark out of the key"
        assert not (here and "missed" in fault)
        assert "missed" in fault or len(told(document, fault["amiss"])) == 1
    else:
        assert len(here) == len(well) == 1
    for place in fault.get("also", []):
        assert len(told(document, place)) == 1, "it is told no more: take it out of the key"


@pytest.mark.parametrize("document", faulty_documents, ids=name)
def test_the_expectations_name_what_stands_in_the_document(document: Path) -> None:
    text, right = lines(document), solid(faultless(document).read_text(encoding="utf-8"))
    assert [f["id"] for f in planted(document)] == [
        f"F{number}" for number, _ in enumerate(planted(document), 1)
    ]
    for fault in planted(document):
        here = solid("".join(text[fault["line"] - 1 : fault["line"] + 1]))
        assert solid(fault["sentence"]) in here, fault["id"]
        assert fault["claimed"] in fault["sentence"], fault["id"]
        assert fault["code"] in codes(fault), fault["id"]
        if fault["expected"] is not None:
            mended = fault["sentence"].replace(fault["claimed"], fault["expected"])
            assert solid(mended) in right, fault["id"]


@pytest.mark.parametrize("document", faulty_documents, ids=name)
def test_a_faulty_document_differs_from_the_faultless_one_only_in_its_faults(
    document: Path,
) -> None:
    faulty, right = lines(document), lines(faultless(document))
    changed: list[int] = []
    dropped: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, right, faulty, False).get_opcodes():
        if tag == "equal":
            continue
        changed += range(c + 1, d + 1)
        # What is taken away may follow a line that is changed.
        assert b - a >= d - c
        if b - a > d - c:
            dropped.append("\n".join(right[a + d - c : b]))
    faults = planted(document)
    # Two faults of one sentence change one line.
    assert changed == list(dict.fromkeys(f["line"] for f in faults if f["code"] not in DROPPING))
    missing = [fault["claimed"] for fault in faults if fault["code"] in DROPPING]
    assert len(dropped) == len(missing)
    assert all(title in block for title, block in zip(missing, dropped, strict=True))


@pytest.mark.parametrize("document", documents, ids=name)
def test_the_labels_name_what_stands_in_their_line(document: Path) -> None:
    text, numbers = lines(document), [label["line"] for label in beside(document, ALONE)]
    assert numbers == sorted(set(numbers))
    for label in beside(document, ALONE):
        assert label["texts"], label
        assert label["why"], label
        rest = solid(text[label["line"] - 1] + "".join(text[label["line"] : label["line"] + 1]))
        for words in label["texts"]:
            _, found, rest = rest.partition(solid(words))
            assert found, (label["line"], words)
