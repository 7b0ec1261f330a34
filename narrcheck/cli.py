"""The command line: check documents, show what was read of them, explain rules, try patterns."""

from __future__ import annotations

import atexit
import gc
import inspect
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrcheck import __version__
from narrcheck.errors import DocumentError, NarrcheckError
from narrcheck.findings import DocumentReport, Finding, Report, Severity
from narrcheck.report.deliver import (
    FAILED,
    complain,
    deliver,
    printed,
    reconfigure,
    refuse_overwriting,
)

if TYPE_CHECKING:
    from narrcheck.document import Document
    from narrcheck.figure import TableValue
    from narrcheck.patterns import Patterns as LoadedPatterns

NOTHING, FINDINGS = 0, 1  # exit codes; the third is FAILED
INTERRUPTED = 130  # that of a shell: 128 + the signal's number

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


class Listing(StrEnum):
    """The forms in which what was read is listed."""

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


patterns_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="试句式和词表。")
app.add_typer(patterns_app, name="patterns")

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
        refuse_overwriting(output, [*files, *([tables] if tables else [])])
    selected, ignored = _codes(select), _codes(ignore)
    checked, unreadable = _check_all(files, tables=tables, patterns=patterns)
    report = Report(tuple(_filtered(each, selected, ignored) for each in checked))
    hidden = sum(len(each.findings) for each in checked) - sum(
        len(each.findings) for each in report.documents
    )
    if report.documents or form is Format.JSON:
        deliver(_rendered(report, form, output, hidden=hidden), output, json=form is Format.JSON)
    raise typer.Exit(FAILED if unreadable else _exit_code(report, fail_on))


@app.command("tables")
def list_tables(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="要看的文件。")],
    values: Annotated[bool, typer.Option("--values", help="把读到的每个值也列出来。")] = False,
    patterns: Patterns = None,
) -> None:
    """列出从文件里认出的表格，用来查对有没有读错。"""
    from narrcheck.report.listing import write_tables
    from narrcheck.tables import distrusted_tables

    known = _patterns(patterns)
    opened = _opened([file], known)
    if not opened:
        raise typer.Exit(FAILED)
    bad = distrusted_tables(opened[0][0], known.tables)
    deliver(printed(lambda to: write_tables(*opened[0], to, values=values, distrusted=bad)))


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="要看的文件，可以有多个。")],
    form: Annotated[Listing, typer.Option("--format", help="列出的形式。")] = Listing.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="写入这个文件（UTF-8）；名称以 .html 结尾时，画出每一步读到的词和句式。",
        ),
    ] = None,
    stats: Annotated[bool, typer.Option("--stats", help="每份文件只列各类数字的个数。")] = False,
    patterns: Patterns = None,
) -> None:
    """逐句列出文字说明中的数字各读成了什么，用来查对有没有读错、漏读。"""
    from narrcheck.claims.draw import draw
    from narrcheck.report.reading import listed

    drawn = output is not None and output.suffix.lower() in (".html", ".htm")
    json = form is Listing.JSON
    if drawn and (stats or json):
        complain(f"{output}：.html 只用于画图，不能与 --stats、--format json 同用。")
        raise typer.Exit(FAILED)
    if output is not None:
        refuse_overwriting(output, files)
    known = _patterns(patterns)
    opened = _opened(files, known)
    if drawn and opened:
        deliver(draw(opened, known), output)
    elif opened or json:
        deliver(listed(opened, known, json=json, stats=stats, to_file=output), output, json=json)
    raise typer.Exit(NOTHING if len(opened) == len(files) else FAILED)


@patterns_app.command("test")
def try_patterns(patterns: Patterns = None) -> None:
    """试读每个句式的例子，列出读得与所标不同的。退出码：0 全部读对；1 有读错的；2 读不进来。"""
    from narrcheck.claims.examples import failures
    from narrcheck.report.examples import write_failures

    known = _patterns(patterns)
    failed = tuple(failures(known))
    deliver(printed(lambda console: write_failures(known, failed, console)))
    raise typer.Exit(FINDINGS if failed else NOTHING)


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
        complain(f"没有规则 {code}；narrcheck rules 列出全部规则。")
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
            complain(str(error))
        except NarrcheckError as error:  # bad patterns: no file can be checked with them
            complain(str(error))
            raise typer.Exit(FAILED) from None
    return checked, len(checked) < len(files)


Opened = list[tuple["Document", "tuple[TableValue, ...]"]]


def _patterns(folder: Path | None) -> LoadedPatterns:
    """The patterns of a folder; where they cannot be loaded, that ends the call."""
    from narrcheck.patterns import load_patterns

    try:
        return load_patterns(folder)
    except NarrcheckError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None


def _opened(files: list[Path], patterns: LoadedPatterns) -> Opened:
    """The files that could be read, with the values of their tables."""
    from narrcheck.load import load
    from narrcheck.tables import read_tables

    opened: Opened = []
    for path in files:
        try:
            document = load(path)
            opened.append((document, tuple(read_tables(document, patterns.tables))))
        except DocumentError as error:
            complain(str(error))
    return opened


def _codes(option: str) -> tuple[str, ...]:
    """The prefixes of ``NC2,NC501``; one that fits no rule ends the call, lest it hides a typo."""
    from narrcheck.rules import RULES

    prefixes = tuple(part.strip().upper() for part in option.split(",") if part.strip())
    for prefix in prefixes:
        if not any(rule.CODE.startswith(prefix) for rule in RULES):
            complain(f"没有代码以 {prefix} 开头的规则；narrcheck rules 列出全部规则。")
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

    return printed(lambda console: write_text(report, console, hidden=hidden), to_file=output)


def collect_rarely() -> None:
    """Has Python look for garbage seldom, and not at the end.

    spaCy brings some 100,000 objects that stay to the end. Looking through them again and again
    takes a fifth of a short call.
    """
    gc.set_threshold(50_000, 20, 20)
    atexit.register(gc.freeze)


def main(arguments: list[str] | None = None) -> None:
    """The ``narrcheck`` command, by default with the arguments of the process; ends it."""
    collect_rarely()
    for stream in (sys.stdout, sys.stderr):
        reconfigure(stream, errors="replace")  # a console of code page 936 lacks some characters
    try:
        app(arguments, prog_name="narrcheck")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
