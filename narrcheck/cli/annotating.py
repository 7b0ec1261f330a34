"""The command that gives a document back with its findings in it: ``narrcheck annotate``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from narrcheck.cli.gathering import MARK, gathered
from narrcheck.cli.opening import Apart, Jobs, Memory, Patterns, Timeout, attempted
from narrcheck.cli.reporting import (
    Baseline,
    Checked,
    Choices,
    Config,
    Ignore,
    Isolated,
    NoCache,
    Select,
    check_all,
)
from narrcheck.errors import DocumentError
from narrcheck.findings import DocumentReport, Report, Standing
from narrcheck.report.deliver import FAILED, complain, refuse_overwriting, save

WORD, MACROS = (".docx",), ".docm"
OFFICE = (".doc", ".wps", ".wpt", ".rtf", ".odt")  # what can be converted to .docx
PDF, HTML, XLSX = (".pdf",), (".html", ".htm"), (".xlsx",)
FORMS = (*WORD, MACROS, *PDF, *HTML, *XLSX)


def annotate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help="要批注的文件；写成 .xlsx 时可以有多个，也可以是文件夹。"
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="写到这个文件，扩展名定形式：.docx 原文加批注，.pdf 原文加标注，"
            ".html 网页，.xlsx 问题清单；不写时写在原文旁边，如 草稿.批注.docx。",
        ),
    ] = None,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary/--no-summary", show_default=False, help="在 PDF 末尾加一页汇总，默认不加。"
        ),
    ] = False,
    apart: Apart = None,
    select: Select = None,
    ignore: Ignore = None,
    patterns: Patterns = None,
    baseline: Baseline = None,
    config: Config = None,
    isolated: Isolated = False,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    timeout: Timeout = None,
    memory: Memory = None,
) -> None:
    """核对文件，把问题作为批注写回原文的副本，或写成网页、问题清单；不改动原文件。"""
    all_files = gathered(files, output=output)
    target = output or _beside(all_files.files[0])
    refuse_overwriting(target, [*all_files.files, *([apart] if apart else [])])
    why = _refusal(all_files.files, target, chosen=output is not None, summary=summary)
    if why:
        complain(why)
        raise typer.Exit(FAILED)
    choices = Choices(
        tables=apart,
        patterns=patterns,
        select=select,
        ignore=ignore,
        config=config,
        isolated=isolated,
        cache=not no_cache,
        baseline=baseline,
        jobs=jobs,
        timeout=timeout,
        memory=memory,
    )
    checked, code = check_all(all_files.files, choices, found=all_files.found)
    if not checked:
        raise typer.Exit(code)
    written = attempted(checked[0].path, _writer(checked, target, summary=summary))
    if written is None:
        raise typer.Exit(FAILED)
    save(written, target)
    complain(_said(checked, target))
    raise typer.Exit(code)


def _beside(file: Path) -> Path:
    """Where a document with its findings is written, unless the caller says where."""
    suffix = file.suffix.lower()
    if suffix in OFFICE:
        suffix = WORD[0]
    return file.with_name(
        f"{file.stem}{MARK}{suffix if suffix in (*WORD, MACROS, *PDF) else HTML[0]}"
    )


def _refusal(files: Sequence[Path], target: Path, *, chosen: bool, summary: bool) -> str:
    """Why ``target`` cannot be written, and the remedy; ``""`` where it can.

    ``chosen``: the caller named it. What was written unasked may hold answers to the comments.
    """
    form, suffix = target.suffix.lower(), files[0].suffix.lower()
    if form not in FORMS:
        return f"{target}：写不成这种文件，请用 -o 指明 .docx、.pdf、.html 或 .xlsx 文件。"
    if len(files) > 1 and form not in XLSX:
        return f"{target}：一次只能批注一个文件；多个文件请用 -o 写成 .xlsx 问题清单。"
    if summary and form not in PDF:
        return f"{target}：--summary 只用于 PDF。"
    if form in PDF and suffix not in PDF:
        return f"{files[0]}：不是 PDF，不能标注成 .pdf，请用 -o 写成 .html 或 .xlsx。"
    if form in (*WORD, MACROS) and suffix not in (*WORD, MACROS, *OFFICE):
        return f"{files[0]}：不是 Word 文件，加不了批注，请用 -o 写成 .html 或 .xlsx。"
    if form in (*WORD, MACROS) and (form == MACROS) != (suffix == MACROS):
        right = MACROS if suffix == MACROS else WORD[0]
        return f"{target}：扩展名应与原文件一致，请改为 {right}。"
    if not chosen and target.exists():
        return f"{target}：已经有这个文件，请用 -o 指明写到哪里。"
    return ""


def _writer(checked: list[Checked], target: Path, *, summary: bool) -> Callable[[], bytes]:
    """What makes the content of ``target``."""
    form = target.suffix.lower()
    if form in XLSX:
        return partial(_list, Report(tuple(each.report for each in checked)))
    first = checked[0]
    if form in PDF:
        return partial(_pdf, first, summary=summary)
    return partial(_page if form in HTML else _word, first)


def _word(checked: Checked) -> bytes:
    from narrcheck.load import read_bytes
    from narrcheck.report.docx import annotate_docx

    report, data = checked.report, read_bytes(checked.path)
    if not report.document.sources:
        report, data = _converted(report, data)
    return annotate_docx(report, data, hidden=checked.hidden)


def _converted(report: DocumentReport, data: bytes) -> tuple[DocumentReport, bytes]:
    """The report with its places in the .docx that the file is converted to, and that .docx."""
    from narrcheck.load.docx.read import load_docx
    from narrcheck.load.office import as_docx

    document = report.document
    converted = as_docx(document.path, data)
    if converted is None:
        raise DocumentError(
            f"{document.path}：内容不是 Word 文件，加不了批注，请用 -o 写成 .html 或 .xlsx。"
        )
    complain(f"{document.path}：先由 LibreOffice 转换为 .docx，再加批注，版式以转换结果为准。")
    again = load_docx(document.path, document.sha256, converted)
    if again.text != document.text:
        raise DocumentError(f"{document.path}：两次转换的结果不同，请用 Word 另存为 .docx 再批注。")
    return replace(report, document=replace(document, sources=again.sources)), converted


def _pdf(checked: Checked, *, summary: bool) -> bytes:
    from narrcheck.load import read_bytes
    from narrcheck.report.pdf import annotate_pdf

    data = read_bytes(checked.path)
    return annotate_pdf(checked.report, data, summary=summary, hidden=checked.hidden)


def _page(checked: Checked) -> bytes:
    from narrcheck.load import read_bytes
    from narrcheck.report.html import write_html

    page = write_html(checked.report, read_bytes(checked.path), hidden=checked.hidden)
    return page.encode("utf-8", errors="replace")  # a file name may be no UTF-8


def _list(report: Report) -> bytes:
    from narrcheck.report.xlsx import write_xlsx

    return write_xlsx(report)


def _said(checked: list[Checked], target: Path) -> str:
    """What is told at the end: how many findings were written, and how many were not."""
    standings = [
        each.report.standing(finding) for each in checked for finding in each.report.findings
    ]
    suppressed = standings.count(Standing.SUPPRESSED)
    left = f"，其中核实不改 {suppressed} 条" if suppressed else ""
    hidden = sum(each.hidden for each in checked)
    more = f"，按 --select/--ignore 或设置未列出 {hidden} 条" if hidden else ""
    return f"已写入 {target}：问题 {len(standings)} 条{left}{more}。"
