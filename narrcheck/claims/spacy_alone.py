"""spaCy, imported without its own command line."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


def import_spacy() -> None:
    """Imports spaCy, if it is not there yet, without the commands that download models.

    They load what speaks HTTP and take as long as a quarter of all of it; spaCy itself asks them
    only for ``spacy.info``, which is looked for when it is called.
    """
    if "spacy" in sys.modules:
        return
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    commands.__path__ = []
    vars(info)["info"] = _info
    for each in (commands, info):
        sys.modules[each.__name__] = each
    try:
        import_module("spacy")
    finally:
        for each in (commands, info):
            del sys.modules[each.__name__]


def _info(*given: Any, **known: Any) -> Any:
    return import_module("spacy.cli.info").info(*given, **known)
