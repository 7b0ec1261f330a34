"""How reports for programs name the files that were checked."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from urllib.parse import quote

from narrcheck.load import LOADERS


def relative(path: str) -> str:
    """``path`` with ``/``, from the folder the command runs in where the file is below that."""
    given = PurePath(path)
    if given.is_absolute():
        try:
            given = given.relative_to(Path.cwd())
        except ValueError:  # it is elsewhere
            return given.as_posix()
    return given.as_posix()


def uri(path: str) -> str:
    """``path`` as a URI: relative to the folder the command runs in, else ``file:///…``."""
    said = relative(path)
    if PurePath(said).is_absolute():
        return PurePath(said).as_uri()
    return quote(os.fsencode(said), safe="/")


def has_lines(path: str) -> bool:
    """Whether the file is text, so that a line and a column of it can be gone to."""
    module, _ = LOADERS.get(PurePath(path).suffix.lower(), ("", ""))
    return module == "text"
