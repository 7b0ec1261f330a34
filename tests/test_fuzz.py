"""The targets of the fuzzer, on their own seeds and on what it once found."""

from __future__ import annotations

import pytest

from fuzz.seeds import dictionary, seeds
from fuzz.targets import TARGETS

# What no longer may happen: a number that states nothing ended within another number, and the
# rest of that was lost.
FOUND = (
    "目录\n一、概况 3\n二、情况" + " " * 3000 + "x\n表" + "\t" * 900 + "\n\n一、概况",  # took hours
    "支出1,234.50万元，第2,345.60万元。",
    "支出第3，456.70万元。",
    "1. 12345万元。",
    "第3,4季度。",
)


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_holds_on_its_seeds(name: str) -> None:
    target, _ = TARGETS[name]
    given = list(seeds(name))
    assert given
    for data in given[:: max(len(given) // 25, 1)]:
        target(data)


@pytest.mark.parametrize("text", FOUND)
def test_what_was_found_stays_mended(text: str) -> None:
    for name in ("text", "numbers"):
        TARGETS[name][0](f"某某局2023年度部门决算\n\n{text}\n".encode())


def test_the_dictionary_is_one_of_libfuzzer() -> None:
    lines = dictionary("text").splitlines()
    assert len(lines) > 300
    assert all(line.startswith('"\\x') and line.endswith('"') for line in lines)
