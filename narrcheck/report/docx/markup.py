"""The bytes of an XML part: where its elements stand in them, so that they are only added to.

An XML library would write the whole part anew, with quotes, entities and declarations of its own.
Here what is new is inserted between bytes that all stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrcheck.load.docx.names import W
from narrcheck.load.packages import STRICT, parse_part

if TYPE_CHECKING:
    from lxml.etree import _Element

TOKEN = re.compile(
    rb"<!--.*?-->|<\?.*?\?>|<(/?)([^\s<>/!?]++)(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>", re.DOTALL
)
CHARACTER = re.compile(r"&[^&;]*;|\r\n|.", re.DOTALL)
WORD = W[1:-1].encode()
STRICT_WORD = STRICT + b"wordprocessingml/main"


@dataclass(frozen=True, slots=True)
class Span:
    """Where an element stands in the bytes of its part.

    It begins at ``start`` and stops before ``end``; ``inside`` and ``close`` are those of its
    content. ``tag`` is its name as written. ``<a/>`` has no content: all but start are ``end``.
    """

    tag: str
    start: int
    inside: int
    close: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a Word file: its bytes (in UTF-8, without CDATA) and the tree of them."""

    xml: bytes
    root: _Element

    def spans(self, elements: Collection[_Element]) -> dict[_Element, Span]:
        """Where those elements stand in the bytes."""
        wanted = set(elements)
        numbers = {n: each for n, each in enumerate(self.root.iter("*")) if each in wanted}
        return {numbers[n]: span for n, span in _spans(self.xml) if n in numbers}

    def byte(self, text: Span, character: int) -> int:
        """The byte at which a character of an element's text begins, or its content ends."""
        content = self.xml[text.inside : text.close].decode()
        found = CHARACTER.finditer(content)
        ends = (each.end() for each in found)
        last = next((end for n, end in enumerate(ends, 1) if n == character), 0)
        return text.inside + len(content[:last].encode())

    def declaration(self) -> str:
        """What an element added to it has to declare so that ``w:`` means WordprocessingML."""
        top = next(token[0] for token in TOKEN.finditer(self.xml) if token[2])
        uri = STRICT_WORD if STRICT_WORD in top else WORD
        usual = re.search(rb"\sxmlns:w\s*=\s*[\"']" + re.escape(uri), top)
        return "" if usual else f' xmlns:w="{uri.decode()}"'

    def with_last(self, child: str) -> bytes:
        """Its bytes with an element added as the last in the outermost one."""
        span = self.spans([self.root])[self.root]
        if span.inside == span.end:  # it is empty
            opened = self.xml[: span.end - len("/>")] + b">"
            return opened + f"{child}</{span.tag}>".encode() + self.xml[span.end :]
        return inserted(self.xml, [(span.close, child.encode())])


def read_part(name: str, xml: bytes) -> Part:
    """The part in ``xml``; raises DocumentError, which names the file ``name``, if it is broken.

    One of another encoding, or with CDATA (in which no tag can be inserted), is written anew.
    """
    root = parse_part(name, xml)
    encoding = (root.getroottree().docinfo.encoding or "utf-8").lower()
    if encoding in ("utf-8", "ascii", "us-ascii") and b"<![CDATA[" not in xml:
        return Part(xml, root)
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    again = etree.fromstring(xml, parser)
    xml = etree.tostring(again, encoding="UTF-8", xml_declaration=True, standalone=True)
    return Part(xml, root)


def inserted(xml: bytes, additions: Iterable[tuple[int, bytes]]) -> bytes:
    """``xml`` with bytes added in front of others; those for the same place in their order."""
    pieces: list[bytes] = []
    at = 0
    for byte, addition in sorted(additions, key=lambda each: each[0]):
        pieces += [xml[at:byte], addition]
        at = byte
    return b"".join([*pieces, xml[at:]])


def without(part: Part, elements: Collection[_Element]) -> bytes:
    """The bytes of a part without those elements, none of which is in another."""
    left, at = [], 0
    for span in sorted(part.spans(elements).values(), key=lambda each: each.start):
        left.append(part.xml[at : span.start])
        at = span.end
    return b"".join([*left, part.xml[at:]])


def _spans(xml: bytes) -> Iterator[tuple[int, Span]]:
    """The elements with their numbers in the order in which they begin, told as they end."""
    number = 0
    waiting: list[tuple[int, re.Match[bytes]]] = []
    for token in TOKEN.finditer(xml):
        if token[2] is None:
            continue  # a comment, or an instruction
        if token[1]:
            opened, tag = waiting.pop()
            name = tag[2].decode()
            yield opened, Span(name, tag.start(), tag.end(), token.start(), token.end())
            continue
        if token[0].endswith(b"/>"):
            end = token.end()
            yield number, Span(token[2].decode(), token.start(), end, end, end)
        else:
            waiting.append((number, token))
        number += 1
