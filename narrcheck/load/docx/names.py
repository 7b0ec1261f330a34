"""The names of WordprocessingML, and how its small settings are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
WHOLE = re.compile(r"-?[0-9]{1,10}")
OFF = ("0", "false", "off")


def child_value(parent: _Element | None, name: str) -> str:
    """The w:val of the child w:``name``, ``""`` without."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(W + "val", "") if child is not None else ""


def number_of(node: _Element | None, name: str) -> int | None:
    """The attribute w:``name`` as a whole number, None where it is missing or none."""
    text = node.get(W + name, "") if node is not None else ""
    return int(text) if WHOLE.fullmatch(text) else None


def is_on(parent: _Element | None, name: str) -> bool | None:
    """Whether the switch w:``name`` is on or off, None where the parent does not say."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "1") not in OFF
