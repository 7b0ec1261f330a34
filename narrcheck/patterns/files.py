"""Reads the TOML and CSV files of a patterns folder, and refuses what is not understood."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from narrcheck.errors import PatternError

PACKAGE = Path(__file__).resolve().parent.parent


# The keys whose value is a list of texts; those of SWITCHES are true or false; all others, a text.
LISTS = frozenset(
    {"names", "words", "examples", "others", "all", "not", "headers"}
    | {"parts", "required", "within", "kinds", "same_as", "roles", "tables"}
    | {"wholes", "ends", "closes"}
)
SWITCHES = frozenset({"count", "loose", "complete", "economic", "once"})


def patterns_folder() -> Path:
    """The folder of the patterns that narrcheck brings along.

    In a wheel they lie inside the package, in a checkout or an editable install beside it.
    """
    for folder in (PACKAGE / "_patterns", PACKAGE.parent / "patterns"):
        if (folder / "claims.toml").is_file():
            return folder
    raise PatternError(f"找不到 patterns 文件夹（应在 {PACKAGE.parent}）：请重新安装 narrcheck。")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; raises PatternError naming the file where it is not one."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PatternError(f"{path}：缺少这个文件。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PatternError(f"{path}：不是合格的 TOML：{error}") from None


def entries(
    path: Path, name: str, *, required: Iterable[str], optional: Iterable[str] = ()
) -> list[Mapping[str, Any]]:
    """The ``[[name]]`` entries; refuses other tables, unknown or missing keys, double ids."""
    tables = read_toml(path)
    strange = set(tables) - {name}
    if strange:
        raise PatternError(f"{path}：不认识的部分 {sorted(strange)}，只能有 [[{name}]]。")
    required, known = set(required), {*required, *optional}
    seen: set[str] = set()
    found = tables.get(name, [])
    if not isinstance(found, list):
        raise PatternError(f"{path}：条目要写成 [[{name}]]，用两层方括号。")
    for entry in found:
        label = f"{path}：{entry.get('id', '（无 id）')}"
        if unknown := set(entry) - known:
            raise PatternError(f"{label}：不认识的键 {sorted(unknown)}。")
        if missing := required - set(entry):
            raise PatternError(f"{label}：缺少键 {sorted(missing)}。")
        for key, value in entry.items():
            if not _is_of_its_sort(key, value):
                sort = '一列文字 ["…", "…"]' if key in LISTS else "一段文字"
                raise PatternError(f"{label}：{key} 应当是{sort}。")
        if entry.get("id") in seen:
            raise PatternError(f"{label}：这个 id 用了两次。")
        if "id" in entry:
            seen.add(entry["id"])
    return found


def _is_of_its_sort(key: str, value: object) -> bool:
    if key in LISTS:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, bool if key in SWITCHES else str)
