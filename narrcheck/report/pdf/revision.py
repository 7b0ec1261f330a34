"""A PDF with objects added and changed behind its own bytes, which stay as they are."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from narrcheck.errors import DocumentError
from narrcheck.report.pdf.objects import Value, changed, dictionary, entry, stream

START = re.compile(rb"startxref\s+(\d+)")
STREAM = re.compile(rb"\d+\s+\d+\s+obj\b")
KEPT = ("/Root", "/Info", "/Encrypt")  # of the trailer
REMEDY = "请用 PDF 软件打开后另存一份，重新核对后再加批注。"

# What it warns of is what narrcheck looks at itself, or of no use to who reads a disclosure.
logging.getLogger("pypdf").setLevel(logging.ERROR)


@dataclass(slots=True)
class Revision:
    """What is to be written behind ``data``; ``reader`` has read them.

    pypdf's own increments leave the title out of the file, and objects of a later generation;
    its reader and its objects serve as they are. ``table`` says that the file's objects are
    listed in a table, not in a stream: what is added has to be listed in the same way.
    """

    data: bytes
    reader: PdfReader
    pages: tuple[PageObject, ...]
    table: bool
    size: int
    objects: dict[tuple[int, int], PdfObject] = field(default_factory=dict)

    def add(self, made: PdfObject) -> IndirectObject:
        """Adds an object; the reference to it."""
        reference = IndirectObject(self.size, 0, self.reader)
        self.size += 1
        self.objects[reference.idnum, 0] = made
        return reference

    def change(self, reference: IndirectObject, **entries: Value) -> None:
        """Gives other entries to a dictionary of the file."""
        key = (reference.idnum, reference.generation)
        old = self.objects.get(key) or self.reader.get_object(reference)
        if isinstance(old, DictionaryObject):
            self.objects[key] = changed(old, **entries)

    def replace(self, reference: IndirectObject, made: PdfObject) -> IndirectObject:
        """Puts an object in the place of one of the file; the reference to it."""
        self.objects[reference.idnum, reference.generation] = made
        return reference

    def written(self) -> bytes:
        """The file with what was added and changed; as it was, where that is nothing."""
        if not self.objects:
            return self.data
        out = io.BytesIO()
        out.write(self.data if self.data.endswith((b"\n", b"\r")) else self.data + b"\n")
        places: dict[tuple[int, int], int] = {}
        for (number, generation), each in sorted(self.objects.items(), key=lambda item: item[0]):
            places[number, generation] = out.tell()
            out.write(b"%d %d obj\n" % (number, generation))
            self._protected(each, number, generation).write_to_stream(out)
            out.write(b"\nendobj\n")
        at = out.tell()
        (self._write_table if self.table else self._write_stream)(out, places)
        out.write(b"startxref\n%d\n%%%%EOF\n" % at)
        return out.getvalue()

    def _protected(self, made: PdfObject, number: int, generation: int) -> PdfObject:
        """The object as it stands in the file, which may be encrypted."""
        encryption = self.reader._encryption
        return encryption.encrypt_object(made, number, generation) if encryption else made

    def _write_table(self, out: io.BytesIO, places: dict[tuple[int, int], int]) -> None:
        out.write(b"xref\n0 1\n0000000000 65535 f \n")
        for block in _blocks(places):
            out.write(b"%d %d\n" % (block[0][0], len(block)))
            for number, generation in block:
                out.write(b"%010d %05d n \n" % (places[number, generation], generation))
        out.write(b"trailer\n")
        self._trailer(out).write_to_stream(out)
        out.write(b"\n")

    def _write_stream(self, out: io.BytesIO, places: dict[tuple[int, int], int]) -> None:
        number, at = self.size, out.tell()
        self.size += 1
        places = {**places, (number, 0): at}
        rows = b"".join(
            b"\x01" + place.to_bytes(5, "big") + generation.to_bytes(2, "big")
            for (_, generation), place in places.items()
        )
        index = [value for block in _blocks(places) for value in (block[0][0], len(block))]
        made = stream("", Type="XRef", W=(1, 5, 2), Index=index)
        made.update(self._trailer(out))
        made.set_data(rows)
        out.write(b"%d 0 obj\n" % number)
        made.write_to_stream(out)
        out.write(b"\nendobj\n")

    def _trailer(self, out: io.BytesIO) -> DictionaryObject:
        old = self.reader.trailer
        new = DictionaryObject({NameObject(key): old.raw_get(key) for key in KEPT if key in old})
        new.update(dictionary(Size=self.size, Prev=_start(self.data)))
        names = entry(old, "/ID")
        if isinstance(names, ArrayObject) and names:
            # The first names the file for ever, the second its content.
            first = getattr(names[0].get_object(), "original_bytes", b"")
            second = hashlib.sha256(out.getbuffer()).digest()[:16]
            new.update(dictionary(ID=(ByteStringObject(first), ByteStringObject(second))))
        return new


def _blocks(keys: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The keys of objects, in order, in runs of one number after the other."""
    block: list[tuple[int, int]] = []
    for key in keys:
        if block and key[0] != block[-1][0] + 1:
            yield block
            block = []
        block.append(key)
    if block:
        yield block


