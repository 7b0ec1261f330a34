"""Reads what only an office program can: .doc, .wps, .rtf, .odt, by LibreOffice, as .docx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load.docx.read import load_docx
from narrcheck.load.kinds import kind_of_content
from narrcheck.load.text import load_text

TIME_LIMIT = 120  # seconds
MEMORY = 4 << 30  # bytes of address space; usual files take some 1.5 GB of it
PROGRAMS = ("soffice", "libreoffice")
# Where the installers put it without telling PATH.
INSTALLED = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    *(
        f"{os.environ.get(folder, '')}\\LibreOffice\\program\\soffice.exe"
        for folder in ("ProgramFiles", "ProgramFiles(x86)")
    ),
)
SUFFIXES = {"旧版 Office 文档": ".doc", "RTF 文档": ".rtf", "ODT 文档": ".odt"}
WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
LOOK = 4096  # bytes in which XML must say what it is
SAVE_AS = "请用 Word 或 WPS 另存为 .docx 后再检查"
NOTICE = "本文件由 LibreOffice 转换后读取，自动编号和表格以转换结果为准。"

# No macro is run, no link followed, whatever the file asks for.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def load_office(name: str, sha256: str, data: bytes) -> Document:
    """The document in a file of another office format; ``name`` is its path, for messages too.

    What it holds decides, not its suffix: .docx, web pages and plain text are read directly.
    Raises DocumentError where LibreOffice is missing, or cannot convert the file.
    """
    kind = kind_of_content(data)
    if kind == "Word 文档":
        return load_docx(name, sha256, data)
    if kind == "网页":
        from narrcheck.load.html.read import load_html

        return load_html(name, sha256, data)
    converted = as_docx(name, data)
    if converted is None:
        return _plain_text(name, sha256, data)
    document = load_docx(name, sha256, converted)
    return replace(document, notices=(NOTICE, *document.notices), sources=())


def as_docx(name: str, data: bytes) -> bytes | None:
    """The bytes of a file as .docx, converted unless they are; None where they are no such file.

    Raises DocumentError where LibreOffice is missing, or cannot convert the file.
    """
    kind = kind_of_content(data)
    if kind == "Word 文档":
        return data
    suffix = ".xml" if WORD_2003 in data[:LOOK] else SUFFIXES.get(kind)
    return convert(name, data, suffix) if suffix is not None else None


def _plain_text(name: str, sha256: str, data: bytes) -> Document:
    """Text that goes about as .doc; a web archive is text too, but not what a person reads."""
    if data[:LOOK].lstrip().startswith((b"<?xml", b"MIME-Version")):
        raise DocumentError(f"{name}：是网页存档或 XML 格式，{SAVE_AS}。")
    try:
        return load_text(name, sha256, data)
    except DocumentError:
        raise DocumentError(f"{name}：文件已损坏或格式无法识别，{SAVE_AS}。") from None


def office_program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    found = (shutil.which(program) for program in PROGRAMS)
    return next((path for path in (*found, *INSTALLED) if path and Path(path).is_file()), None)


def convert(name: str, data: bytes, suffix: str, target: str = "docx") -> bytes:
    """The bytes of a file as LibreOffice saves it in the format ``target``.

    It sees a copy only, with a profile of its own. Raises DocumentError where it is missing,
    fails, or takes longer than the time limit.
    """
    program = office_program()
    if program is None:
        raise DocumentError(
            f"{name}：读取 {suffix} 文件需要 LibreOffice，请安装它（免费），或{SAVE_AS[1:]}。"
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder, f"document{suffix}")
        copy.write_bytes(data)
        user = Path(folder, "profile", "user")
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        output = Path(folder, "out")
        profile = f"-env:UserInstallation={user.parent.as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault"]
        where = ["--convert-to", target, "--outdir", str(output), str(copy)]
        finished = _run([program, profile, *options, *where], folder)
        converted = output / f"document.{target}"
        if finished and converted.is_file():
            return converted.read_bytes()
    what = "转换失败（文件可能已损坏或加密）" if finished else f"转换超过 {TIME_LIMIT} 秒"
    raise DocumentError(f"{name}：用 LibreOffice {what}，{SAVE_AS}。")


def _run(command: list[str], folder: str) -> bool:
    """Runs a command in ``folder``; False where the time limit ended it and all it started."""
    # bandit: a list and no shell; what it runs was found by us, not named by a document.
    process = subprocess.Popen(  # nosec B603
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if sys.platform == "linux":
        import resource

        resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        process.wait(TIME_LIMIT)
    except BaseException as error:
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            return False
        raise
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and those that it started."""
    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        # bandit: a list and no shell; what it runs was found by us, not named by a document.
        subprocess.run(tree, capture_output=True, check=False)  # nosec B603
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
