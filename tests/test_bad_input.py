"""Bad input, as it comes to users: refused in one line, or read; the other files are checked.

Heavy cases (gigabytes, minutes) are in ``benchmarks/bad_input.py``.
"""

from __future__ import annotations

import io
import json
import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made.paper import file_of, pdf, stream
from made.paper import text as print_text
from made.sheets import workbook
from made.web import web_page
from made.word import paragraph, word_document, word_file
from PIL import Image

from narrcheck import load
from narrcheck.cli import main
from narrcheck.document import Document
from narrcheck.errors import DocumentError
from narrcheck.load import LOADERS, office, text
from narrcheck.load.bounds import ENDLESS, LONGEST, MOST_PROSE, MOST_TEXT
from narrcheck.load.ocr import read as ocr
from narrcheck.load.sheets import xls

posix = pytest.mark.skipif(os.name == "nt", reason="shared: files of POSIX")

SENTENCE = "本年收入合计61.50万元，比上年增加1.50万元，增长2.5%。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PASSWORD = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(480)
GARBAGE = bytes((each * 7919 + each // 3) % 256 for each in range(20_000))
ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<00><00>]" % (
    b"11" * 32,
    b"22" * 32,
)
Captured = pytest.CaptureFixture[str]


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("L", (60, 40), 255).save(data, "PNG")
    return data.getvalue()


