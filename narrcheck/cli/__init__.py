"""The command line: check documents, show what was read of them, explain rules, try patterns."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import Annotated

import typer

from narrcheck import __version__
from narrcheck.cli import annotating, checking, explaining, measuring, showing, triaging
from narrcheck.cli.chinese import (
    ChineseCommand,
    ChineseGroup,
    UsageError,
    tell_wrong_usage,
)
from narrcheck.cli.opening import INTERRUPTED
from narrcheck.report.deliver import FAILED, reconfigure

app = typer.Typer(
    cls=ChineseGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # its panels cut long Chinese lines short
    help="核对部门决算、部门预算情况说明中的数字：与表格是否一致，前后是否一致，书写是否有误。",
    epilog="退出码：0 没有达到 --fail-on 的问题；1 有问题；2 有文件未能检查。",
)
cache_app = typer.Typer(
    cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None, help="管理存下的核对结果。"
)
patterns_app = typer.Typer(
    cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None, help="试句式和词表。"
)


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


for _name, _command in (
    ("check", checking.check),
    ("annotate", annotating.annotate),
    ("baseline", triaging.baseline),
    ("suppress", triaging.suppress),
    ("tables", showing.tables),
    ("text", showing.text),
    ("read", showing.read),
    ("explain", explaining.explain),
    ("eval", measuring.evaluate),
    ("rules", explaining.rules),
    ("rule", explaining.rule),
):
    app.command(_name, cls=ChineseCommand)(_command)
cache_app.command("dir", cls=ChineseCommand)(triaging.cache_dir)
cache_app.command("clear", cls=ChineseCommand)(triaging.cache_clear)
app.add_typer(cache_app, name="cache")
patterns_app.command("test", cls=ChineseCommand)(explaining.try_patterns)
app.add_typer(patterns_app, name="patterns")


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
        code = app(arguments, prog_name="narrcheck", standalone_mode=False)
    except UsageError as error:
        tell_wrong_usage(error)
        sys.exit(FAILED)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(INTERRUPTED)
    sys.exit(code or 0)
