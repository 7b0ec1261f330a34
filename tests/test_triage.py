"""What was known before and what people let stand: marked, listed, and not counted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from made.archive import write

from narrcheck.check import check
from narrcheck.cli import main
from narrcheck.errors import DocumentError, TriageError
from narrcheck.findings import Suppression
from narrcheck.triage import read_kept, read_suppressions, sidecar_of, with_suppression

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft with a wrong growth and a wrong share."""
    return write(tmp_path / "草稿.txt", rate="14.1", share="86.5")


def run(*arguments: str | Path) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def joined(capsys: Captured) -> str:
    """What was printed, without line breaks and spaces."""
    return "".join(capsys.readouterr().out.split())


def fingerprint(path: Path, code: str) -> str:
    return next(each.fingerprint for each in check(path).findings if each.code == code)


def test_what_was_known_is_marked_and_does_not_count(
    draft: Path, tmp_path: Path, capsys: Captured
) -> None:
    kept = tmp_path / "narrcheck-baseline.json"
    assert run("check", draft) == 1
    assert run("baseline", draft, "-o", kept) == 0
    capsys.readouterr()
    assert run("check", draft, "--baseline", kept) == 0
    out = joined(capsys)
    assert out.count("错误原有NC20") == 2
    assert "14.1%" in out
    assert "其中新增0·原有2·核实不改0·已解决0" in out


def test_what_is_new_counts_and_what_was_solved_is_listed(
    draft: Path, tmp_path: Path, capsys: Captured
) -> None:
    kept = tmp_path / "narrcheck-baseline.json"
    write(draft, rate="14.1")
    run("baseline", draft, "-o", kept)
    capsys.readouterr()
    write(draft, share="86.5")
    assert run("check", draft, "--baseline", kept) == 1
    out = joined(capsys)
    assert "错误新增NC203" in out
    assert "已解决：·NC201“14.1%”" in out
    assert "其中新增1·原有0·核实不改0·已解决1" in out


def test_a_baseline_is_sorted_and_names_documents_from_its_folder(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b").mkdir()
    sound = write(tmp_path / "b" / "好.txt")
    kept = tmp_path / "b" / "kept.json"
    monkeypatch.chdir(tmp_path / "b")
    run("baseline", sound, draft, "-o", kept)
    first = kept.read_text(encoding="utf-8")
    run("baseline", draft, "好.txt", "-o", "kept.json")
    assert kept.read_text(encoding="utf-8") == first
    content = json.loads(first)
    assert [each["path"] for each in content["documents"]] == ["../草稿.txt", "好.txt"]
    found = content["documents"][0]["findings"]
    assert [each["code"] for each in found] == ["NC201", "NC203"]
    assert set(found[0]) == {"fingerprint", "code", "severity", "text", "message"}
    assert run("check", draft, "--baseline", kept) == 0


def test_a_document_that_was_not_there_is_all_new(draft: Path, tmp_path: Path) -> None:
    sound = write(tmp_path / "好.txt")
    kept = tmp_path / "kept.json"
    run("baseline", sound, "-o", kept)
    assert run("check", draft, "--baseline", kept) == 1


def test_settings_name_the_baseline(draft: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "narrcheck.toml").write_text('baseline = "kept.json"', encoding="utf-8")
    assert run("check", draft) == 2
    assert capsys.readouterr().err.startswith(f"narrcheck: {tmp_path / 'kept.json'}：没有这个文件")
    assert run("baseline", draft, "-o", tmp_path / "kept.json") == 0
    assert run("check", draft) == 0


def test_findings_left_out_are_not_taken_for_solved(
    draft: Path, tmp_path: Path, capsys: Captured
) -> None:
    kept = tmp_path / "kept.json"
    run("baseline", draft, "-o", kept)
    run("suppress", draft, fingerprint(draft, "NC203"), "--reason", "口径不同")
    capsys.readouterr()
    assert run("check", draft, "--baseline", kept, "--select", "NC201") == 0
    out = joined(capsys)
    assert "其中新增0·原有1·核实不改0·已解决0" in out
    assert "已不适用" not in out


def test_a_baseline_never_replaces_anything_else(
    draft: Path, tmp_path: Path, capsys: Captured
) -> None:
    work = tmp_path / "work.json"
    work.write_text("[1]", encoding="utf-8")
    assert run("baseline", draft, "-o", work) == 2
    assert work.read_text(encoding="utf-8") == "[1]"
    assert run("baseline", draft, "-o", draft) == 2
    report = tmp_path / "report.json"
    run("check", draft, "--format", "json", "-o", report)
    assert run("baseline", draft, "-o", report) == 2


def test_with_an_unreadable_document_no_baseline_is_written(draft: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    assert run("baseline", draft, tmp_path / "missing.txt", "-o", kept) == 2
    assert not kept.exists()


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "1", "{}", '{"baseline": 1}', '{"baseline": 1, "documents": 3}'),
        '{"baseline": 1, "documents": [{"path": 1, "findings": []}]}',
        '{"baseline": 1, "documents": [{"path": "a", "findings": [{}]}]}',
        '{"baseline": 1, "documents": [{"path": "a", "findings": [{"fingerprint": 1, "code": "c",'
        ' "severity": "error", "text": "", "message": ""}]}]}',
        '{"baseline": 2, "documents": []}',
        "[" * 100_000,
    ],
)
def test_a_damaged_baseline_is_one_line(
    text: str, draft: Path, tmp_path: Path, capsys: Captured
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(text, encoding="utf-8")
    assert run("check", draft, "--baseline", kept) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"narrcheck: {kept}：")
    assert printed.err.count("\n") == 1


