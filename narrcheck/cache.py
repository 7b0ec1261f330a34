"""Reports kept from one call to the next, so that an unchanged document is not checked again.

What is kept depends on the content of the document (not on its name), on that of its tables where
they are in a second file, on the patterns, and on the programs at work: narrcheck's own modules,
Python, the installed libraries, and LibreOffice where it reads the file. Settings that only choose
among findings are not part of it. Whatever cannot be read back is worked out again.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import re
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from narrcheck import __version__
from narrcheck.document import Document
from narrcheck.errors import NarrcheckError
from narrcheck.findings import DocumentReport, NoNarrativeError
from narrcheck.load import LOADERS, read_bytes
from narrcheck.patterns.files import patterns_folder

FOLDER = "NARRCHECK_CACHE_DIR"  # names another folder; set to nothing, it switches the cache off
MOST_BYTES = 500 << 20  # of all that is kept; what was not used for longest goes first
LONGEST = 30 * 24 * 3600  # seconds that something is kept without being used
SUFFIX, UNFINISHED = ".report", ".report.part"
OWN = re.compile(r"[0-9a-f]{64}\.report|tmp\w+\.report\.part")  # the files it writes
DIGEST = 32  # bytes at the beginning of a file: the SHA-256 of the others
PACKAGE = Path(__file__).resolve().parent

# All that reports are made of. Nothing else is ever made of what stands in a file of the cache.
KEPT = {
    "decimal": {"Decimal"},
    "fractions": {"Fraction"},
    "narrcheck.claims.claim": {"Claim", "Flaw", "Kind", "NoClaim", "Reading", "Unread"},
    "narrcheck.document": {"Cell", "Document", "Paragraph", "PrintedLine", "Section", "Source"}
    | {"Table", "Where"},
    "narrcheck.figure": {"Figure", "TableValue"},
    "narrcheck.findings": {"DocumentReport", "Evidence", "Finding", "Severity", "Status", "Triage"},
    "narrcheck.ledger.operand": {"Operand", "Relation"},
    "narrcheck.quantity": {"Dimension", "Quantity", "Unit"},
    "narrcheck.relation": {"Form"},
}


def check_cached(
    path: Path, *, tables: Path | None = None, patterns: Path | None = None
) -> DocumentReport:
    """As ``narrcheck.check.check``; what was checked before is not checked again.

    The report is that of the first time, its seconds too, under the path given now. Raises what
    ``check`` raises, NoNarrativeError also from what was kept; nothing that befalls the cache.
    """
    folder = cache_folder()
    key = _key(path, tables, patterns) if folder is not None else None
    made = _found(folder, key, path)
    if isinstance(made, DocumentReport):
        return made
    if isinstance(made, Document):
        raise NoNarrativeError(made)
    made = _checked(path, tables, patterns)
    # What changed while it was read is not kept: nobody knows which of the two was read.
    if folder is not None and key is not None and key == _key(path, tables, patterns):
        _keep(folder, key, made)
    if isinstance(made, Document):
        raise NoNarrativeError(made)
    return made


def find_cached(
    path: Path, *, tables: Path | None = None, patterns: Path | None = None
) -> DocumentReport | Document | None:
    """What is kept of a document, under the path given now; None where it must be checked.

    It is the document itself where that has no narrative.
    """
    folder = cache_folder()
    return _found(folder, _key(path, tables, patterns), path) if folder is not None else None


def _found(folder: Path | None, key: str | None, path: Path) -> DocumentReport | Document | None:
    found = _kept(folder, key) if folder is not None and key is not None else None
    if isinstance(found, DocumentReport):
        return replace(found, document=replace(found.document, path=str(path)))
    return replace(found, path=str(path)) if isinstance(found, Document) else None


def _checked(path: Path, tables: Path | None, patterns: Path | None) -> DocumentReport | Document:
    """The report of a document, or the document itself where it has no narrative."""
    from narrcheck.check import check

    try:
        return check(path, tables=tables, patterns=patterns)
    except NoNarrativeError as error:
        return error.document


def cache_folder() -> Path | None:
    """Where reports are kept; None where the cache is switched off, or there is no place for it."""
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named.strip() else None
    from platformdirs import user_cache_path

    try:
        return user_cache_path("narrcheck", appauthor=False)
    except RuntimeError:  # no home
        return None


def clear_cache() -> int:
    """Takes everything out of the cache; how many files went. What is not its own stays."""
    folder = cache_folder()
    return sum(_removed(path) for _, _, path in _entries(folder)) if folder is not None else 0


def _key(path: Path, tables: Path | None, patterns: Path | None) -> str | None:
    """What a report depends on, as one digest; None where that cannot be told."""
    digest = hashlib.sha256()
    try:
        for file in (path, *([tables] if tables is not None else [])):
            suffix = file.suffix.lower()
            of_office = LOADERS.get(suffix, ("", ""))[0] == "office"
            content = hashlib.sha256(read_bytes(file)).hexdigest()
            said = f"{suffix}\0{content}\0{_office() if of_office else ''}\n"
            digest.update(said.encode())
        if tables is not None:  # findings name it
            digest.update(f"{tables}\n".encode(errors="surrogateescape"))
        folder = patterns or patterns_folder()
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            digest.update(f"{file.relative_to(folder)}\0".encode(errors="surrogateescape"))
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        for line in (__version__, sys.version, *_modules(), *_libraries()):
            digest.update(f"{line}\n".encode(errors="surrogateescape"))
    except (NarrcheckError, OSError):
        return None
    return digest.hexdigest()


def _modules() -> list[str]:
    """The modules of narrcheck, with size and time: in a checkout they change, the version not."""
    found = []
    for folder, _, names in os.walk(PACKAGE):
        for name in names:
            if name.endswith(".py"):
                stat = os.stat(os.path.join(folder, name))
                found.append(f"{folder}/{name} {stat.st_size} {stat.st_mtime_ns}")
    return sorted(found)


def _libraries() -> list[str]:
    """The installed distributions with their versions, as their folders are named."""
    found: set[str] = set()
    for folder in filter(os.path.isdir, sys.path):
        names = os.listdir(folder)
        found.update(name for name in names if name.endswith((".dist-info", ".egg-info")))
    return sorted(found)


def _office() -> str:
    """The LibreOffice that converts files."""
    from narrcheck.load.office import office_program

    program = office_program()
    return f"{program} {Path(program).stat().st_mtime_ns}" if program else ""


def _kept(folder: Path, key: str) -> object:
    """What is kept under ``key``; None where there is nothing, or it is damaged or foreign."""
    if not _is_ours(folder):
        return None
    path = folder / f"{key}{SUFFIX}"
    try:
        data = path.read_bytes()
        if hashlib.sha256(data[DIGEST:]).digest() != data[:DIGEST]:
            return None
        found = unpacked(zlib.decompress(data[DIGEST:]))
    except Exception:  # whatever foreign bytes may lead to: the document is checked again
        return None
    with contextlib.suppress(OSError):  # a cache that may only be read is one all the same
        os.utime(path)
    return found


def _keep(folder: Path, key: str, found: DocumentReport | Document) -> None:
    """Writes what was found into the cache; where that cannot be, there is none."""
    with contextlib.suppress(OSError, pickle.PicklingError, RecursionError):
        content = zlib.compress(packed(found), 1)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(folder):
            _write(folder / f"{key}{SUFFIX}", hashlib.sha256(content).digest() + content)
            if key.startswith("0"):  # once in sixteen times is often enough
                _make_room(folder)


def packed(found: DocumentReport | Document) -> bytes:
    """What was found in a document, as bytes that ``unpacked`` reads."""
    if isinstance(found, DocumentReport):
        found = _with_mappings(found, dict)
    return pickle.dumps(found, protocol=5)


def unpacked(content: bytes) -> object:
    """What ``packed`` made bytes of; whatever the bytes are, only parts of reports are made."""
    found = _Reader(io.BytesIO(content)).load()
    if isinstance(found, DocumentReport):
        return _with_mappings(found, MappingProxyType)
    return found


def _write(path: Path, data: bytes) -> None:
    """Writes a file as a whole or not at all, however many processes do so at once."""
    descriptor, unfinished = tempfile.mkstemp(suffix=UNFINISHED, dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(unfinished, path)
    except OSError:
        _removed(Path(unfinished))
        raise


def _with_mappings(
    report: DocumentReport, kind: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> DocumentReport:
    """The report with its mappings made anew: those that never change cannot be written."""
    return replace(
        report,
        statuses=kind(report.statuses),
        reasons=kind(report.reasons),
        repairs=kind(report.repairs),
    )


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can write into the folder, as far as the system tells."""
    try:
        stat = folder.stat()
    except OSError:
        return False
    if os.name == "nt":
        return True
    return stat.st_uid == os.getuid() and not stat.st_mode & 0o022


def _make_room(folder: Path) -> None:
    """Takes out what was not used for too long, and the oldest while there is too much."""
    now, total = time.time(), 0
    for used, size, path in sorted(_entries(folder), reverse=True):
        total += size
        if now - used > LONGEST or total > MOST_BYTES:
            _removed(path)


def _entries(folder: Path) -> list[tuple[float, int, Path]]:
    """The files of the cache: when each was last used, its size in bytes, its path."""
    found = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if OWN.fullmatch(entry.name):
                with contextlib.suppress(OSError):  # another process took it out
                    stat = entry.stat(follow_symlinks=False)
                    found.append((stat.st_mtime, stat.st_size, Path(entry.path)))
    return found


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


class _Reader(pickle.Unpickler):
    """Reads what was kept, and makes nothing but the parts of reports."""

    def find_class(self, module: str, name: str) -> object:
        if name not in KEPT.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a report")
        return getattr(import_module(module), name)
