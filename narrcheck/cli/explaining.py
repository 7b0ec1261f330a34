"""The commands that explain: a number of a file, the rules, and the examples of the patterns."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated

import typer

from narrcheck.cli.opening import FINDINGS, NOTHING, Apart, File, Listing, Patterns, load_known
from narrcheck.errors import DocumentError
from narrcheck.report.deliver import FAILED, complain, deliver, printed

if TYPE_CHECKING:
    from pathlib import Path

    from narrcheck.findings import DocumentReport
    from narrcheck.patterns import Patterns as LoadedPatterns
    from narrcheck.report.asking import Asked


def explain(
    file: File,
    at: Annotated[
        int | None,
        typer.Option(
            "--at",
            metavar="LINE",
            help="第几行，即报告里说的行；分页的文件是 narrcheck text 列出的第几行。",
        ),
    ] = None,
    page: Annotated[
        int | None, typer.Option("--page", metavar="PAGE", help="第几页（只用于分页的文件）。")
    ] = None,
    claim: Annotated[
        str, typer.Option("--claim", metavar="ID", help="哪条陈述，写 JSON 报告里的 id，如 c41。")
    ] = "",
    form: Annotated[Listing, typer.Option("--format", help="列出的形式。")] = Listing.TEXT,
    apart: Apart = None,
    patterns: Patterns = None,
) -> None:
    """说明一处的每个数：读成了什么，拿什么核对过，为什么相符、不符或没有核对。"""
    if sum((at is not None, page is not None, bool(claim))) != 1:
        complain("请用 --at、--page、--claim 中的一个指明看哪里，如：--at 12。")
        raise typer.Exit(FAILED)
    known = load_known(patterns)
    report = _checked(file, apart, patterns)
    asked = _asked(report, known, at=at, page=page, claim=claim)
    if asked.is_empty and not asked.cells:
        complain(f"{file}：{asked.words}没有读到数字，也没有发现问题；narrcheck text 列出各行。")
        raise typer.Exit(FAILED)
    if form is Listing.JSON:
        from narrcheck.report.explaining_json import write_explanation_json

        deliver(write_explanation_json(report, asked), data=True)
    else:
        from narrcheck.report.explaining import write_explanation

        deliver(printed(lambda console: write_explanation(report, asked, console)))


def _checked(file: Path, apart: Path | None, patterns: Path | None) -> DocumentReport:
    """The report of a file; one that cannot be read ends the call."""
    from narrcheck.check import check

    try:
        return check(file, tables=apart, patterns=patterns)
    except DocumentError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None


def _asked(
    report: DocumentReport, known: LoadedPatterns, *, at: int | None, page: int | None, claim: str
) -> Asked:
    """What stands at the place that one of the three options names."""
    from narrcheck.claims.used import used_patterns
    from narrcheck.report.asking import on_claim, on_line, on_page
    from narrcheck.report.held import explain as explain_all

    used = used_patterns(report.document, known, report.table_values)
    explained = explain_all(report, used)
    if at is not None:
        return on_line(report, explained, at)
    if page is not None:
        return on_page(report, explained, page)
    return on_claim(explained, claim)


def rules() -> None:
    """列出全部规则。"""
    from narrcheck.rules import RULES

    slug_width = max(len(each.SLUG) for each in RULES)
    for each in RULES:
        first_line = (inspect.getdoc(each) or "").partition("\n")[0]
        typer.echo(f"{each.CODE}  {each.SLUG:<{slug_width}}  {first_line}")


def rule(
    code: Annotated[str, typer.Argument(metavar="CODE", help="规则的代码，如 NC202。")],
) -> None:
    """说明一条规则：什么必须成立，为什么，正例和反例。"""
    from narrcheck.rules import RULES

    found = next((each for each in RULES if code.upper() == each.CODE or code == each.SLUG), None)
    if found is None:
        complain(f"没有规则 {code}；narrcheck rules 列出全部规则。")
        raise typer.Exit(FAILED)
    typer.echo(f"{found.CODE} {found.SLUG}\n\n{inspect.getdoc(found)}")


def try_patterns(patterns: Patterns = None) -> None:
    """试读每个句式的例子，列出读得与所标不同的。退出码：0 全部读对；1 有读错的；2 读不进来。"""
    from narrcheck.claims.examples import failures
    from narrcheck.report.examples import write_failures

    known = load_known(patterns)
    failed = tuple(failures(known))
    deliver(printed(lambda console: write_failures(known, failed, console)))
    raise typer.Exit(FINDINGS if failed else NOTHING)
