"""Makes PDF files from the operators of their pages."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, SIZE = 90, 510, 14  # 30 characters to the line

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000"
    b" /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light"
    b" /Flags 6 /Ascent 880 /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 90"
    b" /FontBBox [0 -120 1000 880] >> >>] >>"
)
# A font that does not say what its characters are, and one whose glyphs are drawn by operators.
UNCODED = FONT.replace(b"/UniGB-UCS2-H", b"/Identity-H").replace(b"(GB1)", b"(Identity)")
DRAWN = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880] /FontMatrix [.001 0 0 .001 0 0]"
    b" /FirstChar 48 /LastChar 57 /Widths [500 500 500 500 500 500 500 500 500 500]"
    b" /CharProcs << >> /Resources << >> /Encoding << /Type /Encoding /Differences"
    b" [48 /zero /one /two /three /four /five /six /seven /eight /nine] >> >>"
)


def text(line: str, x: float, top: float, size: float = SIZE, font: str = "F") -> str:
    """The operators that print a line with its left top corner at (x, top)."""
    codes = line.encode("latin-1" if font == "D" else "utf-16-be").hex()
    return f"BT /{font} {size} Tf {x} {HEIGHT - top - size} Td <{codes}> Tj ET"


def turned_text(line: str, matrix: str, size: float = SIZE) -> str:
    """The operators that print a line with a text matrix of its own."""
    return f"BT /F {size} Tf {matrix} Tm <{line.encode('utf-16-be').hex()}> Tj ET"


def rules(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The operators that rule a full grid."""
    down = [f"{x} {HEIGHT - ys[0]} m {x} {HEIGHT - ys[-1]} l S" for x in xs]
    across = [f"{xs[0]} {HEIGHT - y} m {xs[-1]} {HEIGHT - y} l S" for y in ys]
    return "\n".join([*down, *across])


def table(rows: Sequence[Sequence[str]], xs: Sequence[float], top: float) -> str:
    """A ruled table with one text in each cell."""
    ys = [top + 20 * number for number in range(len(rows) + 1)]
    texts = [
        text(cell, x + 3, y + 4, 10)
        for row, y in zip(rows, ys, strict=False)
        for cell, x in zip(row, xs, strict=False)
        if cell
    ]
    return "\n".join([rules(xs, ys), *texts])


def stream(content: bytes, head: bytes = b"") -> bytes:
    """The object of a stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), head, content)


def file_of(objects: Sequence[bytes], extra: bytes = b"") -> bytes:
    """The file of numbered objects, of which the first is the catalog."""
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, rows, size, extra, len(data))
    )


def pdf(*pages: str | bytes, extra: bytes = b"", page: str = "", box: str = "") -> bytes:
    """A PDF with the given operators on each page; bytes are the object of a stream, as it is.

    ``extra`` goes to the trailer, ``page`` to each page, ``box`` is its media box.
    """
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        FONT,
        UNCODED,
        DRAWN,
    ]
    for number, each in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box or f'0 0 {WIDTH} {HEIGHT}'}]"
            " /Resources << /Font << /F 3 0 R /U 4 0 R /D 5 0 R >> >>"
            f" /Contents {7 + 2 * number} 0 R {page} >>".encode()
        )
        objects.append(each if isinstance(each, bytes) else stream(each.encode()))
    return file_of(objects, extra)
