"""White space as it is shown: texts that a file breaks over lines, put on one."""

from __future__ import annotations

import re

BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff\u00ad]")
WIDE = re.compile(r"[\u2010-\u2027\u2030-\u206f\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef]")


def on_one_line(text: str) -> str:
    """``text`` without breaks, tabs, control characters and white space around it.

    Beside a Chinese character a break is nothing; between digits or letters it is a space.
    """
    if text.isprintable():
        return text.strip()
    pieces: list[str] = []
    for line in lines_of_text(text):
        wide = pieces and (WIDE.match(pieces[-1][-1]) or WIDE.match(line))
        pieces.extend([" "] if pieces and not wide else [])
        pieces.append(line)
    return "".join(pieces)


def lines_of_text(text: str) -> list[str]:
    """The lines of a text that are not empty, each stripped, without tabs."""
    lines = (line.strip() for line in BREAK.split(CONTROL.sub("", text)))
    return [line.replace("\t", " ") for line in lines if line]
