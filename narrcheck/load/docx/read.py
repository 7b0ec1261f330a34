"""Reads Word files (.docx): what they show, in order, with its place in their markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.contents import TITLE
from narrcheck.load.docx.names import MC, W, is_on
from narrcheck.load.docx.parts import Seen, open_word
from narrcheck.load.docx.tables import table_items
from narrcheck.load.docx.text import (
    Inline,
    Piece,
    Story,
    chosen,
    end_instructions,
    lines_of,
    read_inline,
)
from narrcheck.load.packages import DEEPEST
from narrcheck.load.writing import Item, Shown, ShownLine, ShownTable, document_of

if TYPE_CHECKING:
    from lxml.etree import _Element

WRAPPERS = frozenset(W + name for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"))
LITTLE_TEXT = 100  # characters; a file that holds wide pictures and no more text is a scan


def load_docx(name: str, sha256: str, data: bytes) -> Document:
    """The document in a Word file's bytes; ``name`` is its path, for messages too.

    Headers, footers and comments are no text of it; tracked changes are taken as accepted.
    Raises DocumentError where the file is damaged, encrypted, or has no text.
    """
    items, seen = _read(name, data)
    _refuse_without_text(name, items, seen)
    return document_of(name, sha256, [items], paged=False, notices=_notices(seen))


def _read(name: str, data: bytes) -> tuple[list[Item], Seen]:
    """What the file shows, and what came up beside it; its markup is in memory only here."""
    file = open_word(name, data)
    try:
        return list(items_of(file.body, Story(file, file.main))), file.seen
    except RecursionError:
        raise DocumentError(f"{name}：文件{DEEPEST}，请用 Word 打开并重新保存。") from None


def items_of(container: _Element, story: Story) -> Iterator[Item]:
    """What a body, a cell, a text box or a note shows, in reading order."""
    kept: list[Piece] = []
    for block in _blocks(container, story.file.seen):
        if block.tag == W + "tbl":
            yield from _lines(kept, story)
            kept = []
            story.tables += 1
            yield from table_items(block, lambda cell: items_of(cell, story), story.file.name)
            story.tables -= 1
            yield from _notes([], story)
            continue
        inline = Inline(kept)
        properties = block.find(W + "pPr")
        style = story.file.styles.of(properties)
        read_inline(block, story, inline, bool(story.file.styles.is_hidden(style)))
        end_instructions(story)
        if _goes_on(properties):
            kept = inline.pieces
        else:
            kept = []
            yield from _lines(_with_number(properties, style, inline.pieces, story), story, style)
        yield from _boxes(inline.boxes, story)
        yield from _notes(inline.notes, story)
    yield from _lines(kept, story)


def _blocks(container: _Element, seen: Seen) -> Iterator[_Element]:
    """The paragraphs and tables, also those in content controls and in inserted text."""
    for child in container:
        tag = child.tag
        if tag in (W + "p", W + "tbl"):
            yield child
        elif tag in WRAPPERS:
            yield from _blocks(child, seen)
        elif tag == W + "sdt":
            for content in child.iterfind(W + "sdtContent"):
                yield from _blocks(content, seen)
        elif tag == MC + "AlternateContent":
            yield from _blocks(chosen(child), seen)
        elif tag in (W + "altChunk", W + "subDoc"):
            seen.other_files += 1


def _goes_on(properties: _Element | None) -> bool:
    """Whether a paragraph runs on into the next: its mark was deleted, moved away, or is hidden."""
    mark = properties.find(W + "rPr") if properties is not None else None
    if mark is None:
        return False
    gone = mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None
    return gone or bool(is_on(mark, "vanish"))


def _with_number(
    properties: _Element | None, style: str, pieces: list[Piece], story: Story
) -> Sequence[Piece]:
    """The paragraph's text with its automatic number, which counts on even without text."""
    counter = story.file.counter
    place = story.file.styles.place_in_list(properties, style, counter.lists)
    number = counter.next(*place) if place else ""
    if not number or not (story.tables or any(piece.text.strip() for piece in pieces)):
        return pieces
    return [Piece(number), *pieces]


def _lines(pieces: Sequence[Piece], story: Story, style: str = "") -> Iterator[ShownLine]:
    """A paragraph's lines; the second begins no paragraph of its own for sure."""
    seen = story.file.seen
    for number, shown in enumerate(lines_of(pieces, story.part)):
        text = shown.text.strip()
        if not text:
            continue
        if TITLE.fullmatch(text):
            seen.contents_title = True
        elif not seen.contents_title and story.file.styles.is_contents(style):
            seen.contents_title = True
            yield ShownLine(Shown("目录"), whole=True)  # its title is a picture, or left out
        yield ShownLine(shown, whole=number == 0)


def _boxes(boxes: Sequence[_Element], story: Story) -> Iterator[Item]:
    """The text boxes anchored in a paragraph; a field that is open there is not in them."""
    for box in boxes:
        fields, story.fields = story.fields, []
        yield from items_of(box, story)
        story.fields = fields


def _notes(notes: Sequence[tuple[str, str]], story: Story) -> Iterator[Item]:
    """Footnotes and endnotes as lines of their own, those of a table after the whole table."""
    story.waiting.extend(notes)
    if story.tables:
        return
    waiting, story.waiting = story.waiting, []
    for note in waiting:
        if note in story.file.notes:
            part, content = story.file.notes.pop(note)
            yield from items_of(content, Story(story.file, part))


def _refuse_without_text(name: str, items: Sequence[Item], seen: Seen) -> None:
    texts = [
        cell.shown.text
        for item in items
        for cell in (item.cells if isinstance(item, ShownTable) else (item,))
    ]
    size = sum(len(text.strip()) for text in texts)
    if (size == 0 and seen.pictures) or (size < LITTLE_TEXT and seen.wide_pictures):
        raise DocumentError(f"{name}：内容是图片，没有可读的文字，请先做文字识别（OCR）。")
    if size == 0 and (seen.workbooks or seen.other_files):
        raise DocumentError(f"{name}：内容是嵌入的文件，请把它们另存为单独的文件后再检查。")
    if size == 0:
        raise DocumentError(f"{name}：文件里没有文字，请换成有内容的文件。")


def _notices(seen: Seen) -> list[str]:
    """What of the file was not read."""
    notices: list[str] = []
    if seen.workbooks:
        notices.append(
            f"有 {seen.workbooks} 个以对象形式嵌入的 Excel 表格没有读取，"
            "请把它们粘贴为 Word 表格，或另存为 .xlsx 文件一并检查。"
        )
    if seen.other_files:
        notices.append(f"有 {seen.other_files} 个嵌入的其他文件没有读取。")
    if seen.wide_pictures:
        notices.append(
            f"有 {seen.wide_pictures} 张较大的图片没有读取，如果其中有表格或文字，"
            "请改成可编辑的表格和文字后再检查。"
        )
    return notices
