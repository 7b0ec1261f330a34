"""Makes the pictures of the READMEs anew: ``python -m docs.make_pictures [FOLDER]``.

They show what ``narrcheck annotate`` writes for the faulty document of ``corpus/hunan-2023``: the
HTML page in Chromium, the Word comments as LibreOffice prints them. It needs Chromium,
LibreOffice, pdftoppm, the font Noto CJK, and the libraries of the extra ``test``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent
FAULTY = ROOT / "corpus" / "hunan-2023" / "决算-有误.txt"
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 800  # of the browser's window, in pixels
SHOWN = 3  # the finding that the page is opened at, from the first
COLOURS = 128  # few enough for a small file, enough for smooth letters
DOTS, MARGIN = 130, 24  # to the inch; around what is shown, in dots
AUTHOR = "narrcheck"  # stands below each comment

# LibreOffice prints comments in the margin only where its profile says so.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Writer/Print/Content">
<prop oor:name="Note" oor:op="fuse"><value>4</value></prop></item>
</oor:items>
"""


def main() -> None:
    """Writes both pictures into a folder, ``docs/pictures`` unless another is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        picture_of_the_page(Path(scratch), folder / "page.png")
        picture_of_the_comments(Path(scratch), folder / "comments.png")


def picture_of_the_page(scratch: Path, picture: Path) -> None:
    """The HTML page as Chromium shows it, opened at one finding."""
    from playwright.sync_api import sync_playwright

    page_file = scratch / "报告.html"
    annotate(FAULTY, page_file)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"))
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce"
        )
        page.goto(page_file.as_uri())
        for _ in range(SHOWN):
            page.keyboard.press("j")
        page.wait_for_timeout(500)
        page.screenshot(path=picture)
        browser.close()
    shrink(picture)


def picture_of_the_comments(scratch: Path, picture: Path) -> None:
    """A page of the Word file with its comments beside the text."""
    sys.path.insert(0, str(ROOT / "tests"))  # what makes a Word file of a document
    from made.word import word_document

    from narrcheck.load import load

    draft = scratch / "草稿.docx"
    draft.write_bytes(word_document(load(FAULTY)))
    commented = scratch / "草稿.批注.docx"
    annotate(draft, commented)
    pages = printed(commented, scratch)
    number = str(page_with_comments(pages))
    run(
        *(program("pdftoppm"), "-png", "-singlefile", "-r", str(DOTS)),
        *("-f", number, "-l", number, str(pages), str(picture.with_suffix(""))),
    )
    with Image.open(picture) as whole:
        inked = ImageOps.invert(whole.convert("L")).getbbox()
        cropped = ImageOps.expand(whole.crop(inked), MARGIN, "white")
    cropped.save(picture)
    shrink(picture)


def page_with_comments(file: Path) -> int:
    """The first page with comments, from 1, that is not the cover."""
    texts = [page.extract_text() for page in PdfReader(file).pages]
    return next(n for n, text in enumerate(texts, 1) if n > 1 and AUTHOR in text)


def annotate(file: Path, target: Path) -> None:
    """What the command writes for a file."""
    words = ("annotate", "--isolated", "--no-cache", str(file), "-o", str(target))
    run(sys.executable, "-m", "narrcheck", *words)


def printed(file: Path, scratch: Path) -> Path:
    """The PDF that LibreOffice prints of a file, comments in the margin."""
    user = scratch / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    run(
        *(program("soffice"), f"-env:UserInstallation={user.parent.as_uri()}", "--headless"),
        *("--print-to-file", "--printer-name", "PDF", "--outdir", str(scratch), str(file)),
    )
    made = file.with_suffix(".ps"), file.with_suffix(".pdf")
    return next(path for path in made if path.exists())


def shrink(picture: Path) -> None:
    """Saves a picture again with few colours."""
    with Image.open(picture) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def program(name: str) -> str:
    """The path of a program; ends the call where it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"make_pictures: {name} is not installed")
    return found


def run(*command: str) -> None:
    """Runs a command in the checkout; raises CalledProcessError where it fails."""
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


if __name__ == "__main__":
    main()
