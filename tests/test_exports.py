"""One document in every form that people send gives the same claims, values and findings."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from made.sheets import workbook
from made.word import word_document

from narrcheck.check import check
from narrcheck.document import Document
from narrcheck.findings import DocumentReport
from narrcheck.load import load
from narrcheck.load.office import office_program

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "hunan-2023"
NAMES = ("决算", "决算-有误")
FORMS = ("{}.docx", "again/{}.docx", "{}.html", "{}.pdf")


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus documents as Word files, and what LibreOffice makes of these."""
    office = office_program()
    if office is None:
        pytest.skip("no LibreOffice is installed")
    folder = tmp_path_factory.mktemp("exports")
    for name in NAMES:
        document = load(CORPUS / f"{name}.txt")
        (folder / f"{name}.docx").write_bytes(word_document(document))
        (folder / f"{name}.xlsx").write_bytes(workbook(document))
        (folder / f"{name}.narrative.docx").write_bytes(word_document(without_tables(document)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [office, "--headless", "--norestore", profile]
    plain = [str(folder / f"{name}.docx") for name in NAMES]
    apart = [str(folder / f"{name}.narrative.docx") for name in NAMES]
    run(*convert, "--convert-to", "pdf", "--outdir", str(folder), *plain, *apart)
    run(*convert, "--convert-to", "html", "--outdir", str(folder), *plain)
    run(*convert, "--convert-to", "docx", "--outdir", str(folder / "again"), *plain)
    return folder


def without_tables(document: Document) -> Document:
    told = tuple(each for each in document.paragraphs if each.role not in ("title", "note"))
    return replace(document, tables=(), paragraphs=told)


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)


@cache
def in_text(name: str) -> DocumentReport:
    """What is found in the document as it stands in the corpus."""
    return check(CORPUS / f"{name}.txt")


def claims(report: DocumentReport) -> Sequence[object]:
    return [
        (
            "".join(claim.text.split()),
            claim.kind,
            claim.figure,
            claim.base,
            report.statuses[claim.id],
        )
        for claim in report.reading.claims
    ]


def values(report: DocumentReport) -> Sequence[object]:
    return [
        (value.row_name, value.column_name, value.quantity.value, value.quantity.unit, value.figure)
        for value in report.table_values
    ]


def findings(report: DocumentReport) -> Sequence[object]:
    return [
        (each.code, each.text, each.severity, each.message, each.fingerprint)
        for each in report.findings
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_a_document_reads_the_same_in_every_form(exports: Path, name: str, form: str) -> None:
    text = in_text(name)
    other = check(exports / form.format(name))
    assert claims(other) == claims(text)
    assert values(other) == values(text)
    assert findings(other) == findings(text)
    assert other.document.notices == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_narrative_in_pdf_and_tables_in_a_workbook_give_the_findings_of_one_file(
    exports: Path, name: str
) -> None:
    text = in_text(name)
    pair = check(exports / f"{name}.narrative.pdf", tables=exports / f"{name}.xlsx")
    assert claims(pair) == claims(text)
    assert findings(pair) == findings(text)