@pytest.fixture(scope="module")
def whole(root: Path) -> dict[str, bytes]:
    """A sound file of each kind of content, by its usual suffix; none needs LibreOffice or OCR."""
    document = load.load(root / "corpus" / "hunan-2023" / "决算.txt")
    return {
        ".txt": document.text.encode(),
        ".docx": word_document(document),
        ".xlsx": workbook(document),
        ".html": web_page(document),
        ".pdf": pdf(print_text(SENTENCE, 90, 100)),
        ".rtf": b"{\\rtf1 1.50}",
        ".doc": OLE,
        ".png": picture(),
    }


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(f"某某局2023年度部门决算\n\n{SENTENCE}\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice and OCR take seconds; without them files are refused."""
    monkeypatch.setattr(office, "office_program", lambda: None)
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


def run(*arguments: str | Path) -> int:
    """The exit code of narrcheck with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def refusal(path: Path) -> str:
    """The one line that refuses a file, "" where it is read; any other error fails the test."""
    try:
        load.load(path)
    except DocumentError as error:
        message = str(error)
        assert message.startswith(f"{path}：")
        assert "\n" not in message
        assert re.search(r"请[^。]+。$", message), message  # what to do comes last
        return message
    return ""


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", sorted(LOADERS))
@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", GARBAGE], ids=["nothing", "white", "garbage"])
def test_what_holds_nothing_is_refused_whatever_its_suffix(
    tmp_path: Path, suffix: str, data: bytes
) -> None:
    assert refusal(written(tmp_path, f"文件{suffix}", data))


@pytest.mark.parametrize("suffix", sorted(LOADERS))
def test_every_content_under_every_suffix_is_read_or_refused(
    tmp_path: Path, whole: dict[str, bytes], suffix: str
) -> None:
    """A wrong suffix is named together with the right one."""
    for usual, data in whole.items():
        message = refusal(written(tmp_path, f"文件{suffix}", data))
        if "扩展名是" in message:
            assert f"扩展名是 {suffix}" in message
            assert re.search(r"改为 \.\w+ ", message)
        if {suffix, usual} <= {".txt", ".docx", ".xlsx", ".html", ".pdf"}:
            assert bool(message) == (suffix != usual and {suffix, usual} != {".txt", ".html"})


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".xlsx", ".html", ".pdf", ".rtf", ".png"])
def test_a_file_cut_off_anywhere_is_read_or_refused(
    tmp_path: Path, whole: dict[str, bytes], suffix: str
) -> None:
    data = whole[suffix]
    for part in (1, 4, 30, 100, len(data) // 3, len(data) // 2, len(data) - 40, len(data) - 1):
        message = refusal(written(tmp_path, f"文件{suffix}", data[:part]))
        assert message or suffix in (".txt", ".html", ".rtf", ".png") or part == len(data) - 1


# Packages and their parts.


def zipped(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def with_part(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The package with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part].decode()).encode("utf-8", "surrogatepass")
    return zipped(parts)


BOOK = "xl/worksheets/sheet1.xml"
LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
FETCHED = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'


def declared(data: bytes, part: str, declaration: str) -> bytes:
    """The package with a DOCTYPE in a part, and its entity in the first text."""

    def change(xml: str) -> str:
        body = xml.partition("?>")[2] if xml.startswith("<?xml") else xml
        return declaration + re.sub(r">([^<>]+)<", ">&a9;<", body, count=1)

    return with_part(data, part, change)


def hostile(whole: dict[str, bytes]) -> Iterator[tuple[str, bytes, str]]:
    """Names, contents, and words of the refusal; "" for what is read without harm."""
    bomb = {"zeros": bytes(64 << 20)}
    yield "bomb.docx", word_file(paragraph(SENTENCE), files=bomb), "压缩炸弹"
    yield "nested.docx", word_file("", files={"a.docx": word_file("", files=bomb)}), "没有文字"
    yield "bomb.xlsx", zipped({"xl/workbook.xml": b"<x/>", **bomb}), "压缩炸弹"
    yield "bomb.ods", zipped({"content.xml": b"<x/>", **bomb}), "压缩炸弹|扩展名"
    for declaration in (BOMB, FETCHED):
        yield (
            "x.docx",
            declared(word_file(paragraph("甲")), "word/document.xml", declaration),
            "XML",
        )
        for part in (BOOK, "xl/workbook.xml"):
            yield "x.xlsx", declared(whole[".xlsx"], part, declaration), "DOCTYPE"
        yield "x.html", f"{declaration}<p>&a9;{SENTENCE}</p>".encode(), ""
    yield "deep.docx", word_file("<w:p>" * 50_000 + "</w:p>" * 50_000), "嵌套"
    yield "deep.html", b"<div>" * 50_000 + b"1.00", "嵌套"
    yield "deep.xlsx", with_part(whole[".xlsx"], BOOK, lambda xml: "<c>" * 50_000 + xml), "重新保存"
    yield "deep.pdf", pdf(b"[" * 50_000, extra=b"/A " + b"[" * 50_000), "重新导出"
    ring = b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"
    yield "ring.pdf", file_of([b"<< /Type /Catalog /Pages 2 0 R >>", ring]), "重新导出|OCR"
    yield "locked.pdf", pdf(print_text("甲", 90, 100), extra=ENCRYPTED), "密码"
    for suffix in (".docx", ".xlsx", ".doc", ".xls", ".et", ".wps"):
        yield f"locked{suffix}", PASSWORD, "解除密码"


def test_hostile_files_are_refused_or_do_no_harm(tmp_path: Path, whole: dict[str, bytes]) -> None:
    for name, data, words in hostile(whole):
        message = refusal(written(tmp_path, name, data))
        assert re.search(words, message), (name, message)
        assert bool(message) == bool(words), (name, message)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="', '<c r="ZZZ99999999'),
        ('<c r="', '<c r="-'),
        ("<sheetData>", '<cols><col min="1" max="2000000000" hidden="1"/></cols><sheetData>'),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="nonsense"/></mergeCells>'),
        ("<sheetData>", '<sheetData><row r="1048576"><c r="XFD1048576" s="x"><v>1</v></c></row>'),
        ("<sheetData>", '<sheetData><row r="99999999999"><c><v>1</v></c></row>'),
    ],
)
def test_a_workbook_with_impossible_places_takes_no_memory(
    tmp_path: Path, whole: dict[str, bytes], old: str, new: str
) -> None:
    """The parsers would make a full grid, or a list of thousands of millions of columns."""
    data = with_part(whole[".xlsx"], BOOK, lambda xml: xml.replace(old, new, 1))
    assert old.encode() in zipfile.ZipFile(io.BytesIO(whole[".xlsx"])).read(BOOK)
    assert bool(refusal(written(tmp_path, "文件.xlsx", data))) == ("<cols>" not in new)


def test_a_sheet_in_an_odd_place_is_bounded_too(tmp_path: Path, whole: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(whole[".xlsx"])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"worksheets/sheet1.xml", b"odd/place.bin")
    wide = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    parts["xl/odd/place.bin"] = parts.pop(BOOK).replace(b"</sheetData>", b"</sheetData>" + wide)
    assert "单元格过多" in refusal(written(tmp_path, "文件.xlsx", zipped(parts)))


@pytest.mark.parametrize("written_as", ["_xD800_", "_x0000_", "_x000A_", "_x202E_"])
def test_odd_characters_of_a_cell_can_be_printed(
    tmp_path: Path, capsys: Captured, written_as: str
) -> None:
    """Excel writes what XML cannot hold as _xHHHH_, a lone surrogate too."""
    from openpyxl import Workbook

    book = Workbook()
    for row in (["项目", "金额"], [f"甲{written_as}乙", 1.5], [SENTENCE]):
        book.worksheets[0].append(row)
    data = io.BytesIO()
    book.save(data)
    path = written(tmp_path, "文件.xlsx", data.getvalue())
    for form in ("text", "json"):
        assert run("check", path, "--format", form) in (0, 1)
        assert run("tables", path, "--format", form) == 0
    capsys.readouterr()


@pytest.mark.parametrize("does", ["import os; os.abort()", "import time; time.sleep(9)"])
def test_a_parser_that_dies_or_hangs_ends_one_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    monkeypatch.setattr(xls, "READER", (sys.executable, "-c", does))
    monkeypatch.setattr(xls, "TIME_LIMIT", 2)
    assert "已损坏" in refusal(written(tmp_path, "文件.xls", OLE))


# Text.


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("utf-32"),
        SENTENCE.encode("gb18030"),
        SENTENCE.encode("utf-8-sig"),
        ("二零二三年度部門決算，本年收入合計六十一萬元，主要是財政撥款增加。" * 9).encode("big5"),
        (SENTENCE * 20 + "\u202e\u200b\r\v\x1c\x85\u2028").encode(),
    ],
)
def test_text_in_the_encodings_in_use_is_read(tmp_path: Path, data: bytes) -> None:
    assert refusal(written(tmp_path, "文件.txt", data)) == ""


@pytest.mark.parametrize(
    "data",
    [
        f"{SENTENCE}\0{SENTENCE}".encode(),
        SENTENCE.encode() + b"\xed\xa0\x80",
        SENTENCE.encode("utf-16-le") + b"\x00\xd8",
    ],
    ids=["NUL", "surrogate", "half a pair"],
)
def test_broken_text_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "编码" in refusal(written(tmp_path, "文件.txt", data))


@pytest.mark.parametrize(
    "charset", ["klingon", "rot13", "base64", "zlib", "undefined", "utf-16", "idna", "x" * 999]
)
def test_a_page_that_names_a_wrong_charset_is_read_as_it_looks(
    tmp_path: Path, charset: str
) -> None:
    page = f"<html><meta charset={charset}><p>{SENTENCE}</p>"
    for encoding in ("utf-8", "gb18030"):
        path = written(tmp_path, "网页.html", page.encode(encoding))
        assert load.load(path).paragraphs[0].text == SENTENCE


def loaded(content: str) -> Document:
    return text.load_text("文件.txt", "", content.encode())


def test_text_without_end_is_refused() -> None:
    with pytest.raises(DocumentError, match="超过 300 万字，请拆分"):
        loaded("甲" * (MOST_TEXT + 1))
    with pytest.raises(DocumentError, match="超过 50 万字，请拆分"):
        loaded(f"{SENTENCE}\n\n" * (MOST_PROSE // len(SENTENCE) + 1))
    with pytest.raises(DocumentError, match="单元格过多"):
        loaded("1\t" * 20_000 + "\n1\t2" * 20)


@pytest.mark.parametrize(
    "endless", [SENTENCE * (LONGEST // len(SENTENCE) + 1), "aB3+/" * 200, "1" * 500]
)
def test_a_paragraph_without_end_is_left_out_and_named(endless: str) -> None:
    document = loaded(f"{SENTENCE}\n\n{endless}\n\n{SENTENCE}\n")
    assert [each.text for each in document.paragraphs] == [SENTENCE, SENTENCE]
    assert document.notices == ("第3行有一段长得异常，或长久没有标点，没有核对；请分段后再检查。",)


def test_a_long_paragraph_is_read() -> None:
    document = loaded(SENTENCE * (LONGEST // len(SENTENCE)))
    assert document.notices == ()
    assert ENDLESS.search("字" * 499 + "，" + "字" * 499) is None


# Files that are none, and their names.


@posix
@pytest.mark.parametrize("kind", ["pipe", "device", "loop", "folder", "gone", "long"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "文件.txt"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "long":
        path = tmp_path / f"{'长' * 200}.txt"
    words = {
        "pipe": "不是普通文件",
        "device": "不是普通文件",
        "folder": "是文件夹",
        "loop": "指向自己的链接",
        "gone": "没有这个文件",
        "long": "文件名过长",
    }
    assert words[kind] in refusal(path)


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="shared: root reads all")
def test_a_file_that_may_not_be_read_is_refused(good: Path) -> None:
    good.chmod(0)
    assert "没有读取权限" in refusal(good)


def test_a_file_that_cannot_be_opened_is_refused(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was removed, locked, or its disk failed, after it was found."""
    for error, words in (
        (FileNotFoundError(2, "No such file"), "没有这个文件"),
        (PermissionError(13, "Permission denied"), "没有读取权限"),
        (OSError(5, "Input/output error"), "无法读取"),
    ):

        def fail(*_: object, error: OSError = error) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(Path, "open", fail)
            assert words in refusal(good)
    assert "不能用的字符" in refusal(Path("文\0件.txt"))


def test_a_file_that_grows_while_it_is_read_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "LARGEST", 1000)
    assert "请拆分" in refusal(written(tmp_path, "文件.txt", b"1" * 1001))


