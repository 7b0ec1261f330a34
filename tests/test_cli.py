"""The command line, on made-up documents: what it prints, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

import narrcheck
from narrcheck.cli import main

ROOT = Path(__file__).parent.parent

# 58.70 - 52.70 = 6.00, and 6.00 ÷ 52.70 = 11.4%; {rate} takes a right or a wrong one.
DOCUMENT = """云溪县档案馆2023年度部门决算

第二部分

部门决算表

支出决算表

							公开03表
部门：云溪县档案馆							金额单位：万元
项目		本年支出合计	基本支出	项目支出	上缴上级支出	经营支出	对附属单位补助支出
科目代码	科目名称						
栏次		1	2	3	4	5	6
合计		58.70	40.20	18.50	0.00	0.00	0.00
201	一般公共服务支出	58.70	40.20	18.50	0.00	0.00	0.00
20126	档案事务	58.70	40.20	18.50	0.00	0.00	0.00
2012601	行政运行	40.20	40.20	0.00	0.00	0.00	0.00
2012604	档案馆	18.50	0.00	18.50	0.00	0.00	0.00

第三部分

2023年度部门决算情况说明

一、支出决算情况说明

2023年度支出合计58.70万元，其中：基本支出40.20万元，占68.5%；项目支出18.50万元，占31.5%。

