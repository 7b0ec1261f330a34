"""Many files: folders, several at a time, bad ones between good ones, and Ctrl-C."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made.archive import LETTER, write
from made.paper import file_of

from narrcheck.cli import main, reporting, workers
from narrcheck.cli.gathering import gathered
from narrcheck.cli.worker import Task
from narrcheck.errors import DocumentError

posix = pytest.mark.skipif(os.name == "nt", reason="shared: processes and signals of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="shared: limits of Linux")

Captured = pytest.CaptureFixture[str]
FORMS = ("text", "json", "jsonl", "sarif", "github", "junit")
RATES = ("11.4", "14.1", "11.3", "11.4")  # right, wrong, cut off, right


@pytest.fixture
def documents(tmp_path: Path) -> list[Path]:
    return [write(tmp_path / f"稿{n}.txt", rate=rate) for n, rate in enumerate(RATES)]


def run(*arguments: str | Path) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def told(capsys: Captured, *arguments: str | Path) -> str:
    """What a call prints, but for its seconds."""
    run("check", *arguments)
    return timeless(capsys.readouterr().out)


def timeless(text: str) -> str:
    return re.sub(r'("seconds": |time=")[\d.]+', r"\1", text)


def paths_in(out: str) -> list[str]:
    return [each["path"] for each in json.loads(out)["documents"]]


# Folders.


def test_a_folder_stands_for_the_documents_below_it(tmp_path: Path, capsys: Captured) -> None:
    wanted = ["a.md", "b/c/d.txt", "b/甲.txt", "e.TXT"]
    others = [".hidden.txt", ".git/x.txt", "~$a.docx", "g.xlsx", "h.png", "a.narrcheck.toml"]
    own = ["a.批注.docx", "b/乙.批注.pdf", "乙.汇总.pdf"]
    for name in (*wanted, *others, *own):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
        if name in wanted:
            write(path)
    page = tmp_path / "报告.html"
    assert run("annotate", tmp_path / "a.md", "-o", page) == 0
    capsys.readouterr()
    assert run("check", tmp_path, "--format", "json") == 0
    printed = capsys.readouterr()
    assert paths_in(printed.out) == [str(tmp_path / name) for name in wanted]
    assert (
        printed.err == f"narrcheck: 略去 narrcheck 写出的 4 个文件，如 {tmp_path}/a.批注.docx。\n"
    )


def test_files_and_folders_keep_their_order_and_nothing_comes_twice(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    first, second = write(tmp_path / "z.txt"), write(tmp_path / "in" / "b.txt")
    third = write(tmp_path / "in" / "a.txt")
    assert gathered([first, tmp_path / "in"]).files == (first, third, second)
    assert gathered([tmp_path / "in", first]).files == (third, second, first)
    again = gathered([second, tmp_path / "in", tmp_path, second])
    assert again.files == (second, third, first, second)
    assert again.found == {third, first}


def test_a_folder_may_hold_what_is_no_disclosure(
    documents: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    letter = tmp_path / "通知.txt"
    letter.write_text(LETTER, encoding="utf-8")
    assert run("check", tmp_path) == 1
    printed = capsys.readouterr()
    assert printed.err == f"narrcheck: {letter}：没有情况说明，跳过。\n"
    assert "没有情况说明而跳过的 1 个文件。" in printed.out
    assert run("check", letter, *documents) == 2  # whoever names it wants it checked
    assert "请确认文件含有文字说明" in capsys.readouterr().err
    (tmp_path / "坏.docx").write_bytes(b"PK\3\4 broken")
    assert run("check", tmp_path) == 2
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 2
    assert "未能检查的 1 个文件。" in printed.out
    assert run("baseline", tmp_path, "-o", tmp_path / "base.json") == 2
    assert not (tmp_path / "base.json").exists()


@pytest.mark.parametrize("command", ["check", "annotate", "baseline"])
def test_a_folder_with_nothing_to_check_is_no_success(
    tmp_path: Path, capsys: Captured, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(b"")
    assert run(command, "in") == 2
    assert capsys.readouterr().err.startswith("narrcheck: in：文件夹里没有可以核对的文件")
    (tmp_path / "in" / "通知.txt").write_text(LETTER, encoding="utf-8")
    assert run(command, "in") == 2
    assert "没有一个文件有情况说明，什么也没有核对。" in capsys.readouterr().err


def test_copies_are_no_input_where_their_originals_are(
    documents: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    copy = write(tmp_path / "稿1.批注.txt", rate="14.1")
    assert run("annotate", *documents, copy, "-o", tmp_path / "清单.xlsx") == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"narrcheck: 略去 narrcheck 写出的 1 个文件，如 {copy}。"
    assert run("check", copy) == 1  # named alone, it is meant


def test_a_report_in_the_folder_is_not_read_the_next_time(
    documents: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    output = tmp_path / "结果.txt"
    for _ in range(2):
        assert run("check", tmp_path, "-o", output) == 1
    assert f"共 {len(documents)} 份文件" in output.read_text(encoding="utf-8")
    assert run("check", *documents, output, "-o", output) == 2
    assert "换一个文件名" in capsys.readouterr().err


def test_a_list_and_a_baseline_are_made_of_a_folder(
    documents: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    assert run("annotate", tmp_path, "-o", tmp_path / "清单.xlsx", "--jobs", "2") == 0
    assert (tmp_path / "清单.xlsx").stat().st_size > 0
    assert run("baseline", tmp_path, "-o", tmp_path / "base.json", "--jobs", "2") == 0
    assert run("check", tmp_path, "--baseline", tmp_path / "base.json") == 0
    assert run("annotate", tmp_path) == 2
    assert "一次只能批注一个文件" in capsys.readouterr().err


# The same, however many at a time, in whatever order, wherever.


@pytest.mark.parametrize("form", FORMS)
def test_any_number_of_jobs_tells_the_same(
    documents: list[Path], tmp_path: Path, capsys: Captured, form: str
) -> None:
    bad = tmp_path / "没有.txt"
    files = [*documents[:2], bad, *documents[2:]]
    one, *others = [
        told(capsys, *files, "--format", form, "--jobs", jobs) for jobs in ("1", "2", "3")
    ]
    assert one
    assert others == [one, one]
    told(capsys, *files, "--format", form, "--jobs", "3", "-o", tmp_path / "out")
    written = timeless((tmp_path / "out").read_text(encoding="utf-8"))
    assert written == one or form == "text"  # a file is 100 columns wide


def test_the_part_of_a_document_is_the_same_in_any_order(
    documents: list[Path], capsys: Captured
) -> None:
    alone = {path: told(capsys, path, "--format", "jsonl") for path in documents}
    shuffled = random.Random(7)
    for jobs in ("1", "2"):
        files = shuffled.sample(documents, len(documents))
        out = told(capsys, *files, "--format", "jsonl", "--jobs", jobs)
        assert out == "".join(alone[path] for path in files)


def test_neither_hash_seed_nor_locale_nor_jobs_change_a_byte(root: Path) -> None:
    files = ["corpus/hunan-2023/决算-有误.txt", "corpus/shanghai-2024/决算-有误.txt"]
    outs = set()
    for seed, locale, jobs, order in (
        ("0", "C", "1", 1),
        ("1", "zh_CN.UTF-8", "2", -1),
        ("random", "C.UTF-8", "3", 1),
    ):
        command = [sys.executable, "-m", "narrcheck", "check", "--format", "json", "--jobs", jobs]
        done = subprocess.run(
            [*command, *files[::order]],
            capture_output=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale},
        )
        assert done.returncode == 1, done.stderr
        parts = json.loads(timeless_bytes(done.stdout))["documents"]
        outs.add(json.dumps(sorted(parts, key=lambda part: str(part["path"]))))
    assert len(outs) == 1


def timeless_bytes(out: bytes) -> str:
    return re.sub(r'"seconds": [\d.]+', '"seconds": 0', out.decode("utf-8"))


def test_a_process_started_afresh_tells_what_a_forked_one_does(
    documents: list[Path], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked = told(capsys, *documents[:2])
    monkeypatch.setattr(workers, "START", "spawn")
    assert told(capsys, *documents[:2]) == forked


def test_workers_are_replaced_in_time(
    documents: list[Path], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(capsys, *documents)
    started: list[object] = []
    start = workers._started

    def counted() -> workers.Worker:
        started.append(0)
        return start()

    monkeypatch.setattr(workers, "_started", counted)
    monkeypatch.setattr(workers, "MOST_TURNS", 2)
    assert told(capsys, *documents, "--jobs", "1") == whole
    assert len(started) == 2


def test_one_file_alone_may_have_its_pages_shared_and_several_not(
    documents: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []

    def note(asked: Iterator[Task], jobs: int, _: object) -> Iterator[tuple[int, object]]:
        for number, task in enumerate(asked):
            seen.append((task.pages, jobs))
            yield number, DocumentError("甲")

    monkeypatch.setattr(workers, "work_off", note)
    assert run("check", documents[0], "--jobs", "3") == 2
    assert run("check", *documents[:2], "--jobs", "3") == 2
    assert seen == [(3, 3), (1, 3), (1, 3)]
    assert reporting._usual_jobs() >= 1


def test_what_came_from_the_cache_stands_among_the_others(
    documents: list[Path], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = told(capsys, *documents, "--format", "jsonl")
    monkeypatch.setenv("NARRCHECK_CACHE_DIR", str(tmp_path / "kept"))
    for some in ([documents[2]], documents, documents):
        out = told(capsys, *some, "--format", "jsonl", "--jobs", "2")
    assert out == fresh


# Bad ones between good ones.

Does = Callable[[], object]


def loops() -> None:
    while True:
        pass


def loops_and_heeds_nothing() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    loops()


def takes_all_memory() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 24))


def kills_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fails() -> None:
    raise KeyError("甲")


def struck(monkeypatch: pytest.MonkeyPatch, folder: Path, does: Does, settings: str) -> Path:
    """A document that does this to whoever loads it, with settings of its own."""
    monkeypatch.setattr("narrcheck.load.html.read.load_html", lambda *_: does())
    monkeypatch.delenv("NARRCHECK_DEBUG")
    (folder / "own").mkdir()
    (folder / "own" / "narrcheck.toml").write_text(settings, encoding="utf-8")
    path = folder / "own" / "坏.html"
    path.write_text("<html>1.00", encoding="utf-8")
    return path


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("does", "words"),
    [
        (loops, "1 秒内没有核对完，已停止；.*--timeout"),
        (loops_and_heeds_nothing, "1 秒内没有核对完，已停止；.*--timeout"),
        (lambda: os._exit(3), "核对它的进程意外结束（状态 3）.*请"),
        (os.abort, "核对它的进程意外结束（信号 6）.*请"),
        (kills_itself, "核对它的进程被系统终止，可能是内存不够；.*--jobs 1"),
        (fails, "检查时出错（KeyError.*请"),
        pytest.param(takes_all_memory, "内存不够（限 300 MB）.*--memory", marks=linux),
    ],
)
def test_whatever_a_document_does_the_others_are_checked(
    documents: list[Path],
    tmp_path: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    does: Does,
    words: str,
    jobs: str,
) -> None:
    hangs = "已停止" in words  # the others have time, however busy the machine is
    bad = struck(monkeypatch, tmp_path, does, "timeout = 1\n" if hangs else "memory = 300\n")
    files = [documents[0], bad, *documents[1:3]]
    assert run("check", *files, "--format", "json", "--jobs", jobs) == 2
    printed = capsys.readouterr()
    assert paths_in(printed.out) == [str(path) for path in documents[:3]]
    assert re.fullmatch(rf"narrcheck: {re.escape(str(bad))}：{words}.*。\n", printed.err)


@posix
def test_a_file_alone_that_hangs_ends_in_a_line_too(tmp_path: Path, capsys: Captured) -> None:
    """An object of the PDF refers to itself; the library that reads it goes round and round."""
    path = tmp_path / "圈.pdf"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox 4 0 R /Resources << >> >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    path.write_bytes(file_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, b"4 0 R"]))
    assert run("check", path, "--timeout", "5") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"narrcheck: {path}：")
    assert printed.err.count("\n") == 1


@posix
def test_what_a_worker_has_started_ends_with_it(
    documents: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starts_and_loops() -> None:
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        (tmp_path / "pid").write_text(str(process.pid), encoding="ascii")
        loops_and_heeds_nothing()

    bad = struck(monkeypatch, tmp_path, starts_and_loops, "timeout = 3\n")
    assert run("check", bad) == 2
    assert is_gone(int((tmp_path / "pid").read_text(encoding="ascii")))


def is_gone(pid: int) -> bool:
    """Whether a process ends within ten seconds, or has ended and waits to be buried."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            os.kill(pid, 0)
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state[0] == "Z":
            return True
        time.sleep(0.1)
    return False