def test_a_finding_that_a_person_lets_stand_is_shown_with_the_reason_and_does_not_count(
    draft: Path, capsys: Captured
) -> None:
    write(draft, rate="14.1")
    run("check", draft)
    name = re.search(r"#[0-9a-f]{8}\b", capsys.readouterr().out)
    assert name is not None
    assert run("suppress", draft, name[0], "--reason", "按批复\n口径计算 \x7f") == 0
    assert "已记入" in capsys.readouterr().out
    assert run("check", draft) == 0
    out = joined(capsys)
    assert "错误核实不改NC201" in out
    assert "理由按批复口径计算" in out
    assert "14.1%" in out
    assert "其中新增0·核实不改1" in out
    assert sidecar_of(draft).read_text(encoding="utf-8") == (
        "[[suppress]]\n"
        f'fingerprint = "{fingerprint(draft, "NC201")}"\n'
        'reason = "按批复口径计算"\n'
        'code = "NC201"\n'
        'text = "14.1%"\n'
    )


def test_a_suppression_that_fits_nothing_any_more_is_reported(
    draft: Path, capsys: Captured
) -> None:
    write(draft, rate="14.1")
    run("suppress", draft, fingerprint(draft, "NC201"), "--reason", "口径不同")
    write(draft)
    capsys.readouterr()
    assert run("check", draft) == 0
    out = joined(capsys)
    assert "已不适用的核实记录，可从.narrcheck.toml中删去：" in out
    assert "NC201“14.1%”理由：口径不同" in out


def test_further_entries_leave_what_a_person_wrote(draft: Path) -> None:
    sidecar = sidecar_of(draft)
    sidecar.write_text("\ufeff# 王会计记\r\n", encoding="utf-8", newline="")
    for code in ("NC201", "NC203"):
        assert run("suppress", draft, fingerprint(draft, code), "--reason", f"{code}\\“甲”") == 0
    assert sidecar.read_text(encoding="utf-8").startswith("# 王会计记\n\n[[suppress]]\n")
    assert [each.reason for each in read_suppressions(draft)] == ["NC201\\“甲”", "NC203\\“甲”"]
    assert run("check", draft) == 0


@pytest.mark.parametrize("reason", ["", "  ", "\u200b\n"])
def test_a_reason_is_compulsory(reason: str, draft: Path, capsys: Captured) -> None:
    assert run("suppress", draft, fingerprint(draft, "NC201"), "--reason", reason) == 2
    assert run("suppress", draft, fingerprint(draft, "NC201")) == 2
    assert not sidecar_of(draft).exists()
    assert "缺少 --reason" in capsys.readouterr().err


def test_only_one_finding_is_suppressed_and_only_once(draft: Path, capsys: Captured) -> None:
    name = fingerprint(draft, "NC201")
    for unknown in ("#0000000000", name[:3], ""):
        assert run("suppress", draft, unknown, "--reason", "无") == 2
    assert run("suppress", draft, name[:8].upper(), "--reason", "无") == 0
    before = sidecar_of(draft).read_bytes()
    capsys.readouterr()
    assert run("suppress", draft, name, "--reason", "又") == 2
    assert "已经记过，理由是：无" in capsys.readouterr().err
    assert sidecar_of(draft).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[suppress]", "不是合格的 TOML"),
        ("[suppress]\na = 1", "只能有 [[suppress]] 条目"),
        ("suppress = [1]", "只能有 [[suppress]] 条目"),
        ("other = 1", "只能有 [[suppress]] 条目"),
        ('[[suppress]]\nfingerprint = "a"', "a：缺少 reason，请写明为什么不改。"),
        ('[[suppress]]\nfingerprint = "a"\nreason = " "', "a：缺少 reason"),
        ('[[suppress]]\nreason = "无"', "（无 fingerprint）：缺少 fingerprint"),
        ('[[suppress]]\nfingerprint = "a"\nreason = 1', "a：reason 应当是一段文字。"),
        ('[[suppress]]\nfingerprint = "a"\nreason = "无"\nwho = "王"', "a：不认识的键 who。"),
    ],
)
def test_a_damaged_sidecar_stops_its_document_alone(
    text: str, said: str, draft: Path, tmp_path: Path, capsys: Captured
) -> None:
    sound = write(tmp_path / "好.txt")
    sidecar_of(draft).write_text(text, encoding="utf-8")
    assert run("check", draft, sound) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"narrcheck: {sidecar_of(draft)}：{said}")
    assert printed.err.count("\n") == 1
    assert "未发现问题" in printed.out


