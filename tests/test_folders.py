"""Which files of a folder are looked at."""

from __future__ import annotations

from pathlib import Path

from narrcheck.load.folders import files_below


def test_files_come_in_order_of_their_paths_and_hidden_ones_not_at_all(tmp_path: Path) -> None:
    wanted = ["b.txt", "a/2.txt", "a/1/x.txt", "a-b.txt"]
    for name in (*wanted, ".git/c.txt", "a/.d.txt", "a/~$2.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    assert files_below(tmp_path) == sorted(tmp_path / name for name in wanted)


def test_a_hidden_folder_above_hides_nothing(tmp_path: Path) -> None:
    folder = tmp_path / ".drafts"
    folder.mkdir()
    (folder / "a.txt").write_text("", encoding="utf-8")
    assert files_below(folder) == [folder / "a.txt"]
