"""The examples of claim patterns that are read otherwise than they are marked, for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from narrcheck.patterns import Patterns
from narrcheck.report.lines import hanging, plain, wrap
from narrcheck.report.text import WIDEST

if TYPE_CHECKING:
    from narrcheck.claims.examples import Captures, Failure  # loads spaCy


def write_failures(patterns: Patterns, failed: Sequence[Failure], console: Console) -> None:
    """Print each failure with what it should be and what was read, then how many were tried."""
    width = min(console.width, WIDEST)
    titles = {pattern.id: pattern.title for pattern in patterns.claims}
    for failure in failed:
        for line in _failure(failure, titles[failure.pattern], width):
            console.print(line, soft_wrap=True)
    tried = sum(len(pattern.examples) for pattern in patterns.claims)
    outcome = f"{len(failed)} 个读得与所标不同" if failed else "全部读对"
    said = f"句式 {len(patterns.claims)} 条，例子 {tried} 个：{outcome}。"
    closing = Text(said, style="bold red" if failed else "bold green")
    for line in wrap(closing, width):
        console.print(line, soft_wrap=True)


def _failure(failure: Failure, title: str, width: int) -> Iterator[Text]:
    head = Text(f"{plain(failure.pattern)}（{plain(title)}）", style="bold")
    yield from hanging("句式  ", head, width)
    for label, body in (
        ("例句", plain(failure.example)),
        ("应为", _captures(failure.expected)),
        ("读成", _captures(failure.got)),
    ):
        yield from hanging(f"  {label}  ", Text(body), width, style="dim")
    yield Text()


def _captures(captures: Captures) -> str:
    """``direction：增加，change：3.00万元``, as roles and words stand in the mark of an example."""
    said = "，".join(f"{role}：{plain(text)}" for role, text in captures)
    return said or "什么也不取"
