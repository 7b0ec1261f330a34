"""Imports go one way: a room imports only from rooms above it, heavy libraries have one home."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# From top to bottom; `claims` stands above `findings`, whose reports carry what was read.
ROOMS = (
    "errors",
    "quantity",
    "relation",
    "document",
    "figure",
    "load",
    "patterns",
    "tables",
    "claims",
    "ledger",
    "verdicts",
    "findings",
    "wording",
    "rules",
    "diagnose",
    "check",
    "settings",
    "triage",
    "cache",
    "measuring",
    "report",
    "cli",
    "__init__",
    "__main__",
)

HOMES = {
    "spacy": {"claims"},
    "jieba": {"claims"},
    "pdfplumber": {"load"},
    "pdfminer": {"load"},
    "pypdfium2": {"load"},
    "docx": set(),  # tests read with it what was written
    "jinja2": {"report"},
    "pypdf": {"report"},
    "lxml": {"load", "report"},
    "python_calamine": {"load"},
    "rapidocr": {"load"},
    "openpyxl": {"load", "report"},
    "charset_normalizer": {"load"},
    "tomllib": {"patterns", "settings", "triage"},
    "platformdirs": {"cache"},
    "rich": {"cli", "report"},
    "typer": {"cli", "report"},
}


def breaches(package: Path) -> list[str]:
    """Every import under ``package`` that goes against the order of rooms, or leaves a home."""
    found = []
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        room = inside.parts[0].removesuffix(".py")
        if room not in ROOMS:
            found.append(f"{inside.as_posix()}: {room} is no room; give it a place in ROOMS")
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for line, name in imported(tree, inside, package.name):
            if why := breach(room, name, package.name):
                found.append(f"{inside.as_posix()}:{line}: {why}")
    return found


def breach(room: str, name: str, package: str) -> str | None:
    """Why ``room`` may not import the module ``name``; None where it may."""
    top, *rest = name.split(".")
    if top != package:
        homes = HOMES.get(top)
        return None if homes is None or room in homes else f"{room} imports {top}"
    other = rest[0] if rest and rest[0] in ROOMS else "__init__"
    if rest and rest[0] not in ROOMS:
        return f"{room} imports {name}, which is no room"
    if ROOMS.index(other) > ROOMS.index(room):
        return f"{room} imports {other}, which stands below it"
    return None


def imported(tree: ast.AST, inside: Path, package: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every module a file imports, wherever in the file it does so.

    ``from narrcheck import figure`` is an import of that room; the version is free to all.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = origin(node, inside, package)
            names = [alias.name for alias in node.names] if source == package else []
            rooms = [name for name in names if name in ROOMS]
            yield from ((node.lineno, f"{package}.{room}") for room in rooms)
            if not names or set(names) - {*rooms, "__version__"}:
                yield node.lineno, source
        elif isinstance(node, ast.Call) and (name := imported_by_call(node)):
            yield node.lineno, name


def origin(node: ast.ImportFrom, inside: Path, package: str) -> str:
    """The full name of the module that a ``from … import`` names, dots resolved."""
    if not node.level:
        return node.module or ""
    folders = [package, *inside.parent.parts]
    folders = folders[: len(folders) - node.level + 1]
    return ".".join([*folders, *([node.module] if node.module else [])])


def imported_by_call(node: ast.Call) -> str | None:
    """The module of ``import_module("…")`` and ``__import__("…")``."""
    name = getattr(node.func, "attr", getattr(node.func, "id", None))
    if name not in ("import_module", "__import__") or not node.args:
        return None
    first = node.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def test_every_room_imports_only_from_rooms_above_it(root: Path) -> None:
    package = root / "narrcheck"
    assert len(list(package.rglob("*.py"))) > 10
    assert breaches(package) == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("quantity.py", "import narrcheck.document\n"),
        ("quantity.py", "from narrcheck.document import Where\n"),
        ("quantity.py", "from narrcheck import document\n"),
        ("quantity.py", "from narrcheck import check_file\n"),
        ("tables/read.py", "def read():\n    from narrcheck.claims.claim import Claim\n"),
        ("tables/read.py", "from ..rules import RULES\n"),
        ("tables/deep/read.py", "from ... import cli\n"),
        ("load/text.py", "import importlib\nimportlib.import_module('narrcheck.cli')\n"),
        ("claims/read.py", "if 1:\n    import narrcheck.ledger as book\n"),
        ("figure.py", "import narrcheck.nowhere\n"),
        ("helpers.py", ""),
        ("tables/read.py", "import spacy.tokens\n"),
        ("rules/shares.py", "def f():\n    import jieba\n"),
        ("claims/read.py", "from pdfplumber import open\n"),
        ("claims/read.py", "import charset_normalizer\n"),
        ("cli.py", "import tomllib\n"),
        ("check.py", "from rich.table import Table\n"),
        ("check.py", "import typer\n"),
    ],
)
def test_a_wrong_import_is_found(tmp_path: Path, file: str, source: str) -> None:
    path = tmp_path / "narrcheck" / file
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert len(breaches(tmp_path / "narrcheck")) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("document.py", "from narrcheck.quantity import Unit\n"),
        ("findings.py", "from narrcheck.claims.claim import Reading\n"),
        ("tables/read.py", "from .rows import rows\nfrom ..figure import Figure\n"),
        ("__init__.py", "from narrcheck.check import check\n"),
        ("cli.py", "import typer\nfrom narrcheck import figure\n"),
        ("report/json.py", "from narrcheck import __version__\n"),
        ("claims/read.py", "def f():\n    import spacy, jieba\n"),
    ],
)
def test_a_right_import_is_let_through(tmp_path: Path, file: str, source: str) -> None:
    path = tmp_path / "narrcheck" / file
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert breaches(tmp_path / "narrcheck") == []


def unused(package: Path) -> list[str]:
    """The private names and the constants of modules that nothing in the package names again."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in package.rglob("*.py")}
    named = {path: set(names_in(tree)) for path, tree in trees.items()}
    everywhere = set().union(*named.values())
    found = []
    for path, tree in sorted(trees.items()):
        for line, name in defined(tree):
            if name not in (named[path] if name.startswith("_") else everywhere):
                found.append(f"{path.relative_to(package).as_posix()}:{line}: {name}")
    return found


