"""Writes ``docs/rules.md`` anew from the pages of the rules: ``python -m docs.make_rules``."""

from __future__ import annotations

from pathlib import Path

from narrcheck.report.rule_pages import rule_pages

RULES_PAGE = Path(__file__).resolve().parent / "rules.md"
HEAD = """# 规则

<!-- 由 python -m docs.make_rules 从各条规则的说明生成，请不要直接改这一页。 -->

每条规则说一件必须成立的事。例文是一份最小的材料，花括号里是应当报出的文字。
`narrcheck rule NC202` 在命令行里显示同样的内容。
级别（错误、警告、提示）见[报告](reports.md)，怎样关掉一条规则见[设置](settings.md)。
"""


def rules_page() -> str:
    """The whole page: a table of all rules, then the page of each."""
    pages = rule_pages().values()
    rows = [
        f"| [{each.code}](#{each.code.lower()}) | `{each.slug}` | {each.title} |" for each in pages
    ]
    table = "\n".join(["| 代码 | 名称 | 必须成立的 |", "| --- | --- | --- |", *rows])
    sections = (f'<a id="{each.code.lower()}"></a>\n\n{each.markdown}' for each in pages)
    return "\n".join([HEAD, table, "", *sections])


if __name__ == "__main__":
    RULES_PAGE.write_text(rules_page(), encoding="utf-8")
