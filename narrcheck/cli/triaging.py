"""The commands that keep what is known of findings: ``baseline``, ``suppress``, and ``cache``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from narrcheck.cli.gathering import gathered
from narrcheck.cli.opening import Apart, File, Jobs, Memory, Patterns, Timeout
from narrcheck.cli.reporting import (
    Choices,
    Config,
    Ignore,
    Isolated,
    NoCache,
    Select,
    check_all,
    check_one,
)
from narrcheck.errors import TriageError
from narrcheck.findings import DocumentReport, Finding, Suppression
from narrcheck.report.deliver import FAILED, complain, deliver, refuse_overwriting
from narrcheck.report.lines import plain
from narrcheck.report.standing import short
from narrcheck.triage import earlier_of, read_kept, sidecar_of, with_suppression, write_baseline

FEWEST = 4  # characters that a finding is named by


def baseline(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="要核对的文件或文件夹，可以有多个。")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="存入这个文件。")
    ] = Path("narrcheck-baseline.json"),
    apart: Apart = None,
    select: Select = None,
    ignore: Ignore = None,
    config: Config = None,
    isolated: Isolated = False,
    no_cache: NoCache = False,
    patterns: Patterns = None,
    jobs: Jobs = None,
    timeout: Timeout = None,
    memory: Memory = None,
) -> None:
    """存下现有的问题；以后用 check --baseline 核对时标为“原有”，只有新增的才计入退出码。"""
    all_files = gathered(files, output=output)
    refuse_overwriting(output, [*all_files.files, *([apart] if apart else [])])
    _refuse_replacing_another(output)
    choices = Choices(
        tables=apart,
        patterns=patterns,
        select=select,
        ignore=ignore,
        config=config,
        isolated=isolated,
        cache=not no_cache,
        compares=False,
        jobs=jobs,
        timeout=timeout,
        memory=memory,
    )
    checked, code = check_all(all_files.files, choices, found=all_files.found)
    if code:
        complain(f"有文件未能检查，{output} 没有改动。")
        raise typer.Exit(code)
    found = [(each.path, each.report) for each in checked]
    deliver(write_baseline(found, output), output, data=True)
    count = sum(len(earlier_of(report)) for _, report in found)
    typer.echo(f"已把 {len(found)} 份文件的 {count} 条问题存入 {plain(str(output))}。")


def _refuse_replacing_another(output: Path) -> None:
    """End the call where a file is there that is no baseline: it may be somebody's work."""
    try:
        foreign = output.exists() and not read_kept(output).is_baseline
    except TriageError:
        foreign = True
    if foreign:
        complain(f"{output}：已有这个文件，而且不是 narrcheck baseline 写的，请换一个文件名。")
        raise typer.Exit(FAILED)


def suppress(
    file: File,
    finding: Annotated[
        str, typer.Argument(metavar="ID", help="问题的编号，报告里每条问题都有，如 #1f3e5a7b。")
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="REASON", help="为什么不必改，必须写明。")
    ],
    apart: Apart = None,
    config: Config = None,
    isolated: Isolated = False,
    no_cache: NoCache = False,
    patterns: Patterns = None,
) -> None:
    """记下一条问题经核实不必改及其理由，写入文件旁边的 .narrcheck.toml；以后照列，不计入退出码。"""
    if not plain(reason).strip():
        complain("--reason 不能空着，请写明为什么不必改。")
        raise typer.Exit(FAILED)
    choices = Choices(
        tables=apart,
        patterns=patterns,
        select="",
        config=config,
        isolated=isolated,
        cache=not no_cache,
        compares=False,
    )
    report = check_one(file, choices).report
    found = _named(file, report, finding)
    if (known := report.suppression(found)) is not None:
        complain(f"{short(found.fingerprint)} 已经记过，理由是：{known.reason}")
        raise typer.Exit(FAILED)
    words = (found.fingerprint, plain(reason).strip(), found.code, plain(found.text))
    sidecar = sidecar_of(file)
    deliver(with_suppression(file, Suppression(*words)), sidecar, data=True)
    typer.echo(f"已记入 {plain(str(sidecar))}：{found.code} {plain(found.message)}")


def _named(file: Path, report: DocumentReport, name: str) -> Finding:
    """The finding whose fingerprint begins so; none, or several, ends the call with a line."""
    wanted = name.strip().removeprefix("#").lower()
    fitting = [each for each in report.findings if each.fingerprint.startswith(wanted)]
    if len(wanted) >= FEWEST and len(fitting) == 1:
        return fitting[0]
    if len(wanted) < FEWEST or fitting:
        complain(f"编号 {name} 太短，认不出是哪一条，请写完整。")
    else:
        complain(f"{file}：没有编号为 {name} 的问题；narrcheck check 列出每条问题的编号。")
    raise typer.Exit(FAILED)


def cache_dir() -> None:
    """显示以前的核对结果存在哪个文件夹。"""
    from narrcheck.cache import cache_folder

    folder = cache_folder()
    if folder is None:
        complain("没有存放核对结果的文件夹：缓存已关闭，或找不到用户文件夹。")
        raise typer.Exit(FAILED)
    typer.echo(plain(str(folder)))


def cache_clear() -> None:
    """删去存下的核对结果；下次核对时重新算。"""
    from narrcheck.cache import clear_cache

    typer.echo(f"已删去 {clear_cache()} 份。")