def open_revision(name: str, data: bytes) -> Revision:
    """What can be written behind ``data``, the file at ``name``.

    A file whose list of objects is broken is written anew first, its pages as they are. Raises
    DocumentError where that cannot be done.
    """
    try:
        revision = _opened(data)
        if not _is_sound(revision):
            if revision.reader.is_encrypted:
                raise DocumentError(f"{name}：PDF 已加密且结构有损坏，不能加批注；{REMEDY}")
            revision = _opened(_rewritten(revision.reader))
        if not _is_sound(revision):
            raise DocumentError(f"{name}：PDF 结构有损坏，不能加批注；{REMEDY}")
    except DocumentError:
        raise
    except Exception as error:  # pypdf raises anything on damaged files
        raise DocumentError(f"{name}：PDF 结构有损坏，不能加批注；{REMEDY}") from error
    return revision


def _opened(data: bytes) -> Revision:
    reader = PdfReader(io.BytesIO(data))
    pages: dict[tuple[int, int], PageObject] = {}
    for each in reader.pages:
        if (reference := each.indirect_reference) is not None:
            # A page that is listed twice is read once.
            pages.setdefault((reference.idnum, reference.generation), each)
    numbers = [number for entries in reader.xref.values() for number in entries]
    declared = entry(reader.trailer, "/Size")
    size = max(
        int(declared) if isinstance(declared, NumberObject) else 0,
        max([*numbers, *reader.xref_objStm, *(number for number, _ in pages)], default=0) + 1,
    )
    table = data[_start(data) :].startswith(b"xref")
    return Revision(data, reader, tuple(pages.values()), table, size)


def _start(data: bytes) -> int:
    """Where the last list of objects begins, as the file says; its end where it does not."""
    found = START.findall(data, max(data.rfind(b"startxref"), 0))
    return min(int(found[-1]), len(data)) if found else len(data)


def _is_sound(revision: Revision) -> bool:
    """Whether the file's list of objects is where it says, and so are the pages."""
    reader, data = revision.reader, revision.data
    listed = revision.table or STREAM.match(data, _start(data))
    root = reader.trailer.raw_get("/Root")
    needed = [each.indirect_reference for each in revision.pages]
    return bool(listed and revision.pages) and all(
        isinstance(each, IndirectObject) and _is_in_place(each, reader, data)
        for each in (root, reader.root_object.raw_get("/Pages"), *needed)
    )


def _is_in_place(reference: IndirectObject, reader: PdfReader, data: bytes) -> bool:
    number, generation = reference.idnum, reference.generation
    if not generation and number in reader.xref_objStm:
        return True
    place = reader.xref.get(generation, {}).get(number, len(data))
    head = re.compile(rb"\s*%d\s+%d\s+obj" % (number, generation))
    return head.match(data, place) is not None


def _rewritten(reader: PdfReader) -> bytes:
    out = io.BytesIO()
    PdfWriter(clone_from=reader).write(out)
    return out.getvalue()
