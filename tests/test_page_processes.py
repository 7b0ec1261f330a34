"""The pages of a PDF, read in several processes: the same document, and no process left over.

Each case runs in a process of its own, for pytest has threads, beside which nothing is forked.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made.paper import pdf, table, text

linux = pytest.mark.skipif(sys.platform != "linux", reason="shared: processes are forked there")
pytestmark = linux

# What each case begins with; ``with_others`` does something before another process reads a page.
BEGIN = """
import multiprocessing, os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs behind a shell ignores it
from narrcheck.load import load
from narrcheck.load.pdf import printed, sharing
from narrcheck.errors import DocumentError

own, first = os.getpid(), printed.page_without_ocr

def read(count):
    sharing.use_page_processes(count)
    return load(sys.argv[1])

def with_others(do, here=lambda page: time.sleep(0.2)):  # this process leaves pages to others
    def read_page(page):
        (do if os.getpid() != own else here)(page)
        return first(page)
    printed.page_without_ocr = read_page
"""
SAME = """
alone, here = read(1), []
with_others(lambda page: None, lambda page: here.append(time.sleep(0.1)))
assert read(2) == alone
assert 0 < len(here) < %d
assert repr(read(3)) == repr(alone)
assert not multiprocessing.active_children()
"""
DYING = """
alone = read(1)
with_others(lambda page: os._exit(3) if page.page_number == 6 else None)
assert read(2) == alone
assert not multiprocessing.active_children()
"""
FAILING = """
alone = read(1)
with_others(lambda page: 1 / (page.page_number - 6))
assert read(2) == alone
assert not multiprocessing.active_children()
"""
REFUSED = """
from narrcheck.load.pdf import read as reading
reading.MOST_WORK = 100
with_others(lambda page: time.sleep(600) if page.page_number > 8 else None)
try:
    read(2)
except DocumentError as error:
    print(error)
assert not multiprocessing.active_children()
"""
HANGING = """
with_others(lambda page: time.sleep(600))
meanwhile = lambda: print(*(each.pid for each in multiprocessing.active_children()), flush=True)
sharing.use_page_processes(3, meanwhile=meanwhile)
load(sys.argv[1])
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Eighteen pages: lines, tables over pages, one that is damaged, one without codes."""
    prose = [text(f"第{number}段：本年支出合计{number}.50万元。", 90, 100) for number in range(14)]
    grid = table([["科目", "金额"], *([f"科目{row}", f"{row}.25"] for row in range(20))], X, 90)
    uncoded = "\n".join(text("没有编码的文字" * 4, 90, top, font="U") for top in (100, 130, 160))
    path = tmp_path / "made.pdf"
    damaged = b"<< /Length 20 /Filter /FlateDecode >>\nstream\nnot packed at all!!!\nendstream"
    path.write_bytes(pdf(*prose, grid, grid, damaged, uncoded))
    return path


X = (90, 290, 490)


def start(code: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + code, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def said(code: str, path: Path) -> str:
    process = start(code, path)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def assert_end(pids: list[int]) -> None:
    ends = time.monotonic() + 60
    while any(map(is_running, pids)):
        assert time.monotonic() < ends, "a process is left over"
        time.sleep(0.05)


def test_a_document_is_the_same_from_any_number_of_processes(paper: Path) -> None:
    said(SAME % 18, paper)


def test_a_real_document_is_the_same_from_any_number_of_processes(shared: Path) -> None:
    said(SAME % 21, shared / "documents" / "swu-2023-juesuan.pdf")


@pytest.mark.parametrize("code", [DYING, FAILING])
def test_what_a_process_does_not_read_is_read_here(code: str, paper: Path) -> None:
    said(code, paper)


def test_a_file_with_too_much_is_refused_without_waiting_for_its_other_pages(paper: Path) -> None:
    assert said(REFUSED, paper) == f"{paper}：文字或图形多得异常，请拆分后再检查。\n"


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_one_that_started_it(sign: signal.Signals, paper: Path) -> None:
    """Ctrl-C reaches all of them at once, a kill only the first."""
    process = start(HANGING, paper)
    assert process.stdout is not None
    pids = [int(each) for each in process.stdout.readline().split()]
    assert len(pids) == 2
    if sign is signal.SIGINT:
        os.killpg(process.pid, sign)
    else:
        process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -sign
    assert_end(pids)