def defined(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of what a module defines for itself: ``_words`` of any kind, and constants."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            bare = node.name.startswith("_") and not node.decorator_list
            names = [node.name] if bare else []
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            inside = (each for target in targets for each in ast.walk(target))
            names = [each.id for each in inside if isinstance(each, ast.Name)]
            names = [name for name in names if name.startswith("_") or name.isupper()]
        else:
            names = []
        yield from ((node.lineno, name) for name in names if not name.startswith("__"))


def names_in(tree: ast.AST) -> Iterator[str]:
    """Every name that is read in a file, as a name, behind a dot or in an import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def test_nothing_private_and_no_constant_is_left_over(root: Path) -> None:
    assert unused(root / "narrcheck") == []


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("_A = 1\n", ["it.py:1: _A"]),
        ("_A = 1\nB = [_A]\n", ["it.py:2: B"]),
        ("def _f():\n    return 1\n", ["it.py:1: _f"]),
        ("def _f():\n    return 1\n\n\ndef g():\n    return _f()\n", []),
        ("__all__ = ()\nword = 1\n", []),
    ],
)
def test_what_is_left_over_is_found(tmp_path: Path, source: str, left: list[str]) -> None:
    (tmp_path / "it.py").write_text(source, encoding="utf-8")
    assert unused(tmp_path) == left


@pytest.mark.parametrize(
    "library", ["spacy", "jieba", "pdfplumber", "docx", "lxml", "openpyxl", "rapidocr"]
)
def test_importing_narrcheck_leaves_heavy_libraries_out(root: Path, library: str) -> None:
    script = f"import sys, narrcheck; sys.exit({library!r} in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], cwd=root, check=False)
    assert run.returncode == 0
