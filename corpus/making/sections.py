"""What the narratives of several forms share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.making.figures import by_level
from corpus.making.printing import Pen
from corpus.making.subjects import SUBJECTS
from corpus.making.truth import Item, Truth

MONEY = (("财政拨款收入", "fiscal_income"), ("事业收入", "business"), ("其他收入", "other_income"))
SANGONG = (
    ("“三公”经费", "sangong"),
    ("因公出国（境）费", "abroad"),
    ("公务用车购置及运行维护费", "vehicles"),
    ("公务接待费", "received"),
)


def in_order(items: Sequence[Item]) -> list[Item]:
    """The 项 in the order of their codes."""
    return sorted(items, key=lambda item: item.code)


def kinds(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """The 类, code and name."""
    return ((code, name) for code, name, _ in by_level(items) if len(code) == 3)


def groups(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """The 款, code and name."""
    return ((code, name) for code, name, _ in by_level(items) if len(code) == 5)


def other_names(items: Sequence[Item], *, short: bool = False) -> tuple[str, ...]:
    """Names of 项 that a document with these has nowhere."""
    codes = {item.code for item in items}
    known = {name for item in items for name in (item.kind, item.group, item.name)}
    names = [subject[3] for subject in SUBJECTS if subject[0] not in codes]
    free = [name for name in names if not any(name in each or each in name for each in known)]
    return tuple(name.removesuffix("支出") if short else name for name in free)


def full_name(item: Item, truth: Truth, pen: Pen) -> str:
    """``…（类）…（款）…（项）``."""
    name = pen.item(item.name, other_names(truth.items))
    return f"{item.kind}（类）{item.group}（款）{name}（项）"


def listed(rows: Sequence[tuple[str, str]], whole: str, pen: Pen, share: str) -> str:
    """Each row with an amount and its share of ``whole``; ``share`` holds ``{rate}``."""
    return "；".join(
        f"{name}{pen.told(figure)}，{share.format(rate=pen.rate(figure, whole))}"
        for name, figure in rows
        if pen.has(figure)
    )


def compared(
    pen: Pen, figure: str, lead: str, *, new: str, zero: str, words: Sequence[Sequence[str]] = ()
) -> str:
    """What became of last year's amount: ``lead`` stands before 增加, or 持平 in other words.

    ``new`` is said by a unit without a last year, ``zero`` after a change from nothing.
    """
    if not pen.knows_last(figure):
        return new
    base = lead.removesuffix("各")
    base = f"与{base[1:]}" if base[0] in "比较" else base
    if pen.seems_level(figure):
        return f"{base}{'基本' if pen.step(figure) else ''}持平"
    if not pen.amounts[f"{figure}@last"]:
        return f"{lead}{pen.way(figure)}{pen.change(figure)}，{zero}"
    return pen.level(figure, f"{lead}{pen.moved(figure, *words)}", f"{base}持平")
