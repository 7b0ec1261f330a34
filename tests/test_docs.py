"""The READMEs and docs/: what they name exists, what they show is what comes out."""

from __future__ import annotations

import functools
import io
import json
import re
import runpy
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from made.archive import write
from made.commented import comments_in
from made.paper import LEFT, pdf, table, text
from made.word import word_document
from PIL import Image
from test_rooms import ROOMS

from narrcheck.cli import app, main
from narrcheck.load import load
from narrcheck.report.standing import SOLVED, STALE, STANDINGS
from narrcheck.rules import RULES
from narrcheck.settings import _READERS, read_settings

ROOT = Path(__file__).resolve().parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PAGES = (*READMES, *sorted((ROOT / "docs").glob("*.md")))
OTHERS = tuple(ROOT / folder / "README.md" for folder in ("patterns", "corpus", "benchmarks"))
FAULTY = "corpus/hunan-2023/决算-有误.txt"
FAULTLESS = "corpus/hunan-2023/决算.txt"
PHRASE = ROOT / "docs" / "adding-a-phrase.md"
SHELLS = ("sh", "powershell")
TRIED = (*READMES, ROOT / "docs" / "reports.md", ROOT / "docs" / "hook.md")
LARGEST = 300_000  # bytes of a picture
Captured = pytest.CaptureFixture[str]


def named(path: Path) -> str:
    """How a page is called in the list of tests."""
    return path.relative_to(ROOT).as_posix()


def run(*arguments: str) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def blocks(path: Path, *kinds: str) -> list[str]:
    """The blocks of code of these kinds, without what they are indented by."""
    found = re.findall(
        r"^( *)```(\w+)\n(.*?)^\1```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return [
        re.sub(rf"^{lead}", "", code, flags=re.M) for lead, kind, code in found if kind in kinds
    ]


def calls(path: Path) -> list[str]:
    """What a page writes as a call of narrcheck: in its blocks of commands, and inside a line."""
    lines = [line for block in blocks(path, *SHELLS) for line in block.splitlines()]
    plain = re.sub(r"^ *```.*?^ *```$", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    lines += re.findall(r"`([^`\n]+)`", plain)
    bare = (re.sub(r"^(\.venv/bin/|py -m |python -m )", "", line) for line in lines)
    return [line for line in bare if line == "narrcheck" or line.startswith("narrcheck ")]


@functools.cache
def commands() -> dict[str, frozenset[str]]:
    """The options of each command, by its name as it is typed."""

    def below(command: Any, name: str) -> Iterator[tuple[str, frozenset[str]]]:
        own = (each for one in command.params for each in (*one.opts, *one.secondary_opts))
        yield name, frozenset(each for each in own if each.startswith("-")) | {"--help"}
        for child, inside in getattr(command, "commands", {}).items():
            yield from below(inside, f"{name} {child}")

    return dict(below(typer.main.get_command(app), "narrcheck"))


def command_of(call: str) -> str:
    """The command that a call names, the longest there is."""
    words = call.split()
    names = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next(name for name in names if name in commands())


# ---- What is named ----


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_commands_and_options_that_a_page_names_exist(page: Path) -> None:
    for call in calls(page):
        command = command_of(call)
        rest = call.removeprefix(command).split()
        assert (
            not rest
            or command not in ("narrcheck", "narrcheck cache", "narrcheck patterns")
            or (rest[0].startswith("-"))
        ), f"{call}: no such command"
        options = {word for word in rest if re.match(r"-[a-z-]", word)}
        assert options <= commands()[command], call
    every = frozenset[str]().union(*commands().values())
    alone = re.findall(r"`(--[a-z-]+)[^`]*`", page.read_text(encoding="utf-8"))
    assert set(alone) <= every


@pytest.mark.parametrize("page", READMES, ids=named)
def test_the_readmes_name_every_command_and_the_same_ones(page: Path) -> None:
    groups = {"narrcheck cache", "narrcheck patterns"}
    assert {command_of(call) for call in calls(page)} == set(commands()) - groups


def test_both_readmes_name_the_same_options_and_formats() -> None:
    english, chinese = (set(re.findall(r"--[a-z-]+", page.read_text("utf-8"))) for page in READMES)
    assert english == chinese
    for form in ("json", "jsonl", "sarif", "github", "junit"):
        for page in READMES:
            assert f"`{form}`" in page.read_text("utf-8")


def test_every_option_is_told_of_somewhere() -> None:
    said = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    every = frozenset[str]().union(*commands().values()) - {"--no-summary"}
    assert {option for option in every if option.startswith("--") and option not in said} == set()


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=named)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    for target, anchor in re.findall(
        r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text(encoding="utf-8")
    ):
        path = page.parent / target if target else page
        assert path.exists(), target
        if anchor:
            assert anchor in anchors(path.read_text(encoding="utf-8")), f"{target}#{anchor}"


