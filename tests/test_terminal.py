"""What only a terminal sees: a bar of progress on standard error, and completion by Tab."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="no pseudo-terminals")


def on_terminal(arguments: Sequence[str]) -> tuple[str, str, int]:
    """Standard output, what a terminal as standard error saw, and the exit code."""
    main_end, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "narrcheck", *arguments],
        stdout=subprocess.PIPE,
        stderr=end,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(end)
    out, _ = process.communicate()
    seen = b""
    while chunk := _read(main_end):
        seen += chunk
    os.close(main_end)
    return out.decode(), seen.decode(), process.returncode


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65_536)
    except OSError:  # the other end is closed
        return b""


def test_several_files_have_a_bar_on_the_terminal_and_one_has_none(tmp_path: Path) -> None:
    missing = [str(tmp_path / f"missing{number}.txt") for number in range(3)]
    out, seen, code = on_terminal(["check", *missing, "--format", "json"])
    assert code == 2
    assert "核对" in seen
    assert "3/3" in seen
    assert "错误 0 · 失败 3" in seen
    assert "missing2.txt" in seen
    assert seen.count("没有这个文件") == 3
    assert out.startswith("{")
    assert "\x1b" not in out
    _, seen, _ = on_terminal(["check", missing[0]])
    assert seen.startswith("narrcheck: ")
    assert seen.count("\n") == 1


def test_without_a_terminal_there_is_no_bar(tmp_path: Path) -> None:
    missing = [str(tmp_path / f"missing{number}.txt") for number in range(3)]
    command = [sys.executable, "-m", "narrcheck", "check", *missing]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert [line[:11] for line in done.stderr.splitlines()] == ["narrcheck: "] * 3


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("narrcheck ch", "check"),
        ("narrcheck check --ba", "--baseline"),
        ("narrcheck cache ", "dir"),
    ],
)
def test_tab_completes_commands_and_options(typed: str, offered: str) -> None:
    environment = {
        "_NARRCHECK_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split(" ")) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "narrcheck"],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
    )
    assert offered in done.stdout.split()