2023年度支出合计58.70万元，与上年相比，增加6.00万元，增长{rate}%，主要原因是档案库房维修。
"""  # noqa: W291


def _write(path: Path, *, rate: str = "11.4") -> Path:
    path.write_text(DOCUMENT.format(rate=rate), encoding="utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return _write(tmp_path / "sound.txt")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return _write(tmp_path / "wrong.txt", rate="14.1")


def run(*arguments: str | Path) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def _start(*arguments: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "narrcheck", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


Captured = pytest.CaptureFixture[str]


def test_a_sound_document_ends_with_0_and_says_what_was_checked(
    sound: Path, capsys: Captured
) -> None:
    assert run("check", sound) == 0
    printed = capsys.readouterr()
    assert "未发现问题" in printed.out
    assert "核对相符" in printed.out
    assert printed.err == ""


def test_a_wrong_number_ends_with_1_and_is_shown_with_what_it_should_be(
    wrong: Path, capsys: Captured
) -> None:
    assert run("check", wrong) == 1
    out = capsys.readouterr().out
    assert "14.1%" in out
    assert "11.4%" in out


def test_json_fits_the_published_schema(wrong: Path, capsys: Captured) -> None:
    assert run("check", wrong, "--format", "json") == 1
    content = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "docs/schema/narrcheck-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(content)
    assert content["narrcheck"] == narrcheck.__version__
    assert content["documents"][0]["path"] == str(wrong)


def test_the_other_files_are_still_checked_when_one_cannot_be_read(
    wrong: Path, tmp_path: Path, capsys: Captured
) -> None:
    missing = tmp_path / "missing\x1b[2J.txt"
    assert run("check", missing, wrong, "--format", "json") == 2
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)["documents"]) == 1
    assert printed.err.startswith("narrcheck: ")
    assert printed.err.count("\n") == 1
    assert "missing" in printed.err
    assert "\x1b" not in printed.err


def test_tables_that_cannot_be_read_leave_no_file_checked(
    wrong: Path, sound: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run("check", wrong, sound, "--tables", tmp_path / "missing.xlsx") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "missing.xlsx：没有这个文件" in printed.err


def test_without_a_readable_file_json_is_still_json(tmp_path: Path, capsys: Captured) -> None:
    assert run("check", tmp_path / "missing.txt", "--format", "json") == 2
    assert json.loads(capsys.readouterr().out)["documents"] == []


def test_a_document_without_a_number_could_not_be_checked(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("各位同事：\n\n请按时报送材料。\n", encoding="utf-8")
    assert run("check", path) == 2
    assert capsys.readouterr().err.startswith("narrcheck: ")


def test_findings_left_out_do_not_count(wrong: Path, capsys: Captured) -> None:
    assert run("check", wrong, "--format", "json") == 1
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    codes = {finding["code"] for finding in document["findings"]}
    assert run("check", wrong, "--ignore", ", ".join(sorted(codes)).lower()) == 0
    out = capsys.readouterr().out
    assert "所选规则未发现问题" in out
    assert "未列出" in out
    assert run("check", wrong, "--select", ",".join(codes)) == 1
    assert run("check", wrong, "--select", "NC2", "--ignore", "NC2") == 0


def test_a_code_that_fits_no_rule_is_refused(wrong: Path, capsys: Captured) -> None:
    assert run("check", wrong, "--select", "NC2,XY") == 2
    assert "XY" in capsys.readouterr().err


def test_fail_on_moves_the_bar(tmp_path: Path, capsys: Captured) -> None:
    truncated = _write(tmp_path / "truncated.txt", rate="11.3")  # 11.385… cut off, not rounded
    assert run("check", truncated, "--format", "json") in (0, 1)
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert {finding["severity"] for finding in document["findings"]} == {"warning"}
    assert run("check", truncated) == 0
    assert run("check", truncated, "--fail-on", "error") == 0
    assert run("check", truncated, "--fail-on", "warning") == 1
    assert run("check", truncated, "--fail-on", "info") == 1


def test_output_goes_to_a_file_without_colour(
    wrong: Path, tmp_path: Path, capsys: Captured
) -> None:
    output = tmp_path / "report.txt"
    assert run("check", wrong, "--output", output) == 1
    assert capsys.readouterr().out == ""
    assert "14.1%" in output.read_text(encoding="utf-8")
    assert run("check", wrong, "-o", tmp_path / "report.json", "--format", "json") == 1
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["schema"] == 1


def test_an_output_that_cannot_be_written_is_one_line(
    sound: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run("check", sound, "-o", tmp_path / "nowhere" / "report.txt") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_report_never_overwrites_what_is_checked(sound: Path, capsys: Captured) -> None:
    before = sound.read_bytes()
    assert run("check", sound, "-o", sound) == 2
    assert sound.read_bytes() == before
    assert "换一个文件名" in capsys.readouterr().err


def test_bad_patterns_end_the_call_with_one_line(
    sound: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run("check", sound, sound, "--patterns", tmp_path / "none") == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert run("tables", sound, "--patterns", tmp_path / "none") == 2


@pytest.mark.parametrize("arguments", [["check"], ["check", "--nonsense", "x"], ["nonsense"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments) == 2


def test_tables_are_listed_with_their_values(sound: Path, capsys: Captured) -> None:
    assert run("tables", sound) == 0
    short = capsys.readouterr().out
    assert "支出决算表" in short
    assert "公开03表" in short
    assert "万元" in short
    assert run("tables", sound, "--values") == 0
    out = "".join(capsys.readouterr().out.split())
    assert "2012604档案馆" in out
    assert "=18.50" in out
    assert run("tables", sound.with_name("missing.txt")) == 2


def test_every_rule_is_listed_and_explained(capsys: Captured) -> None:
    from narrcheck.rules import RULES

    assert run("rules") == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == [rule.CODE for rule in RULES]
    for rule in RULES:
        assert run("rule", rule.CODE.lower()) == 0
        page = capsys.readouterr().out
        assert page.startswith(f"{rule.CODE} {rule.SLUG}")
        assert len(page.splitlines()) > 3


def test_an_unknown_rule_ends_with_2_and_a_clear_line(capsys: Captured) -> None:
    assert run("rule", "NC999") == 2
    assert capsys.readouterr().err == "narrcheck: 没有规则 NC999；narrcheck rules 列出全部规则。\n"


COMMANDS: tuple[list[str], ...] = (
    *([], ["check"], ["tables"], ["text"], ["read"], ["explain"], ["rules"], ["rule"]),
    *(["annotate"], ["baseline"], ["suppress"]),
    *(["patterns"], ["patterns", "test"], ["cache"], ["cache", "dir"], ["cache", "clear"]),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_and_not_cut_short(command: list[str], capsys: Captured) -> None:
    assert run(*command, "--help") == 0
    out = capsys.readouterr().out
    assert out.startswith(f"用法：{' '.join(['narrcheck', *command])} [选项]")
    assert "…" not in out
    # What is left of Latin letters are names that a caller types, and signs of forms and rules.
    words = {"narrcheck", "help", "text", "json", "csv", "xlsx", "html", "error", "warning", "info"}
    words |= {"PDF", "Excel", "UTF", "CSV", "NC", "FILE", "CODE", "CODES", "FOLDER"}
    words |= {"LINE", "PAGE", "ID", "JSON", "id", "explain", "OLD", "REASON", "Tab"}
    words |= {"jsonl", "sarif", "github", "junit", "toml", "pyproject", "baseline"}
    words |= {"SECONDS", "MB"}
    names = set(
        re.findall(r"(?<!-)(?<!\w)[A-Za-z]{2,}", re.sub(r"^  \w+  ", "  ", out, flags=re.M))
    )
    words |= {"check", "tables", "read", "rules", "rule", "patterns", "test", "docx", "pdf"}
    assert names - words - set(command) == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "没有命令 nonsense；用法见 narrcheck --help。"),
        (["check"], "缺少 FILE；用法见 narrcheck check --help。"),
        (["check", "--nonsense", "x"], "没有选项 --nonsense；用法见 narrcheck check --help。"),
        (["rules", "x"], "多写了 x；用法见 narrcheck rules --help。"),
        (["check", "x", "-o"], "选项 -o 后面缺少内容；"),
        (["rules", "--help=1"], "选项 --help 后面不应有内容；"),
        (
            ["read", "--format", "x", "y"],
            "--format 不能是 x，只能是 text, json；用法见 narrcheck read --help。",
        ),
    ],
)
def test_wrong_usage_is_one_line_of_chinese(
    arguments: list[str], said: str, capsys: Captured
) -> None:
    assert run(*arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"narrcheck: {said}")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_knows_every_command(command: list[str]) -> None:
    said = " ".join(["narrcheck", *command])
    assert said in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [[], ["patterns"]])
def test_without_a_command_the_help_is_shown(command: list[str], capsys: Captured) -> None:
    run(*command)
    printed = capsys.readouterr()
    assert (printed.out + printed.err).startswith("用法：narrcheck")


def test_the_version_is_that_of_the_package(capsys: Captured) -> None:
    assert run("--version") == 0
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert capsys.readouterr().out == f"narrcheck {project['version']}\n"


def test_importing_narrcheck_loads_nothing_heavy() -> None:
    heavy = "{'spacy', 'jieba', 'pdfplumber', 'rich', 'typer', 'regex'}"
    code = f"import narrcheck, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n", done.stderr


def test_the_command_line_starts_without_what_single_commands_need() -> None:
    heavy = "{'spacy', 'jieba', 'regex', 'pdfplumber', 'openpyxl', 'docx', 'lxml', 'rich.console'}"
    heavy = f"{heavy[:-1]}, 'narrcheck.load', 'narrcheck.tables', 'narrcheck.report.tables_xlsx'}}"
    code = f"import narrcheck.cli, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n", done.stderr


def test_every_public_name_is_there() -> None:
    for name in narrcheck.__all__:
        assert getattr(narrcheck, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        _ = narrcheck.nonsense


def test_the_public_function_is_the_check_of_the_command(sound: Path) -> None:
    report = narrcheck.check_document(sound)
    assert isinstance(report, narrcheck.DocumentReport)
    assert report.findings == ()


def test_a_reader_that_leaves_early_sees_no_traceback(wrong: Path) -> None:
    process = _start("check", *[wrong] * 3)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 141


def test_a_console_of_another_encoding_does_not_crash(wrong: Path) -> None:
    process = _start("check", wrong, PYTHONIOENCODING="ascii")
    _, errors = process.communicate()
    assert errors == b""
    assert process.returncode == 1


def test_json_is_utf8_whatever_the_console(wrong: Path) -> None:
    process = _start("check", wrong, "--format", "json", PYTHONIOENCODING="gbk")
    out, _ = process.communicate()
    assert json.loads(out.decode("utf-8"))["documents"][0]["unit"] == "云溪县档案馆"