def anchors(text: str) -> set[str]:
    """What can be gone to in a page: its headings as GitHub names them, and its own marks."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


# ---- What is run ----


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the pages speak of, as the working directory."""
    draft = word_document(load(ROOT / FAULTY))
    (tmp_path / "草稿.docx").write_bytes(draft)
    (tmp_path / "旧稿.docx").write_bytes(draft)
    prose = text("2023年度收入总计885.50万元，其中：基本支出310.20万元，", LEFT, 100)
    prose += "\n" + text("占99.9%，主要是追加了资金。", LEFT, 130)
    grid = table(
        [["项目", "决算数"], ["合计", "885.50"], ["基本支出", "310.20"]], (90, 250, 400), 90
    )
    (tmp_path / "公开稿.pdf").write_bytes(pdf(prose, grid))
    (tmp_path / "公开稿").mkdir()
    shutil.copy(tmp_path / "公开稿.pdf", tmp_path / "公开稿" / "一局.pdf")
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.setenv("NARRCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def arguments_of(line: str) -> list[str]:
    """What a line gives to narrcheck, ``*.pdf`` as a shell gives it."""
    words = shlex.split(line)[1:]
    return [
        name
        for word in words
        for name in (sorted(str(each) for each in Path().glob(word)) if "*" in word else [word])
    ]


@pytest.mark.parametrize("page", TRIED, ids=named)
def test_the_commands_of_a_page_run(page: Path, drafts: Path, capsys: Captured) -> None:
    shown = [line for block in blocks(page, *SHELLS) for line in block.splitlines()]
    bare = (re.sub(r"^(\.venv/bin/|py -m )", "", line) for line in shown)
    lines = [line for line in bare if line.startswith("narrcheck ")]
    assert len(lines) > 2
    for line in lines:
        arguments = arguments_of(line)
        code = run(*arguments)
        assert code in ((0, 1) if arguments[0] == "check" else (0,)), capsys.readouterr().err
        if "-o" in arguments:
            assert (drafts / arguments[arguments.index("-o") + 1]).stat().st_size > 0
    if page in READMES:
        assert (drafts / "草稿.批注.docx").exists()
        assert (drafts / "公开稿.批注.pdf").exists()
        sidecar = tomllib.loads((drafts / "草稿.narrcheck.toml").read_text(encoding="utf-8"))
        assert sidecar["suppress"][0]["reason"] == "本部门无此项预算，经核实不列此表"


def printed(capsys: Captured, *arguments: str) -> list[str]:
    """The lines that a call prints."""
    run(*arguments)
    return capsys.readouterr().out.splitlines()


def test_the_output_that_the_readmes_show_is_what_comes_out(drafts: Path, capsys: Captured) -> None:
    out = "\n".join(printed(capsys, "check", FAULTY))
    assert run("annotate", "草稿.docx") == 0
    comments = [each.text for each in comments_in((drafts / "草稿.批注.docx").read_bytes())]
    for page in READMES:
        shown, comment = blocks(page, "text")
        assert shown in out
        assert comment.rstrip("\n") in comments


def test_the_output_that_docs_show_is_what_comes_out(drafts: Path, capsys: Captured) -> None:
    old, new, bare = (drafts / name for name in ("旧稿.txt", "新稿.txt", "说明.txt"))
    faulty = (drafts / FAULTY).read_text(encoding="utf-8")
    old.write_text(faulty, encoding="utf-8")
    new.write_text(faulty.replace("7.7%", "8.3%"), encoding="utf-8")
    bare.write_text(re.sub(r"^.*\t.*\n", "", faulty, flags=re.M), encoding="utf-8")
    assert run("tables", FAULTY, "-o", "表格.xlsx") == 0
    real = {
        "",
        *printed(capsys, "text", FAULTY),
        *printed(capsys, "tables", FAULTY),
        *printed(capsys, "explain", FAULTY, "--at", "393"),
        *printed(capsys, "check", FAULTY),
        *printed(capsys, "check", str(bare), "--tables", "表格.xlsx"),
        *printed(capsys, "check", str(new), "--diff", str(old)),
        *printed(capsys, "check", FAULTY, FAULTLESS),
    }
    for name in ("reading.md", "reports.md", "limits.md", "many-files.md"):
        lines = "".join(blocks(ROOT / "docs" / name, "text")).split("\n")
        shown = {line for line in lines if not line.startswith("narrcheck: ")}
        assert shown - real == set(), name


def test_the_refusals_that_docs_show_are_what_is_said(drafts: Path, capsys: Captured) -> None:
    (drafts / "说明.docx").write_bytes((drafts / "公开稿.pdf").read_bytes())
    (drafts / "附表.xlsx").write_bytes((drafts / "草稿.docx").read_bytes()[:2000])
    (drafts / "narrcheck.toml").write_text('fial-on = "error"\n', encoding="utf-8")
    assert run("check", "--isolated", "说明.docx", "附表.xlsx") == 2
    assert run("check", "--config", "narrcheck.toml", FAULTLESS) == 2
    said = capsys.readouterr().err.splitlines()
    pages = (ROOT / "docs" / name for name in ("reading.md", "settings.md"))
    shown = [line for page in pages for block in blocks(page, "text") for line in block.split("\n")]
    refusals = [line for line in shown if line.startswith("narrcheck: ") and "加密" not in line]
    assert refusals == said


def test_the_finding_of_the_json_page_is_one(drafts: Path, capsys: Captured) -> None:
    (shown,) = blocks(ROOT / "docs" / "json.md", "json")
    finding = json.loads(shown)
    (document,) = json.loads("".join(printed(capsys, "check", FAULTY, "--format", "json")))[
        "documents"
    ]
    (found,) = (one for one in document["findings"] if one["code"] == finding["code"])
    assert {key: found[key] for key in finding} == finding
    for key in document:
        assert f"`{key}`" in (ROOT / "docs" / "json.md").read_text(encoding="utf-8")


def test_the_corpus_page_counts_what_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(ROOT)
    files = sorted(str(path) for path in Path("corpus/hunan-2023").glob("*.txt"))
    shown = blocks(ROOT / "corpus" / "README.md", "text")
    assert "\n".join(printed(capsys, "read", "--stats", *files)) + "\n" in shown


# ---- The phrase that is added step by step ----


def changes() -> list[tuple[str, str, str]]:
    """The edits of the page: the file last named, what stands there, and what comes instead."""
    found = []
    page = PHRASE.read_text(encoding="utf-8")
    for match in re.finditer(r"^```diff\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
        file = re.findall(r"`(\w+\.toml)`", page[: match.start()])[-1]
        lines = match[1].splitlines()
        old, new = ([line[1:] for line in lines if line[0] == sign] for sign in "-+")
        found.append((file, "\n".join(old), "\n".join(new)))
    return found


def test_the_phrase_that_docs_add_is_read_once_it_is_added(drafts: Path, capsys: Captured) -> None:
    material, before, after = blocks(PHRASE, "text")
    (drafts / "材料.txt").write_text(material, encoding="utf-8")
    folder = drafts / "我的句式"
    shutil.copytree(ROOT / "patterns", folder)
    was = printed(capsys, "read", "材料.txt")
    assert set(before.splitlines()) <= set(was)
    for file, old, new in changes():
        content = (folder / file).read_text(encoding="utf-8")
        assert content.count(old) == 1, old
        (folder / file).write_text(content.replace(old, new), encoding="utf-8")
    (entry,) = blocks(PHRASE, "toml")
    with (folder / "claims.toml").open("a", encoding="utf-8") as claims:
        claims.write(f"\n{entry}")
    for line in (each for each in calls(PHRASE) if "我的句式" in each):
        assert run(*shlex.split(line)[1:]) == 0
    is_now = capsys.readouterr().out.splitlines()
    assert set(after.splitlines()) <= set(is_now)


# ---- What is made, and what is a list of something ----


def test_the_page_of_the_rules_is_fresh() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_rules.py"))
    fresh = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == made["rules_page"]()
    assert fresh, "run python -m docs.make_rules"


def test_the_page_of_the_rules_has_each_rule_with_its_examples() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (NC\d{3}) ", page, re.M) == [rule.CODE for rule in RULES]
    assert page.count("```text") == len(RULES)


@pytest.mark.parametrize("page", READMES, ids=named)
def test_the_pictures_are_there_and_small(page: Path) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    assert len(pictures) == 2
    for name in pictures:
        content = (ROOT / name).read_bytes()
        assert len(content) < LARGEST
        with Image.open(io.BytesIO(content)) as picture:
            assert 800 <= picture.width <= 1280


def test_the_page_on_architecture_has_the_rooms_in_their_order() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == ROOMS


def test_the_page_on_settings_has_all_keys() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == list(_READERS)


@pytest.mark.parametrize("page", [*READMES, ROOT / "docs" / "settings.md"], ids=named)
def test_the_settings_that_a_page_shows_are_understood(page: Path, tmp_path: Path) -> None:
    shown = blocks(page, "toml")[0]
    file = tmp_path / "narrcheck.toml"
    file.write_text(shown, encoding="utf-8")
    settings = read_settings(file)
    assert settings.file == file
    assert len(tomllib.loads(shown)) >= 5


def test_the_sidecar_that_docs_show_is_understood(tmp_path: Path) -> None:
    draft = write(tmp_path / "草稿.txt")
    shown = blocks(ROOT / "docs" / "settings.md", "toml")[1]
    draft.with_name("草稿.narrcheck.toml").write_text(shown, encoding="utf-8")
    assert run("check", str(draft)) == 0


def test_every_schema_is_told_of() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for path in (ROOT / "docs" / "schema").iterdir():
        assert f"(schema/{path.name})" in page


def test_the_standings_are_told_in_the_words_of_the_reports() -> None:
    words = {*STANDINGS.values(), SOLVED}
    reports = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    chinese = READMES[1].read_text(encoding="utf-8")
    for word in words:
        assert f"| {word} |" in reports
        assert f"| {word} |" in chinese
    assert STALE in reports


def test_the_hook_that_pages_name_is_the_one_there_is() -> None:
    (hook,) = re.findall(
        r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.M
    )
    for page in (*READMES, ROOT / "docs" / "hook.md"):
        (shown,) = (each for each in blocks(page, "yaml") if "repos:" in each)
        assert f"- id: {hook}\n" in shown


def test_what_the_source_archive_takes_along_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    taken = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert all((ROOT / each.removeprefix("/")).exists() for each in taken)
    for needed in ("/docs", "/README.md", "/README.zh-CN.md", "/.pre-commit-hooks.yaml"):
        assert needed in taken
    assert project["project"]["readme"] == "README.md"
