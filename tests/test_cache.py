"""Reports kept from one call to the next: the same as those worked out, and never in the way."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from made.archive import LETTER, write
from made.word import word_document

import narrcheck.cache
from narrcheck.cache import FOLDER, cache_folder, check_cached, clear_cache
from narrcheck.check import check
from narrcheck.cli import main
from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.findings import DocumentReport, NoNarrativeError
from narrcheck.load import load

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a cache that is empty."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(FOLDER, str(folder))
    return folder


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return write(tmp_path / "决算.txt", rate="14.1")


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The documents that were really checked, in order."""
    seen: list[Path] = []
    work = narrcheck.cache._checked

    def checked(
        path: Path, tables: Path | None, patterns: Path | None
    ) -> DocumentReport | Document:
        seen.append(path)
        return work(path, tables, patterns)

    monkeypatch.setattr(narrcheck.cache, "_checked", checked)
    return seen


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@pytest.mark.parametrize("name", ["hunan-2023/决算-有误", "shanghai-2024/决算"])
def test_what_is_kept_is_the_whole_report(
    name: str, tmp_path: Path, kept: Path, checks: list[Path]
) -> None:
    text = CORPUS / f"{name}.txt"
    word = tmp_path / "决算.docx"
    word.write_bytes(word_document(load(text)))
    for path in (text, word):
        first, second = check_cached(path), check_cached(path)
        assert first == second
        assert second.relations
        assert second.document.sources == first.document.sources
    assert checks == [text, word]


def test_a_paged_document_keeps_its_lines(shared: Path, kept: Path, checks: list[Path]) -> None:
    path = shared / "documents" / "putuo-shegongbu-2024-juesuan.pdf"
    assert check_cached(path) == check_cached(path)
    assert checks == [path]


def test_the_same_content_under_another_name_is_told_under_that_name(
    document: Path, tmp_path: Path, kept: Path, checks: list[Path]
) -> None:
    check_cached(document)
    copy = tmp_path / "other" / "副本.txt"
    copy.parent.mkdir()
    copy.write_bytes(document.read_bytes())
    assert check_cached(copy).document.path == str(copy)
    assert checks == [document]
    as_page = copy.with_suffix(".md")
    as_page.write_bytes(document.read_bytes())
    check_cached(as_page)
    assert checks == [document, as_page]  # another format may be read otherwise


def test_tables_apart_count_by_name_and_content(
    document: Path, tmp_path: Path, kept: Path, checks: list[Path]
) -> None:
    tables = write(tmp_path / "表.txt")
    assert check_cached(document, tables=tables) == check_cached(document, tables=tables)
    assert check_cached(document) != check_cached(document, tables=tables)
    assert len(checks) == 2
    other = tables.rename(tmp_path / "附表.txt")
    report = check_cached(document, tables=other)
    files = {table.where.file for table in report.document.tables if table.where.file}
    assert files <= {str(other)}
    assert len(checks) == 3
    other.write_text(other.read_text(encoding="utf-8").replace("18.50", "18.60"), encoding="utf-8")
    check_cached(document, tables=other)
    assert len(checks) == 4


def test_changed_patterns_are_worked_with(
    document: Path, tmp_path: Path, root: Path, kept: Path, checks: list[Path]
) -> None:
    own = tmp_path / "patterns"
    for source in (root / "patterns").rglob("*"):
        target = own / source.relative_to(root / "patterns")
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    check_cached(document, patterns=own)
    check_cached(document, patterns=own)
    assert len(checks) == 1
    with (own / "cues.toml").open("a", encoding="utf-8") as file:
        file.write("# 多一行\n")
    check_cached(document, patterns=own)
    assert len(checks) == 2


