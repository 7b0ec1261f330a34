"""The files in a folder and the folders below it that are meant for people."""

from __future__ import annotations

import os
from pathlib import Path

HIDDEN = (".", "~$")  # what names begin with that are not for people; the second one is Word's


def files_below(folder: Path) -> list[Path]:
    """The files at any depth, in the order of their paths, whatever the system's is."""
    below: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        below += [Path(place, name) for name in names if not name.startswith(HIDDEN)]
    return sorted(below)
