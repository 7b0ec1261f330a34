"""corpus.make: documents, faults and keys, worked out again by hand in fractions."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from corpus import make as command
from corpus.making.faults import NAMES
from corpus.making.forms import MANNERS, Manner, manner_named
from corpus.making.made import Made, make
from corpus.making.marks import Said

ROOT = Path(__file__).resolve().parent.parent
SEEDS = range(4)
FAULTS = 14
WORDS = {"way", "order", "level", "year", "template", "blank", "listed", "item", "table"}
WORDS |= {"percent", "no-unit"}  # what they leave out is at fault, not their digits
NUMBER = re.compile(r"(\d[\d,]*)(?:\.(\d+))?")
SIZES: dict[str, Fraction | int] = {"万元": 10**4, "元": 1}
SIZES |= {"%": Fraction(1, 100), "％": Fraction(1, 100)}
KEYS = ["id", "line", "sentence", "kind", "severity", "claimed", "expected", "code", "note"]


@cache
def made(manner: Manner, seed: int) -> Made:
    return make(manner, seed, faults=FAULTS)


def every() -> Iterator[Made]:
    for manner in MANNERS:
        for seed in SEEDS:
            yield made(manner, seed)


def unit_of(said: Said, text: str) -> str:
    """The unit of what is printed for ``said``."""
    return said.alternatives[0] if said.kind == "cell" else text.lstrip("0123456789,.")


def bounds(text: str, unit: str) -> tuple[Fraction, Fraction]:
    """What a printed number allows, ends included."""
    match = NUMBER.search(text)
    assert match is not None
    places = match[2] or ""
    size = Fraction(SIZES.get(unit, 1))
    value = Fraction(f"{match[1].replace(',', '')}.{places or 0}") * size
    half = size / 10 ** len(places) / 2
    return value - half, value + half


def truth_of(document: Made, figure: str) -> Fraction:
    """What a figure is, in 元 or as a rate."""
    amounts = document.printed.figures.amounts
    if "÷" in figure:
        part, whole = figure.split("÷")
        return Fraction(amounts[part], amounts[whole])
    if figure.startswith(("Δ", "%")):
        last = amounts[f"{figure[1:]}@last"]
        step = abs(amounts[figure[1:]] - last)
        return Fraction(step, 100) if figure[0] == "Δ" else Fraction(step, last)
    return Fraction(amounts[figure], 1 if "cars" in figure else 100)


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_every_printed_number_is_rounded_from_its_figure(manner: Manner) -> None:
    for seed in SEEDS:
        document = made(manner, seed)
        for said in document.printed.said:
            if said.is_number:
                unit = (
                    said.alternatives[0]
                    if said.kind == "cell"
                    else said.text.lstrip("0123456789,.")
                )
                low, high = bounds(said.text, unit if said.kind != "count" else "")
                exact = truth_of(document, said.figure)
                assert said.kind == "count" or low <= exact <= high, (said.figure, said.text)
                assert said.kind != "count" or exact == int(said.text)


def test_every_sum_holds_in_the_figures() -> None:
    for document in every():
        amounts = document.printed.figures.amounts
        for relation in document.printed.figures.sums:
            whole, *parts = relation.figures
            if whole in amounts:
                assert amounts[whole] == sum(amounts.get(part, 0) for part in parts), whole


def test_what_is_marked_stands_where_the_mark_says() -> None:
    for document in every():
        for said in document.printed.said:
            assert document.printed.text[said.start : said.end] == said.text
        assert not set("⟦⟧¦‖") & set(document.text)


def test_a_key_names_what_stands_in_the_document_at_its_line() -> None:
    for document in every():
        lines = document.text.split("\n")
        assert len(document.key) >= FAULTS - 4
        for entry in document.key:
            assert list(entry) == KEYS
            assert entry["sentence"] in lines[entry["line"] - 1]
            assert entry["sentence"].count(entry["claimed"]) == 1
            assert entry["kind"] in NAMES
            assert entry["severity"] in ("hard", "minor", "text")
            assert re.fullmatch(r"NC\d{3}", entry["code"])


def test_what_is_expected_makes_the_sentence_what_it_was() -> None:
    for document in every():
        for entry in document.key:
            if entry["expected"] is not None:
                mended = entry["sentence"].replace(entry["claimed"], entry["expected"])
                assert mended in document.printed.text


def test_a_faulty_document_differs_from_the_faultless_one_only_in_its_faults() -> None:
    for document in every():
        right, wrong = document.printed.text, document.text
        slips = sorted((s for f in document.faults for s in f.slips), key=lambda s: s.start)
        at = place = 0
        for slip in slips:
            assert slip.start >= at
            same = right[at : slip.start]
            assert wrong[place : place + len(same)] == same
            place += len(same)
            assert wrong[place : place + len(slip.text)] == slip.text
            assert slip.text != right[slip.start : slip.end]
            place += len(slip.text)
            at = slip.end
        assert wrong[place:] == right[at:]


def test_without_faults_the_key_is_empty_and_the_text_right() -> None:
    document = make(MANNERS[0], 3)
    assert document.key == []
    assert document.text == document.printed.text


def test_a_number_at_fault_is_one_that_no_rounding_of_its_figure_gives() -> None:
    seen = set()
    for document in every():
        for fault in document.faults:
            if fault.sort in WORDS:
                continue
            seen.add(fault.sort)
            for said, slip in zip(fault.said, fault.slips, strict=True):
                unit = (
                    said.alternatives[0]
                    if said.kind == "cell"
                    else slip.text.lstrip("0123456789,.")
                )
                low, high = bounds(slip.text, unit)
                exact = truth_of(document, said.figure)
                if said.kind == "count":
                    assert int(slip.text) != exact
                elif fault.sort == "truncated":
                    assert high <= exact <= high + (high - low) / 2
                else:
                    assert exact < low or high < exact, (said, slip.text)
    assert seen == set(NAMES) - WORDS


def test_words_at_fault_say_the_opposite_of_the_amounts() -> None:
    for document in every():
        amounts = document.printed.figures.amounts
        for fault in document.faults:
            said = fault.said[0]
            if said.kind == "order":
                one, other = (amounts[figure] for figure in said.figure.split("?"))
                assert one != other
                assert ("大于" in fault.slips[0].text) <= (one < other)
                assert ("小于" in fault.slips[0].text) <= (one > other)
            elif fault.sort == "way":
                now, last = amounts[said.figure[1:]], amounts[f"{said.figure[1:]}@last"]
                assert (fault.slips[0].text in ("增加", "增长")) == (now < last)


def test_no_two_faults_touch_one_figure_or_clause() -> None:
    for document in every():
        figures = [figure for fault in document.faults for figure in fault.figures]
        assert len(figures) == len(set(figures))
        places = [(entry["line"], entry["sentence"]) for entry in document.key]
        assert len(places) == len(set(places))


def test_every_fault_keeps_a_proof_that_no_other_fault_touches() -> None:
    for document in every():
        for fault in document.faults:
            others = {f for each in document.faults if each is not fault for f in each.figures}
            assert not fault.proofs or any(others.isdisjoint(p.figures) for p in fault.proofs)


@pytest.mark.parametrize("sort", NAMES)
def test_every_kind_of_fault_can_be_planted(sort: str) -> None:
    kinds = {manner.kind for manner in MANNERS for seed in range(5) if _has(manner, seed, sort)}
    assert "决算" in kinds
    assert sort == "order" or "预算" in kinds  # a budget is held against nothing


def _has(manner: Manner, seed: int, sort: str) -> bool:
    return [fault.sort for fault in make(manner, seed, sorts=(sort,)).faults] == [sort]


def test_forms_are_of_both_kinds_and_of_many_provinces() -> None:
    assert len(MANNERS) >= 8
    assert sum(manner.kind == "预算" for manner in MANNERS) >= 3
    assert len({manner.form for manner in MANNERS}) == len(MANNERS)


def test_numbers_that_stand_alone_are_those_without_a_witness() -> None:
    document = make(manner_named("四川"), 6)
    lines = document.text.split("\n")
    assert document.alone
    for entry in document.alone:
        assert all(text in lines[entry["line"] - 1] for text in entry["texts"])
    # Budgets stand nowhere in that form: neither do the rates of the items have a witness.
    rates = re.findall(r"（项）：支出决算为[\d.]+万元，完成预算([\d.]+%)", document.text)
    told = [text for entry in document.alone for text in entry["texts"]]
    assert rates
    assert set(rates) <= set(told)


def test_what_is_at_fault_never_counts_as_alone() -> None:
    for document in every():
        proved = [
            e for e in document.key if e["kind"] in ("digit", "transposed", "unit", "mention")
        ]
        alone = {(e["line"], text) for e in document.alone for text in e["texts"]}
        assert not alone & {(entry["line"], entry["claimed"]) for entry in proved}


def test_the_command_writes_the_same_bytes_with_every_hash_seed(tmp_path: Path) -> None:
    folders = [_run(tmp_path / seed, seed) for seed in ("1", "2027")]
    names = [sorted(p.relative_to(f).as_posix() for p in f.rglob("*.*")) for f in folders]
    assert names[0] == names[1]
    assert len(names[0]) == 3 * len(MANNERS)
    for name in names[0]:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def _run(folder: Path, hash_seed: str) -> Path:
    """What the command writes as a process of its own, without the packages of the checkout."""
    options = ["--form", "all", "--seed", "5", "--count", str(len(MANNERS)), "--faults", "6"]
    subprocess.run(
        [sys.executable, "-S", "-m", "corpus.make", *options, "-o", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    return folder


def test_the_files_are_named_for_the_kind_and_hold_the_key(tmp_path: Path) -> None:
    arguments = ["--form", "北京预算", "--seed", "4", "--fault", "way", "-o", str(tmp_path)]
    assert command.main(arguments) == 0
    folder = tmp_path / "北京预算-4"
    key = json.loads((folder / "预算.expected.json").read_text("utf-8"))
    assert [entry["kind"] for entry in key] == ["way"]
    assert key[0]["claimed"] in (folder / "预算.txt").read_text("utf-8")
    assert isinstance(json.loads((folder / "预算.alone.json").read_text("utf-8")), list)


def test_the_listing_names_all_forms_and_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--list"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in (*NAMES, *(manner.name for manner in MANNERS)))


def test_faults_without_a_place_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--form", "四川预算", "--fault", "order", "-o", str(tmp_path)]
    assert command.main(arguments) == 0
    assert "0 of 1" in capsys.readouterr().err


def test_the_generator_needs_nothing_but_python() -> None:
    files = [*(ROOT / "corpus" / "making").glob("*.py"), ROOT / "corpus" / "make.py"]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                top = name.partition(".")[0]
                assert top == "corpus" or top in sys.stdlib_module_names, (path.name, name)