@pytest.mark.parametrize("what", ["_modules", "_libraries"])
def test_another_program_works_it_out_again(
    what: str, document: Path, kept: Path, checks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    check_cached(document)
    monkeypatch.setattr(narrcheck.cache, what, lambda: ["another 2.0"])
    check_cached(document)
    assert len(checks) == 2


def test_that_a_document_has_no_narrative_is_kept_too(
    tmp_path: Path, kept: Path, checks: list[Path]
) -> None:
    first, second = tmp_path / "letter.txt", tmp_path / "copy.txt"
    for path in (first, second):
        path.write_text(LETTER, encoding="utf-8")
        with pytest.raises(NoNarrativeError, match=path.name):
            check_cached(path)
    assert checks == [first]


def test_what_cannot_be_read_is_said_as_ever(tmp_path: Path, kept: Path) -> None:
    with pytest.raises(DocumentError, match="没有这个文件"):
        check_cached(tmp_path / "missing.txt")
    assert not kept.exists()


class Evil:
    """Foreign code that would make a file, were it run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def _sealed(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return hashlib.sha256(packed).digest() + packed


def test_damaged_or_foreign_files_are_worked_out_again_and_never_run(
    document: Path, tmp_path: Path, kept: Path, checks: list[Path]
) -> None:
    report = check_cached(document)
    (file,) = files_in(kept)
    whole = file.read_bytes()
    struck = tmp_path / "struck"
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    bad = [
        b"",
        whole[:100],
        bytes(flipped),
        hashlib.sha256(b"no zlib").digest() + b"no zlib",
        _sealed(b"no pickle"),
        _sealed(pickle.dumps(Evil(struck))),
        _sealed(pickle.dumps("words")),
        _sealed(b"cbuiltins\neval\n(S'1'\ntR."),
    ]
    for number, content in enumerate(bad, 2):
        file.write_bytes(content)
        assert check_cached(document).findings == report.findings
        assert len(checks) == number, content[:40]
        assert not struck.exists()


def test_every_cut_and_many_damaged_bytes_are_told(
    document: Path, kept: Path, checks: list[Path]
) -> None:
    check_cached(document)
    (file,) = files_in(kept)
    whole = file.read_bytes()
    key = file.name.removesuffix(".report")
    for at in range(0, len(whole), max(1, len(whole) // 200)):
        file.write_bytes(whole[:at])
        assert narrcheck.cache._kept(kept, key) is None
        damaged = bytearray(whole)
        damaged[at] ^= 0x55
        file.write_bytes(bytes(damaged))
        assert narrcheck.cache._kept(kept, key) is None


def test_a_document_that_changes_while_it_is_read_is_not_kept(
    document: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(path: Path, tables: object, patterns: object) -> DocumentReport:
        report = check(path)
        write(path)
        return report

    monkeypatch.setattr(narrcheck.cache, "_checked", changing)
    assert check_cached(document).findings
    assert not kept.exists()


def test_a_folder_that_cannot_be_written_fails_nothing(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x", encoding="utf-8")
    for folder in (in_the_way, in_the_way / "below", Path("/proc/nowhere")):
        monkeypatch.setenv(FOLDER, str(folder))
        assert check_cached(document).findings
    assert in_the_way.read_text(encoding="utf-8") == "x"


def test_a_missing_home_fails_nothing(
    document: Path, monkeypatch: pytest.MonkeyPatch, checks: list[Path]
) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv(FOLDER)
    monkeypatch.setattr("platformdirs.user_cache_path", homeless)
    assert cache_folder() is None
    check_cached(document)
    check_cached(document)
    assert len(checks) == 2
    assert clear_cache() == 0


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_nobody_else_can_read_it_and_where_others_write_it_is_not_used(
    document: Path, kept: Path, checks: list[Path]
) -> None:
    check_cached(document)
    assert kept.stat().st_mode & 0o777 == 0o700
    kept.chmod(0o777)
    check_cached(document)
    assert len(checks) == 2


def test_what_was_not_used_for_long_goes_and_the_oldest_of_too_much(
    document: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.mkdir(mode=0o700)
    now = time.time()
    for number in range(10):
        path = kept / f"{number:064x}.report"
        path.write_bytes(b"x" * 100)
        os.utime(path, (now - number * 3600,) * 2)
    stale, foreign = kept / f"{10:064x}.report", kept / "notes.txt"
    unfinished = kept / "tmpabc.report.part"
    for path in (stale, foreign, unfinished):
        path.write_bytes(b"x")
        os.utime(path, (now - 40 * 24 * 3600,) * 2)
    monkeypatch.setattr(narrcheck.cache, "MOST_BYTES", 450)
    narrcheck.cache._make_room(kept)
    assert files_in(kept) == [*(kept / f"{number:064x}.report" for number in range(4)), foreign]


def test_use_keeps_a_report_young(document: Path, kept: Path) -> None:
    check_cached(document)
    (file,) = files_in(kept)
    os.utime(file, (0, 0))
    check_cached(document)
    assert file.stat().st_mtime > time.time() - 60


def test_many_at_once_leave_whole_files(document: Path, kept: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda _: check_cached(document).findings, range(16)))
    assert len(set(reports)) == 1
    (file,) = files_in(kept)
    assert file.suffix == ".report"


def run(*arguments: str | Path) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


Captured = pytest.CaptureFixture[str]


def test_the_second_report_is_the_first_to_the_byte_in_every_form(
    document: Path, kept: Path, capsys: Captured
) -> None:
    for form in ("text", "json"):
        assert run("check", document, "--format", form) == 1
        first = capsys.readouterr().out
        assert run("check", document, "--format", form) == 1
        assert capsys.readouterr().out == first


def test_no_cache_neither_reads_nor_writes(document: Path, kept: Path, checks: list[Path]) -> None:
    assert run("check", document, "--no-cache") == 1
    assert not kept.exists()
    assert checks == []


def test_settings_choose_among_what_is_kept(document: Path, kept: Path) -> None:
    assert run("check", document) == 1
    (file,) = files_in(kept)
    written = file.stat().st_ino
    assert run("check", document, "--ignore", "NC2") == 0
    assert [each.stat().st_ino for each in files_in(kept)] == [written]  # not written again
    (document.parent / "narrcheck.toml").write_text("cache = false\n", encoding="utf-8")
    assert run("check", document) == 1
    assert len(files_in(kept)) == 1


def test_the_cache_is_named_and_cleared(
    document: Path, kept: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("check", document)
    (kept / "notes.txt").write_text("x", encoding="utf-8")
    capsys.readouterr()
    assert run("cache", "dir") == 0
    assert capsys.readouterr().out == f"{kept}\n"
    assert run("cache", "clear") == 0
    assert capsys.readouterr().out == "已删去 1 份。\n"
    assert files_in(kept) == [kept / "notes.txt"]
    monkeypatch.setenv(FOLDER, "")
    assert run("cache", "dir") == 2


def test_an_answer_from_the_cache_loads_nothing_and_starts_no_process(
    document: Path, kept: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("check", document) == 1
    first = capsys.readouterr().out
    monkeypatch.setattr("narrcheck.cli.workers._started", lambda: pytest.fail("a process"))
    assert run("check", document) == 1
    assert capsys.readouterr().out == first
    heavy = "{'spacy', 'jieba', 'pdfplumber', 'docx', 'openpyxl', 'narrcheck.check'}"
    code = f"""
import sys
from narrcheck.cli import main
try:
    main(["check", {str(document)!r}, "--format", "json"])
finally:
    print(sorted({heavy} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert json.loads(done.stdout)["documents"][0]["findings"]
    assert done.stderr == "[]\n"
