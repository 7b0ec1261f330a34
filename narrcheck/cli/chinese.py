"""The words that typer itself puts into a page of help or a complaint, in Chinese."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from narrcheck.report.deliver import complain

HELP = (
    (r"^Usage: (.*?)\[OPTIONS\] COMMAND \[ARGS\]\.\.\.", r"用法：\1[选项] 命令 [参数]"),
    (r"^Usage: (.*?)\[OPTIONS\]", r"用法：\1[选项]"),
    (r"\{([A-Z]+)\}", r"\1"),
    (r"^Arguments:$", "参数："),
    (r"^Options:$", "选项："),
    (r"^Commands:$", "命令："),
    (r"Show this message and exit\.", "显示这页说明。"),
    (r"Install completion for the current shell\.", "为当前的命令行装上按 Tab 补全的功能。"),
    (
        r"Show completion for the current shell, to copy it or\s+customize the installation\.",
        "显示补全用的脚本，以便自己安装。",
    ),
    (r"\[required\]", "[必填]"),
    (r"\[default: (.*?)\]", r"[默认：\1]"),
    # What is given is a path or words: that goes without saying.
    (r"^(  [A-Z]+) <(?:path|str|text|list\[(?:Path|str)\])>", r"\1"),
)
WRONG = r"Invalid value for '?(\S+?)'?(?: / \S+)?: "
COMPLAINTS = (
    (r"No such command '?(\S+?)'?\.(?s:.*)", r"没有命令 \1"),
    (r"No such option:? (\S+?)\.?(?:\s(?s:.*))?", r"没有选项 \1"),
    (r"Missing command\.", "没有写命令"),
    (r"Missing (?:argument|option) '?(\S+?)'?\.(?s:.*)", r"缺少 \1"),
    (r"Option '?(\S+?)'? requires an argument\.", r"选项 \1 后面缺少内容"),
    (r"Option '?(\S+?)'? does not take a value\.", r"选项 \1 后面不应有内容"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"多写了 \1"),
    (rf"{WRONG}(?:Input should be a valid|.* is not a valid) integer(?s:.*)", r"\1 要写整数"),
    (
        rf"{WRONG}(?:Input should be greater than or equal to |.* range x>=)(\d+)(?s:.*)",
        r"\1 不能小于 \2",
    ),
    (r"Invalid value for '?(\S+?)'?: .*?'(.*?)' is not one of (.*)\.", r"\1 不能是 \2，只能是 \3"),
)

# The errors of wrong usage; typer names but some of them.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


class ChineseCommand(TyperCommand):
    """A command whose help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        return help_in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        return help_in_chinese(super().get_help(ctx))


def help_in_chinese(page: str) -> str:
    """A page of help with the words of typer in Chinese."""
    for english, chinese in HELP:
        page = re.sub(english, chinese, page, flags=re.MULTILINE)
    return page


def tell_wrong_usage(error: Exception) -> None:
    """Says what is wrong and where to read how it is right; shows the page if nothing was asked."""
    words = str(getattr(error, "format_message", lambda: error)())
    if "\n" in words and words.startswith("用法"):
        typer.echo(words, err=True)
        return
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "narrcheck"
    complain(f"{complaint_in_chinese(words)}；用法见 {command} --help。")


def complaint_in_chinese(words: str) -> str:
    """What typer says of wrong usage, in Chinese where it is one of the usual complaints."""
    for english, chinese in COMPLAINTS:
        if match := re.fullmatch(english, words):
            return match.expand(chinese).replace("'", "")
    return words.rstrip(".")
