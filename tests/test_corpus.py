"""Made documents: nothing is found in a faultless one, just the planted faults in a faulty one."""

from __future__ import annotations

import difflib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from narrcheck.check import check
from narrcheck.findings import Finding, Severity

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FAULTY = "-有误"
EXPECTED = ".expected.json"
SEVERITIES = {"hard": Severity.ERROR, "minor": Severity.WARNING}

expectations = sorted(CORPUS.rglob(f"*{EXPECTED}"))
faulty_documents = [path.with_name(path.name.replace(EXPECTED, ".txt")) for path in expectations]
faultless_documents = sorted(set(CORPUS.rglob("*.txt")) - set(faulty_documents))


def name(path: Path) -> str:
    """How a document is called in the list of tests."""
    return path.relative_to(CORPUS).as_posix()


def planted(document: Path) -> list[dict[str, Any]]:
    """The faults a person planted in a document."""
    text = document.with_name(document.stem + EXPECTED).read_text(encoding="utf-8")
    faults: list[dict[str, Any]] = json.loads(text)
    return faults


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


def test_the_corpus_holds_documents_of_both_sorts() -> None:
    assert faultless_documents
    assert faulty_documents


@pytest.mark.parametrize("document", faultless_documents, ids=name)
def test_nothing_is_found_in_a_faultless_document(document: Path) -> None:
    found = [(each.where.line, each.code, each.message) for each in findings(document)]
    assert found == []


@pytest.mark.parametrize("document", faulty_documents, ids=name)
def test_just_the_planted_faults_are_found(document: Path) -> None:
    found = sorted((each.where.line, each.code) for each in findings(document))
    assert found == sorted((fault["line"], fault["code"]) for fault in planted(document))


@pytest.mark.parametrize(
    ("document", "fault"),
    [(document, fault) for document in faulty_documents for fault in planted(document)],
    ids=lambda value: name(value) if isinstance(value, Path) else f"{value['id']}-{value['code']}",
)
def test_a_planted_fault_is_reported_with_what_it_should_be(
    document: Path, fault: dict[str, Any]
) -> None:
    here = [
        each
        for each in findings(document)
        if (each.where.line, each.code) == (fault["line"], fault["code"])
        and fault["claimed"] in each.text
    ]
    assert len(here) == 1
    if fault["expected"] is not None:
        assert here[0].expected == fault["expected"]
    if fault["severity"] in SEVERITIES:
        assert here[0].severity is SEVERITIES[fault["severity"]]


@pytest.mark.parametrize("document", faulty_documents, ids=name)
def test_the_expectations_name_what_stands_in_the_document(document: Path) -> None:
    text, right = lines(document), faultless(document).read_text(encoding="utf-8")
    for fault in planted(document):
        assert fault["sentence"] in text[fault["line"] - 1], fault["id"]
        assert fault["claimed"] in fault["sentence"], fault["id"]
        if fault["expected"] is not None:
            mended = fault["sentence"].replace(fault["claimed"], fault["expected"])
            assert mended in right, fault["id"]


@pytest.mark.parametrize("document", faulty_documents, ids=name)
def test_a_faulty_document_differs_from_the_faultless_one_only_in_its_faults(
    document: Path,
) -> None:
    faulty, right = lines(document), lines(faultless(document))
    changed: list[int] = []
    dropped: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, right, faulty, False).get_opcodes():
        if tag == "delete":
            dropped.append("\n".join(right[a:b]))
        elif tag != "equal":
            assert b - a == d - c == 1
            changed.append(d)
    faults = planted(document)
    # Two faults of one sentence change one line.
    assert changed == list(dict.fromkeys(f["line"] for f in faults if f["code"] != "NC601"))
    missing = [fault["claimed"] for fault in faults if fault["code"] == "NC601"]
    assert len(dropped) == len(missing)
    assert all(title in block for title, block in zip(missing, dropped, strict=True))
