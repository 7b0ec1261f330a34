"""A Word file with its text annotated and comments added; all other parts stay as they are.

python-docx has comments too, but writes every part anew, drops those that nothing refers to, and
cannot open some files that Word opens (Strict OOXML, relations that lead nowhere).
"""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from xml.sax.saxutils import quoteattr

from narrcheck.load.docx.parts import MAIN
from narrcheck.load.packages import refuse_bomb
from narrcheck.report.docx.markup import STRICT_WORD, WORD, Part, read_part

TYPES = "[Content_Types].xml"
COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OLDEST = (1980, 1, 1, 0, 0, 0)  # the time of new parts: the same call gives the same file


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The bytes of a Word file, the names of its parts, and its path for messages."""

    name: str
    data: bytes
    names: frozenset[str]

    def part(self, part_name: str) -> Part | None:
        """A part, None where there is none of that name."""
        if part_name not in self.names:
            return None
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return read_part(self.name, package.read(part_name))

    def related(self, part_name: str) -> dict[str, str]:
        """The names of the parts that a part (``""``: the package) refers to, by kind."""
        folder = posixpath.dirname(part_name)
        found: dict[str, str] = {}
        part = self.part(_relations_of(part_name))
        for each in part.root if part is not None else ():
            if each.get("TargetMode") != "External":
                target = posixpath.join("/", folder, each.get("Target", ""))
                kind = each.get("Type", "").rsplit("/", 1)[-1]
                found.setdefault(kind, posixpath.normpath(target).lstrip("/"))
        return found


def open_package(name: str, data: bytes) -> WordPackage:
    """The Word file in ``data``; raises DocumentError where there is no whole package."""
    refuse_bomb(name, data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return WordPackage(name, data, frozenset(package.namelist()))


def main_name(package: WordPackage) -> str:
    """The name of the part that holds the text."""
    return package.related("").get("officeDocument", MAIN)


def comments_of(package: WordPackage, main: Part) -> tuple[str, Part]:
    """The part of the comments, an empty one where the file has none, and its name."""
    name = main_name(package)
    place = package.related(name).get("comments")
    if place is None:
        folder = posixpath.dirname(name)
        names = (posixpath.join(folder, f"comments{n or ''}.xml") for n in count())
        place = next(each for each in names if each not in package.names)
    uri = STRICT_WORD if STRICT_WORD in main.xml else WORD
    empty = f'{HEAD}<w:comments xmlns:w="{uri.decode()}"></w:comments>'.encode()
    return place, package.part(place) or read_part(package.name, empty)


def with_comments(package: WordPackage, main: bytes, comments: bytes, *, at: str) -> WordPackage:
    """The file with another text, and with the part of its comments, named ``at``."""
    name = main_name(package)
    changed = {name: main, at: comments}
    if "comments" not in package.related(name):
        changed[_relations_of(name)] = _with_relation(
            package, name, posixpath.basename(at), strict=STRICT_WORD in main
        )
    types = package.part(TYPES)
    if types is not None and not _has_type(types, f"/{at}"):
        changed[TYPES] = types.with_last(
            f'<Override xmlns="{CONTENT_TYPES}" PartName={quoteattr("/" + at)} '
            f'ContentType="{COMMENTS}"/>'
        )
    return replace(
        package, data=_rewritten(package.data, changed), names=package.names | {*changed}
    )


def _relations_of(part_name: str) -> str:
    folder, file = posixpath.split(part_name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _with_relation(package: WordPackage, part_name: str, target: str, *, strict: bool) -> bytes:
    """The relations of a part with one to the comments."""
    empty = f'{HEAD}<Relationships xmlns="{RELATIONS}"></Relationships>'.encode()
    part = package.part(_relations_of(part_name)) or read_part(package.name, empty)
    used = {each.get("Id") for each in part.root}
    identity = next(f"rId{n}" for n in count(1) if f"rId{n}" not in used)
    kind = f"{STRICT_OFFICE if strict else OFFICE}/comments"
    return part.with_last(
        f'<Relationship xmlns="{RELATIONS}" Id="{identity}" Type="{kind}" '
        f"Target={quoteattr(target)}/>"
    )


def _has_type(types: Part, part_name: str) -> bool:
    return any(each.get("PartName", "").lower() == part_name.lower() for each in types.root)


def _rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The package with some parts changed, in their order, and the new ones behind them."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for info in old.infolist():
            content = changed.get(info.filename)
            kept = copy.copy(info)  # zipfile writes the new places into it
            new.writestr(kept, old.read(info) if content is None else content)
        for name in changed.keys() - set(old.namelist()):
            info = zipfile.ZipInfo(name, OLDEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, changed[name])
    return written.getvalue()
