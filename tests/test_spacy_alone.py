"""spaCy is loaded without its command line, and is whole for whoever uses it beside narrcheck."""

from __future__ import annotations

import subprocess
import sys


def _says(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip()


def test_reading_claims_loads_nothing_that_downloads() -> None:
    code = """
import sys
from narrcheck.claims import load_reader
load_reader()
print("spacy" in sys.modules, {"spacy.cli", "weasel", "httpx"} & set(sys.modules))
"""
    assert _says(code) == "True set()"


def test_the_commands_of_spacy_can_be_had_afterwards() -> None:
    code = """
from narrcheck.claims import load_reader
load_reader()
import spacy, spacy.cli
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__, callable(spacy.cli.download))
"""
    assert _says(code) == "True True"


def test_a_spacy_that_is_there_is_left_as_it_is() -> None:
    code = """
import spacy
before = spacy.info
from narrcheck.claims import load_reader
load_reader()
print(spacy.info is before)
"""
    assert _says(code) == "True"
