"""The same document gives the same bytes, whatever the locale, the hash seed and the folder."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from made.archive import write
from made.paper import pdf
from made.paper import text as print_text
from made.web import web_page
from made.word import word_document

from narrcheck.load import load

ROOT = Path(__file__).resolve().parent.parent
SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "zh_CN.UTF-8", "TZ": "America/New_York"},
)
# All calls of a surrounding in one process that is ready, for each that it forks off is so, too.
CALLS = """
import json, sys
from pathlib import Path
from narrcheck.check import check
from narrcheck.cli import main
check(Path(sys.argv[2]))
for call in json.loads(sys.argv[1]):
    try:
        main(call)
    except SystemExit as ended:
        assert ended.code in (0, 1), (call, ended.code)
"""


@pytest.fixture
def documents(tmp_path: Path) -> list[Path]:
    """A long text, a Word file, a page and a PDF, with faults."""
    faulty = ROOT / "corpus" / "hunan-2023" / "决算-有误.txt"
    document = load(write(tmp_path / "短.txt", rate="9.9", share="65.8"))
    sentence = "本年收入合计61.50万元，比上年增加1.50万元，增长9.9%。"
    made = {
        "甲.docx": word_document(document),
        "乙.html": web_page(document),
        "丙.pdf": pdf(print_text(sentence, 90, 100)),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return [faulty, *(tmp_path / name for name in made)]


def written(documents: list[Path], surroundings: dict[str, str], folder: Path) -> dict[str, str]:
    """The digest of every report and annotated file, by name; of JSON, the seconds left out."""
    _, word, page, paged = map(str, documents)
    folder.mkdir()
    targets = {
        "all.json": ["check", *map(str, documents), "--format=json"],
        "all.sarif": ["check", *map(str, documents), "--format=sarif"],
        "all.xlsx": ["annotate", word, page, paged],
        "page.html": ["annotate", page],
        "word.docx": ["annotate", word],
        "paged.pdf": ["annotate", paged, "--summary"],
    }
    calls = [[*call, "--isolated", "-o", str(folder / name)] for name, call in targets.items()]
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", CALLS, json.dumps(calls), word],
        env=environment,
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode(errors="replace")
    report = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    for each in report["documents"]:
        assert each["findings"], each["path"]
        del each["summary"]["seconds"]
    (folder / "all.json").write_text(json.dumps(report), encoding="utf-8")
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(targets)
    }


def test_the_same_documents_give_the_same_bytes(documents: list[Path], tmp_path: Path) -> None:
    first, second = (
        written(documents, surroundings, tmp_path / name)
        for surroundings, name in zip(SURROUNDINGS, ("一", "two"), strict=True)
    )
    assert first == second
