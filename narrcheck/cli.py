"""The command line: check documents, list their tables, explain the rules."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrcheck import __version__
from narrcheck.errors import DocumentError, NarrcheckError
from narrcheck.findings import DocumentReport, Finding, Report, Severity

if TYPE_CHECKING:
    from rich.console import Console

NOTHING, FINDINGS, FAILED = 0, 1, 2  # exit codes
INTERRUPTED, PIPE_CLOSED = 130, 141  # those of a shell: 128 + the signal's number
PAGE_WIDTH = 100  # columns of a text report that goes to a file

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # its panels cut long Chinese lines short
    help="核对部门决算、部门预算情况说明中的数字：与表格是否一致，前后是否一致，书写是否有误。",
    epilog="退出码：0 没有达到 --fail-on 的问题；1 有问题；2 有文件未能检查。",
)


class Format(StrEnum):
    """The forms of a report."""

    TEXT = "text"
    JSON = "json"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"narrcheck {__version__}")
        raise typer.Exit


@app.callback()
def _narrcheck(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本号。"),
    ] = False,
) -> None:
    pass


Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="要核对的文件，可以有多个。")]
Patterns = Annotated[
    Path | None,
    typer.Option("--patterns", metavar="FOLDER", help="用这个文件夹里的句式、词表代替自带的。"),
]


@app.command()
def check(
    files: Files,
    form: Annotated[Format, typer.Option("--format", help="报告的形式。")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="报告写入这个文件（UTF-8）。"),
    ] = None,
    tables: Annotated[
        Path | None,
        typer.Option("--tables", metavar="FILE", help="表格在另一个文件里时，指明那个文件。"),
    ] = None,
    select: Annotated[
        str,
        typer.Option(metavar="CODES", help="只列这些规则，写代码或其开头，逗号分隔：NC2,NC501。"),
    ] = "",
    ignore: Annotated[str, typer.Option(metavar="CODES", help="不列这些规则，写法同上。")] = "",
    fail_on: Annotated[
        Severity, typer.Option(help="有这一级或更严重的问题时，退出码为 1。")
    ] = Severity.ERROR,
    patterns: Patterns = None,
) -> None:
    """核对文件中的数字，逐条列出问题和依据。"""
    if output is not None:
        _refuse_overwriting(output, [*files, *([tables] if tables else [])])
    selected, ignored = _codes(select), _codes(ignore)
    checked, unreadable = _check_all(files, tables=tables, patterns=patterns)
    report = Report(tuple(_filtered(each, selected, ignored) for each in checked))
    hidden = sum(len(each.findings) for each in checked) - sum(
        len(each.findings) for each in report.documents
    )
    if report.documents or form is Format.JSON:
        _deliver(_rendered(report, form, output, hidden=hidden), output, form)
    raise typer.Exit(FAILED if unreadable else _exit_code(report, fail_on))


@app.command("tables")
def list_tables(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="要看的文件。")],
    values: Annotated[bool, typer.Option("--values", help="把读到的每个值也列出来。")] = False,
    patterns: Patterns = None,
) -> None:
    """列出从文件里认出的表格，用来查对有没有读错。"""
    from narrcheck.load import load
    from narrcheck.patterns import load_patterns
    from narrcheck.report.listing import write_tables
    from narrcheck.tables import read_tables

    try:
        document = load(file)
        table_values = read_tables(document, load_patterns(patterns).tables)
    except NarrcheckError as error:
        _complain(str(error))
        raise typer.Exit(FAILED) from None
    text = _printed(lambda console: write_tables(document, table_values, console, values=values))
    _deliver(text)


@app.command()
def rules() -> None:
    """列出全部规则。"""
    from narrcheck.rules import RULES

    slug_width = max(len(rule.SLUG) for rule in RULES)
    for rule in RULES:
        first_line = (inspect.getdoc(rule) or "").partition("\n")[0]
        typer.echo(f"{rule.CODE}  {rule.SLUG:<{slug_width}}  {first_line}")


@app.command("rule")
def explain_rule(
    code: Annotated[str, typer.Argument(metavar="CODE", help="规则的代码，如 NC202。")],
) -> None:
    """说明一条规则：什么必须成立，为什么，正例和反例。"""
    from narrcheck.rules import RULES

    rule = next((each for each in RULES if code.upper() == each.CODE or code == each.SLUG), None)
    if rule is None:
        _complain(f"没有规则 {code}；narrcheck rules 列出全部规则。")
        raise typer.Exit(FAILED)
    typer.echo(f"{rule.CODE} {rule.SLUG}\n\n{inspect.getdoc(rule)}")


def _check_all(
    files: list[Path], *, tables: Path | None, patterns: Path | None
) -> tuple[list[DocumentReport], bool]:
    """The reports of the files that could be read, and whether one could not."""
    from narrcheck.check import check as check_document

    checked: list[DocumentReport] = []
    for path in files:
        try:
            checked.append(check_document(path, tables=tables, patterns=patterns))
        except DocumentError as error:
            _complain(str(error))
        except NarrcheckError as error:  # bad patterns: no file can be checked with them
            _complain(str(error))
            raise typer.Exit(FAILED) from None
    return checked, len(checked) < len(files)


def _codes(option: str) -> tuple[str, ...]:
    """The prefixes of ``NC2,NC501``; one that fits no rule ends the call, lest it hides a typo."""
    from narrcheck.rules import RULES

    prefixes = tuple(part.strip().upper() for part in option.split(",") if part.strip())
    for prefix in prefixes:
        if not any(rule.CODE.startswith(prefix) for rule in RULES):
            _complain(f"没有代码以 {prefix} 开头的规则；narrcheck rules 列出全部规则。")
            raise typer.Exit(FAILED)
    return prefixes


def _filtered(
    report: DocumentReport, selected: tuple[str, ...], ignored: tuple[str, ...]
) -> DocumentReport:
    def wanted(finding: Finding) -> bool:
        chosen = not selected or finding.code.startswith(selected)
        return chosen and not finding.code.startswith(ignored)

    return replace(report, findings=tuple(filter(wanted, report.findings)))


def _exit_code(report: Report, fail_on: Severity) -> int:
    worst = report.worst()
    return FINDINGS if worst is not None and worst.rank <= fail_on.rank else NOTHING


def _rendered(report: Report, form: Format, output: Path | None, *, hidden: int) -> str:
    if form is Format.JSON:
        from narrcheck.report.json import write_json

        return write_json(report)
    from narrcheck.report.text import write_text

    return _printed(lambda console: write_text(report, console, hidden=hidden), to_file=output)


def _printed(write: Callable[[Console], None], *, to_file: Path | None = None) -> str:
    """What ``write`` prints, with colours and width of the terminal, if it goes to one."""
    from rich.console import Console

    buffer = StringIO()
    if to_file is not None:
        write(Console(file=buffer, width=PAGE_WIDTH, color_system=None))
        return buffer.getvalue()
    screen = Console()
    # An old Windows console shows colour codes as rubbish.
    colour = screen.is_terminal and not screen.legacy_windows
    write(Console(file=buffer, width=screen.width, force_terminal=colour, legacy_windows=False))
    return buffer.getvalue()


def _deliver(text: str, output: Path | None = None, form: Format = Format.TEXT) -> None:
    """Write ``text`` to ``output`` or standard output; failing that ends the call with a line."""
    # A lone surrogate (a file name that is no UTF-8) becomes \udcxx, which JSON reads back.
    errors = "backslashreplace" if form is Format.JSON else "replace"
    try:
        if output is not None:
            output.write_text(text, encoding="utf-8", errors=errors, newline="\n")
            return
        if form is Format.JSON and not sys.stdout.isatty():
            _reconfigure(sys.stdout, encoding="utf-8", errors=errors)  # JSON is always UTF-8
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
    except OSError as error:
        _complain(f"{output or '标准输出'}：写不进去（{error.strerror}）。")
        raise typer.Exit(FAILED) from None


def _refuse_overwriting(output: Path, inputs: list[Path]) -> None:
    if any(output.resolve() == path.resolve() for path in inputs):
        _complain(f"{output}：报告不能写到被核对的文件里，请换一个文件名。")
        raise typer.Exit(FAILED)


def _complain(message: str) -> None:
    """One line on standard error, whatever a file name holds."""
    from narrcheck.report.lines import plain

    typer.echo(f"narrcheck: {plain(message)}", err=True)


def _reconfigure(stream: object, **settings: str) -> None:
    # A stream that a test or another program put in place may not have it.
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**settings)


def main(arguments: list[str] | None = None) -> None:
    """The ``narrcheck`` command, by default with the arguments of the process; ends it."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, errors="replace")  # a console of code page 936 lacks some characters
    try:
        app(arguments, prog_name="narrcheck")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
