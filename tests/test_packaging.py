"""narrcheck finds its patterns in a wheel, in an editable install and in a plain checkout.

All offline: the libraries are those of the environment that runs the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ASK = """
import narrcheck
from narrcheck.patterns.files import patterns_folder
print(narrcheck.__file__, patterns_folder(), sep="\\n")
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside this environment's settings; its output, or a failed test."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def answers(python: Path, cwd: Path) -> list[Path]:
    """Where a Python finds narrcheck, and the patterns folder that narrcheck finds."""
    return [Path(line).resolve() for line in run(python, "-c", ASK, cwd=cwd).splitlines()]


def files_below(folder: Path) -> set[str]:
    """The files below a folder, as paths relative to it."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The Python of a new environment without narrcheck that borrows this one's libraries.

    A folder that a .pth file names is searched, but its own .pth files are not read: an editable
    narrcheck of this environment stays out of sight.
    """
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    site = folder / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, root, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


def pip_install(python: Path, *what: str | Path, cwd: Path) -> None:
    """Install into the environment of ``python``, from nothing but what is named."""
    options = ("install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    run(sys.executable, "-m", "pip", "--python", python, *options, *what, cwd=cwd)


def test_a_wheel_brings_all_patterns_along(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    patterns = files_below(root / "patterns")
    assert patterns
    assert {f"narrcheck/_patterns/{name}" for name in patterns} <= names
    assert "narrcheck/py.typed" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_narrcheck_from_a_wheel_finds_its_patterns(
    wheel: Path, python: Path, tmp_path: Path
) -> None:
    pip_install(python, wheel, cwd=tmp_path)
    package, patterns = answers(python, tmp_path)
    assert package.is_relative_to(python.parent.parent)
    assert patterns == package.parent / "_patterns"


def test_an_editable_narrcheck_finds_its_patterns(root: Path, python: Path, tmp_path: Path) -> None:
    pip_install(python, "--editable", root, cwd=tmp_path)
    assert answers(python, tmp_path) == [root / "narrcheck" / "__init__.py", root / "patterns"]


def test_narrcheck_in_a_checkout_finds_its_patterns(root: Path, python: Path) -> None:
    assert answers(python, root) == [root / "narrcheck" / "__init__.py", root / "patterns"]


def test_the_environment_of_these_tests_holds_no_narrcheck(python: Path, tmp_path: Path) -> None:
    # an editable install leaves a folder of data there, which is no package: it has no origin
    script = "import importlib.util as u; s = u.find_spec('narrcheck'); print(s and s.origin)"
    assert run(python, "-c", script, cwd=tmp_path).strip() == "None"


def test_narrcheck_from_a_wheel_checks_a_document(
    wheel: Path, python: Path, tmp_path: Path, root: Path
) -> None:
    pip_install(python, wheel, cwd=tmp_path)
    path = root / "corpus" / "hunan-2023" / "决算.txt"
    assert run(python.parent / "narrcheck", "check", path, cwd=tmp_path)