def test_a_broken_note_beside_one_document_stops_no_other(
    documents: list[Path], capsys: Captured
) -> None:
    documents[1].with_suffix(".narrcheck.toml").write_text("suppress = 1", encoding="utf-8")
    assert run("check", *documents, "--format", "json") == 2
    printed = capsys.readouterr()
    assert paths_in(printed.out) == [str(documents[n]) for n in (0, 2, 3)]
    assert printed.err.count("\n") == 1


def test_bad_settings_of_the_last_folder_are_told_before_anything_is_checked(
    documents: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "in").mkdir()
    last = write(tmp_path / "in" / "z.txt")
    for wrong in ('timeout = "1"', "timeout = -1", "memory = true", "memory = 1.5"):
        (tmp_path / "in" / "narrcheck.toml").write_text(wrong, encoding="utf-8")
        assert run("check", *documents, last) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert re.search(r"(timeout|memory) 应当是不小于 0 的整数", printed.err)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("--jobs", "0", "--jobs 不能小于 1；"),
        ("--jobs", "x", "--jobs 要写整数；"),
        ("--timeout", "-1", "--timeout 不能小于 0；"),
        ("--memory", "1.5", "--memory 要写整数；"),
    ],
)
def test_wrong_bounds_are_one_line_of_chinese(
    documents: list[Path], capsys: Captured, name: str, value: str, said: str
) -> None:
    assert run("check", documents[0], name, value) == 2
    assert capsys.readouterr().err.startswith(f"narrcheck: {said}")


