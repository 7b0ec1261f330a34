"""Settings: where they are found, what they change, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from made.archive import write

from narrcheck.cli import main
from narrcheck.errors import SettingsError
from narrcheck.findings import Severity
from narrcheck.settings import Settings, find_settings, read_settings

Captured = pytest.CaptureFixture[str]

EVERYTHING = """
select = ["NC2", "nc501"]
ignore = ["NC206"]
fail-on = "warning"
severity = { NC206 = "info", "share-matches-whole" = "warning" }
patterns = "句式"
baseline = "旧/narrcheck-baseline.json"
cache = false

[per-file-ignores]
"旧稿/*" = ["NC3"]
"""


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def severities(capsys: Captured) -> dict[str, str]:
    """The severities of the findings that JSON on standard output has, by code."""
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    return {each["code"]: each["severity"] for each in document["findings"]}


def test_every_setting_is_read(tmp_path: Path) -> None:
    file = written(tmp_path / "narrcheck.toml", EVERYTHING)
    assert read_settings(file) == Settings(
        select=("NC2", "NC501"),
        ignore=("NC206",),
        fail_on=Severity.WARNING,
        severity={"NC206": Severity.INFO, "NC203": Severity.WARNING},
        per_file_ignores={"旧稿/*": ("NC3",)},
        patterns=tmp_path / "句式",
        baseline=tmp_path / "旧" / "narrcheck-baseline.json",
        cache=False,
        file=file,
    )


def test_pyproject_says_the_same_in_its_table(tmp_path: Path) -> None:
    own = written(tmp_path / "narrcheck.toml", EVERYTHING)
    table = EVERYTHING.replace("[per", "[tool.narrcheck.per")
    shared = written(tmp_path / "pyproject.toml", f"[project]\nname = 'x'\n[tool.narrcheck]{table}")
    assert replace(read_settings(shared), file=own) == read_settings(own)


def test_a_file_that_notepad_saved_is_read(tmp_path: Path) -> None:
    file = written(tmp_path / "narrcheck.toml", '\ufefffail-on = "info"\r\n')
    assert read_settings(file).fail_on is Severity.INFO


def test_the_nearest_folder_upward_that_has_settings_counts_alone(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir(parents=True)
    top = written(tmp_path / "narrcheck.toml", 'ignore = ["NC3"]')
    written(tmp_path / "a" / "pyproject.toml", "[tool.other]\nx = 1\n")  # says nothing of narrcheck
    assert find_settings(inner).file == top
    middle = written(tmp_path / "a" / "pyproject.toml", '[tool.narrcheck]\nselect = ["NC2"]\n')
    assert find_settings(inner) == Settings(select=("NC2",), file=middle)
    beside = written(tmp_path / "a" / "narrcheck.toml", 'select = ["NC4"]')
    assert find_settings(inner) == Settings(select=("NC4",), file=beside)
    assert find_settings(tmp_path).file == top


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("slect = []", "不认识的设置 slect，可用的有 select、ignore、"),
        ('select = "NC2"', 'select 应当是一列规则代码，如 ["NC2", "NC501"]。'),
        ("select = [2]", "select 应当是一列规则代码"),
        ('ignore = ["NC2", "XY"]', "ignore 没有代码以 XY 开头的规则"),
        ('fail-on = "bad"', 'fail-on 只能是 "error"、"warning"、"info"。'),
        ("fail-on = 1", "fail-on 只能是"),
        ('severity = "info"', 'severity 应当写成 { NC206 = "info" }。'),
        ('severity = { NC2 = "info" }', "severity 中没有规则 NC2；"),
        ('severity = { NC203 = "mild" }', 'severity 中 NC203 只能是 "error"'),
        (
            'severity = { NC203 = "info", "share-matches-whole" = "info" }',
            "severity 中 NC203 写了两次。",
        ),
        ("per-file-ignores = []", "per-file-ignores 应当写成"),
        ('per-file-ignores = { "a" = "NC3" }', "per-file-ignores 中 a 应当是一列规则代码"),
        ("patterns = 1", "patterns 应当是一个路径。"),
        ('baseline = ""', "baseline 应当是一个路径。"),
        ('cache = "no"', "cache 只能是 true 或 false。"),
        ("select = [", "不是合格的 TOML："),
    ],
)
def test_what_is_not_understood_is_one_line_that_names_file_and_key(
    text: str, said: str, tmp_path: Path, capsys: Captured
) -> None:
    document = write(tmp_path / "决算.txt")
    file = written(tmp_path / "narrcheck.toml", text)
    assert run("check", document) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"narrcheck: {file}：{said}")
    assert printed.err.count("\n") == 1


def test_other_encodings_and_wrong_tables_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "narrcheck.toml"
    file.write_bytes('patterns = "句式"'.encode("gbk"))
    with pytest.raises(SettingsError, match="不是 UTF-8 编码"):
        read_settings(file)
    with pytest.raises(SettingsError, match=r"里面没有 \[tool.narrcheck\]"):
        read_settings(written(tmp_path / "pyproject.toml", "[project]\n"))
    with pytest.raises(SettingsError, match="应当是一组设置"):
        read_settings(written(tmp_path / "pyproject.toml", "[tool]\nnarrcheck = 1\n"))
    with pytest.raises(SettingsError, match="无法读取设置"):
        read_settings(tmp_path / "missing.toml")


def test_settings_change_what_is_told_and_how_bad_it_is(tmp_path: Path, capsys: Captured) -> None:
    document = write(tmp_path / "决算.txt", rate="14.1", share="86.5")
    assert run("check", document, "--format", "json") == 1
    assert severities(capsys) == {"NC201": "error", "NC203": "error"}
    file = written(tmp_path / "narrcheck.toml", 'severity = { NC201 = "info" }')
    assert run("check", document, "--format", "json") == 1
    assert severities(capsys) == {"NC201": "info", "NC203": "error"}
    written(file, 'ignore = ["NC203"]\nseverity = { NC201 = "info" }')
    assert run("check", document, "--format", "json") == 0
    printed = capsys.readouterr()
    assert "未列出 1 条" in printed.err
    assert "NC203" not in printed.out
    written(file, 'fail-on = "info"\nselect = ["NC201"]\nseverity = { NC201 = "info" }')
    assert run("check", document) == 1
    assert "未列出 1 条" in capsys.readouterr().out


def test_the_command_line_counts_for_more(tmp_path: Path, capsys: Captured) -> None:
    document = write(tmp_path / "决算.txt", rate="14.1")
    written(tmp_path / "narrcheck.toml", 'ignore = ["NC201"]\nfail-on = "info"')
    assert run("check", document) == 0
    assert run("check", document, "--select", "NC2") == 1
    assert run("check", document, "--ignore", "NC3") == 1
    assert run("check", document, "--isolated") == 1
    other = written(tmp_path / "other" / "own.toml", 'ignore = ["NC3"]')
    assert run("check", document, "--config", other) == 1
    written(tmp_path / "narrcheck.toml", 'severity = { NC201 = "warning" }\nfail-on = "info"')
    assert run("check", document) == 1
    assert run("check", document, "--fail-on", "error") == 0
    capsys.readouterr()
    assert run("check", document, "--config", other, "--isolated") == 2
    assert run("check", document, "--config", tmp_path / "none.toml") == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_each_document_has_the_settings_of_its_folder(tmp_path: Path) -> None:
    strict = write(tmp_path / "决算.txt", rate="14.1")
    (tmp_path / "旧稿").mkdir()
    lax = write(tmp_path / "旧稿" / "决算.txt", rate="14.1")
    written(tmp_path / "旧稿" / "narrcheck.toml", 'severity = { NC201 = "info" }')
    assert run("check", lax) == 0
    assert run("check", lax, strict) == 1


def test_rules_are_left_out_of_some_files_by_their_path(tmp_path: Path) -> None:
    (tmp_path / "旧稿").mkdir()
    old = write(tmp_path / "旧稿" / "决算.txt", rate="14.1")
    new = write(tmp_path / "决算.txt", rate="14.1")
    file = written(tmp_path / "narrcheck.toml", '[per-file-ignores]\n"旧稿/*" = ["NC2"]')
    assert run("check", old) == 0
    assert run("check", new) == 1
    assert run("check", old, "--select", "NC2") == 0
    written(file, '[per-file-ignores]\n"决算.*" = ["NC2"]')
    assert run("check", new, old) == 0


def test_a_rule_that_was_left_out_has_not_passed(tmp_path: Path, capsys: Captured) -> None:
    document = write(tmp_path / "决算.txt", rate="14.1")
    assert run("check", document, "--format", "junit", "--select", "NC1") == 0
    out = capsys.readouterr().out
    assert "NC101" in out
    assert "NC201" not in out
    written(tmp_path / "narrcheck.toml", 'severity = { NC201 = "info" }')
    run("check", document, "--format", "junit")
    assert 'failures="0"' in capsys.readouterr().out
    run("check", document, "--format", "junit", "--fail-on", "info")
    assert 'failures="1"' in capsys.readouterr().out
