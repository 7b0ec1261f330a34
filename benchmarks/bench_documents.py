"""Measures whole documents: each stage, against pdfplumber's own reading, and with their length.

Run it from the checkout: ``python -m benchmarks.bench_documents [--json] [--pdf FILE]``.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bench_reading import turned
from benchmarks.common import CORPUS, Measure, as_json, as_table, median, use_one_core

if TYPE_CHECKING:
    from narrcheck.document import Document, Paragraph

TEXT_BYTES, TEXT_MILLISECONDS = 50_000, 120.0
PAGES = 26
OVER_FLOOR, ON_TWO_CORES = 1.15, 0.7  # of pdfplumber's extract_text and find_tables
LONGER = 1.3  # times as long for each character, where the narrative is ten times as long
STAGES = ("load", "tables", "claims", "ledger", "rules and diagnose", "report")


def main() -> None:
    """Measures and prints; the status is 0 whether the targets are met or not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--runs", type=int, default=5, help="runs that count (default 5)")
    parser.add_argument("--pdf", type=Path, help="measure this file alone")
    options = parser.parse_args()
    measures = of_pdf(options.pdf, options.runs) if options.pdf else documents(options.runs)
    print(as_json(measures) if options.json else as_table(measures))


def documents(runs: int) -> list[Measure]:
    """All of them, of made files."""
    from benchmarks.papers import write_docx, write_html, write_pdf, write_text
    from narrcheck.cli import collect_rarely

    collect_rarely()  # as the command does
    with tempfile.TemporaryDirectory() as folder:
        text = write_text(Path(folder) / "t.txt", TEXT_BYTES)
        paper = write_pdf(Path(folder) / "p.pdf", PAGES)
        others = [write_docx(Path(folder) / "d.docx"), write_html(Path(folder) / "h.html")]
        measures = of_stages(text, f"text of {TEXT_BYTES // 1000} KB", runs, TEXT_MILLISECONDS)
        for path in others:
            measures += of_stages(path, path.suffix[1:].upper(), runs)[-1:]
        measures += of_pdf(paper, runs)
    return [*measures, *growth(max(runs // 2, 1))]


def of_stages(path: Path, name: str, runs: int, most: float | None = None) -> list[Measure]:
    """The CPU time of each stage, everything loaded; last that of all of them."""
    staged(path)
    taken = [staged(path) for _ in range(runs)]
    measures = [
        Measure(f"{name}, {stage}", "ms", median(run[at] for run in taken) * 1000, None, runs)
        for at, stage in enumerate(STAGES)
    ]
    whole = median(sum(run) for run in taken) * 1000
    return [*measures, Measure(f"{name}, whole check, warm", "ms", whole, most, runs)]


def staged(path: Path) -> list[float]:
    """The CPU seconds of each of STAGES for a file, all in this process."""
    from narrcheck.check import check
    from narrcheck.claims import read_claims
    from narrcheck.diagnose import diagnose
    from narrcheck.findings import Report
    from narrcheck.ledger import make_ledger
    from narrcheck.load import load
    from narrcheck.patterns import load_patterns
    from narrcheck.report.json import write_json
    from narrcheck.rules import RULES
    from narrcheck.tables import read_with_proofs

    patterns = load_patterns()
    report = Report((check(path),))
    clock = [time.process_time()]
    document = load(path)
    clock.append(time.process_time())
    values, proofs = read_with_proofs(document, patterns.tables)
    clock.append(time.process_time())
    reading = read_claims(document, patterns, values)
    clock.append(time.process_time())
    ledger = make_ledger(document, patterns, reading, values, proofs)
    clock.append(time.process_time())
    diagnose(ledger, (said for rule in RULES for said in rule.check(ledger)))
    clock.append(time.process_time())
    write_json(report)
    clock.append(time.process_time())
    return [after - before for before, after in pairwise(clock)]


def of_pdf(path: Path, runs: int) -> list[Measure]:
    """A check of a PDF by the floor: what pdfplumber itself takes for its text and tables.

    All of it by turns: the floor, the check on one core, the check on two with pages in two
    processes. Before a run counts, each has been done once.
    """
    from narrcheck.check import check
    from narrcheck.load.pdf.sharing import use_page_processes

    cores = sorted(os.sched_getaffinity(0))
    floors, checks, shared = [], [], []
    for _ in range(runs + 1):
        os.sched_setaffinity(0, cores[-1:])
        floors.append(_seconds(lambda: read_by_pdfplumber(path)))
        checks.append(_seconds(lambda: check(path)))
        os.sched_setaffinity(0, cores[-2:])
        use_page_processes(2)
        shared.append(_seconds(lambda: check(path)))
        use_page_processes(1)
    os.sched_setaffinity(0, cores)
    floor = median(floors[1:])
    alone = median(one / other for one, other in zip(checks[1:], floors[1:], strict=True))
    both = median(one / other for one, other in zip(shared[1:], floors[1:], strict=True))
    pages = read_by_pdfplumber(path)
    return [
        Measure(f"PDF of {pages} pages, pdfplumber alone", "ms", floor * 1000, None, runs),
        Measure("the check on one core, by that", "×", alone, OVER_FLOOR, runs),
        Measure("the check on two cores, by that", "×", both, ON_TWO_CORES, runs),
    ]


def read_by_pdfplumber(path: Path) -> int:
    """The text and the tables of every page by pdfplumber's own functions; how many pages."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.find_tables()
        return len(pdf.pages)


def growth(runs: int) -> list[Measure]:
    """The CPU time of each character as the narrative gets ten and a hundred times as long."""
    from narrcheck.claims import read_claims
    from narrcheck.load import load
    from narrcheck.patterns import load_patterns
    from narrcheck.tables import read_tables

    use_one_core()
    patterns, document = load_patterns(), load(CORPUS)
    values = read_tables(document, patterns.tables)
    each: list[float] = []
    for times in (1, 10, 100):
        narrative = repeated(document, times)
        length = sum(len(paragraph.text) for paragraph in narrative.paragraphs)
        taken = []
        for _ in range(max(runs * 10 // times, 1) + 1):
            started = time.process_time()
            read_claims(narrative, patterns, values)
            taken.append(time.process_time() - started)
        each.append(median(taken[1:]) / length)
    names = ("reading 10 times as long, each character", "reading 100 times as long, by 10 times")
    ratios = (each[1] / each[0], each[2] / each[1])
    return [
        Measure(name, "×", ratio, LONGER, runs) for name, ratio in zip(names, ratios, strict=True)
    ]


def repeated(document: Document, times: int) -> Document:
    """The document with its body so many times, no two rounds with the same decimals near."""
    body: list[Paragraph] = [each for each in document.paragraphs if each.role == "body"]
    rounds = (replace(each, text=turned(each.text, n % 10)) for n in range(times) for each in body)
    return replace(document, paragraphs=tuple(rounds))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