def test_two_documents_of_one_name_share_a_sidecar_without_mixing(tmp_path: Path) -> None:
    draft = write(tmp_path / "草稿.txt", rate="14.1")
    alone = with_suppression(draft, Suppression("a" * 16, "无"))
    assert "file" not in alone
    twin = write(tmp_path / "草稿.md", rate="14.1")
    assert sidecar_of(draft) == sidecar_of(twin)
    run("suppress", draft, fingerprint(draft, "NC201"), "--reason", "口径不同")
    assert 'file = "草稿.txt"' in sidecar_of(draft).read_text(encoding="utf-8")
    assert run("check", draft) == 0
    assert read_suppressions(twin) == ()
    assert run("check", twin) == 1


def test_a_sidecar_of_another_encoding_is_refused(draft: Path) -> None:
    sidecar_of(draft).write_bytes("# 王会计".encode("gbk"))
    with pytest.raises(DocumentError, match="不是 UTF-8 编码"):
        read_suppressions(draft)


def _older(draft: Path, kind: str) -> Path:
    """The draft as it was before, in one of the forms that can be compared with."""
    if kind == "draft":
        return write(draft.with_name("旧稿.md"), rate="14.1")
    older = write(draft, rate="14.1")
    output = draft.with_name("旧.json")
    if kind == "report":
        run("check", older, "--format", "json", "-o", output)
    else:
        run("baseline", older, "-o", output)
    return output


@pytest.mark.parametrize("kind", ["draft", "report", "baseline"])
def test_a_new_draft_is_compared_with_the_old_one(kind: str, draft: Path, capsys: Captured) -> None:
    old = _older(draft, kind)
    write(draft, rate="14.1", share="86.5")
    capsys.readouterr()
    assert run("check", draft, "--diff", old) == 1
    out = joined(capsys)
    assert "原有NC201" in out
    assert "新增NC203" in out
    write(draft)
    assert run("check", draft, "--diff", old) == 0
    out = joined(capsys)
    assert "已解决：·NC201“14.1%”" in out
    renamed = draft.rename(draft.with_name("定稿.txt"))
    assert run("check", renamed, "--diff", old) == 0


def test_a_draft_is_found_among_several_by_its_name(draft: Path, tmp_path: Path) -> None:
    (tmp_path / "旧").mkdir()
    old = write(tmp_path / "旧" / "草稿.txt", rate="14.1")
    other = write(tmp_path / "旧" / "另一份.txt")
    kept = tmp_path / "旧" / "kept.json"
    run("baseline", old, other, "-o", kept)
    assert [each.code for each in read_kept(kept).of_draft(draft)] == ["NC201"]
    with pytest.raises(TriageError, match="里面没有"):
        read_kept(kept).of_draft(tmp_path / "第三份.txt")


@pytest.mark.parametrize("more", [["--baseline", "kept.json"], ["second.txt"]])
def test_a_comparison_is_with_one_thing(more: list[str], draft: Path, capsys: Captured) -> None:
    assert run("check", draft, "--diff", "old.txt", *more) == 2
    assert capsys.readouterr().err.startswith("narrcheck: --diff 一次只比较一个文件")


def test_an_old_draft_that_cannot_be_read_is_one_line(draft: Path, capsys: Captured) -> None:
    assert run("check", draft, "--diff", draft.with_name("none.txt")) == 2
    printed = capsys.readouterr()
    assert "none.txt：没有这个文件" in printed.err
    assert printed.err.count("\n") == 1


def test_a_report_is_never_written_over_what_it_compares_with(draft: Path) -> None:
    old = write(draft.with_name("旧稿.txt"))
    before: Any = old.read_bytes()
    assert run("check", draft, "--diff", old, "-o", old) == 2
    assert old.read_bytes() == before
