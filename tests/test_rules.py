"""Each rule's page ends in a small document whose sentences carry the answer: that is its test."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

from narrcheck.check import check
from narrcheck.rules import RULES

MARK = re.compile(r"\{([^{}→]+)→([^{}]*)\}")


def slug(rule: ModuleType) -> str:
    """A rule's slug as its file says it."""
    return rule.__name__.rsplit(".", 1)[-1].replace("_", "-")


def page(rule: ModuleType) -> tuple[str, str]:
    """A rule's page, and the document at its end with its marks."""
    assert rule.__doc__
    words, _, example = rule.__doc__.partition("\n例文：\n")
    return words, textwrap.dedent(example)


@pytest.mark.parametrize("rule", RULES, ids=slug)
def test_a_rule_has_a_code_and_the_slug_of_its_file(rule: ModuleType) -> None:
    assert re.fullmatch(r"NC\d{3}", rule.CODE)
    assert slug(rule) == rule.SLUG


def test_no_two_rules_share_a_code() -> None:
    codes = [rule.CODE for rule in RULES]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("rule", RULES, ids=slug)
def test_a_rule_page_says_what_must_hold_with_a_right_and_a_wrong_example(rule: ModuleType) -> None:
    words, example = page(rule)
    assert words.splitlines()[0].endswith("。")
    assert "\n正例：" in words
    assert "\n反例：" in words
    assert MARK.search(example)


@pytest.mark.parametrize("rule", RULES, ids=slug)
def test_the_document_of_a_rule_page_gives_just_the_findings_it_marks(
    rule: ModuleType, tmp_path: Path
) -> None:
    _, example = page(rule)
    document = tmp_path / "例文.md"
    document.write_text(MARK.sub(r"\1", example), encoding="utf-8")
    found = [(each.code, each.text, each.expected or "") for each in check(document).findings]
    assert found == [(rule.CODE, text, expected) for text, expected in MARK.findall(example)]


@pytest.mark.parametrize("rule", RULES, ids=slug)
def test_the_document_of_a_rule_page_gives_nothing_once_mended(
    rule: ModuleType, tmp_path: Path
) -> None:
    _, example = page(rule)
    if any(not expected for _, expected in MARK.findall(example)):
        return  # what is to be done there is not to put another word in its place
    document = tmp_path / "例文.md"
    document.write_text(MARK.sub(r"\2", example), encoding="utf-8")
    assert check(document).findings == ()
