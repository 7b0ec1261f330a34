"""In CI a skipped test fails, unless it needs documents that are not part of the project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLAIN = "import pytest\n@pytest.mark.skip(reason='no time')\ndef test_it(): pass\n"
WHOLE_FILE = "import pytest\npytest.skip('no time', allow_module_level=True)\n"
INSIDE = "import pytest\ndef test_it(): pytest.skip('no time')\n"
SHARED = "import pytest\n@pytest.mark.skip(reason='shared: not here')\ndef test_it(): pass\n"
EXPECTED_FAILURE = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n"


def run_tests(
    folder: Path, source: str, conftest: Path, ci: str
) -> subprocess.CompletedProcess[str]:
    """Run pytest on one file of tests, with the project's conftest, with or without CI set."""
    (folder / "conftest.py").write_text(conftest.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "test_made.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir=.", "."]
    environment = {**os.environ, "CI": ci}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("source", [PLAIN, INSIDE, WHOLE_FILE], ids=["mark", "call", "file"])
def test_a_skipped_test_fails_in_ci(tmp_path: Path, root: Path, source: str) -> None:
    run = run_tests(tmp_path, source, root / "tests" / "conftest.py", ci="true")
    assert run.returncode not in (0, 5), run.stdout
    assert "skipped in CI: " in run.stdout
    assert "no time" in run.stdout


@pytest.mark.parametrize("source", [SHARED, EXPECTED_FAILURE], ids=["shared", "xfail"])
def test_what_may_be_skipped_in_ci_is_no_failure(tmp_path: Path, root: Path, source: str) -> None:
    run = run_tests(tmp_path, source, root / "tests" / "conftest.py", ci="true")
    assert run.returncode == 0, run.stdout


def test_outside_ci_a_skip_is_no_failure(tmp_path: Path, root: Path) -> None:
    run = run_tests(tmp_path, PLAIN, root / "tests" / "conftest.py", ci="")
    assert run.returncode == 0, run.stdout
