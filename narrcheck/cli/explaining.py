"""The commands that explain: the rules, one rule, and whether the patterns read their examples."""

from __future__ import annotations

import inspect
from typing import Annotated

import typer

from narrcheck.cli.opening import FINDINGS, NOTHING, Patterns, load_known
from narrcheck.report.deliver import FAILED, complain, deliver, printed


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
