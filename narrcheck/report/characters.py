"""Characters that a form of report cannot hold."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """``text`` with a mark (U+FFFD) for each control character and half character XML forbids."""
    return FORBIDDEN.sub("\ufffd", text)
