"""The same document gives the same bytes, whatever the locale, the hash seed and the folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from made.paper import pdf
from made.paper import text as print_text
from made.word import word_document

from narrcheck.load import load

SECONDS = re.compile(r'("seconds": )[\d.]+')
SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "zh_CN.UTF-8", "TZ": "America/New_York"},
)


def written(paths: list[Path], surroundings: dict[str, str], folder: Path) -> str:
    """The JSON of the documents, without the seconds."""
    environment = {**os.environ, **surroundings, "PYTHONIOENCODING": "utf-8"}
    root = str(Path(__file__).resolve().parent.parent)
    environment["PYTHONPATH"] = root
    command = [sys.executable, "-m", "narrcheck", "check", *map(str, paths)]
    ended = subprocess.run(
        [*command, "--format=json", "--no-cache", "--isolated"],
        env=environment,
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr.decode()
    return SECONDS.sub(r"\1", ended.stdout.decode())


@pytest.fixture
def documents(root: Path, tmp_path: Path) -> list[Path]:
    """A text, a Word file and a PDF, with faults."""
    faulty = root / "corpus" / "hunan-2023" / "决算-有误.txt"
    document = load(faulty)
    sentence = "本年收入合计61.50万元，比上年增加1.50万元，增长9.9%。"
    made = {
        "甲.docx": word_document(document),
        "丙.pdf": pdf(print_text(sentence, 90, 100)),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return [faulty, *(tmp_path / name for name in made)]


def test_the_same_documents_give_the_same_bytes(documents: list[Path], tmp_path: Path) -> None:
    folders = (tmp_path, Path("/"), documents[0].parent)
    first, *others = (
        written(documents, surroundings, folder)
        for surroundings, folder in zip(SURROUNDINGS, folders, strict=True)
    )
    assert all(other == first for other in others)
    assert first.count('"fingerprint"') > 10
