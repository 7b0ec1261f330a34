"""Reads web pages: the paragraphs and tables that a browser shows of them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.html.blocks import Found, items_of_page
from narrcheck.load.html.tree import SUBSTANCE
from narrcheck.load.text import BOMS, decode
from narrcheck.load.writing import Item, ShownLine, document_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LOOK = 4096  # bytes in which a page must say its encoding
CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
CHINESE = re.compile(r"x-gbk|gbk|(?:cs)?gb_?2312.*|hz-gb.*|euc-cn", re.IGNORECASE)
ENCODINGS = ("utf-8", "gb", "big5", "cp950", "cp125", "iso8859", "latin", "ascii")  # of pages
UNFIT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACED = 200  # of so many characters one may be broken
LITTLE = 200  # characters: a page with less, and with pictures, is one of pictures
MOST_NAMED = 10
MOST_TAGS = 2_000_000  # some hundred times as many as the largest pages have


def load_html(name: str, sha256: str, data: bytes) -> Document:
    """The document in a web page's bytes; ``name`` is its path, for messages too.

    Nothing is fetched, run or expanded. Raises DocumentError where the page cannot be decoded,
    is nested without end, or shows no text.
    """
    text = decoded(name, data)
    found = Found()
    items = items_of_page(name, _parsed(name, text), found)
    if found.pictures and _says_little(items):
        raise DocumentError(
            f"{name}：网页的正文是图片，没有可读的文字，请保存图片并做文字识别（OCR）。"
        )
    if not items:
        raise DocumentError(_nothing(name, found))
    return document_of(name, sha256, [items], paged=False, notices=_notices(found))


def _says_little(items: Sequence[Item]) -> bool:
    """Whether a page has no table, no amount, and hardly more than a title."""
    texts = [item.shown.text for item in items if isinstance(item, ShownLine)]
    return (
        len(texts) == len(items)
        and sum(map(len, texts)) < LITTLE
        and not any(SUBSTANCE.search(text) for text in texts)
    )


def decoded(name: str, data: bytes) -> str:
    """The text of a page: by its byte order mark, as UTF-8, as it says, else as it looks.

    What is UTF-8 is read so whatever the page says, for nothing else looks like it. A few broken
    characters do no harm. Raises DocumentError for what is no text.
    """
    if any(data.startswith(bom) for bom, _ in BOMS):
        return decode(name, data)
    said = CHARSET.search(data[:LOOK])
    encoding = _encoding(said[1].decode("ascii")) if said else None
    for each in ("utf-8", encoding):
        try:
            return data.decode(each) if each else decode(name, data)
        except (UnicodeDecodeError, DocumentError):
            continue
    try:
        return decode(name, data)
    except DocumentError:
        text = data.decode(encoding or "gb18030", "replace")
        if (text.count("\ufffd") + len(UNFIT.findall(text))) * REPLACED > len(text):
            raise
        return text


def _encoding(said: str) -> str | None:
    """The encoding that a page names; None where there is no such one, or no page is in it.

    Python knows many more under some name: compressions, ciphers, UTF-16, which this page is not.
    """
    try:
        known = codecs.lookup("gb18030" if CHINESE.fullmatch(said) else said).name
    except LookupError:
        return None
    return known if known.startswith(ENCODINGS) else None


def _parsed(name: str, text: str) -> HtmlElement:
    """The tree of a page. Hundreds of levels are common where tags are never closed."""
    from lxml import etree, html

    if text.count("<") > MOST_TAGS:
        raise DocumentError(f"{name}：网页的标记超过 {MOST_TAGS // 10_000} 万个，请拆分后再检查。")
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        page = html.document_fromstring(UNFIT.sub(" ", text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise DocumentError(f"{name}：网页里没有内容，请换成有内容的文件。") from None
    if any("depth" in each.message for each in parser.error_log):
        raise DocumentError(
            f"{name}：网页嵌套层数过多，无法完整读取；请用浏览器打开并另存后再检查。"
        )
    return page


def _nothing(name: str, found: Found) -> str:
    frames = (
        "内容在嵌入的框架里，请打开框架中的网页并另存" if found.frames else "请换成有内容的文件"
    )
    return f"{name}：网页里没有可读的文字，{frames}。"


def _notices(found: Found) -> Iterator[str]:
    """What to say of a page: what it only links to, embeds, or shows as a picture."""
    if found.attachments:
        yield (
            f"网页链接的附件没有读取：{_quoted(found.attachments)}；"
            "表格如果在附件里，请下载后用 --tables 指定。"
        )
    if found.frames:
        yield f"网页嵌入了 {found.frames} 个框架（iframe 等），其中的内容没有读取。"
    if found.pictures:
        yield f"网页里有 {found.pictures} 张图片，图片里的文字没有读取。"


def _quoted(names: Sequence[str]) -> str:
    quoted = "、".join(f"“{each}”" for each in names[:MOST_NAMED])
    return f"{quoted}等 {len(names)} 个" if len(names) > MOST_NAMED else quoted