@posix
@pytest.mark.parametrize(
    "name",
    ["a b 'c' \"d\".txt", "第一行\n第二行.txt", "决算\U0001f600.txt", "\x1b[2J.txt", "\u202e.txt"],
)
def test_a_message_is_one_line_whatever_the_name(
    tmp_path: Path, good: Path, capsys: Captured, name: str
) -> None:
    assert run("check", written(tmp_path, name, b""), good, "--format", "json") == 2
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert printed.err.isprintable() or printed.err[:-1].isprintable()
    assert "文件是空的" in printed.err
    assert [each["path"] for each in json.loads(printed.out)["documents"]] == [str(good)]


# The whole call.


def test_every_bad_file_has_its_line_and_the_good_one_is_checked(
    tmp_path: Path, good: Path, whole: dict[str, bytes], capsys: Captured
) -> None:
    bad = [written(tmp_path, f"坏{suffix}", GARBAGE) for suffix in sorted(LOADERS)]
    assert run("check", *bad[:9], good, *bad[9:], "--format", "json") == 2
    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert len(lines) == len(bad)
    assert all(
        line.startswith(f"narrcheck: {path}：") for line, path in zip(lines, bad, strict=True)
    )
    assert [each["path"] for each in json.loads(printed.out)["documents"]] == [str(good)]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("甲\n乙"), "KeyError"),
        (RecursionError("maximum depth"), "嵌套层数过多"),
        (MemoryError(), "内存不够"),
    ],
)
def test_an_error_that_nobody_expected_ends_one_file_and_not_the_call(
    tmp_path: Path,
    good: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    words: str,
) -> None:
    def fail(*_: object) -> None:
        raise error

    struck = written(tmp_path, "文件.html", b"<html>1.00")
    monkeypatch.setattr("narrcheck.load.html.read.load_html", fail)
    # As the tests are run, with NARRCHECK_DEBUG: the traceback of the process that checked it.
    with pytest.raises(
        RuntimeError, match=rf"Traceback(?s:.*)in fail(?s:.*){error.__class__.__name__}"
    ):
        main(["check", str(struck)])
    monkeypatch.delenv("NARRCHECK_DEBUG")
    assert run("check", struck, good, "--format", "json") == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"narrcheck: {struck}：")
    assert words in printed.err
    assert "请" in printed.err
    assert printed.err.count("\n") == 1
    assert [each["path"] for each in json.loads(printed.out)["documents"]] == [str(good)]
    for command in ("text", "tables", "read"):
        assert run(command, struck) == 2
        assert words in capsys.readouterr().err


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from narrcheck.cli import main
main(["check", *sys.argv[1:], "--format", "json"])
"""


@posix
def test_hostile_files_stay_within_memory_and_time(
    tmp_path: Path, good: Path, whole: dict[str, bytes]
) -> None:
    paths = [
        written(tmp_path, f"{number} {name}", data)
        for number, (name, data, words) in enumerate(hostile(whole))
        if words
    ]
    device = tmp_path / "device.txt"
    device.symlink_to("/dev/zero")
    command = [sys.executable, "-c", LIMITED, *map(str, [*paths, device, good])]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 2, ended.stderr.decode()
    assert len(ended.stderr.decode().splitlines()) == len(paths) + 1
    assert [each["path"] for each in json.loads(ended.stdout)["documents"]] == [str(good)]


# Nothing is fetched.


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A socket that something may try to connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def linking(address: str, secret: str) -> Iterator[tuple[str, bytes]]:
    """Files that ask for things elsewhere, in the ways that their formats have."""
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>所附。</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="e{number}" Type="{rel}/{kind}" Target="{target}"'
        ' TargetMode="External"/>'
        for target in (address, f"file://{secret}", "\\\\127.0.0.1\\share\\x")
        for number, kind in enumerate(("attachedTemplate", "image", "styles", "oleObject"))
    )
    instructions = (f'INCLUDETEXT "{secret}"', f'DDEAUTO cmd "/c {secret}"', f'IMPORT "{address}"')
    body = "".join(field.format(each.replace('"', "&quot;")) for each in instructions)
    yield "a.docx", word_file(body + paragraph(SENTENCE), relations=relations)
    yield "b.xlsx", linking_book(address, secret)
    page = (
        f"<html><base href='{address}'><link rel=stylesheet href='{address}'>"
        f"<script src='{address}'></script><img src='{address}'>"
        f"<iframe src='file://{secret}'></iframe><object data='{address}'></object>"
        f"<meta http-equiv=refresh content='0;{address}'><p>{SENTENCE}</p>"
    )
    yield "c.html", page.encode()
    yield "d.html", f'<!DOCTYPE html SYSTEM "{address}x.dtd">{page}'.encode()
    markdown = f"![]({address})\n<img src='{address}'>\n\n{SENTENCE}\n"
    yield "e.md", markdown.encode()
    action = f"/OpenAction << /S /URI /URI ({address}) >> /F ({secret})".encode()
    outside = stream(b"", f"/F << /FS /URL /F ({address}) >> /FFilter /FlateDecode".encode())
    yield "f.pdf", pdf(print_text(SENTENCE, 90, 100), outside, extra=action)


def linking_book(address: str, secret: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for formula in (
        f'=WEBSERVICE("{address}")',
        f"='file://{secret}'#$Sheet1.A1",
        r"='\\127.0.0.1\share\[x.xlsx]Sheet1'!A1",
        f"='[{address}x.xlsx]Sheet1'!A1",
        f'=HYPERLINK("{address}","甲")',
        f'=IMAGE("{address}")',
        f'=DDE("cmd";"/c {secret}";"x")',
    ):
        sheet.append(["项目", formula])
    sheet.append([SENTENCE])
    sheet["A1"].hyperlink = address
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_nothing_that_a_file_refers_to_is_fetched(
    tmp_path: Path, listening: socket.socket, capsys: Captured
) -> None:
    secret = written(tmp_path, "secret.txt", "机密".encode())
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    for name, data in linking(address, str(secret)):
        path = written(tmp_path, name, data)
        assert run("check", path, "--format", "json") in (0, 1), name
        assert run("text", path) == 0
        assert "机密" not in capsys.readouterr().out
    with pytest.raises(BlockingIOError):
        listening.accept()
