"""The hook, run by the real pre-commit in repositories made for it; and what it passes over."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from made.archive import LETTER, write

from narrcheck.cli import main
from narrcheck.load import load

ROOT = Path(__file__).resolve().parent.parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"
Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git")


def run(*arguments: str | Path) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


class Drafts:
    """A repository of drafts with the hook installed, and a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "drafts"
        self.cache = folder / "cache"
        self.environment = _environment(folder, self.cache)
        hooks = _repository_of_the_hook(folder, self.environment)
        self.folder.mkdir()
        self.git("init", "--quiet")
        config = {
            "repos": [
                {
                    "repo": str(hooks),
                    "rev": self.git("rev-parse", "HEAD", cwd=hooks).stdout.strip(),
                    "hooks": [{"id": "narrcheck"}],
                }
            ]
        }
        # JSON is YAML too.
        text = json.dumps(config)
        (self.folder / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
        installed = self.pre_commit("install")
        assert installed.returncode == 0, installed.stdout + installed.stderr

    def git(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return _run(["git", *words], cwd or self.folder, self.environment)

    def pre_commit(self, *words: str) -> subprocess.CompletedProcess[str]:
        return _run([sys.executable, "-m", "pre_commit", *words], self.folder, self.environment)

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Commits all there is, if the hook lets it."""
        self.git("add", "--all")
        return self.git("commit", "--quiet", "--message", "draft")


def _run(
    command: list[str], cwd: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8")
    done.stdout += done.stderr
    return done


def _environment(folder: Path, cache: Path) -> dict[str, str]:
    """One without this machine's settings of git, with narrcheck on its path."""
    programs = folder / "bin"
    programs.mkdir()
    narrcheck = programs / "narrcheck"
    narrcheck.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m narrcheck "$@"\n')
    narrcheck.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    person = {"NAME": "王会计", "EMAIL": "wang@example.org"}
    return {
        **kept,
        **{f"GIT_{role}_{key}": person[key] for role in ("AUTHOR", "COMMITTER") for key in person},
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "NARRCHECK_CACHE_DIR": str(cache),
    }


def _repository_of_the_hook(folder: Path, environment: dict[str, str]) -> Path:
    """A repository with the hook of this one, but for what installs narrcheck from the network."""
    hooks = folder / "hooks"
    hooks.mkdir()
    described = HOOKS.read_text(encoding="utf-8")
    assert described.count("language: python\n") == 1
    described = described.replace("language: python\n", "language: system\n")
    (hooks / HOOKS.name).write_text(described, encoding="utf-8")
    for words in (["init"], ["add", "--all"], ["commit", "--message", "hooks"]):
        assert _run(["git", *words], hooks, environment).returncode == 0
    return hooks


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Drafts:
    return Drafts(tmp_path_factory.mktemp("hook"))


def test_a_wrong_number_is_not_committed_and_a_mended_one_is(drafts: Drafts) -> None:
    draft = write(drafts.folder / "决算 草稿.txt", rate="14.1")
    (drafts.folder / "README.md").write_text("# 说明\n\n草稿都在这里。\n", encoding="utf-8")
    (drafts.folder / "numbers.py").write_text("x = 1\n", encoding="utf-8")
    refused = drafts.commit()
    assert refused.returncode != 0
    assert "14.1%" in refused.stdout
    assert "应为 11.4%" in refused.stdout
    assert "README.md：没有情况说明，跳过。" in refused.stdout
    assert drafts.git("rev-parse", "--verify", "HEAD").returncode != 0
    write(draft)
    passed = drafts.commit()
    assert passed.returncode == 0, passed.stdout
    assert drafts.git("status", "--porcelain").stdout == ""


def test_unchanged_files_are_answered_for_from_the_cache(drafts: Drafts) -> None:
    write(drafts.folder / "决算 草稿.txt")
    assert drafts.pre_commit("run", "--all-files").returncode == 0
    before = {path.name for path in drafts.cache.iterdir()}
    assert before
    for path in drafts.cache.iterdir():
        os.utime(path, (0, 0))
    assert drafts.pre_commit("run", "--all-files").returncode == 0
    assert {path.name for path in drafts.cache.iterdir()} == before
    assert any(path.stat().st_mtime > 0 for path in drafts.cache.iterdir())


def test_what_was_known_when_the_hook_came_can_be_committed(drafts: Drafts) -> None:
    draft = write(drafts.folder / "老稿.txt", rate="14.1")
    assert run("baseline", draft, "-o", drafts.folder / "narrcheck-baseline.json") == 0
    settings = drafts.folder / "narrcheck.toml"
    settings.write_text('baseline = "narrcheck-baseline.json"\n', encoding="utf-8")
    passed = drafts.commit()
    assert passed.returncode == 0, passed.stdout
    write(draft, rate="14.1", share="86.5")
    assert drafts.commit().returncode != 0
    write(draft)


def test_the_hook_takes_the_files_of_drafts() -> None:

    hook = dict(re.findall(r"^  (files|exclude): (\S+)", HOOKS.read_text(encoding="utf-8"), re.M))
    assert hook["files"] == r"\.(docx|pdf|md|txt|html)$"
    taken = [
        name
        for name in (
            "a.docx",
            "b/草稿.pdf",
            "c.md",
            "d.txt",
            "e.html",
            "f.py",
            "~$a.docx",
            "g/~$b.docx",
        )
        if re.search(hook["files"], name) and not re.search(hook["exclude"], name)
    ]
    assert taken == ["a.docx", "b/草稿.pdf", "c.md", "d.txt", "e.html"]


def test_files_without_a_narrative_are_passed_over_where_that_is_asked_for(
    tmp_path: Path, capsys: Captured
) -> None:
    letter, empty = tmp_path / "letter.txt", tmp_path / "empty.md"
    letter.write_text(LETTER, encoding="utf-8")
    empty.write_text("\n", encoding="utf-8")
    sound = write(tmp_path / "决算.txt")
    assert run("check", letter, sound) == 2
    capsys.readouterr()
    assert run("check", "--skip-others", letter, empty, sound) == 0
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        f"narrcheck: {letter}：没有情况说明，跳过。",
        f"narrcheck: {empty}：没有情况说明，跳过。",
    ]
    assert "未发现问题" in printed.out


def test_what_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "决算.docx"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    assert run("check", "--skip-others", broken) == 2
    assert run("check", "--skip-others", tmp_path / "missing.md") == 2


def test_a_disclosure_whose_text_may_be_in_a_picture_is_not_passed_over(tmp_path: Path) -> None:
    page = tmp_path / "决算.html"
    title = "<h1>云溪县档案馆2023年度部门决算</h1>"
    words = "<p>本馆负责档案的收集、整理和利用，各项工作的情况说明见下图。</p>" * 20
    picture = '<img src="1.png" width="800" height="900">'
    page.write_text(f"<!doctype html><html>{title}{words}{picture}</html>", encoding="utf-8")
    document = load(page)
    assert document.kind
    assert document.notices
    assert run("check", "--skip-others", page) == 2
    page.write_text(page.read_text(encoding="utf-8").replace("决算", "简报"), encoding="utf-8")
    assert run("check", "--skip-others", page) == 0
