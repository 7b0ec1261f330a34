"""Checks sound files of each format after something in them was changed by chance.

Run it from the checkout: ``python -m benchmarks.mutated_files [--count N] [--first N] [FORMAT …]``.
Each is checked with a time limit in a process of its own kind; the status is 1 where one ends in
anything but a report or a refusal. A number in what is printed makes the same file again.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from benchmarks.common import CORPUS, ROOT

SECONDS = 30  # for one file
MOST_CHANGES = 4
LARGEST_PIECE = 200  # bytes
# What parsers take for more than it is.
TOKENS = (
    *(b"", b"\0", b"\xff", b"\xed\xa0\x80", b"-1", b"0", b"99999999999", b"1e999", b"nan"),
    *(b"<", b">", b"&", b"&#0;", b"&#xD800;", b"</w:p>", b"<w:tbl>", b"<td rowspan='9999'>"),
    *(b"/Kids", b"<<", b"[", b"endobj", b"1 0 R", b"stream", b"\t", b"\n", b"|", "，".encode()),
)


@cache
def sound_files() -> Mapping[str, bytes]:
    """A sound file of each format, by its suffix: the narrative and tables of a made document."""
    sys.path.append(str(ROOT / "tests"))
    word, web, sheets, paper = (
        import_module(f"made.{name}") for name in ("word", "web", "sheets", "paper")
    )
    from narrcheck.load import load

    document = load(CORPUS)
    lines = [each.text[:40] for each in document.paragraphs if any(map(str.isdigit, each.text))]
    page = "\n".join(paper.text(line, 90, 100 + 20 * at) for at, line in enumerate(lines[:20]))
    rows = [["项目", "金额"], ["甲", "1.50"], ["合计", "1.50"]]
    return {
        ".txt": document.text[-6000:].encode(),
        ".docx": word.word_document(document),
        ".xlsx": sheets.workbook(document),
        ".html": web.web_page(document),
        ".pdf": paper.pdf(page, paper.table(rows, (90, 250, 400), 100)),
    }


def mutant(suffix: str, number: int) -> bytes:
    """The sound file of a format with some changes; the same for the same number."""
    chance = random.Random(f"{suffix}{number}")
    data = sound_files()[suffix]
    if not data.startswith(b"PK") or chance.random() < 0.3:
        return changed(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = changed(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, chance: random.Random) -> bytes:
    """Bytes of which some were turned, cut, doubled, exchanged, or replaced by odd ones."""
    for _ in range(chance.randint(1, MOST_CHANGES)):
        at = _begin(data, chance.randrange(len(data) + 1))
        end = _begin(data, at + chance.randint(1, LARGEST_PIECE))
        piece, rest = data[at:end], data[end:]
        other = chance.randrange(len(rest) + 1)
        data = chance.choice(
            (
                lambda a=data[:at], p=piece, r=rest: a + bytes(255 - each for each in p[:1]) + r,
                lambda a=data[:at], r=rest: a + r,
                lambda a=data[:at]: a,
                lambda a=data[:at], p=piece, r=rest: a + p * 3 + r,
                lambda a=data[:at], p=piece, r=rest, o=other: a + r[:o] + p + r[o:],
                lambda a=data[:at], p=piece, r=rest: a + chance.choice(TOKENS) + p + r,
            )
        )()
    return data


def _begin(data: bytes, at: int) -> int:
    """Where the character of UTF-8 begins that a byte belongs to, were it one: most texts stay."""
    return next((each for each in range(at, max(at - 3, 0), -1) if not _is_inside(data, each)), at)


def _is_inside(data: bytes, at: int) -> bool:
    return at < len(data) and data[at] & 0xC0 == 0x80


def outcome(path: Path) -> str:
    """What becomes of a file: ``read``, ``refused``, or an error that nobody expected."""
    from narrcheck.check import check
    from narrcheck.errors import NarrcheckError

    try:
        check(path)
    except NarrcheckError:
        return "refused"
    except Exception as error:  # what is sought for
        return f"{type(error).__name__}: {error}"
    return "read"


def outcomes(suffix: str, numbers: range) -> Iterator[tuple[int, str]]:
    """Each mutant with what becomes of it; a process that dies or hangs has another follow it."""
    first = numbers.start
    while first < numbers.stop:
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            _work(suffix, range(first, numbers.stop), writer)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as lines:
            for line in lines:
                yield first, line.rstrip("\n")
                first += 1
        _, status = os.waitpid(child, 0)
        if first < numbers.stop:
            hangs = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
            yield first, f"more than {SECONDS} s" if hangs else f"died: {status}"
            first += 1


def _work(suffix: str, numbers: range, writer: int) -> None:
    with tempfile.TemporaryDirectory() as folder, os.fdopen(writer, "w", encoding="utf-8") as out:
        path = Path(folder, f"文件{suffix}")
        for number in numbers:
            path.write_bytes(mutant(suffix, number))
            signal.alarm(SECONDS)
            said = outcome(path)
            signal.alarm(0)
            print(said.encode(errors="replace").decode().replace("\n", " "), file=out, flush=True)
    os._exit(0)


def main(show: Callable[[str], None] = print) -> int:
    """Checks so many mutants of each format; prints each that is neither read nor refused."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("formats", nargs="*", help="suffixes such as .pdf; none: all")
    parser.add_argument("--count", type=int, default=2000, help="of each format")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    given = parser.parse_args()
    failed = 0
    for suffix in given.formats or sound_files():
        started, counts = time.perf_counter(), Counter[str]()
        for number, said in outcomes(suffix, range(given.first, given.first + given.count)):
            counts[said if said in ("read", "refused") else "failed"] += 1
            if said not in ("read", "refused"):
                show(f"{suffix} {number}: {said:.200}")
        failed += counts["failed"]
        taken = time.perf_counter() - started
        show(f"{suffix}: " + ", ".join(f"{n} {w}" for w, n in counts.items()) + f", {taken:.0f} s")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
