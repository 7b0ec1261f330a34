"""In CI a skipped test fails, unless it needs documents that are not part of the project."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

MARK = "import pytest\n@pytest.mark.skip(reason='no time')\ndef test_it(): pass\n"
WHOLE_FILE = "import pytest\npytest.skip('no time', allow_module_level=True)\n"
CALL = "import pytest\ndef test_it(): pytest.skip('no time')\n"
SHARED = "import pytest\n@pytest.mark.skip(reason='shared: not here')\ndef test_it(): pass\n"
EXPECTED_FAILURE = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n"
ALONE, WORKERS = ("-p", "no:xdist"), ("-n", "1")


def run_tests(
    folder: Path, ci: str, *sources: str, options: Sequence[str] = ALONE
) -> subprocess.CompletedProcess[str]:
    """Run pytest on files of tests, with the project's conftest, with or without CI set."""
    conftest = Path(__file__).with_name("conftest.py")
    (folder / "conftest.py").write_text(conftest.read_text(encoding="utf-8"), encoding="utf-8")
    for nth, source in enumerate(sources):
        (folder / f"test_{nth}.py").write_text(source, encoding="utf-8")
    whole = ("--rootdir=.", "--continue-on-collection-errors", "-rA")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *whole, *options, "."]
    environment = {**os.environ, "CI": ci}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("options", [ALONE, WORKERS], ids=["alone", "workers"])
def test_skipped_tests_fail_in_ci_however_they_are_skipped(
    tmp_path: Path, options: Sequence[str]
) -> None:
    run = run_tests(tmp_path, "true", MARK, CALL, WHOLE_FILE, options=options)
    assert run.returncode == 1, run.stdout
    said = re.findall(r"^(?:FAILED|ERROR) test_(\d)\.py.* - skipped in CI: ", run.stdout, re.M)
    assert sorted(said) == ["0", "1", "2"], run.stdout
    assert "no time" in run.stdout


def test_what_may_be_skipped_in_ci_is_no_failure(tmp_path: Path) -> None:
    run = run_tests(tmp_path, "true", SHARED, EXPECTED_FAILURE)
    assert run.returncode == 0, run.stdout
    assert "1 skipped, 1 xfailed" in run.stdout


def test_outside_ci_a_skip_is_no_failure(tmp_path: Path) -> None:
    run = run_tests(tmp_path, "", MARK, CALL)
    assert run.returncode == 0, run.stdout
    assert "2 skipped" in run.stdout