# Ctrl-C.

HANGING = """
import sys, time
from pathlib import Path
import narrcheck.load.html.read

def hang(name, *_):
    import os
    Path(name).with_suffix(".pid").write_text(str(os.getpid()))
    time.sleep(600)

narrcheck.load.html.read.load_html = hang
from narrcheck.cli import main
main(sys.argv[1:])
"""


@pytest.fixture
def hanging(tmp_path: Path) -> Path:
    """A document that is never done; beside it, then, stands the number of its process."""
    path = tmp_path / "坏.html"
    path.write_text("<html>1.00", encoding="utf-8")
    return path


def hung(hanging: Path, *arguments: str | Path) -> tuple[subprocess.Popen[bytes], int]:
    """A call that checks one file after the other and has come to the hanging one; its worker."""
    process = subprocess.Popen(
        [sys.executable, "-c", HANGING, "check", *map(str, arguments), "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    note = hanging.with_suffix(".pid")
    for _ in range(600):
        if note.exists() and note.read_text(encoding="ascii"):
            return process, int(note.read_text(encoding="ascii"))
        time.sleep(0.1)
    process.kill()
    raise TimeoutError("it never came so far")


def whole(out: str, form: str) -> bool:
    """Whether a report is well formed, and its finding in it."""
    if form in ("json", "sarif"):
        json.loads(out)
    elif form == "jsonl":
        assert out.endswith("\n")
        assert [json.loads(line)["type"] for line in out.splitlines()] == [
            *("document", "document", "finding")
        ]
    elif form == "junit":
        ET.fromstring(out)
    return "14.1%" in out


@posix
@pytest.mark.parametrize("form", FORMS)
def test_ctrl_c_leaves_what_is_done(documents: list[Path], hanging: Path, form: str) -> None:
    files = [*documents[:2], hanging, documents[2]]
    process, worker = hung(hanging, *files, "--format", form)
    process.send_signal(signal.SIGTERM if form == "sarif" else signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert errors.decode() == "narrcheck: 已中断：4 个文件中核对了 2 个。\n"
    assert process.returncode == 130
    assert whole(out.decode(), form)
    assert is_gone(worker)


@posix
def test_results_come_before_all_are_done(documents: list[Path], hanging: Path) -> None:
    process, _ = hung(hanging, *documents[:2], hanging, "--format", "jsonl")
    assert process.stdout is not None
    lines = [json.loads(process.stdout.readline()) for _ in range(3)]
    assert [line["path"] for line in lines if line["type"] == "document"] == [
        str(path) for path in documents[:2]
    ]
    assert process.poll() is None
    process.terminate()
    assert process.communicate(timeout=60)[0] == b""
    assert process.returncode == 130


@posix
def test_a_second_ctrl_c_ends_at_once_and_leaves_no_process(hanging: Path) -> None:
    process, worker = hung(hanging, hanging)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert b"Traceback" not in errors
    assert process.returncode == 130
    assert is_gone(worker)


@posix
def test_workers_end_where_their_parent_is_killed(hanging: Path) -> None:
    process, worker = hung(hanging, hanging)
    process.kill()
    process.communicate(timeout=60)
    assert is_gone(worker)


# The end of a report on several.


def test_the_overview_ranks_the_worst_first(documents: list[Path], capsys: Captured) -> None:
    assert run("check", *documents) == 1
    out = capsys.readouterr().out
    end = out[out.index("共 4 份文件") :].replace("\n  ", " ")
    assert end.startswith("共 4 份文件：错误 1 · 警告 1 · 提示 0")
    flat = "".join(end.split())
    assert flat.index(documents[1].name) < flat.index(documents[2].name)
    assert documents[0].name not in flat
    assert end.endswith("没有发现问题的 2 份。\n")
    assert run("check", documents[0]) == 0
    assert "份文件" not in capsys.readouterr().out
