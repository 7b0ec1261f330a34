"""Seeds and words for the fuzzer, made from the examples of ``patterns/`` and from ``corpus/``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from narrcheck.patterns import load_patterns
from narrcheck.patterns.files import patterns_folder

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
MARKS = re.compile(r"\{(?:\w+:)?([^{}→]*)(?:→[^{}]*)?\}|[【】]")
TAGS = ("<p>", "</p>", "<table>", "<tr>", '<td rowspan="2">', "<br>", "<pre>", "&nbsp;", "<!--")
CODES = ("0.00", "#,##0.00_);[Red](#,##0.00)", "General", "yyyy/m/d h:mm AM/PM", "0%", "# ?/?", "@")
ODD = (
    "\u3000",
    "\u200b",
    "\u202e",
    "\x0c",
    "\r\n",
    "\t",
    "|",
    "－",
    "．",
    "，",
    "（",
    "）",
    "\ufeff",
)


def examples() -> list[str]:
    """The examples of all patterns, without their marks."""
    found: list[str] = []
    for path in sorted(patterns_folder().glob("*.toml")):
        for entries in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for entry in entries if isinstance(entries, list) else ():
                found.extend(entry.get("examples", ()) if isinstance(entry, dict) else ())
    return [MARKS.sub(r"\1", each) for each in found if isinstance(each, str)]


def words() -> list[str]:
    """What sentences are made of: units, cues, items, measures, hedges, and odd characters."""
    known = load_patterns().words
    found = [*known.units, *known.cues, *known.measures, *known.items, *known.funds, *ODD]
    return sorted({*found, *(hedge for hedges in known.hedges.values() for hedge in hedges)})


def seeds(target: str) -> Iterator[bytes]:
    """What a target begins with."""
    if target == "formats":
        yield from (f"{code}\n{value}".encode() for code in CODES for value in ("-1234.565", "0"))
        return
    sentences = examples()
    if target == "numbers":
        yield from (each.encode() for each in sentences)
        return
    made = [f"某某局2023年度部门决算\n\n{each}\n" for each in sentences[::7]]
    made += [path.read_text(encoding="utf-8")[:4000] for path in sorted(CORPUS.rglob("*.txt"))]
    for each in made:
        if target == "html":
            each = f"<table><tr><td>{each}</table>".replace("\n", "<p>").replace("\t", "<td>")
        yield each.encode()


def dictionary(target: str) -> str:
    """The words of a target in the form of libFuzzer's dictionaries."""
    listed = (
        *words(),
        *(TAGS if target == "html" else ()),
        *(CODES if target == "formats" else ()),
    )
    return "".join(f'"{_escaped(each.encode())}"\n' for each in listed)


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)
