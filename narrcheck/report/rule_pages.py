"""The pages of the rules, taken apart for reports that name or explain them."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

EXAMPLE = "\n例文：\n"
RIGHT = "\n正例："


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a rule is called and says of itself.

    ``title`` is one sentence, without its full stop: what must hold. ``about`` says more, in
    paragraphs, ``""`` where there is no more to say. ``text`` is the whole page as
    ``narrcheck rule`` prints it.
    """

    code: str
    slug: str
    title: str
    about: str
    text: str

    @property
    def markdown(self) -> str:
        """The page with its title as a heading and its document as a block of code."""
        words, _, example = self.text.partition(EXAMPLE)
        _, _, examples = words.partition(RIGHT)
        said = [f"## {self.code} {self.title}", self.about]
        if examples:
            said += f"{RIGHT}{examples}".strip().split("\n")
        if example:
            said += ["例文：", f"```text\n{textwrap.dedent(example).strip()}\n```"]
        return "\n\n".join(filter(None, said)) + "\n"


@cache
def rule_pages() -> Mapping[str, RulePage]:
    """The pages of all rules by their codes, in the order in which the rules run."""
    from narrcheck.rules import RULES

    pages: dict[str, RulePage] = {}
    for rule in RULES:
        text = inspect.getdoc(rule) or ""
        title, _, rest = text.partition("\n")
        about = rest.partition(RIGHT)[0].partition(EXAMPLE)[0].strip()
        flowing = about.replace("\n\n", "\0").replace("\n", "").replace("\0", "\n\n")
        pages[rule.CODE] = RulePage(rule.CODE, rule.SLUG, title.removesuffix("。"), flowing, text)
    return MappingProxyType(pages)


def rule_name(code: str) -> str:
    """``NC202 完成率等于决算数除以所说的预算数``; the code alone where no rule has it."""
    page = rule_pages().get(code)
    return f"{code} {page.title}" if page is not None else code
