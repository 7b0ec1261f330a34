"""Prints a made-up year in the forms of three provinces; the words are in the manner of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from made import hunan, shanghai, zhejiang
from made.printing import Form, unmarked
from made.truth import Truth
from made.year_tables import tables


@dataclass(frozen=True, slots=True)
class Province:
    """A form, and the narrative in it."""

    name: str
    form: Form
    narrative: Callable[[Truth, Form], Iterator[str]]


PROVINCES = (
    Province("湖南", Form(places=1, trims=True), hunan.narrative),
    Province("上海", Form(places=2, lines=False, empty="", interleaved=True), shanghai.narrative),
    Province("浙江", Form(places=2, grouped=True, yuan=True), zhejiang.narrative),
)


def disclosure(truth: Truth, province: Province) -> tuple[str, list[tuple[int, int]]]:
    """A document, and where the amounts of its narrative stand that a table has too."""
    form = province.form
    parts: Iterable[str] = (
        f"{truth.year}年度",
        f"{truth.unit}\n部门决算",
        "第一部分 部门概况",
        "本部门负责本地区的相关工作。",
        "第二部分 部门决算表",
        tables(truth, form),
        "第三部分 部门决算情况说明",
        *province.narrative(truth, form),
        "第四部分 名词解释",
        "一、基本支出：指为保障机构运转发生的支出。",
    )
    return unmarked("\n\n".join(parts) + "\n")
